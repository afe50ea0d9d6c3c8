"""A mock for each test."""

from __future__ import annotations

import pytest
from web.asking import Mock


@pytest.fixture
def mock() -> Mock:
    """A mock of the observed behaviour, over the tenant in `web.asking`."""
    return Mock()
