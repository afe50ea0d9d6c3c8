"""The state file: who may read it, who may use it, which versions of it, and what is refused untouched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from zlib import crc32

import pytest
from storage.restarts import Kept, not_again, told, told_of
from tenants import NOW, application, connector, create_group, group, move, tenant

from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.sandbox import Clock, Journal, State, scheduled
from mockserver.seed.document import load
from mockserver.storage import StateFileError, opened, read, schema
from mockserver.storage import file as file_of
from mockserver.storage.bodies import written
from mockserver.world import DEFAULT, World

EVERYTHING = Path(__file__).parents[1] / "seed" / "everything.yaml"
OF_VERSION_1 = Path(__file__).with_name("version_1.sql")
PLACES = tenant(group("paris"), group("lyon"), *(connector(f"c{n}") for n in range(30)), application("a", "paris"))


def everything():
    return load(EVERYTHING, behaviour=Behaviour(QUIRKS, "observed"), now=NOW)


def open_again(path):
    return opened(path, DEFAULT, not_again, tenant="", journal=Journal())


def refusal(path):
    """The sentence with which the file is refused; every byte of it and of its log is what it was."""
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(StateFileError) as caught:
        open_again(path)
    assert before == {each: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(StateFileError):
        read(path)
    assert before == {each: each.read_bytes() for each in path.parent.iterdir()}

    sentence = str(caught.value)
    assert sentence.startswith((str(path), f"Cannot use {path}"))
    assert sentence.endswith(".")
    assert "\n" not in sentence

    return sentence


def done(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for each in statements:
            connection.execute(each)


@pytest.fixture
def left(kept, tmp_path):
    """A state file that was closed, with three layers in it."""
    at = kept(PLACES)
    at.sandbox.dispatch(move("c1", "paris"), move("c2", "paris"))
    at.world.fork("a", at.sandbox.state).dispatch(create_group(""))
    at.close()
    folder = tmp_path / "left"
    folder.mkdir()
    return Path(shutil.copy(at.path, folder))


@pytest.fixture
def killed(kept, tmp_path):
    """A state file as a killed process leaves it, and all there ever was in it."""
    at = kept(PLACES)
    history = [told_of(at.world)]
    for number in range(8):
        at.sandbox.dispatch(create_group(""), move(f"c{number}", "paris"))
        history.append(told_of(at.world))
    return at.killed(tmp_path / "killed"), history


class TestNew:
    def test_it_is_for_its_owner_alone_with_all_that_lies_beside_it(self, kept):
        at = kept()
        at.sandbox.dispatch(create_group(""))

        assert len(at.files()) == 2
        assert [stat.S_IMODE(each.stat().st_mode) for each in at.files()] == [0o600, 0o600]

    def test_it_lies_alone_once_it_is_closed(self, kept):
        at = kept()
        at.sandbox.dispatch(create_group(""))
        at.close()

        assert at.files() == [at.path]

    def test_it_says_what_it_is(self, kept):
        at = kept()
        at.close()
        with closing(sqlite3.connect(at.path)) as connection:
            said = [connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("application_id", "user_version")]

        assert said == [0x4D6F636B, 1]

    def test_a_new_one_is_new_once(self, kept):
        at = kept()
        assert (at.storage.is_new, at.storage.tenant) == (True, "made")
        at.restart()
        assert (at.storage.is_new, at.storage.tenant) == (False, "made")

    def test_where_its_tenant_cannot_be_loaded_there_is_none(self, tmp_path):
        with pytest.raises(AssertionError):
            open_again(tmp_path / "state.db")

        assert list(tmp_path.iterdir()) == []

    def test_where_it_cannot_be_written_whole_there_is_none(self, tmp_path, monkeypatch):
        monkeypatch.setattr("mockserver.storage.file.os.link", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(StateFileError, match="full"):
            Kept(tmp_path / "state.db")

        assert list(tmp_path.iterdir()) == []

    def test_of_two_that_make_it_at_once_one_is_second(self, tmp_path):
        path = tmp_path / "state.db"

        def first():
            Kept(path, PLACES).close()
            return scheduled(State(tenant(), Clock(frozen=NOW)))

        storage = opened(path, DEFAULT, first, tenant="", journal=Journal())

        assert "c1" in storage.held()[DEFAULT][0].first.tenant.all("connector")
        storage.close()


class TestLock:
    def test_it_is_used_by_one_only(self, kept):
        at = kept()
        with pytest.raises(StateFileError, match=r"state\.db is in use by another process\.$"):
            open_again(at.path)
        with pytest.raises(StateFileError, match="in use"):
            read(at.path)
        at.sandbox.dispatch(create_group("paris"))
        at.restart()

        assert "paris" in at.sandbox.tenant.all("connectorGroup")

    def test_another_process_is_refused_too(self, kept):
        at = kept()
        code = f"from pathlib import Path; from mockserver.storage import read; read(Path({str(at.path)!r}))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

        assert "is in use by another process." in done.stderr

    def test_whoever_looked_before_another_came_and_went_is_refused(self, left, monkeypatch):
        """Else it would go on with what it saw then."""
        look = file_of._looked_through

        def late(*known):
            found = look(*known)
            monkeypatch.undo()
            open_again(left).close()
            return found

        monkeypatch.setattr(file_of, "_looked_through", late)
        with pytest.raises(StateFileError, match="in use"):
            open_again(left)

    def test_reading_it_leaves_it_as_it_was(self, killed):
        path, history = killed
        before = {each: each.read_bytes() for each in path.parent.iterdir()}

        assert told(read(path)[DEFAULT].present) == history[-1][DEFAULT]["present"]
        assert before == {each: each.read_bytes() for each in path.parent.iterdir()}


class TestNoStateFile:
    def test_of_another_program(self, tmp_path):
        path = tmp_path / "state.db"
        done(path, "CREATE TABLE t (a)")

        assert "a SQLite database of something else" in refusal(path)

    @pytest.mark.parametrize("content", [b"tenant: {displayName: Contoso}\n", b"SQLite format 3\0", bytes(8192), b"x"])
    def test_of_another_kind(self, tmp_path, content):
        path = tmp_path / "state.db"
        path.write_bytes(content)

        assert "is no state file of mockserver" in refusal(path)

    def test_that_is_empty(self, tmp_path):
        path = tmp_path / "state.db"
        path.touch()

        assert "is empty" in refusal(path)

    def test_but_a_folder(self, tmp_path):
        (tmp_path / "state.db").mkdir()
        with pytest.raises(StateFileError, match=r"state\.db is no file\.$"):
            open_again(tmp_path / "state.db")

    def test_where_there_is_no_folder_for_it(self, tmp_path):
        with pytest.raises(StateFileError, match="No such file or directory"):
            Kept(tmp_path / "nowhere" / "state.db")

    def test_where_there_is_none_to_read(self, tmp_path):
        with pytest.raises(StateFileError, match="There is no state file"):
            read(tmp_path / "state.db")

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
    def test_that_may_not_be_read(self, left):
        left.chmod(0)
        with pytest.raises(StateFileError, match="Cannot use"):
            open_again(left)


class TestVersions:
    def test_of_a_newer_one_is_refused(self, left):
        done(left, "PRAGMA user_version = 2")

        assert "has version 2 of its format, which a newer mockserver wrote; this one knows up to 1." in refusal(left)

    def test_an_older_one_that_no_step_leads_from_is_refused(self, left):
        done(left, "PRAGMA user_version = 0")

        assert "has version 0 of its format, which this mockserver cannot read; it writes 1." in refusal(left)

    def test_an_older_one_is_taken_to_the_present_one_step_by_step(self, left, monkeypatch):
        """As it will be: two versions to come, each of which calls a group by another name."""
        monkeypatch.setattr(schema, "VERSION", 3)
        monkeypatch.setattr(schema, "MIGRATIONS", {1: renaming("made", "two"), 2: renaming("two", "three")})
        storage = open_again(left)
        storage.close()

        assert storage.tenant == "three"
        with closing(sqlite3.connect(left)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (3,)
            assert connection.execute("SELECT value FROM meta WHERE name = 'tenant'").fetchone() == ("three",)

    def test_an_older_one_that_cannot_be_taken_there_is_refused(self, left, monkeypatch):
        monkeypatch.setattr(schema, "VERSION", 2)
        monkeypatch.setattr(
            schema, "MIGRATIONS", {1: lambda connection: connection.execute("UPDATE part SET body = '{}'")}
        )

        assert "is damaged (a checksum is wrong) and is left as it is." in refusal(left)

    def test_every_version_so_far_is_still_read(self, tmp_path):
        """A property that is new in the model needs a step in `schema.MIGRATIONS`, and this is how you are told."""
        path = tmp_path / "state.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(OF_VERSION_1.read_text(encoding="utf-8"))
            schema.mark(connection, 1)
        storage = open_again(path)
        world = World(storage.held()[DEFAULT][0].first, store=storage)
        there = {name: len(rows) for name, rows in world.sandbox(DEFAULT).state.tenant.entities.items()}
        storage.close()

        assert there == {name: len(rows) for name, rows in everything().entities.items()}
        assert [each.name for each in world] == [DEFAULT, "fork"]


def renaming(old, new):
    return lambda connection: connection.execute("UPDATE meta SET value = ? WHERE value = ?", (new, old))


class TestDamage:
    @pytest.mark.parametrize("part", [0.99, 0.5, 0.1])
    def test_a_file_that_is_cut_off_is_refused(self, left, part):
        content = left.read_bytes()
        left.write_bytes(content[: int(len(content) * part)])

        assert refusal(left)

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM layer WHERE id = 1",
            "DELETE FROM part WHERE name = 'time'",
            "DELETE FROM state WHERE role = 'present'",
            "DELETE FROM state WHERE role = 'first'",
            "DELETE FROM sandbox WHERE name = 'default'",
            "DELETE FROM meta",
            "UPDATE state SET role = 'other' WHERE role = 'first'",
            "UPDATE entity SET place = 'other'",
            "UPDATE entity SET place = 'kept', layer = 2 WHERE id = 'c7' AND layer = 1",
            "UPDATE entity SET body = '{}'",
            "UPDATE entity SET type = 'other' WHERE id = 'c1'",
            "UPDATE entity SET id = 'other' WHERE id = 'c1'",
            "UPDATE layer SET below = 3 WHERE id = 2",
            "UPDATE part SET body = replace(body, '2031', '2032')",
            "UPDATE part SET name = 'other' WHERE name = 'time'",
            "DROP TABLE pointing",
            "CREATE TABLE other (a)",
        ],
    )
    def test_what_nobody_wrote_is_refused(self, left, statement):
        done(left, statement)

        assert "is damaged (" in refusal(left)

    @pytest.mark.parametrize(
        ("body", "problem"),
        [
            ('{"id": "paris"}', "does not fit the model"),
            ("[]", "there is no such"),
            ("{", "is no JSON"),
            ('{"id": "lyon"}', "there is no such"),
            ('{"colour": 1', "is no JSON"),
        ],
    )
    def test_what_does_not_fit_the_model_is_refused(self, left, body, problem):
        with closing(sqlite3.connect(left, isolation_level=None)) as connection:
            connection.execute("UPDATE entity SET body = ?, crc = ? WHERE id = 'paris'", (body, crc32(body.encode())))

        assert problem in refusal(left)

    @pytest.mark.parametrize(
        ("name", "value"), [("name", 5), ("isDefault", "yes"), ("colour", "blue"), ("region", ["eur"])]
    )
    def test_a_value_that_is_none_of_its_property_is_refused(self, left, name, value):
        row = dict(PLACES.get("connectorGroup", "paris")) | {name: value}
        with closing(sqlite3.connect(left, isolation_level=None)) as connection:
            connection.execute("UPDATE entity SET body = ?, crc = ? WHERE id = 'paris'", written(row))

        assert f"({name} of connectorGroup 'paris' does not fit the model)" in refusal(left)

    def test_a_byte_that_is_another_is_refused_or_means_nothing(self, left):
        """Nothing is ever read that was not written, wherever the damage is."""
        storage = open_again(left)
        expected = told_of(World(storage.held()[DEFAULT][0].first, store=storage))
        storage.close()
        content, random, refused = left.read_bytes(), Random(1), 0
        for _ in range(150):
            at = random.randrange(len(content))
            left.write_bytes(content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :])
            try:
                found = read(left)
            except StateFileError:
                refused += 1
            else:
                assert expected == {
                    name: {"present": told(each.present), "first": told(each.first)} for name, each in found.items()
                }

        assert refused > 20

    def test_what_a_killed_process_left_is_whole(self, killed):
        path, history = killed
        storage = open_again(path)
        world = World(storage.held()[DEFAULT][0].first, store=storage)

        assert told_of(world) == history[-1]
        storage.close()

    def test_of_a_log_with_a_hole_nothing_is_passed_over(self, killed):
        """SQLite alone would go on with what was before the hole, and lose what was acknowledged after it."""
        path, history = killed
        log = path.with_name("state.db-wal")
        content, random, refused = log.read_bytes(), Random(1), 0
        for _ in range(200):
            at = random.randrange(len(content))
            log.write_bytes(content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :])
            try:
                found = told(read(path)[DEFAULT].present)
            except StateFileError:
                refused += 1
            else:  # only the last commit can be taken for one that was being written
                assert found in [each[DEFAULT]["present"] for each in history[-2:]]

        assert refused > 100
        assert "its log has" in refusal_of_a_hole(path, content)

    def test_a_log_that_ends_early_ends_with_a_whole_command(self, killed):
        """Which is what a process leaves that is killed while it writes."""
        path, history = killed
        log = path.with_name("state.db-wal")
        content = log.read_bytes()
        present, found = [each[DEFAULT]["present"] for each in history], []
        for length in range(len(content), 32, -1999):
            log.write_bytes(content[:length])
            found.append(present.index(told(read(path)[DEFAULT].present)))

        assert found == sorted(found, reverse=True)
        assert len(set(found)) > 5


def refusal_of_a_hole(path, content):
    path.with_name("state.db-wal").write_bytes(content[:5000] + b"hole" + content[5004:])

    return refusal(path)
