"""`$batch`: several requests in one (graph_reference 5.12, R58)."""

from __future__ import annotations

import asyncio
import base64
import warnings
from typing import Any

import httpx
import pytest
from web.asking import (
    ADFS,
    CALENDAR,
    CONNECTORS,
    DEFAULT,
    DOCUMENT,
    GRAPH,
    GROUPS,
    LYON,
    NEW,
    NOBODY,
    OSAKA,
    PARIS,
    PARIS_1,
    PARIS_2,
    WIKI,
    Mock,
    P,
    Reply,
    refusal,
    to_group,
)

BATCH = "/beta/$batch"
PROXY = P.removeprefix("/beta/")
G, C = f"{PROXY}/connectorGroups", f"{PROXY}/connectors"
CONTENT = {"Content-Type": "application/json"}
LOGO = b"\x89PNG\r\n\x1a\n\xff\xfe\xfd"

Item = dict[str, Any]


def item(url: str = G, method: str = "GET", key: str = "1", **more: Any) -> Item:
    return {"id": key, "method": method, "url": url, **more}


def creating(name: str, key: str = "1", **more: Any) -> Item:
    return item(G, "POST", key, headers=CONTENT, body={"name": name}, **more)


def sent(mock: Mock, *items: Any, **headers: str) -> Reply:
    return mock.post(BATCH, {"requests": list(items)}, **headers)


def answers(mock: Mock, *items: Any, **headers: str) -> dict[str, Item]:
    """What came back for each id; the order is nobody's promise."""
    reply = sent(mock, *items, **headers)

    assert reply.status == 200

    return {each["id"]: each for each in reply.json()["responses"]}


def one(mock: Mock, said: Item, **headers: str) -> Item:
    (found,) = answers(mock, said, **headers).values()
    return found


def statuses(mock: Mock, *items: Any) -> dict[str, int]:
    return {key: each["status"] for key, each in answers(mock, *items).items()}


def names(mock: Mock) -> list[str]:
    return [each["name"] for each in mock.get(f"/beta/{G}").json()["value"]]


class TestTheWhole:
    @pytest.mark.parametrize("path", [BATCH, "/v1.0/$batch", "/beta/%24batch", "/beta/$batch/", "/beta//$batch"])
    def test_a_batch_is_answered_with_an_answer_for_each(self, mock, path):
        """5.12."""
        reply = mock.post(path, {"requests": [item("applications", key="a"), item(f"applications/{WIKI}", key="b")]})
        found = {each["id"]: each for each in reply.json()["responses"]}

        assert (reply.status, list(reply.json())) == (200, ["responses"])
        assert {key: each["status"] for key, each in found.items()} == {"a": 200, "b": 200}
        assert found["b"]["body"]["displayName"] == "Wiki"

    def test_twenty_requests_are_taken(self, mock):
        """5.12."""
        made = [creating(f"Group {n}", str(n)) for n in range(20)]

        assert statuses(mock, *made) == {str(n): 200 for n in range(20)}
        assert names(mock)[-20:] == [f"Group {n}" for n in range(20)]

    def test_twenty_one_are_not(self, mock):
        """5.12: recorded text."""
        before = mock.tenant
        reply = sent(mock, *(creating(f"Group {n}", str(n)) for n in range(21)))

        assert refusal(reply) == (400, "BadRequest")
        assert reply.json()["error"]["message"].startswith("Number of requests inside batch exceed")
        assert mock.tenant is before

    @pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
    def test_a_batch_is_posted(self, mock, method):
        assert refusal(mock.ask(method, BATCH, {"requests": [item()]})) == (405, "Request_BadRequest")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"requests": None},
            {"requests": []},
            {"requests": {}},
            {"requests": "x"},
            {"requests": [None]},
            {"requests": ["x"]},
            {"requests": [[]]},
            {"requests": [{}]},
            [],
            [item()],
            "x",
            None,
            b"{",
            b"\xff",
        ],
        ids=lambda each: str(each)[:40],
    )
    def test_what_is_no_batch_is_refused_as_a_whole(self, mock, body):
        """U-21."""
        assert refusal(mock.post(BATCH, body)) == (400, "BadRequest")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"method": "GET", "url": G},
            item(key=None),
            item(key=2),
            item(key=""),
            item(key=["2"]),
            {"id": "2", "url": G},
            item(method=None, key="2"),
            item(method=5, key="2"),
            item(method="", key="2"),
            {"id": "2", "method": "GET"},
            item(None, key="2"),
            item("", key="2"),
            item(5, key="2"),
            item(key="2", headers=["x"]),
            item(key="2", headers="x"),
            item(key="2", headers={"Prefer": 5}),
            item(key="2", headers={"Prefer": ["x"]}),
            item(key="2", dependsOn="1"),
            item(key="2", dependsOn=[1]),
            item(key="2", dependsOn={"1": "1"}),
            item(key="2", dependsOn=["3"]),
            item(key="2", dependsOn=["2"]),
            item(key="1"),
        ],
        ids=lambda each: str(each)[:60],
    )
    def test_one_malformed_request_spoils_the_batch(self, mock, wrong):
        """5.12, U-21: 400, and the request before it has not been carried out either."""
        before = mock.tenant

        assert refusal(sent(mock, creating("Berlin", "1"), wrong)) == (400, "BadRequest")
        assert mock.tenant is before

    def test_ids_are_told_apart_without_regard_to_letter_case(self, mock):
        """5.12."""
        before = mock.tenant

        assert refusal(sent(mock, creating("Berlin", "a"), creating("Bonn", "A"))) == (400, "BadRequest")
        assert mock.tenant is before

    def test_ids_come_back_as_they_were_written(self, mock):
        assert set(answers(mock, item(key="One"), item(key="zwölf"), item(key="3 "))) == {"One", "zwölf", "3 "}

    def test_members_that_mean_nothing_are_passed_over(self, mock):
        """5.12: atomicityGroup and respond-async are ignored."""
        said = item(atomicityGroup="g", nonsense=1, headers={"Prefer": "respond-async"})

        assert one(mock, said)["status"] == 200


