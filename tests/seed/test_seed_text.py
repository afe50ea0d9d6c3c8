"""Texts that are no fixture at all: broken YAML and JSON, other encodings, and attacks on the reader."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tenants import contents

from mockserver.seed.document import FixtureError
from mockserver.seed.format import CONNECTOR, DOCUMENT, TENANT, USER
from mockserver.seed.format.kinds import PRINCIPAL_NAME

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 40)}]}}\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)
UNKNOWN = f"unknown key; known are {', '.join(DOCUMENT.by_name)}"

NAMES = [*DOCUMENT.by_name, *CONNECTOR.by_name, *TENANT.by_name]

YAML = {
    "": ["is empty"],
    " \n# only a comment\n": ["is empty"],
    "[1, 2]": ["1: a list is not a mapping with keys such as tenant and connectors"],
    "text": ["1: 'text' is not a mapping with keys such as tenant and connectors"],
    "null": ["1: null is not a mapping with keys such as tenant and connectors"],
    "tenant: a: b": ["1: is not YAML: mapping values are not allowed in this context"],
    "tenant:\n  id: 'x": ["2: is not YAML: found unexpected end of stream"],
    "connectors: [{machineName: a\nusers: []": ["2: is not YAML: did not find expected ',' or '}'"],
    "connectors:\n\t- machineName: a":
        ["2: is not YAML: found character that cannot start any token; a tab stands where YAML takes spaces only"],
    "users: []\n---\nusers: []": ["2: a second document starts here; a file holds one tenant"],
    "users: []\nusers: []": ["2: users: is here twice, first in line 1"],
    "connectors:\n- machineName: a\n  machineName: b": ["3: connectors[0].machineName: is here twice, first in line 2"],
    "users: *there": ["1: users: the alias *there has no anchor before it, or contains itself"],
    "users: &a [*a]": ["1: users[0]: the alias *a has no anchor before it, or contains itself"],
    "5: x": ["1: 5 is not a key; keys are text"],
    "null: x": ["1: null is not a key; keys are text"],
    "[a]: x": ["1: a list is not a key; keys are text"],
    "users:\n- ? {a: b}\n  : c\n  userPrincipalName: a@b": ["2: users[0]: a mapping is not a key; keys are text"],
    "users: !!python/object:os.system []":
        ["1: users: the tag 'tag:yaml.org,2002:python/object:os.system' is not known here"],
    "users: [{<<: 5, userPrincipalName: a@b}]": ["1: users[0].<<: 5 is not a mapping, which << needs"],
    "users: [{'<<': {}, userPrincipalName: a@b}]":
        [f"1: users[0].<<: unknown key; known are {', '.join(USER.by_name)}"],
    "tenant: \x01": ["1: is not YAML: control characters are not allowed"],
    "\n\ntenant: a\x00": ["3: is not YAML: control characters are not allowed"],
    'tenant: "\\ud83d"': ["1: is not YAML: found invalid Unicode character escape code"],
    "tenant: \ud83d": ["is not YAML: surrogates not allowed"],
    "[" * 100_000: ["1: is nested more than 100 levels deep"],
    '{"a":' * 100_000: ["1: is nested more than 100 levels deep"],
    "\n".join(" " * depth + "a:" for depth in range(3_000)): ["101: is nested more than 100 levels deep"],
    "? " * 5_000: ["1: is nested more than 100 levels deep"],
    "- " * 5_000: ["1: is nested more than 100 levels deep"],
}  # fmt: skip

JSON = {
    "": ["a.json: is empty"],
    "\n ": ["a.json: is empty"],
    '{\n"users": [],\n5}': ["a.json:3: is not JSON: Expecting property name enclosed in double quotes"],
    "users: []": ["a.json:1: is not JSON: Expecting value"],
    '{"users": []}{}': ["a.json:1: is not JSON: Extra data"],
    '{"rules": {"pageSize": NaN}}': ["a.json: is not JSON: NaN is not a number there"],
    "[]": ["a.json:1: a list is not a mapping with keys such as tenant and connectors"],
    '{"users": [],\n "users": []}': ["a.json:2: users: is here twice, first in line 1"],
    '{"connectors": [\n{"machineName": "a"},\n{"machineName": "b", "version": "1.1.1.1",\n"machineName": "c"}]}':
        ["a.json:4: connectors[1].machineName: is here twice, first in line 3"],
    '{"a": {"b": 1},\n"a": {"b": 1}}': [f"a.json:1: a: {UNKNOWN}", "a.json:2: a: is here twice, first in line 1"],
    '{"users": [\n\n{"userPrincipalName": "a, \\"b\\": [{"}, 5]}':
        ["a.json:3: users[1]: 5 is not a mapping",
         f"a.json:3: users[0].userPrincipalName: 'a, \"b\": [{{' is not {PRINCIPAL_NAME.wanted}"],
    '{"groups": [{"displayName": "A", "members": [\n"a@b",\n"c@d"]}], "users": [{"userPrincipalName": "a@b"}]}':
        ["a.json:3: groups[0].members[1]: there is no user 'c@d'"],
    '{"users": [{"userPrincipalName": "\\ud83d@b"}]}':
        ["a.json:1: users[0].userPrincipalName: '\\ud83d@b' is not text"],
    "[" * 100_000: ["a.json: is nested too deeply"],
    '{"rules": {"pageSize": ' + "9" * 5_000 + "}}": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "problems"), YAML.items(), ids=range(len(YAML)))
def test_a_text_that_is_not_a_document_is_refused(problems_of, text, problems):
    assert problems == problems_of(text)


@pytest.mark.parametrize(("text", "problems"), JSON.items(), ids=range(len(JSON)))
def test_a_json_file_that_is_not_a_document_is_refused(problems_of, tmp_path, monkeypatch, text, problems):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    found = problems_of(file.relative_to(tmp_path))

    assert problems in (None, found)
    assert found


@pytest.mark.parametrize("text", [BOMB, MERGE_BOMB], ids=["lists", "merges"])
def test_aliases_that_unfold_without_end_are_refused(problems_of, text):
    (problem,) = problems_of(text)

    assert problem.endswith("the aliases unfold into more than 1,000,000 values")


def test_a_few_hundred_aliases_are_fine(loaded):
    rows = "".join(f"- {{<<: *one, machineName: m{at}}}\n" for at in range(500))
    tenant = loaded(f"connectors:\n- &one {{machineName: one, version: 1.2.3.4, stopped: true}}\n{rows}")

    assert 501 == len(tenant.all("connector"))


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "Off", "y", "12:30", "1:30:00", "2024-01-01", "010", "0x1F", "1_000", "1e5", ".5", ".inf",
     "=", "<", "0o17", "9" * 19, "-", "+1 555"],
)  # fmt: skip
def test_words_that_only_old_yaml_takes_for_something_else_are_text(loaded, text):
    tenant = loaded(f"connectorGroups: [{{name: {text}}}]\nconnectors: [{{machineName: a, memberOf: {text}}}]")

    assert [each["name"] for each in tenant.all("connectorGroup").values()] == ["Default", text]


def test_a_tag_that_says_text_is_fine(loaded):
    assert loaded("connectors: [{machineName: !!str 5}]").all("connector")


def test_a_byte_order_mark_is_not_in_the_way(loaded):
    text = "connectors: [{machineName: a}]"

    assert contents(loaded(text)) == contents(loaded(text.encode("utf-8-sig")))


def test_a_text_in_braces_may_be_yaml(loaded):
    assert loaded("{connectors: [{machineName: a}]}").all("connector")


def test_a_long_json_text_is_not_read_as_yaml(loaded, monkeypatch):
    import yaml

    monkeypatch.setattr(yaml, "parse", lambda *_, **__: pytest.fail("YAML was asked"))

    assert loaded(json.dumps({"connectors": [{"machineName": "a"}]})).all("connector")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"tenant:\n  displayName: Fran\xe7ois\n", ":2: is not UTF-8 text"),
        ("tenant: {}".encode("utf-16"), ":1: is not UTF-8 text"),
        (b"", ": is empty"),
    ],
)
def test_a_file_in_another_encoding_is_refused(problems_of, tmp_path, content, problem):
    file = tmp_path / "a.yaml"
    file.write_bytes(content)

    assert [f"{file}{problem}"] == problems_of(file)


def test_a_missing_file_and_a_directory_are_refused(problems_of, tmp_path):
    missing = tmp_path / "none.yaml"

    assert [f"{missing}: there is no such file"] == problems_of(missing)
    assert [f"{tmp_path}: is a directory, not a file"] == problems_of(tmp_path)


def test_a_name_that_no_file_can_have_is_refused(problems_of, tmp_path):
    (problem,) = problems_of(tmp_path / "a\0b")

    assert "cannot be read: embedded null byte" in problem


def test_the_lines_of_json_are_those_of_the_text(loaded):
    document = {"connectors": [{"machineName": f"m{at}", "version": "1.2.3.4"} for at in range(50)]}
    document["connectors"][30]["version"] = "x"
    text = json.dumps(document, indent=2)
    with pytest.raises(FixtureError) as caught:
        loaded(text)

    assert '"x"' in text.splitlines()[caught.value.problems[0].line - 1]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=4),
)


@settings(deadline=None)
@given(_ANYTHING)
def test_whatever_a_document_is_it_is_a_tenant_or_refused(loaded, document):
    with suppress(FixtureError):
        assert loaded({"users": [], "connectors": document} if isinstance(document, list) else {"tenant": document})


@settings(deadline=None)
@given(st.text(st.sampled_from("ab: -[]{}&*!#|>'\"?,<%@\n\t0")))
def test_whatever_a_text_is_it_is_a_tenant_or_refused(loaded, text):
    with suppress(FixtureError):
        assert loaded(text)
