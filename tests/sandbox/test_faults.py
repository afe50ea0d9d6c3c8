"""Failures to order: which request they strike, how often, and always the same by the same seed."""

from __future__ import annotations

import pytest
from sandbox.waiting import wait
from tenants import sandbox, tenant

from mockserver.core.errors import TooManyFaults, UnknownFault
from mockserver.sandbox import Asked, Fault, Match, fits


def asked(method="GET", path="/beta/applications", operation="beta.application_ListApplication", *, whole=True):
    return Asked(method, path, lambda: operation, whole)


def struck(at, *requests):
    """The ids of the faults that strike these requests, one after the other."""
    found = [at.strike(each) for each in requests]
    return [None if each is None else each.id for each in found]


def one(**known):
    """A sandbox with one fault, which answers 503 but for what is said."""
    at = sandbox(tenant(), seed=known.pop("seed", 0))
    at.add_fault(Fault(status=503, **known))
    return at


@pytest.mark.parametrize(
    ("match", "fitting"),
    [
        (Match(), True),
        (Match(method="GET"), True),
        (Match(method="get"), True),
        (Match(method="POST"), False),
        (Match(path="/beta/applications"), True),
        (Match(path="/BETA/Applications"), True),
        (Match(path="/beta/*"), True),
        (Match(path="*"), True),
        (Match(path="*/applications"), True),
        (Match(path="/beta"), False),
        (Match(path="/beta/application?"), False),
        (Match(path="/v1.0/*"), False),
        (Match(operation="beta.application_ListApplication"), True),
        (Match(operation="*_ListApplication"), True),
        (Match(operation="*_GetApplication"), False),
        (Match(method="GET", path="/beta/*", operation="*List*"), True),
        (Match(method="GET", path="/v1.0/*", operation="*List*"), False),
    ],
)
def test_a_request_fits_where_all_that_is_said_fits(match, fitting):
    assert fitting is match.fits(asked())


@pytest.mark.parametrize(
    ("pattern", "text", "fitting"),
    [
        ("a*c", "abc", True),
        ("a*c", "ac", True),
        ("a*c", "abcd", False),
        ("*a*b*", "xxaxxbxx", True),
        ("*a*b*", "xxbxxaxx", False),
        ("a.c", "abc", False),
        ("a*b*c", "abbbcbc", True),
        ("*", "", True),
        ("", "", True),
        ("", "a", False),
        ("a*a", "a", False),
        ("A*", "abc\nd", True),
    ],
)
def test_a_star_stands_for_any_text(pattern, text, fitting):
    assert fitting is fits(pattern, text)


def test_many_stars_take_no_time():
    assert not fits("*a" * 50 + "b", "a" * 5_000)


def test_the_first_that_matches_strikes():
    at = sandbox(tenant())
    for match in (Match(method="POST"), Match(path="/beta/*"), Match()):
        at.add_fault(Fault(match, status=503))

    assert ["f2", "f1", "f3"] == struck(at, asked(), asked("POST"), asked(path="/v1.0/users"))


def test_without_any_nothing_is_struck():
    assert [None] == struck(sandbox(tenant()), asked())


def test_it_strikes_so_many_times():
    assert ["f1", "f1", None, None] == struck(one(times=2), *[asked()] * 4)


def test_one_that_is_used_up_lets_the_next_one_strike():
    at = one(times=1)
    at.add_fault(Fault(status=500))

    assert ["f1", "f2", "f2"] == struck(at, *[asked()] * 3)


def test_it_strikes_the_nth_request_that_matches_and_no_other():
    at = one(match=Match(method="GET", nth=2))

    assert [None, None, "f1", None, None] == struck(at, asked(), asked("POST"), asked(), asked(), asked())


def test_it_strikes_until_it_expires():
    at = one(expires=sandbox(tenant()).state.clock.seconds() + 30)
    before = struck(at, asked())
    wait(at, seconds=29)
    late = struck(at, asked())
    wait(at, seconds=1)

    assert (["f1"], ["f1"], [None]) == (before, late, struck(at, asked()))


class TestProbability:
    def test_the_same_seed_strikes_the_same_requests(self):
        runs = [struck(one(probability=0.5, seed=7), *[asked()] * 50) for _ in range(2)]

        assert runs[0] == runs[1]

    def test_another_seed_strikes_others(self):
        runs = [struck(one(probability=0.5, seed=seed), *[asked()] * 50) for seed in (7, 8)]

        assert runs[0] != runs[1]

    @pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
    def test_it_strikes_about_as_often_as_it_says(self, probability):
        strikes = struck(one(probability=probability), *[asked()] * 2_000).count("f1")

        assert abs(strikes / 2_000 - probability) < 0.05

    def test_a_reset_draws_the_same_again(self):
        at = sandbox(tenant())
        runs = []
        for _ in range(2):
            at.add_fault(Fault(status=503, probability=0.5))
            runs.append(struck(at, *[asked()] * 50))
            at.reset()

        assert runs[0] == runs[1]

    def test_new_ids_do_not_depend_on_it(self):
        at, other = one(probability=0.5), sandbox(tenant())
        struck(at, *[asked()] * 5)

        assert at.state.drawn == other.state.drawn


@pytest.mark.parametrize(("what", "strikes"), [({"drop": True}, False), ({"truncate": True}, False), ({}, True)])
def test_what_needs_a_connection_strikes_no_part_of_a_batch(what, strikes):
    at = sandbox(tenant())
    at.add_fault(Fault(delay=1, **what))

    assert [("f1" if strikes else None), "f1"] == struck(at, asked(whole=False), asked())


def test_an_operation_is_only_found_out_where_it_matters():
    def crash():
        raise AssertionError

    at = one(match=Match(method="POST", operation="*"))

    assert [None] == struck(at, Asked("GET", "/beta/applications", crash))


class TestTheList:
    def test_ids_go_on(self):
        at = sandbox(tenant())
        made = [at.add_fault(Fault(status=503)).id for _ in range(2)]
        at.drop_faults()

        assert ["f1", "f2", "f3"] == [*made, at.add_fault(Fault(status=503)).id]

    def test_counts_of_its_own_are_not_taken_over(self):
        made = sandbox(tenant()).add_fault(Fault(status=503, matched=5, struck=5, id="mine"))

        assert ("f1", 0, 0) == (made.id, made.matched, made.struck)

    def test_it_counts_what_matched_and_what_it_struck(self):
        at = one(times=2)
        struck(at, *[asked()] * 5)
        (rule,) = at.state.faults.rules

        assert (2, 2) == (rule.matched, rule.struck)

    def test_one_is_dropped(self):
        at = one()
        at.add_fault(Fault(status=500))
        at.drop_fault("f1")

        assert ["f2"] == [each.id for each in at.state.faults.rules]

    def test_one_that_is_not_there_cannot_be_dropped(self):
        at = one()
        with pytest.raises(UnknownFault):
            at.drop_fault("f2")

        assert 1 == len(at.state.faults.rules)

    def test_there_are_not_too_many(self):
        at = sandbox(tenant())
        for _ in range(1_000):
            at.add_fault(Fault(status=503))
        with pytest.raises(TooManyFaults):
            at.add_fault(Fault(status=503))
