"""How much an answer says beyond its values and in which form: levels, preferences, documents, content types."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from web.asking import (
    APPLICATIONS,
    CALENDAR,
    CONNECTORS,
    GROUPS,
    LYON,
    NEW,
    NOBODY,
    PARIS,
    PARIS_1,
    WIKI,
    Mock,
    P,
    Reply,
    refusal,
    to_group,
)

A, C, G = "/beta/applications", f"{P}/connectors", f"{P}/connectorGroups"
PROFILES = "/beta/onPremisesPublishingProfiles"
TEMPLATE = "/beta/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
HOME = f"onPremisesPublishingProfiles('applicationProxy')/connectorGroups('{PARIS}')"
JSON = "application/json;odata.metadata={};odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
EDMX = "{http://docs.oasis-open.org/odata/ns/edmx}"
EDM = "{http://docs.oasis-open.org/odata/ns/edm}"


def wanting(level: str) -> dict[str, str]:
    return {"Accept": f"application/json;odata.metadata={level}"}


def annotations(value: Any) -> set[str]:
    """Every name in an answer that is OData's own, however deep."""
    if isinstance(value, dict):
        own = {name for name in value if "@odata." in name}
        return own.union(*map(annotations, value.values()))
    return set().union(*map(annotations, value)) if isinstance(value, list) else set()


READ = [
    ("GET", G, None),
    ("GET", f"{G}/{PARIS}", None),
    ("GET", f"{G}/{PARIS}?$select=id,name", None),
    ("GET", f"{G}?$expand=members", None),
    ("GET", f"{C}/{NEW}/memberOf", None),
    ("GET", f"{A}/{WIKI}/connectorGroup", None),
    ("GET", f"{A}/{WIKI}/onPremisesPublishing", None),
    ("GET", f"{A}/{WIKI}/displayName", None),
    ("GET", f"{G}/{PARIS}/members/$ref", None),
    ("GET", f"{A}?$top=2", None),
    ("GET", PROFILES, None),
    ("POST", G, {"name": "Berlin"}),
    ("POST", A, {"displayName": "Maps"}),
    ("POST", f"{TEMPLATE}/instantiate", {"displayName": "Maps"}),
]


