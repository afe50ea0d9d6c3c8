"""What Microsoft's typed SDK alone sends and reads: pages, references, counts, types."""

from __future__ import annotations

import pytest
from e2e.stories import asking, proxy

G = "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"


class TestPaging:
    def test_the_sdks_page_iterator_sees_everything_once(self, admin):
        """clients.md 1.1: it follows the link as it stands."""
        from msgraph_core.tasks.page_iterator import PageIterator

        seen = []

        async def iterate(graph):
            builder = proxy(graph).connectors
            first = await builder.get(asking(builder, top=7, select=["id", "machineName"]))
            await PageIterator(first, graph.request_adapter).iterate(lambda row: seen.append(row.id) or True)

        admin.sdk.run(iterate)

        assert len(seen) == len(set(seen)) == 25

    def test_links_are_followed_by_hand(self, client):
        """M2G, EE, ZT."""
        page, seen = client.get(f"{G}?$Top=3").json(), []
        while page:
            seen += [row["name"] for row in page["value"]]
            link = page.get("@odata.nextLink")
            page = client.get(link).json() if link else None

        assert len(seen) == len(set(seen)) == 8


class TestSdk:
    """What the typed SDK alone sends."""

    def test_a_reference_is_read_as_text(self, admin):
        key = admin.application("Intranet").id
        address = admin.sdk.run(lambda graph: graph.applications.by_application_id(key).connector_group.ref.get())

        assert address.endswith(f"/connectorGroups/{admin.group('Paris Headquarters').id}")

    def test_references_are_read_as_texts(self, admin):
        key = admin.group("Vendor Network").id
        builder = "members"
        found = admin.sdk.run(
            lambda graph: getattr(proxy(graph).connector_groups.by_connector_group_id(key), builder).ref.get()
        )

        assert [each.rpartition("/")[0].rpartition("/")[2] for each in found.value] == ["connectors", "connectors"]

    def test_a_count_is_a_number(self, admin):
        assert admin.sdk.run(lambda graph: proxy(graph).connectors.count.get()) == 25

    def test_a_member_is_taken_out_by_its_id(self, admin):
        group, machine = admin.group("Vendor Network").id, admin.connector("BMS-GATEWAY-1").id
        admin.sdk.run(
            lambda graph: (
                proxy(graph).connector_groups.by_connector_group_id(group).members.by_connector_id(machine).ref.delete()
            )
        )

        assert admin.groups_of("BMS-GATEWAY-1") == ["Default"]

    def test_a_changed_group_is_answered_with_nothing(self, admin):
        from msgraph_beta.generated.models.connector_group import ConnectorGroup

        key, change = admin.group("Vendor Network").id, ConnectorGroup(name="Vendor")
        answer = admin.sdk.run(lambda graph: proxy(graph).connector_groups.by_connector_group_id(key).patch(change))

        assert answer is None
        assert admin.group("Vendor").id == key

    def test_the_typed_client_cannot_publish_as_with_the_real_service(self, admin):
        """4.3 rule 3: it writes an `@odata.type` beside onPremisesPublishing, which the service was seen to reject."""
        from msgraph_beta.generated.models.application import Application
        from msgraph_beta.generated.models.o_data_errors.o_data_error import ODataError
        from msgraph_beta.generated.models.on_premises_publishing import OnPremisesPublishing

        key = admin.application("Contoso Mobile").id
        change = Application(on_premises_publishing=OnPremisesPublishing(internal_url="https://m.corp.contoso.com/"))
        with pytest.raises(ODataError) as refused:
            admin.sdk.run(lambda graph: graph.applications.by_application_id(key).patch(change))

        assert refused.value.error.code == "InvalidJson_BadRequest"

    def test_a_default_base_address_doubles_its_slash(self, admin):
        """clients.md 1.1: the adapter's own base address ends in a slash."""
        sdk = admin.sdk
        before, sdk.adapter.base_url = sdk.adapter.base_url, f"{sdk.base_url}/"
        try:
            found = sdk.run(lambda graph: proxy(graph).connector_groups.get())
        finally:
            sdk.adapter.base_url = before

        assert len(found.value) == 8
