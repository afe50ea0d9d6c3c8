"""Instantiating a template: an application and its service principal at once (graph_reference 4.4 step 1)."""

from __future__ import annotations

from itertools import count

import pytest
from tenants import AT, entity, sandbox, tenant

from mockserver.core.commands import Create, apply_all
from mockserver.model import MODEL
from mockserver.model.application import app_id_of
from mockserver.model.application_template import CUSTOM_TEMPLATE, TEMPLATES
from mockserver.model.directory import USER_ROLE

(INSTANTIATE,) = MODEL.type("applicationTemplate").actions
TEMPLATE = entity("applicationTemplate", id=CUSTOM_TEMPLATE, displayName="Custom")
TENANT = tenant(TEMPLATE)


def planned(name="Wiki"):
    """The commands of an instantiation, with the ids that a caller draws."""
    draw = map("new-{}".format, count(1))
    return tuple(INSTANTIATE.plan(TENANT, TEMPLATE, {"displayName": name}, lambda: next(draw)))


def test_it_creates_an_application_and_a_service_principal():
    assert [(Create, "application"), (Create, "servicePrincipal")] == [(type(each), each.type) for each in planned()]


def test_their_ids_are_drawn_by_the_caller():
    """The core draws nothing."""
    assert ["new-1", "new-2"] == [each.id for each in planned()]


@pytest.mark.parametrize(
    ("type_name", "key", "expected"),
    [
        ("application", "new-1", {"displayName": "Wiki", "appId": app_id_of("new-1"), "createdDateTime": AT}),
        ("application", "new-1", {"applicationTemplateId": CUSTOM_TEMPLATE, "onPremisesPublishing": None}),
        ("servicePrincipal", "new-2", {"displayName": "Wiki", "appDisplayName": "Wiki", "application": "new-1"}),
        ("servicePrincipal", "new-2", {"appId": app_id_of("new-1"), "applicationTemplateId": CUSTOM_TEMPLATE}),
        ("servicePrincipal", "new-2", {"appRoleAssignmentRequired": True, "servicePrincipalType": "Application"}),
    ],
)
def test_they_are_what_the_service_makes_of_a_template(type_name, key, expected):
    after, _ = sandbox(TENANT).dispatch(*planned())
    made = after.get(type_name, key)

    assert expected == {name: made[name] for name in expected}


@pytest.mark.parametrize(("type_name", "key"), [("application", "new-1"), ("servicePrincipal", "new-2")])
def test_both_have_the_role_of_users(type_name, key):
    after = apply_all(TENANT, planned())

    assert USER_ROLE in [role["id"] for role in after.get(type_name, key)["appRoles"]]


def test_the_result_is_both_of_them():
    done = planned()
    at = apply_all(TENANT, done)

    assert {"application": "new-1", "servicePrincipal": "new-2"} == {
        name: each["id"] for name, each in INSTANTIATE.result(at, done).items()
    }


def test_it_is_answered_with_201():
    assert 201 == INSTANTIATE.status


def test_the_template_for_any_application_is_that_of_the_samples():
    """The id of M2G, EntraPS and the tutorial."""
    assert ("8adf8e6e-67b2-4cf2-a259-e3dc5476c621", "Custom") == TEMPLATES[0]
