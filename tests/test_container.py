"""The container's files agree with the package and with each other; linters read them where there are some.

`docker/prove` tries what they make.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from tenants import NOW

from mockserver import __version__
from mockserver.cli import cli
from mockserver.core.behaviour import Behaviour
from mockserver.model.behaviours import QUIRKS
from mockserver.seed.folder import tenants_of
from mockserver.world import is_name

ROOT = Path(__file__).parents[1]
DOCKER = ROOT / "docker"
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCKERFILE, COMPOSE, KUBERNETES = (
    (DOCKER / name).read_text(encoding="utf-8") for name in ("Dockerfile", "compose.yaml", "kubernetes.yaml")
)


def tool(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name} on this machine")
    return found


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE, KUBERNETES, README])
def test_an_image_is_called_by_the_version_of_the_package(text):
    assert set(re.findall(r"\bmockserver:([\w.]+)", text)) == {__version__}


def test_its_variables_are_options_of_the_command():
    known = {variable for each in ("serve", "demo") for option in cli.commands[each].params for variable in _of(option)}
    named = set(re.findall(r"\bMOCKSERVER_[A-Z_]+", DOCKERFILE + COMPOSE + KUBERNETES))

    assert named - {"MOCKSERVER_DATA"} <= known


def _of(option):
    return [option.envvar] if isinstance(option.envvar, str) else option.envvar or []


def test_kubernetes_runs_it_as_the_user_that_it_is_made_for():
    deployment, service = yaml.safe_load_all(KUBERNETES)
    pod = deployment["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    (user, group) = re.search(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE).groups()
    exposed = re.search(r"^EXPOSE (.*)$", DOCKERFILE, re.MULTILINE)[1].split()

    assert (pod["securityContext"]["runAsUser"], pod["securityContext"]["runAsGroup"]) == (int(user), int(group))
    assert [str(each["containerPort"]) for each in container["ports"]] == exposed
    assert [str(each["port"]) for each in service["spec"]["ports"]] == exposed
    assert container["securityContext"]["readOnlyRootFilesystem"]


def test_compose_mounts_a_folder_of_tenants_that_can_be_loaded():
    services = yaml.safe_load(COMPOSE)["services"]

    assert "./init:/init:ro" in services["graph"]["volumes"]
    assert services["graph"]["read_only"]
    assert list(tenants_of(DOCKER / "init", is_name, behaviour=Behaviour(QUIRKS, "observed"), now=NOW)) == ["two-sites"]


def test_hadolint_finds_nothing():
    run = subprocess.run([tool("hadolint"), str(DOCKER / "Dockerfile")], capture_output=True, text=True)

    assert (run.returncode, run.stdout) == (0, "")


def test_the_kubernetes_file_keeps_to_its_schema():
    run = subprocess.run(
        [tool("kubernetes-validate"), "--strict", str(DOCKER / "kubernetes.yaml")], capture_output=True, text=True
    )

    assert run.returncode == 0, run.stderr


def test_the_shown_python_is_python():
    compile(re.search(r"```py\n(.*?)```", README, re.DOTALL)[1], "README.md", "exec")
