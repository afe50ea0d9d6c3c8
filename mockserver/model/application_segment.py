"""Application segments: which hosts and ports a Private Access application stands for (graph_reference 2.6, 3.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from mockserver.core.commands import Change, Create, Update
from mockserver.core.edm import (
    EVERYTHING,
    GET,
    INT32,
    ComplexType,
    EntityType,
    EnumType,
    Navigation,
    Property,
)
from mockserver.core.entity import Entity
from mockserver.core.errors import (
    InvalidBody,
    InvalidHost,
    InvalidIp,
    InvalidPorts,
    MissingProperty,
    ResourceNotFound,
    SegmentOverlaps,
    SegmentTaken,
)
from mockserver.core.tenant import CONTAINER
from mockserver.model.behaviours import SEGMENT_STATUS
from mockserver.model.on_premises_publishing import cors_properties, segment_configuration

IP_SEGMENT, WEB_SEGMENT, CORS = "ipApplicationSegment", "webApplicationSegment", "corsConfiguration_v2"

action_type = EnumType("actionType", ("tunnel", "exclude", "unknownFutureValue"))
destination_type = EnumType(
    "privateNetworkDestinationType",
    ("ipAddress", "ipRange", "ipRangeCidr", "fqdn", "dnsSuffix", "unknownFutureValue", "servicePrincipalName"),
    observed=("ip",),
)
protocol = EnumType(
    "privateNetworkProtocol", ("tcp", "udp", "unknownFutureValue"), observed=("0",), flags=True, values=(1, 2, 4)
)

_PORTS = re.compile(r"([0-9]{1,5})-([0-9]{1,5})")


def destination_is_derived_from_the_host(change: Change) -> Mapping[str, Any]:
    """3.12: TF: the type follows from the host, whatever the body said; a DNS suffix has no ports and protocol `0`."""
    if change.new["destinationType"] == "dnsSuffix":
        return {"ports": (), "protocol": "0", "port": 0}
    kind = kind_of_host(change.new["destinationHost"] or "")
    return {"destinationType": kind, "port": 0, "ports": tuple(map(_checked, change.new["ports"]))}


def kind_of_host(host: str) -> str:
    """3.12: `a..b` of IPv4 -> ipRange, CIDR -> ipRangeCidr, one address -> ip, anything else -> fqdn.

    Raises InvalidIp for a range with a hyphen or in the wrong order (the service answers the latter with 500, which
    the mock does not imitate), InvalidHost for a range of IPv6.
    """
    first, dots, last = host.partition("..")
    if dots:
        return _range(host, first, last)
    if all(map(_is_address, host.split("-", 1))) and "-" in host:
        raise InvalidIp(host=host)
    if "/" in host:
        return "ipRangeCidr" if _is_network(host) else _no_host(host)
    return "ip" if _is_address(host) else "fqdn" if host.strip() else _no_host(host)


def _range(host: str, first: str, last: str) -> str:
    if not (_is_address(first) and _is_address(last)):
        raise InvalidIp(host=host)
    ends = ip_address(first), ip_address(last)
    if not all(isinstance(end, IPv4Address) for end in ends):
        raise InvalidHost(host=host)
    if int(ends[0]) > int(ends[1]):
        raise InvalidIp(host=host)
    return "ipRange"


def _no_host(host: str) -> str:
    raise InvalidHost(host=host)


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def _is_network(text: str) -> bool:
    try:
        return bool(ip_network(text, strict=False))
    except ValueError:
        return False


def _checked(ports: str) -> str:
    """2.6: each is `lo-hi`; GITOPS notes that a bare `443` is rejected."""
    match = _PORTS.fullmatch(ports)
    if match is None:
        raise InvalidPorts(ports=ports)
    first, last = match.groups()
    if not 1 <= int(first) <= int(last) <= 65535:
        raise InvalidPorts(ports=ports)
    return f"{first}-{last}"


def a_single_address_is_called_ip(change: Change) -> None:
    """U-12: TF: `ipAddress`, though it is in the metadata, is answered as if the JSON were broken."""
    if getattr(change.command, "properties", {}).get("destinationType") == "ipAddress":
        raise InvalidBody()


def a_segment_has_a_host(change: Change) -> None:
    """2.6: a segment is its host."""
    if not change.new["destinationHost"]:
        raise MissingProperty(property="destinationHost", type=IP_SEGMENT)


def segments_do_not_overlap(change: Change) -> None:
    """3.12: `Invalid_AppSegments_Duplicate` in one application, `Invalid_AppSegments_NonwebApp_Duplicate` across two.

    Quick Access may overlap with others (1.2).
    """
    for other in _clashing(change):
        if other[CONTAINER] == change.new[CONTAINER]:
            raise SegmentTaken()
        owner = change.tenant.all("application")[other[CONTAINER]]
        if not {_kind(change, owner["id"]), _kind(change, change.new[CONTAINER])} & {"quickaccessapp"}:
            raise SegmentOverlaps(app_id=owner["appId"], object_id=owner["id"], name=owner["displayName"])


def _clashing(change: Change) -> Iterator[Entity]:
    mine = change.new
    for other in change.tenant.all(IP_SEGMENT).values():
        if other["id"] != mine["id"] and _hosts_meet(mine, other) and _ports_meet(mine, other):
            yield other


def _hosts_meet(one: Entity, other: Entity) -> bool:
    spans = _span(one), _span(other)
    if None in spans or not all(spans):
        return str(one["destinationHost"]).lower() == str(other["destinationHost"]).lower()
    (first, last), (begin, end) = spans  # type: ignore[misc]
    return bool(first <= end and begin <= last)


def _span(segment: Entity) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first and the last address a host stands for, None for a name."""
    host = segment["destinationHost"]
    if segment["destinationType"] in ("dnsSuffix", "fqdn"):
        return None
    first, dots, last = host.partition("..")
    network = None if dots else ip_network(host, strict=False)
    ends = (ip_address(first), ip_address(last)) if network is None else (network[0], network[-1])
    return (ends[0].version, int(ends[0])), (ends[1].version, int(ends[1]))


