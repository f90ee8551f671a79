"""Who is in the room, and what the moderator can do about it."""

from __future__ import annotations

import asyncio

from sinch import AsyncSinchClient
from sinch.errors import NotFound

ROOM = "briefing"


# --8<-- [start:room]
class Room:
    """The room of one conference; the moderators are those who knew the longer PIN."""

    def __init__(self, sinch: AsyncSinchClient) -> None:
        self._room = sinch.conferences(ROOM)
        self.moderators: set[str] = set()

    async def mute_all(self, muted: bool) -> None:
        """Mute everybody but the moderators, or let all speak again."""
        try:
            present = (await self._room.get()).participants
        except NotFound:  # a room without people does not exist
            return
        others = [one for one in present if one.id not in self.moderators]
        async with asyncio.TaskGroup() as tasks:
            for one in others:
                guest = self._room.participant(one)
                tasks.create_task(guest.mute() if muted else guest.unmute())

    async def end(self) -> None:
        """Say goodbye to all of them."""
        await self._room.end()
        # --8<-- [end:room]

    def left(self, call_id: str) -> None:
        """Forget who hung up."""
        self.moderators.discard(call_id)
