"""Bodies: what is taken for a value, what is refused, and that every problem is named at once."""

from __future__ import annotations

import string
import subprocess
import sys
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import tenant

from mockserver.core import edm
from mockserver.core.edm import ComplexType, EntityType, EnumType, Property
from mockserver.core.errors import (
    GraphError,
    InvalidBody,
    InvalidProperty,
    MissingProperty,
    NotImplementedByMock,
    NullProperty,
    ReadOnlyProperty,
    UnknownMember,
    UnknownProperty,
    WrongType,
)
from mockserver.derive.schemas import Style, read_body
from mockserver.model import MODEL, MODELS
from mockserver.model.behaviours import READ_ONLY_IN_CREATE, READ_ONLY_IN_UPDATE

CREATE, UPDATE = Style(creating=True), Style(creating=False)
GROUP, CONNECTOR, APPLICATION = (MODEL.type(name) for name in ("connectorGroup", "connector", "application"))


@cache
def of(kind, collection=False):
    """A type with a single property `value`."""
    return EntityType("sample", (Property("value", kind, collection=collection),))


def read(kind, value, style=UPDATE, **declared):
    return read_body({"value": value}, of(kind, **declared), style)["value"]


def refusal(body, structure, style=UPDATE):
    with pytest.raises(GraphError) as caught:
        read_body(body, structure, style)
    return caught.value


def refused(body, structure, style=UPDATE):
    return type(refusal(body, structure, style))


def messages(error):
    return [error.message, *(each["message"] for each in error.details)]


GUID = "0f9a1b2c-5555-4d6e-8f70-a1b2c3d4e506"
TAKEN = [
    (edm.BOOLEAN, True, True),
    (edm.BOOLEAN, False, False),
    (edm.INT32, 5, 5),
    (edm.INT32, 2**31 - 1, 2**31 - 1),
    (edm.INT32, -(2**31), -(2**31)),
    (edm.INT64, 2**63 - 1, 2**63 - 1),
    (edm.INT64, -(2**63), -(2**63)),
    (edm.DOUBLE, 5, 5),
    (edm.DOUBLE, 0.5, 0.5),
    (edm.STRING, "", ""),
    (edm.STRING, " x ", " x "),
    (edm.STRING, "Zürich \U0001f50c", "Zürich \U0001f50c"),
    (edm.STRING, "true", "true"),
    (edm.GUID, GUID, GUID),
    (edm.GUID, GUID.upper(), GUID.upper()),
    (edm.DATE, "2031-05-06", "2031-05-06"),
    (edm.DATE_TIME_OFFSET, "2031-05-06T07:08:09Z", "2031-05-06T07:08:09Z"),
    (edm.DATE_TIME_OFFSET, "2031-05-06T07:08:09.1234567Z", "2031-05-06T07:08:09.1234567Z"),
    (edm.DATE_TIME_OFFSET, "2031-05-06T07:08:09+02:00", "2031-05-06T07:08:09+02:00"),
    (edm.DATE_TIME_OFFSET, "2031-05-06T07:08:09", "2031-05-06T07:08:09Z"),
    (edm.DATE_TIME_OFFSET, "2031-05-06T07:08", "2031-05-06T07:08:00Z"),
    (edm.DATE_TIME_OFFSET, "2031-05-06", "2031-05-06T00:00:00Z"),
    (edm.TIME_OF_DAY, "07:08:09", "07:08:09"),
    (edm.TIME_OF_DAY, "0:00:00", "00:00:00"),
    (edm.TIME_OF_DAY, "7:08", "07:08:00"),
    (edm.TIME_OF_DAY, "07:08:09.0000000", "07:08:09.0000000"),
    (edm.BINARY, "AQID", "AQID"),
    (edm.BINARY, "-_8", "-_8"),
    (edm.BINARY, "", ""),
]
REFUSED = [
    (edm.BOOLEAN, ["yes", "true", "True", "", 0, 1, 1.0, [], {}]),
    (edm.INT32, ["5", "", 5.0, 0.5, True, False, 2**31, -(2**31) - 1, [], {}]),
    (edm.INT64, ["5", 5.0, True, 2**63, -(2**63) - 1, 10**400]),
    (edm.DOUBLE, ["0.5", "NaN", True, [], {}]),
    (edm.STRING, [5, 0.5, True, [], {}, ["x"], "a\0b", "\0"]),
    (edm.GUID, ["", "x", GUID[:-1], GUID + "0", "{" + GUID + "}", GUID.replace("-", ""), GUID[:-1] + "g", 5, []]),
    (edm.DATE, ["", "yesterday", "2031-02-30", "06.05.2031", "2031-05-06T07:08:09Z", 20310506, {}]),
    (edm.DATE_TIME_OFFSET, ["", "yesterday", "2031-02-30T00:00:00Z", "07:08:09", "2031-05-06T25:00:00Z", 0, True]),
    (edm.TIME_OF_DAY, ["", "7", "24:00", "07:60", "07:08:61", "07:08:09Z", " 07:08", "PT7H", 7]),
    (edm.BINARY, ["A", "ü", 5, True, [], "a\0"]),
]


