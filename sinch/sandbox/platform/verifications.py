"""Verifications: started, reported with what really has to match, expired, replaced (docs/platform/verification.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import attrs

from sinch import limits
from sinch.sandbox.delivery.callbacks import Outcome
from sinch_api.models.common import IdentityType
from sinch_api.models.verification import (
    CodeType,
    ReportVerificationRequest,
    StartVerificationRequest,
    VerificationMethod,
    VerificationReason,
    VerificationSource,
    VerificationStatus,
)

from . import checks
from . import verification_callbacks as callbacks
from .errors import Refusal
from .languages import choose_language, sms_template
from .records import Store, Verification
from .state import State
from .verification_reports import compare

_METHODS = {VerificationMethod(value) for value in ("sms", "flashcall", "callout", "seamless")} | {
    VerificationMethod.WHATSAPP
}
_NO_CALLBACK_URL = (
    "Public authorization takes a verification callback URL, by which the app decides: sign the "
    "request, or give the sandbox one with --callback-url or PUT /_sandbox/callbacks."
)
_NOT_MATCHED = "Invalid identity or code."


_LONGEST_EXPIRY: Final = 7 * 24 * 3600
"""Seconds that a code may be good for here; Sinch documents no limit."""


class VerificationService:
    """All verifications that are remembered, found by id, number, reference or data token."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.started: Store[str, Verification] = Store(state.settings.remember, self._forget)
        self._by_number: dict[str, list[Verification]] = {}
        self._by_reference: dict[str, Verification] = {}
        self._by_token: dict[str, Verification] = {}

    # --- starting ---------------------------------------------------------------------------

    def start(
        self, request: StartVerificationRequest, *, public: bool, accept_language: str = ""
    ) -> Verification:
        """Start one.

        Raises :class:`.Refusal` 40001, 40900, and 40303 for one that is not signed and has options,
        or for which the app has no callback URL to decide by.
        """
        number, method = self._check_start(request, public=public)
        options = request.sms_options
        template = options.template if options is not None else None
        language = choose_language(accept_language, any_language=template is not None)
        now = self._state.scheduler.now()
        verification = Verification(
            id=self._state.ids.guid(),
            method=method,
            number=number,
            created_at=now,
            expires_at=now + self._life(request, method),
            language=language,
            reference=request.reference or None,
            custom=request.custom,
            metadata=request.metadata,
            languages=tuple(
                entry.partition(";")[0].strip() for entry in accept_language[:1000].split(",")
            )
            if accept_language.strip()
            else (),
        )
        self._equip(verification, request, template)
        # whichever its method: docs/platform/verification.md#statuses speak of the number only
        earlier = self._newest(number, None)
        if earlier is not None and earlier.pending:
            self._settle(earlier, VerificationStatus.ABORTED, None, now)
        self._remember(verification)
        if self._state.targets.verification and callbacks.is_asked_for(verification):
            verification.callback = "waiting"
        else:
            self._send(verification)
        self._tell(verification)
        return verification

    # --- the app's decision -----------------------------------------------------------------

    def answered(self, verification: Verification, outcome: Outcome | None) -> None:
        """The app was asked whether to go ahead; None where nobody could ask it.

        Raises :class:`.Refusal` 40303 when it denied it or did not say anything useful.
        """
        if outcome is None:
            verification.callback = None
            self._send(verification)
            return
        now = self._state.scheduler.now()
        try:
            wanted = callbacks.read_decision(outcome, verification.method)
        except callbacks.InvalidReply as problem:
            verification.callback = "invalid"
            self._deny(verification, VerificationReason.INVALID_CALLBACK, now)
            raise Refusal(
                40303, f"Denied: the callback gave no valid answer ({problem})."
            ) from None
        if wanted is None:
            verification.callback = "denied"
            self._deny(verification, VerificationReason.DENIED_BY_CALLBACK, now)
            raise Refusal(40303, "Denied by callback.")
        verification.callback = "allowed"
        if verification.pending:
            self._outfit(verification, wanted, now)
            self._send(verification)
        self._tell(verification)

    def _deny(self, verification: Verification, reason: VerificationReason, now: datetime) -> None:
        if verification.pending:
            self._settle(verification, VerificationStatus.DENIED, reason, now)
        else:
            self._tell(verification)

    def _outfit(
        self, verification: Verification, wanted: callbacks.Equipment, now: datetime
    ) -> None:
        """Give a verification what the app said in place of what the sandbox made up."""
        life = verification.expires_at - verification.created_at
        if wanted.life is not None:
            life = timedelta(seconds=wanted.life)
        verification.expires_at = now + life
        if wanted.code_type is not None:
            verification.code_type = wanted.code_type
            verification.code = self._state.ids.code(wanted.code_type)
        verification.code = wanted.code or verification.code
        verification.cli = wanted.cli or verification.cli
        if wanted.dial_timeout is not None:
            verification.dial_timeout = timedelta(seconds=wanted.dial_timeout)
        verification.language, verification.template = callbacks.language_of(wanted, verification)
        self._plan_expiry(verification)

    def _send(self, verification: Verification) -> None:
        """Send what the phone is to get: an SMS arrives a moment later, which is told."""
        if verification.method != VerificationMethod.SMS or not self._state.targets.verification:
            return

        def arrived(_: datetime) -> None:
            self._state.outbox.add(callbacks.delivered_callback(self._state, verification))

        due = self._state.scheduler.now() + self._state.settings.timings.sms_delivery
        self._state.scheduler.set(_arrival(verification), due, arrived)

    def _tell(self, verification: Verification) -> None:
        self._state.events.publish("verification", verification)

    # --- starting, step by step -------------------------------------------------------------

    def _check_start(
        self, request: StartVerificationRequest, *, public: bool
    ) -> tuple[str, VerificationMethod]:
        method = _known_method(request.method)
        if request.identity.type not in (None, IdentityType.NUMBER):
            raise Refusal(40001, "Parameter identity.type has to be number.")
        number = checks.number(request.identity.endpoint, "identity.endpoint")
        checks.at_most(request.custom or "", "custom", limits.VERIFICATION_CUSTOM)
        self._check_options(request)
        if public and not self._state.targets.verification:
            raise Refusal(40303, _NO_CALLBACK_URL)
        if public and _has_options(request):
            raise Refusal(40303, "Options of a method are for requests with the secret only.")
        if request.reference in {".", ".."}:
            raise Refusal(40001, "Parameter reference cannot be part of a URL path.")
        if request.reference and request.reference in self._by_reference:
            raise Refusal(40900, "The reference is used by an earlier verification.")
        return number, method

    @staticmethod
    def _check_options(request: StartVerificationRequest) -> None:
        if (sms := request.sms_options) is not None:
            checks.known(sms.code_type, "smsOptions.codeType")
            checks.between(sms.expiry, "smsOptions.expiry", 1, _LONGEST_EXPIRY)
            if sms.template is not None and "{{CODE}}" not in sms.template:
                raise Refusal(40001, "Parameter smsOptions.template has to contain {{CODE}}.")
        if (flash := request.flash_call_options) is not None:
            checks.flash_call(flash.dial_timeout, "flashCallOptions.dialTimeout")
            checks.flash_call(flash.interception_timeout, "flashCallOptions.interceptionTimeout")
        if (whatsapp := request.whatsapp_options) is not None:
            checks.known(whatsapp.code_type, "whatsappOptions.codeType")

    def _life(self, request: StartVerificationRequest, method: VerificationMethod) -> timedelta:
        timings = self._state.settings.timings
        if method == VerificationMethod.SMS:
            given = request.sms_options.expiry if request.sms_options is not None else None
            return given or timings.sms_expiry
        if method == VerificationMethod.FLASH_CALL:
            flash = request.flash_call_options
            given = flash.interception_timeout if flash is not None else None
            return given or timings.interception
        return timings.callout_expiry

    def _equip(
        self, verification: Verification, request: StartVerificationRequest, template: str | None
    ) -> None:
        """Give a verification what its method needs: a code, a caller, or a link to follow."""
        ids, method = self._state.ids, verification.method
        if method == VerificationMethod.SMS:
            options = request.sms_options
            kind = (options.code_type if options is not None else None) or CodeType.NUMERIC
            verification.code_type, verification.code = kind, ids.code(kind)
            verification.template = template or sms_template(verification.language)
        elif method == VerificationMethod.WHATSAPP:
            wanted = request.whatsapp_options
            kind = (wanted.code_type if wanted is not None else None) or CodeType.NUMERIC
            verification.code_type, verification.code = kind, ids.code(kind)
        elif method == VerificationMethod.FLASH_CALL:
            verification.cli = ids.caller()
            flash = request.flash_call_options
            verification.dial_timeout = flash.dial_timeout if flash is not None else None
        elif method == VerificationMethod.CALLOUT:
            verification.code, verification.cli = ids.code(CodeType.NUMERIC), ids.caller()
        else:
            verification.token = ids.guid()

    # --- reporting --------------------------------------------------------------------------

    def report(
        self, verification: Verification, request: ReportVerificationRequest
    ) -> Verification:
        """Compare a report with what was sent; the answer to a wrong one is FAIL, not a refusal.

        After a wrong report the verification stays open until the attempts are used up, so the
        result returned may be FAIL while the verification itself is still PENDING.
        Raises :class:`.Refusal` 40001 or, for one that is over, 40003.
        """
        method = _known_method(request.method)
        if method != verification.method:
            raise Refusal(40003, _NOT_MATCHED)
        matches, mismatch = compare(verification, request)
        if not verification.pending:
            raise Refusal(40003, f"{_NOT_MATCHED} The verification is completed or expired.")
        now = self._state.scheduler.now()
        verification.attempts += 1
        verification.source = VerificationSource.MANUAL
        if matches:
            self._settle(verification, VerificationStatus.SUCCESSFUL, None, now)
            return verification
        if verification.attempts >= self._state.settings.max_attempts:
            self._settle(verification, VerificationStatus.FAIL, mismatch, now)
            return verification
        self._tell(verification)
        return attrs.evolve(verification, status=VerificationStatus.FAIL, reason=mismatch)

    def follow(self, token: str) -> Verification:
        """A device followed the link of a data verification; raises :class:`.Refusal` 40400."""
        verification = self.by_token(token)
        if verification.pending:
            now = self._state.scheduler.now()
            self._settle(verification, VerificationStatus.SUCCESSFUL, None, now)
        return verification

    def decide(
        self,
        verification: Verification,
        status: VerificationStatus,
        reason: VerificationReason | None = None,
    ) -> None:
        """End a verification in a way of the tester's choice."""
        self._settle(verification, status, reason, self._state.scheduler.now())

    # --- finding ----------------------------------------------------------------------------

    def by_id(self, verification_id: str) -> Verification:
        """Find by id in any letter case; raises :class:`.Refusal` 40400."""
        return _found(self.started.get(verification_id.casefold()))

    def by_reference(self, reference: str) -> Verification:
        """Find by your own reference; raises :class:`.Refusal` 40400."""
        return _found(self._by_reference.get(reference))

    def by_token(self, token: str) -> Verification:
        """Find by the token of a data verification; raises :class:`.Refusal` 40400."""
        return _found(self._by_token.get(token))

    def by_number(self, number: str, method: str | None = None) -> Verification:
        """The newest for a number, of one method or any; raises :class:`.Refusal` 40001, 40400."""
        return _found(self._newest(checks.number(number, "endpoint"), method))

    def to_report(self, number: str, method: VerificationMethod) -> Verification:
        """The one a report by number means; raises :class:`.Refusal` 40001, 40003."""
        found = self._newest(checks.number(number, "endpoint"), method)
        if found is None:
            raise Refusal(40003, _NOT_MATCHED)
        return found

    def _newest(self, number: str, method: str | None) -> Verification | None:
        wanted = None if method is None else _known_method(VerificationMethod(method))
        for verification in reversed(self._by_number.get(number, [])):
            if wanted is None or verification.method == wanted:
                return verification
        return None

    def clear(self) -> None:
        """Forget every verification."""
        self.started.clear()
        self._by_number.clear()
        self._by_reference.clear()
        self._by_token.clear()

    # --- bookkeeping ------------------------------------------------------------------------

    def _remember(self, verification: Verification) -> None:
        self._by_number.setdefault(verification.number, []).append(verification)
        if verification.reference is not None:
            self._by_reference[verification.reference] = verification
        if verification.token is not None:
            self._by_token[verification.token] = verification
        self.started.add(verification.id, verification)
        if verification.pending:
            self._plan_expiry(verification)

    def restore(self, verification: Verification) -> None:
        """Take over a verification of an earlier run; one the app was being asked about is denied."""
        self._remember(verification)
        if verification.callback == "waiting" and verification.pending:
            verification.callback = "invalid"
            now = self._state.scheduler.now()
            self._deny(verification, VerificationReason.INVALID_CALLBACK, now)

    def _plan_expiry(self, verification: Verification) -> None:
        def expire(moment: datetime) -> None:
            if verification.pending:
                self._settle(
                    verification, VerificationStatus.FAIL, VerificationReason.EXPIRED, moment
                )

        self._state.scheduler.set(_timer(verification), verification.expires_at, expire)

    def _forget(self, verification: Verification) -> None:
        self._state.scheduler.cancel(_timer(verification))
        self._state.scheduler.cancel(_arrival(verification))
        of_number = self._by_number[verification.number]
        of_number.remove(verification)
        if not of_number:
            del self._by_number[verification.number]
        if verification.reference is not None:
            self._by_reference.pop(verification.reference, None)
        if verification.token is not None:
            self._by_token.pop(verification.token, None)

    def _settle(
        self,
        verification: Verification,
        status: VerificationStatus,
        reason: VerificationReason | None,
        moment: datetime,
    ) -> None:
        self._state.scheduler.cancel(_timer(verification))
        verification.status, verification.reason = status, reason
        verification.settled_at = moment
        if self._state.targets.verification:
            self._state.outbox.add(callbacks.result_callback(self._state, verification))
        self._tell(verification)


def _arrival(verification: Verification) -> str:
    return f"verification sms {verification.id}"


def _timer(verification: Verification) -> str:
    return f"verification {verification.id}"


def _found(verification: Verification | None) -> Verification:
    if verification is None:
        raise Refusal(40400, "There is no such verification.")
    return verification


def _known_method(method: VerificationMethod) -> VerificationMethod:
    if method not in _METHODS:
        listed = ", ".join(sorted(item.value for item in _METHODS))
        raise Refusal(40001, f"Parameter method has to be one of {listed}.")
    return method


def _has_options(request: StartVerificationRequest) -> bool:
    given = (
        request.sms_options,
        request.flash_call_options,
        request.callout_options,
        request.whatsapp_options,
    )
    return any(options is not None and options.to_wire() for options in given)
