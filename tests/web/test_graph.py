"""The Graph's protocol: path forms, versions, query options, conditional requests and preferences."""

from __future__ import annotations

import pytest
from web.asking import (
    APPLICATIONS,
    CALENDAR,
    CONNECTORS,
    DEFAULT,
    GROUPS,
    LYON,
    NEW,
    OSAKA,
    OSAKA_1,
    PARIS,
    PARIS_1,
    PARIS_2,
    PERTH,
    WIKI,
    Mock,
    P,
    refusal,
    to_group,
    without_context,
)

C = f"{P}/connectors"
G = f"{P}/connectorGroups"
PROFILES = "/beta/onPremisesPublishingProfiles"


class TestPaths:
    @pytest.mark.parametrize(
        "path",
        [
            f"{G}/{PARIS}",
            f"{G}/{PARIS}/",
            f"{G}('{PARIS}')",
            f"{G}(%27{PARIS}%27)",
            f"{G}(id='{PARIS}')",
            f"{PROFILES}('applicationProxy')/connectorGroups/{PARIS}",
            f"{PROFILES}(%27applicationProxy%27)/connectorGroups('{PARIS}')",
            f"{PROFILES}/applicationproxy/connectorgroups/{PARIS}",
            f"{PROFILES}/APPLICATIONPROXY/CONNECTORGROUPS/{PARIS}",
            f"/beta//onPremisesPublishingProfiles//applicationProxy///connectorGroups/{PARIS}",
            f"{G}/%61{PARIS[1:]}",
            f"{C}/{PARIS_1}/memberOf/{PARIS}/members/{PARIS_1}/memberOf/$ref",
        ],
    )
    def test_a_group_is_reached_in_any_spelling(self, mock, path):
        """R53: EntraPS, GSAps, M365DSC, M2G, the Python SDK."""
        if path.endswith("$ref"):
            assert mock.get(path).json()["value"] == [f"http://localhost:8365{G}/{PARIS}"]
        else:
            assert mock.get(path).json()["id"] == PARIS

    @pytest.mark.parametrize("ref", ["$ref", "%24ref", "$REF", "$ref/"])
    def test_ref_may_be_percent_encoded(self, mock, ref):
        """R53."""
        assert mock.post(f"{C}/{NEW}/memberOf/{ref}", to_group(LYON)).status == 204
        assert mock.members(LYON) == [NEW]

    def test_a_slash_inside_a_key_is_part_of_the_key(self, mock):
        answer = mock.get(f"{G}/a%2Fb")

        assert refusal(answer) == (404, "ConnectorGroup_NotFound")
        assert answer.json()["error"]["message"] == "Connector group 'a/b' not found."

    @pytest.mark.parametrize(
        ("path", "segment"),
        [
            ("/v1.0/onPremisesPublishingProfiles/applicationProxy/connectorGroups", "onPremisesPublishingProfiles"),
            ("/v1.0/onPremisesPublishingProfiles", "onPremisesPublishingProfiles"),
            ("/beta/connectorGroups", "connectorGroups"),
            (f"/v1.0/applications/{WIKI}/connectorGroup", "connectorGroup"),
            (f"/v1.0/applications/{WIKI}/onPremisesPublishing", "onPremisesPublishing"),
        ],
    )
    def test_publishing_is_below_beta_only(self, mock, path, segment):
        """R54: CAM, issue 4240."""
        answer = mock.get(path)

        assert refusal(answer) == (400, "BadRequest")
        assert answer.json()["error"]["message"] == f"Resource not found for the segment '{segment}'."

    def test_applications_are_below_v1_0_too(self, mock):
        """R54."""
        answer = mock.get("/v1.0/applications")

        assert answer.ids == APPLICATIONS
        assert answer.json()["@odata.context"] == "http://localhost:8365/v1.0/$metadata#applications"

    def test_v1_0_cannot_publish(self, mock):
        """Issue 21175."""
        answer = mock.patch(f"/v1.0/applications/{WIKI}", {"onPremisesPublishing": None})

        assert refusal(answer) == (400, "Request_BadRequest")
        assert answer.json()["error"]["message"] == "Invalid property 'onPremisesPublishing'."

    @pytest.mark.parametrize("path", ["nonsense", "sensors", "connectorGroup"])
    def test_what_a_profile_does_not_serve_has_an_empty_code(self, mock, path):
        """R55: issues 8929, 13473."""
        answer = mock.get(f"{P}/{path}")

        assert refusal(answer) == (404, "")
        assert answer.json()["error"]["message"] == (
            "No HTTP resource was found that matches the request URI "
            f"'https://eur1.msgraph.msappproxy.net:8082/v2/onPremisesPublishingProfiles('applicationProxy')/{path}'."
        )

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("PUT", G),
            ("PATCH", G),
            ("DELETE", G),
            ("POST", f"{G}/{PARIS}"),
            ("PUT", f"{G}/{PARIS}"),
            ("POST", f"{G}/{PARIS}/members"),
            ("PUT", f"{G}/{PARIS}/members/$ref"),
            ("POST", f"{G}/{PARIS}/applications"),
            ("DELETE", f"{G}/{PARIS}/applications/{WIKI}"),
            ("POST", f"{G}/$count"),
            ("POST", f"/beta/applications/{WIKI}/connectorGroup"),
            ("POST", f"/beta/applications/{WIKI}/connectorGroup/$ref"),
            ("PATCH", f"/beta/applications/{WIKI}/connectorGroup"),
            ("PUT", f"/beta/applications/{WIKI}"),
            ("PATCH", f"{G}/{PARIS}/name"),
            ("FOO", G),
            ("PROPFIND", G),
            ("TRACE", G),
        ],
    )
    def test_a_method_that_a_resource_does_not_offer_is_not_allowed(self, mock, method, path):
        assert refusal(mock.ask(method, path, {"name": "x"})) == (405, "Request_BadRequest")


