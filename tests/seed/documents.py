"""Random documents that can be tenants, drawn from the declaration of the format."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from mockserver.seed.format import (
    APPLICATION,
    CONNECTOR,
    CONNECTOR_GROUP,
    GROUP,
    PROFILE,
    RULES,
    TENANT,
    USER,
)
from mockserver.seed.kinds import (
    ADDRESS,
    DOMAIN,
    HOW_LONG_AGO,
    ID,
    MOMENT,
    NAME,
    PRINCIPAL_NAME,
    TEXT,
    TIME,
    TRUTH,
    VERSION,
)
from mockserver.seed.shapes import Key, Shape

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
    PRINCIPAL_NAME: st.from_regex(r"[a-z]{1,3}@[a-z]{1,2}\.example", fullmatch=True),
    TEXT: _TEXTS,
    TIME: st.sampled_from(["00:00:00", "23:59:59.1234567"]),
    TRUTH: st.booleans(),
    VERSION: st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", fullmatch=True),
}


def _values(key: Key) -> st.SearchStrategy[Any]:
    one = rows(key.kind) if isinstance(key.kind, Shape) else _of(key.kind)
    value = st.lists(one, max_size=2) if key.many else one
    return value | st.none() if key.nullable else value


def _of(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _KINDS:
        return _KINDS[kind]
    if "enum" in kind.schema:
        return st.sampled_from(kind.schema["enum"])
    return st.integers(kind.schema["minimum"], kind.schema["maximum"])


def rows(shape: Shape, *without: str, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
    """Rows of a shape; with `own` strategies for some of its keys, which are then always there."""
    keys = [key for key in shape.keys if key.name not in without and key.name not in own]
    required = {key.name: _values(key) for key in keys if key.required} | own
    return st.fixed_dictionaries(required, optional={key.name: _values(key) for key in keys if not key.required})


def _unique(shape: Shape, key: str, *without: str, fold: Any = str) -> st.SearchStrategy[list[Row]]:
    """A few rows; a name may come twice where both have ids of their own."""
    drawn = st.lists(rows(shape, *without), max_size=4)
    return drawn.map(lambda found: [row for at, row in enumerate(found) if _clear(row, found[:at], key, fold)])


def _clear(row: Row, before: list[Row], key: str, fold: Any) -> bool:
    same = [each for each in before if fold(each[key]) == fold(row[key])]
    return all("id" in each for each in (*same, row)) if same else True


@st.composite
def documents(draw: st.DrawFn) -> Row:
    """A document that breaks no rule."""
    groups = _with_one_default(draw, draw(_unique(CONNECTOR_GROUP, "name", "isDefault")))
    users = draw(st.lists(rows(USER), max_size=4, unique_by=lambda row: row["userPrincipalName"].lower()))
    teams = [_referring(draw, row, "members", users) for row in draw(_unique(GROUP, "displayName", "members"))]
    policy = draw(rows(RULES, "newConnectors"))
    machines = draw(_unique(CONNECTOR, "machineName", "memberOf", fold=str.lower))
    applications = draw(_unique(APPLICATION, "displayName", "connectorGroup", "assignedTo", "uniqueName", "appId"))
    document = {
        "tenant": draw(rows(TENANT)),
        "rules": policy,
        "onPremisesPublishingProfiles": draw(st.lists(rows(PROFILE), max_size=1)),
        "connectorGroups": groups,
        "connectors": [_placed(draw, row, "memberOf", groups) for row in machines],
        "applications": [_application(draw, at, row, groups, users, teams) for at, row in enumerate(applications)],
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


def _reference(row: Row, among: list[Row], key: str) -> str:
    """The name of the entity, or its id where the name is not clear."""
    clear = [each[key] for each in among].count(row[key]) == 1
    return str(row[key] if clear or "id" not in row else row["id"])


def _placed(draw: st.DrawFn, row: Row, key: str, groups: list[Row]) -> Row:
    takers = [each for each in groups if each.get("connectorGroupType", "applicationProxy") == "applicationProxy"]
    if not takers or draw(st.booleans()):
        return row
    return row | {key: _reference(draw(st.sampled_from(takers)), groups, "name")}


def _referring(draw: st.DrawFn, row: Row, key: str, users: list[Row]) -> Row:
    names = [each["userPrincipalName"] for each in users]
    return row | {key: draw(st.lists(st.sampled_from(names), unique=True))} if names else row


def _application(draw: st.DrawFn, at: int, row: Row, groups: list[Row], users: list[Row], teams: list[Row]) -> Row:
    publishing = row.get("onPremisesPublishing")
    if publishing is not None:
        for url in ("internalUrl", "externalUrl"):
            publishing |= {url: draw(st.none() | st.sampled_from([f"https://{at}.example", f"https://{at}.example/a"]))}
        row = _placed(draw, row, "connectorGroup", groups)
    if row.get("servicePrincipal", ()) is not None:
        people = [_reference(each, teams, "displayName") for each in teams]
        people += [each["userPrincipalName"] for each in users]
        row |= {"assignedTo": draw(st.lists(st.sampled_from(people), unique=True))} if people else {}
    return row


def _wait(document: Row) -> None:
    """Where applications are kept off the default group, those that would be there wait for theirs."""
    default = next((each for each in document["connectorGroups"] if each.get("isDefault")), {"name": "Default"})
    for row in document["applications"]:
        if row.get("connectorGroup") in (None, default["name"], default.get("id")):
            row["connectorGroup"] = None
