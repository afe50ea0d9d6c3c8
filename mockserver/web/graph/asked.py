"""What the operations of the Graph start from: the query, pages, preconditions; and how they change the tenant."""

from __future__ import annotations

import re

from mockserver.core.commands import Command
from mockserver.core.edm import EntityType, Guard
from mockserver.core.errors import PreconditionFailed
from mockserver.core.tenant import Tenant
from mockserver.odata.query import Query, parse_query
from mockserver.web.call import Call


def dispatch(call: Call, command: Command) -> Command:
    call.tenant, (done,) = call.sandbox.dispatch(command)
    return done


def query_of(call: Call, entity_type: EntityType, *, collection: bool) -> Query:
    dollarless = call.version == "beta" and not call.canonical
    return parse_query(
        call.query, entity_type, call.model, exact=call.exact, dollarless=dollarless, collection=collection
    )


def wished_size(call: Call) -> int:
    """`Prefer: odata.maxpagesize`; 0 where there is none that makes sense, which a preference may be."""
    wish = call.preferences.get("odata.maxpagesize", "")
    return int(wish) if re.fullmatch("[0-9]{1,9}", wish) else 0


def page_size(call: Call, entity_type: EntityType, wish: int) -> int | None:
    """R29: the directory's lists come in pages of 100, the proxy's in one piece unless the fixture says otherwise.

    A caller may wish for smaller pages: `Prefer: odata.maxpagesize` (graph_reference 5.8).
    """
    size: int | None = 100 if entity_type.directory else call.tenant.policy.get("pageSize")
    return min(wish or size or 0, size or wish) or None


def check_guard(tenant: Tenant, guard: Guard) -> None:
    if tenant.behaviour[guard.quirk] not in guard.choices:
        raise guard.refusal()


def check_precondition(call: Call) -> None:
    if call.headers.get("If-Match", "*").strip() != "*":
        raise PreconditionFailed()
