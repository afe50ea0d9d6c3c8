"""`mockserver env` and `mockserver exec` as a user runs them: unmodified programs log in and ask the Graph."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from e2e.conftest import Served, serving
from e2e.stories import http_client

from mockserver.environment import WAYS
from mockserver.identity.bundle import CA_VARIABLES

MODULE = [sys.executable, "-m", "mockserver"]
LONGEST = 60
PROFILE = "/onPremisesPublishingProfiles/applicationProxy"

ASKING = f"""\
import os
import requests
from azure.identity import DefaultAzureCredential

own = {{"disable_instance_discovery": True}} if "AZURE_AUTHORITY_HOST" in os.environ else {{}}
with DefaultAzureCredential(**own) as credential:
    token = credential.get_token("https://graph.microsoft.com/.default").token
address = os.environ["MSGRAPH_BASE_URL"] + "{PROFILE}/connectorGroups"
answer = requests.get(address, headers={{"Authorization": "Bearer " + token}})
print(answer.json()["@odata.context"].partition("/beta")[0], answer.json()["value"][1]["name"])
"""
"""As a program is written for Azure; only way A wants an option of it (clients.md 1.1)."""

STOCK = """\
import asyncio
from azure.identity import ClientSecretCredential
from msgraph_beta import GraphServiceClient

async def main():
    client, secret = "22222222-2222-4222-8222-222222222222", "mock-secret"
    credential = ClientSecretCredential("contoso.onmicrosoft.com", client, secret)
    graph = GraphServiceClient(credential, scopes=["https://graph.microsoft.com/.default"])
    profile = graph.on_premises_publishing_profiles.by_on_premises_publishing_profile_id("applicationProxy")
    print([group.name for group in (await profile.connector_groups.get()).value][:2])

asyncio.run(main())
"""
"""As Microsoft's documentation has it, with nothing about a mock in it."""

TRAPPING = """\
import signal, sys, time
got = []
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1):
    signal.signal(number, lambda number, _: got.append(signal.Signals(number).name))
print("ready", flush=True)
while not got:
    signal.pause()
print(*got, flush=True)
sys.stdin.readline()
print(len(got), flush=True)
sys.exit(7)
"""


def environment(**variables: str) -> dict[str, str]:
    """This process's own, without what would tell the command or its programs where to go."""
    leading = ("MOCKSERVER_", "AZURE_", "IDENTITY_", "MSGRAPH_")
    left = {name for name in os.environ if name.startswith(leading)} - {"MOCKSERVER_DATA"}
    kept = {name: value for name, value in os.environ.items() if name not in left}
    return {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")} | variables


def mockserver(*arguments: str, text: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MODULE, *arguments], input=text, capture_output=True, text=True, timeout=LONGEST,
                          env=environment(**variables), check=False)  # fmt: skip


