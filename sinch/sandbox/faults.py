"""Faults on purpose, so that an app's resilience can be tested before Sinch tests it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from random import Random
from typing import Any

import attrs

_MOST = 100


class FaultKind(StrEnum):
    """What goes wrong. The first four disturb REST requests, the others callbacks."""

    LATENCY = "latency"
    RATE_LIMIT = "rate-limit"
    SERVER_ERROR = "server-error"
    RESET = "reset"
    WRONG_SIGNATURE = "wrong-signature"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    DELAY = "delay"


OF_REST = (FaultKind.LATENCY, FaultKind.RATE_LIMIT, FaultKind.SERVER_ERROR, FaultKind.RESET)
OF_CALLBACKS = tuple(kind for kind in FaultKind if kind not in OF_REST)


def _fraction(_: object, __: object, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError("chance has to be 0 to 1")


def _seconds(_: object, attribute: Any, value: float) -> None:
    if not 0 <= value <= 600:
        raise ValueError(f"{attribute.name} has to be 0 to 600 seconds")


def _times(_: object, __: object, value: int | None) -> None:
    if value is not None and value < 1:
        raise ValueError("times has to be at least 1")


@attrs.define(kw_only=True)
class Fault:
    """One rule.

    ``match`` is a part of the path of a request, or the name of a callback event; "" is any.
    ``times`` is how often it strikes before it is removed, None for always; ``chance`` how likely each time.
    ``seconds`` is the length of a latency or delay, and the longest a callback is held back by a
    reorder; ``retry_after`` goes into the answer of a rate limit. Raises ValueError for values out
    of range.
    """

    kind: FaultKind = attrs.field(converter=FaultKind)
    match: str = ""
    times: int | None = attrs.field(default=None, validator=_times)
    chance: float = attrs.field(default=1.0, validator=_fraction)
    seconds: float = attrs.field(default=2.0, validator=_seconds)
    retry_after: float = attrs.field(default=1.0, validator=_seconds)
    id: str = ""
    hits: int = 0

    @property
    def used_up(self) -> bool:
        """Whether it has struck as often as it should."""
        return self.times is not None and self.hits >= self.times


class Faults:
    """The rules in force. Each rule that fits strikes, and several may at once."""

    def __init__(self, random: Random | None = None) -> None:
        self._random = random or Random()  # noqa: S311  not for secrets
        self._rules: list[Fault] = []
        self._count = 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._rules))

    def __bool__(self) -> bool:
        return bool(self._rules)

    def add(self, fault: Fault) -> Fault:
        """Add a rule; it gets an id. Raises ValueError when there are a hundred already."""
        if len(self._rules) >= _MOST:
            raise ValueError(f"there are {_MOST} faults already")
        self._count += 1
        fault.id = str(self._count)
        self._rules.append(fault)
        return fault

    def replace(self, faults: Iterable[Fault]) -> None:
        """Replace all rules."""
        given = list(faults)
        if len(given) > _MOST:
            raise ValueError(f"more than {_MOST} faults")
        self._rules.clear()
        for fault in given:
            self.add(fault)

    def remove(self, fault_id: str) -> bool:
        """Remove a rule; False if there is none with this id."""
        before = len(self._rules)
        self._rules = [rule for rule in self._rules if rule.id != fault_id]
        return len(self._rules) < before

    def clear(self) -> None:
        """Remove all rules."""
        self._rules.clear()

    def for_request(self, path: str) -> tuple[Fault, ...]:
        """The rules that strike a request; each counts as used."""
        return self._striking(OF_REST, lambda rule: rule.match in path)

    def for_callback(self, event: str, *, awaited: bool = False) -> tuple[Fault, ...]:
        """The rules that strike a callback; each counts as used.

        One whose answer is awaited cannot be held back: nothing would come after it.
        """
        folded = event.casefold()
        kinds = [kind for kind in OF_CALLBACKS if not awaited or kind is not FaultKind.REORDER]
        return self._striking(kinds, lambda rule: not rule.match or rule.match.casefold() == folded)

    def _striking(
        self, kinds: Collection[FaultKind], fits: Callable[[Fault], bool]
    ) -> tuple[Fault, ...]:
        if not self._rules:
            return ()
        found: list[Fault] = []
        for rule in self._rules:
            if rule.kind not in kinds or not fits(rule):
                continue
            if rule.chance < 1 and self._random.random() >= rule.chance:
                continue
            rule.hits += 1
            found.append(attrs.evolve(rule))
        self._rules = [rule for rule in self._rules if not rule.used_up]
        return tuple(found)
