"""A local service that emulates Microsoft Graph's connector-group API over an in-memory tenant."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockserver.handle import ControlRefused, GraphTenant, MockServer, RemoteMock

__version__ = "0.1.0"
__all__ = ["ControlRefused", "GraphTenant", "MockServer", "RemoteMock", "__version__"]


def __getattr__(name: str) -> Any:
    """What is used from Python, imported when it is first named: most programs want the version or a floor alone."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("mockserver.handle"), name)