ADDRESSES = [
    G,
    f"/{G}",
    f"//{G}",
    f"/beta/{G}",
    f"beta/{G}",
    f"{GRAPH}/beta/{G}",
    f"{GRAPH}/beta//{G}",
    f"http://localhost:8365/beta/{G}",
    f"http://localhost:8365/beta//{G}",
    f"http://elsewhere.example:1/beta/{G}",
    f"http://localhost:8365/sandboxes/default/beta/{G}",
    f"{G}/",
    G.lower(),
    "onPremisesPublishingProfiles('applicationProxy')/connectorGroups",
]


class TestUrls:
    """clients.md 1.1, 2.1: the SDK for Python writes absolute ones with two slashes, that for JavaScript /beta/..."""

    @pytest.mark.parametrize("url", ADDRESSES)
    def test_a_url_is_understood_in_any_form(self, mock, url):
        """5.12."""
        assert [each["id"] for each in one(mock, item(url))["body"]["value"]] == GROUPS

    @pytest.mark.parametrize("url", ADDRESSES)
    def test_a_url_may_have_a_query(self, mock, url):
        found = one(mock, item(f"{url}?$filter=name eq 'Paris'&$select=id"))

        assert found["body"]["value"] == [{"id": PARIS}]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("$filter=name eq 'Zürich & Genf'", 400),
            ("$filter=name eq 'Zürich %26 Genf'", 200),
            ("$filter=name%20eq%20'Z%C3%BCrich%20%26%20Genf'", 200),
            ("%24filter=name+eq+'Z%C3%BCrich+%26+Genf'", 200),
        ],
    )
    def test_what_a_url_must_encode_may_be_written_out(self, mock, query, expected):
        """A url in JSON is text: some clients encode it, some do not; an & is data only where it is encoded."""
        mock.post(f"/beta/{G}", {"name": "Zürich & Genf"})
        found = one(mock, item(f"{G}?{query}"))

        assert found["status"] == expected
        assert [each["name"] for each in found["body"].get("value", [])] == ["Zürich & Genf"] * (expected == 200)

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("/v1.0/applications", 200),
            (f"{GRAPH}/v1.0/applications", 200),
            (f"/v1.0/{G}", 400),
            (f"/BETA/{G}", 400),
            ("nonsense", 400),
            ("/_mock/reset", 400),
            ("http://localhost:8365/_mock/reset", 400),
            ("http://[", 400),
            ("/", 200),
            ("$metadata", 200),
            (f"{C}/{NEW}/memberOf/$ref", 200),
            (f"{P}/sensors", 404),
        ],
    )
    def test_a_url_leads_where_it_would_lead_alone(self, mock, url, expected):
        """5.12, R54, R55: to the Graph, and to nothing else."""
        assert one(mock, item(url))["status"] == expected

    def test_a_batch_below_v1_0_is_about_v1_0(self, mock):
        """5.12: relative to the version root."""
        reply = mock.post("/v1.0/$batch", {"requests": [item(G, key="a"), item(f"/beta/{G}", key="b")]})

        assert {each["id"]: each["status"] for each in reply.json()["responses"]} == {"a": 400, "b": 200}

    @pytest.mark.parametrize("url", ["$batch", "/$batch", "/beta/$batch", f"{GRAPH}/v1.0/$batch", "%24batch"])
    def test_a_batch_holds_no_other_batch(self, mock, url):
        """5.12."""
        nested = item(url, "POST", headers=CONTENT, body={"requests": [creating("Berlin")]})
        before = mock.tenant

        assert one(mock, nested)["status"] == 400
        assert mock.tenant is before


