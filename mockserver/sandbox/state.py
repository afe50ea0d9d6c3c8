"""All of a sandbox as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mockserver.core.entity import Record
from mockserver.core.tenant import Tenant
from mockserver.identity.sign_ins import SignIns
from mockserver.sandbox.clock import Clock
from mockserver.sandbox.faults import Faults
from mockserver.sandbox.journal import Entry, Journal
from mockserver.sandbox.lag import Lagging
from mockserver.sandbox.throttle import Throttling


@dataclass(frozen=True)
class State:
    """The tenant, its time, and all else that a reset puts back."""

    tenant: Tenant
    clock: Clock = field(default_factory=Clock)
    seed: int = 0
    """What ids and chances are drawn from."""
    drawn: int = 0
    """How many ids have been."""
    due: float | None = None
    """When time will next do something to the tenant, or earlier, as seconds since 1970; None before anybody looked."""
    lag: Lagging = field(default_factory=Lagging)
    throttle: Throttling = field(default_factory=Throttling)
    faults: Faults = field(default_factory=Faults)
    stumbled: Mapping[str, int] = field(default_factory=dict)
    """How often a change of an application failed because it was just instantiated (Q14)."""
    sign_ins: SignIns = field(default_factory=dict)
    """Codes of the token service that wait to be redeemed."""
    journal: Journal = field(default_factory=Journal)

    def recorded(self, entry: Entry) -> State:
        """This state with one more entry in its journal; without `replace`, as every request does this."""
        made = object.__new__(State)
        made.__dict__.update(self.__dict__)
        made.__dict__["journal"] = self.journal.with_(entry)
        return made

    def forked(self, tenant_id: str) -> State:
        """The state that another sandbox starts from: the same, but of a tenant with an id of its own.

        What callers have done is not taken over: the journal, what was counted of the throttle, what is still unseen,
        who is signing in.
        """
        return replace(
            self,
            tenant=identified(self.tenant, tenant_id),
            lag=Lagging(self.lag.every),
            throttle=Throttling(self.throttle.limit),
            sign_ins={},
            journal=self.journal.anew(),
        )


def identified(tenant: Tenant, tenant_id: str) -> Tenant:
    """The same tenant with another id; shares all its entities with it."""
    about: dict[str, Any] = {**tenant.about, "id": tenant_id}
    return replace(tenant, about=Record(about))
