"""``sinch trigger``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import click

from sinch.cli.output import ExitCode, Failed, printable
from sinch.cli.session import Session, with_session

if TYPE_CHECKING:
    from sinch.core.signing import Credentials
    from sinch.testing.signing import SignedRequest

#: As one types them; the sample events of the sandbox have the names of the wire.
EVENTS: Final = {
    "ice": "ice",
    "ace": "ace",
    "pie": "pie",
    "dice": "dice",
    "notify": "notify",
    "verification-request": "VerificationRequestEvent",
    "verification-result": "VerificationResultEvent",
    "verification-sms-delivered": "VerificationSmsDeliveredEvent",
    "incoming-sms": "incomingSms",
    "batch-report": "delivery_report_sms",
    "recipient-report": "recipient_delivery_report_sms",
    "inbound": "mo_text",
}
#: Events of the SMS REST API, which are signed with the webhook secret of the service plan.
_OF_PLAN: Final = frozenset({"batch-report", "recipient-report", "inbound"})


@click.command()
@click.argument("event", type=click.Choice([*EVENTS]))
@click.option("--to", required=True, metavar="URL", help="Your app's callback URL.")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another value of a field, such as menuResult.value=2; JSON where it can be read as such.",
)
@click.option(
    "--body",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="An event of your own, as JSON, in place of the sample.",
)
@click.option("--show", is_flag=True, help="Print the event as well.")
@with_session
def trigger(
    session: Session, event: str, to: str, changes: tuple[str, ...], body: Path | None, show: bool
) -> None:
    """Send your app a signed callback, and judge its answer as Sinch would.

    Those of the SMS REST API (batch-report, recipient-report, inbound) are signed with
    SINCH_WEBHOOK_SECRET.

    Exits with 1 when the app refuses it, does not answer, or answers what Sinch would not use.

    \b
    Examples:
      sinch trigger ice --to http://127.0.0.1:8000/sinch
      sinch trigger pie --to http://127.0.0.1:8000/sinch --set menuResult.value=2
      sinch trigger incoming-sms --to http://127.0.0.1:8000/sinch --set message="STOP"
    """
    from sinch.cli.exchange import words_of
    from sinch.cli.posting import Unanswered, check_url, post

    check_url(to, "--to")
    credentials = None if event in _OF_PLAN else session.config().credentials
    if credentials is None and event not in _OF_PLAN:
        raise Failed("There is no secret to sign with", ExitCode.USAGE)
    payload = _sample(event, credentials) if body is None else _own(body)
    for change in changes:
        _set(payload, change)
    if show and not session.output.as_json:
        click.echo(json.dumps(payload, indent=2, ensure_ascii=False))
    request = _signed(session, payload, urlsplit(to).path or "/", credentials)
    try:
        answered = post(to, request.headers, request.body)
    except Unanswered as problem:
        raise Failed(f"The app did not answer: {problem}") from None
    verdict = _judged(event, payload, to, answered.status, answered.body)
    if session.output.as_json:
        session.output.value(
            {
                "event": payload,
                "status": answered.status,
                "answer": answered.body.decode("utf-8", "replace"),
                "ms": round(answered.seconds * 1000, 1),
                **verdict,
            }
        )
    else:
        ok = verdict["ok"]
        click.echo(
            f"{click.style(event.ljust(12), bold=True)} → {answered.status} "
            f"{printable(words_of(answered.body))}  {answered.seconds * 1000:.0f} ms  "
            + click.style(printable(verdict["text"]), fg="green" if ok else "red")
        )
        for note in verdict["notes"]:
            click.echo(f"  {click.style('note', fg='yellow')} {printable(note)}")
    if not verdict["ok"]:
        raise SystemExit(ExitCode.NO)


def _signed(
    session: Session, payload: dict[str, Any], path: str, credentials: Credentials | None
) -> SignedRequest:
    from sinch.testing.signing import signed_message, signed_request

    if credentials is not None:
        return signed_request(payload, path, credentials=credentials)
    return signed_message(payload, path, secret=session.environ.get("SINCH_WEBHOOK_SECRET", ""))


def _sample(event: str, credentials: Credentials | None) -> dict[str, Any]:
    from sinch.sandbox.platform.sample_events import sample_events
    from sinch.sandbox.platform.state import State

    state = State()
    if credentials is not None:
        state = State(key=credentials.application_key, secret=credentials.secret)
    return json.loads(json.dumps(sample_events(state)[EVENTS[event]]))  # type: ignore[no-any-return]


def _own(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise Failed(f"{file} is not JSON", ExitCode.USAGE) from None
    if not isinstance(found, dict):
        raise Failed(f"{file} holds no event: expected an object", ExitCode.USAGE)
    return found


def _set(payload: dict[str, Any], change: str) -> None:
    name, sign, text = change.partition("=")
    if not sign or not name:
        raise click.BadParameter(f"{change!r} is not NAME=VALUE", param_hint="--set")
    try:
        value: Any = json.loads(text)
    except ValueError:
        value = text
    *parents, last = name.split(".")
    holder: Any = payload
    for parent in parents:
        holder = holder.setdefault(parent, {})
        if not isinstance(holder, dict):
            raise click.BadParameter(f"{parent} in {name} is no object", param_hint="--set")
    # a field that is text stays text: --set menuResult.value=2
    holder[last] = text if isinstance(holder.get(last), str) else value


def _judged(
    event: str, payload: Mapping[str, Any], url: str, status: int, answer: bytes
) -> dict[str, Any]:
    """What Sinch would make of the answer; the sandbox knows."""
    from sinch.core.signing import utc_now
    from sinch.engine import CallbackFailure
    from sinch.sandbox.control.verdicts import of_delivery
    from sinch.sandbox.delivery.callbacks import (
        CallbackDelivery,
        Outcome,
        OutgoingCallback,
        Scheme,
    )

    good = 200 <= status < 300
    outcome = Outcome(
        status=status,
        body=answer,
        failure=None if good else CallbackFailure.STATUS,
        detail="" if good else f"HTTP {status}",
    )
    callback = OutgoingCallback(
        id="trigger",
        event=EVENTS[event],
        url=url,
        body=payload,
        stream="trigger",
        subject=("callId", "trigger"),
        scheme=Scheme.PLAN if event in _OF_PLAN else Scheme.APPLICATION,
    )
    return of_delivery(CallbackDelivery(callback=callback, at=utc_now(), outcome=outcome))