class TestDependencies:
    def test_a_request_sees_what_the_one_before_it_did(self, mock):
        """5.12: POST, then a GET that depends on it."""
        found = answers(mock, creating("Berlin", "1"), item(f"{G}?$filter=name eq 'Berlin'", key="2", dependsOn=["1"]))

        assert [each["id"] for each in found["2"]["body"]["value"]] == [found["1"]["body"]["id"]]

    @pytest.mark.parametrize("name", ["dependsOn", "depends_on"])
    def test_a_serial_chain_is_carried_out_in_order(self, mock, name):
        """5.12; clients.md 1.1: the SDK for Python writes `depends_on`."""
        found = statuses(
            mock,
            item(f"{C}/{NEW}/memberOf/$ref", "POST", "a", headers=CONTENT, body=to_group(LYON)),
            item(f"{G}/{LYON}", "DELETE", "b", **{name: ["a"]}),
            item(f"{C}/{NEW}/memberOf/$ref", "POST", "c", headers=CONTENT, body=to_group(DEFAULT)),
            item(f"{G}/{LYON}", "DELETE", "d", **{name: ["c"]}),
        )

        assert found == {"a": 204, "b": 400, "c": 204, "d": 204}

    @pytest.mark.parametrize(
        ("depends", "found"),
        [
            ({"2": ["1"], "3": ["2"]}, {"1": 404, "2": 424, "3": 424}),
            ({"2": ["1"], "3": ["1"]}, {"1": 404, "2": 424, "3": 424}),
            ({"2": [], "3": ["1", "2"]}, {"1": 404, "2": 200, "3": 424}),
            ({"2": [], "3": ["2"]}, {"1": 404, "2": 200, "3": 200}),
            ({"2": [], "3": []}, {"1": 404, "2": 200, "3": 200}),
            ({"2": None, "3": None}, {"1": 404, "2": 200, "3": 200}),
        ],
    )
    def test_what_depends_on_a_failure_fails(self, mock, depends, found):
        """5.12: 424, in each of the topologies that are guaranteed."""
        rest = [item(key=key, dependsOn=ids) for key, ids in depends.items()]

        assert statuses(mock, item(f"{G}/{NOBODY}", key="1"), *rest) == found

    def test_what_failed_so_was_not_carried_out(self, mock):
        before = mock.tenant
        found = answers(mock, item(f"{G}/{NOBODY}", key="1"), creating("Berlin", "2", dependsOn=["1"]))

        assert set(found["2"]["body"]["error"]) == {"code", "message", "innerError"}
        assert mock.tenant is before

    def test_a_dependency_is_found_without_regard_to_letter_case(self, mock):
        """5.12: as ids are told apart."""
        assert statuses(mock, item(key="First"), item(key="b", dependsOn=["FIRST"])) == {"First": 200, "b": 200}

    def test_only_a_request_before_it_can_be_depended_on(self, mock):
        """5.12: an array of earlier ids."""
        assert refusal(sent(mock, item(key="1", dependsOn=["2"]), item(key="2"))) == (400, "BadRequest")


