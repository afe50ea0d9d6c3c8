"""How a line of the log is written, and where to while a mock serves."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TextIO

from mockserver.logs.redaction import without_secrets
from mockserver.logs.requests import RequestLine

LEVELS = ("debug", "info", "warning", "error")
"""From here on. At debug there is also what is asked again and again: health, the files of the page."""


class TextLines(logging.Formatter):
    """`2031-05-06T07:08:09.123Z INFO default GET /beta/applications 200 1.2 ms f3a1...`"""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_moment(record)} {record.levelname} {_message(record)}"
        return "\n".join((line, *_reason(self, record)))


class JsonLines(logging.Formatter):
    """An object a line: `time`, `level`, then the members of a request, or a `message` and, if any, its `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {"time": _moment(record), "level": record.levelname}
        said |= record.msg.members() if isinstance(record.msg, RequestLine) else {"message": _message(record)}
        for reason in _reason(self, record):
            said["exception"] = reason
        return json.dumps(said)


FORMATS = {"text": TextLines, "json": JsonLines}


@contextmanager
def written(stream: TextIO, level: str, form: str) -> Iterator[None]:
    """What mocks of this process say from this level on is written to the stream in that form, until the block ends."""
    log, handler = logging.getLogger("mockserver"), logging.StreamHandler(stream)
    handler.setFormatter(FORMATS[form]())
    before = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(level.upper())
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before[0])
        log.propagate = before[1]


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(record: logging.LogRecord) -> str:
    return str(record.msg) if isinstance(record.msg, RequestLine) else without_secrets(record.getMessage())


def _reason(form: logging.Formatter, record: logging.LogRecord) -> Iterator[str]:
    """The traceback, if there is one."""
    if record.exc_info:
        yield without_secrets(form.formatException(record.exc_info))
