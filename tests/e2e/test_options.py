"""The options of `mockserver serve`: where their values come from, and what is said of bad ones.

The command runs in this process, as far as the point where it would listen.
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from mockserver.cli import cli

FREE = ["--port", "0", "--https-port", "0"]
FILE = 'behaviour = "strict"\nexternal-url = "https://mock.example"\n'


@pytest.fixture
def serve(monkeypatch):
    """The command up to its first request, with these arguments and variables."""
    monkeypatch.setattr("mockserver.serve.run", lambda listeners, app, on_ready: listeners.close())

    def run(*arguments, **variables):
        return CliRunner().invoke(cli, ["serve", *arguments], env=variables, prog_name="mockserver")

    return run


def refused(done):
    """What is said on standard error, where the command ended as it should."""
    assert (done.exit_code, done.stdout) == (2, "")
    assert isinstance(done.exception, SystemExit)

    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--nonsense"], "--nonsense"),
        (["--port", "x"], "--port"),
        (["--https-port", "65536"], "--https-port"),
        (["--auth", "nonsense"], "--auth"),
        (["--clock", "nonsense"], "--clock"),
        (["--log-level", "nonsense"], "--log-level"),
        (["--log-format", "nonsense"], "--log-format"),
        (["--seed", "x"], "--seed"),
        (["--behaviour", "nonsense"], "behaviour"),
        (["--behaviour", "observed,Q99=1"], "Q99"),
        (["--behaviour", "observed,Q1=5"], "Q1"),
        (["--tenant", "nowhere"], "nowhere"),
        (["--init", "nowhere"], "nowhere: cannot be read"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--host", "192.0.2.1", *FREE], "192.0.2.1"),
        (["--proxy-port", "x"], "--proxy-port"),
        (["--proxy-port", "0", "--no-tls"], "--proxy-port needs https, which --no-tls leaves out."),
        (["--certificate", "a.pem", "--key", "b.pem", "--no-tls"], "--certificate needs https"),
        (["--certificate", "nowhere.pem"], "--certificate and --key go together."),
        (["--key", "nowhere.pem"], "--certificate and --key go together."),
        (["--certificate", "nowhere.pem", "--key", "b.pem"], "Cannot read nowhere.pem: "),
    ],
)
def test_a_bad_option_is_named(serve, arguments, named):
    assert named in refused(serve(*arguments))


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"MOCKSERVER_NONSENSE": "1"}, "MOCKSERVER_NONSENSE"),
        ({"MOCKSERVER_PORTS": "1"}, "MOCKSERVER_PORTS"),
        ({"MOCKSERVER_PORT": "x"}, "MOCKSERVER_PORT"),
        ({"MOCKSERVER_BEHAVIOUR": "nonsense"}, "behaviour"),
    ],
)
def test_a_bad_variable_is_named(serve, variables, named):
    assert named in refused(serve(**variables))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nonsense = 1", "nonsense"),
        ('port = "x"', "port"),
        ("port = [1]", "port"),
        ("port = {a = 1}", "port"),
        ("port = 70000", "port"),
        ("no-tls = 5", "no-tls"),
        ("port = ", "mock.toml"),
        ("[serve]\nport = 0", "serve"),
        ('auth = "nonsense"', "auth"),
        ("tenant = 5", "tenant"),
    ],
)
def test_a_bad_file_of_options_is_named(serve, tmp_path, text, named):
    file = tmp_path / "mock.toml"
    file.write_text(text, encoding="utf-8")

    assert named in refused(serve("--config", str(file)))


@pytest.mark.parametrize(
    ("arguments", "variables", "expected"),
    [
        ([], {}, "behaviour=observed, "),
        (["--config", "FILE"], {}, "behaviour=strict, "),
        ([], {"MOCKSERVER_CONFIG": "FILE"}, "behaviour=strict, "),
        ([], {}, ", log_format=text, log_level=warning\n"),
        (["--log-level", "debug"], {"MOCKSERVER_LOG_FORMAT": "json"}, ", log_format=json, log_level=debug\n"),
        (["--config", "FILE"], {}, "external_url=https://mock.example, "),
        (["--config", "FILE"], {"MOCKSERVER_BEHAVIOUR": "documented"}, "behaviour=documented, "),
        (["--config", "FILE", "--behaviour", "observed,Q1=201"], {"MOCKSERVER_BEHAVIOUR": "strict"},
         "behaviour=observed,Q1=201, "),
    ],
)  # fmt: skip
def test_a_flag_beats_a_variable_beats_a_file(serve, tmp_path, arguments, variables, expected):
    file = tmp_path / "mock.toml"
    file.write_text(FILE, encoding="utf-8")
    place = {"FILE": str(file)}
    done = serve(*FREE, *(place.get(each, each) for each in arguments),
                 **{name: place.get(value, value) for name, value in variables.items()})  # fmt: skip

    assert done.exit_code == 0
    assert expected in done.stdout


def test_the_variable_of_every_option_is_shown_in_the_help(serve):
    shown = serve("--help").stdout
    options = {each.opts[0] for each in cli.commands["serve"].params} - {"--help"}

    assert [name for name in options if f"MOCKSERVER_{name[2:].upper().replace('-', '_')}" not in shown] == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_lets_the_network_in_without_a_token_is_warned_once(serve, host):
    done = serve("--host", host, *FREE)

    assert (done.exit_code, done.stderr.count("WARNING other machines can reach this mock")) == (0, 1)


@pytest.mark.parametrize("arguments", [[], ["--host", "0.0.0.0", "--control-token", "t0ken"]])
def test_nobody_is_warned_without_need(serve, arguments):
    assert serve(*arguments, *FREE).stderr == ""


class TestDemo:
    @pytest.fixture
    def demo(self, monkeypatch):
        """The command with a browser that only remembers, and a server that is ready and stops."""
        pages = []

        def ready(listeners, app, on_ready):
            listeners.close()
            on_ready(listeners.addresses)

        monkeypatch.setattr("mockserver.serve.run", ready)
        monkeypatch.setattr("mockserver.browser.show", pages.append)

        def run(*arguments, **variables):
            done = CliRunner().invoke(cli, ["demo", *FREE, *arguments], env=variables, prog_name="mockserver")
            return done, pages

        return run

    def test_it_serves_the_story_and_opens_its_first_page(self, demo):
        done, pages = demo()
        http = done.stdout.splitlines()[-1].split()[1]

        assert (done.exit_code, done.stderr) == (0, "")
        assert "story=True" in done.stdout
        assert pages == [f"{http}/sandboxes/default-only/"]

    @pytest.mark.parametrize(("arguments", "variables"), [(["--no-browser"], {}), ([], {"MOCKSERVER_NO_BROWSER": "1"})])
    def test_it_opens_none_where_it_is_told_not_to(self, demo, arguments, variables):
        done, pages = demo(*arguments, **variables)

        assert (done.exit_code, pages) == (0, [])

    def test_it_takes_the_options_of_serve_and_their_variables(self, demo):
        done, _ = demo("--behaviour", "strict", MOCKSERVER_AUTH="strict")

        assert "auth=strict, " in done.stdout
        assert "behaviour=strict, " in done.stdout
