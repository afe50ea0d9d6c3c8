"""Who is not let in (401), and who may not do what is asked (403)."""

from __future__ import annotations

from typing import ClassVar

from mockserver.core.errors.graph_error import GraphError


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
