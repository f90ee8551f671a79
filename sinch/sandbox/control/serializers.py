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
from sinch.sandbox.platform.records import LoggedRequest, Message, ReceivedMessage, Verification
from sinch.sandbox.platform.services import CallbackTargets
from sinch.sandbox.platform.verification_responses import DATA_PATH
from sinch_api.codec import write_datetime

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


def request_line(entry: LoggedRequest) -> dict[str, Any]:
    """One request in short."""
    fields = shown(entry)
    return {name: fields[name] for name in ("timestamp", "method", "path", "status")}


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
    _show(made, Message, number="to", text="message", sender="from", sent_at="timestamp")
    _show(
        made,
        ReceivedMessage,
        nulls=True,
        sender="from",
        number="to",
        text="message",
        received_at="timestamp",
    )
    _show(made, Verification, hide="code_type template source dial_timeout token languages")
    _show(made, LoggedRequest, at="timestamp")
    _show(made, Fault, nulls=True)
    _show(made, CallbackTargets, nulls=True, hide="voice")
    _show(made, AmdScript, nulls=True)
    _show(made, FarEnd, nulls=True, amd="machine")
    _show(made, Leg)
    _show(made, DialledLeg, hide="dial callee")
    _show(
        made,
        SimulatedCall,
        hide="from_ rate dialled origination rdnis inline flags max_duration recordings transcript",
        id="callId",
        on_hold="onhold",
    )
    return made


def _show(
    made: Converter, kind: type[Any], *, hide: str = "", nulls: bool = False, **names: str
) -> None:
    """Teach a converter a class: camel case but for ``names``, without what is hidden or absent."""
    from cattrs.gen import make_dict_unstructure_fn, override

    hidden = hide.split()
    fields = {
        field.name: override(
            omit=field.name in hidden, rename=names.get(field.name, _camel(field.name))
        )
        for field in attrs.fields(kind)
    }
    write = make_dict_unstructure_fn(kind, made, **fields)  # type: ignore[arg-type]
    made.register_unstructure_hook(kind, write if nulls else lambda record: _given(write(record)))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
