"""``sinch bulk``: jobs that send to many and survive a crash."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sinch.cli.output import ExitCode, Failed, Output
from sinch.cli.session import Session, with_json, with_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from sinch.bulk import Job, Report

JOURNAL_VARIABLE = "SINCH_BULK_JOURNAL"


class _Group(click.Group):
    """Commands whose journal may fail under way."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a database raises is told without a traceback."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("sqlite3", "psycopg"):
                raise
            told, code = f"the journal fails: {str(error).strip()}.", ExitCode.NO
            if ctx.invoked_subcommand == "run":
                told += " Once that is put right, the same command goes on; who was in flight is unknown."
                code = ExitCode.UNKNOWN
            raise Failed(told, code) from None


@click.group(cls=_Group)
def bulk() -> None:
    """Send to many, from a journal that survives: run, watch, pause, export.

    JOURNAL is a SQLite file, or postgresql://... for many machines; SINCH_BULK_JOURNAL names it as
    well, which keeps a password out of the list of processes.
    """


def _on_job(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its journal and the name of a job in it."""
    command = click.option("--name", help="Which job, if the journal has several.")(command)
    return click.argument("journal", envvar=JOURNAL_VARIABLE)(command)


@bulk.command()
@click.argument("file", required=False, type=click.File(encoding="utf-8-sig"), metavar="[FILE.csv]")
@click.option("--journal", required=True, envvar=JOURNAL_VARIABLE, help="Made if it is not there.")
@click.option("--text", metavar="TEMPLATE", help='As in "Hello ${name}", with columns of FILE.')
@click.option("--rate", type=float, metavar="N", help="Recipients a second, over all workers.")
@click.option(
    "--concurrency",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="Requests at once.",
)
@click.option(
    "--name", help="Name of the job; the name of FILE by default, in a journal without any."
)
@click.option(
    "--kind",
    type=click.Choice(["sms", "messages", "callout", "verification"]),
    default="sms",
    show_default=True,
    help="Classic messages, batches with a service plan, calls that read the text, or verifications.",
)
@click.option("--from", "cli", metavar="SENDER", help="The number or name that it comes from.")
@click.option("--locale", help="Language of a callout, such as sv-SE.")
@click.option("--method", default="sms", show_default=True, help="How a verification is done.")
@click.option(
    "--suppress",
    type=click.File(encoding="utf-8-sig"),
    metavar="FILE",
    help="Numbers never to send to, one a line.",
)
@with_session
def run(
    session: Session,
    file: Any,
    journal: str,
    name: str | None,
    concurrency: int,
    suppress: Any,
    **options: Any,
) -> None:
    """Send to everybody in FILE.csv; run again on the same journal, it goes on where it was.

    Columns are `number` and `text`, or those that --text names; a `key` counts once. Without FILE
    the job of the journal goes on. With --kind messages, recipients of one --text share requests. SIGTERM and Ctrl-C wait for what is under way.

    Exits with 0 when all were sent, 1 when some were refused, 2 when keys are missing, 3 when Sinch refuses everybody, 5
    when some may have been sent.

    \b
    Examples:
      sinch bulk run november.csv --journal november.db --rate 50
      sinch bulk run guests.csv --journal guests.db --text 'Hello ${name}, see you at ${time}'
      sinch bulk run numbers.csv --journal storm.db --kind callout --text "A storm is coming"
    """
    from sinch.bulk import Job
    from sinch.cli.bulk_files import make_job, numbers_of

    if file is None:
        job: Job[Any] = Job.open(journal, name)
    else:
        job = make_job(journal, file, name=name, **options)
    if suppress is not None:
        job.suppress(numbers_of(suppress))
    report = asyncio.run(_run(session, job, concurrency))
    _tell(session.output, report)
    raise SystemExit(_exit_code(report))


async def _run(session: Session, job: Job[Any], concurrency: int) -> Report:
    from sinch.cli.bulk_progress import watching

    async with session.async_client() as client, watching(job, sys.stderr):
        return await job.run(client, concurrency=concurrency)


@bulk.command()
@_on_job
@with_json
def status(output: Output, journal: str, name: str | None) -> None:
    """Say how many recipients are in which state.

    \b
    Examples:
      sinch bulk status november.db
      sinch bulk status november.db --json
    """
    _tell(output, _open(journal, name).status())


@bulk.command()
@_on_job
@with_json
def pause(output: Output, journal: str, name: str | None) -> None:
    """Have all workers stop after what is in flight, and wait.

    \b
    Example:
      sinch bulk pause november.db
    """
    _tell(output, _open(journal, name).pause())


@bulk.command()
@_on_job
@with_json
def resume(output: Output, journal: str, name: str | None) -> None:
    """Let the workers of a paused job go on; `sinch bulk run` starts one.

    \b
    Example:
      sinch bulk resume november.db
    """
    _tell(output, _open(journal, name).resume())


@bulk.command()
@_on_job
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_json
def cancel(output: Output, journal: str, name: str | None, yes: bool) -> None:
    """End a job for good: whoever was not sent to is refused.

    \b
    Example:
      sinch bulk cancel november.db --yes
    """
    job = _open(journal, name)
    if not yes:
        left = job.status().left
        click.confirm(f"Never send to the {left} who are left?", abort=True, err=True)
    _tell(output, job.cancel())


@bulk.command()
@_on_job
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True
)
@click.option("--state", "states", multiple=True, help="Only those in this state; may be repeated.")
@click.option(
    "-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)  # fmt: skip
def export(
    journal: str, name: str | None, form: Any, states: tuple[str, ...], target: Path | None
) -> None:
    """Write every recipient and what became of it, numbers and texts in full.

    \b
    Examples:
      sinch bulk export november.db -o november.csv
      sinch bulk export november.db --format jsonl --state refused --state unknown
    """
    from sinch.bulk import State

    for state in states:
        if state not in {*State}:
            raise click.BadParameter(f"{state}: one of {', '.join(State)}", param_hint="--state")
    job = _open(journal, name)
    if target is None:
        job.export(sys.stdout, form, *states)
        return
    with target.open("w", encoding="utf-8", newline="") as file:
        written = job.export(file, form, *states)
    click.echo(f"{written} written to {target}", err=True)


@bulk.command()
@_on_job
@click.option("--concurrency", type=click.IntRange(1), default=20, show_default=True)
@with_session
def reconcile(session: Session, journal: str, name: str | None, concurrency: int) -> None:
    """Ask Sinch about the unknown, and what became of those that were sent to.

    \b
    Example:
      sinch bulk reconcile november.db
    """
    import attrs

    job = _open(journal, name)
    with session.client() as client:
        found = job.reconcile(client, concurrency=concurrency)
    counts = attrs.asdict(found)
    session.output.fields(counts)
    if found.errors:
        raise SystemExit(ExitCode.NO)


@bulk.command()
@click.argument("journal", envvar=JOURNAL_VARIABLE)
@click.argument("numbers", nargs=-1, required=True)
@with_json
def suppress(output: Output, journal: str, numbers: tuple[str, ...]) -> None:
    """Never send to NUMBERS, such as those that answered STOP, in any job of the journal.

    \b
    Example:
      sinch bulk suppress november.db +46700000001
    """
    from sinch.bulk import suppress_in

    new = suppress_in(journal, numbers)
    output.done(f"{new} new numbers are never sent to", new=new)


def _open(journal: str, name: str | None) -> Job[Any]:
    from sinch.bulk import Job

    job: Job[Any] = Job.open(journal, name)
    return job


def _tell(output: Output, report: Report) -> None:
    wire = report.as_dict()
    if not output.as_json:
        wire = {name: value for name, value in wire.items() if value != "" and value != {}}
    output.fields(wire)


def _exit_code(report: Report) -> ExitCode:
    if report.reason.startswith("ConfigurationError"):
        return ExitCode.USAGE
    if report.reason:
        return ExitCode.REFUSED
    if report.unknown:
        return ExitCode.UNKNOWN
    return ExitCode.NO if report.refused or report.failed else ExitCode.OK
