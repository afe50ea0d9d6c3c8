"""What an administrator would want to know: the warnings of every ready-made tenant, and of each thing alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from drills import ready_made
from tenants import NOW, application, connector, group, tenant

from mockserver.core.moment import instant
from mockserver.model.report import report
from mockserver.model.routing import route
from mockserver.seed import catalogue

OLD = {"version": "1.5.36.0"}
DOWN = {"stopped": True, "status": "inactive", "lastHeartbeat": instant(NOW - timedelta(days=2))}
TWO = (connector("a", "paris"), connector("b", "paris"))
QUICK, PRIVATE = {"applicationType": "quickaccessapp"}, {"applicationType": "nonwebapp"}

EXPECTED = {
    "contoso": {
        "Paris Headquarters": ["inactiveConnectors"],
        "Chicago Plant": ["inactiveConnectors"],
        "Singapore Office": ["singlePointOfFailure", "inactiveConnectors"],
    },
    "default-only": {"Default": ["applicationsOnDefault"]},
    "default-plus-isolated": {"Default": ["applicationsOnDefault"]},
    "dr-active-active": {},
    "dr-separate": {},
    "ha-violations": {
        "Default": ["applicationsOnDefault", "privateAccessOnDefault"],
        "No Connectors": ["noConnector"],
        "One Active One Inactive": ["singlePointOfFailure", "inactiveConnectors", "versionTooOld"],
        "None Active": ["noActiveConnector"],
    },
    "mixed-types": {},
    "multi-cloud-iaas": {},
    "multi-company": {},
    "multi-forest": {},
    "recommended": {},
}
"""The warnings of each ready-made tenant, by group; groups that are as they should be are left out."""


def row(at, key):
    """What is told of a group."""
    return next(each for each in report(at)["connectorGroups"] if each["connectorGroupId"] == key)


def warnings(at, key="paris"):
    """Whom each warning of a group is about: code, connectors, applications."""
    return [(each["code"], each["connectorIds"], each["applicationIds"]) for each in row(at, key)["warnings"]]


@pytest.mark.parametrize("name", catalogue.names())
def test_each_ready_made_tenant_has_the_warnings_that_it_was_made_for(name):
    told = {
        each["name"]: [warning["code"] for warning in each["warnings"]]
        for each in report(ready_made(name))["connectorGroups"]
    }

    assert EXPECTED[name] == {group_name: codes for group_name, codes in told.items() if codes}


@pytest.mark.parametrize("name", catalogue.names())
def test_a_warning_of_504_is_one_that_the_data_plane_bears_out(name):
    """behaviour.md 1.4: noConnector and noActiveConnector are exactly the groups whose applications fail."""
    at = ready_made(name)
    for each in report(at)["connectorGroups"]:
        dark = {warning["code"] for warning in each["warnings"]} & {"noConnector", "noActiveConnector"}
        failed = [route(at, served["applicationId"], 5, 0)["failed"] for served in each["applications"]]

        assert [5 if dark else 0] * len(failed) == failed


class TestWhatIsTold:
    def test_a_group_is_told_with_its_connectors_and_applications(self):
        at = tenant(
            group("paris", name="Paris", region="nam"),
            connector("a", "paris"),
            connector("b", "paris", **DOWN),
            application("wiki", "paris"),
        )
        told = dict(row(at, "paris"))
        del told["warnings"]

        assert {
            "connectorGroupId": "paris",
            "name": "Paris",
            "isDefault": False,
            "region": "nam",
            "activeConnectors": [
                {"connectorId": "a", "machineName": "a.contoso.example", "version": "1.5.4522.0", "isUpdating": False}
            ],
            "inactiveConnectors": [
                {
                    "connectorId": "b",
                    "machineName": "b.contoso.example",
                    "version": "1.5.4522.0",
                    "isUpdating": False,
                    "lastHeartbeat": "2031-05-04T07:08:09Z",
                    "removedAt": "2031-05-14T07:08:09Z",
                }
            ],
            "applications": [{"applicationId": "wiki", "displayName": "wiki"}],
            "meetsHA": False,
            "recommended": False,
            "outdated": 0,
        } == told

    def test_a_warning_has_a_sentence_that_names_the_group(self):
        (warning,) = row(tenant(group("paris", name="Paris"), application("wiki", "paris")), "paris")["warnings"]

        assert {
            "code": "noConnector",
            "message": "Connector group Paris has no connector: whatever it serves answers 504.",
            "connectorGroupId": "paris",
            "connectorIds": [],
            "applicationIds": ["wiki"],
        } == warning

    @pytest.mark.parametrize(("number", "expected"), [(1, (False, False)), (2, (True, False)), (3, (True, True))])
    def test_two_active_connectors_are_essential_and_three_preferred(self, number, expected):
        """behaviour.md 1.4, 5.6; ZT 25466."""
        told = row(tenant(group("paris"), *(connector(f"c{each}", "paris") for each in range(number))), "paris")

        assert expected == (told["meetsHA"], told["recommended"])

    def test_what_is_older_than_the_newest_version_is_counted_but_no_warning(self):
        """ZT 25392 fails it; the recommended configuration has two of them."""
        told = row(tenant(group("paris"), *(each.with_({"version": "1.5.3829.0"}) for each in TWO)), "paris")

        assert 2 == told["outdated"]
        assert "versionTooOld" not in [each["code"] for each in told["warnings"]]

    def test_what_is_being_updated_is_told_so(self):
        """R41."""
        busy = {"nextVersion": "9.0.0.0", "updateUntil": instant(NOW)}

        assert [True, False] == [
            each["isUpdating"]
            for each in row(tenant(group("paris"), connector("a", "paris", **busy), TWO[1]), "paris")[
                "activeConnectors"
            ]
        ]

    def test_the_day_of_removal_is_that_of_the_behaviour(self):
        """Q25."""
        at = tenant(group("paris"), connector("a", "paris", **DOWN), Q25="PT5M+P30D")

        assert "2031-06-03T07:08:09Z" == row(at, "paris")["inactiveConnectors"][0]["removedAt"]

    def test_groups_of_other_types_are_left_out(self):
        """R23."""
        at = tenant(group("adfs", connectorGroupType="adfs"))

        assert ["default"] == [each["connectorGroupId"] for each in report(at)["connectorGroups"]]

    def test_what_is_in_no_group_is_told_nowhere(self):
        """Q22: its group went with its profile."""
        lost = application("wiki", "paris").with_({"connectorGroup": None})

        assert [([], [])] == [
            (each["activeConnectors"], each["applications"])
            for each in report(tenant(connector("a", None), lost))["connectorGroups"]
        ]


WIKI = application("wiki", "paris")
CASES = {
    "no connector": ((WIKI,), [("noConnector", [], ["wiki"])]),
    "none active": (
        (connector("a", "paris", **DOWN), connector("b", "paris", **DOWN), WIKI),
        [("noActiveConnector", ["a", "b"], ["wiki"])],
    ),
    "one active": ((connector("a", "paris"), WIKI), [("singlePointOfFailure", ["a"], ["wiki"])]),
    "one active beside one that is not": (
        (connector("a", "paris"), connector("b", "paris", **DOWN), WIKI),
        [("singlePointOfFailure", ["a"], ["wiki"]), ("inactiveConnectors", ["b"], [])],
    ),
    "two active": ((*TWO, WIKI), []),
    "two active beside one that is not": (
        (*TWO, connector("c", "paris", **DOWN), WIKI),
        [("inactiveConnectors", ["c"], [])],
    ),
    "no application": (TWO, [("noApplication", ["a", "b"], [])]),
    "neither connector nor application": ((), [("noConnector", [], []), ("noApplication", [], [])]),
    "a connector too old for WebSockets": (
        (*TWO, connector("c", "paris", version="1.5.402.0"), WIKI),
        [("versionTooOld", ["c"], [])],
    ),
    "a connector just new enough for WebSockets": ((*TWO, connector("c", "paris", version="1.5.612.0"), WIKI), []),
    "a connector too old for Private Access": (
        (*TWO, connector("c", "paris", version="1.5.2846.0"), application("ssh", "paris", **PRIVATE)),
        [("versionTooOld", ["c"], [])],
    ),
    "a connector just new enough for Private Access": (
        (*TWO, connector("c", "paris", version="1.5.3437.0"), application("ssh", "paris", **PRIVATE)),
        [],
    ),
    "Quick Access where it belongs": ((*TWO, application("quick", "paris", **QUICK)), []),
}


class TestWarnings:
    @pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES)
    def test_a_group_of_the_tenants_region_is_judged_by_what_is_in_it(self, parts, expected):
        assert expected == warnings(tenant(group("paris"), *parts))

    def test_quick_access_in_a_group_of_another_region_is_a_mismatch(self):
        """behaviour.md 1.6: it always uses the tenant's region; other applications use that of their group."""
        parts = (*TWO, application("quick", "paris", **QUICK), application("ssh", "paris", **PRIVATE), WIKI)

        assert [("regionMismatch", [], ["quick"])] == warnings(tenant(group("paris", region="nam"), *parts))

    @pytest.mark.parametrize("region", ["eur", None])
    def test_a_group_without_a_region_has_the_tenants(self, region):
        """behaviour.md 1.6, 8.20."""
        parts = (*TWO, application("quick", "paris", **QUICK))

        assert [] == warnings(tenant(group("paris", region=region), *parts))

    @pytest.mark.parametrize(
        ("version", "expected"), [("1.5.1626.0", [("versionTooOld", ["c"], [])]), ("1.5.1975.0", [])]
    )
    def test_a_region_is_made_use_of_from_a_version_on(self, version, expected):
        """behaviour.md 1.5."""
        old = connector("c", "paris", version=version)

        assert expected == warnings(tenant(group("paris", region="nam"), *TWO, old, WIKI))
        assert [] == warnings(tenant(group("paris"), *TWO, old, WIKI))

    def test_each_thing_that_needs_a_newer_version_is_told_alone(self):
        at = tenant(
            group("paris", region="nam"), *TWO, connector("c", "paris", **OLD), application("ssh", "paris", **PRIVATE)
        )

        assert ["1.5.612.0", "1.5.1975.0", "1.5.3417.0"] == [
            each["message"].partition("older than ")[2].partition(":")[0] for each in row(at, "paris")["warnings"]
        ]


