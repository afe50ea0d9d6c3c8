"""A person at the sign-in page: reads the form, fills it in, sends it; nothing is followed but what the page says."""

from __future__ import annotations

from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import requests


def sign_in(session: requests.Session, address: str, user: str, password: str, **more: str) -> requests.Response:
    """The answer to the form at that address, filled in by this person."""
    page = session.get(address)
    assert page.status_code == 200, page.text
    (form,) = lxml.html.fromstring(page.text).forms
    filled = {**dict(form.form_values()), "username": user, "password": password, **more}
    return session.request(form.method, urljoin(page.url, form.action), data=filled, allow_redirects=False)


def brought_back(answer: requests.Response) -> dict[str, str]:
    """What the program that sent the person there is told by it: in the address, or in a form that sends itself."""
    if answer.status_code == 302:
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    (form,) = lxml.html.fromstring(answer.text).forms
    return dict(form.form_values())
