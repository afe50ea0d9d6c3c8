"""A tenant under random commands, sensible and not, and what must be true of it after every one of them.

How a command is carried out is one method, `carry_out`, and where the tenant lives is another, `opened`: a machine that
does the same through another entrance inherits everything else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from tenants import (
    AT,
    application,
    applications,
    assign,
    connector,
    create_application,
    create_group,
    delete_group,
    group,
    install,
    links_of,
    members,
    move,
    pointing,
    publish,
    sandbox,
    take_out,
    tenant,
    unassign,
    unpublish,
    update_application,
    update_group,
)

from mockserver.core.commands import Create, Delete
from mockserver.core.errors import GraphError
from mockserver.model.lifecycle import start, stop
from mockserver.sandbox import Clock

NAMES = st.sampled_from(["Paris", "paris", "Lyon", "Default", "Ōsaka", " "])
REGIONS = st.sampled_from(["eur", "nam", "asia", "japan", None])
URLS = st.sampled_from([None, "https://wiki.example", "https://WIKI.example/", "https://files.example/a"])

PARTS = (
    group("paris", name="Paris"),
    group("lyon", name="Lyon"),
    group("abroad", region="nam"),
    group("adfs", connectorGroupType="adfs"),
    connector("c0"),
    connector("c1", "paris"),
    connector("c2", "paris"),
    connector("c3", "abroad"),
    application("a0"),
    application("a1", "default"),
    application("a2", "paris", internalUrl="https://wiki.example/"),
    application("a3", "paris"),
)
BEHAVIOURS = (
    {},
    {"behaviour": "documented"},
    {"Q16": "204", "Q20": "allowed"},
    {"Q6": "null", "Q8": "refused"},
    {"policy": {"defaultGroupServesApplications": "deny"}},
)


class TenantMachine(RuleBasedStateMachine):
    """The bundles hold ids of what is there, of what time has removed, and of what never was."""

    groups, connectors, apps = Bundle("groups"), Bundle("connectors"), Bundle("applications")

    played: ClassVar[Counter[str]]
    """How many commands a kind of machine has played, in all examples, by what became of them."""

    def __init_subclass__(cls):
        cls.played = Counter()

    def opened(self, at):
        """The sandbox in which the tenant lives from now on."""
        return sandbox(at)

    def carry_out(self, command):
        """The id of what the command was about, or None where it was refused."""
        try:
            _, (done,) = self.sandbox.dispatch(command)
        except GraphError:
            return None
        return done.id

    def play(self, command):
        """What becomes of the bundle of such ids: a new one comes in, one that could not be deleted comes back."""
        before = self.sandbox.tenant
        key = self.carry_out(command)
        after = self.sandbox.tenant
        self.played[f"{type(command).__name__} {command.type} {'refused' if key is None else 'done'}"] += 1
        if key is None:
            assert before is after
            return command.id if isinstance(command, Delete) else multiple()
        for name in ("connectorGroup", "connector", "application"):
            more = {Create: 1, Delete: -1}.get(type(command), 0) if name == command.type else 0
            assert len(before.all(name)) + more == len(after.all(name))
        return key if isinstance(command, Create) else multiple()

    @initialize(target=groups, choices=st.sampled_from(BEHAVIOURS))
    def begin(self, choices):
        self.sandbox = self.opened(tenant(*PARTS, **choices))
        return multiple("default", "paris", "lyon", "abroad", "adfs", "nowhere")

    @initialize(target=connectors)
    def begin_connectors(self):
        return multiple("c0", "c1", "c2", "c3", "paris")

    @initialize(target=apps)
    def begin_applications(self):
        return multiple("a0", "a1", "a2", "a3", "c0")

    @rule(target=groups, name=NAMES)
    def create_group(self, name):
        return self.play(create_group("", name=name))

    @rule(target=groups, name=NAMES, region=REGIONS)
    def create_group_of_a_region(self, name, region):
        return self.play(create_group("", name=name, region=region))

    @rule(key=groups, name=NAMES)
    def rename_group(self, key, name):
        self.play(update_group(key, name=name))

    @rule(key=groups, region=REGIONS)
    def change_region(self, key, region):
        self.play(update_group(key, region=region))

    @rule(target=groups, key=consumes(groups))
    def delete_group(self, key):
        return self.play(delete_group(key))

    @rule(target=connectors)
    def install(self):
        return self.play(install("", machineName="new.contoso.example"))

    @rule(target=connectors, key=consumes(connectors))
    def uninstall(self, key):
        return self.play(Delete("connector", key, AT))

    @rule(key=connectors)
    def stop(self, key):
        self.play(stop(key))

    @rule(key=connectors)
    def start(self, key):
        self.play(start(key))

    @rule(key=connectors, to=groups)
    def move(self, key, to):
        self.play(move(key, to))

    @rule(key=connectors)
    def take_out(self, key):
        kept = self.sandbox.tenant.get("connector", key)
        self.play(take_out(key, "nowhere" if kept is None else kept["memberOf"]))

    @rule(target=apps, name=NAMES)
    def create_application(self, name):
        return self.play(create_application("", displayName=name))

    @rule(key=apps, url=URLS)
    def publish(self, key, url):
        self.play(publish(key, internalUrl=url))

    @rule(key=apps)
    def publish_for_private_access(self, key):
        self.play(publish(key, applicationType="nonwebapp", isAccessibleViaZTNAClient=True))

    @rule(key=apps)
    def publish_together_with_a_name(self, key):
        self.play(update_application(key, displayName="Wiki", onPremisesPublishing={}))

    @rule(key=apps)
    def unpublish(self, key):
        self.play(unpublish(key))

    @rule(key=apps, to=groups)
    def assign(self, key, to):
        self.play(assign(key, to))

    @rule(key=apps)
    def unassign(self, key):
        kept = self.sandbox.tenant.get("application", key)
        self.play(unassign(key, "nowhere" if kept is None else kept["connectorGroup"] or "default"))

    @rule(target=apps, key=consumes(apps))
    def delete_application(self, key):
        return self.play(Delete("application", key, AT))

    @rule(ahead=st.sampled_from([timedelta(minutes=3), timedelta(minutes=6), timedelta(days=11)]))
    def let_time_pass(self, ahead):
        """R40: time moves no connector that it leaves, and touches no application."""
        before = self.sandbox.tenant
        self.sandbox.state = replace(self.sandbox.state, clock=Clock(frozen=self.sandbox.now() + ahead))
        after = self.sandbox.tenant
        assert all(each["memberOf"] == before.get("connector", key)["memberOf"] for key, each in left(after))
        assert before.all("application") is after.all("application")

    @invariant()
    def there_is_one_default_group(self):
        """R1."""
        groups = self.sandbox.tenant.all("connectorGroup").values()
        assert [("default", "applicationProxy")] == [
            (each["id"], each["connectorGroupType"]) for each in groups if each["isDefault"]
        ]

    @invariant()
    def every_connector_is_in_a_group_that_exists(self):
        """R2."""
        at = self.sandbox.tenant
        assert {each["memberOf"] for each in at.all("connector").values()} <= set(at.all("connectorGroup"))

    @invariant()
    def the_members_of_all_groups_are_all_connectors(self):
        """R2, R4: each of them once."""
        at = self.sandbox.tenant
        listed = [key for each in at.all("connectorGroup") for key in members(at, each)]
        assert sorted(at.all("connector")) == sorted(listed)

    @invariant()
    def the_applications_of_all_groups_are_all_that_are_published(self):
        """R6, R7: each of them once, and no other."""
        at = self.sandbox.tenant
        listed = [key for each in at.all("connectorGroup") for key in applications(at, each)]
        rows = at.all("application").items()
        assert sorted(key for key, each in rows if each["onPremisesPublishing"] is not None) == sorted(listed)

    @invariant()
    def what_is_not_published_points_to_no_group(self):
        """R7."""
        rows = self.sandbox.tenant.all("application").values()
        assert all(each["connectorGroup"] is None for each in rows if each["onPremisesPublishing"] is None)

    @invariant()
    def groups_of_other_types_hold_nothing(self):
        """R23."""
        at = self.sandbox.tenant
        assert [] == members(at, "adfs") + applications(at, "adfs")

    @invariant()
    def only_what_is_stopped_is_inactive(self):
        """R37."""
        rows = self.sandbox.tenant.all("connector").values()
        assert all(each["stopped"] for each in rows if each["status"] == "inactive")

    @invariant()
    def the_index_is_what_the_entities_give(self):
        assert links_of(self.sandbox.tenant) == pointing(self.sandbox.tenant)


def left(at):
    """The connectors that time has left."""
    return at.all("connector").items()
