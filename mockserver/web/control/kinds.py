"""What a member of a request to the control API may be, besides the kinds that fixtures have too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mockserver.core.behaviour import PROFILES, Behaviour
from mockserver.core.duration import FINE_DURATION, duration, fine_duration
from mockserver.derive.openapi_names import operation_ids
from mockserver.identity.defects import DEFECTS
from mockserver.model import MODELS
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import fits
from mockserver.seed.format.kinds import HOW_LONG_AGO, MOMENT, SOME_TEXT, Kind, one_of, whole_number
from mockserver.web.control.entries import plain
from mockserver.world import is_name

_MOST = 1_000_000_000

COUNT = whole_number(0, _MOST)
POSITIVE = whole_number(1, _MOST)
SEED = whole_number(-(10**18), 10**18)
ERROR_STATUS = whole_number(400, 599)
MODE = one_of(("live", "frozen"))
DEFECT = one_of(DEFECTS)
SHARE = Kind(
    "a number above 0 and up to 1",
    lambda value: type(value) in (int, float) and 0 < value <= 1,
    {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
)
NAME = Kind(
    "a name: 1 to 64 letters, digits, hyphens, underscores or dots",
    lambda value: isinstance(value, str) and is_name(value),
    {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
)
OBJECT = Kind("an object", lambda value: isinstance(value, Mapping), {"type": "object"})
ANYTHING = Kind("any value", lambda value: True, {}, plain)
TENANT = Kind(
    "a fixture document",
    lambda value: True,  # whoever loads it names every problem of it
    {"type": "object", "description": "A fixture document, as fixtures/schema.json describes it"},
)
BEHAVIOUR = replace(
    SOME_TEXT,
    schema={"type": "string", "pattern": f"^({'|'.join(PROFILES)})(,[QU][0-9]+=.+)*$"},
    means=lambda said: Behaviour.parse(said, QUIRKS),
)

LENGTH = replace(HOW_LONG_AGO, means=duration)
SECONDS = Kind(
    "a duration above zero, such as PT5M or PT0.2S",
    lambda value: type(value) is str and re.fullmatch(FINE_DURATION, value) is not None and bool(fine_duration(value)),
    {"type": "string", "pattern": f"^{FINE_DURATION}$"},
    lambda said: fine_duration(said).total_seconds(),
)


def _is_zoned(value: Any) -> bool:
    return MOMENT.takes(value) and datetime.fromisoformat(value).tzinfo is not None


INSTANT = Kind(
    "a moment with its zone, such as 2031-05-06T07:08:09Z", _is_zoned, MOMENT.schema, means=datetime.fromisoformat
)


def _is_operation(value: Any) -> bool:
    known = (each for version in MODELS for each in operation_ids(version).values())
    return SOME_TEXT.takes(value) and any(fits(value, each) for each in known)


OPERATION = Kind(
    "the id of an operation; /_mock/openapi.json lists them, and * stands for any text",
    _is_operation,
    {**SOME_TEXT.schema, "description": "The id of an operation of the Graph, in which * stands for any text"},
)


def _is_status(value: Any) -> bool:
    return not isinstance(value, bool) and re.fullmatch("[1-5](?:xx|[0-9]{2})", str(value).lower()) is not None


STATUS = Kind(
    "a status such as 404, or 4xx",
    _is_status,
    {"anyOf": [whole_number(100, 599).schema, {"type": "string", "pattern": "^[1-5](xx|[0-9]{2})$"}]},
    lambda said: str(said).lower(),
)


def _since(said: Any) -> int | datetime:
    return int(said) if isinstance(said, int) or said.isdecimal() else datetime.fromisoformat(said)


SINCE = Kind(
    "the number of a request, or a moment with its zone, such as 2031-05-06T07:08:09Z",
    lambda value: COUNT.takes(value) or (isinstance(value, str) and value.isdecimal()) or _is_zoned(value),
    {"anyOf": [COUNT.schema, INSTANT.schema]},
    _since,
)