class TestQueryOptions:
    @pytest.mark.parametrize(
        ("filter_", "found"),
        [
            ("name eq 'Paris'", [PARIS]),
            ("Name eq 'Paris'", [PARIS]),
            ("name EQ 'paris'", [PARIS]),
            ("startswith(name,'P')", [PARIS, PERTH]),
            ("name eq 'Paris' OR startswith(name,'Ly')", [PARIS, LYON]),
            ("name eq 'Paris' or startswith(name,'Ly')", [PARIS, LYON]),
            ("name eq 'O''Neill'", []),
            ("isDefault eq true", [DEFAULT]),
            ("region eq 'japan'", [OSAKA]),
            ("members/any(m:m/status eq 'inactive')", [PARIS]),
            ("members/$count eq 0 and connectorGroupType eq 'applicationProxy'", [LYON, PERTH]),
            ("applications/any(a:a/displayName eq 'Wiki')", [PARIS]),
        ],
    )
    def test_groups_are_filtered(self, mock, filter_, found):
        """R24: EntraPS, M2G, M365DSC, GitOps."""
        assert mock.get(f"{G}?$filter={filter_}").ids == found

    def test_connectors_are_searched_as_entra_powershell_does(self, mock):
        """R24."""
        found = mock.get(f"{C}?$Filter=machineName eq 'paris' OR startswith(machineName,'paris')")

        assert found.ids == [PARIS_1, PARIS_2]

    @pytest.mark.parametrize("name", ["$filter", "$Filter", "%24filter", "%24FILTER", "filter"])
    def test_option_names_are_taken_in_any_letter_case(self, mock, name):
        """R25: EntraPS, M2G, Kiota."""
        assert mock.get(f"{G}?{name}=name eq 'Paris'").ids == [PARIS]

    def test_spaces_may_be_plus_signs(self, mock):
        assert mock.get(f"{G}?$filter=name+eq+'Paris'").ids == [PARIS]

    @pytest.mark.parametrize("name", [b"Z%C3%BCrich", "Zürich".encode()])
    def test_text_outside_ascii_may_stand_as_it_is(self, mock, name):
        """A careless client sends UTF-8 without encoding it by percent signs."""
        made = mock.post(G, {"name": "Zürich"}).json()["id"]

        assert mock.ask("GET", f"{G}?$filter=name%20eq%20'".encode() + name + b"'").ids == [made]

    @pytest.mark.parametrize("top", [100000, 10**30])
    def test_top_takes_very_large_values(self, mock, top):
        """R26: docs samples, EntraPS."""
        assert mock.get(f"{G}?$top={top}").ids == GROUPS

    @pytest.mark.parametrize(
        ("path", "row"),
        [
            (f"{G}?$select=id,name&$top=1", {"id": DEFAULT, "name": "Default"}),
            (f"{C}?$select=machineName&$top=1", {"machineName": "new-1"}),
            (f"{G}/{PARIS}/applications?$select=id,displayName&$top=1", {"id": WIKI, "displayName": "Wiki"}),
        ],
    )
    def test_select_shows_what_it_names_and_nothing_else(self, mock, path, row):
        """R27: CAM."""
        assert mock.get(path).json()["value"] == [row]

    def test_an_unknown_name_in_select_is_passed_over_on_an_open_type(self, mock):
        """M2G selects servicePrincipalType on applications."""
        assert mock.get(f"/beta/applications/{WIKI}?$select=id,servicePrincipalType").status == 200

    def test_members_can_be_expanded(self, mock):
        """R28: POC."""
        rows = mock.get(f"{G}?$expand=members").json()["value"]

        assert {row["id"]: [each["id"] for each in row["members"]] for row in rows} == {
            **{key: [] for key in GROUPS},
            DEFAULT: [NEW],
            PARIS: [PARIS_1, PARIS_2],
            OSAKA: [OSAKA_1],
        }

    @pytest.mark.parametrize(
        ("path", "name", "ids"),
        [
            (f"{G}/{PARIS}", "applications", [WIKI, CALENDAR]),
            (f"{C}/{NEW}", "memberOf", [DEFAULT]),
            (P, "connectors", CONNECTORS),
        ],
    )
    def test_other_navigations_can_be_expanded(self, mock, path, name, ids):
        """R28."""
        assert [each["id"] for each in mock.get(f"{path}?$expand={name}").json()[name]] == ids

    def test_a_group_is_expanded_as_one_object(self, mock):
        assert mock.get(f"/beta/applications/{WIKI}?$expand=connectorGroup").json()["connectorGroup"]["id"] == PARIS

    def test_what_is_expanded_takes_options_of_its_own(self, mock):
        options = "$filter=status eq 'active';$select=id;$count=true"
        group = mock.get(f"{G}/{PARIS}?$select=name&$expand=members({options})").json()

        assert without_context(group) == {"name": "Paris", "members@odata.count": 1, "members": [{"id": PARIS_1}]}

    def test_expand_goes_three_deep(self, mock):
        path = f"{G}/{PARIS}?$expand=members($expand=memberOf($expand=members($top=1)))"
        group = mock.get(path).json()["members"][0]["memberOf"][0]

        assert [each["id"] for each in group["members"]] == [PARIS_1]

    def test_expand_does_not_go_four_deep(self, mock):
        path = f"{G}?$expand=members($expand=memberOf($expand=members($expand=memberOf)))"

        assert refusal(mock.get(path)) == (400, "BadRequest")

    def test_a_list_can_be_sorted(self, mock):
        assert mock.get(f"{C}?$orderby=version,machineName desc").ids == [PARIS_2, PARIS_1, OSAKA_1, NEW]

    @pytest.mark.parametrize(
        ("path", "count"),
        [
            (f"{C}/$count", 4),
            (f"{C}/$count?$filter=status eq 'active'", 3),
            (f"{G}/{PARIS}/members/$count", 2),
            (f"{G}/{PARIS}/applications/$count", 2),
            (f"{C}/{NEW}/memberOf/$count", 1),
            ("/beta/applications/$count", 4),
        ],
    )
    def test_a_count_is_plain_text(self, mock, path, count):
        answer = mock.get(path, Accept="text/plain;q=0.9", ConsistencyLevel="eventual")

        assert (answer.body, answer.headers["Content-Type"]) == (str(count).encode(), "text/plain")

    def test_the_count_is_of_all_that_fit_not_of_the_page(self, mock):
        assert mock.get(f"{C}?$count=true&$top=1&$filter=status eq 'active'").json()["@odata.count"] == 3

    @pytest.mark.parametrize("query", ["a=b", "a=b&$top=1", "=", "&&", "?", "@p='x'"])
    def test_options_of_the_callers_own_are_passed_over(self, mock, query):
        assert mock.get(f"{G}?{query}").ids[0] == DEFAULT


