"""The table of behaviours as a whole; what each row does is tested beside what it does it to."""

from __future__ import annotations

import re

import pytest

from mockserver.core.behaviour import COUNT, PROFILES, Behaviour
from mockserver.model import behaviours
from mockserver.model.behaviours import QUIRKS

BY_NAME = {each.name: each for each in QUIRKS}


@pytest.mark.parametrize("quirk", QUIRKS, ids=BY_NAME)
class TestEveryRow:
    def test_it_says_how_it_is_known(self, quirk):
        assert quirk.source.strip()

    def test_it_says_what_it_is_about(self, quirk):
        assert quirk.title.strip()

    def test_it_is_named_after_the_evidence(self, quirk):
        assert re.fullmatch(r"[QU]\d{1,2}", quirk.name)

    @pytest.mark.parametrize("profile", PROFILES)
    def test_each_profile_makes_one_of_its_choices(self, quirk, profile):
        assert Behaviour(QUIRKS, profile)[quirk] in quirk.choices

    def test_every_choice_is_understood_as_it_is_written(self, quirk):
        choices = [each for each in quirk.choices if each is not COUNT]

        assert choices == [quirk.choice(str(each)) for each in choices]

    @pytest.mark.parametrize("form", [str.lower, str.upper])
    def test_every_choice_is_understood_in_any_letter_case(self, quirk, form):
        choices = [each for each in quirk.choices if each is not COUNT and quirk.form is None]

        assert choices == [quirk.choice(form(str(each))) for each in choices]

    def test_no_choice_holds_what_parts_one_from_the_next(self, quirk):
        """`observed,Q12=post+members` is parted at its commas."""
        assert not any("," in str(each) for each in quirk.choices)

    def test_no_other_choice_is_understood(self, quirk):
        with pytest.raises(ValueError, match=f"^{quirk.name} is (one of|written like) "):
            quirk.choice("something else")


def test_no_name_stands_for_two_rows():
    assert len(QUIRKS) == len(BY_NAME)


def test_every_quirk_of_the_evidence_has_its_row():
    assert {f"Q{number}" for number in range(1, 27)} <= set(BY_NAME)


def test_every_row_of_the_module_is_in_the_table():
    assert list(QUIRKS) == [each for each in vars(behaviours).values() if type(each).__name__ == "Quirk"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Q1", (200, 201, 201)),
        ("Q2", ("204", "200", "204")),
        ("Q3", ("ignored", "ignored", "refused")),
        ("Q4", ("refused", "refused", "refused")),
        ("Q5", ("observed", "published", "exact")),
        ("Q6", ("tenant", "tenant", "null")),
        ("Q8", ("allowed", "allowed", "refused")),
        ("Q9", ("ignored", "ignored", "exact")),
        ("Q10", ("tolerated", "tolerated", "canonical")),
        ("Q11", ("accepted", "accepted", "own")),
        ("Q12", ("post+put+members", "post+members", "post")),
        ("Q16", ("refused", "refused", "refused")),
        ("Q17", ("empty-code", "empty-code", "Request_ResourceNotFound")),
        ("Q18", ("off", "on", "off")),
        ("Q19", ("refused", "allowed", "refused")),
        ("Q20", ("refused", "refused", "refused")),
        ("Q22", ("refused", "refused", "refused")),
        ("Q23", ("404", "404", "400")),
    ],
)
def test_the_profiles_choose_what_the_evidence_suggests(name, expected):
    """behaviour.md section 7."""
    assert expected == tuple(getattr(BY_NAME[name], profile) for profile in PROFILES)


@pytest.mark.parametrize(("name", "text"), [("Q13", "3"), ("Q14", "0"), ("Q21", "PT30M"), ("Q25", "PT1H+P30D")])
def test_lengths_and_numbers_can_be_chosen_freely(name, text):
    """behaviour.md section 7: so many reads, so long."""
    assert text == str(BY_NAME[name].choice(text))


@pytest.mark.parametrize(("name", "text"), [("Q13", "-1"), ("Q21", "30"), ("Q25", "PT5M"), ("Q25", "PT5M,P10D")])
def test_what_is_no_length_and_no_number_cannot(name, text):
    with pytest.raises(ValueError, match=f"^{name} "):
        BY_NAME[name].choice(text)


@pytest.mark.parametrize("name", ["Q16", "Q20", "Q22"])
def test_what_every_profile_refuses_can_be_allowed_for_simple_tests(name):
    """behaviour.md section 7: the lenient options."""
    assert len(BY_NAME[name].choices) > 1
