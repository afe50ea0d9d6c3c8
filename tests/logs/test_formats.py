"""How lines of the log are written, and for how long."""

from __future__ import annotations

import json
import logging
import re
from io import StringIO

import pytest

from mockserver.logs import LEVELS, written
from mockserver.logs.requests import RequestLine, log

LINE = RequestLine("default", "GET", "/beta/applications", 404, "Request_ResourceNotFound", 1.23456, "an-id")
MOCK = logging.getLogger("mockserver")


def said(form: str, act, level: str = "info") -> str:
    stream = StringIO()
    with written(stream, level, form):
        act()
    return stream.getvalue()


def broken() -> None:
    try:
        raise ValueError("client_secret=abc")
    except ValueError:
        MOCK.exception("%s failed: password=xyz", "GET")


def test_a_request_is_a_line_of_text():
    text = said("text", lambda: log.info(LINE))
    moment, _, rest = text.partition(" ")

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment)
    assert rest == "INFO default GET /beta/applications 404 Request_ResourceNotFound 1.2 ms request-id=an-id\n"


def test_a_request_that_came_to_no_sandbox_and_was_not_refused_leaves_no_hole():
    line = LINE._replace(sandbox="", status=200, code="")

    assert str(line) == "- GET /beta/applications 200 1.2 ms request-id=an-id"


def test_a_request_is_an_object_of_json():
    (line,) = said("json", lambda: log.info(LINE)).splitlines()
    members = json.loads(line)

    assert members.pop("time").endswith("Z")
    assert members == {
        "level": "INFO",
        "sandbox": "default",
        "method": "GET",
        "path": "/beta/applications",
        "status": 404,
        "code": "Request_ResourceNotFound",
        "milliseconds": 1.235,
        "requestId": "an-id",
    }


def test_what_went_wrong_is_one_object_with_its_traceback_and_without_secrets():
    (line,) = said("json", broken).splitlines()
    members = json.loads(line)

    assert members["message"] == "GET failed: password=***"
    assert members["exception"].startswith("Traceback ")
    assert members["exception"].endswith("ValueError: client_secret=***")


def test_what_went_wrong_is_text_with_its_traceback_and_without_secrets():
    text = said("text", broken)

    assert " ERROR GET failed: password=***\nTraceback " in text
    assert "abc" not in text


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_below_the_level_is_written(level):
    steps = [(name, getattr(logging, name.upper())) for name in LEVELS]
    text = said("text", lambda: [MOCK.log(number, "said at %s", name) for name, number in steps], level)

    assert re.findall(r"said at (\w+)", text) == list(LEVELS[LEVELS.index(level) :])


def test_afterwards_the_log_is_as_it_was():
    before = MOCK.level, list(MOCK.handlers), MOCK.propagate
    said("text", lambda: log.info(LINE))

    assert (MOCK.level, list(MOCK.handlers), MOCK.propagate) == before
    assert not log.isEnabledFor(logging.INFO)
