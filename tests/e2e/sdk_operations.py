"""The operations that Microsoft's typed Python client declares around connector groups (graph_reference, Annex A).

One row an operation: how it is called on the client, and what a person reads of the answer. The tenant it meets has in
each of its collections something to find, to change and to remove; the ids of what no fixture can say are words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from re import sub
from typing import Any
from unittest.mock import ANY

from mockserver.core.commands import Command, Create
from mockserver.model.application_template import CUSTOM_TEMPLATE

GRAPH = "https://graph.microsoft.com/beta"
"""The stock root, which the client is given with a slash at its end and so writes in two."""

DEFAULT, PARIS, LYON = (f"a0000000-0000-4000-8000-{n:012}" for n in range(3))
NEW_1, PARIS_1 = (f"c0000000-0000-4000-8000-{n:012}" for n in range(2))
WIKI, FILES, ACCESS = (f"e0000000-0000-4000-8000-{n:012}" for n in range(3))
WIKI_APP = "b0000000-0000-4000-8000-000000000000"

DOCUMENT: Mapping[str, Any] = {
    "connectorGroups": [
        {"id": DEFAULT, "name": "Default", "isDefault": True},
        {"id": PARIS, "name": "Paris"},
        {"id": LYON, "name": "Lyon"},
    ],
    "connectors": [
        {"id": NEW_1, "machineName": "new-1"},
        {"id": PARIS_1, "machineName": "paris-1", "memberOf": "Paris"},
    ],
    "applications": [
        {
            "id": WIKI,
            "appId": WIKI_APP,
            "uniqueName": "wiki",
            "displayName": "Wiki",
            "connectorGroup": "Paris",
            "onPremisesPublishing": {"internalUrl": "https://wiki.corp/", "externalUrl": "https://wiki.example/"},
        },
        {
            "id": FILES,
            "displayName": "Files",
            "onPremisesPublishing": {"internalUrl": "https://files.corp/", "externalUrl": "https://files.example/"},
        },
        {
            "id": ACCESS,
            "displayName": "Access",
            "connectorGroup": "Paris",
            "onPremisesPublishing": {"applicationType": "nonwebapp", "isAccessibleViaZTNAClient": True},
        },
    ],
}
"""What a fixture can say; the rest is below, as commands."""


def contents() -> Iterator[Command]:
    """Ring A holds an agent and a resource, Ring B nothing; sync-2 and labs are in no ring."""
    at = "2031-05-06T07:08:09Z"
    for key, name in (("ring-a", "Ring A"), ("ring-b", "Ring B")):
        yield Create("onPremisesAgentGroup", key, at, {"displayName": name}, "provisioning")
    for key, rings in (("sync-1", ("ring-a",)), ("sync-2", ())):
        yield Create("onPremisesAgent", key, at, {"machineName": key}, "provisioning", {"agentGroups": rings})
    for key, rings in (("corp", ("ring-a",)), ("labs", ())):
        yield Create("publishedResource", key, at, {"displayName": key}, "provisioning", {"agentGroups": rings})
    yield Create("privateAccessSensor", "dc-1", at, {"machineName": "dc-1"}, "privateAccess")
    segment = {"destinationHost": "files.corp", "ports": ["445-445"]}
    yield Create("ipApplicationSegment", "segment-1", at, segment, ACCESS)


class At:
    """The client's builders for what is in that tenant."""

    def __init__(self, graph: Any) -> None:
        self.profiles = graph.on_premises_publishing_profiles
        self.proxy, self.hybrid, self.private, self.intune = (
            self.profiles.by_on_premises_publishing_profile_id(key)
            for key in ("applicationProxy", "provisioning", "privateAccess", "intunePfx")
        )
        self.template = graph.application_templates.by_application_template_id(CUSTOM_TEMPLATE)
        self.applications = graph.applications
        self.wiki = self.applications.by_application_id(WIKI)

        self.groups, self.connectors = self.proxy.connector_groups, self.proxy.connectors
        self.default, self.paris, self.lyon = (self.groups.by_connector_group_id(key) for key in (DEFAULT, PARIS, LYON))
        self.new_1, self.paris_1 = (self.connectors.by_connector_id(key) for key in (NEW_1, PARIS_1))
        self.logo = self.paris.applications.by_application_id(WIKI).logo

        self.agents, self.rings, self.resources = (
            self.hybrid.agents,
            self.hybrid.agent_groups,
            self.hybrid.published_resources,
        )
        self.sync_1, self.sync_2 = (self.agents.by_on_premises_agent_id(key) for key in ("sync-1", "sync-2"))
        self.ring_a, self.ring_b = (self.rings.by_on_premises_agent_group_id(key) for key in ("ring-a", "ring-b"))
        self.corp, self.labs = (self.resources.by_published_resource_id(key) for key in ("corp", "labs"))
        self.agent_of_a = self.ring_a.agents.by_on_premises_agent_id("sync-1")
        self.resource_of_a = self.ring_a.published_resources.by_published_resource_id("corp")

        self.sensors, self.segments = self.private.sensors, self.private.application_segments
        self.dc_1 = self.sensors.by_private_access_sensor_id("dc-1")


