"""The pytest plugin, played by pytest inside pytest, as it is loaded where the package is installed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mockserver import MockServer

pytest_plugins = ["pytester"]

WITHOUT_OTHERS = [f"-pno:{name}" for name in ("schemathesis", "hypothesispytest", "faker", "benchmark", "anyio")]
"""Plugins that take a worker of xdist seconds to load."""

ISOLATED = """
    import pytest

    GROUPS = "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"

    @pytest.mark.parametrize("number", range(4))
    def test_a_group_of_its_own(graph, number):
        client = graph.httpx_client()
        before = [each["name"] for each in client.get(GROUPS).json()["value"]]
        client.post(GROUPS, json={"name": "Berlin"}).raise_for_status()

        assert "Berlin" not in before
        assert "Berlin" in [each["name"] for each in client.get(GROUPS).json()["value"]]
"""


@pytest.fixture
def play(pytester):
    """Plays a test file with these options, errors for warnings, and tells how it went."""

    def run(source, *options, ini="", conftest=""):
        pytester.makeini(f"[pytest]\nfilterwarnings = error\n{ini}")
        pytester.makeconftest(conftest)
        pytester.makepyfile(source)
        return pytester.runpytest(*WITHOUT_OTHERS, "-p", "no:cacheprovider", "--strict-markers", *options)

    return run


@pytest.fixture
def elsewhere():
    """A mock that is already running."""
    with MockServer(https_port=None, control_token="told") as mock:
        yield mock


def test_every_test_has_a_tenant_of_its_own(play):
    play(ISOLATED).assert_outcomes(passed=4)


def test_a_mock_that_is_already_running_is_used(play, elsewhere):
    play(ISOLATED, f"--graph-mock-url={elsewhere.url}", f"--graph-mock-token={elsewhere.token}").assert_outcomes(
        passed=4
    )

    assert ["default"] == [each.name for each in elsewhere.world]
    assert len(elsewhere.world.sandbox("default").tenant.all("connectorGroup")) == 8


@pytest.mark.heavy
def test_workers_of_xdist_do_not_meet(play, elsewhere):
    told = [f"--graph-mock-url={elsewhere.url}", f"--graph-mock-token={elsewhere.token}"]
    play(ISOLATED, "-n2", *told).assert_outcomes(passed=4)

    assert ["default"] == [each.name for each in elsewhere.world]


def test_a_mock_that_is_not_there_is_an_error_that_says_so(play):
    result = play("def test_it(graph): pass", "--graph-mock-url=http://127.0.0.1:1")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no mock answers at http://127.0.0.1:1*"])


def test_the_tenants_of_the_tests_are_dropped(play):
    play("""
        def test_one(graph): pass
        def test_two(graph): pass
        def test_the_last(graph_mock, graph):
            assert len(graph_mock.world) == 3  # the default one, what all start from, this test's
    """).assert_outcomes(passed=3)


class TestChoosing:
    @pytest.mark.parametrize("where", ["in process", "elsewhere"])
    def test_a_marker_says_what_the_tenant_is_like(self, play, where, elsewhere):
        told = [f"--graph-mock-url={elsewhere.url}", f"--graph-mock-token={elsewhere.token}"]
        play(
            """
            import pytest

            @pytest.mark.graph(tenant="dr-separate", clock="frozen", behaviour="strict,Q1=200")
            def test_all(graph):
                assert graph.tenant.about["displayName"] == "Litware"
                assert graph.control("GET", "/clock")["mode"] == "frozen"
                assert str(graph.tenant.behaviour) == "strict,Q1=200"

            @pytest.mark.graph(tenant="recommended")
            class TestOfOneTenant:
                def test_the_nearest_marker_counts(self, graph):
                    assert graph.control("GET", "/clock")["mode"] == "live"
                    assert str(graph.tenant.behaviour) == "observed"
            """,
            *(told if where == "elsewhere" else []),
        ).assert_outcomes(passed=2)

    def test_the_session_chooses_by_overriding_a_fixture(self, play):
        play(
            """
            def test_it(graph, graph_mock):
                assert len(graph.tenant.all("connectorGroup")) == 1
                assert len(graph_mock.world.sandbox("default").tenant.all("connectorGroup")) == 1
            """,
            conftest="""
            import pytest

            @pytest.fixture(scope="session")
            def graph_tenant(tmp_path_factory):
                file = tmp_path_factory.mktemp("tenant") / "mine.yaml"
                file.write_text("connectorGroups: [{name: Only, isDefault: true}]")
                return file
            """,
        ).assert_outcomes(passed=1)

    @pytest.mark.parametrize(
        ("options", "ini", "expected"),
        [
            ([], "", "observed"),
            ([], "graph_mock_behaviour = documented", "documented"),
            (["--graph-mock-behaviour=strict,Q1=200"], "graph_mock_behaviour = documented", "strict,Q1=200"),
        ],
    )
    def test_an_option_or_the_ini_file_says_the_behaviour(self, play, options, ini, expected):
        source = f"""
            def test_it(graph, graph_mock):
                assert str(graph.tenant.behaviour) == graph_mock.settings.behaviour == "{expected}"
        """
        play(source, *options, ini=ini).assert_outcomes(passed=1)

    @pytest.mark.parametrize(
        ("marker", "said"),
        [
            ("tenat='dr-separate'", "the marker graph takes tenant=, clock= and behaviour=, not tenat"),
            ("'dr-separate'", "the marker graph takes tenant=, clock= and behaviour=, not 'dr-separate'"),
            ("tenant='no-such'", "'no-such' is neither a file nor a ready-made tenant"),
            ("clock='frosen'", "clock is one of live, frozen, not 'frosen'"),
            ("behaviour='nice'", "a behaviour is one of observed, documented, strict, not 'nice'"),
        ],
    )
    def test_a_marker_that_is_wrong_is_an_error_that_says_so(self, play, marker, said):
        result = play(f"import pytest\n@pytest.mark.graph({marker})\ndef test_it(graph): pass")

        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines([f"*{said}*"])


class TestReport:
    ASKING = """
        import pytest

        def test_it(graph):
            graph.httpx_client().get("/beta/applications?$top=1")
            assert {}

        def test_another(graph):
            graph.httpx_client().get("/beta/users")
    """

    def test_a_failed_test_shows_what_it_asked(self, play):
        result = play(self.ASKING.format(False))

        result.assert_outcomes(passed=1, failed=1)
        result.stdout.fnmatch_lines(["*mockserver requests*", "GET /beta/applications?$top=1 -> 200"])
        result.stdout.no_fnmatch_line("*/beta/users*")

    @pytest.mark.heavy
    def test_under_xdist_too(self, play):
        result = play(self.ASKING.format(False), "-n1")

        result.stdout.fnmatch_lines(["*mockserver requests*", "GET /beta/applications?$top=1 -> 200"])

    def test_a_test_that_passes_shows_nothing(self, play):
        result = play(self.ASKING.format(True), "-rA")

        result.stdout.no_fnmatch_line("*mockserver requests*")

    def test_a_failed_test_without_a_tenant_shows_nothing(self, play):
        result = play("def test_it(): assert False")

        result.stdout.no_fnmatch_line("*mockserver requests*")

    def test_a_fixture_that_fails_after_asking_shows_it(self, play):
        result = play("""
            import pytest

            @pytest.fixture
            def portal(graph):
                graph.httpx_client().get("/beta/applications")
                raise LookupError

            def test_it(portal): pass
        """)

        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(["*mockserver requests*", "GET /beta/applications -> 200"])

    def test_of_many_requests_the_last_ones_are_shown(self, play):
        result = play("""
            def test_it(graph):
                client = graph.httpx_client()
                for number in range(60):
                    client.get(f"/beta/applications?$top={number}")
                assert False
        """)

        result.stdout.fnmatch_lines(["(10 before these)", "GET /beta/applications?$top=10 *"])
        result.stdout.no_fnmatch_line("GET /beta/applications?$top=9 *")


def test_nothing_of_the_mock_is_imported_for_those_who_do_not_use_it(pytester):
    pytester.makepyfile("""
        import sys

        def test_it():
            assert "mockserver.pytest_plugin" in sys.modules
            mine = {name for name in sys.modules if name.startswith("mockserver")}
            assert mine == {"mockserver", "mockserver.pytest_plugin"}
            assert not {"granian", "werkzeug"} & sys.modules.keys()
    """)
    # The others are left out, as they import werkzeug for themselves.
    command = [sys.executable, "-m", "pytest", "-q", "-p", "mockserver.pytest_plugin"]
    run = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    )

    assert run.returncode == 0, run.stdout
