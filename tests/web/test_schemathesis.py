"""The mock's own OpenAPI document played against it in process: what it promises is what is answered (clients.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web.asking import DOCUMENT, FILES, NEW, PARIS, PARIS_1, WIKI, Mock

from mockserver.derive.openapi import openapi
from mockserver.model import MODELS
from mockserver.web.control import DECLARED
from mockserver.web.control.described import control_paths

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""Not `ignored_auth`, as any token is taken or none; and a request that fits its schema may still break a rule."""

FEW = settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

SCHEMA = schemathesis.openapi.from_dict(openapi(MODELS, "0.1.0", "http://localhost:8365", control_paths(DECLARED)))
STREAM = "GET /_mock/events"
"""Goes on and on, and has no JSON; `test_events.py` listens to it."""
OPERATIONS = [each for each in (found.ok() for found in SCHEMA.get_all_operations()) if each.label != STREAM]
BEHAVIOURS = [f"{profile},Q22=allowed" for profile in ("observed", "documented", "strict")]

FORM = "application/x-www-form-urlencoded"
HYBRID = "/beta/onPremisesPublishingProfiles/provisioning"
PRIVATE = "/beta/onPremisesPublishingProfiles/privateAccess"
SEGMENTS = f"/beta/applications/{WIKI}/onPremisesPublishing/segmentsConfiguration"
USER_ROLE = "18d14569-c3bd-439b-9a66-3a2aee01d14f"
AMY, STAFF = "d0000000-0000-4000-8000-000000000001", "90000000-0000-4000-8000-000000000001"
EVERYTHING = {
    **DOCUMENT,
    "applications": [
        {**each, "uniqueName": "wiki", "appId": FILES} if each["id"] == WIKI else each
        for each in DOCUMENT["applications"]
    ],
    "users": [{"id": AMY, "userPrincipalName": "amy@contoso.com"}],
    "groups": [{"id": STAFF, "displayName": "Staff", "members": ["amy@contoso.com"]}],
}

pytestmark = pytest.mark.heavy


class World:
    """A mock that has one of everything, and how its ids are called in the templates of paths."""

    def __init__(self, behaviour: str) -> None:
        self.mock = Mock(behaviour, EVERYTHING)
        self.keys: dict[str, str] = {
            "application-id": WIKI,
            "appId": FILES,
            "uniqueName": "wiki",
            "applicationTemplate-id": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
            "connectorGroup-id": PARIS,
            "connector-id": PARIS_1,
            "key": NEW,
            "user-id": AMY,
            "userPrincipalName": "amy@contoso.com",
            "group-id": STAFF,
        }
        (principal,) = self.mock.get(f"/beta/servicePrincipals?$filter=appId eq '{FILES}'").ids
        self.keys["servicePrincipal-id"] = principal
        ring = self.made("onPremisesAgentGroup-id", f"{HYBRID}/agentGroups", displayName="Ring A")
        self.keys["onPremisesAgentGroup-id1"] = ring
        self.made("onPremisesAgent-id", f"{HYBRID}/agentGroups/{ring}/agents", machineName="sync-1")
        self.made("publishedResource-id", f"{HYBRID}/agentGroups/{ring}/publishedResources", displayName="hr")
        self.made("privateAccessSensor-id", f"{PRIVATE}/sensors", machineName="dc-1")
        ip, web = (
            f"{SEGMENTS}/microsoft.graph.{kind}SegmentConfiguration/applicationSegments" for kind in ("ip", "web")
        )
        self.made("ipApplicationSegment-id", ip, destinationHost="a.lab", ports=["80-80"])
        segment = self.made("webApplicationSegment-id", web, internalUrl="https://a.lab/")
        self.made("corsConfiguration_v2-id", f"{web}/{segment}/corsConfigurations", resource="/")
        self.assigned = {
            below: self.made(
                "appRoleAssignment-id",
                f"/beta/servicePrincipals/{principal}/appRoleAssignedTo",
                principalId=who,
                resourceId=principal,
                appRoleId=USER_ROLE,
            )
            for below, who in (("/users", AMY), ("/groups", STAFF), ("/servicePrincipals", principal))
        }
        self.keys["name"] = self.mock.post("/_mock/snapshots", {"name": "here"}).json()["name"]
        self.mock.post("/_mock/sandboxes", {"name": "here"})
        self.fault = self.mock.post("/_mock/faults", {"delay": "PT0.1S"}).json()["id"]
        asked = self.mock.ask("POST", "/common/oauth2/v2.0/devicecode", b"client_id=a", **{"Content-Type": FORM})
        self.keys["code"] = asked.json()["user_code"]
        self.full = self.mock.sandbox.state

    def made(self, name: str, path: str, **said: Any) -> str:
        answer = self.mock.post(path, said)

        assert answer.status in (200, 201)

        key: str = answer.json()["id"]
        self.keys[name] = key
        return key

    def begin_again(self) -> None:
        self.mock.sandbox.state = self.full

    def known(self, path: str, names: Mapping[str, Any]) -> dict[str, str]:
        """The ids of what is there, for the parameters of a path."""
        profile = next((each for child, each in _PROFILES.items() if f"/{child}" in path), "applicationProxy")
        below = next((each for each in self.assigned if each in path), "/users")
        keys = self.keys | {
            "onPremisesPublishingProfile-id": profile,
            "appRoleAssignment-id": self.assigned["/users" if "appRoleAssignedTo" in path else below],
            **({"key": self.fault} if "/faults/" in path else {}),
        }
        return {name: keys[name] for name in names}


