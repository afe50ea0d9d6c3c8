"""What all tests share: properties are tried without a clock, and in CI with the same examples each time."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Tests start the mock as a process over a hundred times; compiling all of it anew would take a third of each start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end, so nobody looks through it for garbage again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Certificates and keys of tests are their own, and this user's stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOCKSERVER_DATA", str(tmp_path_factory.mktemp("data")))
        yield
