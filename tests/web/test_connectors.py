"""Connectors over HTTP: what is shown, and the one thing that is done to them, a move from group to group."""

from __future__ import annotations

import pytest
from web.asking import (
    ADFS,
    CONNECTORS,
    DEFAULT,
    GRAPH,
    LYON,
    NEW,
    NOBODY,
    OSAKA,
    OSAKA_1,
    PARIS,
    PARIS_1,
    PARIS_2,
    PERTH,
    Mock,
    P,
    refusal,
    to_connector,
    to_group,
    without_context,
)

C = f"{P}/connectors"
G = f"{P}/connectorGroups"

WAYS_TO_MOVE = [
    ("POST", f"{C}/{NEW}/memberOf/$ref", to_group(PARIS)),
    ("PUT", f"{C}/{NEW}/memberOf/$ref", to_group(PARIS)),
    ("POST", f"{G}/{PARIS}/members/$ref", to_connector(NEW)),
]
WAYS_TO_TAKE_OUT = [
    f"{C}/{PARIS_1}/memberOf/{PARIS}/$ref",
    f"{C}/{PARIS_1}/memberOf/$ref?@id={GRAPH}{G}/{PARIS}",
    f"{G}/{PARIS}/members/{PARIS_1}/$ref",
    f"{G}/{PARIS}/members/$ref?@id={GRAPH}{C}/{PARIS_1}",
    f"{G}/{PARIS}/members/$ref?%40id={GRAPH}{C}/{PARIS_1}",
    f"{G}/{PARIS}/members/$ref?$id={GRAPH}{C}/{PARIS_1}",
]


def test_all_connectors_are_listed(mock):
    assert mock.get(C).ids == CONNECTORS


def test_a_connector_shows_its_five_properties(mock):
    """R30."""
    assert without_context(mock.get(f"{C}/{PARIS_2}").json()) == {
        "id": PARIS_2,
        "machineName": "paris-2",
        "externalIp": "203.0.113.2",
        "status": "inactive",
        "version": "1.5.3829.0",
    }


@pytest.mark.parametrize(("key", "group"), [(NEW, DEFAULT), (PARIS_1, PARIS), (OSAKA_1, OSAKA)])
def test_the_group_of_a_connector_is_a_collection_of_one(mock, key, group):
    """R2."""
    assert mock.get(f"{C}/{key}/memberOf").ids == [group]


def test_a_new_connector_lands_in_the_default_group(mock):
    """R3."""
    made = mock.post("/_mock/connectors", {"machineName": "m"}).json()["id"]

    assert mock.get(f"{C}/{made}/memberOf").ids == [DEFAULT]
    assert mock.members(DEFAULT) == [NEW, made]


@pytest.mark.parametrize(("method", "path", "body"), WAYS_TO_MOVE)
def test_a_connector_can_be_moved_in_three_ways(mock, method, path, body):
    """R32: EntraPS POSTs, GSAps PUTs, the documentation POSTs to members."""
    answer = mock.ask(method, path, body)

    assert (answer.status, answer.body) == (204, b"")
    assert mock.get(f"{C}/{NEW}/memberOf").ids == [PARIS]


def test_a_move_takes_a_connector_out_of_the_group_before(mock):
    """R4: nothing is lost, nothing is doubled."""
    mock.move(PARIS_1, LYON)

    assert [mock.members(group) for group in (DEFAULT, PARIS, LYON)] == [[NEW], [PARIS_2], [PARIS_1]]
    assert mock.get(C).ids == CONNECTORS


def test_a_connector_can_be_moved_back_to_default(mock):
    """R5: how a connector is idled for maintenance."""
    mock.move(PARIS_1, DEFAULT)

    assert mock.members(DEFAULT) == [NEW, PARIS_1]


