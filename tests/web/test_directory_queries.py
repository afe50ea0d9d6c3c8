"""Queries of users, groups, applications and service principals over HTTP: what tools send, and what is refused."""

from __future__ import annotations

import pytest
from web.asking import Mock, P, refusal

EVENTUAL = {"ConsistencyLevel": "eventual"}
A, U, S = "/beta/applications", "/beta/users", "/beta/servicePrincipals"
G = f"{P}/connectorGroups"

DOCUMENT = {
    "tenant": {"displayName": "Contoso", "defaultDomain": "contoso.onmicrosoft.com", "region": "eur"},
    "applications": [
        {"displayName": "Wiki", "tags": ["PrivateAccessNonWebApplication", "HideApp"], "connectorGroup": "Default",
         "onPremisesPublishing": {"internalUrl": "https://wiki.contoso.com/", "externalUrl": "https://wiki.com/"}},
        {"displayName": "Wiki Archive", "tags": ["NetworkAccessQuickAccessApplication"]},
        {"displayName": "Files"},
    ],
    "connectorGroups": [{"name": "Default", "isDefault": True}],
    "users": [
        {"userPrincipalName": "amy@contoso.onmicrosoft.com", "displayName": "Amy Okafor", "department": "Finance"},
        {"userPrincipalName": "fatima@contoso.onmicrosoft.com", "displayName": "Fatima El-Amin"},
    ],
    "groups": [{"displayName": "OneVideo", "members": ["amy@contoso.onmicrosoft.com"]}],
}  # fmt: skip

UNSUPPORTED = (400, "Request_UnsupportedQuery")
SEARCH_NEEDS_THE_HEADER = (
    "Request with $search query parameter only works through MSGraph with a special request header: "
    "'ConsistencyLevel: eventual'"
)


@pytest.fixture(scope="module")
def mock():
    return Mock(document=DOCUMENT)


@pytest.fixture(scope="module")
def crowd():
    """A tenant of 1,200 users."""
    users = [{"userPrincipalName": f"u{n}@contoso.onmicrosoft.com", "displayName": f"User {n}"} for n in range(1200)]
    return Mock(document={**DOCUMENT, "users": users, "groups": []})


def names(reply):
    return [row["displayName"] for row in reply.json()["value"]]


def app_id(mock):
    return mock.get(f"{A}?$filter=displayName eq 'Files'").json()["value"][0]["appId"]


class TestWhatToolsSend:
    """graph_reference 4.4."""

    @pytest.mark.parametrize("path", [A, S])
    def test_by_app_id(self, mock, path):
        assert names(mock.get(f"{path}?$filter=appId eq '{app_id(mock)}'")) == ["Files"]

    def test_by_user_principal_name(self, mock):
        assert names(mock.get(f"{U}?$filter=userPrincipalName eq 'amy@contoso.onmicrosoft.com'")) == ["Amy Okafor"]

    @pytest.mark.parametrize("path", [A, S])
    def test_by_the_beginning_of_the_name(self, mock, path):
        assert names(mock.get(f"{path}?$filter=startswith(displayName,'wiki')")) == ["Wiki", "Wiki Archive"]

    def test_by_a_tag(self, mock):
        assert names(mock.get(f"{A}?$filter=tags/any(t:t eq 'HideApp')&$top=999")) == ["Wiki"]

    def test_by_several_tags_with_a_count(self, mock):
        """M2G, ENTRA, ZTA."""
        tags = [f"tags/Any(x: x eq '{tag}')" for tag in ("PrivateAccessNonWebApplication", "HideApp")]
        tags.append("tags/Any(x: x eq 'NetworkAccessQuickAccessApplication')")
        found = mock.get(f"{A}?$filter={' or '.join(tags)}&$count=true&$select=id,displayName", **EVENTUAL)

        assert (names(found), found.json()["@odata.count"]) == (["Wiki", "Wiki Archive"], 2)


