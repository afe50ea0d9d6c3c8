"""What real tools send, byte for byte as behaviour.md 2 lists it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
import pytest

P = "/beta/onPremisesPublishingProfiles/applicationProxy"
G, C, A = f"{P}/connectorGroups", f"{P}/connectors", "/beta/applications"
GRAPH = "https://graph.microsoft.com"
NOWHERE = "f0000000-0000-4000-8000-000000000000"

Check = Callable[[Any], Any]


class Sent(NamedTuple):
    """What a tool sends, `{paris}` and its like standing for ids; the status it waits for; what it then looks at."""

    tool: str
    method: str
    path: str
    body: Any = None
    status: int = 200
    check: Check | None = None


def names(*expected: str, of: str = "name") -> Check:
    return lambda found: [row[of] for row in found["value"]] == list(expected)


def has(**expected: Any) -> Check:
    return lambda found: {name: found.get(name) for name in expected} == expected


def code(expected: str) -> Check:
    return lambda found: found["error"]["code"] == expected


def reference(group: str, root: str = f"{GRAPH}/beta", profile: str = "applicationProxy") -> dict[str, str]:
    return {"@odata.id": f"{root}/onPremisesPublishingProfiles/{profile}/connectorGroups/{{{group}}}"}


SENT = [
    # 2.1 Entra PowerShell
    Sent("EntraPS", "GET", C, check=lambda found: len(found["value"]) == 25),
    Sent("EntraPS", "GET", f"{C}/{{machine}}", check=has(machineName="par-conn-01.corp.contoso.com", status="active")),
    Sent("EntraPS", "GET", f"{C}?$Top=2", check=lambda found: len(found["value"]) == 2),
    Sent("EntraPS", "GET", f"{C}?$Filter=machineName%20eq%20'x'%20OR%20startswith(machineName,'sin-')",
         check=names(*(f"sin-conn-0{n}.sin.contoso.com" for n in (3, 1, 2)), of="machineName")),
    Sent("EntraPS", "GET", f"{G}?$Filter=name%20eq%20'Chicago'%20OR%20startswith(name,'Chicago')",
         check=names("Chicago Plant")),
    Sent("EntraPS", "GET", f"{G}?$Filter=name eq 'Vendor Network'", check=names("Vendor Network")),
    Sent("EntraPS", "GET", f"{G}?$Top=100000", check=lambda found: len(found["value"]) == 8),
    Sent("EntraPS", "GET", f"{G}/{{paris}}/members?$Top=3", check=lambda found: len(found["value"]) == 3),
    Sent("EntraPS", "GET", f"{G}/{{paris}}/members?$Filter=status eq 'inactive'",
         check=names("par-conn-04.corp.contoso.com", of="machineName")),
    Sent("EntraPS", "GET", f"{C}/{{machine}}/memberOf", check=names("Paris Headquarters")),
    Sent("EntraPS", "POST", G, {"name": "Berlin"}, check=has(name="Berlin", region="eur", isDefault=False)),
    Sent("EntraPS", "PATCH", f"{G}/{{paris}}", {"Name": "Paris"}, 204),
    Sent("EntraPS", "DELETE", f"{G}/{{dublin}}", None, 400),
    Sent("EntraPS", "POST", f"{C}/{{machine}}/memberOf/$ref", reference("dublin"), 204),
    Sent("EntraPS", "PUT", f"{A}/{{intranet}}/connectorGroup/$ref", reference("dublin", profile="applicationproxy"),
         204),
    Sent("EntraPS", "DELETE", f"{A}/{{intranet}}/connectorGroup/$ref", None, 204),
    Sent("EntraPS", "GET", f"{A}/{{intranet}}/onPremisesPublishing", check=has(externalUrl="https://intranet.contoso.com/")),
    Sent("EntraPS", "PATCH", f"{A}/{{plain}}/",
         {"onPremisesPublishing": {"applicationType": "nonwebapp", "isAccessibleViaZTNAClient": True}}, 204),
    # 2.2 Microsoft365DSC
    Sent("M365DSC", "GET", f"{G}/{NOWHERE}", None, 404, code("ConnectorGroup_NotFound")),
    Sent("M365DSC", "GET", f"{G}?$filter=Name%20eq%20'Singapore%20Office'", check=names("Singapore Office")),
    Sent("M365DSC", "POST", G, {"Name": "Berlin", "Region": "nam"}, check=has(name="Berlin", region="nam")),
    Sent("M365DSC", "GET", "/beta/onPremisesPublishingProfiles('applicationProxy')", check=has(isEnabled=True)),
    Sent("M365DSC", "PATCH", "/beta/onPremisesPublishingProfiles('applicationProxy')", {"isEnabled": False}, 204),
    Sent("M365DSC", "GET", "/beta/onPremisesPublishingProfiles(%27applicationProxy%27)/connectorGroups(%27{paris}%27)",
         check=has(name="Paris Headquarters")),
    Sent("M365DSC", "PATCH", f"{A}/{{intranet}}/onPremisesPublishing", {"isSecureCookieEnabled": False}, 204),
    # 2.3 The Terraform provider
    Sent("TF", "POST", G, {"name": "Berlin", "region": "japan", "isDefault": True, "connectorGroupType": "adfs"},
         check=has(region="japan", isDefault=False, connectorGroupType="applicationProxy")),
    Sent("TF", "PATCH", f"{G}/{{paris}}", {"isDefault": True}, 400),
    Sent("TF", "PUT", f"{A}/{{intranet}}/connectorGroup/$ref", reference("dublin"), 204),
    Sent("TF", "PUT", f"{A}/{{plain}}/connectorGroup/$ref", reference("dublin"), 404, code("Application_NotFound")),
    Sent("TF", "GET", f"{A}/{{intranet}}/connectorGroup", check=has(name="Paris Headquarters")),
    Sent("TF", "GET", f"{A}/{{intranet}}?$select=id,onPremisesPublishing",
         check=lambda found: found["onPremisesPublishing"]["internalUrl"] == "https://intranet.corp.contoso.com/"),
    Sent("TF", "PATCH", f"{A}/{{intranet}}", {"onPremisesPublishing": None}, 204),
    Sent("TF", "PATCH", f"{A}/{{intranet}}",
         {"@odata.type": "#microsoft.graph.application", "onPremisesPublishing": {"internalUrl": "http://x"}}, 400),
    # 2.4 EntraExporter
    Sent("EE", "GET", f"{G}/{{paris}}/applications", check=lambda found: len(found["value"]) == 8),
    Sent("EE", "GET", f"{G}/{NOWHERE}/applications", None, 404, code("ApplicationsForGroup_NotFound")),
    Sent("EE", "GET", f"{G}/{NOWHERE}/members", None, 404, code("ConnectorGroup_NotFound")),
    # 2.6 Maester
    Sent("Maester", "GET", f"{A}?$filter=appId eq '{{appId}}'", check=names("Intranet", of="displayName")),
    # 2.7 Migrate2GSA
    Sent("M2G", "PATCH", f"{A}/{{plain}}/", {"onPremisesPublishing": {"applicationType": "quickaccessapp",
         "isAccessibleViaZTNAClient": True, "isDnsResolutionEnabled": True}}, 204),
    Sent("M2G", "GET", f"{A}/{{plain}}/connectorGroup", None, 404, code("Application_NotFound")),
    Sent("M2G", "GET", f"{A}?$filter=tags/Any(x: x eq 'PrivateAccessNonWebApplication')&$count=true&"
         "$select=id,appId,displayName,servicePrincipalType", check=lambda found: len(found["value"]) == 2),
    # 2.8 CA-Manager
    Sent("CAM", "GET", G.replace("beta", "v1.0"), None, 400, code("BadRequest")),
    Sent("CAM", "GET", f"{A}?$select=id,onPremisesPublishing", None, 400, code("InvalidGuid_BadRequest")),
    Sent("CAM", "GET", f"{G}/{{dublin}}/applications?$select=id,displayName",
         check=lambda found: [list(row) for row in found["value"]] == [["id", "displayName"]]),
    Sent("CAM", "PUT", f"{C}/{{machine}}/memberOf/$ref", reference("dublin"), 204),
    # 2.9 GlobalSecureAccess.ps
    Sent("GSAps", "POST", G, {"Name": "Berlin"}, check=has(name="Berlin")),
    Sent("GSAps", "PUT", f"{C}/{{machine}}/memberOf/$ref", reference("dublin", profile="applicationproxy"), 204),
    # 2.10 GitOps
    Sent("GitOps", "GET", f"{G}?$filter=name%20eq%20'O''Neill''s'", check=names()),
    Sent("GitOps", "GET", f"{G}?$filter=name%20eq%20'Azure%20West%20Europe'", check=names("Azure West Europe")),
    # 2.11 others
    Sent("VMSS", "POST", f"{C}/{{machine}}/memberOf/$ref", reference("paris"), 204),
    Sent("POC", "GET", f"{G}?$expand=members", check=lambda found: [len(row["members"]) for row in found["value"]] ==
         [3, 4, 5, 4, 2, 3, 2, 2]),
    Sent("POC", "POST", f"{G}/{{dublin}}/members/$ref", {"@odata.id": f"{GRAPH}{C}/{{machine}}"}, 204),
    Sent("docs", "POST", f"{C}/{{machine}}/memberOf/$ref", reference("dublin", root=GRAPH), 204),
    Sent("Kiota", "GET", f"{G}?%24filter=name%20eq%20%27Chicago%20Plant%27&%24top=1", check=names("Chicago Plant")),
    Sent("Kiota", "GET", "/beta//onPremisesPublishingProfiles/applicationProxy/connectorGroups/{paris}",
         check=has(name="Paris Headquarters")),
    Sent("Kiota", "POST", f"{C}/{{machine}}/memberOf/%24ref", reference("dublin"), 204),
]  # fmt: skip


def ids(client: httpx.Client) -> dict[str, str]:
    """The ids that stand for themselves in what is sent."""
    groups = {row["name"]: row["id"] for row in client.get(G).json()["value"]}
    machines = {row["machineName"]: row["id"] for row in client.get(C).json()["value"]}
    applications = {row["displayName"]: row for row in client.get(A).json()["value"]}
    return {
        "paris": groups["Paris Headquarters"],
        "dublin": groups["Dublin Disaster Recovery"],
        "machine": machines["par-conn-01.corp.contoso.com"],
        "intranet": applications["Intranet"]["id"],
        "appId": applications["Intranet"]["appId"],
        "plain": applications["Contoso Mobile"]["id"],
    }


def filled(text: str, known: dict[str, str]) -> str:
    for name, key in known.items():
        text = text.replace(f"{{{name}}}", key)
    return text


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: f"{sent.tool}-{sent.method}-{sent.path[-40:]}")
def test_a_tool_gets_what_it_waits_for(client, sent):
    known = ids(client)
    body = sent.body
    if isinstance(body, dict) and "@odata.id" in body:
        body = {"@odata.id": filled(body["@odata.id"], known)}
    answer = client.request(sent.method, filled(sent.path, known), json=body)

    assert answer.status_code == sent.status
    assert sent.check is None or sent.check(answer.json())
    assert answer.content if sent.status != 204 else not answer.content


class TestSequences:
    """What several tools do one after the other."""

    def test_a_boot_script_may_run_twice(self, client):
        """2.11 VMSS: find the machine, find or create the group, move; and again at the next boot."""
        groups = [self.boot(client, "dub-conn-01.dr.contoso.com", "Scale Set") for _ in range(2)]

        assert groups[0] == groups[1]
        assert [row["name"] for row in client.get(f"{G}?$filter=name eq 'Scale Set'").json()["value"]] == ["Scale Set"]

    def boot(self, client, machine, group):
        rows = client.get(C).json()["value"]
        (connector,) = [row["id"] for row in rows if row["machineName"].lower() == machine.lower()]
        found = [row["id"] for row in client.get(G).json()["value"] if row["name"] == group]
        key = found[0] if found else client.post(G, json={"name": group}).json()["id"]
        answer = client.post(f"{C}/{connector}/memberOf/$ref", json={"@odata.id": f"{GRAPH}{G}/{key}"})

        assert answer.status_code == 204

        return client.get(f"{C}/{connector}/memberOf").json()["value"][0]["id"]

    def test_a_tenant_is_exported(self, client):
        """2.4 EE: connectors, groups, and for each group its applications and members."""
        groups = client.get(G).json()["value"]
        members = [client.get(f"{G}/{row['id']}/members").json()["value"] for row in groups]
        applications = [client.get(f"{G}/{row['id']}/applications").json()["value"] for row in groups]

        assert sum(map(len, members)) == len(client.get(C).json()["value"])
        assert all({"id", "appId", "displayName"} <= row.keys() for rows in applications for row in rows)

    def test_an_assignment_is_taken_back_the_way_terraform_does(self, client):
        """2.3 TF: assign, poll, look who has it, delete; then it shows the default group."""
        known = ids(client)
        path = f"{A}/{known['intranet']}/connectorGroup"
        client.put(f"{path}/$ref", json={"@odata.id": f"{GRAPH}{G}/{known['dublin']}"})
        polled = client.get(path).json()["id"]
        client.delete(f"{path}/$ref")

        assert polled == known["dublin"]
        assert client.get(path).json()["isDefault"] is True