def executed(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """By `exec`, where no mock runs."""
    return mockserver("exec", "--port", str(free_port()), "--", *command, **variables)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as other:
        return int(other.getsockname()[1])


def port_of(address: str) -> str:
    return str(urlsplit(address).port)


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    """A mock with all three ways in."""
    with serving("--proxy-port", "0", "--tenant", "recommended") as served:
        yield served


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "script.py"
    file.write_text(ASKING, encoding="utf-8")
    return file


class TestExec:
    @pytest.mark.parametrize(
        ("way", "root"),
        [
            ("proxy", "https://graph.microsoft.com"),
            pytest.param("endpoints", "https://localhost:", marks=pytest.mark.heavy),
            pytest.param("managed-identity", "http://127.0.0.1:", marks=pytest.mark.heavy),
        ],
    )
    def test_a_program_logs_in_and_asks_the_graph(self, script: Path, way: str, root: str) -> None:
        done = mockserver("exec", "--way", way, "--port", str(free_port()), "--", sys.executable, str(script))

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(root)
        assert done.stdout.endswith(" Paris Headquarters\n")

    @pytest.mark.heavy
    def test_what_the_documentation_shows_works_as_it_stands(self, tmp_path: Path) -> None:
        file = tmp_path / "stock.py"
        file.write_text(STOCK, encoding="utf-8")
        done = executed(sys.executable, "-W", "ignore", str(file))

        assert (done.returncode, done.stdout) == (0, "['Default', 'Paris Headquarters']\n"), done.stderr

    @pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
    def test_curl_reaches_the_hosts_of_the_service_and_no_others(self) -> None:
        there = executed("curl", "--silent", "--show-error", f"https://dod-graph.microsoft.us/beta{PROFILE}")
        elsewhere = executed("curl", "--silent", "--show-error", "https://www.example.com/")

        assert json.loads(there.stdout)["id"] == "applicationProxy"
        assert elsewhere.returncode == 56
        assert "403" in elsewhere.stderr

    def test_a_mock_that_runs_is_used_and_goes_on(self, running: Served, script: Path) -> None:
        done = mockserver("exec", "--port", port_of(running.http), "--", sys.executable, str(script))
        with http_client(running.http) as client:
            serves = client.get("/_mock/health").status_code

        assert (done.stdout.split()[1:], serves) == (["DC-A"], 200), done.stderr

    def test_a_mock_that_runs_without_a_proxy_is_told_what_it_lacks(self, served: Served) -> None:
        done = mockserver("exec", "--port", port_of(served.http), "--", "true")

        assert (done.returncode, done.stderr) == (
            2,
            "mockserver: The mock has no proxy: start it with --proxy-port 0.\n",
        )

    def test_a_mock_that_was_started_is_stopped(self) -> None:
        done = executed(sys.executable, "-c", "import os; print(os.environ['HTTPS_PROXY'])")
        address = urlsplit(done.stdout.strip())

        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((str(address.hostname), int(address.port or 0)))

    def test_nothing_of_it_stays(self, tmp_path: Path) -> None:
        for name in ("kept", "passing"):
            (tmp_path / name).mkdir()
        where = {"MOCKSERVER_DATA": str(tmp_path / "kept"), "TMPDIR": str(tmp_path / "passing")}
        done = executed(sys.executable, "-c", "import os; print(os.environ['SSL_CERT_FILE'])", **where)

        assert done.stdout.startswith(str(tmp_path / "passing"))
        assert list((tmp_path / "passing").iterdir()) == []
        assert list((tmp_path / "kept").rglob("bundle*")) == []

    def test_variables_describe_the_mock_that_is_started(self, script: Path) -> None:
        done = executed(sys.executable, str(script), MOCKSERVER_TENANT="recommended", MOCKSERVER_AUTH="strict",
                        MOCKSERVER_CONTROL_TOKEN="s3cret", MOCKSERVER_HTTPS_PORT="1")  # fmt: skip

        assert done.stdout == "https://graph.microsoft.com DC-A\n", done.stderr

    @pytest.mark.parametrize(
        ("variables", "named"),
        [
            ({"MOCKSERVER_TENANT": "nowhere"}, "nowhere"),
            ({"MOCKSERVER_NO_TLS": "1"}, "--no-tls"),
            ({"MOCKSERVER_BEHAVIOUR": "nonsense"}, "nonsense"),
            ({"MOCKSERVER_CLOCK": "nonsense"}, "MOCKSERVER_CLOCK"),
            ({"MOCKSERVER_NONSENSE": "1"}, "MOCKSERVER_NONSENSE"),
        ],
    )
    def test_a_mock_that_cannot_start_is_a_sentence_and_the_program_does_not_run(
        self, variables: dict[str, str], named: str
    ) -> None:
        done = executed("echo", "it ran", **variables)

        assert (done.returncode, done.stdout) == (2, "")
        assert named in done.stderr
        assert "Traceback" not in done.stderr

    def test_input_output_and_exit_code_are_the_programs(self, running: Served) -> None:
        program = (
            "import sys; print(sys.stdin.read().upper(), sys.argv[1:]); print('bad', file=sys.stderr); sys.exit(42)"
        )
        to = ("--port", port_of(running.http))
        done = mockserver("exec", *to, "--", sys.executable, "-c", program, "--way", "-h", "a b", text="said")

        assert (done.returncode, done.stdout, done.stderr) == (42, "SAID ['--way', '-h', 'a b']\n", "bad\n")

    def test_options_end_where_the_command_begins(self, running: Served) -> None:
        done = mockserver("exec", "--port", port_of(running.http), "echo", "--way", "nonsense")

        assert (done.returncode, done.stdout) == (0, "--way nonsense\n")

    def test_a_program_that_a_signal_ended_has_the_exit_code_that_shells_give_it(self, running: Served) -> None:
        done = mockserver("exec", "--port", port_of(running.http), "--", "sh", "-c", "kill -TERM $$")

        assert done.returncode == 128 + signal.SIGTERM

    @pytest.mark.parametrize(
        ("command", "code", "said"),
        [
            ("no-such-command", 127, "There is no command 'no-such-command'."),
            ("./no-such-file", 127, "There is no command './no-such-file'."),
            (__file__, 126, f"Cannot run {__file__!r}: Permission denied."),
        ],
    )
    def test_what_cannot_be_run_is_a_sentence(self, running: Served, command: str, code: int, said: str) -> None:
        done = mockserver("exec", "--port", port_of(running.http), "--", command)

        assert (done.returncode, done.stdout, done.stderr) == (code, "", f"mockserver: {said}\n")

    def test_without_a_command_it_says_how_to_use_it(self) -> None:
        done = mockserver("exec")

        assert done.returncode == 2
        assert "COMMAND" in done.stderr


@pytest.mark.heavy
class TestSignals:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1])
    def test_they_reach_the_program_which_decides(self, number: signal.Signals) -> None:
        command = [*MODULE, "exec", "--port", str(free_port()), "--", sys.executable, "-c", TRAPPING]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, text=True, env=environment(), start_new_session=True, **pipes) as process:
            assert process.stdout.readline() == "ready\n"
            process.send_signal(number)
            first = process.stdout.readline()
            rest = process.communicate("go\n", timeout=LONGEST)

        assert (first, process.returncode, rest) == (f"{number.name}\n", 7, ("1\n", ""))

    def test_a_program_that_does_not_catch_them_ends_by_them(self) -> None:
        program = "import signal; print('ready', flush=True); signal.pause()"
        command = [*MODULE, "exec", "--port", str(free_port()), "--", sys.executable, "-c", program]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, text=True, env=environment(), **pipes) as process:
            assert process.stdout.readline() == "ready\n"
            process.terminate()
            rest = process.communicate(timeout=LONGEST)

        assert (process.returncode, rest) == (128 + signal.SIGTERM, ("", ""))

    def test_a_key_of_the_terminal_reaches_the_program_once(self) -> None:
        """The terminal tells all that run in its foreground, the program and the command that started it."""
        command = [*MODULE, "exec", "--port", str(free_port()), "--", sys.executable, "-c", TRAPPING]
        child, terminal = pytest.importorskip("pty").fork()
        if child == 0:
            os.execve(sys.executable, command, environment())
        said = read_until(terminal, b"ready")
        os.write(terminal, b"\x03")
        said += read_until(terminal, b"SIGINT")
        os.write(terminal, b"go\n")
        said += read_until(terminal, b"1\r\n")
        _, status = os.waitpid(child, 0)
        os.close(terminal)

        assert os.waitstatus_to_exitcode(status) == 7
        assert said.count(b"SIGINT") == 1

    def test_what_is_ignored_stays_ignored(self) -> None:
        """As under nohup."""
        program = "import signal; print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
        command = [*MODULE, "exec", "--port", str(free_port()), "--", sys.executable, "-c", program]
        shell = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command]
        done = subprocess.run(shell, capture_output=True, text=True, env=environment(), timeout=LONGEST, check=False)

        assert (done.returncode, done.stdout) == (0, "True\n")


