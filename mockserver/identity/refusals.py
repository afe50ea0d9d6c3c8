"""Every way the token service refuses: OAuth's word, Entra's number and its text.

    Refused                        400, invalid_request
      NoSuchTenant, MissingParameter, WrongRedirect
      UnsupportedGrant
      InvalidClient 401            NoClientProof, WrongSecret, BadAssertion
      UnauthorizedClient           NoSuchClient
      InvalidScope                 NotDefault, NoSuchScope
      InvalidResource              several resources at once, or one that is none
      InvalidGrant                 NoSuchUser, WrongPassword, WrongCode, SpentCode, WrongVerifier, BadRefreshToken,
                                   BadOnBehalfAssertion
      AuthorizationPending, DeviceCodeExpired, AuthorizationDeclined

Numbers and texts are those of Microsoft's reference of AADSTS error codes; 7000215, 50126 and 70016 with their statuses
were seen by clients (clients.md 1.3).
"""

from __future__ import annotations

from typing import ClassVar

from mockserver.core.errors import echoed


class Refused(Exception):
    """A refusal in the shape of OAuth 2.0 (RFC 6749, 5.2) as Entra fills it. The text's words are its arguments."""

    status: ClassVar[int] = 400
    error: ClassVar[str] = "invalid_request"
    number: ClassVar[int] = 900144
    text: ClassVar[str] = ""

    def __init__(self, **words: str) -> None:
        shown = {name: echoed(word) for name, word in words.items()}
        self.description = f"AADSTS{self.number}: {self.text.format_map(shown)}"
        super().__init__(self.description)


class NoSuchTenant(Refused):
    number = 90002
    text = "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."


class MissingParameter(Refused):
    text = "The request body must contain the following parameter: '{name}'."


class WrongRedirect(Refused):
    number = 50011
    text = "The redirect URI '{uri}' specified in the request does not match the one the code was asked with."


class WrongRedirectForm(Refused):
    number = 90023
    text = "The value '{uri}' of redirect_uri is not an absolute http or https address."


class UnsupportedResponse(Refused):
    error, number = "unsupported_response_type", 700054
    text = "The response_type '{response_type}' is not enabled for the application."


class UnsupportedChallenge(Refused):
    number = 501491
    text = "The code_challenge_method '{method}' is neither S256 nor plain."


class UnsupportedGrant(Refused):
    error, number = "unsupported_grant_type", 70003
    text = "The app requested an unsupported grant type '{grant_type}'."


class InvalidClient(Refused):
    status, error = 401, "invalid_client"


class NoClientProof(InvalidClient):
    number = 7000218
    text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."


class WrongSecret(InvalidClient):
    number = 7000215
    text = (
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not "
        "the client secret ID, for a secret added to app '{client}'."
    )


class BadAssertion(InvalidClient):
    number = 700027
    text = "The certificate with identifier used to sign the client assertion is not registered on application: {why}"


class UnauthorizedClient(Refused):
    error = "unauthorized_client"


class NoSuchClient(UnauthorizedClient):
    number = 700016
    text = "Application with identifier '{client}' was not found in the directory '{tenant}'."


class InvalidScope(Refused):
    error, number = "invalid_scope", 70011
    text = "The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."


class NotDefault(InvalidScope):
    number = 1002012
    text = (
        "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with "
        "/.default suffixed to the resource identifier (application ID URI)."
    )


class NoSuchScope(InvalidScope):
    number = 650053
    text = "The application asked for scope '{scope}' that doesn't exist on the resource '{resource}'."


class SeveralResources(InvalidScope):
    number = 28000
    text = "Provided value for the input parameter scope is not valid because it contains more than one resource."


class InvalidResource(Refused):
    error, number = "invalid_resource", 500011
    text = "The resource principal named {resource} was not found in the tenant named {tenant}."


class InvalidGrant(Refused):
    error = "invalid_grant"


class NoSuchUser(InvalidGrant):
    number = 50034
    text = "The user account {user} does not exist in the {tenant} directory."


class WrongPassword(InvalidGrant):
    number, text = 50126, "Error validating credentials due to invalid username or password."


class WrongCode(InvalidGrant):
    number, text = 70000, "The provided value for the '{name}' parameter is not valid, or was issued to another client."


class SpentCode(InvalidGrant):
    number, text = 70008, "The provided authorization code has expired or was redeemed already."


class WrongVerifier(InvalidGrant):
    number = 501481
    text = "The Code_Verifier does not match the code_challenge supplied in the authorization request."


class BadRefreshToken(InvalidGrant):
    number, text = 9002313, "Invalid request. The refresh token is malformed, expired, or was issued to another client."


class BadOnBehalfAssertion(InvalidGrant):
    number = 50013
    text = "Assertion failed signature validation, is expired, or does not speak for a user: {why}"


class AuthorizationPending(Refused):
    error, number = "authorization_pending", 70016
    text = "OAuth 2.0 device flow error. Authorization is pending. Continue polling."


class AuthorizationDeclined(Refused):
    error, number, text = "authorization_declined", 70018, "The user declined to approve the device."


class DeviceCodeExpired(Refused):
    error, number, text = (
        "expired_token",
        70020,
        "The provided value for the input parameter 'device_code' has expired.",
    )
