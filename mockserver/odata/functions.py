"""The functions of `$filter` and `$orderby`. To add one, add its line to the table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mockserver.core.edm import (
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DECIMAL,
    DOUBLE,
    INT32,
    INT64,
    STRING,
    TIME_OF_DAY,
    PrimitiveType,
)
from mockserver.odata.literals import NULL
from mockserver.odata.values import part

Signature = tuple[PrimitiveType, ...]

INTEGERS = frozenset({INT32, INT64})
NUMBERS = frozenset({*INTEGERS, DECIMAL, DOUBLE})
_ACCEPTED = {INT32: INTEGERS, DOUBLE: NUMBERS}


@dataclass(frozen=True)
class Function:
    """What it does, what it gives, and what it takes. Where an argument is null, so is the result (OData 5.1.1.4).

    `folds`: it compares strings, so it is given them in lower case, unless letter case counts.
    """

    apply: Callable[..., Any]
    result: PrimitiveType
    signatures: tuple[Signature, ...]
    folds: bool = False

    def takes(self, types: tuple[object, ...]) -> bool:
        return any(
            len(signature) == len(types) and all(map(_accepts, signature, types)) for signature in self.signatures
        )

    def written(self, name: str) -> str:
        """The signatures as the OData libraries list them."""
        return "; ".join(
            f"{name}({', '.join(f'{kind.name} Nullable=true' for kind in signature)})" for signature in self.signatures
        )


def _accepts(parameter: PrimitiveType, kind: object) -> bool:
    return kind is NULL or kind in _ACCEPTED.get(parameter, frozenset({parameter}))


def _substring(text: str, start: int, length: int | None = None) -> str:
    start = max(start, 0)
    return text[start:] if length is None else text[start : start + max(length, 0)]


def _day_of(text: str) -> str:
    return text.partition("T")[0]


def _time_of(text: str) -> str:
    return text.partition("T")[2].rstrip("Z").partition("+")[0].partition("-")[0]


def _whole(rounded: Callable[[float], float], number: float) -> float:
    return rounded(number) if isinstance(number, float) and math.isfinite(number) else number


def _half_away_from_zero(number: float) -> float:
    return math.copysign(math.floor(abs(number) + 0.5), number)


_TEXT, _TWO_TEXTS = (STRING,), (STRING, STRING)
_DAYS: tuple[Signature, ...] = ((DATE_TIME_OFFSET,), (DATE,))
_TIMES: tuple[Signature, ...] = ((DATE_TIME_OFFSET,), (TIME_OF_DAY,))

FUNCTIONS: Mapping[str, Function] = {
    "ceiling": Function(partial(_whole, math.ceil), DOUBLE, ((DOUBLE,),)),
    "concat": Function(str.__add__, STRING, (_TWO_TEXTS,)),
    "contains": Function(str.__contains__, BOOLEAN, (_TWO_TEXTS,), folds=True),
    "date": Function(_day_of, DATE, ((DATE_TIME_OFFSET,),)),
    "day": Function(partial(part, name="day"), INT32, _DAYS),
    "endswith": Function(str.endswith, BOOLEAN, (_TWO_TEXTS,), folds=True),
    "floor": Function(partial(_whole, math.floor), DOUBLE, ((DOUBLE,),)),
    "hour": Function(partial(part, name="hour"), INT32, _TIMES),
    "indexof": Function(str.find, INT32, (_TWO_TEXTS,), folds=True),
    "length": Function(len, INT32, (_TEXT,)),
    "minute": Function(partial(part, name="minute"), INT32, _TIMES),
    "month": Function(partial(part, name="month"), INT32, _DAYS),
    "round": Function(partial(_whole, _half_away_from_zero), DOUBLE, ((DOUBLE,),)),
    "second": Function(partial(part, name="second"), INT32, _TIMES),
    "startswith": Function(str.startswith, BOOLEAN, (_TWO_TEXTS,), folds=True),
    "substring": Function(_substring, STRING, ((STRING, INT32), (STRING, INT32, INT32))),
    "time": Function(_time_of, TIME_OF_DAY, ((DATE_TIME_OFFSET,),)),
    "tolower": Function(str.lower, STRING, (_TEXT,)),
    "toupper": Function(str.upper, STRING, (_TEXT,)),
    "trim": Function(str.strip, STRING, (_TEXT,)),
    "year": Function(partial(part, name="year"), INT32, _DAYS),
}

REFUSED = frozenset(
    (
        *("case", "cast", "isof", "hassubsequence", "hassubset", "matchespattern"),
        *("geo.distance", "geo.intersects", "geo.length"),
        *("fractionalseconds", "maxdatetime", "mindatetime", "now", "totaloffsetminutes", "totalseconds"),
    )
)
"""OData has them, the mock does not: it says so, instead of calling them unknown."""
