"""Private Access sensors (graph_reference 2.5)."""

from __future__ import annotations

from tenants import AT, tenant

from mockserver.core.commands import Create, apply


def test_a_new_sensor_is_active_and_only_watches():
    said = Create("privateAccessSensor", "new", AT, {"machineName": "dc01"}, "privateAccess")
    made = apply(tenant(), said).get("privateAccessSensor", "new")

    assert ("active", True, False) == (made["status"], made["isAuditMode"], made["isBreakglassEnabled"])
