# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Models of the svaml part of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Literal, Self, TypeAlias

import attrs

from ..bounds import Bounds
from ..codec import (
    read_bool,
    read_int,
    read_milliseconds,
    read_object,
    read_seconds,
    read_str,
    read_text,
    text_of_tag,
    write_milliseconds,
    write_seconds,
)
from ..enums import OpenEnum
from ..model import TAG, Model, Problem, Tagged, list_of, masked, reads
from .common import CallHeader, ConferenceDtmfOptions, Identity, KeyValue, MusicOnHold


class SipTransport(OpenEnum):
    """Transport protocol of a SIP leg. Some examples use lower case; send upper case
    (docs/platform/svaml.md#actions).
    """

    UDP = "UDP"
    """Datagrams, the default."""
    TCP = "TCP"
    """Plain TCP connection."""
    TLS = "TLS"
    """TCP connection encrypted with TLS."""


class ConferenceType(OpenEnum):
    """Deprecated. Size of a conference room as the 2018 SDK states it. Missing from the current
    schema; nothing replaces it (docs/platform/svaml.md#actions).
    """

    TWO_PART = "twopart"
    """Room for two parties."""
    MULTI_PART = "multipart"
    """Room for any number of parties."""


class ReportedCallStatus(OpenEnum):
    """Verdict of a ReportCallStatus instruction. Sinch ignores its letter case
    (docs/platform/svaml.md#instructions).
    """

    SUCCESS = "success"
    """The call served its purpose."""
    FAILURE = "failure"
    """The call did not serve its purpose."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Svamlet(Model):
    """The script that steers a call, sent as the reply to a voice callback or as the body of a call
    update. Instructions run in list order, then the single action decides what the call does next.
    Replies to ICE, ACE and PIE need an action; an empty object is accepted for DICE and Notify
    (docs/platform/svaml.md).
    """

    instructions: tuple[Instruction, ...] = ()
    """Steps carried out in this order before the action. Any number; absent means none."""
    action: Action | None = None
    """What happens to the call once the instructions are done. Exactly one, except that replies to
    DICE and Notify may leave it out.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "instructions": "instructions",
        "action": "action",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.instructions:
            wire["instructions"] = [element.to_wire() for element in self.instructions]
        if self.action is not None:
            wire["action"] = self.action.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IceSvamlet(Model):
    """A Svamlet that may be a reply to ICE: it holds nothing that is not accepted there
    (docs/platform/svaml.md#contexts).
    """

    instructions: tuple[IceInstruction, ...] = ()
    """Steps carried out in this order before the action. Any number; absent means none."""
    action: IceAction
    """What happens to the call once the instructions are done."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "instructions": "instructions",
        "action": "action",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.instructions:
            wire["instructions"] = [element.to_wire() for element in self.instructions]
        wire["action"] = self.action.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AceSvamlet(Model):
    """A Svamlet that may be a reply to ACE: it holds nothing that is not accepted there
    (docs/platform/svaml.md#contexts).
    """

    instructions: tuple[AceInstruction, ...] = ()
    """Steps carried out in this order before the action. Any number; absent means none."""
    action: AceAction
    """What happens to the call once the instructions are done."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "instructions": "instructions",
        "action": "action",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.instructions:
            wire["instructions"] = [element.to_wire() for element in self.instructions]
        wire["action"] = self.action.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PieSvamlet(Model):
    """A Svamlet that may be a reply to PIE: it holds nothing that is not accepted there
    (docs/platform/svaml.md#contexts).
    """

    instructions: tuple[PieInstruction, ...] = ()
    """Steps carried out in this order before the action. Any number; absent means none."""
    action: PieAction
    """What happens to the call once the instructions are done."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "instructions": "instructions",
        "action": "action",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.instructions:
            wire["instructions"] = [element.to_wire() for element in self.instructions]
        wire["action"] = self.action.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UpdateSvamlet(Model):
    """A Svamlet that may be an update of a running call: it holds nothing that is not accepted
    there (docs/platform/svaml.md#contexts).
    """

    instructions: tuple[UpdateInstruction, ...] = ()
    """Steps carried out in this order before the action. Any number; absent means none."""
    action: Action
    """What happens to the call once the instructions are done."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "instructions": "instructions",
        "action": "action",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.instructions:
            wire["instructions"] = [element.to_wire() for element in self.instructions]
        wire["action"] = self.action.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Hangup(Model):
    """Ends the call once the instructions are done. Allowed in replies to ICE, ACE and PIE and in
    call updates (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["hangup"]] = "hangup"
    """Tag of this action, always hangup."""
    hangup_cause: int | None = None
    """Deprecated. Signal given to the caller - 0 normal, 1 busy, 2 congestion; absent means normal.
    Known from the 2018 SDK only and missing from the current schema; nothing replaces it.
    """
    barge: bool | None = None
    """Deprecated. Barge flag of a hangup, sent by the 2018 SDK in call updates only; its exact
    effect is not documented. Missing from the current schema; nothing replaces it.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "hangup_cause": "hangupCause",
        "barge": "barge",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "hangup"
        if self.hangup_cause is not None:
            wire["hangupCause"] = self.hangup_cause
        if self.barge is not None:
            wire["barge"] = self.barge
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Continue(Model):
    """Lets the call go on as it was set up, for example connects the answered leg or plays the text
    of a TTS callout. Allowed in replies to ACE and PIE and in call updates
    (docs/platform/calling.md#callouts).
    """

    name: ClassVar[Literal["continue"]] = "continue"
    """Tag of this action, always continue."""
    record: bool | None = None
    """Deprecated. Whether to record the call. Documented until 2021 only; use the startRecording
    instruction.
    """
    recording_options: RecordingOptions | None = None
    """Deprecated. Storage settings for record. Documented until 2021 only; use the options of the
    startRecording instruction.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "record": "record",
        "recording_options": "recordingOptions",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "continue"
        if self.record is not None:
            wire["record"] = self.record
        if self.recording_options is not None:
            wire["recordingOptions"] = self.recording_options.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConnectPstn(Model):
    """Dials a telephone number and bridges it to the call. Allowed in replies to ICE and PIE
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["connectPstn"]] = "connectPstn"
    """Tag of this action, always connectPstn."""
    number: str | None = None
    """Number to dial in E.164 form with a leading plus. Absent means the number the client dialled.
    """
    cli: str | None = None
    """Caller id to show, an E.164 number; the word private hides it. Absent means the caller id of
    the caller. The word incoming asks for the same but is known from the 2018 SDK only.
    """
    locale: str | None = None
    """Language of spoken announcements as a locale such as sv-SE. Default en-US."""
    max_duration: timedelta | None = None
    """Longest time the legs stay connected, in whole seconds. At most 14400 (4 hours)."""
    dial_timeout: timedelta | None = None
    """How long to ring before giving up, in whole seconds. The telephone leg then ends with reason
    TIMEOUT and result NOANSWER, an in-app caller leg with N/A and BUSY.
    """
    suppress_callbacks: bool | None = None
    """True stops ACE and DICE from being sent for the rest of the call. Default false."""
    dtmf: str | None = None
    """Tones sent when the callee answers, made of 0-9, # and w, where w waits 500 ms."""
    indications: str | None = None
    """Country whose ringback tones the caller hears, one of at, au, bg, br, be, ch, cl, cn, cz, de,
    dk, ee, es, fi, fr, gr, hu, il, in, it, lt, jp, mx, my, nl, no, nz, ph, pl, pt, ru, se, sg, th,
    uk, us, tw, ve, za. The list is open; 2018 clients also sent ml and us-old
    (docs/platform/values.md#indications).
    """
    amd: AmdOptions | None = None
    """Answering machine detection for the dialled leg. Absent means none."""
    destination: Identity | None = None
    """Deprecated. Number to dial as an identity of type number, the form the 2018 SDK sends. Use
    number.
    """
    record: bool | None = None
    """Deprecated. Whether to record the call. Documented until 2021 only; use the startRecording
    instruction.
    """
    recording_options: RecordingOptions | None = None
    """Deprecated. Storage settings for record. Documented until 2021 only; use the options of the
    startRecording instruction.
    """
    tags: tuple[CallTag, ...] = ()
    """Deprecated. Billing tags put on the call. Known from a later .NET SDK only and missing from
    the current schema; nothing replaces them.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "number": "number",
        "cli": "cli",
        "locale": "locale",
        "max_duration": "maxDuration",
        "dial_timeout": "dialTimeout",
        "suppress_callbacks": "suppressCallbacks",
        "dtmf": "dtmf",
        "indications": "indications",
        "amd": "amd",
        "destination": "destination",
        "record": "record",
        "recording_options": "recordingOptions",
        "tags": "tags",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "connectPstn"
        if self.number is not None:
            wire["number"] = self.number
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.locale is not None:
            wire["locale"] = self.locale
        if self.max_duration is not None:
            wire["maxDuration"] = write_seconds(self.max_duration)
        if self.dial_timeout is not None:
            wire["dialTimeout"] = write_seconds(self.dial_timeout)
        if self.suppress_callbacks is not None:
            wire["suppressCallbacks"] = self.suppress_callbacks
        if self.dtmf is not None:
            wire["dtmf"] = self.dtmf
        if self.indications is not None:
            wire["indications"] = self.indications
        if self.amd is not None:
            wire["amd"] = self.amd.to_wire()
        if self.destination is not None:
            wire["destination"] = self.destination.to_wire()
        if self.record is not None:
            wire["record"] = self.record
        if self.recording_options is not None:
            wire["recordingOptions"] = self.recording_options.to_wire()
        if self.tags:
            wire["tags"] = [element.to_wire() for element in self.tags]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConnectMxp(Model):
    """Connects the call to an in-app (data) user. Allowed in replies to ICE only
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["connectMxp"]] = "connectMxp"
    """Tag of this action, always connectMxp."""
    destination: Identity | None = None
    """User to call, an identity of type username; 2018 clients allowed at most 128 characters.
    Absent means the user the client dialled.
    """
    call_headers: tuple[CallHeader, ...] = ()
    """Headers handed to the called client. All keys and values together at most 1024 bytes of
    UTF-8. Some clients spell the property callheaders.
    """
    cli: str | None = None
    """Deprecated. Caller id to show, with private to hide it and incoming to keep that of the
    caller. Known from the 2018 SDK only; nothing replaces it.
    """
    indications: str | None = None
    """Deprecated. Country whose ringback tones the caller hears, with the values of connectPstn
    indications. Known from the 2018 SDK only; nothing replaces it.
    """
    record: bool | None = None
    """Deprecated. Whether to record the call. Known from the 2018 SDK only; recording is documented
    as unsupported for in-app destinations, and nothing replaces it.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination": "destination",
        "call_headers": "callHeaders",
        "cli": "cli",
        "indications": "indications",
        "record": "record",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "connectMxp"
        if self.destination is not None:
            wire["destination"] = self.destination.to_wire()
        if self.call_headers:
            wire["callHeaders"] = [element.to_wire() for element in self.call_headers]
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.indications is not None:
            wire["indications"] = self.indications
        if self.record is not None:
            wire["record"] = self.record
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConnectConference(Model):
    """Puts the call into a conference room, which is created if it does not exist. Rooms belong to
    a region, so reach all participants of one room through the same regional host. Allowed in
    replies to ICE, ACE and PIE (docs/platform/hosts.md).
    """

    name: ClassVar[Literal["connectConf"]] = "connectConf"
    """Tag of this action, always connectConf."""
    conference_id: str
    """Id of the room, your choice, at most 64 characters."""
    conference_dtmf_options: ConferenceDtmfOptions | None = None
    """What is done with tones this participant presses. Absent means they are ignored."""
    moh: MusicOnHold | None = None
    """Sound played to the participant while alone in the room, not while on hold. Absent means
    silence.
    """
    record: bool | None = None
    """Deprecated. Whether to record the whole room. Known from 2018 to 2021 only; the
    startRecording instruction is the current way but records one call leg, not the room.
    """
    recording_options: RecordingOptions | None = None
    """Deprecated. Storage settings for record. Documented until 2021 only; use the options of the
    startRecording instruction.
    """
    cli: str | None = None
    """Deprecated. Caller id of the participant. Known from the 2018 SDK only; nothing replaces it.
    """
    conference_type: ConferenceType | None = None
    """Deprecated. Whether the room is for two or for many parties. Known from the 2018 SDK only;
    nothing replaces it.
    """
    enter_leave_sound: bool | None = None
    """Deprecated. Whether a sound marks participants entering and leaving. Known from the 2018 SDK
    only; nothing replaces it.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "conference_id": "conferenceId",
        "conference_dtmf_options": "conferenceDtmfOptions",
        "moh": "moh",
        "record": "record",
        "recording_options": "recordingOptions",
        "cli": "cli",
        "conference_type": "conferenceType",
        "enter_leave_sound": "enterLeaveSound",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "connectConf"
        wire["conferenceId"] = self.conference_id
        if self.conference_dtmf_options is not None:
            wire["conferenceDtmfOptions"] = self.conference_dtmf_options.to_wire()
        if self.moh is not None:
            wire["moh"] = self.moh.to_wire()
        if self.record is not None:
            wire["record"] = self.record
        if self.recording_options is not None:
            wire["recordingOptions"] = self.recording_options.to_wire()
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.conference_type is not None:
            wire["conferenceType"] = self.conference_type.to_wire()
        if self.enter_leave_sound is not None:
            wire["enterLeaveSound"] = self.enter_leave_sound
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConnectSip(Model):
    """Connects the call to a SIP endpoint. Allowed in replies to ICE and PIE
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["connectSip"]] = "connectSip"
    """Tag of this action, always connectSip."""
    destination: Identity | None = None
    """SIP address to call, an identity of type sip with endpoint user@host or user@host:port and no
    sip prefix. Needed, except beside the deprecated account, where it is optional and its endpoint
    is an extension without a host.
    """
    max_duration: timedelta | None = None
    """Longest time the legs stay connected, in whole seconds. At most 14400 (4 hours)."""
    cli: str | None = None
    """Caller id to show, an E.164 number; the word private hides it. Absent means the caller id of
    the caller. The word incoming asks for the same but is known from the 2018 SDK only.
    """
    transport: SipTransport | None = None
    """Transport protocol of the SIP leg. Default UDP."""
    suppress_callbacks: bool | None = None
    """True stops ACE and DICE from being sent for the rest of the call. Default false."""
    call_headers: tuple[CallHeader, ...] = ()
    """Private SIP headers for the called endpoint, with names that start with X-. All keys and
    values together at most 1024 bytes of UTF-8.
    """
    moh: MusicOnHold | None = None
    """Sound heard while the SIP side puts the call on hold. Absent means silence."""
    account: str | None = None
    """Deprecated. Account name of a registered SIP peer to call. Known from the 2018 SDK only; use
    destination.
    """
    indications: str | None = None
    """Deprecated. Country whose ringback tones the caller hears, with the values of connectPstn
    indications. Known from the 2018 SDK only; nothing replaces it.
    """
    record: bool | None = None
    """Deprecated. Whether to record the call. Known from the 2018 SDK only; use the startRecording
    instruction.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination": "destination",
        "max_duration": "maxDuration",
        "cli": "cli",
        "transport": "transport",
        "suppress_callbacks": "suppressCallbacks",
        "call_headers": "callHeaders",
        "moh": "moh",
        "account": "account",
        "indications": "indications",
        "record": "record",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "connectSip"
        if self.destination is not None:
            wire["destination"] = self.destination.to_wire()
        if self.max_duration is not None:
            wire["maxDuration"] = write_seconds(self.max_duration)
        if self.cli is not None:
            wire["cli"] = self.cli
        if self.transport is not None:
            wire["transport"] = self.transport.to_wire()
        if self.suppress_callbacks is not None:
            wire["suppressCallbacks"] = self.suppress_callbacks
        if self.call_headers:
            wire["callHeaders"] = [element.to_wire() for element in self.call_headers]
        if self.moh is not None:
            wire["moh"] = self.moh.to_wire()
        if self.account is not None:
            wire["account"] = self.account
        if self.indications is not None:
            wire["indications"] = self.indications
        if self.record is not None:
            wire["record"] = self.record
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConnectStream(Model):
    """Streams the audio of the call to and from your WebSocket server. Sinch opens the socket and
    sends a connect text message, the server replies with an answer message, then both exchange
    binary audio; a clear message from the server drops buffered audio. Closed beta. Allowed in
    replies to ICE only (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["connectStream"]] = "connectStream"
    """Tag of this action, always connectStream."""
    destination: Identity
    """Server to stream to, an identity of type Websocket (capital W) with a wss URL as endpoint."""
    streaming_options: StreamingOptions | None = None
    """Protocol version and audio rate. Absent means the defaults of Sinch."""
    max_duration: timedelta | None = None
    """Longest time the stream stays connected, in whole seconds. At most 14400 (4 hours)."""
    call_headers: tuple[CallHeader, ...] = ()
    """Headers delivered in the first text message of the stream; the HTTP upgrade request does not
    carry them. All keys and values together at most 1024 bytes of UTF-8.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination": "destination",
        "streaming_options": "streamingOptions",
        "max_duration": "maxDuration",
        "call_headers": "callHeaders",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "connectStream"
        wire["destination"] = self.destination.to_wire()
        if self.streaming_options is not None:
            wire["streamingOptions"] = self.streaming_options.to_wire()
        if self.max_duration is not None:
            wire["maxDuration"] = write_seconds(self.max_duration)
        if self.call_headers:
            wire["callHeaders"] = [element.to_wire() for element in self.call_headers]
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RunMenu(Model):
    """Plays a voice menu and collects digits or speech; the outcome arrives as a PIE. Allowed in
    replies to ICE, ACE and PIE; older documentation also lists updates of conference legs
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["runMenu"]] = "runMenu"
    """Tag of this action, always runMenu."""
    menus: tuple[Menu, ...]
    """All menus the caller can reach. Exactly one must have the id main; ids are unique."""
    main_menu: str | None = None
    """Id of the menu to start with."""
    barge: bool | None = None
    """Whether the caller may answer before a prompt has ended. Default true."""
    enable_voice: bool | None = None
    """Whether the caller may answer by speech as well. Costs extra, beta, and needs locale."""
    locale: str | None = None
    """Language of prompts and of recognised speech, as a locale such as en-US. Required when
    enableVoice is true.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "menus": "menus",
        "main_menu": "mainMenu",
        "barge": "barge",
        "enable_voice": "enableVoice",
        "locale": "locale",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "runMenu"
        wire["menus"] = [element.to_wire() for element in self.menus]
        if self.main_menu is not None:
            wire["mainMenu"] = self.main_menu
        if self.barge is not None:
            wire["barge"] = self.barge
        if self.enable_voice is not None:
            wire["enableVoice"] = self.enable_voice
        if self.locale is not None:
            wire["locale"] = self.locale
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Park(Model):
    """Holds the call while prompts play, until a call update takes it on or the time is up. Allowed
    in replies to ICE and in call updates; 2018 clients also use it in ACE
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["park"]] = "park"
    """Tag of this action, always park."""
    intro_prompt: str | None = None
    """Prompt played once at the start, in prompt syntax; text-to-speech and SSML forms are the
    documented ones. Absent means none (docs/platform/values.md#prompts).
    """
    hold_prompt: str | None = None
    """Prompt repeated while the call is parked, in prompt syntax; text-to-speech and SSML forms are
    the documented ones. Absent means none (docs/platform/values.md#prompts).
    """
    max_duration: timedelta | None = None
    """Longest time to stay parked, in whole seconds. At most 600; a prompt that is playing then is
    played to its end.
    """
    locale: str | None = None
    """Language of spoken prompts, as a locale such as en-US."""
    dial_timeout: timedelta | None = None
    """Deprecated. Longest time to stay parked, in whole seconds, under the name the 2018 SDK sends.
    Use maxDuration.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "intro_prompt": "introPrompt",
        "hold_prompt": "holdPrompt",
        "max_duration": "maxDuration",
        "locale": "locale",
        "dial_timeout": "dialTimeout",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "park"
        if self.intro_prompt is not None:
            wire["introPrompt"] = self.intro_prompt
        if self.hold_prompt is not None:
            wire["holdPrompt"] = self.hold_prompt
        if self.max_duration is not None:
            wire["maxDuration"] = write_seconds(self.max_duration)
        if self.locale is not None:
            wire["locale"] = self.locale
        if self.dial_timeout is not None:
            wire["dialTimeout"] = write_seconds(self.dial_timeout)
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PlayFiles(Model):
    """Plays prompts one after the other without a gap, heard by the caller only. Allowed in replies
    to ICE, ACE and PIE and in call updates (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["playFiles"]] = "playFiles"
    """Tag of this instruction, always playFiles."""
    ids: tuple[str, ...]
    """Prompts in playing order, one per item - the id of an uploaded file, #tts[text], #ssml[...]
    or #href[url]. External files are at most 1 MB each (docs/platform/values.md#prompts).
    """
    locale: str | None = None
    """Language of the spoken items, as a locale such as en-US. Required when an item is
    text-to-speech or SSML.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "ids": "ids",
        "locale": "locale",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "playFiles"
        wire["ids"] = list(self.ids)
        if self.locale is not None:
            wire["locale"] = self.locale
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Say(Model):
    """Speaks a text to the caller. Allowed in replies to ICE, ACE and PIE and in call updates
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["say"]] = "say"
    """Tag of this instruction, always say."""
    text: str | None = None
    """Text to speak, at most 600 characters unless Sinch raised the limit of your application."""
    locale: str | None = None
    """Language or voice of the text, as a locale such as en-US, a locale with /female or /male, or
    a voice name. Default en-US (docs/platform/values.md#locales).
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "text": "text",
        "locale": "locale",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "say"
        if self.text is not None:
            wire["text"] = self.text
        if self.locale is not None:
            wire["locale"] = self.locale
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendDtmf(Model):
    """Sends tones into the call. Allowed in replies to ICE and PIE and in call updates
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["sendDtmf"]] = "sendDtmf"
    """Tag of this instruction, always sendDtmf."""
    value: str | None = None
    """Tones made of 0-9, # and w, where w waits 500 ms (docs/platform/values.md#dtmf)."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "value": "value",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "sendDtmf"
        if self.value is not None:
            wire["value"] = self.value
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SetCookie(Model):
    """Stores a named value that comes back in later events of the call. Cookies named X-... are
    also forwarded as SIP headers. All cookies of a call together are at most 1024 bytes, keys and
    values counted. Allowed in replies to ICE, ACE and PIE and in call updates
    (docs/platform/values.md#call-headers).
    """

    name: ClassVar[Literal["setCookie"]] = "setCookie"
    """Tag of this instruction, always setCookie."""
    key: str | None = None
    """Name of the cookie. 2018 documentation limits it to 50 characters."""
    value: str | None = None
    """Value of the cookie, counted with its key towards the 1024 bytes."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "key": "key",
        "value": "value",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "setCookie"
        if self.key is not None:
            wire["key"] = self.key
        if self.value is not None:
            wire["value"] = self.value
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Answer(Model):
    """Answers the inbound leg at once, which starts its billing. Allowed in replies to ICE, and by
    schema in call updates (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["answer"]] = "answer"
    """Tag of this instruction, always answer."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {}
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "answer"
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StartRecording(Model):
    """Starts recording this call leg. Allowed in replies to ICE, ACE and PIE and in call updates
    (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["startRecording"]] = "startRecording"
    """Tag of this instruction, always startRecording."""
    options: RecordingOptions | None = None
    """Where and how the recording is stored. Absent means what is arranged with Sinch."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "options": "options",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "startRecording"
        if self.options is not None:
            wire["options"] = self.options.to_wire()
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StopRecording(Model):
    """Stops the recording of this call leg. Allowed in replies to ICE, ACE and PIE and in call
    updates (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["stopRecording"]] = "stopRecording"
    """Tag of this instruction, always stopRecording."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {}
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "stopRecording"
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReportCallStatus(Model):
    """Tells Sinch whether the call served its purpose. Allowed in replies to DICE only; its name
    starts with a capital letter, unlike the others (docs/platform/svaml.md#contexts).
    """

    name: ClassVar[Literal["ReportCallStatus"]] = "ReportCallStatus"
    """Tag of this instruction, always ReportCallStatus."""
    value: ReportedCallStatus
    """Your verdict on the call. Other values are ignored by Sinch."""
    details: str | None = None
    """Free text with the verdict; Sinch cuts it after 64 characters."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "value": "value",
        "details": "details",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["name"] = "ReportCallStatus"
        wire["value"] = self.value.to_wire()
        if self.details is not None:
            wire["details"] = self.details
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Menu(Model):
    """One menu of a RunMenu action. It offers options, collects a number of digits, or both. Digit
    input ends at maxDigits, at # or at the timeout (docs/platform/svaml.md#menus).
    """

    id: str
    """Name of the menu, unique in its RunMenu; one must be main. 2018 clients allowed at most 64
    characters.
    """
    main_prompt: str | None = None
    """Prompt played first, in prompt syntax; several are separated by semicolons
    (docs/platform/values.md#prompts).
    """
    repeat_prompt: str | None = None
    """Prompt played on each repetition, in prompt syntax. 2018 clients send mainPrompt again when
    none is given.
    """
    repeats: int | None = None
    """How many times the prompt is repeated without valid input. The default of Sinch is not
    documented; 2018 clients send 3.
    """
    max_digits: int | None = None
    """Number of digits to collect; they arrive in a PIE with menu result type sequence."""
    timeout: timedelta | None = None
    """How long to wait for input, in milliseconds. Default 5000; 2018 clients allowed 1000 to
    30000.
    """
    max_timeout: timedelta | None = None
    """Longest time for speech input, in milliseconds. Default 20000."""
    options: tuple[MenuOption, ...] = ()
    """Single-key choices, each key at most once."""
    main_text: str | None = None
    """Deprecated. Text variant of mainPrompt in the 2018 model, never sent by that SDK. Use
    mainPrompt with #tts[text].
    """
    repeat_text: str | None = None
    """Deprecated. Text variant of repeatPrompt in the 2018 model, never sent by that SDK. Use
    repeatPrompt with #tts[text].
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "main_prompt": "mainPrompt",
        "repeat_prompt": "repeatPrompt",
        "repeats": "repeats",
        "max_digits": "maxDigits",
        "timeout": "timeoutMills",
        "max_timeout": "maxTimeoutMills",
        "options": "options",
        "main_text": "mainText",
        "repeat_text": "repeatText",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["id"] = self.id
        if self.main_prompt is not None:
            wire["mainPrompt"] = self.main_prompt
        if self.repeat_prompt is not None:
            wire["repeatPrompt"] = self.repeat_prompt
        if self.repeats is not None:
            wire["repeats"] = self.repeats
        if self.max_digits is not None:
            wire["maxDigits"] = self.max_digits
        if self.timeout is not None:
            wire["timeoutMills"] = write_milliseconds(self.timeout)
        if self.max_timeout is not None:
            wire["maxTimeoutMills"] = write_milliseconds(self.max_timeout)
        if self.options:
            wire["options"] = [element.to_wire() for element in self.options]
        if self.main_text is not None:
            wire["mainText"] = self.main_text
        if self.repeat_text is not None:
            wire["repeatText"] = self.repeat_text
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MenuOption(Model):
    """What one key of a menu does (docs/platform/svaml.md#menus)."""

    dtmf: str
    """The key, one of 0-9, * and #. Send it as text; some examples use a JSON integer."""
    action: str
    """Either return(value), which ends the menu and reports value in a PIE, or menu(menuId), which
    goes to another menu. No blank before the parenthesis.
    """
    cookies: tuple[KeyValue, ...] = ()
    """Deprecated. Cookies set when this option goes to another menu. Known from the 2018 SDK only;
    set cookies with the setCookie instruction.
    """
    input: str | None = None
    """Deprecated. Spoken input that selects this option. Known from a later .NET SDK only and
    missing from the current schema, where enableVoice takes no such list; nothing replaces it.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "dtmf": "dtmf",
        "action": "action",
        "cookies": "add",
        "input": "input",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        wire["dtmf"] = self.dtmf
        wire["action"] = self.action
        if self.cookies:
            wire["add"] = [element.to_wire() for element in self.cookies]
        if self.input is not None:
            wire["input"] = self.input
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AmdOptions(Model):
    """Answering machine detection of a dialled telephone leg. Works in ICE replies, including the
    inline one of a custom callout (docs/platform/calling.md#callouts).
    """

    enabled: bool | None = None
    """Whether detection is on."""
    async_: bool | None = None
    """False holds the ACE back for up to 5 seconds until it can carry the result. True sends the
    ACE at once and the result, and later a heard beep, as Notify events.
    """

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
        "async_": "async",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.enabled is not None:
            wire["enabled"] = self.enabled
        if self.async_ is not None:
            wire["async"] = self.async_
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecordingOptions(Model):
    """Where and how a recording is stored. An existing file of the same name is overwritten;
    without a file name Sinch makes one from the UTC time, application key, call id and format
    (docs/platform/svaml.md#instructions).
    """

    destination_url: str | None = None
    """Storage address, such as s3://bucket/path/file or azure://account/container/file, with the
    path and file parts optional. Newer text also names Google storage; sdrive://file is known too.
    """
    credentials: str | None = attrs.field(default=None, repr=masked)
    """Access to the storage - for S3 accessKey:secretKey:region, for Azure the access key. A
    secret, so keep it out of logs.
    """
    format: str | None = None
    """Audio format of the file. Default mp3."""
    notification_events: bool | None = None
    """Whether Notify events report a finished and an available recording. Default true."""
    transcription_options: TranscriptionOptions | None = None
    """Transcript to make of the recording. Absent means none."""
    destination: str | None = None
    """Deprecated. Storage address under the name some older examples use. Use destinationUrl."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "destination_url": "destinationUrl",
        "credentials": "credentials",
        "format": "format",
        "notification_events": "notificationEvents",
        "transcription_options": "transcriptionOptions",
        "destination": "destination",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.destination_url is not None:
            wire["destinationUrl"] = self.destination_url
        if self.credentials is not None:
            wire["credentials"] = self.credentials
        if self.format is not None:
            wire["format"] = self.format
        if self.notification_events is not None:
            wire["notificationEvents"] = self.notification_events
        if self.transcription_options is not None:
            wire["transcriptionOptions"] = self.transcription_options.to_wire()
        if self.destination is not None:
            wire["destination"] = self.destination
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TranscriptionOptions(Model):
    """Transcript of a recording, stored beside it as a JSON file whose name ends in
    -transcript.json (docs/platform/values.md#locales).
    """

    enabled: bool | None = None
    """Whether to make a transcript."""
    locale: str | None = None
    """Language spoken in the call, as a locale such as en-US."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
        "locale": "locale",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.enabled is not None:
            wire["enabled"] = self.enabled
        if self.locale is not None:
            wire["locale"] = self.locale
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StreamingOptions(Model):
    """Settings of an audio stream (docs/platform/svaml.md#actions)."""

    version: int | None = None
    """Version of the streaming protocol. Only 1 is known."""
    sample_rate: int | None = None
    """Audio samples a second, in Hz. 16000 and 44100 have been seen."""

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "version": "version",
        "sample_rate": "sampleRate",
    }
    """Python names of the fields and their names on the wire."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON; fields that are not set are left out."""
        wire: dict[str, Any] = {}
        if self.version is not None:
            wire["version"] = self.version
        if self.sample_rate is not None:
            wire["sampleRate"] = self.sample_rate
        return wire


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CallTag(Model):
    """Billing tag of a call. Keys are case-sensitive, and Sinch trims blanks. Known from a later
    .NET SDK only (docs/platform/svaml.md#actions).
    """

    key: str
    """Name of the tag, at most 32 ASCII characters. That SDK uses BillingTag by default."""
    value: str
    """Value of the tag, at most 32 ASCII characters."""

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
class UnknownAction(Model):
    """Any Action that this version does not know, kept as it came."""

    name: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(name=text_of_tag(payload, "name"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> Action:
        """The same as :func:`read_action`; how ``convert.converter()`` finds it."""
        return read_action(raw)


Action: TypeAlias = (
    Hangup
    | Continue
    | ConnectPstn
    | ConnectMxp
    | ConnectConference
    | ConnectSip
    | ConnectStream
    | RunMenu
    | Park
    | UnknownAction
)
"""The final step of a Svamlet, chosen by name. Which actions are allowed depends on the event being
answered; each member says where it may be used. Sinch ignores the letter case of names (2018
clients send them in lower case), so compare received names the same way
(docs/platform/svaml.md#contexts).
"""

read_action: Tagged[Action] = Tagged(
    "name",
    {
        "hangup": Hangup,
        "continue": Continue,
        "connectpstn": ConnectPstn,
        "connectmxp": ConnectMxp,
        "connectconf": ConnectConference,
        "connectsip": ConnectSip,
        "connectstream": ConnectStream,
        "runmenu": RunMenu,
        "park": Park,
    },
    UnknownAction,
)
"""Reads whichever Action the tag names; letter case does not matter."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class UnknownInstruction(Model):
    """Any Instruction that this version does not know, kept as it came."""

    name: str
    """The tag, in the case it was sent."""
    raw: Mapping[str, Any] = attrs.field(hash=False)
    """The whole object."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Keep any object that has a tag."""
        payload = read_object(raw)
        return cls(name=text_of_tag(payload, "name"), raw=payload)

    from_wire_strictly = from_wire

    def to_wire(self) -> dict[str, Any]:
        """The object as it came."""
        return dict(self.raw)

    @staticmethod
    def read_member(raw: object) -> Instruction:
        """The same as :func:`read_instruction`; how ``convert.converter()`` finds it."""
        return read_instruction(raw)


Instruction: TypeAlias = (
    PlayFiles
    | Say
    | SendDtmf
    | SetCookie
    | Answer
    | StartRecording
    | StopRecording
    | ReportCallStatus
    | UnknownInstruction
)
"""One step of a Svamlet that runs before its action, chosen by name. Sinch ignores the letter case
of names, so compare received names the same way (docs/platform/svaml.md#contexts).
"""

read_instruction: Tagged[Instruction] = Tagged(
    "name",
    {
        "playfiles": PlayFiles,
        "say": Say,
        "senddtmf": SendDtmf,
        "setcookie": SetCookie,
        "answer": Answer,
        "startrecording": StartRecording,
        "stoprecording": StopRecording,
        "reportcallstatus": ReportCallStatus,
    },
    UnknownInstruction,
)
"""Reads whichever Instruction the tag names; letter case does not matter."""


IceAction: TypeAlias = (
    Hangup
    | ConnectPstn
    | ConnectMxp
    | ConnectConference
    | ConnectSip
    | ConnectStream
    | RunMenu
    | Park
    | UnknownAction
)
"""An action that may stand in a reply to ICE (docs/platform/svaml.md#contexts)."""

read_ice_action: Tagged[IceAction] = Tagged(
    "name",
    {
        "hangup": Hangup,
        "connectpstn": ConnectPstn,
        "connectmxp": ConnectMxp,
        "connectconf": ConnectConference,
        "connectsip": ConnectSip,
        "connectstream": ConnectStream,
        "runmenu": RunMenu,
        "park": Park,
    },
    UnknownAction,
)
"""Reads whichever IceAction the tag names; letter case does not matter."""


IceInstruction: TypeAlias = (
    PlayFiles
    | Say
    | SetCookie
    | StartRecording
    | StopRecording
    | SendDtmf
    | Answer
    | UnknownInstruction
)
"""An instruction that may stand in a reply to ICE (docs/platform/svaml.md#contexts)."""

read_ice_instruction: Tagged[IceInstruction] = Tagged(
    "name",
    {
        "playfiles": PlayFiles,
        "say": Say,
        "setcookie": SetCookie,
        "startrecording": StartRecording,
        "stoprecording": StopRecording,
        "senddtmf": SendDtmf,
        "answer": Answer,
    },
    UnknownInstruction,
)
"""Reads whichever IceInstruction the tag names; letter case does not matter."""


AceAction: TypeAlias = Hangup | Continue | ConnectConference | RunMenu | UnknownAction
"""An action that may stand in a reply to ACE (docs/platform/svaml.md#contexts)."""

read_ace_action: Tagged[AceAction] = Tagged(
    "name",
    {
        "hangup": Hangup,
        "continue": Continue,
        "connectconf": ConnectConference,
        "runmenu": RunMenu,
    },
    UnknownAction,
)
"""Reads whichever AceAction the tag names; letter case does not matter."""


AceInstruction: TypeAlias = (
    PlayFiles | Say | SetCookie | StartRecording | StopRecording | UnknownInstruction
)
"""An instruction that may stand in a reply to ACE (docs/platform/svaml.md#contexts)."""

read_ace_instruction: Tagged[AceInstruction] = Tagged(
    "name",
    {
        "playfiles": PlayFiles,
        "say": Say,
        "setcookie": SetCookie,
        "startrecording": StartRecording,
        "stoprecording": StopRecording,
    },
    UnknownInstruction,
)
"""Reads whichever AceInstruction the tag names; letter case does not matter."""


PieAction: TypeAlias = (
    Hangup | Continue | ConnectPstn | ConnectConference | ConnectSip | RunMenu | UnknownAction
)
"""An action that may stand in a reply to PIE (docs/platform/svaml.md#contexts)."""

read_pie_action: Tagged[PieAction] = Tagged(
    "name",
    {
        "hangup": Hangup,
        "continue": Continue,
        "connectpstn": ConnectPstn,
        "connectconf": ConnectConference,
        "connectsip": ConnectSip,
        "runmenu": RunMenu,
    },
    UnknownAction,
)
"""Reads whichever PieAction the tag names; letter case does not matter."""


PieInstruction: TypeAlias = (
    PlayFiles | Say | SetCookie | StartRecording | StopRecording | SendDtmf | UnknownInstruction
)
"""An instruction that may stand in a reply to PIE (docs/platform/svaml.md#contexts)."""

read_pie_instruction: Tagged[PieInstruction] = Tagged(
    "name",
    {
        "playfiles": PlayFiles,
        "say": Say,
        "setcookie": SetCookie,
        "startrecording": StartRecording,
        "stoprecording": StopRecording,
        "senddtmf": SendDtmf,
    },
    UnknownInstruction,
)
"""Reads whichever PieInstruction the tag names; letter case does not matter."""


UpdateInstruction: TypeAlias = (
    PlayFiles
    | Say
    | SetCookie
    | StartRecording
    | StopRecording
    | SendDtmf
    | Answer
    | UnknownInstruction
)
"""An instruction that may stand in an update of a running call (docs/platform/svaml.md#contexts).
"""

read_update_instruction: Tagged[UpdateInstruction] = Tagged(
    "name",
    {
        "playfiles": PlayFiles,
        "say": Say,
        "setcookie": SetCookie,
        "startrecording": StartRecording,
        "stoprecording": StopRecording,
        "senddtmf": SendDtmf,
        "answer": Answer,
    },
    UnknownInstruction,
)
"""Reads whichever UpdateInstruction the tag names; letter case does not matter."""

# How each model is read: name on the wire -> field and reader (None for plain text). Here at the end,
# because readers refer to classes and functions all over the module.
reads(
    Svamlet,
    {
        "instructions": ("instructions", list_of(read_instruction.strictly)),
        "action": ("action", read_action.strictly),
    },
)
reads(
    IceSvamlet,
    {
        "instructions": ("instructions", list_of(read_ice_instruction.strictly)),
        "action": ("action", read_ice_action.strictly),
    },
    required=("action",),
)
reads(
    AceSvamlet,
    {
        "instructions": ("instructions", list_of(read_ace_instruction.strictly)),
        "action": ("action", read_ace_action.strictly),
    },
    required=("action",),
)
reads(
    PieSvamlet,
    {
        "instructions": ("instructions", list_of(read_pie_instruction.strictly)),
        "action": ("action", read_pie_action.strictly),
    },
    required=("action",),
)
reads(
    UpdateSvamlet,
    {
        "instructions": ("instructions", list_of(read_update_instruction.strictly)),
        "action": ("action", read_action.strictly),
    },
    required=("action",),
)
reads(
    Hangup,
    {
        "name": TAG,
        "hangupCause": ("hangup_cause", read_int),
        "barge": ("barge", read_bool),
    },
    deprecated=(
        "hangup_cause",
        "barge",
    ),
)
reads(
    Continue,
    {
        "name": TAG,
        "record": ("record", read_bool),
        "recordingOptions": ("recording_options", RecordingOptions.from_wire_strictly),
    },
    deprecated=(
        "record",
        "recording_options",
    ),
)
reads(
    ConnectPstn,
    {
        "name": TAG,
        "number": ("number", None),
        "cli": ("cli", None),
        "locale": ("locale", None),
        "maxDuration": ("max_duration", read_seconds),
        "dialTimeout": ("dial_timeout", read_seconds),
        "suppressCallbacks": ("suppress_callbacks", read_bool),
        "dtmf": ("dtmf", None),
        "indications": ("indications", None),
        "amd": ("amd", AmdOptions.from_wire_strictly),
        "destination": ("destination", Identity.from_wire_strictly),
        "record": ("record", read_bool),
        "recordingOptions": ("recording_options", RecordingOptions.from_wire_strictly),
        "tags": ("tags", list_of(CallTag.from_wire_strictly)),
    },
    deprecated=(
        "destination",
        "record",
        "recording_options",
        "tags",
    ),
    bounds={
        "max_duration": Bounds(maximum=14400, written=write_seconds),
    },
)
reads(
    ConnectMxp,
    {
        "name": TAG,
        "destination": ("destination", Identity.from_wire_strictly),
        "callHeaders": ("call_headers", list_of(CallHeader.from_wire_strictly)),
        "cli": ("cli", None),
        "indications": ("indications", None),
        "record": ("record", read_bool),
    },
    deprecated=(
        "cli",
        "indications",
        "record",
    ),
)
reads(
    ConnectConference,
    {
        "name": TAG,
        "conferenceId": ("conference_id", None),
        "conferenceDtmfOptions": (
            "conference_dtmf_options",
            ConferenceDtmfOptions.from_wire_strictly,
        ),
        "moh": ("moh", MusicOnHold.from_wire),
        "record": ("record", read_bool),
        "recordingOptions": ("recording_options", RecordingOptions.from_wire_strictly),
        "cli": ("cli", None),
        "conferenceType": ("conference_type", ConferenceType.from_wire),
        "enterLeaveSound": ("enter_leave_sound", read_bool),
    },
    required=("conference_id",),
    deprecated=(
        "record",
        "recording_options",
        "cli",
        "conference_type",
        "enter_leave_sound",
    ),
    bounds={
        "conference_id": Bounds(max_length=64),
    },
)
reads(
    ConnectSip,
    {
        "name": TAG,
        "destination": ("destination", Identity.from_wire_strictly),
        "maxDuration": ("max_duration", read_seconds),
        "cli": ("cli", None),
        "transport": ("transport", SipTransport.from_wire),
        "suppressCallbacks": ("suppress_callbacks", read_bool),
        "callHeaders": ("call_headers", list_of(CallHeader.from_wire_strictly)),
        "moh": ("moh", MusicOnHold.from_wire),
        "account": ("account", None),
        "indications": ("indications", None),
        "record": ("record", read_bool),
    },
    deprecated=(
        "account",
        "indications",
        "record",
    ),
    bounds={
        "max_duration": Bounds(maximum=14400, written=write_seconds),
    },
)
reads(
    ConnectStream,
    {
        "name": TAG,
        "destination": ("destination", Identity.from_wire_strictly),
        "streamingOptions": ("streaming_options", StreamingOptions.from_wire_strictly),
        "maxDuration": ("max_duration", read_seconds),
        "callHeaders": ("call_headers", list_of(CallHeader.from_wire_strictly)),
    },
    required=("destination",),
    bounds={
        "max_duration": Bounds(maximum=14400, written=write_seconds),
    },
)
reads(
    RunMenu,
    {
        "name": TAG,
        "menus": ("menus", list_of(Menu.from_wire_strictly)),
        "mainMenu": ("main_menu", None),
        "barge": ("barge", read_bool),
        "enableVoice": ("enable_voice", read_bool),
        "locale": ("locale", None),
    },
    required=("menus",),
)
reads(
    Park,
    {
        "name": TAG,
        "introPrompt": ("intro_prompt", None),
        "holdPrompt": ("hold_prompt", None),
        "maxDuration": ("max_duration", read_seconds),
        "locale": ("locale", None),
        "dialTimeout": ("dial_timeout", read_seconds),
    },
    deprecated=("dial_timeout",),
    bounds={
        "max_duration": Bounds(maximum=600, written=write_seconds),
    },
)
reads(
    PlayFiles,
    {
        "name": TAG,
        "ids": ("ids", list_of(read_str)),
        "locale": ("locale", None),
    },
    required=("ids",),
)
reads(
    Say,
    {
        "name": TAG,
        "text": ("text", None),
        "locale": ("locale", None),
    },
)
reads(
    SendDtmf,
    {
        "name": TAG,
        "value": ("value", None),
    },
)
reads(
    SetCookie,
    {
        "name": TAG,
        "key": ("key", None),
        "value": ("value", None),
    },
)
reads(
    Answer,
    {
        "name": TAG,
    },
)
reads(
    StartRecording,
    {
        "name": TAG,
        "options": ("options", RecordingOptions.from_wire_strictly),
    },
)
reads(
    StopRecording,
    {
        "name": TAG,
    },
)
reads(
    ReportCallStatus,
    {
        "name": TAG,
        "value": ("value", ReportedCallStatus.from_wire),
        "details": ("details", None),
    },
    required=("value",),
)
reads(
    Menu,
    {
        "id": ("id", None),
        "mainPrompt": ("main_prompt", None),
        "repeatPrompt": ("repeat_prompt", None),
        "repeats": ("repeats", read_int),
        "maxDigits": ("max_digits", read_int),
        "timeoutMills": ("timeout", read_milliseconds),
        "maxTimeoutMills": ("max_timeout", read_milliseconds),
        "options": ("options", list_of(MenuOption.from_wire_strictly)),
        "mainText": ("main_text", None),
        "repeatText": ("repeat_text", None),
    },
    required=("id",),
    deprecated=(
        "main_text",
        "repeat_text",
    ),
)
reads(
    MenuOption,
    {
        "dtmf": ("dtmf", read_text),
        "action": ("action", None),
        "add": ("cookies", list_of(KeyValue.from_wire_strictly)),
        "input": ("input", None),
    },
    required=(
        "dtmf",
        "action",
    ),
    deprecated=(
        "cookies",
        "input",
    ),
)
reads(
    AmdOptions,
    {
        "enabled": ("enabled", read_bool),
        "async": ("async_", read_bool),
    },
)
reads(
    RecordingOptions,
    {
        "destinationUrl": ("destination_url", None),
        "credentials": ("credentials", None),
        "format": ("format", None),
        "notificationEvents": ("notification_events", read_bool),
        "transcriptionOptions": ("transcription_options", TranscriptionOptions.from_wire_strictly),
        "destination": ("destination", None),
    },
    deprecated=("destination",),
)
reads(
    TranscriptionOptions,
    {
        "enabled": ("enabled", read_bool),
        "locale": ("locale", None),
    },
)
reads(
    StreamingOptions,
    {
        "version": ("version", read_int),
        "sampleRate": ("sample_rate", read_int),
    },
)
reads(
    CallTag,
    {
        "key": ("key", None),
        "value": ("value", None),
    },
    required=(
        "key",
        "value",
    ),
    bounds={
        "key": Bounds(max_length=32),
        "value": Bounds(max_length=32),
    },
)
