"""References to how the platform behaves lead somewhere, and nothing points outside of the repository."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLATFORM = ROOT / "docs" / "platform"
TEXTS = {".py", ".md", ".yaml", ".yml", ".toml", ".jinja", ".txt", ".js", ".html", ".json"}
REFERENCE = re.compile(r"\bplatform/([a-z0-9-]+)\.(?:md|html)(?:#([a-z0-9-]+))?")
#: Documents that people have beside the repository, and numbers that only those explain.
OUTSIDE = re.compile(
    r"\(?\bfacts? (?:sheet|\d)|\bdesign (?:section|document|\d)|\bissue #?\d|\bvector [VD]\d"
    r"|\bshared/(?:facts|design|reference)",
    re.IGNORECASE,
)


def tracked() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names] or [*ROOT.rglob("*")]  # a source archive has no git
    yield from (
        file
        for file in files
        if file.suffix in TEXTS and file.is_file() and ".venv" not in file.parts[:-1]
    )


@cache
def anchors(page: str) -> set[str]:
    text = (PLATFORM / f"{page}.md").read_text(encoding="utf-8")
    given = set(re.findall(r"\{ #([a-z0-9-]+) \}", text))
    plain = re.findall(r"^#+ ([^{\n]+)$", text, re.MULTILINE)
    return given | {re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") for title in plain}


def dead_references(text: str) -> list[str]:
    return [
        match[0]
        for match in REFERENCE.finditer(text)
        if not (PLATFORM / f"{match[1]}.md").is_file()
        or (match[2] and match[2] not in anchors(match[1]))
    ]


def test_every_reference_to_the_platform_leads_somewhere() -> None:
    found = {file: dead_references(file.read_text(encoding="utf-8")) for file in tracked()}
    found.pop(Path(__file__), None)

    assert {str(file.relative_to(ROOT)): dead for file, dead in found.items() if dead} == {}


@pytest.mark.parametrize(
    "text", ["docs/platform/nowhere.md", "docs/platform/svaml.md#nowhere", "platform/limit.html"]
)
def test_a_dead_reference_is_seen(text: str) -> None:
    assert dead_references(f"At most five ({text}).") == [text.removeprefix("docs/")]


def test_there_are_references_at_all() -> None:
    texts = [file.read_text(encoding="utf-8") for file in tracked()]

    assert sum(len(REFERENCE.findall(text)) for text in texts) > 400


def test_nothing_points_outside_of_the_repository() -> None:
    found = {
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in tracked()
        if file != Path(__file__)
        for match in OUTSIDE.finditer(file.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_no_error_says_where_a_rule_is_from() -> None:
    """Who reads an error has no checkout at hand: its text says the rule itself."""
    folders = (ROOT / "sinch", ROOT / "generated", ROOT / "spec" / "runtime")
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for folder in folders
        for file in folder.rglob("*.py")
        for node in _texts_that_are_no_docstrings(file)
        if "docs/platform" in node.value
    ]

    assert found == []


def _texts_that_are_no_docstrings(file: Path) -> Iterator[ast.Constant]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if text and id(node) not in documents:
            yield node