@pytest.mark.parametrize(("kind", "value", "expected"), TAKEN, ids=lambda each: getattr(each, "name", None))
def test_a_value_of_its_type_is_taken(kind, value, expected):
    assert (expected, type(expected)) == (read(kind, value), type(read(kind, value)))


@pytest.mark.parametrize(
    ("kind", "value"),
    [(kind, value) for kind, values in REFUSED for value in values],
    ids=lambda each: getattr(each, "name", None) or repr(each)[:40],
)
def test_a_value_of_another_type_is_refused(kind, value):
    assert WrongType == refused({"value": value}, of(kind))


@pytest.mark.parametrize(
    "text",
    ["urn:" + "0" * 32, "-" * 4 + "0" * 32, "0000000_-0000-0000-0000-000000000000"],
)
def test_a_guid_has_its_hyphens_in_their_places(text):
    assert WrongType == refused({"value": text}, of(edm.GUID))


@pytest.mark.parametrize("text", ["!!!!", "AQ ID", "AQ!ID"])
def test_binary_is_of_the_alphabet_of_base64(text):
    assert WrongType == refused({"value": text}, of(edm.BINARY))


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, value, _ in TAKEN], ids=lambda e: None)
def test_a_collection_takes_what_its_type_takes(kind, value):
    assert 2 == len(read(kind, [value, value], collection=True))


@pytest.mark.parametrize(
    ("value", "written"), [("yes", "yes"), (5, "5"), (0.5, "0.5"), ([1, None], "[1,null]"), ({"a": True}, '{"a":true}')]
)
def test_the_refusal_names_the_value_as_it_was_written_and_the_type(value, written):
    error = refusal({"isHttpOnlyCookieEnabled": value}, publishing())

    assert f"Cannot convert the literal '{written}' to the expected type 'Edm.Boolean'." == error.message


def publishing():
    return APPLICATION.property_by_name["onPremisesPublishing"].type


def structures():
    """Every structured type of the model."""
    waiting, found = list(MODEL.entity_types.values()), []
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.append(each)
            waiting += [inner.type for inner in each.properties if isinstance(inner.type, ComplexType)]
    return found


@pytest.mark.parametrize("structure", structures(), ids=lambda each: each.name)
def test_every_type_of_the_model_can_be_read(structure):
    """Each of its properties has a type that a conversion is known for."""
    assert {} == read_body({}, structure, UPDATE)


UPDATER = MODEL.type("onPremisesPublishingProfile").property_by_name["hybridAgentUpdaterConfiguration"].type


