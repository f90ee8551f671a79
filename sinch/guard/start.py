"""What a rule looks at, and what comes of it: :class:`Start` and :class:`Decision`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final, Generic, TypeAlias, TypeVar
from uuid import UUID

import attrs

from sinch.guard import numbering
from sinch.redaction import in_repr, mask_number
from sinch.values import PhoneNumber
from sinch_api.models.common import Money

UNREADABLE: Final = "unreadable"
Address: TypeAlias = "str | IPv4Address | IPv6Address | None"
User: TypeAlias = "str | int | UUID | None"
T = TypeVar("T")
_PORT: Final = re.compile(r"(?:\[(.+)\]|([0-9.]+)):[0-9]+")
_NAT64: Final = int(IPv6Address("64:ff9b::")) >> 32


class _Once(Generic[T]):
    """A property that is worked out once; in Python 3.11 functools' takes a lock for it."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        value = instance.__dict__[self._name] = self._work(instance)
        return value


def _given(value: Any) -> str | None:
    """Text of an argument; what is empty was not given, or all who have none would be one."""
    return None if value is None else str(value).strip() or None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address, without a port; what stands for an IPv4 address is that one."""
    with_port = _PORT.fullmatch(text)
    try:
        address = ip_address(text if with_port is None else with_port[1] or with_port[2])
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return address
    if int(address) >> 32 == _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


@attrs.frozen(slots=False)
class Start:
    """A verification that wants to start, as the rules see it.

    Rules of your own get one: see :class:`.Rule`. The other properties are worked out when a rule
    asks for them.
    """

    number: PhoneNumber = attrs.field(repr=in_repr(mask_number))
    ip: str | None = attrs.field(default=None, converter=_given, repr=False)
    """The address that the request came from; None where it is not known."""
    user: str | None = attrs.field(default=None, converter=_given, repr=False)
    """Whoever asked for it: an account, a session, a device; None where it is not known."""
    price: Money | None = None
    """What it will cost, where that is known."""

    @_Once
    def calling_code(self) -> str:
        """The country calling code with its plus: ``+46``."""
        return numbering.calling_code(self.number)

    @_Once
    def line(self) -> str:
        """What the number is counted by: ``+46 070...`` reaches the same phone as ``+46 70...``."""
        return numbering.line(self.number)

    @_Once
    def country(self) -> str:
        """The country as two letters, ``SE``; without the package phonenumbers the calling code.

        What belongs to no country (satellites, international services) is ``001``, and so is what
        several countries share when nothing tells which.
        """
        return numbering.country(self.number)

    @_Once
    def kind(self) -> str:
        """The type of number as phonenumbers tells it, such as ``mobile``; ``unknown`` for none."""
        return numbering.kind(self.number)

    def block(self, drop: int) -> str:
        """The number without its last digits; two digits after the calling code always stay.

        .. code-block:: python

            Start(PhoneNumber("+46701234567")).block(4)  # "+4670123"
        """
        shortest = len(self.calling_code) + 2
        return self.line[: max(len(self.line) - drop, shortest)]

    def network(self, v4: int, v6: int) -> str | None:
        """What tells the network of the address, by the length of its prefix; None without one.

        Addresses that cannot be read share one network, so that nobody escapes by sending rubbish.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"), ip="203.0.113.7")
            start.network(24, 56)  # "cb0071/24", as for all of 203.0.113.0/24
        """
        if self.ip is None:
            return None
        address = _address(self.ip)
        if address is None:
            return UNREADABLE
        if isinstance(address, IPv6Address):
            return f"{int(address) >> (128 - v6):x}::/{v6}"
        return f"{int(address) >> (32 - v4):x}/{v4}"


@attrs.frozen
class Decision:
    """Whether a verification may start, or a code may be tried; true where it may.

    .. code-block:: python

        decision = guard.check(number, ip=address)
        if not decision:
            return too_many_requests(decision.retry_after)

    Tell the person no more than to try later: ``rule`` and ``reason`` tell a fraudster what to
    change.
    """

    allowed: bool
    """Whether to go ahead. Always True where the guard only observes."""
    reason: str = ""
    """For people who run the service: a sentence without the number. Empty when nothing objected."""
    retry_after: timedelta | None = None
    """When trying again may succeed; None if never, or if nobody can say."""
    rule: str | None = None
    """The name of the rule that objected; None when none did."""
    observed: bool = False
    """Whether a rule objected, but the guard only observes, so that it is allowed all the same."""
    store_failed: bool = False
    """Whether the store did not answer, so that only rules that need none were asked."""

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def retry_after_seconds(self) -> int | None:
        """The same in whole seconds, at least 1: the value of a ``Retry-After`` header.

        .. code-block:: python

            if decision.retry_after_seconds is not None:
                response.headers["Retry-After"] = str(decision.retry_after_seconds)
        """
        if self.retry_after is None:
            return None
        return max(1, -int(-self.retry_after.total_seconds() // 1))


@attrs.frozen
class Refusal:
    """What a rule has against it: a sentence, and the seconds until that may be different."""

    reason: str
    wait: float | None = None


def whole(value: Any, argument: str, at_least: int) -> int:
    """Check a whole number of an option."""
    from sinch.errors import ConfigurationError

    if type(value) is not int or value < at_least:
        raise ConfigurationError(
            f"{argument} must be a whole number of at least {at_least}, not {value!r:.40}",
            argument=argument,
        )
    return value
