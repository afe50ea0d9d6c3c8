"""What a mock begins with: settings -> a world whose sandboxes are seeded or, from a state file, go on as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import MEMORY, Clock, Journal, State, Store
from mockserver.seed import catalogue
from mockserver.seed.document import load
from mockserver.seed.folder import tenants_of
from mockserver.seed.story import Chapter, told
from mockserver.settings import Settings
from mockserver.world import DEFAULT, World, is_name

if TYPE_CHECKING:
    from mockserver.storage import Storage


def begun(settings: Settings) -> tuple[Settings, World]:
    """The world that these settings describe, and the settings that are in effect then.

    A sandbox that the state file has goes on as it was; the others of the folder and the story are made. Raises
    ValueError with a sentence, and FixtureError with every problem.
    """
    store: Store
    if settings.state and Path(settings.state).exists():
        storage = _opened(settings, lambda: state_of(settings))
        settings, first, store = _in_effect(settings, storage), storage.held()[DEFAULT][0].first, storage
        seeds, story = _seeds(settings)
    else:
        seeds, story = _seeds(settings)
        first = _first(settings, seeds.get(DEFAULT))
        store = _opened(settings, lambda: first) if settings.state else MEMORY
    world = World(first, most=settings.sandboxes, store=store)
    kept = {each.name for each in world}
    for name in (each for each in seeds if each not in kept):
        world.make(name, seeds[name])
    world.story = story
    return settings, world


def state_of(settings: Settings) -> State:
    """What a sandbox starts with: the tenant of the settings, its time and its seed."""
    clock = _clock(settings)
    behaviour = Behaviour.parse(settings.behaviour, QUIRKS)
    tenant = load(catalogue.resolve(settings.tenant), behaviour=behaviour, now=clock.now())
    return State(tenant, clock, settings.seed, journal=Journal(settings.journal))


def _first(settings: Settings, own: Tenant | None) -> State:
    """What the default sandbox starts with, if the folder has nothing else for it."""
    if own is None:
        return state_of(settings)
    if settings.tenant != Settings.tenant:
        raise ValueError(f"--tenant and a file of --init both are the tenant of the sandbox {DEFAULT!r}.")
    return State(own, _clock(settings), settings.seed, journal=Journal(settings.journal))


def _clock(settings: Settings) -> Clock:
    return Clock(frozen=datetime.now(UTC).replace(microsecond=0)) if settings.clock == "frozen" else Clock()


def _seeds(settings: Settings) -> tuple[dict[str, Tenant], tuple[Chapter, ...]]:
    """The tenants of the folder and of the story by the names of their sandboxes, and what the story tells of them."""
    behaviour, now = Behaviour.parse(settings.behaviour, QUIRKS), _clock(settings).now()
    seeds = tenants_of(Path(settings.init), is_name, behaviour=behaviour, now=now) if settings.init else {}
    chapters = tuple(told(behaviour, now) if settings.story else ())
    seeds |= {chapter.sandbox: tenant for chapter, tenant in chapters}
    made = len(seeds.keys() - {DEFAULT})
    if made > settings.sandboxes:
        raise ValueError(f"--sandboxes {settings.sandboxes} is too few: {made} are made at the start.")
    return seeds, tuple(chapter for chapter, _ in chapters)


def _opened(settings: Settings, first: Callable[[], State]) -> Storage:
    from mockserver.storage import opened  # only here, because most mocks keep nothing

    return opened(Path(settings.state), DEFAULT, first, tenant=settings.tenant, journal=Journal(settings.journal))


def _in_effect(settings: Settings, storage: Storage) -> Settings:
    """What the state file says, where it was there already."""
    first = storage.held()[DEFAULT][0].first
    return replace(
        settings,
        tenant=storage.tenant,
        behaviour=str(first.tenant.behaviour),
        clock=first.clock.mode,
        seed=first.seed,
        is_restored=not storage.is_new,
    )