class TestLevels:
    """5.10, U-20: as OData has them, since no Graph page describes them."""

    @pytest.mark.parametrize(("method", "path", "body"), READ)
    def test_minimal_is_what_nobody_asked_for(self, mock, method, path, body):
        usual = mock.ask(method, path, body)
        minimal = Mock().ask(method, path, body, **wanting("minimal"))

        assert (minimal.body, minimal.headers["Content-Type"]) == (usual.body, JSON.format("minimal"))
        assert usual.headers["Content-Type"] == JSON.format("minimal")

    @pytest.mark.parametrize(("method", "path", "body"), READ)
    def test_minimal_says_the_context(self, mock, method, path, body):
        said = annotations(mock.ask(method, path, body).json())

        assert "@odata.context" in said
        assert said <= {"@odata.context", "@odata.nextLink"}

    @pytest.mark.parametrize(("method", "path", "body"), READ)
    def test_none_says_nothing_but_where_the_next_page_is(self, mock, method, path, body):
        answer = mock.ask(method, path, body, **wanting("none"))

        assert annotations(answer.json()) == ({"@odata.nextLink"} if "$top" in path else set())
        assert answer.headers["Content-Type"] == JSON.format("none")

    @pytest.mark.parametrize(("method", "path", "body"), READ)
    def test_none_and_minimal_have_the_same_values(self, mock, method, path, body):
        minimal = mock.ask(method, path, body).json()
        none = Mock().ask(method, path, body, **wanting("none")).json()

        assert none == {name: value for name, value in minimal.items() if name != "@odata.context"}

    def test_none_counts_where_it_is_asked_to(self, mock):
        answer = mock.get(f"{G}?$count=true&$expand=members($count=true)", **wanting("none")).json()

        assert answer["@odata.count"] == len(GROUPS)
        assert answer["value"][1]["members@odata.count"] == 2

    def test_full_says_what_an_entity_is_and_where(self, mock):
        answer = mock.get(f"{G}/{PARIS}", **wanting("full"))
        found = answer.json()

        assert answer.headers["Content-Type"] == JSON.format("full")
        assert {name: found[name] for name in ("@odata.type", "@odata.id", "@odata.editLink")} == {
            "@odata.type": "#microsoft.graph.connectorGroup",
            "@odata.id": HOME,
            "@odata.editLink": HOME,
        }

    def test_full_says_where_what_is_related_is(self, mock):
        found = mock.get(f"{G}/{PARIS}", **wanting("full")).json()

        assert {name: value for name, value in found.items() if "Link" in name and not name.startswith("@")} == {
            f"{name}@odata.{kind}Link": f"{HOME}/{name}{end}"
            for name in ("members", "applications")
            for kind, end in (("association", "/$ref"), ("navigation", ""))
        }

    @pytest.mark.parametrize(
        ("method", "path", "body", "where", "type_name"),
        [
            ("GET", G, None, "value", "connectorGroup"),
            ("GET", f"{G}?$select=name", None, "value", "connectorGroup"),
            ("GET", f"{G}/{PARIS}/members", None, "value", "connector"),
            ("GET", f"{G}/{PARIS}?$expand=members", None, "members", "connector"),
            ("GET", f"{P}?$expand=connectors", None, "connectors", "connector"),
            ("GET", f"{A}/{WIKI}?$expand=connectorGroup", None, "connectorGroup", "connectorGroup"),
            ("POST", f"{TEMPLATE}/instantiate", {"displayName": "Maps"}, "servicePrincipal", "servicePrincipal"),
        ],
    )
    def test_full_says_so_of_every_entity_inside(self, mock, method, path, body, where, type_name):
        inside = mock.ask(method, path, body, **wanting("full")).json()[where]
        rows = inside if isinstance(inside, list) else [inside]

        assert {each["@odata.type"] for each in rows} == {f"#microsoft.graph.{type_name}"}
        assert all(each["@odata.id"].endswith("')") for each in rows)

    def test_full_has_the_same_values(self, mock):
        full = mock.get(f"{A}/{WIKI}", **wanting("full")).json()
        usual = mock.get(f"{A}/{WIKI}").json()

        assert {name: value for name, value in full.items() if "@odata." not in name} == {
            name: value for name, value in usual.items() if "@odata." not in name
        }

    def test_what_full_calls_an_id_leads_to_the_entity(self, mock):
        for row in mock.get(f"{G}/{PARIS}/members", **wanting("full")).json()["value"]:
            assert mock.get(f"/beta/{row['@odata.id']}").json()["id"] == row["id"]

    @pytest.mark.parametrize(
        ("accept", "level"),
        [
            ("application/json;odata.metadata=none", "none"),
            ("application/json; odata.metadata=none", "none"),
            ("application/json;ODATA.METADATA=None", "none"),
            ("application/json;odata.metadata=full;odata.streaming=true", "full"),
            ("application/json;odata.streaming=true;odata.metadata=full;q=0.9", "full"),
            ("text/html, application/json;odata.metadata=full", "full"),
            ("application/json;odata.metadata=nonsense", "minimal"),
            ("application/json;odata.metadata=", "minimal"),
            ("application/json", "minimal"),
            ("*/*", "minimal"),
            ("", "minimal"),
        ],
    )
    def test_the_level_is_a_parameter_of_what_is_accepted(self, mock, accept, level):
        assert mock.get(G, Accept=accept).headers["Content-Type"] == JSON.format(level)

    @pytest.mark.parametrize("level", ["none", "full"])
    def test_a_refusal_looks_the_same_at_every_level(self, mock, level):
        """5.1."""
        assert refusal(mock.get(f"{G}/{NOBODY}", **wanting(level))) == (404, "ConnectorGroup_NotFound")

    @pytest.mark.parametrize("format_", ["json", "application/json", "JSON", "application/json;odata.metadata=minimal"])
    def test_format_json_is_accepted(self, mock, format_):
        """5.8."""
        assert mock.get(f"{G}?$format={format_}").ids == GROUPS


