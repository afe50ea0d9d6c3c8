"""What nobody should read later is not in what is written down."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.logs.redaction import MARK, SECRETS, target_shown, without_secrets

WEB_TOKEN = "eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiIwMDAwMDAwMyJ9.c2lnbmF0dXJl"
UNSAFE = ("\r", "\n", "\x00", "\x1b", "\x7f", " ", "é", "\u2028")
HIDDEN = st.text(st.sampled_from("0123456789QXZ%&=+;/ é'"), min_size=1, max_size=20).map(lambda said: f"QQ{said}QQ")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("$top=1", "$top=1"),
        ("$filter=name%20eq%20'a'&$count=true", "$filter=name+eq+'a'&$count=true"),
        ("filter=a+b", "filter=a+b"),
        ("%24top=1", "$top=1"),
        ("code=abc&state=x", f"code={MARK}&state={MARK}"),
        ("client_secret=abc", f"client_secret={MARK}"),
        ("%63ode=abc", f"code={MARK}"),
        ("access_token=abc&scope=a", f"access_token={MARK}&scope=a"),
        ("api-version=2022-12-01", "api-version=2022-12-01"),
        ("user_code=ABCD", f"user_code={MARK}"),
        ("abc", MARK),
        ("a b%0Ac=1", f"{MARK}={MARK}"),
        ("$filter=password eq 'x'", "$filter=password+eq+'x'"),
        ("$filter=a%26password=x", f"$filter={MARK}"),
        (f"$search={WEB_TOKEN}", f"$search={MARK}"),
    ],
)
def test_a_query_is_shown_as_far_as_its_options_are_known_to_hold_no_secret(query, expected):
    assert target_shown("/beta", query) == f"/beta?{expected}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/beta/applications/1/connectorGroup/$ref", "/beta/applications/1/connectorGroup/$ref"),
        ("/beta/connectors('1')", "/beta/connectors('1')"),
        ("/beta/a b", "/beta/a%20b"),
        ("/beta/Ã©", "/beta/%C3%A9"),
        ("/_mock/devices/ABCD1234/approve", f"/_mock/devices/{MARK}/approve"),
        ("/sandboxes/one/_mock/devices/ABCD1234/approve", f"/sandboxes/one/_mock/devices/{MARK}/approve"),
        (f"/beta/{WEB_TOKEN}/x", f"/beta/{MARK}/x"),
    ],
)
def test_a_path_is_shown_in_one_line_of_ascii_without_codes_and_tokens(path, expected):
    assert target_shown(path) == expected


@given(st.sampled_from(sorted(SECRETS | {"code", "state", "token", "sig", "x-mock-token", "user_code"})), HIDDEN)
def test_no_value_of_an_option_that_may_hold_a_secret_is_shown(name, value):
    assert "QQ" not in target_shown("/common/oauth2/v2.0/authorize", f"{name}={quote(value)}&$top=1")


@given(HIDDEN, st.sampled_from(["/beta/{}", "/beta/applications/{}/x", "/sandboxes/{}/beta"]))
def test_a_secret_that_is_known_is_never_shown_in_a_path(value, path):
    said = value.encode().decode("latin-1")

    assert "QQ" not in target_shown(path.format(said), "", (said,))


@given(HIDDEN, st.sampled_from(["$filter", "$search", "path", "scope", "x"]))
def test_a_secret_that_is_known_is_never_shown_in_a_query(value, name):
    assert "QQ" not in target_shown("/beta", f"{name}=before{quote(value)}after", (value,))
    assert "QQ" not in target_shown("/beta", f"{name}=before{value}after", (value,))


@given(st.text(), st.text())
def test_whatever_is_asked_is_one_line_of_ascii(path, query):
    shown = target_shown(path, query)

    assert shown.isascii()
    assert [each for each in UNSAFE if each in shown] == []


def test_a_long_target_is_cut():
    assert len(target_shown("/beta/" + "a" * 10_000)) < 2_010


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("client_secret=abc&x=1", f"client_secret={MARK}&x=1"),
        ('{"password": "a b", "name": "n"', f'{{"password": {MARK}, "name": "n"'),
        (f"Authorization: Bearer {WEB_TOKEN}", f"Authorization: Bearer {MARK}"),
        ("bearer opaque-token", f"bearer {MARK}"),
        (f"KeyError: '{WEB_TOKEN}'", f"KeyError: '{MARK}'"),
        ("moneyjar and keyJobs", "moneyjar and keyJobs"),
    ],
)
def test_a_text_keeps_all_but_what_looks_like_a_secret(text, expected):
    assert without_secrets(text) == expected
