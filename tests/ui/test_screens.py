"""Screenshots for people to look at, kept by CI; a blank page is the only thing they can fail of."""

from __future__ import annotations

import pytest
from ui.conftest import ARTEFACTS

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = pytest.mark.browser

LOOKS = [
    {"color_scheme": colours, "viewport": {"width": width, "height": 780 if width < 400 else 1080}}
    for colours in ("light", "dark")
    for width in (360, 1920)
]
PLACES = {
    "overview": ".lane",
    "connectors": "tbody tr",
    "applications": "tbody tr",
    "requests": "tbody tr",
    "console": ".console",
    "faults": ".card",
    "sandboxes": ".card",
}


@pytest.mark.parametrize(
    "desk", LOOKS, indirect=True, ids=lambda look: f"{look['color_scheme']}-{look['viewport']['width']}"
)
def test_every_place_is_photographed(desk, request):
    look = request.node.callspec.id
    folder = ARTEFACTS / "screenshots" / look
    folder.mkdir(parents=True, exist_ok=True)
    desk.tool.get("/beta/users")
    for place, filled in PLACES.items():
        desk.page.goto(f"{desk.url}/#{place}")
        desk.page.locator(filled).first.wait_for()
        picture = desk.page.screenshot(path=folder / f"{place}.png")
        assert len(picture) > 10_000
