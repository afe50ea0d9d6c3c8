"""How an application is published, from its template to the people who may use it (graph_reference 4)."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from web.asking import (
    APPLICATIONS,
    CALENDAR,
    DEFAULT,
    DOCUMENT,
    FILES,
    LYON,
    NEW,
    NOBODY,
    PARIS,
    PLAIN,
    WIKI,
    Mock,
    P,
    refusal,
    to_group,
    without_context,
)

from mockserver.seed import catalogue

A = "/beta/applications"
S = "/beta/servicePrincipals"
T = "/beta/applicationTemplates"

CUSTOM = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
USER_ROLE, ACCESS_ROLE = "18d14569-c3bd-439b-9a66-3a2aee01d14f", "b9632174-c057-4f7e-951b-be3adc52bfe6"
AMY, STAFF = "d0000000-0000-4000-8000-000000000001", "90000000-0000-4000-8000-000000000001"
PEOPLE = {
    **DOCUMENT,
    "users": [{"id": AMY, "userPrincipalName": "amy@contoso.com", "displayName": "Amy"}],
    "groups": [{"id": STAFF, "displayName": "Staff", "members": ["amy@contoso.com"]}],
}

WEB = {
    "externalAuthenticationType": "aadPreAuthentication",
    "internalUrl": "https://maps.lab.example",
    "externalUrl": "https://maps-labtenant.msappproxy.net",
}
ACCESS = {"applicationType": "nonwebapp", "isAccessibleViaZTNAClient": True}
QUICK = {"applicationType": "quickaccessapp", "isAccessibleViaZTNAClient": True}


@pytest.fixture
def mock() -> Mock:
    """A mock with a person, who is in a group."""
    return Mock(document=PEOPLE)


def instantiated(mock: Mock, name: str = "Maps") -> tuple[dict[str, Any], dict[str, Any]]:
    """A new application and its service principal (4.4 step 1)."""
    both = mock.post(f"{T}/{CUSTOM}/instantiate", {"displayName": name}).json()
    return both["application"], both["servicePrincipal"]


def published(mock: Mock, publishing: dict[str, Any], key: str = PLAIN) -> dict[str, Any]:
    """What is read of an application's publishing after this was written."""
    answer = mock.patch(f"{A}/{key}", {"onPremisesPublishing": publishing})

    assert answer.status == 204

    return publishing_of(mock, key)


def publishing_of(mock: Mock, key: str) -> dict[str, Any]:
    return without_context(mock.get(f"{A}/{key}/onPremisesPublishing").json())


def parts(value: dict[str, Any], *names: str) -> list[Any]:
    return [value[name] for name in names]


def assignment(principal: str, resource: str, role: str = USER_ROLE, kind: str = "User") -> dict[str, str]:
    return {"principalId": principal, "principalType": kind, "appRoleId": role, "resourceId": resource}


