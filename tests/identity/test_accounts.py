"""Who may log in (identity/accounts.py)."""

from __future__ import annotations

import pytest
from identity.desks import DEMO, PUBLIC, READER, UNKNOWN, tenant

from mockserver.identity.accounts import client_of, demo_user, is_loopback, user_of, users_of


@pytest.mark.parametrize("demo", [True, False])
def test_a_program_of_the_fixture_is_known(demo):
    reader, public = (client_of(tenant(), key, demo=demo) for key in (READER.upper(), PUBLIC))

    assert (reader.name, reader.secret, reader.permissions, reader.known) == (
        "Reader", "s3cret", ("Directory.Read.All",), True,
    )  # fmt: skip
    assert (public.secret, public.permissions) == (None, None)


def test_the_demo_client_is_known_only_where_it_may_log_in():
    assert client_of(tenant(), DEMO, demo=True).secret == "mock-secret"
    assert not client_of(tenant(), DEMO, demo=False).known


def test_a_program_has_the_same_service_principal_every_time_and_no_other():
    ids = {key: client_of(tenant(), key, demo=True).object for key in (DEMO, READER, PUBLIC, UNKNOWN)}

    assert len(set(ids.values()) | set(ids)) == 8
    assert client_of(tenant(), DEMO, demo=True).object == ids[DEMO]


def test_the_demo_user_administers_every_tenant():
    assert demo_user(tenant()) == "admin@contoso.onmicrosoft.com"
    assert user_of(tenant(), "ADMIN@contoso.onmicrosoft.com", demo=True).directory_roles == (
        "Application Administrator",
    )
    assert not user_of(tenant(), "admin@contoso.onmicrosoft.com", demo=False).known


def test_a_user_is_known_in_any_letter_case_with_its_own_password_or_the_demo_users():
    assert user_of(tenant(), "amy@CONTOSO.onmicrosoft.com", demo=True).password == "amy's own"
    assert user_of(tenant(), "bob@contoso.onmicrosoft.com", demo=True).password == "mock-password"
    assert user_of(tenant(), "bob@contoso.onmicrosoft.com", demo=False).password == ""


def test_a_user_without_a_name_to_show_is_shown_by_what_stands_before_the_at():
    assert user_of(tenant(), "bob@contoso.onmicrosoft.com", demo=True).display == "bob"


def test_the_demo_user_is_the_first_to_be_offered():
    assert [each.name.partition("@")[0] for each in users_of(tenant(), demo=True)] == ["admin", "Amy", "bob"]
    assert [each.name.partition("@")[0] for each in users_of(tenant(), demo=False)] == ["Amy", "bob"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("203.0.113.1", False), ("", False), ("example.org", False),
    ],
)  # fmt: skip
def test_loopback_is_this_machine_alone(address, expected):
    assert is_loopback(address) is expected
