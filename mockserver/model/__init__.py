"""What exists: one file for each family of entities, their declaration and above it their rules."""

from __future__ import annotations

from mockserver.core.edm import EVERYTHING, GET, INVOKE, LIST, EntitySet, Model
from mockserver.model.agents import agent, agent_group, published_resource
from mockserver.model.application import application
from mockserver.model.application_segment import (
    cors_configuration_v2,
    ip_segment,
    ip_segment_configuration,
    web_segment,
    web_segment_configuration,
)
from mockserver.model.application_template import application_template
from mockserver.model.connector import connector
from mockserver.model.connector_group import connector_group
from mockserver.model.directory import app_role_assignment, group, service_principal, user
from mockserver.model.publishing_profile import PROFILE_WRITES, publishing_profile
from mockserver.model.sensor import sensor

_BOTH = frozenset({"beta", "v1.0"})

MODEL = Model(
    sets=(
        EntitySet("applications", application, versions=_BOTH),
        EntitySet("applicationTemplates", application_template, frozenset({LIST, GET, INVOKE}), versions=_BOTH),
        EntitySet("appRoleAssignments", app_role_assignment, frozenset(), versions=frozenset()),
        EntitySet("groups", group, versions=_BOTH),
        EntitySet("onPremisesPublishingProfiles", publishing_profile, EVERYTHING, PROFILE_WRITES),
        EntitySet("servicePrincipals", service_principal, versions=_BOTH),
        EntitySet("users", user, versions=_BOTH),
    ),
    types=(
        publishing_profile,
        connector_group,
        connector,
        agent,
        agent_group,
        published_resource,
        sensor,
        application,
        application_template,
        ip_segment,
        web_segment,
        cors_configuration_v2,
        service_principal,
        app_role_assignment,
        user,
        group,
    ),
    derived=(ip_segment_configuration, web_segment_configuration),
)

MODELS = {"beta": MODEL, "v1.0": MODEL.v1()}
"""What each version of the service shows of it."""