Call = Callable[[Any], Awaitable[Any]]


@dataclass(frozen=True)
class Refused:
    """A refusal, and who says that the service refuses it."""

    status: int
    code: str
    source: str


@dataclass(frozen=True)
class Row:
    """An operation. `answer` is what is read of its answer, None where that has no body."""

    method: str
    path: str
    call: Call
    answer: Any
    then: tuple[Call, Any] | None = None
    """What is read afterwards, and what that says."""
    by_default: Refused | None = None
    """The answer unless Q22 is `allowed`."""

    @property
    def operation(self) -> tuple[str, str]:
        return self.method, self.path.replace("~", "/onPremisesPublishingProfiles/{onPremisesPublishingProfile-id}")


def made(type_name: str, **values: Any) -> Any:
    """A value of one of the client's models."""
    module = sub("([A-Z])", r"_\1", type_name).lower()
    model = getattr(import_module(f"msgraph_beta.generated.models.{module}"), type_name[0].upper() + type_name[1:])
    return model(**values)


def instantiation(name: str) -> Any:
    module = import_module(
        "msgraph_beta.generated.application_templates.item.instantiate.instantiate_post_request_body"
    )
    return module.InstantiatePostRequestBody(display_name=name)


def to(path: str, profile: str = "applicationProxy") -> Any:
    """A reference as most clients write it, to be added."""
    return made("referenceCreate", odata_id=f"{GRAPH}/onPremisesPublishingProfiles/{profile}/{path}")


def to_ring(key: str) -> Any:
    return to(f"agentGroups/{key}", "provisioning")


def instead_to(path: str) -> Any:
    """A reference that takes the place of another."""
    return made("referenceUpdate", odata_id=f"{GRAPH}/onPremisesPublishingProfiles/applicationProxy/{path}")


def remove(builder: Any, path: str, profile: str = "applicationProxy") -> Awaitable[Any]:
    """`DELETE ...$ref?@id=...`."""
    from kiota_abstractions.base_request_configuration import RequestConfiguration

    parameters = type(builder).RefRequestBuilderDeleteQueryParameters
    address = f"{GRAPH}/onPremisesPublishingProfiles/{profile}/{path}"
    return builder.delete(RequestConfiguration(query_parameters=parameters(id=address)))


def remove_ring(builder: Any, key: str) -> Awaitable[Any]:
    return remove(builder, f"agentGroups/{key}", "provisioning")


async def is_enabled(at: At) -> Any:
    return (await at.hybrid.get()).is_enabled


def seen(result: Any) -> Any:
    """What a person reads of a result: a number, a text, the name of an entity, the names in a list."""
    if result is None or isinstance(result, int | str | bytes):
        return result
    if hasattr(result, "service_principal"):
        return [seen(result.application), seen(result.service_principal)]
    if hasattr(result, "value"):
        return [seen(each) for each in result.value]
    names = (getattr(result, name, None) for name in ("name", "display_name", "machine_name", "destination_host"))
    return next(filter(None, names), result.id)


