"""Rules about one number or one code over time: pauses between starts, attempts at a code."""

from __future__ import annotations

from datetime import timedelta

import attrs

from sinch.guard.asking import Book, Rate, Steps, fill
from sinch.guard.rule import Rule, check_name, seconds
from sinch.guard.start import Refusal, Start, whole


@attrs.frozen(init=False)
class CoolDown(Rule):
    """A pause after each start of one number, longer each time; a success ends it.

    ``CoolDown(30, 60, 300, 3600)``: 30 seconds after the first start, a minute after the second,
    then five minutes, then an hour each time. It begins anew ``forget`` after its last beginning.
    """

    pauses: tuple[int, ...]
    forget: int
    name: str

    def __init__(
        self,
        *pauses: timedelta | int,
        forget: timedelta | int = timedelta(days=1),
        name: str = "cool_down",
    ) -> None:
        found = tuple(seconds(pause, "pauses") for pause in pauses or (30, 60, 300, 3600))
        fill(self, found, seconds(forget, "forget"), check_name(name))

    def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
        """See :class:`CoolDown`."""
        level, waiting = self._keys(start, book)
        before = yield "get", level
        pause = self.pauses[min(before, len(self.pauses) - 1)]
        # whoever makes it 1 is the one that may start; it disappears when the pause is over
        if (yield "add", waiting, 1, pause) > 1:
            return Refusal("started again too soon for one number", (yield "left", waiting))
        yield "add", level, 1, self.forget
        return None

    def succeeded(self, start: Start, book: Book) -> Steps[None]:
        """Begin anew."""
        for key in self._keys(start, book):
            yield "clear", key

    def _keys(self, start: Start, book: Book) -> tuple[str, str]:
        key = book.key(start.line)
        return f"{key}:level", f"{key}:waiting"


@attrs.frozen(init=False)
class Attempts(Rule):
    """So many attempts at one code, for :meth:`.VerificationGuard.check_attempt`.

    A code of four digits has 10,000 values: five attempts guess one in 2,000.

    .. code-block:: python

        guard = VerificationGuard("memory://", [Attempts(5, within=timedelta(minutes=10))])
        if guard.check_attempt(verification):
            sinch.verification(id=verification, code=code).report(VerificationMethod.SMS)
    """

    rate: Rate
    name: str

    def __init__(
        self,
        most: int = 5,
        *,
        within: timedelta | int = timedelta(minutes=10),
        name: str = "attempts",
    ) -> None:
        found = Rate(whole(most, "most", 1), seconds(within, "within"))
        fill(self, found, check_name(name))

    def attempt(self, subject: str, book: Book) -> Steps[Refusal | None]:
        """See :class:`Attempts`.

        .. code-block:: python

            guard = VerificationGuard("memory://", [Attempts(3)])
            decision = guard.check_attempt(verification)  # the fourth is refused by "attempts"
        """
        wait: float = yield "hit", book.key(subject), (self.rate,)
        return Refusal(f"more than {self.rate} at one code", wait) if wait else None
