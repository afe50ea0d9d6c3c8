"""The ready-made tenants, to choose one from: as documents, for `PUT /_mock/tenant` or a sandbox."""

from __future__ import annotations

from mockserver.core.errors import UnknownFixture
from mockserver.seed import catalogue
from mockserver.seed.document import load, to_document
from mockserver.web.answered import Answered
from mockserver.web.control import answers
from mockserver.web.control.asked import Control, Route, answered


def list_fixtures(control: Control) -> Answered:
    """The ready-made tenants."""
    return answered({"value": [{"name": each, "title": catalogue.describe(each)} for each in catalogue.names()]})


def show_fixture(control: Control, name: str) -> Answered:
    """A ready-made tenant as a document, as this sandbox would hold it now."""
    names = catalogue.names()
    if name not in names:
        raise UnknownFixture(name=name, names=", ".join(names))
    at = control.sandbox
    tenant = load(catalogue.path(name), behaviour=at.tenant.behaviour, now=at.now())
    return answered(to_document(tenant, at.now()))


ROUTES: tuple[Route, ...] = (
    Route("GET", "/fixtures", list_fixtures, {200: answers.values(answers.FIXTURE)}),
    Route("GET", "/fixtures/<name>", show_fixture, {200: answers.TENANT}),
)
