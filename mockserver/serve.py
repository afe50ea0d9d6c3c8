"""`mockserver serve`: options -> a world from a seed -> an app -> listeners, and the lines printed on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

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
from mockserver.server import Listeners, run
from mockserver.settings import Addresses, Settings
from mockserver.web.app import create_app
from mockserver.world import DEFAULT, World


class Prepared(NamedTuple):
    """A mock whose tenant is loaded and whose ports are bound, so that nothing can go wrong any more."""

    settings: Settings
    listeners: Listeners
    app: Flask
    world: World
    """To be closed at the end."""


def serve(*, port_file: Path | None, **options: Any) -> None:
    """Serve until told to stop. Raises OSError and ValueError with a sentence for what is wrong with the options."""
    settings, listeners, app, world = prepared(**options)
    print(_described(settings), flush=True)
    if is_open(settings):
        print(f"mockserver: {_OPEN}", file=sys.stderr, flush=True)
    try:
        run(listeners, app, lambda addresses: _announce(addresses, port_file))
    finally:
        world.close()


def prepared(**options: Any) -> Prepared:
    """The mock that these options of `serve` describe. Raises as `serve` does."""
    settings, world = begun(_settings(**options))
    try:
        settings, listeners = bound_as(settings)
    except BaseException:
        world.close()
        raise
    return Prepared(settings, listeners, create_app(world, settings), world)


def app_of(settings: Settings) -> Flask:
    """The WSGI app that these settings describe, its tenant loaded."""
    settings, world = begun(settings)
    return create_app(world, settings)


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


def begun(settings: Settings) -> tuple[Settings, World]:
    """A world whose default sandbox starts as the settings say or, where there is a state file already, goes on as that
    says; and the settings that are in effect then. Raises ValueError with a sentence.
    """
    if not settings.state:
        return settings, World(state_of(settings), most=settings.sandboxes)
    from mockserver.storage import opened  # only here, because most mocks keep nothing

    journal = Journal(settings.journal)
    path = Path(settings.state)
    storage = opened(path, DEFAULT, lambda: state_of(settings), tenant=settings.tenant, journal=journal)
    first = storage.held()[DEFAULT][0].first
    in_effect = replace(
        settings,
        tenant=storage.tenant,
        behaviour=str(first.tenant.behaviour),
        clock=first.clock.mode,
        seed=first.seed,
        is_restored=not storage.is_new,
    )
    return in_effect, World(first, most=settings.sandboxes, store=storage)


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


_RESTORED = "; the state file was there already: tenant, behaviour, clock and seed are what it says, not the options"

_OPEN = (
    "warning: other machines can reach this mock, and its control API asks nobody for a token. --control-token, "
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
    options = ", ".join(f"{name}={value}" for name, value in settings.options().items())
    return f"mockserver: {options}{_RESTORED if settings.is_restored else ''}"


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
