"""``sinch sms``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sinch.cli.output import ExitCode, Output, printable, wire_of
from sinch.cli.session import Session, or_stdin, with_json, with_session

if TYPE_CHECKING:
    from sinch import SinchClient
    from sinch.core.flow import Flow
    from sinch_api.models.sms import SmsStatusResponse


@click.group()
def sms() -> None:
    """Send an SMS, ask what became of it, count its parts."""


@sms.command()
@click.argument("number")
@click.argument("text")
@click.option("--from", "cli", metavar="SENDER", help="The number or name that it comes from.")
@click.option("--wait", is_flag=True, help="Wait until it is delivered or has failed.")
@click.option("--within", type=float, default=60, show_default=True, help="Seconds to wait.")
@with_session
def send(
    session: Session, number: str, text: str, cli: str | None, wait: bool, within: float
) -> None:
    """Send TEXT to NUMBER; with - as TEXT, what is on standard input.

    \b
    Examples:
      sinch sms send +46700000000 "Your table is ready"
      date | sinch sms send +46700000000 - --wait
    """
    from sinch.segments import segments

    body = or_stdin(text)
    with session.client() as client:
        sent = client.sms(number, body, cli=cli).send()
        wire = {**wire_of(sent), "messageId": sent.message_id, "parts": segments(body).count}
        if wait:
            with session.output.progress("Waiting for the delivery ..."):
                status = client.run(_until_final(client, sent.message_id, within))
            wire |= wire_of(status)
            session.output.fields(wire)
            _exit_by(status)
            return
    session.output.fields(wire)


@sms.command()
@click.argument("message_id")
@click.option("--wait", is_flag=True, help="Wait until it is delivered or has failed.")
@click.option("--within", type=float, default=60, show_default=True, help="Seconds to wait.")
@with_session
def status(session: Session, message_id: str, wait: bool, within: float) -> None:
    """Say how far a message has come; exit with 1 when it failed.

    \b
    Examples:
      sinch sms status 123456789
      sinch sms status 123456789 --wait --json
    """
    with session.client() as client:
        if wait:
            with session.output.progress("Waiting for the delivery ..."):
                found = client.run(_until_final(client, message_id, within))
        else:
            found = client.sms.get_status(message_id)
    session.output.fields(wire_of(found))
    _exit_by(found)


@sms.command()
@click.argument("text")
@with_json
def segments(output: Output, text: str) -> None:
    """Count the messages that TEXT takes, and show where it is cut; - reads standard input.

    Nothing is sent, and no account is needed.

    \b
    Examples:
      sinch sms segments "Your code is 1234"
      sinch sms segments - < newsletter.txt
    """
    from sinch.segments import segments as count

    body = or_stdin(text)
    found = count(body)
    wire = {
        "messages": found.count,
        "encoding": found.encoding.value,
        "units": found.units,
        "room": found.room,
        "left": found.left,
        "outside": list(found.outside),
        "parts": list(found.parts),
    }
    if output.as_json:
        output.value(wire)
        return
    many = "1 message" if found.count == 1 else f"{found.count} messages"
    unit = "septets" if found.encoding == "GSM-7" else "16-bit units"
    click.echo(
        f"{many}, {found.encoding.value}: {found.units} {unit}, {found.room} fit in each"
        f"{' part' if found.count > 1 else ''}, {found.left} left in the last"
    )
    if found.outside:
        shown = " ".join(f"{printable(c)} (U+{ord(c):04X})" for c in found.outside[:20])
        click.echo(f"not in the GSM alphabet, hence UCS-2: {shown}")
    for number, part in enumerate(found.parts, 1):
        click.echo(f"{click.style(f'{number:>3}', fg='cyan')}  {printable(part)}")


def _exit_by(found: SmsStatusResponse) -> None:
    from sinch import SmsStatus

    if found.status in {SmsStatus.FAULTED, SmsStatus.UNKNOWN}:
        raise SystemExit(ExitCode.NO)


def _until_final(client: SinchClient, message_id: str, within: float) -> Flow[SmsStatusResponse]:
    from sinch import SmsStatus
    from sinch.core.flow import Pause, call
    from sinch_api.operations.sms import get_sms_status

    context = client.context
    until = context.monotonic() + within
    while True:
        found = yield from call(get_sms_status(message_id), context)
        if found.status != SmsStatus.PENDING or context.monotonic() >= until:
            return found
        yield Pause(1.0)
