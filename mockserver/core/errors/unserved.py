"""What stands in the way of a request that could be read: its method or size, a condition, load, the mock itself."""

from __future__ import annotations

from typing import ClassVar

from mockserver.core.errors.graph_error import GraphError


class MethodNotAllowed(GraphError):
    status, code = 405, "Request_BadRequest"
    text = "Specified HTTP method is not allowed for the request target."
    source = "graph_reference 5.3: json-batching"


class PreconditionFailed(GraphError):
    status, code = 412, "PreconditionFailed"
    text = "The entity has no ETag, so no If-Match but '*' can match it."
    source = "U-16: no ETag was ever seen on these resources; 412 is the generic answer"
    verified = False


class DependencyFailed(GraphError):
    status, code = 424, "FailedDependency"
    text = "The request was not carried out because request '{id}', which it depends on, failed."
    source = "graph_reference 5.12: the status; code and text are not known"
    verified = False


class PayloadTooLarge(GraphError):
    status, code = 413, "RequestEntityTooLarge"
    text = "The request body is larger than {limit} bytes."
    source = "graph_reference 5.2: the status; code and text are the mock's own"
    verified = False


class NotImplementedByMock(GraphError):
    status, code = 501, "notSupported"
    source = "the mock's own: the service knows this, the mock does not, and nothing is ignored in silence"


class TooManyRequests(GraphError):
    status, code, text = 429, "TooManyRequests", "Please retry again later."
    source = "graph_reference 5.11"
    inner: ClassVar[dict[str, str]] = {"code": "429", "message": "Please retry after", "status": "429"}

    def __init__(self, *, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}


class NotReplicatedYet(GraphError):
    status, code, text = 500, "InternalServerError", "The application was instantiated a moment ago; try again."
    source = "Q14: M2G saw a 500 while replication caught up; code and text are not known. Only where Q14 asks for it"
    verified = False


class Unexpected(GraphError):
    status, code = 500, "InternalServerError"
    text = "The mock failed to answer; its log has the cause under this request-id."
    source = "the mock's own"