_PROFILES = {
    "agents": "provisioning",
    "agentGroups": "provisioning",
    "publishedResources": "provisioning",
    "hybridAgentUpdaterConfiguration": "provisioning",
    "sensors": "privateAccess",
    "applicationSegments": "privateAccess",
}

_shared = lru_cache(World)


def world(behaviour: str, path: str) -> World:
    """What is done to a mock itself would be felt by all who share it."""
    return World(behaviour) if path.startswith("/_mock") else _shared(behaviour)


def play(operation: Any, mode: GenerationMode, behaviours: list[str], settings_: settings = FEW) -> None:
    """A few requests, each of which meets everything; half of them without a query, most with ids of what is there."""
    worlds = [world(each, operation.path) for each in behaviours]

    @settings_
    @given(
        case=operation.as_strategy(generation_mode=mode),
        at=st.sampled_from(worlds),
        strange=st.sampled_from([False, False, True]),
        asking=st.booleans(),
    )
    def one(case: Any, at: World, strange: bool, asking: bool) -> None:
        at.begin_again()
        if not strange:
            case.path_parameters = at.known(operation.path, case.path_parameters)
        if not asking and mode is GenerationMode.POSITIVE:
            case.query = {}
        case.call_and_validate(app=at.mock.app, checks=CHECKS)

    one()


def takes_json(operation: Any) -> bool:
    return any(each.media_type == "application/json" for each in operation.body)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_answer_is_one_that_the_document_promises(operation):
    """5: no failure, and status, content type, headers and body as described, whatever the behaviour."""
    play(operation, GenerationMode.POSITIVE, BEHAVIOURS)


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if takes_json(each)], ids=lambda each: each.label)
def test_so_is_the_answer_to_a_body_that_does_not_fit(operation):
    play(operation, GenerationMode.NEGATIVE, BEHAVIOURS[:1], settings(FEW, max_examples=2))


OPTIONS = {
    "$count": "true",
    "$filter": "id eq 'x'",
    "$orderby": "id",
    "$search": '"id:x"',
    "$select": "id",
    "$skip": "1",
    "$top": "1",
}


def reading() -> dict[str, Any]:
    """The operations that read, by what they read in the world that has one of everything."""
    at = _shared(BEHAVIOURS[0])
    at.begin_again()
    found = {}
    for each in OPERATIONS:
        if each.method == "get" and not each.path.startswith("/_mock"):
            found[each.path.format(**at.known(each.path, [name.name for name in each.path_parameters]))] = each
    return found


@pytest.mark.parametrize(("option", "value"), OPTIONS.items())
def test_an_option_that_the_document_offers_is_understood(option, value):
    """5: what is generated is hardly ever a $filter that says something. Not every property can be searched in."""
    offering = [path for path, each in reading().items() if option in [said.name for said in each.query]]
    mock = _shared(BEHAVIOURS[0]).mock
    answers = {path: mock.get(f"{path}?{option}={value}", ConsistencyLevel="eventual").status for path in offering}

    assert offering
    assert {path: status for path, status in answers.items() if status not in (200, 400 * (option == "$search"))} == {}


def test_the_world_that_they_meet_has_one_of_everything():
    """Else every answer would be 404."""
    mock = _shared(BEHAVIOURS[0]).mock
    missing = {path for path in reading() if mock.get(path, ConsistencyLevel="eventual").status not in (200, 204)}

    assert {path for path in missing if not path.endswith("/logo")} == set()
