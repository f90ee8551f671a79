"""``sinch demo``."""

from __future__ import annotations

import click


@click.command()
def demo() -> None:
    """Walk through every product against a local sandbox, blocking and asyncio.

    Prints what goes over the wire. Exits with 1 if anything is not as it should be.

    \b
    Example:
      sinch demo
    """
    from rich.console import Console

    from sinch.demo import DemoFailed, run
    from sinch.errors import SinchError

    console = Console()
    try:
        run(console)
    except (DemoFailed, SinchError) as problem:
        console.print(f"[bold red]demo failed:[/] {problem}")
        raise SystemExit(1) from None
