"""What callers need for an operation, who lacks what, and the least that opens several (R59, R60; Q15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from mockserver.identity.permission_table import ROWS, Alternatives
from mockserver.model import MODEL

DIRECTORY_ROLES: Mapping[str, str] = {
    "Application Administrator": "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    "Cloud Application Administrator": "158c047a-c907-4556-b7ef-446551a6b5f7",
    "Global Administrator": "62e90394-69f5-4237-9190-012177145e10",
    "Global Secure Access Administrator": "ac434307-12b9-4fa1-a708-88bf58caabc1",
}
"""Template ids by name, as `wids` has them; from permissions-reference.md of MicrosoftDocs/entra-docs, 2026-01-20."""

SCOPE, ROLE, APP_ONLY = "scope", "role", "app-only"
"""What a caller can lack: a permission, a directory role, or a user."""


@dataclass(frozen=True)
class Requirement:
    """What callers of an operation need."""

    delegated: Alternatives
    """Of a program that calls for a user."""
    application: Alternatives
    """Of a program that calls for itself; none where the documentation says that it cannot."""
    directory_roles: frozenset[str]
    """By name. A user needs one of them; empty where nobody asks for the user's role."""
    app_only_observed: Alternatives
    """What programs that call for themselves were seen to use, where the documentation says something else."""
    source: str
    verified: bool
    """False: no source shows what the documentation or the service asks of this operation."""

    def alternatives(self, *, app_only: bool, app_only_allowed: bool) -> Alternatives:
        """What opens the operation to this kind of caller.

        Where Q15 allows callers without a user (R60), what was seen of them goes before the documentation. Where
        nothing was, they need what it asks of programs, or else what it asks of programs that have a user.
        """
        if not app_only:
            return self.delegated
        if not app_only_allowed:
            return self.application
        return self.app_only_observed or self.application or self.delegated


class Lack(NamedTuple):
    """Why a caller is refused: SCOPE, ROLE or APP_ONLY, and in a line of ASCII what it lacks and what would pass."""

    kind: str
    explanation: str


REQUIREMENTS: Mapping[tuple[str, str], Requirement] = {
    (row.place, verb): Requirement(
        row.delegated, row.application, row.roles, row.observed, row.source, not row.source.startswith("like ")
    )
    for row in ROWS
    for verb in row.verbs.split()
}
"""By place and verb, as `permission_table` writes them."""


def _names(kinds: Iterable[Alternatives]) -> frozenset[str]:
    return frozenset(name for alternatives in kinds for each in alternatives for name in each)


ALL_DELEGATED = _names(each.delegated for each in REQUIREMENTS.values())
ALL_APPLICATION = _names(
    each.alternatives(app_only=True, app_only_allowed=allowed)
    for each in REQUIREMENTS.values()
    for allowed in (True, False)
)
"""Every permission that opens something here, to programs that call for a user and for themselves."""


@lru_cache(maxsize=8192)
def requirement(method: str, way: tuple[str, ...], shape: str) -> Requirement:
    """What it takes to call an operation, which is given as `derive.operations` does: a way is the names on a path.

    However deep a path is, what counts is the last entity that it goes through, and what follows. A value that has no
    row is read and changed with what holds it. Raises LookupError for what the model does not offer.
    """
    place, owner, inside = _place(way)
    if not inside:
        return REQUIREMENTS[place, _verb(method, shape)]
    own = REQUIREMENTS.get((f"{owner}/{inside}", _verb(method, shape)))
    return own or _of_the_whole(place, owner, inside.split("/"), "GET" if method in _READS else "PATCH")


_READS = ("GET", "HEAD")
_SEVERAL = ("collection", "count", "references")


def _verb(method: str, shape: str) -> str:
    if method not in _READS:
        return method
    return "LIST" if shape in _SEVERAL else "GET"


