"""Publishing profiles; agents, agent groups and published resources of the hybrid ones (graph_reference 1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from web.asking import GRAPH, NOBODY, Mock, Reply, refusal, without_context

PROFILES = "/beta/onPremisesPublishingProfiles"
H = f"{PROFILES}/provisioning"
OTHER = f"{PROFILES}/authentication"
EIGHT = [
    "applicationProxy",
    "exchangeOnline",
    "authentication",
    "provisioning",
    "adAdministration",
    "intunePfx",
    "oflineDomainJoin",
    "privateAccess",
]
PROXY = ["applicationSegments", "connectorGroups", "connectors"]
HYBRID = ["agentGroups", "agents", "publishedResources"]
PRIVATE = ["applicationSegments", "sensors"]
CHILDREN = sorted({*PROXY, *HYBRID, *PRIVATE})

NOT_FOUND = (404, "Request_ResourceNotFound")
NOT_SERVED = (404, "")
NO_REFERENCE = (400, "InvalidReference_BadRequest")


@dataclass(frozen=True)
class Hybrid:
    """A mock whose profile provisioning has an agent and a resource in one group, and each once in none."""

    mock: Mock
    ring_a: str
    ring_b: str
    agent: str
    idle: str
    resource: str
    spare: str

    def filled(self, path: str) -> str:
        names = ("ring_a", "ring_b", "agent", "idle", "resource", "spare")
        return path.format(**{name: getattr(self, name) for name in names})

    def ask(self, method: str, path: str, body: Any = None) -> Reply:
        """The answer to a request below the profile, with names of ids filled in."""
        said = {name: self.filled(value) for name, value in body.items()} if isinstance(body, dict) else body
        return self.mock.ask(method, f"{H}/{self.filled(path)}", said)

    def ids(self, path: str) -> list[str]:
        return self.ask("GET", path).ids


@pytest.fixture
def hybrid(mock) -> Hybrid:
    return hybrid_of(mock)


def hybrid_of(mock: Mock) -> Hybrid:
    def made(path: str, **said: str) -> str:
        answer = mock.post(f"{H}/{path}", said)

        assert answer.status == 201

        key: str = answer.json()["id"]
        return key

    rings = [made("agentGroups", displayName=name) for name in ("Ring A", "Ring B")]
    agents = [made("agents", machineName=name) for name in ("sync-1", "sync-2")]
    resources = [made("publishedResources", displayName=name, resourceName=f"{name}.lab") for name in ("hr", "spare")]
    for kind, key in (("agents", agents[0]), ("publishedResources", resources[0])):
        assert mock.post(f"{H}/{kind}/{key}/agentGroups/$ref", to_ring(rings[0])).status == 204
    return Hybrid(mock, *rings, *agents, *resources)


def to_ring(key: str, profile: str = "provisioning", root: str = GRAPH) -> dict[str, str]:
    return {"@odata.id": f"{root}/beta/onPremisesPublishingProfiles/{profile}/agentGroups/{key}"}


# Where the entities of this world are, seen from each place that leads to them (1.4).
AGENTS = ["agents/{agent}", "agentGroups/{ring_a}/agents/{agent}"]
RESOURCES = ["publishedResources/{resource}", "agentGroups/{ring_a}/publishedResources/{resource}"]
IN_RING_A = [f"{place}/agentGroups" for place in (*AGENTS, *RESOURCES)]
COLLECTIONS = [
    ("agents", ["{agent}", "{idle}"]),
    ("agentGroups", ["{ring_a}", "{ring_b}"]),
    ("publishedResources", ["{resource}", "{spare}"]),
    ("agentGroups/{ring_a}/agents", ["{agent}"]),
    ("agentGroups/{ring_b}/agents", []),
    ("agentGroups/{ring_a}/publishedResources", ["{resource}"]),
    ("agentGroups/{ring_b}/publishedResources", []),
    ("agents/{idle}/agentGroups", []),
    ("publishedResources/{spare}/agentGroups", []),
    *((place, ["{ring_a}"]) for place in IN_RING_A),
]


class TestReading:
    @pytest.mark.parametrize(("path", "found"), COLLECTIONS)
    def test_every_collection_lists_what_is_in_it(self, hybrid, path, found):
        """1.4."""
        assert hybrid.ids(path) == [hybrid.filled(each) for each in found]

    @pytest.mark.parametrize(("path", "found"), COLLECTIONS)
    def test_every_collection_is_counted(self, hybrid, path, found):
        """1.4."""
        assert hybrid.ask("GET", f"{path}/$count").body == b"%d" % len(found)

    @pytest.mark.parametrize("place", IN_RING_A)
    def test_every_relationship_is_read_as_addresses(self, hybrid, place):
        """1.4, U-4."""
        address = f"http://localhost:8365{H}/agentGroups/{hybrid.ring_a}"

        assert hybrid.ask("GET", f"{place}/$ref").json()["value"] == [address]

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            *(
                (place, {"machineName": "sync-1", "status": "active", "supportedPublishingTypes": ["provisioning"]})
                for place in AGENTS
            ),
            *(
                (place, {"displayName": "hr", "resourceName": "hr.lab", "publishingType": "provisioning"})
                for place in RESOURCES
            ),
            (
                "agentGroups/{ring_a}",
                {"displayName": "Ring A", "publishingType": "provisioning", "isDefault": False},
            ),
        ],
    )
    def test_every_entity_is_read_from_every_place(self, hybrid, place, expected):
        """2.4, 3.7 to 3.9."""
        found = hybrid.ask("GET", place).json()

        assert {name: found[name] for name in expected} == expected

    @pytest.mark.parametrize(
        ("path", "names"),
        [
            ("agents/{agent}", ["id", "machineName", "externalIp", "status", "supportedPublishingTypes"]),
            ("agentGroups/{ring_a}", ["id", "displayName", "publishingType", "isDefault"]),
            ("publishedResources/{resource}", ["id", "displayName", "publishingType", "resourceName"]),
        ],
    )
    def test_an_entity_has_the_properties_of_its_type(self, hybrid, path, names):
        """2.4."""
        assert list(without_context(hybrid.ask("GET", path).json())) == names

    @pytest.mark.parametrize(
        ("path", "expanded"),
        [
            ("agents/{agent}?$expand=agentGroups", {"agentGroups": ["{ring_a}"]}),
            (
                "agentGroups/{ring_a}?$expand=agents,publishedResources",
                {"agents": ["{agent}"], "publishedResources": ["{resource}"]},
            ),
            ("publishedResources/{resource}?$expand=agentGroups", {"agentGroups": ["{ring_a}"]}),
            (
                "?$expand=publishedResources,agents,agentGroups",
                {
                    "agents": ["{agent}", "{idle}"],
                    "agentGroups": ["{ring_a}", "{ring_b}"],
                    "publishedResources": ["{resource}", "{spare}"],
                },
            ),
        ],
    )
    def test_what_is_related_can_be_expanded(self, hybrid, path, expanded):
        """3.7 to 3.10, EE: the documented examples."""
        found = hybrid.ask("GET", path).json()

        assert {name: [each["id"] for each in found[name]] for name in expanded} == {
            name: [hybrid.filled(each) for each in keys] for name, keys in expanded.items()
        }

    def test_lists_take_query_options(self, hybrid):
        """3.13."""
        found = hybrid.ask("GET", "agents?$filter=machineName eq 'sync-2'&$select=machineName&$count=true").json()

        assert without_context(found) == {"@odata.count": 1, "value": [{"machineName": "sync-2"}]}

    @pytest.mark.parametrize(
        "path",
        [
            f"agents/{NOBODY}",
            f"agentGroups/{NOBODY}",
            f"publishedResources/{NOBODY}",
            f"agents/{NOBODY}/agentGroups",
            f"agentGroups/{NOBODY}/agents/$count",
            f"publishedResources/{NOBODY}/agentGroups/$ref",
            f"agentGroups/{NOBODY}/publishedResources",
            "agentGroups/{ring_b}/agents/{agent}",
            "agentGroups/{ring_b}/publishedResources/{resource}",
            "agentGroups/{ring_a}/agents/{idle}",
            "agents/{ring_a}",
            "agentGroups/{ring_b}/agents/{agent}/agentGroups",
        ],
    )
    def test_what_is_not_there_is_not_found(self, hybrid, path):
        """5.3."""
        assert refusal(hybrid.ask("GET", path)) == NOT_FOUND


class TestCreating:
    @pytest.mark.parametrize(
        ("path", "said", "seen_at"),
        [
            ("agents", {"machineName": "sync-3"}, ["agents"]),
            ("agentGroups", {"displayName": "Ring C"}, ["agentGroups"]),
            ("publishedResources", {"displayName": "crm"}, ["publishedResources"]),
            ("publishedResources", {}, ["publishedResources"]),
            ("agentGroups/{ring_b}/agents", {"machineName": "sync-3"}, ["agents", "agentGroups/{ring_b}/agents"]),
            (
                "agentGroups/{ring_b}/publishedResources",
                {"displayName": "crm"},
                ["publishedResources", "agentGroups/{ring_b}/publishedResources"],
            ),
            (
                "publishedResources/{spare}/agentGroups",
                {"displayName": "Ring C"},
                ["agentGroups", "publishedResources/{spare}/agentGroups"],
            ),
            (
                "agentGroups/{ring_a}/publishedResources/{resource}/agentGroups",
                {"displayName": "Ring C"},
                ["agentGroups", "publishedResources/{resource}/agentGroups"],
            ),
        ],
    )
    def test_what_is_created_is_in_its_collection_and_in_the_profile(self, hybrid, path, said, seen_at):
        """1.4, 3.7 to 3.9."""
        answer = hybrid.ask("POST", path, said)
        key = answer.json()["id"]

        assert answer.status == 201
        assert [hybrid.ids(place)[-1] for place in seen_at] == [key] * len(seen_at)

    @pytest.mark.parametrize("path", ["agentGroups", "publishedResources", "agentGroups/{ring_b}/publishedResources"])
    def test_what_it_publishes_comes_from_the_profile(self, hybrid, path):
        """2.4: whatever the body says."""
        said = {"displayName": "x", "publishingType": "authentication"}

        assert hybrid.ask("POST", path, said).json()["publishingType"] == "provisioning"

    def test_a_group_is_never_made_the_default_one(self, hybrid):
        """2.4: isDefault is the system's."""
        assert (
            hybrid.mock.post(f"{H}/agentGroups", {"displayName": "x", "isDefault": True}).json()["isDefault"] is False
        )

    def test_what_is_created_says_where_it_is(self, hybrid):
        """U-32."""
        answer = hybrid.ask("POST", "agentGroups", {"displayName": "Ring C"})
        address = answer.headers["Location"]

        assert address == f"http://localhost:8365{H}/agentGroups/{answer.json()['id']}"
        assert hybrid.mock.get(address.removeprefix("http://localhost:8365")).json() == answer.json()

    @pytest.mark.parametrize(
        ("path", "said", "code"),
        [
            ("agents", {}, "Request_BadRequest"),
            ("agents", {"machineName": None}, "Request_BadRequest"),
            ("agents", {"machineName": "x", "nonsense": "x"}, "BadRequest"),
            ("agents", {"machineName": "x", "supportedPublishingTypes": "provisioning"}, "InvalidJson_BadRequest"),
            ("agentGroups", {}, "Request_BadRequest"),
            ("agentGroups", {"displayName": None}, "Request_BadRequest"),
            ("agentGroups", {"displayName": "x", "machineName": "x"}, "BadRequest"),
            ("publishedResources", {"nonsense": "x"}, "BadRequest"),
            ("publishedResources", [], "InvalidJson_BadRequest"),
        ],
    )
    def test_what_is_none_is_refused(self, hybrid, path, said, code):
        """5.3."""
        before = hybrid.mock.tenant
        answer = hybrid.mock.post(f"{H}/{path}", said)

        assert refusal(answer) == (400, code)
        assert hybrid.mock.tenant is before

    @pytest.mark.parametrize(
        "path", ["agents/{agent}/agentGroups", "agentGroups/{ring_a}/agents/{agent}/agentGroups", "agents/$count"]
    )
    def test_where_nothing_is_created_a_post_is_not_allowed(self, hybrid, path):
        """1.4: an agent's groups are linked only."""
        assert refusal(hybrid.ask("POST", path, {"displayName": "x"})) == (405, "Request_BadRequest")


