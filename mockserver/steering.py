"""What the shell does to a sandbox of a running mock: `mockserver state`, `mockserver snapshot`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mockserver.core.behaviour import Behaviour
from mockserver.handle import RemoteMock
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import settled
from mockserver.seed.document import load, to_document
from mockserver.seed.text.source import read, text_of


class Steered:
    """One sandbox, by its control API.

    Everything raises ConnectionError where nobody answers, and ControlRefused where the mock refuses.
    """

    def __init__(self, root: str, sandbox: str, token: str) -> None:
        self._mock = RemoteMock(root, control_token=token)
        self._sandbox = sandbox

    def exported(self, file: Path | None = None, *, as_json: bool) -> str:
        """The whole tenant as a fixture document; that of a state file, without a mock. Raises StateFileError too."""
        document = self._control("GET", "/tenant") if file is None else _kept(file, self._sandbox)
        return _json(document) if as_json else _yaml(document)

    def load(self, file: Path) -> None:
        """Replace the tenant by that of a fixture file, or do nothing. Raises FixtureError with all its problems."""
        # Checked here as well, because only here its lines are known.
        load(file, behaviour=Behaviour(QUIRKS, "observed"), now=datetime.now(UTC))
        self._control("PUT", "/tenant", read(text_of(file, str(file)), str(file)).value)

    def reset(self) -> None:
        """Everything as it was when the sandbox was made."""
        self._control("POST", "/reset")

    def snapshots(self) -> list[tuple[str, str]]:
        """The name of each, and what time it was then."""
        return [(each["name"], each["now"]) for each in self._control("GET", "/snapshots")["value"]]

    def save(self, name: str) -> None:
        """Give the present state a name."""
        self._control("POST", "/snapshots", {"name": name})

    def restore(self, name: str) -> None:
        """Go back to the state of that name."""
        self._control("POST", f"/snapshots/{quote(name, safe='')}/restore")

    def forget(self, name: str) -> None:
        """The snapshot goes."""
        self._control("DELETE", f"/snapshots/{quote(name, safe='')}")

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        return self._mock.control(method, path, body, self._sandbox)


def _kept(file: Path, sandbox: str) -> Any:
    from mockserver.storage import StateFileError, read

    found = read(file)
    if sandbox not in found:
        raise StateFileError(f"{file} has no sandbox {sandbox!r}, but {', '.join(found)}.")
    state = settled(found[sandbox].present)
    return to_document(state.tenant, state.clock.now())


def _json(document: Any) -> str:
    import json

    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _yaml(document: Any) -> str:
    import yaml

    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=160, default_flow_style=None)
    return text
