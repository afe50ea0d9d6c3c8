"""Where documentation and service disagree: each point on both its sides, over HTTP."""

from __future__ import annotations

import pytest
from web.asking import (
    ADFS,
    DEFAULT,
    DOCUMENT,
    FILES,
    GRAPH,
    LYON,
    NEW,
    NOBODY,
    OSAKA_1,
    PARIS,
    PARIS_1,
    PARIS_2,
    PERTH,
    WIKI,
    Mock,
    P,
    refusal,
    to_connector,
    to_group,
)

A = "/beta/applications"
C = f"{P}/connectors"
G = f"{P}/connectorGroups"
MOVE = f"{C}/{NEW}/memberOf/$ref"
OWN = "http://localhost:8365"

CASES = [
    ("Q1", "200", "POST", G, {"name": "Berlin"}, 200),
    ("Q1", "201", "POST", G, {"name": "Berlin"}, 201),
    ("Q2", "204", "PATCH", f"{G}/{LYON}", {"name": "Lyon 2"}, 204),
    ("Q2", "200", "PATCH", f"{G}/{LYON}", {"name": "Lyon 2"}, 200),
    ("Q3", "ignored", "POST", G, {"name": "Berlin", "isDefault": True}, 200),
    ("Q3", "refused", "POST", G, {"name": "Berlin", "isDefault": True}, (400, "Request_BadRequest")),
    ("Q3", "refused", "POST", G, {"name": "Berlin", "id": NOBODY}, (400, "Request_BadRequest")),
    ("Q4", "refused", "PATCH", f"{G}/{LYON}", {"isDefault": True}, (400, "Request_BadRequest")),
    ("Q5", "observed", "POST", G, {"name": "Berlin", "region": "Japan"}, 200),
    ("Q5", "published", "POST", G, {"name": "Berlin", "region": "japan"}, (400, "BadRequest")),
    ("Q5", "published", "POST", G, {"name": "Berlin", "region": "EUR"}, 200),
    ("Q5", "exact", "POST", G, {"name": "Berlin", "region": "EUR"}, (400, "BadRequest")),
    ("Q5", "exact", "POST", G, {"name": "Berlin", "region": "eur"}, 200),
    ("Q8", "allowed", "POST", G, {"name": "Paris"}, 200),
    ("Q8", "refused", "POST", G, {"name": "paris"}, (400, "ConnectorGroupName_Duplicate")),
    ("Q8", "refused", "PATCH", f"{G}/{LYON}", {"name": "Paris"}, (400, "ConnectorGroupName_Duplicate")),
    ("Q8", "refused", "PATCH", f"{G}/{LYON}", {"name": "Lyon"}, 204),
    ("Q9", "ignored", "GET", f"{G}?$Filter=Name EQ 'Paris'", None, 200),
    ("Q9", "exact", "GET", f"{G}?$filter=name eq 'Paris'", None, 200),
    ("Q9", "exact", "GET", f"{G}?$Filter=name eq 'Paris'", None, (400, "BadRequest")),
    ("Q9", "exact", "GET", f"{G}?$filter=Name eq 'Paris'", None, (400, "BadRequest")),
    ("Q9", "exact", "GET", f"{G}?$filter=name EQ 'Paris'", None, (400, "BadRequest")),
    ("Q9", "exact", "GET", f"{G}?$select=Name", None, (400, "BadRequest")),
    ("Q9", "exact", "GET", G.replace("connectorGroups", "connectorgroups"), None, (404, "")),
    ("Q9", "exact", "GET", G.replace("applicationProxy", "applicationproxy"), None, (404, "Request_ResourceNotFound")),
    ("Q9", "exact", "POST", G, {"Name": "Berlin"}, (400, "Request_BadRequest")),
    ("Q10", "tolerated", "GET", f"{G}/", None, 200),
    ("Q10", "canonical", "GET", f"{G}/{PARIS}", None, 200),
    ("Q10", "canonical", "GET", f"{G}/", None, (400, "BadRequest")),
    ("Q10", "canonical", "GET", G.replace("/beta/", "/beta//"), None, (400, "BadRequest")),
    ("Q10", "canonical", "GET", f"{G}('{PARIS}')", None, (400, "BadRequest")),
    ("Q11", "accepted", "POST", MOVE, to_group(PARIS, GRAPH), 204),
    ("Q11", "own", "POST", MOVE, to_group(PARIS, OWN), 204),
    ("Q11", "own", "POST", MOVE, to_group(PARIS, GRAPH), (400, "InvalidReference_BadRequest")),
    ("Q11", "own", "POST", MOVE, to_group(PARIS, ""), (400, "InvalidReference_BadRequest")),
    ("Q11", "own", "DELETE", f"{G}/{PARIS}/members/$ref?@id={OWN}{C}/{PARIS_1}", None, 204),
    ("Q11", "own", "DELETE", f"{G}/{PARIS}/members/$ref?@id={GRAPH}{C}/{PARIS_1}", None,
     (400, "InvalidReference_BadRequest")),
    ("Q16", "refused", "DELETE", f"{A}/{FILES}/connectorGroup/$ref", None,
     (400, "ApplicationOnDefaultConnectorGroup_BadRequest")),
    ("Q16", "204", "DELETE", f"{A}/{FILES}/connectorGroup/$ref", None, 204),
    ("Q17", "empty-code", "GET", f"{P}/nonsense", None, (404, "")),
    ("Q17", "Request_ResourceNotFound", "GET", f"{P}/nonsense", None, (404, "Request_ResourceNotFound")),
    ("Q19", "refused", "GET", f"{A}?$select=id,onPremisesPublishing", None, (400, "InvalidGuid_BadRequest")),
    ("Q19", "allowed", "GET", f"{A}?$select=id,onPremisesPublishing", None, 200),
    ("Q20", "refused", "POST", f"{C}/{OSAKA_1}/memberOf/$ref", to_group(PERTH),
     (400, "ConnectorGroupRegion_BadRequest")),
    ("Q20", "allowed", "POST", f"{C}/{OSAKA_1}/memberOf/$ref", to_group(PERTH), 204),
    ("Q22", "refused", "POST", C, {"machineName": "m"}, (405, "Request_BadRequest")),
    ("Q22", "refused", "PATCH", f"{C}/{NEW}", {"machineName": "m"}, (405, "Request_BadRequest")),
    ("Q22", "refused", "DELETE", f"{C}/{NEW}", None, (405, "Request_BadRequest")),
    ("Q22", "allowed", "POST", C, {"machineName": "m"}, 201),
    ("Q22", "allowed", "PATCH", f"{C}/{NEW}", {"machineName": "m"}, 204),
    ("Q22", "allowed", "DELETE", f"{C}/{NEW}", None, 204),
    ("Q23", "404", "GET", f"{G}/nonsense", None, (404, "ConnectorGroup_NotFound")),
    ("Q23", "400", "GET", f"{G}/nonsense", None, (400, "InvalidGuid_BadRequest")),
    ("Q23", "400", "GET", f"{C}/nonsense/memberOf", None, (400, "InvalidGuid_BadRequest")),
    ("Q23", "400", "GET", f"{A}/nonsense", None, (400, "InvalidGuid_BadRequest")),
    ("Q23", "400", "GET", f"{G}/{NOBODY}", None, (404, "ConnectorGroup_NotFound")),
    ("Q23", "400", "GET", P, None, 200),
]  # fmt: skip