class TestBody:
    @pytest.mark.parametrize("body", [None, [], [{"name": "Paris"}], "name", "", 5, True])
    def test_a_body_is_an_object(self, body):
        assert InvalidBody == refused(body, GROUP, CREATE)

    def test_an_update_may_say_nothing(self):
        assert {} == read_body({}, GROUP, UPDATE)

    def test_what_was_said_is_what_is_read(self):
        assert {"name": "Paris", "region": "eur"} == read_body({"name": "Paris", "region": "eur"}, GROUP, CREATE)

    def test_nothing_is_added_to_what_was_said(self):
        """Defaults are the command's matter."""
        assert {"displayName": "Wiki"} == read_body({"displayName": "Wiki"}, APPLICATION, CREATE)

    @pytest.mark.parametrize(
        ("structure", "name"), [(GROUP, "name"), (CONNECTOR, "machineName"), (APPLICATION, "displayName")]
    )
    def test_a_create_brings_what_is_required(self, structure, name):
        error = refusal({}, structure, CREATE)

        assert f"A value is required for property '{name}' of resource '{structure.name}'." == error.message

    @pytest.mark.parametrize(("body", "structure"), [({}, GROUP), ({"externalIp": "203.0.113.9"}, CONNECTOR)])
    def test_an_update_need_not(self, body, structure):
        assert body == read_body(body, structure, UPDATE)

    @pytest.mark.parametrize(
        ("body", "structure"),
        [
            ({"name": None}, GROUP),
            ({"machineName": None}, CONNECTOR),
            ({"tags": None}, APPLICATION),
            ({"tags": ["a", None]}, APPLICATION),
            ({"trafficRoutingMethod": None}, publishing()),
            ({"onPremisesApplicationSegments": None}, publishing()),
        ],
    )
    @pytest.mark.parametrize("style", [CREATE, UPDATE], ids=["create", "update"])
    def test_null_is_refused_where_there_must_be_a_value(self, body, structure, style):
        errors = refusal({"name": "x", "machineName": "x", "displayName": "x"} | body, structure, style)

        assert any("cannot be null" in message for message in messages(errors))

    @pytest.mark.parametrize(
        ("body", "structure"),
        [({"region": None}, GROUP), ({"web": None}, APPLICATION), ({"internalUrl": None}, publishing())],
    )
    def test_null_is_taken_where_there_need_be_none(self, body, structure):
        assert body == read_body(body, structure, UPDATE)


class TestNames:
    @pytest.mark.parametrize("name", ["name", "Name", "NAME"])
    def test_a_name_is_taken_in_any_letter_case(self, name):
        """R14: EntraPS sends `Name`."""
        assert {"name": "Paris"} == read_body({name: "Paris"}, GROUP, CREATE)

    def test_a_name_in_a_complex_value_is_taken_in_any_letter_case(self):
        """R14: and kept as it is declared."""
        body = {"SingleSignOnSettings": {"SINGLESIGNONMODE": "none"}}

        assert {"singleSignOnSettings": {"singleSignOnMode": "none"}} == read_body(body, publishing(), UPDATE)

    @pytest.mark.parametrize("name", ["Name", "NAME"])
    def test_a_name_in_other_letters_is_unknown_where_that_is_chosen(self, name):
        """R14: Q9 = exact catches sloppy clients."""
        assert UnknownProperty == refused({name: "Paris"}, GROUP, Style(creating=False, exact_names=True))

    def test_a_name_in_its_own_letters_is_taken_there(self):
        """R14: Q9 = exact."""
        assert {"name": "Paris"} == read_body({"name": "Paris"}, GROUP, Style(creating=True, exact_names=True))

    @pytest.mark.parametrize("body", [{"name": "a", "Name": "b"}, {"NAME": "a", "name": "a"}])
    def test_one_property_in_two_letter_cases_is_refused(self, body):
        assert InvalidBody == refused(body, GROUP)

    def test_one_property_in_two_letter_cases_is_refused_inside_a_complex_value_too(self):
        assert InvalidBody == refused({"web": {"logoutUrl": "a", "LogoutUrl": "b"}}, APPLICATION)

    @pytest.mark.parametrize("name", ["colour", "", "_schema", "members", "memberOf", "name ", "na.me"])
    def test_an_unknown_name_is_refused(self, name):
        assert f"The property '{name}' does not exist" in refusal({name: "x"}, GROUP).message

    @pytest.mark.parametrize("name", ["lastHeartbeat", "stopped"])
    def test_a_hidden_property_is_unknown(self, name):
        assert UnknownProperty == refused({name: True}, CONNECTOR)

    def test_the_proxys_back_end_words_an_unknown_name_so(self):
        assert (
            "The property 'colour' does not exist on type 'microsoft.graph.connectorGroup'. Make sure to only use "
            "property names that are defined by the type or mark the type as open type."
        ) == refusal({"colour": "blue"}, GROUP).message

    def test_the_directory_words_it_otherwise(self):
        """graph_reference 5.3."""
        assert "Invalid property 'colour'." == refusal({"colour": "blue"}, APPLICATION).message

    def test_under_v1_publishing_is_an_invalid_property(self):
        """R54, graph_reference 4.3 rule 4."""
        error = refusal({"onPremisesPublishing": {}}, MODELS["v1.0"].type("application"))

        assert (InvalidProperty, "Invalid property 'onPremisesPublishing'.") == (type(error), error.message)

    @pytest.mark.parametrize("name", ["deferUpdate", "DEFERUPDATE", "deferUpdateDateTime"])
    def test_a_property_may_have_another_name(self, name):
        """U-18: a documented example writes the shorter one."""
        body = {name: "2031-05-06T07:08:09Z"}

        assert {"deferUpdateDateTime": "2031-05-06T07:08:09Z"} == read_body(body, UPDATER, UPDATE)

    def test_one_property_under_both_its_names_is_refused(self):
        assert InvalidBody == refused({"deferUpdate": None, "deferUpdateDateTime": None}, UPDATER)

    def test_an_open_complex_type_takes_any_name_and_keeps_none(self):
        headers = EntityType("sample", (Property("headers", ComplexType("headers", open=True)),))

        assert {"headers": {}} == read_body({"headers": {"x-one": "1"}}, headers, UPDATE)