CLOSED = Refused(405, "Request_BadRequest", "R31, U-9: no client, no permission, no documentation; Q22")
NO_LOGO = Refused(404, "Request_ResourceNotFound", "graph_reference 1.2, 5.3: nothing is there until it is put there")

PROFILES = ["applicationProxy", "exchangeOnline", "authentication", "provisioning", "adAdministration", "intunePfx",
            "oflineDomainJoin", "privateAccess"]  # fmt: skip
REFERENCES = f"{GRAPH}/onPremisesPublishingProfiles"
RING_A = f"{REFERENCES}/provisioning/agentGroups/ring-a"

G = "~/connectorGroups"
C = "~/connectors"
A, A1 = "~/agents", "~/agents/{onPremisesAgent-id}"
R, R1 = "~/agentGroups", "~/agentGroups/{onPremisesAgentGroup-id}"
RA, RP = f"{R1}/agents", f"{R1}/publishedResources"
RA1, RP1 = f"{RA}/{{onPremisesAgent-id}}", f"{RP}/{{publishedResource-id}}"
PR, PR1 = "~/publishedResources", "~/publishedResources/{publishedResource-id}"
S = "~/sensors"
G1, C1, S1 = f"{G}/{{connectorGroup-id}}", f"{C}/{{connector-id}}", f"{S}/{{privateAccessSensor-id}}"
GROUP_OF = "/applications/{application-id}/connectorGroup"

_OF_APPLICATIONS = [
    Row("POST", "/applicationTemplates/{applicationTemplate-id}/instantiate",
        lambda at: at.template.instantiate.post(instantiation("Maps")), ["Maps", "Maps"],
        (lambda at: at.applications.get(), ["Wiki", "Files", "Access", "Maps"])),
    Row("GET", GROUP_OF, lambda at: at.wiki.connector_group.get(), "Paris"),
    Row("GET", f"{GROUP_OF}/$ref", lambda at: at.wiki.connector_group.ref.get(),
        f"{REFERENCES}/applicationProxy/connectorGroups/{PARIS}"),
    Row("PUT", f"{GROUP_OF}/$ref",
        lambda at: at.wiki.connector_group.ref.put(instead_to(f"connectorGroups/{LYON}")), None,
        (lambda at: at.lyon.applications.get(), ["Wiki"])),
    Row("DELETE", f"{GROUP_OF}/$ref", lambda at: at.wiki.connector_group.ref.delete(), None,
        (lambda at: at.wiki.connector_group.get(), "Default")),
]  # fmt: skip

_OF_PROFILES = [
    Row("GET", "/onPremisesPublishingProfiles", lambda at: at.profiles.get(), PROFILES),
    Row("POST", "/onPremisesPublishingProfiles",
        lambda at: at.profiles.post(made("onPremisesPublishingProfile", is_enabled=False)), ANY,
        (lambda at: at.profiles.count.get(), 9), by_default=CLOSED),
    Row("GET", "/onPremisesPublishingProfiles/$count", lambda at: at.profiles.count.get(), 8),
    Row("GET", "~", lambda at: at.proxy.get(), "applicationProxy"),
    Row("PATCH", "~", lambda at: at.hybrid.patch(made("onPremisesPublishingProfile", is_enabled=False)), None,
        (is_enabled, False)),
    Row("DELETE", "~", lambda at: at.intune.delete(), None,
        (lambda at: at.profiles.get(), [each for each in PROFILES if each != "intunePfx"]), by_default=CLOSED),
]  # fmt: skip

