"""Quirks that pass: lag, replication, delays, limits, and callers without a user. Each on both of its sides."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from web.asking import LYON, PARIS, PARIS_1, PARIS_2, WIKI, Mock, P

CUSTOM = "/beta/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate"


def advance(mock: Mock, **length: float) -> None:
    """Let time pass in a sandbox whose clock is frozen."""
    state = mock.sandbox.state
    frozen = state.clock.frozen + timedelta(**length)
    mock.sandbox.state = replace(state, clock=replace(state.clock, frozen=frozen))


def bearer(**claims: object) -> str:
    """A token nobody signed; the mock believes it as far as Q15 goes."""
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
    return "Bearer " + ".".join(parts)


APP_ONLY = bearer(idtyp="app", roles=["Directory.ReadWrite.All"])
WITH_USER = bearer(scp="Directory.ReadWrite.All")


@pytest.mark.parametrize("reads", [0, 1, 3])
def test_after_an_assignment_so_many_reads_still_show_the_group_before(reads):
    """R47, Q13: TF polls after PUT."""
    mock = Mock(f"observed,Q13={reads}")
    mock.assign(WIKI, LYON)

    assert [PARIS] * reads + [LYON] == [mock.group_of(WIKI) for _ in range(reads + 1)]


def test_a_write_during_the_lag_is_decided_on_the_tenant_as_it_is():
    """R47, Q13."""
    mock = Mock("observed,Q13=5")
    mock.assign(WIKI, LYON)

    assert mock.delete(f"{P}/connectorGroups/{LYON}").status == 400


@pytest.mark.parametrize("times", [0, 1, 2])
def test_an_application_just_instantiated_refuses_so_many_changes(times):
    """Q14: M2G saw 500 while replication caught up."""
    mock = Mock(f"observed,Q14={times}")
    key = mock.post(CUSTOM, {"displayName": "New"}).json()["application"]["id"]
    statuses = [mock.patch(f"/beta/applications/{key}", {"description": "x"}).status for _ in range(times + 2)]

    assert [500] * times + [204, 204] == statuses


def test_other_applications_do_not_stumble():
    """Q14."""
    assert Mock("observed,Q14=1").patch(f"/beta/applications/{WIKI}", {"description": "x"}).status == 204


def test_a_500_on_request_says_that_it_is_no_known_answer():
    """Q14, Q26."""
    mock = Mock("observed,Q14=1")
    key = mock.post(CUSTOM, {"displayName": "New"}).json()["application"]["id"]

    assert mock.patch(f"/beta/applications/{key}", {}).headers["x-mock-unverified"] == "true"


CHANGES = [
    ("PATCH", f"{P}/connectorGroups/{PARIS}", {"name": "x"}),
    ("DELETE", f"{P}/connectorGroups/{LYON}", None),
    ("PUT", f"/beta/applications/{WIKI}/connectorGroup/$ref", {"@odata.id": f"{P}/connectorGroups/{LYON}"}),
    ("POST", f"{P}/connectors/{PARIS_1}/memberOf/$ref", {"@odata.id": f"{P}/connectorGroups/{LYON}"}),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES, ids=lambda part: str(part)[:6])
def test_a_caller_without_a_user_is_refused_where_the_documentation_says_so(method, path, body):
    """R60, Q15."""
    mock = Mock("documented")
    before = mock.tenant

    assert mock.ask(method, path, body, Authorization=APP_ONLY).status == 403
    assert mock.tenant is before


@pytest.mark.parametrize(("method", "path", "body"), CHANGES, ids=lambda part: str(part)[:6])
@pytest.mark.parametrize(("behaviour", "token"), [("observed", APP_ONLY), ("documented", WITH_USER)])
def test_and_otherwise_let_in(behaviour, token, method, path, body):
    """R60, Q15: M365DSC, TF and GitOps do it without a user."""
    assert Mock(behaviour).ask(method, path, body, Authorization=token).status < 300


def test_a_caller_without_a_user_may_read_and_create():
    """R60: the permission map lists POST of a group for applications."""
    mock = Mock("documented")

    assert mock.get(f"{P}/connectorGroups", Authorization=APP_ONLY).status == 200
    assert mock.post(f"{P}/connectorGroups", {"name": "x"}, Authorization=APP_ONLY).status == 201


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Bearer a.W10.c", "Basic YQ=="])
def test_a_token_that_says_nothing_is_no_application(token):
    """R59: any bearer token is taken, or none."""
    path = f"{P}/connectorGroups/{PARIS}"

    assert Mock("documented").patch(path, {"name": "x"}, Authorization=token).status == 200


def region_of(mock: Mock) -> str:
    return mock.get(f"{P}/connectorGroups/{LYON}").json()["region"]


def test_a_changed_region_takes_effect_at_once():
    """Q21."""
    mock = Mock("observed")
    mock.patch(f"{P}/connectorGroups/{LYON}", {"region": "japan"})

    assert region_of(mock) == "japan"


def test_or_after_the_time_that_the_documentation_names():
    """Q21: multi-geo: about 30 minutes."""
    mock = Mock("observed,Q21=PT30M")
    mock.patch(f"{P}/connectorGroups/{LYON}", {"region": "japan"})
    at_once = region_of(mock)
    advance(mock, minutes=29)
    later = region_of(mock)
    advance(mock, minutes=1)

    assert ("eur", "eur", "japan") == (at_once, later, region_of(mock))


def status_of(mock: Mock, connector: str) -> str | None:
    return mock.get(f"{P}/connectors/{connector}").json().get("status")


@pytest.mark.parametrize(
    ("choice", "minutes", "status"),
    [("PT5M+P10D", 5, "active"), ("PT5M+P10D", 6, "inactive"), ("PT1H+P10D", 6, "active"), ("PT1M+PT3M", 4, None)],
)
def test_a_silent_connector_ages_as_chosen(choice, minutes, status):
    """R37, R38, Q25."""
    mock = Mock(f"observed,Q25={choice}")
    mock.post(f"/_mock/connectors/{PARIS_1}/stop")
    advance(mock, minutes=minutes)

    assert status_of(mock, PARIS_1) == status


def test_a_connector_that_was_silent_before_is_removed_after_ten_days():
    """R38."""
    mock = Mock()
    advance(mock, days=9, hours=22)
    kept = status_of(mock, PARIS_2)
    advance(mock, hours=2)

    assert ("inactive", None) == (kept, status_of(mock, PARIS_2))


@pytest.mark.parametrize("behaviour", ["observed", "documented", "strict"])
@pytest.mark.parametrize(("auth", "status"), [("off", 200), ("lenient", 200), ("strict", 401)])
def test_who_is_let_in_is_not_a_matter_of_behaviour(auth, status, behaviour):
    """Q24: `--auth` decides."""
    assert Mock(behaviour, auth=auth).get(f"{P}/connectorGroups").status == status


def test_so_many_requests_are_let_in_and_the_next_is_told_when_to_come_back():
    """R61, graph_reference 5.11."""
    mock = Mock()
    mock.put("/_mock/throttle", {"requests": 2, "per": "PT10S"})
    replies = [mock.get(f"{P}/connectorGroups") for _ in range(3)]
    advance(mock, seconds=int(replies[2].headers["Retry-After"]))

    assert [200, 200, 429, 200] == [reply.status for reply in [*replies, mock.get(f"{P}/connectorGroups")]]
    assert replies[2].json()["error"]["code"] == "TooManyRequests"


def test_the_requests_of_a_batch_are_throttled_one_by_one():
    """R58, graph_reference 5.12: the batch is 200, the item has its own Retry-After."""
    mock = Mock()
    mock.put("/_mock/throttle", {"requests": 1, "per": "PT10S"})
    requests = [{"id": str(n), "method": "GET", "url": "/applications"} for n in range(2)]
    reply = mock.post("/beta/$batch", {"requests": requests})
    first, second = reply.json()["responses"]

    assert (200, 200, 429, "10") == (reply.status, first["status"], second["status"], second["headers"]["Retry-After"])


def test_a_throttle_is_taken_off_and_never_strikes_the_control_api():
    """interface 3."""
    mock = Mock()
    mock.put("/_mock/throttle", {"requests": 0, "per": "PT10S"})
    refused = mock.get("/beta/applications").status
    mock.put("/_mock/throttle", b"null")

    assert (429, 200) == (refused, mock.get("/beta/applications").status)


@pytest.mark.parametrize(
    "body",
    [{}, [], 5, {"requests": -1, "per": "PT1S"}, {"requests": True, "per": "PT1S"}, {"requests": 1, "per": "1s"}],
)
def test_a_throttle_that_is_none_is_refused(body):
    assert Mock().put("/_mock/throttle", body).status == 400
