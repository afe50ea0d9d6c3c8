"""Ids and references that cannot name what they are to name."""

from __future__ import annotations

from mockserver.core.errors.graph_error import BadRequest


class InvalidReference(BadRequest):
    code, text = "InvalidReference_BadRequest", "'{reference}' does not lead to a {type}."
    source = "U-3: what the service says of a bad @odata.id is not known"
    verified = False


class MalformedId(BadRequest):
    code, text = "InvalidGuid_BadRequest", "'{id}' is not a valid GUID."
    source = "R62, Q23: the code was seen on a sibling route"
    verified = False