class TestChangingAndDeleting:
    @pytest.mark.parametrize(
        ("place", "said", "read_at"),
        [
            *((place, {"machineName": "sync-9"}, "agents/{agent}") for place in AGENTS),
            *((place, {"displayName": "hr 2"}, "publishedResources/{resource}") for place in RESOURCES),
            *((place, {"resourceName": "hr2.lab"}, "publishedResources/{resource}") for place in RESOURCES),
            ("agentGroups/{ring_a}", {"displayName": "Ring Z"}, "agentGroups/{ring_a}"),
        ],
    )
    def test_a_change_is_seen_from_every_place(self, hybrid, place, said, read_at):
        """1.4, 3.8, 3.9: 204, though the client declares an entity."""
        answer = hybrid.ask("PATCH", place, said)
        found = hybrid.ask("GET", read_at).json()

        assert (answer.status, answer.body) == (204, b"")
        assert {name: found[name] for name in said} == said

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("agentGroups/{ring_a}", {"isDefault": True}),
            ("agentGroups/{ring_a}", {"publishingType": "authentication"}),
            ("agentGroups/{ring_a}", {"id": NOBODY}),
            ("agentGroups/{ring_a}", {"displayName": None}),
            ("agents/{agent}", {"status": "inactive"}),
            ("agents/{agent}", {"machineName": None}),
            ("publishedResources/{resource}", {"publishingType": "authentication"}),
        ],
    )
    def test_what_the_system_sets_is_not_changed(self, hybrid, path, said):
        """2.4: of an agent group only displayName is updatable; Q4."""
        before = hybrid.mock.tenant

        assert refusal(hybrid.mock.patch(f"{H}/{hybrid.filled(path)}", said)) == (400, "Request_BadRequest")
        assert hybrid.mock.tenant is before

    @pytest.mark.parametrize(
        ("place", "gone_from"),
        [
            *((place, ["agents", "agentGroups/{ring_a}/agents"]) for place in AGENTS),
            *((place, ["publishedResources", "agentGroups/{ring_a}/publishedResources"]) for place in RESOURCES),
            ("agentGroups/{ring_a}", ["agentGroups", *IN_RING_A[::2]]),
        ],
    )
    def test_what_is_deleted_is_gone_from_every_place(self, hybrid, place, gone_from):
        """1.4: the entity goes, not the relationship alone."""
        key = hybrid.filled(place).rpartition("/")[2]
        answer = hybrid.ask("DELETE", place)

        assert (answer.status, answer.body) == (204, b"")
        assert [key in hybrid.ids(each) for each in gone_from] == [False] * len(gone_from)

    def test_with_a_group_its_agents_and_resources_do_not_go(self, hybrid):
        hybrid.ask("DELETE", "agentGroups/{ring_a}")

        assert hybrid.ids("agents") == [hybrid.agent, hybrid.idle]
        assert hybrid.ids("publishedResources") == [hybrid.resource, hybrid.spare]


