"""Connector groups over HTTP: what is shown, created, changed and deleted, and what is refused."""

from __future__ import annotations

import re

import pytest
from web.asking import (
    ADFS,
    DEFAULT,
    GROUPS,
    LYON,
    NEW,
    NOBODY,
    OSAKA,
    PARIS,
    PARIS_1,
    PARIS_2,
    PERTH,
    Mock,
    P,
    refusal,
)

G = f"{P}/connectorGroups"
PARIS_AS_SHOWN = {
    "id": PARIS,
    "name": "Paris",
    "region": "eur",
    "connectorGroupType": "applicationProxy",
    "isDefault": False,
}
READ_ONLY = [{"isDefault": True}, {"connectorGroupType": "adfs"}, {"id": NOBODY}]


def shown(mock: Mock, key: str) -> dict:
    """The group without its annotations."""
    group = mock.get(f"{G}/{key}").json()
    del group["@odata.context"]
    return group


def create(mock: Mock, **properties: object) -> dict:
    return mock.post(G, properties).json()


def test_the_list_has_the_default_group_and_all_others(mock):
    """R23: those of other types too, under the observed behaviour."""
    assert mock.get(G).ids == GROUPS


def test_exactly_one_group_is_the_default_one(mock):
    """R1."""
    groups = mock.get(G).json()["value"]

    assert [group["id"] for group in groups if group["isDefault"]] == [DEFAULT]


def test_a_group_shows_its_five_properties(mock):
    assert shown(mock, PARIS) == PARIS_AS_SHOWN


def test_a_group_without_a_region_shows_null():
    mock = Mock(document={"connectorGroups": [{"id": LYON, "name": "Lyon", "region": None}]})

    assert shown(mock, LYON)["region"] is None


@pytest.mark.parametrize(
    ("behaviour", "status"), [("observed", 200), ("documented", 201), ("strict", 201)]
)  # fmt: skip
def test_the_status_of_a_created_group_depends_on_the_behaviour(behaviour, status):
    """R10, Q1: TF saw 200, the documentation says 201."""
    assert Mock(behaviour).post(G, {"name": "Berlin"}).status == status


def test_a_created_group_is_answered_with_what_the_service_gave_it(mock):
    """R10."""
    made = create(mock, name="Berlin")

    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made["id"])
    assert made["@odata.context"].endswith("/connectorGroups/$entity")
    assert shown(mock, made["id"]) == PARIS_AS_SHOWN | {"id": made["id"], "name": "Berlin"}


def test_the_location_of_a_created_group_leads_to_it(mock):
    """U-32."""
    answer = mock.post(G, {"name": "Berlin"})

    assert answer.headers["Location"] == f"http://localhost:8365{G}/{answer.json()['id']}"


def test_a_created_group_stands_at_the_end_of_the_list(mock):
    made = create(mock, name="Berlin")

    assert mock.get(G).ids == [*GROUPS, made["id"]]


@pytest.mark.parametrize("said", READ_ONLY, ids=str)
def test_what_is_read_only_is_ignored_in_a_create(mock, said):
    """R11: TF saw it accepted and ignored."""
    made = create(mock, name="Berlin", **said)

    assert shown(mock, made["id"]) == PARIS_AS_SHOWN | {"id": made["id"], "name": "Berlin"}
    assert made["id"] != NOBODY


@pytest.mark.parametrize("said", READ_ONLY, ids=str)
@pytest.mark.parametrize("behaviour", ["observed", "documented", "strict"])
def test_what_is_read_only_is_refused_in_an_update(behaviour, said):
    """R12, Q4: TF saw it rejected; the text is not known, and marked so."""
    mock = Mock(behaviour)
    before = mock.tenant
    answer = mock.patch(f"{G}/{PARIS}", said)

    assert refusal(answer) == (400, "Request_BadRequest")
    assert answer.headers["x-mock-unverified"] == "true"
    assert mock.tenant is before


