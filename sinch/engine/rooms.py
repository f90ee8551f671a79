"""Who is in which conference room, and the music they hear while alone."""

from __future__ import annotations

import attrs

from sinch_api.models.calling import ParticipantCommand
from sinch_api.models.common import MusicOnHold

from .call import SimulatedCall
from .exchange import Exchange
from .transcript import Command, Joined, Left, Music


@attrs.define
class _Member:
    call: SimulatedCall
    alone: MusicOnHold | None
    """What is heard while nobody else is there."""


class Rooms:
    """A room exists while somebody is in it."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._rooms: dict[str, dict[str, _Member]] = {}

    def all(self) -> dict[str, tuple[SimulatedCall, ...]]:
        """The calls in each room, in the order they joined."""
        return {room: self.members(room) for room in self._rooms}

    def members(self, room: str) -> tuple[SimulatedCall, ...]:
        """The calls in one room; none if there is no such room."""
        return tuple(member.call for member in self._rooms.get(room, {}).values())

    def join(self, call: SimulatedCall, room: str, alone: MusicOnHold | None) -> None:
        """Put a call into a room; ``alone`` is the music while nobody else is there."""
        call.conference_id = room
        self._rooms.setdefault(room, {})[call.id] = _Member(call, alone)
        self._exchange.log(call, Joined, room=room)
        self._tune(room)

    def leave(self, call: SimulatedCall) -> None:
        """Take a call out of its room."""
        room = call.conference_id or ""
        members = self._rooms[room]
        del members[call.id]
        if not members:
            del self._rooms[room]
        call.muted = call.on_hold = False
        call.moh = None
        self._play(call, None)
        self._exchange.log(call, Left, room=room)
        self._tune(room)

    def command(
        self, call: SimulatedCall, command: ParticipantCommand, moh: MusicOnHold | None
    ) -> None:
        """Mute, unmute, hold or resume."""
        if command in {ParticipantCommand.MUTE, ParticipantCommand.UNMUTE}:
            call.muted = command == ParticipantCommand.MUTE
        elif command in {ParticipantCommand.ON_HOLD, ParticipantCommand.RESUME}:
            call.on_hold = command == ParticipantCommand.ON_HOLD
            call.moh = moh if call.on_hold else None
            if call.moh is not None:  # like that of joining, it plays while they are alone
                self._rooms[call.conference_id or ""][call.id].alone = call.moh
        self._exchange.log(call, Command, command=command.value)
        self._tune(call.conference_id or "")

    def clear(self) -> None:
        """Forget all rooms."""
        self._rooms.clear()

    def _tune(self, room: str) -> None:
        """Music for whoever is alone; being on hold is silent."""
        members = self._rooms.get(room, {})
        for member in members.values():
            self._play(member.call, member.alone if len(members) == 1 else None)

    def _play(self, call: SimulatedCall, music: MusicOnHold | None) -> None:
        moh = music and music.value
        if call.music == moh:
            return
        if call.music is not None:
            self._exchange.log(call, Music, moh=call.music, playing=False)
        if moh is not None:
            self._exchange.log(call, Music, moh=moh, playing=True)
        call.music = moh
