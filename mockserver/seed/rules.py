"""What makes rows of the right kinds a tenant: names and ids are clear, references lead somewhere, R1 to R7 hold.

Each rule is a sentence and yields a finding for whatever breaks it. All of them are asked, so that a person sees every
problem at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.seed.draft import APPLICATIONS, CONNECTOR_GROUPS, CONNECTORS, GROUPS, Draft, References
from mockserver.seed.problems import Finding, Place, key_of, shown

_FOREIGN = "connectorGroupType"


def every_id_is_used_once(draft: Draft) -> Iterator[Finding]:
    """An id belongs to one entity, whatever its kind. Two derived ids are the same only where the names are."""
    total = sum(map(len, draft.ids.values()))
    if len({key for keys in draft.ids.values() for key in keys}) == total:
        return
    first: dict[str, tuple[str, int]] = {}
    for section, keys in draft.ids.items():
        for at, key in enumerate(keys):
            before = first.setdefault(key, (section, at))
            if before != (section, at) and any("id" in draft.rows[name][row] for name, row in (before, (section, at))):
                message = f"{shown(key)} is the id of {draft.called(*before)} already"
                yield Finding((*draft.place(section, at), "id"), message)


def a_name_given_twice_needs_ids(draft: Draft) -> Iterator[Finding]:
    """R22: names may come twice, as they do in the service, where the ids tell apart what is meant."""
    for section in (CONNECTOR_GROUPS, CONNECTORS, APPLICATIONS, GROUPS):
        rows = draft.rows[section.name]
        names = [section.fold(row[section.key]) if section.key in row else None for row in rows]
        for at, before in _repeated(names):
            if "id" not in rows[at] or "id" not in rows[before]:
                taken = f"{shown(rows[at][section.key])} is the {section.key} of"
                message = f"{taken} {draft.called(section.name, before)} already"
                yield Finding((*draft.place(section.name, at), section.key), message)


def no_two_have_the_same(draft: Draft) -> Iterator[Finding]:
    """What identifies beside the id of a row: alternate keys, in any letter case, and ids inside of a row."""
    applications = draft.rows["applications"]
    principals = [(row.get("servicePrincipal") or {}).get("id") for row in applications]
    # of rows with one id only the first, as the others were found already
    app_ids = dict(zip(reversed(draft.ids["applications"]), reversed(draft.app_ids), strict=True))
    yield from _unique("applications", ("appId",), [app_ids.pop(key, None) for key in draft.ids["applications"]])
    yield from _unique("applications", ("uniqueName",), [row.get("uniqueName") for row in applications])
    yield from _unique("applications", ("servicePrincipal", "id"), principals)
    for section, key in (("users", "userPrincipalName"), ("onPremisesPublishingProfiles", "id")):
        yield from _unique(section, (key,), [row.get(key) for row in draft.rows[section]])


def no_two_have_the_same_url(draft: Draft) -> Iterator[Finding]:
    """4.3 rule 5, in any letter case. URLs that follow from an appId are as unique as that."""
    own = [f"api://{app_id}/" for app_id in draft.app_ids]
    for url in ("internalUrl", "externalUrl"):
        urls = [each[url] if each else None for each in draft.publishings]
        said = [None if each == derived else each for each, derived in zip(urls, own, strict=True)]
        yield from _unique("applications", ("onPremisesPublishing", url), said)


def _unique(section: str, key: Place, values: Iterable[str | None]) -> Iterator[Finding]:
    spelled = list(values)
    for at, before in _repeated([value.lower() if value else None for value in spelled]):
        yield Finding((section, at, *key), f"{shown(spelled[at])} is that of {section}[{before}] already")


def one_group_is_the_default_one(draft: Draft) -> Iterator[Finding]:
    """R1: exactly one, and of the type that takes connectors."""
    groups = [(draft.place("connectorGroups", at), row) for at, row in enumerate(draft.rows["connectorGroups"])]
    defaults = [(place, row) for place, row in groups if row.get("isDefault")]
    for place, _ in defaults[1:]:
        yield Finding((*place, "isDefault"), f"{key_of(defaults[0][0])} is the default group already")
    for place, row in defaults:
        if row.get(_FOREIGN, APPLICATION_PROXY) != APPLICATION_PROXY:
            yield Finding((*place, _FOREIGN), f"the default group is of type {APPLICATION_PROXY}")


def the_group_named_default_says_so(draft: Draft) -> Iterator[Finding]:
    """Somebody who writes a group Default, and no default group, forgot to say that it is."""
    if not draft.rows["connectorGroups"][draft.default_at].get("isDefault"):
        message = "a group named Default is the default one; say isDefault: true"
        yield Finding(draft.place("connectorGroups", draft.default_at), message)


def new_connectors_land_in_the_default_group(draft: Draft) -> Iterator[Finding]:
    """R3: the service knows no other place."""
    for row in draft.rows["rules"]:
        reference = row.get("newConnectors")
        if reference is not None and _found(draft.groups, reference) != draft.default_group:
            message = f"{shown(reference)} is not the default group, and only that takes them"
            yield Finding(("rules", "newConnectors"), message)


def connectors_are_in_groups_that_take_them(draft: Draft) -> Iterator[Finding]:
    """R2, R23: by name or id, and not in a group of another kind of agent."""
    refusals = _refusals(draft, (row.get("memberOf") for row in draft.rows["connectors"]))
    if refusals:
        for at, row in enumerate(draft.rows["connectors"]):
            if row.get("memberOf") in refusals:
                yield Finding(("connectors", at, "memberOf"), refusals[row["memberOf"]])


def applications_are_in_groups_that_take_them(draft: Draft) -> Iterator[Finding]:
    """R6, R7: a published one is in a group that exists, one that is not published is in none."""
    refusals = _refusals(draft, (row.get("connectorGroup") for row in draft.rows["applications"]))
    for at, row in enumerate(draft.rows["applications"]):
        reference, place = row.get("connectorGroup"), ("applications", at, "connectorGroup")
        if reference is not None and draft.publishings[at] is None:
            yield Finding(place, "only an application with onPremisesPublishing is in a connector group")
        elif reference in refusals:
            yield Finding(place, refusals[reference])


def the_default_group_is_idle_where_the_rules_say_so(draft: Draft) -> Iterator[Finding]:
    """The seed's recommended configuration. `connectorGroup: null` is for one that waits to be assigned (R6)."""
    if draft.policy.get("defaultGroupServesApplications") != "deny":
        return
    for at, row in enumerate(draft.rows["applications"]):
        waits = "connectorGroup" in row and row["connectorGroup"] is None
        if draft.publishings[at] is None or waits:
            continue
        if _found(draft.groups, row.get("connectorGroup", draft.default_group)) == draft.default_group:
            message = "the rules keep applications off the default group (defaultGroupServesApplications: deny)"
            yield Finding(("applications", at, "connectorGroup"), message)


