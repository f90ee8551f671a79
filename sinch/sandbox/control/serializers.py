"""Records as the API below ``/_sandbox`` shows them; cattrs writes what is shown as it is kept."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from sinch.engine import AmdScript, FarEnd, Leg, SimulatedCall
from sinch.engine.legs import DialledLeg
from sinch.sandbox.delivery.callbacks import CallbackDelivery
from sinch.sandbox.delivery.faults import OF_REST, TIMED, Fault, FaultKind, Faults
from sinch.sandbox.platform.plan import batches, reports
from sinch.sandbox.platform.plan.outcomes import Outcome, Outcomes
from sinch.sandbox.platform.plan.records import Batch
from sinch.sandbox.platform.records import LoggedRequest, Message, ReceivedMessage, Verification
from sinch.sandbox.platform.services import CallbackTargets
from sinch.sandbox.platform.verification_responses import DATA_PATH
from sinch_api.codec import write_datetime

from . import verdicts

if TYPE_CHECKING:
    from cattrs import Converter

_LONGEST_ANSWER: Final = 8 * 1024


def shown(record: object) -> dict[str, Any]:
    """A record whose fields say all there is to show."""
    fields: dict[str, Any] = _converter().unstructure(record)
    return fields


def verification(record: Verification, base_url: str) -> dict[str, Any]:
    """One verification with its secret: the code, the caller, or the link."""
    fields = shown(record)
    if record.token is not None:
        fields["targetUri"] = f"{base_url}{DATA_PATH}/{record.token}"
    if record.template is not None and record.code is not None:
        fields["text"] = record.template.replace("{{CODE}}", record.code)
    return fields


def batch(record: Batch) -> dict[str, Any]:
    """One batch without its recipients: as clients see it, and what became of it."""
    return {
        **batches.answer(record),
        "to": len(record.recipients),
        "dispatched": record.dispatched,
        "feedback": len(record.feedback),
        "statuses": reports.of_batch(record, full=False)["statuses"],
    }


def recipients(record: Batch) -> list[dict[str, Any]]:
    """The recipients of a batch, one by one."""
    return [
        {
            "number": f"+{one.number}",
            "status": one.status.value,
            "code": one.code,
            "at": reports.stamp(one.at),
            "parts": one.parts,
            "messageId": one.message_id,
            "feedback": one.number in record.feedback,
        }
        for one in record.recipients
    ]


def outcomes(rules: Outcomes) -> dict[str, Any]:
    """What becomes of messages: to certain numbers, and to all others."""
    listed = [{"number": f"+{number}", **_outcome(rule)} for number, rule in rules]
    return {"default": _outcome(rules.default), "outcomes": listed}


def _outcome(rule: Outcome) -> dict[str, Any]:
    after = None if rule.after is None else rule.after.total_seconds()
    return {"status": rule.status.value, "code": rule.code, "after": after}


def request(entry: LoggedRequest) -> dict[str, Any]:
    """One request of a client."""
    return {**shown(entry), "verdict": verdicts.of_request(entry)}


def delivery(record: CallbackDelivery) -> dict[str, Any]:
    """One callback that was tried."""
    callback, outcome = record.callback, record.outcome
    field, subject = callback.subject
    problem = answer = None
    if outcome.failure is not None:
        problem = f"{outcome.failure.value}: {outcome.detail}".removesuffix(": ")
    if outcome.status is not None:
        answer = outcome.body[:_LONGEST_ANSWER].decode("utf-8", "replace")
    return {
        "id": callback.id,
        "event": callback.event,
        field: subject,
        "url": callback.url,
        "attempt": callback.attempt,
        "timestamp": write_datetime(record.at),
        "body": dict(callback.body),
        "status": outcome.status,
        "answer": answer,
        "problem": problem,
        "seconds": outcome.seconds,
        "faults": list(record.faults),
        "signing": callback.signing.value,
        "origin": callback.origin.value,
        "verdict": verdicts.of_delivery(record),
    }


def faults(rules: Faults) -> dict[str, Any]:
    """All rules in force."""
    return {"faults": [_fault(rule) for rule in rules]}


def _fault(rule: Fault) -> dict[str, Any]:
    fields = shown(rule)
    fields["on"] = "rest" if rule.kind in OF_REST else "callback"
    if rule.kind not in TIMED:
        del fields["seconds"]
    if rule.kind is not FaultKind.RATE_LIMIT:
        del fields["retryAfter"]
    return fields


def callback_targets(found: CallbackTargets) -> dict[str, Any]:
    """Where callbacks go; null is nowhere."""
    voice = {"primary": found.voice.primary, "fallback": found.voice.fallback}
    return {**shown(found), "voice": voice}


@cache
def _converter() -> Converter:
    """Names as in Sinch's own JSON, times as text, durations as seconds."""
    from cattrs import Converter

    from sinch_api import equip

    made = equip(Converter())
    made.register_unstructure_hook(timedelta, timedelta.total_seconds)
    _show(made, Message, "id number:to text:message sender:from status sent_at:timestamp batch_id")
    _show(
        made,
        ReceivedMessage,
        "id sender:from number:to text:message received_at:timestamp delivered status inbound_id",
        nulls=True,
    )
    _show(
        made,
        Verification,
        "id method number status reason code cli language reference custom metadata attempts"
        " created_at expires_at settled_at callback",
    )
    _show(made, LoggedRequest, "id at:timestamp method path headers body status answer")
    _show(made, Fault, "id kind match times chance hits seconds retry_after", nulls=True)
    _show(made, CallbackTargets, "verification sms messages warnings", nulls=True)
    _show(made, AmdScript, "status reason analysis beep_after", nulls=True)
    _show(
        made,
        FarEnd,
        "outcome rings_after answers_after busy_after hangs_up_after amd:machine",
        nulls=True,
    )
    for leg in (Leg, DialledLeg):
        _show(made, leg, "role state identity")
    _show(
        made,
        SimulatedCall,
        "id:callId kind state to domain party far result reason custom user cookies call_headers"
        " conference_id muted on_hold:onhold moh music menu_id connected_to request"
        " callback_headers updates placed_at answered_at ended_at",
    )
    return made


def _show(made: Converter, kind: type[Any], fields: str, *, nulls: bool = False) -> None:
    """Teach a converter a class: which fields, in camel case or after a colon under another name."""
    from cattrs.gen import make_dict_unstructure_fn, override

    names = {
        name: other or _camel(name)
        for name, _, other in (part.partition(":") for part in fields.split())
    }
    overrides = {
        field.name: override(omit=field.name not in names, rename=names.get(field.name))
        for field in attrs.fields(kind)
    }
    write = make_dict_unstructure_fn(kind, made, **overrides)  # type: ignore[arg-type]
    made.register_unstructure_hook(kind, write if nulls else lambda record: _given(write(record)))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
