"""The outermost step around a Graph request, alone or in a batch: what faults do to it, its entry in the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any
from urllib.parse import unquote

from mockserver.core.errors import Ordered
from mockserver.derive.openapi_names import id_at
from mockserver.identity.caller import claims_of
from mockserver.odata.place import way_and_shape
from mockserver.sandbox import LARGEST_BODY, Asked, Entry
from mockserver.web.call import Answer, Call
from mockserver.web.refusals import refusal_of
from mockserver.web.render import error_answer

_NO_CLAIMS: Mapping[str, Any] = {}


def watched(call: Call, answer: Callable[[Call], Answer]) -> Answer:
    """The answer, a refusal included; nothing is raised."""
    began = perf_counter()
    if call.sandbox.state.faults.rules:
        _strike(call)
    error, code = "", ""
    try:
        _obey(call)
        found = answer(call)
    except Exception as problem:
        refusal = refusal_of(problem, call.method, call.path, call.request_id)
        error, code = type(refusal).__name__, refusal.code
        found = error_answer(refusal, call.request_id, call.client_request_id)
    if call.headers_besides:
        found = replace(found, headers={**found.headers, **call.headers_besides})
    _record(call, found, error, code, perf_counter() - began)
    return found


def _strike(call: Call) -> None:
    asked = Asked(
        call.method,
        plain_path(call.version, call.path),
        lambda: operation_of(call),
        whole=not call.batch,
    )
    fault = call.fault = call.sandbox.strike(asked)
    if fault is not None:
        call.delay = fault.delay
        call.headers_besides["x-mock-fault"] = fault.id


def plain_path(version: str, path: str) -> str:
    """The path from the version on, decoded, without doubled and trailing slashes (R53): `/beta/applications`."""
    return "/".join(("", version, *(unquote(each) for each in path.split("/") if each)))


def operation_of(call: Call) -> str | None:
    """The id of the operation that the call asks for, as the OpenAPI document has it, if it is one."""
    resource = call.place
    return None if resource is None else id_at(call.version, call.method, way_and_shape(resource))


def _obey(call: Call) -> None:
    """Raises what the fault that strikes the call was ordered to answer, if it was."""
    fault = call.fault
    if fault is not None and fault.status is not None:
        raise Ordered(fault=fault.id, status=fault.status, code=fault.code, retry_after=fault.retry_after)


def _record(call: Call, answer: Answer, error: str, code: str, seconds: float) -> None:
    authorization = call.headers.get("Authorization", "")
    asked = b"" if call.method in ("GET", "HEAD") else _body_of(call)
    sandbox, answered = call.sandbox, answer.body
    sandbox.record(
        Entry(
            sandbox.state.clock.seconds(),
            seconds,
            call.version,
            call.method,
            call.path,
            call.query,
            call.place,
            answer.status,
            error,
            code,
            claims_of(authorization) if authorization else _NO_CLAIMS,
            call.request_id,
            call.batch,
            call.fault.id if call.fault is not None else "",
            asked[:LARGEST_BODY],
            len(asked),
            answered[:LARGEST_BODY],
            len(answered),
            answer.headers.get("x-mock-explain", ""),
        )
    )


def _body_of(call: Call) -> bytes:
    """The body; empty where it cannot be read, which has been answered then."""
    try:
        return call.read()
    except Exception:
        return b""