class TestRelationships:
    @pytest.mark.parametrize("place", IN_RING_A)
    @pytest.mark.parametrize("slash", ["", "/"])
    def test_another_group_is_added(self, hybrid, place, slash):
        """1.7: 204; 3.7: the official sample ends in a slash."""
        body = to_ring(hybrid.ring_b)
        answer = hybrid.mock.post(f"{H}/{hybrid.filled(place)}/$ref", {"@odata.id": body["@odata.id"] + slash})

        assert (answer.status, answer.body) == (204, b"")
        assert hybrid.ids(place) == [hybrid.ring_a, hybrid.ring_b]

    @pytest.mark.parametrize(
        ("place", "seen_at", "key"),
        [
            ("agents/{idle}/agentGroups", "agentGroups/{ring_a}/agents", "{idle}"),
            ("publishedResources/{spare}/agentGroups", "agentGroups/{ring_a}/publishedResources", "{spare}"),
        ],
    )
    def test_it_is_seen_from_the_other_end(self, hybrid, place, seen_at, key):
        """2.4: each side knows the other."""
        hybrid.mock.post(f"{H}/{hybrid.filled(place)}/$ref", to_ring(hybrid.ring_a))

        assert hybrid.ids(seen_at)[1:] == [hybrid.filled(key)]

    @pytest.mark.parametrize("place", IN_RING_A)
    def test_a_group_is_taken_off_by_its_key(self, hybrid, place):
        """1.4, 3.7."""
        answer = hybrid.ask("DELETE", f"{place}/{{ring_a}}/$ref")

        assert (answer.status, answer.body) == (204, b"")
        assert hybrid.ids(place.replace("agentGroups/{ring_a}/", "")) == []

    @pytest.mark.parametrize("place", IN_RING_A)
    @pytest.mark.parametrize("option", ["@id", "%40id", "$id"])
    def test_a_group_is_taken_off_by_its_address(self, hybrid, place, option):
        """1.4, 5.9."""
        address = to_ring(hybrid.ring_a)["@odata.id"]
        answer = hybrid.ask("DELETE", f"{place}/$ref?{option}={address}")

        assert answer.status == 204
        assert hybrid.ids(place.replace("agentGroups/{ring_a}/", "")) == []

    def test_taken_off_at_one_end_it_is_gone_at_the_other(self, hybrid):
        hybrid.ask("DELETE", "agents/{agent}/agentGroups/{ring_a}/$ref")

        assert hybrid.ids("agentGroups/{ring_a}/agents") == []
        assert hybrid.ids("agentGroups/{ring_a}/publishedResources") == [hybrid.resource]

    def test_a_group_that_is_there_already_stays_there_once(self, hybrid):
        """5.9: repeating it should succeed."""
        answer = hybrid.mock.post(f"{H}/agents/{hybrid.agent}/agentGroups/$ref", to_ring(hybrid.ring_a))

        assert (answer.status, hybrid.ids("agents/{agent}/agentGroups")) == (204, [hybrid.ring_a])

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("DELETE", "agents/{agent}/agentGroups/{ring_b}/$ref"),
            ("DELETE", f"agents/{{agent}}/agentGroups/{NOBODY}/$ref"),
            ("DELETE", "publishedResources/{spare}/agentGroups/{ring_a}/$ref"),
            ("DELETE", f"agents/{NOBODY}/agentGroups/{{ring_a}}/$ref"),
            ("DELETE", f"agents/{{agent}}/agentGroups/$ref?@id={H}/agentGroups/{{ring_b}}"),
        ],
    )
    def test_what_is_not_there_cannot_be_taken_off(self, hybrid, method, path):
        before = hybrid.mock.tenant

        assert refusal(hybrid.ask(method, path)) == NOT_FOUND
        assert hybrid.mock.tenant is before

    @pytest.mark.parametrize("place", IN_RING_A)
    def test_a_group_of_another_profile_is_refused(self, hybrid, place):
        """2.4: a profile contains its groups."""
        key = hybrid.mock.post(f"{OTHER}/agentGroups", {"displayName": "Elsewhere"}).json()["id"]
        answer = hybrid.mock.post(f"{H}/{hybrid.filled(place)}/$ref", to_ring(key, "authentication"))

        assert refusal(answer) == NO_REFERENCE
        assert hybrid.ids(place) == [hybrid.ring_a]

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            (f"{H}/agentGroups/{NOBODY}", NOT_FOUND),
            (f"{OTHER}/agentGroups/{{ring_a}}", NOT_FOUND),
            (f"{PROFILES}/applicationProxy/agentGroups/{{ring_a}}", NOT_SERVED),
            (f"{H}/agents/{{agent}}", NO_REFERENCE),
            (f"{H}/agentGroups", NO_REFERENCE),
            ("/beta/applications/{ring_a}", NO_REFERENCE),
            ("nonsense", NO_REFERENCE),
        ],
    )
    def test_a_reference_that_leads_elsewhere_is_refused(self, hybrid, address, expected):
        """U-3."""
        assert refusal(hybrid.ask("POST", "agents/{idle}/agentGroups/$ref", {"@odata.id": address})) == expected
        assert hybrid.ids("agents/{idle}/agentGroups") == []

    @pytest.mark.parametrize("end", ["agents/$ref", "publishedResources/$ref", "agents/{agent}/$ref"])
    @pytest.mark.parametrize("method", ["POST", "DELETE"])
    def test_only_one_end_of_a_relationship_is_written(self, hybrid, end, method):
        """1.4: below an agent group there is no $ref."""
        answer = hybrid.ask(method, f"agentGroups/{{ring_a}}/{end}", {"@odata.id": f"{H}/agents/{{idle}}"})

        assert refusal(answer)[0] in (400, 405)
        assert hybrid.ids("agentGroups/{ring_a}/agents") == [hybrid.agent]

    @pytest.mark.parametrize("path", ["agents/{agent}", "agentGroups/{ring_a}", "publishedResources/{resource}"])
    def test_what_is_contained_has_no_reference(self, hybrid, path):
        """1.4."""
        assert refusal(hybrid.ask("GET", f"{path}/$ref"))[0] in (400, 405)


