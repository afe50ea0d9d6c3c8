"""All sandboxes of a process, by name; `default` is always there."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from uuid import UUID, uuid5

from mockserver.core.errors import DefaultSandboxStays, InvalidName, SandboxNameTaken, TooManySandboxes, UnknownSandbox
from mockserver.core.tenant import Tenant
from mockserver.identity.caller import claims_of
from mockserver.sandbox import MEMORY, Clock, Sandbox, State, Store, identified, scheduled
from mockserver.seed.story import Chapter

DEFAULT = "default"

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FORKS = UUID("5f0a3b52-6a1e-5e0c-9d52-0c3f6f0c9d11")
"""The namespace of the ids that forked tenants get."""


class World:
    """The registry of sandboxes. Any thread may use it.

    `most` is how many there may be besides the default one, and `first` what that one started with. Where the `store`
    held sandboxes before, they go on as they were.
    """

    def __init__(self, state: State, *, most: int = 10_000, store: Store = MEMORY) -> None:
        self.started = datetime.now(UTC)
        self.first = state
        self.story: tuple[Chapter, ...] = ()
        """What `mockserver demo` tells of some of them."""
        self._most = most
        self._store = store
        self._lock = threading.RLock()
        self._numbers = count(1)
        self._sandboxes: dict[str, Sandbox] = {}
        self._by_tenant: dict[str, Sandbox] = {}
        for name, (held, shelf) in store.held().items():
            self._register(Sandbox(name, held.first, self._index, shelf=shelf, held=held))
        if DEFAULT not in self._sandboxes:
            self._add(DEFAULT, state)

    def __iter__(self) -> Iterator[Sandbox]:
        return iter(tuple(self._sandboxes.values()))

    def __len__(self) -> int:
        return len(self._sandboxes)

    def sandbox(self, name: str) -> Sandbox:
        """The sandbox of that name. Raises UnknownSandbox: none is ever made by accident."""
        found = self._sandboxes.get(name)
        if found is None:
            raise UnknownSandbox(name=name)
        return found

    def sandbox_of_tenant(self, tenant_id: str) -> Sandbox | None:
        """The sandbox whose tenant has that id; the oldest, should several have it."""
        return self._by_tenant.get(tenant_id.lower())

    def sandbox_of(self, name: str | None, authorization: str) -> Sandbox:
        """The sandbox a request belongs to: the one it names, else that of its token's tenant, else `default`.

        The token is not verified here. Raises UnknownSandbox (interface 2).
        """
        if name is not None:
            return self.sandbox(name)
        if authorization and len(self._sandboxes) > 1:
            found = self.sandbox_of_tenant(str(claims_of(authorization).get("tid", "")))
            if found is not None:
                return found
        return self.sandbox(DEFAULT)

    def fork(self, name: str | None, of: State) -> Sandbox:
        """A sandbox that starts from another's state, whatever its size, with a tenant id of its own.

        The id follows from the name and the other's id, so it is the same in every run. Without a name it is given one.
        Raises InvalidName, SandboxNameTaken, TooManySandboxes.
        """
        with self._lock:
            chosen = self._free(name)
            return self._add(chosen, of.forked(self._derived(of.tenant, chosen)))

    def make(self, name: str | None, tenant: Tenant, clock: Clock | None = None) -> Sandbox:
        """A sandbox of that tenant, which keeps its id unless another sandbox has it. Raises as `fork` does.

        Its seed, the size of its journal and, unless it is given one, its clock are those that the default sandbox
        started with.
        """
        with self._lock:
            chosen = self._free(name)
            if str(tenant.about["id"]).lower() in self._by_tenant:
                tenant = identified(tenant, self._derived(tenant, chosen))
            return self._add(chosen, replace(self.first, tenant=tenant, clock=clock or self.first.clock, due=None))

    def drop(self, name: str) -> None:
        """The sandbox is there no longer. Raises UnknownSandbox, DefaultSandboxStays."""
        with self._lock:
            dropped = self.sandbox(name)
            if name == DEFAULT:
                raise DefaultSandboxStays(name=name)
            dropped.drop()
            del self._sandboxes[name]
            self._index()

    def close(self) -> None:
        """Sandboxes are kept no longer; what they are made to do from now on is refused where they were."""
        self._store.close()

    def _add(self, name: str, state: State) -> Sandbox:
        first = scheduled(state) if state.due is None else state
        return self._register(Sandbox(name, first, self._index, shelf=self._store.shelf(name, first)))

    def _register(self, made: Sandbox) -> Sandbox:
        self._sandboxes[made.name] = made
        self._by_tenant.setdefault(made.tenant_id.lower(), made)
        return made

    def _free(self, name: str | None) -> str:
        """The name, if it may be given, or one that nobody has."""
        if len(self._sandboxes) > self._most:
            raise TooManySandboxes(limit=self._most)
        if name is None:
            return next(each for each in map("sandbox-{}".format, self._numbers) if each not in self._sandboxes)
        check_name(name)
        if name in self._sandboxes:
            raise SandboxNameTaken(name=name)
        return name

    def _derived(self, tenant: Tenant, name: str) -> str:
        """An id for a tenant made of that one, which no other has."""
        ids = (str(uuid5(_FORKS, f"{tenant.about['id']}/{name}{'+' * more}")) for more in count())
        return next(each for each in ids if each not in self._by_tenant)

    def _index(self) -> None:
        """Find out anew which tenant id means which sandbox: one may have taken another tenant."""
        with self._lock:
            self._by_tenant = {each.tenant_id.lower(): each for each in reversed(self._sandboxes.values())}


def check_name(name: str) -> None:
    """Raises InvalidName for what cannot name a sandbox or a snapshot."""
    if not is_name(name):
        raise InvalidName(name=name)


def is_name(name: str) -> bool:
    """Whether that can name a sandbox or a snapshot."""
    return _NAME.fullmatch(name) is not None
