"""What all rules have in common: each says no with a reason, or nothing.

A rule that needs no store overrides :meth:`Rule.screen`; one that counts overrides
:meth:`Rule.count`, and :meth:`Rule.undo` where a later rule's no should not count.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from sinch.errors import ConfigurationError
from sinch.guard.asking import Book, Rate, Steps
from sinch.guard.start import Refusal, Start, whole

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Rule:
    """What all rules have in common. Subclass it for a rule of your own.

    .. code-block:: python

        class NotFromTor(Rule):
            name = "not_from_tor"

            def screen(self, start: Start) -> Refusal | None:
                return Refusal("came through Tor") if start.ip in TOR else None
    """

    name: str
    """Names it in decisions, and its counts in the store; each rule of a guard needs its own."""

    def screen(self, start: Start) -> Refusal | None:
        """Look at a start without counting anything; works while the store is down.

        .. code-block:: python

            def screen(self, start: Start) -> Refusal | None:
                return Refusal("came through Tor") if start.ip in TOR else None
        """
        del start
        return None

    def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
        """Count a start, or refuse it; :meth:`undo` is called after a refusal of its own as well."""
        del start, book
        yield from ()
        return None

    def wants_price(self, start: Start) -> bool:
        """Whether it has to be asked once more, when an event tells the price.

        .. code-block:: python

            def wants_price(self, start: Start) -> bool:
                return start.price is None
        """
        del start
        return False

    def undo(self, start: Start, book: Book) -> Steps[None]:
        """Take back what :meth:`count` counted, because it or a later rule refused.

        .. code-block:: python

            def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
                started = yield "add", book.key(start.country), 1, 3600
                return Refusal("enough for one country") if started > 200 else None

            def undo(self, start: Start, book: Book) -> Steps[None]:
                yield "add", book.key(start.country), -1, 3600
        """
        del start, book
        yield from ()

    def attempt(self, subject: str, book: Book) -> Steps[Refusal | None]:
        """Count an attempt to enter a code, or refuse it.

        .. code-block:: python

            def attempt(self, subject: str, book: Book) -> Steps[Refusal | None]:
                tried = yield "add", book.key(subject), 1, 600
                return Refusal("three attempts are enough") if tried > 3 else None
        """
        del subject, book
        yield from ()
        return None

    def succeeded(self, start: Start, book: Book) -> Steps[None]:
        """Learn that the owner of a number proved it."""
        del start, book
        yield from ()


def check_name(name: Any) -> str:
    """A name of a rule is lower case, since it ends up in metrics and keys."""
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise ConfigurationError(
            f"the name of a rule must be lower-case letters, digits and '_', not {name!r:.40}",
            argument="name",
        )
    return name


def rates_of(rates: tuple[Rate | str, ...]) -> tuple[Rate, ...]:
    """Read the rates of a rule; there has to be one."""
    if not rates:
        raise ConfigurationError("give a rate, as in '5 per hour'", argument="rates")
    return tuple(Rate.of(rate) for rate in rates)


def seconds(value: timedelta | int, argument: str) -> int:
    """Whole seconds of an option, at least one."""
    found = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(found, bool) or not isinstance(found, int | float) or found != int(found):
        raise ConfigurationError(f"{argument} must be whole seconds", argument=argument)
    return whole(int(found), argument, 1)
