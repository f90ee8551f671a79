# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the sms part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal

import attrs

from ..codec import (
    read_datetime,
    read_int,
    read_text,
    write_datetime,
    write_message_id,
)
from ..enums import OpenEnum
from ..model import TAG, Model, Problem, reads
from .common import Identity


class SmsStatus(OpenEnum):
    """How far a sent message has come (docs/platform/sms.md)."""

    UNKNOWN = "Unknown"
    """Sinch does not know this message id."""
    PENDING = "Pending"
    """The message is on its way; ask again later."""
    SUCCESSFUL = "Successful"
    """The message was delivered."""
    FAULTED = "Faulted"
    """The message could not be delivered. The 2018 read-me calls it Failed."""
    FAILED = "Faulted"
    """Another name of FAULTED."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendSmsRequest(Model):
    """Text and sender of a message to send (docs/platform/sms.md)."""

    message: str
    """The text; must not be blank. 160 GSM-7 or 70 UCS-2 characters fit in one message, 153 or 67
    in each part of a longer one.
    """
    from_: str | None = None
    """Sender shown to the recipient: a number of yours or, by agreement with Sinch only, a name.
    Default is the verified number of the account. Recipients in the United States need a rented
    number.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "message": "message",
        "from_": "from",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["message"] = self.message
        if self.from_ is not None:
            wire["from"] = self.from_
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendSmsResponse(Model):
    """Receipt for a message that Sinch accepted (docs/platform/sms.md)."""

    message_id: str
    """Id of the message, for asking its status. An integer on the wire in most versions and text in
    a later one; always text here.
    """
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "message_id": "messageId",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["messageId"] = write_message_id(self.message_id)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SmsStatusResponse(Model):
    """Answer to the question what became of a message (docs/platform/sms.md)."""

    status: SmsStatus | None = None
    """How far the message has come."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "status": "status",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IncomingSmsEvent(Model):
    """A text message that somebody sent to one of your numbers (docs/platform/sms.md)."""

    event: ClassVar[Literal["incomingSms"]] = "incomingSms"
    """Kind of callback, always `incomingSms`."""
    to: Identity | None = None
    """Your number that the message was sent to."""
    from_: Identity | None = None
    """Number of the sender."""
    message: str | None = None
    """Text of the message."""
    timestamp: datetime | None = None
    """When the message arrived, in UTC."""
    version: int | None = None
    """Version of the callback format, 1."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "message": "message",
        "timestamp": "timestamp",
        "version": "version",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "incomingSms"
        if self.to is not None:
            wire["to"] = self.to.to_wire()
        if self.from_ is not None:
            wire["from"] = self.from_.to_wire()
        if self.message is not None:
            wire["message"] = self.message
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.version is not None:
            wire["version"] = self.version
        return wire


# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    SendSmsRequest,
    {
        "message": ("message", None),
        "from": ("from_", None),
    },
    required=("message",),
)
reads(
    SendSmsResponse,
    {
        "messageId": ("message_id", read_text),
    },
    required=("message_id",),
    lenient=True,
)
reads(
    SmsStatusResponse,
    {
        "status": ("status", SmsStatus.from_wire),
    },
    required=("status",),
    identifies=(),
    lenient=True,
)
reads(
    IncomingSmsEvent,
    {
        "event": TAG,
        "to": ("to", Identity.from_wire_strictly),
        "from": ("from_", Identity.from_wire_strictly),
        "message": ("message", None),
        "timestamp": ("timestamp", read_datetime),
        "version": ("version", read_int),
    },
    lenient=True,
)
