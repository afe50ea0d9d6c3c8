"""How long a connector may be silent: R37, R38, and Q25, by which both lengths can be chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tenants import NOW, tenant

from mockserver.model.heartbeats import inactive_after, limits, removed_after, status_at

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("silent", "expected"),
    [
        (timedelta(0), "active"),
        (timedelta(minutes=4, seconds=59), "active"),
        (timedelta(minutes=5), "active"),
        (timedelta(minutes=5, seconds=1), "inactive"),
        (timedelta(days=9), "inactive"),
    ],
)
def test_a_connector_is_active_up_to_five_minutes_after_its_last_heartbeat(silent, expected):
    """R37: operators' guide: five minutes."""
    assert expected == status_at(tenant().behaviour, NOW - silent, NOW)


@pytest.mark.parametrize(
    ("silent", "expected"), [(timedelta(hours=1), "active"), (timedelta(hours=1) + SECOND, "inactive")]
)
def test_how_long_it_is_active_can_be_chosen(silent, expected):
    """Q25."""
    assert expected == status_at(tenant(Q25="PT1H+P30D").behaviour, NOW - silent, NOW)


def test_both_lengths_are_known_as_lengths_and_as_they_are_written():
    """R37, R38."""
    behaviour = tenant().behaviour

    assert ("PT5M", "P10D") == limits(behaviour)
    assert (timedelta(minutes=5), timedelta(days=10)) == (inactive_after(behaviour), removed_after(behaviour))
