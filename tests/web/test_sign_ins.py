"""Tokens made to order and device codes approved without a page (web/control/sign_ins.py)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from web.asking import NOW, refusal

FORM = "application/x-www-form-urlencoded"
DEMO = "22222222-2222-4222-8222-222222222222"


def forged(mock, **wish):
    return mock.post("/_mock/tokens", wish).json()["claims"]


def test_a_token_is_the_demo_clients_own_unless_something_else_is_wished(mock):
    claims = forged(mock)

    assert (claims["appid"], claims["idtyp"]) == (DEMO, "app")


def test_a_token_is_made_as_it_is_wished(mock):
    wish = {"user": "amy@x.example", "permissions": ["A.B", "C.D"], "directoryRoles": ["Global Administrator"],
            "lasts": "PT5M", "claims": {"acr": "2"}}  # fmt: skip
    claims = forged(mock, **wish)

    assert (claims["upn"], claims["scp"], claims["acr"]) == ("amy@x.example", "A.B C.D", "2")
    assert "62e90394-69f5-4237-9190-012177145e10" in claims["wids"]
    assert claims["exp"] == (NOW + timedelta(minutes=5)).timestamp()


def test_a_program_may_have_no_permission_at_all(mock):
    assert forged(mock, permissions=[])["roles"] == []


@pytest.mark.parametrize(
    ("wish", "member"),
    [
        ({"defect": "broken"}, "defect"),
        ({"lasts": "an hour"}, "lasts"),
        ({"lasts": 5}, "lasts"),
        ({"permissions": "all"}, "permissions"),
        ({"permissions": [1]}, "permissions[0]"),
        ({"claims": []}, "claims"),
        ({"user": ""}, "user"),
        ({"usr": "amy"}, "usr"),
        ([], ""),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_by_its_member(mock, wish, member):
    reply = mock.post("/_mock/tokens", wish)

    assert refusal(reply) == (400, "invalidRequest")
    assert [each["target"] for each in reply.json()["error"]["details"]] == [member]


def test_a_device_is_approved_without_a_page(mock):
    asked = urlencode({"client_id": DEMO, "scope": "openid"}).encode()
    codes = mock.ask("POST", "/common/oauth2/v2.0/devicecode", asked, **{"Content-Type": FORM}).json()
    approved = mock.post(f"/_mock/devices/{codes['user_code']}/approve", {"user": "amy@x.example"})
    poll = {"grant_type": "device_code", "client_id": DEMO, "client_secret": "mock-secret",
            "device_code": codes["device_code"]}  # fmt: skip
    answer = mock.ask("POST", "/common/oauth2/v2.0/token", urlencode(poll).encode(), **{"Content-Type": FORM})

    assert approved.status == 204
    assert answer.status == 200


def test_a_device_nobody_asked_for_is_not_found(mock):
    assert refusal(mock.post("/_mock/devices/BCDFGHJKL/approve", {})) == (404, "deviceCodeNotFound")
