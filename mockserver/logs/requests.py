"""One line for each request: who asked what of which sandbox, and what became of it."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

log = logging.getLogger("mockserver.requests")


class RequestLine(NamedTuple):
    """A request as the log shows it."""

    sandbox: str
    """Empty where the request came to none."""
    method: str
    path: str
    """With the query, without secrets."""
    status: int
    code: str
    """Of the refusal; empty where it was none, or one without a code."""
    milliseconds: float
    """What the mock took, without any delay that a fault ordered."""
    request_id: str

    def __str__(self) -> str:
        outcome = f"{self.status} {self.code}" if self.code else str(self.status)
        return (
            f"{self.sandbox or '-'} {self.method} {self.path} {outcome} {self.milliseconds:.1f} ms "
            f"request-id={self.request_id}"
        )

    def members(self) -> dict[str, Any]:
        """As JSON has it; the names are the journal's."""
        said = self._asdict()
        request_id = said.pop("request_id")
        return {**said, "milliseconds": round(self.milliseconds, 3), "requestId": request_id}
