"""The table of commands: light to look at, right about what it names, helpful where extras lack."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from sinch.cli import COMMANDS, main
from sinch.cli.lazy import Command, LazyGroup


def python(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )


def test_help_imports_no_command_and_nothing_heavy() -> None:
    done = python(
        "import sys\n"
        "from sinch.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'aiohttp', 'requests', 'cattrs', 'django', 'rich.console', 'asyncio'}\n"
        "print('LOADED', sorted(name for name in sys.modules if name in heavy\n"
        "    or name.startswith(('sinch.cli.', 'sinch_api')) and name != 'sinch.cli.lazy'))\n"
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "LOADED []"
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_help_is_that_of_the_command(name: str) -> None:
    command = COMMANDS[name].load()

    assert command.name == name
    assert (command.help or "").strip().startswith(COMMANDS[name].help)


@pytest.mark.parametrize(
    "script", ["import leftpad", "def run(): import leftpad"], ids=["at import", "while it works"]
)
def test_a_missing_extra_is_named(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> None:
        __import__("leftpad")

    monkeypatch.setattr(sys, "modules", {**sys.modules, "leftpad": None})
    where = "leftpad:run" if script.startswith("import") else f"{__name__}:left"
    module = type(sys)(__name__)
    module.left = click.Command("left", callback=run)  # type: ignore[attr-defined]
    sys.modules[__name__] = module
    group = LazyGroup("sinch", table={"left": Command(where, "Pad.", extra="padding")})

    done = CliRunner().invoke(group, ["left"])

    assert done.exit_code == 1
    assert "pip install 'sinch-server-sdk[padding]'" in done.output


def test_a_broken_installation_is_no_missing_extra() -> None:
    group = LazyGroup("sinch", table={"gone": Command("sinch.cli.gone:gone", "Gone.")})

    assert isinstance(CliRunner().invoke(group, ["gone"]).exception, ModuleNotFoundError)


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["smss"]).exit_code == 2


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command that is no group."""
    if not isinstance(command, click.Group):
        yield words
        return
    with click.Context(command) as context:
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from leaves(found, (*words, name))


@pytest.mark.parametrize("words", [*leaves(main)], ids=" ".join)
def test_help_has_examples_one_on_a_line(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*words, "--help"], prog_name="sinch").output

    assert re.search(rf"\n  Examples?:\n(.*\n)*?    .*sinch {' '.join(words)}", shown), shown
    assert "\\b" not in shown
