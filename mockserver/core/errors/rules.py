"""Broken rules of connectors, their groups, applications and application segments."""

from __future__ import annotations

from mockserver.core.errors.graph_error import BadRequest


class PublishingNotSelectable(BadRequest):
    code, text = "InvalidGuid_BadRequest", "Invalid GUID value for [sourceEntityId]."
    source = "R50: CAM, GitOps saw the code and that the text names [sourceEntityId]"
    verified = False


class GroupNotEmpty(BadRequest):
    code = "ConnectorGroupNotEmpty_BadRequest"
    text = "Connector group '{id}' still holds {what}. Move them to another group first."
    source = "R19: refusal documented; status, code and text are not known"
    verified = False


class DefaultGroupStays(BadRequest):
    code, text = "DefaultConnectorGroup_BadRequest", "The default connector group cannot be {what}."
    source = "R20, R21: inferred from isDefault being the system's"
    verified = False


class RegionIsFixed(BadRequest):
    code = "ConnectorGroupRegion_BadRequest"
    text = "The region of connector group '{id}' can be changed only while it holds no connectors and no applications."
    source = "R17: rule documented (network-topology); status, code and text are not known"
    verified = False


class MoveCrossesRegions(BadRequest):
    code = "ConnectorGroupRegion_BadRequest"
    text = "A connector can be moved to a group of region '{region}' only from a group of the default region."
    source = "R34: rule documented (network-topology); status, code and text are not known"
    verified = False


class NameTaken(BadRequest):
    code, text = "ConnectorGroupName_Duplicate", "A connector group named '{name}' already exists."
    source = "R22: only under Q8 = refused, which no source shows"
    verified = False


class AlreadyOnDefault(BadRequest):
    code = "ApplicationOnDefaultConnectorGroup_BadRequest"
    text = "Application '{id}' is in the default connector group and cannot be removed from it."
    source = "R45: EntraPS help says that it errors; status, code and text are not known"
    verified = False


class ConnectorStaysOnDefault(BadRequest):
    code = "ConnectorOnDefaultConnectorGroup_BadRequest"
    text = "Connector '{id}' is in the default connector group and cannot be removed from it."
    source = "U-22: invented; a connector is always in one group"
    verified = False


class DefaultGroupIsIdle(BadRequest):
    code = "DefaultConnectorGroupIsIdle_BadRequest"
    text = (
        "The policy of this tenant keeps applications off the default connector group "
        "(defaultGroupServesApplications: deny)."
    )
    source = "the mock's own: the seed's recommended configuration, as a rule of the fixture"
    verified = False


class InternalUrlTaken(BadRequest):
    code, text = "InternalUrl_Duplicate", "Internal url '{url}' is invalid since it is already in use."
    source = "graph_reference 4.3 rule 5"


class ExternalUrlTaken(BadRequest):
    code, text = "ExternalUrl_Duplicate", "External url '{url}' is invalid since it is already in use."
    source = "graph_reference 4.3 rule 5: the text contains 'already in use'; the code is by analogy"
    verified = False


class InvalidHost(BadRequest):
    code, text = "DestinationHost_Invalid", "Destination host '{host}' is invalid."
    source = "graph_reference 3.12: TF (the code; the text is not known)"
    verified = False


class InvalidIp(BadRequest):
    code, text = "DestinationHost_InvalidIP", "IP address invalid"
    source = "graph_reference 3.12: TF"


class InvalidPorts(BadRequest):
    code, text = "Ports_Invalid", "'{ports}' is no port or range of ports."
    source = "graph_reference 3.12: GITOPS notes a 400; code and text are not known"
    verified = False


class SegmentTaken(BadRequest):
    code, text = "Invalid_AppSegments_Duplicate", "Application segment host and port already exists"
    source = "graph_reference 3.12: TF, ENTRA"


class SegmentOverlaps(BadRequest):
    code = "Invalid_AppSegments_NonwebApp_Duplicate"
    text = (
        "IP address and port overlaps with existing segment on application. conflictingApplication="
        '{{ "appId": "{app_id}", "objectId": "{object_id}", "appName": "{name}" }}'
    )
    source = "graph_reference 3.12: GITOPS (how it begins and what it embeds)"
