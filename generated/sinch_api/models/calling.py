# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the calling part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

import attrs

from ..bounds import Bounds
from ..caller_id import Cli
from ..codec import (
    read_bool,
    read_cli,
    read_datetime,
    read_seconds,
    read_str,
    write_cli,
    write_datetime,
    write_seconds,
)
from ..enums import OpenEnum
from ..model import Model, Problem, list_of, reads
from .common import CallDomain, CallResult, ConferenceDtmfOptions, Identity, Money, MusicOnHold


class CalloutMethod(OpenEnum):
    """What a callout does once it is answered."""

    TTS = "ttsCallout"
    """Speaks a text or plays prompts, then hangs up."""
    CONFERENCE = "conferenceCallout"
    """Joins a conference room."""
    CUSTOM = "customCallout"
    """Runs SVAML you supply."""


class CallStatus(OpenEnum):
    """Whether a call is running."""

    ONGOING = "ONGOING"
    """Still in progress, or not answered yet."""
    FINAL = "FINAL"
    """Over; result, reason and cost no longer change."""


class CallReason(OpenEnum):
    """Why a call ended, as told by getCall (docs/platform/calling.md#calls). Callbacks use the
    longer DiceReason list.
    """

    NOT_AVAILABLE = "N/A"
    """Not over yet, or nothing to tell."""
    TIMEOUT = "TIMEOUT"
    """Nobody answered in time, or the longest duration was reached."""
    CALLER_HANGUP = "CALLERHANGUP"
    """The caller hung up."""
    CALLEE_HANGUP = "CALLEEHANGUP"
    """The callee hung up."""
    BLOCKED = "BLOCKED"
    """The call was blocked."""
    NO_CREDIT_PARTNER = "NOCREDITPARTNER"
    """The account ran out of credit."""
    MANAGER_HANGUP = "MANAGERHANGUP"
    """Ended through the API or SVAML."""
    CANCEL = "CANCEL"
    """The caller gave up before the call was answered."""
    GENERAL_ERROR = "GENERALERROR"
    """Something went wrong."""
    INVALID_SVAML_ACTION = "INVALIDSVAMLACTION"
    """The SVAML of the call held an action that is not allowed there."""


class CallLeg(OpenEnum):
    """Side of a call."""

    CALLER = "caller"
    """The one who called; the platform's default."""
    CALLEE = "callee"
    """The one who was called."""
    BOTH = "both"
    """Both sides."""


class ParticipantCommand(OpenEnum):
    """What can be done to a participant (docs/platform/calling.md#conferences)."""

    MUTE = "mute"
    """The others no longer hear this participant."""
    UNMUTE = "unmute"
    """Ends mute."""
    ON_HOLD = "onhold"
    """Takes the participant out of the conversation."""
    RESUME = "resume"
    """Ends onhold."""


class NumberCapability(OpenEnum):
    """What a number is used for."""

    VOICE = "voice"
    """Calls."""
    SMS = "sms"
    """Text messages."""


