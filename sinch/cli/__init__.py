"""The ``sinch`` command: one file of this package for each group of commands.

A new group is a file here and a line in :data:`COMMANDS`; nothing of it is imported before somebody
calls it, so that ``sinch --help`` and completion stay quick and a group whose extra is not
installed is in nobody's way.
"""

from __future__ import annotations

try:
    import click
    import rich  # pyright: ignore[reportUnusedImport]  # noqa: F401  commands print with it
except ModuleNotFoundError as missing:
    if missing.name not in {"click", "rich"}:
        raise
    raise SystemExit(
        f"The sinch command needs {missing.name}, which is not installed. Install it with:\n"
        "    pip install 'sinch-server-sdk[cli]'"
    ) from None

from sinch.cli.lazy import Command, LazyGroup

#: NAME: where its click command is, its line in ``sinch --help``, and the extra it stands on.
COMMANDS = {
    "sandbox": Command(
        "sinch.cli.sandbox:sandbox", "Run a local Sinch to develop and test against."
    ),
    "demo": Command(
        "sinch.cli.demo:demo",
        "Walk through every product against a local sandbox, blocking and asyncio.",
    ),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="sinch-server-sdk", prog_name="sinch")
def main() -> None:
    """Tools for building on Sinch."""