_OF_GROUPS = [
    Row("GET", G, lambda at: at.groups.get(), ["Default", "Paris", "Lyon"]),
    Row("POST", G, lambda at: at.groups.post(made("connectorGroup", name="Nice")), "Nice",
        (lambda at: at.groups.get(), ["Default", "Paris", "Lyon", "Nice"])),
    Row("GET", f"{G}/$count", lambda at: at.groups.count.get(), 3),
    Row("GET", G1, lambda at: at.paris.get(), "Paris"),
    Row("PATCH", G1, lambda at: at.paris.patch(made("connectorGroup", name="Paris 2")), None,
        (lambda at: at.paris.get(), "Paris 2")),
    Row("DELETE", G1, lambda at: at.lyon.delete(), None, (lambda at: at.groups.get(), ["Default", "Paris"])),
    Row("GET", f"{G1}/applications", lambda at: at.paris.applications.get(), ["Wiki", "Access"]),
    Row("GET", f"{G1}/applications(appId='{{appId}}')",
        lambda at: at.paris.applications_with_app_id(WIKI_APP).get(), "Wiki"),
    Row("GET", f"{G1}/applications(uniqueName='{{uniqueName}}')",
        lambda at: at.paris.applications_with_unique_name("wiki").get(), "Wiki"),
    Row("GET", f"{G1}/applications/$count", lambda at: at.paris.applications.count.get(), 2),
    Row("GET", f"{G1}/applications/{{application-id}}",
        lambda at: at.paris.applications.by_application_id(WIKI).get(), "Wiki"),
    Row("GET", f"{G1}/applications/{{application-id}}/logo", lambda at: at.logo.get(), NO_LOGO),
    Row("PUT", f"{G1}/applications/{{application-id}}/logo", lambda at: at.logo.put(b"\x89PNG\r\n\x1a\n"), None,
        (lambda at: at.logo.get(), b"\x89PNG\r\n\x1a\n")),
    Row("DELETE", f"{G1}/applications/{{application-id}}/logo", lambda at: at.logo.delete(), None,
        (lambda at: at.logo.get(), NO_LOGO)),
    Row("GET", f"{G1}/members", lambda at: at.paris.members.get(), ["paris-1"]),
    Row("GET", f"{G1}/members/$count", lambda at: at.paris.members.count.get(), 1),
    Row("GET", f"{G1}/members/$ref", lambda at: at.paris.members.ref.get(),
        [f"{REFERENCES}/applicationProxy/connectors/{PARIS_1}"]),
    Row("POST", f"{G1}/members/$ref", lambda at: at.paris.members.ref.post(to(f"connectors/{NEW_1}")), None,
        (lambda at: at.paris.members.get(), ["paris-1", "new-1"])),
    Row("DELETE", f"{G1}/members/$ref", lambda at: remove(at.paris.members.ref, f"connectors/{PARIS_1}"), None,
        (lambda at: at.default.members.get(), ["new-1", "paris-1"])),
    Row("DELETE", f"{G1}/members/{{connector-id}}/$ref",
        lambda at: at.paris.members.by_connector_id(PARIS_1).ref.delete(), None,
        (lambda at: at.default.members.get(), ["new-1", "paris-1"])),
]  # fmt: skip

_OF_CONNECTORS = [
    Row("GET", C, lambda at: at.connectors.get(), ["new-1", "paris-1"]),
    Row("POST", C, lambda at: at.connectors.post(made("connector", machine_name="new-2")), "new-2",
        (lambda at: at.default.members.get(), ["new-1", "new-2"]), by_default=CLOSED),
    Row("GET", f"{C}/$count", lambda at: at.connectors.count.get(), 2),
    Row("GET", C1, lambda at: at.paris_1.get(), "paris-1"),
    Row("PATCH", C1, lambda at: at.paris_1.patch(made("connector", machine_name="paris-2")), None,
        (lambda at: at.paris.members.get(), ["paris-2"]), by_default=CLOSED),
    Row("DELETE", C1, lambda at: at.paris_1.delete(), None, (lambda at: at.connectors.get(), ["new-1"]),
        by_default=CLOSED),
    Row("GET", f"{C1}/memberOf", lambda at: at.paris_1.member_of.get(), ["Paris"]),
    Row("GET", f"{C1}/memberOf/$count", lambda at: at.paris_1.member_of.count.get(), 1),
    Row("GET", f"{C1}/memberOf/$ref", lambda at: at.paris_1.member_of.ref.get(),
        [f"{REFERENCES}/applicationProxy/connectorGroups/{PARIS}"]),
    Row("POST", f"{C1}/memberOf/$ref", lambda at: at.new_1.member_of.ref.post(to(f"connectorGroups/{LYON}")), None,
        (lambda at: at.lyon.members.get(), ["new-1"])),
    Row("DELETE", f"{C1}/memberOf/$ref", lambda at: remove(at.paris_1.member_of.ref, f"connectorGroups/{PARIS}"), None,
        (lambda at: at.paris_1.member_of.get(), ["Default"])),
    Row("DELETE", f"{C1}/memberOf/{{connectorGroup-id}}/$ref",
        lambda at: at.paris_1.member_of.by_connector_group_id(PARIS).ref.delete(), None,
        (lambda at: at.paris_1.member_of.get(), ["Default"])),
]  # fmt: skip

