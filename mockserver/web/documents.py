"""What the service says of itself: the service document and `$metadata`."""

from __future__ import annotations

import orjson

from mockserver.core.errors import MethodNotAllowed
from mockserver.derive.csdl import metadata_json, metadata_xml, service_document
from mockserver.web.call import Answer, Call


def services(call: Call) -> Answer:
    """`/beta/`: the entity sets there are."""
    _check_read(call)
    document = service_document(call.model, call.base)
    if call.format.metadata == "none":
        del document["@odata.context"]
    return Answer(200, orjson.dumps(document), content_type=call.content_type)


def metadata(call: Call) -> Answer:
    """`/beta/$metadata`: CSDL, as XML or, where JSON is asked for, as JSON."""
    _check_read(call)
    if _wants_json(call):
        return Answer(200, metadata_json(call.model), content_type="application/json")
    return Answer(200, metadata_xml(call.model), content_type="application/xml")


def _wants_json(call: Call) -> bool:
    accept = call.headers.get("Accept", "").lower()
    query = call.query.lower().replace("%24", "$")
    return "format=json" in query or "format=application/json" in query or (
        "json" in accept and "xml" not in accept
    )  # fmt: skip


def _check_read(call: Call) -> None:
    if call.method not in ("GET", "HEAD"):
        raise MethodNotAllowed()
