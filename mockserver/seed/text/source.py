"""A fixture's text: where it is read from, and its value with whatever is wrong about the text itself."""

from __future__ import annotations

from pathlib import Path

from mockserver.seed.problems import Finding, FixtureError, refusal
from mockserver.seed.text.reading import Read


def text_of(source: Path | str | bytes, file: str) -> str:
    """The text of a file, or the one given. Raises FixtureError where there is none."""
    try:
        content = source.read_bytes() if isinstance(source, Path) else source
        return content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        raise refusal(file, [Finding((), "is not UTF-8 text", line)]) from None
    except FileNotFoundError:
        raise refusal(file, [Finding((), "there is no such file")]) from None
    except IsADirectoryError:
        raise refusal(file, [Finding((), "is a directory, not a file")]) from None
    except (OSError, ValueError) as broken:
        raise refusal(file, [Finding((), f"cannot be read: {getattr(broken, 'strerror', broken)}")]) from None


def read(text: str, file: str) -> Read:
    """The value of a text: JSON where it is called so or is so, else YAML. Raises FixtureError for what is neither."""
    from mockserver.seed.text import json_text, yaml_text

    if file.endswith(".json"):
        return json_text.read(text, file)
    if text.lstrip().startswith("{"):
        try:
            return json_text.read(text, file)
        except FixtureError:  # YAML has mappings in braces too, and reads JSON where JSON is broken
            return yaml_text.read(text, file)
    return yaml_text.read(text, file)
