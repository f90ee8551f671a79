"""Rules: what may start. Each says no with a reason, or nothing.

A rule that needs no store overrides :meth:`Rule.screen`; one that counts overrides
:meth:`Rule.count`, and :meth:`Rule.undo` where a later rule's no should not count.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, ClassVar, Final

import attrs

from sinch.errors import ConfigurationError
from sinch.guard import numbering
from sinch.guard.asking import Book, Rate, Steps, fill
from sinch.guard.start import Refusal, Start, whole

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CALLING_CODE: Final = re.compile(r"\+[1-9][0-9]{0,2}")


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


# --- what a number says by itself -----------------------------------------------------------------


@attrs.frozen(init=False)
class Countries(Rule):
    """Only these countries may be written to: ``Countries("SE", "NO", "+45")``.

    The most effective rule of all: fraud goes where you have no customers. Two letters need the
    package phonenumbers; a calling code with its plus does not.
    """

    allowed: frozenset[str]
    name: str

    def __init__(self, *allowed: str, name: str = "countries") -> None:
        if not allowed:
            raise ConfigurationError("name a country, as in Countries('SE')", argument="allowed")
        fill(self, frozenset(map(_country, allowed)), check_name(name))

    def screen(self, start: Start) -> Refusal | None:
        """See :class:`Countries`.

        .. code-block:: python

            start = Start(PhoneNumber("+4520123456"))
            Countries("SE", "NO").screen(start)  # a Refusal
            Countries("SE", "+45").screen(start)  # None: it is served
        """
        if start.calling_code in self.allowed or start.country in self.allowed:
            return None
        return Refusal("numbers of this country are not served")


def _country(value: str) -> str:
    text = value.strip().upper() if isinstance(value, str) else ""
    if _CALLING_CODE.fullmatch(text):
        if numbering.calling_code(f"{text}00000000") != text:
            raise ConfigurationError(f"{text} is not a whole calling code", argument="allowed")
        return text
    if text not in numbering.regions():
        raise ConfigurationError(
            f"{value!r:.40} is no country: two letters such as 'SE', or a calling code '+46'",
            argument="allowed",
        )
    return text


UNUSUAL: Final = (
    "premium_rate",
    "shared_cost",
    "toll_free",
    "uan",
    "pager",
    "voicemail",
    "personal_number",
    "unknown",
)


@attrs.frozen(init=False)
class NumberTypes(Rule):
    """No premium or unusual numbers, as phonenumbers tells types; it has to be installed.

    By default refuses ``premium_rate``, ``shared_cost``, ``toll_free``, ``uan``, ``pager``,
    ``voicemail``, ``personal_number``, and ``unknown``: numbers that fit no plan. Others are
    ``mobile``, ``fixed_line``, ``fixed_line_or_mobile`` and ``voip``. Keep phonenumbers up to
    date: plans change, and new ranges are unknown to old versions.
    """

    refused: frozenset[str]
    name: str

    def __init__(self, *refused: str, name: str = "number_types") -> None:
        known = frozenset(numbering.kinds().values())
        wanted = frozenset(refused or UNUSUAL)
        if strange := sorted(map(str, wanted - known)):
            raise ConfigurationError(
                f"{strange[0]!r:.40} is no type of number; there are {', '.join(sorted(known))}",
                argument="refused",
            )
        fill(self, wanted, check_name(name))

    def screen(self, start: Start) -> Refusal | None:
        """See :class:`NumberTypes`.

        .. code-block:: python

            start = Start(PhoneNumber("+469001234567"))
            NumberTypes().screen(start)  # a Refusal: "the number is of type premium_rate"
        """
        if start.kind not in self.refused:
            return None
        return Refusal(f"the number is of type {start.kind}")


# --- so many within so long -----------------------------------------------------------------------


class _Limit(Rule):
    """So many starts of something within so long."""

    _what: ClassVar[str]
    rates: tuple[Rate, ...]

    def subject(self, start: Start) -> str | None:
        """What is counted; None counts nothing."""
        raise NotImplementedError

    def limits(self, start: Start) -> tuple[Rate, ...]:
        """The rates that hold for it.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"))
            PerNumber("5 per hour").limits(start)  # (Rate(amount=5, seconds=3600),)
        """
        del start
        return self.rates

    def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
        """Count a start, or refuse it."""
        subject = self.subject(start)
        if subject is None:
            return None
        rates = self.limits(start)
        wait: float = yield "hit", book.key(subject), rates
        if not wait:
            return None
        return Refusal(f"more than {' or '.join(map(str, rates))} for one {self._what}", wait)


@attrs.frozen(init=False)
class PerNumber(_Limit):
    """Limits for each number: ``PerNumber("5 per hour", "10 per day")``.

    .. code-block:: python

        guard = VerificationGuard("memory://", [PerNumber("5 per hour", "10 per day")])
    """

    rates: tuple[Rate, ...]
    name: str

    def __init__(self, *rates: Rate | str, name: str = "per_number") -> None:
        fill(self, rates_of(rates), check_name(name))

    _what = "number"

    def subject(self, start: Start) -> str:
        """The number.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"))
            PerNumber("5 per hour").subject(start)  # "+46701234567"
        """
        return start.line


@attrs.frozen(init=False)
class PerUser(_Limit):
    """Limits for each ``user`` of :meth:`.VerificationGuard.check`; without one nothing is counted.

    .. code-block:: python

        guard = VerificationGuard("memory://", [PerUser("10 per hour", "20 per day")])
        decision = guard.check(number, user=account)
    """

    rates: tuple[Rate, ...]
    name: str

    def __init__(self, *rates: Rate | str, name: str = "per_user") -> None:
        fill(self, rates_of(rates), check_name(name))

    _what = "user"

    def subject(self, start: Start) -> str | None:
        """The user.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"), user="anna")
            PerUser("10 per hour").subject(start)  # "anna"
        """
        return start.user


@attrs.frozen(init=False)
class PerBlock(_Limit):
    """Limits for each block of numbers, which are alike but for the last ``drop`` digits.

    Pumping goes through blocks: whoever rents a range of numbers has ten thousand in a row.

    .. code-block:: python

        guard = VerificationGuard("memory://", [PerBlock("20 per hour", drop=4)])
    """

    rates: tuple[Rate, ...]
    name: str
    drop: int

    def __init__(self, *rates: Rate | str, drop: int = 4, name: str = "per_block") -> None:
        fill(self, rates_of(rates), check_name(name), whole(drop, "drop", 1))

    _what = "block of numbers"

    def subject(self, start: Start) -> str:
        """The block.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"))
            PerBlock("20 per hour", drop=4).subject(start)  # "+4670123"
        """
        return start.block(self.drop)


@attrs.frozen(init=False)
class PerCountry(_Limit):
    """Limits for each country: ``PerCountry("200 per hour", SE="5000 per hour")``.

    Countries are two letters, or calling codes where phonenumbers is not installed: pass those as
    ``PerCountry("200 per hour", **{"+46": "5000 per hour"})``.

    .. code-block:: python

        rule = PerCountry("200 per hour", SE="5000 per hour")
        guard = VerificationGuard("memory://", [rule])
    """

    rates: tuple[Rate, ...]
    name: str
    special: dict[str, Rate] = attrs.field(hash=False)

    def __init__(self, *rates: Rate | str, name: str = "per_country", **special: Rate | str):
        found = {_country(country): Rate.of(rate) for country, rate in special.items()}
        fill(self, rates_of(rates), check_name(name), found)

    _what = "country"

    def subject(self, start: Start) -> str:
        """The country.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"))
            PerCountry("200 per hour").subject(start)  # "SE"
        """
        return start.country

    def limits(self, start: Start) -> tuple[Rate, ...]:
        """The country's own rate, or those for all.

        .. code-block:: python

            rule = PerCountry("200 per hour", SE="5000 per hour")
            rule.limits(Start(PhoneNumber("+46701234567")))  # (Rate(amount=5000, seconds=3600),)
            rule.limits(Start(PhoneNumber("+4520123456")))  # (Rate(amount=200, seconds=3600),)
        """
        own = self.special.get(start.country) or self.special.get(start.calling_code)
        return self.rates if own is None else (own,)


@attrs.frozen(init=False)
class PerNetwork(_Limit):
    """Limits for each network of the ``ip`` of :meth:`.VerificationGuard.check`.

    Networks are ``/24`` and, for IPv6, ``/56`` unless told otherwise: one address of a home or a
    server farm is easily changed, its network is not. Networks of mobile operators are shared by
    thousands of people, so be generous. Without an address nothing is counted.

    .. code-block:: python

        guard = VerificationGuard("memory://", [PerNetwork("100 per hour", "500 per day")])
        decision = guard.check(number, ip=address)
    """

    rates: tuple[Rate, ...]
    name: str
    v4: int
    v6: int

    def __init__(
        self, *rates: Rate | str, v4: int = 24, v6: int = 56, name: str = "per_network"
    ) -> None:
        for argument, value, most in (("v4", v4, 32), ("v6", v6, 128)):
            if whole(value, argument, 1) > most:
                raise ConfigurationError(f"{argument} must be at most {most}", argument=argument)
        fill(self, rates_of(rates), check_name(name), v4, v6)

    _what = "network"

    def subject(self, start: Start) -> str | None:
        """The network.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"), ip="203.0.113.7")
            PerNetwork("100 per hour").subject(start)  # "cb0071/24"
        """
        return start.network(self.v4, self.v6)


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


def seconds(value: timedelta | int, argument: str) -> int:
    """Whole seconds of an option, at least one."""
    found = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(found, bool) or not isinstance(found, int | float) or found != int(found):
        raise ConfigurationError(f"{argument} must be whole seconds", argument=argument)
    return whole(int(found), argument, 1)