class TestProfiles:
    """1.1, 2.3."""

    def test_all_eight_are_there(self, mock):
        """U-28."""
        assert mock.get(PROFILES).ids == EIGHT
        assert mock.get(f"{PROFILES}/$count").body == b"8"

    @pytest.mark.parametrize("spelled", ["/{}", "('{}')", "(%27{}%27)"])
    @pytest.mark.parametrize("letters", [str, str.lower, str.upper], ids=["own", "lower", "upper"])
    def test_each_is_read_in_any_letter_case(self, mock, spelled, letters):
        """0.1, R53; the answer has the id in its own letters."""
        paths = [PROFILES + spelled.format(letters(profile)) for profile in EIGHT]

        assert [mock.get(path).json()["id"] for path in paths] == EIGHT

    def test_one_has_the_declared_properties(self, mock):
        """2.3."""
        assert without_context(mock.get(f"{PROFILES}/privateAccess").json()) == {
            "id": "privateAccess",
            "hybridAgentUpdaterConfiguration": None,
            "isDefaultAccessEnabled": False,
            "isEnabled": True,
        }

    @pytest.mark.parametrize("path", ["nonsense", "nonsense/agents", NOBODY, "applicationProxy2"])
    def test_an_unknown_one_is_not_found(self, mock, path):
        """U-28."""
        assert refusal(mock.get(f"{PROFILES}/{path}")) == NOT_FOUND
        assert refusal(mock.patch(f"{PROFILES}/nonsense", {"isEnabled": True})) == NOT_FOUND

    @pytest.mark.parametrize("name", ["isEnabled", "isDefaultAccessEnabled"])
    @pytest.mark.parametrize("value", [True, False])
    def test_the_switches_of_each_are_set(self, mock, name, value):
        """R63: M365DSC."""
        answers = [mock.patch(f"{PROFILES}('{profile}')", {name: value}) for profile in EIGHT]

        assert [(each.status, each.body) for each in answers] == [(204, b"")] * 8
        assert [each[name] for each in mock.get(PROFILES).json()["value"]] == [value] * 8

    def test_other_profiles_are_not_touched(self, mock):
        mock.patch(H, {"isEnabled": False})
        rows = mock.get(f"{PROFILES}?$filter=isEnabled eq false").ids

        assert rows == ["provisioning"]

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [("POST", PROFILES, {"isEnabled": True}), ("DELETE", H, None), ("PUT", H, {}), ("POST", H, {})],
    )
    def test_none_is_made_or_deleted(self, mock, method, path, body):
        """1.1, Q22: declared, and documented nowhere."""
        assert refusal(mock.ask(method, path, body)) == (405, "Request_BadRequest")

    @pytest.mark.parametrize("profile", EIGHT)
    @pytest.mark.parametrize("below", ["", "/$count"])
    def test_each_has_its_children_and_no_others(self, mock, profile, below):
        """R55, U-29: microsoft-graph-docs issues 8929, 13473."""
        served = {"applicationProxy": PROXY, "privateAccess": PRIVATE}.get(profile, HYBRID)
        answers = {child: mock.get(f"{PROFILES}/{profile}/{child}{below}") for child in CHILDREN}
        refused = {child: refusal(each) for child, each in answers.items() if each.status != 200}

        assert refused == {child: NOT_SERVED for child in CHILDREN if child not in served}

    @pytest.mark.parametrize(
        ("profile", "child"),
        [(profile, child) for profile in ("applicationProxy", "privateAccess") for child in HYBRID],
    )
    def test_what_is_not_served_is_not_created_either(self, mock, profile, child):
        """R55."""
        said = {"machineName": "x"} if child == "agents" else {"displayName": "x"}
        before = mock.tenant

        assert refusal(mock.post(f"{PROFILES}/{profile}/{child}", said)) == NOT_SERVED
        assert mock.tenant is before

    @pytest.mark.parametrize("child", CHILDREN)
    def test_where_u29_says_so_the_others_are_empty(self, child):
        """U-29: the SDK declares every child for every profile."""
        mock = Mock("observed,U29=empty")

        assert [mock.get(f"{PROFILES}/{profile}/{child}").status for profile in EIGHT] == [200] * 8

    def test_the_agents_of_two_profiles_are_apart(self, mock):
        """2.3: contained."""
        made = [mock.post(f"{path}/agents", {"machineName": "m"}).json()["id"] for path in (H, OTHER)]

        assert [mock.get(f"{path}/agents").ids for path in (H, OTHER)] == [[each] for each in made]
        assert refusal(mock.get(f"{H}/agents/{made[1]}")) == NOT_FOUND

    @pytest.mark.parametrize("profile", [each for each in EIGHT if each not in ("applicationProxy", "privateAccess")])
    def test_what_is_made_in_a_profile_publishes_as_it_does(self, mock, profile):
        """2.4, U-28: `adAdministration` too, which is in no enumeration."""
        path = f"{PROFILES}/{profile}"
        made = mock.post(f"{path}/agentGroups", {"displayName": "x"}).json()
        agent = mock.post(f"{path}/agents", {"machineName": "x"}).json()

        assert made["publishingType"] == profile
        assert agent["supportedPublishingTypes"] == [profile]


