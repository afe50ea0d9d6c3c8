"""What is taken out of whatever a person may read later: secrets, tokens and codes, each replaced by a mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import quote, unquote, unquote_plus

MARK = "***"

SECRETS = frozenset(
    {
        *("password", "secret", "secrettext", "clientsecret", "client_secret", "privatekey"),
        *("assertion", "client_assertion", "accesstoken", "access_token", "refreshtoken", "refresh_token", "id_token"),
        *("device_code", "code_verifier"),
    }
)
"""Names of what nobody should read in a log, in lower case."""

_IN_TEXT = re.compile(
    rf"""(?P<name>["']?(?:{"|".join(sorted(SECRETS))})["']?\s*[:=]\s*)(?P<value>"(?:[^"\\]|\\.)*"?|[^&\s,}}]+)""",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"eyJ[\w-]{10,}(?:\.[\w-]*)*|(?i:(?<=\bbearer )\S+)")
"""A JSON Web Token is the base64 of `{"`..., wherever it stands."""
_WORTH_A_LOOK = re.compile(r"[:=]|eyJ| ")
"""Without any of these a text has nothing to be taken out of it; most paths are like that."""

_PLAIN = frozenset(
    {
        *("select", "filter", "orderby", "top", "skip", "count", "expand", "search", "format", "skiptoken", "levels"),
        *("api-version", "client_id", "scope", "resource", "response_type", "response_mode", "prompt"),
        *("method", "path", "status", "operation", "since"),
    }
)
"""Query options whose values are shown: those of OData, of the control API, and what is no secret of a login's. All
others are unknown, and may hold anything.
"""

_USER_CODE = re.compile(r"(/_mock/devices/)[^/]+")
"""With it anybody approves a sign-in, as long as it is valid."""

_READABLE_IN_PATH, _READABLE_IN_QUERY = "!$&'()*+,/:;=@~", "!$'()*,/:;=@~ "
_LONGEST = 2_000


def without_secrets(text: str) -> str:
    """A text, such as JSON that was cut or a traceback, without what looks like a secret or a token in it."""
    if not _WORTH_A_LOOK.search(text):
        return text
    return _TOKEN.sub(MARK, _IN_TEXT.sub(rf"\g<name>{MARK}", text))


def target_shown(path: str, query: str = "", secrets: Collection[str] = ()) -> str:
    """Path and query in one line of ASCII; the path as WSGI has it, which is decoded, the query still encoded.

    Nothing that contains one of the `secrets` is shown.
    """
    target = _path(_without(path, secrets))
    if query:
        target += f"?{'&'.join(_options(query)) if _is_free_of(query, secrets) else MARK}"
    return target if len(target) <= _LONGEST else f"{target[:_LONGEST]}..."


def _without(path: str, secrets: Collection[str]) -> str:
    for each in secrets:
        path = path.replace(each, MARK)
    return path


def _is_free_of(query: str, secrets: Collection[str]) -> bool:
    spellings = query, unquote(query), unquote_plus(query)
    return not any(each in spelling for each in secrets for spelling in spellings)


def _path(path: str) -> str:
    known = _USER_CODE.sub(rf"\1{MARK}", path) if "/_mock/devices/" in path else path
    if not _is_clean(known):
        known = "/".join(each if _is_clean(each) else MARK for each in known.split("/"))
    return quote(known, safe=_READABLE_IN_PATH, encoding="latin-1", errors="replace")


def _options(query: str) -> Iterator[str]:
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        said, meant = unquote_plus(name).strip(), unquote_plus(value)
        if said.lower().removeprefix("$") not in _PLAIN:
            yield f"{_name(said)}={MARK}" if equals else MARK
        else:
            shown = quote(meant, safe=_READABLE_IN_QUERY, errors="replace").replace(" ", "+")
            yield f"{said}={shown if _is_clean(meant) else MARK}"


def _name(said: str) -> str:
    """The name of an unknown option, which is one only where it looks like one."""
    return said if re.fullmatch(r"[$\w.-]{1,40}", said, re.ASCII) and _is_clean(said) else MARK


def _is_clean(text: str) -> bool:
    return without_secrets(text) == text
