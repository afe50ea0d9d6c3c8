"""What is said of a mock once it is ready."""

from __future__ import annotations

import pytest

from mockserver.serve import page_of
from mockserver.settings import Addresses, Settings


@pytest.mark.parametrize(
    ("external", "page"),
    [
        ("", "http://127.0.0.1:1/sandboxes/default-only/"),
        ("https://x.example", "https://x.example/sandboxes/default-only/"),
    ],
)
def test_the_page_of_the_story_is_that_of_its_first_chapter(external, page):
    assert page_of(Settings(external_url=external, addresses=Addresses("http://127.0.0.1:1"))) == page
