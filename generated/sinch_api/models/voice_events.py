# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the voice events part of the specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Self, TypeAlias

import attrs

from sinch.values import Cli

from ..codec import (
    Model,
    OpenEnum,
    at,
    fields_of,
    items,
    read_any,
    read_bool,
    read_cli,
    read_datetime,
    read_int,
    read_object,
    read_seconds,
    read_str,
    required,
    tag_of,
    text_of_tag,
    write_cli,
    write_datetime,
    write_seconds,
)
from .common import CallDomain, CallHeader, CallResult, Identity, KeyValue, Money


class OriginationType(OpenEnum):
    """Where an incoming call comes from (facts 8.1). Compare without regard to letter case."""

    PSTN = "PSTN"
    """The public phone network."""
    MXP = "MXP"
    """An app built with the vendor's SDK."""
    SERVER = "server"
    """A request from a backend; named by the 2018 SDK only."""
    SIP = "sip"
    """A SIP trunk or device; named by the 2018 SDK only."""


class MenuResultType(OpenEnum):
    """How a menu ended (facts 8.4). Older sources capitalise the values, so compare without regard
    to letter case.
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
    """How a menu was answered (facts 8.4)."""

    DTMF = "dtmf"
    """Keys were pressed."""
    VOICE = "voice"
    """Something was said."""


class AmdStatus(OpenEnum):
    """Who or what answered the call (facts 8.2)."""

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
    """What an answering machine finding rests on (facts 8.2)."""

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
    """Why a call ended, as told by the disconnected call event (facts 8.3)."""

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
    """What a notification is about (facts 8.5)."""

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
    callout, and waits for instructions (facts 8.1).
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
    cookies: tuple[KeyValue, ...] = ()
    """Values stored with setCookie in earlier replies of this call."""
    call_resource_url: str | None = None
    """Full URL of the call's resource in its region; updates to the call go to that host."""
    user_rate: Money | None = None
    """Price per minute, should the call be connected as dialled."""
    cli: Cli | None = None
    """Who calls, by number, name or both; empty or private when hidden (facts 4.3)."""
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
    rdnis: str | None = None
    """Number the call was redirected from, if any."""
    call_headers: tuple[CallHeader, ...] = ()
    """Headers given with the call, at most 1024 bytes together."""
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The payload as it came, with whatever this version has no field for."""

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

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _ICE_EVENT_KNOWN, _ICE_EVENT_FOLDED)
        get = fields.get
        return cls(
            call_id=v if type(v := get("callid")) is str else required(fields, "callid", read_str),
            application_key=v
            if (v := get("applicationKey")) is None or type(v) is str
            else at("applicationKey", read_str, v),
            version=None if (v := get("version")) is None else at("version", read_int, v),
            timestamp=None
            if (v := get("timestamp")) is None
            else at("timestamp", read_datetime, v),
            custom=v
            if (v := get("custom")) is None or type(v) is str
            else at("custom", read_str, v),
            user=v if (v := get("user")) is None or type(v) is str else at("user", read_str, v),
            cookies=() if get("cookies") is None else items(fields, "cookies", KeyValue.from_wire),
            call_resource_url=v
            if (v := get("callResourceUrl")) is None or type(v) is str
            else at("callResourceUrl", read_str, v),
            user_rate=None
            if (v := get("userRate")) is None
            else at("userRate", Money.from_wire, v),
            cli=None if (v := get("cli")) is None else at("cli", read_cli, v),
            to=None if (v := get("to")) is None else at("to", Identity.from_wire, v),
            domain=None if (v := get("domain")) is None else at("domain", CallDomain.from_wire, v),
            origination_type=None
            if (v := get("originationType")) is None
            else at("originationType", OriginationType.from_wire, v),
            duration=None if (v := get("duration")) is None else at("duration", read_seconds, v),
            rdnis=v if (v := get("rdnis")) is None or type(v) is str else at("rdnis", read_str, v),
            call_headers=()
            if get("callHeaders") is None
            else items(fields, "callHeaders", CallHeader.from_wire),
            conference_id=v
            if (v := get("conferenceId")) is None or type(v) is str
            else at("conferenceId", read_str, v),
            reference=v
            if (v := get("reference")) is None or type(v) is str
            else at("reference", read_str, v),
            delayed=None if (v := get("delayed")) is None else at("delayed", read_bool, v),
            raw=raw,
        )

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
            wire["cookies"] = [element.to_wire() for element in self.cookies]
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
            wire["rdnis"] = self.rdnis
        if self.call_headers:
            wire["callHeaders"] = [element.to_wire() for element in self.call_headers]
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


_ICE_EVENT_FOLDED = {
    "applicationkey": "applicationKey",
    "callheaders": "callHeaders",
    "callid": "callid",
    "callresourceurl": "callResourceUrl",
    "cli": "cli",
    "conferenceid": "conferenceId",
    "cookies": "cookies",
    "custom": "custom",
    "delayed": "delayed",
    "domain": "domain",
    "duration": "duration",
    "event": "event",
    "originationtype": "originationType",
    "rdnis": "rdnis",
    "reference": "reference",
    "timestamp": "timestamp",
    "to": "to",
    "user": "user",
    "userrate": "userRate",
    "version": "version",
}
_ICE_EVENT_KNOWN = frozenset(_ICE_EVENT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AceEvent(Model):
    """Answered call event: the callee picked up (facts 8.1). With synchronous answering machine
    detection it carries the finding.
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
    cookies: tuple[KeyValue, ...] = ()
    """Values stored with setCookie in earlier replies of this call."""
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
    """The payload as it came, with whatever this version has no field for."""

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

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _ACE_EVENT_KNOWN, _ACE_EVENT_FOLDED)
        get = fields.get
        return cls(
            call_id=v if type(v := get("callid")) is str else required(fields, "callid", read_str),
            application_key=v
            if (v := get("applicationKey")) is None or type(v) is str
            else at("applicationKey", read_str, v),
            version=None if (v := get("version")) is None else at("version", read_int, v),
            timestamp=None
            if (v := get("timestamp")) is None
            else at("timestamp", read_datetime, v),
            custom=v
            if (v := get("custom")) is None or type(v) is str
            else at("custom", read_str, v),
            user=v if (v := get("user")) is None or type(v) is str else at("user", read_str, v),
            cookies=() if get("cookies") is None else items(fields, "cookies", KeyValue.from_wire),
            call_resource_url=v
            if (v := get("callResourceUrl")) is None or type(v) is str
            else at("callResourceUrl", read_str, v),
            amd=None if (v := get("amd")) is None else at("amd", AmdResult.from_wire, v),
            conference_id=v
            if (v := get("conferenceId")) is None or type(v) is str
            else at("conferenceId", read_str, v),
            reference=v
            if (v := get("reference")) is None or type(v) is str
            else at("reference", read_str, v),
            delayed=None if (v := get("delayed")) is None else at("delayed", read_bool, v),
            raw=raw,
        )

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
            wire["cookies"] = [element.to_wire() for element in self.cookies]
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