class TestConditions:
    """U-16: no ETag was ever seen on these resources."""

    @pytest.mark.parametrize("path", [f"{G}/{LYON}", f"{G}/{PARIS}/members/{PARIS_1}/$ref"])
    def test_if_match_that_names_an_etag_matches_nothing(self, mock, path):
        before = mock.tenant

        assert refusal(mock.delete(path, If_Match='W/"1"')) == (412, "PreconditionFailed")
        assert mock.tenant is before

    def test_if_match_any_matches(self, mock):
        assert mock.delete(f"{G}/{LYON}", If_Match="*").status == 204


class TestPreferences:
    @pytest.mark.parametrize("behaviour", ["observed", "documented"])
    @pytest.mark.parametrize(("wish", "status"), [("minimal", 204), ("representation", 200)])
    def test_prefer_return_decides_whether_a_change_is_answered_with_the_entity(self, behaviour, wish, status):
        """U-2, graph_reference 5.7."""
        answer = Mock(behaviour).patch(f"{G}/{PARIS}", {"name": "Paris 2"}, Prefer=f"return={wish}")

        assert (answer.status, answer.headers["Preference-Applied"]) == (status, f"return={wish}")
        assert (b'"name":"Paris 2"' in answer.body) == (status == 200)

    def test_a_wish_that_is_not_known_is_passed_over(self, mock):
        answer = mock.patch(f"{G}/{PARIS}", {"name": "Paris 2"}, Prefer="respond-async, return=nonsense")

        assert (answer.status, "Preference-Applied" in answer.headers) == (204, False)


