"""The metadata: what follows from the declarations, and what readers that are not ours make of it.

`odata-csdl`, the converter of OData's own committee, is asked where node finds it (`npm install --prefix DIR
odata-csdl`, then NODE_PATH=DIR/node_modules); Microsoft's OpenAPI slice where the shared folder is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from mockserver.core.edm import LIST, EntitySet, EntityType, Model, Navigation, Property
from mockserver.derive.csdl import metadata_json, metadata_xml, service_document
from mockserver.model import MODEL, MODELS

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
CAPABILITIES = "Org.OData.Capabilities.V1"
SHARED = Path(os.environ.get("MOCKSERVER_SHARED") or Path(__file__).parents[3] / "shared")
SLICE = SHARED / "data" / "msgraph_openapi_slice.yaml"


def read(model):
    """The schema element of a model's metadata."""
    return ElementTree.fromstring(metadata_xml(model)).find(f".//{EDM}Schema")


SCHEMA = read(MODEL)
VISIBLE = [
    (kind, each)
    for kind in MODEL.entity_types.values()
    for each in kind.visible
    if each.published and each.name != "id"
]


def declared(name, schema=SCHEMA):
    """The element of that name on the top of the schema."""
    return next((each for each in schema if each.get("Name") == name), None)


def member(structure, name):
    return next((each for each in declared(structure) if each.get("Name") == name), None)


def facets(element):
    return dict(element.attrib)


def restriction(element, term):
    """The members of a capability that is stated as a record of truths, or the one truth."""
    found = element.find(f"{EDM}Annotation[@Term='{CAPABILITIES}.{term}']")
    if found is None:
        return None
    values = {each.get("Property"): each.get("Bool") for each in found.iter(f"{EDM}PropertyValue")}
    return values or found.get("Bool")


class TestTheDocument:
    def test_it_is_of_version_4_and_says_so_first(self):
        assert metadata_xml(MODEL).startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<edmx:Edmx Version="4.0"')

    def test_its_schema_is_microsofts(self):
        assert {"Namespace": "microsoft.graph", "Alias": "graph"} == facets(SCHEMA)

    @pytest.mark.parametrize("write", [metadata_xml, metadata_json])
    def test_it_is_the_same_for_the_same_declarations(self, write):
        assert write(MODELS["v1.0"]) == write(MODEL.v1())

    @pytest.mark.parametrize("write", [metadata_xml, metadata_json])
    def test_it_is_made_once(self, write):
        assert write(MODEL) is write(MODEL)

    @pytest.mark.parametrize("term", ["Org.OData.Core.V1", CAPABILITIES])
    def test_it_refers_to_the_vocabularies_it_uses(self, term):
        assert f'<edmx:Include Namespace="{term}" />'.encode() in metadata_xml(MODEL)


class TestEntityTypes:
    def test_all_of_them_have_one_key_from_one_base(self):
        keyed = [each.get("Name") for each in SCHEMA if each.find(f"{EDM}Key") is not None]

        assert ["entity"] == keyed

    def test_the_base_is_abstract(self):
        assert {"Name": "entity", "Abstract": "true"} == facets(declared("entity"))

    @pytest.mark.parametrize("kind", MODEL.entity_types)
    def test_it_derives_from_the_base(self, kind):
        assert "graph.entity" == declared(kind).get("BaseType")

    @pytest.mark.parametrize("kind", MODEL.entity_types)
    def test_it_leaves_the_key_to_the_base(self, kind):
        assert member(kind, "id") is None

    @pytest.mark.parametrize("kind", MODEL.entity_types.values(), ids=lambda each: each.name)
    def test_it_is_open_where_it_is_declared_so(self, kind):
        assert kind.open is (declared(kind.name).get("OpenType") == "true")

    @pytest.mark.parametrize(("kind", "each"), VISIBLE, ids=lambda each: each.name)
    def test_it_has_each_property_that_is_shown(self, kind, each):
        assert (member(kind.name, each.name).get("Nullable") != "false") is each.nullable

    @pytest.mark.parametrize("name", ["lastHeartbeat", "stopped"])
    def test_it_has_none_that_is_hidden(self, name):
        assert member("connector", name) is None

    def test_it_has_none_that_microsofts_does_not_know(self):
        """graph_reference 2.6: the service shows it all the same."""
        assert member("ipApplicationSegment", "exclusions") is None

    def test_a_navigation_without_operations_is_not_there(self):
        """servicePrincipal.application is how the mock keeps both together."""
        assert member("servicePrincipal", "application") is None

    def test_what_nothing_leads_to_is_not_there(self):
        """R54: connector groups exist under /beta only."""
        names = {each.get("Name") for each in read(MODELS["v1.0"])}

        assert not {"connector", "connectorGroup", "onPremisesAgent", "onPremisesPublishing"} & names


