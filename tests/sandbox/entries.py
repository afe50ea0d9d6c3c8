"""Entries of a journal, made by hand."""

from __future__ import annotations

from typing import Any

from mockserver.model import MODEL
from mockserver.odata.path import parse_path
from mockserver.sandbox import Entry


def entry(**known: Any) -> Entry:
    """A request for the applications at 1970, answered 200, but for what is said; `path` is parsed."""
    path = known.get("path", "applications")
    usual = {
        "at": 0.0,
        "seconds": 0.001,
        "version": "beta",
        "method": "GET",
        "path": path,
        "query": "",
        "resource": parse_path(path, MODEL),
        "status": 200,
        "error": "",
        "code": "",
        "claims": {},
        "request_id": "r",
        "batch": "",
        "fault": "",
        "asked": b"",
        "asked_length": 0,
        "answered": b"",
        "answered_length": 0,
    }
    return Entry(**usual | known)