@pytest.mark.parametrize(("quirk", "choice", "method", "path", "body", "expected"), CASES)
def test_the_answer_is_the_one_that_was_chosen(quirk, choice, method, path, body, expected):
    answer = Mock(f"observed,{quirk}={choice}").ask(method, path, body)

    assert expected == (answer.status if answer.status < 400 else refusal(answer))


@pytest.mark.parametrize(
    ("behaviour", "by_post", "by_put", "by_members"),
    [("observed", 204, 204, 204), ("documented", 204, 405, 204), ("strict", 204, 405, 405)],
)
def test_a_connector_is_moved_in_the_ways_that_the_behaviour_knows(behaviour, by_post, by_put, by_members):
    """Q12, R32."""
    asked = [
        ("POST", f"{C}/{NEW}/memberOf/$ref", to_group(LYON, OWN), by_post),
        ("PUT", f"{C}/{NEW}/memberOf/$ref", to_group(LYON, OWN), by_put),
        ("POST", f"{G}/{LYON}/members/$ref", to_connector(NEW, OWN), by_members),
    ]
    # Strict groups have no region unless they say so, and a move to one without is no move to another region.
    answers = [Mock(behaviour).ask(method, path, body).status for method, path, body, _ in asked]

    assert answers == [status for *_, status in asked]


@pytest.mark.parametrize(("choice", "region"), [("tenant", "eur"), ("null", None)])
def test_a_group_that_says_no_region_has_the_chosen_one(choice, region):
    """Q6, R15."""
    assert Mock(f"observed,Q6={choice}").post(G, {"name": "Berlin"}).json()["region"] == region


@pytest.mark.parametrize(("choice", "listed"), [("listed", True), ("hidden", False)])
def test_groups_of_other_types_are_listed_or_hidden(choice, listed):
    """Q7, R23."""
    assert (ADFS in Mock(f"observed,Q7={choice}").get(G).ids) == listed


