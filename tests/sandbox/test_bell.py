"""Who listens to a sandbox is told of every change, and only told."""

from __future__ import annotations

import pytest
from tenants import create_group, sandbox, tenant

from mockserver.core.errors import TooManyStreams
from mockserver.sandbox.bell import MOST, Bell


@pytest.mark.parametrize(
    "change",
    [
        lambda at: at.dispatch(create_group("paris")),
        lambda at: at.reset(),
        lambda at: at.set_throttle(None),
        lambda at: at.save("before"),
    ],
    ids=["command", "reset", "throttle", "snapshot"],
)
def test_every_change_rings_once(change):
    at, heard = sandbox(tenant()), []
    with at.bell.heard(lambda: heard.append(at.bell.rung)):
        change(at)

    assert heard == [1]


def test_nobody_is_told_after_he_stopped_listening():
    bell, heard = Bell(), []
    with bell.heard(lambda: heard.append(1)):
        pass
    bell.ring()

    assert (heard, len(bell)) == ([], 0)


def test_who_fails_stops_listening():
    bell = Bell()
    with pytest.raises(ValueError, match="enough"), bell.heard(lambda: None):
        raise ValueError("enough")

    assert len(bell) == 0


def test_a_listener_may_leave_while_it_is_told():
    bell = Bell()
    first = bell.heard(lambda: second.__exit__(None, None, None))
    second = bell.heard(lambda: None)
    with first:
        second.__enter__()
        bell.ring()

        assert len(bell) == 1


def test_only_so_many_may_listen():
    bell = Bell()
    bell.check_room()
    listening = [bell.heard(lambda: None) for _ in range(MOST)]
    for each in listening:
        each.__enter__()
    with pytest.raises(TooManyStreams):
        bell.check_room()
    for each in listening:
        each.__exit__(None, None, None)

    bell.check_room()
