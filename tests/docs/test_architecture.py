"""docs/architecture.md against the code: its layers, the places it names, and its arrows."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([→⇢]?) *\| `([\w/]+\.py):([\w.]+)` \|", re.MULTILINE)
#: Every journey: (arrow, file, name inside it) in the order of the page.
JOURNEYS = {
    title: ROW.findall(text)
    for title, text in re.findall(
        r"^## ([^\n{]+) \{[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    if ROW.search(text)
}
MENTIONED = {(file, name) for file, name in re.findall(r"`([\w/]+\.py):([\w.]+)`", PAGE)}


def path_of(file: str) -> Path:
    return ROOT / ("generated" if file.startswith("sinch_api/") else ".") / file


def module_of(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")


@cache
def tree_of(file: str) -> ast.Module:
    return ast.parse(path_of(file).read_text(encoding="utf-8"))


def runs(node: ast.AST) -> list[ast.AST]:
    """All statements but those for type checkers only."""
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        found += [child, *runs(child)]
    return found


@cache
def imports_of(file: str) -> set[str]:
    """The modules that one imports, wherever in it."""
    package = module_of(file).rpartition(".")[0]
    found: set[str] = set()
    for node in runs(tree_of(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1])
            origin = ".".join(filter(None, (base if node.level else "", node.module)))
            found |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
    return found


def test_the_page_has_three_journeys() -> None:
    assert {title: len(rows) > 6 for title, rows in JOURNEYS.items()} == {
        "One SMS": True,
        "One callback": True,
        "One simulated key press": True,
    }


def test_the_layers_are_those_that_imports_are_held_to() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = rules["tool"]["importlinter"]["contracts"]
    (layers,) = [c["layers"] for c in contracts if c["name"] == "Data flows one way"]
    (block,) = re.findall(r"```text\n(sinch\.cli\n.*?)```", PAGE, re.DOTALL)

    assert block.splitlines() == layers


@pytest.mark.parametrize(("file", "name"), sorted(MENTIONED))
def test_every_place_is_there(file: str, name: str) -> None:
    scope: ast.AST = tree_of(file)
    for part in name.split("."):
        (scope,) = [
            node
            for node in ast.iter_child_nodes(scope)
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name == part
        ]


@pytest.mark.parametrize("title", sorted(JOURNEYS))
def test_every_arrow_is_an_import_and_no_dotted_one_is(title: str) -> None:
    rows = JOURNEYS[title]
    assert rows[0][0] == "", "a journey begins somewhere"
    for number, (arrow, file, _) in enumerate(rows[1:], 1):
        earlier = {place for _, place, _ in rows[:number]} - {file}
        known = [place for place in earlier if module_of(file) in imports_of(place)]
        assert arrow == ("→" if known else "⇢"), f"{title}: {file} is imported by {known}"


def test_a_wrong_arrow_is_seen() -> None:
    assert "sinch.core.flow" in imports_of("sinch/client.py")
    assert "requests" not in imports_of("sinch/client.py"), "for type checkers only"
    assert "sinch.client" not in imports_of("sinch/core/flow.py")
