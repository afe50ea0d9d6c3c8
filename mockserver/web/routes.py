"""Which path leads to which view: one map that all apps share, as Werkzeug compiles each rule, which takes its time.

An app has views of its own, bound to what they act on, under the names that the map leads to (`Flask.endpoint`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from flask import Blueprint
from werkzeug.routing import Rule

Route = tuple[str, str, Callable[..., Any]]
"""A method, a path, and the view; words in angle brackets are its arguments, after what it acts on."""


def rule(path: str, endpoint: str, *methods: str, **options: Any) -> Rule:
    """As Flask makes them: GET takes HEAD too, and OPTIONS is answered by Flask unless it is among the methods."""
    made = Rule(path, endpoint=endpoint, methods={*methods, "OPTIONS"}, **options)
    made.provide_automatic_options = "OPTIONS" not in methods  # type: ignore[attr-defined]
    return made


def rules(blueprint: str, routes: Iterable[Route], prefix: str = "") -> Iterator[Rule]:
    for method, path, view in routes:
        yield rule(prefix + path, _endpoint(blueprint, view), method)


def bind(blueprint: Blueprint, routes: Iterable[Route], *acts_on: object) -> None:
    """The views of the routes as those of the blueprint."""
    for _, _, view in routes:
        blueprint.endpoint(_endpoint(blueprint.name, view))(partial(view, *acts_on))


def _endpoint(blueprint: str, view: Callable[..., Any]) -> str:
    return f"{blueprint}.{view.__name__}"
