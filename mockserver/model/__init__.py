"""What exists: one file for each family of entities, their declaration and above it their rules."""

from __future__ import annotations

from mockserver.core.edm import EntitySet, Model
from mockserver.model.application import application
from mockserver.model.connector import connector
from mockserver.model.connector_group import connector_group
from mockserver.model.directory import app_role_assignment, group, service_principal, user
from mockserver.model.publishing_profile import PROFILE_OPERATIONS, publishing_profile

MODEL = Model(
    sets=(
        EntitySet("applications", application, versions=frozenset({"beta", "v1.0"})),
        EntitySet("onPremisesPublishingProfiles", publishing_profile, PROFILE_OPERATIONS),
    ),
    types=(
        publishing_profile,
        connector_group,
        connector,
        application,
        service_principal,
        app_role_assignment,
        user,
        group,
    ),
)

MODELS = {"beta": MODEL, "v1.0": MODEL.v1()}
"""What each version of the service shows of it."""