def members_are_users(draft: Draft) -> Iterator[Finding]:
    """A group's members are users of this document, each once."""
    yield from _lists(draft, "groups", "members", draft.users)


def assignments_lead_to_people(draft: Draft) -> Iterator[Finding]:
    """An application is assigned to groups and users of this document, each once, through its service principal."""
    yield from _lists(draft, "applications", "assignedTo", draft.principals)
    for at, row in enumerate(draft.rows["applications"]):
        if row.get("assignedTo") and row.get("servicePrincipal", ()) is None:
            yield Finding(("applications", at, "assignedTo"), "without a service principal it is assigned to nobody")


RULES: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    every_id_is_used_once,
    a_name_given_twice_needs_ids,
    no_two_have_the_same,
    no_two_have_the_same_url,
    one_group_is_the_default_one,
    the_group_named_default_says_so,
    new_connectors_land_in_the_default_group,
    connectors_are_in_groups_that_take_them,
    applications_are_in_groups_that_take_them,
    the_default_group_is_idle_where_the_rules_say_so,
    members_are_users,
    assignments_lead_to_people,
)


def _repeated(values: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The positions of values that were there before, each with the position of the first."""
    if len(set(values)) == len(values):
        return
    first: dict[Any, int] = {}
    for at, value in enumerate(values):
        if value is not None and first.setdefault(value, at) != at:
            yield at, first[value]


def _found(references: References, reference: str) -> str | None:
    try:
        return references.find(reference)
    except LookupError:
        return None


def _refusals(draft: Draft, references: Iterable[str | None]) -> dict[str | None, str]:
    """What is wrong with each reference to a connector group that is not in order."""
    types = {
        key: row
        for key, row in zip(draft.ids["connectorGroups"], draft.rows["connectorGroups"], strict=True)
        if row.get(_FOREIGN, APPLICATION_PROXY) != APPLICATION_PROXY
    }
    refusals: dict[str | None, str] = {}
    for reference in dict.fromkeys(each for each in references if each is not None):
        try:
            foreign = types.get(draft.groups.find(reference))
        except LookupError as unclear:
            refusals[reference] = str(unclear)
        else:
            if foreign is not None:
                refusals[reference] = f"{shown(reference)} is for agents of type {foreign[_FOREIGN]} only"
    return refusals


def _lists(draft: Draft, section: str, key: str, references: References) -> Iterator[Finding]:
    for at, row in enumerate(draft.rows[section]):
        seen: set[str] = set()
        for position, reference in enumerate(row.get(key, ())):
            place = (section, at, key, position)
            try:
                found = references.find(reference)
            except LookupError as unclear:
                yield Finding(place, str(unclear))
                continue
            if found in seen:
                yield Finding(place, f"{shown(reference)} is here twice")
            seen.add(found)
