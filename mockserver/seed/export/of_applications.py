"""Applications as a document says them, with what stands inside of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mockserver.core.entity import Entity
from mockserver.core.tenant import CONTAINER, Tenant
from mockserver.model.application import APPLICATION, app_id_of
from mockserver.model.application_segment import CORS, IP_SEGMENT, WEB_SEGMENT
from mockserver.model.directory import APP_ROLE_ASSIGNMENT, APP_ROLES, GROUP, SERVICE_PRINCIPAL, USER
from mockserver.model.on_premises_publishing import completed, on_premises_publishing
from mockserver.seed.completion import defaults, filled
from mockserver.seed.differing import Row, differing
from mockserver.seed.draft.of_applications import Inner
from mockserver.seed.entities.of_applications import CREATED, assignment, inner, service_principal
from mockserver.seed.export.names import Names
from mockserver.seed.format.sections import INSIDE
from mockserver.seed.roles import assignment_id, role_among, role_written
from mockserver.seed.rules.segments import overlaps

_NESTED = (
    (SERVICE_PRINCIPAL, "application", APPLICATION),
    (APP_ROLE_ASSIGNMENT, "resource", SERVICE_PRINCIPAL),
    (IP_SEGMENT, CONTAINER, APPLICATION),
    (WEB_SEGMENT, CONTAINER, APPLICATION),
    (CORS, CONTAINER, WEB_SEGMENT),
)
"""What stands inside of what in a document, by the link that says so in the tenant."""


def order(tenant: Tenant) -> list[str]:
    """The ids of each kind of what stands inside of others, if it was not made in the order in which it stands."""
    stands: dict[str, list[str]] = {APPLICATION: list(tenant.all(APPLICATION))}
    for kind, link, owner in _NESTED:
        stands[kind] = [key for each in stands[owner] for key in tenant.pointing_to(kind, link, each)]
    return [key for kind, _, _ in _NESTED if stands[kind] != list(tenant.all(kind)) for key in tenant.all(kind)]


def applications(names: Names) -> Iterator[Row]:
    """The rows of all applications."""
    excepted = {second["id"] for first, second in overlaps(names.tenant) if first[CONTAINER] != second[CONTAINER]}
    for each in names.tenant.all(APPLICATION).values():
        yield _application(each, names) | _inside(each, names, excepted) | _principal(each, names)


def _application(application: Entity, names: Names) -> Row:
    apart = {"id": application["id"], "displayName": application["displayName"], "onPremisesPublishing": None}
    plain = {"appId": app_id_of(application["id"]), "createdDateTime": CREATED, "appRoles": APP_ROLES}
    row = {"id": application["id"], "displayName": application["displayName"]}
    row |= differing(application.type, application, {**defaults(application.type), **plain}, without=apart)
    if application["onPremisesPublishing"] is not None:
        row |= _group(application, names) | {"onPremisesPublishing": _publishing(application)}
    return row


def _group(application: Entity, names: Names) -> Row:
    """Where the default group is to be idle, what is on it waits for another."""
    key = application["connectorGroup"]
    if key is None:
        return {"withoutGroup": True}
    waits = names.idle and names.default is not None and key == names.default["id"]
    return {"connectorGroup": None if waits else names.groups[key]}


def _publishing(application: Entity) -> Row:
    """What differs from a value of which only the kind of application was said."""
    publishing = application["onPremisesPublishing"]
    kind = {"applicationType": publishing["applicationType"]}
    plain = completed(filled(on_premises_publishing, kind), kind, application["appId"])
    plain["applicationType"] = defaults(on_premises_publishing)["applicationType"]
    return differing(on_premises_publishing, publishing, plain)


def _principal(application: Entity, names: Names) -> Row:
    key = next(iter(names.tenant.pointing_to(SERVICE_PRINCIPAL, "application", application["id"])), None)
    if key is None:
        return {"servicePrincipal": None}
    principal = names.tenant.all(SERVICE_PRINCIPAL)[key]
    said = differing(principal.type, principal, service_principal(names.tenant.model, application))
    row: Row = {"servicePrincipal": said} if said else {}
    assigned = names.tenant.pointing_to(APP_ROLE_ASSIGNMENT, "resource", key)
    table = names.tenant.all(APP_ROLE_ASSIGNMENT)
    grants = [_grant(table[each], principal, names) for each in assigned]
    return row | {"assignedTo": grants} if grants else row


def _grant(entity: Entity, resource: Entity, names: Names) -> Row | str:
    """A name alone, where nothing else has to be said."""
    principal, role = entity["principalId"], entity["appRoleId"]
    kind = next(each for each in (USER, GROUP, SERVICE_PRINCIPAL) if entity.get(each) is not None)
    named = kind, principal, names.tenant.all(kind)[principal]["displayName"]
    key = assignment_id(names.ids, resource["id"], principal, role, role_among(resource["appRoles"], None))
    said = differing(entity.type, entity, assignment(names.tenant.model, key, resource, named, role))
    written = role_written(resource["appRoles"], role)
    row = said if written is None else {"role": written, **said}
    return {"to": names.principals[principal], **row} if row else names.principals[principal]


def _inside(entity: Entity, names: Names, excepted: set[str]) -> Row:
    """What the entity contains, and what that contains."""
    tenant, row = names.tenant, {}
    for name, kind in INSIDE.get(entity.type.name, {}).items():
        keys = tenant.pointing_to(kind, CONTAINER, entity["id"])
        if keys:
            row[name] = [_inner(tenant.all(kind)[key], names, excepted) for key in keys]
    return row


def _inner(entity: Entity, names: Names, excepted: set[str]) -> Row:
    said, plain = _SAID.get(entity.type.name, _nothing_said)(entity, names)
    row = {"id": entity["id"], **said}
    row |= differing(entity.type, entity, plain, without={*row, "destinationType"})
    row |= {"overlaps": True} if entity["id"] in excepted else {}
    return row | _inside(entity, names, excepted)


def _nothing_said(entity: Entity, _: Names) -> tuple[Row, Mapping[str, object]]:
    return {}, defaults(entity.type)


def _destination_said(entity: Entity, names: Names) -> tuple[Row, Mapping[str, object]]:
    """What else is known of a destination mostly follows from its host."""
    row = {"destinationHost": entity["destinationHost"]}
    if entity["destinationType"] == "dnsSuffix":
        row["destinationType"] = "dnsSuffix"
    return row, inner(names.empty, Inner(IP_SEGMENT, entity["id"], entity[CONTAINER], row, ()))


_SAID: Mapping[str, Callable[[Entity, Names], tuple[Row, Mapping[str, object]]]] = {IP_SEGMENT: _destination_said}
"""For a type: what is always said of an entity, and what follows from that."""