@pytest.mark.parametrize(
    ("structure", "name", "expected"),
    [
        ("connectorGroup", "region", {"Type": "graph.connectorGroupRegion"}),
        ("connectorGroup", "name", {"Type": "Edm.String", "Nullable": "false"}),
        ("connectorGroup", "members", {"Type": "Collection(graph.connector)"}),
        ("application", "connectorGroup", {"Type": "graph.connectorGroup"}),
        ("application", "tags", {"Type": "Collection(Edm.String)", "Nullable": "false"}),
        ("application", "appRoles", {"Type": "Collection(graph.appRole)", "Nullable": "false"}),
        (
            "onPremisesPublishingProfile",
            "connectors",
            {"Type": "Collection(graph.connector)", "ContainsTarget": "true"},
        ),
        ("updateWindow", "updateWindowStartTime", {"Type": "Edm.TimeOfDay"}),
        (
            "ipSegmentConfiguration",
            "applicationSegments",
            {"Type": "Collection(graph.ipApplicationSegment)", "ContainsTarget": "true"},
        ),
    ],
)
def test_a_member_has_its_type_and_facets(structure, name, expected):
    assert {"Name": name, **expected} == facets(member(structure, name))


def test_a_derived_complex_type_names_its_base():
    assert "graph.segmentConfiguration" == declared("ipSegmentConfiguration").get("BaseType")


class TestEnumTypes:
    def test_a_member_has_its_number(self):
        """graph_reference 2.8: there is no 2."""
        numbers = [each.get("Value") for each in declared("singleSignOnMode")]

        assert ["0", "1", "3", "4", "5", "6", "7"] == numbers

    def test_members_that_were_only_observed_are_not_there(self):
        names = [each.get("Name") for each in declared("connectorGroupRegion")]

        assert ["nam", "eur", "aus", "asia", "ind", "unknownFutureValue"] == names

    def test_flags_are_flags(self):
        assert "true" == declared("privateNetworkProtocol").get("IsFlags")


class TestActions:
    def test_it_is_bound_to_its_entity_and_says_what_it_takes(self):
        parameters = [(each.get("Name"), each.get("Type")) for each in declared("instantiate").iter(f"{EDM}Parameter")]

        assert [
            ("bindingParameter", "graph.applicationTemplate"),
            ("displayName", "Edm.String"),
            ("serviceManagementReference", "Edm.String"),
        ] == parameters

    def test_it_says_what_it_returns(self):
        assert "graph.applicationServicePrincipal" == declared("instantiate").find(f"{EDM}ReturnType").get("Type")

    def test_its_result_shows_what_it_consists_of(self):
        assert ["application", "servicePrincipal"] == [
            each.get("Name") for each in declared("applicationServicePrincipal")
        ]


class TestTheContainer:
    def bindings(self, name):
        (found,) = [each for each in declared("GraphService") if each.get("Name") == name]
        return {each.get("Path"): each.get("Target") for each in found.iter(f"{EDM}NavigationPropertyBinding")}

    def test_it_has_every_entity_set(self):
        assert {name: each.type.qualified_name for name, each in MODEL.sets.items()} == {
            each.get("Name"): each.get("EntityType") for each in declared("GraphService")
        }

    def test_a_set_that_cannot_be_listed_is_not_for_the_service_document(self):
        hidden = [each.get("Name") for each in declared("GraphService") if each.get("IncludeInServiceDocument")]

        assert [name for name, each in MODEL.sets.items() if LIST not in each.allows] == hidden

    def test_a_navigation_to_what_is_contained_elsewhere_says_where(self):
        assert "onPremisesPublishingProfiles/connectorGroups" == self.bindings("applications")["connectorGroup"]

    def test_a_navigation_of_what_is_contained_is_bound_too(self):
        found = self.bindings("onPremisesPublishingProfiles")

        assert ("onPremisesPublishingProfiles/connectors", "applications") == (
            found["connectorGroups/members"],
            found["connectorGroups/applications"],
        )

    def test_what_is_contained_is_bound_to_nothing(self):
        assert "connectorGroups" not in self.bindings("onPremisesPublishingProfiles")

    def test_what_lives_in_two_places_is_bound_to_neither(self):
        leaf = EntityType("leaf", (Property("id"),))
        tree = EntityType(
            "tree",
            (Property("id"),),
            (
                Navigation("green", "leaf", contained=True, allows=frozenset({LIST})),
                Navigation("brown", "leaf", contained=True, allows=frozenset({LIST})),
                Navigation("newest", "leaf", stored=True, allows=frozenset({LIST})),
            ),
        )
        model = Model(sets=[EntitySet("trees", tree)], types=[tree, leaf])

        assert b"NavigationPropertyBinding" not in metadata_xml(model)


