"""Applications over HTTP: how they are assigned to connector groups, published, and kept otherwise."""

from __future__ import annotations

import pytest
from web.asking import (
    ADFS,
    APPLICATIONS,
    CALENDAR,
    DEFAULT,
    FILES,
    LYON,
    NOBODY,
    OSAKA,
    OSAKA_1,
    PARIS,
    PLAIN,
    WIKI,
    Mock,
    P,
    refusal,
    to_group,
    without_context,
)

A = "/beta/applications"
G = f"{P}/connectorGroups"


class TestAssignments:
    def test_an_application_is_assigned_by_put(self, mock):
        """R42."""
        answer = mock.assign(WIKI, LYON)

        assert (answer.status, answer.body) == (204, b"")
        assert [mock.applications(group) for group in (PARIS, LYON)] == [[CALENDAR], [WIKI]]

    def test_an_assignment_is_seen_at_once(self, mock):
        """R47."""
        mock.assign(WIKI, LYON)

        assert mock.group_of(WIKI) == LYON

    def test_the_group_of_an_application_is_one_object(self, mock):
        """R43: never a list."""
        assert without_context(mock.get(f"{A}/{WIKI}/connectorGroup").json()) == {
            "id": PARIS,
            "name": "Paris",
            "region": "eur",
            "connectorGroupType": "applicationProxy",
            "isDefault": False,
        }

    def test_an_application_taken_off_its_group_falls_back_to_default(self, mock):
        """R44: TF."""
        assert mock.delete(f"{A}/{WIKI}/connectorGroup/$ref").status == 204
        assert mock.group_of(WIKI) == DEFAULT
        assert mock.applications(DEFAULT) == [FILES, WIKI]

    def test_an_application_on_default_cannot_be_taken_off_it(self, mock):
        """R45: EntraPS help."""
        answer = mock.delete(f"{A}/{FILES}/connectorGroup/$ref")

        assert refusal(answer) == (400, "ApplicationOnDefaultConnectorGroup_BadRequest")
        assert answer.headers["x-mock-unverified"] == "true"

    def test_q16_lets_an_application_on_default_be_taken_off_it(self):
        """R45, Q16."""
        mock = Mock("observed,Q16=204")

        assert mock.delete(f"{A}/{FILES}/connectorGroup/$ref").status == 204
        assert mock.group_of(FILES) == DEFAULT

    def test_the_applications_of_a_group_name_themselves(self, mock):
        """R46: ZT needs appId, CAM displayName."""
        rows = mock.get(f"{G}/{PARIS}/applications").json()["value"]

        assert [(row["id"], row["displayName"], len(row["appId"])) for row in rows] == [
            (WIKI, "Wiki", 36),
            (CALENDAR, "Calendar", 36),
        ]

    def test_one_application_of_a_group_can_be_read_there(self, mock):
        assert mock.get(f"{G}/{PARIS}/applications/{WIKI}").json()["displayName"] == "Wiki"
        assert refusal(mock.get(f"{G}/{PARIS}/applications/{FILES}")) == (404, "Request_ResourceNotFound")

    @pytest.mark.parametrize("group", [LYON, OSAKA])
    def test_a_group_without_an_active_connector_takes_applications(self, mock, group):
        """R48: a warning of the portal, no refusal."""
        mock.move(OSAKA_1, DEFAULT)

        assert mock.assign(WIKI, group).status == 204

    @pytest.mark.parametrize("what", ["connectorGroup", "connectorGroup/$ref"])
    def test_the_app_id_is_not_the_object_id(self, mock, what):
        """R49."""
        app_id = mock.get(f"{A}/{WIKI}").json()["appId"]
        method = "PUT" if what.endswith("$ref") else "GET"

        assert refusal(mock.ask(method, f"{A}/{app_id}/{what}", to_group(LYON))) == (404, "Application_NotFound")

    @pytest.mark.parametrize(
        ("key", "group", "code"),
        [
            (NOBODY, PARIS, "Application_NotFound"),
            (PLAIN, PARIS, "Application_NotFound"),
            (WIKI, NOBODY, "ConnectorGroup_NotFound"),
            (WIKI, ADFS, "ConnectorGroup_NotFound"),
        ],
    )
    def test_only_published_applications_and_existing_groups_go_together(self, mock, key, group, code):
        """R7, R36."""
        before = mock.tenant

        assert refusal(mock.assign(key, group)) == (404, code)
        assert mock.tenant is before

    @pytest.mark.parametrize(
        ("method", "what"),
        [
            ("GET", "connectorGroup"),
            ("GET", "connectorGroup/$ref"),
            ("DELETE", "connectorGroup/$ref"),
            ("GET", "onPremisesPublishing"),
        ],
    )
    def test_an_unpublished_application_has_no_group_to_read_or_to_leave(self, mock, method, what):
        """R7."""
        assert refusal(mock.ask(method, f"{A}/{PLAIN}/{what}")) == (404, "Application_NotFound")

    def test_a_policy_keeps_applications_off_default(self):
        """The seed's recommended configuration, as a rule of the fixture."""
        groups = [{"id": DEFAULT, "name": "Default", "isDefault": True}, {"id": LYON, "name": "Lyon"}]
        wiki = {"id": WIKI, "displayName": "Wiki", "connectorGroup": "Lyon", "onPremisesPublishing": {}}
        rules = {"defaultGroupServesApplications": "deny"}
        mock = Mock(document={"rules": rules, "connectorGroups": groups, "applications": [wiki]})
        answers = [mock.assign(WIKI, DEFAULT), mock.delete(f"{A}/{WIKI}/connectorGroup/$ref")]

        assert [refusal(each) for each in answers] == [(400, "DefaultConnectorGroupIsIdle_BadRequest")] * 2
        assert mock.group_of(WIKI) == LYON


