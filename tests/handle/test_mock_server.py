"""A mock in this process: its settings, its app, its listeners; and one elsewhere that is not there."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import threading
import unittest
from urllib.request import urlopen

import httpx
import pytest

import mockserver
from mockserver import ControlRefused, MockServer, RemoteMock
from mockserver.settings import Settings

GROUPS = "/beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups"


def groups(root):
    with urlopen(f"{root}{GROUPS}") as answer:
        return [each["name"] for each in json.load(answer)["value"]]


class TestSettings:
    def test_they_are_those_of_serve(self):
        mock = MockServer("recommended", clock="frozen", behaviour="strict", seed=7, control_token="told")

        assert mock.settings == Settings(
            "recommended", clock="frozen", behaviour="strict", seed=7, control_token="told", port=0, https_port=0
        )
        assert (mock.world.first.seed, str(mock.world.first.tenant.behaviour)) == (7, "strict")

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"tenant": "no-such"}, "'no-such' is neither a file nor a ready-made tenant"),
            ({"clock": "frosen"}, "clock is one of live, frozen, not 'frosen'"),
            ({"auth": "of"}, "auth is one of .*, not 'of'"),
            ({"behaviour": "nice"}, "a behaviour is one of"),
        ],
    )
    def test_a_wrong_one_is_refused_in_a_sentence(self, wrong, said):
        with pytest.raises(ValueError, match=said):
            MockServer(**wrong)

    def test_one_that_is_not_known_is_refused(self):
        with pytest.raises(TypeError, match="tenat"):
            MockServer(tenat="recommended")

    def test_two_mocks_share_nothing(self):
        one, other = MockServer(), MockServer()
        with one.fork("mine"), other.fork("mine"):
            pass

        assert one.app is not other.app


class TestApp:
    def test_it_is_usable_without_starting_anything(self):
        mock, threads = MockServer(), threading.active_count()
        with httpx.Client(transport=httpx.WSGITransport(app=mock.app), base_url="http://localhost") as client:
            assert client.get(GROUPS).status_code == 200

        assert threading.active_count() == threads


class TestListeners:
    def test_they_serve_on_free_ports(self):
        with MockServer() as mock, MockServer("dr-separate") as other:
            assert groups(mock.url) != groups(other.url)
            assert mock.graph_url == f"{mock.url}/beta"

    def test_https_shows_the_same_tenants(self):
        with MockServer() as mock:
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            with urlopen(f"{mock.https_url}{GROUPS}", context=trusting) as answer:
                assert answer.status == 200

    def test_a_fork_made_over_a_socket_is_told_where_https_is(self):
        with MockServer() as mock:
            made = mock.control("POST", "/sandboxes", {"name": "mine"})

        assert made["authorityUrl"].startswith("https://localhost:")

    def test_https_may_be_off(self):
        with MockServer(https_port=None) as mock:
            assert mock.https_url is None

    def test_a_fork_is_served_under_its_url(self):
        with MockServer() as mock, mock.fork() as graph:
            graph.httpx_client().post(GROUPS, json={"name": "Berlin"}).raise_for_status()

            assert "Berlin" in groups(graph.url)
            assert "Berlin" not in groups(mock.url)
            assert graph.graph_url == f"{graph.url}/beta"

    def test_links_that_a_client_in_process_was_given_are_served(self):
        with MockServer() as mock, mock.fork() as graph:
            link = graph.httpx_client().get("/beta/applications?$top=1").json()["@odata.nextLink"]
            with urlopen(link) as answer:
                assert len(json.load(answer)["value"]) == 1

    def test_they_start_when_an_address_is_asked_for(self):
        mock = MockServer(https_port=None)
        try:
            assert groups(mock.url)
            assert mock.start().http == mock.url
        finally:
            mock.stop()

    def test_stop_leaves_the_ports_free_and_no_thread(self):
        threads = threading.enumerate()
        with MockServer(https_port=None) as mock:
            port = int(mock.url.rpartition(":")[2])
        socket.create_server(("127.0.0.1", port)).close()

        assert threading.enumerate() == threads

    def test_a_second_stop_does_nothing(self):
        mock = MockServer(https_port=None)
        mock.start()
        mock.stop()
        mock.stop()

    def test_it_may_be_started_again(self):
        mock = MockServer(https_port=None)
        for _ in range(2):
            with mock:
                assert groups(mock.url)

    def test_forks_are_there_after_it_stopped(self):
        mock = MockServer(https_port=None)
        with mock:
            graph = mock.fork()

        assert graph.httpx_client().get(GROUPS).status_code == 200


class TestRemote:
    def test_a_fork_has_the_address_at_which_it_is_served(self, served):
        with RemoteMock(f"{served.url}/", control_token=served.token).fork("mine") as graph:
            assert graph.graph_url == f"{served.url}/sandboxes/mine/beta"

    def test_where_nobody_answers_is_said(self):
        with pytest.raises(ConnectionError, match=r"no mock answers at http://127.0.0.1:1 \(.*refused"):
            RemoteMock("http://127.0.0.1:1/").fork()

    def test_something_else_that_answers_is_no_mock(self):
        def app(environ, start_response):
            start_response("404 Not Found", [])
            return [b"<html>"]

        from mockserver.server import BackgroundServer, Listeners

        with BackgroundServer(Listeners(), app) as at, pytest.raises(ControlRefused, match="something that is no mock"):
            RemoteMock(at.http).fork()

    def test_a_token_is_asked_for(self, served):
        with pytest.raises(ControlRefused) as refused:
            RemoteMock(served.url).fork()

        assert refused.value.status == 401


class TestImport:
    def test_importing_the_package_imports_no_floor_of_it(self):
        program = "import sys, mockserver; print(*(each for each in sys.modules if each.startswith('mockserver.')))"
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

        assert run.stdout.strip() == ""

    def test_a_name_that_it_does_not_have_is_an_error(self):
        with pytest.raises(AttributeError, match="MockSrever"):
            mockserver.MockSrever  # noqa: B018 (asking is the point)

    @pytest.mark.parametrize("name", mockserver.__all__)
    def test_every_name_it_lists_is_there(self, name):
        assert getattr(mockserver, name)


def test_it_serves_unittest_too():
    """The way README shows: one mock for a class, a fork for each test."""

    class Groups(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            cls.mock = MockServer("recommended")
            cls.addClassCleanup(cls.mock.stop)

        def setUp(self):
            self.graph = self.mock.fork()
            self.addCleanup(self.graph.close)

        def test_one(self):
            self.graph.httpx_client().post(GROUPS, json={"name": "Berlin"}).raise_for_status()

            assert "Berlin" in groups(self.graph.url)

        def test_other(self):
            assert "Berlin" not in groups(self.graph.url)

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Groups).run(result)

    assert (2, [], []) == (result.testsRun, result.failures, result.errors)
