"""Broken rules of the directory: users, service principals, role assignments."""

from __future__ import annotations

from mockserver.core.errors.graph_error import BadRequest, GraphError


class UnknownAppId(BadRequest):
    code = "NoBackingApplicationObject"
    text = "The appId '{app_id}' of the service principal does not reference a valid application object."
    source = "no source at hand shows it"
    verified = False


class AlreadyMember(BadRequest):
    code = "Request_BadRequest"
    text = "One or more added object references already exist for the following modified properties: 'members'."
    source = "graph_reference 5.9"


class NameInUse(BadRequest):
    code = "Request_BadRequest"
    text = "Another object with the same value for property userPrincipalName already exists."
    source = "no source at hand shows it"
    verified = False


class AssignmentMismatch(BadRequest):
    code, text = "Request_BadRequest", "The assignment is not one of '{id}', which the path names."
    source = "no source at hand shows it"
    verified = False


class NoSuchRole(BadRequest):
    code, text = "Request_BadRequest", "Permission being assigned was not found on application '{id}'."
    source = "no source at hand shows it"
    verified = False


class AssignmentExists(BadRequest):
    code = "Request_BadRequest"
    text = "Permission being assigned already exists on the object"
    source = "no source at hand shows it"
    verified = False


class PrincipalExists(GraphError):
    status, code = 409, "Request_MultipleObjectsWithSameKeyValue"
    text = "The service principal name '{app_id}' is already in use."
    source = "no source at hand shows it"
    verified = False