class TestTheFlow:
    def test_a_web_application_is_published_to_people_and_taken_away_again(self, mock):
        """4.4, steps 1 to 6 and the clean-up, in the tutorial's order."""
        application, principal = instantiated(mock)
        at, url = f"{A}/{application['id']}", WEB["externalUrl"]
        made = mock.post(f"{P}/connectorGroups", {"name": "Lab floor 3"}).json()["id"]
        kerberos = {
            "kerberosServicePrincipalName": "HTTP/maps",
            "kerberosSignOnMappingAttributeType": "userPrincipalName",
        }
        sso = {"kerberosSignOnSettings": kerberos, "singleSignOnMode": "onPremisesKerberos"}
        answers = [
            mock.patch(at, {"identifierUris": [url], "web": {"redirectUris": [url], "homePageUrl": url}}),
            mock.patch(at, {"onPremisesPublishing": WEB}),
            mock.move(NEW, made),
            mock.assign(application["id"], made),
            mock.patch(at, {"onPremisesPublishing": {"singleSignOnSettings": sso}}),
            mock.post(f"{S}/{principal['id']}/appRoleAssignedTo", assignment(AMY, principal["id"])),
            mock.delete(at),
            mock.move(NEW, DEFAULT),
            mock.delete(f"{P}/connectorGroups/{made}"),
            mock.delete(f"/beta/users/{AMY}"),
        ]

        assert [each.status for each in answers] == [204, 204, 204, 204, 204, 201, 204, 204, 204, 204]
        assert mock.get(A).ids == APPLICATIONS

    def test_before_the_clean_up_it_is_served_by_the_connectors_of_its_group(self, mock):
        """4.4 step 4."""
        application, _ = instantiated(mock)
        published(mock, WEB, application["id"])
        mock.move(NEW, LYON)
        mock.assign(application["id"], LYON)

        assert (mock.members(LYON), mock.applications(LYON)) == ([NEW], [application["id"]])
        assert mock.group_of(application["id"]) == LYON

    def test_a_private_access_application_is_published(self, mock):
        """4.4, step 3 in its variant and step 7: ENTRA, GSAps; the trailing slash is theirs."""
        application, _ = instantiated(mock)
        at = f"{A}/{application['id']}"
        segment = {"destinationHost": "sql.lab.example", "destinationType": "fqdn", "ports": ["1433-1433"]}
        answers = [
            mock.patch(f"{at}/", {"onPremisesPublishing": ACCESS}),
            mock.put(f"{at}/connectorGroup/$ref", to_group(PARIS)),
            mock.post(segments_of(application["id"]), segment),
        ]

        assert [each.status for each in answers] == [204, 204, 200]
        assert [each["destinationHost"] for each in listed_segments(mock, application["id"])] == ["sql.lab.example"]

    def test_quick_access_is_published(self, mock):
        """4.4 step 7: M2G, the Private Access tutorial: a DNS suffix, and names resolved for it."""
        application, principal = instantiated(mock, "Quick Access")
        at = f"{A}/{application['id']}"
        tags = [*principal["tags"], "NetworkAccessQuickAccessApplication", "NetworkAccessManagedApplication"]
        answers = [
            mock.patch(at, {"onPremisesPublishing": QUICK}),
            mock.patch(f"{S}/{principal['id']}", {"tags": tags}),
            mock.patch(f"{at}/onPremisesPublishing", {"isDnsResolutionEnabled": "true"}),
            mock.post(
                segments_of(application["id"]), {"destinationHost": "lab.example", "destinationType": "dnsSuffix"}
            ),
        ]

        assert [each.status for each in answers] == [204, 204, 204, 200]
        assert publishing_of(mock, application["id"])["isDnsResolutionEnabled"] is True
        assert mock.get(f"{S}?$filter=tags/Any(x: x eq 'NetworkAccessQuickAccessApplication')").ids == [principal["id"]]

    def test_the_legacy_flow_makes_the_application_and_its_principal_one_by_one(self, mock):
        """4.4 legacy flow: EntraPS New-...ApplicationProxyApplication."""
        tags = ["WindowsAzureActiveDirectoryIntegratedApp", "WindowsAzureActiveDirectoryOnPremApp"]
        application = mock.post(A, {"displayName": "Old"}).json()
        answer = mock.post(S, {"appId": application["appId"], "appRoleAssignmentRequired": True, "tags": tags})
        principal = answer.json()
        published(mock, WEB, application["id"])

        assert answer.status == 201
        assert parts(principal, "displayName", "appDisplayName", "tags") == ["Old", "Old", tags]
        assert mock.group_of(application["id"]) == DEFAULT

    def test_applications_that_were_published_so_are_found_by_their_tag(self, mock):
        """behaviour.md 1.2: the documentation's script that moves all of them."""
        application = mock.post(A, {"displayName": "Old"}).json()
        tags = ["WindowsAzureActiveDirectoryOnPremApp"]
        mock.post(S, {"appId": application["appId"], "tags": tags})
        found = mock.get(f"{S}?$filter=tags/any(t: t eq '{tags[0]}')&$top=100000").json()["value"]

        assert [each["appId"] for each in found] == [application["appId"]]


def segments_of(key: str) -> str:
    configuration = f"{A}/{key}/onPremisesPublishing/segmentsConfiguration"
    return f"{configuration}/microsoft.graph.ipSegmentConfiguration/applicationSegments"