READ_ONLY = [
    ({"id": "x"}, GROUP),
    ({"isDefault": True}, GROUP),
    ({"connectorGroupType": "adfs"}, GROUP),
    ({"ISDEFAULT": False}, GROUP),
    ({"status": "inactive"}, CONNECTOR),
    ({"appId": "x"}, APPLICATION),
    ({"verifiedCustomDomainCertificatesMetadata": {}}, publishing()),
    ({"segmentsConfiguration": {}}, publishing()),
]


class TestReadOnly:
    @pytest.mark.parametrize(("body", "structure"), READ_ONLY)
    def test_what_only_the_service_sets_is_ignored(self, body, structure):
        """R11: Q3 = ignored, as TF saw in a create."""
        assert {} == read_body(body, structure, Style(creating=False, read_only="ignored"))

    @pytest.mark.parametrize(("body", "structure"), READ_ONLY)
    def test_what_only_the_service_sets_is_refused_where_that_is_chosen(self, body, structure):
        """R12: Q4 = refused, as TF saw in an update."""
        assert ReadOnlyProperty == refused(body, structure, Style(creating=False, read_only="refused"))

    @pytest.mark.parametrize("name", ["id", "isDefault", "connectorGroupType"])
    def test_null_is_ignored_as_any_other_value(self, name):
        """R1, R11: else a group without an id is made, or one that is default no more."""
        assert {"name": "x"} == read_body({"name": "x", name: None}, GROUP, CREATE)

    @pytest.mark.parametrize("name", ["id", "isDefault", "connectorGroupType"])
    def test_null_is_refused_as_any_other_value(self, name):
        """R1, R12: else the default group is default no more, and nothing is found from then on."""
        assert ReadOnlyProperty == refused({name: None}, GROUP, Style(creating=False, read_only="refused"))

    @pytest.mark.parametrize(
        ("profile", "expected"),
        [("observed", ("ignored", "refused")), ("documented", ("ignored", "refused")), ("strict", ("refused",) * 2)],
    )
    def test_which_of_both_depends_on_the_profile(self, profile, expected):
        """R11, R12: in a create and in an update."""
        behaviour = tenant(behaviour=profile).behaviour

        assert expected == (behaviour[READ_ONLY_IN_CREATE], behaviour[READ_ONLY_IN_UPDATE])

    def test_what_is_ignored_is_not_looked_at(self):
        """R11: whatever its type."""
        assert {"name": "x"} == read_body({"name": "x", "isDefault": {"a": [1]}}, GROUP, CREATE)

    def test_the_refusal_names_the_property_as_it_is_declared(self):
        error = refusal({"ISDEFAULT": True}, GROUP, Style(creating=False, read_only="refused"))

        assert "Property 'isDefault' is read-only and cannot be set." == error.message


