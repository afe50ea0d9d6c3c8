"""The rules of what is in groups, and of the profiles that contain both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise

from mockserver.core.moment import moment
from mockserver.model.connector_group import APPLICATION_PROXY
from mockserver.model.publishing_profile import publishing_profile
from mockserver.seed.draft import Draft
from mockserver.seed.format.sections import AGENCY, IN_PROFILES, Section
from mockserver.seed.problems import Finding, key_of, shown
from mockserver.seed.rules.findings import Rule, found, listed

_FOREIGN = "connectorGroupType"


def what_profiles_contain_is_in_one_that_has_it(draft: Draft) -> Iterator[Finding]:
    """R55, U-29: not every profile has everything, and the tenant may not have every profile."""
    for section in IN_PROFILES:
        profiles = [section.profile_of(row) for row in draft.rows[section.name]]
        refusals = {each: refusal for each in set(profiles) if (refusal := _no_place(draft, section, each))}
        for at, profile in enumerate(profiles if refusals else ()):
            if profile in refusals:
                yield Finding((*draft.place(section.name, at), "profile"), refusals[profile])


def _no_place(draft: Draft, section: Section, profile: str | None) -> str:
    if profile not in draft.profiles:
        return f"there is no publishing profile {shown(profile)}"
    serves = publishing_profile.navigation_by_name[section.name].serves
    return f"{shown(profile)} has no {section.name}" if serves and not serves(draft.empty, {"id": profile}) else ""


def one_group_is_the_default_one(draft: Draft) -> Iterator[Finding]:
    """R1: exactly one, and of the type and the profile that take connectors."""
    groups = [(draft.place("connectorGroups", at), row) for at, row in enumerate(draft.rows["connectorGroups"])]
    defaults = [(place, row) for place, row in groups if row.get("isDefault")]
    for place, _ in defaults[1:]:
        yield Finding((*place, "isDefault"), f"{key_of(defaults[0][0])} is the default group already")
    for place, row in defaults:
        for key, what in ((_FOREIGN, "of type"), ("profile", "in the profile")):
            if row.get(key, APPLICATION_PROXY) != APPLICATION_PROXY:
                yield Finding((*place, key), f"the default group is {what} {APPLICATION_PROXY}")


def the_group_named_default_says_so(draft: Draft) -> Iterator[Finding]:
    """Somebody who writes a group Default, and no default group, forgot to say that it is."""
    at = draft.default_at
    if at is not None and not draft.rows["connectorGroups"][at].get("isDefault"):
        message = "a group named Default is the default one; say isDefault: true"
        yield Finding(draft.place("connectorGroups", at), message)


def new_connectors_land_in_the_default_group(draft: Draft) -> Iterator[Finding]:
    """R3: the service knows no other place."""
    default = draft.default_group
    for row in draft.rows["rules"]:
        reference = row.get("newConnectors")
        if reference is not None and (default is None or found(draft.groups, reference) != default):
            message = f"{shown(reference)} is not the default group, and only that takes them"
            yield Finding(("rules", "newConnectors"), message)


def connectors_are_in_groups_that_take_them(draft: Draft) -> Iterator[Finding]:
    """R2, R23: by name or id, and not in a group of another kind of agent."""
    yield from _placed(draft, "connectors", "memberOf")


def updates_end_after_they_begin(draft: Draft) -> Iterator[Finding]:
    """R41: an update is planned for a stretch of time."""
    for at, row in enumerate(draft.rows["connectors"]):
        begins, until = row.get("updateFrom"), row.get("updateUntil")
        if begins is not None and until is not None and moment(until) < moment(begins):
            yield Finding((*draft.place("connectors", at), "updateUntil"), "this is before updateFrom")


def the_updates_of_a_group_come_one_after_the_other(draft: Draft) -> Iterator[Finding]:
    """R41: at most one connector of a group is being updated at a time."""
    turns: dict[str | None, list[tuple[datetime, datetime, int]]] = {}
    for at, row in enumerate(draft.rows["connectors"]):
        if row.get("updateUntil") is not None:
            reference = row.get("memberOf")
            group = draft.default_group if reference is None else found(draft.groups, reference)
            begins = datetime.min.replace(tzinfo=UTC) if row.get("updateFrom") is None else moment(row["updateFrom"])
            turns.setdefault(group, []).append((begins, moment(row["updateUntil"]), at))
    for (_, until, before), (begins, _, at) in (pair for each in turns.values() for pair in pairwise(sorted(each))):
        if begins < until:
            other = key_of(draft.place("connectors", before))
            message = f"{other} of the same connector group is being updated then"
            yield Finding((*draft.place("connectors", at), "updateFrom"), message)


def applications_are_in_groups_that_take_them(draft: Draft) -> Iterator[Finding]:
    """R6, R7: a published one is in a group that exists, one that is not published is in none."""
    yield from _placed(draft, "applications", "connectorGroup")
    for at, row in enumerate(draft.rows["applications"]):
        if row.get("connectorGroup") is not None and draft.applications.publishings[at] is None:
            message = "only an application with onPremisesPublishing is in a connector group"
            yield Finding(("applications", at, "connectorGroup"), message)


def _placed(draft: Draft, section: str, key: str) -> Iterator[Finding]:
    rows = draft.rows[section]
    refusals = _refusals(draft, (row.get(key) for row in rows))
    for at, row in enumerate(rows):
        if refusals and row.get(key) in refusals:
            yield Finding((section, at, key), refusals[row[key]])
        if "withoutGroup" in row and row["withoutGroup"] and row.get(key) is not None:
            yield Finding((section, at, "withoutGroup"), f"it is in a group, says its {key}")


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


def the_default_group_is_idle_where_the_rules_say_so(draft: Draft) -> Iterator[Finding]:
    """The seed's recommended configuration. `connectorGroup: null` is for one that waits to be assigned (R6)."""
    default = draft.default_group
    if draft.policy.get("defaultGroupServesApplications") != "deny" or default is None:
        return
    for at, row in enumerate(draft.rows["applications"]):
        reference = row.get("connectorGroup", default)
        if reference is None or row.get("withoutGroup") or draft.applications.publishings[at] is None:
            continue
        if found(draft.groups, reference) == default:
            message = "the rules keep applications off the default group (defaultGroupServesApplications: deny)"
            yield Finding(("applications", at, "connectorGroup"), message)


def members_are_users(draft: Draft) -> Iterator[Finding]:
    """A group's members are users of this document, each once."""
    for at, row in enumerate(draft.rows["groups"]):
        yield from listed(draft.users, row.get("members", ()), ("groups", at, "members"))


def agent_groups_are_of_the_same_profile(draft: Draft) -> Iterator[Finding]:
    """A profile contains its agents, groups and resources, so they know each other within it, each once."""
    for section in AGENCY:
        for at, row in enumerate(draft.rows[section.name]):
            groups = draft.agent_groups(section.profile_of(row))
            yield from listed(groups, row.get("agentGroups", ()), (section.name, at, "agentGroups"))


RULES_OF_GROUPS: tuple[Rule, ...] = (
    what_profiles_contain_is_in_one_that_has_it,
    one_group_is_the_default_one,
    the_group_named_default_says_so,
    new_connectors_land_in_the_default_group,
    connectors_are_in_groups_that_take_them,
    updates_end_after_they_begin,
    the_updates_of_a_group_come_one_after_the_other,
    applications_are_in_groups_that_take_them,
    the_default_group_is_idle_where_the_rules_say_so,
    members_are_users,
    agent_groups_are_of_the_same_profile,
)
