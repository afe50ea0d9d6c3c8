"""What is not there (404)."""

from __future__ import annotations

from mockserver.core.errors.graph_error import GraphError


class NotFound(GraphError):
    status, code = 404, "itemNotFound"


class ConnectorGroupNotFound(NotFound):
    code, text = "ConnectorGroup_NotFound", "Connector group '{id}' not found."
    source = "R18, R36: EE, CAM saw the code; the text is not known"
    verified = False


class ApplicationsForGroupNotFound(NotFound):
    code, text = "ApplicationsForGroup_NotFound", "Applications for connector group '{id}' not found."
    source = "R23: EE, CAM saw the code; the text is not known"
    verified = False


class ConnectorNotFound(NotFound):
    code, text = "Connector_NotFound", "Connector '{id}' not found."
    source = "R36: code by the pattern of its siblings"
    verified = False


class ApplicationNotFound(NotFound):
    code = "Application_NotFound"
    text = "Application '{id}' not found or OnPremisesPublishing is not enabled for your tenant."
    source = "R7: TF (code and text; 404 by the naming pattern)"


class ResourceNotFound(NotFound):
    code = "Request_ResourceNotFound"
    text = "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
    source = "graph_reference 5.3"


class NoHttpResource(NotFound):
    code, text = "", "No HTTP resource was found that matches the request URI '{uri}'."
    source = "R55: microsoft-graph-docs issues 8929, 13473"

    def __init__(self, *, profile: str, rest: str) -> None:
        # The service hands these paths to its back end, whose own router answers with its own address.
        super().__init__(
            uri=f"https://eur1.msgraph.msappproxy.net:8082/v2/onPremisesPublishingProfiles('{profile}')/{rest}"
        )
        self.segment = rest.partition("/")[0]


class NavigationNotFound(NotFound):
    code, text = "Request_ResourceNotFound", "Resource not found for the segment '{segment}'."
    source = "Q17 under strict: the mock's own choice"
    verified = False


class NoSuchAddress(NotFound):
    text = "There is nothing at '{path}': the Graph is below /beta and /v1.0, the mock's own API below /_mock."
    source = "the mock's own"
