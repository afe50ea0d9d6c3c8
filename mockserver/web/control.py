"""The control API, /_mock: what the real service has no API for. JSON in, JSON out, refusals in the Graph's shape."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

import orjson
from flask import Blueprint, request

from mockserver import __version__
from mockserver.core.commands import Command, Create, Delete, found
from mockserver.core.duration import duration
from mockserver.core.errors import ControlTokenMissing, FixtureRefused, ForeignOrigin, InvalidBody, UnreadableBody
from mockserver.model import MODEL, MODELS
from mockserver.model.connector import CONNECTOR
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.lifecycle import start, stop
from mockserver.sandbox import Sandbox, Throttle
from mockserver.seed.document import FixtureError, Problem, load, to_document
from mockserver.settings import Settings
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT, Answer
from mockserver.web.frame import SANDBOX
from mockserver.world import World


@dataclass(frozen=True)
class Control:
    """What the views act on."""

    world: World
    settings: Settings

    @property
    def sandbox(self) -> Sandbox:
        """The one that this request is about."""
        return self.world.sandbox(request.environ[SANDBOX])


def health(control: Control) -> Answered:
    uptime = (datetime.now(UTC) - control.world.started).total_seconds()
    return _json(
        {"status": "ok", "version": __version__, "uptimeSeconds": uptime, "sandboxes": len(control.world)},
    )


def ready(control: Control) -> Answered:
    return _json({"status": "ready", "sandboxes": [each.name for each in control.world]})


def settings(control: Control) -> Answered:
    return _json(control.settings.shown())


def reset(control: Control) -> Answered:
    control.sandbox.reset()
    return Answered(NO_CONTENT)


def tenant(control: Control) -> Answered:
    at = control.sandbox
    return _json(to_document(at.tenant, at.now()))


def replace_tenant(control: Control) -> Answered:
    """By one that comes as JSON or, where the content type says so, as YAML; every problem is named with its line."""
    at, name = control.sandbox, "tenant.yaml" if "yaml" in request.mimetype else "tenant.json"
    if name.endswith(".json"):
        _body()  # what is no JSON at all is refused as everywhere here
    try:
        at.adopt(load(request.get_data(), name=name, behaviour=at.tenant.behaviour, now=at.now()))
    except FixtureError as refused:
        raise _fixture_refused(refused) from None
    return tenant(control)


def install_connector(control: Control) -> Answered:
    from mockserver.derive.schemas import Style, read_body

    values = read_body(_body(), MODEL.type(CONNECTOR), Style(creating=True))
    return _changed(control.sandbox, Create(CONNECTOR, "", "", values, APPLICATION_PROXY), 201)


def stop_connector(control: Control, key: str) -> Answered:
    return _changed(control.sandbox, stop(key))


def start_connector(control: Control, key: str) -> Answered:
    return _changed(control.sandbox, start(key))


def uninstall_connector(control: Control, key: str) -> Answered:
    control.sandbox.dispatch(Delete(CONNECTOR, key, ""))
    return Answered(NO_CONTENT)


def openapi_document(control: Control) -> Answered:
    """What is served, for tools: made once for each address it is asked at."""
    return Answered(Answer(200, _openapi(_root(control.settings)), content_type="application/json; charset=utf-8"))


@lru_cache(maxsize=16)
def _openapi(root: str) -> bytes:
    # Only here, because most mocks are never asked for it.
    from mockserver.derive.openapi import openapi

    return orjson.dumps(openapi(MODELS, __version__, root))


def _root(settings: Settings) -> str:
    return settings.external_url or f"{request.scheme}://{request.environ.get('HTTP_HOST', '')}"


def set_throttle(control: Control) -> Answered:
    """`{"requests": n, "per": "PT10S"}` lets so many requests in each window; null lets all in again."""
    control.sandbox.set_throttle(_throttle(_body()))
    return Answered(NO_CONTENT)


def _throttle(said: Any) -> Throttle | None:
    if said is None:
        return None
    try:
        requests, per = said["requests"], duration(said["per"]).total_seconds()
    except (TypeError, KeyError, ValueError):
        raise InvalidBody() from None
    if type(requests) is not int or requests < 0 or not per:
        raise InvalidBody()
    return Throttle(requests, per)


ROUTES: tuple[tuple[str, str, Callable[..., Answered]], ...] = (
    ("GET", "/health", health),
    ("GET", "/ready", ready),
    ("GET", "/settings", settings),
    ("POST", "/reset", reset),
    ("GET", "/tenant", tenant),
    ("PUT", "/tenant", replace_tenant),
    ("POST", "/connectors", install_connector),
    ("POST", "/connectors/<key>/stop", stop_connector),
    ("POST", "/connectors/<key>/start", start_connector),
    ("DELETE", "/connectors/<key>", uninstall_connector),
    ("PUT", "/throttle", set_throttle),
    ("GET", "/openapi.json", openapi_document),
)


def blueprint(world: World, settings: Settings) -> Blueprint:
    """/_mock. With a control token every route but health asks for it."""
    made = Blueprint("control", __name__, url_prefix="/_mock")
    made.before_request(partial(_check, settings.control_token))
    for method, path, view in ROUTES:
        made.add_url_rule(path, view.__name__, partial(view, Control(world, settings)), methods=[method])
    return made


def _changed(sandbox: Sandbox, command: Command, status: int = 200) -> Answered:
    """Carry it out; answer with the connector as the Graph shows it, and what only the mock knows of it."""
    tenant, (done,) = sandbox.dispatch(command)
    entity = found(tenant, CONNECTOR, done.id)
    shown = {each.name: entity[each.name] for each in entity.type.visible}
    return _json(shown | {name: entity[name] for name in ("memberOf", "lastHeartbeat", "stopped")}, status)


def _body() -> Any:
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError as broken:
        error = UnreadableBody()
        error.details = ({"code": "invalidJson", "message": f"line {broken.lineno}: {broken.msg}"},)
        raise error from None


def _json(value: Any, status: int = 200) -> Answered:
    return Answered(Answer(status, orjson.dumps(value), content_type="application/json; charset=utf-8"))


def _fixture_refused(refused: FixtureError) -> FixtureRefused:
    error = FixtureRefused(count=len(refused.problems))
    error.details = tuple(
        {"code": "invalidFixture", "target": each.key, "message": _with_line(each)} for each in refused.problems
    )
    return error


def _with_line(problem: Problem) -> str:
    return problem.message if problem.line is None else f"line {problem.line}: {problem.message}"


def _check(token: str) -> None:
    _check_origin()
    if token and request.endpoint != "control.health":
        _check_token(token)


def _check_origin() -> None:
    """A page of another origin may look at nothing, for want of CORS headers, and may change nothing, by this."""
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.environ.get('HTTP_HOST', '')}"
    if origin and request.method not in ("GET", "HEAD") and origin != own:
        raise ForeignOrigin(origin=origin)


def _check_token(token: str) -> None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    said = request.headers.get("x-mock-token") or (credentials if scheme.lower() == "bearer" else "")
    if not hmac.compare_digest(said.encode(), token.encode()):
        raise ControlTokenMissing()
