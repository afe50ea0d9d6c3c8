"""Profiles, single quirks, and how both are written on a command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core.behaviour import COUNT, PROFILES, Behaviour, Quirk

STATUS = Quirk("Q1", "a status", 200, 201, 201, "seen")
NAMES = Quirk("Q8", "names", "allowed", "allowed", "refused", "not seen", verified=False)
EXTRA = Quirk("Q16", "with a choice that no profile makes", "refused", "refused", "refused", "help", also=("204",))
READS = Quirk("Q13", "so many reads", 0, 0, 0, "seen", also=(COUNT,))
VERBS = Quirk("Q12", "several ways", "post+put+members", "post+members", "post", "seen")
LENGTH = Quirk("Q21", "so long", "PT0S", "PT30M", "PT0S", "documented", form=r"PT[0-9]+[SM]")
TABLE = (STATUS, NAMES, EXTRA, READS)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("observed", (200, "allowed")), ("documented", (201, "allowed")), ("strict", (201, "refused"))],
)
def test_a_profile_makes_its_choice_for_every_quirk(profile, expected):
    behaviour = Behaviour.parse(profile, TABLE)

    assert expected == (behaviour[STATUS], behaviour[NAMES])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("observed,Q1=201", (201, "allowed", "refused", 0)),
        ("observed,Q1=201,Q8=refused", (201, "refused", "refused", 0)),
        ("strict,Q8=allowed", (201, "allowed", "refused", 0)),
        ("observed,Q16=204", (200, "allowed", "204", 0)),
        ("observed,Q13=25", (200, "allowed", "refused", 25)),
        ("observed, Q8=REFUSED", (200, "refused", "refused", 0)),
        (" strict , Q1=200 ", (200, "refused", "refused", 0)),
        ("observed,Q8=refused,Q8=allowed", (200, "allowed", "refused", 0)),
    ],
)
def test_single_choices_stand_above_those_of_the_profile(text, expected):
    behaviour = Behaviour.parse(text, TABLE)

    assert expected == tuple(behaviour[each] for each in TABLE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a behaviour is one of observed, documented, strict, not ''"),
        ("loose", "a behaviour is one of observed, documented, strict, not 'loose'"),
        ("Q1=201", "a behaviour is one of observed, documented, strict, not 'Q1=201'"),
        ("observed,Q99=1", "there is no behaviour 'Q99'"),
        ("observed,", "there is no behaviour ''"),
        ("observed,Q1", "Q1 is one of 200, 201, not ''"),
        ("observed,Q1=202", "Q1 is one of 200, 201, not '202'"),
        ("observed,Q16=maybe", "Q16 is one of refused, 204, not 'maybe'"),
        ("observed,Q13=often", "Q13 is one of 0"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(text, message):
    with pytest.raises(ValueError, match="^" + message):
        Behaviour.parse(text, TABLE)


def test_a_number_of_something_is_not_negative():
    with pytest.raises(ValueError, match="Q13"):
        Behaviour.parse("observed,Q13=-1", TABLE)


@pytest.mark.parametrize("text", ["observed", "strict,Q1=200", "documented,Q8=refused,Q13=7"])
def test_a_behaviour_is_written_as_it_is_read(text):
    assert text == str(Behaviour.parse(text, TABLE))


CHOICES = st.fixed_dictionaries({}, optional={each.name: st.sampled_from(each.choices) for each in TABLE[:3]})


@given(st.sampled_from(PROFILES), CHOICES)
def test_a_written_behaviour_makes_the_same_choices_when_read_again(profile, alone):
    made = Behaviour(TABLE, profile, alone)
    again = Behaviour.parse(str(made), TABLE)

    assert [made[each] for each in TABLE] == [again[each] for each in TABLE]


@pytest.mark.parametrize("choice", ["PT0S", "PT30M", "PT45M"])
def test_anything_of_the_form_may_be_chosen_where_there_is_one(choice):
    assert choice == Behaviour.parse(f"observed,Q21={choice}", (LENGTH,))[LENGTH]


@pytest.mark.parametrize("choice", ["", "PT", "30", "pt30m", "PT30M "])
def test_nothing_of_another_form_may(choice):
    with pytest.raises(ValueError, match="Q21 is written like PT0S, not "):
        LENGTH.choice(choice)


def test_a_choice_may_be_several_things_at_once():
    assert "post+members" == Behaviour.parse("strict,Q12=post+members", (STATUS, VERBS))[VERBS]


def test_the_choices_are_those_of_the_profiles_and_then_the_others():
    assert (("refused", "204"), (200, 201)) == (EXTRA.choices, STATUS.choices)


def test_a_quirk_does_not_mix_kinds_of_choices():
    with pytest.raises(ValueError, match="Q1 mixes kinds of choices"):
        Quirk("Q1", "a status", 200, "201", 201, "seen")


def test_a_quirk_does_not_mix_in_another_kind_of_choice_beside_the_profiles():
    with pytest.raises(ValueError, match="Q1 mixes kinds of choices"):
        Quirk("Q1", "a status", 200, 201, 201, "seen", also=("204",))


def test_a_behaviour_knows_its_profile():
    assert "strict" == Behaviour.parse("strict,Q1=200", TABLE).profile
