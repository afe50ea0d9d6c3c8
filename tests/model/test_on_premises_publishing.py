"""Publishing: its defaults, the forms the service gives it, the uniqueness of its URLs (graph_reference 4.1 to 4.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import application, group, publish, publishing_of, refusal, refused, tenant, unpublish

from mockserver.core.commands import Delete, apply, apply_all
from mockserver.core.errors import ExternalUrlTaken, InternalUrlTaken
from mockserver.model import MODEL
from mockserver.model.on_premises_publishing import completed, single_sign_on_mode

DEFAULTS = {
    "externalUrl": None,
    "internalUrl": None,
    "alternateUrl": None,
    "externalAuthenticationType": "aadPreAuthentication",
    "isTranslateHostHeaderEnabled": True,
    "isTranslateLinksInBodyEnabled": False,
    "isOnPremPublishingEnabled": True,
    "isHttpOnlyCookieEnabled": False,
    "isSecureCookieEnabled": True,
    "isPersistentCookieEnabled": False,
    "isBackendCertificateValidationEnabled": True,
    "applicationServerTimeout": "Default",
    "useAlternateUrlForTranslationAndRedirect": False,
    "applicationType": "enterpriseapp",
    "isStateSessionEnabled": False,
    "isAccessibleViaZTNAClient": False,
    "isDnsResolutionEnabled": False,
    "isContinuousAccessEvaluationEnabled": True,
    "isDeviceAccessEnabled": False,
    "trafficRoutingMethod": "none",
    "verifiedCustomDomainCertificatesMetadata": None,
    "verifiedCustomDomainKeyCredential": None,
    "verifiedCustomDomainPasswordCredential": None,
    "singleSignOnSettings": None,
    "segmentsConfiguration": None,
    "onPremisesApplicationSegments": (),
    "wafProvider": None,
}
"""graph_reference 4.1, in the order of 4.2."""


def published(at=None, key="plain", /, **publishing):
    """What is kept once the application has been published so."""
    at = tenant(application(key)) if at is None else at
    return apply(at, publish(key, **publishing)).get("application", key)["onPremisesPublishing"]


class TestDefaults:
    def test_a_published_application_has_the_documented_defaults(self):
        assert published() == DEFAULTS

    def test_they_stand_in_the_order_of_the_fullest_official_answer(self):
        assert list(DEFAULTS) == list(published())

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("isTranslateHostHeaderEnabled", False),
            ("isHttpOnlyCookieEnabled", True),
            ("externalAuthenticationType", "passthru"),
            ("alternateUrl", "https://front.contoso.example/"),
            ("trafficRoutingMethod", "performance"),
            ("onPremisesApplicationSegments", ({"internalUrl": "https://x/"},)),
        ],
    )
    def test_what_was_said_stands_above_its_default(self, name, value):
        assert {**DEFAULTS, name: value} == published(**{name: value})

    def test_single_sign_on_is_completed_by_what_is_in_it(self):
        assert {"kerberosSignOnSettings": None, "singleSignOnMode": "saml"} == published(
            singleSignOnSettings={"singleSignOnMode": "saml"}
        )["singleSignOnSettings"]

    def test_the_numeric_values_of_single_sign_on_leave_one_out(self):
        """graph_reference 2.8: there is no 2."""
        assert 3 == dict(zip(single_sign_on_mode.members, single_sign_on_mode.values, strict=True))["saml"]


class TestChanges:
    AT = tenant(
        application("wiki", "default", internalUrl="https://wiki.contoso.example/", isHttpOnlyCookieEnabled=True)
    )

    def test_what_was_not_said_stays(self):
        after = published(self.AT, "wiki", isSecureCookieEnabled=False)

        assert (True, "https://wiki.contoso.example/") == (after["isHttpOnlyCookieEnabled"], after["internalUrl"])

    def test_null_takes_a_value_away(self):
        assert published(self.AT, "wiki", internalUrl=None)["internalUrl"] is None

    @pytest.mark.parametrize("timeout", [None, ""])
    def test_a_timeout_that_is_taken_away_is_the_default_one(self, timeout):
        assert "Default" == published(self.AT, "wiki", applicationServerTimeout=timeout)["applicationServerTimeout"]


class TestForms:
    @pytest.mark.parametrize("name", ["internalUrl", "externalUrl"])
    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("https://wiki.contoso.example", "https://wiki.contoso.example/"),
            ("https://wiki.contoso.example/", "https://wiki.contoso.example/"),
            ("https://wiki.contoso.example:8443", "https://wiki.contoso.example:8443/"),
            ("https://wiki.contoso.example/app", "https://wiki.contoso.example/app"),
            ("https://wiki.contoso.example/app/", "https://wiki.contoso.example/app/"),
            ("https://wiki.contoso.example?x=1", "https://wiki.contoso.example/?x=1"),
            ("https://Wiki.Contoso.example", "https://Wiki.Contoso.example/"),
            ("http://10.0.0.1", "http://10.0.0.1/"),
            ("https://[::1]", "https://[::1]/"),
            ("https://[", "https://["),
            ("wiki.contoso.example", "wiki.contoso.example"),
            ("PowerShellDeleteApplication", "PowerShellDeleteApplication"),
            ("", ""),
            (None, None),
        ],
    )
    def test_a_url_is_returned_with_a_trailing_slash(self, name, sent, kept):
        assert kept == published(**{name: sent})[name]

    def test_the_alternate_url_is_returned_as_it_was_sent(self):
        assert "https://front" == published(alternateUrl="https://front")["alternateUrl"]

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [("default", "Default"), ("long", "Long"), ("Default", "Default"), ("LONG", "Long"), ("Long", "Long")],
    )
    def test_a_timeout_is_returned_capitalised(self, sent, kept):
        """U-10: documentation says it in lower case, answers show it so."""
        assert kept == published(applicationServerTimeout=sent)["applicationServerTimeout"]

    @given(st.text() | st.none())
    def test_any_text_is_taken_for_a_url(self, url):
        kept = completed(publishing_of(internalUrl=url), {}, "x")["internalUrl"]

        assert kept == completed(publishing_of(internalUrl=kept), {}, "x")["internalUrl"]


class TestPrivateAccess:
    """graph_reference 4.2: an application that is reached through the Global Secure Access client."""

    KIND = pytest.mark.parametrize("kind", ["nonwebapp", "quickaccessapp", "NonWebApp"])

    @KIND
    def test_it_has_an_api_address_for_both_urls(self, kind):
        after = published(applicationType=kind, isAccessibleViaZTNAClient=True)

        assert ("api://appId-of-plain/", "api://appId-of-plain/") == (after["internalUrl"], after["externalUrl"])

    @KIND
    def test_it_does_not_authenticate_in_advance(self, kind):
        assert "passthru" == published(applicationType=kind)["externalAuthenticationType"]

    @KIND
    def test_everything_about_web_applications_is_false(self, kind):
        after = published(applicationType=kind, isAccessibleViaZTNAClient=True)

        assert {"isOnPremPublishingEnabled", "isAccessibleViaZTNAClient"} == {
            name for name, value in after.items() if value is True
        }

    @KIND
    def test_its_type_is_kept_as_it_was_sent(self, kind):
        assert kind == published(applicationType=kind)["applicationType"]

    def test_an_ordinary_application_has_no_api_address(self):
        assert published(applicationType="enterpriseapp")["internalUrl"] is None

    def test_what_was_said_stands_above(self):
        after = published(applicationType="quickaccessapp", isDnsResolutionEnabled=True, externalUrl="https://x")

        assert (True, "https://x/") == (after["isDnsResolutionEnabled"], after["externalUrl"])

    def test_null_said_is_completed_all_the_same(self):
        assert "api://appId-of-plain/" == published(applicationType="nonwebapp", internalUrl=None)["internalUrl"]

    def test_two_of_them_do_not_share_an_address(self):
        at = tenant(application("one"), application("two"))
        after = apply_all(at, tuple(publish(key, applicationType="nonwebapp") for key in ("one", "two")))

        assert "api://appId-of-two/" == after.get("application", "two")["onPremisesPublishing"]["internalUrl"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [("isDnsResolutionEnabled", True), ("externalUrl", "https://x/")],
    )
    def test_what_was_once_said_survives_a_later_change_of_something_else(self, name, value):
        """A complex value is merged into the present one, as OData's PATCH does."""
        at = apply(tenant(application("plain")), publish("plain", applicationType="quickaccessapp", **{name: value}))

        assert value == published(at, alternateUrl="https://front/")[name]


