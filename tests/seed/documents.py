"""Random documents that can be tenants, drawn from the declaration of the format."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from mockserver.model.publishing_profile import HYBRID
from mockserver.seed.format import (
    AGENT,
    AGENT_GROUP,
    APPLICATION,
    CONNECTOR,
    CONNECTOR_GROUP,
    GROUP,
    PROFILE,
    PUBLISHED_RESOURCE,
    RULES,
    SENSOR,
    TEMPLATE,
    TENANT,
    USER,
)
from mockserver.seed.format.kinds import (
    ADDRESS,
    DOMAIN,
    HOW_LONG_AGO,
    ID,
    MOMENT,
    NAME,
    PERMISSION,
    PORTS,
    PRINCIPAL_NAME,
    ROLE_NAME,
    SOME_TEXT,
    TEXT,
    TIME,
    TRUTH,
    VERSION,
    Kind,
)
from mockserver.seed.format.of_applications import ASSIGNMENT, SEGMENT
from mockserver.seed.format.sections import (
    AGENT_GROUPS,
    AGENTS,
    APPLICATIONS,
    CONNECTOR_GROUPS,
    CONNECTORS,
    GROUPS,
    PUBLISHED_RESOURCES,
    SENSORS,
    USERS,
    Section,
)
from mockserver.seed.format.shapes import Key, Shape

Row = dict[str, Any]

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_ODD = ["yes", "no", "null", "~", "1.5", "12:30", "010", "<<", "- a", "a: b", "Default", "=", "\x85 ", "\u2028a"]
_NAMES = _TEXTS.filter(NAME.takes) | st.sampled_from([each for each in _ODD if NAME.takes(each)])
_KINDS = {
    ADDRESS: st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str),
    DOMAIN: st.from_regex(r"[a-z]{1,5}\.example", fullmatch=True),
    HOW_LONG_AGO: st.sampled_from(["PT0S", "PT300S", "PT301S", "P1W", "P2DT6H", "PT25H", "PT61M", "P99999D"]),
    ID: st.uuids().map(str),
    MOMENT: st.sampled_from(["2031-05-06T07:08:09Z", "2024-02-29T00:00:00.1234567+02:00", "2027-01-01"]),
    NAME: _NAMES,
    PERMISSION: st.sampled_from(["Directory.Read.All", "User.Read", "offline_access"]),
    PORTS: st.sampled_from([1, 443, "80", "8000-8010", "65535"]),
    PRINCIPAL_NAME: st.from_regex(r"[a-z]{1,3}@[a-z]{1,2}\.example", fullmatch=True),
    ROLE_NAME: _NAMES | st.just("Administrator ".ljust(100, "x")),
    SOME_TEXT: _TEXTS.filter(SOME_TEXT.takes),
    TEXT: _TEXTS,
    TIME: st.sampled_from(["00:00:00", "23:59:59.1234567"]),
    TRUTH: st.booleans(),
    VERSION: st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", fullmatch=True),
}


@cache
def _values(key: Key) -> st.SearchStrategy[Any]:
    one = rows(key.kind) if isinstance(key.kind, Shape) else _of(key.kind)
    value = st.lists(one, max_size=2) if key.many else one
    return value | st.none() if key.nullable else value


def _of(kind: Kind) -> st.SearchStrategy[Any]:
    return _KINDS[kind] if kind in _KINDS else _of_schema(kind.schema)


def _of_schema(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "anyOf" in schema:
        return st.one_of(map(_of_schema, schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return st.integers(schema["minimum"], schema["maximum"])


def rows(shape: Shape, *without: str, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
    """Rows of a shape; with `own` strategies for some of its keys, which are then always there."""
    keys = [key for key in shape.keys if key.name not in without and key.name not in own]
    required = {key.name: _values(key) for key in keys if key.required} | own
    return st.fixed_dictionaries(required, optional={key.name: _values(key) for key in keys if not key.required})


def _few(shape: Shape, section: Section, *without: str, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Row]]:
    """A few rows of a section; a name may be odd, or come twice, where ids tell the rows apart."""
    own = {section.key: _values(shape.by_name[section.key]) | _of(section.named or NAME)} | own
    drawn = st.lists(rows(shape, *without, **own), max_size=3)
    return drawn.map(lambda found: [row for at, row in enumerate(found) if _clear(row, found[:at], section)])


def _clear(row: Row, before: list[Row], section: Section) -> bool:
    same = [each for each in before if section.name_of(each) == section.name_of(row)]
    proper = section.named is None or section.named.takes(row[section.key])
    if same and section is USERS:
        return False
    return all("id" in each for each in (*same, row)) if same or not proper else True


def _references(*named: tuple[str | None, str | None]) -> list[str]:
    """What leads to each entity of a name and perhaps an id: the name where that is clear, or else the id."""
    names = [name for name, _ in named]
    clear = [name if NAME.takes(name) and names.count(name) == 1 else key for name, key in named]
    return [each for each in clear if each is not None]


def _of_rows(section: Section, found: list[Row]) -> list[tuple[str | None, str | None]]:
    return [(row[section.key], row.get("id")) for row in found]


def _some(draw: st.DrawFn, among: list[str]) -> list[str]:
    return draw(st.lists(st.sampled_from(among), unique=True, max_size=3)) if among else []


@st.composite
def documents(draw: st.DrawFn) -> Row:
    """A document that breaks no rule."""
    groups = _with_one_default(draw, draw(_few(CONNECTOR_GROUP, CONNECTOR_GROUPS, "isDefault", "profile")))
    users = draw(_few(USER, USERS))
    people = _references(*_of_rows(USERS, users))
    teams = [row | {"members": _some(draw, people)} for row in draw(_few(GROUP, GROUPS, "members"))]
    policy = draw(rows(RULES, "newConnectors"))
    machines = draw(_few(CONNECTOR, CONNECTORS, "memberOf", "withoutGroup", "profile", "updateFrom", "updateUntil"))
    document = {
        "tenant": draw(rows(TENANT)),
        "rules": policy,
        "onPremisesPublishingProfiles": draw(st.lists(rows(PROFILE, "exists"), max_size=1)),
        "connectorGroups": groups,
        "connectors": [_placed(draw, row | _turn(draw, at), "memberOf", groups) for at, row in enumerate(machines)],
        **_agency(draw),
        "applicationTemplates": draw(st.lists(rows(TEMPLATE), max_size=1)),
        "applications": _applications(draw, groups, _references(*_of_rows(USERS, users), *_of_rows(GROUPS, teams))),
        "groups": teams,
        "users": users,
    }
    if policy.get("defaultGroupServesApplications") == "deny":
        _wait(document)
    return {name: value for name, value in document.items() if value or draw(st.booleans())}


def _with_one_default(draw: st.DrawFn, groups: list[Row]) -> list[Row]:
    """One of them is the default one, or none is and none is called so."""
    chosen = draw(st.integers(-1, len(groups) - 1))
    if chosen >= 0:
        groups[chosen] |= {"isDefault": True, "connectorGroupType": "applicationProxy"}
        return groups
    return [row for row in groups if row["name"] != "Default"]


def _placed(draw: st.DrawFn, row: Row, key: str, groups: list[Row]) -> Row:
    foreign = [each for each in groups if each.get("connectorGroupType", "applicationProxy") != "applicationProxy"]
    among = _references(*_of_rows(CONNECTOR_GROUPS, groups))
    takers = [each for each in among if not any(each in (row["name"], row.get("id")) for row in foreign)]
    return row | {key: draw(st.sampled_from(takers))} if takers and draw(st.booleans()) else row


def _turn(draw: st.DrawFn, number: int) -> Row:
    """An update that is over before that of a higher number begins; only the first can be under way."""
    begins, until = (f"2031-05-0{number + 1}T{hour}:00:00Z" for hour in ("07", "08"))
    under_way = [{"updateUntil": until}, {"updateFrom": None, "updateUntil": until}] if number == 0 else []
    return draw(st.sampled_from([{}, {"updateFrom": begins, "updateUntil": until}, {"updateFrom": begins}, *under_way]))


def _agency(draw: st.DrawFn) -> Row:
    profiles = st.sampled_from(HYBRID)
    groups = draw(_few(AGENT_GROUP, AGENT_GROUPS, profile=profiles))
    sections = ((AGENTS, AGENT), (PUBLISHED_RESOURCES, PUBLISHED_RESOURCE))
    found = {each.name: draw(_few(shape, each, "agentGroups", profile=profiles)) for each, shape in sections}
    for row in (row for found_rows in found.values() for row in found_rows):
        own = [each for each in groups if each["profile"] == row["profile"]]
        row |= {"agentGroups": _some(draw, _references(*_of_rows(AGENT_GROUPS, own)))} if draw(st.booleans()) else {}
    return {"agentGroups": groups, **found, "sensors": draw(_few(SENSOR, SENSORS, "profile"))}


_OWN_WAY = ("connectorGroup", "withoutGroup", "segments", "assignedTo", "uniqueName", "appId")


def _applications(draw: st.DrawFn, groups: list[Row], people: list[str]) -> list[Row]:
    found = draw(_few(APPLICATION, APPLICATIONS, *_OWN_WAY))
    return [_application(draw, at, row, groups, people) for at, row in enumerate(found)]


def _application(draw: st.DrawFn, at: int, row: Row, groups: list[Row], people: list[str]) -> Row:
    publishing = row.get("onPremisesPublishing")
    if publishing is not None:
        for url in ("internalUrl", "externalUrl"):
            publishing |= {url: draw(st.none() | st.sampled_from([f"https://{at}.example", f"https://{at}.example/a"]))}
        publishing |= draw(
            st.sampled_from([{}, {"applicationType": "nonwebapp"}, {"applicationType": "QuickAccessApp"}])
        )
        row = _placed(draw, row, "connectorGroup", groups)
    row["segments"] = [_segment(draw, f"{at}.{number}") for number in range(draw(st.integers(0, 2)))]
    if row.get("servicePrincipal", ()) is not None:
        row["assignedTo"] = [_grant(draw, each) for each in _some(draw, people)]
    return row


def _segment(draw: st.DrawFn, number: str) -> Row:
    """A destination that no other number leads to."""
    hosts = (f"h{number}.example", f"10.{number}.1", f"10.{number}.0/24", f"10.{number}.1..10.{number}.9")
    row = draw(rows(SEGMENT, "destinationType", "overlaps", destinationHost=st.sampled_from(hosts)))
    return row | draw(st.sampled_from([{}, {"destinationType": "dnsSuffix"}]))


def _grant(draw: st.DrawFn, to: str) -> Row | str:
    """To somebody alone, or with what else can be said; the empty role is one of every application."""
    role = st.just("00000000-0000-0000-0000-000000000000")
    return draw(st.just(to) | rows(ASSIGNMENT, to=st.just(to), role=role))


def _wait(document: Row) -> None:
    """Where applications are kept off the default group, those that would be there wait for theirs."""
    default = next((each for each in document["connectorGroups"] if each.get("isDefault")), {"name": "Default"})
    for row in document["applications"]:
        if row.get("connectorGroup") in (None, default["name"], default.get("id")):
            row["connectorGroup"] = None