def listed_segments(mock: Mock, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = mock.get(segments_of(key)).json()["value"]
    return rows


class TestInstantiating:
    @pytest.mark.parametrize(
        "path",
        [
            f"{T}/{CUSTOM}/instantiate",
            f"{T}/{CUSTOM}/microsoft.graph.instantiate",
            f"/v1.0/applicationTemplates/{CUSTOM}/instantiate",
            f"{T}/4602d0b4-76bb-404b-bca9-2652e1a39c6d/instantiate",
            f"{T}/5a532e38-1581-4918-9658-008dc27c1d68/instantiate",
        ],
    )
    def test_both_come_about_together(self, mock, path):
        """4.4 step 1, 0.1: both versions, both names of the action, the template of each cloud."""
        answer = mock.post(path, {"displayName": "Maps", "serviceManagementReference": "4711"})
        application, principal = parts(answer.json(), "application", "servicePrincipal")

        assert answer.status == 201
        assert application["displayName"] == principal["displayName"] == "Maps"
        assert application["appId"] == principal["appId"]
        assert application["applicationTemplateId"] == principal["applicationTemplateId"] == path.split("/")[3]

    def test_the_answer_is_the_complex_value_of_both(self, mock):
        """4.4 step 1, U-17: `id`, not `objectId`, in both."""
        answer = mock.post(f"{T}/{CUSTOM}/instantiate", {"displayName": "Maps"}).json()

        assert answer["@odata.context"].endswith("/beta/$metadata#microsoft.graph.applicationServicePrincipal")
        assert [("id" in each, "objectId" in each) for each in without_context(answer).values()] == [(True, False)] * 2

    def test_both_can_be_read_where_they_live(self, mock):
        """5.13: at once, as the delay that clients cope with is optional."""
        application, principal = instantiated(mock)

        assert without_context(mock.get(f"{A}/{application['id']}").json()) == application
        assert without_context(mock.get(f"{S}(appId='{application['appId']}')").json()) == principal

    @pytest.mark.parametrize(
        ("of", "name", "value"),
        [
            ("application", "identifierUris", []),
            ("application", "tags", []),
            ("application", "signInAudience", "AzureADMyOrg"),
            ("application", "createdDateTime", "2031-05-06T07:08:09Z"),
            ("servicePrincipal", "accountEnabled", True),
            ("servicePrincipal", "appDisplayName", "Maps"),
            ("servicePrincipal", "appRoleAssignmentRequired", True),
            ("servicePrincipal", "servicePrincipalType", "Application"),
            (
                "servicePrincipal",
                "tags",
                [
                    "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
                    "WindowsAzureActiveDirectoryIntegratedApp",
                ],
            ),
        ],
    )
    def test_they_are_as_the_sample_shows_them(self, mock, of, name, value):
        """4.4 step 1."""
        assert mock.post(f"{T}/{CUSTOM}/instantiate", {"displayName": "Maps"}).json()[of][name] == value

    def test_both_have_the_two_roles_of_the_official_samples(self, mock):
        """4.4 step 1: their ids are constants."""
        roles = [
            [
                (each["id"], each["displayName"], each["allowedMemberTypes"], each["isEnabled"])
                for each in of["appRoles"]
            ]
            for of in instantiated(mock)
        ]

        assert roles == [[(USER_ROLE, "User", ["User"], True), (ACCESS_ROLE, "msiam_access", ["User"], True)]] * 2

    def test_a_new_application_is_in_no_group(self, mock):
        """R7."""
        application, _ = instantiated(mock)

        assert refusal(mock.assign(application["id"], PARIS)) == (404, "Application_NotFound")
        assert refusal(mock.get(f"{A}/{application['id']}/connectorGroup")) == (404, "Application_NotFound")

    @pytest.mark.parametrize(
        ("method", "template", "body", "expected"),
        [
            ("POST", NOBODY, {"displayName": "x"}, (404, "Request_ResourceNotFound")),
            ("POST", CUSTOM, {}, (400, "Request_BadRequest")),
            ("POST", CUSTOM, {"displayName": ""}, (400, "Request_BadRequest")),
            ("POST", CUSTOM, {"displayName": None}, (400, "Request_BadRequest")),
            ("POST", CUSTOM, {"displayName": 5}, (400, "BadRequest")),
            ("POST", CUSTOM, {"displayName": "x", "nonsense": 1}, (400, "BadRequest")),
            ("POST", CUSTOM, None, (400, "BadRequest")),
            ("POST", CUSTOM, [], (400, "InvalidJson_BadRequest")),
            ("GET", CUSTOM, None, (405, "Request_BadRequest")),
            ("DELETE", CUSTOM, None, (405, "Request_BadRequest")),
        ],
    )
    def test_what_is_not_an_instantiation_makes_nothing(self, mock, method, template, body, expected):
        before = mock.tenant

        assert refusal(mock.ask(method, f"{T}/{template}/instantiate", body)) == expected
        assert mock.tenant is before

    def test_the_templates_can_be_looked_at(self, mock):
        """1.6."""
        assert mock.get(f"{T}/{CUSTOM}").json()["displayName"] == "Custom"
        assert (len(mock.get(T).ids), mock.get(f"{T}/$count").body) == (3, b"3")


OFFICIAL_ORDER = [
    "externalUrl", "internalUrl", "alternateUrl", "externalAuthenticationType", "isTranslateHostHeaderEnabled",
    "isTranslateLinksInBodyEnabled", "isOnPremPublishingEnabled", "isHttpOnlyCookieEnabled", "isSecureCookieEnabled",
    "isPersistentCookieEnabled", "isBackendCertificateValidationEnabled", "applicationServerTimeout",
    "useAlternateUrlForTranslationAndRedirect", "applicationType", "isStateSessionEnabled", "isAccessibleViaZTNAClient",
    "isDnsResolutionEnabled", "verifiedCustomDomainCertificatesMetadata", "verifiedCustomDomainKeyCredential",
    "verifiedCustomDomainPasswordCredential", "singleSignOnSettings", "segmentsConfiguration",
    "onPremisesApplicationSegments",
]  # fmt: skip
DEFAULTS = {
    "alternateUrl": None,
    "externalAuthenticationType": "aadPreAuthentication",
    "isTranslateHostHeaderEnabled": True,
    "isTranslateLinksInBodyEnabled": False,
    "isOnPremPublishingEnabled": True,
    "isHttpOnlyCookieEnabled": False,
    "isSecureCookieEnabled": True,
    "isPersistentCookieEnabled": False,
    "isBackendCertificateValidationEnabled": True,
    "isContinuousAccessEvaluationEnabled": True,
    "isDeviceAccessEnabled": False,
    "applicationServerTimeout": "Default",
    "useAlternateUrlForTranslationAndRedirect": False,
    "applicationType": "enterpriseapp",
    "isStateSessionEnabled": False,
    "isAccessibleViaZTNAClient": False,
    "isDnsResolutionEnabled": False,
    "trafficRoutingMethod": "none",
    "verifiedCustomDomainCertificatesMetadata": None,
    "verifiedCustomDomainKeyCredential": None,
    "verifiedCustomDomainPasswordCredential": None,
    "singleSignOnSettings": None,
    "segmentsConfiguration": None,
    "onPremisesApplicationSegments": [],
}
KERBEROS = {
    "kerberosSignOnSettings": {
        "kerberosServicePrincipalName": "HTTP/maps.lab.example",
        "kerberosSignOnMappingAttributeType": "onPremisesSAMAccountName",
    },
    "singleSignOnMode": "onPremisesKerberos",
}
CORS = {"allowedHeaders": ["*"], "allowedMethods": ["GET"], "allowedOrigins": [], "maxAgeInSeconds": 5, "resource": "/"}
WRITTEN = [
    ("alternateUrl", "https://friendly.example/", "https://friendly.example/"),
    ("internalUrl", "http://maps", "http://maps/"),
    ("internalUrl", "http://maps:8080/a/b", "http://maps:8080/a/b"),
    ("externalUrl", "https://maps.example/", "https://maps.example/"),
    ("externalAuthenticationType", "passthru", "passthru"),
    ("externalAuthenticationType", "AadPreAuthentication", "aadPreAuthentication"),
    ("applicationServerTimeout", "long", "Long"),
    ("applicationServerTimeout", "Long", "Long"),
    ("applicationServerTimeout", "default", "Default"),
    ("applicationServerTimeout", "DEFAULT", "Default"),
    ("applicationType", "enterpriseapp", "enterpriseapp"),
    ("applicationType", "NonWebApp", "NonWebApp"),
    ("trafficRoutingMethod", "performance", "performance"),
    ("isBackendCertificateValidationEnabled", False, False),
    ("isContinuousAccessEvaluationEnabled", False, False),
    ("isDeviceAccessEnabled", True, True),
    ("isHttpOnlyCookieEnabled", True, True),
    ("isOnPremPublishingEnabled", True, True),
    ("isPersistentCookieEnabled", True, True),
    ("isSecureCookieEnabled", False, False),
    ("isStateSessionEnabled", True, True),
    ("isTranslateHostHeaderEnabled", False, False),
    ("isTranslateLinksInBodyEnabled", True, True),
    ("useAlternateUrlForTranslationAndRedirect", True, True),
    ("useAlternateUrlForTranslationAndRedirect", None, None),
    ("singleSignOnSettings", KERBEROS, KERBEROS),
    ("singleSignOnSettings", {"kerberosSignOnSettings": {}, "singleSignOnMode": "aadHeaderBased"},
     {"kerberosSignOnSettings": dict.fromkeys(KERBEROS["kerberosSignOnSettings"]),
      "singleSignOnMode": "aadHeaderBased"}),
    ("onPremisesApplicationSegments",
     [{"alternateUrl": None, "corsConfigurations": [CORS], "externalUrl": "https://a/", "internalUrl": "https://b/"}],
     [{"alternateUrl": None, "corsConfigurations": [CORS], "externalUrl": "https://a/", "internalUrl": "https://b/"}]),
    ("wafProvider", "Akamai", "Akamai"),
]  # fmt: skip


class TestTheValue:
    """4.1, 4.2."""

    def test_a_web_application_has_the_documented_defaults(self, mock):
        urls = {"internalUrl": "https://maps.lab.example/", "externalUrl": "https://maps-labtenant.msappproxy.net/"}
        found = published(mock, WEB)

        assert {name: found[name] for name in (*DEFAULTS, *urls)} == DEFAULTS | urls

    def test_its_members_come_in_the_official_order(self, mock):
        """4.2: ipapplicationsegment-get.md."""
        assert [name for name in published(mock, WEB) if name in OFFICIAL_ORDER] == OFFICIAL_ORDER

    @pytest.mark.parametrize(("name", "sent", "read"), WRITTEN, ids=lambda each: str(each)[:30])
    def test_what_is_written_is_read_in_the_services_form(self, mock, name, sent, read):
        """4.1, U-10: stored as sent, Default and Long capitalised, a URL without a path with a slash at its end."""
        assert published(mock, {**WEB, name: sent})[name] == read

    @pytest.mark.parametrize("kind", ["nonwebapp", "quickaccessapp", "NonWebApp", "QUICKACCESSAPP"])
    def test_a_private_access_application_gets_addresses_of_its_own(self, mock, kind):
        """4.2, U-10: compared without regard to letter case."""
        found = published(mock, {"applicationType": kind, "isAccessibleViaZTNAClient": True})
        api = f"api://{mock.get(f'{A}/{PLAIN}').json()['appId']}/"

        assert parts(found, "applicationType", "internalUrl", "externalUrl") == [kind, api, api]
        assert found["externalAuthenticationType"] == "passthru"

    def test_a_private_access_application_has_no_web_settings(self, mock):
        """4.2: all booleans false apart from the ZTNA flag."""
        found = published(mock, ACCESS)
        set_ = {name for name, value in found.items() if value is True} - {"isOnPremPublishingEnabled"}

        assert set_ == {"isAccessibleViaZTNAClient"}

    def test_what_a_private_access_application_says_for_itself_stays(self, mock):
        """4.4 step 7: M2G puts a real boolean into the same body."""
        assert published(mock, {**QUICK, "isDnsResolutionEnabled": True})["isDnsResolutionEnabled"] is True

    def test_single_sign_on_is_set_without_touching_the_rest(self, mock):
        """4.4 step 5."""
        before = published(mock, {**WEB, "isHttpOnlyCookieEnabled": True})

        assert published(mock, {"singleSignOnSettings": KERBEROS}) == {**before, "singleSignOnSettings": KERBEROS}

    def test_one_part_of_single_sign_on_is_changed_without_the_other(self, mock):
        """5.7: PATCH: what is absent is unchanged."""
        published(mock, {**WEB, "singleSignOnSettings": KERBEROS})
        found = published(mock, {"singleSignOnSettings": {"singleSignOnMode": "saml"}})

        assert found["singleSignOnSettings"] == {**KERBEROS, "singleSignOnMode": "saml"}

    @pytest.mark.parametrize("name", ["verifiedCustomDomainCertificatesMetadata", "segmentsConfiguration"])
    def test_what_the_service_alone_sets_is_not_written(self, mock, name):
        """4.1."""
        assert refusal(mock.patch(f"{A}/{PLAIN}", {"onPremisesPublishing": {**WEB, name: {}}}))[0] == 400

    @pytest.mark.parametrize(
        ("value", "name", "found"),
        [
            ({"isDnsResolutionEnabled": "true"}, "isDnsResolutionEnabled", True),
            ({"isDnsResolutionEnabled": "True"}, "isDnsResolutionEnabled", True),
            ({"isSecureCookieEnabled": "false"}, "isSecureCookieEnabled", False),
            ({"isSecureCookieEnabled": False}, "isSecureCookieEnabled", False),
        ],
    )
    def test_at_its_own_path_a_boolean_may_be_a_text(self, mock, value, name, found):
        """U-33: the Private Access tutorial."""
        published(mock, QUICK | {name: not found})
        answer = mock.patch(f"{A}/{PLAIN}/onPremisesPublishing", value)

        assert (answer.status, answer.body) == (204, b"")
        assert publishing_of(mock, PLAIN)[name] is found

    @pytest.mark.parametrize("value", ["yes", "1", "", 1, None, []])
    def test_no_other_text_is_a_boolean(self, mock, value):
        """U-33; null clears, as every property but one is nullable (4.1)."""
        published(mock, QUICK)
        answer = mock.patch(f"{A}/{PLAIN}/onPremisesPublishing", {"isDnsResolutionEnabled": value})

        assert answer.status == (204 if value is None else 400)

    def test_the_path_of_its_own_publishes_too(self, mock):
        """1.6, PERM: GITOPS tries it first."""
        assert mock.patch(f"{A}/{PLAIN}/onPremisesPublishing", WEB).status == 204
        assert mock.group_of(PLAIN) == DEFAULT
        assert refusal(mock.patch(f"{A}/{NOBODY}/onPremisesPublishing", WEB)) == (404, "Request_ResourceNotFound")


MIXED = (400, "Request_BadRequest", "The request is currently not supported on the targeted entity set")
NOT_JSON = (400, "InvalidJson_BadRequest", "Valid JSON content expected.")
NOT_THERE = (400, "Request_BadRequest", "Invalid property 'onPremisesPublishing'.")
TYPE = {"@odata.type": "#microsoft.graph.application"}
RULES = [
    ("PATCH", f"{A}/{PLAIN}", {"onPremisesPublishing": WEB, "displayName": "x"}, MIXED),
    ("PATCH", f"{A}/{PLAIN}", {"identifierUris": [], "onPremisesPublishing": WEB}, MIXED),
    ("PATCH", f"{A}/{WIKI}", {"onPremisesPublishing": None, "tags": []}, MIXED),
    ("POST", A, {"displayName": "x", "onPremisesPublishing": WEB}, MIXED),
    ("PATCH", f"{A}/{PLAIN}", {**TYPE, "onPremisesPublishing": WEB}, NOT_JSON),
    ("PATCH", f"{A}/{WIKI}", {**TYPE, "onPremisesPublishing": None}, NOT_JSON),
    ("PATCH", f"/v1.0/applications/{PLAIN}", {"onPremisesPublishing": WEB}, NOT_THERE),
    ("PATCH", f"{A}/{PLAIN}", {"onPremisesPublishing": {**WEB, "internalUrl": "https://wiki.contoso.com"}},
     (400, "InternalUrl_Duplicate", "Internal url 'https://wiki.contoso.com/' is invalid since it is already in use.")),
    ("PATCH", f"{A}/{PLAIN}/onPremisesPublishing", {**WEB, "internalUrl": "HTTPS://WIKI.contoso.com/"},
     (400, "InternalUrl_Duplicate", "is invalid since it is already in use.")),
    ("PATCH", f"{A}/{PLAIN}", {"onPremisesPublishing": {**WEB, "externalUrl": "https://wiki.com"}},
     (400, "ExternalUrl_Duplicate", "already in use")),
    ("GET", f"{A}/{PLAIN}/onPremisesPublishing", None, (404, "Application_NotFound", f"'{PLAIN}' not found or")),
    ("GET", f"{A}/{NOBODY}/onPremisesPublishing", None, (404, "Request_ResourceNotFound", NOBODY)),
    ("GET", f"{A}?$select=id,onPremisesPublishing", None, (400, "InvalidGuid_BadRequest", "[sourceEntityId]")),
]  # fmt: skip


class TestTheRules:
    """4.3."""

    @pytest.mark.parametrize(("method", "path", "body", "expected"), RULES, ids=lambda each: str(each)[:50])
    def test_what_breaks_a_rule_is_refused_and_changes_nothing(self, mock, method, path, body, expected):
        status, code, text = expected
        before = mock.tenant
        answer = mock.ask(method, path, body)

        assert refusal(answer) == (status, code)
        assert text in answer.json()["error"]["message"]
        assert mock.tenant is before

    def test_a_type_inside_the_value_is_no_matter(self, mock):
        """4.3 rule 3: at the top level of the body it is refused."""
        found = published(mock, {"@odata.type": "#microsoft.graph.onPremisesPublishing", **WEB})

        assert found["internalUrl"] == "https://maps.lab.example/"

    def test_an_application_may_say_its_own_urls_again(self, mock):
        """4.3 rule 5: Terraform sends all it knows."""
        again = {"internalUrl": "https://wiki.contoso.com/", "externalUrl": "https://wiki.com/"}

        assert parts(published(mock, again, WIKI), *again) == [*again.values()]

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("DELETE", f"{A}/{WIKI}", None),
            ("DELETE", f"{A}/{WIKI}/onPremisesPublishing", None),
            ("PATCH", f"{A}/{WIKI}", {"onPremisesPublishing": None}),
            ("PATCH", f"{A}/{WIKI}", {"onPremisesPublishing": {"internalUrl": "https://wiki2", "externalUrl": None}}),
        ],
    )
    def test_the_urls_of_an_application_are_free_when_it_has_left_them(self, mock, method, path, body):
        """4.3 rule 5."""
        mock.ask(method, path, body)
        urls = {"internalUrl": "https://wiki.contoso.com/", "externalUrl": "https://wiki.com/"}

        assert parts(published(mock, urls), *urls) == [*urls.values()]

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("PATCH", f"{A}/{WIKI}", {"onPremisesPublishing": None}),
            ("DELETE", f"{A}/{WIKI}/onPremisesPublishing", None),
            ("PATCH", f"{A}/{WIKI}",
             {"onPremisesPublishing": dict.fromkeys(("internalUrl", "externalUrl"), "PowerShellDeleteApplication")}),
        ],
        ids=["null", "delete", "sentinel"],
    )  # fmt: skip
    def test_publishing_is_taken_back_in_three_ways(self, mock, method, path, body):
        """4.3 rule 7, R51: TF, PERM, ENTRA; the application leaves its group."""
        answer = mock.ask(method, path, body)

        assert (answer.status, answer.body) == (204, b"")
        assert mock.get(f"{A}/{WIKI}?$select=id,onPremisesPublishing").json()["onPremisesPublishing"] is None
        assert mock.applications(PARIS) == [CALENDAR]

    def test_what_was_taken_back_starts_afresh(self, mock):
        """R51, R6: with the defaults, and on the default group."""
        mock.patch(f"{A}/{WIKI}", {"onPremisesPublishing": {"isPersistentCookieEnabled": True}})
        mock.patch(f"{A}/{WIKI}", {"onPremisesPublishing": None})

        assert published(mock, WEB, WIKI)["isPersistentCookieEnabled"] is False
        assert mock.group_of(WIKI) == DEFAULT

    def test_two_private_access_applications_do_not_collide(self, mock):
        """4.2, 4.3 rule 5: each has an address of its own."""
        assert published(mock, ACCESS, PLAIN)["internalUrl"] != published(mock, ACCESS, FILES)["internalUrl"]

    @pytest.mark.parametrize("query", ["", "?$select=id,displayName", "?$select=*"])
    def test_it_is_not_part_of_what_is_read_unasked(self, mock, query):
        """R50."""
        assert "onPremisesPublishing" not in mock.get(f"{A}/{WIKI}{query}").json()

    def test_its_context_names_what_was_selected(self, mock):
        """4.2."""
        answer = mock.get(f"{A}/{WIKI}?$select=id,onPremisesPublishing").json()

        assert (
            answer["@odata.context"]
            == "http://localhost:8365/beta/$metadata#applications(id,onPremisesPublishing)/$entity"
        )
        assert list(without_context(answer)) == ["id", "onPremisesPublishing"]


