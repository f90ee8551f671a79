"""``sinch verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from sinch.cli.output import ExitCode, wire_of
from sinch.cli.session import Session, or_stdin, with_session

if TYPE_CHECKING:
    from sinch import SinchClient
    from sinch.verification import VerificationDraft
    from sinch_api.models.verification import (
        ReportVerificationResponse,
        VerificationStatusResponse,
    )

METHODS: Final = ("sms", "flashcall", "callout", "seamless", "whatsapp")
method_option = click.option(
    "--method", type=click.Choice(METHODS), default="sms", show_default=True, help="How to verify."
)


@click.group()
def verify() -> None:
    """Verify numbers: start, report a code, see how it stands."""


@verify.command()
@click.argument("number")
@method_option
@click.option("--reference", metavar="TEXT", help="A name of yours for this verification.")
@click.option("--custom", metavar="TEXT", help="Data that your callbacks get along.")
@click.option("--language", metavar="TAG", help="Language of the message, such as es-ES.")
@with_session
def start(
    session: Session,
    number: str,
    method: str,
    reference: str | None,
    custom: str | None,
    language: str | None,
) -> None:
    """Start verifying NUMBER; prints the id that `report` takes.

    \b
    Examples:
      sinch verify start +46700000000
      sinch verify start +46700000000 --method flashcall --reference signup-17
    """
    with session.client() as client:
        draft = client.verification(number)
        if reference is not None:
            draft = draft.with_reference(reference)
        if custom is not None:
            draft = draft.with_custom(custom)
        if language is not None:
            draft = draft.with_language(language)
        session.output.fields(wire_of(draft.initiate(method)))


@verify.command()
@click.argument("who", metavar="ID|NUMBER")
@click.option("--code", help="The code that was received; - reads it from standard input.")
@click.option("--cli", metavar="NUMBER", help="The number that called, of a flash call.")
@method_option
@with_session
def report(session: Session, who: str, code: str | None, cli: str | None, method: str) -> None:
    """Report what the person received; exits with 1 unless that verifies the number.

    \b
    Examples:
      sinch verify report 1234567890 --code 4711
      sinch verify report +46700000000 --method flashcall --cli +46700000001
    """
    if cli is not None and code is None and method == "sms":
        method = "flashcall"  # only a flash call has a number and no code
    with session.client() as client:
        draft = _of(client, who)
        if code is not None:
            draft = draft.with_code(or_stdin(code))
        if cli is not None:
            draft = draft.with_cli(cli)
        found = draft.report(method)
    session.output.fields(wire_of(found))
    _exit_by(found)


@verify.command()
@click.argument("who", metavar="ID|NUMBER", required=False)
@click.option("--reference", metavar="TEXT", help="Look it up by your own name for it.")
@method_option
@click.option("--wait", is_flag=True, help="Wait until it is final.")
@click.option("--within", type=float, default=120, show_default=True, help="Seconds to wait.")
@with_session
def status(
    session: Session, who: str | None, reference: str | None, method: str, wait: bool, within: float
) -> None:
    """Say how a verification stands; exits with 1 when it failed, was denied or aborted.

    \b
    Examples:
      sinch verify status 1234567890 --wait
      sinch verify status +46700000000 --method sms
      sinch verify status --reference signup-17
    """
    if (who is None) == (reference is None):
        raise click.UsageError("Give an id, a number or --reference, one of them.")
    with session.client() as client:
        if who is not None:
            draft = _of(client, who)
        else:
            draft = client.verification().with_reference(reference or "")
        if wait:
            with session.output.progress("Waiting for the verification ..."):
                found = draft.wait(method, timeout=within)
        else:
            found = draft.get(method)
    session.output.fields(wire_of(found))
    _exit_by(found)


def _of(client: SinchClient, who: str) -> VerificationDraft:
    if who.startswith("+"):
        return client.verification(who)
    return client.verification().with_id(who)


def _exit_by(found: VerificationStatusResponse | ReportVerificationResponse) -> None:
    from sinch import VerificationStatus

    if found.status not in {VerificationStatus.SUCCESSFUL, VerificationStatus.PENDING, None}:
        raise SystemExit(ExitCode.NO)
