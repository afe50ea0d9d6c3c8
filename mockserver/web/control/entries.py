"""An entry of the journal as JSON, and what it is asked for by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from mockserver.core import errors
from mockserver.derive.openapi_names import id_at
from mockserver.logs.redaction import MARK, SECRETS, without_secrets
from mockserver.odata.place import way_and_shape
from mockserver.sandbox import Entry
from mockserver.web.watched import plain_path

_DEEPEST = 100


def operation_of(entry: Entry) -> str | None:
    """The id of its operation, if it was one."""
    resource = entry.resource
    return None if resource is None else id_at(entry.version, entry.method, way_and_shape(resource))


def path_of(entry: Entry) -> str:
    """From the version on, decoded: `/beta/applications`."""
    return plain_path(entry.version, entry.path)


def moment_of(entry: Entry) -> str:
    """When it was, to the millisecond."""
    return datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def caller_of(entry: Entry) -> dict[str, str]:
    """Who called, as far as the token says so; nobody has verified it."""
    claims = entry.claims
    known = {
        "application": claims.get("appid") or claims.get("azp"),
        "user": claims.get("upn") or claims.get("preferred_username"),
        "id": claims.get("oid"),
    }
    # A claim may hold half a surrogate pair, which no answer can.
    return {name: _text(value.encode("utf-8", "replace")) for name, value in known.items() if isinstance(value, str)}


def evidence_of(refusal: str) -> str:
    """How it is known that the service refuses so; of what broke without a refusal there is none."""
    return str(getattr(getattr(errors, refusal, None), "source", ""))


def shown(number: int, entry: Entry, sandbox: str) -> dict[str, Any]:
    """All of it, but for what it has not."""
    known = {
        "number": number,
        "time": moment_of(entry),
        "sandbox": sandbox,
        "method": entry.method,
        "path": path_of(entry),
        "query": entry.query,
        "operation": operation_of(entry),
        "status": entry.status,
        "code": entry.code if entry.error else None,
        "refusedBy": entry.error,
        "explanation": entry.explanation,
        "evidence": evidence_of(entry.error),
        "caller": caller_of(entry),
        "requestId": entry.request_id,
        "batch": entry.batch,
        "fault": entry.fault,
        "milliseconds": round(entry.seconds * 1000, 3),
        "request": body_shown(entry.asked, entry.asked_length),
        "answer": body_shown(entry.answered, entry.answered_length),
    }
    return {name: value for name, value in known.items() if value or name in _ALWAYS}


_ALWAYS = frozenset({"number", "status", "milliseconds", "operation"})


def body_shown(kept: bytes, length: int) -> Any:
    """A body as JSON where it is, else as text, without secrets; what was too long is cut and says so."""
    if not kept:
        return None
    if len(kept) < length:
        return {"truncated": without_secrets(_text(kept)), "length": length}
    try:
        return plain(orjson.loads(kept))
    except ValueError:
        return without_secrets(_text(kept))


def plain(value: Any, depth: int = _DEEPEST) -> Any:
    """The JSON value with a mark in the place of every secret. Raises ValueError where it is nested too deeply."""
    if not depth:
        raise ValueError(f"nothing is nested deeper than {_DEEPEST}")
    if isinstance(value, Mapping):
        return {
            name: MARK if name.lower() in SECRETS and each is not None else plain(each, depth - 1)
            for name, each in value.items()
        }
    return [plain(each, depth - 1) for each in value] if isinstance(value, list) else value


def _text(kept: bytes) -> str:
    return kept.decode("utf-8", "replace")
