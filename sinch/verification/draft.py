"""What a verification needs: collected with ``with_...`` methods, checked, made into requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

import attrs

from sinch import limits
from sinch.core import checks
from sinch.core.drafts import Draft
from sinch.errors import InvalidArgumentError
from sinch.redaction import hide, in_repr, mask_number, mask_text
from sinch_api.models.common import Identity, IdentityType
from sinch_api.models.verification import (
    CalloutOptions,
    CalloutReport,
    CodeType,
    FlashCallOptions,
    FlashCallReport,
    ReportVerificationRequest,
    ReportVerificationResponse,
    SmsOptions,
    SmsReport,
    SpeechOptions,
    StartVerificationRequest,
    StartVerificationResponse,
    VerificationMethod,
    VerificationStatusResponse,
    WhatsAppOptions,
    WhatsAppReport,
)
from sinch_api.operation import Operation
from sinch_api.operations import verification as operations

_LANGUAGES = re.compile(r"[A-Za-z0-9*;=.,\- ]{1,200}")

Seconds = timedelta | float


@attrs.frozen(kw_only=True)
class VerificationDraftBase(Draft):
    """One verification, known by its number, id or reference; ``with_...`` gives a new draft."""

    number: str | None = attrs.field(default=None, repr=in_repr(mask_number))
    id: str | None = None
    reference: str | None = None
    custom: str | None = attrs.field(default=None, repr=in_repr(mask_text))
    code: str | None = attrs.field(default=None, repr=in_repr(hide))
    cli: str | None = attrs.field(default=None, repr=in_repr(mask_number))
    language: str | None = None
    sms_options: SmsOptions | None = None
    flash_call_options: FlashCallOptions | None = None
    callout_options: CalloutOptions | None = None
    whatsapp_options: WhatsAppOptions | None = None

    def with_id(self, id: str) -> Self:  # noqa: A002 - the name the API uses
        """Mean the verification with this id, as :meth:`initiate` returned it."""
        return attrs.evolve(self, id=id)

    def with_reference(self, reference: str) -> Self:
        """Give a reference of yours, or look up by one.

        It must be unique for each verification (a second use is refused with 40900) and comes back
        in the status and in every callback. It makes repeating :meth:`initiate` safe.
        """
        return attrs.evolve(self, reference=reference)

    def with_custom(self, custom: str) -> Self:
        """Pass data of yours, at most 4096 characters, to every callback."""
        return attrs.evolve(self, custom=custom)

    def with_code(self, code: str) -> Self:
        """Report this code: what the user received by SMS, phone call or WhatsApp."""
        return attrs.evolve(self, code=code)

    def with_cli(self, cli: str) -> Self:
        """Report this caller id: the full international number a flash call came from."""
        return attrs.evolve(self, cli=cli)

    def with_language(self, language: str) -> Self:
        """Prefer a language for the SMS, such as ``es-ES`` (an Accept-Language value).

        Without one, and for languages Sinch has no text in, it is the application's default.
        """
        return attrs.evolve(self, language=language)

    def with_sms_options(
        self,
        *,
        code_type: CodeType | str | None = None,
        expiry: timedelta | None = None,
        template: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Self:
        """Shape the SMS: kind of code (default numeric), how long it is valid, text with ``{{CODE}}``.

        Options need signed or basic authentication (docs/platform/signing.md#schemes). ``template`` is known to older
        SDKs only. ``extra`` are further properties by their names on the wire, sent as
        they are; Sinch accepts ones that this version has no name for.
        """
        if expiry is not None:
            expiry = checks.duration(
                expiry, "expiry", at_most=timedelta(hours=24) - timedelta(seconds=1)
            )
        if template is not None and "{{CODE}}" not in checks.text(template, "template"):
            raise InvalidArgumentError(argument="template", rule="must contain {{CODE}}")
        kind = None if code_type is None else checks.choice(CodeType, code_type, "code_type")
        options = SmsOptions(code_type=kind, expiry=expiry, template=template, extra=extra or {})
        return attrs.evolve(self, sms_options=options)

    def with_flash_call_options(
        self,
        *,
        dial_timeout: Seconds | None = None,
        interception_timeout: Seconds | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Self:
        """Set how long the call rings and how long it may be reported, 5 to 120 seconds each.

        ``extra`` as for :meth:`with_sms_options`.
        """
        low, high = limits.SHORTEST_FLASH_CALL, limits.LONGEST_FLASH_CALL
        given = {"dial_timeout": dial_timeout, "interception_timeout": interception_timeout}
        checked = {
            name: checks.duration(value, name, at_least=low, at_most=high)
            for name, value in given.items()
            if value is not None
        }
        options = FlashCallOptions(
            dial_timeout=checked.get("dial_timeout"),
            interception_timeout=checked.get("interception_timeout"),
            extra=extra or {},
        )
        return attrs.evolve(self, flash_call_options=options)

    def with_callout_options(
        self, *, locale: str | None = None, extra: Mapping[str, Any] | None = None
    ) -> Self:
        """Speak the code of a phone call in this language; the default is ``en-US``.

        ``extra`` as for :meth:`with_sms_options`.
        """
        if locale is None and extra is None:
            raise InvalidArgumentError(argument="locale", rule="or extra must be given")
        speech = None
        if locale is not None:
            speech = SpeechOptions(locale=str(checks.text(locale, "locale")))
        options = CalloutOptions(speech=speech, extra=extra or {})
        return attrs.evolve(self, callout_options=options)

    def with_whatsapp_options(
        self, *, code_type: CodeType | str | None = None, extra: Mapping[str, Any] | None = None
    ) -> Self:
        """Set the kind of code that a WhatsApp message carries.

        ``extra`` as for :meth:`with_sms_options`.
        """
        if code_type is None and extra is None:
            raise InvalidArgumentError(argument="code_type", rule="or extra must be given")
        kind = None if code_type is None else checks.choice(CodeType, code_type, "code_type")
        options = WhatsAppOptions(code_type=kind, extra=extra or {})
        return attrs.evolve(self, whatsapp_options=options)

    def initiate_operation(
        self, method: VerificationMethod | str
    ) -> Operation[StartVerificationResponse]:
        """What :meth:`initiate` sends. Raises :class:`~sinch.errors.InvalidArgumentError`."""
        method = _method(method)
        number = checks.phone_number(self.number or "", "number")
        if self.reference is not None:
            checks.path_value(self.reference, "reference")
        if self.custom is not None:
            checks.text(self.custom, "custom", max_length=limits.VERIFICATION_CUSTOM)
        if self.language is not None and not _LANGUAGES.fullmatch(
            checks.text(self.language, "language")
        ):
            rule = "must be an Accept-Language value such as es-ES"
            raise InvalidArgumentError(argument="language", rule=rule)
        # Options of other methods stay behind, so one prepared draft can serve several methods.
        body = StartVerificationRequest(
            identity=Identity(type=IdentityType.NUMBER, endpoint=number),
            method=method,
            reference=self.reference,
            custom=self.custom,
            sms_options=self.sms_options if method == VerificationMethod.SMS else None,
            flash_call_options=(
                self.flash_call_options if method == VerificationMethod.FLASH_CALL else None
            ),
            callout_options=self.callout_options if method == VerificationMethod.CALLOUT else None,
            whatsapp_options=(
                self.whatsapp_options if method == VerificationMethod.WHATSAPP else None
            ),
        )
        return operations.start_verification(body, accept_language=self.language)

    def report_operation(
        self, method: VerificationMethod | str
    ) -> Operation[ReportVerificationResponse]:
        """What :meth:`report` sends. Raises :class:`~sinch.errors.InvalidArgumentError`."""
        body = self._report(_method(method))
        if self.id is not None:
            id_ = checks.path_value(self.id, "id")
            return operations.report_verification_by_id(id_, body)
        if self.number is None:
            raise InvalidArgumentError(argument="number", rule="or id must be given to report")
        number = checks.phone_number(self.number, "number")
        return operations.report_verification_by_number(number, body)

    def _report(self, method: VerificationMethod) -> ReportVerificationRequest:
        if method == VerificationMethod.FLASH_CALL:
            if self.cli is None:
                rule = "must be given to report a flash call: with_cli(...)"
                raise InvalidArgumentError(argument="cli", rule=rule)
            seen = checks.phone_number(self.cli, "cli")
            return ReportVerificationRequest(method=method, flash_call=FlashCallReport(cli=seen))
        if method == VerificationMethod.SEAMLESS:
            rule = "cannot be data: the device reports it by opening target_uri"
            raise InvalidArgumentError(argument="method", rule=rule)
        if self.code is None:
            rule = f"must be given to report {method.value}: with_code(...)"
            raise InvalidArgumentError(argument="code", rule=rule)
        code = checks.text(self.code, "code").strip()
        if method == VerificationMethod.SMS:
            sender = None if self.cli is None else checks.caller_id(self.cli)
            return ReportVerificationRequest(method=method, sms=SmsReport(code=code, cli=sender))
        if method == VerificationMethod.WHATSAPP:
            return ReportVerificationRequest(method=method, whatsapp=WhatsAppReport(code=code))
        return ReportVerificationRequest(method=method, callout=CalloutReport(code=code))

    def get_operation(
        self, method: VerificationMethod | str | None = None
    ) -> Operation[VerificationStatusResponse]:
        """What :meth:`get` sends. Raises :class:`~sinch.errors.InvalidArgumentError`."""
        if self.id is not None:
            return operations.get_verification_by_id(checks.path_value(self.id, "id"))
        if self.reference is not None:
            reference = checks.path_value(self.reference, "reference")
            return operations.get_verification_by_reference(reference)
        if self.number is None:
            raise InvalidArgumentError(argument="id", rule="or reference or number must be given")
        number = checks.phone_number(self.number, "number")
        if method is None:
            rule = "must be given to look up by number: get(VerificationMethod.SMS)"
            raise InvalidArgumentError(argument="method", rule=rule)
        return operations.get_verification_by_number(_method(method), number)


def _method(value: VerificationMethod | str) -> VerificationMethod:
    return checks.one_of(VerificationMethod, value, "method")
