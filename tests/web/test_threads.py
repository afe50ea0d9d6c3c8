"""Sixteen callers at once through the app: nothing is lost, nothing is seen half done (issue 5, 7)."""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from core.tenant_machine import PARTS
from hypothesis.stateful import INVARIANT_MARKER
from tenants import tenant
from web.asking import P, Reply, to_group
from web.test_machine import Counted, HttpMachine

from mockserver.sandbox import Journal

CALLERS, TURNS = 16, 60
A, C, G = "/beta/applications", f"{P}/connectors", f"{P}/connectorGroups"
PLACES = ["default", "paris", "lyon"]


class Caller:
    """One of many: its own choice of requests, what it made, and how each of them was answered."""

    def __init__(self, mock: Counted, number: int) -> None:
        self.mock, self.random = mock, Random(number)
        self.made: dict[str, list[str]] = {"group": [], "connector": [], "application": []}
        self.done: Counter[str] = Counter()
        self.seen: list[Any] = []

    def play(self) -> Caller:
        acts = [self.create, self.create, self.move, self.assign, self.rename, self.remove, self.refused, self.look]
        for _ in range(TURNS):
            self.random.choice(acts)()
        return self

    def told(self, kind: str, answer: Reply) -> bool:
        """Whether it was carried out."""
        assert answer.status < 500, answer

        self.done[kind if answer.status < 400 else "refused"] += 1
        return answer.status < 400

    def create(self) -> None:
        kind = self.random.choice(list(self.made))
        path, body = {
            "group": (G, {"name": f"g {self.random.random()}"}),
            "connector": ("/_mock/connectors", {"machineName": "m"}),
            "application": (A, {"displayName": "a"}),
        }[kind]
        answer = self.mock.post(path, body)
        if self.told(kind, answer):
            self.made[kind].append(answer.json()["id"])

    def remove(self) -> None:
        kind = self.random.choice(list(self.made))
        if self.made[kind]:
            key = self.made[kind][-1]
            path = {"group": G, "connector": "/_mock/connectors", "application": A}[kind]
            if self.told(f"{kind} gone", self.mock.delete(f"{path}/{key}")):
                self.made[kind].pop()

    def move(self) -> None:
        """One connector that all fight for, or one of its own."""
        key = self.random.choice(["c1", *self.made["connector"]])
        to = self.random.choice([*PLACES, *self.made["group"]])
        self.told("move", self.mock.post(f"{C}/{key}/memberOf/$ref", to_group(to)))

    def assign(self) -> None:
        to = self.random.choice([*PLACES, *self.made["group"]])
        self.told("assign", self.mock.put(f"{A}/a2/connectorGroup/$ref", to_group(to)))

    def rename(self) -> None:
        body = {"requests": [{"id": "1", "method": "PATCH", "url": f"{A[5:]}/a0", "body": {"displayName": "x"}}]}
        self.told("rename", self.mock.post("/beta/$batch", body))

    def refused(self) -> None:
        assert not self.told("never", self.mock.delete(f"{G}/default"))

    def look(self) -> None:
        """What one answer says; all of it must be of one moment."""
        path = self.random.choice([f"{C}?$count=true", f"{A}?$count=true&$top=999", f"{G}?$expand=members($select=id)"])
        self.seen.append(self.mock.get(path, ConsistencyLevel="eventual").json())


@pytest.fixture(scope="module")
def played() -> tuple[Counted, list[Caller], Journal]:
    """A mock after all of them, they themselves, and its journal then."""
    mock, interval = Counted(tenant(*PARTS)), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(CALLERS) as pool:
            callers = list(pool.map(lambda number: Caller(mock, number).play(), range(CALLERS)))
    finally:
        sys.setswitchinterval(interval)
    return mock, callers, mock.sandbox.state.journal


def in_all(callers: list[Caller]) -> Counter[str]:
    return sum((each.done for each in callers), Counter())


def test_nothing_that_was_created_is_lost(played):
    mock, callers, _ = played
    made = {kind: {key for each in callers for key in each.made[kind]} for kind in callers[0].made}
    names = {"group": "connectorGroup", "connector": "connector", "application": "application"}
    first = {each["id"] for each in PARTS} | {"default"}
    there = {kind: set(mock.tenant.all(name)) - first for kind, name in names.items()}

    assert made == there


def test_many_of_each_kind_were_carried_out(played):
    """Else the others would prove little."""
    done = in_all(played[1])

    assert min(done[kind] for kind in ("group", "connector", "application", "move", "assign", "rename", "refused")) > 20


def test_no_id_was_given_twice(played):
    _, callers, _ = played
    keys = [key for each in callers for keys in each.made.values() for key in keys]

    assert len(keys) == len(set(keys))


def test_every_invariant_of_a_tenant_holds(played):
    """Those of the machine, below HTTP and above it."""
    mock, _, _ = played
    machine = HttpMachine()
    machine.mock, machine.sandbox = mock, mock.sandbox
    names = [name for name in dir(HttpMachine) if hasattr(getattr(HttpMachine, name), INVARIANT_MARKER)]
    for name in names:
        getattr(machine, name)()

    assert len(names) >= 12


def test_a_list_and_its_count_are_of_one_photograph(played):
    counted = [each for caller in played[1] for each in caller.seen if "@odata.count" in each]

    assert len(counted) > 50
    assert [each["@odata.count"] for each in counted] == [len(each["value"]) for each in counted]


def test_every_list_of_members_has_each_connector_once(played):
    """R2: a move is never seen half done."""
    expanded = [each for caller in played[1] for each in caller.seen if "@odata.count" not in each]
    listed = [[key["id"] for group in each["value"] for key in group["members"]] for each in expanded]

    assert len(listed) > 20
    assert [each for each in listed if len(each) != len(set(each))] == []
    assert all({"c0", "c1", "c2", "c3"} <= set(each) for each in listed)


def test_the_journal_has_every_request_to_the_graph_once(played):
    _, callers, journal = played
    done, looked = in_all(callers), sum(len(each.seen) for each in callers)
    control = done["connector"] + done["connector gone"]

    # A rename is a batch, with one entry for itself and one for what is in it.
    assert done.total() + looked + done["rename"] - control == journal.recorded
    assert len({each.request_id for _, each in journal.entries()}) == min(journal.recorded, journal.most)
