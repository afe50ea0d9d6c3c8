"""The command `mockserver` as a user runs it: what it prints, what it refuses and how, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from e2e.conftest import LONGEST, serving, started
from e2e.stories import http_client

from mockserver.identity.certificate import local_certificate

READY = re.compile(r"Ready: http://127\.0\.0\.1:\d+ https://localhost:\d+")
MODULE = [sys.executable, "-m", "mockserver"]
FREE = ["--port", "0", "--https-port", "0"]

BROKEN = """\
tenant: {displayName: Contoso, defaultDomain: contoso.onmicrosoft.com, region: moon}
connectorGroups:
  - {name: Default, isDefault: true}
  - {name: Paris, colour: blue}
connectors:
  - {machineName: m, memberOf: Nowhere}
"""
PROBLEMS = ["broken.yaml:1: tenant.region: ", "broken.yaml:4: connectorGroups[1].colour: ",
            "broken.yaml:6: connectors[0].memberOf: "]  # fmt: skip


def mockserver(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    others = {name for name in os.environ if name.startswith("MOCKSERVER_")} - {"MOCKSERVER_DATA"}
    environment = {name: value for name, value in os.environ.items() if name not in others}
    return subprocess.run(
        [*MODULE, *arguments], capture_output=True, text=True, timeout=30, env=environment | variables, check=False
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


class TestServe:
    def test_it_says_what_it_is_set_to_and_then_where_it_is_ready(self):
        with started(*FREE, "--tenant", "recommended", "--behaviour", "strict") as process:
            said = [process.stdout.readline().rstrip() for _ in range(2)]
            process.terminate()
            rest = process.communicate(timeout=LONGEST)

        assert said[0].startswith("mockserver: tenant=recommended, auth=lenient, ")
        assert ", behaviour=strict, " in said[0]
        assert READY.fullmatch(said[1])
        assert rest == ("", "")

    def test_it_writes_its_addresses_to_a_file(self, tmp_path):
        file = tmp_path / "ports"
        with serving("--port-file", str(file)) as running:
            assert file.read_text(encoding="utf-8") == f"{running.http} {running.https}\n"

    def test_it_serves_without_tls(self):
        with serving("--no-tls") as running, http_client(running.http) as client:
            settings = client.get("/_mock/settings").json()

        assert running.https == ""
        assert (settings["https_port"], settings["caCertificate"]) == (None, None)
        assert settings["addresses"] == {"http": running.http, "https": None, "proxy": None}

    def test_it_tells_the_addresses_that_are_really_served(self, tmp_path):
        with (
            serving("--proxy-port", "0", MOCKSERVER_DATA=str(tmp_path)) as running,
            http_client(running.http) as client,
        ):
            settings = client.get("/_mock/settings").json()
        proxy = settings["addresses"].pop("proxy")

        assert settings["addresses"] == {"http": running.http, "https": running.https}
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d+", proxy)
        assert settings["caCertificate"] == str(tmp_path / "certificate" / "ca.pem")

    def test_it_serves_with_a_certificate_of_ones_own(self, tmp_path):
        own = local_certificate(tmp_path / "own")
        files = ("--certificate", str(own.chain), "--key", str(own.key))
        with serving(*files, MOCKSERVER_DATA=str(tmp_path / "kept")) as running, http_client(running.http) as client:
            settings = client.get("/_mock/settings").json()
            trusting = ssl.create_default_context(cafile=str(own.ca))
            answer = httpx.get(f"{running.https}/_mock/health", verify=trusting, trust_env=False)

        assert answer.status_code == 200
        assert settings["caCertificate"] == str(own.chain)
        assert not (tmp_path / "kept" / "certificate").exists()

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_it_writes_a_line_for_each_request_to_standard_error(self, form):
        with (
            serving("--log-level", "info", MOCKSERVER_LOG_FORMAT=form) as running,
            http_client(running.http) as client,
        ):
            answer = client.get("/beta/applications/nope")
            client.get("/_mock/health")
            running.process.terminate()
            rest = running.process.communicate(timeout=LONGEST)
        (line,) = rest[1].splitlines()

        assert rest[0] == ""
        assert answer.headers["request-id"] in line
        assert "Request_ResourceNotFound" in line
        assert form == "text" or json.loads(line)["status"] == 404

    @pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
    def test_who_watches_it_in_a_terminal_sees_requests_without_asking(self):
        watcher, terminal = os.openpty()
        command = [*MODULE, "serve", *FREE]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, text=True) as process:
            os.close(terminal)
            said = process.stdout.readline(), process.stdout.readline()
            with http_client(said[1].split()[1]) as client:
                client.get("/beta/applications")
            seen = os.read(watcher, 1_000).decode()
            process.terminate()
        os.close(watcher)

        assert said[0].endswith(", log_level=info\n")
        assert " INFO default GET /beta/applications 200 " in seen

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_it_with_exit_code_zero_and_without_a_word(self, number):
        with serving() as running, http_client(running.http) as client:
            client.get("/_mock/health")
            running.process.send_signal(number)
            rest = running.process.communicate(timeout=LONGEST)

            assert (running.process.returncode, rest) == (0, ("", ""))

    def test_a_signal_wakes_it_whichever_thread_it_meets(self):
        """A signal goes to any thread; where the loop's own sleeps on, nothing ends before the next request."""
        program = (
            "import signal, threading, urllib.request\n"
            "from mockserver.server import Listeners, run\n"
            "def app(environ, start_response):\n"
            "    start_response('200 OK', [])\n"
            "    return [b'said']\n"
            "def meet(at):\n"
            "    urllib.request.urlopen(at.http).read()\n"
            "    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)\n"
            "run(Listeners(), app, lambda at: threading.Thread(target=meet, args=(at,), daemon=True).start())\n"
        )
        done = subprocess.run([sys.executable, "-c", program], timeout=LONGEST, check=False)

        assert done.returncode == 0

    @pytest.mark.parametrize("option", ["--port", "--https-port"])
    def test_a_taken_port_is_one_sentence(self, taken, option):
        free = {"--port", "--https-port"} - {option}
        done = mockserver("serve", option, str(taken), *free, "0")

        assert (done.returncode, done.stderr) == (
            2,
            f"mockserver: Port {taken} on 127.0.0.1 is taken by another program.\n",
        )

    def test_a_broken_fixture_lists_its_problems_and_serves_nothing(self, broken):
        done = mockserver("serve", "--port", "0", "--https-port", "0", "--tenant", str(broken))

        assert (done.returncode, done.stdout) == (2, "")
        assert [problem for problem in PROBLEMS if problem not in done.stderr] == []
        assert "Traceback" not in done.stderr

    def test_a_folder_of_fixtures_makes_a_sandbox_of_each(self, tmp_path):
        for name in ("default", "recommended"):
            (tmp_path / f"{name}.yaml").write_text(
                mockserver("fixture", "show", "recommended").stdout, encoding="utf-8"
            )
        with serving(MOCKSERVER_INIT=str(tmp_path)) as running, http_client(running.http) as client:
            ready = client.get("/_mock/ready").json()
            of_default = client.get("/_mock/tenant").json()["tenant"]["displayName"]
            of_other = client.get("/sandboxes/recommended/_mock/tenant").json()["tenant"]["displayName"]

        assert ready["sandboxes"] == ["default", "recommended"]
        assert of_default == of_other == "Northwind Traders"

    def test_a_folder_with_a_broken_fixture_lists_its_problems_and_serves_nothing(self, broken):
        (broken.parent / "fine.yaml").write_text("{}", encoding="utf-8")
        done = mockserver("serve", *FREE, "--init", str(broken.parent))

        assert (done.returncode, done.stdout) == (2, "")
        assert [problem for problem in PROBLEMS if problem not in done.stderr] == []

    def test_a_bad_option_is_named(self):
        done = mockserver("serve", "--nonsense")

        assert done.returncode == 2
        assert "--nonsense" in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_port_file_that_cannot_be_written_is_named(self):
        done = mockserver("serve", *FREE, "--port-file", "/nowhere/ports")

        assert done.returncode == 2
        assert "/nowhere/ports" in done.stderr
        assert "Traceback" not in done.stderr


