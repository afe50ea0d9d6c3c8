"""Values that do not change."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenants import application, group

from mockserver.core.entity import Entity, Record, freeze

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)

CHANGES = {
    "set": lambda record: operator.setitem(record, "name", "Paris"),
    "delete": lambda record: operator.delitem(record, "name"),
    "update": lambda record: record.update(name="Paris"),
    "setdefault": lambda record: record.setdefault("other", 1),
    "pop": lambda record: record.pop("name"),
    "popitem": lambda record: record.popitem(),
    "clear": lambda record: record.clear(),
    "or": lambda record: operator.ior(record, {"name": "Paris"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("record", [Record(name="Lyon"), group("lyon", name="Lyon")], ids=["record", "entity"])
def test_a_value_of_a_tenant_refuses_to_be_changed(record, change):
    before = dict(record)
    with pytest.raises(TypeError, match="does not change"):
        change(record)

    assert before == dict(record)


@given(JSON)
def test_a_frozen_value_reads_as_the_value_did(value):
    def thawed(kept):
        if isinstance(kept, dict):
            return {name: thawed(each) for name, each in kept.items()}
        return [thawed(each) for each in kept] if isinstance(kept, tuple) else kept

    assert value == thawed(freeze(value))


@given(JSON)
def test_nothing_in_a_frozen_value_can_be_changed(value):
    def parts(kept):
        yield kept
        for each in kept.values() if isinstance(kept, dict) else kept if isinstance(kept, tuple) else ():
            yield from parts(each)

    for part in parts(freeze(value)):
        assert isinstance(part, Record | tuple | str | int | None)


def test_freezing_does_not_touch_what_it_was_given():
    values = {"tags": ["a"], "web": {"redirectUris": ["b"]}}
    freeze(values)

    assert {"tags": ["a"], "web": {"redirectUris": ["b"]}} == values


def test_a_record_is_frozen_already():
    record = freeze({"a": [1]})

    assert record is freeze(record)


def test_a_record_equals_a_dict_of_the_same_values():
    assert {"a": (1,)} == freeze({"a": [1]})


def test_the_next_version_has_the_changes_and_the_earlier_one_has_not():
    before = group("lyon", name="Lyon")
    after = before.with_({"name": "Paris"})

    assert ("Lyon", "Paris", "eur") == (before["name"], after["name"], after["region"])


def test_the_next_version_is_of_the_same_type():
    before = application("wiki")

    assert before.type is before.with_({"displayName": "Wiki"}).type


def test_the_next_version_has_not_been_rendered():
    before = group("lyon")
    before.rendered = b"{}"

    assert before.with_({}).rendered is None


def test_an_entity_takes_no_attributes_beside_its_own():
    with pytest.raises(AttributeError):
        Entity(group("lyon").type, {}).colour = "blue"
