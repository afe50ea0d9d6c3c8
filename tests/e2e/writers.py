"""Clients that write as fast as they can, know what was acknowledged to them, and what hung in the air at the end."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from random import Random
from typing import Any

import httpx
from e2e.stories import http_client

G = "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"

Truth = dict[str, int]
"""By the name of each thing, without its version: its version. What is not there is not in here."""

_ALL = "$top=999&$select=id"


class Writer:
    """Makes, changes and drops things of its own; after each answer it knows what there is of them."""

    def __init__(self, number: int, random: Random) -> None:
        self._number, self._random, self._made = number, random, 0
        self.sure: Truth = {}
        self.doubt: tuple[str, int | None] | None = None
        """A thing that was asked to become this version, or to go, without an answer."""
        self.ids: dict[str, str] = {}
        self.seen: list[str] = []
        """Every id that was given to it."""

    def write(self, client: httpx.Client, told: Callable[[], object]) -> None:
        """Until nobody answers any more."""
        with suppress(httpx.TransportError):
            while True:
                self._step(client)
                self.doubt = None
                told()

    def _step(self, client: httpx.Client) -> None:
        acts = [self._make_group, self._make_application, self._save, self._fork]
        mine = Counter(name.partition("-")[0] for name in self.sure)
        if mine["group"]:
            acts += [self._rename_group] * 4
        for kind, drop in (("group", self._drop_group), ("sandbox", self._drop_sandbox), ("snapshot", self._forget)):
            acts += [drop] * (2 if mine[kind] > 4 else 0)
        self._random.choice(acts)(client)

    def _make_group(self, client: httpx.Client) -> None:
        name = self._new("group")
        self._ask(client, name, 0, "POST", G, {"name": f"{name} 0"})

    def _rename_group(self, client: httpx.Client) -> None:
        name = self._one_of("group")
        version = self.sure[name] + 1
        self._ask(client, name, version, "PATCH", f"{G}/{self.ids[name]}", {"name": f"{name} {version}"})

    def _drop_group(self, client: httpx.Client) -> None:
        name = self._one_of("group")
        self._ask(client, name, None, "DELETE", f"{G}/{self.ids[name]}")

    def _make_application(self, client: httpx.Client) -> None:
        """With its service principal, in one batch of commands."""
        name = self._new("application")
        path = "/beta/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate"
        self._ask(client, name, 0, "POST", path, {"displayName": f"{name} 0"})

    def _save(self, client: httpx.Client) -> None:
        name = self._new("snapshot")
        self._ask(client, name, 0, "POST", "/_mock/snapshots", {"name": name})

    def _forget(self, client: httpx.Client) -> None:
        name = self._one_of("snapshot")
        self._ask(client, name, None, "DELETE", f"/_mock/snapshots/{name}")

    def _fork(self, client: httpx.Client) -> None:
        name = self._new("sandbox")
        self._ask(client, name, 0, "POST", "/_mock/sandboxes", {"name": name})

    def _drop_sandbox(self, client: httpx.Client) -> None:
        name = self._one_of("sandbox")
        self._ask(client, name, None, "DELETE", f"/_mock/sandboxes/{name}")

    def _ask(
        self, client: httpx.Client, name: str, version: int | None, method: str, path: str, body: Any = None
    ) -> None:
        self.doubt = name, version
        answer = client.request(method, path, json=body)
        assert answer.is_success, answer.text
        self._know(name, version)
        if method == "POST" and name.startswith(("group", "application")):
            said = answer.json()
            self.ids[name] = said.get("id") or said["application"]["id"]
            self.seen.append(self.ids[name])

    def _know(self, name: str, version: int | None) -> None:
        if version is None:
            del self.sure[name]
        else:
            self.sure[name] = version

    def _new(self, kind: str) -> str:
        self._made += 1
        return f"{kind}-{self._number}-{self._made}"

    def _one_of(self, kind: str) -> str:
        return self._random.choice([each for each in self.sure if each.startswith(kind)])

    def compare(self, truth: Mapping[str, int], ids: Mapping[str, str]) -> None:
        """What is there is what was acknowledged; of what hung in the air, all or nothing. From now on it is known."""
        mine = {name: version for name, version in truth.items() if name.split("-")[1] == str(self._number)}
        outcomes = [self.sure]
        if self.doubt is not None:
            name, version = self.doubt
            rest = {key: each for key, each in self.sure.items() if key != name}
            outcomes.append(rest if version is None else rest | {name: version})
        assert mine in outcomes
        self.sure, self.doubt = mine, None
        self.ids |= {name: ids[name] for name in mine if name in ids}


def written_until(root: str, writers: list[Writer], acknowledged: int, kill: Callable[[], object]) -> None:
    """All of them write at once; the mock is killed after so many answers, in the midst of what the others do."""
    left, lock, enough = acknowledged, threading.Lock(), threading.Event()

    def told() -> None:
        nonlocal left
        with lock:
            left -= 1
        if left <= 0:
            enough.set()

    def work(writer: Writer) -> None:
        with http_client(root) as client:
            writer.write(client, told)

    threads = [threading.Thread(target=work, args=(each,)) for each in writers]
    for each in threads:
        each.start()
    enough.wait()
    kill()
    for each in threads:
        each.join()


def truth_at(root: str) -> tuple[Truth, dict[str, str]]:
    """What there is of the writers' things, and the ids of those that have one."""
    with http_client(root) as client:
        groups = _named(client, G, "name")
        applications = _named(client, "/beta/applications", "displayName")
        principals = _named(client, "/beta/servicePrincipals", "displayName")
        others = [each["name"] for path in ("snapshots", "sandboxes") for each in _rows(client, f"/_mock/{path}")]
    assert principals.keys() == applications.keys(), "an application and its service principal are made together"
    named = groups | applications
    truth = {name: version for name, (version, _) in named.items()} | dict.fromkeys(others, 0)
    truth = {name: version for name, version in truth.items() if name.count("-") == 2}
    return truth, {name: key for name, (_, key) in named.items()}


def _named(client: httpx.Client, path: str, property_name: str) -> dict[str, tuple[int, str]]:
    rows = _rows(client, f"{path}?{_ALL},{property_name}")
    split = [(row[property_name].rpartition(" "), row["id"]) for row in rows]
    mine = [(name, int(version), key) for (name, _, version), key in split if version.isdecimal() and "-" in name]
    assert len(mine) == len({name for name, _, _ in mine})
    return {name: (version, key) for name, version, key in mine}


def _rows(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    while path:
        answer = client.get(path).json()
        rows += answer["value"]
        path = answer.get("@odata.nextLink", "")
    return rows