class TestSearches:
    """search-query-parameter.md."""

    @pytest.mark.parametrize(
        ("path", "search", "found"),
        [
            ("users", '"displayName:amin"', ["Fatima El-Amin"]),
            ("users", '"displayName:okafor" OR "userPrincipalName:fatima@"', ["Amy Okafor", "Fatima El-Amin"]),
            ("users", '"displayName:amy" AND "department:fin"', ["Amy Okafor"]),
            ("groups", '"displayName:One Video"', ["OneVideo"]),
            ("applications", "\"displayName:wiki\"&$filter=displayName eq 'Wiki'", ["Wiki"]),
            ("servicePrincipals", '"displayName:wiki"&$orderby=displayName desc', ["Wiki Archive", "Wiki"]),
            ("applications", '"displayName:wiki"&$top=1&$count=true', ["Wiki"]),
            ("users", '"displayName:nobody"', []),
        ],
    )
    @pytest.mark.parametrize("version", ["beta", "v1.0"])
    def test_what_is_searched_is_found(self, mock, path, search, found, version):
        assert names(mock.get(f"/{version}/{path}?$search={search}", **EVENTUAL)) == found

    def test_what_is_found_is_counted(self, mock):
        answer = mock.get(f'{A}?$search="displayName:wiki"&$count=true&$top=1', **EVENTUAL).json()

        assert answer["@odata.count"] == 2
        assert "search=%22displayName:wiki%22" in answer["@odata.nextLink"]
        assert mock.get(f'{A}/$count?$search="displayName:wiki"', **EVENTUAL).body == b"2"

    def test_members_of_a_group_are_searched(self, mock):
        group = mock.get("/beta/groups").ids[0]

        assert names(mock.get(f'/beta/groups/{group}/members?$search="displayName:amy"', **EVENTUAL)) == ["Amy Okafor"]

    @pytest.mark.parametrize("path", [G, f"{P}/connectors", "/beta/applicationTemplates"])
    def test_what_is_not_of_the_directory_is_not_searched(self, mock, path):
        assert refusal(mock.get(f'{path}?$search="id:a"', **EVENTUAL)) == (501, "notSupported")


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "refused", "message"),
        [
            # graph_reference 5.3
            ("/$count", (400, "Request_BadRequest"), "$count is not currently supported."),
            ('?$search="displayName:a"', UNSUPPORTED, SEARCH_NEEDS_THE_HEADER),
            # aad-advanced-queries.md
            ("?$filter=endsWith(displayName,'a')", UNSUPPORTED, "Operator 'endsWith' is not supported because the "),
            # microsoft-graph-docs issues 22101, 10835
            ("?$filter=id ne 'a'&$count=true", UNSUPPORTED, "Filter operator 'NotEqualsMatch' is not supported."),
            (
                "?$filter=startswith(displayName,'a')&$orderby=displayName&$count=true",
                UNSUPPORTED,
                "Sorting not supported for current query.",
            ),
            # microsoft-graph-docs-contrib issue 8578
            ("?$filter=contains(displayName,'a')", UNSUPPORTED, "Filter operator 'Contains' is not supported."),
        ],
    )
    @pytest.mark.parametrize("path", [A, U, S, "/v1.0/groups"])
    def test_without_the_header(self, mock, path, query, refused, message):
        answer = mock.get(path + query)

        assert refusal(answer) == refused
        assert answer.json()["error"]["message"].startswith(message)
        assert "x-mock-unverified" not in answer.headers

    @pytest.mark.parametrize("text", ["not(id eq 'a')", "tags/$count eq 0"])
    def test_where_the_text_is_not_known_it_is_marked(self, mock, text):
        answer = mock.get(f"{A}?$filter={text}")

        assert refusal(answer) == UNSUPPORTED
        assert answer.headers["x-mock-unverified"] == "true"

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("$filter=displayName ne 'Files'", ["Wiki", "Wiki Archive"]),
            ("$filter=not(startswith(displayName,'w'))", ["Files"]),
            ("$filter=tags/$count eq 0", ["Files"]),
            ("$filter=startswith(displayName,'w')&$orderby=displayName desc", ["Wiki Archive", "Wiki"]),
        ],
    )
    def test_with_the_header_and_a_count_all_is_answered(self, mock, query, found):
        answer = mock.get(f"{A}?{query}&$count=true", **EVENTUAL)

        assert (names(answer), answer.json()["@odata.count"]) == (found, len(found))

    def test_where_it_is_allowed_nothing_needs_the_header(self):
        """U16."""
        lenient = Mock("observed,U16=allowed", DOCUMENT)

        assert lenient.get(f"{A}/$count").body == b"3"
        assert lenient.get(f"{A}?$count=true").json()["@odata.count"] == 3
        assert names(lenient.get(f"{A}?$filter=contains(displayName,'arch')")) == ["Wiki Archive"]
        assert names(lenient.get(f'{A}?$search="displayName:arch"')) == ["Wiki Archive"]

    @pytest.mark.parametrize(("headers", "status"), [({}, 400), (EVENTUAL, 200)])
    def test_in_a_batch_each_request_has_its_own_header(self, mock, headers, status):
        """aad-advanced-queries.md: "specify the ConsistencyLevel header in the JSON body"."""
        request = {"id": "1", "method": "GET", "url": "/users/$count", "headers": headers}
        answer = mock.post("/beta/$batch", {"requests": [request]}, **EVENTUAL).json()

        assert answer["responses"][0]["status"] == status

    def test_the_lists_of_the_proxy_need_no_header(self, mock):
        """U-16: they are not objects of the directory."""
        group = mock.get(G).ids[0]
        query = "?$filter=displayName ne 'x'&$orderby=displayName&$count=true"

        assert mock.get(f"{G}/{group}/applications{query}").json()["@odata.count"] == 1
        assert mock.get(f"{G}/{group}/applications/$count").body == b"1"
        assert mock.get(f"{G}?$filter=contains(name,'x') or name ne 'x'&$orderby=name").ids == [group]


