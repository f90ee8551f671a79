"""Answering a verification request: :func:`allow` and :func:`deny` (docs/platform/verification.md#callbacks)."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import attrs

from sinch import limits
from sinch.errors import InvalidArgumentError
from sinch.reply import Reply
from sinch.values import PhoneNumber
from sinch_api.codec import dumps
from sinch_api.models.verification import VerificationMethod
from sinch_api.models.verification_events import (
    CalloutReply,
    FlashCallReply,
    SmsReply,
    VerificationAction,
    VerificationRequestEvent,
    VerificationRequestReply,
    WhatsAppReply,
)

P = TypeVar("P", SmsReply, CalloutReply)

_PARTS = {
    VerificationMethod.SMS: "sms",
    VerificationMethod.FLASH_CALL: "flash_call",
    VerificationMethod.CALLOUT: "callout",
    VerificationMethod.WHATSAPP: "whatsapp",
    VerificationMethod.SEAMLESS: "",
}


@attrs.frozen
class VerificationReply(Reply[VerificationRequestEvent]):
    """What :func:`allow` and :func:`deny` make; it never changes."""

    _model: VerificationRequestReply

    @property
    def answers(self) -> str:
        """The event that it answers."""
        return "verificationrequestevent"

    @property
    def model(self) -> VerificationRequestReply:
        """The generated model."""
        return self._model

    @property
    def body(self) -> str:
        """The JSON text to answer with."""
        return dumps(self._model.to_wire()).decode()

    def build(self) -> VerificationReply:
        """The reply itself, which is finished."""
        return self

    def narrowed(self, method: VerificationMethod) -> VerificationReply:
        """The reply with the part of one method only."""
        return VerificationReply(narrow(self._model, method))


def allow(
    code: str | None = None,
    *,
    sms: SmsReply | None = None,
    flash_call: FlashCallReply | None = None,
    callout: CalloutReply | None = None,
    whatsapp: WhatsAppReply | None = None,
    method: VerificationMethod | str | None = None,
) -> VerificationReply:
    """Let a verification go ahead.

    ``code`` is a code of your own for SMS and phone calls: 1 to 10 characters of A-Z, a-z, 0-9 and
    ``-``; without it Sinch makes one. The rest are options of one method each; give those of every
    method you use: the router sends only the part of the method that was asked for. Without a
    router pass ``method=event.method`` to get the same.

    Raises :class:`~sinch.errors.InvalidArgumentError` for a code that breaks the rule, a ``code``
    given twice with different values, a flash call timeout outside 5 to 120 seconds, or a ``cli`` that is no
    international number.
    """
    if code is not None:
        _check_code(code, "code")
        sms = _with_code(sms or SmsReply(), code, "sms.code")
        callout = _with_code(callout or CalloutReply(), code, "callout.code")
    if sms is not None and sms.code is not None:
        _check_code(sms.code, "sms.code")
    if sms is not None and sms.expiry is not None and sms.expiry < timedelta(seconds=1):
        raise InvalidArgumentError(argument="sms.expiry", rule="must be at least one second")
    if callout is not None and callout.code is not None and not callout.code.strip():
        raise InvalidArgumentError(argument="callout.code", rule="must not be blank")
    if flash_call is not None:
        _check_flash_call(flash_call)
    reply = VerificationRequestReply(
        action=VerificationAction.ALLOW,
        sms=sms,
        flash_call=flash_call,
        callout=callout,
        whatsapp=whatsapp,
    )
    made = VerificationReply(reply)
    return made if method is None else made.narrowed(VerificationMethod(method))


def deny() -> VerificationReply:
    """Refuse a verification; nothing is sent to the phone."""
    return VerificationReply(VerificationRequestReply(action=VerificationAction.DENY))


def narrow(reply: VerificationRequestReply, method: VerificationMethod) -> VerificationRequestReply:
    """Keep only the part of one method; with a method newer than this version keep all."""
    kept = _PARTS.get(method)
    if kept is None:
        return reply
    return VerificationRequestReply(
        action=reply.action, **({kept: getattr(reply, kept)} if kept else {})
    )


def _with_code(part: P, code: str, argument: str) -> P:
    if part.code not in {None, code}:
        raise InvalidArgumentError(argument=argument, rule="differs from code: give one of them")
    return attrs.evolve(part, code=code)


def _check_code(code: str, argument: str) -> None:
    if not isinstance(code, str) or limits.VERIFICATION_CODE.fullmatch(code) is None:
        raise InvalidArgumentError(
            argument=argument, rule="must be 1 to 10 characters of A-Z, a-z, 0-9 and '-'"
        )


def _check_flash_call(part: FlashCallReply) -> None:
    if part.cli is not None:
        try:
            PhoneNumber.parse(part.cli, "cli")
        except ValueError as error:
            raise InvalidArgumentError(argument="flash_call.cli", rule=str(error)) from None
    for name in ("dial_timeout", "interception_timeout"):
        timeout = getattr(part, name)
        low, high = limits.SHORTEST_FLASH_CALL, limits.LONGEST_FLASH_CALL
        if timeout is not None and not low <= timeout <= high:
            raise InvalidArgumentError(
                argument=f"flash_call.{name}", rule="must be 5 to 120 seconds"
            )