class TestInnerRequests:
    def test_the_batch_succeeds_even_where_each_request_failed(self, mock):
        """5.12: with the envelope of 5.1 inside."""
        found = answers(
            mock,
            item(f"{G}/{NOBODY}", key="gone"),
            item(f"{G}/{DEFAULT}", "DELETE", "default"),
            item(G, "PUT", "put"),
            item("nonsense", key="nowhere"),
            item(f"{P}/sensors", key="unserved"),
            item(f"{G}?$search=x", key="unknown"),
        )

        assert {key: (each["status"], each["body"]["error"]["code"]) for key, each in found.items()} == {
            "gone": (404, "ConnectorGroup_NotFound"),
            "default": (400, "DefaultConnectorGroup_BadRequest"),
            "put": (405, "Request_BadRequest"),
            "nowhere": (400, "BadRequest"),
            "unserved": (404, ""),
            "unknown": (501, "notSupported"),
        }

    def test_a_failed_request_says_what_it_would_have_said_alone(self, mock):
        """5.1, Q26."""
        found = one(mock, item(f"{G}/{NOBODY}"))
        error = found["body"]["error"]

        assert set(error["innerError"]) == {"date", "request-id", "client-request-id"}
        assert {name.lower(): value for name, value in found["headers"].items()}["x-mock-unverified"] == "true"

    def test_what_went_well_stays_where_another_failed(self, mock):
        """5.12: atomicityGroup is ignored."""
        assert statuses(mock, creating("Berlin", "1"), item(f"{G}/{NOBODY}", "DELETE", "2")) == {"1": 200, "2": 404}
        assert names(mock)[-1] == "Berlin"

    @pytest.mark.parametrize("method", ["get", "Get", "GET"])
    def test_a_method_may_be_written_in_any_letter_case(self, mock, method):
        assert one(mock, item(method=method))["status"] == 200

    @pytest.mark.parametrize("method", ["NONSENSE", "TRACE", "G E T"])
    def test_a_method_that_is_none_is_not_allowed(self, mock, method):
        assert one(mock, item(method=method))["status"] == 405

    @pytest.mark.parametrize(
        "headers",
        [
            {"Content-Type": "application/json"},
            {"content-type": "application/json"},
            {"Content-Type": "text/x"},
            {},
            None,
        ],
    )
    def test_a_body_is_taken_whatever_its_content_type_says(self, mock, headers):
        """R65, as alone; 5.12 asks for one."""
        said = item(G, "POST", body={"name": "Berlin"}, headers=headers)

        assert one(mock, said)["body"]["name"] == "Berlin"

    @pytest.mark.parametrize("body", [None, [], "x", 5, {}, {"nonsense": 1}])
    def test_a_wrong_body_is_refused_as_alone(self, mock, body):
        alone = mock.post(f"/beta/{G}", body)
        found = one(mock, item(G, "POST", headers=CONTENT, body=body))

        assert (found["status"], found["body"]["error"]["code"]) == refusal(alone)

    def test_a_request_that_needs_a_body_and_has_none_is_refused(self, mock):
        assert one(mock, item(G, "POST", headers=CONTENT))["status"] == 400

    def test_an_answer_without_body_has_no_content_type(self, mock):
        """5.12, 5.5: 204."""
        found = one(mock, item(f"{G}/{LYON}", "DELETE"))

        assert (found["status"], found.get("body"), "Content-Type" in found["headers"]) == (204, None, False)

    def test_a_count_is_a_text(self, mock):
        """5.8."""
        found = one(mock, item(f"{G}/$count"))

        assert (found["status"], found["headers"]["Content-Type"], str(found["body"])) == (200, "text/plain", "6")

    def test_a_json_body_says_so(self, mock):
        """5.12."""
        assert one(mock, item())["headers"]["Content-Type"].startswith("application/json;odata.metadata=minimal")

    def test_a_creation_says_where_the_new_one_is(self, mock):
        """U-32."""
        found = one(mock, creating("Berlin"))

        assert found["headers"]["Location"] == f"http://localhost:8365/beta/{G}/{found['body']['id']}"

    @pytest.mark.parametrize(
        ("headers", "status", "applied"),
        [
            ({"Prefer": "return=representation"}, 200, "return=representation"),
            ({"prefer": "return=minimal"}, 204, "return=minimal"),
            ({}, 204, None),
        ],
    )
    def test_each_request_has_its_own_headers(self, mock, headers, status, applied):
        """5.7; clients.md 1.1: in lower case."""
        said = item(f"{G}/{PARIS}", "PATCH", headers={**CONTENT, **headers}, body={"name": "Paris 2"})
        found = one(mock, said, Prefer="return=representation")

        assert (found["status"], found["headers"].get("Preference-Applied")) == (status, applied)

    def test_a_condition_is_of_its_own_request(self, mock):
        """5.7."""
        found = statuses(mock, item(f"{G}/{LYON}", "DELETE", "1", headers={"If-Match": 'W/"1"'}), item(key="2"))

        assert found == {"1": 412, "2": 200}

    @pytest.mark.parametrize(("level", "contexts"), [("none", 0), ("minimal", 1), ("full", 1)])
    def test_a_metadata_level_is_of_its_own_request(self, mock, level, contexts):
        """5.10."""
        found = one(mock, item(f"{G}/{PARIS}", headers={"Accept": f"application/json;odata.metadata={level}"}))

        assert [name for name in found["body"] if name == "@odata.context"] == ["@odata.context"] * contexts

    def test_addresses_inside_are_absolute(self, mock):
        """5.12: nextLink; it can be followed in a batch again."""
        first = one(mock, item("applications?$top=1&$select=id"))["body"]
        second = one(mock, item(first["@odata.nextLink"]))["body"]

        assert first["@odata.nextLink"].startswith("http://localhost:8365/beta/applications?")
        assert (first["value"], second["value"]) == ([{"id": WIKI}], [{"id": mock.get("/beta/applications").ids[1]}])

    def test_what_a_reference_is_read_as_is_a_value_too(self, mock):
        """U-4: a bare text."""
        found = one(mock, item(f"applications/{WIKI}/connectorGroup/$ref"))

        assert found["body"] == f"http://localhost:8365/beta/{G}/{PARIS}"

    def test_a_binary_answer_is_base64url(self, mock):
        """5.12."""
        mock.ask("PUT", f"/beta/applications/{WIKI}/logo", LOGO, **{"Content-Type": "image/png"})
        found = one(mock, item(f"applications/{WIKI}/logo"))

        assert (found["status"], found["body"]) == (200, base64.urlsafe_b64encode(LOGO).decode())

    def test_a_binary_body_is_base64url(self, mock):
        """5.12."""
        said = {"headers": {"Content-Type": "image/png"}, "body": base64.urlsafe_b64encode(LOGO).decode()}
        found = one(mock, item(f"applications/{WIKI}/logo", "PUT", **said))

        assert (found["status"], mock.get(f"/beta/applications/{WIKI}/logo").body) == (204, LOGO)