def test_moving_a_connector_to_where_it_is_succeeds_and_changes_nothing(mock):
    """R35: boot scripts run again."""
    before = mock.tenant

    assert mock.move(PARIS_1, PARIS).status == 204
    assert mock.tenant is before


@pytest.mark.parametrize(
    ("key", "group", "code"),
    [
        (NEW, NOBODY, "ConnectorGroup_NotFound"),
        (NOBODY, PARIS, "Connector_NotFound"),
        (NEW, ADFS, "ConnectorGroup_NotFound"),
    ],
)
def test_an_unknown_connector_or_group_makes_no_move(mock, key, group, code):
    """R36."""
    before = mock.tenant

    assert refusal(mock.move(key, group)) == (404, code)
    assert mock.tenant is before


def test_a_connector_cannot_be_moved_from_one_region_to_another(mock):
    """R34: network-topology: only from a group that uses the default region."""
    assert refusal(mock.move(OSAKA_1, PERTH)) == (400, "ConnectorGroupRegion_BadRequest")
    assert mock.members(OSAKA) == [OSAKA_1]


def test_a_connector_gets_to_another_region_by_way_of_the_default_one(mock):
    """R34."""
    assert [mock.move(OSAKA_1, group).status for group in (DEFAULT, PERTH)] == [204, 204]
    assert mock.members(PERTH) == [OSAKA_1]


def test_q20_allows_the_straight_way():
    """R34, Q20."""
    assert Mock("observed,Q20=allowed").move(OSAKA_1, PERTH).status == 204


@pytest.mark.parametrize("target", WAYS_TO_TAKE_OUT)
def test_taking_a_connector_out_of_a_group_puts_it_back_on_default(mock, target):
    """U-22: a connector is always in a group."""
    assert mock.delete(target).status == 204
    assert [mock.members(group) for group in (DEFAULT, PARIS)] == [[NEW, PARIS_1], [PARIS_2]]


@pytest.mark.parametrize(
    ("target", "refused"),
    [
        (f"{C}/{PARIS_1}/memberOf/{LYON}/$ref", (404, "ConnectorGroup_NotFound")),
        (f"{C}/{NEW}/memberOf/{DEFAULT}/$ref", (400, "ConnectorOnDefaultConnectorGroup_BadRequest")),
        (f"{G}/{PARIS}/members/{NEW}/$ref", (404, "Connector_NotFound")),
        (f"{G}/{PARIS}/members/$ref?@id={GRAPH}{C}/{NEW}", (404, "Connector_NotFound")),
        (f"{G}/{PARIS}/members/$ref?@id={GRAPH}{G}/{PARIS}", (400, "InvalidReference_BadRequest")),
        (f"{G}/{PARIS}/members/$ref?@id=nonsense", (400, "InvalidReference_BadRequest")),
        (f"{G}/{PARIS}/members/$ref", (400, "InvalidReference_BadRequest")),
    ],
)
def test_a_connector_can_be_taken_only_out_of_its_own_group_and_not_out_of_default(mock, target, refused):
    """U-22."""
    before = mock.tenant

    assert refusal(mock.delete(target)) == refused
    assert mock.tenant is before


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", C), ("PATCH", f"{C}/{NEW}"), ("DELETE", f"{C}/{NEW}"), ("PUT", f"{C}/{NEW}")],
)
def test_a_connector_cannot_be_written_through_the_graph(mock, method, path):
    """R31: no client and no permission for it."""
    assert refusal(mock.ask(method, path, {"machineName": "m"})) == (405, "Request_BadRequest")


@pytest.mark.parametrize("path", ["", "/memberOf", "/memberOf/$count", "/memberOf/$ref"])
def test_a_connector_that_does_not_exist_is_not_found(mock, path):
    """R36: code by the pattern of its siblings, and marked so."""
    answer = mock.get(f"{C}/{NOBODY}{path}")

    assert refusal(answer) == (404, "Connector_NotFound")
    assert answer.headers["x-mock-unverified"] == "true"
