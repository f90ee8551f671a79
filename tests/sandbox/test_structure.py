"""The sandbox is built in rooms, and nothing in one needs what needs it, not even for its types."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import sinch.sandbox

HOME = Path(sinch.sandbox.__file__).parent
ROOT = HOME.parents[1]


def imports(module: Path) -> set[str]:
    """The modules of the sandbox that one imports, anywhere in it, also under TYPE_CHECKING."""
    package = ".".join(module.parent.relative_to(ROOT).parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level < 2, f"{module}: a path from the top says in which room it is"
            origin = ".".join(filter(None, (package * node.level, node.module)))
            found |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def graph() -> dict[str, set[str]]:
    files = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in HOME.glob("*/*.py")}
    return {name: (imports(file) & files.keys()) - {name} for name, file in files.items()}


def test_no_module_needs_one_that_needs_it():
    needs = graph()
    assert len(needs) > 40
    tuple(TopologicalSorter(needs).static_order())  # raises CycleError


def test_no_room_needs_one_that_needs_it():
    room = lambda module: module.split(".")[2]  # noqa: E731
    needs = {room(module): set[str]() for module in graph()}
    for module, others in graph().items():
        needs[room(module)] |= {room(other) for other in others} - {room(module)}
    order = tuple(TopologicalSorter(needs).static_order())
    assert (order[0], order[-1]) == ("delivery", "server")


PAGE = {file.name: file.read_text() for file in (HOME / "page").glob("*.js")}


def test_no_module_of_the_page_needs_one_that_needs_it():
    needs = {name: set(re.findall(r'from "\./(\w+\.js)"', text)) for name, text in PAGE.items()}
    assert set().union(*needs.values()) <= PAGE.keys()
    tuple(TopologicalSorter(needs).static_order())  # raises CycleError


def test_the_page_has_no_way_to_make_markup_of_text():
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(")
    assert [name for name, text in PAGE.items() if markup.search(text)] == []


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import sinch.sandbox", {"aiohttp", "attr", "asyncio", "sinch.engine"}),
        ("from sinch.sandbox import Emulator", {"aiohttp", "requests", "sqlite3"}),
        ("from sinch.sandbox import Settings, Timings", {"aiohttp", "sinch.sandbox.rest"}),
    ],
)
def test_a_name_loads_what_it_needs(code, absent):
    listed = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not absent & set(listed.stdout.split())
