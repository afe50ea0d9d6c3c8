"""One test for many values can fail, and says of which."""

from __future__ import annotations

import pytest
from every import for_every


@for_every([1, 2, 3])
def odd(number):
    assert number % 2


@for_every(["a", "b"])
class OfAll:
    def test_it_is_the_first(self, letter):
        assert letter == "a"


@pytest.mark.parametrize(("test", "note"), [(odd, "of 2"), (OfAll().test_it_is_the_first, "of 'b'")])
def test_what_fails_is_named(test, note):
    with pytest.raises(AssertionError) as failed:
        test()

    assert failed.value.__notes__ == [note]


def test_of_nothing_nothing_is_proved():
    with pytest.raises(AssertionError):
        for_every([])
