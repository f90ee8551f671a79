"""Rules that allow so many starts of something within so long."""

from __future__ import annotations

from typing import ClassVar

import attrs

from sinch.errors import ConfigurationError
from sinch.guard.asking import Book, Rate, Steps, fill
from sinch.guard.destinations import country_of
from sinch.guard.rule import Rule, check_name, rates_of
from sinch.guard.start import Refusal, Start, whole


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
        found = {country_of(country): Rate.of(rate) for country, rate in special.items()}
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
