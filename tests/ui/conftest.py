"""A browser that looks at a served mock: Chromium, driven by Playwright. Skips, saying why, where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from e2e.conftest import Served, serving
from ui.desk import Desk

ARTEFACTS = Path(__file__).parents[2] / ".artefacts"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as running:
        # As root, and in most containers, Chromium cannot build its own sandbox.
        made = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="session")
def contoso() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def page_of(browser: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Makes pages; when the test ends none of them may have failed, broken its policy or asked another machine."""
    contexts, complaints = [], []

    def made(root: str, **options: Any) -> Any:
        context = browser.new_context(
            **{"reduced_motion": "reduce", "viewport": {"width": 1440, "height": 1000}} | options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(f"{error}"))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda asked: complaints.extend(_elsewhere(asked.url, root)))
        return page

    yield made
    for context in contexts:
        context.close()
    assert complaints == []


def _elsewhere(url: str, root: str) -> list[str]:
    own = url.startswith(("data:", "blob:")) or urlsplit(url).netloc == urlsplit(root).netloc
    return [] if own else [f"asked elsewhere: {url}"]


@pytest.fixture
def desk(contoso: Served, page_of: Callable[..., Any], request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The page, in a sandbox of the test's own: of the tenant that its `tenant` marker names, or of contoso."""
    marker = request.node.get_closest_marker("tenant")
    source = marker.args[0] if marker else "contoso"
    made = (
        httpx.post(f"{contoso.http}/_mock/sandboxes", json={"from": source}, trust_env=False).raise_for_status().json()
    )
    url = f"{contoso.http}/sandboxes/{made['name']}"
    with httpx.Client(base_url=url, trust_env=False) as tool:
        page = page_of(contoso.http, **getattr(request, "param", {}))
        yield Desk(page, tool, url).opened()
        with suppress(httpx.HTTPError):
            httpx.delete(f"{contoso.http}/_mock/sandboxes/{made['name']}", trust_env=False)