class TestSandboxes:
    @pytest.mark.parametrize("url", [G, f"/beta/{G}", f"http://localhost:8365/sandboxes/default/beta/{G}"])
    def test_a_batch_stays_in_its_sandbox(self, mock, url):
        """R64: addresses have the prefix of the request."""
        path = f"/sandboxes/default{BATCH}"
        (found,) = mock.post(path, {"requests": [item(f"{url}/{PARIS}")]}).json()["responses"]

        assert found["body"]["@odata.context"].startswith("http://localhost:8365/sandboxes/default/beta/$metadata#")

    def test_an_unknown_sandbox_has_no_batch(self, mock):
        assert mock.post(f"/sandboxes/nope{BATCH}", {"requests": [item()]}).status == 404


class TestClients:
    def test_a_tenant_is_walked_as_entra_exporter_does(self, mock):
        """2.4 EE: connectors and groups; then for each group its applications and members, errors passed over."""
        first = answers(mock, item(f"/{C}", key="connectors"), item(f"/{G}", key="groups"))
        groups = [each["id"] for each in first["groups"]["body"]["value"]]
        walk = [
            item(f"/{G}/{key}/{what}", key=f"{what} {key}") for key in groups for what in ("applications", "members")
        ]
        found = answers(mock, *walk)
        errors = {each["body"]["error"]["code"] for each in found.values() if each["status"] != 200}

        assert [each["id"] for each in first["connectors"]["body"]["value"]] == CONNECTORS
        assert [each["id"] for each in found[f"members {PARIS}"]["body"]["value"]] == [PARIS_1, PARIS_2]
        assert [each["id"] for each in found[f"applications {PARIS}"]["body"]["value"]] == [WIKI, CALENDAR]
        assert errors == {"ApplicationsForGroup_NotFound", "ConnectorGroup_NotFound"}

    def test_an_unserved_child_does_not_end_the_walk(self, mock):
        """2.4 EE: the provisioning profile with what it has."""
        expand = "$expand=publishedResources,agents,agentGroups"
        found = statuses(
            mock,
            item(f"/onPremisesPublishingProfiles/provisioning?{expand}", key="hybrid"),
            item(f"/{PROXY}/agents?$expand=agentGroups", key="proxy"),
            item(f"/{G}/{ADFS}/members", key="adfs"),
        )

        assert found == {"hybrid": 200, "proxy": 404, "adfs": 404}

    def test_what_the_python_sdk_sends_is_taken(self, mock):
        """clients.md 1.1: its builder's items, of which ids and statuses come back."""
        pytest.importorskip("deprecated", reason="msgraph_core.requests imports it and does not declare it")
        found = asyncio.run(_batched_by_the_sdk(mock))

        assert found == {"list": 200, "make": 200, "move": 204, "gone": 404}
        assert names(mock)[-1] == "Berlin"
        assert mock.members(OSAKA)[-1] == NEW