class TestEnums:
    STYLES = ("observed", "published", "exact")

    @pytest.mark.parametrize("enums", STYLES)
    @pytest.mark.parametrize("region", ["nam", "eur", "aus", "asia", "ind"])
    def test_a_published_member_is_taken_in_every_style(self, region, enums):
        """R16: the five of the metadata."""
        assert {"region": region} == read_body({"region": region}, GROUP, Style(creating=False, enums=enums))

    @pytest.mark.parametrize("region", ["japan", "Japan", "JAPAN"])
    def test_japan_is_taken_and_kept_in_lower_case(self, region):
        """R16: Q5 = observed; documentation sends `Japan`, TF read `japan`."""
        assert {"region": "japan"} == read_body({"region": region}, GROUP, UPDATE)

    @pytest.mark.parametrize("enums", ["published", "exact"])
    def test_japan_is_refused_where_only_the_published_ones_are_taken(self, enums):
        """R16: Q5 = published and exact."""
        assert UnknownMember == refused({"region": "japan"}, GROUP, Style(creating=False, enums=enums))

    @pytest.mark.parametrize("enums", ["observed", "published"])
    @pytest.mark.parametrize("region", ["EUR", "Eur"])
    def test_a_member_is_taken_in_any_letter_case(self, region, enums):
        """R16: and kept in lower case."""
        assert {"region": "eur"} == read_body({"region": region}, GROUP, Style(creating=False, enums=enums))

    @pytest.mark.parametrize("region", ["EUR", "Eur"])
    def test_a_member_in_other_letters_is_refused_where_that_is_chosen(self, region):
        """R16: Q5 = exact."""
        assert UnknownMember == refused({"region": region}, GROUP, Style(creating=False, enums="exact"))

    @pytest.mark.parametrize("enums", STYLES)
    @pytest.mark.parametrize("region", ["mars", "", "eur ", "eur,nam", "1"])
    def test_what_is_no_member_is_refused(self, region, enums):
        assert f"Requested value '{region}' was not found." == (
            refusal({"region": region}, GROUP, Style(creating=False, enums=enums)).message
        )

    @pytest.mark.parametrize("region", [1, True, ["eur"], {}])
    def test_what_is_no_text_is_of_the_wrong_type(self, region):
        assert WrongType == refused({"region": region}, GROUP)

    @pytest.mark.parametrize("enums", STYLES)
    def test_the_sentinel_is_refused_in_a_create(self, enums):
        """graph_reference 5.7: it stands for members yet to come."""
        style = Style(creating=True, enums=enums)

        assert UnknownMember == refused({"name": "x", "region": "unknownFutureValue"}, GROUP, style)

    @pytest.mark.parametrize("enums", STYLES)
    def test_the_sentinel_says_nothing_in_an_update(self, enums):
        """graph_reference 5.7: a client sends back what it did not understand."""
        style = Style(creating=False, enums=enums)

        assert {"name": "x"} == read_body({"name": "x", "region": "unknownFutureValue"}, GROUP, style)

    def test_the_sentinel_says_nothing_inside_a_complex_value_either(self):
        body = {"singleSignOnSettings": {"singleSignOnMode": "unknownFutureValue"}}

        assert {"singleSignOnSettings": {}} == read_body(body, publishing(), UPDATE)

    def test_the_sentinel_says_nothing_in_a_collection_either(self):
        kinds = EnumType("kind", ("one", "unknownFutureValue"))

        assert ["one"] == read(kinds, ["one", "unknownFutureValue"], collection=True)


