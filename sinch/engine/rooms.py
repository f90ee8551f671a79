"""Conference rooms: who is in them, music while alone or on hold, and digits (facts 7.2, 7.4)."""

from __future__ import annotations

from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import ConferenceDtmfMode, ConferenceDtmfOptions, MusicOnHold
from sinch_api.models.svaml import ConnectConference

from .call import Call
from .core import Core
from .states import CallState
from .transcript import Command, Joined, Left, Music, Side, ToneHeard

_TIMER = "room digits"


class Rooms:
    """A room exists while somebody is in it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._rooms: dict[str, dict[str, Call]] = {}

    def all(self) -> dict[str, tuple[Call, ...]]:
        """The calls in each room, in the order they joined."""
        return {room: tuple(calls.values()) for room, calls in self._rooms.items()}

    def members(self, room: str) -> tuple[Call, ...]:
        """The calls in one room; none if there is no such room."""
        return tuple(self._rooms.get(room, {}).values())

    def holds(self, call: Call) -> bool:
        """Whether a call is in its room."""
        return call.id in self._rooms.get(call.conference_id or "", {})

    def connect(self, call: Call, action: ConnectConference) -> None:
        """Put a call into the room of an action."""
        self.join(call, action.conference_id, action.conference_dtmf_options, action.moh)
        if action.record:
            self._core.recorder.start(call, action.recording_options, of="room")

    def join(
        self,
        call: Call,
        room: str,
        dtmf: ConferenceDtmfOptions | None,
        moh: MusicOnHold | None,
    ) -> None:
        """Put a call into a room; whom it was connected to is let go."""
        core = self._core
        core.dialling.release_far(call)
        if call.party.role == "callee" and not call.party.answered:
            core.dialling.nobody_dialled(call)  # a callout that goes straight into a room
        core.dialling.answer_for(call, "connectconf")
        self.leave(call)
        call.conference_id = room
        call.doing.room_dtmf = dtmf
        call.doing.room_moh = moh.value if moh is not None else None
        core.enter(call, CallState.CONFERENCE)
        self._rooms.setdefault(room, {})[call.id] = call
        core.log(call, Joined, room=room)
        self._tune(room)

    def leave(self, call: Call) -> None:
        """Take a call out of its room, if it is in one."""
        room = call.conference_id or ""
        members = self._rooms.get(room, {})
        if members.pop(call.id, None) is None:
            return
        if not members:
            del self._rooms[room]
        self._core.cancel(call, _TIMER)
        call.muted = call.on_hold = False
        call.doing.room_digits, call.doing.hold_moh, call.moh = "", None, None
        self._play(call, None)
        self._core.log(call, Left, room=room)
        self._tune(room)

    def command(self, call: Call, command: ParticipantCommand, moh: MusicOnHold | None) -> None:
        """Mute, unmute, hold or resume."""
        if command in {ParticipantCommand.MUTE, ParticipantCommand.UNMUTE}:
            call.muted = command == ParticipantCommand.MUTE
        elif command in {ParticipantCommand.ON_HOLD, ParticipantCommand.RESUME}:
            call.on_hold = command == ParticipantCommand.ON_HOLD
            call.moh = moh if call.on_hold else None
            call.doing.hold_moh = moh.value if call.on_hold and moh is not None else None
        self._core.log(call, Command, command=command.value)
        self._tune(call.conference_id or "")

    def is_listening(self, call: Call) -> bool:
        """Whether a key would count."""
        options = call.doing.room_dtmf
        mode = options.mode if options is not None else None
        return mode in {ConferenceDtmfMode.FORWARD, ConferenceDtmfMode.DETECT}

    def press(self, call: Call, digit: str) -> bool:
        """One key in a room: ignored, heard by the others, or collected for a PIE."""
        options = call.doing.room_dtmf
        mode = options.mode if options is not None else None
        if mode == ConferenceDtmfMode.FORWARD:
            for other in self.members(call.conference_id or ""):
                if other is not call:
                    self._core.log(other, ToneHeard, digits=digit, side=Side.PARTY)
            return True
        if mode != ConferenceDtmfMode.DETECT or options is None:
            return False
        doing, settings = call.doing, self._core.settings
        most = max(options.max_digits or 1, 1)
        if digit != "#" or most == 1:
            doing.room_digits += digit
        if len(doing.room_digits) >= most or digit == "#":
            self._entered(call)
        else:
            wait = max(options.timeout or settings.conference_timeout, settings.shortest_timeout)
            self._core.later(call, _TIMER, wait, self._entered)
        return True

    def clear(self) -> None:
        """Forget all rooms."""
        self._rooms.clear()

    def _entered(self, call: Call) -> None:
        core, digits = self._core, call.doing.room_digits
        core.cancel(call, _TIMER)
        call.doing.room_digits = ""
        gated = call.kind == "conferenceCallout" and core.settings.detect_needs_enable_pie
        if digits and (call.flags.pie or not gated) and call.kind != "room":
            result = {
                "menuId": call.conference_id,
                "type": "sequence",
                "value": digits,
                "inputMethod": "dtmf",
            }
            core.callbacks.ask(call, "pie", core.callbacks.write.pie(call, core.now, result))

    def _tune(self, room: str) -> None:
        """Music for whoever is alone or on hold."""
        members = self.members(room)
        for call in members:
            alone = call.doing.room_moh if len(members) == 1 else None
            self._play(call, call.doing.hold_moh if call.on_hold else alone)

    def _play(self, call: Call, moh: str | None) -> None:
        if call.music == moh:
            return
        if call.music is not None:
            self._core.log(call, Music, moh=call.music, playing=False)
        if moh is not None:
            self._core.log(call, Music, moh=moh, playing=True)
        call.music = moh
