"""Stands for your program: it logs in to the mock beside it and asks for the connector groups."""

import json
import os
from urllib.parse import urlencode
from urllib.request import Request, urlopen

mock = os.environ["GRAPH_URL"]
client = {
    "grant_type": "client_credentials",
    "client_id": "22222222-2222-4222-8222-222222222222",
    "client_secret": "mock-secret",
    "scope": "https://graph.microsoft.com/.default",
}

with urlopen(f"{mock}/organizations/oauth2/v2.0/token", data=urlencode(client).encode()) as answer:
    token = json.load(answer)["access_token"]

groups = f"{mock}/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"
with urlopen(Request(groups, headers={"Authorization": f"Bearer {token}"})) as answer:
    print("connector groups:", ", ".join(each["name"] for each in json.load(answer)["value"]))