class TestNested:
    @pytest.mark.parametrize("value", [5, "x", True, [], [{}]])
    def test_a_complex_value_is_an_object(self, value):
        assert InvalidBody == refused({"web": value}, APPLICATION)

    @pytest.mark.parametrize("value", [5, "x", True, {}, {"0": "a"}])
    @pytest.mark.parametrize("name", ["tags", "appRoles"])
    def test_a_collection_is_a_list(self, name, value):
        assert InvalidBody == refused({name: value}, APPLICATION)

    @pytest.mark.parametrize("value", [[5], ["x"], [[]], [None]])
    def test_a_collection_of_complex_values_is_a_list_of_objects(self, value):
        assert issubclass(refused({"appRoles": value}, APPLICATION), InvalidBody)

    def test_complex_values_in_complex_values_are_read(self):
        body = {"web": {"implicitGrantSettings": {"enableIdTokenIssuance": True}, "redirectUris": ["https://x/"]}}

        assert body == read_body(body, APPLICATION, UPDATE)

    def test_complex_values_in_collections_are_read(self):
        body = {"appRoles": [{"id": GUID, "value": "admin", "allowedMemberTypes": ["User"]}, {"id": GUID}]}

        assert body == read_body(body, APPLICATION, UPDATE)

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            ({"web": {"implicitGrantSettings": {"enableIdTokenIssuance": "yes"}}}, WrongType),
            ({"web": {"colour": "blue"}}, UnknownProperty),
            ({"web": {"redirectUris": [5]}}, WrongType),
            ({"appRoles": [{"id": GUID}, {"id": "x"}]}, WrongType),
            ({"appRoles": [{"id": None}]}, NullProperty),
            ({"appRoles": [{"colour": "blue"}]}, UnknownProperty),
        ],
    )
    def test_what_is_wrong_inside_is_refused(self, body, error):
        assert error == refused(body, APPLICATION)

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({"web": {"colour": "blue"}}, "microsoft.graph.webApplication"),
            ({"appRoles": [{"colour": "blue"}]}, "microsoft.graph.appRole"),
        ],
    )
    def test_the_refusal_names_the_type_inside(self, body, named):
        assert f"'{named}'" in refusal(body, APPLICATION).message

    def test_the_refusal_of_null_in_a_collection_names_the_collection(self):
        assert "Property 'tags' of resource 'application' cannot be null." == (
            refusal({"tags": [None]}, APPLICATION).message
        )


