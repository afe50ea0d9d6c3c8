"""Who would serve a request, R9 and behaviour.md 1.4; and both drills of the seed's disaster recovery sites."""

from __future__ import annotations

from datetime import timedelta
from statistics import fmean, pvariance

import pytest
from drills import diverted, done, ids, left_alone, ready_made
from hypothesis import given
from hypothesis import strategies as st
from tenants import application, assign, connector, group, move, tenant, unpublish

from mockserver.core.errors import ApplicationNotFound, InvalidTraffic, ResourceNotFound
from mockserver.model.lifecycle import start, stop
from mockserver.model.routing import MOST, route, spread
from mockserver.model.routing import _coins as coins
from mockserver.seed import catalogue

FIVE_MINUTES = timedelta(minutes=5, seconds=1)
PARTS = (
    group("paris"),
    group("lyon"),
    connector("c1", "paris"),
    connector("c2", "paris"),
    connector("other", "lyon"),
    connector("idle"),
    application("wiki", "paris"),
)


def shares(routed):
    """How many requests each connector serves, by the name of its machine."""
    return {each["machineName"]: each["requests"] for each in routed["byConnector"]}


def served(at, name, requests=1000):
    """Which of the connectors serve the application of that name; none where its users see a 504."""
    routed = route(at, ids(at, "application")[name], requests, 7)

    assert {"200": routed["served"], "504": routed["failed"]} == routed["status"]
    assert requests == routed["served"] + routed["failed"]
    assert routed["served"] == sum(shares(routed).values())

    return {machine for machine, number in shares(routed).items() if number}


class TestWhoServes:
    def test_the_active_connectors_of_the_application_s_group_share_its_requests(self):
        """R9: one of another group and one on the default group never serve it."""
        assert {"c1.contoso.example", "c2.contoso.example"} == served(tenant(*PARTS), "wiki")

    def test_every_request_is_served_by_one_connector(self):
        routed = route(tenant(*PARTS), "wiki", 1000, 7)

        assert (1000, 0, {"200": 1000, "504": 0}) == (routed["served"], routed["failed"], routed["status"])
        assert [("c1", "c1.contoso.example"), ("c2", "c2.contoso.example")] == [
            (each["connectorId"], each["machineName"]) for each in routed["byConnector"]
        ]

    @pytest.mark.parametrize(
        "silent",
        [
            {"stopped": True},
            {"stopped": True, "status": "inactive"},
            {"nextVersion": "9.0.0.0", "updateUntil": "2031-05-06T07:09:09Z"},
        ],
        ids=["just stopped", "inactive", "being updated"],
    )
    def test_a_connector_that_cannot_be_reached_is_skipped(self, silent):
        """behaviour.md 1.4, R41: the other one serves everything; it alone, and users see a 504."""
        both = tenant(*PARTS[:2], connector("c1", "paris", **silent), *PARTS[3:])
        alone = tenant(*PARTS[:2], connector("c1", "paris", **silent), *PARTS[4:])

        assert {"c2.contoso.example"} == served(both, "wiki")
        assert set() == served(alone, "wiki")

    def test_a_connector_that_waits_for_its_update_serves(self):
        """R41: only while it is being updated it does not."""
        waits = {"updateFrom": "2031-05-06T08:00:00Z", "updateUntil": "2031-05-06T08:01:00Z"}

        assert {"c1.contoso.example"} == served(
            tenant(group("paris"), connector("c1", "paris", **waits), PARTS[-1]), "wiki"
        )

    @pytest.mark.parametrize(
        "parts", [(), (connector("c", "paris", stopped=True, status="inactive"),)], ids=["none", "down"]
    )
    def test_a_group_without_an_active_connector_answers_504_whatever_other_groups_have(self, parts):
        """R9, behaviour.md 1.4: bad-gateway, troubleshooting."""
        at = tenant(group("paris"), *parts, connector("idle"), application("wiki", "paris"))

        assert {"served": 0, "failed": 10, "status": {"200": 0, "504": 10}, "byConnector": []} == route(
            at, "wiki", 10, 0
        )

    def test_an_application_whose_group_is_gone_is_served_by_nobody(self):
        """Q22: a deleted profile takes its groups along."""
        lost = application("wiki", "paris").with_({"connectorGroup": None})

        assert 10 == route(tenant(lost, connector("idle")), "wiki", 10, 0)["failed"]

    def test_a_connector_serves_as_soon_as_it_is_in_the_group(self):
        """R4, R5: and no longer once it is back on the default group."""
        at = tenant(*PARTS)
        there = done(at, move("idle", "paris"))

        assert "idle.contoso.example" in served(there, "wiki")
        assert served(at, "wiki") == served(done(there, move("idle", "default")), "wiki")

    @pytest.mark.parametrize("name", ["recommended", "contoso", "multi-company"])
    def test_a_default_group_without_applications_idles(self, name):
        """Seed: new connectors receive no live traffic until they are assigned to a group that serves."""
        at = ready_made(name)
        default = next(key for key, each in at.all("connectorGroup").items() if each["isDefault"])
        idle = {at.get("connector", key)["machineName"] for key in at.pointing_to("connector", "memberOf", default)}
        published = [each["displayName"] for each in at.all("application").values() if each["connectorGroup"]]

        assert set() == idle & set().union(*(served(at, each) for each in published))

    @pytest.mark.parametrize("name", catalogue.names())
    def test_connectors_of_other_groups_never_serve(self, name):
        """R9: whatever the tenant."""
        at = ready_made(name)
        for key, each in at.all("application").items():
            if each["connectorGroup"] is not None:
                by = {share["connectorId"] for share in route(at, key, 50, 1)["byConnector"]}

                assert by <= set(at.pointing_to("connector", "memberOf", each["connectorGroup"]))


