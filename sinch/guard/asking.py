"""What rules ask of a store, written once for blocking code and for event loops.

A rule is a generator that yields each question and gets the answer back:
``now = yield "add", key, 1, 60`` calls ``store.add(key, 1, 60)``. :mod:`sinch.core.driving` runs it. Keys are hashes: a store elsewhere sees neither numbers nor addresses.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Protocol, TypeAlias, TypeVar

import attrs

from sinch.errors import ConfigurationError

T = TypeVar("T")


def fill(value: Any, *fields: Any) -> None:
    """Set the fields of a frozen object in their order, for an ``__init__`` of its own."""
    for field, found in zip(attrs.fields(type(value)), fields, strict=True):
        object.__setattr__(value, field.name, found)


@attrs.frozen(init=False)
class Rate:
    """So many within so long, as in ``Rate(5, timedelta(hours=1))``; rules take ``"5 per hour"`` too."""

    amount: int
    seconds: int

    def __init__(self, amount: int, per: timedelta | int) -> None:
        seconds = per.total_seconds() if isinstance(per, timedelta) else per
        if type(amount) is not int or amount < 1 or seconds < 1 or seconds != int(seconds):
            raise ConfigurationError(
                "a rate is a whole number of at least 1 for each so many whole seconds, as in "
                "Rate(5, timedelta(hours=1))",
                argument="rates",
            )
        fill(self, amount, int(seconds))

    @classmethod
    def of(cls, value: Rate | str) -> Rate:
        """Read ``"5 per hour"``, ``"10/day"`` or ``"3 per 2 minutes"``, the notation of ``limits``."""
        if isinstance(value, Rate):
            return value
        from sinch.guard.stores import limits_module

        try:
            found = limits_module().parse(value)
        except (ValueError, TypeError, AttributeError):
            raise ConfigurationError(
                f"{value!r:.60} is not a rate: write '5 per hour' or '3 per 2 minutes'",
                argument="rates",
            ) from None
        return cls(found.amount, found.get_expiry())

    def __str__(self) -> str:
        for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
            if self.seconds % seconds == 0:
                many = self.seconds // seconds
                return f"{self.amount} per " + (unit if many == 1 else f"{many} {unit}s")
        raise AssertionError


Ask: TypeAlias = tuple[Any, ...]
"""One question to a store: the name of its method, then the arguments."""

Steps: TypeAlias = Generator[Ask, Any, T]


class GuardStore(Protocol):
    """What a guard asks of a store. Each is atomic among all processes that share it."""

    def hit(self, key: str, rates: tuple[Rate, ...]) -> float:
        """Count one if all rates have room and give 0; else give the seconds to wait.

        .. code-block:: python

            hour = (Rate(1, timedelta(hours=1)),)
            store.hit("my_rule:anna", hour)  # 0.0: it is counted
            store.hit("my_rule:anna", hour)  # 3600.0: full, and free again in an hour
        """
        ...

    def add(self, key: str, amount: int, seconds: int) -> int:
        """Add to a number that lasts so long from its first use; what it is now."""
        ...

    def get(self, key: str) -> int:
        """The number, 0 if there is none."""
        ...

    def left(self, key: str) -> float:
        """Seconds that the number still lasts."""
        ...

    def clear(self, key: str) -> None:
        """Forget the number."""
        ...


class AsyncGuardStore(Protocol):
    """The same for event loops."""

    def hit(self, key: str, rates: tuple[Rate, ...]) -> Awaitable[float]:
        """See :meth:`GuardStore.hit`.

        .. code-block:: python

            wait = await store.hit("my_rule:anna", (Rate(5, timedelta(hours=1)),))
        """
        ...

    def add(self, key: str, amount: int, seconds: int) -> Awaitable[int]:
        """See :meth:`GuardStore.add`."""
        ...

    def get(self, key: str) -> Awaitable[int]:
        """See :meth:`GuardStore.get`."""
        ...

    def left(self, key: str) -> Awaitable[float]:
        """See :meth:`GuardStore.left`."""
        ...

    def clear(self, key: str) -> Awaitable[None]:
        """See :meth:`GuardStore.clear`."""
        ...


@lru_cache(maxsize=1024)
def _hashed(secret: bytes, text: str) -> str:
    # several rules ask about the same number in one decision
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=secret).hexdigest()


@attrs.frozen
class Book:
    """Where a rule keeps its counts: makes keys, and tells the time."""

    rule: str
    secret: bytes | None
    """What hashes are keyed with; None where keys never leave this process."""
    clock: Callable[[], float]

    def key(self, subject: str) -> str:
        """A key of this rule: a hash, so that the store learns neither numbers nor addresses.

        .. code-block:: python

            Book("my_rule", b"secret", time.time).key("anna")  # "my_rule:" and 32 hex digits
            Book("my_rule", None, time.time).key("anna")  # "my_rule:anna", in memory
        """
        if self.secret is not None:
            subject = _hashed(self.secret, subject)
        return f"{self.rule}:{subject}"

    def period(self, seconds: float) -> int:
        """Which of the periods of this length it is.

        .. code-block:: python

            def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
                today = book.key(str(book.period(86400)))
                started = yield "add", today, 1, 2 * 86400
                return Refusal("enough for today") if started > 1000 else None
        """
        return int(self.clock() // seconds)

    def until_next(self, seconds: float) -> float:
        """Seconds until the next such period.

        .. code-block:: python

            refusal = Refusal("enough for today", book.until_next(86400))
        """
        return seconds - self.clock() % seconds
