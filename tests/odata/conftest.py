"""A small model with every kind of property, and a tenant of it, for the tests of the query language."""

from __future__ import annotations

import pytest

from mockserver.core import edm
from mockserver.core.behaviour import Behaviour
from mockserver.core.edm import ComplexType, EntitySet, EntityType, EnumType, Model, Navigation, Property
from mockserver.core.entity import Entity, freeze
from mockserver.core.tenant import Tenant
from mockserver.odata.filter import compile_filter, compile_orderby
from mockserver.odata.syntax import parse_filter, parse_orderby

STATUS = EnumType("connectorStatus", ("active", "inactive"))
REGION = EnumType("connectorGroupRegion", ("nam", "eur", "aus"), observed=("japan",))
PROTOCOL = EnumType("privateNetworkProtocol", ("tcp", "udp", "icmp"), observed=("0",), flags=True, values=(1, 2, 4))

CERTIFICATE = ComplexType("certificate", (Property("keyId", edm.GUID), Property("expires", edm.DATE)))
PUBLISHING = ComplexType(
    "onPremisesPublishing",
    (
        Property("externalUrl"),
        Property("timeout", edm.DURATION),
        Property("protocol", PROTOCOL),
        Property("certificate", CERTIFICATE),
        Property("certificates", CERTIFICATE, collection=True),
    ),
)

GROUP = EntityType(
    "connectorGroup",
    (
        Property("id"),
        Property("name"),
        Property("region", REGION),
        Property("isDefault", edm.BOOLEAN),
        Property("secret", hidden=True),
    ),
    (
        Navigation("members", "connector", inverse="memberOf"),
        Navigation("applications", "application", inverse="connectorGroup"),
    ),
)
CONNECTOR = EntityType(
    "connector",
    (
        Property("id"),
        Property("machineName"),
        Property("status", STATUS),
        Property("created", edm.DATE_TIME_OFFSET),
        Property("load", edm.INT32),
        Property("memory", edm.DOUBLE),
        Property("any"),
        Property("in", edm.INT32),
        Property("desc"),
        Property("start", edm.TIME_OF_DAY),
        Property("key", edm.BINARY),
        Property("log", edm.STREAM),
    ),
    (Navigation("memberOf", "connectorGroup", stored=True),),
)
APPLICATION = EntityType(
    "application",
    (
        Property("id", edm.GUID),
        Property("appId"),
        Property("displayName"),
        Property("tags", collection=True),
        Property("onPremisesPublishing", PUBLISHING),
    ),
    (Navigation("connectorGroup", "connectorGroup", collection=False, stored=True),),
    open=True,
)
TYPES = {each.name: each for each in (GROUP, CONNECTOR, APPLICATION)}
MODEL = Model(
    sets=[EntitySet("connectors", CONNECTOR), EntitySet("applications", APPLICATION)], types=[*TYPES.values()]
)

GUIDS = ("0ABC4567-89ab-cdef-0123-456789abcdef", "11111111-1111-1111-1111-111111111111")
ENTITIES = (
    (GROUP, {"id": "g1", "name": "Default", "region": "nam", "isDefault": True}),
    (GROUP, {"id": "g2", "name": "Plant O'Hara", "region": "japan", "isDefault": False}),
    (GROUP, {"id": "g3", "name": "Empty", "region": None, "isDefault": None}),
    (
        CONNECTOR,
        {
            "id": "c1",
            "machineName": "DC-01.contoso.com",
            "status": "active",
            "created": "2031-05-06T07:08:09Z",
            "load": 7,
            "memory": 1.5,
            "any": "x",
            "in": 1,
            "start": "08:00:00",
            "key": "+/8=",
            "memberOf": "g1",
        },
    ),
    (
        CONNECTOR,
        {
            "id": "c2",
            "machineName": "web-01.contoso.com",
            "status": "inactive",
            "created": "2031-05-06T10:00:00+02:00",
            "load": -7,
            "memory": 0.5,
            "memberOf": "g1",
        },
    ),
    (CONNECTOR, {"id": "c3", "machineName": None, "status": "active", "load": None, "memberOf": "g2"}),
    (
        APPLICATION,
        {
            "id": GUIDS[0],
            "appId": GUIDS[1],
            "displayName": "Intranet",
            "tags": ["Web", "HR"],
            "onPremisesPublishing": {
                "externalUrl": "https://intranet.contoso.com/",
                "timeout": "PT1M30S",
                "protocol": "tcp,udp",
                "certificate": {"keyId": GUIDS[1], "expires": "2032-01-01"},
                "certificates": [{"keyId": GUIDS[1], "expires": "2032-01-01"}],
            },
            "connectorGroup": "g2",
        },
    ),
    (APPLICATION, {"id": "22222222-2222-2222-2222-222222222222", "displayName": "Bare", "tags": []}),
)


@pytest.fixture(scope="session")
def model():
    return MODEL


@pytest.fixture(scope="session")
def types():
    return TYPES


@pytest.fixture(scope="session")
def tenant():
    entities = [Entity(kind, freeze(values)) for kind, values in ENTITIES]
    return Tenant.of(MODEL, entities, behaviour=Behaviour((), "observed"), about={}, policy={})


@pytest.fixture(scope="session")
def ids(tenant):
    """The ids of the entities of a type that fit a filter; those of applications by their first letter or digit."""

    def ids_that_fit(type_name, text, **options):
        exact = options.get("exact", False)
        matches = compile_filter(parse_filter(text, exact=exact), TYPES[type_name], MODEL, **options)
        return [each["id"][:2] for each in tenant.all(type_name).values() if matches(each, tenant)]

    return ids_that_fit


@pytest.fixture(scope="session")
def ordered_ids(tenant):
    """The ids of the entities of a type in an order."""

    def sorted_ids(type_name, text, **options):
        sort = compile_orderby(parse_orderby(text), TYPES[type_name], MODEL, **options)
        return [each["id"] for each in sort(tenant.all(type_name).values(), tenant)]

    return sorted_ids
