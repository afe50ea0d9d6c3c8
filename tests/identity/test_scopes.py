"""What a token is asked for (identity/scopes.py); the spellings are those that clients send (clients.md 1, 3)."""

from __future__ import annotations

import pytest

from mockserver.identity.refusals import InvalidScope, NotDefault, SeveralResources
from mockserver.identity.scopes import ARM, GRAPH, asked, check_default

OWN = frozenset({"localhost", "127.0.0.1"})


@pytest.mark.parametrize(
    ("scope", "resource", "expected"),
    [
        ("https://graph.microsoft.com/.default", "", GRAPH),
        ("https://graph.microsoft.com//.default", "", GRAPH),
        ("", "https://graph.microsoft.com/", GRAPH),
        ("", "https://graph.microsoft.com", GRAPH),
        ("", "", GRAPH),
        ("openid profile offline_access", "", GRAPH),
        ("00000003-0000-0000-c000-000000000000/.default", "", "00000003-0000-0000-c000-000000000000"),
        ("http://localhost/.default", "", GRAPH),
        ("https://localhost:8443/.default", "", GRAPH),
        ("https://management.azure.com//.default", "", ARM),
        ("https://management.core.windows.net//.default", "", "https://management.core.windows.net/"),
        ("api://my-api/.default", "", "api://my-api"),
        ("https://graph.microsoft.us/.default", "", "https://graph.microsoft.us"),
        ("User.Read", "", GRAPH),
    ],
)
def test_a_scope_or_a_resource_names_an_audience(scope, resource, expected):
    assert asked(scope, resource, own=OWN).resource == expected


def test_permissions_are_those_named_once_each():
    found = asked("openid https://graph.microsoft.com/User.Read Directory.Read.All User.Read")

    assert found.permissions == ("User.Read", "Directory.Read.All")
    assert found.openid == {"openid"}
    assert found.text == "openid https://graph.microsoft.com/User.Read https://graph.microsoft.com/Directory.Read.All"


def test_default_asks_for_all_whatever_is_named_besides():
    assert asked("User.Read https://graph.microsoft.com/.default").permissions == ()


def test_two_resources_are_refused():
    with pytest.raises(SeveralResources):
        asked("https://graph.microsoft.com/.default https://management.azure.com/.default")


@pytest.mark.parametrize("scope", ["https://graph.microsoft.com/", "/.default"])
def test_what_is_no_scope_is_refused(scope):
    with pytest.raises(InvalidScope):
        asked(scope)


@pytest.mark.parametrize("scope", ["User.Read", "https://graph.microsoft.com/User.Read", ".default"])
def test_an_application_asks_for_the_default_of_a_resource(scope):
    with pytest.raises(NotDefault, match="AADSTS1002012"):
        check_default(scope)


def test_an_application_may_leave_the_scope_out():
    check_default("")
    check_default("https://graph.microsoft.com/.default")
