"""The page as somebody at a desk uses it: by what it says, not by how it is built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

import httpx

PROXY = "/beta/onPremisesPublishingProfiles/applicationProxy"


@dataclass
class Desk:
    """A page, and a tool that asks the same sandbox by HTTP."""

    page: Any
    tool: httpx.Client
    url: str

    def opened(self, place: str = "overview") -> Self:
        self.page.goto(f"{self.url}/#{place}")
        self.page.get_by_text("Live", exact=True).wait_for()
        if place == "overview":
            self.page.locator(".lane").first.wait_for()
        return self

    def go(self, text: str) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=text).click()
        self.page.get_by_role("heading", level=1, name=text).wait_for()

    # --- The picture -----------------------------------------------------------------------------------------------

    def lane(self, group: str) -> Any:
        return self.page.get_by_role("article", name=group, exact=True)

    def row(self, name: str, group: str | None = None) -> Any:
        """The row of a connector or an application, within a group's lane or anywhere."""
        within = self.page.locator(".lanes") if group is None else self.lane(group)
        return within.get_by_role("listitem").filter(has=self.page.get_by_role("button", name=name, exact=True))

    def command(self, thing: str, item: str) -> None:
        """Choose from the menu of something: `connector dc-a-01`."""
        self.page.get_by_role("button", name=f"Commands for {thing}", exact=True).click()
        self.page.get_by_role("menuitem", name=item).click()

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def pane(self) -> Any:
        return self.page.get_by_role("dialog")

    def fill_in(self, **fields: str) -> None:
        for label, value in fields.items():
            self.pane().get_by_label(re.compile(f"^{label.replace('_', ' ')}")).fill(value)

    def note(self, text: str) -> Any:
        return self.page.get_by_role("log", name="Notifications").get_by_text(text)

    # --- The tool --------------------------------------------------------------------------------------------------

    def groups(self) -> dict[str, str]:
        """Ids by name, as the Graph has them."""
        rows = self.tool.get(f"{PROXY}/connectorGroups").json()["value"]
        return {row["name"]: row["id"] for row in rows}

    def connectors(self) -> dict[str, str]:
        rows = self.tool.get(f"{PROXY}/connectors").json()["value"]
        return {row["machineName"]: row["id"] for row in rows}

    def members(self, group: str) -> list[str]:
        rows = self.tool.get(f"{PROXY}/connectorGroups/{self.groups()[group]}/members").json()["value"]
        return sorted(row["machineName"] for row in rows)

    def move(self, connector: str, group: str) -> httpx.Response:
        """As a tool does it."""
        address = f"{self.url}{PROXY}/connectorGroups/{self.groups()[group]}"
        path = f"{PROXY}/connectors/{self.connectors()[connector]}/memberOf/$ref"
        return self.tool.post(path, json={"@odata.id": address})
