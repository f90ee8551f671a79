"""``sinch demo`` tells the whole story, and fails when the story is not true."""

from __future__ import annotations

import io

import pytest
from click.testing import CliRunner
from rich.console import Console

from sinch import demo
from sinch.cli import main


def test_the_demo_walks_through_everything_twice_and_shows_the_wire() -> None:
    done = CliRunner().invoke(main, ["demo"])

    assert done.exit_code == 0, done.output
    for said in (
        "blocking: SinchClient",
        "asyncio: AsyncSinchClient",
        "POST /verification/v1/verifications",
        "everything is as it should be",
    ):
        assert said in done.output
    assert done.output.count("the right code succeeds") == 2


def test_the_demo_exits_with_1_when_something_is_wrong(monkeypatch) -> None:
    wrong = lambda sandbox, id_: {"code": "nope", "cli": "+46000000000"}  # noqa: E731
    monkeypatch.setattr(demo, "_verification", wrong)

    done = CliRunner().invoke(main, ["demo"])

    assert done.exit_code == 1
    assert "demo failed: expected: the right code succeeds" in done.output


def test_the_story_holds_no_secret() -> None:
    output = io.StringIO()

    demo.run(Console(file=output, width=200))

    assert "Application " in output.getvalue()
    assert ":***" in output.getvalue()


@pytest.mark.parametrize("command", ["--help", "demo --help", "sandbox --help"])
def test_help(command) -> None:
    assert CliRunner().invoke(main, command.split()).exit_code == 0
