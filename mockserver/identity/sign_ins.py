"""Sign-ins under way: an authorization code or a device code, from the moment it is given out until it is redeemed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

MOST = 1000
"""The oldest give way to new ones."""

CODE_LASTS, DEVICE_LASTS = 600.0, 900.0
"""In seconds: ten minutes, as Entra's codes; fifteen, as its device codes."""


@dataclass(frozen=True)
class SignIn:
    """Who asked for what, and who signed in."""

    client: str
    scope: str
    until: float
    """Seconds since 1970 by the sandbox's clock."""
    user: str | None = None
    """The principal name of who signed in; None while nobody has."""
    declined: bool = False
    device: str = ""
    """The code a person types in; empty for the code of a redirect."""
    redirect_uri: str = ""
    nonce: str = ""
    challenge: str = ""
    method: str = ""
    """PKCE (RFC 7636): the challenge and how it follows from the verifier."""


SignIns = Mapping[str, SignIn]
"""By the code that redeems them."""


def with_one(sign_ins: SignIns, code: str, sign_in: SignIn, now: float) -> SignIns:
    """With this one besides; what is over goes, and the oldest where there are too many."""
    kept = {key: each for key, each in sign_ins.items() if each.until > now}
    for key in list(kept)[: max(0, len(kept) + 1 - MOST)]:
        del kept[key]
    return kept | {code: sign_in}


def without(sign_ins: SignIns, code: str) -> SignIns:
    return {key: each for key, each in sign_ins.items() if key != code}


def by_device(sign_ins: SignIns, typed: str, now: float) -> str | None:
    """The code of the sign-in that a person means by what is typed in, if it is still under way."""
    wanted = typed.replace("-", "").strip().upper()
    return next((key for key, each in sign_ins.items() if wanted == each.device != "" and each.until > now), None)


def decided(sign_ins: SignIns, code: str, user: str | None) -> SignIns:
    """The user has signed in, or None has declined."""
    return {**sign_ins, code: replace(sign_ins[code], user=user, declined=user is None)}
