"""What every command prints, and with which code it ends.

With ``--json`` the result is one JSON value on standard output and an error one JSON object on
standard error. Without it people read: names on the left, values on the right. Whatever a peer sent
is made printable first, so that nobody's text can move a cursor or forge a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

if TYPE_CHECKING:
    from rich.console import Console

#: Where a command notes in ``click.Context.meta`` that errors are to be JSON as well.
AS_JSON: Final = "sinch.cli.json"
_WIDE: Final = 200


class ExitCode(IntEnum):
    """How a command ended, for scripts.

    ``NO`` is an answer and no accident: a check failed, a code was wrong, findings were found.
    After ``NOT_SENT`` the same command can be run again; after ``UNKNOWN`` it may have worked.
    """

    OK = 0
    NO = 1
    USAGE = 2
    REFUSED = 3
    NOT_SENT = 4
    UNKNOWN = 5


class Failed(click.ClickException):
    """An error with a code of ours; shown as one line or several, never as a traceback."""

    def __init__(self, message: str, code: ExitCode = ExitCode.NO, **details: object) -> None:
        super().__init__(message)
        vars(self)["exit_code"] = int(code)  # click declares it for the class
        self.details = details
        context = click.get_current_context(silent=True)
        self.as_json = context is not None and bool(context.meta.get(AS_JSON))

    def show(self, file: Any = None) -> None:
        """Write it to standard error."""
        if self.as_json:
            found = {"message": self.message, "exit": self.exit_code, **self.details}
            click.echo(json.dumps({"error": found}, ensure_ascii=False), file or sys.stderr)
        else:
            click.echo(f"Error: {printable(self.message, lines=True)}", file or sys.stderr)


@attrs.frozen
class Output:
    """Prints results, as people or machines want them."""

    as_json: bool = False

    @property
    def console(self) -> Console:
        """Standard output, for what people read; where it is no terminal, lines are not cut."""
        return _console(sys.stdout)

    def value(self, value: object) -> None:
        """Print any JSON value, for machines."""
        click.echo(json.dumps(value, ensure_ascii=False, default=str))

    def fields(self, wire: Mapping[str, Any], title: str = "") -> None:
        """Print one object."""
        if self.as_json:
            self.value(wire)
            return
        if title:
            click.secho(title, bold=True)
        flat = list(_flat(wire))
        width = max((len(name) for name, _ in flat), default=0)
        for name, value in flat:
            click.echo(f"{click.style(name.ljust(width), fg='cyan')}  {printable(value)}")

    def rows(
        self,
        wires: Sequence[Mapping[str, Any]],
        empty: str,
        short: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
    ) -> None:
        """Print several objects of a kind as a table; people get ``short`` of each."""
        if self.as_json:
            self.value(list(wires))
        elif wires:
            table(self.console, [short(wire) for wire in wires])
        else:
            click.echo(empty)

    def done(self, sentence: str, **wire: object) -> None:
        """Say that something was done."""
        if self.as_json:
            self.value({"done": True, **wire})
        else:
            click.echo(printable(sentence))

    def progress(self, doing: str) -> AbstractContextManager[object]:
        """Show on standard error that something takes its time; nothing where nobody looks."""
        return _console(sys.stderr).status(doing)


def table(console: Console, wires: Sequence[Mapping[str, Any]]) -> None:
    """One line an object, with a column for each name that any has."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    names = list(dict.fromkeys(name for wire in wires for name in wire))
    grid = Table(*names, box=SIMPLE_HEAD, header_style="cyan", pad_edge=False)
    for wire in wires:
        grid.add_row(*(Text(printable(_shown(wire.get(name, "")))) for name in names))
    console.print(grid)


def printable(text: object, *, lines: bool = False) -> str:
    """Text with everything escaped that could upset a terminal; newlines too unless ``lines``."""
    whole = str(text)
    kept = "\n" if lines else ""
    if whole.replace("\n", "").isprintable() and (lines or "\n" not in whole):
        return whole
    return "".join(
        char if char.isprintable() or char in kept else char.encode("unicode_escape").decode()
        for char in whole
    )


def wire_of(model: Any) -> dict[str, Any]:
    """A model as it came, with whatever this version has no field for."""
    raw = getattr(model, "raw", None)
    return dict(raw) if raw else dict(model.to_wire())


def _flat(wire: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for name, value in wire.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _console(file: Any) -> Console:
    from rich.console import Console

    return Console(file=file, width=None if file.isatty() else _WIDE, highlight=False)
