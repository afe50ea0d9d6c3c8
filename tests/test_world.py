"""The registry of sandboxes."""

from __future__ import annotations

import pytest
from tenants import NOW, tenant

from mockserver.core.errors import UnknownSandbox
from mockserver.sandbox import Clock, Sandbox, State
from mockserver.world import World


class TestWorld:
    WORLD = World(State(tenant(), Clock(frozen=NOW)))

    def test_there_is_always_a_default_sandbox(self):
        assert "default" == self.WORLD.sandbox("default").name

    def test_it_knows_its_sandboxes(self):
        assert (1, ["default"]) == (len(self.WORLD), [each.name for each in self.WORLD])

    @pytest.mark.parametrize("name", ["other", "", "Default"])
    def test_no_sandbox_is_made_by_accident(self, name):
        with pytest.raises(UnknownSandbox, match=f"'{name}'"):
            self.WORLD.sandbox(name)

    def test_a_sandbox_is_the_same_whenever_it_is_asked_for(self):
        assert isinstance(self.WORLD.sandbox("default"), Sandbox)
        assert self.WORLD.sandbox("default") is self.WORLD.sandbox("default")
