"""What makes rows of the right kinds a tenant: ids and names are clear, references lead somewhere, R1 to R7 hold.

Each rule is a sentence and yields a finding for whatever breaks it. All of them are asked, so that a person sees every
problem at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import NamedTuple

from mockserver.seed.draft import Draft
from mockserver.seed.format.sections import SECTIONS, USERS
from mockserver.seed.problems import Finding, Place, key_of, shown
from mockserver.seed.rules.findings import Rule, repeated, unique
from mockserver.seed.rules.of_applications import RULES_OF_APPLICATIONS
from mockserver.seed.rules.of_groups import RULES_OF_GROUPS


class _Identity(NamedTuple):
    """That something has an id, which was said or is derived."""

    id: str
    place: Place
    said: bool
    called: str


def every_id_is_used_once(draft: Draft) -> Iterator[Finding]:
    """An id belongs to one entity, whatever its kind. Two derived ids are the same only where the names are."""
    kept = draft.applications
    keys = [*chain.from_iterable(draft.ids.values()), *filter(None, kept.principals), *(each.id for each in kept.inner)]
    keys += [key for key, _ in _said(draft)]
    if len(set(keys)) == len(keys):
        return
    first: dict[str, _Identity] = {}
    for each in _identities(draft):
        before = first.setdefault(each.id, each)
        if before is not each and (before.said or each.said):
            yield Finding((*each.place, "id"), f"{shown(each.id)} is the id of {before.called} already")


def _identities(draft: Draft) -> Iterator[_Identity]:
    for section in SECTIONS:
        for at, (key, row) in enumerate(draft.of(section)):
            yield _Identity(key, draft.place(section.name, at), "id" in row, draft.called(section.name, at))
    kept = draft.applications
    for at, (principal, row) in enumerate(zip(kept.principals, kept.rows, strict=True)):
        if principal is not None:
            place: Place = ("applications", at, "servicePrincipal")
            yield _Identity(principal, place, "id" in row.get("servicePrincipal", ()), key_of(place))
    for each in kept.inner:
        yield _Identity(each.id, each.place, "id" in each.row, key_of(each.place))
    for key, inside in _said(draft):
        yield _Identity(key, inside, True, key_of(inside))


def _said(draft: Draft) -> Iterator[tuple[str, Place]]:
    """The ids that assignments say; those that follow from both ends are as unique as these."""
    for at, grants in enumerate(draft.applications.grants):
        for grant in grants:
            if grant.row and "id" in grant.row:
                yield grant.row["id"].lower(), ("applications", at, "assignedTo", grant.position)


def what_an_id_follows_from_is_a_proper_name(draft: Draft) -> Iterator[Finding]:
    """The service lets some things have no name, or an odd one; here these have to say their ids."""
    for section in SECTIONS:
        for at, row in enumerate(draft.rows[section.name] if section.named else ()):
            if section.named and "id" not in row and section.key in row and not section.named.takes(row[section.key]):
                yield Finding((section.name, at, section.key), section.named.refusal(row[section.key]))


def a_name_given_twice_needs_ids(draft: Draft) -> Iterator[Finding]:
    """R22: names may come twice, as they do in the service, where the ids tell apart what is meant."""
    for section in (each for each in SECTIONS if each is not USERS):
        rows = draft.rows[section.name]
        for at, before in repeated([section.name_of(row) for row in rows]):
            if "id" not in rows[at] or "id" not in rows[before]:
                taken = f"{shown(rows[at][section.key])} is the {section.key} of"
                message = f"{taken} {draft.called(section.name, before)} already"
                yield Finding((*draft.place(section.name, at), section.key), message)


_ALTERNATE_KEYS = (
    ("applications", "uniqueName"),
    ("users", "userPrincipalName"),
    ("onPremisesPublishingProfiles", "id"),
    ("applicationTemplates", "id"),
)


def no_two_have_the_same(draft: Draft) -> Iterator[Finding]:
    """What identifies beside the id of a row: alternate keys, in any letter case."""
    applications = draft.applications
    # of rows with one id only the first, as the others were found already
    app_ids = dict(zip(reversed(applications.keys), reversed(applications.app_ids), strict=True))
    yield from unique(("applications",), ("appId",), [app_ids.pop(key, None) for key in applications.keys])
    for section, key in _ALTERNATE_KEYS:
        yield from unique((section,), (key,), [row.get(key) for row in draft.rows[section]])
    clients = chain.from_iterable(row.get("clients", ()) for row in draft.rows["tenant"])
    yield from unique(("tenant", "clients"), ("clientId",), [row["clientId"] for row in clients])


def what_is_put_in_order_is_there(draft: Draft) -> Iterator[Finding]:
    """The order names what this document describes, each once."""
    there = {*_granted(draft), *(each.id for each in _identities(draft))} if draft.order else set()
    for at, key in enumerate(draft.order):
        if key not in there:
            yield Finding(("order", at), f"there is nothing here that has the id {shown(key)}")
    yield from (Finding(("order", at), f"{shown(draft.order[at])} is here twice") for at, _ in repeated(draft.order))


def _granted(draft: Draft) -> Iterator[str]:
    """The ids of all assignments that lead to somebody."""
    kept = draft.applications
    for at, resource in enumerate(kept.principals):
        for grant in kept.grants[at]:
            with suppress(LookupError):
                principal, role = draft.principals.find(grant.to), kept.role(at, grant.role)
                yield kept.grant_id(at, grant, resource or "", principal, role)


RULES: tuple[Rule, ...] = (
    every_id_is_used_once,
    what_an_id_follows_from_is_a_proper_name,
    a_name_given_twice_needs_ids,
    no_two_have_the_same,
    *RULES_OF_GROUPS,
    *RULES_OF_APPLICATIONS,
    what_is_put_in_order_is_there,
)