_OF_AGENTS = [
    Row("GET", A, lambda at: at.agents.get(), ["sync-1", "sync-2"]),
    Row("POST", A, lambda at: at.agents.post(made("onPremisesAgent", machine_name="sync-3")), "sync-3",
        (lambda at: at.agents.get(), ["sync-1", "sync-2", "sync-3"])),
    Row("GET", f"{A}/$count", lambda at: at.agents.count.get(), 2),
    Row("GET", A1, lambda at: at.sync_1.get(), "sync-1"),
    Row("PATCH", A1, lambda at: at.sync_1.patch(made("onPremisesAgent", machine_name="sync-9")), None,
        (lambda at: at.sync_1.get(), "sync-9")),
    Row("DELETE", A1, lambda at: at.sync_1.delete(), None, (lambda at: at.ring_a.agents.get(), [])),
    Row("GET", f"{A1}/agentGroups", lambda at: at.sync_1.agent_groups.get(), ["Ring A"]),
    Row("GET", f"{A1}/agentGroups/$count", lambda at: at.sync_1.agent_groups.count.get(), 1),
    Row("GET", f"{A1}/agentGroups/$ref", lambda at: at.sync_1.agent_groups.ref.get(), [RING_A]),
    Row("POST", f"{A1}/agentGroups/$ref", lambda at: at.sync_1.agent_groups.ref.post(to_ring("ring-b")), None,
        (lambda at: at.sync_1.agent_groups.get(), ["Ring A", "Ring B"])),
    Row("DELETE", f"{A1}/agentGroups/$ref", lambda at: remove_ring(at.sync_1.agent_groups.ref, "ring-a"), None,
        (lambda at: at.ring_a.agents.get(), [])),
    Row("DELETE", f"{A1}/agentGroups/{{onPremisesAgentGroup-id}}/$ref",
        lambda at: at.sync_1.agent_groups.by_on_premises_agent_group_id("ring-a").ref.delete(), None,
        (lambda at: at.sync_1.agent_groups.get(), [])),
]  # fmt: skip

