"""What is shown of each client is run as it stands, by a user's shell beside a running mock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from clients.conftest import installed

SHOWN = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
"""Where it is shown, under `### Clients`."""

OURS = "Shown in the README"
"""A connector group that no mock has but the one beside the shell."""

NEEDED = {
    "Node: @microsoft/microsoft-graph-client": "node_modules",
    "Azure CLI": "az_program",
    "CLI for Microsoft 365": "m365_program",
}
"""The fixture of what an example needs besides the packages of the tests."""


@dataclass(frozen=True)
class Example:
    """A program, if there is one, and what is typed."""

    title: str
    program: str
    typed: str

    @property
    def file(self) -> str:
        """What the program is called by what is typed."""
        return self.typed.split()[-1]


def examples() -> list[Example]:
    section = re.search(r"^### Clients\n(.*?)(?=^##?#? |\Z)", SHOWN, re.DOTALL | re.MULTILINE)[1]
    titled = re.findall(r"^#### (.*?)\n(.*?)(?=^#|\Z)", section, re.DOTALL | re.MULTILINE)
    return [_example(title, dict(re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL))) for title, text in titled]


def _example(title: str, fences: dict[str, str]) -> Example:
    typed = fences.pop("bash")
    return Example(title, "".join(fences.values()), typed)


def takes_long(example: Example) -> bool:
    """Microsoft's SDK takes seconds to import, in each program anew."""
    return example.title in NEEDED or "SDK" in example.title


EXAMPLES = [
    pytest.param(each, id=each.title, marks=[pytest.mark.heavy] if takes_long(each) else []) for each in examples()
]


@pytest.fixture
def node_modules(shell, node_packages):
    """Node looks for packages beside the program."""
    (shell.folder / "node_modules").symlink_to(node_packages)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_lists_the_groups_of_the_running_mock(example, shell, mock, request):
    if example.title in NEEDED:
        request.getfixturevalue(NEEDED[example.title])
    if example.program:
        (shell.folder / example.file).write_text(example.program, encoding="utf-8")
    mock.add_group(OURS)

    assert OURS in shell.says(installed("bash", "a POSIX shell"), "-e", "-u", "-c", example.typed)


def test_there_are_examples_of_all_that_is_needed():
    assert NEEDED.keys() < {each.title for each in examples()}
