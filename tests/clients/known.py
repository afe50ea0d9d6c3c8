"""Who logs in to the mock, and what is asked for."""

from __future__ import annotations

TENANT, CLIENT, SECRET = "contoso.onmicrosoft.com", "22222222-2222-4222-8222-222222222222", "mock-secret"
USER, PASSWORD = "admin@contoso.onmicrosoft.com", "mock-password"
PUBLIC = "14d82eec-204b-4c2f-b7e8-296a70dab67e"
"""Microsoft's command line tools for the Graph: a program without a secret, which users of every tenant log in with."""
OWN = "77777777-7777-4777-8777-777777777777"
"""A program that a test makes known to the tenant."""

GRAPH = "https://graph.microsoft.com"
SCOPE = f"{GRAPH}/.default"
PATH = "/beta/onPremisesPublishingProfiles/applicationProxy"
NOWHERE = "f0000000-0000-4000-8000-000000000000"
