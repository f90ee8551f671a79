# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the messages part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self, TypeAlias

import attrs

from ..bounds import Bounds
from ..choices import map_of
from ..codec import (
    read_base64,
    read_bool,
    read_by_msisdn,
    read_datetime,
    read_int,
    read_msisdn,
    read_object,
    read_str,
    read_strings,
    text_in,
    text_of_tag,
    write_base64,
    write_by_msisdn,
    write_datetime,
    write_msisdn,
)
from ..enums import OpenEnum, OpenIntEnum
from ..model import TAG, Model, Problem, Tagged, list_of, reads


class MessagesErrorCode(OpenEnum):
    """What is wrong with a request (docs/platform/sms-rest.md#errors)."""

    INVALID_JSON = "syntax_invalid_json"
    """The body is not JSON (400)."""
    INVALID_PARAMETER_FORMAT = "syntax_invalid_parameter_format"
    """A field has the wrong form, such as a number that is none (400)."""
    CONSTRAINT_VIOLATION = "syntax_constraint_violation"
    """A field breaks a limit, or a required one is missing (400)."""
    UNKNOWN_GROUP = "unknown_group"
    """A group to send to does not exist (403)."""
    MISSING_CALLBACK_URL = "missing_callback_url"
    """A report was asked for and there is no URL to send it to (403)."""
    ILLEGAL_NUMBER_TYPE = "illegal_number_type"
    """The kind of number cannot be used as sender or recipient (403). A page of 2021 misspells it.
    """
    BLOCKED_ACCOUNT = "blocked_account"
    """The account may not send (403)."""
    BATCH_ALREADY_DISPATCHED = "batch_already_dispatched"
    """The batch has been sent already (403)."""
    CONFLICT_GROUP_NAME = "conflict_group_name"
    """A group of this name exists (403)."""


class DeliveryReportType(OpenEnum):
    """Which delivery reports are sent to the callback URL (docs/platform/sms-rest.md#reports)."""

    NONE = "none"
    """No report is sent; the default."""
    SUMMARY = "summary"
    """One report for the batch when all is over, with counts."""
    FULL = "full"
    """The same with the numbers."""
    PER_RECIPIENT = "per_recipient"
    """A report for each recipient at every change of status."""
    PER_RECIPIENT_FINAL = "per_recipient_final"
    """One report for each recipient, when its status is final."""


class ReportDetail(OpenEnum):
    """How much a report of a batch says."""

    SUMMARY = "summary"
    """Counts by status and code."""
    FULL = "full"
    """The numbers as well."""


class MessageStatus(OpenEnum):
    """How far the message to one recipient has come. Read without regard to letter case
    (docs/platform/sms-rest.md#statuses).
    """

    QUEUED = "Queued"
    """Waiting in the queue of the service plan."""
    DISPATCHED = "Dispatched"
    """Handed over to a carrier."""
    ABORTED = "Aborted"
    """Stopped before it was handed over; final."""
    CANCELLED = "Cancelled"
    """Cancelled before it was handed over; final."""
    REJECTED = "Rejected"
    """Refused by the carrier; final."""
    DELETED = "Deleted"
    """Deleted by the carrier; final."""
    DELIVERED = "Delivered"
    """Received; final."""
    FAILED = "Failed"
    """Not delivered; final."""
    EXPIRED = "Expired"
    """Not delivered before it expired; final."""
    UNKNOWN = "Unknown"
    """Nobody can tell; final."""


class DeliveryCode(OpenIntEnum):
    """Why a message has its status. Numbers below 400 that are not listed are SMPP codes of the
    carrier (docs/platform/sms-rest.md#codes).
    """

    DELIVERED = 0
    """Received."""
    QUEUED = 400
    """Waiting in the queue."""
    DISPATCHED = 401
    """Handed over to a carrier."""
    UNROUTABLE = 402
    """There is no route to the number."""
    INTERNAL_ERROR = 403
    """An error inside of Sinch."""
    TEMPORARY_FAILURE = 404
    """A temporary failure; sending again may succeed."""
    UNMATCHED_PARAMETER = 405
    """A placeholder of the text has no value for this recipient and no default."""
    EXPIRED = 406
    """Expired before it was handed over."""
    CANCELLED = 407
    """Cancelled by you."""
    REJECTED = 408
    """Refused inside of Sinch."""
    NO_DEFAULT_ORIGINATOR = 410
    """No sender was given and the plan has no default one."""
    TOO_MANY_PARTS = 411
    """More parts than `max_number_of_message_parts` allows."""
    REGION_NOT_PROVISIONED = 412
    """The service plan may not send to this region."""
    BLOCKED_OR_OUT_OF_CREDIT = 413
    """The account is blocked or has no credit."""
    BAD_MEDIA = 414
    """The media is bad; media messages only."""
    MEDIA_REJECTED = 415
    """The media was rejected; media messages only."""
    MEDIA_UNSUPPORTED = 416
    """The media is of a kind that is not supported; media messages only."""
    MEDIA_UNREACHABLE = 417
    """The media could not be fetched; media messages only."""
    MEDIA_UNRECOGNISED = 418
    """The media was not recognised; media messages only."""


class MessageEncoding(OpenEnum):
    """How the text was sent (docs/platform/sms-rest.md#text-size)."""

    GSM = "GSM"
    """GSM 03.38, 160 characters in one message."""
    UNICODE = "UNICODE"
    """UCS-2, 70 characters in one message."""