def test_hidden_groups_are_neither_counted_nor_found_nor_expanded():
    """Q7, R23."""
    mock = Mock("observed,Q7=hidden")
    filtered = mock.get(f"{G}?$filter=connectorGroupType eq 'adfs'&$count=true").json()
    expanded = mock.get(f"{P}?$expand=connectorGroups").json()["connectorGroups"]

    assert (mock.get(f"{G}/$count").body, filtered["@odata.count"], filtered["value"]) == (b"5", 0, [])
    assert ADFS not in [each["id"] for each in expanded]


@pytest.mark.parametrize(
    ("choice", "path", "tip"),
    [
        ("off", f"{G}/{PARIS}", None),
        ("on", f"{G}/{PARIS}", "GET onPremisesPublishingProfiles('applicationProxy')/connectorGroups"),
        ("on", G, "GET onPremisesPublishingProfiles('applicationProxy')/connectorGroups"),
        ("on", f"{G}?$select=id", None),
    ],
)
def test_tips_are_given_where_they_are_on_and_nothing_was_selected(choice, path, tip):
    """Q18: newer documentation outputs show them."""
    said = Mock(f"observed,Q18={choice}").get(path).json().get("@microsoft.graph.tips")

    assert (said is None) == (tip is None)
    assert tip is None or tip in said


def test_publishing_can_be_selected_on_the_collection_where_it_is_allowed():
    """Q19, R50."""
    rows = Mock("observed,Q19=allowed").get(f"{A}?$select=onPremisesPublishing").json()["value"]

    assert [(row["onPremisesPublishing"] or {}).get("internalUrl") for row in rows] == [
        "https://wiki.contoso.com/",
        "https://files.contoso.com/",
        "https://cal.contoso.com/",
        None,
    ]


def test_a_connector_written_through_the_graph_follows_the_rules():
    """Q22, R3."""
    mock = Mock("observed,Q22=allowed")
    made = mock.post(C, {"machineName": "m"}).json()
    mock.patch(f"{C}/{made['id']}", {"version": "1.5.3829.0"})

    assert mock.members(DEFAULT) == [NEW, made["id"]]
    assert mock.get(f"{C}/{made['id']}").json()["version"] == "1.5.3829.0"


@pytest.mark.parametrize(
    ("choice", "one", "many"),
    [
        ("strings", f"{OWN}{G}/{PARIS}", [f"{OWN}{C}/{PARIS_1}", f"{OWN}{C}/{PARIS_2}"]),
        (
            "objects",
            {"@odata.context": f"{OWN}/beta/$metadata#$ref", "@odata.id": f"{OWN}{G}/{PARIS}"},
            [{"@odata.id": f"{OWN}{C}/{PARIS_1}"}, {"@odata.id": f"{OWN}{C}/{PARIS_2}"}],
        ),
    ],
)
def test_references_are_read_as_chosen(choice, one, many):
    """U4: Microsoft's OpenAPI and SDKs expect strings, OData has objects."""
    mock = Mock(f"observed,U4={choice}")

    assert mock.get(f"{A}/{WIKI}/connectorGroup/$ref").json() == one
    assert mock.get(f"{G}/{PARIS}/members/$ref").json()["value"] == many


@pytest.mark.parametrize("behaviour", ["observed", "documented", "strict"])
def test_a_client_that_sends_canonical_requests_gets_along_with_each_behaviour(behaviour):
    """Create, change, move, assign, read, delete: what Microsoft's documentation shows."""
    mock = Mock(behaviour, {**DOCUMENT, "rules": {}})
    made = mock.post(G, {"name": "Berlin", "region": "eur"}).json()["id"]
    answers = [
        mock.patch(f"{G}/{made}", {"name": "Berlin 2"}),
        mock.post(f"{C}/{PARIS_1}/memberOf/$ref", to_group(made, OWN)),
        mock.put(f"{A}/{WIKI}/connectorGroup/$ref", to_group(made, OWN)),
        mock.get(f"{G}/{made}/members?$select=id,machineName&$top=5"),
        mock.delete(f"{A}/{WIKI}/connectorGroup/$ref"),
        mock.post(f"{C}/{PARIS_1}/memberOf/$ref", to_group(DEFAULT, OWN)),
        mock.delete(f"{G}/{made}"),
    ]

    assert [each.status for each in answers[1:]] == [204, 204, 200, 204, 204, 204]
    assert answers[0].status in (200, 204)
    assert refusal(mock.get(f"{G}/{made}")) == (404, "ConnectorGroup_NotFound")
