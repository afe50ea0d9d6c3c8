"""What happened, in words: one event for each command that changed something."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tenants import (
    AT,
    NOW,
    application,
    assign,
    connector,
    create_application,
    create_group,
    delete_group,
    group,
    install,
    move,
    publish,
    take_out,
    tenant,
    unassign,
    unpublish,
    update_application,
    update_group,
)

from mockserver.core.commands import Create, Delete, Update, apply
from mockserver.core.moment import instant
from mockserver.model.events import TYPES, event_of
from mockserver.model.lifecycle import due, silence, start, stop
from mockserver.model.updates import planned


def silent(key, ago, of="paris", **values):
    """A connector whose service stopped so long ago."""
    return connector(key, of, lastHeartbeat=instant(NOW - ago), stopped=True, **values)


PARTS = (
    group("paris", name="Paris"),
    connector("c"),
    connector("d", "paris"),
    silent("e", timedelta(days=9), status="inactive"),
    application("a", "paris"),
    application("b"),
    application("f", "default"),
)


def told(command, *, at=None, **choices):
    """The event of the command, carried out in the tenant of the parts above."""
    before = tenant(*PARTS, **choices) if at is None else at
    command = replace(command, at=command.at or AT)
    return event_of(before, command, apply(before, command))


def came(at):
    """The event of what time does next to the tenant."""
    first = due(at)[0]
    command = replace(first.command, at=instant(first.at))
    return event_of(at, command, apply(at, command))


WHAT_PEOPLE_DO = {
    "connectorInstalled": (
        install("n"),
        {
            "connectorId": "n",
            "machineName": "n",
            "connectorGroupId": "default",
            "connectorGroup": "Default",
            "message": "n was installed; it is in Default.",
        },
    ),
    "connectorUninstalled": (
        Delete("connector", "d", AT),
        {
            "connectorId": "d",
            "machineName": "d.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "message": "d.contoso.example was uninstalled; it was in Paris.",
        },
    ),
    "connectorStopped": (
        stop("d"),
        {
            "connectorId": "d",
            "machineName": "d.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "message": "The service of d.contoso.example in Paris stopped.",
        },
    ),
    "connectorStarted": (
        start("e"),
        {
            "connectorId": "e",
            "machineName": "e.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "message": "The service of e.contoso.example in Paris started.",
        },
    ),
    "connectorMoved": (
        move("c", "paris"),
        {
            "connectorId": "c",
            "machineName": "c.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "previousConnectorGroupId": "default",
            "previousConnectorGroup": "Default",
            "message": "c.contoso.example was moved from Default to Paris.",
        },
    ),
    "connectorUpdatePlanned": (
        planned(tenant(connector("c", version="1.5.36.0")), NOW)[0],
        {
            "connectorId": "c",
            "machineName": "c.contoso.example",
            "connectorGroupId": "default",
            "connectorGroup": "Default",
            "version": "1.5.4522.0",
            "nextVersion": "1.5.4522.0",
            "updateFrom": AT,
            "message": "c.contoso.example in Default is updated from 1.5.4522.0 to 1.5.4522.0 from "
            "2031-05-06T07:08:09Z on.",
        },
    ),
    "groupCreated": (
        create_group("n", name="Lyon"),
        {
            "connectorGroupId": "n",
            "name": "Lyon",
            "region": "eur",
            "message": "Connector group Lyon was created with region eur.",
        },
    ),
    "groupRenamed": (
        update_group("paris", name="Lyon"),
        {
            "connectorGroupId": "paris",
            "name": "Lyon",
            "previousName": "Paris",
            "message": "Connector group Paris is called Lyon now.",
        },
    ),
    "applicationCreated": (
        create_application("n", displayName="Wiki"),
        {"applicationId": "n", "displayName": "Wiki", "message": "Application Wiki was created."},
    ),
    "applicationDeleted": (
        Delete("application", "a", AT),
        {
            "applicationId": "a",
            "displayName": "a",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "message": "Application a was deleted; it was in Paris.",
        },
    ),
    "applicationPublished": (
        publish("b", internalUrl="https://b.example/"),
        {
            "applicationId": "b",
            "displayName": "b",
            "connectorGroupId": "default",
            "connectorGroup": "Default",
            "message": "Application b was published; it is in Default.",
        },
    ),
    "applicationUnpublished": (
        unpublish("a"),
        {
            "applicationId": "a",
            "displayName": "a",
            "previousConnectorGroupId": "paris",
            "previousConnectorGroup": "Paris",
            "message": "Application a is published no longer; it was in Paris.",
        },
    ),
    "applicationAssigned": (
        assign("f", "paris"),
        {
            "applicationId": "f",
            "displayName": "f",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "previousConnectorGroupId": "default",
            "previousConnectorGroup": "Default",
            "message": "Application f was moved from Default to Paris.",
        },
    ),
}


@pytest.mark.parametrize("kind", WHAT_PEOPLE_DO)
def test_what_people_do_is_told(kind):
    command, expected = WHAT_PEOPLE_DO[kind]

    assert {"at": AT, "type": kind, **expected} == told(command)


class TestTime:
    def test_a_connector_that_turns_inactive_says_since_when_it_is_silent_and_how_long_that_may_last(self):
        """R37."""
        at = tenant(group("paris", name="Paris"), silent("c", timedelta(minutes=2)))

        assert {
            "at": "2031-05-06T07:11:10Z",
            "type": "connectorInactive",
            "connectorId": "c",
            "machineName": "c.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "lastHeartbeat": "2031-05-06T07:06:09Z",
            "inactiveAfter": "PT5M",
            "message": "c.contoso.example in Paris is inactive: it has sent no heartbeat since 2031-05-06T07:06:09Z, "
            "for more than PT5M.",
        } == came(at)

    def test_a_connector_that_the_service_removes_says_how_long_it_was_silent(self):
        """R38."""
        at = tenant(group("paris", name="Paris"), silent("c", timedelta(days=9), status="inactive"))

        assert {
            "at": "2031-05-07T07:08:09Z",
            "type": "connectorRemoved",
            "connectorId": "c",
            "machineName": "c.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
            "lastHeartbeat": "2031-04-27T07:08:09Z",
            "removedAfter": "P10D",
            "message": "The service removed c.contoso.example from Paris: it has sent no heartbeat since "
            "2031-04-27T07:08:09Z, for P10D.",
        } == came(at)

    def test_an_update_says_when_it_begins_and_when_it_is_over(self):
        """R41."""
        parts = (group("paris", name="Paris"), connector("c", "paris", version="1.5.36.0"))
        before = tenant(*parts)
        at = apply(before, replace(planned(before, NOW)[0], at=AT))
        begun = apply(at, replace(due(at)[0].command, at=AT))
        known = {
            "connectorId": "c",
            "machineName": "c.contoso.example",
            "connectorGroupId": "paris",
            "connectorGroup": "Paris",
        }

        assert {
            "at": AT,
            "type": "connectorUpdating",
            **known,
            "version": "1.5.36.0",
            "nextVersion": "1.5.4522.0",
            "updateUntil": "2031-05-06T07:09:09Z",
            "message": "c.contoso.example in Paris is being updated from 1.5.36.0 to 1.5.4522.0 until "
            "2031-05-06T07:09:09Z, and serves nobody meanwhile.",
        } == came(at)
        assert {
            "at": "2031-05-06T07:09:09Z",
            "type": "connectorUpdated",
            **known,
            "version": "1.5.4522.0",
            "previousVersion": "1.5.36.0",
            "message": "c.contoso.example in Paris was updated from 1.5.36.0 to 1.5.4522.0.",
        } == came(begun)

    def test_an_update_that_waits_anew_because_its_connector_was_moved_is_told_as_the_move(self):
        """R41."""
        busy = {"nextVersion": "9.0.0.0", "updateUntil": "2031-05-06T07:09:09Z"}
        at = tenant(group("paris"), connector("c", **busy), connector("d", "paris", **busy))

        assert "connectorMoved" == told(move("c", "paris"), at=at)["type"]

    def test_both_lengths_are_those_of_the_behaviour(self):
        """Q25."""
        choices = {"Q25": "PT1H+P30D"}
        quiet, gone = (
            tenant(silent("c", timedelta(minutes=2), "default", status=each), **choices)
            for each in ("active", "inactive")
        )

        assert ("PT1H", "P30D") == (came(quiet)["inactiveAfter"], came(gone)["removedAfter"])

    def test_a_region_says_when_it_takes_effect_and_when_it_has(self):
        """Q21."""
        at = tenant(group("paris", name="Paris"), Q21="PT30M")
        command = update_group("paris", region="nam")
        after = apply(at, command)
        chosen, effective = event_of(at, command, after), came(after)

        assert {
            "at": AT,
            "type": "regionChosen",
            "connectorGroupId": "paris",
            "name": "Paris",
            "region": "eur",
            "nextRegion": "nam",
            "regionDue": "2031-05-06T07:38:09Z",
            "message": "Connector group Paris has region eur until 2031-05-06T07:38:09Z, then nam.",
        } == chosen
        assert {
            "at": "2031-05-06T07:38:09Z",
            "type": "regionEffective",
            "connectorGroupId": "paris",
            "name": "Paris",
            "region": "nam",
            "previousRegion": "eur",
            "message": "Connector group Paris has region nam after eur.",
        } == effective


class TestWhatIsTold:
    def test_a_connector_that_is_set_inactive_is_told_as_one_that_turned_so(self):
        """R39: by the heartbeat that it would have had."""
        event = told(silence(tenant(*PARTS), "d", NOW))

        assert ("connectorInactive", "2031-05-06T07:03:08Z") == (event["type"], event["lastHeartbeat"])

    def test_an_uninstalled_connector_was_not_removed_by_the_service_however_silent_it_was(self):
        """R38: the same command at another moment."""
        assert "connectorUninstalled" == told(Delete("connector", "e", AT))["type"]

    def test_a_region_that_changes_at_once_is_effective_at_once(self):
        at = tenant(group("paris"))

        assert "regionEffective" == told(update_group("paris", region="nam"), at=at)["type"]

    def test_a_group_that_goes_is_told_by_its_name(self):
        at = tenant(group("paris", name="Paris"))

        assert ("groupDeleted", "Paris") == tuple(told(delete_group("paris"), at=at)[key] for key in ("type", "name"))

    @pytest.mark.parametrize(
        ("command", "kind"),
        [(take_out("d", "paris"), "connectorMoved"), (unassign("a", "paris"), "applicationAssigned")],
    )
    def test_what_leaves_its_group_was_moved_to_the_default_one(self, command, kind):
        """R2, R44."""
        event = told(command)

        assert (kind, "paris", "default") == (
            event["type"],
            event["previousConnectorGroupId"],
            event["connectorGroupId"],
        )

    @pytest.mark.parametrize(
        "command",
        [start("c"), stop("e"), move("c", "default"), assign("a", "paris"), update_group("paris", name="Paris")],
        ids=lambda command: f"{type(command).__name__} {command.id}",
    )
    def test_what_changes_nothing_is_no_event(self, command):
        assert told(command) is None

    @pytest.mark.parametrize(
        "command",
        [
            update_application("a", displayName="Wiki"),
            Create("user", "amy", AT, {"userPrincipalName": "amy@contoso.example"}),
            Update("onPremisesPublishingProfile", "applicationProxy", AT, {"isEnabled": False}),
        ],
        ids=["another name", "a user", "a switch of the profile"],
    )
    def test_what_is_of_no_matter_to_connector_groups_is_no_event(self, command):
        assert told(command) is None

    def test_a_connector_without_a_group_has_none(self):
        """Q22: its group went with its profile."""
        event = told(stop("c"), at=tenant(connector("c", None)))

        assert (None, "The service of c.contoso.example in none stopped.") == (
            event["connectorGroup"],
            event["message"],
        )


def test_every_type_of_event_is_tried_here():
    tried = set(WHAT_PEOPLE_DO) | {
        "connectorInactive",
        "connectorRemoved",
        "regionChosen",
        "regionEffective",
        "connectorUpdating",
        "connectorUpdated",
        "groupDeleted",
    }

    assert set(TYPES) == tried
