"""`mockserver serve`: options -> a world from a seed -> an app -> listeners, and the lines printed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import Tenant
from mockserver.derive.operations import operations
from mockserver.model import MODEL, MODELS
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, Journal, State
from mockserver.seed import catalogue
from mockserver.seed.blank import blank
from mockserver.seed.document import load
from mockserver.server import Addresses, Listeners, run
from mockserver.settings import Settings
from mockserver.web.app import create_app
from mockserver.world import World


def serve(*, no_tls: bool, port_file: Path | None, **options: Any) -> None:
    """Serve until told to stop. Raises OSError and ValueError with a sentence for what is wrong with the options."""
    settings = Settings(**{**options, "https_port": None if no_tls else options["https_port"]})
    world = world_of(settings)
    listeners = listeners_of(create_app(world, settings), world, settings)
    print(_described(settings), flush=True)
    run(listeners, lambda addresses: _announce(addresses, port_file))


def app_of(settings: Settings) -> Flask:
    """The WSGI app that these settings describe, its tenant loaded."""
    return create_app(world_of(settings), settings)


def listeners_of(app: Flask, world: World, settings: Settings) -> Listeners:
    """The listeners for the app of a world, where the settings want them. Raises OSError with a sentence."""
    listeners = Listeners(
        app,
        host=settings.host,
        port=settings.port,
        https_port=settings.https_port or 0,
        certificate=_certificate(settings),
    )
    world.https = listeners.addresses.https or ""
    return listeners


def world_of(settings: Settings) -> World:
    """A world whose default sandbox starts as the settings say."""
    return World(state_of(settings), most=settings.sandboxes)


def state_of(settings: Settings) -> State:
    """What a sandbox starts with: the tenant of the settings, its time and its seed."""
    now = datetime.now(UTC).replace(microsecond=0)
    clock = Clock(frozen=now) if settings.clock == "frozen" else Clock()
    return State(tenant_of(settings, now), clock, settings.seed, journal=Journal(settings.journal))


def tenant_of(settings: Settings, now: datetime) -> Tenant:
    """The tenant of the settings, ready-made or from a file."""
    behaviour = Behaviour.parse(settings.behaviour, QUIRKS)
    tenant: Tenant = load(catalogue.resolve(settings.tenant), behaviour=behaviour, now=now)
    return tenant


def served_routes() -> Iterator[tuple[str, str]]:
    """Method and path of everything the app answers."""
    for version, model in MODELS.items():
        for operation in operations(model):
            yield operation.method, f"/{version}{operation.path}"
    app = create_app(World(State(blank(MODEL, Behaviour(QUIRKS, "observed")))), Settings())
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/_mock"):
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield method, rule.rule.replace("<", "{").replace(">", "}")


def _described(settings: Settings) -> str:
    return "mockserver: " + ", ".join(f"{name}={value}" for name, value in settings.shown().items())


def _certificate(settings: Settings) -> Any:
    if settings.https_port is None:
        return None
    from mockserver.identity.certificate import local_certificate

    return local_certificate()


def _announce(addresses: Addresses, port_file: Path | None) -> None:
    line = " ".join(each for each in (addresses.http, addresses.https) if each)
    if port_file is not None:
        port_file.write_text(line + "\n", encoding="utf-8")
    print(f"Ready: {line}", flush=True)