class TestCapabilities:
    @pytest.mark.parametrize("term", ["CountRestrictions", "FilterRestrictions", "ExpandRestrictions"])
    def test_what_microsoft_states_of_connectors_is_stated(self, term):
        """graph_reference 2.9."""
        (value,) = restriction(member("onPremisesPublishingProfile", "connectors"), term).values()

        assert "true" == value

    @pytest.mark.parametrize("term", ["SkipSupported", "TopSupported"])
    def test_pages_are_supported(self, term):
        assert "true" == restriction(member("onPremisesPublishingProfile", "connectorGroups"), term)

    @pytest.mark.parametrize(
        ("term", "expected"),
        [
            ("InsertRestrictions", {"Insertable": "false"}),
            ("UpdateRestrictions", {"Updatable": "false"}),
            ("DeleteRestrictions", {"Deletable": "false"}),
            ("SearchRestrictions", {"Searchable": "false"}),
            ("ReadRestrictions", None),
        ],
    )
    def test_what_no_behaviour_profile_offers_is_refused(self, term, expected):
        """R31, Q22: connectors come from their setup program."""
        assert expected == restriction(member("onPremisesPublishingProfile", "connectors"), term)

    def test_what_is_offered_needs_no_word(self):
        assert restriction(member("onPremisesPublishingProfile", "connectorGroups"), "InsertRestrictions") is None

    def test_members_are_put_in_by_reference_and_not_read_by_key(self):
        members = member("connectorGroup", "members")

        assert ({"Referenceable": "true"}, "false") == (
            restriction(members, "NavigationRestrictions"),
            restriction(members, "ReadRestrictions")["Readable"],
        )

    def test_what_only_the_service_sets_is_computed(self):
        assert "Org.OData.Core.V1.Computed" == member("connectorGroup", "isDefault").find(f"{EDM}Annotation").get(
            "Term"
        )

    def test_alternate_keys_are_named(self):
        keys = [each.get("PropertyPath") for each in declared("application").iter() if each.get("PropertyPath")]

        assert ["appId", "uniqueName"] == keys


class TestTheServiceDocument:
    @pytest.mark.parametrize(("version", "model"), MODELS.items())
    def test_it_lists_the_sets_that_can_be_listed(self, version, model):
        listed = [each["name"] for each in service_document(model, "")["value"]]

        assert [name for name, each in model.sets.items() if LIST in each.allows] == listed

    def test_it_has_its_context_and_relative_addresses(self):
        document = service_document(MODEL, "http://localhost/beta")

        assert ("http://localhost/beta/$metadata", {"name": "users", "kind": "EntitySet", "url": "users"}) == (
            document["@odata.context"],
            document["value"][-1],
        )


@pytest.fixture(scope="module")
def service():
    """python-odata, which makes its classes from the metadata; a session that needs no socket hands it over."""
    requests = pytest.importorskip("requests")
    odata = pytest.importorskip("odata.service", reason="needs python-odata")

    class Served(requests.Session):
        def get(self, url, **_):
            found = requests.Response()
            found.status_code, found.url, found._content = 200, url, metadata_xml(MODEL)
            return found

    return odata.ODataService("http://mock/beta/", reflect_entities=True, session=Served(), quiet_progress=True)


class TestReadByPythonOdata:
    def test_it_finds_every_set(self, service):
        assert set(MODEL.sets) == set(service.entities)

    @pytest.mark.parametrize("kind", MODEL.entity_types.values(), ids=lambda each: each.name)
    def test_it_finds_every_property(self, service, kind):
        made = service.types[kind.qualified_name]

        assert [] == [each.name for each in kind.visible if each.published and not hasattr(made, each.name)]

    def test_it_finds_the_key(self, service):
        assert service.types["microsoft.graph.entity"].id.primary_key

    def test_it_follows_navigations(self, service):
        assert service.types["microsoft.graph.connector"] is service.types["graph.connectorGroup"].members.entitycls


CONVERT = """
const { xml2json } = require("odata-csdl");
const messages = [];
const csdl = xml2json(require("fs").readFileSync(0, "utf8"), { strict: true, messages });
const folder = require("path").dirname(require.resolve("odata-csdl/package.json"));
console.log(JSON.stringify({ csdl, messages, schemas: folder + "/schemas" }));
"""


@pytest.fixture(scope="module", params=list(MODELS))
def converted(request):
    """The metadata as the OASIS committee's own converter reads it, strictly, and what it says of it."""
    if shutil.which("node") is None:
        pytest.skip("needs node")
    xml = metadata_xml(MODELS[request.param])
    done = subprocess.run(["node", "-e", CONVERT], input=xml, capture_output=True, check=False)
    if b"Cannot find module 'odata-csdl'" in done.stderr:
        pytest.skip("needs the npm package odata-csdl on NODE_PATH")
    assert not done.returncode, done.stderr.decode()
    return MODELS[request.param], json.loads(done.stdout)