async def _batched_by_the_sdk(mock: Mock) -> dict[str, int]:
    with warnings.catch_warnings():
        # The SDK warns of its own parts where it imports them.
        warnings.simplefilter("ignore", DeprecationWarning)
        from kiota_abstractions.authentication import AnonymousAuthenticationProvider
        from msgraph_beta import GraphRequestAdapter, GraphServiceClient
        from msgraph_beta.generated.models.connector_group import ConnectorGroup
        from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError
        from msgraph_beta.generated.models.reference_create import ReferenceCreate
        from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
        from msgraph_core.requests.batch_request_content import BatchRequestContent
        from msgraph_core.requests.batch_request_item import BatchRequestItem

        client = httpx.AsyncClient(base_url=f"{GRAPH}/beta", transport=_InProcess(mock))
        adapter = GraphRequestAdapter(AnonymousAuthenticationProvider(), client=client)
        graph = GraphServiceClient(request_adapter=adapter)
        proxy = graph.on_premises_publishing_profiles.by_on_premises_publishing_profile_id("applicationProxy")
        groups, member_of = proxy.connector_groups, proxy.connectors.by_connector_id(NEW).member_of
        to = ReferenceCreate(odata_id=to_group(OSAKA)["@odata.id"])
        asked = {
            "list": groups.to_get_request_information(),
            "make": groups.to_post_request_information(ConnectorGroup(name="Berlin")),
            "move": member_of.ref.to_post_request_information(to),
            "gone": groups.by_connector_group_id(NOBODY).to_get_request_information(),
        }
        content = BatchRequestContent({key: BatchRequestItem(each, id=key) for key, each in asked.items()})
        answered = await BatchRequestBuilder(adapter, {"XXX": ODataError}).post(content)
        statuses: dict[str, int] = answered.get_response_status_codes()
        await client.aclose()
        return statuses


class _InProcess(httpx.AsyncBaseTransport):
    def __init__(self, mock: Mock) -> None:
        self._transport = httpx.WSGITransport(app=mock.app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        answer = self._transport.handle_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.read())


def test_a_batch_is_as_long_as_the_largest_body_allows(mock):
    """Graph takes 4 MB; a batch is one request."""
    reply = sent(mock, creating("x" * 5_000_000))

    assert refusal(reply) == (413, "RequestEntityTooLarge")
    assert len(mock.get(f"/beta/{G}").ids) == len(DOCUMENT["connectorGroups"])
