"""Where tenants come from: the blank one, a fixture document, a ready-made or an invented one.

    text/       a text -> its value, with lines
    format/     which keys there are and what may stand under each -> rows, each of its kind; the JSON Schema of it
    draft/      rows -> ids, and what their references lead to
    entities/   a draft -> the tenant
    rules/      what of a draft cannot be
    export/     a tenant -> a document that makes it again

`document.py` goes this way; whatever is wrong on it is one error of `problems.py`. Around it: `completion.py` and
`differing.py` (what need not be said), `ids.py`, `moments.py`, `roles.py`, `clients.py`. Besides: `blank.py`,
`catalogue.py`, `folder.py`, `invented.py` with `words.py`, `story.py`; `collector.py` has garbage wait while something
large is read.
"""