class TestMetadata:
    @pytest.mark.parametrize(
        ("query", "accept"),
        [
            ("", None),
            ("", "*/*"),
            ("", "application/xml"),
            ("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("", "application/xml, application/json"),
            ("?$format=xml", None),
        ],
    )
    @pytest.mark.parametrize("path", ["/beta/$metadata", "/v1.0/$metadata", "/beta/%24metadata", "/beta/$metadata/"])
    def test_it_is_xml_unless_json_is_asked_for(self, mock, path, query, accept):
        """5.10, clients.md 4."""
        answer = mock.get(path + query, **({} if accept is None else {"Accept": accept}))
        root = ElementTree.fromstring(answer.body)

        assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/xml")
        assert (root.tag, root.get("Version", "")[0]) == (f"{EDMX}Edmx", "4")

    @pytest.mark.parametrize(
        ("query", "accept"),
        [
            ("", "application/json"),
            ("", "application/json;odata.metadata=minimal"),
            ("?$format=json", None),
            ("?$format=application/json", None),
            ("?%24format=json", "application/xml"),
        ],
    )
    def test_it_is_json_where_that_is_asked_for(self, mock, query, accept):
        answer = mock.get(f"/beta/$metadata{query}", **({} if accept is None else {"Accept": accept}))
        document = json.loads(answer.body)

        assert answer.headers["Content-Type"].startswith("application/json")
        assert document["microsoft.graph"]["connectorGroup"]["$Kind"] == "EntityType"
        assert document["$EntityContainer"] == "microsoft.graph.GraphService"

    @pytest.mark.parametrize(("path", "there"), [("/beta/$metadata", True), ("/v1.0/$metadata", False)])
    def test_connector_groups_are_below_beta_only(self, mock, path, there):
        """0.1, R54."""
        types = ElementTree.fromstring(mock.get(path).body).iter(f"{EDM}EntityType")

        assert ("connectorGroup" in {each.get("Name") for each in types}) is there

    def test_every_set_of_the_service_document_is_in_it(self, mock):
        sets = ElementTree.fromstring(mock.get("/beta/$metadata").body).iter(f"{EDM}EntitySet")
        listed = {each["name"] for each in mock.get("/beta/").json()["value"]}

        assert listed <= {each.get("Name") for each in sets}

    @pytest.mark.parametrize("path", ["/beta/$metadata", "/beta/", "/beta"])
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_documents_are_read_only(self, mock, path, method):
        assert refusal(mock.ask(method, path, {})) == (405, "Request_BadRequest")

    @pytest.mark.parametrize("path", ["/beta/$metadata", "/beta/"])
    def test_their_head_has_no_body(self, mock, path):
        answer = mock.ask("HEAD", path)

        assert (answer.status, answer.headers["Content-Type"]) == (200, mock.get(path).headers["Content-Type"])


class TestServiceDocument:
    @pytest.mark.parametrize("path", ["/beta", "/beta/", "/v1.0/"])
    def test_it_names_the_sets_that_can_be_listed(self, mock, path):
        """OData JSON 5."""
        document = mock.get(path).json()
        root = f"http://localhost:8365/{path.strip('/')}"

        assert document["@odata.context"] == f"{root}/$metadata"
        assert {(each["kind"], each["url"] == each["name"]) for each in document["value"]} == {("EntitySet", True)}
        assert [mock.get(f"{path.rstrip('/')}/{each['url']}").status for each in document["value"]] == [200] * len(
            document["value"]
        )

    @pytest.mark.parametrize(("path", "there"), [("/beta/", True), ("/v1.0/", False)])
    def test_publishing_profiles_are_below_beta_only(self, mock, path, there):
        """R54."""
        names = {each["name"] for each in mock.get(path).json()["value"]}

        assert ("onPremisesPublishingProfiles" in names, "applications" in names) == (there, True)

    def test_in_a_sandbox_it_leads_there(self, mock):
        """R64."""
        document = mock.get("/sandboxes/default/beta/").json()

        assert document["@odata.context"] == "http://localhost:8365/sandboxes/default/beta/$metadata"

    def test_at_level_none_it_has_no_context(self, mock):
        """5.10."""
        assert list(mock.get("/beta/", **wanting("none")).json()) == ["value"]


def applied(answer: Reply) -> tuple[int, str | None]:
    return answer.status, answer.headers.get("Preference-Applied")


class TestPreferReturn:
    """5.7: answered with Preference-Applied where it was granted (5.5)."""

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            (G, {"name": "Berlin"}),
            (A, {"displayName": "Maps"}),
            (f"{PROFILES}/provisioning/agentGroups", {"displayName": "Ring A"}),
        ],
    )
    def test_a_creation_may_be_answered_without_the_entity(self, mock, path, body):
        answer = mock.post(path, body, Prefer="return=minimal")
        address = answer.headers["Location"]

        assert (*applied(answer), answer.body) == (204, "return=minimal", b"")
        assert answer.headers["OData-EntityId"] == address
        assert mock.get(address.removeprefix("http://localhost:8365")).status == 200

    @pytest.mark.parametrize(("path", "status"), [(G, 200), (A, 201)])
    def test_a_creation_is_answered_with_the_entity_where_that_is_preferred(self, mock, path, status):
        answer = mock.post(path, {"name" if path == G else "displayName": "x"}, Prefer="return=representation")

        assert answer.json()["id"]
        assert applied(answer) == (status, "return=representation")

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            (f"{G}/{PARIS}", {"name": "Paris 2"}),
            (f"{A}/{WIKI}", {"displayName": "Wiki 2"}),
            (P, {"isEnabled": False}),
        ],
    )
    @pytest.mark.parametrize(("wish", "status"), [("representation", 200), ("minimal", 204)])
    def test_a_change_is_answered_as_preferred(self, mock, path, body, wish, status):
        answer = mock.patch(path, body, Prefer=f"return={wish}")

        assert applied(answer) == (status, f"return={wish}")
        assert body.items() <= (answer.json() if status == 200 else body).items()

    @pytest.mark.parametrize(
        ("wish", "expected"),
        [
            ("return=representation", (200, "return=representation")),
            ("Return=representation", (200, "return=representation")),
            ('return="representation"', (200, "return=representation")),
            ("respond-async, return=representation", (200, "return=representation")),
            ("return=representation;foo=bar", (200, "return=representation")),
            ("return = minimal", (204, "return=minimal")),
            ("return", (204, None)),
            ("return=", (204, None)),
            ("return=nonsense", (204, None)),
            ("nonsense", (204, None)),
            ("", (204, None)),
        ],
    )
    def test_a_wish_is_read_as_rfc_7240_has_it(self, mock, wish, expected):
        assert applied(mock.patch(f"{G}/{PARIS}", {"name": "Paris 2"}, Prefer=wish)) == expected

    def test_a_refusal_grants_nothing(self, mock):
        answer = mock.patch(f"{G}/{PARIS}", {"nonsense": 1}, Prefer="return=representation")

        assert applied(answer) == (400, None)

    def test_what_has_no_representation_is_answered_without(self, mock):
        """5.9: a reference."""
        answer = mock.post(f"{C}/{NEW}/memberOf/$ref", to_group(LYON), Prefer="return=representation")

        assert (*applied(answer), answer.body) == (204, None, b"")


