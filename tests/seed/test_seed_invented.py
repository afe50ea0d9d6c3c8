"""Invented tenants: the same for the same seed, of the size that was asked for, and possible."""

from __future__ import annotations

import json
import subprocess
import sys
from ipaddress import ip_address, ip_network

import pytest
import yaml
from jsonschema import Draft202012Validator
from tenants import contents

from mockserver.seed.format.json_schema import schema
from mockserver.seed.invented import dump_json, dump_yaml, invent

DOCUMENTATION = [ip_network(each) for each in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
SIZES = [(0, 1, 0), (1, 1, 1), (25, 8, 40), (10, 900, 10), (3_000, 20, 300)]


@pytest.mark.parametrize(("connectors", "groups", "applications"), SIZES)
def test_an_invented_tenant_has_the_size_asked_for_and_loads(loaded, connectors, groups, applications):
    document = invent(connectors=connectors, groups=groups, applications=applications, seed=7)
    tenant = loaded(document)
    sizes = [len(tenant.all(kind)) for kind in ("connector", "connectorGroup", "application")]

    assert [connectors, groups, applications] == sizes
    assert Draft202012Validator(schema()).is_valid(document)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    first, again, other = (dump_json(invent(50, 5, 50, seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_another_process_invents_the_same():
    program = "from mockserver.seed.invented import *; print(dump_json(invent(20, 4, 20, 3)), end='')"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, encoding="utf-8")

    assert dump_json(invent(20, 4, 20, 3)) == run.stdout


def test_yaml_and_json_say_the_same(loaded):
    document = invent(30, 6, 30, 5)

    assert contents(loaded(dump_yaml(document))) == contents(loaded(dump_json(document))) == contents(loaded(document))


def test_whoever_waits_is_told_of_every_row_that_is_made_and_written():
    for dump in (dump_yaml, dump_json):
        told = []
        dump(invent(1_234, 5, 321, 5, told.append), told.append)

        assert sum(told) == 2 * (1_234 + 321)


def test_long_sections_are_written_as_whole_ones():
    document = invent(1_234, 5, 0, 5)

    assert yaml.safe_load(dump_yaml(document)) == document
    assert dump_yaml(document).count("connectors:\n") == 1


@pytest.mark.heavy
def test_a_hundred_thousand_connectors_are_all_different_and_load(loaded):
    tenant = loaded(dump_json(invent(100_000, 1_000, 20_000, 1)))
    machines = {each["machineName"] for each in tenant.all("connector").values()}

    assert len(machines) == 100_000


def test_addresses_are_of_the_documentation_ranges():
    document = invent(2_000, 1_000, 0, 1)
    addresses = {ip_address(row["externalIp"]) for row in document["connectors"]}

    assert len(addresses) > 800
    assert all(any(each in network for network in DOCUMENTATION) for each in addresses)


def test_hosts_are_of_a_domain_that_nobody_has():
    document = invent(50, 5, 50, 1)
    published = [row["onPremisesPublishing"] for row in document["applications"] if "onPremisesPublishing" in row]

    assert all(row["machineName"].endswith(".example") for row in document["connectors"])
    assert all(row["internalUrl"].endswith(".example/") for row in published if "internalUrl" in row)


def test_every_site_has_two_connectors_where_there_are_enough():
    document = invent(40, 11, 0, 4)
    groups = [row.get("memberOf") for row in document["connectors"]]

    assert all(groups.count(row["name"]) >= 2 for row in document["connectorGroups"][1:])


def test_json_is_written_as_json():
    document = invent(3, 2, 3, 1)

    assert document == json.loads(dump_json(document))
