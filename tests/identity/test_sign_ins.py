"""Codes on their way from being given out to being redeemed (identity/sign_ins.py)."""

from __future__ import annotations

from mockserver.identity.sign_ins import MOST, SignIn, by_device, decided, with_one, without

NOW = 1000.0


def sign_in(until=NOW + 600, **said):
    return SignIn("client", "scope", until, **said)


def test_a_code_is_found_until_it_is_spent():
    kept = with_one({}, "a", sign_in(), NOW)

    assert "a" in kept
    assert without(kept, "a") == {}


def test_what_is_over_goes_when_another_one_comes():
    kept = with_one({}, "a", sign_in(until=NOW + 1), NOW)

    assert set(with_one(kept, "b", sign_in(), NOW + 1)) == {"b"}


def test_the_oldest_give_way_where_there_are_too_many():
    kept = {}
    for number in range(MOST + 2):
        kept = with_one(kept, str(number), sign_in(), NOW)

    assert len(kept) == MOST
    assert "1" not in kept
    assert "2" in kept


def test_a_device_is_found_by_what_is_typed_in_any_case_and_with_dashes():
    kept = with_one({}, "a", sign_in(device="BCDF23456"), NOW)

    assert by_device(kept, " bcd-f23-456 ", NOW) == "a"
    assert by_device(kept, "BCDF23457", NOW) is None
    assert by_device(kept, "BCDF23456", NOW + 601) is None


def test_a_redirect_is_no_device():
    assert by_device(with_one({}, "a", sign_in(), NOW), "", NOW) is None


def test_a_user_signs_in_or_declines():
    kept = with_one({}, "a", sign_in(device="BCDF23456"), NOW)

    assert (decided(kept, "a", "amy")["a"].user, decided(kept, "a", "amy")["a"].declined) == ("amy", False)
    assert (decided(kept, "a", None)["a"].user, decided(kept, "a", None)["a"].declined) == (None, True)
