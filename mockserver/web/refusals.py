"""Whatever goes wrong while a request is answered, as a refusal."""

from __future__ import annotations

import logging

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from mockserver.core.errors import (
    BadRequest,
    GraphError,
    MethodNotAllowed,
    NoSuchAddress,
    PayloadTooLarge,
    Unexpected,
)
from mockserver.logs.redaction import target_shown

LARGEST_BODY = 4 * 1024 * 1024
"""In bytes. Graph takes 4 MB."""

_log = logging.getLogger("mockserver")


def refusal_of(error: Exception, method: str, path: str, request_id: str) -> GraphError:
    """The refusal that the error is, or that stands for it; a mistake of the mock goes to the log."""
    if isinstance(error, GraphError):
        return error
    if isinstance(error, RequestEntityTooLarge):
        return PayloadTooLarge(limit=LARGEST_BODY)
    if isinstance(error, HTTPException):
        return _of_http(error, path)
    _log.error("%s %s failed (request-id %s)", method, target_shown(path), request_id, exc_info=error)
    return Unexpected()


def _of_http(error: HTTPException, path: str) -> GraphError:
    if error.code == 404:
        return NoSuchAddress(path=path)
    if error.code == 405:
        return MethodNotAllowed()
    refusal = BadRequest(message=error.description or error.name)
    refusal.status = error.code or 400
    return refusal