class TestPublishing:
    def test_it_is_absent_where_nobody_asks(self, mock):
        """R50."""
        assert "onPremisesPublishing" not in mock.get(f"{A}/{WIKI}").json()
        assert "onPremisesPublishing" not in mock.get(A).json()["value"][0]

    def test_it_is_there_when_selected_on_one_application(self, mock):
        """R50: TF."""
        answer = mock.get(f"{A}/{WIKI}?$select=id,onPremisesPublishing").json()

        assert answer["onPremisesPublishing"]["internalUrl"] == "https://wiki.contoso.com/"

    def test_it_can_be_read_by_itself(self, mock):
        """R50: CAM, GitOps."""
        answer = mock.get(f"{A}/{WIKI}/onPremisesPublishing").json()

        assert answer["externalUrl"] == "https://wiki.com/"

    @pytest.mark.parametrize(
        "selected", ["onPremisesPublishing", "id,OnPremisesPublishing", "onPremisesPublishing/internalUrl"]
    )
    def test_it_cannot_be_selected_on_the_collection(self, mock, selected):
        """R50: CAM, GitOps."""
        answer = mock.get(f"{A}?$select={selected}")

        assert refusal(answer) == (400, "InvalidGuid_BadRequest")
        assert "[sourceEntityId]" in answer.json()["error"]["message"]

    def test_publishing_puts_an_application_on_default(self, mock):
        """R6."""
        answer = mock.patch(f"{A}/{PLAIN}", {"onPremisesPublishing": {"internalUrl": "https://plain.contoso.com"}})

        assert (answer.status, answer.body) == (204, b"")
        assert mock.group_of(PLAIN) == DEFAULT
        assert mock.applications(DEFAULT) == [FILES, PLAIN]

    @pytest.mark.parametrize("way", ["null", "delete"])
    def test_unpublishing_takes_an_application_out_of_its_group(self, mock, way):
        """R51."""
        if way == "null":
            answer = mock.patch(f"{A}/{WIKI}", {"onPremisesPublishing": None})
        else:
            answer = mock.delete(f"{A}/{WIKI}/onPremisesPublishing")

        assert answer.status == 204
        assert mock.applications(PARIS) == [CALENDAR]
        assert refusal(mock.get(f"{A}/{WIKI}/connectorGroup")) == (404, "Application_NotFound")

    @pytest.mark.parametrize("publishing", [None, {"internalUrl": "https://x.contoso.com/"}])
    def test_it_is_not_said_together_with_anything_else(self, mock, publishing):
        """R51: issue 16577."""
        before = mock.tenant
        answer = mock.patch(f"{A}/{WIKI}", {"displayName": "x", "onPremisesPublishing": publishing})

        assert refusal(answer) == (400, "Request_BadRequest")
        assert "not supported on the targeted entity set" in answer.json()["error"]["message"]
        assert mock.tenant is before

    def test_what_a_change_does_not_say_stays(self, mock):
        mock.patch(f"{A}/{WIKI}", {"onPremisesPublishing": {"isHttpOnlyCookieEnabled": True}})
        publishing = mock.get(f"{A}/{WIKI}/onPremisesPublishing").json()

        assert [publishing[name] for name in ("internalUrl", "isHttpOnlyCookieEnabled")] == [
            "https://wiki.contoso.com/",
            True,
        ]
        assert mock.group_of(WIKI) == PARIS

    def test_a_boolean_may_be_written_as_text_at_its_own_path_only(self, mock):
        """U-33: one tutorial sends it."""
        publishing = {"isDnsResolutionEnabled": "true"}

        assert mock.patch(f"{A}/{WIKI}/onPremisesPublishing", publishing).status == 204
        assert refusal(mock.patch(f"{A}/{WIKI}", {"onPremisesPublishing": publishing})) == (400, "BadRequest")

    @pytest.mark.parametrize(
        ("publishing", "code"),
        [
            ({"internalUrl": "https://CAL.contoso.com/"}, "InternalUrl_Duplicate"),
            ({"externalUrl": "https://cal.com"}, "ExternalUrl_Duplicate"),
        ],
    )
    def test_no_two_applications_share_a_url(self, mock, publishing, code):
        assert refusal(mock.patch(f"{A}/{WIKI}", {"onPremisesPublishing": publishing})) == (400, code)

    def test_an_application_with_a_type_in_its_body_is_refused(self, mock):
        """TF: a top-level @odata.type beside onPremisesPublishing is rejected."""
        body = {
            "@odata.type": "#microsoft.graph.application",
            "onPremisesPublishing": {"internalUrl": "https://x.com/"},
        }

        assert refusal(mock.patch(f"{A}/{WIKI}", body))[0] == 400