@pytest.mark.parametrize(
    ("behaviour", "status", "body"), [("observed", 204, False), ("documented", 200, True), ("strict", 204, False)]
)
def test_the_answer_to_a_changed_group_depends_on_the_behaviour(behaviour, status, body):
    """R13, Q2: TF saw an empty 204, the documentation says 200 with the group."""
    answer = Mock(behaviour).patch(f"{G}/{PARIS}", {"name": "Paris 2"})

    assert (answer.status, bool(answer.body)) == (status, body)


def test_a_change_is_seen_at_once(mock):
    mock.patch(f"{G}/{PARIS}", {"name": "Paris 2"})

    assert shown(mock, PARIS) == PARIS_AS_SHOWN | {"name": "Paris 2"}


def test_an_update_that_says_nothing_changes_nothing(mock):
    before = mock.tenant
    answer = mock.patch(f"{G}/{PARIS}", {})

    assert answer.status == 204
    assert mock.tenant is before


def test_property_names_are_taken_in_any_letter_case(mock):
    """R14: EntraPS, GSAps and M365DSC send capitals."""
    made = create(mock, Name="Berlin", Region="aus")
    mock.patch(f"{G}/{PARIS}", {"NAME": "Paris 2"})

    assert (made["name"], made["region"], shown(mock, PARIS)["name"]) == ("Berlin", "aus", "Paris 2")


@pytest.mark.parametrize("region", ["nam", "eur", "aus", "asia", "ind", "japan", "Japan", "EUR"])
def test_regions_are_taken_in_any_letter_case_and_shown_in_lower_case(mock, region):
    """R16: TF, multi-geo documentation."""
    assert create(mock, name="Berlin", region=region)["region"] == region.lower()


def test_a_group_created_without_a_region_has_the_tenants(mock):
    """R15."""
    assert create(mock, name="Berlin")["region"] == "eur"


def test_a_group_may_be_created_with_a_null_region(mock):
    """R15: ZT and M365DSC cater for null."""
    assert create(mock, name="Berlin", region=None)["region"] is None


@pytest.mark.parametrize("key", [PARIS, OSAKA, DEFAULT])
def test_the_region_of_a_group_in_use_is_fixed(mock, key):
    """R17: network-topology."""
    assert refusal(mock.patch(f"{G}/{key}", {"region": "nam"})) == (400, "ConnectorGroupRegion_BadRequest")


def test_the_region_of_an_empty_group_can_be_changed(mock):
    """R17."""
    assert mock.patch(f"{G}/{PERTH}", {"region": "nam"}).status == 204
    assert shown(mock, PERTH)["region"] == "nam"


def test_repeating_the_region_of_a_group_in_use_passes(mock):
    """R17: TF comment."""
    assert mock.patch(f"{G}/{PARIS}", {"region": "EUR"}).status == 204


def test_a_group_emptied_can_change_its_region(mock):
    """R17: connectors and applications both count."""
    for key in (PARIS_1, PARIS_2):
        mock.move(key, LYON)
    still_serving = mock.patch(f"{G}/{PARIS}", {"region": "nam"}).status
    for key in mock.applications(PARIS):
        mock.assign(key, LYON)

    assert still_serving == 400
    assert mock.patch(f"{G}/{PARIS}", {"region": "nam"}).status == 204


def test_an_empty_group_can_be_deleted(mock):
    """R18."""
    assert mock.delete(f"{G}/{LYON}").status == 204
    assert refusal(mock.get(f"{G}/{LYON}")) == (404, "ConnectorGroup_NotFound")
    assert mock.get(G).ids == [key for key in GROUPS if key != LYON]


def test_a_group_can_be_deleted_once(mock):
    mock.delete(f"{G}/{LYON}")

    assert refusal(mock.delete(f"{G}/{LYON}")) == (404, "ConnectorGroup_NotFound")


