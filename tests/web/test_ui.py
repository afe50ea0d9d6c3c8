"""The page, below the browser: its headers, its addresses, its files."""

from __future__ import annotations

import re

import pytest
from web.asking import Mock

from mockserver.web.ui import files

ADDRESS = re.compile(r"https?://[^\s\"'`)<]*")
NAMED_ONLY = ("http://www.w3.org/", "https://www.w3.org/")
"""Namespaces, which nobody fetches."""


@pytest.mark.parametrize("path", ["/", "/sandboxes/default/"])
def test_the_page_is_there_with_a_policy_that_lets_nothing_in_from_elsewhere(mock, path):
    answer = mock.get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))

    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert policy["default-src"] == "'none'"
    assert {policy["script-src"], policy["style-src"], policy["connect-src"]} == {"'self'"}
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_sandbox_without_the_slash_leads_to_it(mock):
    answer = mock.get("/sandboxes/default")

    assert (answer.status, answer.headers["Location"]) == (308, "http://localhost:8365/sandboxes/default/")


def test_the_page_needs_no_control_token_and_tells_nothing_of_a_tenant():
    answer = Mock(control_token="secret").get("/")

    assert answer.status == 200
    assert b"Contoso" not in answer.body


def test_the_page_has_no_script_and_no_style_of_its_own():
    page = files()["index.html"].content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page)


@pytest.mark.parametrize("name", [name for name in files() if name.endswith((".html", ".css", ".js"))])
def test_a_file_asks_no_other_machine_for_anything(name):
    found = [each for each in ADDRESS.findall(files()[name].content.decode()) if not each.startswith(NAMED_ONLY)]

    assert not [each for each in found if "{" not in each]
    assert "@import" not in files()[name].content.decode()


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".js")])
def test_what_a_module_imports_is_there(name):
    text = files()[name].content.decode()

    assert all(each in files() for each in re.findall(r'from "\./([^"]+)"', text))
    assert not re.findall(r'from "(?!\./)', text)


@pytest.mark.parametrize("name", ["index.html", "app.js", "vendor/preact/preact.mjs", "icon.svg"])
def test_a_file_is_not_sent_again_to_who_has_it(mock, name):
    first = mock.get(f"/_page/{name}")
    again = mock.get(f"/_page/{name}", **{"If-None-Match": first.headers["ETag"]})

    assert (first.status, again.status, again.body) == (200, 304, b"")


@pytest.mark.parametrize("name", ["nothing.js", "../__init__.py", "%2e%2e/__init__.py", "vendor/README.md", ""])
def test_nothing_else_is_served(mock, name):
    assert mock.get(f"/_page/{name}").status == 404


@pytest.mark.parametrize("path", ["", "//"])
def test_no_slash_and_too_many_lead_to_the_page(mock, path):
    assert mock.get(path).status in (200, 308)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_page_is_only_read(mock, method):
    assert mock.ask(method, "/").status == 405