class TestBodies:
    @pytest.mark.parametrize("kind", ["", "application/json", "appplication/json", "text/plain", "\xff"])
    def test_a_body_is_json_whatever_its_content_type_says(self, mock, kind):
        """R65: docs samples carry a misspelt one."""
        answer = mock.post(G, {"name": "Berlin"}, **{"Content-Type": kind})

        assert (answer.status, answer.json()["name"]) == (200, "Berlin")

    def test_a_body_of_get_is_not_looked_at(self, mock):
        assert mock.ask("GET", G, b"\xff{").status == 200

    @pytest.mark.parametrize(
        "address",
        [
            f"https://graph.microsoft.com{G}/{PARIS}",
            f"https://graph.microsoft.com/v1.0{G.removeprefix('/beta')}/{PARIS}",
            f"https://graph.microsoft.com{G.removeprefix('/beta')}/{PARIS}",
            f"https://graph.microsoft.com{G}('{PARIS}')",
            f"http://localhost:8365{G.lower()}/{PARIS}",
            f"http://localhost:8365/sandboxes/default{G}/{PARIS}",
            f"{G}/{PARIS}",
            f"{G.removeprefix('/beta/')}/{PARIS}/",
        ],
    )
    def test_a_reference_may_name_any_host_and_any_version(self, mock, address):
        """R33: graph-docs variations, EntraPS, GSAps."""
        answer = mock.post(f"{C}/{NEW}/memberOf/$ref", {"@odata.id": address})

        assert (answer.status, mock.members(PARIS)) == (204, [PARIS_1, PARIS_2, NEW])
