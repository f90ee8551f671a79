"""The complete projects of docs/examples, each as its reader runs it: copied elsewhere, in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.typed_blocks import as_pages, mypy_projects

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PROJECTS = sorted(path.parent.name for path in EXAMPLES.glob("*/requirements.txt"))
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
#: What the installed plugins of this environment would add, and a reader's would not.
PLUGINS = ("xdist", "randomly", "pytest_cov", "django", "asyncio", "hypothesispytest")


def command_of(project: Path) -> list[str]:
    """The tests, as README.md of the project says."""
    readme = (project / "README.md").read_text(encoding="utf-8")
    said = re.search(r"^ {4}python (.* test|-m pytest)$", readme, re.MULTILINE)
    assert said is not None, "README.md names no command"
    arguments = said[1].split()
    if "pytest" not in arguments:
        return arguments
    wanted = (project / "requirements.txt").read_text(encoding="utf-8")
    return [*arguments, *(f"-pno:{name}" for name in PLUGINS if f"pytest-{name}" not in wanted)]


def test_there_are_projects_and_every_one_has_a_tutorial() -> None:
    assert len(PROJECTS) >= 4
    told = "".join(page.read_text(encoding="utf-8") for page in TUTORIALS)
    for project in PROJECTS:
        assert f'--8<-- "{project}/' in told, project
        page = re.search(
            r"`(docs/tutorials/[\w-]+\.md)`", (EXAMPLES / project / "README.md").read_text()
        )
        assert page is not None, project
        assert (ROOT / page[1]).exists(), project


def test_pages_cut_out_named_sections_not_line_numbers() -> None:
    for page in TUTORIALS:
        cut = re.findall(r'^--8<-- "(.+)"$', page.read_text(encoding="utf-8"), re.MULTILINE)
        assert [one for one in cut if not re.fullmatch(r"[\w/]+\.py:[a-z]+", one)] == [], page.name


@pytest.mark.parametrize("name", PROJECTS)
def test_the_tests_of_a_project_pass(name: str, tmp_path: Path) -> None:
    project = tmp_path / name
    shutil.copytree(
        EXAMPLES / name, project, ignore=shutil.ignore_patterns("__pycache__", ".*_cache")
    )
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("SINCH_", "PYTEST_"))
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", *command_of(project)],
        cwd=project,
        env={**kept, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "generated")))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout or "OK" in done.stderr


def test_a_project_that_breaks_is_noticed(tmp_path: Path) -> None:
    project = tmp_path / "ivr"
    shutil.copytree(EXAMPLES / "ivr_fastapi", project)
    app = project / "hotline" / "orders.py"
    app.write_text(app.read_text().replace('"4711"', '"4799"'))
    done = subprocess.run(
        [sys.executable, *command_of(project), "-k", "state_of_an_order"],
        cwd=project, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed" in done.stdout


@pytest.mark.parametrize("name", PROJECTS)
def test_what_a_project_imports_is_in_its_requirements(name: str) -> None:
    wanted = (EXAMPLES / name / "requirements.txt").read_text().split()
    brings = {"sinch-server-sdk[django]": {"django"}, "sinch-server-sdk[starlette]": {"starlette"}}
    here = {it.name.removesuffix(".py") for it in (EXAMPLES / name).iterdir()}
    known = {*sys.stdlib_module_names, *here, "sinch", "attrs", "aiohttp"}
    for one in wanted:
        known |= {one.partition("[")[0].replace("-", "_"), *brings.get(one, ())}
    for file in (EXAMPLES / name).rglob("*.py"):
        for module in re.findall(r"^(?:from|import) (\w+)", file.read_text(), re.MULTILINE):
            assert module in known, f"{file.name} imports {module}"


def test_the_projects_pass_mypy() -> None:
    fine, said = mypy_projects()

    assert fine, as_pages(said, {})