TAKEN = {"internalUrl": "https://wiki.contoso.example/", "externalUrl": "https://wiki.contoso.net/"}
ERRORS = pytest.mark.parametrize(
    ("name", "error"), [("internalUrl", InternalUrlTaken), ("externalUrl", ExternalUrlTaken)]
)


class TestUniqueUrls:
    """graph_reference 4.3 rule 5: no two applications of a tenant share an internal or an external URL."""

    AT = tenant(group("paris"), application("wiki", "paris", **TAKEN), application("plain"))

    @ERRORS
    @pytest.mark.parametrize("form", [str, str.upper, lambda url: url.rstrip("/")], ids=["same", "case", "slash"])
    def test_a_url_that_is_in_use_is_refused(self, name, error, form):
        assert error == refused(self.AT, publish("plain", **{name: form(TAKEN[name])}))

    @ERRORS
    def test_the_refusal_names_the_url(self, name, error):
        message = refusal(self.AT, publish("plain", **{name: TAKEN[name]})).message

        assert message.endswith(f" url '{TAKEN[name]}' is invalid since it is already in use.")

    def test_of_both_the_internal_one_is_refused(self):
        assert InternalUrlTaken == refused(self.AT, publish("plain", **TAKEN))

    def test_an_application_may_be_told_its_own_urls(self):
        assert self.AT is apply(self.AT, publish("wiki", **TAKEN))

    def test_an_application_may_write_its_own_url_in_other_letters(self):
        url = TAKEN["internalUrl"].upper()

        assert url == published(self.AT, "wiki", internalUrl=url)["internalUrl"]

    def test_an_internal_url_may_be_the_external_one_of_another(self):
        assert TAKEN["internalUrl"] == published(self.AT, externalUrl=TAKEN["internalUrl"])["externalUrl"]

    @pytest.mark.parametrize("url", [None, ""])
    def test_any_number_of_applications_may_have_none(self, url):
        at = apply(tenant(application("one"), application("two")), publish("one", internalUrl=url))

        assert url == published(at, "two", internalUrl=url)["internalUrl"]

    @pytest.mark.parametrize(
        "command", [unpublish("wiki"), Delete("application", "wiki", ""), publish("wiki", internalUrl="https://new/")]
    )
    def test_a_url_that_nobody_uses_any_more_is_free(self, command):
        at = apply(self.AT, command)

        assert TAKEN["internalUrl"] == published(at, internalUrl=TAKEN["internalUrl"])["internalUrl"]


