"""The lists in `$select` and `$expand`: cut where the commas are that separate items, names looked up in the type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mockserver.core.edm import ComplexType, EntityType, Navigation, StructuredType
from mockserver.core.errors import NotImplementedByMock
from mockserver.odata import texts

Selected = tuple[str, ...]
"""The path to what is selected: `("name",)`, `("onPremisesPublishing", "externalUrl")`, `("*",)`."""

_PATH = re.compile(r"[^\W\d]\w*(?:/[^\W\d]\w*)*")
_ITEM = re.compile(r"(?P<name>[^\W\d]\w*|\*)\s*(?P<rest>/[^(]*)?(?:\((?P<options>.*)\))?", re.DOTALL)
_DEEPER = {"(": 1, ")": -1}


def cut(text: str, separator: str) -> Iterator[str]:
    """The pieces of `text` between separators that stand neither in quotes nor in parentheses.

    Raises InvalidQuery where these are not balanced.
    """
    depth, start, quoted = 0, 0, False
    for at, character in enumerate(text):
        if character == "'":
            quoted = not quoted
        elif not quoted:
            depth += _DEEPER.get(character, 0)
            if depth < 0:
                break
            if character == separator and depth == 0:
                yield text[start:at].strip()
                start = at + 1
    if quoted or depth:
        raise texts.refusal(texts.TERM, texts.IN_SELECT, term=text)
    yield text[start:].strip()


def parse_select(text: str, kind: StructuredType, *, exact: bool = False) -> tuple[Selected, ...]:
    """What `$select` names, each once, as the model spells it.

    A navigation may be named and stays a name: related entities are there only where `$expand` asks for them. Raises
    InvalidQuery for what the type does not have, unless it is open.
    """
    return tuple(dict.fromkeys(_selected(term, kind, exact) for term in cut(text, ",")))


def _selected(term: str, kind: StructuredType, exact: bool) -> Selected:
    if term == "*":
        return (term,)
    if not _PATH.fullmatch(term):
        raise texts.refusal(texts.TERM, texts.IN_SELECT, term=term)
    *owners, last = term.split("/")
    found = []
    for name in owners:
        declared = kind.property(name, ignore_case=not exact)
        if declared is None or not isinstance(declared.type, ComplexType):
            _last(kind, name, exact)
            raise texts.refusal(texts.DEEP_SELECT, texts.IN_SELECT)
        found.append(declared.name)
        kind = declared.type
    return (*found, _last(kind, last, exact))


def _last(kind: StructuredType, name: str, exact: bool) -> str:
    ignore_case = not exact
    declared = kind.property(name, ignore_case=ignore_case) or kind.navigation(name, ignore_case=ignore_case)
    if declared is None and not kind.open:
        raise texts.refusal(texts.UNKNOWN_PROPERTY, texts.IN_SELECT, name=name, type=kind.qualified_name)
    return declared.name if declared else name


def parse_expand(text: str, kind: EntityType, *, exact: bool = False) -> Iterator[tuple[Navigation, str | None]]:
    """The navigations that `$expand` names, each with the options in its parentheses, if it has any.

    Raises InvalidQuery for what is no navigation, or stands there twice.
    """
    seen = set()
    for term in cut(text, ","):
        for navigation, options in _expanded(term, kind, exact):
            if navigation in seen:
                raise texts.refusal(texts.EXPANDED_TWICE, texts.IN_SELECT, name=navigation.name)
            seen.add(navigation)
            yield navigation, options


def _expanded(term: str, kind: EntityType, exact: bool) -> Iterator[tuple[Navigation, str | None]]:
    if term == "*":
        yield from ((navigation, None) for navigation in kind.navigation_by_name.values())
        return
    item = _ITEM.fullmatch(term)
    if item is None:
        raise texts.refusal(texts.TERM, texts.IN_SELECT, term=term)
    if item["rest"] or item["name"] == "*":
        raise NotImplementedByMock(message=f"The mock does not implement '{term}' in $expand.")
    if item["options"] is not None and not item["options"].strip():
        raise texts.refusal(texts.NO_OPTIONS, texts.IN_SELECT, name=item["name"])
    yield _navigation(kind, item["name"], exact), item["options"]


def _navigation(kind: EntityType, name: str, exact: bool) -> Navigation:
    found = kind.navigation(name, ignore_case=not exact)
    if found is None:
        text = texts.NOT_A_NAVIGATION if kind.property(name, ignore_case=not exact) else texts.UNKNOWN_PROPERTY
        raise texts.refusal(text, texts.IN_SELECT, name=name, type=kind.qualified_name)
    return found