class TestPreferMaxPageSize:
    """5.8: Microsoft documents it elsewhere; where it is honoured the answer says so."""

    def test_a_page_is_as_short_as_preferred(self, mock):
        answer = mock.get(C, Prefer="odata.maxpagesize=3")

        assert (answer.ids, applied(answer)) == (CONNECTORS[:3], (200, "odata.maxpagesize=3"))
        assert "@odata.nextLink" in answer.json()

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
    def test_all_pages_together_are_the_list(self, mock, size):
        found, link = [], C
        while link:
            answer = mock.get(link, Prefer=f"odata.maxpagesize={size}")
            found += answer.ids
            link = answer.json().get("@odata.nextLink", "").removeprefix("http://localhost:8365")

        assert found == CONNECTORS

    def test_a_page_that_holds_all_has_no_next_one(self, mock):
        assert "@odata.nextLink" not in mock.get(C, Prefer=f"odata.maxpagesize={len(CONNECTORS)}").json()

    @pytest.mark.parametrize("wish", ["0", "-1", "x", "", "1.5", "'2'", "99999999999999999999", "²"])
    def test_what_is_no_size_is_passed_over(self, mock, wish):
        answer = mock.get(C, Prefer=f"odata.maxpagesize={wish}".encode().decode("latin-1"))

        assert (answer.ids, answer.headers.get("Preference-Applied")) == (CONNECTORS, None)

    @pytest.mark.parametrize(("wish", "granted"), [(1, 1), (100, 100), (5000, 100)])
    def test_the_directory_gives_a_hundred_at_most(self, mock, wish, granted):
        """R29: its own page size."""
        answer = mock.get(A, Prefer=f"odata.maxpagesize={wish}")

        assert answer.ids == APPLICATIONS[:granted]
        assert applied(answer) == (200, f"odata.maxpagesize={granted}")

    def test_two_wishes_are_both_granted(self, mock):
        answer = mock.get(C, Prefer="include-unknown-enum-members, odata.maxpagesize=2")

        assert answer.ids == CONNECTORS[:2]
        assert "odata.maxpagesize=2" in answer.headers["Preference-Applied"]

    def test_a_count_is_of_all_pages(self, mock):
        assert mock.get(f"{C}?$count=true", Prefer="odata.maxpagesize=1").json()["@odata.count"] == len(CONNECTORS)