def _ports_meet(one: Entity, other: Entity) -> bool:
    if not one["ports"] and not other["ports"]:
        return True
    ranges = ([tuple(map(int, each.split("-"))) for each in segment["ports"]] for segment in (one, other))
    mine, theirs = ranges
    protocols = set(str(one["protocol"]).split(",")) & set(str(other["protocol"]).split(","))
    return bool(protocols) and any(a <= d and c <= b for a, b in mine for c, d in theirs)


def _kind(change: Change, application: str) -> str:
    publishing = change.tenant.all("application")[application]["onPremisesPublishing"] or {}
    return str(publishing.get("applicationType")).lower()


ip_segment = EntityType(
    IP_SEGMENT,
    beta_only=True,
    properties=(
        Property("destinationHost"),
        Property("destinationType", destination_type),
        Property("port", INT32, default=0),
        Property("ports", nullable=False, collection=True, default=()),
        Property("protocol", protocol, default="tcp"),
        Property("action", action_type, nullable=False, default="tunnel"),
        # Returned as null by the service, and in no metadata (LIVE, 2.6).
        Property("exclusions", writable=False, published=False),
        Property("inclusions", writable=False, published=False),
        Property("id", nullable=False, writable=False),
    ),
    navigations=(Navigation("application", "application", collection=False, container=True, allows=frozenset({GET})),),
    consequences={
        Create: (destination_is_derived_from_the_host,),
        Update: (destination_is_derived_from_the_host,),
    },
    rules={
        Create: (a_single_address_is_called_ip, a_segment_has_a_host, segments_do_not_overlap),
        Update: (a_single_address_is_called_ip, a_segment_has_a_host, segments_do_not_overlap),
    },
    missing=ResourceNotFound,
    created_status=SEGMENT_STATUS,
)

cors_configuration_v2 = EntityType(
    CORS,
    beta_only=True,
    properties=(
        Property("id", nullable=False, writable=False),
        *cors_properties[:-1],
        Property("resource", nullable=False, required=True),
    ),
    missing=ResourceNotFound,
)

web_segment = EntityType(
    WEB_SEGMENT,
    beta_only=True,
    properties=(
        Property("id", nullable=False, writable=False),
        Property("alternateUrl"),
        Property("externalUrl"),
        Property("internalUrl"),
    ),
    navigations=(Navigation("corsConfigurations", CORS, contained=True, allows=EVERYTHING),),
    missing=ResourceNotFound,
)

ip_segment_configuration = ComplexType(
    "ipSegmentConfiguration",
    navigations=(Navigation("applicationSegments", IP_SEGMENT, contained=True, allows=EVERYTHING),),
    base=segment_configuration,
)
web_segment_configuration = ComplexType(
    "webSegmentConfiguration",
    navigations=(Navigation("applicationSegments", WEB_SEGMENT, contained=True, allows=EVERYTHING),),
    base=segment_configuration,
)
