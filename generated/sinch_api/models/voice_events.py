# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the voice events part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Self, TypeAlias

import attrs

from ..caller_id import Cli
from ..codec import (
    read_any,
    read_bool,
    read_cli,
    read_datetime,
    read_int,
    read_object,
    read_seconds,
    text_of_tag,
    write_cli,
    write_datetime,
    write_seconds,
)
from ..enums import OpenEnum
from ..model import TAG, Model, Problem, Tagged, list_of, masked, reads
from ..pairs import Pairs, pairs_of
from .common import CallDomain, CallHeader, CallResult, Identity, KeyValue, Money


class OriginationType(OpenEnum):
    """Where an incoming call comes from (docs/platform/voice-events.md#fields). Compare without
    regard to letter case.
    """

    PSTN = "PSTN"
    """The public phone network."""
    MXP = "MXP"
    """An app built with the vendor's SDK."""
    SERVER = "server"
    """A request from a backend; named by the 2018 SDK only."""
    SIP = "sip"
    """A SIP trunk or device; named by the 2018 SDK only."""


class MenuResultType(OpenEnum):
    """How a menu ended (docs/platform/voice-events.md#menu-result). Older sources capitalise the
    values, so compare without regard to letter case.
    """

    ERROR = "error"
    """Something went wrong."""
    RETURN = "return"
    """An option with a return action was chosen; value is its argument."""
    SEQUENCE = "sequence"
    """Digits were entered; value holds them."""
    TIMEOUT = "timeout"
    """Nothing was entered in time."""
    HANGUP = "hangup"
    """The caller hung up in the menu."""
    INVALID_INPUT = "invalidinput"
    """What was entered is not an option."""


class MenuInputMethod(OpenEnum):
    """How a menu was answered (docs/platform/voice-events.md#menu-result)."""

    DTMF = "dtmf"
    """Keys were pressed."""
    VOICE = "voice"
    """Something was said."""


class AmdStatus(OpenEnum):
    """Who or what answered the call (docs/platform/voice-events.md#amd)."""

    MACHINE = "machine"
    """An answering machine."""
    HUMAN = "human"
    """A person."""
    NOT_SURE = "notsure"
    """It cannot be told."""
    HANGUP = "hangup"
    """The call ended before it could be told."""
    IN_PROGRESS = "inprogress"
    """Asynchronous detection is still running."""


class AmdReason(OpenEnum):
    """What an answering machine finding rests on (docs/platform/voice-events.md#amd)."""

    LONG_GREETING = "longgreeting"
    """The greeting was long."""
    INITIAL_SILENCE = "initialsilence"
    """It began with silence."""
    BEEP = "beep"
    """A beep was heard."""
    GREETING = "greeting"
    """A greeting was heard; older sources only."""
    NOT_AVAILABLE = "n/a"
    """No reason to tell."""


class DiceReason(OpenEnum):
    """Why a call ended, as told by the disconnected call event
    (docs/platform/voice-events.md#dice).
    """

    NOT_AVAILABLE = "N/A"
    """Nothing to tell."""
    ESTABLISHED = "ESTABLISHED"
    """The call was set up."""
    OTHER_PEER_ANSWERED = "OTHERPEERANSWERED"
    """Another device or user took the call."""
    TIMEOUT = "TIMEOUT"
    """Nobody answered in time, or the longest duration was reached."""
    CALLER_HANGUP = "CALLERHANGUP"
    """The caller hung up."""
    CALLEE_HANGUP = "CALLEEHANGUP"
    """The callee hung up."""
    BLOCKED = "BLOCKED"
    """The call was blocked."""
    MANAGER_HANGUP = "MANAGERHANGUP"
    """Ended through the API or SVAML."""
    NO_CREDIT_PARTNER = "NOCREDITPARTNER"
    """The account ran out of credit."""
    CLIENT_NETWORK = "CLIENTNETWORK"
    """The app lost its network."""
    CONGESTION = "CONGESTION"
    """The network was congested."""
    GENERAL_ERROR = "GENERALERROR"
    """Something went wrong."""
    CANCEL = "CANCEL"
    """The caller gave up before the call was answered."""
    USER_NOT_FOUND = "USERNOTFOUND"
    """The called user does not exist."""
    CALLBACK_ERROR = "CALLBACKERROR"
    """Your callback backend failed."""
    BUSY = "BUSY"
    """The callee was busy; newest source only."""
    NO_ANSWER = "NOANSWER"
    """The callee did not answer; newest source only."""


