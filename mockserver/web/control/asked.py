"""What every view of the control API starts from and ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from flask import request

from mockserver.core.errors import UnreadableBody
from mockserver.sandbox import Sandbox
from mockserver.settings import Settings
from mockserver.web.answered import Answered
from mockserver.web.call import Answer
from mockserver.web.frame import FOUND, SANDBOX
from mockserver.web.routes import Route as Route
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


def answered(value: Any, status: int = 200) -> Answered:
    """The value as JSON."""
    return Answered(Answer(status, orjson.dumps(value), content_type="application/json; charset=utf-8"))
