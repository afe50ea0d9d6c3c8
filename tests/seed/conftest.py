"""Loading a document in a test: the moment and the behaviour are always the same."""

from __future__ import annotations

import pytest
from tenants import NOW

from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.seed.document import FixtureError, from_document, load

OBSERVED = Behaviour(QUIRKS, "observed")


@pytest.fixture(scope="session")
def loaded():
    """The tenant of a text, a file, or a document that is values."""

    def of(source, behaviour=OBSERVED, now=NOW):
        read = from_document if isinstance(source, dict) else load
        return read(source, behaviour=behaviour, now=now)

    return of


@pytest.fixture(scope="session")
def problems_of(loaded):
    """The problems of what cannot be loaded, as they are printed, without the name that a text has for a file."""

    def of(source):
        with pytest.raises(FixtureError) as caught:
            loaded(source)
        return [str(each).removeprefix("<text>:").lstrip() for each in caught.value.problems]

    return of
