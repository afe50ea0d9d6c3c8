"""The mock from Python: `MockServer` in this process, `RemoteMock` in another; a `GraphTenant` for each sandbox."""

from __future__ import annotations

from mockserver.handle.control import ControlRefused
from mockserver.handle.graph_tenant import GraphTenant
from mockserver.handle.local import MockServer
from mockserver.handle.remote import RemoteMock

__all__ = ["ControlRefused", "GraphTenant", "MockServer", "RemoteMock"]
