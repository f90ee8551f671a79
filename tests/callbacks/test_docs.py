"""The guide is true: its programs run, and every name in its tables exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sinch.callbacks
from sinch.callbacks import RejectionReason
from sinch.values import CliMode

GUIDE = (Path(__file__).parents[2] / "docs" / "callbacks.md").read_text("utf-8")


def test_the_programs_of_the_guide_run_from_top_to_bottom():
    namespace: dict = {}
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL), 1):
        exec(compile(block, f"docs/callbacks.md, program {number}", "exec"), namespace)


def test_every_reason_is_explained():
    missing = [reason.value for reason in RejectionReason if f"`{reason.value}`" not in GUIDE]
    assert not missing


@pytest.mark.parametrize("kind", ["IdentityType", "OriginationType", "MenuResultType", "CallResult",
                                  "DiceReason", "CliMode"])  # fmt: skip
def test_the_names_in_the_tables_exist(kind):
    cls = CliMode if kind == "CliMode" else getattr(sinch.callbacks, kind)
    for row in GUIDE.splitlines():
        cells = row.split("|")
        if len(cells) == 4 and f"`{kind}." in cells[2]:
            names = re.findall(r"`(?:\w+\.)?([A-Z_]{3,})`", cells[2])
            assert names
            for name in names:
                assert hasattr(cls, name), f"{kind}.{name}"


def test_every_decorator_is_listed():
    from sinch.callbacks import CallbackRouter

    listed = set(re.findall(r"`@router\.(\w+)", GUIDE))
    for name in listed:
        assert hasattr(CallbackRouter, name)
    assert len(listed) == 10