class TestAssigningPeople:
    """4.4 step 6, U-17."""

    @pytest.mark.parametrize(
        ("principal", "kind", "name", "below"),
        [
            (AMY, "User", "Amy", f"/beta/users/{AMY}/appRoleAssignments"),
            (STAFF, "Group", "Staff", f"/beta/groups/{STAFF}/appRoleAssignments"),
            (AMY, "User", "Amy", "appRoleAssignedTo"),
            (STAFF, "Group", "Staff", "appRoleAssignedTo"),
            (AMY, "User", "Amy", "appRoleAssignments"),
            (STAFF, "Group", "Staff", "appRoleAssignments"),
        ],
    )
    def test_users_and_groups_are_assigned(self, mock, principal, kind, name, below):
        """4.4 step 6: the tutorial and the reference post to the service principal's appRoleAssignments."""
        _, resource = instantiated(mock)
        path = below if below.startswith("/") else f"{S}/{resource['id']}/{below}"
        answer = mock.post(path, assignment(principal, resource["id"], kind=kind))

        assert answer.status == 201

        found = answer.json()

        assert parts(found, "principalDisplayName", "principalId", "principalType") == [name, principal, kind]
        assert parts(found, "resourceDisplayName", "resourceId") == ["Maps", resource["id"]]
        assert parts(found, "appRoleId", "creationTimestamp") == [USER_ROLE, "2031-05-06T07:08:09Z"]

    def test_an_assignment_is_seen_from_both_ends(self, mock):
        _, resource = instantiated(mock)
        assigned = f"{S}/{resource['id']}/appRoleAssignedTo"
        made = mock.post(assigned, assignment(STAFF, resource["id"], kind="Group")).json()["id"]

        assert mock.get(assigned).ids == mock.get(f"/beta/groups/{STAFF}/appRoleAssignments").ids == [made]
        assert mock.get(f"{S}/{resource['id']}/appRoleAssignments").ids == []

    def test_an_assignment_is_taken_back(self, mock):
        _, resource = instantiated(mock)
        assigned = f"{S}/{resource['id']}/appRoleAssignedTo"
        made = mock.post(assigned, assignment(AMY, resource["id"])).json()["id"]

        assert mock.delete(f"{assigned}/{made}").status == 204
        assert mock.get(f"/beta/users/{AMY}/appRoleAssignments").ids == []

    def test_one_may_have_both_roles(self, mock):
        _, resource = instantiated(mock)
        assigned = f"{S}/{resource['id']}/appRoleAssignedTo"
        answers = [mock.post(assigned, assignment(AMY, resource["id"], role)) for role in (USER_ROLE, ACCESS_ROLE)]

        assert [each.status for each in answers] == [201, 201]

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"principalId": NOBODY}, 404),
            ({"resourceId": NOBODY}, 404),
            ({"appRoleId": NOBODY}, 400),
            ({"principalId": "amy"}, 400),
            ({"principalId": None}, 400),
            ({"nonsense": 1}, 400),
        ],
    )
    def test_who_or_what_does_not_exist_is_not_assigned(self, mock, body, status):
        _, resource = instantiated(mock)
        before = mock.tenant

        assert refusal(
            mock.post(f"{S}/{resource['id']}/appRoleAssignedTo", assignment(AMY, resource["id"]) | body)
        )[0] == status  # fmt: skip
        assert mock.tenant is before

    def test_nobody_is_assigned_twice(self, mock):
        _, resource = instantiated(mock)
        assigned = f"{S}/{resource['id']}/appRoleAssignedTo"
        answers = [mock.post(assigned, assignment(AMY, resource["id"])).status for _ in range(2)]

        assert answers == [201, 400]