def _place(way: tuple[str, ...]) -> tuple[str, str, str]:
    """Where the last entities of a way are, their type, and the names that lead into them: of values and actions."""
    place, inside = way[0], ""
    owner = MODEL.sets[place].type.name
    for name in way[1:]:
        inside = f"{inside}/{name}" if inside else name
        target = _TARGETS.get((owner, inside))
        if target is not None:
            place, owner, inside = f"{owner}/{inside}", target, ""
    return place, owner, inside


_TARGETS: Mapping[tuple[str, str], str] = {
    (holder.name, "/".join(filter(None, (MODEL.inside(each), each.name)))): each.target
    for holder, each in MODEL.navigations()
}
"""What a navigation leads to, by the type it starts at and its name, behind those of the values it is in."""


def _of_the_whole(place: str, owner: str, inside: list[str], verb: str) -> Requirement:
    """The requirement of the innermost value around a value that has one, or else of the entity."""
    around = ("/".join((owner, *inside[:end])) for end in range(len(inside) - 1, 0, -1))
    whole = next((each for each in around if (each, verb) in REQUIREMENTS), place)
    return replace(REQUIREMENTS[whole, verb], source=f"like {verb} of {whole}, of which it is a part", verified=False)


def missing(
    needed: Requirement, *, app_only: bool, permissions: frozenset[str], roles: frozenset[str], app_only_allowed: bool
) -> Lack | None:
    """What a caller with these permissions and directory roles (ids) lacks; None if nothing. Permissions come first."""
    alternatives = needed.alternatives(app_only=app_only, app_only_allowed=app_only_allowed)
    if not alternatives:
        what = "missing user: programs call this for themselves only under Q15=allowed"
        return _lack(APP_ONLY, what, map(_and, needed.delegated), needed)
    if not any(each <= permissions for each in alternatives):
        nearest = min((each - permissions for each in alternatives), key=len)
        kind = "application" if app_only else "delegated"
        return _lack(SCOPE, f"missing {kind} permission {_and(nearest)}", map(_and, alternatives), needed)
    if app_only or not needed.directory_roles:
        return None
    if any(DIRECTORY_ROLES[each] in roles for each in needed.directory_roles):
        return None
    has = _and(name for name, key in DIRECTORY_ROLES.items() if key in roles) or "none that counts here"
    return _lack(ROLE, f"missing directory role: the user has {has}", sorted(needed.directory_roles), needed)


def _lack(kind: str, what: str, passing: Iterable[str], needed: Requirement) -> Lack:
    """Only names of our own are in it, none that the caller sent."""
    how = "" if needed.verified else f" (inferred: {needed.source})"
    return Lack(kind, f"{what}; what would pass: {', or '.join(passing)}{how}")


def _and(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))


def least(
    requirements: Iterable[Requirement], *, app_only: bool = False, app_only_allowed: bool = True
) -> tuple[str, ...]:
    """The fewest permissions that meet all requirements, sorted; of several such sets the least privileged one.

    That is the one whose permissions come first in what they meet, taken together. What programs cannot do for
    themselves at all is left out: those requirements have no `alternatives`.
    """
    found = {each.alternatives(app_only=app_only, app_only_allowed=app_only_allowed) for each in requirements}
    needs = sorted(filter(None, found), key=lambda need: (len(need), [sorted(each) for each in need]))
    sets = next(filter(None, (set(_meeting(needs, frozenset(), size)) for size in count())))
    return min((tuple(sorted(each)) for each in sets), key=lambda each: (_privilege(frozenset(each), needs), each))


def _meeting(needs: list[Alternatives], chosen: frozenset[str], size: int) -> Iterator[frozenset[str]]:
    """Sets of at most that size that hold what was chosen and meet all needs; all that are as small as can be."""
    for need in needs:
        if not any(each <= chosen for each in need):
            for each in need:
                if len(chosen | each) <= size:
                    yield from _meeting(needs, chosen | each, size)
            return
    yield chosen


def _privilege(chosen: frozenset[str], needs: list[Alternatives]) -> int:
    """How far down the alternatives of each need one goes to find what was chosen."""
    return sum(next(place for place, each in enumerate(need) if each <= chosen) for need in needs)
