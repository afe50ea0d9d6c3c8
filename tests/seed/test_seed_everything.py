"""Nothing is lost: every value and every link of every type of the model is still there after export and load."""

from __future__ import annotations

from pathlib import Path

import pytest
from tenants import NOW, contents, pointing

from mockserver.core.edm import (
    BINARY,
    BOOLEAN,
    DATE_TIME_OFFSET,
    GUID,
    INT32,
    SENTINEL,
    STREAM,
    STRING,
    TIME_OF_DAY,
    ComplexType,
    EnumType,
)
from mockserver.core.entity import Record
from mockserver.core.tenant import CONTAINER
from mockserver.model import MODEL
from mockserver.model.on_premises_publishing import on_premises_publishing
from mockserver.seed.completion import defaults
from mockserver.seed.document import to_document

EVERYTHING = Path(__file__).with_name("everything.yaml")
KEY = "0d000000-0000-4000-8000-000000000001"

OTHER = {
    BINARY: "eA==",
    BOOLEAN: True,
    DATE_TIME_OFFSET: "2031-01-01T00:00:00Z",
    GUID: KEY,
    INT32: 7,
    STREAM: "data:image/png;base64,eA==",
    STRING: "other",
    TIME_OF_DAY: "01:02:03",
}
"""A value of each type that no default has."""

PARTICULAR = {
    "application.onPremisesPublishing": [
        Record(defaults(on_premises_publishing) | {"alternateUrl": "other", "applicationServerTimeout": "Long"}),
        Record(defaults(on_premises_publishing) | {"applicationType": "nonwebapp", "isSecureCookieEnabled": None}),
    ],
    "connector.externalIp": ["192.0.2.1"],
    "connector.nextVersion": ["9.9.9.9"],
    "connector.version": ["9.9.9.9"],
    "connectorGroup.connectorGroupType": ["syncFabric"],
    "connectorGroup.isDefault": [],  # R1: there is one
    "ipApplicationSegment.destinationHost": ["other.example"],
    "ipApplicationSegment.ports": [(), ("1-2", "3-3")],
}
"""Where the model takes less than the type does."""

FOLLOWS = {
    "connector.status": "lastHeartbeat and stopped",
    "connector.lastHeartbeat": "what the clock says; test_seed_export has it",
    "connector.stopped": "likewise",
    "onPremisesAgentGroup.publishingType": "the profile",
    "publishedResource.publishingType": "the profile",
    "application.appId": "nobody can change it, and the service principal has it too",
    "servicePrincipal.appId": "the application",
    "ipApplicationSegment.destinationType": "destinationHost",
    "ipApplicationSegment.port": "nothing: it is always 0",
    "appRoleAssignment.principalId": "the link",
    "appRoleAssignment.resourceId": "the link",
    "appRoleAssignment.appRoleId": "it is one of the resource's, which the document names",
}
"""What a document need not say, because it follows from something that it does say."""

NEVER_NULL = {"application.displayName", "application.appId", "ipApplicationSegment.destinationHost"}


def of_type(kind):
    """A value that is not the usual one."""
    if isinstance(kind, EnumType):
        return [name for name in (*kind.members, *kind.observed) if name != SENTINEL][-1]
    if isinstance(kind, ComplexType):
        plain = [each for each in kind.properties if each.type in OTHER]
        other = {each.name: (OTHER[each.type],) if each.collection else OTHER[each.type] for each in plain}
        return Record(defaults(kind) | other)
    return OTHER[kind]


def changes():
    """Every property of every type with a value that it does not have at first, and with none."""
    for kind in MODEL.entity_types.values():
        for each in kind.property_by_name.values():
            name = f"{kind.name}.{each.name}"
            if each.name == "id" or name in FOLLOWS or getattr(each.type, "abstract", False):
                continue
            value = of_type(each.type)
            values = PARTICULAR.get(name, [(value,), ()] if each.collection else [value])
            nullable = each.nullable and not each.collection and name not in NEVER_NULL
            yield from ((kind.name, each.name, value) for value in (*values, *([None] if nullable else [])))


def link_changes():
    """Every link of every type that can lead nowhere."""
    for kind in MODEL.entity_types.values():
        yield from ((kind.name, each.name, () if each.many else None) for each in kind.links if not each.owner)


@pytest.fixture(scope="module")
def everything(loaded):
    return loaded(EVERYTHING)


@pytest.fixture
def survives(loaded):
    def check(tenant):
        again = loaded(to_document(tenant, NOW))

        assert contents(tenant) == contents(again)
        assert pointing(tenant) == pointing(again)
        assert (tenant.about, tenant.policy) == (again.about, again.policy)

    return check


def test_the_document_of_everything_has_an_entity_of_every_type(everything):
    assert set(MODEL.entity_types) == {name for name, table in everything.entities.items() if table}


def test_the_document_of_everything_has_a_link_of_every_kind(everything):
    kept = {(kind.name, each.name) for kind in MODEL.entity_types.values() for each in kind.links}
    contained = {(each.target, CONTAINER) for _, each in MODEL.navigations() if each.contained}

    assert kept - {("appRoleAssignment", "group")} | contained == set(pointing(everything))


def test_everything_survives(everything, survives):
    survives(everything)


@pytest.mark.parametrize(("kind", "name", "value"), list(changes()), ids=lambda each: str(each)[:40])
def test_every_value_survives(everything, survives, kind, name, value):
    *_, entity = everything.all(kind).values()

    survives(everything.put(entity.with_({name: value})))


@pytest.mark.parametrize(("kind", "name", "value"), list(link_changes()), ids=lambda each: str(each)[:40])
def test_every_link_that_leads_nowhere_survives(everything, survives, kind, name, value):
    entity = next(each for each in everything.all(kind).values() if each.get(name))

    survives(everything.put(entity.with_({name: value})))
