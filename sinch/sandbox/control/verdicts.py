"""What to think of an exchange, in a sentence: why it was refused, whether Sinch would use the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sinch.engine import EngineSettings
from sinch.engine.validation import IllegalSvaml, read_script
from sinch.errors import SvamlError
from sinch.sandbox.delivery.callbacks import CallbackDelivery, Scheme, Signing
from sinch.sandbox.delivery.faults import FaultKind
from sinch.sandbox.platform.plan.callbacks import is_repeated, pause_after
from sinch.sandbox.platform.plan.refusals import PREFIX
from sinch.sandbox.platform.records import LoggedRequest
from sinch.sandbox.platform.verification_callbacks import InvalidReply, read_decision
from sinch.svaml.linting import lint
from sinch_api.codec import Malformed, loads
from sinch_api.models.svaml import Svamlet
from sinch_api.models.verification import VerificationMethod

_SETTINGS: Final = EngineSettings()
_VOICE: Final = frozenset({"ice", "ace", "pie"})
_HINTS: Final = {
    401: "the app refused the signature: is its secret that of the sandbox?",
    403: "the app refused it",
    404: "nothing is at that path",
    405: "that path takes no POST",
    413: "the app finds it too large",
}


_BARE: Final = {
    401: "the token is not that of this service plan, or there is no such plan",
    404: "there is no such thing",
    405: "this path takes another method",
    413: "the body is too large",
    415: "the body has to be application/json",
    429: "too many requests are waiting",
}


def of_request(entry: LoggedRequest) -> dict[str, Any]:
    """How a request was authorized, or why it was refused."""
    if entry.status >= 400:
        return _verdict(False, _of_plan(entry) or _refusal(entry))
    return _verdict(True, _authorization(entry.header("authorization")))


def _of_plan(entry: LoggedRequest) -> str | None:
    """Why the SMS REST API refused it, where its answer has no body."""
    return None if entry.answer or not entry.path.startswith(PREFIX) else _BARE.get(entry.status)


def _refusal(entry: LoggedRequest) -> str:
    try:
        answer = loads(entry.answer.encode())
    except Malformed:
        return "refused, and the answer is no JSON"
    if not isinstance(answer, Mapping):
        return "refused"
    told = (answer.get(name, "") for name in ("errorCode", "message", "code", "text"))
    return " ".join(str(part) for part in told if part) or "refused"


def _authorization(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    match scheme.casefold():
        case "application":
            return "signed" if ":" in rest else "public: the key alone"
        case "basic":
            return "Basic: key and secret"
        case "bearer":
            return "the token of the service plan"
        case _:
            return "without authorization"


def of_delivery(record: CallbackDelivery) -> dict[str, Any]:
    """What the sandbox makes of the app's answer; ``notes`` are likely mistakes in it."""
    callback, outcome = record.callback, record.outcome
    forged = callback.signing is not Signing.RIGHT or FaultKind.WRONG_SIGNATURE in record.faults
    if forged and outcome.status is not None:
        return _of_forged(outcome.failure is None, outcome.status)
    if callback.scheme is Scheme.PLAN and outcome.failure is not None:
        return _verdict(False, f"{outcome.detail}: {_afterwards(record)}")
    if outcome.failure is not None:
        hint = _HINTS.get(outcome.status or 0)
        return _verdict(False, f"{outcome.detail}: {hint}" if hint else outcome.detail)
    if callback.event in _VOICE:
        return _of_svaml(outcome.body, callback.event)
    if callback.event == "VerificationRequestEvent":
        return _of_decision(record)
    return _verdict(True, "the app has it")


def _afterwards(record: CallbackDelivery) -> str:
    """What Sinch does after a callback of a service plan that failed."""
    if not is_repeated(record.outcome):
        hint = _HINTS.get(record.outcome.status or 0, "Sinch never sends this one again")
        return f"{hint}; a 4xx loses it for good" if record.outcome.status else hint
    pause = pause_after(record.callback.attempt)
    if pause is None:
        return "that was the last attempt"
    return f"Sinch sends it again after {pause.total_seconds():.0f} s"


def _of_forged(taken: bool, status: int) -> dict[str, Any]:
    if taken:
        return _verdict(
            False, "the app takes callbacks that nobody signed: it has to check signatures"
        )
    return _verdict(True, f"the app refused the forged callback with {status}, as it should")


def _of_svaml(body: bytes, event: str) -> dict[str, Any]:
    try:
        script = read_script(body, event, _SETTINGS)
    except IllegalSvaml as problem:
        return _verdict(False, str(problem))
    if script is None:
        empty = event == "ace"
        return _verdict(empty, "empty: the call goes on" if empty else "The answer is empty.")
    names = [str(part.name) for part in (*script.instructions, script.action) if part is not None]
    return _verdict(True, ", ".join(names), _findings(script))


def _findings(script: Svamlet) -> list[str]:
    try:
        return [str(finding) for finding in lint(script)]
    except SvamlError as problem:
        return [str(problem)]


def _of_decision(record: CallbackDelivery) -> dict[str, Any]:
    method = VerificationMethod.from_wire(str(record.callback.body.get("method") or "sms"))
    try:
        allowed = read_decision(record.outcome, method) is not None
    except InvalidReply as problem:
        return _verdict(False, str(problem))
    return _verdict(True, "allowed" if allowed else "denied")


def _verdict(ok: bool, text: str, notes: list[str] | None = None) -> dict[str, Any]:
    return {"ok": ok, "text": text, "notes": notes or []}