UPDATER = f"{H}/hybridAgentUpdaterConfiguration"
WINDOW = {"updateWindowStartTime": "00:00:00", "updateWindowEndTime": "23:59:00"}
LOOSE = {"updateWindowStartTime": "0:00:00", "updateWindowEndTime": "23:59:00.0000000"}


class TestUpdaterConfiguration:
    """3.10."""

    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ({"updateWindow": WINDOW}, {"updateWindow": WINDOW}),
            (
                {"updateWindow": LOOSE},
                {"updateWindow": {"updateWindowStartTime": "00:00:00", "updateWindowEndTime": "23:59:00.0000000"}},
            ),
            ({"deferUpdateDateTime": "2031-02-03T12:00:00Z"}, {"deferUpdateDateTime": "2031-02-03T12:00:00Z"}),
            ({"deferUpdate": "2031-02-03T12:00:00Z"}, {"deferUpdateDateTime": "2031-02-03T12:00:00Z"}),
            ({"DeferUpdate": "2031-02-03T12:00:00Z"}, {"deferUpdateDateTime": "2031-02-03T12:00:00Z"}),
            ({"deferUpdateDateTime": "2018-08-12T12:00"}, {"deferUpdateDateTime": "2018-08-12T12:00:00Z"}),
            ({"deferUpdateDateTime": None}, {"deferUpdateDateTime": None}),
            ({"allowUpdateConfigurationOverride": True}, {"allowUpdateConfigurationOverride": True}),
            ({"allowUpdateConfigurationOverride": False}, {"allowUpdateConfigurationOverride": False}),
        ],
    )
    def test_it_is_set_at_its_own_path(self, mock, said, found):
        """U-18, 2.3: loose times and moments are taken, the longer name is returned."""
        answer = mock.patch(UPDATER, said)
        after = mock.get(H).json()["hybridAgentUpdaterConfiguration"]

        assert (answer.status, answer.body) == (204, b"")
        assert {name: after[name] for name in found} == found
        assert "deferUpdate" not in after

    def test_it_is_set_with_the_profile_too(self, mock):
        """1.7: both ways."""
        said = {"allowUpdateConfigurationOverride": True, "updateWindow": WINDOW}

        assert mock.patch(H, {"hybridAgentUpdaterConfiguration": said}).status == 204
        assert without_context(mock.get(UPDATER).json()) == {**said, "deferUpdateDateTime": None}

    def test_its_parts_are_set_one_by_one(self, mock):
        """3.10: each example sends one of them."""
        for said in (
            {"updateWindow": WINDOW},
            {"deferUpdate": "2031-02-03T12:00:00Z"},
            {"allowUpdateConfigurationOverride": True},
            {"updateWindow": {"updateWindowEndTime": "12:00:00"}},
        ):
            mock.patch(UPDATER, said)

        assert without_context(mock.get(UPDATER).json()) == {
            "allowUpdateConfigurationOverride": True,
            "deferUpdateDateTime": "2031-02-03T12:00:00Z",
            "updateWindow": {**WINDOW, "updateWindowEndTime": "12:00:00"},
        }

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"allowUpdateConfigurationOverride": None}, "Request_BadRequest"),
            ({"allowUpdateConfigurationOverride": "yes"}, "BadRequest"),
            ({"deferUpdateDateTime": "tomorrow"}, "BadRequest"),
            ({"deferUpdateDateTime": 5}, "BadRequest"),
            ({"deferUpdate": "2031-02-03T12:00:00Z", "deferUpdateDateTime": None}, "InvalidJson_BadRequest"),
            ({"updateWindow": {"updateWindowStartTime": "24:00:00"}}, "BadRequest"),
            ({"updateWindow": {"updateWindowStartTime": "noon"}}, "BadRequest"),
            ({"updateWindow": {"nonsense": "12:00:00"}}, "BadRequest"),
            ({"updateWindow": "12:00:00"}, "InvalidJson_BadRequest"),
            ({"nonsense": 1}, "BadRequest"),
        ],
    )
    def test_what_is_none_is_refused(self, mock, said, code):
        """2.3: allowUpdateConfigurationOverride is not nullable."""
        before = mock.tenant

        assert refusal(mock.patch(UPDATER, said)) == (400, code)
        assert mock.tenant is before

    @pytest.mark.parametrize("profile", ["exchangeOnline", "authentication", "adAdministration"])
    def test_every_profile_has_one_of_its_own(self, mock, profile):
        mock.patch(f"{PROFILES}/{profile}/hybridAgentUpdaterConfiguration", {"allowUpdateConfigurationOverride": True})
        found = mock.get(f"{PROFILES}?$filter=hybridAgentUpdaterConfiguration/allowUpdateConfigurationOverride eq true")

        assert found.ids == [profile]


