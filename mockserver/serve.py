"""`mockserver serve`: options -> a world from a seed -> an app -> listeners, and the lines printed on the way."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from mockserver import logs
from mockserver.beginning import begun
from mockserver.core.behaviour import Behaviour
from mockserver.derive.operations import operations
from mockserver.identity.accounts import is_loopback
from mockserver.identity.certificate import Certificate, local_certificate
from mockserver.model import MODEL, MODELS
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import State
from mockserver.seed.blank import blank
from mockserver.seed.story import FIRST
from mockserver.server import Listeners, run
from mockserver.settings import Addresses, Settings
from mockserver.web.app import create_app
from mockserver.world import World

OnReady = Callable[[Settings], None]

_log = logging.getLogger("mockserver")


class Prepared(NamedTuple):
    """A mock whose tenant is loaded and whose ports are bound, so that nothing can go wrong any more."""

    settings: Settings
    listeners: Listeners
    app: Flask
    world: World
    """To be closed at the end."""


def serve(
    *, port_file: Path | None, log_format: str, log_level: str, on_ready: OnReady = lambda _: None, **options: Any
) -> None:
    """Serve until told to stop; `on_ready` is given the settings as they became, once it does.

    Raises OSError and ValueError with a sentence for what is wrong with the options.
    """
    settings, listeners, app, world = prepared(**options)
    restored = _RESTORED if settings.is_restored else ""
    print(f"mockserver: {_described(settings)}, log_format={log_format}, log_level={log_level}{restored}", flush=True)

    def ready(addresses: Addresses) -> None:
        _announce(addresses, port_file)
        on_ready(settings)

    with logs.written(sys.stderr, log_level, log_format):
        if is_open(settings):
            _log.warning(_OPEN)
        try:
            run(listeners, app, ready)
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


_RESTORED = "; the state file was there already: tenant, behaviour, clock and seed are what it says, not the options"

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
    return ", ".join(f"{name}={value}" for name, value in settings.options().items())


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
