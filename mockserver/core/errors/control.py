"""Refusals that are the mock's own: of its control API, its sandboxes and their limits, its faults, its state file."""

from __future__ import annotations

from mockserver.core.errors.access import Forbidden, Unauthorized
from mockserver.core.errors.graph_error import BadRequest, GraphError
from mockserver.core.errors.missing import NotFound


class FixtureRefused(BadRequest):
    code, text = "invalidFixture", "The document has {count} problems; nothing was loaded."
    source = "the mock's own"


class InvalidControl(BadRequest):
    code, text = "invalidRequest", "{message}"
    source = "the mock's own"


class InvalidName(InvalidControl):
    text = "'{name}' is no name: 1 to 64 letters, digits, hyphens, underscores or dots."
    source = "the mock's own"


class ClockGoesForward(InvalidControl):
    text = "The clock shows {now} and is not advanced back to {moment}; PATCH sets it to any moment."
    source = "the mock's own"


class ClockOutOfRange(InvalidControl):
    text = "The clock shows moments from 1970 to 9998; {moment} leads beyond."
    source = "the mock's own"


class Conflict(GraphError):
    status, code = 409, "nameAlreadyExists"


class SandboxNameTaken(Conflict):
    text = "There is a sandbox named '{name}' already."
    source = "the mock's own"


class DefaultSandboxStays(Conflict):
    code, text = "sandboxStays", "The sandbox '{name}' cannot be deleted; it can be reset."
    source = "the mock's own"


class ControlTokenMissing(Unauthorized):
    text = "This mock's control API asks for its token: Authorization: Bearer TOKEN, or x-mock-token: TOKEN."
    challenge = 'Bearer realm="mockserver"'
    source = "the mock's own"


class ForeignOrigin(Forbidden):
    text = "A page of '{origin}' may not use this mock's control API."
    source = "the mock's own"


class LimitReached(Forbidden):
    code = "quotaLimitReached"


class TooManySandboxes(LimitReached):
    text = "There are {limit} sandboxes, and no more are kept; DELETE those that are done with."
    source = "the mock's own"


class TooManySnapshots(LimitReached):
    text = "There are {limit} snapshots of this sandbox, and no more are kept; DELETE those that are done with."
    source = "the mock's own"


class TooManyFaults(LimitReached):
    text = "There are {limit} faults in this sandbox, and no more are kept; DELETE those that are done with."
    source = "the mock's own"


class TooManyStreams(LimitReached):
    text = "{limit} callers listen to this sandbox, and no more may."
    source = "the mock's own"


class UnknownDeviceCode(NotFound):
    code, text = "deviceCodeNotFound", "No sign-in waits for the device code '{code}'."
    source = "the mock's own"


class UnknownSandbox(NotFound):
    code, text = "sandboxNotFound", "There is no sandbox named '{name}'."
    source = "the mock's own"


class UnknownFixture(NotFound):
    code, text = "fixtureNotFound", "There is no ready-made tenant '{name}'; there are {names}."
    source = "the mock's own"


class UnknownSource(NotFound):
    code, text = "sourceNotFound", "'{name}' is neither a sandbox nor a ready-made tenant; ready-made are {names}."
    source = "the mock's own"


class UnknownSnapshot(NotFound):
    code, text = "snapshotNotFound", "This sandbox has no snapshot named '{name}'."
    source = "the mock's own"


class UnknownFault(NotFound):
    code, text = "faultNotFound", "This sandbox has no fault '{id}'."
    source = "the mock's own"


class Ordered(GraphError):
    status = 503
    text = "The mock was ordered to answer {status} {code}, by its fault '{fault}'."
    source = "the mock's own: POST /_mock/faults; status and code are the fault's"

    def __init__(self, *, fault: str, status: int, code: str, retry_after: int | None) -> None:
        super().__init__(fault=fault, status=status, code=code)
        self.status, self.code, self._retry_after = status, code, retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {} if self._retry_after is None else {"Retry-After": str(self._retry_after)}


class StateNotKept(GraphError):
    status, code = 507, "stateNotKept"
    text = "The state file cannot be written ({reason}); nothing has changed."
    source = "the mock's own: --state; the status means insufficient storage (graph_reference 5.2)"