class TestApplications:
    def test_all_are_listed(self, mock):
        assert mock.get(A).ids == APPLICATIONS

    def test_one_can_be_created(self, mock):
        answer = mock.post(A, {"displayName": "Maps", "tags": ["a"]})
        made = answer.json()

        assert (answer.status, answer.headers["Location"]) == (201, f"http://localhost:8365{A}/{made['id']}")
        assert mock.get(f"{A}/{made['id']}").json() == made

    def test_one_can_be_changed(self, mock):
        assert mock.patch(f"{A}/{WIKI}", {"displayName": "Wiki 2"}).status == 204
        assert mock.get(f"{A}/{WIKI}").json()["displayName"] == "Wiki 2"

    def test_one_that_is_deleted_leaves_its_group(self, mock):
        """R52."""
        assert mock.delete(f"{A}/{WIKI}").status == 204
        assert mock.applications(PARIS) == [CALENDAR]
        assert refusal(mock.get(f"{A}/{WIKI}")) == (404, "Request_ResourceNotFound")

    def test_one_is_found_by_its_app_id(self, mock):
        app_id = mock.get(f"{A}/{WIKI}").json()["appId"]

        assert mock.get(f"{A}(appId='{app_id}')").json()["id"] == WIKI
        assert mock.get(f"{A}?$filter=appId eq '{app_id}'").ids == [WIKI]

    def test_an_unknown_property_is_refused_in_the_words_of_the_directory(self, mock):
        answer = mock.patch(f"{A}/{WIKI}", {"nonsense": 1})

        assert refusal(answer) == (400, "Request_BadRequest")
        assert answer.json()["error"]["message"] == "Invalid property 'nonsense'."