class TestStatus:
    def test_it_says_what_runs_and_with_what(self, served):
        done = mockserver("status", "--port", served.http.rpartition(":")[2])

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"running: {served.http} version ")
        assert f"tenant contoso, behaviour observed, 1 sandbox, https at {served.https}, " in done.stdout
        assert "proxy" not in done.stdout

    def test_it_says_where_the_proxy_is_and_what_to_trust(self, tmp_path):
        with (
            serving("--proxy-port", "0", MOCKSERVER_DATA=str(tmp_path)) as running,
            http_client(running.http) as client,
        ):
            proxy = client.get("/_mock/settings").json()["addresses"]["proxy"]
            done = mockserver("status", "--port", running.http.rpartition(":")[2])

        ca = tmp_path / "certificate" / "ca.pem"
        assert done.stdout.endswith(f", proxy at {proxy}, certificate authority {ca}\n")

    def test_it_takes_the_port_from_the_variable(self, served):
        assert mockserver("status", MOCKSERVER_PORT=served.http.rpartition(":")[2]).returncode == 0

    def test_where_nothing_runs_it_says_so(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
        done = mockserver("status", "--port", str(port))

        assert (done.returncode, done.stdout) == (1, "")
        assert f"no mock answers at http://127.0.0.1:{port}" in done.stderr

    def test_a_mock_that_asks_for_a_token_runs_too(self):
        with serving("--control-token", "s3cret") as running:
            to = ("status", "--port", running.http.rpartition(":")[2])
            without, with_it = mockserver(*to), mockserver(*to, "--control-token", "s3cret")

        assert [(each.returncode, each.stderr) for each in (without, with_it)] == [(0, ""), (0, "")]
        assert without.stdout.endswith(", control API behind a token\n")
        assert "tenant contoso" in with_it.stdout

    @pytest.mark.parametrize("body", [b"<html>hello</html>", b"[]", b"{}"])
    def test_another_program_is_no_mock(self, body):
        class Other(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nothing."""

        with HTTPServer(("127.0.0.1", 0), Other) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            done = mockserver("status", "--port", str(server.server_port))
            server.shutdown()

        assert done.returncode == 1
        assert "no mock answers" in done.stderr
        assert "Traceback" not in done.stderr


class TestFixture:
    def test_check_finds_nothing_wrong_with_what_is_ready_made(self):
        folder = Path(__file__).parents[2] / "fixtures"
        files = sorted(map(str, folder.glob("*.yaml")))
        done = mockserver("fixture", "check", *files)

        assert (done.returncode, done.stdout) == (0, "".join(f"{file}: ok\n" for file in files))

    def test_check_names_every_problem_with_its_line_and_key(self, broken):
        done = mockserver("fixture", "check", str(broken))

        assert done.returncode == 1
        assert [problem for problem in PROBLEMS if problem not in done.stdout] == []
        assert len(done.stdout.splitlines()) == len(PROBLEMS)

    def test_check_goes_on_behind_a_broken_file(self, broken, tmp_path):
        fine = tmp_path / "fine.json"
        fine.write_text("{}", encoding="utf-8")
        done = mockserver("fixture", "check", str(broken), str(fine), str(tmp_path / "nowhere.yaml"))

        assert done.returncode == 1
        assert f"{fine}: ok" in done.stdout
        assert "nowhere.yaml" in done.stdout

    def test_list_names_them_all_with_a_sentence(self):
        done = mockserver("fixture", "list")
        names = [path.stem for path in (Path(__file__).parents[2] / "fixtures").glob("*.yaml")]

        assert [line.split()[0] for line in done.stdout.splitlines()] == sorted(names)
        assert all(len(line.split()) > 4 for line in done.stdout.splitlines())

    def test_what_show_prints_can_be_checked_and_served(self, tmp_path):
        file = tmp_path / "mine.yaml"
        file.write_text(mockserver("fixture", "show", "recommended").stdout, encoding="utf-8")
        checked = mockserver("fixture", "check", str(file))
        with serving("--tenant", str(file)) as running, http_client(running.http) as client:
            document = client.get("/_mock/tenant").json()

        assert (checked.returncode, checked.stdout) == (0, f"{file}: ok\n")
        assert document["tenant"]["displayName"] == "Northwind Traders"

    def test_show_knows_only_what_is_there(self):
        done = mockserver("fixture", "show", "nowhere")

        assert (done.returncode, done.stdout) == (2, "")
        assert "'nowhere'" in done.stderr

    @pytest.mark.parametrize("form", [["--json"], []])
    def test_invent_gives_the_same_bytes_for_the_same_seed(self, tmp_path, form):
        size = ["--connectors", "5", "--groups", "3", "--applications", "4", *form]
        one, same, other = (mockserver("fixture", "invent", *size, "--seed", seed).stdout for seed in "778")
        file = tmp_path / "invented.yaml"
        file.write_text(one, encoding="utf-8")

        assert one == same
        assert one != other
        assert mockserver("fixture", "check", str(file)).returncode == 0

    @pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
    @pytest.mark.parametrize("form", [["--json"], []])
    def test_invent_shows_a_bar_on_a_terminal_and_nowhere_else(self, form):
        command = [*MODULE, "fixture", "invent", "--connectors", "1200", *form]
        watcher, terminal = os.openpty()
        seen = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, check=True).stdout
        os.close(terminal)
        bar = os.read(watcher, 10_000).decode()
        os.close(watcher)
        unseen = subprocess.run(command, capture_output=True, check=True)

        assert "Inventing" in bar
        assert "100%" in bar
        assert (unseen.stdout, unseen.stderr) == (seen, b"")

    def test_invent_makes_as_many_as_it_is_told(self):
        done = mockserver("fixture", "invent", "--connectors", "5", "--groups", "3", "--applications", "4", "--json")
        document = json.loads(done.stdout)

        assert [len(document[name]) for name in ("connectors", "connectorGroups", "applications")] == [5, 3, 4]


class TestCertificate:
    def test_path_names_the_file_that_show_prints(self, tmp_path):
        path = mockserver("cert", "path", MOCKSERVER_DATA=str(tmp_path)).stdout.rstrip("\n")
        shown = mockserver("cert", "show", MOCKSERVER_DATA=str(tmp_path)).stdout

        assert Path(path) == tmp_path / "certificate" / "ca.pem"
        assert Path(path).read_text(encoding="ascii") == shown
        assert shown.startswith("-----BEGIN CERTIFICATE-----\n")

    def test_a_folder_that_cannot_be_used_is_one_sentence(self, tmp_path):
        (tmp_path / "certificate").write_text("in the way", encoding="ascii")
        done = mockserver("cert", "path", MOCKSERVER_DATA=str(tmp_path))

        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("mockserver: The https certificate cannot be kept in ")


class TestImports:
    @pytest.mark.parametrize("module", ["mockserver", "mockserver.cli", "mockserver.web.app", "mockserver.serve"])
    def test_importing_it_imports_no_faker(self, module):
        assert not {"faker", "trustme", "cryptography"} & self.imported(f"import {module}")

    def test_serving_imports_neither_faker_nor_cryptography_once_a_certificate_exists(self, tmp_path):
        mockserver("cert", "path", MOCKSERVER_DATA=str(tmp_path))
        program = (
            "import mockserver.serve, mockserver.cli\n"
            "mockserver.serve.run = lambda listeners, app, on_ready: listeners.close()\n"
            "mockserver.cli.cli(['serve', '--port', '0', '--https-port', '0'], standalone_mode=False)\n"
        )

        assert not {"faker", "trustme", "cryptography"} & self.imported(program, MOCKSERVER_DATA=str(tmp_path))

    def test_help_imports_no_web_server(self):
        program = "import mockserver.cli\nmockserver.cli.cli(['--help'], standalone_mode=False)\n"

        assert not {"flask", "granian", "yaml"} & self.imported(program)

    def imported(self, program, **variables):
        ending = "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
        command = [sys.executable, "-c", program + ending]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=30, env=os.environ | variables, check=True
        )
        return set(done.stderr.split())


def test_the_module_is_the_command():
    by_module = mockserver("--version")
    by_name = subprocess.run(
        [Path(sys.executable).with_name("mockserver"), "--version"], capture_output=True, text=True, check=True
    )

    assert (by_module.returncode, by_module.stdout) == (0, by_name.stdout)