_OF_RINGS = [
    Row("GET", R, lambda at: at.rings.get(), ["Ring A", "Ring B"]),
    Row("POST", R, lambda at: at.rings.post(made("onPremisesAgentGroup", display_name="Ring C")), "Ring C",
        (lambda at: at.rings.count.get(), 3)),
    Row("GET", f"{R}/$count", lambda at: at.rings.count.get(), 2),
    Row("GET", R1, lambda at: at.ring_a.get(), "Ring A"),
    Row("PATCH", R1, lambda at: at.ring_a.patch(made("onPremisesAgentGroup", display_name="Ring Z")), None,
        (lambda at: at.ring_a.get(), "Ring Z")),
    Row("DELETE", R1, lambda at: at.ring_a.delete(), None, (lambda at: at.sync_1.agent_groups.get(), [])),
    Row("GET", RA, lambda at: at.ring_a.agents.get(), ["sync-1"]),
    Row("POST", RA, lambda at: at.ring_b.agents.post(made("onPremisesAgent", machine_name="sync-3")), "sync-3",
        (lambda at: at.agents.get(), ["sync-1", "sync-2", "sync-3"])),
    Row("GET", f"{RA}/$count", lambda at: at.ring_a.agents.count.get(), 1),
    Row("GET", RA1, lambda at: at.agent_of_a.get(), "sync-1"),
    Row("PATCH", RA1, lambda at: at.agent_of_a.patch(made("onPremisesAgent", machine_name="sync-9")), None,
        (lambda at: at.agents.get(), ["sync-9", "sync-2"])),
    Row("DELETE", RA1, lambda at: at.agent_of_a.delete(), None, (lambda at: at.agents.get(), ["sync-2"])),
    Row("GET", f"{RA1}/agentGroups", lambda at: at.agent_of_a.agent_groups.get(), ["Ring A"]),
    Row("GET", f"{RA1}/agentGroups/$count", lambda at: at.agent_of_a.agent_groups.count.get(), 1),
    Row("GET", f"{RA1}/agentGroups/$ref", lambda at: at.agent_of_a.agent_groups.ref.get(), [RING_A]),
    Row("POST", f"{RA1}/agentGroups/$ref", lambda at: at.agent_of_a.agent_groups.ref.post(to_ring("ring-b")), None,
        (lambda at: at.ring_b.agents.get(), ["sync-1"])),
    Row("DELETE", f"{RA1}/agentGroups/$ref", lambda at: remove_ring(at.agent_of_a.agent_groups.ref, "ring-a"), None,
        (lambda at: at.ring_a.agents.get(), [])),
    Row("DELETE", f"{RA1}/agentGroups/{{onPremisesAgentGroup-id1}}/$ref",
        lambda at: at.agent_of_a.agent_groups.by_on_premises_agent_group_id1("ring-a").ref.delete(), None,
        (lambda at: at.sync_1.agent_groups.get(), [])),
    Row("GET", RP, lambda at: at.ring_a.published_resources.get(), ["corp"]),
    Row("POST", RP, lambda at: at.ring_b.published_resources.post(made("publishedResource", display_name="hr")), "hr",
        (lambda at: at.resources.get(), ["corp", "labs", "hr"])),
    Row("GET", f"{RP}/$count", lambda at: at.ring_a.published_resources.count.get(), 1),
    Row("GET", RP1, lambda at: at.resource_of_a.get(), "corp"),
    Row("PATCH", RP1, lambda at: at.resource_of_a.patch(made("publishedResource", display_name="corp 2")), None,
        (lambda at: at.corp.get(), "corp 2")),
    Row("DELETE", RP1, lambda at: at.resource_of_a.delete(), None, (lambda at: at.resources.get(), ["labs"])),
    Row("GET", f"{RP1}/agentGroups", lambda at: at.resource_of_a.agent_groups.get(), ["Ring A"]),
    Row("POST", f"{RP1}/agentGroups",
        lambda at: at.resource_of_a.agent_groups.post(made("onPremisesAgentGroup", display_name="Ring C")), "Ring C",
        (lambda at: at.corp.agent_groups.get(), ["Ring A", "Ring C"])),
    Row("GET", f"{RP1}/agentGroups/$count", lambda at: at.resource_of_a.agent_groups.count.get(), 1),
    Row("GET", f"{RP1}/agentGroups/$ref", lambda at: at.resource_of_a.agent_groups.ref.get(), [RING_A]),
    Row("POST", f"{RP1}/agentGroups/$ref", lambda at: at.resource_of_a.agent_groups.ref.post(to_ring("ring-b")), None,
        (lambda at: at.ring_b.published_resources.get(), ["corp"])),
    Row("DELETE", f"{RP1}/agentGroups/$ref",
        lambda at: remove_ring(at.resource_of_a.agent_groups.ref, "ring-a"), None,
        (lambda at: at.ring_a.published_resources.get(), [])),
    Row("DELETE", f"{RP1}/agentGroups/{{onPremisesAgentGroup-id1}}/$ref",
        lambda at: at.resource_of_a.agent_groups.by_on_premises_agent_group_id1("ring-a").ref.delete(), None,
        (lambda at: at.corp.agent_groups.get(), [])),
]  # fmt: skip

