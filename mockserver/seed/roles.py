"""App roles, as an assignment writes them: by their names or ids, or not at all where it is the usual one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.model.directory import APP_ROLE_ASSIGNMENT, USER_ROLE, app_role_assignment
from mockserver.seed.ids import Ids
from mockserver.seed.problems import shown, suggestion

Roles = Sequence[Mapping[str, Any]]

NO_ROLE: str = app_role_assignment.property_by_name["appRoleId"].default
"""What is assigned where a resource declares no role."""


def role_among(roles: Roles, reference: str | None) -> str:
    """The id of the role meant; None means `User` or, where there is no such role, none. Raises LookupError."""
    if reference is None:
        return USER_ROLE if any(role.get("id") == USER_ROLE for role in roles) else NO_ROLE
    ids = {str(role.get("id")): str(role.get("id")) for role in roles}
    by_id = {key.lower(): key for key in ids} | {NO_ROLE: NO_ROLE} | ids
    found = by_id.get(reference) or by_id.get(reference.lower())
    return found or _named(roles, reference)


def role_written(roles: Roles, key: str) -> str | None:
    """How to refer to the role of that id: not at all, by its name where that leads back to it, or by the id."""
    if role_among(roles, None) == key:
        return None
    names = (role.get("displayName") for role in roles if role.get("id") == key)
    return next((name for name in names if name and name.strip() and _leads_to(roles, name, key)), key)


def assignment_id(ids: Ids, resource: str, principal: str, role: str, usual: str) -> str:
    """The id of an assignment; it follows from the role too where that is not the usual one."""
    ends = f"{resource}:{principal}"
    return ids.of(APP_ROLE_ASSIGNMENT, ends if role == usual else f"{ends}:{role}")


def _leads_to(roles: Roles, name: str, key: str) -> bool:
    try:
        return role_among(roles, name) == key
    except LookupError:
        return False


def _named(roles: Roles, name: str) -> str:
    keys = {str(role.get("id")) for role in roles if name in (role.get("displayName"), role.get("value"))}
    if len(keys) == 1:
        return keys.pop()
    if keys:
        raise LookupError(f"there is more than one role {shown(name)}; write the id of the one meant")
    names = [each for role in roles if (each := role.get("displayName"))]
    raise LookupError(f"there is no role {shown(name)}{suggestion(name, names)}")
