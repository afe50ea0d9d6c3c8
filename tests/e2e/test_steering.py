"""`mockserver state` and `mockserver snapshot` against a running mock, as a user types them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mockserver import MockServer
from mockserver.cli import cli
from mockserver.seed import catalogue

TOKEN = "s3cret"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def mock() -> Iterator[MockServer]:
    with MockServer("recommended", control_token=TOKEN, clock="frozen", https_port=None) as running:
        yield running


@pytest.fixture
def run(mock: MockServer) -> Iterator[Run]:
    """A command on a sandbox of its own, which is the fixture's alone."""
    with mock.fork() as graph:
        where = ["--port", mock.url.rpartition(":")[2], "--sandbox", graph.name, "--control-token", TOKEN]
        yield lambda *words, **how: CliRunner().invoke(cli, [*words, *where], **how)


def document(run: Run) -> dict:
    return json.loads(run("state", "export", "--json").stdout)


def load(run: Run, name: str) -> None:
    assert run("state", "import", str(catalogue.path(name))).exit_code == 0


class TestState:
    @pytest.mark.parametrize(("form", "name"), [([], "exported.yaml"), (["--json"], "exported.json")])
    def test_what_is_exported_can_be_imported(self, run, tmp_path, form, name):
        before = document(run)
        file = tmp_path / name
        file.write_text(run("state", "export", *form).stdout, encoding="utf-8")
        load(run, "contoso")
        imported = run("state", "import", str(file))

        assert (imported.exit_code, imported.output) == (0, "")
        assert document(run) == before

    def test_an_import_takes_the_place_of_everything(self, run):
        load(run, "default-only")

        assert len(document(run)["connectorGroups"]) == 1

    def test_a_file_with_problems_imports_nothing_and_says_where_they_are(self, run, tmp_path):
        before = document(run)
        file = tmp_path / "broken.yaml"
        file.write_text("connectorGroups:\n  - {name: Default, isDefault: true}\nbogus: 1\n", encoding="utf-8")
        refused = run("state", "import", str(file))

        assert refused.exit_code == 2
        assert f"{file}:3: bogus" in refused.output
        assert document(run) == before

    def test_a_file_that_is_not_there_is_named(self, run, tmp_path):
        refused = run("state", "import", str(tmp_path / "none.yaml"))

        assert (refused.exit_code, "none.yaml" in refused.output) == (2, True)

    def test_a_reset_brings_the_first_state_back(self, run):
        before = document(run)
        load(run, "contoso")
        run("state", "reset")

        assert document(run) == before


class TestSnapshots:
    def test_what_was_saved_is_loaded_again(self, run):
        before = document(run)
        run("snapshot", "save", "before")
        load(run, "contoso")
        loaded = run("snapshot", "load", "before")

        assert (loaded.exit_code, loaded.output) == (0, "")
        assert document(run) == before

    def test_they_are_listed_with_their_time(self, run):
        for name in ("one", "two"):
            run("snapshot", "save", name)
        lines = run("snapshot", "list").stdout.splitlines()

        assert [line.split()[0] for line in lines] == ["one", "two"]
        assert all(line.endswith("Z") for line in lines)

    def test_one_is_deleted(self, run):
        run("snapshot", "save", "one")
        run("snapshot", "delete", "one")

        assert run("snapshot", "list").stdout == ""

    @pytest.mark.parametrize("command", ["load", "delete"])
    def test_one_that_is_not_there_is_refused_in_a_sentence(self, run, command):
        refused = run("snapshot", command, "none")

        assert refused.exit_code == 1
        assert refused.output == "Error: This sandbox has no snapshot named 'none'.\n"

    @pytest.mark.parametrize("name", ["a b", "é", "a/b"])
    def test_what_is_no_name_is_refused(self, run, name):
        assert run("snapshot", "save", name).exit_code == 1


class TestWhere:
    def test_without_the_token_nothing_is_told(self, mock):
        refused = CliRunner().invoke(cli, ["state", "export", "--port", mock.url.rpartition(":")[2]])

        assert (refused.exit_code, "asks for its token" in refused.output) == (1, True)

    def test_the_options_have_variables(self, mock):
        variables = {"MOCKSERVER_PORT": mock.url.rpartition(":")[2], "MOCKSERVER_CONTROL_TOKEN": TOKEN}

        assert CliRunner(env=variables).invoke(cli, ["snapshot", "list"]).exit_code == 0

    def test_an_unknown_sandbox_is_refused(self, mock):
        where = ["--port", mock.url.rpartition(":")[2], "--control-token", TOKEN, "--sandbox", "nope"]
        refused = CliRunner().invoke(cli, ["state", "export", *where])

        assert (refused.exit_code, refused.output) == (1, "Error: There is no sandbox named 'nope'.\n")

    def test_where_nobody_answers_it_says_so(self, tmp_path: Path):
        import socket

        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
        refused = CliRunner().invoke(cli, ["state", "reset", "--port", str(port)])

        assert (refused.exit_code, f"no mock answers at http://127.0.0.1:{port}" in refused.output) == (2, True)
