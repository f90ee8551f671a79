"""``sinch check``."""

from __future__ import annotations

import click

from sinch.cli.output import ExitCode, printable
from sinch.cli.session import Session, with_session

_MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "bad": ("✗", "red")}


@click.command()
@click.option("--offline", is_flag=True, help="Look at this machine only; send nothing.")
@with_session
def check(session: Session, offline: bool) -> None:
    """Find out what is wrong with keys, clock, proxy, certificates, callback URLs or the installation.

    Asks Sinch for the callback URLs of the application and for the last batches of the service plan,
    whichever is configured, which costs nothing, and posts an unsigned {} to each URL, which an app
    has to refuse. Exits with 1 when something is wrong.

    Profiles are files of `KEY=value` lines, such as ~/.config/sinch/work.env for --profile work.

    \b
    Examples:
      sinch check
      sinch check --profile work --json
      sinch check --offline
    """
    from sinch.cli.doctor import findings

    with session.output.progress("Looking ..."):
        found = [*findings(session, offline=offline)]
    if session.output.as_json:
        session.output.value(
            [{"area": f.area, "state": f.state, "what": f.what, "cure": f.cure} for f in found]
        )
    else:
        width = max(len(finding.area) for finding in found)
        for finding in found:
            mark, colour = _MARKS[finding.state]
            area = finding.area.ljust(width)
            click.echo(f"{click.style(mark, fg=colour)} {area}  {printable(finding.what)}")
            if finding.cure:
                click.echo(
                    f"  {' ' * width}  {click.style('→', fg=colour)} {printable(finding.cure)}"
                )
    if any(finding.state == "bad" for finding in found):
        raise SystemExit(ExitCode.NO)
