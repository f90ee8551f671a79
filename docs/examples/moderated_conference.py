"""Call some people into a room, mute all but the first, and close the room after a while.

Usage: python moderated_conference.py 30 +15612600684 +15612600685
"""

from __future__ import annotations

import sys
import time

from sinch import SinchClient
from sinch.errors import NotFound


def main(seconds: float, *numbers: str) -> None:
    with SinchClient() as sinch:
        calls = [
            sinch.callouts.conference(number, "briefing", cli="private", greeting="Welcome.").call()
            for number in numbers
        ]
        print(f"called {len(calls)}")
        room = sinch.conferences("briefing")
        speaker = calls[0].call_id
        for _ in range(10):
            try:
                present = room.get().participants
            except NotFound:  # nobody has answered yet
                present = ()
            for participant in present:
                if participant.id != speaker and not participant.muted:
                    room.participant(participant).mute()
                    print(f"muted {participant.id}")
            time.sleep(seconds / 10)
        room.end()
        print("ended")


if __name__ == "__main__":
    if len(sys.argv) < 3 or not sys.argv[1].isdecimal():
        sys.exit(__doc__)
    main(float(sys.argv[1]), *sys.argv[2:])
