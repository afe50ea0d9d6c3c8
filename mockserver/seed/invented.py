"""Tenants that never were: believable, of any size, and the same bytes for the same seed.

faker draws a few hundred cities and people, at some 50 microseconds each; the rows are then put together from these.
Addresses are of the ranges set aside for documentation, and hosts end in `.example`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from typing import Any

from mockserver.seed import words

Row = dict[str, Any]
Told = Callable[[int], object]
"""Is told of so many more rows that are done."""

_CHUNK = 500
_MANY = ("connectors", "applications")
"""The sections that there can be so many of that somebody waits for them."""


@dataclass
class _Site:
    """A place with a network of its own, and so a connector group; the name Default stands for none."""

    group: str
    region: str
    code: str
    domain: str
    address: str
    machines: int = 0

    def machine(self) -> str:
        """The name of the next host there."""
        self.machines += 1
        return f"{self.code}-conn-{self.machines:02}.{self.domain}"


@dataclass
class _World:
    """What has been drawn so far."""

    random: Random
    word: str
    taken: dict[str, int] = field(default_factory=dict)
    """How often each name was wanted."""

    def unique(self, name: str, separator: str = " ") -> str:
        """The name, with a number where it is not the first of its kind."""
        self.taken[name] = self.taken.get(name, 0) + 1
        return name if self.taken[name] == 1 else f"{name}{separator}{self.taken[name]}"


def _nobody(_: int) -> None:
    """Nobody waits."""


def invent(connectors: int, groups: int, applications: int, seed: int, told: Told = _nobody) -> dict[str, Any]:
    """A fixture document with so many connectors, connector groups (Default is one of them) and applications.

    `told` hears of the connectors and applications as they are made, a chunk at a time.
    """
    from faker import Faker

    fake = Faker("en_US")
    fake.seed_instance(seed)
    world = _World(Random(seed), fake.last_name().lower())
    places = _places(fake.location_on_land() for _ in range(20 + 3 * min(groups, words.MOST_CITIES)))
    sites = list(_sites(world, places, groups))
    people = min(20 + applications // 4, words.MOST_PEOPLE)
    users = [_user(world, fake.first_name(), fake.last_name()) for _ in range(people)]
    home = {"defaultDomain": f"{world.word}.onmicrosoft.com", "region": sites[0].region}
    return {
        "tenant": {"displayName": fake.company(), **home},
        "connectorGroups": list(_groups(sites, groups)),
        "connectors": _so_many(_connectors(world, sites), connectors, told),
        "applications": _so_many(_applications(world, sites), applications, told),
        "groups": _departments(users),
        "users": users,
    }


def dump_json(document: dict[str, Any], told: Told = _nobody) -> str:
    """The document as JSON, which loads fast."""
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    told(sum(len(document[name]) for name in _MANY))
    return text


def dump_yaml(document: dict[str, Any], told: Told = _nobody) -> str:
    """The document as a person would write it: sections apart, short rows in one line.

    `told` hears of the connectors and applications as they are written: a tenth of a millisecond each.
    """
    written = (_section(name, rows, told if name in _MANY else _nobody) for name, rows in document.items())
    return "# Invented by mockserver; nobody here exists.\n\n" + "\n".join(written)


def _section(name: str, rows: Any, told: Told) -> str:
    if not isinstance(rows, list) or not rows:
        return _yaml({name: rows})
    texts = [f"{name}:\n"]
    for start in range(0, len(rows), _CHUNK):
        texts.append(_yaml(rows[start : start + _CHUNK]))
        told(len(rows[start : start + _CHUNK]))
    return "".join(texts)


def _yaml(value: Any) -> str:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True, width=160, default_flow_style=None)
    return text


def _so_many(rows: Iterator[Row], number: int, told: Told) -> list[Row]:
    """The first of these rows."""
    made: list[Row] = []
    while len(made) < number:
        chunk = list(islice(rows, min(_CHUNK, number - len(made))))
        made += chunk
        told(len(chunk))
    return made


def _places(drawn: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Cities and the regions they are in; those that can be part of a host's name."""
    regions = {
        city: words.COUNTRIES.get(country) or words.CONTINENTS[zone.partition("/")[0]]
        for _, _, city, country, zone in drawn
        if city.isascii()
    }
    return list(regions.items())[: words.MOST_CITIES]


