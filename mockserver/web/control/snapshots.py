"""Names for states of a sandbox, to go back to."""

from __future__ import annotations

from mockserver.core.moment import instant
from mockserver.sandbox import State
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read


def list_snapshots(control: Control) -> Answered:
    """The snapshots of this sandbox."""
    return answered({"value": [_shown(name, state) for name, state in control.sandbox.snapshots.items()]})


def save_snapshot(control: Control) -> Answered:
    """Give the present state a name; one that had it before loses it."""
    name = read(bodies.NEW_SNAPSHOT)["name"]
    return answered(_shown(name, control.sandbox.save(name)), 201)


def restore_snapshot(control: Control, name: str) -> Answered:
    """Go back to a snapshot."""
    control.sandbox.restore(name)
    return Answered(NO_CONTENT)


def drop_snapshot(control: Control, name: str) -> Answered:
    """Forget a snapshot."""
    control.sandbox.forget(name)
    return Answered(NO_CONTENT)


def _shown(name: str, state: State) -> dict[str, str]:
    return {"name": name, "now": instant(state.clock.now())}


ROUTES: tuple[Route, ...] = (
    Route("GET", "/snapshots", list_snapshots, {200: answers.values(answers.SNAPSHOT)}),
    Route("POST", "/snapshots", save_snapshot, {201: answers.SNAPSHOT}, bodies.NEW_SNAPSHOT),
    Route("POST", "/snapshots/<name>/restore", restore_snapshot, answers.DONE),
    Route("DELETE", "/snapshots/<name>", drop_snapshot, answers.DONE),
)
