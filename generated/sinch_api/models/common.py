# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the common part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import attrs

from ..bounds import Bounds
from ..codec import (
    read_bool,
    read_decimal,
    read_int,
    read_milliseconds,
    write_decimal,
    write_milliseconds,
)
from ..enums import OpenEnum
from ..model import Model, Problem, reads


class IdentityType(OpenEnum):
    """Kind of address in an identity or destination. Read without regard to letter case (`Number`
    and `Username` occur in answers), sent exactly as listed (docs/platform/values.md#identities).
    """

    NUMBER = "number"
    """An international phone number (E.164)."""
    USERNAME = "username"
    """A user of the in-app calling SDK."""
    SIP = "sip"
    """A SIP address, user@host with an optional port."""
    DID = "did"
    """The number that the caller dialled; received in voice events only."""
    CONFERENCE = "conference"
    """A conference id; received for conference calls made by the in-app SDK only."""
    EMAIL = "email"
    """An e-mail address; known from the 2018 SDK only."""
    WEBSOCKET = "Websocket"
    """A wss:// address that receives an audio stream; connectStream only, capital W."""


class MusicOnHold(OpenEnum):
    """What a participant of a conference hears while nobody else is there, or the caller of a SIP
    call that the other side put on hold. Leave it out for silence.
    """

    RING = "ring"
    """A ringing (progress) tone."""
    MUSIC1 = "music1"
    """First piece of music."""
    MUSIC2 = "music2"
    """Second piece of music."""
    MUSIC3 = "music3"
    """Third piece of music."""


class ConferenceDtmfMode(OpenEnum):
    """What happens with keys that a conference participant presses
    (docs/platform/calling.md#callouts).
    """

    IGNORE = "ignore"
    """Keys are dropped; the default."""
    FORWARD = "forward"
    """Keys are passed on to the other participants."""
    DETECT = "detect"
    """Keys are collected and reported by a PIE event."""


class CallResult(OpenEnum):
    """How an attempt to reach the callee ended (docs/platform/calling.md#calls)."""

    NOT_AVAILABLE = "N/A"
    """No result is known, for example because the call has not ended."""
    ANSWERED = "ANSWERED"
    """The callee answered."""
    BUSY = "BUSY"
    """The callee was busy."""
    NO_ANSWER = "NOANSWER"
    """The callee did not pick up in time."""
    FAILED = "FAILED"
    """The call could not be set up."""
    CANCEL = "CANCEL"
    """The call was cancelled before it was answered."""


