"""Who calls, arranged for tests: tokens made to order, device codes approved without a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mockserver.identity.accounts import DEMO_CLIENT, client_of, user_of
from mockserver.identity.scopes import GRAPH, Asked
from mockserver.web.answered import Answered
from mockserver.web.call import NO_CONTENT
from mockserver.web.control import answers, bodies
from mockserver.web.control.asked import Control, Route, answered, read
from mockserver.web.login.asked import new_code
from mockserver.web.login.devices import approve


def forge_token(control: Control) -> Answered:
    """Make a token to order, good or bad: for a user, or without one for the program itself."""
    # Only here, because cryptography is slow to import.
    from mockserver.identity.forge import forged
    from mockserver.identity.keys import local_key

    said = read(bodies.NEW_TOKEN)
    claims = _for_user(control, said) if "user" in said else _for_client(control, said)
    claims |= {"exp": claims["iat"] + int(said["lasts"].total_seconds())} if "lasts" in said else {}
    token, shown = forged(claims | said.get("claims", {}), local_key(), said.get("defect"))
    return answered({"token": token, "authorization": f"Bearer {token}", "claims": shown}, 201)


def _for_user(control: Control, said: Mapping[str, Any]) -> dict[str, Any]:
    from mockserver.identity import tokens

    tenant, now, permissions = control.sandbox.tenant, control.sandbox.now().timestamp(), said.get("permissions")
    client = client_of(tenant, said.get("client", DEMO_CLIENT), demo=True)
    user = user_of(tenant, said["user"], demo=True)
    user = replace(user, directory_roles=tuple(said.get("directoryRoles", user.directory_roles)))
    claims = tokens.for_user(user, client, Asked(GRAPH), tenant.about["id"], now, new_code())
    return claims if permissions is None else claims | {"scp": " ".join(permissions)}


def _for_client(control: Control, said: Mapping[str, Any]) -> dict[str, Any]:
    from mockserver.identity import tokens

    tenant, now = control.sandbox.tenant, control.sandbox.now().timestamp()
    client = client_of(tenant, said.get("client", DEMO_CLIENT), demo=True)
    client = replace(
        client,
        permissions=tuple(said["permissions"]) if "permissions" in said else client.permissions,
        directory_roles=tuple(said.get("directoryRoles", client.directory_roles)),
    )
    return tokens.for_client(client, Asked(GRAPH), tenant.about["id"], now, new_code())


def approve_device(control: Control, code: str) -> Answered:
    """Sign the user of the body, or the demo user, in to the device that shows this code."""
    approve(control.sandbox, code, read(bodies.DEVICE).get("user", ""))
    return Answered(NO_CONTENT)


ROUTES: tuple[Route, ...] = (
    Route("POST", "/tokens", forge_token, {201: answers.TOKEN}, bodies.NEW_TOKEN),
    Route("POST", "/devices/<code>/approve", approve_device, answers.DONE, bodies.DEVICE),
)