def _sites(world: _World, places: list[tuple[str, str]], groups: int) -> Iterator[_Site]:
    """A site for each group but Default, or the one that has no need of groups."""
    for number, (city, region) in enumerate(islice(cycle(places), max(groups - 1, 1))):
        code = world.unique(_slug(city)[:8], "")
        name = world.unique(f"{city} {world.random.choice(words.PREMISES)}") if groups > 1 else "Default"
        yield _Site(name, region, code, f"{code}.{world.word}.example", _address(number))


def _address(number: int) -> str:
    """An address of the documentation ranges; the IPv4 ones are enough for 762 sites."""
    block, host = divmod(number, 254)
    if block < len(words.NETWORKS):
        return f"{words.NETWORKS[block]}.{host + 1}"
    return f"2001:db8::{number:x}"


def _groups(sites: list[_Site], groups: int) -> Iterator[Row]:
    yield {"name": "Default", "isDefault": True}
    if groups > 1:
        yield from ({"name": site.group, "region": site.region} for site in sites)


def _connectors(world: _World, sites: list[_Site]) -> Iterator[Row]:
    """Two for each site first, then more here and there; a few are new and wait on Default."""
    for number, site in enumerate(_round_and_random(world, sites, rounds=2)):
        row = {
            "machineName": site.machine(),
            "externalIp": site.address,
            "version": world.random.choice(words.VERSIONS),
        }
        if site.group != "Default" and (number < 2 * len(sites) or world.random.random() > 0.03):
            row["memberOf"] = site.group
        yield row | _silence(world)


def _silence(world: _World) -> Row:
    """One in twelve has stopped, some minutes, hours or days ago."""
    if world.random.random() > 1 / 12:
        return {}
    return {"lastHeartbeat": world.random.choice(words.SILENCES), "stopped": True}


def _applications(world: _World, sites: list[_Site]) -> Iterator[Row]:
    for site in _round_and_random(world, sites, rounds=1):
        name = world.unique(f"{world.random.choice(words.SUBJECTS)} {world.random.choice(words.PROGRAMS)}")
        row: Row = {"displayName": name}
        kind = world.random.random()
        if kind < 0.1:  # a registration that is not published
            yield row
            continue
        if site.group != "Default":
            row["connectorGroup"] = site.group
        row["onPremisesPublishing"] = dict(words.PRIVATE_ACCESS) if kind < 0.2 else _published(world, site, _slug(name))
        departments = world.random.sample(sorted(words.DEPARTMENTS), world.random.randint(1, 2))
        yield {**row, "assignedTo": departments}


def _published(world: _World, site: _Site, slug: str) -> Row:
    urls = {
        "internalUrl": f"https://{slug}.{site.domain}/",
        "externalUrl": f"https://{slug}-{world.word}.msappproxy.net/",
    }
    return {**urls, "externalAuthenticationType": world.random.choice(words.AUTHENTICATIONS)}


def _round_and_random(world: _World, sites: list[_Site], rounds: int) -> Iterator[_Site]:
    """Each site so many times, then any of them, without end."""
    for _ in range(rounds):
        yield from sites
    while True:
        yield world.random.choice(sites)


def _user(world: _World, first: str, last: str) -> Row:
    name = world.unique(f"{_slug(first)}.{_slug(last)}", "")
    department = world.random.choice(sorted(words.DEPARTMENTS))
    return {
        "userPrincipalName": f"{name}@{world.word}.onmicrosoft.com",
        "displayName": f"{first} {last}",
        "department": department,
        "jobTitle": world.random.choice(words.DEPARTMENTS[department]),
    }


def _departments(users: list[Row]) -> list[Row]:
    members: dict[str, list[str]] = {name: [] for name in words.DEPARTMENTS}
    for user in users:
        members[user["department"]].append(user["userPrincipalName"])
    return [{"displayName": name, "members": names} for name, names in members.items()]


def _slug(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum())
