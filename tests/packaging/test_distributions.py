"""Wheel and sdist hold what they should, and a wheel in an empty environment works."""

from __future__ import annotations

import re
import shutil
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.conftest import UNREACHABLE, Environment, run

ROOT = Path(__file__).resolve().parents[2]


def sources() -> set[str]:
    """The Python files of both packages as they are in the checkout."""
    return {
        file.relative_to(root).as_posix()
        for root, package in ((ROOT, "sinch"), (ROOT / "generated", "sinch_api"))
        for file in (root / package).rglob("*.py")
        if "__pycache__" not in file.parts
    }


def test_the_wheel_has_both_packages_and_nothing_else(distributions) -> None:
    names = distributions.names_in_wheel()
    packages = {name for name in names if ".dist-info/" not in name}

    assert sources() <= packages
    assert {name.partition("/")[0] for name in packages} == {"sinch", "sinch_api"}
    assert not [name for name in packages if "test_" in name or "__pycache__" in name]


def test_both_packages_are_marked_as_typed(distributions) -> None:
    assert {"sinch/py.typed", "sinch_api/py.typed"} <= distributions.names_in_wheel()


def test_the_wheel_carries_the_guide(distributions) -> None:
    assert {"sinch/guide/agents.md", "sinch/guide/llms.txt"} <= distributions.names_in_wheel()


def test_the_wheel_carries_the_licence(distributions) -> None:
    assert any(name.endswith("/LICENSE") for name in distributions.names_in_wheel())


def test_the_sdist_can_be_worked_on(distributions) -> None:
    names = distributions.names_in_sdist()

    wanted = {"README.md", "LICENSE", "Makefile", "codegen.py", "pyproject.toml", "mkdocs.yml"}
    assert wanted <= names
    assert {"spec/sms.yaml", "generated/sinch_api/py.typed", "docs/index.md"} <= names
    assert not [name for name in names if name.startswith((".venv/", "site/", "dist/"))]


def test_the_sdist_builds_the_same_wheel(distributions) -> None:
    assert distributions.names_in_wheel_from_sdist() == distributions.names_in_wheel()


def test_it_works_in_an_empty_environment(environment) -> None:
    done = environment.python(
        "-c",
        "import importlib.resources as files, sinch, sinch_api\n"
        "from sinch import AsyncSinchClient, SinchClient\n"
        "for package in (sinch, sinch_api):\n"
        "    assert files.files(package).joinpath('py.typed').is_file(), package\n"
        "with SinchClient('key', 'c2VjcmV0') as client:\n"
        "    print(client.sms('+46700000000', 'Hello').operation().path)\n"
        "print(sinch.__file__)\n",
    )

    assert done.returncode == 0, done.stderr
    path, file = done.stdout.split()
    assert path == "/v1/sms/+46700000000"
    assert Path(file).is_relative_to(environment.path)


def test_its_requirements_fit_together(environment) -> None:
    done = environment.python("-m", "pip", "check")

    assert done.returncode == 0, done.stdout


def test_every_module_can_be_imported_without_extras(environment) -> None:
    done = environment.python(
        "-W",
        "error",
        "-c",
        "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n",
        *sorted(module for module in map(module_name, sources()) if not needs_extra(module)),
    )

    assert done.returncode == 0, done.stderr


def test_the_command_says_what_is_missing(environment) -> None:
    done = environment.python("-c", "import sinch.cli")

    assert done.returncode == 1
    assert "sinch-server-sdk[cli]" in done.stderr


def module_name(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


#: Modules that stand on an extra of pyproject.toml.
NEEDS_EXTRA: tuple[Callable[[str], bool], ...] = (
    lambda module: module in {"sinch.demo", "sinch.testing"},
    lambda module: module.startswith("sinch.cli"),
    lambda module: module.startswith("sinch.web."),
    lambda module: module in {"sinch.bulk.celery", "sinch.bulk.postgres"},
    lambda module: module == "sinch_api.with_orjson",
    lambda module: module.endswith(("_django", "_redis", ".django_cache")),
    lambda module: (
        module
        in {"sinch.demo_ivr", "sinch.telemetry", "sinch.testing.plugin", "sinch.testing.watching"}
    ),
)


def needs_extra(module: str) -> bool:
    return any(applies(module) for applies in NEEDS_EXTRA)


PROJECTS = sorted(path.parent for path in (ROOT / "docs" / "examples").glob("*/requirements.txt"))


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_a_tutorial_works_in_an_environment_of_its_own(project, distributions, tmp_path) -> None:
    """With the wheel and its requirements.txt, nothing else: what a reader has after step one."""
    if sys.version_info[:2] != (3, 11):
        pytest.skip("the oldest Python is enough for this")
    made = Environment(tmp_path / "environment")
    venv.create(made.path, with_pip=True)
    wanted = (project / "requirements.txt").read_text(encoding="utf-8").split()
    here = f" @ {distributions.wheel.as_uri()}"
    arguments = [one + here if one.startswith("sinch-server-sdk") else one for one in wanted]
    installed = made.python(
        "-m", "pip", "install", "-q", "--no-input", "--retries=1", "--timeout=10", *arguments
    )
    if installed.returncode and UNREACHABLE.search(installed.stdout + installed.stderr):
        pytest.skip("pip reaches no package index, so the requirements cannot be installed")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    copy = shutil.copytree(project, tmp_path / "project")
    said = re.search(r"^ {4}python (.*test)$", (copy / "README.md").read_text(), re.MULTILINE)
    assert said is not None
    done = run(made.scripts / "python", *said[1].split(), cwd=copy)

    assert done.returncode == 0, done.stdout + done.stderr
