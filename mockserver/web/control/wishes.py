"""The bodies of the control API, checked: every problem at once, each with the member it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from mockserver.core.duration import duration
from mockserver.core.errors import InvalidWish
from mockserver.web.control.asked import body


def wish(schema: type[Schema]) -> dict[str, Any]:
    """The body as values of a schema. Raises UnreadableBody and InvalidWish."""
    try:
        values: dict[str, Any] = schema().load(body())
    except ValidationError as refused:
        error = InvalidWish()
        error.details = tuple(
            {"code": "invalidMember", "target": where or "body", "message": message}
            for where, message in _problems(refused.messages)
        )
        raise error from None
    return values


def _problems(messages: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for name, below in messages.items():
            inner = "" if name == "_schema" else str(name)
            yield from _problems(below, ".".join(filter(None, (where, inner))))
        return
    for message in messages:
        yield where, str(message)


class Duration(fields.Field[float]):
    """An ISO 8601 duration such as PT2S or P10D, in seconds."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> float:
        try:
            return duration(value).total_seconds()
        except (TypeError, ValueError):
            raise ValidationError("Not an ISO 8601 duration such as PT2S or P10D.") from None


class TokenWish(Schema):
    """A token made to order."""

    user = fields.String(validate=validate.Length(1, 256))
    client = fields.String(validate=validate.Length(1, 256))
    permissions = fields.List(fields.String())
    directoryRoles = fields.List(fields.String())  # noqa: N815 (as the wire has it)
    lasts = Duration()
    claims = fields.Dict(keys=fields.String())
    defect = fields.String()


class DeviceWish(Schema):
    """Who has signed in to a device."""

    user = fields.String(validate=validate.Length(1, 256))
