# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the verification part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

import attrs

from ..bounds import Bounds
from ..codec import (
    read_bool,
    read_clock,
    read_datetime,
    read_object,
    read_seconds,
    write_clock,
    write_datetime,
    write_seconds,
)
from ..enums import OpenEnum
from ..model import Model, Problem, list_of, masked, names_only, reads
from .common import Identity, Money


class VerificationMethod(OpenEnum):
    """How the number is verified. Read without regard to letter case (`flashCall` is the old
    spelling), sent as listed (docs/platform/verification.md#methods).
    """

    SMS = "sms"
    """A code arrives as a text message."""
    FLASH_CALL = "flashcall"
    """A short call arrives; its caller id is the code."""
    CALLOUT = "callout"
    """A phone call speaks a code. Sinch's product name is phone call verification."""
    SEAMLESS = "seamless"
    """The phone opens an address over mobile data; nothing is reported. Sinch's product name is
    data verification.
    """
    WHATSAPP = "whatsapp"
    """A code arrives over WhatsApp (beta)."""
    PHONE_CALL = "callout"
    """Another name of CALLOUT."""
    DATA = "seamless"
    """Another name of SEAMLESS."""


class CodeType(OpenEnum):
    """Characters that a generated code is made of (docs/platform/verification.md#start)."""

    NUMERIC = "Numeric"
    """Digits; the default."""
    ALPHA = "Alpha"
    """Letters."""
    ALPHANUMERIC = "Alphanumeric"
    """Digits and letters."""


class VerificationStatus(OpenEnum):
    """Where a verification stands; everything but `PENDING` is final
    (docs/platform/verification.md#statuses).
    """

    PENDING = "PENDING"
    """It is running."""
    SUCCESSFUL = "SUCCESSFUL"
    """The number is verified."""
    FAIL = "FAIL"
    """It was tried, but the number is not verified."""
    DENIED = "DENIED"
    """Sinch or your callback refused it."""
    ABORTED = "ABORTED"
    """A newer verification of the same number replaced it."""
    ERROR = "ERROR"
    """It could not be completed because of the network or because nobody was reached."""


class VerificationReason(OpenEnum):
    """Why a verification was not successful, in the exact words of the wire. Which status goes with
    which reason is common experience, not a promise; the 2018 SDK knew some other words
    (docs/platform/verification.md#statuses).
    """

    FRAUD = "Fraud"
    """Refused on suspicion of fraud (DENIED)."""
    NOT_ENOUGH_CREDIT = "Not enough credit"
    """The account has no credit left (DENIED)."""
    BLOCKED = "Blocked"
    """The number or application is blocked (DENIED)."""
    DENIED_BY_CALLBACK = "Denied by callback"
    """Your callback said no (DENIED)."""
    INVALID_CALLBACK = "Invalid callback"
    """Your callback gave no usable answer (DENIED)."""
    INTERNAL_ERROR = "Internal error"
    """A fault at Sinch (ERROR, not charged)."""
    DESTINATION_DENIED = "Destination denied"
    """The destination is not allowed (DENIED)."""
    NETWORK_ERROR_OR_NUMBER_UNREACHABLE = "Network error or number unreachable"
    """The phone could not be reached (ERROR, not charged)."""
    FAILED_PENDING = "Failed pending"
    """It failed while it was pending."""
    SMS_DELIVERY_FAILURE = "SMS delivery failure"
    """The message could not be delivered (ERROR, not charged)."""
    INVALID_CLI = "Invalid CLI"
    """The reported caller id is wrong (FAIL, charged)."""
    INVALID_CODE = "Invalid code"
    """The reported code is wrong (FAIL, charged)."""
    EXPIRED = "Expired"
    """Nothing was reported in time (FAIL, charged)."""
    HUNG_UP_WITHOUT_ENTERING_VALID_CODE = "Hung up without entering valid code"
    """The callee hung up before entering the code (FAIL, charged)."""