class InboundMediaStatus(OpenEnum):
    """Whether media that arrived was stored."""

    UPLOADED = "Uploaded"
    """It can be fetched."""
    FAILED = "Failed"
    """It is lost."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MessagesError(Model):
    """Why a request was refused (docs/platform/sms-rest.md#errors)."""

    code: MessagesErrorCode | None = None
    """What is wrong, for programs."""
    text: str | None = None
    """What is wrong, for people; not meant for comparing."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "text": "text",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code is not None:
            wire["code"] = self.code.to_wire()
        if self.text is not None:
            wire["text"] = self.text
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchOptions(Model):
    """What every batch has, whatever its content (docs/platform/sms-rest.md#send)."""

    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchAddresses(Model):
    """Who gets a batch, and from whom."""

    to: tuple[str, ...] = ()
    """Recipients, 1 to 1,000: international numbers and ids of groups."""
    from_: str | None = None
    """Sender shown to the recipient: a number, a short code or a name. Required unless the plan has
    default senders.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.to:
            wire["to"] = list(self.to)
        if self.from_ is not None:
            wire["from"] = self.from_
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AcceptedAddresses(Model):
    """Who gets a batch that was accepted, and from whom."""

    to: tuple[str, ...] = ()
    """Recipients: numbers, here with their plus sign though they come without, and ids of groups.
    """
    from_: str | None = None
    """Sender shown to the recipient."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.to:
            wire["to"] = [write_msisdn(element) for element in self.to]
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchState(Model):
    """What a batch has once it was accepted."""

    id: str
    """Id of the batch, 26 characters."""
    created_at: datetime | None = None
    """When it was accepted, in UTC."""
    modified_at: datetime | None = None
    """When it was changed last, in UTC."""
    canceled: bool | None = None
    """Whether it was cancelled."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "created_at": "created_at",
        "modified_at": "modified_at",
        "canceled": "canceled",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.created_at is not None:
            wire["created_at"] = write_datetime(self.created_at)
        if self.modified_at is not None:
            wire["modified_at"] = write_datetime(self.modified_at)
        if self.canceled is not None:
            wire["canceled"] = self.canceled
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TextOptions(Model):
    """What batches of text messages have (docs/platform/sms-rest.md#send)."""

    flash_message: bool | None = None
    """Whether it is shown at once and not kept. Default false."""
    truncate_concat: bool | None = None
    """Whether a text with too many parts is cut off instead of refused."""
    max_number_of_message_parts: int | None = None
    """Parts that a text may have; longer ones fail with code 411. Default is no limit."""
    from_ton: int | None = None
    """Type of number of the sender, 0 to 6, instead of the one that is found."""
    from_npi: int | None = None
    """Numbering plan of the sender, 0 to 18, instead of the one that is found."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "flash_message": "flash_message",
        "truncate_concat": "truncate_concat",
        "max_number_of_message_parts": "max_number_of_message_parts",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.flash_message is not None:
            wire["flash_message"] = self.flash_message
        if self.truncate_concat is not None:
            wire["truncate_concat"] = self.truncate_concat
        if self.max_number_of_message_parts is not None:
            wire["max_number_of_message_parts"] = self.max_number_of_message_parts
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TextBatchRequest(Model):
    """A text for one or many recipients (docs/platform/sms-rest.md#send)."""

    type: ClassVar[Literal["mt_text"]] = "mt_text"
    """Kind of batch, always `mt_text`."""
    to: tuple[str, ...]
    """Recipients, 1 to 1,000: international numbers and ids of groups."""
    from_: str | None = None
    """Sender shown to the recipient: a number, a short code or a name. Required unless the plan has
    default senders.
    """
    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""
    flash_message: bool | None = None
    """Whether it is shown at once and not kept. Default false."""
    truncate_concat: bool | None = None
    """Whether a text with too many parts is cut off instead of refused."""
    max_number_of_message_parts: int | None = None
    """Parts that a text may have; longer ones fail with code 411. Default is no limit."""
    from_ton: int | None = None
    """Type of number of the sender, 0 to 6, instead of the one that is found."""
    from_npi: int | None = None
    """Numbering plan of the sender, 0 to 18, instead of the one that is found."""
    parameters: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, hash=False)
    """Values for `${key}` in the text: for each key (at most 16 letters, digits, `.`, `_`, `-`)
    from number to value (at most 160 characters), and from `default` to the value for all others. A
    recipient without value fails with code 405; the others get their message.
    """
    body: str
    """The text, at most 2,000 characters, with `${key}` where parameters go."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "flash_message": "flash_message",
        "truncate_concat": "truncate_concat",
        "max_number_of_message_parts": "max_number_of_message_parts",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
        "parameters": "parameters",
        "body": "body",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_text"
        wire["to"] = list(self.to)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        if self.flash_message is not None:
            wire["flash_message"] = self.flash_message
        if self.truncate_concat is not None:
            wire["truncate_concat"] = self.truncate_concat
        if self.max_number_of_message_parts is not None:
            wire["max_number_of_message_parts"] = self.max_number_of_message_parts
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        if self.parameters is not None:
            wire["parameters"] = {key: dict(value) for key, value in self.parameters.items()}
        wire["body"] = self.body
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BinaryBatchRequest(Model):
    """Bytes for one or many recipients (docs/platform/sms-rest.md#send)."""

    type: ClassVar[Literal["mt_binary"]] = "mt_binary"
    """Kind of batch, always `mt_binary`."""
    to: tuple[str, ...]
    """Recipients, 1 to 1,000: international numbers and ids of groups."""
    from_: str | None = None
    """Sender shown to the recipient: a number, a short code or a name. Required unless the plan has
    default senders.
    """
    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""
    body: bytes
    """The bytes; with the header at most 140 of them."""
    udh: str
    """User data header in hexadecimal digits."""
    from_ton: int | None = None
    """Type of number of the sender, 0 to 6, instead of the one that is found."""
    from_npi: int | None = None
    """Numbering plan of the sender, 0 to 18, instead of the one that is found."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "body": "body",
        "udh": "udh",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_binary"
        wire["to"] = list(self.to)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        wire["body"] = write_base64(self.body)
        wire["udh"] = self.udh
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MediaBody(Model):
    """Content of a media message to send (docs/platform/sms-rest.md#send)."""

    url: str
    """Where the media is fetched from. A message without media is refused."""
    message: str | None = None
    """Text beside the media."""
    subject: str | None = None
    """Subject line."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "url": "url",
        "message": "message",
        "subject": "subject",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["url"] = self.url
        if self.message is not None:
            wire["message"] = self.message
        if self.subject is not None:
            wire["subject"] = self.subject
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SentMediaBody(Model):
    """Content of a media message that was accepted."""

    url: str | None = None
    """Where the media is fetched from."""
    message: str | None = None
    """Text beside the media."""
    subject: str | None = None
    """Subject line."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "url": "url",
        "message": "message",
        "subject": "subject",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.url is not None:
            wire["url"] = self.url
        if self.message is not None:
            wire["message"] = self.message
        if self.subject is not None:
            wire["subject"] = self.subject
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MediaBatchRequest(Model):
    """A media message (MMS) for one or many recipients: United States only, by agreement with Sinch
    (docs/platform/sms-rest.md#send).
    """

    type: ClassVar[Literal["mt_media"]] = "mt_media"
    """Kind of batch, always `mt_media`."""
    to: tuple[str, ...]
    """Recipients, 1 to 1,000: international numbers and ids of groups."""
    from_: str | None = None
    """Sender shown to the recipient: a number, a short code or a name. Required unless the plan has
    default senders.
    """
    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""
    body: MediaBody
    """The media."""
    parameters: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, hash=False)
    """Values for `${key}` in the text, as for text messages."""
    strict_validation: bool | None = None
    """Whether media of a kind that carriers may not support is refused. Default false."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "body": "body",
        "parameters": "parameters",
        "strict_validation": "strict_validation",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_media"
        wire["to"] = list(self.to)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        wire["body"] = self.body.to_wire()
        if self.parameters is not None:
            wire["parameters"] = {key: dict(value) for key, value in self.parameters.items()}
        if self.strict_validation is not None:
            wire["strict_validation"] = self.strict_validation
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TextBatch(Model):
    """A batch of text messages that was accepted (docs/platform/sms-rest.md#send)."""

    type: ClassVar[Literal["mt_text"]] = "mt_text"
    """Kind of batch, always `mt_text`."""
    to: tuple[str, ...] = ()
    """Recipients: numbers, here with their plus sign though they come without, and ids of groups.
    """
    from_: str | None = None
    """Sender shown to the recipient."""
    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""
    flash_message: bool | None = None
    """Whether it is shown at once and not kept. Default false."""
    truncate_concat: bool | None = None
    """Whether a text with too many parts is cut off instead of refused."""
    max_number_of_message_parts: int | None = None
    """Parts that a text may have; longer ones fail with code 411. Default is no limit."""
    from_ton: int | None = None
    """Type of number of the sender, 0 to 6, instead of the one that is found."""
    from_npi: int | None = None
    """Numbering plan of the sender, 0 to 18, instead of the one that is found."""
    id: str
    """Id of the batch, 26 characters."""
    created_at: datetime | None = None
    """When it was accepted, in UTC."""
    modified_at: datetime | None = None
    """When it was changed last, in UTC."""
    canceled: bool | None = None
    """Whether it was cancelled."""
    parameters: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, hash=False)
    """Values for `${key}` in the text: for each key from number to value, and from `default` to the
    value for all others. Numbers have their plus sign here though they come without.
    """
    body: str | None = None
    """The text, with `${key}` where parameters go."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "flash_message": "flash_message",
        "truncate_concat": "truncate_concat",
        "max_number_of_message_parts": "max_number_of_message_parts",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
        "id": "id",
        "created_at": "created_at",
        "modified_at": "modified_at",
        "canceled": "canceled",
        "parameters": "parameters",
        "body": "body",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_text"
        if self.to:
            wire["to"] = [write_msisdn(element) for element in self.to]
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        if self.flash_message is not None:
            wire["flash_message"] = self.flash_message
        if self.truncate_concat is not None:
            wire["truncate_concat"] = self.truncate_concat
        if self.max_number_of_message_parts is not None:
            wire["max_number_of_message_parts"] = self.max_number_of_message_parts
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        wire["id"] = self.id
        if self.created_at is not None:
            wire["created_at"] = write_datetime(self.created_at)
        if self.modified_at is not None:
            wire["modified_at"] = write_datetime(self.modified_at)
        if self.canceled is not None:
            wire["canceled"] = self.canceled
        if self.parameters is not None:
            wire["parameters"] = {
                key: write_by_msisdn(value) for key, value in self.parameters.items()
            }
        if self.body is not None:
            wire["body"] = self.body
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BinaryBatch(Model):
    """A batch of binary messages that was accepted (docs/platform/sms-rest.md#send)."""

    type: ClassVar[Literal["mt_binary"]] = "mt_binary"
    """Kind of batch, always `mt_binary`."""
    to: tuple[str, ...] = ()
    """Recipients: numbers, here with their plus sign though they come without, and ids of groups.
    """
    from_: str | None = None
    """Sender shown to the recipient."""
    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""
    id: str
    """Id of the batch, 26 characters."""
    created_at: datetime | None = None
    """When it was accepted, in UTC."""
    modified_at: datetime | None = None
    """When it was changed last, in UTC."""
    canceled: bool | None = None
    """Whether it was cancelled."""
    body: bytes | None = None
    """The bytes."""
    udh: str | None = None
    """User data header in hexadecimal digits."""
    from_ton: int | None = None
    """Type of number of the sender, 0 to 6."""
    from_npi: int | None = None
    """Numbering plan of the sender, 0 to 18."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "id": "id",
        "created_at": "created_at",
        "modified_at": "modified_at",
        "canceled": "canceled",
        "body": "body",
        "udh": "udh",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_binary"
        if self.to:
            wire["to"] = [write_msisdn(element) for element in self.to]
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        wire["id"] = self.id
        if self.created_at is not None:
            wire["created_at"] = write_datetime(self.created_at)
        if self.modified_at is not None:
            wire["modified_at"] = write_datetime(self.modified_at)
        if self.canceled is not None:
            wire["canceled"] = self.canceled
        if self.body is not None:
            wire["body"] = write_base64(self.body)
        if self.udh is not None:
            wire["udh"] = self.udh
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MediaBatch(Model):
    """A batch of media messages that was accepted (docs/platform/sms-rest.md#send)."""

    type: ClassVar[Literal["mt_media"]] = "mt_media"
    """Kind of batch, always `mt_media`."""
    to: tuple[str, ...] = ()
    """Recipients: numbers, here with their plus sign though they come without, and ids of groups.
    """
    from_: str | None = None
    """Sender shown to the recipient."""
    delivery_report: DeliveryReportType | None = None
    """Which reports to send to the callback URL. Default `none`."""
    send_at: datetime | None = None
    """When to send it. Default, and for a time that is over, now."""
    expire_at: datetime | None = None
    """When to stop trying, after `send_at`. Default, and at most, 3 days after it."""
    callback_url: str | None = None
    """Where reports go, at most 2,048 characters. Default is the URL of the service plan."""
    client_reference: str | None = None
    """A reference of yours, at most 128 characters and without personal data. Comes back in reports
    and can be searched for; need not be unique.
    """
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it. Default false."""
    id: str
    """Id of the batch, 26 characters."""
    created_at: datetime | None = None
    """When it was accepted, in UTC."""
    modified_at: datetime | None = None
    """When it was changed last, in UTC."""
    canceled: bool | None = None
    """Whether it was cancelled."""
    body: SentMediaBody | None = None
    """The media."""
    parameters: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, hash=False)
    """Values for `${key}` in the text."""
    strict_validation: bool | None = None
    """Whether media of a kind that carriers may not support is refused."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "id": "id",
        "created_at": "created_at",
        "modified_at": "modified_at",
        "canceled": "canceled",
        "body": "body",
        "parameters": "parameters",
        "strict_validation": "strict_validation",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_media"
        if self.to:
            wire["to"] = [write_msisdn(element) for element in self.to]
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        wire["id"] = self.id
        if self.created_at is not None:
            wire["created_at"] = write_datetime(self.created_at)
        if self.modified_at is not None:
            wire["modified_at"] = write_datetime(self.modified_at)
        if self.canceled is not None:
            wire["canceled"] = self.canceled
        if self.body is not None:
            wire["body"] = self.body.to_wire()
        if self.parameters is not None:
            wire["parameters"] = {
                key: write_by_msisdn(value) for key, value in self.parameters.items()
            }
        if self.strict_validation is not None:
            wire["strict_validation"] = self.strict_validation
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchPage(Model):
    """One page of batches (docs/platform/sms-rest.md#paging)."""

    count: int | None = None
    """How many there are on all pages together."""
    page: int | None = None
    """Which page this is, from 0."""
    page_size: int | None = None
    """How many are on this page."""
    batches: tuple[Batch, ...] = ()
    """The batches, newest first."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "count": "count",
        "page": "page",
        "page_size": "page_size",
        "batches": "batches",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.count is not None:
            wire["count"] = self.count
        if self.page is not None:
            wire["page"] = self.page
        if self.page_size is not None:
            wire["page_size"] = self.page_size
        if self.batches:
            wire["batches"] = [element.to_wire() for element in self.batches]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchChanges(Model):
    """What can be changed of every batch; what is left out stays
    (docs/platform/sms-rest.md#change).
    """

    to_add: tuple[str, ...] = ()
    """Recipients to add, 1 to 100."""
    to_remove: tuple[str, ...] = ()
    """Recipients to remove, 1 to 100."""
    from_: str | None = None
    """Another sender."""
    delivery_report: DeliveryReportType | None = None
    """Other reports."""
    send_at: datetime | None = None
    """Another time to send it."""
    expire_at: datetime | None = None
    """Another time to stop trying."""
    callback_url: str | None = None
    """Another URL for reports."""
    client_reference: str | None = None
    """Another reference of yours."""
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to_add": "to_add",
        "to_remove": "to_remove",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.to_add:
            wire["to_add"] = list(self.to_add)
        if self.to_remove:
            wire["to_remove"] = list(self.to_remove)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TextBatchUpdate(Model):
    """What to change of a batch of text messages (docs/platform/sms-rest.md#change)."""

    type: ClassVar[Literal["mt_text"]] = "mt_text"
    """Kind of batch, always `mt_text`."""
    to_add: tuple[str, ...] = ()
    """Recipients to add, 1 to 100."""
    to_remove: tuple[str, ...] = ()
    """Recipients to remove, 1 to 100."""
    from_: str | None = None
    """Another sender."""
    delivery_report: DeliveryReportType | None = None
    """Other reports."""
    send_at: datetime | None = None
    """Another time to send it."""
    expire_at: datetime | None = None
    """Another time to stop trying."""
    callback_url: str | None = None
    """Another URL for reports."""
    client_reference: str | None = None
    """Another reference of yours."""
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it."""
    flash_message: bool | None = None
    """Whether it is shown at once and not kept. Default false."""
    truncate_concat: bool | None = None
    """Whether a text with too many parts is cut off instead of refused."""
    max_number_of_message_parts: int | None = None
    """Parts that a text may have; longer ones fail with code 411. Default is no limit."""
    from_ton: int | None = None
    """Type of number of the sender, 0 to 6, instead of the one that is found."""
    from_npi: int | None = None
    """Numbering plan of the sender, 0 to 18, instead of the one that is found."""
    parameters: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, hash=False)
    """Values for `${key}` in the text: for each key (at most 16 letters, digits, `.`, `_`, `-`)
    from number to value (at most 160 characters), and from `default` to the value for all others. A
    recipient without value fails with code 405; the others get their message.
    """
    body: str | None = None
    """Another text."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to_add": "to_add",
        "to_remove": "to_remove",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "flash_message": "flash_message",
        "truncate_concat": "truncate_concat",
        "max_number_of_message_parts": "max_number_of_message_parts",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
        "parameters": "parameters",
        "body": "body",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_text"
        if self.to_add:
            wire["to_add"] = list(self.to_add)
        if self.to_remove:
            wire["to_remove"] = list(self.to_remove)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        if self.flash_message is not None:
            wire["flash_message"] = self.flash_message
        if self.truncate_concat is not None:
            wire["truncate_concat"] = self.truncate_concat
        if self.max_number_of_message_parts is not None:
            wire["max_number_of_message_parts"] = self.max_number_of_message_parts
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        if self.parameters is not None:
            wire["parameters"] = {key: dict(value) for key, value in self.parameters.items()}
        if self.body is not None:
            wire["body"] = self.body
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BinaryBatchUpdate(Model):
    """What to change of a batch of binary messages (docs/platform/sms-rest.md#change)."""

    type: ClassVar[Literal["mt_binary"]] = "mt_binary"
    """Kind of batch, always `mt_binary`."""
    to_add: tuple[str, ...] = ()
    """Recipients to add, 1 to 100."""
    to_remove: tuple[str, ...] = ()
    """Recipients to remove, 1 to 100."""
    from_: str | None = None
    """Another sender."""
    delivery_report: DeliveryReportType | None = None
    """Other reports."""
    send_at: datetime | None = None
    """Another time to send it."""
    expire_at: datetime | None = None
    """Another time to stop trying."""
    callback_url: str | None = None
    """Another URL for reports."""
    client_reference: str | None = None
    """Another reference of yours."""
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it."""
    body: bytes
    """The bytes."""
    udh: str
    """User data header in hexadecimal digits."""
    from_ton: int | None = None
    """Another type of number of the sender."""
    from_npi: int | None = None
    """Another numbering plan of the sender."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to_add": "to_add",
        "to_remove": "to_remove",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "body": "body",
        "udh": "udh",
        "from_ton": "from_ton",
        "from_npi": "from_npi",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_binary"
        if self.to_add:
            wire["to_add"] = list(self.to_add)
        if self.to_remove:
            wire["to_remove"] = list(self.to_remove)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        wire["body"] = write_base64(self.body)
        wire["udh"] = self.udh
        if self.from_ton is not None:
            wire["from_ton"] = self.from_ton
        if self.from_npi is not None:
            wire["from_npi"] = self.from_npi
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MediaBatchUpdate(Model):
    """What to change of a batch of media messages (docs/platform/sms-rest.md#change)."""

    type: ClassVar[Literal["mt_media"]] = "mt_media"
    """Kind of batch, always `mt_media`."""
    to_add: tuple[str, ...] = ()
    """Recipients to add, 1 to 100."""
    to_remove: tuple[str, ...] = ()
    """Recipients to remove, 1 to 100."""
    from_: str | None = None
    """Another sender."""
    delivery_report: DeliveryReportType | None = None
    """Other reports."""
    send_at: datetime | None = None
    """Another time to send it."""
    expire_at: datetime | None = None
    """Another time to stop trying."""
    callback_url: str | None = None
    """Another URL for reports."""
    client_reference: str | None = None
    """Another reference of yours."""
    feedback_enabled: bool | None = None
    """Whether you will tell which recipients received it."""
    body: MediaBody | None = None
    """Other media."""
    parameters: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, hash=False)
    """Other values for `${key}` in the text."""
    strict_validation: bool | None = None
    """Whether media of a kind that carriers may not support is refused."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to_add": "to_add",
        "to_remove": "to_remove",
        "from_": "from",
        "delivery_report": "delivery_report",
        "send_at": "send_at",
        "expire_at": "expire_at",
        "callback_url": "callback_url",
        "client_reference": "client_reference",
        "feedback_enabled": "feedback_enabled",
        "body": "body",
        "parameters": "parameters",
        "strict_validation": "strict_validation",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mt_media"
        if self.to_add:
            wire["to_add"] = list(self.to_add)
        if self.to_remove:
            wire["to_remove"] = list(self.to_remove)
        if self.from_ is not None:
            wire["from"] = self.from_
        if self.delivery_report is not None:
            wire["delivery_report"] = self.delivery_report.to_wire()
        if self.send_at is not None:
            wire["send_at"] = write_datetime(self.send_at)
        if self.expire_at is not None:
            wire["expire_at"] = write_datetime(self.expire_at)
        if self.callback_url is not None:
            wire["callback_url"] = self.callback_url
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.feedback_enabled is not None:
            wire["feedback_enabled"] = self.feedback_enabled
        if self.body is not None:
            wire["body"] = self.body.to_wire()
        if self.parameters is not None:
            wire["parameters"] = {key: dict(value) for key, value in self.parameters.items()}
        if self.strict_validation is not None:
            wire["strict_validation"] = self.strict_validation
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DryRunResult(Model):
    """How many messages a batch would be (docs/platform/sms-rest.md#dry-run)."""

    number_of_recipients: int | None = None
    """How many recipients it has."""
    number_of_messages: int | None = None
    """How many messages they get together; each part counts."""
    per_recipient: tuple[DryRunRecipient, ...] = ()
    """Each recipient, if asked for."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "number_of_recipients": "number_of_recipients",
        "number_of_messages": "number_of_messages",
        "per_recipient": "per_recipient",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.number_of_recipients is not None:
            wire["number_of_recipients"] = self.number_of_recipients
        if self.number_of_messages is not None:
            wire["number_of_messages"] = self.number_of_messages
        if self.per_recipient:
            wire["per_recipient"] = [element.to_wire() for element in self.per_recipient]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DryRunRecipient(Model):
    """What one recipient would get."""

    recipient: str
    """The number."""
    number_of_parts: int | None = None
    """In how many parts the text would be sent."""
    body: str | None = None
    """The text with its values in place."""
    encoding: str | None = None
    """How it would be encoded, such as `text` or `unicode`."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "recipient": "recipient",
        "number_of_parts": "number_of_parts",
        "body": "body",
        "encoding": "encoding",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["recipient"] = write_msisdn(self.recipient)
        if self.number_of_parts is not None:
            wire["number_of_parts"] = self.number_of_parts
        if self.body is not None:
            wire["body"] = self.body
        if self.encoding is not None:
            wire["encoding"] = self.encoding
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliveryFeedback(Model):
    """Who received a message (docs/platform/sms-rest.md#feedback)."""

    recipients: tuple[str, ...]
    """Numbers; may be empty for a batch, which means all of them. A batch to a group needs at least
    one.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "recipients": "recipients",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["recipients"] = list(self.recipients)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StatusCount(Model):
    """How many recipients have one status and code."""

    code: DeliveryCode | None = None
    """Why they have it."""
    status: MessageStatus | None = None
    """The status."""
    count: int | None = None
    """How many they are, at least 1."""
    recipients: tuple[str, ...] = ()
    """Their numbers; full reports only."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "status": "status",
        "count": "count",
        "recipients": "recipients",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code is not None:
            wire["code"] = self.code.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.count is not None:
            wire["count"] = self.count
        if self.recipients:
            wire["recipients"] = [write_msisdn(element) for element in self.recipients]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchReportFields(Model):
    """What a report of a batch has, whatever its content."""

    total_message_count: int | None = None
    """How many messages the batch was; each part counts."""
    statuses: tuple[StatusCount, ...] = ()
    """Counts by status and code."""
    client_reference: str | None = None
    """Your reference of the batch."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "total_message_count": "total_message_count",
        "statuses": "statuses",
        "client_reference": "client_reference",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.total_message_count is not None:
            wire["total_message_count"] = self.total_message_count
        if self.statuses:
            wire["statuses"] = [element.to_wire() for element in self.statuses]
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchReportSms(Model):
    """What became of a batch of text messages (docs/platform/sms-rest.md#reports)."""

    type: ClassVar[Literal["delivery_report_sms"]] = "delivery_report_sms"
    """Kind of report, always `delivery_report_sms`."""
    total_message_count: int | None = None
    """How many messages the batch was; each part counts."""
    statuses: tuple[StatusCount, ...] = ()
    """Counts by status and code."""
    client_reference: str | None = None
    """Your reference of the batch."""
    batch_id: str
    """Id of the batch."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "total_message_count": "total_message_count",
        "statuses": "statuses",
        "client_reference": "client_reference",
        "batch_id": "batch_id",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "delivery_report_sms"
        if self.total_message_count is not None:
            wire["total_message_count"] = self.total_message_count
        if self.statuses:
            wire["statuses"] = [element.to_wire() for element in self.statuses]
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        wire["batch_id"] = self.batch_id
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BatchReportMms(Model):
    """What became of a batch of media messages (docs/platform/sms-rest.md#reports)."""

    type: ClassVar[Literal["delivery_report_mms"]] = "delivery_report_mms"
    """Kind of report, always `delivery_report_mms`."""
    total_message_count: int | None = None
    """How many messages the batch was; each part counts."""
    statuses: tuple[StatusCount, ...] = ()
    """Counts by status and code."""
    client_reference: str | None = None
    """Your reference of the batch."""
    batch_id: str
    """Id of the batch."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "total_message_count": "total_message_count",
        "statuses": "statuses",
        "client_reference": "client_reference",
        "batch_id": "batch_id",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "delivery_report_mms"
        if self.total_message_count is not None:
            wire["total_message_count"] = self.total_message_count
        if self.statuses:
            wire["statuses"] = [element.to_wire() for element in self.statuses]
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        wire["batch_id"] = self.batch_id
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecipientReportFields(Model):
    """What a report for one recipient has, whatever the content."""

    code: DeliveryCode | None = None
    """Why it has this status."""
    status: MessageStatus | None = None
    """How far the message has come."""
    at: datetime | None = None
    """When Sinch learned of it, in UTC."""
    operator_status_at: datetime | None = None
    """When the carrier noted it, in UTC."""
    client_reference: str | None = None
    """Your reference of the batch."""
    applied_originator: str | None = None
    """The sender that was used, for plans with default senders."""
    encoding: MessageEncoding | None = None
    """How the text was sent; with smart encoding only."""
    number_of_message_parts: int | None = None
    """In how many parts it was sent; for batches with a limit of parts only."""
    operator: str | None = None
    """The carrier as MCC and MNC, if the account gets it."""
    status_message: str | None = None
    """What the carrier said in words; known from documents of 2021."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "status": "status",
        "at": "at",
        "operator_status_at": "operator_status_at",
        "client_reference": "client_reference",
        "applied_originator": "applied_originator",
        "encoding": "encoding",
        "number_of_message_parts": "number_of_message_parts",
        "operator": "operator",
        "status_message": "status_message",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.code is not None:
            wire["code"] = self.code.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.at is not None:
            wire["at"] = write_datetime(self.at)
        if self.operator_status_at is not None:
            wire["operator_status_at"] = write_datetime(self.operator_status_at)
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.applied_originator is not None:
            wire["applied_originator"] = write_msisdn(self.applied_originator)
        if self.encoding is not None:
            wire["encoding"] = self.encoding.to_wire()
        if self.number_of_message_parts is not None:
            wire["number_of_message_parts"] = self.number_of_message_parts
        if self.operator is not None:
            wire["operator"] = self.operator
        if self.status_message is not None:
            wire["status_message"] = self.status_message
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecipientReportSms(Model):
    """What became of a text message for one recipient (docs/platform/sms-rest.md#reports)."""

    type: ClassVar[Literal["recipient_delivery_report_sms"]] = "recipient_delivery_report_sms"
    """Kind of report, always `recipient_delivery_report_sms`."""
    code: DeliveryCode | None = None
    """Why it has this status."""
    status: MessageStatus | None = None
    """How far the message has come."""
    at: datetime | None = None
    """When Sinch learned of it, in UTC."""
    operator_status_at: datetime | None = None
    """When the carrier noted it, in UTC."""
    client_reference: str | None = None
    """Your reference of the batch."""
    applied_originator: str | None = None
    """The sender that was used, for plans with default senders."""
    encoding: MessageEncoding | None = None
    """How the text was sent; with smart encoding only."""
    number_of_message_parts: int | None = None
    """In how many parts it was sent; for batches with a limit of parts only."""
    operator: str | None = None
    """The carrier as MCC and MNC, if the account gets it."""
    status_message: str | None = None
    """What the carrier said in words; known from documents of 2021."""
    batch_id: str
    """Id of the batch."""
    recipient: str
    """Number of the recipient."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "status": "status",
        "at": "at",
        "operator_status_at": "operator_status_at",
        "client_reference": "client_reference",
        "applied_originator": "applied_originator",
        "encoding": "encoding",
        "number_of_message_parts": "number_of_message_parts",
        "operator": "operator",
        "status_message": "status_message",
        "batch_id": "batch_id",
        "recipient": "recipient",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "recipient_delivery_report_sms"
        if self.code is not None:
            wire["code"] = self.code.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.at is not None:
            wire["at"] = write_datetime(self.at)
        if self.operator_status_at is not None:
            wire["operator_status_at"] = write_datetime(self.operator_status_at)
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.applied_originator is not None:
            wire["applied_originator"] = write_msisdn(self.applied_originator)
        if self.encoding is not None:
            wire["encoding"] = self.encoding.to_wire()
        if self.number_of_message_parts is not None:
            wire["number_of_message_parts"] = self.number_of_message_parts
        if self.operator is not None:
            wire["operator"] = self.operator
        if self.status_message is not None:
            wire["status_message"] = self.status_message
        wire["batch_id"] = self.batch_id
        wire["recipient"] = write_msisdn(self.recipient)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecipientReportMms(Model):
    """What became of a media message for one recipient (docs/platform/sms-rest.md#reports)."""

    type: ClassVar[Literal["recipient_delivery_report_mms"]] = "recipient_delivery_report_mms"
    """Kind of report, always `recipient_delivery_report_mms`."""
    code: DeliveryCode | None = None
    """Why it has this status."""
    status: MessageStatus | None = None
    """How far the message has come."""
    at: datetime | None = None
    """When Sinch learned of it, in UTC."""
    operator_status_at: datetime | None = None
    """When the carrier noted it, in UTC."""
    client_reference: str | None = None
    """Your reference of the batch."""
    applied_originator: str | None = None
    """The sender that was used, for plans with default senders."""
    encoding: MessageEncoding | None = None
    """How the text was sent; with smart encoding only."""
    number_of_message_parts: int | None = None
    """In how many parts it was sent; for batches with a limit of parts only."""
    operator: str | None = None
    """The carrier as MCC and MNC, if the account gets it."""
    status_message: str | None = None
    """What the carrier said in words; known from documents of 2021."""
    batch_id: str
    """Id of the batch."""
    recipient: str
    """Number of the recipient."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "status": "status",
        "at": "at",
        "operator_status_at": "operator_status_at",
        "client_reference": "client_reference",
        "applied_originator": "applied_originator",
        "encoding": "encoding",
        "number_of_message_parts": "number_of_message_parts",
        "operator": "operator",
        "status_message": "status_message",
        "batch_id": "batch_id",
        "recipient": "recipient",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "recipient_delivery_report_mms"
        if self.code is not None:
            wire["code"] = self.code.to_wire()
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.at is not None:
            wire["at"] = write_datetime(self.at)
        if self.operator_status_at is not None:
            wire["operator_status_at"] = write_datetime(self.operator_status_at)
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        if self.applied_originator is not None:
            wire["applied_originator"] = write_msisdn(self.applied_originator)
        if self.encoding is not None:
            wire["encoding"] = self.encoding.to_wire()
        if self.number_of_message_parts is not None:
            wire["number_of_message_parts"] = self.number_of_message_parts
        if self.operator is not None:
            wire["operator"] = self.operator
        if self.status_message is not None:
            wire["status_message"] = self.status_message
        wire["batch_id"] = self.batch_id
        wire["recipient"] = write_msisdn(self.recipient)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecipientReportPage(Model):
    """One page of reports (docs/platform/sms-rest.md#paging)."""

    count: int | None = None
    """How many there are on all pages together."""
    page: int | None = None
    """Which page this is, from 0."""
    page_size: int | None = None
    """How many are on this page."""
    delivery_reports: tuple[RecipientReport, ...] = ()
    """The reports."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "count": "count",
        "page": "page",
        "page_size": "page_size",
        "delivery_reports": "delivery_reports",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.count is not None:
            wire["count"] = self.count
        if self.page is not None:
            wire["page"] = self.page
        if self.page_size is not None:
            wire["page_size"] = self.page_size
        if self.delivery_reports:
            wire["delivery_reports"] = [element.to_wire() for element in self.delivery_reports]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundFields(Model):
    """What every message that arrived has, whatever its content."""

    from_: str | None = None
    """Number of the sender."""
    to: str | None = None
    """Your number or short code."""
    received_at: datetime | None = None
    """When it reached Sinch, in UTC."""
    sent_at: datetime | None = None
    """When it left the carrier, in UTC, if the carrier says so."""
    operator_id: str | None = None
    """The carrier as MCC and MNC; short codes only."""
    client_reference: str | None = None
    """Reference of the batch that it answers, if the account has that."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "from_": "from",
        "to": "to",
        "received_at": "received_at",
        "sent_at": "sent_at",
        "operator_id": "operator_id",
        "client_reference": "client_reference",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.to is not None:
            wire["to"] = write_msisdn(self.to)
        if self.received_at is not None:
            wire["received_at"] = write_datetime(self.received_at)
        if self.sent_at is not None:
            wire["sent_at"] = write_datetime(self.sent_at)
        if self.operator_id is not None:
            wire["operator_id"] = self.operator_id
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundText(Model):
    """A text message that arrived (docs/platform/sms-rest.md#inbound)."""

    type: ClassVar[Literal["mo_text"]] = "mo_text"
    """Kind of message, always `mo_text`."""
    from_: str | None = None
    """Number of the sender."""
    to: str | None = None
    """Your number or short code."""
    received_at: datetime | None = None
    """When it reached Sinch, in UTC."""
    sent_at: datetime | None = None
    """When it left the carrier, in UTC, if the carrier says so."""
    operator_id: str | None = None
    """The carrier as MCC and MNC; short codes only."""
    client_reference: str | None = None
    """Reference of the batch that it answers, if the account has that."""
    id: str
    """Id of the message."""
    body: str | None = None
    """The text."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "from_": "from",
        "to": "to",
        "received_at": "received_at",
        "sent_at": "sent_at",
        "operator_id": "operator_id",
        "client_reference": "client_reference",
        "id": "id",
        "body": "body",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mo_text"
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.to is not None:
            wire["to"] = write_msisdn(self.to)
        if self.received_at is not None:
            wire["received_at"] = write_datetime(self.received_at)
        if self.sent_at is not None:
            wire["sent_at"] = write_datetime(self.sent_at)
        if self.operator_id is not None:
            wire["operator_id"] = self.operator_id
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        wire["id"] = self.id
        if self.body is not None:
            wire["body"] = self.body
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundBinary(Model):
    """A binary message that arrived (docs/platform/sms-rest.md#inbound)."""

    type: ClassVar[Literal["mo_binary"]] = "mo_binary"
    """Kind of message, always `mo_binary`."""
    from_: str | None = None
    """Number of the sender."""
    to: str | None = None
    """Your number or short code."""
    received_at: datetime | None = None
    """When it reached Sinch, in UTC."""
    sent_at: datetime | None = None
    """When it left the carrier, in UTC, if the carrier says so."""
    operator_id: str | None = None
    """The carrier as MCC and MNC; short codes only."""
    client_reference: str | None = None
    """Reference of the batch that it answers, if the account has that."""
    id: str
    """Id of the message."""
    body: bytes | None = None
    """The bytes."""
    udh: str | None = None
    """User data header in hexadecimal digits."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "from_": "from",
        "to": "to",
        "received_at": "received_at",
        "sent_at": "sent_at",
        "operator_id": "operator_id",
        "client_reference": "client_reference",
        "id": "id",
        "body": "body",
        "udh": "udh",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mo_binary"
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.to is not None:
            wire["to"] = write_msisdn(self.to)
        if self.received_at is not None:
            wire["received_at"] = write_datetime(self.received_at)
        if self.sent_at is not None:
            wire["sent_at"] = write_datetime(self.sent_at)
        if self.operator_id is not None:
            wire["operator_id"] = self.operator_id
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        wire["id"] = self.id
        if self.body is not None:
            wire["body"] = write_base64(self.body)
        if self.udh is not None:
            wire["udh"] = self.udh
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundMedia(Model):
    """A media message that arrived (docs/platform/sms-rest.md#inbound)."""

    type: ClassVar[Literal["mo_media"]] = "mo_media"
    """Kind of message, always `mo_media`."""
    from_: str | None = None
    """Number of the sender."""
    to: str | None = None
    """Your number or short code."""
    received_at: datetime | None = None
    """When it reached Sinch, in UTC."""
    sent_at: datetime | None = None
    """When it left the carrier, in UTC, if the carrier says so."""
    operator_id: str | None = None
    """The carrier as MCC and MNC; short codes only."""
    client_reference: str | None = None
    """Reference of the batch that it answers, if the account has that."""
    id: str
    """Id of the message."""
    body: InboundMediaBody | None = None
    """The content."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "from_": "from",
        "to": "to",
        "received_at": "received_at",
        "sent_at": "sent_at",
        "operator_id": "operator_id",
        "client_reference": "client_reference",
        "id": "id",
        "body": "body",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["type"] = "mo_media"
        if self.from_ is not None:
            wire["from"] = write_msisdn(self.from_)
        if self.to is not None:
            wire["to"] = write_msisdn(self.to)
        if self.received_at is not None:
            wire["received_at"] = write_datetime(self.received_at)
        if self.sent_at is not None:
            wire["sent_at"] = write_datetime(self.sent_at)
        if self.operator_id is not None:
            wire["operator_id"] = self.operator_id
        if self.client_reference is not None:
            wire["client_reference"] = self.client_reference
        wire["id"] = self.id
        if self.body is not None:
            wire["body"] = self.body.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundMediaBody(Model):
    """Content of a media message that arrived."""

    subject: str | None = None
    """Subject line."""
    message: str | None = None
    """Text beside the media."""
    media: tuple[InboundMediaItem, ...] = ()
    """The media."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "subject": "subject",
        "message": "message",
        "media": "media",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.subject is not None:
            wire["subject"] = self.subject
        if self.message is not None:
            wire["message"] = self.message
        if self.media:
            wire["media"] = [element.to_wire() for element in self.media]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundMediaItem(Model):
    """One piece of media."""

    url: str | None = None
    """Where it can be fetched; missing when it could not be stored."""
    content_type: str | None = None
    """What it is, such as `image/jpeg`."""
    status: InboundMediaStatus | None = None
    """Whether it was stored."""
    code: int | None = None
    """0 when it was stored, 1 to 3 for reasons why not."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "url": "url",
        "content_type": "content_type",
        "status": "status",
        "code": "code",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.url is not None:
            wire["url"] = self.url
        if self.content_type is not None:
            wire["content_type"] = self.content_type
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.code is not None:
            wire["code"] = self.code
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InboundPage(Model):
    """One page of messages that arrived (docs/platform/sms-rest.md#paging)."""

    count: int | None = None
    """How many there are on all pages together."""
    page: int | None = None
    """Which page this is, from 0."""
    page_size: int | None = None
    """How many are on this page."""
    inbounds: tuple[Inbound, ...] = ()
    """The messages."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "count": "count",
        "page": "page",
        "page_size": "page_size",
        "inbounds": "inbounds",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.count is not None:
            wire["count"] = self.count
        if self.page is not None:
            wire["page"] = self.page
        if self.page_size is not None:
            wire["page_size"] = self.page_size
        if self.inbounds:
            wire["inbounds"] = [element.to_wire() for element in self.inbounds]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupRequest(Model):
    """A group to make (docs/platform/sms-rest.md#groups)."""

    name: str | None = None
    """Name, at most 20 characters."""
    members: tuple[str, ...] = ()
    """Numbers, at most 10,000."""
    child_groups: tuple[str, ...] = ()
    """Ids of groups whose members count as well, at most 10."""
    auto_update: GroupAutoUpdate | None = None
    """By which texts people join and leave."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "members": "members",
        "child_groups": "child_groups",
        "auto_update": "auto_update",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.name is not None:
            wire["name"] = self.name
        if self.members:
            wire["members"] = list(self.members)
        if self.child_groups:
            wire["child_groups"] = list(self.child_groups)
        if self.auto_update is not None:
            wire["auto_update"] = self.auto_update.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupAutoUpdate(Model):
    """By which texts people join and leave a group (docs/platform/sms-rest.md#groups)."""

    to: str | None = None
    """Your number or short code that they write to."""
    add: GroupKeyword | None = None
    """What they write to join."""
    remove: GroupKeyword | None = None
    """What they write to leave."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "to": "to",
        "add": "add",
        "remove": "remove",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.to is not None:
            wire["to"] = self.to
        if self.add is not None:
            wire["add"] = self.add.to_wire()
        if self.remove is not None:
            wire["remove"] = self.remove.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupKeyword(Model):
    """The beginning of a text that is obeyed; letter case does not count."""

    first_word: str | None = None
    """First word, at most 15 characters."""
    second_word: str | None = None
    """Second word, at most 15 characters, if one is needed."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "first_word": "first_word",
        "second_word": "second_word",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.first_word is not None:
            wire["first_word"] = self.first_word
        if self.second_word is not None:
            wire["second_word"] = self.second_word
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Group(Model):
    """A group of recipients (docs/platform/sms-rest.md#groups)."""

    id: str
    """Id of the group, at least 12 characters."""
    name: str | None = None
    """Its name."""
    size: int | None = None
    """How many members it has."""
    created_at: datetime | None = None
    """When it was made, in UTC."""
    modified_at: datetime | None = None
    """When it was changed last, in UTC."""
    child_groups: tuple[str, ...] = ()
    """Ids of groups whose members count as well."""
    auto_update: GroupAutoUpdate | None = None
    """By which texts people join and leave."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "size": "size",
        "created_at": "created_at",
        "modified_at": "modified_at",
        "child_groups": "child_groups",
        "auto_update": "auto_update",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.name is not None:
            wire["name"] = self.name
        if self.size is not None:
            wire["size"] = self.size
        if self.created_at is not None:
            wire["created_at"] = write_datetime(self.created_at)
        if self.modified_at is not None:
            wire["modified_at"] = write_datetime(self.modified_at)
        if self.child_groups:
            wire["child_groups"] = list(self.child_groups)
        if self.auto_update is not None:
            wire["auto_update"] = self.auto_update.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupPage(Model):
    """One page of groups (docs/platform/sms-rest.md#paging)."""

    count: int | None = None
    """How many there are on all pages together."""
    page: int | None = None
    """Which page this is, from 0."""
    page_size: int | None = None
    """How many are on this page."""
    groups: tuple[Group, ...] = ()
    """The groups."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "count": "count",
        "page": "page",
        "page_size": "page_size",
        "groups": "groups",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.count is not None:
            wire["count"] = self.count
        if self.page is not None:
            wire["page"] = self.page
        if self.page_size is not None:
            wire["page_size"] = self.page_size
        if self.groups:
            wire["groups"] = [element.to_wire() for element in self.groups]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupUpdate(Model):
    """What to change of a group; what is left out stays. Here null would clear the name, which has
    no form in Python: replace the group instead (docs/platform/sms-rest.md#groups).
    """

    add: tuple[str, ...] = ()
    """Numbers to add."""
    remove: tuple[str, ...] = ()
    """Numbers to remove."""
    add_from_group: str | None = None
    """Id of a group whose members are copied into this one."""
    remove_from_group: str | None = None
    """Id of a group whose members are removed from this one."""
    name: str | None = None
    """Another name, at most 20 characters."""
    auto_update: GroupAutoUpdate | None = None
    """Other texts by which people join and leave."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "add": "add",
        "remove": "remove",
        "add_from_group": "add_from_group",
        "remove_from_group": "remove_from_group",
        "name": "name",
        "auto_update": "auto_update",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.add:
            wire["add"] = list(self.add)
        if self.remove:
            wire["remove"] = list(self.remove)
        if self.add_from_group is not None:
            wire["add_from_group"] = self.add_from_group
        if self.remove_from_group is not None:
            wire["remove_from_group"] = self.remove_from_group
        if self.name is not None:
            wire["name"] = self.name
        if self.auto_update is not None:
            wire["auto_update"] = self.auto_update.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownBatchRequest(Model):
    """Any BatchRequest that this version does not know, kept as it came."""

    type: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(type=text_of_tag(payload, "type"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> BatchRequest:
        """The same as :func:`read_batch_request`; how ``convert.converter()`` finds it."""
        return read_batch_request(raw)


BatchRequest: TypeAlias = (
    TextBatchRequest | BinaryBatchRequest | MediaBatchRequest | UnknownBatchRequest
)
"""What to send."""

read_batch_request: Tagged[BatchRequest] = Tagged(
    "type",
    {
        "mt_text": TextBatchRequest,
        "mt_binary": BinaryBatchRequest,
        "mt_media": MediaBatchRequest,
    },
    UnknownBatchRequest,
    "mt_text",
)
"""Reads whichever BatchRequest the tag names; letter case does not matter."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownBatch(Model):
    """Any Batch that this version does not know, kept as it came."""

    type: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @property
    def id(self) -> str:
        """Id of the batch, 26 characters. Empty where there is none."""
        return text_in(self.raw, "id", read_str)

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(type=text_of_tag(payload, "type"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> Batch:
        """The same as :func:`read_batch`; how ``convert.converter()`` finds it."""
        return read_batch(raw)


Batch: TypeAlias = TextBatch | BinaryBatch | MediaBatch | UnknownBatch
"""A batch that was accepted."""

read_batch: Tagged[Batch] = Tagged(
    "type",
    {
        "mt_text": TextBatch,
        "mt_binary": BinaryBatch,
        "mt_media": MediaBatch,
    },
    UnknownBatch,
    "mt_text",
)
"""Reads whichever Batch the tag names; letter case does not matter."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownBatchUpdate(Model):
    """Any BatchUpdate that this version does not know, kept as it came."""

    type: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(type=text_of_tag(payload, "type"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> BatchUpdate:
        """The same as :func:`read_batch_update`; how ``convert.converter()`` finds it."""
        return read_batch_update(raw)


BatchUpdate: TypeAlias = TextBatchUpdate | BinaryBatchUpdate | MediaBatchUpdate | UnknownBatchUpdate
"""What to change of a batch."""

read_batch_update: Tagged[BatchUpdate] = Tagged(
    "type",
    {
        "mt_text": TextBatchUpdate,
        "mt_binary": BinaryBatchUpdate,
        "mt_media": MediaBatchUpdate,
    },
    UnknownBatchUpdate,
    "mt_text",
)
"""Reads whichever BatchUpdate the tag names; letter case does not matter."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownBatchReport(Model):
    """Any BatchReport that this version does not know, kept as it came."""

    type: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @property
    def batch_id(self) -> str:
        """Id of the batch. Empty where there is none."""
        return text_in(self.raw, "batch_id", read_str)

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(type=text_of_tag(payload, "type"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> BatchReport:
        """The same as :func:`read_batch_report`; how ``convert.converter()`` finds it."""
        return read_batch_report(raw)


BatchReport: TypeAlias = BatchReportSms | BatchReportMms | UnknownBatchReport
"""What became of a batch."""

read_batch_report: Tagged[BatchReport] = Tagged(
    "type",
    {
        "delivery_report_sms": BatchReportSms,
        "delivery_report_mms": BatchReportMms,
    },
    UnknownBatchReport,
)
"""Reads whichever BatchReport the tag names; letter case does not matter."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownRecipientReport(Model):
    """Any RecipientReport that this version does not know, kept as it came."""

    type: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @property
    def batch_id(self) -> str:
        """Id of the batch. Empty where there is none."""
        return text_in(self.raw, "batch_id", read_str)

    @property
    def recipient(self) -> str:
        """Number of the recipient. Empty where there is none."""
        return text_in(self.raw, "recipient", read_msisdn)

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(type=text_of_tag(payload, "type"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> RecipientReport:
        """The same as :func:`read_recipient_report`; how ``convert.converter()`` finds it."""
        return read_recipient_report(raw)


RecipientReport: TypeAlias = RecipientReportSms | RecipientReportMms | UnknownRecipientReport
"""What became of a message for one recipient."""

read_recipient_report: Tagged[RecipientReport] = Tagged(
    "type",
    {
        "recipient_delivery_report_sms": RecipientReportSms,
        "recipient_delivery_report_mms": RecipientReportMms,
    },
    UnknownRecipientReport,
)
"""Reads whichever RecipientReport the tag names; letter case does not matter."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownInbound(Model):
    """Any Inbound that this version does not know, kept as it came."""

    type: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @property
    def id(self) -> str:
        """Id of the message. Empty where there is none."""
        return text_in(self.raw, "id", read_str)

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(type=text_of_tag(payload, "type"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> Inbound:
        """The same as :func:`read_inbound`; how ``convert.converter()`` finds it."""
        return read_inbound(raw)


Inbound: TypeAlias = InboundText | InboundBinary | InboundMedia | UnknownInbound
"""A message that arrived."""

read_inbound: Tagged[Inbound] = Tagged(
    "type",
    {
        "mo_text": InboundText,
        "mo_binary": InboundBinary,
        "mo_media": InboundMedia,
    },
    UnknownInbound,
)
"""Reads whichever Inbound the tag names; letter case does not matter."""

# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    MessagesError,
    {
        "code": ("code", MessagesErrorCode.from_wire),
        "text": ("text", None),
    },
    lenient=True,
)
reads(
    BatchOptions,
    {
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
    },
    bounds={
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
    },
)
reads(
    BatchAddresses,
    {
        "to": ("to", list_of(read_str)),
        "from": ("from_", None),
    },
    bounds={
        "to": Bounds(min_items=1, max_items=1000),
    },
)
reads(
    AcceptedAddresses,
    {
        "to": ("to", list_of(read_msisdn)),
        "from": ("from_", read_msisdn),
    },
)
reads(
    BatchState,
    {
        "id": ("id", None),
        "created_at": ("created_at", read_datetime),
        "modified_at": ("modified_at", read_datetime),
        "canceled": ("canceled", read_bool),
    },
    required=("id",),
)
reads(
    TextOptions,
    {
        "flash_message": ("flash_message", read_bool),
        "truncate_concat": ("truncate_concat", read_bool),
        "max_number_of_message_parts": ("max_number_of_message_parts", read_int),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
    },
    bounds={
        "max_number_of_message_parts": Bounds(minimum=1),
        "from_ton": Bounds(minimum=0, maximum=6),
        "from_npi": Bounds(minimum=0, maximum=18),
    },
)
reads(
    TextBatchRequest,
    {
        "type": TAG,
        "to": ("to", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "flash_message": ("flash_message", read_bool),
        "truncate_concat": ("truncate_concat", read_bool),
        "max_number_of_message_parts": ("max_number_of_message_parts", read_int),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
        "parameters": ("parameters", map_of(read_strings)),
        "body": ("body", None),
    },
    required=(
        "to",
        "body",
    ),
    bounds={
        "to": Bounds(min_items=1, max_items=1000),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
        "max_number_of_message_parts": Bounds(minimum=1),
        "from_ton": Bounds(minimum=0, maximum=6),
        "from_npi": Bounds(minimum=0, maximum=18),
        "body": Bounds(max_length=2000),
    },
)
reads(
    BinaryBatchRequest,
    {
        "type": TAG,
        "to": ("to", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "body": ("body", read_base64),
        "udh": ("udh", None),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
    },
    required=(
        "to",
        "body",
        "udh",
    ),
    bounds={
        "to": Bounds(min_items=1, max_items=1000),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
        "from_ton": Bounds(minimum=0, maximum=6),
        "from_npi": Bounds(minimum=0, maximum=18),
    },
)
reads(
    MediaBody,
    {
        "url": ("url", None),
        "message": ("message", None),
        "subject": ("subject", None),
    },
    required=("url",),
)
reads(
    SentMediaBody,
    {
        "url": ("url", None),
        "message": ("message", None),
        "subject": ("subject", None),
    },
    lenient=True,
)
reads(
    MediaBatchRequest,
    {
        "type": TAG,
        "to": ("to", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "body": ("body", MediaBody.from_wire_strictly),
        "parameters": ("parameters", map_of(read_strings)),
        "strict_validation": ("strict_validation", read_bool),
    },
    required=(
        "to",
        "body",
    ),
    bounds={
        "to": Bounds(min_items=1, max_items=1000),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
    },
)
reads(
    TextBatch,
    {
        "type": TAG,
        "to": ("to", list_of(read_msisdn)),
        "from": ("from_", read_msisdn),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "flash_message": ("flash_message", read_bool),
        "truncate_concat": ("truncate_concat", read_bool),
        "max_number_of_message_parts": ("max_number_of_message_parts", read_int),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
        "id": ("id", None),
        "created_at": ("created_at", read_datetime),
        "modified_at": ("modified_at", read_datetime),
        "canceled": ("canceled", read_bool),
        "parameters": ("parameters", map_of(read_by_msisdn)),
        "body": ("body", None),
    },
    required=("id",),
    lenient=True,
    bounds={
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
        "max_number_of_message_parts": Bounds(minimum=1),
        "from_ton": Bounds(minimum=0, maximum=6),
        "from_npi": Bounds(minimum=0, maximum=18),
    },
)
reads(
    BinaryBatch,
    {
        "type": TAG,
        "to": ("to", list_of(read_msisdn)),
        "from": ("from_", read_msisdn),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "id": ("id", None),
        "created_at": ("created_at", read_datetime),
        "modified_at": ("modified_at", read_datetime),
        "canceled": ("canceled", read_bool),
        "body": ("body", read_base64),
        "udh": ("udh", None),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
    },
    required=("id",),
    lenient=True,
    bounds={
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
    },
)
reads(
    MediaBatch,
    {
        "type": TAG,
        "to": ("to", list_of(read_msisdn)),
        "from": ("from_", read_msisdn),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "id": ("id", None),
        "created_at": ("created_at", read_datetime),
        "modified_at": ("modified_at", read_datetime),
        "canceled": ("canceled", read_bool),
        "body": ("body", SentMediaBody.from_wire_strictly),
        "parameters": ("parameters", map_of(read_by_msisdn)),
        "strict_validation": ("strict_validation", read_bool),
    },
    required=("id",),
    lenient=True,
    bounds={
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
    },
)
reads(
    BatchPage,
    {
        "count": ("count", read_int),
        "page": ("page", read_int),
        "page_size": ("page_size", read_int),
        "batches": ("batches", list_of(read_batch.strictly)),
    },
    lenient=True,
)
reads(
    BatchChanges,
    {
        "to_add": ("to_add", list_of(read_str)),
        "to_remove": ("to_remove", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
    },
    bounds={
        "to_add": Bounds(min_items=1, max_items=100),
        "to_remove": Bounds(min_items=1, max_items=100),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
    },
)
reads(
    TextBatchUpdate,
    {
        "type": TAG,
        "to_add": ("to_add", list_of(read_str)),
        "to_remove": ("to_remove", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "flash_message": ("flash_message", read_bool),
        "truncate_concat": ("truncate_concat", read_bool),
        "max_number_of_message_parts": ("max_number_of_message_parts", read_int),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
        "parameters": ("parameters", map_of(read_strings)),
        "body": ("body", None),
    },
    bounds={
        "to_add": Bounds(min_items=1, max_items=100),
        "to_remove": Bounds(min_items=1, max_items=100),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
        "max_number_of_message_parts": Bounds(minimum=1),
        "from_ton": Bounds(minimum=0, maximum=6),
        "from_npi": Bounds(minimum=0, maximum=18),
        "body": Bounds(max_length=2000),
    },
)
reads(
    BinaryBatchUpdate,
    {
        "type": TAG,
        "to_add": ("to_add", list_of(read_str)),
        "to_remove": ("to_remove", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "body": ("body", read_base64),
        "udh": ("udh", None),
        "from_ton": ("from_ton", read_int),
        "from_npi": ("from_npi", read_int),
    },
    required=(
        "body",
        "udh",
    ),
    bounds={
        "to_add": Bounds(min_items=1, max_items=100),
        "to_remove": Bounds(min_items=1, max_items=100),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
        "from_ton": Bounds(minimum=0, maximum=6),
        "from_npi": Bounds(minimum=0, maximum=18),
    },
)
reads(
    MediaBatchUpdate,
    {
        "type": TAG,
        "to_add": ("to_add", list_of(read_str)),
        "to_remove": ("to_remove", list_of(read_str)),
        "from": ("from_", None),
        "delivery_report": ("delivery_report", DeliveryReportType.from_wire),
        "send_at": ("send_at", read_datetime),
        "expire_at": ("expire_at", read_datetime),
        "callback_url": ("callback_url", None),
        "client_reference": ("client_reference", None),
        "feedback_enabled": ("feedback_enabled", read_bool),
        "body": ("body", MediaBody.from_wire_strictly),
        "parameters": ("parameters", map_of(read_strings)),
        "strict_validation": ("strict_validation", read_bool),
    },
    bounds={
        "to_add": Bounds(min_items=1, max_items=100),
        "to_remove": Bounds(min_items=1, max_items=100),
        "callback_url": Bounds(max_length=2048),
        "client_reference": Bounds(max_length=128),
    },
)
reads(
    DryRunResult,
    {
        "number_of_recipients": ("number_of_recipients", read_int),
        "number_of_messages": ("number_of_messages", read_int),
        "per_recipient": ("per_recipient", list_of(DryRunRecipient.from_wire_strictly)),
    },
    lenient=True,
)
reads(
    DryRunRecipient,
    {
        "recipient": ("recipient", read_msisdn),
        "number_of_parts": ("number_of_parts", read_int),
        "body": ("body", None),
        "encoding": ("encoding", None),
    },
    required=("recipient",),
    lenient=True,
)
reads(
    DeliveryFeedback,
    {
        "recipients": ("recipients", list_of(read_str)),
    },
    required=("recipients",),
)
reads(
    StatusCount,
    {
        "code": ("code", DeliveryCode.from_wire),
        "status": ("status", MessageStatus.from_wire),
        "count": ("count", read_int),
        "recipients": ("recipients", list_of(read_msisdn)),
    },
    lenient=True,
)
reads(
    BatchReportFields,
    {
        "total_message_count": ("total_message_count", read_int),
        "statuses": ("statuses", list_of(StatusCount.from_wire_strictly)),
        "client_reference": ("client_reference", None),
    },
)
reads(
    BatchReportSms,
    {
        "type": TAG,
        "total_message_count": ("total_message_count", read_int),
        "statuses": ("statuses", list_of(StatusCount.from_wire_strictly)),
        "client_reference": ("client_reference", None),
        "batch_id": ("batch_id", None),
    },
    required=("batch_id",),
    lenient=True,
)
reads(
    BatchReportMms,
    {
        "type": TAG,
        "total_message_count": ("total_message_count", read_int),
        "statuses": ("statuses", list_of(StatusCount.from_wire_strictly)),
        "client_reference": ("client_reference", None),
        "batch_id": ("batch_id", None),
    },
    required=("batch_id",),
    lenient=True,
)
reads(
    RecipientReportFields,
    {
        "code": ("code", DeliveryCode.from_wire),
        "status": ("status", MessageStatus.from_wire),
        "at": ("at", read_datetime),
        "operator_status_at": ("operator_status_at", read_datetime),
        "client_reference": ("client_reference", None),
        "applied_originator": ("applied_originator", read_msisdn),
        "encoding": ("encoding", MessageEncoding.from_wire),
        "number_of_message_parts": ("number_of_message_parts", read_int),
        "operator": ("operator", None),
        "status_message": ("status_message", None),
    },
)
reads(
    RecipientReportSms,
    {
        "type": TAG,
        "code": ("code", DeliveryCode.from_wire),
        "status": ("status", MessageStatus.from_wire),
        "at": ("at", read_datetime),
        "operator_status_at": ("operator_status_at", read_datetime),
        "client_reference": ("client_reference", None),
        "applied_originator": ("applied_originator", read_msisdn),
        "encoding": ("encoding", MessageEncoding.from_wire),
        "number_of_message_parts": ("number_of_message_parts", read_int),
        "operator": ("operator", None),
        "status_message": ("status_message", None),
        "batch_id": ("batch_id", None),
        "recipient": ("recipient", read_msisdn),
    },
    required=(
        "batch_id",
        "recipient",
    ),
    lenient=True,
)
reads(
    RecipientReportMms,
    {
        "type": TAG,
        "code": ("code", DeliveryCode.from_wire),
        "status": ("status", MessageStatus.from_wire),
        "at": ("at", read_datetime),
        "operator_status_at": ("operator_status_at", read_datetime),
        "client_reference": ("client_reference", None),
        "applied_originator": ("applied_originator", read_msisdn),
        "encoding": ("encoding", MessageEncoding.from_wire),
        "number_of_message_parts": ("number_of_message_parts", read_int),
        "operator": ("operator", None),
        "status_message": ("status_message", None),
        "batch_id": ("batch_id", None),
        "recipient": ("recipient", read_msisdn),
    },
    required=(
        "batch_id",
        "recipient",
    ),
    lenient=True,
)
reads(
    RecipientReportPage,
    {
        "count": ("count", read_int),
        "page": ("page", read_int),
        "page_size": ("page_size", read_int),
        "delivery_reports": ("delivery_reports", list_of(read_recipient_report.strictly)),
    },
    lenient=True,
)
reads(
    InboundFields,
    {
        "from": ("from_", read_msisdn),
        "to": ("to", read_msisdn),
        "received_at": ("received_at", read_datetime),
        "sent_at": ("sent_at", read_datetime),
        "operator_id": ("operator_id", None),
        "client_reference": ("client_reference", None),
    },
)
reads(
    InboundText,
    {
        "type": TAG,
        "from": ("from_", read_msisdn),
        "to": ("to", read_msisdn),
        "received_at": ("received_at", read_datetime),
        "sent_at": ("sent_at", read_datetime),
        "operator_id": ("operator_id", None),
        "client_reference": ("client_reference", None),
        "id": ("id", None),
        "body": ("body", None),
    },
    required=("id",),
    lenient=True,
)
reads(
    InboundBinary,
    {
        "type": TAG,
        "from": ("from_", read_msisdn),
        "to": ("to", read_msisdn),
        "received_at": ("received_at", read_datetime),
        "sent_at": ("sent_at", read_datetime),
        "operator_id": ("operator_id", None),
        "client_reference": ("client_reference", None),
        "id": ("id", None),
        "body": ("body", read_base64),
        "udh": ("udh", None),
    },
    required=("id",),
    lenient=True,
)
reads(
    InboundMedia,
    {
        "type": TAG,
        "from": ("from_", read_msisdn),
        "to": ("to", read_msisdn),
        "received_at": ("received_at", read_datetime),
        "sent_at": ("sent_at", read_datetime),
        "operator_id": ("operator_id", None),
        "client_reference": ("client_reference", None),
        "id": ("id", None),
        "body": ("body", InboundMediaBody.from_wire_strictly),
    },
    required=("id",),
    lenient=True,
)
reads(
    InboundMediaBody,
    {
        "subject": ("subject", None),
        "message": ("message", None),
        "media": ("media", list_of(InboundMediaItem.from_wire_strictly)),
    },
    lenient=True,
)
reads(
    InboundMediaItem,
    {
        "url": ("url", None),
        "content_type": ("content_type", None),
        "status": ("status", InboundMediaStatus.from_wire),
        "code": ("code", read_int),
    },
    lenient=True,
)
reads(
    InboundPage,
    {
        "count": ("count", read_int),
        "page": ("page", read_int),
        "page_size": ("page_size", read_int),
        "inbounds": ("inbounds", list_of(read_inbound.strictly)),
    },
    lenient=True,
)
reads(
    GroupRequest,
    {
        "name": ("name", None),
        "members": ("members", list_of(read_str)),
        "child_groups": ("child_groups", list_of(read_str)),
        "auto_update": ("auto_update", GroupAutoUpdate.from_wire_strictly),
    },
    bounds={
        "name": Bounds(max_length=20),
        "members": Bounds(max_items=10000),
        "child_groups": Bounds(max_items=10),
    },
)
reads(
    GroupAutoUpdate,
    {
        "to": ("to", None),
        "add": ("add", GroupKeyword.from_wire_strictly),
        "remove": ("remove", GroupKeyword.from_wire_strictly),
    },
    lenient=True,
)
reads(
    GroupKeyword,
    {
        "first_word": ("first_word", None),
        "second_word": ("second_word", None),
    },
    lenient=True,
    bounds={
        "first_word": Bounds(max_length=15),
        "second_word": Bounds(max_length=15),
    },
)
reads(
    Group,
    {
        "id": ("id", None),
        "name": ("name", None),
        "size": ("size", read_int),
        "created_at": ("created_at", read_datetime),
        "modified_at": ("modified_at", read_datetime),
        "child_groups": ("child_groups", list_of(read_str)),
        "auto_update": ("auto_update", GroupAutoUpdate.from_wire_strictly),
    },
    required=("id",),
    lenient=True,
)
reads(
    GroupPage,
    {
        "count": ("count", read_int),
        "page": ("page", read_int),
        "page_size": ("page_size", read_int),
        "groups": ("groups", list_of(Group.from_wire_strictly)),
    },
    lenient=True,
)
reads(
    GroupUpdate,
    {
        "add": ("add", list_of(read_str)),
        "remove": ("remove", list_of(read_str)),
        "add_from_group": ("add_from_group", None),
        "remove_from_group": ("remove_from_group", None),
        "name": ("name", None),
        "auto_update": ("auto_update", GroupAutoUpdate.from_wire_strictly),
    },
    bounds={
        "add": Bounds(max_items=10000),
        "remove": Bounds(max_items=10000),
        "name": Bounds(max_length=20),
    },
)