_ACE_EVENT_FOLDED = {
    "amd": "amd",
    "applicationkey": "applicationKey",
    "callid": "callid",
    "callresourceurl": "callResourceUrl",
    "conferenceid": "conferenceId",
    "cookies": "cookies",
    "custom": "custom",
    "delayed": "delayed",
    "event": "event",
    "reference": "reference",
    "timestamp": "timestamp",
    "user": "user",
    "version": "version",
}
_ACE_EVENT_KNOWN = frozenset(_ACE_EVENT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PieEvent(Model):
    """Prompt input event: a menu ended, or somebody in a conference room pressed keys (facts 8.1,
    8.4). In the latter case callid is the one who pressed.
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
    cookies: tuple[KeyValue, ...] = ()
    """Values stored with setCookie in earlier replies of this call. Named by the 2018 SDK only, for
    every event; not seen for this one today.
    """
    menu_result: MenuResult | None = None
    """What was entered, and where."""
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The payload as it came, with whatever this version has no field for."""

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

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _PIE_EVENT_KNOWN, _PIE_EVENT_FOLDED)
        get = fields.get
        return cls(
            call_id=v if type(v := get("callid")) is str else required(fields, "callid", read_str),
            application_key=v
            if (v := get("applicationKey")) is None or type(v) is str
            else at("applicationKey", read_str, v),
            version=None if (v := get("version")) is None else at("version", read_int, v),
            timestamp=None
            if (v := get("timestamp")) is None
            else at("timestamp", read_datetime, v),
            custom=v
            if (v := get("custom")) is None or type(v) is str
            else at("custom", read_str, v),
            user=v if (v := get("user")) is None or type(v) is str else at("user", read_str, v),
            cookies=() if get("cookies") is None else items(fields, "cookies", KeyValue.from_wire),
            menu_result=None
            if (v := get("menuResult")) is None
            else at("menuResult", MenuResult.from_wire, v),
            conference_id=v
            if (v := get("conferenceId")) is None or type(v) is str
            else at("conferenceId", read_str, v),
            reference=v
            if (v := get("reference")) is None or type(v) is str
            else at("reference", read_str, v),
            delayed=None if (v := get("delayed")) is None else at("delayed", read_bool, v),
            raw=raw,
        )

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
            wire["cookies"] = [element.to_wire() for element in self.cookies]
        if self.menu_result is not None:
            wire["menuResult"] = self.menu_result.to_wire()
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


