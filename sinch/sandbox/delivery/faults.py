"""Faults on purpose, so that an app's resilience can be tested before Sinch tests it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum, StrEnum
from random import Random
from typing import Any

import attrs

_MOST = 100
#: Why a callback that was dropped had no answer.
DROPPED = "dropped on purpose"


class FaultKind(StrEnum):
    """What goes wrong: first with REST requests, then with callbacks."""

    LATENCY = "latency"
    """The request is taken ``seconds`` late."""
    RATE_LIMIT = "rate-limit"
    """429 with ``Retry-After``; nothing is done."""
    SERVER_ERROR = "server-error"
    """500; nothing is done."""
    BAD_GATEWAY = "bad-gateway"
    """502 with the HTML page of a proxy; nothing is done."""
    RESET = "reset"
    """The connection is cut before anything is done."""
    LOST_RESPONSE = "lost-response"
    """The request is carried out, and then the connection is cut."""
    SLOW_BODY = "slow-body"
    """The request is carried out, and the body of the answer takes ``seconds`` to arrive."""
    WRONG_SIGNATURE = "wrong-signature"
    """The callback is signed wrongly."""
    DROP = "drop"
    """The callback is never sent, and counts as unanswered."""
    DUPLICATE = "duplicate"
    """The callback is sent twice."""
    REORDER = "reorder"
    """The callback comes after the one that follows, or after ``seconds``."""
    DELAY = "delay"
    """The callback comes ``seconds`` late."""


OF_CALLBACKS = (
    FaultKind.WRONG_SIGNATURE,
    FaultKind.DROP,
    FaultKind.DUPLICATE,
    FaultKind.REORDER,
    FaultKind.DELAY,
)
OF_REST = tuple(kind for kind in FaultKind if kind not in OF_CALLBACKS)
TIMED = frozenset({FaultKind.LATENCY, FaultKind.SLOW_BODY, FaultKind.DELAY, FaultKind.REORDER})


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
    ``seconds`` is the length of a latency, delay or slow body, and the longest a callback is held
    back by a reorder; ``retry_after`` goes into the answer of a rate limit. Raises ValueError for
    values out of range.
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

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Read ``kind`` or ``kind,match=/v1/sms,times=1``, as the command line has it.

        Names are those of the fields, with ``-`` or ``_``. Raises ValueError.
        """
        kind, *rest = text.split(",")
        kinds = [item.value for item in FaultKind]
        if kind.strip() not in kinds:
            raise ValueError(f"a fault is one of {', '.join(kinds)}, not {kind.strip()!r}")
        given: dict[str, Any] = {}
        for part in rest:
            name, equals, value = part.partition("=")
            field = name.strip().replace("-", "_")
            read = _OPTIONS.get(field)
            if read is None or not equals:
                names = ", ".join(f"{known.replace('_', '-')}=..." for known in _OPTIONS)
                raise ValueError(f"a fault takes {names}, not {part.strip()!r}")
            try:
                given[field] = read(value.strip())
            except ValueError:
                raise ValueError(f"{name.strip()} of a fault has to be a number") from None
        return cls(kind=FaultKind(kind.strip()), **given)


_OPTIONS: dict[str, Callable[[str], Any]] = {
    "match": str,
    "times": int,
    "chance": float,
    "seconds": float,
    "retry_after": float,
}


class Cut(Enum):
    """When a connection is cut."""

    BEFORE = "before anything is done"
    AFTER = "after the request was carried out"


@attrs.frozen(kw_only=True)
class Disturbance:
    """What several faults at once make of one REST request."""

    wait: float = 0.0
    """Seconds until the request is taken."""
    cut: Cut | None = None
    instead: Fault | None = None
    """The fault whose answer comes in the place of the right one; nothing is done then."""
    body_seconds: float = 0.0
    """How long the body of the answer takes."""

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> Disturbance:
        """Put them together: the connection is cut as early, and it takes as long, as any says."""
        found = list(faults)
        kinds = {fault.kind for fault in found}
        after = Cut.AFTER if FaultKind.LOST_RESPONSE in kinds else None
        return cls(
            wait=_total(found, FaultKind.LATENCY),
            cut=Cut.BEFORE if FaultKind.RESET in kinds else after,
            instead=next((fault for fault in found if fault.kind in _INSTEAD), None),
            body_seconds=_total(found, FaultKind.SLOW_BODY),
        )


_INSTEAD = frozenset({FaultKind.RATE_LIMIT, FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY})


def _total(faults: Iterable[Fault], kind: FaultKind) -> float:
    return sum(fault.seconds for fault in faults if fault.kind is kind)


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

    def add(self, fault: Fault | str) -> Fault:
        """Add a rule, or its text as :meth:`Fault.parse` reads it; it gets an id.

        Raises ValueError when there are a hundred already.
        """
        if isinstance(fault, str):
            fault = Fault.parse(fault)
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

    def times_sent(self, event: str) -> int:
        """How often a callback is sent by those who know no other faults: 0, 1 or 2."""
        kinds = self._striking((FaultKind.DROP, FaultKind.DUPLICATE), _fits_event(event))
        found = {rule.kind for rule in kinds}
        return 0 if FaultKind.DROP in found else 1 + (FaultKind.DUPLICATE in found)

    def for_callback(self, event: str, *, awaited: bool = False) -> tuple[Fault, ...]:
        """The rules that strike a callback; each counts as used.

        One whose answer is awaited cannot be held back: nothing would come after it.
        """
        kinds = [kind for kind in OF_CALLBACKS if not awaited or kind is not FaultKind.REORDER]
        return self._striking(kinds, _fits_event(event))

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


def _fits_event(event: str) -> Callable[[Fault], bool]:
    folded = event.casefold()
    return lambda rule: not rule.match or rule.match.casefold() == folded
