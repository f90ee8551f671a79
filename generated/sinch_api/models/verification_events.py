# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the verification events part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Literal, Self, TypeAlias

import attrs

from ..bounds import Bounds
from ..codec import (
    read_clock,
    read_object,
    read_seconds,
    read_str,
    text_in,
    text_of_tag,
    write_clock,
    write_seconds,
)
from ..enums import OpenEnum
from ..model import TAG, Model, Problem, Tagged, list_of, masked, names_only, reads
from .common import Identity, Money
from .verification import (
    CodeType,
    SpeechOptions,
    VerificationMethod,
    VerificationReason,
    VerificationSource,
    VerificationStatus,
)


class SmsDeliveryResult(OpenEnum):
    """What became of a verification message; more values may come
    (docs/platform/verification.md#callbacks).
    """

    SUCCESSFUL = "Successful"
    """The message was delivered."""
    FAILED = "Failed"
    """The message could not be delivered."""


class VerificationAction(OpenEnum):
    """Decision about a verification (docs/platform/verification.md#callbacks)."""

    ALLOW = "allow"
    """Go ahead."""
    DENY = "deny"
    """Refuse it."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationRequestEvent(Model):
    """A verification is about to start; your reply allows or denies it
    (docs/platform/verification.md#callbacks).
    """

    event: ClassVar[Literal["VerificationRequestEvent"]] = "VerificationRequestEvent"
    """Kind of event."""
    id: str
    """Id of the verification."""
    method: VerificationMethod | None = None
    """Method that was asked for."""
    identity: Identity | None = None
    """The number to verify."""
    reference: str | None = None
    """Your reference from the start."""
    custom: str | None = None
    """Your own data from the start."""
    price: Money | None = None
    """What the verification will cost."""
    rate: Money | None = None
    """Rate of the call. Seen in one SDK only."""
    accept_language: tuple[str, ...] = ()
    """Deprecated. Languages that the client asked for. To choose the language, set it in the SMS or
    WhatsApp part of the reply.
    """
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "method": "method",
        "identity": "identity",
        "reference": "reference",
        "custom": "custom",
        "price": "price",
        "rate": "rate",
        "accept_language": "acceptLanguage",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "VerificationRequestEvent"
        wire["id"] = self.id
        if self.method is not None:
            wire["method"] = self.method.to_wire()
        if self.identity is not None:
            wire["identity"] = self.identity.to_wire()
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.price is not None:
            wire["price"] = self.price.to_wire()
        if self.rate is not None:
            wire["rate"] = self.rate.to_wire()
        if self.accept_language:
            wire["acceptLanguage"] = list(self.accept_language)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationResultEvent(Model):
    """A verification has ended (docs/platform/verification.md#callbacks)."""

    event: ClassVar[Literal["VerificationResultEvent"]] = "VerificationResultEvent"
    """Kind of event."""
    id: str
    """Id of the verification."""
    method: VerificationMethod | None = None
    """Method of the verification."""
    identity: Identity | None = None
    """The number that was verified; may say whether it is `verified` now."""
    status: VerificationStatus | None = None
    """How the verification ended."""
    reason: VerificationReason | None = None
    """Why it was not successful."""
    reference: str | None = None
    """Your reference from the start."""
    source: VerificationSource | None = None
    """How the code was read."""
    custom: str | None = None
    """Your own data from the start."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "method": "method",
        "identity": "identity",
        "status": "status",
        "reason": "reason",
        "reference": "reference",
        "source": "source",
        "custom": "custom",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "VerificationResultEvent"
        wire["id"] = self.id
        if self.method is not None:
            wire["method"] = self.method.to_wire()
        if self.identity is not None:
            wire["identity"] = self.identity.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.reason is not None:
            wire["reason"] = self.reason.to_wire()
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.source is not None:
            wire["source"] = self.source.to_wire()
        if self.custom is not None:
            wire["custom"] = self.custom
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationSmsDeliveredEvent(Model):
    """The message of an SMS verification was delivered or given up
    (docs/platform/verification.md#callbacks).
    """

    event: ClassVar[Literal["VerificationSmsDeliveredEvent"]] = "VerificationSmsDeliveredEvent"
    """Kind of event."""
    id: str
    """Id of the verification."""
    method: VerificationMethod | None = None
    """Method of the verification."""
    identity: Identity | None = None
    """The number that the message went to."""
    sms_result: SmsDeliveryResult | None = None
    """What became of the message."""
    reference: str | None = None
    """Your reference from the start."""
    custom: str | None = None
    """Your own data from the start."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "method": "method",
        "identity": "identity",
        "sms_result": "smsResult",
        "reference": "reference",
        "custom": "custom",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "VerificationSmsDeliveredEvent"
        wire["id"] = self.id
        if self.method is not None:
            wire["method"] = self.method.to_wire()
        if self.identity is not None:
            wire["identity"] = self.identity.to_wire()
        if self.sms_result is not None:
            wire["smsResult"] = self.sms_result.to_wire()
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.custom is not None:
            wire["custom"] = self.custom
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationRequestReply(Model):
    """Your decision about a verification. Add only the part of the method that the event names
    (docs/platform/verification.md#callbacks).
    """

    action: VerificationAction
    """Allow or deny the verification."""
    sms: SmsReply | None = None
    """Settings for an SMS verification."""
    flash_call: FlashCallReply | None = None
    """Settings for a flash call verification."""
    callout: CalloutReply | None = None
    """Settings for a phone call verification."""
    whatsapp: WhatsAppReply | None = None
    """Settings for a WhatsApp verification."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "action": "action",
        "sms": "sms",
        "flash_call": "flashCall",
        "callout": "callout",
        "whatsapp": "whatsapp",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["action"] = self.action.to_wire()
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
class SmsReply(Model):
    """Settings for an SMS verification that you allow (docs/platform/verification.md#callbacks)."""

    code: str | None = attrs.field(default=None, repr=masked)
    """A code of your own, at most 10 characters of A-Z, a-z, 0-9 and "-". Sinch makes one
    otherwise.
    """
    code_type: CodeType | None = None
    """Kind of code to generate. Default `Numeric`."""
    expiry: timedelta | None = None
    """How long the code is valid, as `HH:MM:SS` on the wire."""
    accept_language: tuple[str, ...] = ()
    """Wanted languages of the text, best first, for example `es-ES`. Overrides the request; texts
    prescribed by a carrier come first.
    """
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "code_type": "codeType",
        "expiry": "expiry",
        "accept_language": "acceptLanguage",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code is not None:
            wire["code"] = self.code
        if self.code_type is not None:
            wire["codeType"] = self.code_type.to_wire()
        if self.expiry is not None:
            wire["expiry"] = write_clock(self.expiry)
        if self.accept_language:
            wire["acceptLanguage"] = list(self.accept_language)
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FlashCallReply(Model):
    """Settings for a flash call verification that you allow
    (docs/platform/verification.md#callbacks).
    """

    cli: str | None = attrs.field(default=None, repr=masked)
    """International number to call from. You must own it. Sinch picks one otherwise."""
    dial_timeout: timedelta | None = None
    """How long the phone rings, 5 to 120 seconds. Default chosen by Sinch."""
    interception_timeout: timedelta | None = None
    """How long the verification stays open for the caller id to be reported, 5 to 120 seconds."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "cli": "cli",
        "dial_timeout": "dialTimeout",
        "interception_timeout": "interceptionTimeout",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.dial_timeout is not None:
            wire["dialTimeout"] = write_seconds(self.dial_timeout)
        if self.interception_timeout is not None:
            wire["interceptionTimeout"] = write_seconds(self.interception_timeout)
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalloutReply(Model):
    """Settings for a phone call verification that you allow
    (docs/platform/verification.md#callbacks).
    """

    code: str | None = attrs.field(default=None, repr=masked)
    """A code of your own to be spoken. Sinch makes one otherwise."""
    speech: SpeechOptions | None = None
    """How the code is spoken."""
    locale: str | None = None
    """Deprecated. Language of the spoken text. Use `speech.locale`."""
    tts_menu: str | None = None
    """Deprecated. Text to speak, with `{pin}` where the digit goes. From the time when the callee
    pressed a digit; use `code` and `speech`.
    """
    wav_file: str | None = None
    """Deprecated. Sound file, kept by Sinch, to play instead of the text. From the time when the
    callee pressed a digit; use `code` and `speech`.
    """
    pin: str | None = attrs.field(default=None, repr=masked)
    """Deprecated. Digit that the callee pressed to agree, default `1`. The callee now enters the
    spoken code; use `code`.
    """
    timeout: timedelta | None = None
    """Deprecated. How long to wait for the digit, in seconds. Nothing replaces it."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "speech": "speech",
        "locale": "locale",
        "tts_menu": "ttsMenu",
        "wav_file": "wavFile",
        "pin": "pin",
        "timeout": "timeout",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code is not None:
            wire["code"] = self.code
        if self.speech is not None:
            wire["speech"] = self.speech.to_wire()
        if self.locale is not None:
            wire["locale"] = self.locale
        if self.tts_menu is not None:
            wire["ttsMenu"] = self.tts_menu
        if self.wav_file is not None:
            wire["wavFile"] = self.wav_file
        if self.pin is not None:
            wire["pin"] = self.pin
        if self.timeout is not None:
            wire["timeout"] = write_seconds(self.timeout)
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WhatsAppReply(Model):
    """Settings for a WhatsApp verification that you allow
    (docs/platform/verification.md#callbacks).
    """

    code_type: CodeType | None = None
    """Kind of code to generate. Default `Numeric`."""
    accept_language: tuple[str, ...] = ()
    """Wanted languages of the text, best first."""
    extra: Mapping[str, Any] = attrs.field(factory=dict, hash=False, repr=names_only)
    """Properties that have no field here, by their names on the wire; sent as they are."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code_type": "codeType",
        "accept_language": "acceptLanguage",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code_type is not None:
            wire["codeType"] = self.code_type.to_wire()
        if self.accept_language:
            wire["acceptLanguage"] = list(self.accept_language)
        wire.update(self.extra)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownVerificationEvent(Model):
    """Any VerificationEvent that this version does not know, kept as it came."""

    event: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @property
    def id(self) -> str:
        """Id of the verification. Empty where there is none."""
        return text_in(self.raw, "id", read_str)

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(event=text_of_tag(payload, "event"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> VerificationEvent:
        """The same as :func:`read_verification_event`; how ``convert.converter()`` finds it."""
        return read_verification_event(raw)


VerificationEvent: TypeAlias = (
    VerificationRequestEvent
    | VerificationResultEvent
    | VerificationSmsDeliveredEvent
    | UnknownVerificationEvent
)
"""Any callback of a verification, told apart by `event` (docs/platform/verification.md#callbacks).
"""

read_verification_event: Tagged[VerificationEvent] = Tagged(
    "event",
    {
        "verificationrequestevent": VerificationRequestEvent,
        "verificationresultevent": VerificationResultEvent,
        "verificationsmsdeliveredevent": VerificationSmsDeliveredEvent,
    },
    UnknownVerificationEvent,
)
"""Reads whichever VerificationEvent the tag names; letter case does not matter."""

# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    VerificationRequestEvent,
    {
        "event": TAG,
        "id": ("id", None),
        "method": ("method", VerificationMethod.from_wire),
        "identity": ("identity", Identity.from_wire_strictly),
        "reference": ("reference", None),
        "custom": ("custom", None),
        "price": ("price", Money.from_wire_strictly),
        "rate": ("rate", Money.from_wire_strictly),
        "acceptLanguage": ("accept_language", list_of(read_str)),
    },
    required=(
        "id",
        "method",
        "identity",
    ),
    identifies=("id",),
    lenient=True,
)
reads(
    VerificationResultEvent,
    {
        "event": TAG,
        "id": ("id", None),
        "method": ("method", VerificationMethod.from_wire),
        "identity": ("identity", Identity.from_wire_strictly),
        "status": ("status", VerificationStatus.from_wire),
        "reason": ("reason", VerificationReason.from_wire),
        "reference": ("reference", None),
        "source": ("source", VerificationSource.from_wire),
        "custom": ("custom", None),
    },
    required=(
        "id",
        "method",
        "identity",
        "status",
    ),
    identifies=("id",),
    lenient=True,
)
reads(
    VerificationSmsDeliveredEvent,
    {
        "event": TAG,
        "id": ("id", None),
        "method": ("method", VerificationMethod.from_wire),
        "identity": ("identity", Identity.from_wire_strictly),
        "smsResult": ("sms_result", SmsDeliveryResult.from_wire),
        "reference": ("reference", None),
        "custom": ("custom", None),
    },
    required=(
        "id",
        "method",
        "identity",
        "sms_result",
    ),
    identifies=("id",),
    lenient=True,
)
reads(
    VerificationRequestReply,
    {
        "action": ("action", VerificationAction.from_wire),
        "sms": ("sms", SmsReply.from_wire_strictly),
        "flashCall": ("flash_call", FlashCallReply.from_wire_strictly),
        "callout": ("callout", CalloutReply.from_wire_strictly),
        "whatsapp": ("whatsapp", WhatsAppReply.from_wire_strictly),
    },
    required=("action",),
)
reads(
    SmsReply,
    {
        "code": ("code", None),
        "codeType": ("code_type", CodeType.from_wire),
        "expiry": ("expiry", read_clock),
        "acceptLanguage": ("accept_language", list_of(read_str)),
    },
    bounds={
        "code": Bounds(max_length=10, pattern="^[A-Za-z0-9-]+\\Z"),
    },
    takes_extra=True,
)
reads(
    FlashCallReply,
    {
        "cli": ("cli", None),
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
    CalloutReply,
    {
        "code": ("code", None),
        "speech": ("speech", SpeechOptions.from_wire_strictly),
        "locale": ("locale", None),
        "ttsMenu": ("tts_menu", None),
        "wavFile": ("wav_file", None),
        "pin": ("pin", None),
        "timeout": ("timeout", read_seconds),
    },
    deprecated=(
        "locale",
        "tts_menu",
        "wav_file",
        "pin",
        "timeout",
    ),
    takes_extra=True,
)
reads(
    WhatsAppReply,
    {
        "codeType": ("code_type", CodeType.from_wire),
        "acceptLanguage": ("accept_language", list_of(read_str)),
    },
    takes_extra=True,
)