class TestServicePrincipals:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"appId": NOBODY}, (400, "NoBackingApplicationObject")),
            ({}, (400, "Request_BadRequest")),
            ({"appId": None}, (400, "NoBackingApplicationObject")),
        ],
    )
    def test_one_stands_for_an_application(self, mock, body, expected):
        assert refusal(mock.post(S, body)) == expected

    def test_an_application_has_one(self, mock):
        app_id = mock.get(f"{A}/{WIKI}").json()["appId"]

        assert refusal(mock.post(S, {"appId": app_id})) == (409, "Request_MultipleObjectsWithSameKeyValue")

    def test_it_goes_with_its_application(self, mock):
        """1.6."""
        application, principal = instantiated(mock)
        mock.post(f"{S}/{principal['id']}/appRoleAssignedTo", assignment(AMY, principal["id"]))
        mock.delete(f"{A}/{application['id']}")

        assert refusal(mock.get(f"{S}/{principal['id']}")) == (404, "Request_ResourceNotFound")
        assert mock.get(f"/beta/users/{AMY}/appRoleAssignments").ids == []

    def test_an_application_stays_without_it(self, mock):
        application, principal = instantiated(mock)

        assert mock.delete(f"{S}/{principal['id']}").status == 204
        assert mock.get(f"{A}/{application['id']}").status == 200


