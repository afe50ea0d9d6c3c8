"""The machine of tests/core played through HTTP: what is true of the tenant is also what every client sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import quote
from zlib import crc32

import pytest
from core.tenant_machine import TenantMachine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from tenants import NOW
from web.asking import Mock, P, Reply, refusal, to_connector, to_group

from mockserver.core.commands import Command, Create, Delete, Link, Unlink, Update
from mockserver.core.tenant import Tenant
from mockserver.sandbox import Clock, Sandbox, State
from mockserver.settings import Settings
from mockserver.web.app import create_app
from mockserver.world import World

ENOUGH = settings(max_examples=90, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
A = "/beta/applications"
C = f"{P}/connectors"
G = f"{P}/connectorGroups"

Request = tuple[str, str, Any]


class Counted(Mock):
    """A mock over a given tenant, which counts what it is asked."""

    asked: ClassVar[int] = 0

    def __init__(self, tenant: Tenant) -> None:
        self.world = World(State(tenant, Clock(frozen=NOW)))
        self.app = create_app(self.world, Settings())

    def ask(self, method: str, target: str | bytes, body: Any = None, **headers: str) -> Reply:
        Counted.asked += 1
        return super().ask(method, target, body, **headers)


class HttpMachine(TenantMachine):
    """Commands are sent as requests, a move in all its ways: which one depends on the command alone, so that
    a failing example can be played again."""

    def opened(self, at: Tenant) -> Sandbox:
        self.mock = Counted(at)
        return self.mock.sandbox

    def carry_out(self, command: Command) -> str | None:
        answer = self.mock.ask(*_request(command, crc32(repr(command).encode())))
        if answer.status >= 400:
            assert refusal(answer)[0] < 500

            return None
        return str(answer.json()["id"]) if isinstance(command, Create) else command.id

    @invariant()
    def every_client_sees_one_default_group(self):
        """R1."""
        groups = self.mock.get(f"{G}?$filter=isDefault eq true").json()["value"]

        assert [(each["id"], each["connectorGroupType"]) for each in groups] == [("default", "applicationProxy")]

    @invariant()
    def every_client_sees_each_connector_in_one_group(self):
        """R2, R4."""
        groups = self.mock.get(f"{G}?$expand=members($select=id)").json()["value"]
        listed = [connector["id"] for group in groups for connector in group["members"]]

        assert sorted(listed) == sorted(self.mock.get(f"{C}?$select=id").ids)

    @invariant()
    def every_client_sees_each_published_application_in_one_group(self):
        """R6."""
        groups = self.mock.get(f"{G}?$expand=applications($select=id)").json()["value"]
        listed = [application["id"] for group in groups for application in group["applications"]]
        rows = self.sandbox.tenant.all("application").items()

        assert sorted(listed) == sorted(key for key, each in rows if each["onPremisesPublishing"] is not None)

    @invariant()
    def lists_say_the_same_as_counts(self):
        for path in (C, A):
            count = self.mock.get(f"{path}/$count", ConsistencyLevel="eventual").body
            assert int(count) == len(self.mock.get(f"{path}?$top=1000").ids)


def _request(command: Command, turn: int) -> Request:
    """Method, path and body of what a client sends to have the command carried out."""
    return _REQUESTS[type(command), command.type](command, turn)


def _installed(command: Any, _: int) -> Request:
    return "POST", "/_mock/connectors", dict(command.properties)


def _stopped_or_started(command: Any, _: int) -> Request:
    return "POST", f"/_mock/connectors/{command.id}/{'stop' if command.properties['stopped'] else 'start'}", None


def _moved(command: Any, turn: int) -> Request:
    ways: list[Request] = [
        ("POST", f"{C}/{command.id}/memberOf/$ref", to_group(command.target)),
        ("PUT", f"{C}/{command.id}/memberOf/$ref", to_group(command.target)),
        ("POST", f"{G}/{command.target}/members/$ref", to_connector(command.id)),
    ]
    return ways[turn % 3]


def _taken_out(command: Any, turn: int) -> Request:
    ways: list[Request] = [
        ("DELETE", f"{C}/{command.id}/memberOf/{command.target}/$ref", None),
        ("DELETE", f"{G}/{command.target}/members/{command.id}/$ref", None),
        ("DELETE", f"{G}/{command.target}/members/$ref?@id={quote(to_connector(command.id)['@odata.id'])}", None),
    ]
    return ways[turn % 3]


_REQUESTS: dict[tuple[type[Command], str], Callable[[Any, int], Request]] = {
    (Create, "connectorGroup"): lambda command, _: ("POST", G, dict(command.properties)),
    (Update, "connectorGroup"): lambda command, _: ("PATCH", f"{G}/{command.id}", dict(command.properties)),
    (Delete, "connectorGroup"): lambda command, _: ("DELETE", f"{G}/{command.id}", None),
    (Create, "connector"): _installed,
    (Update, "connector"): _stopped_or_started,
    (Delete, "connector"): lambda command, _: ("DELETE", f"/_mock/connectors/{command.id}", None),
    (Link, "connector"): _moved,
    (Unlink, "connector"): _taken_out,
    (Create, "application"): lambda command, _: ("POST", A, dict(command.properties)),
    (Update, "application"): lambda command, _: ("PATCH", f"{A}/{command.id}", dict(command.properties)),
    (Delete, "application"): lambda command, _: ("DELETE", f"{A}/{command.id}", None),
    (Link, "application"): lambda command, _: (
        "PUT",
        f"{A}/{command.id}/connectorGroup/$ref",
        to_group(command.target),
    ),
    (Unlink, "application"): lambda command, _: ("DELETE", f"{A}/{command.id}/connectorGroup/$ref", None),
}


@pytest.mark.heavy
def test_the_invariants_hold_after_every_one_of_five_thousand_requests():
    run_state_machine_as_test(HttpMachine, settings=ENOUGH)

    assert Counted.asked >= 5_000
    assert HttpMachine.played.total() >= 1_000