def read_until(terminal: int, words: bytes) -> bytes:
    said = b""
    while words not in said:
        assert select.select([terminal], [], [], LONGEST)[0], said
        said += os.read(terminal, 1024)
    return said


@pytest.mark.heavy
class TestEnv:
    @pytest.mark.parametrize("way", WAYS)
    def test_a_shell_that_evaluates_it_runs_programs_that_log_in(self, running: Served, script: Path, way: str) -> None:
        env = f"{sys.executable} -m mockserver env --way {way} --port {port_of(running.http)}"
        done = in_shell(f'eval "$({env})" && {sys.executable} {script}')

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith(" DC-A\n")

    def test_ways_can_follow_each_other(self, running: Served, script: Path) -> None:
        env = f"{sys.executable} -m mockserver env --port {port_of(running.http)}"
        lines = [
            f'eval "$({env} --way {way})"; {sys.executable} {script}'
            for way in ("proxy", "managed-identity", "endpoints")
        ]
        done = in_shell("\n".join(lines))

        roots = [line.split()[0].partition(":")[0] for line in done.stdout.splitlines()]
        assert (roots, done.stderr) == (["https", "http", "https"], "")

    def test_servers_that_were_trusted_before_still_are(self, running: Served, tmp_path: Path) -> None:
        ca = trustme.CA()
        ca.cert_pem.write_to_path(str(tmp_path / "other.pem"))
        env = f"{sys.executable} -m mockserver env --port {port_of(running.http)}"
        asking = "import requests, sys; print([requests.get(each).status_code for each in sys.argv[1:]])"
        with other_server(ca) as address:
            done = in_shell(
                f'eval "$({env})"; {sys.executable} -c "$ASKING" {address} $MSGRAPH_BASE_URL/',
                ASKING=asking,
                MOCKSERVER_DATA=str(tmp_path),
                **dict.fromkeys(CA_VARIABLES, str(tmp_path / "other.pem")),
            )

        assert (done.stdout, done.stderr) == ("[200, 200]\n", "")
        assert len(list((tmp_path / "certificate").glob("bundle-*.pem"))) == 1

    @pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
    def test_node_trusts_the_mock(self, running: Served) -> None:
        env = f"{sys.executable} -m mockserver env --port {port_of(running.http)}"
        program = 'fetch(process.env.MSGRAPH_BASE_URL + "/").then(answer => console.log(answer.status))'
        done = in_shell(f"eval \"$({env})\"; node -e '{program}'")

        assert (done.stdout, done.stderr) == ("200\n", "")

    def test_json_is_for_programs(self, running: Served) -> None:
        done = mockserver("env", "--shell", "json", "--port", port_of(running.http))

        assert json.loads(done.stdout)["AZURE_AUTHORITY_HOST"] == running.https

    def test_where_nothing_runs_it_says_so_on_standard_error(self) -> None:
        port = free_port()
        done = mockserver("env", "--port", str(port))

        assert (done.returncode, done.stdout) == (1, "")
        assert f"no mock answers at http://127.0.0.1:{port}" in done.stderr
        assert done.stderr.count("\n") == 1

    def test_another_program_is_no_mock(self) -> None:
        with other_server() as address:
            done = mockserver("env", "--port", port_of(address))

        assert (done.returncode, done.stdout) == (1, "")
        assert "something else answers there" in done.stderr

    def test_a_way_that_the_mock_does_not_offer_is_refused(self, served: Served) -> None:
        done = mockserver("env", "--way", "proxy", "--port", port_of(served.http))

        assert (done.returncode, done.stdout) == (2, "")
        assert "--proxy-port" in done.stderr

    def test_a_mock_behind_a_token_answers_who_has_it(self) -> None:
        with serving("--control-token", "s3cret") as guarded:
            to = ("env", "--port", port_of(guarded.http))
            without, with_it = mockserver(*to), mockserver(*to, "--control-token", "s3cret")

        assert (without.returncode, without.stdout) == (2, "")
        assert "--control-token" in without.stderr
        assert (with_it.returncode, with_it.stderr) == (0, "")

    def test_a_proxy_of_the_environment_is_not_asked_for_the_mock(self, running: Served) -> None:
        elsewhere = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), f"http://127.0.0.1:{free_port()}")
        done = mockserver("env", "--port", port_of(running.http), **elsewhere)

        assert (done.returncode, done.stderr) == (0, "")

    def test_certificates_are_those_of_a_certificate_of_ones_own(self, tmp_path: Path) -> None:
        leaf = trustme.CA().issue_cert("localhost")
        leaf.private_key_and_cert_chain_pem.write_to_path(str(file := tmp_path / "own.pem"))
        own = ("--certificate", str(file), "--key", str(file))
        with serving(*own) as served:
            done = mockserver("env", "--shell", "json", "--port", port_of(served.http), MOCKSERVER_DATA=str(tmp_path))
        bundle = Path(json.loads(done.stdout)["SSL_CERT_FILE"]).read_text()

        assert leaf.cert_chain_pems[0].bytes().decode().splitlines()[1] in bundle


def in_shell(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=LONGEST,
                          env=environment(**variables), check=False)  # fmt: skip


class _Other(BaseHTTPRequestHandler):
    """A server that is no mock."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Nothing."""


class other_server:  # noqa: N801 (used as a word in a sentence)
    """One on a free port, with https where it is given an authority."""

    def __init__(self, ca: trustme.CA | None = None) -> None:
        self._server = HTTPServer(("127.0.0.1", 0), _Other)
        self._scheme = "http"
        if ca is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            ca.issue_cert("localhost").configure_cert(context)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return f"{self._scheme}://localhost:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