AGENTS = f"{PROFILES}/provisioning/agents"
KNOWING = {"Prefer": "include-unknown-enum-members"}
BEYOND = {"machineName": "sync-1", "supportedPublishingTypes": ["provisioning", "privateAccess"]}


class TestUnknownEnumMembers:
    """5.7: privateAccess stands behind the sentinel of onPremisesPublishingType (2.8)."""

    @pytest.mark.parametrize(
        ("headers", "seen"),
        [
            ({}, ["provisioning", "unknownFutureValue"]),
            (KNOWING, ["provisioning", "privateAccess"]),
            ({"Prefer": "Include-Unknown-Enum-Members"}, ["provisioning", "privateAccess"]),
            ({"Prefer": "respond-async, include-unknown-enum-members"}, ["provisioning", "privateAccess"]),
        ],
    )
    def test_a_member_behind_the_sentinel_is_shown_to_those_who_know_of_it(self, mock, headers, seen):
        key = mock.post(AGENTS, BEYOND, **KNOWING).json()["id"]
        found = [
            mock.get(f"{AGENTS}/{key}", **headers).json()["supportedPublishingTypes"],
            mock.get(AGENTS, **headers).json()["value"][0]["supportedPublishingTypes"],
            mock.get(f"{AGENTS}?$select=supportedPublishingTypes", **headers).json()["value"][0][
                "supportedPublishingTypes"
            ],
            mock.get(f"{PROFILES}/provisioning?$expand=agents", **headers).json()["agents"][0][
                "supportedPublishingTypes"
            ],
        ]

        assert found == [seen] * 4

    def test_reading_it_one_way_does_not_change_the_other(self, mock):
        """What is remembered of an entity is not what a caller with a preference was shown."""
        key = mock.post(AGENTS, BEYOND, **KNOWING).json()["id"]
        found = [
            mock.get(f"{AGENTS}/{key}", **headers).json()["supportedPublishingTypes"][1]
            for headers in ({}, KNOWING, {}, {**KNOWING, **wanting("none")}, wanting("none"))
        ]

        assert found == [
            "unknownFutureValue", "privateAccess", "unknownFutureValue", "privateAccess", "unknownFutureValue"
        ]  # fmt: skip

    def test_such_a_group_is_of_an_unknown_type(self):
        """2.8, U-29."""
        mock = Mock("observed,U29=empty")
        path = f"{PROFILES}/privateAccess/agentGroups"
        mock.post(path, {"displayName": "x"})
        found = [mock.get(path, **headers).json()["value"][0]["publishingType"] for headers in ({}, KNOWING)]

        assert found == ["unknownFutureValue", "privateAccess"]

    def test_a_member_behind_the_sentinel_is_written_by_those_who_know_of_it(self, mock):
        """5.7, GUIDE: 400 without the preference."""
        assert refusal(mock.post(AGENTS, BEYOND)) == (400, "BadRequest")
        assert mock.post(AGENTS, BEYOND, **KNOWING).status == 201

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            (G, {"name": "Berlin", "region": "unknownFutureValue"}),
            (AGENTS, {"machineName": "x", "supportedPublishingTypes": ["unknownFutureValue"]}),
        ],
    )
    def test_the_sentinel_is_not_created(self, mock, path, body):
        """5.7, GUIDE."""
        assert refusal(mock.post(path, body)) == (400, "BadRequest")

    def test_in_a_change_the_sentinel_is_not_said(self, mock):
        """5.7, GUIDE: treated as not sent."""
        answer = mock.patch(f"{G}/{LYON}", {"region": "unknownFutureValue", "name": "Lyon 2"})
        found = mock.get(f"{G}/{LYON}").json()

        assert (answer.status, found["region"], found["name"]) == (204, "eur", "Lyon 2")

    def test_observed_members_are_no_secret(self, mock):
        """2.8: `japan` and `adfs` are in no metadata, and seen."""
        rows = mock.get(f"{G}?$filter=region eq 'japan' or connectorGroupType eq 'adfs'").json()["value"]

        assert [(each["region"], each["connectorGroupType"]) for each in rows] == [
            ("japan", "applicationProxy"),
            ("eur", "adfs"),
        ]