@pytest.fixture(scope="module")
def woodgrove() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(catalogue.path("multi-forest").read_text(encoding="utf-8"))
    return document


@pytest.fixture
def forests(woodgrove) -> Mock:
    """A bank, an insurer and a leasing firm: three forests that do not trust one another."""
    return Mock(document=woodgrove)


def keyed(mock: Mock, path: str, name: str, value: str) -> str:
    (key,) = mock.get(f"{path}?$filter={name} eq '{value}'").ids
    return key


@pytest.mark.parametrize(
    ("application", "forest"),
    [
        ("Branch Teller", "woodgrovebank.com"),
        ("Loan Approval", "woodgrovebank.com"),
        ("Claims", "litwareinc.com"),
        ("Leasing Contracts", "fabrikam.com"),
    ],
)
class TestForests:
    """Seed: a connector group for each forest; the people of a forest use its applications."""

    def test_an_application_is_served_by_the_connectors_of_its_forest(self, forests, application, forest):
        key = keyed(forests, A, "displayName", application)
        members = forests.get(f"{P}/connectorGroups/{forests.group_of(key)}/members").json()["value"]

        assert {each["machineName"].partition(".")[2] for each in members} == {forest}

    def test_an_application_signs_its_users_on_in_its_forest(self, forests, application, forest):
        publishing = publishing_of(forests, keyed(forests, A, "displayName", application))
        kerberos = publishing["singleSignOnSettings"]["kerberosSignOnSettings"]

        assert publishing["singleSignOnSettings"]["singleSignOnMode"] == "onPremisesKerberos"
        assert kerberos["kerberosServicePrincipalName"].endswith(f".{forest}")
        assert publishing["internalUrl"].endswith(f".{forest}/")

    def test_the_people_of_the_forest_are_assigned_to_it_through_a_group(self, forests, application, forest):
        principal = keyed(forests, S, "displayName", application)
        (assigned,) = forests.get(f"{S}/{principal}/appRoleAssignedTo").json()["value"]
        people = forests.get(f"/beta/groups/{assigned['principalId']}/members").json()["value"]

        assert assigned["principalType"] == "Group"
        assert {each["userPrincipalName"].partition("@")[2] for each in people} == {forest}

    def test_when_it_goes_its_principal_goes_and_its_people_stay(self, forests, application, forest):
        principal = keyed(forests, S, "displayName", application)
        staff = forests.get(f"{S}/{principal}/appRoleAssignedTo").json()["value"][0]["principalId"]
        others = len(forests.get(f"/beta/groups/{staff}/appRoleAssignments").ids) - 1
        forests.delete(f"{A}/{keyed(forests, A, 'displayName', application)}")

        assert refusal(forests.get(f"{S}/{principal}")) == (404, "Request_ResourceNotFound")
        assert len(forests.get(f"/beta/groups/{staff}/appRoleAssignments").ids) == others
        assert forests.get(f"/beta/groups/{staff}/members").ids