class TestReadByOdataCsdl:
    def test_it_has_nothing_to_say(self, converted):
        _, read_as = converted

        assert [] == read_as["messages"]

    def test_both_spellings_say_the_same(self, converted):
        model, read_as = converted

        assert alike(json.loads(metadata_json(model))) == alike(read_as["csdl"])

    def test_the_schemas_it_brings_accept_the_xml(self, converted, monkeypatch):
        etree = pytest.importorskip("lxml.etree", reason="needs lxml")
        model, read_as = converted
        monkeypatch.chdir(read_as["schemas"])
        schema = etree.XMLSchema(etree.parse("edmx.xsd"))

        assert schema.validate(etree.fromstring(metadata_xml(model))), schema.error_log


def alike(csdl):
    """Without what the two spellings have to write differently: the version, the alias in targets of bindings, and the
    precision of moments, which XML 4.0 takes for 0 where nothing is said and JSON 4.01 for any."""
    text = json.dumps({**csdl, "$Version": None}).replace("/microsoft.graph.", "/graph.")
    return json.loads(text, object_hook=lambda each: {name: each[name] for name in each if name != "$Precision"})


PRIMITIVES = {
    "Edm.Binary": ("string", "base64url"),
    "Edm.Boolean": ("boolean", None),
    "Edm.DateTimeOffset": ("string", "date-time"),
    "Edm.Guid": ("string", "uuid"),
    "Edm.Int32": ("integer", "int32"),
    "Edm.Stream": ("string", "base64url"),
    "Edm.String": ("string", None),
    "Edm.TimeOfDay": ("string", "time"),
}

DEVIATIONS = {
    ("application", "logo"): "declared nullable: an application without one has none",
    ("ipApplicationSegment", "ports"): "declared without nulls in it, which no source shows",
    ("onPremisesPublishingType", ""): "privateAccess came after the slice (graph_reference 2.8)",
    ("privateNetworkDestinationType", ""): "servicePrincipalName came after the slice (graph_reference 2.8)",
}
"""(type, member) -> why the metadata has it otherwise than Microsoft's slice of January 2025."""


@pytest.fixture(scope="module")
def slice_schemas():
    if not SLICE.exists():
        pytest.skip(f"needs {SLICE}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(SLICE.read_text(encoding="utf-8"), Loader=loader)
    schemas = document["components"]["schemas"]
    return {name.removeprefix("microsoft.graph."): each for name, each in schemas.items()}


def members_in(schemas, name):
    """The members of a type in the slice, those of its bases included, as OpenAPI has them."""
    found = {}
    for part in schemas[name].get("allOf", [schemas[name]]):
        base = part.get("$ref", "").rpartition("microsoft.graph.")[2]
        found |= members_in(schemas, base) if base else part.get("properties", {})
    return found


def described(schema):
    """(what one of it is, whether there are many, whether null is allowed), the last None where a slice cannot tell."""
    many = schema.get("type") == "array"
    one = schema["items"] if many else schema
    if "$ref" in one:
        return one["$ref"].rpartition(".")[2], many, None
    return (one["type"], one.get("format")), many, one.get("nullable", False)


def described_by(element):
    """The same of a property or navigation in the metadata."""
    kind = element.get("Type")
    many = kind.startswith("Collection(")
    one = kind[len("Collection(") : -1] if many else kind
    if one in PRIMITIVES:
        return PRIMITIVES[one], many, element.get("Nullable") != "false"
    return one.removeprefix("graph."), many, None


def test_names_types_and_members_are_microsofts(slice_schemas):
    """Everything of ours that Microsoft's own description of the service knows, it knows as we have it."""
    otherwise = {}
    for structure in SCHEMA:
        name = structure.get("Name")
        if name not in slice_schemas:
            continue
        if structure.tag == f"{EDM}EnumType":
            if [each.get("Name") for each in structure] != slice_schemas[name]["enum"]:
                otherwise[name, ""] = slice_schemas[name]["enum"]
            continue
        known = members_in(slice_schemas, name)
        for each in structure:
            if each.get("Name") in known and described_by(each) != described(known[each.get("Name")]):
                otherwise[name, each.get("Name")] = known[each.get("Name")]

    assert set(DEVIATIONS) == set(otherwise)


def test_the_slice_knows_the_types_this_is_about(slice_schemas):
    """So that the test before this one compares something."""
    assert {"connector", "connectorGroup", "connectorGroupRegion", "onPremisesPublishing", "application"} <= {
        each.get("Name") for each in SCHEMA if each.get("Name") in slice_schemas
    }