MINIMAL = JSON.format("minimal")
KINDS = [
    ("GET", G, None, MINIMAL),
    ("GET", f"{G}/{PARIS}", None, MINIMAL),
    ("GET", f"{A}/{WIKI}/onPremisesPublishing", None, MINIMAL),
    ("GET", f"{A}/{WIKI}/connectorGroup/$ref", None, MINIMAL),
    ("GET", f"{G}/{PARIS}/members/$ref", None, MINIMAL),
    ("POST", G, {"name": "Berlin"}, MINIMAL),
    ("POST", f"{TEMPLATE}/instantiate", {"displayName": "x"}, MINIMAL),
    ("GET", f"{G}/{NOBODY}", None, MINIMAL),
    ("PUT", G, {}, MINIMAL),
    ("GET", "/beta/", None, MINIMAL),
    ("POST", "/beta/$batch", {"requests": [{"id": "1", "method": "GET", "url": "applications"}]}, MINIMAL),
    ("GET", f"{G}/$count", None, "text/plain"),
    ("GET", f"{G}/{PARIS}/name/$value", None, "text/plain"),
    ("GET", f"{A}/{CALENDAR}/logo", None, MINIMAL),
    ("PATCH", f"{G}/{PARIS}", {"name": "x"}, None),
    ("DELETE", f"{G}/{LYON}", None, None),
    ("POST", f"{C}/{PARIS_1}/memberOf/$ref", to_group(LYON), None),
    ("PUT", f"{A}/{WIKI}/connectorGroup/$ref", to_group(LYON), None),
]


@pytest.mark.parametrize(("method", "path", "body", "kind"), KINDS)
def test_every_answer_has_the_content_type_of_its_kind(mock, method, path, body, kind):
    """5.5, R57: 204 has neither body nor Content-Type."""
    answer = mock.ask(method, path, body)

    assert answer.headers.get("Content-Type") == kind
    assert bool(answer.body) == (kind is not None)


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "application/octet-stream"])
def test_a_stream_has_the_content_type_it_was_put_with(mock, kind):
    """1.2."""
    assert mock.ask("PUT", f"{A}/{WIKI}/logo", b"\x89PNG\xff", **{"Content-Type": kind}).status == 204

    answer = mock.get(f"{G}/{PARIS}/applications/{WIKI}/logo")

    assert (answer.body, answer.headers["Content-Type"]) == (b"\x89PNG\xff", kind)