class TestPeopleOfForests:
    def test_somebody_who_joins_is_put_in_the_group_and_may_use_what_it_may(self, forests):
        """Seed: through groups, so that nothing is said of single people."""
        staff = keyed(forests, "/beta/groups", "displayName", "Fabrikam Leasing Staff")
        ivan = forests.post("/beta/users", {"displayName": "Ivan", "userPrincipalName": "ivan@fabrikam.com"}).json()[
            "id"
        ]
        joined = forests.post(f"/beta/groups/{staff}/members/$ref", {"@odata.id": f"/beta/users/{ivan}"})

        assert joined.status == 204
        assert forests.get(f"/beta/users/{ivan}/memberOf").ids == [staff]
        assert forests.get(f"/beta/users/{ivan}/appRoleAssignments").ids == []

    def test_somebody_who_leaves_is_in_no_group(self, forests):
        staff = keyed(forests, "/beta/groups", "displayName", "Fabrikam Leasing Staff")
        marta = keyed(forests, "/beta/users", "userPrincipalName", "marta@fabrikam.com")
        forests.delete(f"/beta/users/{marta}")

        assert forests.get(f"/beta/groups/{staff}/members").ids == []

    def test_with_a_group_its_assignments_go(self, forests):
        staff = keyed(forests, "/beta/groups", "displayName", "Litware Insurance Staff")
        principal = keyed(forests, S, "displayName", "Claims")
        forests.delete(f"/beta/groups/{staff}")

        assert forests.get(f"{S}/{principal}/appRoleAssignedTo").ids == []
        assert forests.get(f"{S}/{principal}").status == 200