class TestDefault:
    """Seed: the default group as "a group that doesn't serve any applications and is used for idle or newly installed
    connectors"."""

    @pytest.mark.parametrize(
        "parts",
        [(), (connector("a"),), (connector("a", **DOWN),), (connector("a", **OLD), connector("b", **DOWN))],
        ids=["empty", "one new", "one in maintenance", "an old one and one in maintenance"],
    )
    def test_an_idle_default_group_warns_of_nothing(self, parts):
        assert [] == warnings(tenant(*parts), "default")

    def test_applications_on_it_are_warned_of_and_it_is_judged_as_any_other(self):
        at = tenant(connector("a"), application("wiki", "default"))

        assert [("singlePointOfFailure", ["a"], ["wiki"]), ("applicationsOnDefault", [], ["wiki"])] == warnings(
            at, "default"
        )

    def test_private_access_on_it_is_warned_of_besides(self):
        """MT.1190."""
        parts = (
            connector("a"),
            connector("b"),
            application("wiki", "default"),
            application("ssh", "default", **PRIVATE),
        )

        assert [("applicationsOnDefault", [], ["wiki", "ssh"]), ("privateAccessOnDefault", [], ["ssh"])] == warnings(
            tenant(*parts), "default"
        )

    def test_it_is_known_by_isDefault_and_not_by_its_name(self):  # noqa: N802
        """R21."""
        at = tenant(group("default", name="Pool", isDefault=True), group("other", name="Default"), *TWO)

        assert ([], [("noConnector", [], []), ("noApplication", [], [])]) == (
            warnings(at, "default"),
            warnings(at, "other"),
        )