class NumberType(OpenEnum):
    """Kind of phone line."""

    UNKNOWN = "Unknown"
    """The platform cannot tell."""
    FIXED = "Fixed"
    """A landline."""
    MOBILE = "Mobile"
    """A mobile phone."""
    OTHER = "Other"
    """Neither of the two."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalloutRequest(Model):
    """One callout: the method and the settings object of the same name. Fill exactly that object;
    the others are ignored (docs/platform/calling.md#callouts).
    """

    method: CalloutMethod
    """Which of the three settings objects applies."""
    tts_callout: TtsCallout | None = None
    """Settings when the method is ttsCallout."""
    conference_callout: ConferenceCallout | None = None
    """Settings when the method is conferenceCallout."""
    custom_callout: CustomCallout | None = None
    """Settings when the method is customCallout."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "method": "method",
        "tts_callout": "ttsCallout",
        "conference_callout": "conferenceCallout",
        "custom_callout": "customCallout",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["method"] = self.method.to_wire()
        if self.tts_callout is not None:
            wire["ttsCallout"] = self.tts_callout.to_wire()
        if self.conference_callout is not None:
            wire["conferenceCallout"] = self.conference_callout.to_wire()
        if self.custom_callout is not None:
            wire["customCallout"] = self.custom_callout.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TtsCallout(Model):
    """A call that speaks a text. Give either text or prompts (docs/platform/calling.md#callouts)."""

    destination: Identity
    """Whom to call, by phone number, in-app user name or SIP address."""
    cli: str | None = None
    """Number shown to the callee, international form, or private to hide it. Calls to phones
    without one are accepted but may never arrive.
    """
    dtmf: str | None = None
    """Keys to send when answered, made of 0-9, # and w, where w pauses 500 ms
    (docs/platform/values.md#dtmf).
    """
    domain: CallDomain | None = None
    """Network the callee is in."""
    custom: str | None = None
    """Text of yours that comes back in every event of the call, at most 1024 bytes."""
    locale: str | None = None
    """Language or voice of the speech, such as sv-SE. Default en-US."""
    text: str | None = None
    """Plain text to speak, at most 600 characters unless support raised it."""
    prompts: str | None = None
    """Prompts played in order, separated by semicolons, each a file name, a URL, #tts[...],
    #ssml[...] or #href[...]. Spoken parts together at most 600 characters
    (docs/platform/values.md#prompts).
    """
    enable_ace: bool | None = None
    """Send an answered call event. Default false; never sent for in-app callees. The reply may play
    something else, or continue to speak the text.
    """
    enable_dice: bool | None = None
    """Send a disconnected call event. Default false; never sent for in-app callees."""
    enable_pie: bool | None = None
    """Send prompt input events. Default false."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination": "destination",
        "cli": "cli",
        "dtmf": "dtmf",
        "domain": "domain",
        "custom": "custom",
        "locale": "locale",
        "text": "text",
        "prompts": "prompts",
        "enable_ace": "enableAce",
        "enable_dice": "enableDice",
        "enable_pie": "enablePie",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["destination"] = self.destination.to_wire()
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.dtmf is not None:
            wire["dtmf"] = self.dtmf
        if self.domain is not None:
            wire["domain"] = self.domain.to_wire()
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.locale is not None:
            wire["locale"] = self.locale
        if self.text is not None:
            wire["text"] = self.text
        if self.prompts is not None:
            wire["prompts"] = self.prompts
        if self.enable_ace is not None:
            wire["enableAce"] = self.enable_ace
        if self.enable_dice is not None:
            wire["enableDice"] = self.enable_dice
        if self.enable_pie is not None:
            wire["enablePie"] = self.enable_pie
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConferenceCallout(Model):
    """A call that puts the callee into a conference room (docs/platform/calling.md#callouts)."""

    destination: Identity
    """Whom to call, by phone number, in-app user name or SIP address."""
    conference_id: str
    """Room to join, at most 64 characters. It comes into being with its first participant."""
    cli: str | None = None
    """Number shown to the callee, international form, or private to hide it."""
    conference_dtmf_options: ConferenceDtmfOptions | None = None
    """What happens to keys this participant presses in the room."""
    dtmf: str | None = None
    """Keys to send when answered, made of 0-9, # and w, where w pauses 500 ms
    (docs/platform/values.md#dtmf).
    """
    max_duration: timedelta | None = None
    """Longest time the call may last, in seconds, at most 14400 (four hours)."""
    enable_ace: bool | None = None
    """Send an answered call event. Default false; never sent for in-app callees. The reply must
    then be SVAML with a connectConf action.
    """
    enable_dice: bool | None = None
    """Send a disconnected call event. Default false; never sent for in-app callees."""
    enable_pie: bool | None = None
    """Send prompt input events. Default false."""
    locale: str | None = None
    """Language or voice of the greeting, such as sv-SE. Default en-US."""
    greeting: str | None = None
    """Text spoken to the callee before joining."""
    moh_class: MusicOnHold | None = None
    """What the callee hears while alone in the room. Default silence."""
    custom: str | None = None
    """Text of yours that comes back in every event of the call, at most 1024 bytes."""
    domain: CallDomain | None = None
    """Network the callee is in."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination": "destination",
        "conference_id": "conferenceId",
        "cli": "cli",
        "conference_dtmf_options": "conferenceDtmfOptions",
        "dtmf": "dtmf",
        "max_duration": "maxDuration",
        "enable_ace": "enableAce",
        "enable_dice": "enableDice",
        "enable_pie": "enablePie",
        "locale": "locale",
        "greeting": "greeting",
        "moh_class": "mohClass",
        "custom": "custom",
        "domain": "domain",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["destination"] = self.destination.to_wire()
        wire["conferenceId"] = self.conference_id
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.conference_dtmf_options is not None:
            wire["conferenceDtmfOptions"] = self.conference_dtmf_options.to_wire()
        if self.dtmf is not None:
            wire["dtmf"] = self.dtmf
        if self.max_duration is not None:
            wire["maxDuration"] = write_seconds(self.max_duration)
        if self.enable_ace is not None:
            wire["enableAce"] = self.enable_ace
        if self.enable_dice is not None:
            wire["enableDice"] = self.enable_dice
        if self.enable_pie is not None:
            wire["enablePie"] = self.enable_pie
        if self.locale is not None:
            wire["locale"] = self.locale
        if self.greeting is not None:
            wire["greeting"] = self.greeting
        if self.moh_class is not None:
            wire["mohClass"] = self.moh_class.to_wire()
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.domain is not None:
            wire["domain"] = self.domain.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CustomCallout(Model):
    """A call steered by SVAML you give here or serve at URLs you name. Each of ice, ace and pie is
    either a URL or SVAML written out as a JSON string; left out, the event goes to the
    application's callback address (docs/platform/calling.md#callouts).
    """

    destination: Identity | None = None
    """Whom to call. Leave it out when ice holds SVAML, whose action names the number."""
    cli: str | None = None
    """Number shown to the callee, international form, or private to hide it. Leave it out when ice
    holds SVAML, whose action names it.
    """
    dtmf: str | None = None
    """Keys to send when answered, made of 0-9, # and w, where w pauses 500 ms
    (docs/platform/values.md#dtmf).
    """
    custom: str | None = None
    """Text of yours that comes back in every event of the call, at most 1024 bytes."""
    max_duration: timedelta | None = None
    """Longest time the call may last, in seconds, at most 14400 (four hours)."""
    ice: str | None = None
    """URL for the incoming call event, or the SVAML answering it as a JSON string. The action must
    be connectPstn, or connectStream for an outbound stream.
    """
    ace: str | None = None
    """URL for the answered call event, or the SVAML answering it as a JSON string."""
    pie: str | None = None
    """URL for prompt input events, or the SVAML answering them as a JSON string."""
    dice: str | None = None
    """URL for the disconnected call event. Newer vendor clients no longer send it."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination": "destination",
        "cli": "cli",
        "dtmf": "dtmf",
        "custom": "custom",
        "max_duration": "maxDuration",
        "ice": "ice",
        "ace": "ace",
        "pie": "pie",
        "dice": "dice",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.destination is not None:
            wire["destination"] = self.destination.to_wire()
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.dtmf is not None:
            wire["dtmf"] = self.dtmf
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.max_duration is not None:
            wire["maxDuration"] = write_seconds(self.max_duration)
        if self.ice is not None:
            wire["ice"] = self.ice
        if self.ace is not None:
            wire["ace"] = self.ace
        if self.pie is not None:
            wire["pie"] = self.pie
        if self.dice is not None:
            wire["dice"] = self.dice
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalloutResponse(Model):
    """The accepted callout."""

    call_id: str
    """Id of the new call; older deployments spell the name callid."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callId",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["callId"] = self.call_id
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CallInfo(Model):
    """State and outcome of one call (docs/platform/calling.md#calls)."""

    call_id: str
    """Id of the call."""
    from_: Identity | None = None
    """Who called. The type may come capitalised."""
    to: Identity | None = None
    """Who was called. The type may come capitalised."""
    domain: CallDomain | None = None
    """Network the call went to, nowadays always pstn."""
    duration: timedelta | None = None
    """How long the call lasted, in seconds; 0 until it was answered."""
    status: CallStatus | None = None
    """Whether the call is still running."""
    result: CallResult | None = None
    """How the call attempt turned out; N/A while undecided."""
    reason: CallReason | None = None
    """Why the call ended; N/A while it runs."""
    timestamp: datetime | None = None
    """When the call was made, UTC even where the zone is missing."""
    custom: str | None = None
    """The text you attached when placing the call."""
    user_rate: Money | None = None
    """Price per minute."""
    debit: Money | None = None
    """What the call has cost in total."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "call_id": "callId",
        "from_": "from",
        "to": "to",
        "domain": "domain",
        "duration": "duration",
        "status": "status",
        "result": "result",
        "reason": "reason",
        "timestamp": "timestamp",
        "custom": "custom",
        "user_rate": "userRate",
        "debit": "debit",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["callId"] = self.call_id
        if self.from_ is not None:
            wire["from"] = self.from_.to_wire()
        if self.to is not None:
            wire["to"] = self.to.to_wire()
        if self.domain is not None:
            wire["domain"] = self.domain.to_wire()
        if self.duration is not None:
            wire["duration"] = write_seconds(self.duration)
        if self.status is not None:
            wire["status"] = self.status.to_wire()
        if self.result is not None:
            wire["result"] = self.result.to_wire()
        if self.reason is not None:
            wire["reason"] = self.reason.to_wire()
        if self.timestamp is not None:
            wire["timestamp"] = write_datetime(self.timestamp)
        if self.custom is not None:
            wire["custom"] = self.custom
        if self.user_rate is not None:
            wire["userRate"] = self.user_rate.to_wire()
        if self.debit is not None:
            wire["debit"] = self.debit.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Conference(Model):
    """A conference room with somebody in it (docs/platform/calling.md#conferences)."""

    participants: tuple[ConferenceParticipant, ...]
    """Everybody in the room."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "participants": "participants",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["participants"] = [element.to_wire() for element in self.participants]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConferenceParticipant(Model):
    """One call leg in a conference room."""

    id: str
    """Id of the call leg, which is its call id; names the participant in further requests."""
    cli: Cli | None = None
    """Number or user name of the participant."""
    duration: timedelta | None = None
    """Time spent in the room so far, in seconds."""
    muted: bool | None = None
    """True when the others cannot hear this participant."""
    on_hold: bool | None = None
    """True while put on hold. Absent in older answers."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "cli": "cli",
        "duration": "duration",
        "muted": "muted",
        "on_hold": "onhold",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.cli is not None:
            wire["cli"] = write_cli(self.cli)
        if self.duration is not None:
            wire["duration"] = write_seconds(self.duration)
        if self.muted is not None:
            wire["muted"] = self.muted
        if self.on_hold is not None:
            wire["onhold"] = self.on_hold
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ParticipantCommandRequest(Model):
    """A change to one participant."""

    command: ParticipantCommand
    """What to change."""
    moh: MusicOnHold | None = None
    """What the participant hears while alone in the room, not while on hold. Only with onhold;
    default silence.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "command": "command",
        "moh": "moh",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["command"] = self.command.to_wire()
        if self.moh is not None:
            wire["moh"] = self.moh.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NumbersResponse(Model):
    """The numbers of the account."""

    numbers: tuple[ApplicationNumber, ...]
    """One entry for each number."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "numbers": "numbers",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["numbers"] = [element.to_wire() for element in self.numbers]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ApplicationNumber(Model):
    """A number the account owns (docs/platform/configuration.md)."""

    number: str
    """The number in international form."""
    application_key: str | None = None
    """Application it is assigned to; absent when it is free."""
    capability: NumberCapability | None = None
    """What the number is used for."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "number": "number",
        "application_key": "applicationkey",
        "capability": "capability",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["number"] = self.number
        if self.application_key is not None:
            wire["applicationkey"] = self.application_key
        if self.capability is not None:
            wire["capability"] = self.capability.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AssignNumbersRequest(Model):
    """Numbers to hand to an application (docs/platform/configuration.md)."""

    numbers: tuple[str, ...]
    """1 to 100 numbers of the account in international form."""
    application_key: str | None = None
    """Application to receive them. Default is the one that signs the request."""
    capability: NumberCapability | None = None
    """Whether calls or messages are meant."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "numbers": "numbers",
        "application_key": "applicationkey",
        "capability": "capability",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["numbers"] = list(self.numbers)
        if self.application_key is not None:
            wire["applicationkey"] = self.application_key
        if self.capability is not None:
            wire["capability"] = self.capability.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnassignNumberRequest(Model):
    """A number to take from an application (docs/platform/configuration.md)."""

    number: str
    """The number in international form."""
    application_key: str | None = None
    """Application that has it. Default is the one that signs the request."""
    capability: NumberCapability | None = None
    """Whether calls or messages are meant."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "number": "number",
        "application_key": "applicationkey",
        "capability": "capability",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["number"] = self.number
        if self.application_key is not None:
            wire["applicationkey"] = self.application_key
        if self.capability is not None:
            wire["capability"] = self.capability.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CallbackSettings(Model):
    """Where the voice callbacks of an application go."""

    url: CallbackUrls
    """The addresses."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "url": "url",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["url"] = self.url.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CallbackUrls(Model):
    """The two callback addresses of an application (docs/platform/configuration.md)."""

    primary: str | None = None
    """URL that gets every voice callback; absent when none is set."""
    fallback: str | None = None
    """URL used when the primary one times out or fails; absent when none is set."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "primary": "primary",
        "fallback": "fallback",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.primary is not None:
            wire["primary"] = self.primary
        if self.fallback is not None:
            wire["fallback"] = self.fallback
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NumberQueryResponse(Model):
    """The answer to a number query."""

    number: NumberInfo
    """What is known about the number. The vendor's examples call it numberItem."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "number": "number",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["number"] = self.number.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NumberInfo(Model):
    """Facts about a phone number (docs/platform/configuration.md)."""

    country_id: str | None = None
    """Country of the number, two letters as in ISO 3166-1."""
    number_type: NumberType | None = None
    """Kind of line."""
    normalized_number: str | None = None
    """The number in international form."""
    restricted: bool | None = None
    """True when calls to the number are not allowed."""
    rate: Money | None = None
    """Price per minute for calling the number."""
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)
    """The object as it came, with whatever this version has no field for."""
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False, repr=False)
    """What in it could not be read: where, as a JSON pointer, and why. Mostly empty."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "country_id": "countryId",
        "number_type": "numberType",
        "normalized_number": "normalizedNumber",
        "restricted": "restricted",
        "rate": "rate",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.country_id is not None:
            wire["countryId"] = self.country_id
        if self.number_type is not None:
            wire["numberType"] = self.number_type.to_wire()
        if self.normalized_number is not None:
            wire["normalizedNumber"] = self.normalized_number
        if self.restricted is not None:
            wire["restricted"] = self.restricted
        if self.rate is not None:
            wire["rate"] = self.rate.to_wire()
        return wire


# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    CalloutRequest,
    {
        "method": ("method", CalloutMethod.from_wire),
        "ttsCallout": ("tts_callout", TtsCallout.from_wire_strictly),
        "conferenceCallout": ("conference_callout", ConferenceCallout.from_wire_strictly),
        "customCallout": ("custom_callout", CustomCallout.from_wire_strictly),
    },
    required=("method",),
)
reads(
    TtsCallout,
    {
        "destination": ("destination", Identity.from_wire_strictly),
        "cli": ("cli", None),
        "dtmf": ("dtmf", None),
        "domain": ("domain", CallDomain.from_wire),
        "custom": ("custom", None),
        "locale": ("locale", None),
        "text": ("text", None),
        "prompts": ("prompts", None),
        "enableAce": ("enable_ace", read_bool),
        "enableDice": ("enable_dice", read_bool),
        "enablePie": ("enable_pie", read_bool),
    },
    required=("destination",),
)
reads(
    ConferenceCallout,
    {
        "destination": ("destination", Identity.from_wire_strictly),
        "conferenceId": ("conference_id", None),
        "cli": ("cli", None),
        "conferenceDtmfOptions": (
            "conference_dtmf_options",
            ConferenceDtmfOptions.from_wire_strictly,
        ),
        "dtmf": ("dtmf", None),
        "maxDuration": ("max_duration", read_seconds),
        "enableAce": ("enable_ace", read_bool),
        "enableDice": ("enable_dice", read_bool),
        "enablePie": ("enable_pie", read_bool),
        "locale": ("locale", None),
        "greeting": ("greeting", None),
        "mohClass": ("moh_class", MusicOnHold.from_wire),
        "custom": ("custom", None),
        "domain": ("domain", CallDomain.from_wire),
    },
    required=(
        "destination",
        "conference_id",
    ),
    bounds={
        "conference_id": Bounds(max_length=64),
        "max_duration": Bounds(maximum=14400, written=write_seconds),
    },
)
reads(
    CustomCallout,
    {
        "destination": ("destination", Identity.from_wire_strictly),
        "cli": ("cli", None),
        "dtmf": ("dtmf", None),
        "custom": ("custom", None),
        "maxDuration": ("max_duration", read_seconds),
        "ice": ("ice", None),
        "ace": ("ace", None),
        "pie": ("pie", None),
        "dice": ("dice", None),
    },
    bounds={
        "max_duration": Bounds(maximum=14400, written=write_seconds),
    },
)
reads(
    CalloutResponse,
    {
        "callId": ("call_id", None),
    },
    required=("call_id",),
    lenient=True,
)
reads(
    CallInfo,
    {
        "callId": ("call_id", None),
        "from": ("from_", Identity.from_wire_strictly),
        "to": ("to", Identity.from_wire_strictly),
        "domain": ("domain", CallDomain.from_wire),
        "duration": ("duration", read_seconds),
        "status": ("status", CallStatus.from_wire),
        "result": ("result", CallResult.from_wire),
        "reason": ("reason", CallReason.from_wire),
        "timestamp": ("timestamp", read_datetime),
        "custom": ("custom", None),
        "userRate": ("user_rate", Money.from_wire_strictly),
        "debit": ("debit", Money.from_wire_strictly),
    },
    required=("call_id",),
    lenient=True,
)
reads(
    Conference,
    {
        "participants": ("participants", list_of(ConferenceParticipant.from_wire_strictly)),
    },
    required=("participants",),
    identifies=(),
    if_missing={
        "participants": (),
    },
    lenient=True,
)
reads(
    ConferenceParticipant,
    {
        "id": ("id", None),
        "cli": ("cli", read_cli),
        "duration": ("duration", read_seconds),
        "muted": ("muted", read_bool),
        "onhold": ("on_hold", read_bool),
    },
    required=("id",),
    lenient=True,
)
reads(
    ParticipantCommandRequest,
    {
        "command": ("command", ParticipantCommand.from_wire),
        "moh": ("moh", MusicOnHold.from_wire),
    },
    required=("command",),
)
reads(
    NumbersResponse,
    {
        "numbers": ("numbers", list_of(ApplicationNumber.from_wire_strictly)),
    },
    required=("numbers",),
    identifies=(),
    if_missing={
        "numbers": (),
    },
    lenient=True,
)
reads(
    ApplicationNumber,
    {
        "number": ("number", None),
        "applicationkey": ("application_key", None),
        "capability": ("capability", NumberCapability.from_wire),
    },
    required=("number",),
    lenient=True,
)
reads(
    AssignNumbersRequest,
    {
        "numbers": ("numbers", list_of(read_str)),
        "applicationkey": ("application_key", None),
        "capability": ("capability", NumberCapability.from_wire),
    },
    required=("numbers",),
    bounds={
        "numbers": Bounds(min_items=1, max_items=100),
    },
)
reads(
    UnassignNumberRequest,
    {
        "number": ("number", None),
        "applicationkey": ("application_key", None),
        "capability": ("capability", NumberCapability.from_wire),
    },
    required=("number",),
)
reads(
    CallbackSettings,
    {
        "url": ("url", CallbackUrls.from_wire_strictly),
    },
    required=("url",),
    identifies=(),
    if_missing={
        "url": CallbackUrls(),
    },
    lenient=True,
)
reads(
    CallbackUrls,
    {
        "primary": ("primary", None),
        "fallback": ("fallback", None),
    },
    lenient=True,
)
reads(
    NumberQueryResponse,
    {
        "number": ("number", NumberInfo.from_wire_strictly),
    },
    required=("number",),
    aliases={
        "numberitem": "number",
    },
    identifies=(),
    if_missing={
        "number": NumberInfo(),
    },
    lenient=True,
)
reads(
    NumberInfo,
    {
        "countryId": ("country_id", None),
        "numberType": ("number_type", NumberType.from_wire),
        "normalizedNumber": ("normalized_number", None),
        "restricted": ("restricted", read_bool),
        "rate": ("rate", Money.from_wire_strictly),
    },
    lenient=True,
)
