"""The ready-made tenants: all of them load, and each is found by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockserver.model.connector_group import default_group
from mockserver.seed import catalogue
from mockserver.seed.catalogue import UnknownTenantError

NAMED_IN_THE_EVIDENCE = {
    "contoso", "default-only", "default-plus-isolated", "recommended", "multi-cloud-iaas", "multi-forest",
    "dr-active-active", "dr-separate", "multi-company", "ha-violations", "mixed-types",
}  # fmt: skip


def test_every_scenario_of_the_evidence_is_there():
    assert set(catalogue.names()) >= NAMED_IN_THE_EVIDENCE


@pytest.mark.parametrize("name", catalogue.names())
def test_every_ready_made_tenant_loads(loaded, name):
    assert catalogue.check(catalogue.path(name)) == []
    assert default_group(loaded(catalogue.path(name)))


@pytest.mark.parametrize("name", catalogue.names())
def test_every_ready_made_tenant_says_in_a_sentence_what_it_is(name):
    sentence = catalogue.describe(name)

    assert sentence.endswith((".", "!"))
    assert "\n" not in sentence


@pytest.mark.parametrize("name", catalogue.names())
def test_no_two_applications_of_a_ready_made_tenant_wait_on_an_idle_group(loaded, name):
    tenant = loaded(catalogue.path(name))
    idle = tenant.policy.get("defaultGroupServesApplications") == "deny"

    assert not idle or not tenant.pointing_to("application", "connectorGroup", default_group(tenant)["id"])


def test_the_demo_identity_is_that_of_contoso(loaded):
    tenant = loaded(catalogue.path("contoso"))

    assert tenant.about["id"] == "11111111-1111-4111-8111-111111111111"
    assert "admin@contoso.onmicrosoft.com" in {each["userPrincipalName"] for each in tenant.all("user").values()}


def test_a_name_is_resolved_before_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("recommended").write_text("users: []", encoding="utf-8")
    Path("mine.yaml").write_text("users: []", encoding="utf-8")

    assert catalogue.path("recommended") == catalogue.resolve("recommended")
    assert Path("mine.yaml") == catalogue.resolve("mine.yaml")


@pytest.mark.parametrize("name", ["contosso", ".", "", "a\0b", "x" * 5_000, "none/none.yaml", "schema"])
def test_what_is_neither_a_name_nor_a_file_is_refused_in_one_sentence(name):
    with pytest.raises(UnknownTenantError) as caught:
        catalogue.resolve(name)

    message = str(caught.value)
    assert "is neither a file nor a ready-made tenant; ready-made are contoso, default-only, " in message
    assert "\n" not in message


def test_an_unknown_name_has_no_file():
    with pytest.raises(UnknownTenantError, match="there is no ready-made tenant 'x'; ready-made are contoso, "):
        catalogue.path("x")


def test_checking_a_file_lists_its_problems(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("users:\n- {}\n", encoding="utf-8")

    assert [f"{file}:2: users[0].userPrincipalName: is missing"] == [str(each) for each in catalogue.check(str(file))]


def test_an_installed_package_has_the_fixtures_with_it(tmp_path, monkeypatch):
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "own.yaml").write_text("# My own. And more.\nusers: []\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_PACKAGE", tmp_path)
    catalogue.folder.cache_clear()
    try:
        assert catalogue.names() == ["own"]
        assert catalogue.describe("own") == "My own."
    finally:
        catalogue.folder.cache_clear()


@pytest.mark.parametrize("name", ["contoso", "recommended"])
def test_a_tenant_to_try_permissions_in_has_somebody_in_each_role_and_somebody_in_none(loaded, name):
    roles = {each["directoryRoles"] for each in loaded(catalogue.path(name)).all("user").values()}

    assert roles == {
        ("Application Administrator",),
        ("Cloud Application Administrator",),
        ("Global Secure Access Administrator",),
        (),
    }


@pytest.mark.parametrize("name", ["contoso", "recommended"])
def test_a_tenant_to_try_permissions_in_has_a_client_that_may_only_look(loaded, name):
    (client,) = loaded(catalogue.path(name)).about["clients"]

    assert (client["displayName"], client["permissions"]) == ("Inventory reader", ("Directory.Read.All",))
    assert "mock" in client["secret"]
