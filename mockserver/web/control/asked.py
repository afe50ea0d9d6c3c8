"""What every view of the control API starts from and ends with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from flask import request

from mockserver.core.errors import InvalidControl, UnreadableBody
from mockserver.sandbox import Sandbox
from mockserver.seed.format.kinds import Kind
from mockserver.seed.format.shapes import Shape
from mockserver.seed.problems import Finding, key_of
from mockserver.settings import Settings
from mockserver.web.answered import Answered
from mockserver.web.call import Answer
from mockserver.web.frame import FOUND, SANDBOX
from mockserver.world import World


@dataclass(frozen=True)
class Control:
    """What the views act on."""

    world: World
    settings: Settings

    @property
    def sandbox(self) -> Sandbox:
        """The one that this request is about."""
        found = self.world.sandbox_of(request.environ[SANDBOX], request.headers.get("Authorization", ""))
        request.environ[FOUND] = found.name
        return found


class Route(NamedTuple):
    """A method and a path below `/_mock`, and the view that answers there, whose docstring says what it does.

    From all of it the OpenAPI document is made.
    """

    method: str
    path: str
    """Words in angle brackets are arguments of the view."""
    view: Callable[..., Answered]
    answers: Mapping[int, Mapping[str, Any] | None]
    """Status -> JSON Schema of the body, or None where there is none."""
    takes: Shape | Kind | None = None
    """The body it must have."""
    or_null: bool = False
    """Whether null may stand in its place."""
    filters: Shape | None = None
    """The query options it takes."""
    token: bool = True
    """False: never asks for the control token."""
    media: str = "application/json"
    """The type of what it answers with."""


def root_of(settings: Settings) -> str:
    """The root of all addresses, without the prefix of any sandbox."""
    if settings.external_url:
        return settings.external_url
    mounted = request.environ["SCRIPT_NAME"].partition("/sandboxes/")[0]
    return f"{request.scheme}://{request.environ.get('HTTP_HOST', '')}{mounted}"


def body() -> Any:
    """The JSON that came. Raises UnreadableBody, which says where it is broken."""
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError as broken:
        error = UnreadableBody()
        error.details = ({"code": "invalidJson", "message": f"line {broken.lineno}: {broken.msg}"},)
        raise error from None


def read(shape: Shape) -> dict[str, Any]:
    """What the members of the body mean. Raises UnreadableBody, or InvalidControl with all that is wrong."""
    return meaning(shape, body())


def meaning(shape: Shape, said: Any) -> dict[str, Any]:
    """What the members mean that are there and not null. Raises InvalidControl with all that is wrong."""
    # Only here, because marshmallow is slow to import.
    from mockserver.seed.format.row_schemas import right_of

    found: list[Finding] = []
    values = right_of(shape, _without_null(shape, said), (), found)
    if found:
        raise _refusal(found)
    return dict(values)


def _without_null(kind: Shape | Kind, said: Any) -> Any:
    if isinstance(kind, Kind) or not isinstance(said, Mapping):
        return said
    known = kind.by_name
    return {
        name: _without_null(known[name].kind, each) if name in known else each
        for name, each in said.items()
        if each is not None or name not in known
    }


def _refusal(found: Iterable[Finding]) -> InvalidControl:
    named = [(key_of(each.place), each.message) for each in found]
    error = InvalidControl(message="; ".join(": ".join(filter(None, each)) for each in named))
    error.details = tuple({"code": error.code, "target": name, "message": message} for name, message in named)
    return error


def answered(value: Any, status: int = 200) -> Answered:
    """The value as JSON."""
    return Answered(Answer(status, orjson.dumps(value), content_type="application/json; charset=utf-8"))
