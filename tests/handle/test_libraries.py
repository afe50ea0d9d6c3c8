"""Client libraries are imported when they are asked for; a missing one is named with what to install."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

CLIENTS = [
    ("httpx_client", "httpx", "httpx"),
    ("httpx_async_client", "httpx", "httpx"),
    ("requests_session", "requests", "requests"),
    ("azure_transport", "azure.core", "azure-identity"),
    ("msgraph_client", "msgraph_beta", "msgraph-beta-sdk"),
]


@pytest.mark.parametrize(("client", "module", "package"), CLIENTS)
def test_a_library_that_is_missing_is_named_with_what_to_install(client, module, package):
    program = f"""
import sys
from mockserver import MockServer
sys.modules["{module}"] = None
try:
    MockServer().fork().{client}()
except ImportError as missing:
    print(missing)
"""
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)

    said = rf"{module}[.\w]* is not installed, which this client needs: pip install {package}"
    assert re.fullmatch(said, run.stdout.strip())


def test_a_fork_needs_no_client_library():
    program = (
        "import sys; from mockserver import MockServer; graph = MockServer().fork(); graph.advance('P1D'); "
        "assert not {'httpx', 'requests', 'msgraph_beta'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
