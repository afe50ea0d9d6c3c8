"""The immutable table against a plain dict, which keeps order as the table promises to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core.table import Table

RUNS = st.lists(st.tuples(st.sampled_from(["put", "drop"]), st.integers(0, 200), st.integers(1, 120)), max_size=12)
"""Runs of neighbouring keys that are put or dropped: long enough to outgrow what a table keeps beside its base."""


def versions(runs):
    """Every version of a table that the runs make, each beside the dict that the same runs make."""
    table, model = Table({str(key): 0 for key in range(50)}), {str(key): 0 for key in range(50)}
    yield table, model
    for step, (kind, first, count) in enumerate(runs, 1):
        model = dict(model)
        for key in map(str, range(first, first + count)):
            if kind == "put":
                table, model[key] = table.put(key, step), step
            elif key in model:
                table = table.drop(key)
                del model[key]
        yield table, model


@given(RUNS)
def test_a_table_holds_what_a_dict_would_hold(runs):
    for table, model in versions(runs):
        assert model == dict(table)


@given(RUNS)
def test_a_table_keeps_the_order_a_dict_would_keep(runs):
    for table, model in versions(runs):
        assert list(model.items()) == list(zip(table, table.values(), strict=True))


@given(RUNS)
def test_a_table_is_as_long_as_the_dict(runs):
    for table, model in versions(runs):
        assert len(model) == len(table)


@given(RUNS, st.integers(0, 350).map(str))
def test_a_table_finds_what_a_dict_would_find(runs, key):
    for table, model in versions(runs):
        assert (model.get(key), key in model) == (table.get(key), key in table)


@given(RUNS)
def test_later_writes_leave_every_earlier_table_as_it_was(runs):
    made = list(versions(runs))

    assert [list(model.items()) for _, model in made] == [list(table.items()) for table, _ in made]


@given(RUNS)
def test_what_is_kept_beside_the_base_stays_small(runs):
    for table, _ in versions(runs):
        assert len(table._changes) + len(table._added) <= 64 + len(table._base) ** 0.5


def test_once_enough_was_written_all_is_merged_into_a_new_base():
    table = Table()
    bases = [table._base]
    for key in range(65):
        table = table.put(str(key), key)
        bases.append(table._base)

    assert [64] == [at for at, (before, after) in enumerate(pairwise(bases)) if before is not after]
    assert [str(key) for key in range(65)] == list(table._base)


def test_a_written_table_shares_the_base_of_the_table_it_was_made_from():
    table = Table({"a": 1, "b": 2})

    assert table._base is table.put("c", 3).put("a", 4).drop("b")._base


def test_a_new_value_stands_in_the_old_place():
    table = Table({"a": 1, "b": 2}).put("c", 3).put("a", 10).put("c", 30)

    assert [("a", 10), ("b", 2), ("c", 30)] == list(table.items())


def test_what_was_dropped_and_comes_back_stands_at_the_end():
    table = Table({"a": 1, "b": 2}).drop("a").put("a", 3)

    assert [("b", 2), ("a", 3)] == list(table.items())


def test_the_mapping_a_table_was_made_from_may_change_afterwards():
    rows = {"a": 1}
    table = Table(rows)
    rows["b"] = 2

    assert {"a": 1} == dict(table)


@pytest.mark.parametrize(
    "table",
    [Table(), Table({"b": 1}), Table({"a": 1}).drop("a"), Table().put("a", 1).drop("a")],
    ids=["empty", "without it", "dropped from the base", "dropped from what was added"],
)
class TestAbsentKey:
    def test_get_gives_the_default(self, table):
        assert (None, 7) == (table.get("a"), table.get("a", 7))

    def test_it_is_not_contained(self, table):
        assert "a" not in table

    def test_to_read_it_raises_key_error(self, table):
        with pytest.raises(KeyError, match="a"):
            table["a"]

    def test_to_drop_it_raises_key_error(self, table):
        with pytest.raises(KeyError, match="a"):
            table.drop("a")


def test_a_value_that_is_false_is_there_all_the_same():
    table = Table({"a": 0}).put("b", "")

    assert (True, True, [0, ""]) == ("a" in table, "b" in table, list(table.values()))


def test_tables_of_the_same_rows_are_equal_however_they_were_made():
    assert Table({"a": 1, "b": 2}) == Table({"x": 0, "b": 2}).put("a", 1).drop("x")


def done_to(before, difference):
    """What the difference makes of the pairs of a table."""
    made = dict(before)
    for key in difference.gone:
        del made[key]
    assert difference.changed.keys() <= made.keys()
    made |= difference.changed
    for key, value in difference.came.items():
        made.pop(key, None)
        made[key] = value
    return list(made.items())


@given(RUNS)
def test_the_difference_of_any_two_tables_makes_the_one_of_the_other(runs):
    tables = [table for table, _ in versions(runs)]
    for before in tables:
        for after in tables:
            assert list(after.items()) == done_to(before, after.since(before))


@given(RUNS)
def test_the_difference_holds_only_what_is_different(runs):
    for (before, old), (after, new) in pairwise(versions(runs)):
        gone, changed, came = after.since(before)

        assert set(gone) == old.keys() - new.keys()
        assert changed == {key: new[key] for key in changed if old[key] != new[key]}
        assert came.keys() >= new.keys() - old.keys()


def test_a_table_that_shares_nothing_differs_by_its_values_alone():
    before, after = Table({"a": 1, "b": 2, "c": 3}), Table({"a": 1, "b": 5, "d": 4})

    assert after.since(before) == (["c"], {"b": 5}, {"d": 4})


def test_what_comes_back_in_another_order_comes_anew_from_where_the_orders_part():
    before, after = Table({"a": 1, "b": 2, "c": 3}), Table({"a": 1, "c": 3, "b": 2})

    assert after.since(before) == ([], {}, {"c": 3, "b": 2})


def test_one_write_into_a_large_table_is_found_without_a_look_at_the_rest():
    class Unlooked:
        def __eq__(self, other):
            assert other == 7, "it was compared, and nobody has written it"
            return False

        __hash__ = None

    before = Table({str(key): Unlooked() for key in range(1000)})

    assert before.put("7", 7).drop("9").put("new", 8).since(before) == (["9"], {"7": 7}, {"new": 8})