class TestProblems:
    def test_every_problem_is_named_at_once(self):
        body = {
            "displayName": 5,
            "tags": ["a", 6],
            "web": {"logoutUrl": 7, "homePageUrl": 8},
            "isFallbackPublicClient": 9,
        }

        assert {f"Cannot convert the literal '{n}' to the expected type 'Edm.String'." for n in (5, 6, 7, 8)} | {
            "Cannot convert the literal '9' to the expected type 'Edm.Boolean'."
        } == set(messages(refusal(body, APPLICATION)))

    def test_the_problems_stand_in_the_order_of_the_declaration(self):
        body = {"web": {"logoutUrl": 3}, "tags": [2], "displayName": 1}

        assert ["1", "2", "3"] == [message.split("'")[1] for message in messages(refusal(body, APPLICATION))]

    def test_a_single_problem_has_no_details(self):
        assert () == refusal({"name": 5}, GROUP).details

    def test_details_carry_code_and_message(self):
        (detail,) = refusal({"name": 5, "region": "mars"}, GROUP).details

        assert {"code": "BadRequest", "message": "Requested value 'mars' was not found."} == detail

    def test_unknown_names_are_refused_in_the_same_order_in_every_process(self):
        script = (
            "from mockserver.model import MODEL; from mockserver.derive.schemas import *\n"
            "try: read_body(dict.fromkeys('abcdefgh'), MODEL.type('connectorGroup'), Style(creating=False))\n"
            "except GraphError as error: print(error.message, error.details)"
        )
        runs = {
            subprocess.run(
                [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("1", "2", "3")
        }

        assert 1 == len(runs)


class TestAnnotations:
    @pytest.mark.parametrize(
        "name",
        ["@odata.type", "@odata.id", "@odata.context", "@odata.etag", "@odata.editLink", "@OData.Type", "@my.own"],
    )
    def test_an_annotation_of_the_whole_is_passed_over(self, name):
        assert {"name": "Paris"} == read_body({name: "anything", "name": "Paris"}, GROUP, CREATE)

    def test_an_annotation_in_a_complex_value_is_passed_over(self):
        body = {"web": {"@odata.type": "#microsoft.graph.webApplication", "logoutUrl": "x"}}

        assert {"web": {"logoutUrl": "x"}} == read_body(body, APPLICATION, UPDATE)

    def test_an_unknown_annotation_of_odata_is_refused(self):
        assert UnknownProperty == refused({"@odata.unknown": 1}, GROUP)

    @pytest.mark.parametrize("name", ["members@odata.bind", "connectorGroup@odata.bind", "x@odata.bind"])
    @pytest.mark.parametrize("structure", [GROUP, APPLICATION], ids=lambda each: each.name)
    def test_binding_is_not_implemented(self, structure, name):
        """Nothing is ignored in silence: 501."""
        assert NotImplementedByMock == refused({name: ["https://x/"]}, structure)

    def test_its_refusal_says_what_to_do_instead(self):
        error = refusal({"members@odata.bind": []}, GROUP)

        assert (501, "The mock does not know 'members@odata.bind'; set the reference with $ref instead.") == (
            error.status,
            error.message,
        )

    def test_a_type_beside_publishing_is_refused(self):
        """R51, graph_reference 4.3 rule 3: `Valid JSON content expected.`"""
        error = refusal({"@odata.type": "#microsoft.graph.application", "onPremisesPublishing": {}}, APPLICATION)

        assert ("InvalidJson_BadRequest", "Valid JSON content expected.") == (error.code, error.message)

    @pytest.mark.parametrize(
        "body",
        [
            {"@odata.type": "#microsoft.graph.application", "displayName": "Wiki"},
            {"onPremisesPublishing": {"@odata.type": "#microsoft.graph.onPremisesPublishing"}},
            {"@odata.context": "https://x/", "onPremisesPublishing": {}},
        ],
        ids=["beside others", "inside", "another annotation"],
    )
    def test_anywhere_else_it_is_passed_over(self, body):
        """R51: the service refuses it at the top and beside publishing alone."""
        assert {name for name in body if not name.startswith("@")} == set(read_body(body, APPLICATION, UPDATE))


class TestLooseBooleans:
    LOOSE = Style(creating=False, loose_booleans=True)

    @pytest.mark.parametrize(("value", "expected"), [("true", True), ("False", False), (True, True), (False, False)])
    def test_a_text_is_a_boolean_where_that_is_asked(self, value, expected):
        """U-33: one documented request sends it."""
        assert expected is read(edm.BOOLEAN, value, self.LOOSE)

    @pytest.mark.parametrize("value", ["yes", "1", "", 1, 0, []])
    def test_nothing_else_is(self, value):
        assert WrongType == refused({"value": value}, of(edm.BOOLEAN), self.LOOSE)


NAMES = sorted(
    {each.name for kind in MODEL.entity_types.values() for each in kind.visible} | set(publishing().property_by_name)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["eur", GUID, "2031-05-06"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(string.ascii_letters + "@.$", max_size=8), inner, max_size=6)
    ),
    max_leaves=25,
)
STYLES = st.builds(
    Style,
    creating=st.booleans(),
    exact_names=st.booleans(),
    enums=st.sampled_from(["observed", "published", "exact"]),
    read_only=st.sampled_from(["ignored", "refused"]),
    loose_booleans=st.booleans(),
)


def names_read(body, structure, style):
    """The names of the values that a body gives to a type: none where it is refused."""
    with suppress(GraphError):
        return set(read_body(body, structure, style))
    return set()


@given(JSON, st.sampled_from(structures()), STYLES)
def test_any_json_either_gives_values_or_is_refused(body, structure, style):
    assert names_read(body, structure, style) <= {each.name for each in structure.visible}


@given(st.dictionaries(st.sampled_from([each.name for each in publishing().visible]), JSON), STYLES)
def test_any_publishing_either_gives_values_or_is_refused(body, style):
    assert names_read({"onPremisesPublishing": body}, APPLICATION, style) <= {"onPremisesPublishing"}


@given(st.recursive(st.just(0), lambda inner: st.lists(inner, min_size=1, max_size=1)))
def test_a_body_is_not_changed_by_reading_it(value):
    body = {"name": "Paris", "region": "EUR", "isDefault": value}
    read_body(body, GROUP, CREATE)

    assert {"name": "Paris", "region": "EUR", "isDefault": value} == body


def test_a_deeply_nested_value_is_refused_as_any_other():
    """orjson reads 1,024 levels; a word of an error that deep cannot be written."""
    value = []
    for _ in range(1000):
        value = [value]

    assert WrongType == refused({"name": value}, GROUP)


def test_what_is_missing_is_named_together_with_what_is_wrong():
    assert {MissingProperty, UnknownMember} == {
        MissingProperty if "required" in message else UnknownMember
        for message in messages(refusal({"region": "mars"}, GROUP, CREATE))
    }
