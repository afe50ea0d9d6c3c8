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
real tenant may replace the lines there. `source` says how the rest is known.

Each subject has a file; all classes are to be had from here.
"""

# In this order all_errors(), and so the report of coverage, has the classes.
# isort: off
# fmt: off
from mockserver.core.errors.graph_error import BadRequest, GraphError, all_errors, echoed
from mockserver.core.errors.url import (
    AdvancedOnly, CountUnsupported, FilterOperatorUnsupported, InvalidQuery, OperatorNeedsParameters, SearchNeedsHeader,
    SortingUnsupported, TooManySegments, UnknownSegment, UnsupportedQuery,
)
from mockserver.core.errors.body import (
    InvalidBatch, InvalidBody, InvalidConnector, InvalidProperty, InvalidTraffic, InvalidUpdate, MissingProperty,
    MixedPublishing, NullProperty, ReadOnlyProperty, UnknownMember, UnknownProperty, UnreadableBody, WrongType,
)
from mockserver.core.errors.reference import InvalidReference, MalformedId
from mockserver.core.errors.rules import (
    AlreadyOnDefault, ConnectorStaysOnDefault, DefaultGroupIsIdle, DefaultGroupStays, ExternalUrlTaken, GroupNotEmpty,
    InternalUrlTaken, InvalidHost, InvalidIp, InvalidPorts, MoveCrossesRegions, NameTaken, PublishingNotSelectable,
    RegionIsFixed, SegmentOverlaps, SegmentTaken,
)
from mockserver.core.errors.access import (
    AppOnlyRefused, BadSignature, EmptyToken, ExpiredToken, Forbidden, MalformedToken, PermissionMissing, RoleMissing,
    TokenNotYetValid, Unauthorized, WrongAudience, WrongIssuer, WrongTenant,
)
from mockserver.core.errors.directory import (
    AlreadyMember, AssignmentExists, AssignmentMismatch, NameInUse, NoSuchRole, PrincipalExists, UnknownAppId,
)
from mockserver.core.errors.missing import (
    ApplicationNotFound, ApplicationsForGroupNotFound, ConnectorGroupNotFound, ConnectorNotFound, NavigationNotFound,
    NoHttpResource, NoSuchAddress, NotFound, ResourceNotFound,
)
from mockserver.core.errors.unserved import (
    DependencyFailed, MethodNotAllowed, NotImplementedByMock, NotReplicatedYet, PayloadTooLarge, PreconditionFailed,
    TooManyRequests, Unexpected,
)
from mockserver.core.errors.control import (
    ClockGoesForward, ClockOutOfRange, Conflict, ControlTokenMissing, DefaultSandboxStays, FixtureRefused,
    ForeignOrigin, InvalidControl, InvalidName, LimitReached, Ordered, SandboxNameTaken, StateNotKept, TooManyFaults,
    TooManySandboxes, TooManySnapshots, TooManyStreams, UnknownDeviceCode, UnknownFault, UnknownFixture, UnknownSandbox,
    UnknownSnapshot, UnknownSource,
)
# isort: on

__all__ = [
    "AdvancedOnly", "AlreadyMember", "AlreadyOnDefault", "AppOnlyRefused", "ApplicationNotFound",
    "ApplicationsForGroupNotFound", "AssignmentExists", "AssignmentMismatch", "BadRequest", "BadSignature",
    "ClockGoesForward", "ClockOutOfRange", "Conflict", "ConnectorGroupNotFound", "ConnectorNotFound",
    "ConnectorStaysOnDefault", "ControlTokenMissing", "CountUnsupported", "DefaultGroupIsIdle", "DefaultGroupStays",
    "DefaultSandboxStays", "DependencyFailed", "EmptyToken", "ExpiredToken", "ExternalUrlTaken",
    "FilterOperatorUnsupported", "FixtureRefused", "Forbidden", "ForeignOrigin", "GraphError", "GroupNotEmpty",
    "InternalUrlTaken", "InvalidBatch", "InvalidBody", "InvalidConnector", "InvalidControl", "InvalidHost", "InvalidIp",
    "InvalidName", "InvalidPorts", "InvalidProperty", "InvalidQuery", "InvalidReference", "InvalidTraffic",
    "InvalidUpdate", "LimitReached", "MalformedId", "MalformedToken", "MethodNotAllowed", "MissingProperty",
    "MixedPublishing", "MoveCrossesRegions", "NameInUse", "NameTaken", "NavigationNotFound", "NoHttpResource",
    "NoSuchAddress", "NoSuchRole", "NotFound", "NotImplementedByMock", "NotReplicatedYet", "NullProperty",
    "OperatorNeedsParameters", "Ordered", "PayloadTooLarge", "PermissionMissing", "PreconditionFailed",
    "PrincipalExists", "PublishingNotSelectable", "ReadOnlyProperty", "RegionIsFixed", "ResourceNotFound",
    "RoleMissing", "SandboxNameTaken", "SearchNeedsHeader", "SegmentOverlaps", "SegmentTaken", "SortingUnsupported",
    "StateNotKept", "TokenNotYetValid", "TooManyFaults", "TooManyRequests", "TooManySandboxes", "TooManySegments",
    "TooManySnapshots", "TooManyStreams", "Unauthorized", "Unexpected", "UnknownAppId", "UnknownDeviceCode",
    "UnknownFault", "UnknownFixture", "UnknownMember", "UnknownProperty", "UnknownSandbox", "UnknownSegment",
    "UnknownSnapshot", "UnknownSource", "UnreadableBody", "UnsupportedQuery", "WrongAudience", "WrongIssuer",
    "WrongTenant", "WrongType", "all_errors", "echoed",
]
