"""What the calls of one engine share: the time, what was chosen, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from .call import EventUrls, SimulatedCall
from .effects import Effect, Happened
from .far_ends import FarEnds
from .scheduler import Scheduler
from .settings import EngineSettings
from .transcript import Entry

_MOST_EFFECTS: Final = 100_000


class Exchange:
    """The ground that every call stands on; it knows of none."""

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        application_key: str,
        new_id: Callable[[], str],
        settings: EngineSettings,
        far_ends: FarEnds,
        urls: EventUrls,
    ) -> None:
        self.scheduler = scheduler
        self.application_key = application_key
        self.new_id = new_id
        self.settings = settings
        self.far_ends = far_ends
        self.urls = urls
        self.effects: list[Effect] = []
        self.expected: set[str] = set()
        """Callbacks of which the outcome still counts."""
        self._moment: datetime | None = None

    @property
    def now(self) -> datetime:
        """The time; inside a timer, the moment it was due."""
        return self._moment or self.scheduler.now()

    def catch_up(self) -> None:
        """Let happen first what is due by now, unless that is just happening."""
        if self._moment is None:
            self.scheduler.run()

    def at(self, moment: datetime, action: Callable[[], object]) -> None:
        """Do something as of a moment that has been due."""
        self._moment = moment
        try:
            action()
        finally:
            self._moment = None

    def log(self, call: SimulatedCall, entry: type[Entry], **fields: Any) -> None:
        """Add a line to the transcript of a call."""
        self.add(call, entry(at=self.now, **fields))

    def add(self, call: SimulatedCall, line: Entry) -> None:
        """Add a line that is ready."""
        call.transcript.append(line)
        if len(self.effects) >= _MOST_EFFECTS:  # nobody drains: live views miss something
            self.effects = [it for it in self.effects if self._counts(it)]
        self.effects.append(Happened(call_id=call.id, entry=line))

    def _counts(self, effect: Effect) -> bool:
        return not isinstance(effect, Happened) and effect.id in self.expected

    def drain(self) -> list[Effect]:
        """What there is to do, in order; the next call brings only what is new."""
        effects, self.effects = self.effects, []
        return effects
