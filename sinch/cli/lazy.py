"""A group of commands that imports each of them when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, cast

import attrs
import click

#: Our own packages: one of their modules missing is a broken installation, not a missing extra.
OURS: Final = ("sinch", "sinch_api")


@attrs.frozen
class Command:
    """Where a command is (``module:object``), its line of help, and the extra that it needs."""

    where: str
    help: str
    extra: str = "cli"

    def load(self) -> click.Command:
        """Import it."""
        module, _, name = self.where.partition(":")
        try:
            return cast("click.Command", getattr(import_module(module), name))
        except ModuleNotFoundError as missing:
            raise self.explained(missing) from None

    def explained(self, missing: ModuleNotFoundError) -> Exception:
        """What to install where a package is missing."""
        if missing.name is None or missing.name.partition(".")[0] in OURS:
            return missing
        return click.ClickException(
            f"This command needs {missing.name}, which is not installed. Install it with:\n"
            f"    pip install 'sinch-server-sdk[{self.extra}]'"
        )


class LazyGroup(click.Group):
    """A click group whose commands come from a table of :class:`Command`."""

    def __init__(self, *args: Any, table: Mapping[str, Command], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Their names, in the order of the table."""
        return [*self.table]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the one of this name."""
        found = self.table.get(cmd_name)
        return None if found is None else found.load()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List them without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in self.table.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Call one; what it imports while it works may be missing as well."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as missing:
            command = self.table.get(ctx.invoked_subcommand or "")
            raise (command.explained(missing) if command else missing) from None
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as problem:
            from sinch.errors import SinchError

            if not isinstance(problem, SinchError):
                raise
            from sinch.cli.failing import failed

            raise failed(problem) from None