_OF_RESOURCES = [
    Row("GET", PR, lambda at: at.resources.get(), ["corp", "labs"]),
    Row("POST", PR, lambda at: at.resources.post(made("publishedResource", display_name="hr")), "hr",
        (lambda at: at.resources.get(), ["corp", "labs", "hr"])),
    Row("GET", f"{PR}/$count", lambda at: at.resources.count.get(), 2),
    Row("GET", PR1, lambda at: at.corp.get(), "corp"),
    Row("PATCH", PR1, lambda at: at.corp.patch(made("publishedResource", display_name="corp 2")), None,
        (lambda at: at.corp.get(), "corp 2")),
    Row("DELETE", PR1, lambda at: at.corp.delete(), None, (lambda at: at.ring_a.published_resources.get(), [])),
    Row("GET", f"{PR1}/agentGroups", lambda at: at.corp.agent_groups.get(), ["Ring A"]),
    Row("POST", f"{PR1}/agentGroups",
        lambda at: at.labs.agent_groups.post(made("onPremisesAgentGroup", display_name="Ring C")), "Ring C",
        (lambda at: at.labs.agent_groups.get(), ["Ring C"])),
    Row("GET", f"{PR1}/agentGroups/$count", lambda at: at.corp.agent_groups.count.get(), 1),
    Row("GET", f"{PR1}/agentGroups/$ref", lambda at: at.corp.agent_groups.ref.get(), [RING_A]),
    Row("POST", f"{PR1}/agentGroups/$ref", lambda at: at.labs.agent_groups.ref.post(to_ring("ring-a")), None,
        (lambda at: at.ring_a.published_resources.get(), ["corp", "labs"])),
    Row("DELETE", f"{PR1}/agentGroups/$ref", lambda at: remove_ring(at.corp.agent_groups.ref, "ring-a"), None,
        (lambda at: at.ring_a.published_resources.get(), [])),
    Row("DELETE", f"{PR1}/agentGroups/{{onPremisesAgentGroup-id}}/$ref",
        lambda at: at.corp.agent_groups.by_on_premises_agent_group_id("ring-a").ref.delete(), None,
        (lambda at: at.corp.agent_groups.get(), [])),
]  # fmt: skip

_OF_PRIVATE_ACCESS = [
    Row("GET", "~/applicationSegments", lambda at: at.segments.get(), ["files.corp"]),
    Row("GET", "~/applicationSegments/$count", lambda at: at.segments.count.get(), 1),
    Row("GET", "~/applicationSegments/{ipApplicationSegment-id}",
        lambda at: at.segments.by_ip_application_segment_id("segment-1").get(), "files.corp"),
    Row("GET", S, lambda at: at.sensors.get(), ["dc-1"]),
    Row("POST", S, lambda at: at.sensors.post(made("privateAccessSensor", machine_name="dc-2")), "dc-2",
        (lambda at: at.sensors.get(), ["dc-1", "dc-2"]), by_default=CLOSED),
    Row("GET", f"{S}/$count", lambda at: at.sensors.count.get(), 1),
    Row("GET", S1, lambda at: at.dc_1.get(), "dc-1"),
    Row("PATCH", S1, lambda at: at.dc_1.patch(made("privateAccessSensor", machine_name="dc-9")), None,
        (lambda at: at.dc_1.get(), "dc-9"), by_default=CLOSED),
    Row("DELETE", S1, lambda at: at.dc_1.delete(), None, (lambda at: at.sensors.get(), []), by_default=CLOSED),
]  # fmt: skip

ROWS = [
    *_OF_APPLICATIONS,
    *_OF_PROFILES,
    *_OF_GROUPS,
    *_OF_CONNECTORS,
    *_OF_AGENTS,
    *_OF_RINGS,
    *_OF_RESOURCES,
    *_OF_PRIVATE_ACCESS,
]

NOT_SERVED: list[tuple[str, Call]] = [
    ("applicationProxy/agents", lambda at: at.proxy.agents.get()),
    ("applicationProxy/agentGroups", lambda at: at.proxy.agent_groups.get()),
    ("applicationProxy/publishedResources", lambda at: at.proxy.published_resources.get()),
    ("applicationProxy/sensors", lambda at: at.proxy.sensors.get()),
    ("provisioning/connectors", lambda at: at.hybrid.connectors.get()),
    ("provisioning/connectorGroups", lambda at: at.hybrid.connector_groups.get()),
    ("provisioning/applicationSegments", lambda at: at.hybrid.application_segments.get()),
    ("privateAccess/agents", lambda at: at.private.agents.get()),
    ("privateAccess/connectorGroups", lambda at: at.private.connector_groups.get()),
]
"""What the client declares for every profile and the service has for some (U-29)."""
