"""`--state FILE` as a user meets it: what is acknowledged is there after `kill -9`, and what is refused, and how."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from random import Random

import httpx
import pytest
from e2e.conftest import LONGEST, serving, started
from e2e.stories import http_client
from e2e.test_command_line import mockserver
from e2e.writers import G, Writer, truth_at, written_until
from storage.restarts import told
from tenants import links_of, pointing

from mockserver.storage import read

WRITERS = 4


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state.db"


def killed_again_and_again(file, kills, seed):
    """How many writes were acknowledged in all; after each kill, every one of them is there."""
    random = Random(seed)
    writers = [Writer(number, Random(f"{seed} {number}")) for number in range(WRITERS)]
    acknowledged, kept, doubts = 0, 0, 0
    for kill in range(kills + 1):
        with serving("--no-tls", "--state", str(file)) as running:
            truth, ids = truth_at(running.http)
            for each in writers:
                doubts += each.doubt is not None
                each.compare(truth, ids)
            assert truth.keys() == {name for each in writers for name in each.sure}
            if kill < kills:
                wanted = random.randint(1, 60)
                written_until(running.http, writers, wanted, running.process.kill)
                running.process.wait(LONGEST)
                acknowledged += wanted
                kept += held(file)
    given = Counter(key for each in writers for key in each.seen)

    assert [key for key, times in given.items() if times > 1] == []
    assert doubts > kills  # else nothing would have been under way when it was killed
    assert kept

    return acknowledged


def held(file):
    """How many sandboxes the file of a killed process has, all of them sound; a look at it changes nothing."""
    files = {each: each.read_bytes() for each in file.parent.iterdir()}
    found = read(file)
    assert files == {each: each.read_bytes() for each in file.parent.iterdir()}
    for each in found.values():
        assert links_of(each.present.tenant) == pointing(each.present.tenant)
    return len(found)


def test_what_was_acknowledged_survives_two_kills(file):
    assert killed_again_and_again(file, 2, seed=5) > 20


@pytest.mark.heavy
def test_what_was_acknowledged_survives_a_hundred_kills_at_random_moments(file):
    assert killed_again_and_again(file, 100, seed=100) > 2_000


class TestFile:
    def test_a_stopped_mock_leaves_one_file_and_goes_on_where_it_was(self, file):
        with serving("--no-tls", "--state", str(file), "--tenant", "recommended") as running:
            with http_client(running.http) as client:
                client.post(G, json={"name": "Paris"})
                before = client.get(f"{G}?$expand=members,applications").json()["value"]
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(LONGEST) == 0
        assert list(file.parent.iterdir()) == [file]

        with serving("--no-tls", "--state", str(file)) as running, http_client(running.http) as client:
            assert before == client.get(f"{G}?$expand=members,applications").json()["value"]
            assert client.post("/_mock/reset").status_code == 204
            names = [each["name"] for each in client.get(G).json()["value"]]

        assert "Paris" not in names
        assert len(names) == len(before) - 1

    def test_what_is_there_wins_over_the_options_and_that_is_said(self, file):
        first = ("--tenant", "recommended", "--behaviour", "strict", "--clock", "frozen", "--seed", "7")
        said = []
        for options in (first, ("--tenant", "nowhere.yaml")):
            with started("--port", "0", "--no-tls", "--state", str(file), *options) as process:
                said.append(process.stdout.readline())
                assert process.stdout.readline().startswith("Ready: ")
        common = f"state={file}, "

        for each in said:
            assert "tenant=recommended, " in each
            assert "behaviour=strict, clock=frozen, seed=7, " in each
            assert common in each
        assert [each.count("the state file was there already") for each in said] == [0, 1]

    def test_a_second_process_is_refused_in_a_sentence(self, file):
        with serving("--no-tls", "--state", str(file)):
            done = mockserver("serve", "--port", "0", "--no-tls", "--state", str(file))

        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"mockserver: {file} is in use by another process.\n"

    @pytest.mark.heavy
    def test_the_state_of_a_mock_that_runs_not_is_exported(self, file):
        with serving("--no-tls", "--state", str(file), "--clock", "frozen") as running:
            with http_client(running.http) as client:
                client.post("/_mock/sandboxes", json={"name": "a"})
                client.post(f"/sandboxes/a{G}", json={"name": "Paris"})
                expected = [client.get(f"{prefix}/_mock/tenant").json() for prefix in ("", "/sandboxes/a")]
            running.process.kill()
            running.process.wait(LONGEST)
        more = ([], ["--sandbox", "a"], ["--sandbox", "b"])
        done = [mockserver("state", "export", "--json", "--file", str(file), *each) for each in more]

        assert [json.loads(each.stdout) for each in done[:2]] == expected
        assert (done[2].returncode, done[2].stderr) == (2, f"mockserver: {file} has no sandbox 'b', but default, a.\n")

    def test_everything_that_was_set_is_still_set(self, file):
        paths = ("/faults", "/snapshots", "/clock", "/tenant", "/sandboxes")
        with serving("--port", "0", "--no-tls", "--state", str(file)) as running:
            with http_client(f"{running.http}/_mock") as client:
                client.post("/faults", json={"status": 503, "times": 2, "match": {"method": "DELETE"}})
                assert httpx.delete(f"{running.http}{G}/x", trust_env=False).status_code == 503
                client.put("/throttle", json={"requests": 1, "per": "PT1M"})
                client.patch("/clock", json={"now": "2031-05-06T07:08:09Z", "mode": "frozen"})
                client.post("/snapshots", json={"name": "then"})
                before = [without_ports(client.get(path).text, running.http) for path in paths]
            running.process.kill()
            running.process.wait(LONGEST)
        before_kill = told(read(file)["default"].saved["then"])
        with serving("--no-tls", "--state", str(file)) as running:
            with http_client(f"{running.http}/_mock") as client:
                assert before == [without_ports(client.get(path).text, running.http) for path in paths]
            answers = [httpx.get(f"{running.http}{G}", trust_env=False).status_code for _ in range(2)]

        assert answers == [200, 429]
        assert before_kill == told(read(file)["default"].saved["then"])


def without_ports(text, root):
    return text.replace(root, "")


def old(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 0")
        connection.execute("PRAGMA application_id = 0x4D6F636B")
        connection.execute("CREATE TABLE t (a)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_text("tenant: {}"), "is no state file of mockserver: it is no SQLite database."),
        (lambda file: file.touch(), "is empty, so it is no state file of mockserver; without it, a new one is made."),
        (lambda file: file.mkdir(), "is no file."),
        (old, "has version 0 of its format, which this mockserver cannot read; it writes 1."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(file, spoil, said):
    spoil(file)
    done = mockserver("serve", "--port", "0", "--no-tls", "--state", str(file))

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"mockserver: {file} {said}\n")
