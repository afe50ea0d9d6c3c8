"""A mock answers at once: what most of them never need is not imported when they start."""

from __future__ import annotations

import subprocess
import sys

import pytest

START = "import mockserver.serve"
LOAD = """
from datetime import UTC, datetime
from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.seed import catalogue, document
document.load(catalogue.path("contoso"), behaviour=Behaviour(QUIRKS, "observed"), now=datetime.now(UTC))
"""

CASES = {
    "to start": (START, {"marshmallow", "faker", "cryptography", "trustme", "yaml", "mockserver.seed.export"}),
    "to load the default tenant": (LOAD, {"marshmallow", "faker", "difflib", "mockserver.seed.export"}),
}


@pytest.mark.parametrize(("program", "unwanted"), CASES.values(), ids=CASES)
def test_it_takes_no_more_than_it_needs(program, unwanted):
    program += "\nimport sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)

    assert not unwanted & set(run.stdout.split())