class VerificationSource(OpenEnum):
    """How the code or caller id got from the phone to the client. A client's own words may appear,
    such as `intercept` (docs/platform/verification.md#status).
    """

    INTERCEPTED = "intercepted"
    """The app read it by itself."""
    MANUAL = "manual"
    """A person typed it in."""


class VerificationCallResult(OpenEnum):
    """How the call of a flash call or phone call verification ended
    (docs/platform/verification.md#status).
    """

    ANSWERED = "ANSWERED"
    """The callee answered."""
    CANCEL = "CANCEL"
    """The call was cancelled before it was answered."""
    COMPLETED = "COMPLETED"
    """The call ran its course."""
    NO_ANSWER = "NO_ANSWER"
    """Nobody answered."""
    BUSY = "BUSY"
    """The callee was busy."""
    FAILED = "FAILED"
    """The call could not be set up."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StartVerificationRequest(Model):
    """What to verify and how. The `...Options` objects are accepted only from signed back-end
    requests; send the one of the chosen method (docs/platform/verification.md#start).
    """

    identity: Identity
    """The number to verify: type `number` and the international number with leading `+`."""
    method: VerificationMethod
    """How to verify the number."""
    reference: str | None = None
    """Your own id of this verification. Must be unique, otherwise error 40900, and usable as one
    segment of a URL path. Returned in status and events.
    """
    custom: str | None = None
    """Your own data, at most 4096 characters; passed to every event."""
    metadata: Mapping[str, Any] | None = attrs.field(default=None, hash=False)
    """Deprecated. Data about the device, sent by the mobile SDKs of 2018 only. Use `custom` for
    data of your own.
    """
    sms_options: SmsOptions | None = None
    """Options of the SMS method."""
    flash_call_options: FlashCallOptions | None = None
    """Options of the flash call method."""
    callout_options: CalloutOptions | None = None
    """Options of the phone call method."""
    whatsapp_options: WhatsAppOptions | None = None
    """Options of the WhatsApp method."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "identity": "identity",
        "method": "method",
        "reference": "reference",
        "custom": "custom",
        "metadata": "metadata",
        "sms_options": "smsOptions",
        "flash_call_options": "flashCallOptions",
        "callout_options": "calloutOptions",
        "whatsapp_options": "whatsappOptions",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["identity"] = self.identity.to_wire()
        wire["method"] = self.method.to_wire()
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.metadata is not None:
            wire["metadata"] = dict(self.metadata)
        if self.sms_options is not None:
            wire["smsOptions"] = self.sms_options.to_wire()
        if self.flash_call_options is not None:
            wire["flashCallOptions"] = self.flash_call_options.to_wire()
        if self.callout_options is not None:
            wire["calloutOptions"] = self.callout_options.to_wire()
        if self.whatsapp_options is not None:
            wire["whatsappOptions"] = self.whatsapp_options.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SmsOptions(Model):
    """Options of an SMS verification (docs/platform/verification.md#start)."""

    code_type: CodeType | None = None
    """Kind of code to generate. Default `Numeric`."""
    expiry: timedelta | None = None
    """How long the code is valid, as `HH:MM:SS` on the wire."""
    template: str | None = None
    """Deprecated. Text of the message, with `{{CODE}}` where the code goes. Gone from the current
    API, which takes texts from the application's settings and the Accept-Language header.
    """
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code_type": "codeType",
        "expiry": "expiry",
        "template": "template",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code_type is not None:
            wire["codeType"] = self.code_type.to_wire()
        if self.expiry is not None:
            wire["expiry"] = write_clock(self.expiry)
        if self.template is not None:
            wire["template"] = self.template
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FlashCallOptions(Model):
    """Options of a flash call verification (docs/platform/verification.md#start)."""

    dial_timeout: timedelta | None = None
    """How long the phone rings, 5 to 120 seconds. Default chosen by Sinch."""
    interception_timeout: timedelta | None = None
    """How long the verification stays open for the caller id to be reported, 5 to 120 seconds."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "dial_timeout": "dialTimeout",
        "interception_timeout": "interceptionTimeout",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.dial_timeout is not None:
            wire["dialTimeout"] = write_seconds(self.dial_timeout)
        if self.interception_timeout is not None:
            wire["interceptionTimeout"] = write_seconds(self.interception_timeout)
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalloutOptions(Model):
    """Options of a phone call verification (docs/platform/verification.md#start)."""

    speech: SpeechOptions | None = None
    """How the code is spoken."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "speech": "speech",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.speech is not None:
            wire["speech"] = self.speech.to_wire()
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SpeechOptions(Model):
    """How the text of a phone call verification is spoken (docs/platform/values.md#locales)."""

    locale: str | None = None
    """Language such as `en-US`, which is the default and, by older documents, the only one."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "locale": "locale",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.locale is not None:
            wire["locale"] = self.locale
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WhatsAppOptions(Model):
    """Options of a WhatsApp verification (docs/platform/verification.md#start)."""

    code_type: CodeType | None = None
    """Kind of code to generate. Default `Numeric`."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code_type": "codeType",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code_type is not None:
            wire["codeType"] = self.code_type.to_wire()
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StartVerificationResponse(Model):
    """A started verification. It has the part of its method, with what the client needs to go on
    (docs/platform/verification.md#start).
    """

    id: str
    """Id of the verification; a UUID today, digits in older examples."""
    method: VerificationMethod | None = None
    """Method in use. Left out by older versions of the API."""
    links: tuple[VerificationLink, ...] = ()
    """Addresses for asking and reporting, on the data centre that handles it."""
    sms: SmsStart | None = None
    """Details of an SMS verification."""
    flash_call: FlashCallStart | None = None
    """Details of a flash call verification."""
    callout: CalloutStart | None = None
    """Deprecated. When to poll for a phone call verification. Gone from the current API: ask the
    status or wait for the result event.
    """
    seamless: SeamlessStart | None = None
    """Details of a data verification."""
    whatsapp: WhatsAppStart | None = None
    """Details of a WhatsApp verification."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "method": "method",
        "links": "_links",
        "sms": "sms",
        "flash_call": "flashCall",
        "callout": "callout",
        "seamless": "seamless",
        "whatsapp": "whatsapp",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.method is not None:
            wire["method"] = self.method.to_wire()
        if self.links:
            wire["_links"] = [element.to_wire() for element in self.links]
        if self.sms is not None:
            wire["sms"] = self.sms.to_wire()
        if self.flash_call is not None:
            wire["flashCall"] = self.flash_call.to_wire()
        if self.callout is not None:
            wire["callout"] = self.callout.to_wire()
        if self.seamless is not None:
            wire["seamless"] = self.seamless.to_wire()
        if self.whatsapp is not None:
            wire["whatsapp"] = self.whatsapp.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationLink(Model):
    """One address related to a verification (docs/platform/verification.md#start)."""

    rel: str | None = None
    """What the address is for, `status` or `report`."""
    href: str | None = None
    """Absolute URL; its host may be that of one data centre."""
    method: str | None = None
    """HTTP method to use, `GET` or `PUT`."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "rel": "rel",
        "href": "href",
        "method": "method",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.rel is not None:
            wire["rel"] = self.rel
        if self.href is not None:
            wire["href"] = self.href
        if self.method is not None:
            wire["method"] = self.method
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SmsStart(Model):
    """What a client needs to go on with an SMS verification (docs/platform/verification.md#start)."""

    template: str | None = None
    """Text that will arrive, with `{{CODE}}` where the code goes."""
    interception_timeout: timedelta | None = None
    """How long a client should look out for the message, in seconds."""
    code_type: CodeType | None = None
    """Kind of code that will arrive."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "template": "template",
        "interception_timeout": "interceptionTimeout",
        "code_type": "codeType",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.template is not None:
            wire["template"] = self.template
        if self.interception_timeout is not None:
            wire["interceptionTimeout"] = write_seconds(self.interception_timeout)
        if self.code_type is not None:
            wire["codeType"] = self.code_type.to_wire()
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FlashCallStart(Model):
    """What a client needs to go on with a flash call verification
    (docs/platform/verification.md#start).
    """

    cli_filter: str | None = None
    """Regular expression that the caller id will match, like `(.*)70123(.*)`."""
    interception_timeout: timedelta | None = None
    """How long a client should look out for the call, in seconds."""
    report_timeout: timedelta | None = None
    """How long the caller id can be reported, in seconds."""
    deny_call_after: timedelta | None = None
    """After how many seconds a client should reject the call; may be 0."""
    call_id: str | None = None
    """Id of the call. Seen in test data of one SDK only."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "cli_filter": "cliFilter",
        "interception_timeout": "interceptionTimeout",
        "report_timeout": "reportTimeout",
        "deny_call_after": "denyCallAfter",
        "call_id": "callId",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.cli_filter is not None:
            wire["cliFilter"] = self.cli_filter
        if self.interception_timeout is not None:
            wire["interceptionTimeout"] = write_seconds(self.interception_timeout)
        if self.report_timeout is not None:
            wire["reportTimeout"] = write_seconds(self.report_timeout)
        if self.deny_call_after is not None:
            wire["denyCallAfter"] = write_seconds(self.deny_call_after)
        if self.call_id is not None:
            wire["callId"] = self.call_id
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalloutStart(Model):
    """Deprecated. When a client polls the state of a phone call verification. Only older versions
    of the API send it (docs/platform/verification.md#start).
    """

    start_polling_after: timedelta | None = None
    """Deprecated. Seconds until the first poll. Not sent any more; choose your own."""
    stop_polling_after: timedelta | None = None
    """Deprecated. Seconds until polling is given up. Not sent any more; choose your own."""
    polling_interval: timedelta | None = None
    """Deprecated. Seconds between two polls. Not sent any more; choose your own."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "start_polling_after": "startPollingAfter",
        "stop_polling_after": "stopPollingAfter",
        "polling_interval": "pollingInterval",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.start_polling_after is not None:
            wire["startPollingAfter"] = write_seconds(self.start_polling_after)
        if self.stop_polling_after is not None:
            wire["stopPollingAfter"] = write_seconds(self.stop_polling_after)
        if self.polling_interval is not None:
            wire["pollingInterval"] = write_seconds(self.polling_interval)
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SeamlessStart(Model):
    """What a client needs to go on with a data verification (docs/platform/verification.md#start)."""

    target_uri: str | None = None
    """Address that the phone must open over mobile data, following every redirect. There is nothing
    to report afterwards.
    """
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "target_uri": "targetUri",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.target_uri is not None:
            wire["targetUri"] = self.target_uri
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WhatsAppStart(Model):
    """What a client needs to go on with a WhatsApp verification
    (docs/platform/verification.md#start).
    """

    code_type: CodeType | None = None
    """Kind of code that will arrive."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code_type": "codeType",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code_type is not None:
            wire["codeType"] = self.code_type.to_wire()
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReportVerificationRequest(Model):
    """What reached the phone. Give the method and the part of the same name; data verifications are
    not reported (docs/platform/verification.md#report).
    """

    method: VerificationMethod
    """Method that the verification was started with."""
    sms: SmsReport | None = None
    """Report of an SMS verification."""
    flash_call: FlashCallReport | None = None
    """Report of a flash call verification. The 2018 SDK also put its phone call reports here."""
    callout: CalloutReport | None = None
    """Report of a phone call verification."""
    whatsapp: WhatsAppReport | None = None
    """Report of a WhatsApp verification."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "method": "method",
        "sms": "sms",
        "flash_call": "flashCall",
        "callout": "callout",
        "whatsapp": "whatsapp",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["method"] = self.method.to_wire()
        if self.sms is not None:
            wire["sms"] = self.sms.to_wire()
        if self.flash_call is not None:
            wire["flashCall"] = self.flash_call.to_wire()
        if self.callout is not None:
            wire["callout"] = self.callout.to_wire()
        if self.whatsapp is not None:
            wire["whatsapp"] = self.whatsapp.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SmsReport(Model):
    """What arrived in the text message (docs/platform/verification.md#report)."""

    code: str = attrs.field(repr=masked)
    """The code in the message."""
    cli: str | None = None
    """Deprecated. Sender of the message. Not part of the current API; the code is enough."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "cli": "cli",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["code"] = self.code
        if self.cli is not None:
            wire["cli"] = self.cli
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FlashCallReport(Model):
    """Who made the flash call (docs/platform/verification.md#report)."""

    cli: str = attrs.field(repr=masked)
    """Caller id of the call as a full international number with leading `+`."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "cli": "cli",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["cli"] = self.cli
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalloutReport(Model):
    """What the phone call said (docs/platform/verification.md#report)."""

    code: str = attrs.field(repr=masked)
    """The code that was spoken."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["code"] = self.code
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WhatsAppReport(Model):
    """What arrived over WhatsApp (docs/platform/verification.md#report)."""

    code: str = attrs.field(repr=masked)
    """The code in the message."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["code"] = self.code
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReportVerificationResponse(Model):
    """How a report was judged. A wrong code gives status `FAIL`
    (docs/platform/verification.md#report).
    """

    id: str
    """Id of the verification."""
    method: VerificationMethod | None = None
    """Method of the verification."""
    status: VerificationStatus | None = None
    """State of the verification after the report."""
    reason: VerificationReason | None = None
    """Why it was not successful."""
    call_complete: bool | None = None
    """Whether the call has ended. Flash call and phone call only."""
    reference: str | None = None
    """Deprecated. Your reference. Sent by older versions only; ask the status instead."""
    source: VerificationSource | None = None
    """Deprecated. How the code was read. Sent by older versions only; ask the status instead."""
    identity: Identity | None = None
    """Deprecated. The number. Sent by older versions only; ask the status instead."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "method": "method",
        "status": "status",
        "reason": "reason",
        "call_complete": "callComplete",
        "reference": "reference",
        "source": "source",
        "identity": "identity",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.method is not None:
            wire["method"] = self.method.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.reason is not None:
            wire["reason"] = self.reason.to_wire()
        if self.call_complete is not None:
            wire["callComplete"] = self.call_complete
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.source is not None:
            wire["source"] = self.source.to_wire()
        if self.identity is not None:
            wire["identity"] = self.identity.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationStatusResponse(Model):
    """State of a verification, its reason and price (docs/platform/verification.md#status)."""

    id: str
    """Id of the verification."""
    method: VerificationMethod | None = None
    """Method of the verification."""
    status: VerificationStatus | None = None
    """Where the verification stands."""
    reason: VerificationReason | None = None
    """Why it was not successful."""
    reference: str | None = None
    """Your reference from the start."""
    identity: Identity | None = None
    """The number being verified."""
    country_id: str | None = None
    """Country of the number as an ISO 3166-1 code of two letters."""
    verification_timestamp: datetime | None = None
    """When the verification was started, in UTC; up to 7 fraction digits and no zone on the wire.
    """
    source: VerificationSource | None = None
    """How the code was read. SMS, flash call and WhatsApp only."""
    call_complete: bool | None = None
    """Whether the call has ended. Flash call and phone call only."""
    call_result: VerificationCallResult | None = None
    """How the call ended. Flash call and phone call only."""
    price: VerificationPrice | None = None
    """What the verification costs. Present once the status is not `PENDING`."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "method": "method",
        "status": "status",
        "reason": "reason",
        "reference": "reference",
        "identity": "identity",
        "country_id": "countryId",
        "verification_timestamp": "verificationTimestamp",
        "source": "source",
        "call_complete": "callComplete",
        "call_result": "callResult",
        "price": "price",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.method is not None:
            wire["method"] = self.method.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.reason is not None:
            wire["reason"] = self.reason.to_wire()
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.identity is not None:
            wire["identity"] = self.identity.to_wire()
        if self.country_id is not None:
            wire["countryId"] = self.country_id
        if self.verification_timestamp is not None:
            wire["verificationTimestamp"] = write_datetime(self.verification_timestamp)
        if self.source is not None:
            wire["source"] = self.source.to_wire()
        if self.call_complete is not None:
            wire["callComplete"] = self.call_complete
        if self.call_result is not None:
            wire["callResult"] = self.call_result.to_wire()
        if self.price is not None:
            wire["price"] = self.price.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationPrice(Model):
    """What a verification costs (docs/platform/verification.md#status)."""

    verification_price: Money | None = None
    """The most that the verification itself costs."""
    termination_price: Money | None = None
    """Cost of the call. Flash call and phone call only, after the call, and only if the account is
    charged for termination.
    """
    billable_duration: timedelta | None = None
    """Charged length of the call in seconds, given with the termination price."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "verification_price": "verificationPrice",
        "termination_price": "terminationPrice",
        "billable_duration": "billableDuration",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.verification_price is not None:
            wire["verificationPrice"] = self.verification_price.to_wire()
        if self.termination_price is not None:
            wire["terminationPrice"] = self.termination_price.to_wire()
        if self.billable_duration is not None:
            wire["billableDuration"] = write_seconds(self.billable_duration)
        return wire


# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    StartVerificationRequest,
    {
        "identity": ("identity", Identity.from_wire_strictly),
        "method": ("method", VerificationMethod.from_wire),
        "reference": ("reference", None),
        "custom": ("custom", None),
        "metadata": ("metadata", read_object),
        "smsOptions": ("sms_options", SmsOptions.from_wire_strictly),
        "flashCallOptions": ("flash_call_options", FlashCallOptions.from_wire_strictly),
        "calloutOptions": ("callout_options", CalloutOptions.from_wire_strictly),
        "whatsappOptions": ("whatsapp_options", WhatsAppOptions.from_wire_strictly),
    },
    required=(
        "identity",
        "method",
    ),
    deprecated=("metadata",),
    bounds={
        "custom": Bounds(max_length=4096),
    },
)
reads(
    SmsOptions,
    {
        "codeType": ("code_type", CodeType.from_wire),
        "expiry": ("expiry", read_clock),
        "template": ("template", None),
    },
    deprecated=("template",),
    takes_extra=True,
)
reads(
    FlashCallOptions,
    {
        "dialTimeout": ("dial_timeout", read_seconds),
        "interceptionTimeout": ("interception_timeout", read_seconds),
    },
    bounds={
        "dial_timeout": Bounds(minimum=5, maximum=120, written=write_seconds),
        "interception_timeout": Bounds(minimum=5, maximum=120, written=write_seconds),
    },
    takes_extra=True,
)
reads(
    CalloutOptions,
    {
        "speech": ("speech", SpeechOptions.from_wire_strictly),
    },
    takes_extra=True,
)
reads(
    SpeechOptions,
    {
        "locale": ("locale", None),
    },
    takes_extra=True,
)
reads(
    WhatsAppOptions,
    {
        "codeType": ("code_type", CodeType.from_wire),
    },
    takes_extra=True,
)
reads(
    StartVerificationResponse,
    {
        "id": ("id", None),
        "method": ("method", VerificationMethod.from_wire),
        "_links": ("links", list_of(VerificationLink.from_wire_strictly)),
        "sms": ("sms", SmsStart.from_wire_strictly),
        "flashCall": ("flash_call", FlashCallStart.from_wire_strictly),
        "callout": ("callout", CalloutStart.from_wire_strictly),
        "seamless": ("seamless", SeamlessStart.from_wire_strictly),
        "whatsapp": ("whatsapp", WhatsAppStart.from_wire_strictly),
    },
    required=("id",),
    lenient=True,
)
reads(
    VerificationLink,
    {
        "rel": ("rel", None),
        "href": ("href", None),
        "method": ("method", None),
    },
    lenient=True,
)
reads(
    SmsStart,
    {
        "template": ("template", None),
        "interceptionTimeout": ("interception_timeout", read_seconds),
        "codeType": ("code_type", CodeType.from_wire),
    },
    lenient=True,
    takes_extra=True,
)
reads(
    FlashCallStart,
    {
        "cliFilter": ("cli_filter", None),
        "interceptionTimeout": ("interception_timeout", read_seconds),
        "reportTimeout": ("report_timeout", read_seconds),
        "denyCallAfter": ("deny_call_after", read_seconds),
        "callId": ("call_id", None),
    },
    lenient=True,
    takes_extra=True,
)
reads(
    CalloutStart,
    {
        "startPollingAfter": ("start_polling_after", read_seconds),
        "stopPollingAfter": ("stop_polling_after", read_seconds),
        "pollingInterval": ("polling_interval", read_seconds),
    },
    lenient=True,
    takes_extra=True,
)
reads(
    SeamlessStart,
    {
        "targetUri": ("target_uri", None),
    },
    aliases={
        "target_uri": "targetUri",
    },
    lenient=True,
    takes_extra=True,
)
reads(
    WhatsAppStart,
    {
        "codeType": ("code_type", CodeType.from_wire),
    },
    lenient=True,
    takes_extra=True,
)
reads(
    ReportVerificationRequest,
    {
        "method": ("method", VerificationMethod.from_wire),
        "sms": ("sms", SmsReport.from_wire_strictly),
        "flashCall": ("flash_call", FlashCallReport.from_wire_strictly),
        "callout": ("callout", CalloutReport.from_wire_strictly),
        "whatsapp": ("whatsapp", WhatsAppReport.from_wire_strictly),
    },
    required=("method",),
)
reads(
    SmsReport,
    {
        "code": ("code", None),
        "cli": ("cli", None),
    },
    required=("code",),
    deprecated=("cli",),
)
reads(
    FlashCallReport,
    {
        "cli": ("cli", None),
    },
    required=("cli",),
)
reads(
    CalloutReport,
    {
        "code": ("code", None),
    },
    required=("code",),
)
reads(
    WhatsAppReport,
    {
        "code": ("code", None),
    },
    required=("code",),
)
reads(
    ReportVerificationResponse,
    {
        "id": ("id", None),
        "method": ("method", VerificationMethod.from_wire),
        "status": ("status", VerificationStatus.from_wire),
        "reason": ("reason", VerificationReason.from_wire),
        "callComplete": ("call_complete", read_bool),
        "reference": ("reference", None),
        "source": ("source", VerificationSource.from_wire),
        "identity": ("identity", Identity.from_wire_strictly),
    },
    required=(
        "id",
        "status",
    ),
    identifies=("id",),
    lenient=True,
)
reads(
    VerificationStatusResponse,
    {
        "id": ("id", None),
        "method": ("method", VerificationMethod.from_wire),
        "status": ("status", VerificationStatus.from_wire),
        "reason": ("reason", VerificationReason.from_wire),
        "reference": ("reference", None),
        "identity": ("identity", Identity.from_wire_strictly),
        "countryId": ("country_id", None),
        "verificationTimestamp": ("verification_timestamp", read_datetime),
        "source": ("source", VerificationSource.from_wire),
        "callComplete": ("call_complete", read_bool),
        "callResult": ("call_result", VerificationCallResult.from_wire),
        "price": ("price", VerificationPrice.from_wire_strictly),
    },
    required=(
        "id",
        "status",
    ),
    identifies=("id",),
    lenient=True,
)
reads(
    VerificationPrice,
    {
        "verificationPrice": ("verification_price", Money.from_wire_strictly),
        "terminationPrice": ("termination_price", Money.from_wire_strictly),
        "billableDuration": ("billable_duration", read_seconds),
    },
    lenient=True,
)
