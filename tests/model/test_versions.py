"""Versions compare as numbers."""

from __future__ import annotations

import pytest

from mockserver.model.versions import KNOWN, NEWEST, number


def test_known_versions_are_in_their_order_and_the_last_is_the_newest():
    """behaviour.md 1.5."""
    assert list(KNOWN) == sorted(KNOWN, key=number)
    assert "1.5.4522.0" == NEWEST


def test_a_version_is_older_by_its_numbers_not_by_its_letters():
    """R30: ZT casts to a .NET version."""
    assert number("1.5.612.0") < number("1.5.1526.0")


@pytest.mark.parametrize("text", ["", "1.5", "1.5.4522", "1.5.4522.0.1", "1.5.4522.x", " 1.5.4522.0", "1.5.4522.0\n"])
def test_anything_else_is_no_version(text):
    with pytest.raises(ValueError, match="no version of four numbers"):
        number(text)
