"""Names for states of a sandbox, to go back to."""

from __future__ import annotations

from mockserver.core.moment import instant
from mockserver.sandbox import State
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read


def list_snapshots(control: Control) -> Answered:
    return answered({"value": [_shown(name, state) for name, state in control.sandbox.snapshots.items()]})


def save_snapshot(control: Control) -> Answered:
    """The present state under a name; one that had it before loses it."""
    name = read(bodies.NEW_SNAPSHOT)["name"]
    return answered(_shown(name, control.sandbox.save(name)), 201)


def restore_snapshot(control: Control, name: str) -> Answered:
    control.sandbox.restore(name)
    return Answered(NO_CONTENT)


def drop_snapshot(control: Control, name: str) -> Answered:
    control.sandbox.forget(name)
    return Answered(NO_CONTENT)


def _shown(name: str, state: State) -> dict[str, str]:
    return {"name": name, "now": instant(state.clock.now())}


ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/snapshots", list_snapshots, "The snapshots of this sandbox", {200: answers.values(answers.SNAPSHOT)}
    ),
    Route(
        "POST",
        "/snapshots",
        save_snapshot,
        "Give the present state a name",
        {201: answers.SNAPSHOT},
        bodies.NEW_SNAPSHOT,
    ),
    Route("POST", "/snapshots/<name>/restore", restore_snapshot, "Go back to a snapshot", answers.DONE),
    Route("DELETE", "/snapshots/<name>", drop_snapshot, "Forget a snapshot", answers.DONE),
)