_PIE_EVENT_FOLDED = {
    "applicationkey": "applicationKey",
    "callid": "callid",
    "conferenceid": "conferenceId",
    "cookies": "cookies",
    "custom": "custom",
    "delayed": "delayed",
    "event": "event",
    "menuresult": "menuResult",
    "reference": "reference",
    "timestamp": "timestamp",
    "user": "user",
    "version": "version",
}
_PIE_EVENT_KNOWN = frozenset(_PIE_EVENT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DiceEvent(Model):
    """Disconnected call event: the call is over (facts 8.1)."""

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
    cookies: tuple[KeyValue, ...] = ()
    """Values stored with setCookie in earlier replies of this call."""
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
    call_headers: tuple[CallHeader, ...] = ()
    """Headers given with the call, at most 1024 bytes together."""
    conference_id: str | None = None
    """Room the call is in or heads for, if any."""
    reference: str | None = None
    """Deprecated. Only in the model of the 2018 SDK; use custom to recognise a call of yours."""
    delayed: bool | None = None
    """Deprecated. Only in the model of the 2018 SDK; not documented, and nothing replaces it."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The payload as it came, with whatever this version has no field for."""

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

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _DICE_EVENT_KNOWN, _DICE_EVENT_FOLDED)
        get = fields.get
        return cls(
            call_id=v if type(v := get("callid")) is str else required(fields, "callid", read_str),
            application_key=v
            if (v := get("applicationKey")) is None or type(v) is str
            else at("applicationKey", read_str, v),
            version=None if (v := get("version")) is None else at("version", read_int, v),
            timestamp=None
            if (v := get("timestamp")) is None
            else at("timestamp", read_datetime, v),
            custom=v
            if (v := get("custom")) is None or type(v) is str
            else at("custom", read_str, v),
            user=v if (v := get("user")) is None or type(v) is str else at("user", read_str, v),
            cookies=() if get("cookies") is None else items(fields, "cookies", KeyValue.from_wire),
            reason=None if (v := get("reason")) is None else at("reason", DiceReason.from_wire, v),
            result=None if (v := get("result")) is None else at("result", CallResult.from_wire, v),
            duration=None if (v := get("duration")) is None else at("duration", read_seconds, v),
            debit=None if (v := get("debit")) is None else at("debit", Money.from_wire, v),
            user_rate=None
            if (v := get("userRate")) is None
            else at("userRate", Money.from_wire, v),
            from_=None if (v := get("from")) is None else at("from", read_cli, v),
            to=None if (v := get("to")) is None else at("to", Identity.from_wire, v),
            call_headers=()
            if get("callHeaders") is None
            else items(fields, "callHeaders", CallHeader.from_wire),
            conference_id=v
            if (v := get("conferenceId")) is None or type(v) is str
            else at("conferenceId", read_str, v),
            reference=v
            if (v := get("reference")) is None or type(v) is str
            else at("reference", read_str, v),
            delayed=None if (v := get("delayed")) is None else at("delayed", read_bool, v),
            raw=raw,
        )

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
            wire["cookies"] = [element.to_wire() for element in self.cookies]
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
            wire["callHeaders"] = [element.to_wire() for element in self.call_headers]
        if self.conference_id is not None:
            wire["conferenceId"] = self.conference_id
        if self.reference is not None:
            wire["reference"] = self.reference
        if self.delayed is not None:
            wire["delayed"] = self.delayed
        return wire


