"""``sinch messages``: the SMS REST API with a service plan."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from sinch.cli.output import wire_of
from sinch.cli.session import Session, or_stdin, with_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIMIT = click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="How many at most.")  # fmt: skip
_REFERENCE = click.option("--reference", help="Only those with this client reference.")


@click.group()
def messages() -> None:
    """Send to many numbers with a service plan, and follow what becomes of it.

    Needs SINCH_SERVICE_PLAN_ID and SINCH_API_TOKEN.
    """


@messages.command()
@click.argument("text")
@click.argument("numbers", nargs=-1, required=True)
@click.option("--from", "sender", help="The number, short code or name that it comes from.")
@click.option("--reference", help="Your reference, used once: after a lost answer it is looked for before anything is repeated.")  # fmt: skip
@click.option("--again", is_flag=True, help="An earlier try with --reference may have sent it: look for half a minute first.")  # fmt: skip
@click.option("--report", help="Reports to the callback URL: summary, full, per_recipient, ...")
@click.option("--dry-run", is_flag=True, help="Only count the messages; send nothing.")
@with_session
def send(
    session: Session,
    text: str,
    numbers: tuple[str, ...],
    sender: str | None,
    reference: str | None,
    report: str | None,
    again: bool,
    dry_run: bool,
) -> None:
    """Send TEXT to NUMBERS, up to 1,000; with - as TEXT, what is on standard input.

    \b
    Examples:
      sinch messages send "We open at nine" +46700000000 +46700000001
      sinch messages send "Order 7 left" +46700000000 --reference order-7
      sinch messages send "Order 7 left" +46700000000 --reference order-7 --again
    """
    if again and not reference:
        raise click.UsageError("--again needs --reference, which it is looked for by")
    with session.client() as client:
        draft = client.messages(numbers, or_stdin(text))
        if sender:
            draft = draft.with_sender(sender)
        if report:
            draft = draft.with_delivery_report(report)
        if dry_run:
            session.output.fields(wire_of(draft.dry_run(per_recipient=True)))
            return
        if reference:
            attempted = datetime.now(UTC) if again else None
            sent: Any = draft.with_client_reference(reference).send_once(attempted_at=attempted)
        else:
            sent = draft.send()
    session.output.fields(wire_of(sent))


@messages.command()
@click.argument("batch_id")
@with_session
def get(session: Session, batch_id: str) -> None:
    """Show a batch.

    \b
    Example:
      sinch messages get 01FC66621XXXXX119Z8PMV1QPQ
    """
    with session.client() as client:
        session.output.fields(wire_of(client.messages.get(batch_id)))


@messages.command(name="list")
@_REFERENCE
@_LIMIT
@with_session
def list_(session: Session, reference: str | None, limit: int) -> None:
    """List the batches of the last 24 hours, newest first.

    \b
    Examples:
      sinch messages list
      sinch messages list --reference order-7 --json
    """
    with session.client() as client:
        found = client.messages.list(client_reference=reference)
        session.output.rows(_wires(found, limit), "no batches", _batch)


@messages.command()
@click.argument("batch_id")
@with_session
def cancel(session: Session, batch_id: str) -> None:
    """Stop what has not been sent of a batch.

    \b
    Example:
      sinch messages cancel 01FC66621XXXXX119Z8PMV1QPQ
    """
    with session.client() as client:
        session.output.fields(wire_of(client.messages.cancel(batch_id)))


@messages.command()
@click.argument("batch_id")
@click.argument("number", required=False)
@click.option("--full", is_flag=True, help="With the numbers.")
@with_session
def report(session: Session, batch_id: str, number: str | None, full: bool) -> None:
    """Say what became of a batch, or of its message to NUMBER.

    \b
    Examples:
      sinch messages report 01FC66621XXXXX119Z8PMV1QPQ --full
      sinch messages report 01FC66621XXXXX119Z8PMV1QPQ +46700000000
    """
    with session.client() as client:
        found: Any = (
            client.messages.report(batch_id, number)
            if number
            else client.messages.batch_report(batch_id, full=full)
        )
    session.output.fields(wire_of(found))


@messages.command()
@click.option("--to", help="Only those to this number or short code.")
@_LIMIT
@with_session
def inbound(session: Session, to: str | None, limit: int) -> None:
    """List the messages that arrived in the last 24 hours.

    \b
    Examples:
      sinch messages inbound
      sinch messages inbound --to +46700000001 --limit 100
    """
    with session.client() as client:
        found = client.messages.inbound(to=to)
        session.output.rows(_wires(found, limit), "nothing arrived", _arrived)


def _batch(wire: Mapping[str, Any]) -> dict[str, Any]:
    """What finds a batch again, and little else: it may have a thousand recipients."""
    to = wire.get("to") or []
    return {
        "id": wire.get("id", ""),
        "created_at": wire.get("created_at", ""),
        "to": to[0] if len(to) == 1 else f"{len(to):,} recipients",
        "client_reference": wire.get("client_reference", ""),
        "canceled": wire.get("canceled", ""),
    }


def _arrived(wire: Mapping[str, Any]) -> dict[str, Any]:
    return {name: wire.get(name, "") for name in ("id", "received_at", "from", "to", "body")}


def _wires(found: Iterable[Any], limit: int) -> list[Any]:
    return [wire_of(one) for one in islice(found, limit)]
