"""`mockserver serve`: options -> a world from a seed -> an app -> listeners, and the lines printed on the way."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from mockserver import logs
from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import Tenant
from mockserver.derive.operations import operations
from mockserver.identity.accounts import is_loopback
from mockserver.identity.certificate import Certificate, local_certificate
from mockserver.model import MODEL, MODELS
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, Journal, State
from mockserver.seed import catalogue
from mockserver.seed.blank import blank
from mockserver.seed.document import load
from mockserver.seed.folder import tenants_of
from mockserver.seed.story import FIRST, told
from mockserver.server import Listeners, run
from mockserver.settings import Addresses, Settings
from mockserver.web.app import create_app
from mockserver.world import DEFAULT, World, is_name

OnReady = Callable[[Settings], None]

_log = logging.getLogger("mockserver")


class Prepared(NamedTuple):
    """A mock whose tenant is loaded and whose ports are bound, so that nothing can go wrong any more."""

    settings: Settings
    listeners: Listeners
    app: Flask


def serve(
    *, port_file: Path | None, log_format: str, log_level: str, on_ready: OnReady = lambda _: None, **options: Any
) -> None:
    """Serve until told to stop; `on_ready` is given the settings as they became, once it does.

    Raises OSError and ValueError with a sentence for what is wrong with the options.
    """
    settings, listeners, app = prepared(**options)
    print(f"{_described(settings)}, log_format={log_format}, log_level={log_level}", flush=True)

    def ready(addresses: Addresses) -> None:
        _announce(addresses, port_file)
        on_ready(settings)

    with logs.written(sys.stderr, log_level, log_format):
        if is_open(settings):
            _log.warning(_OPEN)
        run(listeners, app, ready)


def prepared(**options: Any) -> Prepared:
    """The mock that these options of `serve` describe. Raises as `serve` does."""
    settings = _settings(**options)
    world = world_of(settings)
    settings, listeners = bound_as(settings)
    return Prepared(settings, listeners, create_app(world, settings))


def app_of(settings: Settings) -> Flask:
    """The WSGI app that these settings describe, its tenant loaded."""
    return create_app(world_of(settings), settings)


def bound_as(settings: Settings) -> tuple[Settings, Listeners]:
    """The settings with what became of them, and the listeners that they want. Raises OSError with a sentence."""
    certificate = _certificate(settings)
    listeners = Listeners(
        host=settings.host,
        port=settings.port,
        https_port=settings.https_port or 0,
        proxy_port=settings.proxy_port,
        certificate=certificate,
    )
    known_by = str(certificate.ca.absolute()) if certificate else None
    return replace(settings, addresses=listeners.addresses, ca_certificate=known_by), listeners


def world_of(settings: Settings) -> World:
    """A world whose sandboxes start as the settings say. Raises ValueError, and FixtureError with every problem."""
    state = state_of(settings)
    seeds = _seeds(settings, state)
    own = seeds.pop(DEFAULT, None)
    if own is not None and settings.tenant != Settings.tenant:
        raise ValueError(f"--tenant and a file of --init both are the tenant of the sandbox {DEFAULT!r}.")
    world = World(state if own is None else replace(state, tenant=own), most=settings.sandboxes)
    chapters = tuple(told(state.tenant.behaviour, state.clock.now()) if settings.story else ())
    seeds |= {chapter.sandbox: tenant for chapter, tenant in chapters}
    if len(seeds) > settings.sandboxes:
        raise ValueError(f"--sandboxes {settings.sandboxes} is too few: {len(seeds)} are made at the start.")
    for name, tenant in seeds.items():
        world.make(name, tenant)
    world.story = tuple(chapter for chapter, _ in chapters)
    return world


def _seeds(settings: Settings, state: State) -> dict[str, Tenant]:
    """The tenants of the folder of the settings, by the names of their sandboxes."""
    if not settings.init:
        return {}
    return tenants_of(Path(settings.init), is_name, behaviour=state.tenant.behaviour, now=state.clock.now())


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


def page_of(settings: Settings) -> str:
    """Where a browser finds the first chapter of the story."""
    root = settings.external_url or (settings.addresses.http if settings.addresses else "")
    return f"{root}/sandboxes/{FIRST}/"


_OPEN = (
    "other machines can reach this mock, and its control API asks nobody for a token. --control-token, "
    "with --auth strict, keeps them out; --host 127.0.0.1 keeps to this machine."
)


def is_open(settings: Settings) -> bool:
    """Whether anybody on the network may change everything: the control API can make tokens, so `strict` is no help."""
    return not is_loopback(settings.host) and not settings.control_token


def _settings(*, no_tls: bool, **options: Any) -> Settings:
    settings = Settings(**{**options, "https_port": None if no_tls else options["https_port"]})
    if bool(settings.certificate) != bool(settings.key):
        raise ValueError("--certificate and --key go together.")
    for name, given in (("--proxy-port", settings.proxy_port is not None), ("--certificate", settings.certificate)):
        if no_tls and given:
            raise ValueError(f"{name} needs https, which --no-tls leaves out.")
    return settings


def _described(settings: Settings) -> str:
    return "mockserver: " + ", ".join(f"{name}={value}" for name, value in settings.options().items())


def _certificate(settings: Settings) -> Certificate | None:
    if settings.https_port is None:
        return None
    if settings.certificate:
        from mockserver.identity.own_certificate import own_certificate

        return own_certificate(Path(settings.certificate), Path(settings.key))
    return local_certificate()


def _announce(addresses: Addresses, port_file: Path | None) -> None:
    line = " ".join(each for each in (addresses.http, addresses.https) if each)
    if port_file is not None:
        port_file.write_text(line + "\n", encoding="utf-8")
    print(f"Ready: {line}", flush=True)
