"""azure-identity's sync credentials and other clients of azure-core: `pip install azure-core requests`."""

from __future__ import annotations

from azure.core.pipeline.transport import RequestsTransport

from mockserver.transports.of_requests import Session


def transport(session: Session) -> RequestsTransport:
    """What goes into `ClientSecretCredential(..., transport=...)`; the session stays the caller's."""
    return RequestsTransport(session=session, session_owner=False)
