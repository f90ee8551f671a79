"""A call as a phone sees it: everything to read, and every verb, for both kinds of phone."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Self

from sinch.engine import CallState, FarEndOutcome, Side, SimulatedCall
from sinch.engine.transcript import Asked, Refused, Replied, Told, ToneHeard
from sinch.testing.clock import seconds
from sinch.testing.coverage import MenuCoverage
from sinch.testing.steps import Steps
from sinch.testing.switchboard import Switchboard
from sinch.testing.transcript import (
    Ending,
    Hearing,
    Transcript,
    ends_of,
    place_of,
    prompts_of,
    transcript_of,
)

__tracebackhide__ = True
Start = Callable[[], str]


class CallView(ABC):
    """One call. Verbs return the call, so that they can be chained.

    After each verb time passes, at once, until the call waits for somebody: menus have spoken to
    their end and listen for keys, calls are connected, parked, in a room or over.
    """

    def __init__(self, board: Switchboard) -> None:
        self._board = board
        self._id = ""

    @abstractmethod
    def _do(self, steps: Callable[[], Steps[None]]) -> Self:
        """Carry out steps, now or when awaited."""

    @property
    def _call(self) -> SimulatedCall:
        """The call of the engine."""
        return self._board.find(self._id)

    # --- doing ------------------------------------------------------------------------------

    def press(self, keys: str, *, far: bool = False) -> Self:
        """Press keys: 0-9, * and #. ``far``: on the phone that the call was connected to.

        A menu that collects digits takes them after ``#``, with the last one it wants, or once
        :meth:`wait` has outlasted its time-out.
        """
        return self._act(lambda: self._board.engine.press(self._id, keys, side=_side(far)))

    def say(self, text: str) -> Self:
        """Speak, for menus with voice input."""
        return self._act(lambda: self._board.engine.speak(self._id, text))

    def wait(self, amount: timedelta | float) -> Self:
        """Let time pass, a timedelta or seconds, for every call of this phone; nobody sleeps."""
        return self._do(lambda: self._board.pass_time(seconds(amount)))

    def hang_up(self, *, far: bool = False) -> Self:
        """Hang up; with ``far`` the phone that the call was connected to does."""
        return self._act(lambda: self._board.engine.hang_up(self._id, side=_side(far)))

    def answer(self) -> Self:
        """Let the destination that rings pick up (``far_end(number, waits=True)``)."""
        return self._act(lambda: self._board.engine.answer(self._id))

    def reject(self, outcome: FarEndOutcome | str = FarEndOutcome.BUSY) -> Self:
        """Let the destination that rings refuse: ``busy``, ``noanswer``, ``failed``..."""
        never = {FarEndOutcome.ANSWER, FarEndOutcome.WAIT}
        names = [known.value for known in FarEndOutcome if known not in never]
        if outcome not in names:
            raise ValueError(f"a call is rejected with one of {', '.join(names)}, not {outcome!r}")
        found = FarEndOutcome(outcome)
        return self._act(lambda: self._board.engine.reject(self._id, found))

    def _act(self, action: Callable[[], object]) -> Self:
        return self._do(lambda: self._board.act(self._id, action))

    # --- hearing ----------------------------------------------------------------------------

    def heard(self, prompt: str | re.Pattern[str], *, far: bool = False) -> Hearing:
        """Whether a prompt was heard: part of its text or file name, or a pattern found in it."""
        return Hearing(prompt, prompts_of(self._call.transcript, _side(far)))

    @property
    def prompts(self) -> tuple[str, ...]:
        """Every prompt heard so far: texts, and names of files."""
        return prompts_of(self._call.transcript, Side.PARTY)

    @property
    def last_heard(self) -> str | None:
        """The prompt heard last."""
        return self.prompts[-1] if self.prompts else None

    @property
    def tones(self) -> str:
        """The tones heard so far."""
        found = [e.digits for e in self._call.transcript if isinstance(e, ToneHeard)]
        return "".join(found)

    # --- looking ----------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The call id."""
        return self._call.id

    @property
    def state(self) -> CallState:
        """Where the call is."""
        return self._call.state

    @property
    def menu(self) -> str | None:
        """The id of the menu it is in."""
        return self._call.menu_id

    @property
    def connected_to(self) -> str | None:
        """The number, user name or address it was connected to last."""
        return self._call.connected_to

    @property
    def in_conference(self) -> str | None:
        """The room it is in now."""
        call = self._call
        return call.conference_id if call.state is CallState.CONFERENCE else None

    @property
    def parked(self) -> bool:
        """Whether it is parked."""
        return self._call.parked

    @property
    def muted(self) -> bool:
        """Whether it is muted in its room."""
        return self._call.muted

    @property
    def on_hold(self) -> bool:
        """Whether it is on hold in its room."""
        return self._call.on_hold

    @property
    def music(self) -> str | None:
        """The music on hold that plays."""
        return self._call.music

    @property
    def recording(self) -> bool:
        """Whether it is being recorded."""
        return self._call.recording

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies of the call."""
        return dict(self._call.cookies)

    @property
    def ended(self) -> Ending:
        """How it ended: ``assert call.ended``, ``call.ended.reason``."""
        return Ending(self._call)

    # --- looking closely --------------------------------------------------------------------

    @property
    def transcript(self) -> Transcript:
        """All that happened: ``print(call.transcript)``."""
        return transcript_of(self._call)

    @property
    def events(self) -> tuple[Mapping[str, Any], ...]:
        """The events your application was sent, as JSON."""
        found = self._call.transcript
        return tuple(entry.payload for entry in found if isinstance(entry, Asked | Told))

    @property
    def replies(self) -> tuple[Any, ...]:
        """The SVAML your application answered, as JSON."""
        return tuple(e.payload for e in self._call.transcript if isinstance(e, Replied))

    @property
    def refusals(self) -> tuple[str, ...]:
        """What Sinch would have complained about in the answers: ``assert not call.refusals``."""
        found = [entry for entry in self._call.transcript if isinstance(entry, Refused)]
        return tuple(f"{entry.event}: {entry.code} {entry.message}" for entry in found)

    def menu_coverage(self) -> MenuCoverage:
        """Which options of the menus in this call were walked, and which were not."""
        return MenuCoverage.of(self._call.transcript)

    def __repr__(self) -> str:
        call = self._call
        return f"<{type(self).__name__} {ends_of(call)}, {place_of(call)}>"


def _side(far: bool) -> Side:
    return Side.FAR if far else Side.PARTY
