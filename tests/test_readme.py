"""What the README shows is run, and what it lists is what there is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from mockserver.model.behaviours import QUIRKS
from mockserver.web import control

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(name: str) -> str:
    return re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)[1]


def fences(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def behaviours() -> str:
    rows = [
        f"| {each.name} | {each.title} | {each.observed} | {each.documented} | {each.strict} | "
        f"{', '.join(map(str, each.also)).replace('-1', 'any number')} |\n"
        for each in QUIRKS
    ]
    return "| | | observed | documented | strict | also |\n|---|---|---|---|---|---|\n" + "".join(rows)


def floors() -> str:
    """The layers of the import contract, each with the first line of what its module says of itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    names = [name for layer in layers for name in layer.split(" | ")]
    return "Each imports only from those below it; a test proves it.\n\n```\n" + "".join(map(_floor, names)) + "```\n"


def _floor(name: str) -> str:
    package = ROOT / "mockserver" / name
    source = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    text = re.match(r'"""(.+?)(?:"""|\n)', source.read_text(encoding="utf-8"))[1]
    return f"{name + ('/' if package.is_dir() else '.py'):14} {text}\n"


def test_the_table_of_behaviours_is_the_one_in_the_code():
    assert behaviours() == between("behaviours")


def test_the_floor_plan_is_the_import_contract_with_the_modules_own_words():
    assert floors() == between("floors")


def test_both_commands_are_single_lines():
    commands = fences("sh")

    assert len(commands) == 2
    assert all(command.count("\n") == 1 for command in commands)


def test_every_call_of_the_control_api_is_named():
    words = {word for route in control.ROUTES for word in route[1].split("/") if word and "<" not in word}

    assert [word for word in sorted(words) if f"/{word}" not in README] == []


@pytest.mark.parametrize("name", re.findall(r"`(mockserver/[\w/]+\.py)`", README))
def test_every_file_it_names_is_there(name):
    assert (ROOT / name).is_file()


if __name__ == "__main__":
    for section, text in (("behaviours", behaviours()), ("floors", floors())):
        marked = f"<!-- {section} -->\n{text}<!-- /{section} -->"
        README = re.sub(rf"<!-- {section} -->\n.*?<!-- /{section} -->", lambda _, m=marked: m, README, flags=re.DOTALL)
    (ROOT / "README.md").write_text(README, encoding="utf-8")