_DICE_EVENT_FOLDED = {
    "applicationkey": "applicationKey",
    "callheaders": "callHeaders",
    "callid": "callid",
    "conferenceid": "conferenceId",
    "cookies": "cookies",
    "custom": "custom",
    "debit": "debit",
    "delayed": "delayed",
    "duration": "duration",
    "event": "event",
    "from": "from",
    "reason": "reason",
    "reference": "reference",
    "result": "result",
    "timestamp": "timestamp",
    "to": "to",
    "user": "user",
    "userrate": "userRate",
    "version": "version",
}
_DICE_EVENT_KNOWN = frozenset(_DICE_EVENT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NotifyEvent(Model):
    """Notification: something that happened beside the call flow, named by type (facts 8.1, 8.5)."""

    event: ClassVar[Literal["notify"]] = "notify"
    """Always notify, the notification."""
    call_id: str
    """Id of the call, the same in all its events. Some sources spell the name callId."""
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
    cookies: tuple[KeyValue, ...] = ()
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
    """The payload as it came, with whatever this version has no field for."""

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

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _NOTIFY_EVENT_KNOWN, _NOTIFY_EVENT_FOLDED)
        get = fields.get
        return cls(
            call_id=v if type(v := get("callid")) is str else required(fields, "callid", read_str),
            application_key=v
            if (v := get("applicationKey")) is None or type(v) is str
            else at("applicationKey", read_str, v),
            version=None if (v := get("version")) is None else at("version", read_int, v),
            timestamp=None
            if (v := get("timestamp")) is None
            else at("timestamp", read_datetime, v),
            custom=v
            if (v := get("custom")) is None or type(v) is str
            else at("custom", read_str, v),
            user=v if (v := get("user")) is None or type(v) is str else at("user", read_str, v),
            cookies=() if get("cookies") is None else items(fields, "cookies", KeyValue.from_wire),
            type=None if (v := get("type")) is None else at("type", NotifyType.from_wire, v),
            destination=v
            if (v := get("destination")) is None or type(v) is str
            else at("destination", read_str, v),
            amd=None if (v := get("amd")) is None else at("amd", AmdResult.from_wire, v),
            error_code=None if (v := get("errorCode")) is None else at("errorCode", read_int, v),
            error_msg=v
            if (v := get("errorMsg")) is None or type(v) is str
            else at("errorMsg", read_str, v),
            conference_id=v
            if (v := get("conferenceId")) is None or type(v) is str
            else at("conferenceId", read_str, v),
            reference=v
            if (v := get("reference")) is None or type(v) is str
            else at("reference", read_str, v),
            delayed=None if (v := get("delayed")) is None else at("delayed", read_bool, v),
            raw=raw,
        )

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["event"] = "notify"
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
            wire["cookies"] = [element.to_wire() for element in self.cookies]
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


