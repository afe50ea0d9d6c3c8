"""The sandboxes of the process: isolated tenants, forked from one another or made of a tenant document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mockserver.core.errors import InvalidControl, UnknownSource
from mockserver.core.tenant import Tenant
from mockserver.sandbox import Sandbox, State
from mockserver.seed import catalogue
from mockserver.seed.document import FixtureError, from_document, load
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read, root_of
from mockserver.web.control.tenants import fixture_refused
from mockserver.world import World


def list_sandboxes(control: Control) -> Answered:
    """All sandboxes."""
    return answered({"value": [_shown(control, each) for each in control.world]})


def make_sandbox(control: Control) -> Answered:
    """Fork a sandbox or one of its snapshots, or make one of a tenant.

    A fork of the sandbox that is asked, or of what `from` names, or one of the document in `tenant`; with its
    behaviour and clock unless others are asked for.
    """
    said = read(bodies.NEW_SANDBOX)
    if "from" in said and "tenant" in said:
        raise InvalidControl(message="a sandbox starts from another one ('from') or from a document ('tenant')")
    made = _made(control, said)
    answer = answered(_shown(control, made), 201)
    answer.headers["Location"] = f"{root_of(control.settings)}/_mock/sandboxes/{made.name}"
    return answer


def show_sandbox(control: Control, name: str) -> Answered:
    """Where a sandbox is."""
    return answered(_shown(control, control.world.sandbox(name)))


def drop_sandbox(control: Control, name: str) -> Answered:
    """Drop a sandbox."""
    control.world.drop(name)
    return Answered(NO_CONTENT)


def _made(control: Control, said: Mapping[str, Any]) -> Sandbox:
    world, source = control.world, said.get("from")
    if "tenant" in said:
        return _read(world, said, partial(from_document, said["tenant"]))
    state = control.sandbox.state if source is None else _state(world, source)
    if state is not None:
        return world.fork(said.get("name"), _chosen(state, said))
    return _read(world, said, partial(load, _ready_made(str(source))))


def _state(world: World, source: str) -> State | None:
    """What `sandbox` or `sandbox@snapshot` names; None where it might be a ready-made tenant."""
    name, marked, snapshot = source.partition("@")
    if marked:
        return world.sandbox(name).snapshot(snapshot)
    return next((each.state for each in world if each.name == name), None)


def _ready_made(name: str) -> Path:
    names = catalogue.names()
    if name not in names:
        raise UnknownSource(name=name, names=", ".join(names))
    return catalogue.path(name)


def _chosen(state: State, said: Mapping[str, Any]) -> State:
    """The state with the behaviour and the clock that are asked for."""
    if "behaviour" in said:
        # It may decide when connectors turn inactive, so what is due is found out anew.
        state = replace(state, tenant=replace(state.tenant, behaviour=said["behaviour"]), due=None)
    return replace(state, clock=state.clock.going(said["clock"])) if "clock" in said else state


def _read(world: World, said: Mapping[str, Any], reading: Callable[..., Tenant]) -> Sandbox:
    """A sandbox of the tenant as it would be were the process started with it. Raises FixtureRefused."""
    first = _chosen(world.first, said)
    try:
        tenant = reading(behaviour=first.tenant.behaviour, now=first.clock.now())
    except FixtureError as refused:
        raise fixture_refused(refused) from None
    return world.make(said.get("name"), tenant, first.clock)


def _shown(control: Control, sandbox: Sandbox) -> dict[str, str]:
    """Where it is. Who logs in needs https, so that is where its authority is, if anywhere; without a prefix, because
    clients take the first word of its path for the tenant.
    """
    settings, path = control.settings, f"/sandboxes/{sandbox.name}"
    root, there = root_of(settings), settings.addresses
    secure = root if root.startswith("https:") or there is None or there.https is None else there.https
    return {
        "name": sandbox.name,
        "graphUrl": f"{root}{path}/beta",
        "authorityUrl": f"{secure}/{sandbox.tenant_id}",
        "tenantId": sandbox.tenant_id,
    }


ROUTES: tuple[Route, ...] = (
    Route("GET", "/sandboxes", list_sandboxes, {200: answers.values(answers.SANDBOX)}),
    Route("POST", "/sandboxes", make_sandbox, {201: answers.SANDBOX}, bodies.NEW_SANDBOX),
    Route("GET", "/sandboxes/<name>", show_sandbox, {200: answers.SANDBOX}),
    Route("DELETE", "/sandboxes/<name>", drop_sandbox, answers.DONE),
)
