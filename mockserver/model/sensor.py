"""Private Access sensors: listed below the profile privateAccess (graph_reference 2.5, 3.11)."""

from __future__ import annotations

from mockserver.core.edm import BOOLEAN, EntityType, EnumType, Property
from mockserver.core.errors import ResourceNotFound

SENSOR = "privateAccessSensor"

sensor_status = EnumType("sensorStatus", ("active", "inactive", "unknownFutureValue"))

sensor = EntityType(
    SENSOR,
    beta_only=True,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("externalIp", nullable=False, default="203.0.113.1"),
        Property("isAuditMode", BOOLEAN, default=True),
        Property("isBreakglassEnabled", BOOLEAN, nullable=False, default=False),
        Property("machineName", nullable=False, required=True),
        Property("status", sensor_status, nullable=False, writable=False, default="active"),
        Property("version", nullable=False, default="1.0.0.0"),
    ),
    missing=ResourceNotFound,
)