_NOTIFY_EVENT_FOLDED = {
    "amd": "amd",
    "applicationkey": "applicationKey",
    "callid": "callid",
    "conferenceid": "conferenceId",
    "cookies": "cookies",
    "custom": "custom",
    "delayed": "delayed",
    "destination": "destination",
    "errorcode": "errorCode",
    "errormsg": "errorMsg",
    "event": "event",
    "reference": "reference",
    "timestamp": "timestamp",
    "type": "type",
    "user": "user",
    "version": "version",
}
_NOTIFY_EVENT_KNOWN = frozenset(_NOTIFY_EVENT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MenuResult(Model):
    """How a menu ended, or which keys were pressed in a conference room (facts 8.4)."""

    menu_id: str | None = None
    """Menu that ended; for conference keys the id of the room."""
    type: MenuResultType | None = None
    """How it ended."""
    value: str | None = None
    """The value of the chosen return action, or the digits entered."""
    input_method: MenuInputMethod | None = None
    """Whether keys or speech gave the answer."""
    add_to_context: tuple[Any, ...] = attrs.field(default=(), hash=False)
    """Sent by the platform without being documented; entries are kept as they came."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "menu_id": "menuId",
        "type": "type",
        "value": "value",
        "input_method": "inputMethod",
        "add_to_context": "addToContext",
    }
    """Python names of the fields and their names on the wire."""

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _MENU_RESULT_KNOWN, _MENU_RESULT_FOLDED)
        get = fields.get
        return cls(
            menu_id=v
            if (v := get("menuId")) is None or type(v) is str
            else at("menuId", read_str, v),
            type=None if (v := get("type")) is None else at("type", MenuResultType.from_wire, v),
            value=v if (v := get("value")) is None or type(v) is str else at("value", read_str, v),
            input_method=None
            if (v := get("inputMethod")) is None
            else at("inputMethod", MenuInputMethod.from_wire, v),
            add_to_context=()
            if get("addToContext") is None
            else items(fields, "addToContext", read_any),
        )

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


_MENU_RESULT_FOLDED = {
    "addtocontext": "addToContext",
    "inputmethod": "inputMethod",
    "menuid": "menuId",
    "type": "type",
    "value": "value",
}
_MENU_RESULT_KNOWN = frozenset(_MENU_RESULT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AmdResult(Model):
    """Finding of answering machine detection (facts 8.2). Synchronous detection tells it in the
    ACE; asynchronous in notifications after the ACE.
    """

    status: AmdStatus | None = None
    """Who or what answered."""
    reason: AmdReason | None = None
    """What the finding rests on."""
    duration: timedelta | None = None
    """How long the analysis took, in seconds (one source says milliseconds; examples do not)."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "status": "status",
        "reason": "reason",
        "duration": "duration",
    }
    """Python names of the fields and their names on the wire."""

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`.Malformed` with the path of what is wrong."""
        fields = fields_of(raw, _AMD_RESULT_KNOWN, _AMD_RESULT_FOLDED)
        get = fields.get
        return cls(
            status=None if (v := get("status")) is None else at("status", AmdStatus.from_wire, v),
            reason=None if (v := get("reason")) is None else at("reason", AmdReason.from_wire, v),
            duration=None if (v := get("duration")) is None else at("duration", read_seconds, v),
        )

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


_AMD_RESULT_FOLDED = {
    "duration": "duration",
    "reason": "reason",
    "status": "status",
}
_AMD_RESULT_KNOWN = frozenset(_AMD_RESULT_FOLDED.values())


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownVoiceEvent(Model):
    """Any VoiceEvent that this version does not know, kept as it came."""

    event: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(event=text_of_tag(payload, "event"), raw=payload)

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> VoiceEvent:
        """The same as :func:`read_voice_event`; how ``codec.converter()`` finds it."""
        return read_voice_event(raw)


VoiceEvent: TypeAlias = IceEvent | AceEvent | PieEvent | DiceEvent | NotifyEvent | UnknownVoiceEvent
"""Any voice callback, told apart by its event property (facts 8)."""

_VOICE_EVENT_MEMBERS: dict[str, Callable[[object], VoiceEvent]] = {
    "ice": IceEvent.from_wire,
    "ace": AceEvent.from_wire,
    "pie": PieEvent.from_wire,
    "dice": DiceEvent.from_wire,
    "notify": NotifyEvent.from_wire,
}


def read_voice_event(raw: object) -> VoiceEvent:
    """Read whichever VoiceEvent the tag names; letter case does not matter."""
    tag = tag_of(raw, "event")
    return _VOICE_EVENT_MEMBERS.get(tag, UnknownVoiceEvent.from_wire)(raw)
