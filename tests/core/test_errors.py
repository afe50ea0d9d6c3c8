"""The tree of refusals: every class complete, and drawn where a reader looks for it."""

from __future__ import annotations

import re
from inspect import signature
from pathlib import Path
from string import Formatter

import pytest
from every import for_every

from mockserver.core import errors
from mockserver.core.errors import (
    ConnectorGroupNotFound,
    GraphError,
    InvalidQuery,
    RegionIsFixed,
    UnknownSegment,
    WrongType,
    all_errors,
)

CLASSES = all_errors()
LEAVES = [each for each in CLASSES if not each.__subclasses__()]
DRAWN = errors.__doc__.partition("The text of a class")[0]
STATUSES = {name: int(status) for name, status in re.findall(r"(\w+) (\d{3})\b", DRAWN)}


def words_of(error):
    """The words that an instance is made with: those of the text, unless its class says otherwise."""
    if "__init__" in vars(error):
        return list(signature(error).parameters)
    return [name for _, name, _, _ in Formatter().parse(error.text) if name]


def filled(error):
    return error(**{name: f"<{name}>" for name in words_of(error)})


@for_every(LEAVES)
class TestEveryError:
    def test_it_says_how_it_is_known(self, error):
        assert vars(error).get("source")

    def test_its_text_is_a_template_that_its_words_fill(self, error):
        made = filled(error)

        assert [] == [word for word in words_of(error) if f"<{word}>" not in f"{made.message} {made.headers}"]

    def test_its_code_is_a_text(self, error):
        assert isinstance(error.code, str)

    def test_its_status_refuses(self, error):
        assert 400 <= error.status <= 599

    def test_it_is_marked_where_no_source_verifies_it(self, error):
        assert (None if error.verified else "true") == filled(error).headers.get("x-mock-unverified")


@for_every(CLASSES)
def test_the_drawn_tree_names_every_class(error):
    assert re.search(rf"\b{error.__name__}\b", DRAWN)


def test_the_drawn_tree_names_nothing_else():
    drawn = set(re.findall(r"\b(?:[A-Z][a-z]+){2,}\b", DRAWN))

    assert set() == drawn - {each.__name__ for each in (GraphError, *CLASSES)}


def test_the_package_hands_out_every_class_of_its_files():
    files = [file.read_text(encoding="utf-8") for file in Path(errors.__file__).parent.glob("*.py")]
    written = {name for text in files for name in re.findall(r"^class (\w+)", text, re.MULTILINE)}

    functions = {"all_errors", "echoed"}

    assert written == {each.__name__ for each in (GraphError, *CLASSES)} == set(errors.__all__) - functions


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_the_drawn_statuses_are_those_of_the_classes(name, status):
    assert status == getattr(errors, name).status


def test_the_drawn_tree_gives_a_status_to_every_branch():
    branches = {each.__name__ for each in GraphError.__subclasses__()}

    assert branches == set(STATUSES)


@for_every(CLASSES)
def test_a_class_has_the_status_of_its_branch(error):
    branch = error.__mro__[error.__mro__.index(GraphError) - 1]

    assert branch.status == error.status


def test_only_what_has_no_route_has_an_empty_code():
    """R55: the service's back end answers with an empty code there and nowhere else."""
    assert ["NoHttpResource"] == [each.__name__ for each in LEAVES if not each.code]


@pytest.mark.parametrize(
    ("name", "status", "code", "verified"),
    [
        ("ConnectorGroupNotFound", 404, "ConnectorGroup_NotFound", False),
        ("ApplicationsForGroupNotFound", 404, "ApplicationsForGroup_NotFound", False),
        ("ConnectorNotFound", 404, "Connector_NotFound", False),
        ("ApplicationNotFound", 404, "Application_NotFound", True),
        ("ResourceNotFound", 404, "Request_ResourceNotFound", True),
        ("NoHttpResource", 404, "", True),
        ("UnknownSegment", 400, "BadRequest", True),
        ("InvalidBody", 400, "InvalidJson_BadRequest", True),
        ("MixedPublishing", 400, "Request_BadRequest", True),
        ("PublishingNotSelectable", 400, "InvalidGuid_BadRequest", False),
        ("InternalUrlTaken", 400, "InternalUrl_Duplicate", True),
        ("MethodNotAllowed", 405, "Request_BadRequest", True),
        ("GroupNotEmpty", 400, "ConnectorGroupNotEmpty_BadRequest", False),
        ("DefaultGroupStays", 400, "DefaultConnectorGroup_BadRequest", False),
        ("RegionIsFixed", 400, "ConnectorGroupRegion_BadRequest", False),
        ("MoveCrossesRegions", 400, "ConnectorGroupRegion_BadRequest", False),
        ("AlreadyOnDefault", 400, "ApplicationOnDefaultConnectorGroup_BadRequest", False),
        ("NotImplementedByMock", 501, "notSupported", True),
    ],
)
def test_clients_can_rely_on_status_and_code(name, status, code, verified):
    """behaviour.md sections 5 and 8, graph_reference 5.3; what no source verifies is marked so."""
    error = getattr(errors, name)

    assert (status, code, verified) == (error.status, error.code, error.verified)


def test_a_message_is_the_text_with_its_words():
    assert "Connector group 'paris' not found." == ConnectorGroupNotFound(id="paris").message


def test_an_error_reads_as_its_message():
    assert "Resource not found for the segment 'nowhere'." == str(UnknownSegment(segment="nowhere"))


@pytest.mark.parametrize(("length", "expected"), [(199, 199), (200, 200), (201, 203), (10_000, 203)])
def test_an_echo_is_shortened(length, expected):
    echoed = UnknownSegment(segment="x" * length).message.partition("'")[2].partition("'")[0]

    assert expected == len(echoed)


def test_a_shortened_echo_says_so():
    assert "xxx...'." == UnknownSegment(segment="x" * 300).message[-8:]


def test_braces_in_a_word_are_not_filled_in():
    assert "{message} {0}" == InvalidQuery(message="{message} {0}").message


def test_a_word_need_not_be_a_text():
    assert "Cannot convert the literal '5' to the expected type 'Edm.String'." == str(
        WrongType(value=5, type="Edm.String")
    )


def test_a_word_that_is_lacking_is_a_mistake_of_the_mock():
    with pytest.raises(KeyError):
        RegionIsFixed()


def test_an_error_has_no_details_unless_they_are_given():
    assert () == RegionIsFixed(id="paris").details
