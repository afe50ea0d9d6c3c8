"""How answers are written: contexts, annotations, pages and their links, values, references."""

from __future__ import annotations

import pytest
from web.asking import (
    APPLICATIONS,
    CONNECTORS,
    DOCUMENT,
    GROUPS,
    NEW,
    OSAKA_1,
    PARIS,
    PARIS_1,
    PARIS_2,
    PLAIN,
    WIKI,
    Mock,
    P,
    refusal,
)

C = f"{P}/connectors"
G = f"{P}/connectorGroups"
ROOT = "http://localhost:8365"
CONTEXT = f"{ROOT}/beta/$metadata#"
PROFILE = "onPremisesPublishingProfiles('applicationProxy')"
BY_TWO = {**DOCUMENT, "rules": {"pageSize": 2}}


def pages(mock: Mock, target: str, **headers: str) -> list[dict]:
    """Every page, by following the links as they stand."""
    found = [mock.get(target, **headers).json()]
    while "@odata.nextLink" in found[-1]:
        assert found[-1]["@odata.nextLink"].startswith(ROOT)

        found.append(mock.get(found[-1]["@odata.nextLink"].removeprefix(ROOT), **headers).json())
    return found


def ids_of(found: list[dict]) -> list[list[str]]:
    return [[row["id"] for row in page["value"]] for page in found]


class TestContexts:
    @pytest.mark.parametrize(
        ("path", "place"),
        [
            (G, f"{PROFILE}/connectorGroups"),
            (f"{G}/{PARIS}", f"{PROFILE}/connectorGroups/$entity"),
            (f"{G}('{PARIS}')", f"{PROFILE}/connectorGroups/$entity"),
            (f"{G.lower()}/{PARIS}/members", f"{PROFILE}/connectorGroups('{PARIS}')/members"),
            (f"{G}/{PARIS}/applications", f"{PROFILE}/connectorGroups('{PARIS}')/applications"),
            (f"{C}/{NEW}/memberOf", f"{PROFILE}/connectors('{NEW}')/memberOf"),
            (f"{C}/{NEW}", f"{PROFILE}/connectors/$entity"),
            (P, "onPremisesPublishingProfiles/$entity"),
            ("/beta/applications", "applications"),
            (f"/beta/applications/{WIKI}", "applications/$entity"),
            (f"/beta/applications/{WIKI}/connectorGroup", f"{PROFILE}/connectorGroups/$entity"),
            (f"/beta/applications/{WIKI}/onPremisesPublishing", f"applications('{WIKI}')/onPremisesPublishing"),
            (f"{G}/{PARIS}/name", f"{PROFILE}/connectorGroups('{PARIS}')/name"),
            (f"{G}?$select=id,name", f"{PROFILE}/connectorGroups(id,name)"),
            (f"{G}?$select=name&$expand=members", f"{PROFILE}/connectorGroups(name,members())"),
            (f"{G}?$expand=members($select=id)", f"{PROFILE}/connectorGroups(members(id))"),
            (f"{C}/{NEW}/memberOf/$ref", "Collection($ref)"),
        ],
    )
    def test_each_answer_says_what_it_is(self, mock, path, place):
        """R64, U-14."""
        assert mock.get(path).json()["@odata.context"] == CONTEXT + place

    def test_the_context_stands_first_and_the_values_last(self, mock):
        """R64."""
        answer = mock.get(f"{C}?$count=true&$top=1").json()

        assert list(answer) == ["@odata.context", "@odata.count", "@odata.nextLink", "value"]

    def test_the_context_is_that_of_the_host_that_was_asked(self, mock):
        """R64."""
        answer = mock.get(G, Host="graph.example:99")

        assert answer.json()["@odata.context"].startswith("http://graph.example:99/beta/$metadata#")

    def test_lists_are_json_with_minimal_metadata(self, mock):
        """R57."""
        assert mock.get(G).headers["Content-Type"] == (
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
        )


