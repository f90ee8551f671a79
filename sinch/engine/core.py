"""What all parts of the engine share: calls, rooms, time, the transcript and the way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from .call import Call, CallbackUrls
from .effects import Effect, Happened
from .far_ends import FarEnds
from .scheduler import Timeline
from .settings import EngineSettings
from .states import CallState
from .transcript import Entry

if TYPE_CHECKING:
    from .callbacks import Callbacks
    from .dialling import Dialling
    from .ending import Ending
    from .menus import Menus
    from .parking import Parking
    from .player import Player
    from .programs import Programs
    from .recorder import Recorder
    from .rooms import Rooms
    from .updates import Updates


#: No call lasts this long; keeps absurd time-outs from running out of the calendar.
_LONGEST_DELAY: Final = timedelta(days=7)
_MOST_EFFECTS: Final = 100_000


class Core:
    """The common ground; each part holds it and reaches the others through it."""

    callbacks: Callbacks
    dialling: Dialling
    ending: Ending
    menus: Menus
    parking: Parking
    player: Player
    programs: Programs
    recorder: Recorder
    rooms: Rooms
    updates: Updates

    def __init__(
        self,
        timeline: Timeline,
        *,
        application_key: str,
        new_id: Callable[[], str],
        settings: EngineSettings,
        far_ends: FarEnds,
        urls: CallbackUrls,
    ) -> None:
        self.timeline = timeline
        self.application_key = application_key
        self.new_id = new_id
        self.settings = settings
        self.far_ends = far_ends
        self.urls = urls
        self.calls: dict[str, Call] = {}
        self.effects: list[Effect] = []
        self._due: dict[str, dict[str, datetime]] = {}
        self._moment: datetime | None = None

    # --- time -------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The time; inside a timer, the moment it was due."""
        return self._moment or self.timeline.now()

    @property
    def in_timer(self) -> bool:
        """Whether a timer is being served."""
        return self._moment is not None

    def later(self, call: Call, name: str, delay: timedelta, step: Callable[[Call], None]) -> None:
        """Plan something for a call, in place of what was planned under the same name."""
        due = self.now + min(max(delay, timedelta()), _LONGEST_DELAY)
        self._due.setdefault(call.id, {})[name] = due
        self.timeline.set(
            _key(call, name), due, lambda moment: self._fire(call, name, step, moment)
        )

    def cancel(self, call: Call, *names: str) -> None:
        """Drop what is planned under these names; without names, everything."""
        mine = self._due.get(call.id, {})
        for name in names or tuple(mine):
            if mine.pop(name, None) is not None:
                self.timeline.cancel(_key(call, name))
        if not mine:
            self._due.pop(call.id, None)

    def next_due(self, call_id: str | None = None) -> datetime | None:
        """The moment of the earliest plan, of one call or of all."""
        if call_id is not None:
            return min(self._due.get(call_id, {}).values(), default=None)
        return min((due for mine in self._due.values() for due in mine.values()), default=None)

    def _fire(self, call: Call, name: str, step: Callable[[Call], None], moment: datetime) -> None:
        mine = self._due.get(call.id, {})
        if mine.pop(name, None) is None:
            return
        if not mine:
            self._due.pop(call.id, None)
        self._moment = moment
        try:
            step(call)
        finally:
            self._moment = None

    # --- what shows -------------------------------------------------------------------------

    def log(self, call: Call, entry: type[Entry], **fields: Any) -> None:
        """Add a line to the transcript."""
        line = entry(at=self.now, **fields)
        call.transcript.append(line)
        if len(self.effects) >= _MOST_EFFECTS:  # nobody drains: live views miss something
            self.effects = [
                effect
                for effect in self.effects
                if not isinstance(effect, Happened) and effect.call_id.casefold() in self.calls
            ]
        self.effects.append(Happened(call_id=call.id, entry=line))

    def enter(self, call: Call, state: CallState) -> None:
        """Change the state; nothing leads out of ENDED."""
        if not call.ended:
            call.state = state


def _key(call: Call, name: str) -> str:
    return f"call {call.id} {name}"