class TestPages:
    def test_a_count_without_the_header_is_passed_over(self, mock):
        """aad-advanced-queries.md: the service ignores it, and shows so in an example."""
        answer = mock.get(f"{U}?$count=true")

        assert (answer.status, "@odata.count" in answer.json(), len(answer.ids)) == (200, False, 2)

    def test_the_count_is_on_the_first_page_only(self, crowd):
        """query-parameters.md."""
        first = crowd.get(f"{U}?$count=true&$top=999", **EVENTUAL).json()
        link = first["@odata.nextLink"].removeprefix("http://localhost:8365")
        second = crowd.get(link, **EVENTUAL).json()

        assert (first["@odata.count"], len(first["value"])) == (1200, 999)
        assert ("@odata.count" in second, len(second["value"])) == (False, 201)

    @pytest.mark.parametrize(
        ("query", "headers", "length"),
        [
            ("", {}, 100),
            ("?$top=5", {}, 5),
            ("?$top=500", {}, 500),
            ("?$top=999", {}, 999),
            ("?$top=1000", {}, 999),
            # R26: samples of the documentation, EntraPS
            ("?$top=100000", {}, 999),
            ("?$top=100000", {"Prefer": "odata.maxpagesize=7"}, 7),
            ("", {"Prefer": "odata.maxpagesize=7"}, 7),
        ],
    )
    def test_a_page_is_as_large_as_was_asked_but_no_larger_than_999(self, crowd, query, headers, length):
        answer = crowd.get(U + query, **headers)

        assert len(answer.ids) == length
        assert "@odata.nextLink" in answer.json()

    def test_all_pages_together_are_all(self, crowd):
        found, link = [], f"{U}?$top=100000&$select=id"
        while link:
            answer = crowd.get(link.removeprefix("http://localhost:8365"))
            found += answer.ids
            link = answer.json().get("@odata.nextLink")

        assert len(set(found)) == len(found) == 1200
