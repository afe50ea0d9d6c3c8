"""The sandboxes of the process: isolated tenants, forked from one another or made of a tenant document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.core.errors import InvalidControl, UnknownSource
from mockserver.core.tenant import Tenant
from mockserver.sandbox import Sandbox, State
from mockserver.seed import catalogue
from mockserver.seed.document import FixtureError, from_document, load
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control.asked import Control, Route, answered, body, root_of
from mockserver.web.control.reading import members, text
from mockserver.web.control.tenants import fixture_refused
from mockserver.world import World

_NEW = {"name": text, "from": text, "tenant": lambda said: said}


def list_sandboxes(control: Control) -> Answered:
    return answered({"value": [_shown(control, each) for each in control.world]})


def make_sandbox(control: Control) -> Answered:
    """A fork of the sandbox that is asked, or of what `from` names, or one of the document in `tenant`."""
    said = members(body(), _NEW)
    if "from" in said and "tenant" in said:
        raise InvalidControl(message="a sandbox starts from another one ('from') or from a document ('tenant')")
    made = _made(control, said)
    answer = answered(_shown(control, made), 201)
    answer.headers["Location"] = f"{root_of(control.settings)}/_mock/sandboxes/{made.name}"
    return answer


def show_sandbox(control: Control, name: str) -> Answered:
    return answered(_shown(control, control.world.sandbox(name)))


def drop_sandbox(control: Control, name: str) -> Answered:
    control.world.drop(name)
    return Answered(NO_CONTENT)


def _made(control: Control, said: Mapping[str, Any]) -> Sandbox:
    world, name, source = control.world, said.get("name"), said.get("from")
    if "tenant" in said:
        return world.make(name, _read(world, lambda **how: from_document(said["tenant"], **how)))
    if source is None:
        return world.fork(name, control.sandbox.state)
    found = _state(world, source)
    return world.fork(name, found) if found is not None else world.make(name, _ready_made(world, source))


def _state(world: World, source: str) -> State | None:
    """What `sandbox` or `sandbox@snapshot` names; None where it might be a ready-made tenant."""
    name, marked, snapshot = source.partition("@")
    if marked:
        return world.sandbox(name).snapshot(snapshot)
    return next((each.state for each in world if each.name == name), None)


def _ready_made(world: World, name: str) -> Tenant:
    names = catalogue.names()
    if name not in names:
        raise UnknownSource(name=name, names=", ".join(names))
    return _read(world, lambda **how: load(catalogue.path(name), **how))


def _read(world: World, reading: Any) -> Tenant:
    """The tenant as it would be were the process started with it. Raises FixtureRefused."""
    first = world.first
    try:
        tenant: Tenant = reading(behaviour=first.tenant.behaviour, now=first.clock.now())
    except FixtureError as refused:
        raise fixture_refused(refused) from None
    return tenant


def _shown(control: Control, sandbox: Sandbox) -> dict[str, str]:
    """Where it is. Who logs in needs https, so that is where its authority is, if anywhere."""
    settings, world, path = control.settings, control.world, f"/sandboxes/{sandbox.name}"
    root = root_of(settings)
    secure = root if root.startswith("https:") or not world.https else world.https
    return {
        "name": sandbox.name,
        "graphUrl": f"{root}{path}",
        "authorityUrl": f"{secure}{path}/{sandbox.tenant_id}",
        "tenantId": sandbox.tenant_id,
    }


ROUTES: tuple[Route, ...] = (
    ("GET", "/sandboxes", list_sandboxes),
    ("POST", "/sandboxes", make_sandbox),
    ("GET", "/sandboxes/<name>", show_sandbox),
    ("DELETE", "/sandboxes/<name>", drop_sandbox),
)
