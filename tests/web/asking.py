"""A mock that is asked in process, and the tenant it is asked about: bytes into its WSGI app, answers out as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import orjson
from werkzeug.datastructures import Headers

from mockserver.core.behaviour import Behaviour
from mockserver.core.tenant import Tenant
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, Sandbox, State
from mockserver.seed.document import from_document
from mockserver.settings import Settings
from mockserver.web.app import create_app
from mockserver.world import World

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
P = "/beta/onPremisesPublishingProfiles/applicationProxy"
GRAPH = "https://graph.microsoft.com"
PEER = "127.0.0.1"
"""Where requests come from."""

# Groups, connectors, applications, and what is none of them.
DEFAULT, PARIS, LYON, OSAKA, PERTH, ADFS = (f"a0000000-0000-4000-8000-{n:012}" for n in range(6))
NEW, PARIS_1, PARIS_2, OSAKA_1 = (f"c0000000-0000-4000-8000-{n:012}" for n in range(4))
WIKI, FILES, CALENDAR, PLAIN = (f"e0000000-0000-4000-8000-{n:012}" for n in range(4))
NOBODY = "f0000000-0000-4000-8000-000000000000"

GROUPS = [DEFAULT, PARIS, LYON, OSAKA, PERTH, ADFS]
CONNECTORS = [NEW, PARIS_1, PARIS_2, OSAKA_1]
APPLICATIONS = [WIKI, FILES, CALENDAR, PLAIN]

DOCUMENT: Mapping[str, Any] = {
    "tenant": {"displayName": "Contoso", "defaultDomain": "contoso.onmicrosoft.com", "region": "eur"},
    "connectorGroups": [
        {"id": DEFAULT, "name": "Default", "isDefault": True},
        {"id": PARIS, "name": "Paris"},
        {"id": LYON, "name": "Lyon"},
        {"id": OSAKA, "name": "Osaka", "region": "japan"},
        {"id": PERTH, "name": "Perth", "region": "aus"},
        {"id": ADFS, "name": "AD FS Agents", "connectorGroupType": "adfs"},
    ],
    "connectors": [
        {"id": NEW, "machineName": "new-1", "externalIp": "203.0.113.1", "version": "1.5.4522.0"},
        {"id": PARIS_1, "machineName": "paris-1", "externalIp": "203.0.113.2", "version": "1.5.4522.0",
         "memberOf": "Paris"},
        {"id": PARIS_2, "machineName": "paris-2", "externalIp": "203.0.113.2", "version": "1.5.3829.0",
         "memberOf": "Paris", "lastHeartbeat": "PT1H", "stopped": True},
        {"id": OSAKA_1, "machineName": "osaka-1", "externalIp": "203.0.113.3", "version": "1.5.4522.0",
         "memberOf": "Osaka"},
    ],
    "applications": [
        {"id": WIKI, "displayName": "Wiki", "connectorGroup": "Paris",
         "onPremisesPublishing": {"internalUrl": "https://wiki.contoso.com/", "externalUrl": "https://wiki.com/"}},
        {"id": FILES, "displayName": "Files",
         "onPremisesPublishing": {"internalUrl": "https://files.contoso.com/", "externalUrl": "https://files.com/"}},
        {"id": CALENDAR, "displayName": "Calendar", "connectorGroup": "Paris",
         "onPremisesPublishing": {"internalUrl": "https://cal.contoso.com/", "externalUrl": "https://cal.com/"}},
        {"id": PLAIN, "displayName": "Plain"},
    ],
}  # fmt: skip
"""Paris serves two applications, Default one; Lyon and Perth are empty; the tenant is European."""


@dataclass(frozen=True, repr=False)
class Reply:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    def __repr__(self) -> str:
        return f"<{self.status} {self.body[:300]!r}>"

    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def ids(self) -> list[str]:
        """The ids of the entities of a list."""
        return [row["id"] for row in self.json()["value"]]


class Mock:
    """An app over one tenant, whose time stands still."""

    def __init__(self, behaviour: str = "observed", document: Mapping[str, Any] = DOCUMENT, **settings: Any) -> None:
        chosen = Behaviour.parse(behaviour, QUIRKS)
        tenant = from_document(document, behaviour=chosen, now=NOW)
        self.world = World(State(tenant, Clock(frozen=NOW)))
        self.app = create_app(self.world, Settings(behaviour=behaviour, **settings))

    @property
    def sandbox(self) -> Sandbox:
        return self.world.sandbox("default")

    @property
    def tenant(self) -> Tenant:
        return self.sandbox.tenant

    def ask(self, method: str, target: str | bytes, body: Any = None, **headers: str) -> Reply:
        """The answer to one request. `target` is what stands in the request line; a text is percent-encoded where it
        must be. `body` is sent as it is where it is bytes, else as JSON. `X_Name` among the headers means `X-Name`.
        """
        started: list[Any] = []
        chunks = self.app(environ(method, target, body, headers), lambda *said: started.extend(said))
        content = b"".join(chunks)
        chunks.close()
        return Reply(int(started[0][:3]), Headers(started[1]), content)

    def get(self, target: str, **headers: str) -> Reply:
        return self.ask("GET", target, **headers)

    def post(self, target: str, body: Any = None, **headers: str) -> Reply:
        return self.ask("POST", target, body, **headers)

    def patch(self, target: str, body: Any = None, **headers: str) -> Reply:
        return self.ask("PATCH", target, body, **headers)

    def put(self, target: str, body: Any = None, **headers: str) -> Reply:
        return self.ask("PUT", target, body, **headers)

    def delete(self, target: str, **headers: str) -> Reply:
        return self.ask("DELETE", target, **headers)

    def move(self, connector: str, group: str) -> Reply:
        return self.post(f"{P}/connectors/{connector}/memberOf/$ref", to_group(group))

    def assign(self, application: str, group: str) -> Reply:
        return self.put(f"/beta/applications/{application}/connectorGroup/$ref", to_group(group))

    def members(self, group: str) -> list[str]:
        return self.get(f"{P}/connectorGroups/{group}/members").ids

    def applications(self, group: str) -> list[str]:
        return self.get(f"{P}/connectorGroups/{group}/applications").ids

    def group_of(self, application: str) -> str:
        key: str = self.get(f"/beta/applications/{application}/connectorGroup").json()["id"]
        return key


def environ(method: str, target: str | bytes, body: Any, headers: Mapping[str, str]) -> dict[str, Any]:
    """As the bridge makes it of a request."""
    line = target if isinstance(target, bytes) else quote(target, safe="!$%&'()*+,/:;=?@[]~").encode()
    path, _, query = line.partition(b"?")
    content = body if isinstance(body, bytes) else b"" if body is None else orjson.dumps(body)
    about = {"Host": "localhost:8365", "Content-Type": "application/json" if content else ""} | headers
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "REQUEST_URI": line.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8365",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": PEER,
        "CONTENT_TYPE": about.pop("Content-Type"),
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(content),
        "wsgi.errors": None,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in about.items()},
    }


def to_group(key: str, root: str = GRAPH) -> dict[str, str]:
    """The body that refers to a connector group as most clients write it."""
    return {"@odata.id": f"{root}{P}/connectorGroups/{key}"}


def to_connector(key: str, root: str = GRAPH) -> dict[str, str]:
    return {"@odata.id": f"{root}{P}/connectors/{key}"}


def without_context(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "@odata.context"}


def refusal(reply: Reply) -> tuple[int, str]:
    """Status and code of a refusal, which has the one shape that all have (R56)."""
    assert reply.headers["Content-Type"].startswith("application/json")

    answered = reply.json()
    error = answered["error"]
    inner = error["innerError"]
    shape = (list(answered), set(error) - {"details"}, set(inner))

    assert shape == (["error"], {"code", "message", "innerError"}, {"date", "request-id", "client-request-id"})
    assert [inner[name] for name in ("request-id", "client-request-id")] == [
        reply.headers["request-id"],
        reply.headers["client-request-id"],
    ]
    assert error["message"]

    datetime.strptime(inner["date"], "%Y-%m-%dT%H:%M:%S")
    return reply.status, error["code"]
