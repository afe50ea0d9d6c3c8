"""`$skiptoken`: where a continuation begins, in a form that invites nobody to write it by hand.

The service's own tokens are opaque, so any form will do. A version stands in front, because tokens outlive the process
that made them: clients keep next links.
"""

from __future__ import annotations

import binascii
import json
import sys
from base64 import b64decode, urlsafe_b64encode

from mockserver.odata import texts

_VERSION = b"\x01"


def encode_skiptoken(offset: int) -> str:
    return urlsafe_b64encode(_VERSION + json.dumps(offset).encode()).decode().rstrip("=")


def decode_skiptoken(token: str) -> int:
    """The offset the token was made from. Raises InvalidQuery for what no server made."""
    try:
        plain = b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        offset = json.loads(plain.removeprefix(_VERSION)) if plain.startswith(_VERSION) else None
    except (binascii.Error, ValueError, RecursionError):
        offset = None
    if type(offset) is not int or not 0 <= offset <= sys.maxsize:
        raise texts.refusal(texts.SKIPTOKEN, value=token)
    return offset
