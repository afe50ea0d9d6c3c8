"""What is wrong with a body: it cannot be read, or it is not what the operation takes."""

from __future__ import annotations

from mockserver.core.errors.graph_error import BadRequest


class UnreadableBody(BadRequest):
    text = (
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON "
        "format."
    )
    source = "graph_reference 5.3, U-24"


class InvalidBody(BadRequest):
    code, text = "InvalidJson_BadRequest", "Valid JSON content expected."
    source = "R62: TF saw it on application segments; on other paths it is inferred"


class UnknownProperty(InvalidBody):
    code = "BadRequest"
    text = (
        "The property '{property}' does not exist on type '{type}'. Make sure to only use property names that are "
        "defined by the type or mark the type as open type."
    )
    source = "graph_reference 5.3, U-26"


class InvalidProperty(InvalidBody):
    code, text = "Request_BadRequest", "Invalid property '{property}'."
    source = "graph_reference 5.3: the directory's wording, for applications, users and groups"


class ReadOnlyProperty(InvalidBody):
    code, text = "Request_BadRequest", "Property '{property}' is read-only and cannot be set."
    source = "R12, U-7: TF saw the refusal and kept neither code nor text"
    verified = False


class MissingProperty(InvalidBody):
    code, text = "Request_BadRequest", "A value is required for property '{property}' of resource '{type}'."
    source = "behaviour.md 8.6: what the service says of a missing or empty name is not known"
    verified = False


class NullProperty(InvalidBody):
    code, text = "Request_BadRequest", "Property '{property}' of resource '{type}' cannot be null."
    source = "graph_reference 5.2: 400 by Microsoft's API guidelines; the text is not known"
    verified = False


class WrongType(InvalidBody):
    code, text = "BadRequest", "Cannot convert the literal '{value}' to the expected type '{type}'."
    source = "graph_reference 5.4: text of the OData libraries"


class UnknownMember(InvalidBody):
    code, text = "BadRequest", "Requested value '{value}' was not found."
    source = "graph_reference 5.3"


class InvalidConnector(InvalidBody):
    code, text = "Connector_BadRequest", "'{value}' is no {property} that a connector registers with."
    source = "the mock's own: real connectors register themselves"
    verified = False


class InvalidUpdate(InvalidBody):
    text = "An update of a connector takes from PT0S to P1D, not {takes}."
    source = "the mock's own"


class InvalidTraffic(InvalidBody):
    text = "Of traffic there are 0 to {most} requests at once, not {requests}."
    source = "the mock's own"


class MixedPublishing(InvalidBody):
    code, text = "Request_BadRequest", "The request is currently not supported on the targeted entity set"
    source = "R51: microsoft-graph-docs issue 16577 (the text; status and code by the usual pattern)"


class InvalidBatch(BadRequest):
    text = "{message}"
    source = "graph_reference 5.12, U-21: 400; of the texts only the one for more than 20 requests was seen"
