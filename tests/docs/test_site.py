"""The site builds without a warning, and a reader's browser talks to nobody else.

Not with ``--quiet``: mkdocs then counts no warnings, and ``--strict`` lets everything pass.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="the dependency group dev has it")
    target = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def test_nothing_is_loaded_from_other_hosts(site: Path) -> None:
    loads = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=\"?(?:https?:)?//[^>]*>")
    for page in site.rglob("*.html"):
        assert not loads.findall(page.read_text(encoding="utf-8")), page.name


def test_docstrings_are_rendered(site: Path) -> None:
    for page in (site / "api").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert ":class:" not in text, page.name
        assert ".. code-block" not in text, page.name
        assert "docs/platform" not in text, page.name


def test_the_summary_for_programs_is_at_the_root(site: Path) -> None:
    assert (site / "llms.txt").read_text(encoding="utf-8").startswith("# Sinch Server SDK")
    assert (
        (site / "agents.txt").read_text(encoding="utf-8").startswith("# Writing Python for Sinch")
    )


def test_every_exported_name_is_on_a_page_of_the_reference(site: Path) -> None:
    """``from sinch.callbacks import X``: X has a place in the reference, by some name."""
    shown = {
        anchor.rpartition(".")[2]
        for page in (site / "api").glob("*.html")
        for anchor in re.findall(r'id="(sinch[\w.]+)"', page.read_text(encoding="utf-8"))
    }
    for module in ("callbacks", "svaml", "testing", "engine", "sandbox", "errors"):
        names = set(import_module(f"sinch.{module}").__all__)
        assert names - shown == set(), module
