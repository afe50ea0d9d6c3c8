"""The service document: the entity sets that can be listed, as a client finds them at the root of a version."""

from __future__ import annotations

from typing import Any

from mockserver.core.edm import LIST, Model


def service_document(model: Model, base: str) -> dict[str, Any]:
    """For the version whose absolute address is `base`."""
    listed = [name for name, each in model.sets.items() if LIST in each.allows]
    sets = [{"name": name, "kind": "EntitySet", "url": name} for name in listed]
    return {"@odata.context": f"{base}/$metadata", "value": sets}
