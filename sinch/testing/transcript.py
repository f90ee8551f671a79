"""What a test sees of a call: the transcript, what was heard, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, overload

from sinch.engine.transcript import Entry, Heard, Replied
from sinch.testing.errors import CallNotEnded

if TYPE_CHECKING:
    from sinch.engine import SimulatedCall
    from sinch_api.models.common import CallResult, Money


__tracebackhide__ = True
_LAST: Final = 8


class Transcript(Sequence[Entry]):
    """What happened in a call so far, oldest first; ``print()`` it, or go through its entries."""

    def __init__(self, title: str, entries: Sequence[Entry], start: datetime) -> None:
        self.title = title
        self._entries = tuple(entries)
        self._start = start

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __contains__(self, item: object) -> bool:
        """Whether a text is in one of the lines, or an entry is among them."""
        if isinstance(item, str):
            return any(item in str(entry) for entry in self._entries)
        return item in self._entries

    def __str__(self) -> str:
        return "\n".join([self.title, *self._lines()])

    def tail(self, most: int) -> str:
        """The last lines of it."""
        lines = self._lines()
        before = ["  ..."] if len(lines) > most else []
        return "\n".join([*before, *lines[-most:]])

    def _lines(self) -> list[str]:
        return [f"  {_since(entry.at - self._start)}  {_line(entry)}" for entry in self._entries]

    def __repr__(self) -> str:
        return f"<Transcript of {self.title}, {len(self)} entries>"


class Hearing:
    """Whether a prompt was heard: true or false, and readable when an assertion fails."""

    def __init__(self, wanted: str | re.Pattern[str], prompts: Sequence[str]) -> None:
        self.wanted = wanted
        self.prompts = tuple(prompts)
        self.matching = tuple(text for text in self.prompts if _fits(wanted, text))

    def __bool__(self) -> bool:
        return bool(self.matching)

    def __repr__(self) -> str:
        wanted = self.wanted if isinstance(self.wanted, str) else self.wanted.pattern
        if self.matching:
            return f"<heard {self.matching[-1]!r}>"
        # the last ones: what was expected in their place
        heard = ", ".join(repr(text) for text in self.prompts[-5:]) or "nothing"
        return f"<not heard {wanted!r}, but {heard}>"


class Ending:
    """How a call ended; false while it has not, and then there is nothing to read."""

    def __init__(self, call: SimulatedCall) -> None:
        self._call = call

    def __bool__(self) -> bool:
        return self._call.ended

    @property
    def reason(self) -> str:
        """Why, as DICE has it: CALLERHANGUP, CALLEEHANGUP, MANAGERHANGUP, TIMEOUT..."""
        return self._over().reason

    @property
    def result(self) -> CallResult:
        """ANSWERED, BUSY, NOANSWER, FAILED or N/A."""
        return self._over().result

    @property
    def at(self) -> datetime:
        """When."""
        return self._over().ended_at or self._call.placed_at

    @property
    def duration(self) -> timedelta:
        """How long it was answered, in whole seconds."""
        return self._over().duration(self.at)

    @property
    def debit(self) -> Money:
        """What it cost, by the sandbox's price list."""
        return self._over().debit

    def _over(self) -> SimulatedCall:
        if not self._call.ended:
            raise CallNotEnded("the call has not ended", standing(self._call))
        return self._call

    def __repr__(self) -> str:
        if not self:
            return f"<not ended, {self._call.state.value}>"
        return (
            f"<ended: {self.reason}, {self.result.value} for {self.duration.total_seconds():g} s>"
        )


def transcript_of(call: SimulatedCall) -> Transcript:
    """The transcript of a call of the engine."""
    return Transcript(f"call {ends_of(call)}", call.transcript, call.placed_at)


def ends_of(call: SimulatedCall) -> str:
    """From whom to whom a call goes."""
    return f"from {call.from_ or 'private'} to {call.to.endpoint or '?'}"


def place_of(call: SimulatedCall) -> str:
    """Where a call is, in words."""
    if call.menu_id:
        return f"in menu {call.menu_id}"
    if call.ended:
        return f"ended ({call.reason})"
    return call.state.value


def standing(call: SimulatedCall) -> str:
    """Where a call stands, for errors: its ends, its place, and the last of its transcript."""
    transcript = transcript_of(call)
    return f"{transcript.title}: {place_of(call)}\n{transcript.tail(_LAST)}"


def prompts_of(entries: Sequence[Entry], side: object) -> tuple[str, ...]:
    """The texts and file names that one side of a call has heard."""
    return tuple(e.text for e in entries if isinstance(e, Heard) and e.side is side)


def _line(entry: Entry) -> str:
    """The line of an entry; of SVAML the names only, what it does follows anyway."""
    if not isinstance(entry, Replied) or not isinstance(entry.payload, Mapping):
        return str(entry)
    found: Mapping[str, Any] = entry.payload
    listed = found.get("instructions")
    steps: list[Any] = list(listed) if isinstance(listed, list | tuple) else []
    steps.append(found.get("action"))
    names = [str(step.get("name", "?")) for step in steps if isinstance(step, Mapping)]
    return f"{entry.event} <- {', '.join(names) or '{}'}"


def _fits(wanted: str | re.Pattern[str], text: str) -> bool:
    return wanted in text if isinstance(wanted, str) else wanted.search(text) is not None


def _since(offset: timedelta) -> str:
    minutes, seconds = divmod(max(0.0, offset.total_seconds()), 60)
    return f"{int(minutes):02}:{seconds:04.1f}"