class TestPages:
    def test_a_list_comes_in_one_piece_where_nothing_says_otherwise(self, mock):
        """R29."""
        assert ids_of(pages(mock, C)) == [CONNECTORS]

    def test_a_fixture_sets_the_size_of_pages(self):
        """R29."""
        mock = Mock(document=BY_TWO)

        assert ids_of(pages(mock, C)) == [[NEW, PARIS_1], [PARIS_2, OSAKA_1]]
        assert ids_of(pages(mock, G)) == [GROUPS[:2], GROUPS[2:4], GROUPS[4:]]

    def test_top_bounds_a_page_and_the_next_link_goes_on_behind_it(self, mock):
        """R29."""
        assert ids_of(pages(mock, f"{C}?$top=3")) == [[NEW, PARIS_1, PARIS_2], [OSAKA_1]]

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
    def test_pages_add_up_to_the_whole(self, mock, size):
        """R29: nothing twice, nothing left out, and they end."""
        found = ids_of(pages(mock, f"{C}?$top={size}"))

        assert [key for page in found for key in page] == CONNECTORS
        assert len(found) == -(-len(CONNECTORS) // size)

    def test_a_next_link_carries_the_other_options(self):
        """R29."""
        mock = Mock(document=BY_TWO)
        first = mock.get(f"{C}?$filter=status eq 'active'&$orderby=machineName&$select=id&$count=true&x=%26").json()

        assert first["@odata.nextLink"].startswith(
            f"{ROOT}{C}?$filter=status%20eq%20'active'&$orderby=machineName&$select=id&$count=true&x=%26&$skiptoken="
        )

    def test_pages_of_a_filtered_sorted_selection_add_up(self):
        """R29."""
        mock = Mock(document=BY_TWO)
        found = pages(mock, f"{C}?$filter=status eq 'active'&$orderby=machineName desc&$select=id&$skip=1")

        assert [page["value"] for page in found] == [[{"id": OSAKA_1}, {"id": NEW}]]

    def test_skip_is_taken_once(self):
        """R29: a next link counts from the beginning of the whole."""
        mock = Mock(document=BY_TWO)

        assert ids_of(pages(mock, f"{C}?$skip=1")) == [[PARIS_1, PARIS_2], [OSAKA_1]]

    @pytest.mark.parametrize(
        "path", [f"{C.lower()}/", f"{C.replace('/connectors', '//connectors')}", "/beta/applications"]
    )
    def test_a_next_link_leads_on_from_any_spelling_of_the_path(self, mock, path):
        """R29, R53."""
        found = [key for page in ids_of(pages(mock, f"{path}?$TOP=3")) for key in page]

        assert found in (CONNECTORS, APPLICATIONS)

    def test_a_next_link_is_of_the_host_that_was_asked(self, mock):
        """R29."""
        link = mock.get(f"{C}?$top=1", Host="graph.example").json()["@odata.nextLink"]

        assert link.startswith(f"http://graph.example{C}?")

    def test_a_next_link_keeps_the_sandbox(self, mock):
        link = mock.get(f"/sandboxes/default{C}?$top=1").json()["@odata.nextLink"]

        assert link.startswith(f"{ROOT}/sandboxes/default{C}?")
        assert len(pages(mock, f"/sandboxes/default{C}?$top=1")) == len(CONNECTORS)

    def test_applications_come_in_pages_of_a_hundred(self):
        """R29: the directory's page size."""
        rows = [{"displayName": f"Application {n}"} for n in range(250)]
        found = ids_of(pages(Mock(document={"applications": rows}), "/beta/applications"))

        assert [len(page) for page in found] == [100, 100, 50]

    def test_top_zero_is_an_empty_page_without_a_link(self, mock):
        answer = mock.get(f"{C}?$top=0&$count=true").json()

        assert (answer["value"], answer["@odata.count"], "@odata.nextLink" in answer) == ([], 4, False)

    @pytest.mark.parametrize("token", ["nonsense", "AQ", "%00", "ATE=", "1"])
    def test_a_skiptoken_nobody_made_is_refused(self, mock, token):
        answer = mock.get(f"{C}?$skiptoken={token}")

        assert answer.status == 200 or refusal(answer) == (400, "BadRequest")


class TestValues:
    @pytest.mark.parametrize(
        ("path", "body"),
        [
            (f"{G}/{PARIS}/name/$value", b"Paris"),
            (f"{G}/{PARIS}/isDefault/$value", b"false"),
            (f"/beta/applications/{WIKI}/onPremisesPublishing/internalUrl/$value", b"https://wiki.contoso.com/"),
        ],
    )
    def test_a_raw_value_is_plain_text(self, mock, path, body):
        answer = mock.get(path)

        assert (answer.body, answer.headers["Content-Type"]) == (body, "text/plain")

    def test_a_value_that_is_null_is_no_content(self, mock):
        answer = mock.get(f"/beta/applications/{PLAIN}/description")

        assert (answer.status, answer.body, "Content-Type" in answer.headers) == (204, b"", False)

    def test_text_of_every_kind_comes_back_as_it_was_sent(self, mock):
        name = "Zürich \"1\" <b> \\ \u2028 \U0001f600 '☃'"
        made = mock.post(G, {"name": name}).json()

        assert mock.get(f"{G}/{made['id']}").json()["name"] == name


class TestReferences:
    def test_a_reference_is_an_address_as_text(self, mock):
        """U-4: the SDK can read nothing else."""
        answer = mock.get(f"/beta/applications/{WIKI}/connectorGroup/$ref")

        assert answer.json() == f"{ROOT}{G}/{PARIS}"

    def test_references_are_a_list_of_addresses(self, mock):
        """U-4."""
        answer = mock.get(f"{G}/{PARIS}/members/$ref").json()

        assert answer["value"] == [f"{ROOT}{C}/{key}" for key in (PARIS_1, PARIS_2)]

    def test_an_address_that_was_read_can_be_written(self, mock):
        address = mock.get(f"/beta/applications/{WIKI}/connectorGroup/$ref").json()

        assert mock.post(f"{C}/{NEW}/memberOf/$ref", {"@odata.id": address}).status == 204
        assert mock.members(PARIS) == [PARIS_1, PARIS_2, NEW]


class TestHead:
    @pytest.mark.parametrize("path", [G, f"{G}/{PARIS}", f"{C}/$count", f"{G}/nonsense", "/nowhere", "/_mock/health"])
    def test_head_answers_as_get_does_without_the_body(self, mock, path):
        by_get, by_head = mock.get(path), mock.ask("HEAD", path)

        assert (by_head.status, by_head.body) == (by_get.status, b"")
        assert {**by_head.headers}.keys() == {**by_get.headers}.keys()

    def test_head_says_how_long_the_body_would_be(self, mock):
        assert mock.ask("HEAD", G).headers["Content-Length"] == str(len(mock.get(G).body))
