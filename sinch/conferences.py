"""Conference rooms: who is in, and mute, hold or remove them (docs/platform/calling.md#conferences).

Rooms are regional: a client of one region does not see the rooms of another.
"""

from __future__ import annotations

import attrs

from sinch.core import checks
from sinch.core.bound import Bound
from sinch.core.flow import AsyncSender, Sender
from sinch_api.models.calling import (
    Conference,
    ConferenceParticipant,
    ParticipantCommand,
    ParticipantCommandRequest,
)
from sinch_api.models.common import MusicOnHold
from sinch_api.operation import Operation
from sinch_api.operations import calling

__all__ = [
    "AsyncConferences",
    "AsyncParticipant",
    "AsyncRoom",
    "Conference",
    "ConferenceParticipant",
    "Conferences",
    "MusicOnHold",
    "Participant",
    "Room",
]


@attrs.frozen
class _Room(Bound):
    conference_id: str = attrs.field(validator=checks.in_path)

    def get_operation(self) -> Operation[Conference]:
        """What :meth:`get` sends."""
        return calling.get_conference(self.conference_id)

    def end_operation(self) -> Operation[None]:
        """What :meth:`end` sends."""
        return calling.end_conference(self.conference_id)


@attrs.frozen
class _Participant(Bound):
    conference_id: str
    call_id: str = attrs.field(validator=checks.in_path)

    def command_operation(
        self, command: ParticipantCommand, music: MusicOnHold | str | None = None
    ) -> Operation[None]:
        """What mute, unmute, hold and resume send."""
        body = ParticipantCommandRequest(
            command=checks.one_of(ParticipantCommand, command, "command"),
            moh=None if music is None else checks.choice(MusicOnHold, music, "music"),
        )
        return calling.update_participant(self.conference_id, self.call_id, body)

    def kick_operation(self) -> Operation[None]:
        """What :meth:`kick` sends."""
        return calling.kick_participant(self.conference_id, self.call_id)


@attrs.frozen
class Participant(_Participant):
    """One participant of a room."""

    _client: Sender = attrs.field(repr=False)

    def mute(self) -> None:
        """Let the room no longer hear them."""
        self._client.send(self.command_operation(ParticipantCommand.MUTE))

    def unmute(self) -> None:
        """Let the room hear them again."""
        self._client.send(self.command_operation(ParticipantCommand.UNMUTE))

    def hold(self, music: MusicOnHold | str | None = None) -> None:
        """Take them out of the conversation.

        ``music`` is what they hear while alone in the room, not while on hold; default silence.
        """
        self._client.send(self.command_operation(ParticipantCommand.ON_HOLD, music))

    def resume(self) -> None:
        """Bring them back from hold."""
        self._client.send(self.command_operation(ParticipantCommand.RESUME))

    def kick(self) -> None:
        """Remove them from the room."""
        self._client.send(self.kick_operation())


@attrs.frozen
class AsyncParticipant(_Participant):
    """One participant of a room."""

    _client: AsyncSender = attrs.field(repr=False)

    async def mute(self) -> None:
        """Let the room no longer hear them."""
        await self._client.send(self.command_operation(ParticipantCommand.MUTE))

    async def unmute(self) -> None:
        """Let the room hear them again."""
        await self._client.send(self.command_operation(ParticipantCommand.UNMUTE))

    async def hold(self, music: MusicOnHold | str | None = None) -> None:
        """Take them out of the conversation.

        ``music`` is what they hear while alone in the room, not while on hold; default silence.
        """
        await self._client.send(self.command_operation(ParticipantCommand.ON_HOLD, music))

    async def resume(self) -> None:
        """Bring them back from hold."""
        await self._client.send(self.command_operation(ParticipantCommand.RESUME))

    async def kick(self) -> None:
        """Remove them from the room."""
        await self._client.send(self.kick_operation())


@attrs.frozen
class Room(_Room):
    """One conference room of a blocking client."""

    _client: Sender = attrs.field(repr=False)

    def get(self) -> Conference:
        """Who is in. Raises :class:`~sinch.errors.NotFound` when the room is empty or unknown."""
        return self._client.send(self.get_operation())

    def end(self) -> None:
        """Remove everybody, which ends the conference."""
        self._client.send(self.end_operation())

    def participant(self, who: str | ConferenceParticipant) -> Participant:
        """One participant, by the call id of their leg or as :meth:`get` returned them."""
        return Participant(self.conference_id, _call_id(who), self._client)


@attrs.frozen
class AsyncRoom(_Room):
    """One conference room of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)

    async def get(self) -> Conference:
        """Who is in; see :meth:`Room.get`."""
        return await self._client.send(self.get_operation())

    async def end(self) -> None:
        """Remove everybody, which ends the conference."""
        await self._client.send(self.end_operation())

    def participant(self, who: str | ConferenceParticipant) -> AsyncParticipant:
        """One participant, by the call id of their leg or as :meth:`get` returned them."""
        return AsyncParticipant(self.conference_id, _call_id(who), self._client)


def _call_id(who: str | ConferenceParticipant) -> str:
    return who.id if isinstance(who, ConferenceParticipant) else who


@attrs.frozen(repr=False)
class Conferences(Bound):
    """Conference rooms of a blocking client."""

    _client: Sender = attrs.field(repr=False)

    def __call__(self, conference_id: str) -> Room:
        """The room with this id; no request is made."""
        return Room(conference_id, self._client)


@attrs.frozen(repr=False)
class AsyncConferences(Bound):
    """Conference rooms of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)

    def __call__(self, conference_id: str) -> AsyncRoom:
        """The room with this id; no request is made."""
        return AsyncRoom(conference_id, self._client)
