"""The text of a fixture: `source.py` reads it, as YAML or as JSON; `reading.py` is what came of it, with lines."""