@pytest.mark.parametrize("emptied_of", ["nothing", "connectors", "applications"])
def test_a_group_that_holds_anything_cannot_be_deleted(mock, emptied_of):
    """R19: graph-docs, EntraPS help."""
    if emptied_of == "connectors":
        for key in mock.members(PARIS):
            mock.move(key, LYON)
    if emptied_of == "applications":
        for key in mock.applications(PARIS):
            mock.assign(key, LYON)

    assert refusal(mock.delete(f"{G}/{PARIS}")) == (400, "ConnectorGroupNotEmpty_BadRequest")
    assert shown(mock, PARIS) == PARIS_AS_SHOWN


def test_the_default_group_cannot_be_deleted_even_when_empty(mock):
    """R20."""
    mock.move(NEW, LYON)
    for key in mock.applications(DEFAULT):
        mock.assign(key, LYON)

    assert refusal(mock.delete(f"{G}/{DEFAULT}")) == (400, "DefaultConnectorGroup_BadRequest")


def test_the_default_group_can_be_renamed_and_stays_the_default_one(mock):
    """R21: nothing forbids it; `isDefault` does not depend on the name."""
    mock.patch(f"{G}/{DEFAULT}", {"name": "Idle"})
    mock.patch(f"{G}/{LYON}", {"name": "Default"})

    assert [shown(mock, key)["isDefault"] for key in (DEFAULT, LYON)] == [True, False]
    assert mock.post("/_mock/connectors", {"machineName": "m"}).json()["memberOf"] == DEFAULT


def test_under_strict_the_default_group_keeps_its_name():
    """R21."""
    assert refusal(Mock("strict").patch(f"{G}/{DEFAULT}", {"name": "Idle"})) == (
        400,
        "DefaultConnectorGroup_BadRequest",
    )


def test_two_groups_may_have_one_name(mock):
    """R22: they stay two."""
    made = create(mock, name="Paris")

    assert mock.get(f"{G}?$filter=name eq 'Paris'").ids == [PARIS, made["id"]]


@pytest.mark.parametrize("name", ["Paris", "PARIS"])
def test_under_strict_a_name_is_taken_once(name):
    """R22, Q8."""
    assert refusal(Mock("strict").post(G, {"name": name})) == (400, "ConnectorGroupName_Duplicate")


def test_a_group_of_another_type_has_neither_members_nor_applications(mock):
    """R23: CAM saw 404, EE swallows these codes."""
    answers = [refusal(mock.get(f"{G}/{ADFS}/{what}")) for what in ("members", "applications")]

    assert answers == [(404, "ConnectorGroup_NotFound"), (404, "ApplicationsForGroup_NotFound")]


@pytest.mark.parametrize(("behaviour", "listed"), [("observed", True), ("documented", False), ("strict", False)])
def test_groups_of_other_types_are_listed_where_the_behaviour_says_so(behaviour, listed):
    """R23, Q7."""
    mock = Mock(behaviour)

    assert (ADFS in mock.get(G).ids) == listed
    assert mock.get(f"{G}/$count").body == str(len(GROUPS) - (not listed)).encode()


def test_an_empty_group_has_empty_lists(mock):
    """R8, U-15."""
    assert (mock.members(LYON), mock.applications(LYON)) == ([], [])


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "", "ConnectorGroup_NotFound"),
        ("PATCH", "", "ConnectorGroup_NotFound"),
        ("DELETE", "", "ConnectorGroup_NotFound"),
        ("GET", "/members", "ConnectorGroup_NotFound"),
        ("GET", "/members/$count", "ConnectorGroup_NotFound"),
        ("GET", "/members/$ref", "ConnectorGroup_NotFound"),
        ("POST", "/members/$ref", "ConnectorGroup_NotFound"),
        ("GET", "/applications", "ApplicationsForGroup_NotFound"),
        ("GET", "/applications/$count", "ApplicationsForGroup_NotFound"),
    ],
)
def test_a_group_that_does_not_exist_is_not_found(mock, method, path, code):
    """R36 and its kind: the codes EE and CAM saw."""
    assert refusal(mock.ask(method, f"{G}/{NOBODY}{path}", {"name": "x"})) == (404, code)
