"""The rules of applications: their URLs, who may use them, and what they reach."""

from __future__ import annotations

from collections.abc import Iterator

from mockserver.core.entity import Entity
from mockserver.core.errors import GraphError, InvalidPorts
from mockserver.core.tenant import Tenant
from mockserver.model.application import APPLICATION
from mockserver.model.application_segment import IP_SEGMENT
from mockserver.seed.draft import Draft
from mockserver.seed.draft.of_applications import Inner
from mockserver.seed.entities.of_applications import inner
from mockserver.seed.problems import Finding, key_of, shown
from mockserver.seed.rules.findings import Rule, unique
from mockserver.seed.rules.segments import overlaps


def no_two_have_the_same_url(draft: Draft) -> Iterator[Finding]:
    """4.3 rule 5, in any letter case. URLs that follow from an appId are as unique as that."""
    own = [f"api://{app_id}/" for app_id in draft.applications.app_ids]
    for url in ("internalUrl", "externalUrl"):
        urls = [each[url] if each else None for each in draft.applications.publishings]
        said = [None if each == derived else each for each, derived in zip(urls, own, strict=True)]
        yield from unique(("applications",), ("onPremisesPublishing", url), said)


def assignments_lead_to_somebody(draft: Draft) -> Iterator[Finding]:
    """An application is assigned to principals of this document, in each role once, through its service principal."""
    for at, row in enumerate(draft.rows["applications"]):
        if row.get("assignedTo"):
            yield from _granted(draft, at)
            if row.get("servicePrincipal", ()) is None:
                message = "without a service principal it is assigned to nobody"
                yield Finding(("applications", at, "assignedTo"), message)


def _granted(draft: Draft, at: int) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for grant in draft.applications.grants[at]:
        place, step = ("applications", at, "assignedTo", grant.position), "to"
        try:
            principal = draft.principals.find(grant.to)
            step = "role"
            role = draft.applications.role(at, grant.role)
        except LookupError as unclear:
            yield Finding((*place, step) if grant.row else place, str(unclear))
            continue
        if (principal, role) in seen:
            yield Finding(place, f"{shown(grant.to)} is here twice")
        seen.add((principal, role))


def segments_lead_to_hosts_and_ports(draft: Draft) -> Iterator[Finding]:
    """3.12: as the model judges them; the type of a destination is what its host is, or a DNS suffix."""
    for each in _segments(draft):
        host, said = each.row.get("destinationHost", ""), each.row.get("destinationType")
        try:
            kind = inner(draft.empty, each)["destinationType"]
        except InvalidPorts as wrong:
            yield Finding((*each.place, "ports"), wrong.message.rstrip("."))
        except GraphError:
            message = "is not a host name, an address, a range of IPv4 addresses (10.0.0.1..10.0.0.9) or a network"
            yield Finding((*each.place, "destinationHost"), f"{shown(host)} {message}")
        else:
            if said not in (None, kind):
                message = f"{shown(said)} is not what {shown(host)} is; that is {shown(kind)}"
                yield Finding((*each.place, "destinationType"), message)


def segments_do_not_overlap(draft: Draft) -> Iterator[Finding]:
    """3.12: not in one application, and not in two, unless one of these is Quick Access or once was."""
    segments = {each.id: each for each in _segments(draft)}
    seen: set[str] = set()
    for one, other in overlaps(_reached(draft, segments)) if segments else ():
        first, second = segments[one["id"]], segments[other["id"]]
        inside = first.container == second.container
        let = not inside and (first.row.get("overlaps") or second.row.get("overlaps"))
        if not let and second.id not in seen:
            seen.add(second.id)
            why = "" if inside else "; only those of Quick Access may overlap with others"
            yield Finding((*second.place, "destinationHost"), f"overlaps with {key_of(first.place)}{why}")


def _segments(draft: Draft) -> Iterator[Inner]:
    return (each for each in draft.applications.inner if each.type == IP_SEGMENT)


def _reached(draft: Draft, segments: dict[str, Inner]) -> Tenant:
    """The tenant of these segments and their applications, without those segments that are not in order."""
    at, kept = draft.empty, draft.applications
    wanted, kind = {each.container for each in segments.values()}, at.model.type(APPLICATION)
    owners = (
        Entity(kind, {"id": key, "appId": app_id, "displayName": "", "onPremisesPublishing": publishing})
        for key, app_id, publishing in zip(kept.keys, kept.app_ids, kept.publishings, strict=True)
        if key in wanted
    )
    entities = [*owners, *_possible(draft, segments)]
    return Tenant.of(at.model, entities, behaviour=at.behaviour, about=at.about, policy=at.policy)


def _possible(draft: Draft, segments: dict[str, Inner]) -> Iterator[Entity]:
    for each in segments.values():
        try:
            yield inner(draft.empty, each)
        except GraphError:
            continue


RULES_OF_APPLICATIONS: tuple[Rule, ...] = (
    no_two_have_the_same_url,
    assignments_lead_to_somebody,
    segments_lead_to_hosts_and_ports,
    segments_do_not_overlap,
)
