"""Verification callbacks: what they say, and what the app's answer means (docs/platform/verification.md#callbacks)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import attrs

from sinch import limits
from sinch.sandbox.delivery.callbacks import Outcome, OutgoingCallback
from sinch.values import PhoneNumber
from sinch_api.codec import Malformed, loads
from sinch_api.models.common import Identity, IdentityType
from sinch_api.models.verification import (
    CodeType,
    VerificationMethod,
    VerificationStatus,
)
from sinch_api.models.verification_events import (
    SmsDeliveryResult,
    VerificationAction,
    VerificationRequestEvent,
    VerificationRequestReply,
    VerificationResultEvent,
    VerificationSmsDeliveredEvent,
)

from .languages import choose_language, sms_template
from .records import Verification
from .state import State
from .verification_responses import PRICE

_ASKED: Final = frozenset(
    {
        VerificationMethod.SMS,
        VerificationMethod.FLASH_CALL,
        VerificationMethod.CALLOUT,
        VerificationMethod.WHATSAPP,
    }
)


class InvalidReply(ValueError):
    """The app's answer to a request event that Sinch would not understand."""


@attrs.define(kw_only=True)
class Equipment:
    """What the app wants of a verification that it allows; None leaves it as it is."""

    code: str | None = None
    code_type: CodeType | None = None
    cli: str | None = None
    languages: tuple[str, ...] = ()
    life: float | None = None
    dial_timeout: float | None = None


def is_asked_for(verification: Verification) -> bool:
    """Whether the app decides; data verifications have no request event."""
    return verification.method in _ASKED


def request_callback(state: State, verification: Verification) -> OutgoingCallback:
    """The event that asks whether to go ahead."""
    event = VerificationRequestEvent(
        id=verification.id,
        method=verification.method,
        identity=_identity(verification),
        reference=verification.reference,
        custom=verification.custom,
        price=PRICE,
        accept_language=verification.languages,
    )
    return attrs.evolve(_callback(state, verification, event.event, event.to_wire()), awaited=True)


def result_callback(state: State, verification: Verification) -> OutgoingCallback:
    """The event that tells how it ended."""
    identity = attrs.evolve(
        _identity(verification), verified=verification.status == VerificationStatus.SUCCESSFUL
    )
    event = VerificationResultEvent(
        id=verification.id,
        method=verification.method,
        identity=identity,
        status=verification.status,
        reason=verification.reason,
        reference=verification.reference,
        source=verification.source,
        custom=verification.custom,
    )
    return _callback(state, verification, event.event, event.to_wire())


def delivered_callback(state: State, verification: Verification) -> OutgoingCallback:
    """The event that tells that the SMS has arrived."""
    event = VerificationSmsDeliveredEvent(
        id=verification.id,
        method=verification.method,
        identity=_identity(verification),
        sms_result=SmsDeliveryResult.SUCCESSFUL,
        reference=verification.reference,
        custom=verification.custom,
    )
    return _callback(state, verification, event.event, event.to_wire())


def _callback(
    state: State, verification: Verification, name: str, body: dict[str, object]
) -> OutgoingCallback:
    return OutgoingCallback(
        id=state.ids.guid(),
        event=name,
        url=state.targets.verification or "",
        body=body,
        stream=f"verification {verification.id}",
        subject=("verificationId", verification.id),
        timeout=state.settings.callback_timeout,
    )


def _identity(verification: Verification) -> Identity:
    return Identity(type=IdentityType.NUMBER, endpoint=verification.number)


# --- the answer to a request event ----------------------------------------------------------------


def read_decision(outcome: Outcome, method: VerificationMethod) -> Equipment | None:
    """What the app decided: None to deny. Raises :class:`InvalidReply`."""
    if outcome.failure is not None:
        raise InvalidReply(outcome.detail or outcome.failure.value)
    try:
        reply = VerificationRequestReply.from_wire(loads(outcome.body))
    except Malformed as problem:
        raise InvalidReply(str(problem)) from None
    if reply.action == VerificationAction.DENY:
        return None
    if reply.action != VerificationAction.ALLOW:
        raise InvalidReply("action has to be allow or deny")
    return _equipment(reply, method)


def _equipment(reply: VerificationRequestReply, method: VerificationMethod) -> Equipment:
    if method == VerificationMethod.SMS and (sms := reply.sms) is not None:
        return Equipment(
            code=_code(sms.code, "sms.code"),
            code_type=_kind(sms.code_type, "sms.codeType"),
            languages=sms.accept_language,
            life=None if sms.expiry is None else _within(sms.expiry.total_seconds(), 1, 604_800),
        )
    if method == VerificationMethod.FLASH_CALL and (flash := reply.flash_call) is not None:
        dial, life = flash.dial_timeout, flash.interception_timeout
        return Equipment(
            cli=_caller(flash.cli),
            dial_timeout=None if dial is None else _flash_call(dial),
            life=None if life is None else _flash_call(life),
        )
    if method == VerificationMethod.CALLOUT and (callout := reply.callout) is not None:
        return Equipment(code=_code(callout.code, "callout.code"))
    if method == VerificationMethod.WHATSAPP and (whatsapp := reply.whatsapp) is not None:
        return Equipment(
            code_type=_kind(whatsapp.code_type, "whatsapp.codeType"),
            languages=whatsapp.accept_language,
        )
    return Equipment()


def _code(code: str | None, name: str) -> str | None:
    if code is not None and limits.VERIFICATION_CODE.fullmatch(code) is None:
        raise InvalidReply(f"{name} has to be 1 to 10 characters of A-Z, a-z, 0-9 and -")
    return code


def _kind(kind: CodeType | None, name: str) -> CodeType | None:
    if kind is not None and not kind.is_known:
        raise InvalidReply(f"{name} is unknown")
    return kind


def _caller(cli: str | None) -> str | None:
    if cli is None:
        return None
    try:
        return str(PhoneNumber.parse(cli if cli.startswith("+") else f"+{cli}"))
    except ValueError as problem:
        raise InvalidReply(f"flashCall.cli: {problem}") from None


def _flash_call(time: timedelta) -> float:
    low, high = limits.SHORTEST_FLASH_CALL, limits.LONGEST_FLASH_CALL
    return _within(time.total_seconds(), low.total_seconds(), high.total_seconds())


def _within(seconds: float, low: float, high: float) -> float:
    if not low <= seconds <= high:
        raise InvalidReply(f"a time has to be {low:g} to {high:g} seconds")
    return seconds


def language_of(equipment: Equipment, verification: Verification) -> tuple[str, str | None]:
    """Language and template after the app had its say; a template of one's own stays."""
    if not equipment.languages:
        return verification.language, verification.template
    language = choose_language(",".join(equipment.languages))
    ours = verification.template == sms_template(verification.language)
    return language, sms_template(language) if ours else verification.template