class TestRefusals:
    def test_an_application_that_is_not_published_is_refused(self):
        """R7."""
        with pytest.raises(ApplicationNotFound, match="Application 'wiki' not found or OnPremisesPublishing"):
            route(done(tenant(*PARTS), unpublish("wiki")), "wiki", 1, 0)

    @pytest.mark.parametrize("key", ["nobody", "appId-of-wiki", "c1"])
    def test_what_is_no_object_id_of_an_application_is_refused(self, key):
        """R49."""
        with pytest.raises(ResourceNotFound):
            route(tenant(*PARTS), key, 1, 0)

    @pytest.mark.parametrize("number", [-1, MOST + 1, True, 1.0, "1", None])
    def test_a_number_of_requests_is_a_whole_one_within_bounds(self, number):
        with pytest.raises(InvalidTraffic, match="0 to 1000000 requests"):
            route(tenant(*PARTS), "wiki", number, 0)

    @pytest.mark.parametrize("number", [0, MOST])
    def test_the_bounds_are_within(self, number):
        assert number == route(tenant(*PARTS), "wiki", number, 0)["served"]


class TestSpread:
    @given(st.integers(0, 5000), st.integers(1, 40), st.integers())
    def test_every_request_goes_somewhere(self, requests, ways, seed):
        counts = spread(requests, ways, coins(seed))

        assert (ways, requests) == (len(counts), sum(counts))
        assert min(counts) >= 0

    def test_nowhere_to_go_is_nowhere(self):
        assert [] == spread(10, 0, coins(0))

    def test_the_same_seed_gives_the_same_and_another_one_another(self):
        drawn = [spread(1000, 3, coins(seed)) for seed in (1, 1, 2)]

        assert drawn[0] == drawn[1] != drawn[2]

    @pytest.mark.parametrize(
        ("requests", "ways", "seed", "expected"),
        [
            (10, 1, 0, [10]),
            (1000, 3, 7, [354, 306, 340]),
            (1000, 4, "drill", [277, 249, 246, 228]),
            (MOST, 5, 42, [199211, 200683, 200289, 200091, 199726]),
        ],
    )
    def test_a_seed_gives_the_same_numbers_in_every_version_of_python(self, requests, ways, seed, expected):
        """Written down once, under Python 3.11; whoever runs this under another version tries it there."""
        assert expected == spread(requests, ways, coins(seed))

    @pytest.mark.parametrize("ways", [2, 3, 5, 8])
    def test_each_place_is_as_likely_as_any_other_and_no_request_follows_another(self, ways):
        """behaviour.md 1.4: without affinity. Mean and variance of 600 draws are those of independent throws."""
        requests, draws = 120, [spread(120, ways, coins(seed)) for seed in range(600)]
        mean, variance = requests / ways, requests / ways * (1 - 1 / ways)
        for place in range(ways):
            drawn = [each[place] for each in draws]

            assert mean == pytest.approx(fmean(drawn), abs=4 * (variance / len(draws)) ** 0.5)
            assert variance == pytest.approx(pvariance(drawn), rel=0.25)

    def test_a_million_requests_are_spread_nearly_evenly(self):
        counts = spread(MOST, 3, coins("drill"))

        assert max(counts) - min(counts) < MOST / 100


