"""The OpenAPI document: valid, complete, and of one mind with Microsoft's, the control API and the mock's answers."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from mockserver.derive.openapi import openapi
from mockserver.derive.operations import operations
from mockserver.model import MODEL, MODELS
from mockserver.serve import app_of
from mockserver.settings import Settings
from mockserver.web.control import DECLARED
from mockserver.web.control.described import control_paths

SHARED = Path(os.environ.get("MOCKSERVER_SHARED") or Path(__file__).parents[3] / "shared")
REFERENCE = SHARED / "spec" / "graph_reference.md"
SLICE = SHARED / "data" / "msgraph_openapi_slice.yaml"

DOCUMENT = openapi(MODELS, "0.1.0", "http://localhost:8365", control_paths(DECLARED))
PATHS, PARTS = DOCUMENT["paths"], DOCUMENT["components"]
OPERATIONS = {
    (method.upper(), path): each
    for path, item in PATHS.items()
    for method, each in item.items()
    if method != "parameters"
}
GRAPH = {key: each for key, each in OPERATIONS.items() if not key[1].startswith("/_mock")}

PROFILE = "/beta/onPremisesPublishingProfiles/{onPremisesPublishingProfile-id}"
GROUPS, CONNECTORS = f"{PROFILE}/connectorGroups", f"{PROFILE}/connectors"
GROUP, CONNECTOR = f"{GROUPS}/{{connectorGroup-id}}", f"{CONNECTORS}/{{connector-id}}"
APPLICATION = "/beta/applications/{application-id}"

pytestmark = pytest.mark.heavy


def named(key):
    return " ".join(key)


def schema(name):
    return PARTS["schemas"][name]


def parameters(operation):
    """The names of what an operation takes besides the keys in its path."""
    names = [each["$ref"].rpartition("/")[2] for each in operation.get("parameters", ())]
    return {PARTS["parameters"][name]["name"] for name in names}


def references(part):
    """Every address that a part of the document refers to."""
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list) else set()


class TestTheDocument:
    def test_it_is_valid(self):
        assert [] == [each.message for each in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()]

    def test_it_is_plain_json_and_the_same_every_time(self):
        again = openapi(dict(MODELS), "0.1.0", "http://localhost:8365", control_paths(DECLARED))

        assert json.dumps(DOCUMENT) == json.dumps(again)

    def test_it_says_where_and_what_it_is(self):
        assert ("http://localhost:8365", "0.1.0") == (DOCUMENT["servers"][0]["url"], DOCUMENT["info"]["version"])

    def test_it_knows_the_sandboxes(self):
        assert "http://localhost:8365/sandboxes/{name}" == DOCUMENT["servers"][1]["url"]

    def test_no_part_of_it_is_there_for_nothing(self):
        made = {f"#/components/{kind}/{name}" for kind in PARTS for name in PARTS[kind] if kind != "securitySchemes"}

        assert made == references(DOCUMENT)

    def test_no_two_operations_have_one_id(self):
        ids = [each["operationId"] for each in OPERATIONS.values()]

        assert len(set(ids)) == len(ids)

    def test_every_operation_of_the_model_is_there(self):
        expected = {
            (each.method, f"/{name}{each.path}") for name, model in MODELS.items() for each in operations(model)
        }

        assert expected == set(GRAPH)

    def test_every_tag_is_listed(self):
        used = {tag for each in OPERATIONS.values() for tag in each["tags"]}

        assert used == {each["name"] for each in DOCUMENT["tags"]}


@pytest.mark.parametrize("key", OPERATIONS, ids=named)
class TestEveryOperation:
    def test_it_may_be_refused_in_the_one_shape(self, key):
        assert {"$ref": "#/components/responses/error"} == OPERATIONS[key]["responses"]["default"]

    def test_every_key_in_its_path_is_a_parameter(self, key):
        keys = [each["name"] for each in PATHS[key[1]].get("parameters", ())]

        assert re.findall(r"\{(.*?)\}", key[1]) == keys


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("GET", GROUPS, ["200"]),
        ("POST", GROUPS, ["200", "201", "204"]),
        ("POST", CONNECTORS, ["201", "204"]),
        ("PATCH", GROUP, ["200", "204"]),
        ("DELETE", GROUP, ["204"]),
        ("POST", f"{GROUP}/members/$ref", ["204"]),
        ("GET", f"{APPLICATION}/onPremisesPublishing", ["200"]),
        ("GET", f"{APPLICATION}/web", ["200", "204"]),
        ("PATCH", f"{APPLICATION}/onPremisesPublishing", ["204"]),
        ("POST", "/beta/applicationTemplates/{applicationTemplate-id}/instantiate", ["201"]),
    ],
)
def test_every_status_that_some_behaviour_gives_is_listed(method, path, statuses):
    """Q1, Q2; 204 where the caller prefers no answer."""
    assert [*statuses, "default"] == list(OPERATIONS[method, path]["responses"])


def test_a_status_in_question_says_which_behaviour_gives_it():
    responses = OPERATIONS["POST", GROUPS]["responses"]

    assert (
        "The new connectorGroup (Q1 is 200: observed)",
        "The new connectorGroup (Q1 is 201: documented, strict)",
    ) == (
        responses["200"]["description"],
        responses["201"]["description"],
    )


class TestWhatIsNotSettled:
    def test_an_operation_behind_a_behaviour_says_so(self):
        assert OPERATIONS["POST", CONNECTORS]["description"].startswith("Offered where Q22 ")

    def test_what_no_source_verifies_is_marked(self):
        assert OPERATIONS["POST", CONNECTORS]["x-mock-unverified"]

    def test_what_is_known_is_not(self):
        assert "x-mock-unverified" not in OPERATIONS["POST", GROUPS]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", GROUPS, {"$count", "$expand", "$filter", "$orderby", "$select", "$skip", "$top", "Prefer"}),
        ("GET", GROUP, {"$expand", "$select", "Prefer"}),
        ("GET", f"{GROUPS}/$count", {"$filter"}),
        ("GET", "/beta/users/$count", {"$filter", "$search", "ConsistencyLevel"}),
        ("PATCH", GROUP, {"Prefer"}),
        ("DELETE", GROUP, {"If-Match"}),
        ("DELETE", f"{GROUP}/members/$ref", {"If-Match", "@id"}),
        ("DELETE", f"{GROUP}/members/{{connector-id}}/$ref", {"If-Match"}),
        ("PUT", f"{APPLICATION}/connectorGroup/$ref", set()),
    ],
)
def test_an_operation_takes_its_options(method, path, expected):
    assert expected == parameters(OPERATIONS[method, path])


def test_a_key_that_is_a_word_is_shown_by_example():
    (profile,) = PATHS[PROFILE]["parameters"]

    assert "applicationProxy" in profile["schema"]["examples"]


class TestAnswers:
    def test_what_may_be_null_says_so(self):
        assert ["string", "null"] == schema("beta.application")["properties"]["description"]["type"]

    def test_an_enumeration_that_may_be_null_says_so(self):
        region = {"$ref": "#/components/schemas/beta.connectorGroupRegion"}

        assert {"anyOf": [region, {"type": "null"}]} == schema("beta.connectorGroup")["properties"]["region"]

    def test_an_enumeration_has_the_names_that_were_observed(self):
        assert "japan" in schema("beta.connectorGroupRegion")["enum"]

    def test_flags_may_be_several_names(self):
        assert re.fullmatch(schema("beta.privateNetworkProtocol")["pattern"], "tcp,udp")

    def test_what_is_hidden_is_not_there(self):
        assert "lastHeartbeat" not in schema("beta.connector")["properties"]

    def test_what_may_be_expanded_is_there(self):
        connectors = {"type": "array", "items": {"$ref": "#/components/schemas/beta.connector"}}

        assert connectors == schema("beta.connectorGroup")["properties"]["members"]

    def test_a_page_says_how_many_and_where_the_rest_is(self):
        page = schema("beta.connectorGroup.collection")["properties"]

        assert ["@odata.context", "@odata.count", "@odata.nextLink", "value"] == list(page)

    def test_under_v1_there_is_no_publishing(self):
        """R54."""
        assert "onPremisesPublishing" not in schema("v1.0.application")["properties"]


class TestBodies:
    def test_a_create_has_what_a_caller_may_set(self):
        assert {"name", "region", "@odata.type"} == set(schema("beta.connectorGroup.create")["properties"])

    def test_a_create_asks_for_what_is_required(self):
        assert ["name"] == schema("beta.connectorGroup.create")["required"]

    def test_an_update_asks_for_nothing(self):
        assert "required" not in schema("beta.connectorGroup.update")

    def test_nobody_writes_the_sentinel(self):
        """graph_reference 5.7."""
        assert "unknownFutureValue" not in schema("beta.connectorGroupRegion.body")["enum"]

    def test_another_name_for_a_property_excludes_it(self):
        """U-18."""
        both = {"deferUpdate": None, "deferUpdateDateTime": None}

        assert not fits(both, {"$ref": "#/components/schemas/beta.hybridAgentUpdaterConfiguration.body"})


def fits(value, part):
    """Whether a value is as a schema of the document has it."""
    return jsonschema.Draft202012Validator({**part, "components": PARTS}).is_valid(value)


@pytest.fixture(scope="module")
def contoso():
    return app_of(Settings()).test_client()


ASKED = {
    f"{PROFILE}": "",
    GROUPS: "?$count=true&$expand=members,applications",
    f"{GROUPS}/$count": "",
    CONNECTORS: "?$top=1&$select=id,status",
    CONNECTOR: "",
    f"{CONNECTOR}/memberOf": "",
    f"{CONNECTOR}/memberOf/$ref": "",
    GROUP: "",
    f"{GROUP}/members": "",
    f"{GROUP}/applications": "?$select=id,onPremisesPublishing",
    "/beta/applications": "?$expand=connectorGroup&$count=true",
    APPLICATION: "?$select=id,web,onPremisesPublishing",
    f"{APPLICATION}/onPremisesPublishing": "",
    f"{APPLICATION}/connectorGroup": "",
    f"{APPLICATION}/connectorGroup/$ref": "",
    "/beta/applicationTemplates": "",
    "/beta/users": "",
    "/beta/groups": "",
    "/beta/servicePrincipals": "",
    "/v1.0/applications": "",
    "/_mock/health": "",
    "/_mock/ready": "",
    "/_mock/settings": "",
    "/_mock/tenant": "",
}


@pytest.mark.parametrize("path", ASKED, ids=list(ASKED))
def test_what_the_mock_answers_is_as_described(contoso, path):
    """Under the ready-made tenant, with the first entity of each collection in the place of its key."""
    address = path.replace("{onPremisesPublishingProfile-id}", "applicationProxy")
    while "{" in address:
        collection, _, rest = address.partition("/{")
        first = contoso.get(f"{collection}?$top=1").json["value"][0]["id"]
        address = f"{collection}/{first}{rest.partition('}')[2]}"
    answer = contoso.get(address + ASKED[path])
    described = OPERATIONS["GET", path]["responses"][str(answer.status_code)]
    (content,) = described["content"].values()

    assert fits(json.loads(answer.text), content["schema"]), answer.text


def test_a_refusal_is_as_described(contoso):
    answer = contoso.get(GROUPS.replace("{onPremisesPublishingProfile-id}", "nowhere"))

    assert fits(answer.json, {"$ref": "#/components/schemas/ODataError"})


class TestTheControlApi:
    @pytest.mark.parametrize("route", DECLARED, ids=lambda each: f"{each.method} {each.path}")
    def test_a_route_is_described_with_its_statuses(self, route):
        path = "/_mock" + route.path.replace("<", "{").replace(">", "}")
        responses = OPERATIONS[route.method, path]["responses"]

        assert [*map(str, route.answers), "default"] == list(responses)

    def test_health_never_asks_for_the_token(self):
        assert [] == OPERATIONS["GET", "/_mock/health"]["security"]

    def test_everything_else_may(self):
        assert [{"control": []}, {}] == OPERATIONS["POST", "/_mock/reset"]["security"]


@pytest.fixture(scope="module")
def microsofts():
    """Method and path -> Microsoft's operation, of the slice of January 2025."""
    if not SLICE.exists():
        pytest.skip(f"needs {SLICE}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    paths = yaml.load(SLICE.read_text(encoding="utf-8"), Loader=loader)["paths"]
    methods = ("get", "post", "put", "patch", "delete")
    return {
        (method.upper(), path): item[method] for path, item in paths.items() for method in methods if method in item
    }


class TestAgainstMicrosofts:
    def test_every_operation_there_is_here(self, microsofts):
        assert set() == {key for key in microsofts if (key[0], f"/beta{key[1]}") not in GRAPH}

    def test_it_has_the_same_id(self, microsofts):
        """PowerShell's edition, which the slice is of, writes By and Of so that no noun of its begins with them."""
        theirs = {
            key: each["operationId"].replace("GraphBPre", "By").replace("GraphOPre", "Of")
            for key, each in microsofts.items()
        }
        ours = {key: OPERATIONS[key[0], f"/beta{key[1]}"]["operationId"] for key in theirs}

        assert {key: f"beta.{each}" for key, each in theirs.items()} == ours


OPTIONS = {
    "LQ": {"$count", "$expand", "$filter", "$orderby", "$search", "$select", "$skip", "$top"},
    "IQ": {"$expand", "$select"},
    "CQ": {"$filter", "$search"},
    "RQ": {"$count", "$filter", "$orderby", "$search", "$skip", "$top"},
}
"""graph_reference 1."""

NOT_YET_DECLARED: set[tuple[str, str]] = set()
"""What of Annex A the model does not declare: (method, path)."""


@pytest.fixture(scope="module")
def annex():
    """Annex A of the reference: method and path -> the group of query options, if one is named."""
    if not REFERENCE.exists():
        pytest.skip(f"needs {REFERENCE}")
    text = REFERENCE.read_text(encoding="utf-8").partition("## Annex A.")[2]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", text, re.MULTILINE)
    profile = "/onPremisesPublishingProfiles/{onPremisesPublishingProfile-id}"
    return {
        (method, path.replace("~", profile)): options
        for path, methods in rows
        for method, options in re.findall(r"(GET|POST|PUT|PATCH|DELETE)(?: ([LICR]Q))?", methods)
    }


class TestAnnexA:
    def test_it_is_read_whole(self, annex):
        """Its own count: 108 operations on 63 paths."""
        assert (108, 63) == (len(annex), len({path for _, path in annex}))

    def test_everything_is_there_but_what_is_not_declared_yet(self, annex):
        offered = {(each.method, each.path) for each in operations(MODEL)}

        assert NOT_YET_DECLARED == set(annex) - offered

    def test_each_takes_its_query_options(self, annex):
        """But for $search, which only the directory has (U-16), and how Microsoft words alternate keys."""
        otherwise = {
            key: OPTIONS[group] ^ {name for name in parameters(GRAPH[key[0], f"/beta{key[1]}"]) if name[0] == "$"}
            for key, group in annex.items()
            if group and key not in NOT_YET_DECLARED
        }

        assert {} == {key: each for key, each in otherwise.items() if each - {"$search"}}
