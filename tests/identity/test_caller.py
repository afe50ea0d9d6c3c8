"""What a token says of itself (identity/caller.py)."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.identity.caller import NOBODY, Caller, caller_of, claimed, claims_of, token_of


def token(claims):
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"Bearer e30.{body}.signature"


@pytest.mark.parametrize(
    ("header", "expected"),
    [("Bearer abc", "abc"), ("bearer abc", "abc"), ("BEARER  abc ", "abc"), ("abc", ""), ("Basic abc", ""), ("", "")],
)
def test_a_bearer_token_has_its_scheme_in_any_case(header, expected):
    assert token_of(header) == expected


def test_a_user_has_scopes_and_a_program_has_roles():
    user = {"tid": "t", "appid": "a", "upn": "u", "scp": "A.B C.D", "wids": ["w"]}
    program = {"tid": "t", "appid": "a", "idtyp": "app", "roles": ["A.B"], "upn": "not its own"}

    assert caller_of(user) == Caller("t", "a", "u", frozenset({"A.B", "C.D"}), frozenset({"w"}))
    assert caller_of(program) == Caller("t", "a", "", frozenset({"A.B"}), app_only=True)


@pytest.mark.parametrize(
    ("claims", "app_only"),
    [
        ({"roles": []}, True),
        ({"roles": [], "scp": ""}, False),
        ({"idtyp": "app", "scp": "A"}, True),
        ({"scp": "A"}, False),
    ],
)
def test_a_program_is_known_by_idtyp_or_by_roles_without_scopes(claims, app_only):
    assert caller_of(claims).app_only is app_only


def test_a_token_of_version_two_names_its_program_and_user_otherwise():
    assert claimed(token({"azp": "a", "preferred_username": "u", "scp": ""})) == Caller(client="a", user="u")


@pytest.mark.parametrize(
    "claims", [{"scp": 5}, {"roles": "all"}, {"wids": {"a": 1}}, {"roles": [1, None]}, {"tid": []}]
)
def test_claims_of_a_wrong_kind_count_as_missing(claims):
    caller = caller_of(claims)

    assert (caller.tenant, caller.permissions, caller.directory_roles) == ("", frozenset(), frozenset())


@pytest.mark.parametrize("claims", [[], "text", 5, None])
def test_claims_are_an_object(claims):
    assert claimed(token(claims)) == NOBODY


@given(st.text())
def test_no_header_is_too_strange_to_read(header):
    assert claims_of(header) is not None
    assert claims_of(f"Bearer a.{header}.b") is not None
