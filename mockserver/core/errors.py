"""Every way a request can be refused.

    GraphError                          status, code, text; raised on any floor, rendered in one place
      BadRequest 400
        InvalidQuery                    $filter, $select, $top ... that cannot be understood
        UnsupportedQuery                understood, but not what the directory answers, or not without the header
          SearchNeedsHeader, OperatorNeedsParameters, FilterOperatorUnsupported, SortingUnsupported, AdvancedOnly
        CountUnsupported                of the directory, without the header
        UnknownSegment                  a path that leads nowhere
        TooManySegments
        UnreadableBody                  not JSON at all
        InvalidBody                     JSON, but not what the operation takes
          UnknownProperty, InvalidProperty, ReadOnlyProperty, MissingProperty, NullProperty, WrongType, UnknownMember
          InvalidConnector, InvalidUpdate, InvalidTraffic, MixedPublishing
        InvalidBatch
        InvalidReference                an `@odata.id` that leads nowhere or to the wrong kind of thing
        MalformedId
        PublishingNotSelectable
        a broken rule of the subject    GroupNotEmpty, DefaultGroupStays, RegionIsFixed, MoveCrossesRegions,
                                        NameTaken, AlreadyOnDefault, DefaultGroupIsIdle, InternalUrlTaken,
                                        ExternalUrlTaken, ConnectorStaysOnDefault
        of segments                     InvalidHost, InvalidIp, InvalidPorts, SegmentTaken, SegmentOverlaps
        of the directory                UnknownAppId, AlreadyMember, NameInUse, AssignmentMismatch, NoSuchRole,
                                        AssignmentExists
        FixtureRefused                  a tenant document with problems
        InvalidControl                  a request to the mock's own API that says nonsense
          InvalidName, ClockGoesForward, ClockOutOfRange
      PrincipalExists 409
      Conflict 409                      SandboxNameTaken, DefaultSandboxStays
      Unauthorized 401                  ControlTokenMissing
        EmptyToken, MalformedToken, BadSignature, WrongAudience, WrongIssuer, WrongTenant, ExpiredToken,
        TokenNotYetValid
      Forbidden 403                     AppOnlyRefused, PermissionMissing, RoleMissing, ForeignOrigin
        LimitReached                    TooManySandboxes, TooManySnapshots, TooManyFaults, TooManyStreams
      NotFound 404
        ConnectorGroupNotFound, ApplicationsForGroupNotFound, ConnectorNotFound, ApplicationNotFound
        ResourceNotFound                any other object of the directory
        NoHttpResource                  below a profile, what that profile does not serve
        NoSuchAddress, NavigationNotFound, UnknownSandbox, UnknownSource, UnknownSnapshot, UnknownFault
        UnknownDeviceCode, UnknownFixture
      MethodNotAllowed 405
      PreconditionFailed 412
      PayloadTooLarge 413
      DependencyFailed 424
      TooManyRequests 429
      NotReplicatedYet 500              where Q14 asks for it
      NotImplementedByMock 501          the service knows it, the mock does not
      Unexpected 500                    a mistake of the mock
      Ordered 503                       or whatever a fault was ordered to answer
      StateNotKept 507                  the file of --state cannot be written

The text of a class is a template; its keyword arguments fill it. `verified = False` marks a class of which no source
shows the status, the code or the text: the answer then carries `x-mock-unverified: true`, and one transcript from a
real tenant may replace the lines here. `source` says how the rest is known.
"""

from __future__ import annotations

import reprlib
from typing import ClassVar, Self

_LONGEST_ECHO = 200
_LONGEST_EXPLANATION = 1000