class NotifyType(OpenEnum):
    """What a notification is about (docs/platform/voice-events.md#notify)."""

    RECORDING_FINISHED = "recording_finished"
    """Recording stopped; the file is not stored yet."""
    RECORDING_AVAILABLE = "recording_available"
    """The recording is stored at destination."""
    TRANSCRIPTION_AVAILABLE = "transcription_available"
    """The transcript is stored at destination."""
    TRANSCRIPTION_COMPLETE = "transcription_complete"
    """Another spelling of transcription_available, in one source."""
    AMD = "amd"
    """Asynchronous answering machine detection has its finding."""
    AMD_BEEP = "amd_beep"
    """The beep of an answering machine was heard."""
    CALLING_ERROR = "callingerror"
    """Something failed, such as illegal SVAML; see errorCode and errorMsg."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IceEvent(Model):
    """Incoming call event: a call reached one of your numbers, or was placed in your app or by a
    callout, and waits for instructions (docs/platform/voice-events.md#fields).
    """

    event: ClassVar[Literal["ice"]] = "ice"
    """Always ice, the incoming call event."""
    call_id: str
    """Id of the call, the same in all its events. Some sources spell the name callId."""
    application_key: str | None = None
    """Key of the application the call belongs to; tells applications with one address apart."""
    version: int | None = None
    """Version of the event format, so far 1."""
    timestamp: datetime | None = None
    """When the event was made, UTC."""
    custom: str | None = None
    """The text attached when the call was placed."""
    user: str | None = None
    """In-app user who placed the call, if any."""
    cookies: Pairs = Pairs()
    """Values stored with setCookie in earlier replies of this call, by name; of one that was set
    again the last.
    """
    call_resource_url: str | None = None
    """Full URL of the call's resource in its region; updates to the call go to that host."""
    user_rate: Money | None = None
    """Price per minute, should the call be connected as dialled."""
    cli: Cli | None = None
    """Who calls, by number, name or both; empty or private when hidden
    (docs/platform/values.md#cli).
    """
    to: Identity | None = None
    """What was dialled. Type did means one of your numbers, conference a room. Numbers may lack the
    plus sign.
    """
    domain: CallDomain | None = None
    """Network the call is headed for, in any letter case."""
    origination_type: OriginationType | None = None
    """Where the call comes from, in any letter case."""
    duration: timedelta | None = None
    """How long the call has lasted, in seconds."""
    rdnis: Cli | None = None
    """Who the call was redirected from, if anybody; read like a caller id."""
    call_headers: Pairs = Pairs()
    """Headers given with the call, at most 1024 bytes together, by name; of several of one name the
    last.
    """
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callid",
        "application_key": "applicationKey",
        "version": "version",
        "timestamp": "timestamp",
        "custom": "custom",
        "user": "user",
        "cookies": "cookies",
        "call_resource_url": "callResourceUrl",
        "user_rate": "userRate",
        "cli": "cli",
        "to": "to",
        "domain": "domain",
        "origination_type": "originationType",
        "duration": "duration",
        "rdnis": "rdnis",
        "call_headers": "callHeaders",
        "conference_id": "conferenceId",
        "reference": "reference",
        "delayed": "delayed",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "ice"
        wire["callid"] = self.call_id
        if self.application_key is not None:
            wire["applicationKey"] = self.application_key
        if self.version is not None:
            wire["version"] = self.version
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.user is not None:
            wire["user"] = self.user
        if self.cookies:
            wire["cookies"] = self.cookies.to_wire()
        if self.call_resource_url is not None:
            wire["callResourceUrl"] = self.call_resource_url
        if self.user_rate is not None:
            wire["userRate"] = self.user_rate.to_wire()
        if self.cli is not None:
            wire["cli"] = write_cli(self.cli)
        if self.to is not None:
            wire["to"] = self.to.to_wire()
        if self.domain is not None:
            wire["domain"] = self.domain.to_wire()
        if self.origination_type is not None:
            wire["originationType"] = self.origination_type.to_wire()
        if self.duration is not None:
            wire["duration"] = write_seconds(self.duration)
        if self.rdnis is not None:
            wire["rdnis"] = write_cli(self.rdnis)
        if self.call_headers:
            wire["callHeaders"] = self.call_headers.to_wire()
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AceEvent(Model):
    """Answered call event: the callee picked up (docs/platform/voice-events.md#fields). With
    synchronous answering machine detection it carries the finding.
    """

    event: ClassVar[Literal["ace"]] = "ace"
    """Always ace, the answered call event."""
    call_id: str
    """Id of the call, the same in all its events. Some sources spell the name callId."""
    application_key: str | None = None
    """Key of the application the call belongs to; tells applications with one address apart."""
    version: int | None = None
    """Version of the event format, so far 1."""
    timestamp: datetime | None = None
    """When the event was made, UTC."""
    custom: str | None = None
    """The text attached when the call was placed."""
    user: str | None = None
    """In-app user who placed the call, if any."""
    cookies: Pairs = Pairs()
    """Values stored with setCookie in earlier replies of this call, by name; of one that was set
    again the last.
    """
    call_resource_url: str | None = None
    """Full URL of the call's resource in its region; only some sources have it here."""
    amd: AmdResult | None = None
    """What answering machine detection found, if it was asked for."""
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callid",
        "application_key": "applicationKey",
        "version": "version",
        "timestamp": "timestamp",
        "custom": "custom",
        "user": "user",
        "cookies": "cookies",
        "call_resource_url": "callResourceUrl",
        "amd": "amd",
        "conference_id": "conferenceId",
        "reference": "reference",
        "delayed": "delayed",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "ace"
        wire["callid"] = self.call_id
        if self.application_key is not None:
            wire["applicationKey"] = self.application_key
        if self.version is not None:
            wire["version"] = self.version
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.user is not None:
            wire["user"] = self.user
        if self.cookies:
            wire["cookies"] = self.cookies.to_wire()
        if self.call_resource_url is not None:
            wire["callResourceUrl"] = self.call_resource_url
        if self.amd is not None:
            wire["amd"] = self.amd.to_wire()
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PieEvent(Model):
    """Prompt input event: a menu ended, or somebody in a conference room pressed keys
    (docs/platform/voice-events.md#fields). In the latter case callid is the one who pressed.
    """

    event: ClassVar[Literal["pie"]] = "pie"
    """Always pie, the prompt input event."""
    call_id: str
    """Id of the call, the same in all its events. Some sources spell the name callId."""
    application_key: str | None = None
    """Key of the application the call belongs to; tells applications with one address apart."""
    version: int | None = None
    """Version of the event format, so far 1."""
    timestamp: datetime | None = None
    """When the event was made, UTC."""
    custom: str | None = None
    """The text attached when the call was placed."""
    user: str | None = None
    """In-app user who placed the call, if any. Named by the 2018 SDK only, for every event; not
    seen for this one today.
    """
    cookies: Pairs = Pairs()
    """Values stored with setCookie in earlier replies of this call. Named by the 2018 SDK only, for
    every event; not seen for this one today.
    """
    menu_result: MenuResult
    """What was entered, and where."""
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callid",
        "application_key": "applicationKey",
        "version": "version",
        "timestamp": "timestamp",
        "custom": "custom",
        "user": "user",
        "cookies": "cookies",
        "menu_result": "menuResult",
        "conference_id": "conferenceId",
        "reference": "reference",
        "delayed": "delayed",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "pie"
        wire["callid"] = self.call_id
        if self.application_key is not None:
            wire["applicationKey"] = self.application_key
        if self.version is not None:
            wire["version"] = self.version
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.user is not None:
            wire["user"] = self.user
        if self.cookies:
            wire["cookies"] = self.cookies.to_wire()
        wire["menuResult"] = self.menu_result.to_wire()
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DiceEvent(Model):
    """Disconnected call event: the call is over (docs/platform/voice-events.md#fields)."""

    event: ClassVar[Literal["dice"]] = "dice"
    """Always dice, the disconnected call event."""
    call_id: str
    """Id of the call, the same in all its events. Some sources spell the name callId."""
    application_key: str | None = None
    """Key of the application the call belongs to; tells applications with one address apart."""
    version: int | None = None
    """Version of the event format, so far 1."""
    timestamp: datetime | None = None
    """When the event was made, UTC."""
    custom: str | None = None
    """The text attached when the call was placed."""
    user: str | None = None
    """In-app user who placed the call, if any."""
    cookies: Pairs = Pairs()
    """Values stored with setCookie in earlier replies of this call, by name; of one that was set
    again the last.
    """
    reason: DiceReason | None = None
    """Why the call ended."""
    result: CallResult | None = None
    """How the call attempt turned out."""
    duration: timedelta | None = None
    """How long the answered call lasted, in seconds; absent when nobody answered."""
    debit: Money | None = None
    """What the call cost in total."""
    user_rate: Money | None = None
    """Price per minute."""
    from_: Cli | None = None
    """Who called, by number, user name, or private."""
    to: Identity | None = None
    """Where the call was, or was to be, connected."""
    call_headers: Pairs = Pairs()
    """Headers given with the call, at most 1024 bytes together, by name; of several of one name the
    last.
    """
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callid",
        "application_key": "applicationKey",
        "version": "version",
        "timestamp": "timestamp",
        "custom": "custom",
        "user": "user",
        "cookies": "cookies",
        "reason": "reason",
        "result": "result",
        "duration": "duration",
        "debit": "debit",
        "user_rate": "userRate",
        "from_": "from",
        "to": "to",
        "call_headers": "callHeaders",
        "conference_id": "conferenceId",
        "reference": "reference",
        "delayed": "delayed",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "dice"
        wire["callid"] = self.call_id
        if self.application_key is not None:
            wire["applicationKey"] = self.application_key
        if self.version is not None:
            wire["version"] = self.version
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.user is not None:
            wire["user"] = self.user
        if self.cookies:
            wire["cookies"] = self.cookies.to_wire()
        if self.reason is not None:
            wire["reason"] = self.reason.to_wire()
        if self.result is not None:
            wire["result"] = self.result.to_wire()
        if self.duration is not None:
            wire["duration"] = write_seconds(self.duration)
        if self.debit is not None:
            wire["debit"] = self.debit.to_wire()
        if self.user_rate is not None:
            wire["userRate"] = self.user_rate.to_wire()
        if self.from_ is not None:
            wire["from"] = write_cli(self.from_)
        if self.to is not None:
            wire["to"] = self.to.to_wire()
        if self.call_headers:
            wire["callHeaders"] = self.call_headers.to_wire()
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NotifyEvent(Model):
    """Notification: something that happened beside the call flow, named by type
    (docs/platform/voice-events.md#fields).
    """

    event: ClassVar[Literal["notify"]] = "notify"
    """Always notify, the notification."""
    call_id: str | None = None
    """Id of the call, the same in all its events. Some sources spell the name callId. A
    notification may come without one.
    """
    application_key: str | None = None
    """Key of the application the call belongs to; tells applications with one address apart."""
    version: int | None = None
    """Version of the event format, so far 1."""
    timestamp: datetime | None = None
    """When the event was made, UTC. Named by the 2018 SDK only, for every event; not seen for this
    one today.
    """
    custom: str | None = None
    """The text attached when the call was placed."""
    user: str | None = None
    """In-app user who placed the call, if any. Comes with errors."""
    cookies: Pairs = Pairs()
    """Values stored with setCookie in earlier replies of this call. Named by the 2018 SDK only, for
    every event; not seen for this one today.
    """
    type: NotifyType | None = None
    """What happened."""
    destination: str | None = None
    """Address of the finished file, for recordings and transcripts."""
    amd: AmdResult | None = None
    """What answering machine detection found, for the types amd and amd_beep."""
    error_code: int | None = None
    """Error code for the type callingerror, 40001 for illegal SVAML or 50000."""
    error_msg: str | None = None
    """What went wrong, for the type callingerror."""
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callid",
        "application_key": "applicationKey",
        "version": "version",
        "timestamp": "timestamp",
        "custom": "custom",
        "user": "user",
        "cookies": "cookies",
        "type": "type",
        "destination": "destination",
        "amd": "amd",
        "error_code": "errorCode",
        "error_msg": "errorMsg",
        "conference_id": "conferenceId",
        "reference": "reference",
        "delayed": "delayed",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "notify"
        if self.call_id is not None:
            wire["callid"] = self.call_id
        if self.application_key is not None:
            wire["applicationKey"] = self.application_key
        if self.version is not None:
            wire["version"] = self.version
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.user is not None:
            wire["user"] = self.user
        if self.cookies:
            wire["cookies"] = self.cookies.to_wire()
        if self.type is not None:
            wire["type"] = self.type.to_wire()
        if self.destination is not None:
            wire["destination"] = self.destination
        if self.amd is not None:
            wire["amd"] = self.amd.to_wire()
        if self.error_code is not None:
            wire["errorCode"] = self.error_code
        if self.error_msg is not None:
            wire["errorMsg"] = self.error_msg
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MenuResult(Model):
    """How a menu ended, or which keys were pressed in a conference room
    (docs/platform/voice-events.md#menu-result).
    """

    menu_id: str | None = None
    """Menu that ended; for conference keys the id of the room."""
    type: MenuResultType | None = None
    """How it ended."""
    value: str | None = attrs.field(default=None, repr=masked)
    """The value of the chosen return action, or the digits entered, which may be a PIN."""
    input_method: MenuInputMethod | None = None
    """Whether keys or speech gave the answer."""
    add_to_context: tuple[Any, ...] = attrs.field(default=(), hash=False)
    """Sent by the platform without being documented; entries are kept as they came."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "menu_id": "menuId",
        "type": "type",
        "value": "value",
        "input_method": "inputMethod",
        "add_to_context": "addToContext",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.menu_id is not None:
            wire["menuId"] = self.menu_id
        if self.type is not None:
            wire["type"] = self.type.to_wire()
        if self.value is not None:
            wire["value"] = self.value
        if self.input_method is not None:
            wire["inputMethod"] = self.input_method.to_wire()
        if self.add_to_context:
            wire["addToContext"] = list(self.add_to_context)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AmdResult(Model):
    """Finding of answering machine detection (docs/platform/voice-events.md#amd). Synchronous
    detection tells it in the ACE; asynchronous in notifications after the ACE.
    """

    status: AmdStatus | None = None
    """Who or what answered."""
    reason: AmdReason | None = None
    """What the finding rests on."""
    duration: timedelta | None = None
    """How long the analysis took, in seconds (one source says milliseconds; examples do not)."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "status": "status",
        "reason": "reason",
        "duration": "duration",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.reason is not None:
            wire["reason"] = self.reason.to_wire()
        if self.duration is not None:
            wire["duration"] = write_seconds(self.duration)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownVoiceEvent(Model):
    """Any VoiceEvent that this version does not know, kept as it came."""

    event: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

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
    def read_member(raw: object) -> VoiceEvent:
        """The same as :func:`read_voice_event`; how ``convert.converter()`` finds it."""
        return read_voice_event(raw)


VoiceEvent: TypeAlias = IceEvent | AceEvent | PieEvent | DiceEvent | NotifyEvent | UnknownVoiceEvent
"""Any voice callback, told apart by its event property (docs/platform/voice-events.md)."""

read_voice_event: Tagged[VoiceEvent] = Tagged(
    "event",
    {
        "ice": IceEvent,
        "ace": AceEvent,
        "pie": PieEvent,
        "dice": DiceEvent,
        "notify": NotifyEvent,
    },
    UnknownVoiceEvent,
)
"""Reads whichever VoiceEvent the tag names; letter case does not matter."""

# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    IceEvent,
    {
        "event": TAG,
        "callid": ("call_id", None),
        "applicationKey": ("application_key", None),
        "version": ("version", read_int),
        "timestamp": ("timestamp", read_datetime),
        "custom": ("custom", None),
        "user": ("user", None),
        "cookies": ("cookies", pairs_of(KeyValue.from_wire_strictly)),
        "callResourceUrl": ("call_resource_url", None),
        "userRate": ("user_rate", Money.from_wire_strictly),
        "cli": ("cli", read_cli),
        "to": ("to", Identity.from_wire_strictly),
        "domain": ("domain", CallDomain.from_wire),
        "originationType": ("origination_type", OriginationType.from_wire),
        "duration": ("duration", read_seconds),
        "rdnis": ("rdnis", read_cli),
        "callHeaders": ("call_headers", pairs_of(CallHeader.from_wire_strictly)),
        "conferenceId": ("conference_id", None),
        "reference": ("reference", None),
        "delayed": ("delayed", read_bool),
    },
    required=("call_id",),
    lenient=True,
)
reads(
    AceEvent,
    {
        "event": TAG,
        "callid": ("call_id", None),
        "applicationKey": ("application_key", None),
        "version": ("version", read_int),
        "timestamp": ("timestamp", read_datetime),
        "custom": ("custom", None),
        "user": ("user", None),
        "cookies": ("cookies", pairs_of(KeyValue.from_wire_strictly)),
        "callResourceUrl": ("call_resource_url", None),
        "amd": ("amd", AmdResult.from_wire_strictly),
        "conferenceId": ("conference_id", None),
        "reference": ("reference", None),
        "delayed": ("delayed", read_bool),
    },
    required=("call_id",),
    lenient=True,
)
reads(
    PieEvent,
    {
        "event": TAG,
        "callid": ("call_id", None),
        "applicationKey": ("application_key", None),
        "version": ("version", read_int),
        "timestamp": ("timestamp", read_datetime),
        "custom": ("custom", None),
        "user": ("user", None),
        "cookies": ("cookies", pairs_of(KeyValue.from_wire_strictly)),
        "menuResult": ("menu_result", MenuResult.from_wire_strictly),
        "conferenceId": ("conference_id", None),
        "reference": ("reference", None),
        "delayed": ("delayed", read_bool),
    },
    required=(
        "call_id",
        "menu_result",
    ),
    identifies=("call_id",),
    if_missing={
        "menu_result": MenuResult(),
    },
    lenient=True,
)
reads(
    DiceEvent,
    {
        "event": TAG,
        "callid": ("call_id", None),
        "applicationKey": ("application_key", None),
        "version": ("version", read_int),
        "timestamp": ("timestamp", read_datetime),
        "custom": ("custom", None),
        "user": ("user", None),
        "cookies": ("cookies", pairs_of(KeyValue.from_wire_strictly)),
        "reason": ("reason", DiceReason.from_wire),
        "result": ("result", CallResult.from_wire),
        "duration": ("duration", read_seconds),
        "debit": ("debit", Money.from_wire_strictly),
        "userRate": ("user_rate", Money.from_wire_strictly),
        "from": ("from_", read_cli),
        "to": ("to", Identity.from_wire_strictly),
        "callHeaders": ("call_headers", pairs_of(CallHeader.from_wire_strictly)),
        "conferenceId": ("conference_id", None),
        "reference": ("reference", None),
        "delayed": ("delayed", read_bool),
    },
    required=("call_id",),
    lenient=True,
)
reads(
    NotifyEvent,
    {
        "event": TAG,
        "callid": ("call_id", None),
        "applicationKey": ("application_key", None),
        "version": ("version", read_int),
        "timestamp": ("timestamp", read_datetime),
        "custom": ("custom", None),
        "user": ("user", None),
        "cookies": ("cookies", pairs_of(KeyValue.from_wire_strictly)),
        "type": ("type", NotifyType.from_wire),
        "destination": ("destination", None),
        "amd": ("amd", AmdResult.from_wire_strictly),
        "errorCode": ("error_code", read_int),
        "errorMsg": ("error_msg", None),
        "conferenceId": ("conference_id", None),
        "reference": ("reference", None),
        "delayed": ("delayed", read_bool),
    },
    lenient=True,
)
reads(
    MenuResult,
    {
        "menuId": ("menu_id", None),
        "type": ("type", MenuResultType.from_wire),
        "value": ("value", None),
        "inputMethod": ("input_method", MenuInputMethod.from_wire),
        "addToContext": ("add_to_context", list_of(read_any)),
    },
    lenient=True,
)
reads(
    AmdResult,
    {
        "status": ("status", AmdStatus.from_wire),
        "reason": ("reason", AmdReason.from_wire),
        "duration": ("duration", read_seconds),
    },
    lenient=True,
)
