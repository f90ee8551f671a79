"""A day of a service with honest customers in four countries, and a fraud that pumps codes into it.

What is imitated, and from where it is known: pumping goes to ranges of numbers that the fraudster
gets a share of, mostly numbers in a row; through proxies in homes, so that no network is seen
often; with an account or session for each start; and nobody enters a code, or a few to look real.
Honest people come from few networks, since operators of mobile networks put thousands behind one,
come in waves over the day, mistype, try again, and mostly succeed after half a minute.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sinch.guard import Budget, Rule, VerificationGuard, recommended_rules
from sinch.guard.numbering import kind

START = 1_700_006_400.0  # midnight
DAY = 86400
#: Country, calling code, prefixes of mobile numbers, how many digits follow, share of customers.
HONEST = (
    ("SE", "+46", ("70", "72", "73", "76", "79"), 7, 0.55),
    ("NO", "+47", ("90", "92", "45", "41"), 6, 0.25),
    ("DK", "+45", ("20", "26", "30", "51"), 6, 0.15),
    ("TJ", "+992", ("93", "98", "90"), 7, 0.05),
)
#: Ranges of numbers in a country that is served: the country list alone would stop anything else.
PUMPED = ("+99293100", "+99293101", "+99298555")


Fraud: TypeAlias = Callable[..., Iterator["Attempt"]]


@dataclass(order=True)
class Attempt:
    """One start: who wants it, and after how long a code is entered, if ever."""

    at: float
    number: str = field(compare=False)
    ip: str = field(compare=False)
    user: str = field(compare=False)
    honest: bool = field(compare=False)
    succeeds_after: float | None = field(compare=False, default=None)


@dataclass
class Outcome:
    """What the guard did."""

    honest: int = 0
    honest_denied: int = 0
    pumped: int = 0
    pumped_allowed_after_50: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)

    @property
    def stopped(self) -> float:
        """Which part of the pumped starts was stopped, after the first 50."""
        return 1 - self.pumped_allowed_after_50 / max(self.pumped - 50, 1)

    @property
    def denied(self) -> float:
        """Which part of the honest starts was denied."""
        return self.honest_denied / self.honest


def rules() -> list[Rule]:
    """The recommended rules, with nothing tuned to this fraud."""
    return recommended_rules("SE", "NO", "DK", "TJ", budget=Budget("2000", "EUR", assumed="0.05"))


def honest(many: int, chance: random.Random) -> Iterator[Attempt]:
    """Starts of people: most of them one, some a second or third one."""
    operators = [f"{chance.randrange(11, 223)}.{chance.randrange(256)}.{{}}" for _ in range(12)]
    made = 0
    while made < many:
        _, code, prefixes, digits, _ = chance.choices(HONEST, [it[4] for it in HONEST])[0]
        number = code + chance.choice(prefixes) + f"{chance.randrange(10**digits):0{digits}d}"
        if kind(number) != "mobile":
            continue  # nobody has it
        network = chance.choice(operators) if chance.random() < 0.6 else None
        ip = (
            network.format(f"{chance.randrange(8)}.{chance.randrange(256)}")
            if network
            else ".".join(str(chance.randrange(1, 255)) for _ in range(4))
        )
        # more of them in the afternoon and evening than at night
        at = START + DAY * min(chance.betavariate(4, 2.5), 0.98)
        user = f"person-{made}"
        tries = chance.choices((1, 2, 3), (90, 8, 2))[0]
        for index in range(min(tries, many - made)):
            last = index == tries - 1
            succeeds = chance.uniform(8, 90) if last and chance.random() < 0.88 else None
            yield Attempt(at, number, ip, user, True, succeeds)
            made += 1
            # the app offers to try again after the pause of the first cool-down, and of the second
            at += (40, 90)[min(index, 1)] + chance.expovariate(1 / 60)


def pumped(
    many: int, chance: random.Random, ranges: Sequence[str] = PUMPED, entered: float = 0.01
) -> Iterator[Attempt]:
    """The fraud: it runs for half a day, and takes the numbers of its ranges one after the other."""
    at = START + DAY / 3
    following = dict.fromkeys(ranges, 0)
    for index in range(many):
        block = chance.choice(ranges)
        digits = 13 - len(block)
        number = f"{block}{following[block] % 10**digits:0{digits}d}"
        following[block] += chance.randrange(1, 3)
        ip = ".".join(str(chance.randrange(1, 255)) for _ in range(4))
        succeeds = chance.uniform(20, 60) if chance.random() < entered else None
        yield Attempt(at, number, ip, f"account-{index}", False, succeeds)
        at += chance.expovariate(many / (DAY / 2))


def scattered(
    many: int, chance: random.Random, countries: Sequence[str] = ("SE",), entered: float = 0.01
) -> Iterator[Attempt]:
    """The same fraud to any mobile number of whole countries: no block is its own."""
    there = [it for it in HONEST if it[0] in countries]
    for attempt in pumped(many, chance, entered=entered):
        number = ""
        while not number or kind(number) != "mobile":
            _, code, prefixes, digits, _ = chance.choice(there)
            number = code + chance.choice(prefixes) + f"{chance.randrange(10**digits):0{digits}d}"
        attempt.number = number
        yield attempt


def replay(many: int, *, seed: int = 20251125, fraud: Fraud = pumped, **how: Any) -> Outcome:
    """Put so many honest and as many pumped starts, in the order of their times, to a guard."""
    chance = random.Random(seed)
    attempts = sorted([*honest(many, chance), *fraud(many, chance, **how)])
    now = START
    guard = VerificationGuard("memory://", rules(), clock=lambda: now)
    successes: list[tuple[float, str]] = []
    outcome = Outcome()
    for attempt in attempts:
        while successes and successes[0][0] <= attempt.at:
            now, number = heapq.heappop(successes)
            guard.succeeded(number)
        now = attempt.at
        decision = guard.check(attempt.number, ip=attempt.ip, user=attempt.user)
        if decision and attempt.succeeds_after is not None:
            heapq.heappush(successes, (now + attempt.succeeds_after, attempt.number))
        if decision.rule is not None:
            who = "honest" if attempt.honest else "pumped"
            key = f"{who} {decision.rule}"
            outcome.by_rule[key] = outcome.by_rule.get(key, 0) + 1
        if attempt.honest:
            outcome.honest += 1
            outcome.honest_denied += not decision
        else:
            outcome.pumped += 1
            outcome.pumped_allowed_after_50 += bool(decision) and outcome.pumped > 50
    return outcome
