"""What the control API may be told: read and described by one declaration (web/control/bodies.py)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator
from web.asking import DEFAULT, refusal

from mockserver.core.errors import InvalidControl
from mockserver.seed.format.json_schema import inlined
from mockserver.seed.format.kinds import Kind
from mockserver.seed.format.shapes import Shape
from mockserver.web.control import DECLARED, bodies
from mockserver.web.control.asked import meaning
from mockserver.web.control.matching import misses

LATER = "2031-05-06T07:08:09Z"
AT = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)

TAKEN = [
    (bodies.NEW_SNAPSHOT, {"name": "before_1.0-x"}, {"name": "before_1.0-x"}),
    (bodies.NEW_SANDBOX, {"from": "default@before", "clock": "frozen"}, {"from": "default@before", "clock": "frozen"}),
    (bodies.CLOCK, {"now": LATER}, {"now": AT}),
    (bodies.NEW_TOKEN, {"defect": "wrongKey"}, {"defect": "wrongKey"}),
    (bodies.CLOCK, {}, {}),
    (bodies.ADVANCE, {"by": "P1DT1H"}, {"by": timedelta(hours=25)}),
    (bodies.ADVANCE, {"to": LATER}, {"to": AT}),
    (bodies.NEW_CONNECTOR, {"machineName": "m", "externalIp": "::1"}, {"machineName": "m", "externalIp": "::1"}),
    (bodies.UPDATES, {"takes": "PT0S", "connectors": []}, {"takes": timedelta(), "connectors": []}),
    (bodies.TRAFFIC, {"applicationId": "a", "requests": 0}, {"applicationId": "a", "requests": 0}),
    (bodies.THROTTLE, {"requests": 0, "per": "PT0.25S"}, {"requests": 0, "per": 0.25}),
    (bodies.LAG, {"for": "PT1M"}, {"for": 60.0}),
    (bodies.NEW_FAULT, {"match": {"nth": 1}, "probability": 1}, {"match": {"nth": 1}, "probability": 1}),
    (bodies.NEW_FAULT, {"status": 599, "drop": False}, {"status": 599, "drop": False}),
    (bodies.REQUESTED, {"status": "4xx", "since": "7"}, {"status": "4xx", "since": 7}),
    (bodies.VERIFY, {"match": {"status": 404, "since": 7}}, {"match": {"status": "404", "since": 7}}),
    (bodies.VERIFY, {"match": {"since": LATER, "body": [None]}}, {"match": {"since": AT, "body": [None]}}),
    (bodies.NEW_TOKEN, {"claims": {"x": None}, "lasts": "P1W"}, {"claims": {"x": None}, "lasts": timedelta(days=7)}),
]  # fmt: skip
REFUSED = [
    (bodies.NEW_SNAPSHOT, {}, ["name"]),
    (bodies.NEW_SNAPSHOT, {"name": "a b"}, ["name"]),
    (bodies.NEW_SNAPSHOT, [], [""]),
    (bodies.NEW_SNAPSHOT, None, [""]),
    (bodies.NEW_SANDBOX, {"clock": "fast", "behavior": "strict"}, ["clock", "behavior"]),
    (bodies.CLOCK, {"now": 5, "mode": []}, ["now", "mode"]),
    (bodies.ADVANCE, {}, [""]),
    (bodies.ADVANCE, {"by": "PT1S", "to": LATER}, [""]),
    (bodies.ADVANCE, {"by": "P1Y"}, ["by"]),
    (bodies.NEW_CONNECTOR, {"version": "1.5", "memberOf": DEFAULT}, ["machineName", "version", "memberOf"]),
    (bodies.UPDATES, {"connectors": ["a", "", 5]}, ["connectors[1]", "connectors[2]"]),
    (bodies.UPDATES, {"connectors": "a"}, ["connectors"]),
    (bodies.TRAFFIC, {"applicationId": "a", "requests": True, "seed": 10**30}, ["requests", "seed"]),
    (bodies.TRAFFIC, {"applicationId": "a", "requests": 1.5}, ["requests"]),
    (bodies.THROTTLE, {"requests": -1}, ["requests", "per"]),
    (bodies.LAG, {"reads": 1, "for": "PT1S"}, [""]),
    (bodies.NEW_FAULT, {"match": {"nth": 0, "pth": "/"}, "times": 0}, ["match.nth", "match.pth", "times"]),
    (bodies.NEW_FAULT, {"match": [], "status": 399, "drop": "yes"}, ["match", "status", "drop"]),
    (bodies.NEW_FAULT, {"probability": 0, "delay": "PT.5S", "code": ""}, ["probability", "delay", "code"]),
    (bodies.VERIFY, {"match": {"status": "600", "since": -1}, "count": -1}, ["match.status", "match.since", "count"]),
    (bodies.NEW_SANDBOX, {"behaviour": "nice"}, ["behaviour"]),
    (bodies.NEW_TOKEN, {"defect": "broken", "user": ""}, ["user", "defect"]),
    (bodies.NEW_TOKEN, {"claims": [], "z": 1, "y": 2, "x": None}, ["claims", "x", "y", "z"]),
]  # fmt: skip
ONLY_READ = [
    (bodies.NEW_SANDBOX, {"behaviour": "strict,Q999=1"}, ["behaviour"]),
    (bodies.CLOCK, {"now": "2031-05-06T07:08:09"}, ["now"]),
    (bodies.CLOCK, {"now": "2031-02-30T07:08:09Z"}, ["now"]),
    (bodies.THROTTLE, {"requests": 1, "per": "PT0S"}, ["per"]),
    (bodies.NEW_FAULT, {"match": {"operation": "beta.nothing*"}}, ["match.operation"]),
    (bodies.REQUESTED, {"since": "9" * 5_000}, ["since"]),
    (bodies.VERIFY, {"match": {"body": json.loads("[" * 200 + "]" * 200)}}, ["match.body"]),
    (bodies.DEVICE, {"user": "a\0b"}, ["user"]),
]
"""What no JSON Schema can tell."""


def named(each):
    return each.name if isinstance(each, Shape) else str(each)[:60]


def is_described(shape, said):
    return Draft202012Validator(inlined(shape)).is_valid(said)


def targets(shape, said):
    with pytest.raises(InvalidControl) as refused:
        meaning(shape, said)
    return [each["target"] for each in refused.value.details]


@pytest.mark.parametrize(("shape", "said", "meant"), TAKEN, ids=named)
def test_what_is_described_is_taken(shape, said, meant):
    assert is_described(shape, said)
    assert meaning(shape, said) == meant


@pytest.mark.parametrize(("shape", "said", "wrong"), REFUSED, ids=named)
def test_what_is_not_described_is_refused_and_every_problem_named(shape, said, wrong):
    assert not is_described(shape, said)
    assert targets(shape, said) == wrong


@pytest.mark.parametrize(("shape", "said", "wrong"), ONLY_READ, ids=named)
def test_what_means_nothing_is_refused_too(shape, said, wrong):
    assert targets(shape, said) == wrong


@pytest.mark.parametrize(("shape", "said", "meant"), TAKEN, ids=named)
def test_null_says_nothing(shape, said, meant):
    assert meaning(shape, dict.fromkeys(shape.by_name) | said) == meant


def test_null_says_nothing_in_an_inner_object_either():
    assert meaning(bodies.NEW_FAULT, {"match": {"path": None, "nth": 2}}) == {"match": {"nth": 2}}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"name": "a b"}, "'a b' is not a name: 1 to 64 letters, digits, hyphens, underscores or dots"),
        ({"clock": "froze"}, "'froze' is not one of live, frozen; did you mean 'frozen'?"),
        ({"nme": "a"}, "unknown key; did you mean 'name'?"),
        ({"bogus": 1}, "unknown key; known are name, from, tenant, behaviour, clock"),
    ],
)
def test_a_refusal_says_what_is_expected(mock, said, message):
    answer = mock.post("/_mock/sandboxes", said)
    ((name, _),) = said.items()

    assert refusal(answer) == (400, "invalidRequest")
    assert answer.json()["error"]["message"] == f"{name}: {message}"
    assert answer.json()["error"]["details"] == [{"code": "invalidRequest", "target": name, "message": message}]


def test_every_body_is_that_of_a_route():
    declared = {name for name, each in vars(bodies).items() if isinstance(each, Shape) and name != "CONNECTOR"}
    used = {id(shape) for each in DECLARED for shape in (each.takes, each.filters)}

    assert {name for name in declared if id(getattr(bodies, name)) not in used} == set()


def test_everything_that_may_be_said_of_a_request_is_looked_at(mock):
    """Else a filter would be taken and never used."""
    mock.get("/beta/applications")
    ((number, entry),) = mock.sandbox.state.journal.entries()
    (match,) = (key.kind for key in bodies.VERIFY.keys if isinstance(key.kind, Shape))
    wanted = {"status": "599", "since": number} | {
        key.name: "nothing" for key in match.keys if isinstance(key.kind, Kind) and key.name not in ("status", "since")
    }

    assert [each["field"] for each in misses(wanted, (number, entry))] == list(wanted)
