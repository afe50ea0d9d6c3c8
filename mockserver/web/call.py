"""One Graph request and its answer as this house sees them: no Flask, so `$batch` makes them as a view does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

import orjson

from mockserver.core.edm import Model, StructuredType
from mockserver.core.errors import GraphError, UnreadableBody
from mockserver.core.tenant import Tenant
from mockserver.identity.access import Access
from mockserver.identity.caller import NOBODY, Caller
from mockserver.model import MODELS
from mockserver.model.behaviours import (
    ENUM_VALUES,
    LETTER_CASE,
    PATH_FORMS,
    READ_ONLY_IN_CREATE,
    READ_ONLY_IN_UPDATE,
)
from mockserver.odata.path import Resource, parse_path
from mockserver.sandbox import Fault, Sandbox
from mockserver.web.projection import USUAL, Format

_LEVEL = re.compile(r"odata\.metadata=(none|minimal|full)", re.IGNORECASE)

JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"


class Headers(Protocol):
    """What a call needs of its headers: to be asked for one by name, in any letter case."""

    def get(self, key: str, default: str) -> str: ...


@dataclass(frozen=True)
class Answer:
    """Status, body and what headers are special to it. No body means no content type either."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON
    code: str = ""
    """Of the refusal that it is, if it is one and has one."""

    def preferring(self, preference: str) -> Answer:
        """The same answer, saying which wish of the caller's it grants."""
        return replace(self, headers={**self.headers, "Preference-Applied": preference})


NO_CONTENT = Answer(204)


@dataclass
class Call:
    """What was asked. `tenant` is the photograph that the whole answer is made from.

    `path` and `query` are still percent-encoded; `base` is the absolute address of the version asked for, such as
    `http://localhost:8365/beta`.
    """

    sandbox: Sandbox
    version: str
    method: str
    path: str
    query: str
    base: str
    headers: Headers
    read: Callable[[], bytes]
    access: Access
    caller: Caller = NOBODY
    """Who calls, once that has been found out."""
    request_id: str = ""
    client_request_id: str = ""
    batch: str = ""
    """The request-id of the batch that it is part of, if it is."""

    def __post_init__(self) -> None:
        self._resource: Resource | None = None
        self.fault: Fault | None = None
        """What strikes it, if anything does."""
        self.delay = 0.0
        """For how many seconds its answer is held back."""
        self.headers_besides: dict[str, str] = {}
        """What the answer carries besides its own headers, whatever it says."""
        self.tenant: Tenant = self.sandbox.read() if self.method == "GET" else self.sandbox.tenant
        behaviour = self.tenant.behaviour
        self.model: Model = MODELS[self.version]
        self.exact: bool = behaviour[LETTER_CASE] == "exact"
        self.canonical: bool = behaviour[PATH_FORMS] == "canonical"

    def resource(self) -> Resource:
        """What the path leads to. Raises UnknownSegment, or NoHttpResource."""
        if self._resource is None:
            self._resource = parse_path(self.path, self.model, exact=self.exact, canonical=self.canonical)
        return self._resource

    @property
    def place(self) -> Resource | None:
        """The same where it leads anywhere, else None."""
        try:
            return self.resource()
        except GraphError:
            return None

    def json(self) -> Any:
        """The body as JSON, whatever its content type says (R65). Raises UnreadableBody."""
        try:
            return orjson.loads(self.read())
        except orjson.JSONDecodeError:
            raise UnreadableBody() from None

    def values(self, structure: StructuredType, *, creating: bool, loose_booleans: bool = False) -> dict[str, Any]:
        """The body as values of a type. Raises InvalidBody and its kinds."""
        # Only here, because marshmallow takes a tenth of a second to import and many a mock is only read.
        from mockserver.derive.schemas import Style, read_body

        behaviour = self.tenant.behaviour
        style = Style(
            creating=creating,
            exact_names=self.exact,
            enums=behaviour[ENUM_VALUES],
            read_only=behaviour[READ_ONLY_IN_CREATE if creating else READ_ONLY_IN_UPDATE],
            loose_booleans=loose_booleans,
            unknown_members=self.format.unknown_members,
        )
        return read_body(self.json(), structure, style)

    @cached_property
    def format(self) -> Format:
        """How the answer is to be written, by the Accept and Prefer headers."""
        accept = self.headers.get("Accept", "")
        if "=" not in accept and not self.headers.get("Prefer", ""):
            return USUAL
        level = _LEVEL.search(accept)
        if level is None and "include-unknown-enum-members" not in self.preferences:
            return USUAL
        return Format(level[1].lower() if level else "minimal", "include-unknown-enum-members" in self.preferences)

    @property
    def content_type(self) -> str:
        level = self.format.metadata
        return JSON if level == "minimal" else JSON.replace("metadata=minimal", f"metadata={level}")

    @cached_property
    def preferences(self) -> Mapping[str, str]:
        """The `Prefer` header as name -> value, without parameters (RFC 7240)."""
        wishes = (wish.partition(";")[0].partition("=") for wish in self.headers.get("Prefer", "").split(","))
        return {name.strip().lower(): value.strip().strip('"') for name, _, value in wishes}
