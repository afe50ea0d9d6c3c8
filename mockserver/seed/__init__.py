"""Where tenants come from: the blank one, a fixture document, a ready-made or an invented one.

    text -> values     source.py: yaml_text.py or json_text.py -> reading.py
    values -> rows     rows.py, by the schemas in row_schemas.py, which follow from the format: format*.py, shapes.py,
                       kinds.py, sections.py, moments.py
    rows -> a draft    draft*.py: ids.py, names.py, references.py; rules*.py and segments.py find what cannot be
    draft -> tenant    entities*.py, completion.py, people.py, roles.py, clients.py
    and back           export*.py, differing.py

`document.py` goes this way; whatever is wrong on it is a finding of `findings.py`, and all of them one error of
`problems.py`. Besides: blank.py, catalogue.py, folder.py, invented.py with words.py, story.py, and the JSON Schema for
editors, json_schema.py; collector.py has garbage wait while something large is read.
"""