WITHDRAWN = dict.fromkeys(("internalUrl", "externalUrl"), "PowerShellDeleteApplication")


class TestWithdrawal:
    """4.3 rule 7: EntraPS sets both URLs to the literal PowerShellDeleteApplication."""

    AT = tenant(application("wiki", "default", **TAKEN), application("files", "default"))

    def test_what_is_withdrawn_is_no_longer_published(self):
        """R51: as if null had been sent."""
        after = apply(self.AT, publish("wiki", **WITHDRAWN)).get("application", "wiki")

        assert (None, None) == (after["onPremisesPublishing"], after["connectorGroup"])

    def test_any_number_of_applications_can_be_withdrawn(self):
        after = apply_all(self.AT, (publish("wiki", **WITHDRAWN), publish("files", **WITHDRAWN)))

        assert {None} == {each["onPremisesPublishing"] for each in after.all("application").values()}

    @pytest.mark.parametrize("name", WITHDRAWN)
    def test_the_word_in_one_url_alone_is_a_url_as_any_other(self, name):
        assert WITHDRAWN[name] == published(self.AT, "wiki", **{name: WITHDRAWN[name]})[name]


def test_every_property_of_the_reference_is_declared():
    """graph_reference 4.1, but for the web application firewall's, which have no documented shape."""
    declared = MODEL.type("application").property_by_name["onPremisesPublishing"].type

    assert list(DEFAULTS) == [each.name for each in declared.visible]
