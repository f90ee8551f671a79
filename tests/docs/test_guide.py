"""``python -m sinch.guide`` prints what is in the package; its examples run with those of the site."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sinch.guide import PARTS, read
from sinch.guide.__main__ import main


def test_it_prints_everything() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sinch.guide"], capture_output=True, text=True, check=True
    )

    for part in PARTS:
        assert read(part) in done.stdout


@pytest.mark.parametrize("part", PARTS)
def test_it_prints_one_part(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([part]) == 0
    assert capsys.readouterr().out == read(part)


def test_it_names_the_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "[agents|llms]" in capsys.readouterr().err


def test_it_is_short_enough_to_be_read() -> None:
    """A model pays for every word of it: about 4 characters a token."""
    assert len(read("agents")) < 8_000
    assert len(read("agents") + read("llms")) < 16_000