class GraphError(Exception):
    """A refusal as Microsoft Graph words it."""

    status: int = 500
    code: str = "generalException"
    text: ClassVar[str] = "{message}"
    verified: ClassVar[bool] = True
    inner: ClassVar[dict[str, str]] = {}
    """What innerError carries besides the usual."""
    source: ClassVar[str] = ""

    def __init__(self, **words: object) -> None:
        self.message = self.text.format_map(
            {name: word if name == "message" else echoed(word) for name, word in words.items()}
        )
        self.details: tuple[dict[str, str], ...] = ()
        self.explanation = ""
        super().__init__(self.message)

    def explained(self, explanation: str) -> Self:
        """The same, saying in a header what the service keeps to itself, so that the body stays as it has it."""
        printable = (each if " " <= each <= "~" else "?" for each in explanation[:_LONGEST_EXPLANATION])
        self.explanation = "".join(printable)
        return self

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries besides the usual headers."""
        said = {} if self.verified else {"x-mock-unverified": "true"}
        return said | {"x-mock-explain": self.explanation} if self.explanation else said


def echoed(word: object) -> str:
    """A word of the request as a refusal repeats it: cut where it is very long."""
    text = word if isinstance(word, str) else reprlib.repr(word)
    return text if len(text) <= _LONGEST_ECHO else text[:_LONGEST_ECHO] + "..."


class BadRequest(GraphError):
    status, code = 400, "BadRequest"


class InvalidQuery(BadRequest):
    text = "{message}"
    source = "graph_reference 5.3, 5.4: texts of the OData libraries that Graph's front end is built on"


class UnsupportedQuery(BadRequest):
    code, text = "Request_UnsupportedQuery", "Unsupported Query."


class SearchNeedsHeader(UnsupportedQuery):
    text = (
        "Request with $search query parameter only works through MSGraph with a special request header: "
        "'ConsistencyLevel: eventual'"
    )
    source = "graph_reference 5.3: aad-advanced-queries"


class OperatorNeedsParameters(UnsupportedQuery):
    text = (
        "Operator '{operator}' is not supported because the required parameters might be missing. Try adding "
        "$count=true query parameter and ConsistencyLevel:eventual header. Refer to "
        "https://aka.ms/graph-docs/advanced-queries for more information"
    )
    source = "aad-advanced-queries, 2023-07-14, of endsWith"


class FilterOperatorUnsupported(UnsupportedQuery):
    text = "Filter operator '{operator}' is not supported."
    source = "microsoft-graph-docs issue 22101, msgraph-sdk-go issue 599 (ne); -docs-contrib issue 8578 (contains)"


class SortingUnsupported(UnsupportedQuery):
    text = "Sorting not supported for current query."
    source = "microsoft-graph-docs issues 10835, 13762: $filter beside $orderby"


class AdvancedOnly(UnsupportedQuery):
    source = "aad-advanced-queries refuses `not` and `$count` in $filter; the text (5.3) was seen of endsWith alone"
    verified = False


class CountUnsupported(BadRequest):
    code, text = "Request_BadRequest", "$count is not currently supported."
    source = "graph_reference 5.3: aad-advanced-queries"


class UnknownSegment(BadRequest):
    text = "Resource not found for the segment '{segment}'."
    source = "R54: CAM, microsoft-graph-docs issue 4240"


class TooManySegments(BadRequest):
    text = "The path has more than {limit} segments."
    source = "the mock's own: no path of the model needs so many"


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


class InvalidReference(BadRequest):
    code, text = "InvalidReference_BadRequest", "'{reference}' does not lead to a {type}."
    source = "U-3: what the service says of a bad @odata.id is not known"
    verified = False


class MalformedId(BadRequest):
    code, text = "InvalidGuid_BadRequest", "'{id}' is not a valid GUID."
    source = "R62, Q23: the code was seen on a sibling route"
    verified = False


class PublishingNotSelectable(BadRequest):
    code, text = "InvalidGuid_BadRequest", "Invalid GUID value for [sourceEntityId]."
    source = "R50: CAM, GitOps saw the code and that the text names [sourceEntityId]"
    verified = False


class GroupNotEmpty(BadRequest):
    code = "ConnectorGroupNotEmpty_BadRequest"
    text = "Connector group '{id}' still holds {what}. Move them to another group first."
    source = "R19: refusal documented; status, code and text are not known"
    verified = False


class DefaultGroupStays(BadRequest):
    code, text = "DefaultConnectorGroup_BadRequest", "The default connector group cannot be {what}."
    source = "R20, R21: inferred from isDefault being the system's"
    verified = False


class RegionIsFixed(BadRequest):
    code = "ConnectorGroupRegion_BadRequest"
    text = "The region of connector group '{id}' can be changed only while it holds no connectors and no applications."
    source = "R17: rule documented (network-topology); status, code and text are not known"
    verified = False


class MoveCrossesRegions(BadRequest):
    code = "ConnectorGroupRegion_BadRequest"
    text = "A connector can be moved to a group of region '{region}' only from a group of the default region."
    source = "R34: rule documented (network-topology); status, code and text are not known"
    verified = False


class NameTaken(BadRequest):
    code, text = "ConnectorGroupName_Duplicate", "A connector group named '{name}' already exists."
    source = "R22: only under Q8 = refused, which no source shows"
    verified = False


class AlreadyOnDefault(BadRequest):
    code = "ApplicationOnDefaultConnectorGroup_BadRequest"
    text = "Application '{id}' is in the default connector group and cannot be removed from it."
    source = "R45: EntraPS help says that it errors; status, code and text are not known"
    verified = False


class ConnectorStaysOnDefault(BadRequest):
    code = "ConnectorOnDefaultConnectorGroup_BadRequest"
    text = "Connector '{id}' is in the default connector group and cannot be removed from it."
    source = "U-22: invented; a connector is always in one group"
    verified = False


class DefaultGroupIsIdle(BadRequest):
    code = "DefaultConnectorGroupIsIdle_BadRequest"
    text = (
        "The policy of this tenant keeps applications off the default connector group "
        "(defaultGroupServesApplications: deny)."
    )
    source = "the mock's own: the seed's recommended configuration, as a rule of the fixture"
    verified = False


class InternalUrlTaken(BadRequest):
    code, text = "InternalUrl_Duplicate", "Internal url '{url}' is invalid since it is already in use."
    source = "graph_reference 4.3 rule 5"


class ExternalUrlTaken(BadRequest):
    code, text = "ExternalUrl_Duplicate", "External url '{url}' is invalid since it is already in use."
    source = "graph_reference 4.3 rule 5: the text contains 'already in use'; the code is by analogy"
    verified = False


class FixtureRefused(BadRequest):
    code, text = "invalidFixture", "The document has {count} problems; nothing was loaded."
    source = "the mock's own"


class InvalidControl(BadRequest):
    code, text = "invalidRequest", "{message}"
    source = "the mock's own"


class InvalidName(InvalidControl):
    text = "'{name}' is no name: 1 to 64 letters, digits, hyphens, underscores or dots."
    source = "the mock's own"


class ClockGoesForward(InvalidControl):
    text = "The clock shows {now} and is not advanced back to {moment}; PATCH sets it to any moment."
    source = "the mock's own"


class ClockOutOfRange(InvalidControl):
    text = "The clock shows moments from 1970 to 9998; {moment} leads beyond."
    source = "the mock's own"


class Conflict(GraphError):
    status, code = 409, "nameAlreadyExists"


class SandboxNameTaken(Conflict):
    text = "There is a sandbox named '{name}' already."
    source = "the mock's own"


class DefaultSandboxStays(Conflict):
    code, text = "sandboxStays", "The sandbox '{name}' cannot be deleted; it can be reset."
    source = "the mock's own"


class Unauthorized(GraphError):
    status, code = 401, "InvalidAuthenticationToken"
    challenge: ClassVar[str] = (
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '
        'client_id="00000003-0000-0000-c000-000000000000"'
    )
    """The name is among the headers that the service exposes (graph_reference 5.5, 5.6); what it holds is inferred.

    Without `claims=`, on which clients would ask for another token and try again (clients.md 1.1).
    """

    @property
    def headers(self) -> dict[str, str]:
        return {**super().headers, "WWW-Authenticate": self.challenge}


class EmptyToken(Unauthorized):
    text = "Access token is empty."
    source = "graph_reference 5.3"


class MalformedToken(Unauthorized):
    text = "CompactToken parsing failed with error code: 80049217"
    source = "graph_reference 5.3"


class BadSignature(Unauthorized):
    text = "Access token validation failure. Invalid signature."
    source = "graph_reference 5.3 has the code; the text is by analogy with that of a wrong audience"
    verified = False


class WrongAudience(Unauthorized):
    text = "Access token validation failure. Invalid audience."
    source = "graph_reference 5.3; U-19: another page has it under 403"


class WrongIssuer(Unauthorized):
    text = "Access token validation failure. Invalid issuer."
    source = "graph_reference 5.3 has the code; the text is by analogy with that of a wrong audience"
    verified = False


class WrongTenant(Unauthorized):
    text = "Access token validation failure. Invalid tenant."
    source = "the mock's own: the service finds the tenant by the token, the mock may be told another one"
    verified = False


class ExpiredToken(Unauthorized):
    text = "Lifetime validation failed, the token is expired."
    source = "graph_reference 5.3"


class TokenNotYetValid(Unauthorized):
    text = "Lifetime validation failed, the token is not yet valid."
    source = "graph_reference 5.3 has the code; the text is by analogy with that of an expired token"
    verified = False


class ControlTokenMissing(Unauthorized):
    text = "This mock's control API asks for its token: Authorization: Bearer TOKEN, or x-mock-token: TOKEN."
    challenge = 'Bearer realm="mockserver"'
    source = "the mock's own"


class Forbidden(GraphError):
    status, code = 403, "accessDenied"


class AppOnlyRefused(Forbidden):
    code, text = "Authorization_RequestDenied", "Using service principal is not supported"
    source = "R60, Q15: the text was seen (docs PR 11380), status and code are by the usual pattern"
    verified = False


class PermissionMissing(Forbidden):
    code, text = "Authorization_RequestDenied", "Insufficient privileges to complete the operation."
    source = "R59; graph_reference 5.3"


class RoleMissing(Forbidden):
    code = "NotAdminRoleNoEnoughCustomPermission_UnauthorizedAccess"
    text = "Unauthorized Access."
    source = "R59: msgraph-sdk-powershell issue 2428; the text in learn.microsoft.com/answers/questions/358542"


class ForeignOrigin(Forbidden):
    text = "A page of '{origin}' may not use this mock's control API."
    source = "the mock's own"


class LimitReached(Forbidden):
    code = "quotaLimitReached"


class TooManySandboxes(LimitReached):
    text = "There are {limit} sandboxes, and no more are kept; DELETE those that are done with."
    source = "the mock's own"


class TooManySnapshots(LimitReached):
    text = "There are {limit} snapshots of this sandbox, and no more are kept; DELETE those that are done with."
    source = "the mock's own"


class TooManyFaults(LimitReached):
    text = "There are {limit} faults in this sandbox, and no more are kept; DELETE those that are done with."
    source = "the mock's own"


class TooManyStreams(LimitReached):
    text = "{limit} callers listen to this sandbox, and no more may."
    source = "the mock's own"


class InvalidHost(BadRequest):
    code, text = "DestinationHost_Invalid", "Destination host '{host}' is invalid."
    source = "graph_reference 3.12: TF (the code; the text is not known)"
    verified = False


class InvalidIp(BadRequest):
    code, text = "DestinationHost_InvalidIP", "IP address invalid"
    source = "graph_reference 3.12: TF"


class InvalidPorts(BadRequest):
    code, text = "Ports_Invalid", "'{ports}' is no port or range of ports."
    source = "graph_reference 3.12: GITOPS notes a 400; code and text are not known"
    verified = False


class SegmentTaken(BadRequest):
    code, text = "Invalid_AppSegments_Duplicate", "Application segment host and port already exists"
    source = "graph_reference 3.12: TF, ENTRA"


class SegmentOverlaps(BadRequest):
    code = "Invalid_AppSegments_NonwebApp_Duplicate"
    text = (
        "IP address and port overlaps with existing segment on application. conflictingApplication="
        '{{ "appId": "{app_id}", "objectId": "{object_id}", "appName": "{name}" }}'
    )
    source = "graph_reference 3.12: GITOPS (how it begins and what it embeds)"


class UnknownAppId(BadRequest):
    code = "NoBackingApplicationObject"
    text = "The appId '{app_id}' of the service principal does not reference a valid application object."
    source = "no source at hand shows it"
    verified = False


class AlreadyMember(BadRequest):
    code = "Request_BadRequest"
    text = "One or more added object references already exist for the following modified properties: 'members'."
    source = "graph_reference 5.9"


class NameInUse(BadRequest):
    code = "Request_BadRequest"
    text = "Another object with the same value for property userPrincipalName already exists."
    source = "no source at hand shows it"
    verified = False


class AssignmentMismatch(BadRequest):
    code, text = "Request_BadRequest", "The assignment is not one of '{id}', which the path names."
    source = "no source at hand shows it"
    verified = False


class NoSuchRole(BadRequest):
    code, text = "Request_BadRequest", "Permission being assigned was not found on application '{id}'."
    source = "no source at hand shows it"
    verified = False


class AssignmentExists(BadRequest):
    code = "Request_BadRequest"
    text = "Permission being assigned already exists on the object"
    source = "no source at hand shows it"
    verified = False


class PrincipalExists(GraphError):
    status, code = 409, "Request_MultipleObjectsWithSameKeyValue"
    text = "The service principal name '{app_id}' is already in use."
    source = "no source at hand shows it"
    verified = False


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


class UnknownDeviceCode(NotFound):
    code, text = "deviceCodeNotFound", "No sign-in waits for the device code '{code}'."
    source = "the mock's own"


class UnknownSandbox(NotFound):
    code, text = "sandboxNotFound", "There is no sandbox named '{name}'."
    source = "the mock's own"


class UnknownFixture(NotFound):
    code, text = "fixtureNotFound", "There is no ready-made tenant '{name}'; there are {names}."
    source = "the mock's own"


class UnknownSource(NotFound):
    code, text = "sourceNotFound", "'{name}' is neither a sandbox nor a ready-made tenant; ready-made are {names}."
    source = "the mock's own"


class UnknownSnapshot(NotFound):
    code, text = "snapshotNotFound", "This sandbox has no snapshot named '{name}'."
    source = "the mock's own"


class UnknownFault(NotFound):
    code, text = "faultNotFound", "This sandbox has no fault '{id}'."
    source = "the mock's own"


class MethodNotAllowed(GraphError):
    status, code = 405, "Request_BadRequest"
    text = "Specified HTTP method is not allowed for the request target."
    source = "graph_reference 5.3: json-batching"


class PreconditionFailed(GraphError):
    status, code = 412, "PreconditionFailed"
    text = "The entity has no ETag, so no If-Match but '*' can match it."
    source = "U-16: no ETag was ever seen on these resources; 412 is the generic answer"
    verified = False


class DependencyFailed(GraphError):
    status, code = 424, "FailedDependency"
    text = "The request was not carried out because request '{id}', which it depends on, failed."
    source = "graph_reference 5.12: the status; code and text are not known"
    verified = False


class PayloadTooLarge(GraphError):
    status, code = 413, "RequestEntityTooLarge"
    text = "The request body is larger than {limit} bytes."
    source = "graph_reference 5.2: the status; code and text are the mock's own"
    verified = False


class NotImplementedByMock(GraphError):
    status, code = 501, "notSupported"
    source = "the mock's own: the service knows this, the mock does not, and nothing is ignored in silence"


class TooManyRequests(GraphError):
    status, code, text = 429, "TooManyRequests", "Please retry again later."
    source = "graph_reference 5.11"
    inner: ClassVar[dict[str, str]] = {"code": "429", "message": "Please retry after", "status": "429"}

    def __init__(self, *, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}


class NotReplicatedYet(GraphError):
    status, code, text = 500, "InternalServerError", "The application was instantiated a moment ago; try again."
    source = "Q14: M2G saw a 500 while replication caught up; code and text are not known. Only where Q14 asks for it"
    verified = False


class Unexpected(GraphError):
    status, code = 500, "InternalServerError"
    text = "The mock failed to answer; its log has the cause under this request-id."
    source = "the mock's own"


class Ordered(GraphError):
    status = 503
    text = "The mock was ordered to answer {status} {code}, by its fault '{fault}'."
    source = "the mock's own: POST /_mock/faults; status and code are the fault's"

    def __init__(self, *, fault: str, status: int, code: str, retry_after: int | None) -> None:
        super().__init__(fault=fault, status=status, code=code)
        self.status, self.code, self._retry_after = status, code, retry_after

    @property
    def headers(self) -> dict[str, str]:
        return {} if self._retry_after is None else {"Retry-After": str(self._retry_after)}


class StateNotKept(GraphError):
    status, code = 507, "stateNotKept"
    text = "The state file cannot be written ({reason}); nothing has changed."
    source = "the mock's own: --state; the status means insufficient storage (graph_reference 5.2)"


def all_errors(root: type[GraphError] = GraphError) -> list[type[GraphError]]:
    """Every class of the tree below `root`, in the order above."""
    return [found for each in root.__subclasses__() for found in (each, *all_errors(each))]
