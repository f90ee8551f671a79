"""Conversion: people enter codes, pumping does not."""

from __future__ import annotations

from datetime import timedelta

import attrs

from sinch.errors import ConfigurationError
from sinch.guard.asking import Book, Steps, fill
from sinch.guard.rule import Rule, check_name, seconds
from sinch.guard.start import Refusal, Start, whole


@attrs.frozen(init=False)
class Conversion(Rule):
    """Refuse blocks of numbers where codes are sent but nobody enters them.

    People enter codes; pumping does not. A block are the numbers that are alike but for the last
    ``drop`` digits. Once more than ``after`` of its numbers have started within ``window``, at
    least the part ``at_least`` of them must have succeeded. Each number counts once, however often
    it starts or succeeds, and one that was proved within ``remember`` is not refused with its block.
    Feed it: :meth:`.VerificationGuard.record` from events, or
    :meth:`.VerificationGuard.succeeded` after reporting a code, or else every block stops.

    Counts are kept in two halves of the window, so that a block is remembered for half of it to
    the whole of it.
    """

    drop: int
    after: int
    at_least: float
    half: int
    remember: int
    name: str

    def __init__(
        self,
        *,
        drop: int = 4,
        after: int = 10,
        at_least: float = 0.25,
        window: timedelta | int = timedelta(days=2),
        remember: timedelta | int = timedelta(days=30),
        name: str | None = None,
    ) -> None:
        if isinstance(at_least, bool) or not 0 < at_least < 1:
            raise ConfigurationError(
                "at_least must be a part, above 0 and below 1", argument="at_least"
            )
        half = max(seconds(window, "window") // 2, 1)
        name = check_name(f"conversion_{drop}" if name is None else name)
        kept = seconds(remember, "remember")
        fill(self, whole(drop, "drop", 1), whole(after, "after", 1), at_least, half, kept, name)

    def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
        """See :class:`Conversion`."""
        period, ttl = book.period(self.half), 2 * self.half
        block, number = self._keys(start, book)
        if (yield "add", f"{number}:{period}:started", 1, ttl) == 1:
            here = yield "add", f"{block}:{period}:started", 1, ttl
        else:
            here = yield "get", f"{block}:{period}:started"
        started = here + (yield "get", f"{block}:{period - 1}:started")
        if started <= self.after:
            return None
        good = yield "get", f"{block}:{period}:succeeded"
        good += yield "get", f"{block}:{period - 1}:succeeded"
        if good >= self.at_least * started or (yield "get", f"{number}:proved"):
            return None
        return Refusal(
            f"of {started - 1} numbers that are alike but for {self.drop} digits, {good} succeeded",
            book.until_next(self.half),
        )

    def undo(self, start: Start, book: Book) -> Steps[None]:
        """Take the number off the started ones, unless it was there before.

        .. code-block:: python

            rules = [Conversion(), PerCountry("200 per hour")]
            guard = VerificationGuard("memory://", rules)
            guard.check(number)  # where PerCountry refuses it, no block has one more that started
        """
        period, ttl = book.period(self.half), 2 * self.half
        block, number = self._keys(start, book)
        if (yield "add", f"{number}:{period}:started", -1, ttl) == 0:
            yield "add", f"{block}:{period}:started", -1, ttl

    def succeeded(self, start: Start, book: Book) -> Steps[None]:
        """Count a number that was proved."""
        period, ttl = book.period(self.half), 2 * self.half
        block, number = self._keys(start, book)
        if (yield "add", f"{number}:{period}:succeeded", 1, ttl) == 1:
            yield "add", f"{block}:{period}:succeeded", 1, ttl
        yield "clear", f"{number}:proved"  # so that it lasts from now
        yield "add", f"{number}:proved", 1, self.remember

    def _keys(self, start: Start, book: Book) -> tuple[str, str]:
        # a short number can look like a block
        return book.key(f"{start.block(self.drop)}*"), book.key(start.line)