class CallDomain(OpenEnum):
    """Network a call belongs to. Read without regard to letter case (`PSTN` and `MXP` occur in
    events), sent in lower case (docs/platform/calling.md#callouts).
    """

    PSTN = "pstn"
    """Telephone network, reached by number."""
    MXP = "mxp"
    """Data network, reached by in-app user name."""
    CONFERENCE = "conference"
    """A conference room; received only, and by older documents only."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Money(Model):
    """An amount in a currency: a price, a rate for each minute, or a debit. Sinch uses up to six
    decimals, so the amount is kept as an exact decimal and never as a float
    (docs/platform/values.md#money).
    """

    currency_id: str | None = None
    """Currency as an ISO 4217 code such as `USD`. Voice may leave it out."""
    amount: Decimal | None = None
    """Amount in whole units of the currency (not cents), usually with four decimals, for example
    `0.0368`.
    """
    formatted: str | None = None
    """Amount and currency as text for people. Seen in one older description of the API only; expect
    it to be missing.
    """
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "currency_id": "currencyId",
        "amount": "amount",
        "formatted": "formatted",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.currency_id is not None:
            wire["currencyId"] = self.currency_id
        if self.amount is not None:
            wire["amount"] = write_decimal(self.amount)
        if self.formatted is not None:
            wire["formatted"] = self.formatted
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Identity(Model):
    """One end of a call, a message or a verification: a kind of address and the address itself.
    Verification knows numbers only (docs/platform/values.md#identities).
    """

    type: IdentityType | None = None
    """Kind of the address. Send it always. Documents and other SDKs leave it out for SIP addresses,
    therefore it is optional when reading.
    """
    endpoint: str
    """The address: an international number with leading `+`, a user name, `user@host[:port]` for
    SIP, a conference id, or a `wss://` address. Numbers in events may arrive without the `+`.
    """
    verified: bool | None = None
    """Whether the number has been verified. Appears in some verification callbacks only; never
    sent.
    """
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "type": "type",
        "endpoint": "endpoint",
        "verified": "verified",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.type is not None:
            wire["type"] = self.type.to_wire()
        wire["endpoint"] = self.endpoint
        if self.verified is not None:
            wire["verified"] = self.verified
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class KeyValue(Model):
    """One named text value, such as a cookie kept with a call. All cookies of a call together may
    take 1024 bytes (docs/platform/voice-events.md#fields).
    """

    key: str
    """Name of the value."""
    value: str
    """The text stored under the name; empty when it came without one."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "key": "key",
        "value": "value",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["key"] = self.key
        wire["value"] = self.value
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CallHeader(Model):
    """One header that travels with a call from and to in-app users, SIP and streams. All keys and
    values of a call together may take 1024 bytes of UTF-8. Name private headers `X-...` when they
    go to SIP (docs/platform/values.md#call-headers).
    """

    key: str
    """Header name."""
    value: str
    """Header value; empty when it came without one."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "key": "key",
        "value": "value",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["key"] = self.key
        wire["value"] = self.value
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConferenceDtmfOptions(Model):
    """How the keys of a conference participant are treated. In `detect` mode the PIE event carries
    the conference id as menu id and `sequence` as result type; its call id tells who pressed
    (docs/platform/calling.md#callouts).
    """

    mode: ConferenceDtmfMode | None = None
    """What to do with keys. Default `ignore`."""
    max_digits: int | None = None
    """Keys to collect before the event is sent, default 1. With more than one, `#` or the timeout
    ends the input early. Only for `detect`.
    """
    timeout: timedelta | None = None
    """How long to wait for the next key before the event is sent, in milliseconds, default 3000.
    Only for `detect` with more than one digit.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "mode": "mode",
        "max_digits": "maxDigits",
        "timeout": "timeoutMills",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.mode is not None:
            wire["mode"] = self.mode.to_wire()
        if self.max_digits is not None:
            wire["maxDigits"] = self.max_digits
        if self.timeout is not None:
            wire["timeoutMills"] = write_milliseconds(self.timeout)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ErrorBody(Model):
    """What Sinch says when a request fails. The first three digits of the code are the HTTP status.
    Gateways may answer with an empty or HTML body instead: fall back to the HTTP status then. The
    table `x-error-codes` lists every known code (docs/platform/errors.md#codes).
    """

    error_code: int | None = None
    """Five-digit code, see the table. Comes as a number, or as numeric text in some descriptions of
    the API.
    """
    message: str | None = None
    """Explanation in English for developers; not meant for comparing."""
    reference: str | None = None
    """Support id of the failure, to quote when asking Sinch."""
    status: str | None = None
    """Status line in words, such as `404 Not Found`. Older voice answers only; trust the HTTP
    status.
    """
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "error_code": "errorCode",
        "message": "message",
        "reference": "reference",
        "status": "status",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.error_code is not None:
            wire["errorCode"] = self.error_code
        if self.message is not None:
            wire["message"] = self.message
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.status is not None:
            wire["status"] = self.status
        return wire


# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    Money,
    {
        "currencyId": ("currency_id", None),
        "amount": ("amount", read_decimal),
        "formatted": ("formatted", None),
    },
    lenient=True,
)
reads(
    Identity,
    {
        "type": ("type", IdentityType.from_wire),
        "endpoint": ("endpoint", None),
        "verified": ("verified", read_bool),
    },
    required=("endpoint",),
    lenient=True,
)
reads(
    KeyValue,
    {
        "key": ("key", None),
        "value": ("value", None),
    },
    required=(
        "key",
        "value",
    ),
    identifies=("key",),
    if_missing={
        "value": "",
    },
    lenient=True,
)
reads(
    CallHeader,
    {
        "key": ("key", None),
        "value": ("value", None),
    },
    required=(
        "key",
        "value",
    ),
    identifies=("key",),
    if_missing={
        "value": "",
    },
    lenient=True,
)
reads(
    ConferenceDtmfOptions,
    {
        "mode": ("mode", ConferenceDtmfMode.from_wire),
        "maxDigits": ("max_digits", read_int),
        "timeoutMills": ("timeout", read_milliseconds),
    },
    aliases={
        "timoutmills": "timeoutMills",
    },
    bounds={
        "max_digits": Bounds(minimum=1),
    },
)
reads(
    ErrorBody,
    {
        "errorCode": ("error_code", read_int),
        "message": ("message", None),
        "reference": ("reference", None),
        "status": ("status", None),
    },
    lenient=True,
)
