"""Paths: text -> resource, in every form that clients were seen to send (R33, R49, R53 to R55)."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core.errors import GraphError, NoHttpResource, TooManySegments, UnknownSegment
from mockserver.model import MODEL, MODELS
from mockserver.odata.path import All, Count, Invoked, Keyed, References, Related, Value, parse_path

P = "onPremisesPublishingProfiles/applicationProxy"
IP, WEB = (
    f"onPremisesPublishing/segmentsConfiguration/microsoft.graph.{kind}SegmentConfiguration" for kind in ("ip", "web")
)
CANONICAL = "onPremisesPublishingProfiles('applicationProxy')"
GROUP, CONNECTOR = f"{CANONICAL}/connectorGroups('g1')", f"{CANONICAL}/connectors('c1')"


def parsed(text, **modes):
    return parse_path(text, MODEL, **modes)


def shown(resource):
    """The resource as a text: what OData writes, with what stands behind it."""
    if isinstance(resource, Count):
        return f"{resource.of.canonical}/$count"
    if isinstance(resource, References):
        return f"{resource.of.canonical}/$ref"
    if isinstance(resource, Invoked):
        return f"{resource.owner.canonical}/{resource.action.name}"
    return resource.canonical + "/$value" * getattr(resource, "raw", False)


def refused(text, model=MODEL, **modes):
    with pytest.raises(GraphError) as caught:
        parse_path(text, model, **modes)
    return type(caught.value)


LEADS_TO = [
    ("onPremisesPublishingProfiles", All, "onPremisesPublishingProfiles"),
    (P, Keyed, CANONICAL),
    (f"{P}/connectorGroups", Related, f"{CANONICAL}/connectorGroups"),
    (f"{P}/connectorGroups/$count", Count, f"{CANONICAL}/connectorGroups/$count"),
    (f"{P}/connectorGroups/g1", Keyed, GROUP),
    (f"{P}/connectorGroups/g1/name", Value, f"{GROUP}/name"),
    (f"{P}/connectorGroups/g1/name/$value", Value, f"{GROUP}/name/$value"),
    (f"{P}/connectorGroups/g1/members", Related, f"{GROUP}/members"),
    (f"{P}/connectorGroups/g1/members/$ref", References, f"{GROUP}/members/$ref"),
    (f"{P}/connectorGroups/g1/members/$count", Count, f"{GROUP}/members/$count"),
    (f"{P}/connectorGroups/g1/members/c1", Keyed, f"{GROUP}/members('c1')"),
    (f"{P}/connectorGroups/g1/members/c1/$ref", References, f"{GROUP}/members('c1')/$ref"),
    (f"{P}/connectorGroups/g1/members/c1/memberOf", Related, f"{GROUP}/members('c1')/memberOf"),
    (f"{P}/connectorGroups/g1/applications", Related, f"{GROUP}/applications"),
    (f"{P}/connectorGroups/g1/applications/a1", Keyed, f"{GROUP}/applications('a1')"),
    (f"{P}/connectors/c1/memberOf", Related, f"{CONNECTOR}/memberOf"),
    (f"{P}/connectors/c1/memberOf/$ref", References, f"{CONNECTOR}/memberOf/$ref"),
    (f"{P}/connectors/c1/memberOf/g1", Keyed, f"{CONNECTOR}/memberOf('g1')"),
    ("applications", All, "applications"),
    ("applications/$count", Count, "applications/$count"),
    ("applications/a1", Keyed, "applications('a1')"),
    ("applications/a1/connectorGroup", Related, "applications('a1')/connectorGroup"),
    ("applications/a1/connectorGroup/$ref", References, "applications('a1')/connectorGroup/$ref"),
    ("applications/a1/connectorGroup/name", Value, "applications('a1')/connectorGroup/name"),
    ("applications/a1/connectorGroup/members", Related, "applications('a1')/connectorGroup/members"),
    ("applications/a1/tags", Value, "applications('a1')/tags"),
    ("applications/a1/onPremisesPublishing", Value, "applications('a1')/onPremisesPublishing"),
    ("applications/a1/onPremisesPublishing/internalUrl", Value, "applications('a1')/onPremisesPublishing/internalUrl"),
    ("applications/a1/web/implicitGrantSettings", Value, "applications('a1')/web/implicitGrantSettings"),
    ("applications/a1/web/logoutUrl/$value", Value, "applications('a1')/web/logoutUrl/$value"),
    (f"applications/a1/{IP}", Value, f"applications('a1')/{IP}"),
    (f"applications/a1/{IP}/applicationSegments", Related, f"applications('a1')/{IP}/applicationSegments"),
    (f"applications/a1/{IP}/applicationSegments/$count", Count, f"applications('a1')/{IP}/applicationSegments/$count"),
    (f"applications/a1/{IP}/applicationSegments/g1", Keyed, f"applications('a1')/{IP}/applicationSegments('g1')"),
    (
        f"applications/a1/{WEB}/applicationSegments/g1/corsConfigurations/c1",
        Keyed,
        f"applications('a1')/{WEB}/applicationSegments('g1')/corsConfigurations('c1')",
    ),
    ("applicationTemplates/a1/instantiate", Invoked, "applicationTemplates('a1')/instantiate"),
    ("servicePrincipals/a1/appRoleAssignedTo", Related, "servicePrincipals('a1')/appRoleAssignedTo"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), LEADS_TO)
class TestResource:
    def test_a_path_leads_to_a_resource(self, text, kind, expected):
        assert (kind, expected) == (type(parsed(text)), shown(parsed(text)))

    def test_it_does_so_in_any_letter_case(self, text, kind, expected):
        """R53: GSAps, EntraPS and the samples write them as they like."""
        swapped = "/".join(part if part[-1] == "1" else part.swapcase() for part in text.split("/"))

        assert expected == shown(parsed(swapped))

    def test_it_does_so_in_its_own_letters_where_these_are_asked_for(self, text, kind, expected):
        """R53: Q9 = exact."""
        assert expected == shown(parsed(text, exact=True))

    def test_it_does_so_where_the_canonical_form_is_asked_for(self, text, kind, expected):
        """R53: Q10 = canonical."""
        assert expected == shown(parsed(text, canonical=True))

    @pytest.mark.parametrize("form", ["/{}", "{}/", "/{}/", "{}//"])
    def test_slashes_around_it_are_passed_over(self, text, kind, expected, form):
        """R53: EntraPS sends one at the end."""
        assert expected == shown(parsed(form.format(text)))

    def test_doubled_slashes_in_it_are_passed_over(self, text, kind, expected):
        assert expected == shown(parsed(text.replace("/", "//")))

    def test_it_may_be_percent_encoded(self, text, kind, expected):
        """R53: `%24ref`; each segment is decoded alone."""
        encoded = "/".join("".join(f"%{ord(letter):02X}" for letter in part) for part in text.split("/"))

        assert expected == shown(parsed(encoded))


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            ("/g1", "g1"),
            ("('g1')", "g1"),
            ("(%27g1%27)", "g1"),
            ("%28%27g1%27%29", "g1"),
            ("(g1)", "g1"),
            ("( 'g1' )", "g1"),
            ("(id='g1')", "g1"),
            ("(ID = 'g1')", "g1"),
            ("/O'Hara", "O'Hara"),
            ("('O''Hara')", "O'Hara"),
            ("('''')", "'"),
            ("(%27O%27%27Hara%27)", "O'Hara"),
            ("('a%2Fb')", "a/b"),
            ("/a%2Fb", "a/b"),
            ("('a=b')", "a=b"),
            ("('a(b)')", "a(b)"),
            ("/a%20b", "a b"),
            ("/a+b", "a+b"),
            ("/%C3%BC", "ü"),
            ("/%FF", "\ufffd"),
            ("/%zz", "%zz"),
            ("/%2524ref", "%24ref"),
            ("('')", ""),
            ("(' g1 ')", " g1 "),
            ("/name", "name"),
            ("/members", "members"),
            ("('$ref')", "$ref"),
        ],
    )
    def test_a_key_stands_as_a_segment_or_in_parentheses(self, key, expected):
        """R53: `x/{id}` and `x('id')`; a quote is doubled, a slash is encoded."""
        assert expected == parsed(f"{P}/connectorGroups{key}").key

    @pytest.mark.parametrize(
        "key", ["()", "( )", "(')", "(''')", "('a'b')", "('a''b)", "(a'b)", "('a','b')", "(colour='g1')", "(name='g1')"]
    )
    def test_what_is_no_key_leads_nowhere(self, key):
        assert UnknownSegment == refused(f"{P}/connectorGroups{key}")

    @pytest.mark.parametrize(
        ("text", "by", "key"),
        [
            ("applications(appId='x')", "appId", "x"),
            ("applications(APPID='x')", "appId", "x"),
            ("applications(appId=x)", "appId", "x"),
            ("applications(uniqueName='a''b')", "uniqueName", "a'b"),
            ("applications(id='x')", "id", "x"),
            ("applications('x')", "id", "x"),
            ("applications/x", "id", "x"),
        ],
    )
    def test_an_alternate_key_is_named(self, text, by, key):
        """R49: an id in a path is the object id unless the appId is named."""
        assert (by, key) == (parsed(text).by, parsed(text).key)

    def test_an_alternate_key_of_another_type_leads_nowhere(self):
        assert UnknownSegment == refused(f"{P}/connectorGroups(appId='x')")

    @pytest.mark.parametrize("key", ["applicationProxy", "applicationproxy", "APPLICATIONPROXY"])
    @pytest.mark.parametrize("form", ["/{}", "('{}')", "(%27{}%27)", "({})"])
    def test_the_profile_is_the_same_in_any_letter_case(self, form, key):
        """R33, R53: EntraPS writes applicationproxy."""
        assert "applicationProxy" == parsed("onPremisesPublishingProfiles" + form.format(key)).key

    def test_the_profile_is_another_in_other_letters_where_its_own_are_asked_for(self):
        """R53: Q9 = exact."""
        assert "applicationproxy" == parsed("onPremisesPublishingProfiles/applicationproxy", exact=True).key

    def test_an_id_keeps_its_letters(self):
        assert "ABCdef" == parsed(f"{P}/connectors/ABCdef").key

    def test_keys_in_parentheses_may_follow_each_other(self):
        text = "OnPremisesPublishingProfiles('applicationProxy')/connectorGroups('g1')/members('c1')/$ref"

        assert f"{GROUP}/members('c1')/$ref" == shown(parsed(text))


class TestExact:
    """R53: Q9 = exact: names in their own letters, which catches sloppy clients."""

    @pytest.mark.parametrize(
        "text",
        [
            "Applications",
            "onpremisespublishingprofiles",
            f"{P}/connectorgroups",
            f"{P}/connectorGroups/g1/Members",
            f"{P}/connectorGroups/g1/members/$REF",
            "applications/a1/OnPremisesPublishing",
            "applications/a1/web/LogoutUrl",
            "applications/a1/web/logoutUrl/$VALUE",
        ],
    )
    def test_a_name_in_other_letters_leads_nowhere(self, text):
        assert issubclass(refused(text, exact=True), UnknownSegment | NoHttpResource)

    @pytest.mark.parametrize("text", ["applications('a1')", "applications(appId='a1')", f"{P}/connectors/"])
    def test_the_form_may_be_any(self, text):
        assert shown(parsed(text)) == shown(parsed(text, exact=True))


class TestCanonical:
    """R53: Q10 = canonical: keys as segments, single slashes, none at the end."""

    @pytest.mark.parametrize(
        "text",
        [
            "applications/",
            "applications//a1",
            "applications('a1')",
            "applications(appId='a1')",
            "onPremisesPublishingProfiles('applicationProxy')",
            f"{P}/connectorGroups('g1')",
            f"{P}/connectorGroups/g1/members('c1')",
        ],
    )
    def test_any_other_form_leads_nowhere(self, text):
        assert UnknownSegment == refused(text, canonical=True)

    @pytest.mark.parametrize("text", ["Applications/a1", "applications/a1/CONNECTORGROUP"])
    def test_names_may_be_in_any_letters(self, text):
        assert shown(parsed(text)) == shown(parsed(text, canonical=True))

    def test_a_doubled_slash_behind_the_version_leads_nowhere(self):
        """`/beta//applications`: a view passes on what stands behind `/beta/`."""
        assert UnknownSegment == refused("/applications", canonical=True)


class TestNowhere:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "/",
            "//",
            "connectorGroups",
            "connectors",
            "devices",
            "$count",
            "$ref",
            "$metadata",
            "applications/a1/colour",
            "applications/a1/$count",
            "applications/a1/$value",
            "applications/a1/$ref",
            "applications/$ref",
            "applications/$value",
            "applications/$count/$count",
            "applications/a1/connectorGroup/$count",
            "applications/a1/connectorGroup/g1",
            "applications/a1/connectorGroup/$ref/$ref",
            "applications/a1/tags/0",
            "applications/a1/tags/$value/$value",
            "applications/a1/appRoles/id",
            "applications/a1/displayName/colour",
            "applications/a1/displayName('x')",
            "applications/a1/web/colour",
            "applications/a1/web/$value",
            "applications/a1/web/logoutUrl/$count",
            f"{P}/connectors/c1/lastHeartbeat",
            f"{P}/connectors/c1/stopped",
            f"{P}/connectors/c1/@container",
            f"{P}/connectorGroups/$ref",
            f"{P}/connectorGroups/g1/$ref",
            f"{P}/connectorGroups/g1/members/c1/$count",
            f"{P}/connectorGroups/g1/members/$ref/c1",
            f"{P}/connectorGroups/$top",
            f"{P}/connectorGroups/microsoft.graph.connector",
        ],
    )
    def test_what_is_not_declared_leads_nowhere(self, text):
        assert UnknownSegment == refused(text)

    def test_the_refusal_names_the_segment(self):
        """R54: CAM saw this text."""
        with pytest.raises(UnknownSegment) as caught:
            parsed("connectorGroups/g1")

        assert "Resource not found for the segment 'connectorGroups'." == caught.value.message

    def test_the_refusal_of_a_key_names_its_segment(self):
        with pytest.raises(UnknownSegment) as caught:
            parsed("applications(colour='x')/connectorGroup")

        assert "Resource not found for the segment 'applications(colour='x')'." == caught.value.message

    @pytest.mark.parametrize(
        "text", ["onPremisesPublishingProfiles", P, f"{P}/connectorGroups", f"{P}/connectors/c1", "connectorGroups"]
    )
    def test_under_v1_there_are_no_profiles(self, text):
        """R54: 400, as CAM saw."""
        assert UnknownSegment == refused(text, MODELS["v1.0"])

    def test_the_refusal_under_v1_names_the_set(self):
        """R54: CAM saw this text."""
        with pytest.raises(UnknownSegment) as caught:
            parse_path(f"{P}/connectorGroups", MODELS["v1.0"])

        assert "Resource not found for the segment 'onPremisesPublishingProfiles'." == caught.value.message

    @pytest.mark.parametrize("text", ["applications/a1/connectorGroup", "applications/a1/onPremisesPublishing"])
    def test_under_v1_an_application_knows_no_group(self, text):
        """R54: nor its publishing."""
        assert UnknownSegment == refused(text, MODELS["v1.0"])

    def test_under_v1_there_are_applications(self):
        assert "applications('a1')" == parse_path("applications/a1", MODELS["v1.0"]).canonical

    @pytest.mark.parametrize("rest", ["privateAccessSensors", "connectorGroup/x", "colour", "$value"])
    def test_what_a_profile_does_not_serve_has_no_route(self, rest):
        """R55: 404 with an empty code."""
        assert NoHttpResource == refused(f"{P}/{rest}")

    def test_the_refusal_shows_the_address_of_the_back_end(self):
        """R55: with the key in parentheses, as in issues 8929 and 13473."""
        with pytest.raises(NoHttpResource) as caught:
            parsed(f"{P}/colours/x")

        assert ("", True) == (
            caught.value.code,
            "/v2/onPremisesPublishingProfiles('applicationProxy')/colours/x'" in caught.value.message,
        )

    def test_a_navigation_that_leads_to_one_takes_no_key(self):
        """As a segment it is refused, in parentheses it is taken."""
        assert UnknownSegment == refused("applications/a1/connectorGroup('g1')")


class TestCasts:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("applications/microsoft.graph.application", "applications"),
            ("applications/microsoft.graph.application/$count", "applications/$count"),
            ("applications/a1/microsoft.graph.application", "applications('a1')"),
            ("applications/a1/microsoft.graph.application/displayName", "applications('a1')/displayName"),
            (f"{P}/connectorGroups/g1/members/microsoft.graph.connector", f"{GROUP}/members"),
        ],
    )
    def test_a_cast_to_the_declared_type_changes_nothing(self, text, expected):
        assert expected == shown(parsed(text))

    @pytest.mark.parametrize(
        "text",
        [
            "applications/microsoft.graph.connector",
            "applications/microsoft.graph.Application",
            "applications/a1/microsoft.graph.connector",
            f"applications/a1/{IP}/microsoft.graph.webSegmentConfiguration",
            "applications/a1/onPremisesPublishing/microsoft.graph.ipSegmentConfiguration",
            "applications/a1/onPremisesPublishing/segmentsConfiguration/ipSegmentConfiguration",
            "applications/a1/onPremisesPublishing/segmentsConfiguration/applicationSegments",
            "applicationTemplates/a1/microsoft.graph.colour",
        ],
    )
    def test_any_other_cast_leads_nowhere(self, text):
        assert UnknownSegment == refused(text)


class TestActions:
    @pytest.mark.parametrize("name", ["instantiate", "Instantiate", "microsoft.graph.instantiate"])
    def test_an_action_may_be_named_in_full(self, name):
        assert isinstance(parsed(f"applicationTemplates/a1/{name}"), Invoked)

    def test_an_action_is_one_of_its_type(self):
        assert UnknownSegment == refused("applications/a1/instantiate")

    @pytest.mark.parametrize("form", ["instantiate('x')", "instantiate/x", "instantiate/$ref", "instantiate/$value"])
    def test_nothing_follows_behind_an_action(self, form):
        assert UnknownSegment == refused(f"applicationTemplates/a1/{form}")

    @pytest.mark.parametrize("text", ["applicationTemplates/a1/Instantiate", "applicationTemplates/instantiate/x/y"])
    def test_an_action_in_other_letters_leads_nowhere_where_its_own_are_asked_for(self, text):
        """R53: Q9 = exact."""
        assert UnknownSegment == refused(text, exact=True)


class TestLength:
    def test_a_path_of_ten_thousand_characters_leads_somewhere(self):
        assert "x" * 10_000 == parsed(f"{P}/connectors/{'x' * 10_000}").key

    @pytest.mark.parametrize("text", ["x" * 10_000, "/" * 10_000, "(" * 10_000, "%" * 10_000, "'" * 9_999])
    def test_ten_thousand_characters_of_nonsense_lead_nowhere(self, text):
        assert UnknownSegment == refused(text)

    def test_the_refusal_does_not_repeat_them(self):
        with pytest.raises(UnknownSegment) as caught:
            parsed("x" * 10_000)

        assert 300 > len(caught.value.message)

    @pytest.mark.parametrize("steps", [1, 10, 61])
    def test_a_path_may_go_round_in_circles(self, steps):
        """Up to 250 segments."""
        text = f"{P}/connectors/c1" + "/memberOf/g1/members/c1" * steps + "/memberOf/g1"

        assert CONNECTOR + "/memberOf('g1')/members('c1')" * steps + "/memberOf('g1')" == parsed(text).canonical

    @pytest.mark.parametrize(
        "text",
        [
            f"{P}/connectors/c1" + "/memberOf/g1/members/c1" * 61 + "/memberOf/g1/members",
            "x/" * 5_000,
            "applications" + "/" * 300 + "a1",
        ],
        ids=["circles", "nonsense", "slashes"],
    )
    def test_a_path_of_very_many_segments_leads_nowhere(self, text):
        """Whatever looks at it goes down from segment to segment, and would not come back from ten thousand."""
        assert TooManySegments == refused(text)


SEGMENTS = st.sampled_from(
    [
        *(
            "applications",
            "onPremisesPublishingProfiles",
            "applicationProxy",
            "connectorGroups",
            "connectors",
            "members",
        ),
        *("memberOf", "connectorGroup", "onPremisesPublishing", "web", "logoutUrl", "id", "g1", "a1"),
        *("$count", "$ref", "$value", "%24ref", "", "microsoft.graph.application"),
    ]
)
KEYS = st.text("ab'=()$% ü", max_size=6)
WRITTEN = st.one_of(
    SEGMENTS,
    st.tuples(SEGMENTS, KEYS).map(lambda each: f"{each[0]}({each[1]})"),
    st.tuples(SEGMENTS, KEYS).map(lambda each: f"{each[0]}('{each[1]}')"),
    KEYS,
)
PATHS = st.lists(WRITTEN, max_size=8).map("/".join)
AS_SEGMENT = st.text(min_size=1).filter(lambda key: not key.startswith(("$", "microsoft.graph.")))
VALID = st.sampled_from([text for text, *_ in LEADS_TO])


@given(st.text() | PATHS, st.booleans(), st.booleans())
def test_any_text_leads_to_a_resource_or_is_refused(text, exact, canonical):
    with suppress(GraphError):
        assert isinstance(
            parse_path(text, MODEL, exact=exact, canonical=canonical),
            All | Related | Keyed | Count | References | Value | Invoked,
        )


@given(st.text() | PATHS)
def test_any_text_under_v1_leads_to_a_resource_or_is_refused(text):
    with suppress(GraphError):
        assert "onPremisesPublishingProfiles" not in shown(parse_path(text, MODELS["v1.0"]))


@given(st.text() | PATHS)
def test_a_path_that_leads_somewhere_in_canonical_form_leads_there_in_any(text):
    with suppress(GraphError):
        assert parse_path(text, MODEL, exact=True, canonical=True) == parse_path(text, MODEL)


@given(VALID, AS_SEGMENT.filter(lambda key: "/" not in key))
def test_the_canonical_text_leads_to_the_same_resource_again(text, key):
    resource = parsed(text.replace("g1", quote(key, safe="")).replace("c1", quote(key, safe="")))

    assert resource == parsed(quote(shown(resource), safe="/()'"))


@given(st.text(min_size=1))
def test_any_key_can_be_written_in_parentheses(key):
    quoted = quote(key.replace("'", "''"), safe="")

    assert key == parsed(f"applications('{quoted}')").key


@given(AS_SEGMENT)
def test_any_key_can_be_written_as_a_segment(key):
    assert key == parsed(f"applications/{quote(key, safe='')}").key
