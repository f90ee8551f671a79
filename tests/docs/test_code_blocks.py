"""Every python block of README.md and docs/ runs, top to bottom, one namespace for each page."""

from __future__ import annotations

import importlib.util
import unittest
from pathlib import Path
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

from sinch import SinchClient
from sinch.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "sinch" / "guide" / "agents.md"
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", GUIDE, *(ROOT / "docs").rglob("*.md")]
)
SYBIL = Sybil(parsers=[SkipParser(), PythonCodeBlockParser()], patterns=["*.md"], path=str(ROOT))


def missing(module: str) -> bool:
    """For ``<!--- skip: next if(missing("celery"), reason="...") -->`` in the pages."""
    return importlib.util.find_spec(module) is None


def close_clients(namespace: dict[str, Any]) -> None:
    """Pages that make a client in one block and use it in the next do not close it."""
    for value in namespace.values():
        if isinstance(value, SinchClient):
            value.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs(
    page: Path, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = SYBIL.parse(page)
    document.namespace.update(__name__="__main__", missing=missing)
    monkeypatch.chdir(tmp_path)  # whatever an example writes stays out of the repository
    try:
        for example in document.examples():
            try:
                example.evaluate()
            except unittest.SkipTest:
                continue
            except Exception as error:
                error.add_note(f"in the block at {page.relative_to(ROOT)}:{example.line}")
                raise
    finally:
        close_clients(document.namespace)
