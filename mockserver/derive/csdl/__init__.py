"""`$metadata` and the service document: what exists, as OData describes it.

`shown` says which declarations are part of the description, `vocabulary` what is said about them beyond their shape;
`as_xml` and `as_json` write both in one of OData's two spellings.
"""

from __future__ import annotations

from mockserver.derive.csdl.as_json import metadata_json
from mockserver.derive.csdl.as_xml import metadata_xml
from mockserver.derive.csdl.sets import service_document

__all__ = ["metadata_json", "metadata_xml", "service_document"]
