"""The guide: its examples run, and its tables name what exists."""

import re
from pathlib import Path

import pytest

import sinch.svaml as public
from sinch.svaml import FindingCode, Limits, Svaml

GUIDE = (Path(__file__).parents[2] / "docs" / "svaml.md").read_text(encoding="utf-8")


def test_the_examples_run(capsys):
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) > 10
    for block in blocks:
        exec(compile(block, "docs/svaml.md", "exec"), names)
    drawing = re.search(r"^```mermaid\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert drawing is not None
    assert names["menus"].to_mermaid() == drawing[1]


def test_every_limit_and_every_finding_is_explained():
    for name in (*Limits.__annotations__, *(code.value for code in FindingCode)):
        assert f"`{name}`" in GUIDE


@pytest.mark.parametrize(
    "kind", [getattr(public, n) for n in public.__all__ if n.endswith(("Action", "Builder"))]
)
def test_every_method_is_in_the_guide(kind):
    for name in dir(kind):
        if not name.startswith("_") and callable(getattr(kind, name)):
            assert f"{name}(" in GUIDE or f"`{name}`" in GUIDE, name


def test_every_name_of_the_design_exists():
    svaml = Svaml()
    for name in ("ice", "ace", "pie", "dice", "notify", "manage_call", "menus"):
        assert callable(getattr(svaml, name))
    for name in ("Svaml", "tts", "file", "href", "ssml", "Limits", "lint"):
        assert name in public.__all__