class TestSensors:
    """2.5, 3.11."""

    def sensing(self) -> tuple[Mock, str]:
        mock = Mock("observed,Q22=allowed")
        key: str = mock.post(f"{PROFILES}/privateAccess/sensors", {"machineName": "dc-1"}).json()["id"]
        return mock, f"{PROFILES}/privateAccess/sensors/{key}"

    def test_one_has_the_declared_properties(self):
        """2.5, U-9: the two booleans are there, as ZTA reads them."""
        mock, at = self.sensing()
        found = without_context(mock.get(at).json())

        assert list(found) == [
            "id", "externalIp", "isAuditMode", "isBreakglassEnabled", "machineName", "status", "version"
        ]  # fmt: skip
        assert (found["status"], found["machineName"]) == ("active", "dc-1")

    def test_they_are_listed_with_the_documented_options(self):
        """3.11: $filter, $select, $count, $top and $skip."""
        mock, _ = self.sensing()
        mock.post(f"{PROFILES}/privateAccess/sensors", {"machineName": "dc-2"})
        path = f"{PROFILES}/privateAccess/sensors"
        found = mock.get(f"{path}?$filter=status eq 'active'&$select=machineName&$count=true&$top=1&$skip=1").json()

        assert (found["@odata.count"], found["value"]) == (2, [{"machineName": "dc-2"}])
        assert found["@odata.context"].endswith("#onPremisesPublishingProfiles('privateAccess')/sensors(machineName)")

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    def test_they_are_written_only_where_q22_says_so(self, method):
        """U-9."""
        mock, at = self.sensing()

        assert mock.ask(method, at, {"machineName": "dc-9"}).status == 204
        assert refusal(Mock().ask(method, at, {"machineName": "dc-9"})) == (405, "Request_BadRequest")
