"""The browser of this user, which may not be there."""

from __future__ import annotations

import sys
import threading
import webbrowser

import pytest

from mockserver.browser import show

PAGE = "http://127.0.0.1:8365/"


@pytest.fixture
def opened(monkeypatch):
    """What a browser was shown; the desktop's variables are gone."""
    pages = []
    monkeypatch.setattr(webbrowser, "open", pages.append)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return pages


def finished():
    for each in threading.enumerate():
        if each is not threading.current_thread() and each.daemon and each.name.endswith("(_open)"):
            each.join()


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"])
def test_where_there_is_a_desktop_the_page_is_shown(opened, monkeypatch, variable):
    monkeypatch.setenv(variable, "there")
    show(PAGE)
    finished()

    assert opened == [PAGE]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_some_systems_always_have_one(opened, monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    show(PAGE)
    finished()

    assert opened == [PAGE]


def test_without_one_no_browser_of_the_terminal_takes_it_over(opened):
    show(PAGE)
    finished()

    assert opened == []


def test_a_browser_that_cannot_be_started_stops_nothing(opened, monkeypatch):
    def fails(_):
        raise webbrowser.Error("no browser")

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", fails)
    show(PAGE)
    finished()  # a failure in a thread would fail this test: pytest tells of it by a warning
