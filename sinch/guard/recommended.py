"""Rules to begin with."""

from __future__ import annotations

from sinch.guard import numbering
from sinch.guard.asking import Rate
from sinch.guard.budget import Budget
from sinch.guard.conversion import Conversion
from sinch.guard.destinations import Countries, NumberTypes
from sinch.guard.limits import PerCountry, PerNetwork, PerNumber, PerUser
from sinch.guard.pacing import Attempts, CoolDown
from sinch.guard.rule import Rule


def recommended_rules(
    *countries: str,
    per_country: Rate | str | None = None,
    budget: Budget | None = None,
) -> list[Rule]:
    """Rules for people who sign up or log in, from narrow to wide; a list to change as you like.

    ``countries`` are those where you have customers: two letters, or calling codes. Give
    ``per_country`` too, a few times what your busiest one has, and a ``budget``: they bound what a
    fraud costs that no other rule has seen. Types of numbers are looked at where phonenumbers is
    installed. Conversion has to be fed, see :class:`.Conversion`.
    """
    rules: list[Rule] = [Countries(*countries)]
    if numbering.library() is not None:
        rules.append(NumberTypes())
    rules += [
        CoolDown(),
        PerNumber("5 per hour", "10 per day"),
        PerUser("10 per hour", "20 per day"),
        PerNetwork("100 per hour", "500 per day"),
        Attempts(),
        Conversion(drop=4, after=8),
        Conversion(drop=6, after=25),
    ]
    if per_country is not None:
        rules.append(PerCountry(per_country))
    if budget is not None:
        rules.append(budget)
    return rules