class TestActiveActiveRecovery:
    """Seed: "You can create the connectors on the DR site in the same connector group as the main site. Microsoft
    Entra ID detects failovers for you." """

    MAIN, DR = ({f"{site}-0{number}.tailspintoys.com" for number in (1, 2)} for site in ("main", "dr"))
    APPLICATIONS = ("Dealer Portal", "Flight Simulator Library")

    def silent(self, at, machines):
        """The tenant after these services stopped and five minutes passed."""
        connectors = ids(at, "connector")
        stopped = done(at, *(stop(connectors[each]) for each in sorted(machines)))
        return left_alone(stopped, FIVE_MINUTES)[0]

    @pytest.mark.parametrize("name", APPLICATIONS)
    def test_both_sites_serve_while_both_are_there(self, name):
        assert self.MAIN | self.DR == served(ready_made("dr-active-active"), name)

    @pytest.mark.parametrize("name", APPLICATIONS)
    def test_the_other_site_serves_alone_when_one_goes_and_nothing_has_to_be_moved(self, name):
        before = ready_made("dr-active-active")
        after = self.silent(before, self.MAIN)

        assert self.DR == served(after, name)
        assert before.all("application") is after.all("application")

    def test_users_see_a_504_only_when_the_last_of_the_four_is_gone(self):
        at = ready_made("dr-active-active")
        for machine in sorted(self.MAIN | self.DR):
            assert served(at, "Dealer Portal")
            at = self.silent(at, {machine})

        assert set() == served(at, "Dealer Portal")

    def test_the_site_that_comes_back_serves_again(self):
        at = self.silent(ready_made("dr-active-active"), self.MAIN)
        back = done(at, *(start(ids(at, "connector")[each]) for each in self.MAIN))

        assert self.MAIN | self.DR == served(back, "Dealer Portal")


class TestSeparateRecovery:
    """Seed: "You create a different connector group in the DR site. You either have backup applications, or manually
    divert existing application to the DR connector group as needed." """

    MAIN, DR = ({f"{site}-0{number}.litwareinc.com" for number in (1, 2)} for site in ("main", "dr"))
    DIVERTED = ("Order Desk", "Customer Records", "Intranet")

    @pytest.fixture
    def down(self):
        """The tenant after its main site went."""
        at = ready_made("dr-separate")
        stopped = done(at, *(stop(ids(at, "connector")[each]) for each in sorted(self.MAIN)))
        return left_alone(stopped, FIVE_MINUTES)[0]

    def test_each_site_serves_its_own(self):
        at = ready_made("dr-separate")

        assert [self.MAIN] * 3 == [served(at, each) for each in self.DIVERTED]
        assert self.DR == served(at, "Order Desk Standby")

    def test_nobody_steps_in_by_itself_but_the_backup_application_is_there(self, down):
        assert [set()] * 3 == [served(down, each) for each in self.DIVERTED]
        assert self.DR == served(down, "Order Desk Standby")

    def test_what_is_diverted_is_served_again_and_the_way_back_is_the_same(self, down):
        diverting = diverted(down, "Main Site", "DR Site")
        connectors = ids(diverting, "connector")
        back = done(diverting, *(start(connectors[each]) for each in sorted(self.MAIN)))

        assert [self.DR] * 3 == [served(diverting, each) for each in self.DIVERTED]
        assert [self.DR] * 3 == [served(back, each) for each in self.DIVERTED]
        assert [self.MAIN] * 4 == [
            served(diverted(back, "DR Site", "Main Site"), each) for each in (*self.DIVERTED, "Order Desk Standby")
        ]

    def test_one_application_diverted_leaves_the_others_where_they_are(self, down):
        one = done(down, assign(ids(down, "application")["Intranet"], ids(down, "connectorGroup")["DR Site"]))

        assert [set(), set(), self.DR] == [served(one, each) for each in self.DIVERTED]


def test_an_isolated_network_goes_dark_alone():
    """Seed: "Applications installed on isolated networks"; the others do not notice."""
    at = ready_made("default-plus-isolated")
    isolated = at.pointing_to("connector", "memberOf", ids(at, "connectorGroup")["Isolated Network"])
    dark, _ = left_alone(done(at, *map(stop, isolated)), FIVE_MINUTES)

    assert set() == served(dark, "Machine Telemetry") != served(at, "Machine Telemetry")
    assert served(at, "Order Desk") == served(dark, "Order Desk") != set()
