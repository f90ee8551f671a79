"""A fraud among honest customers: what the recommended rules stop, and whom they deny by mistake.

``make bench`` replays 10,000 of each; here are fewer, to the same bounds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sinch.guard import Budget, Countries, PerNetwork, PerNumber, PerUser

from . import pumping


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("entered", [0.0, 0.01, 0.08])
def test_the_fraud_is_stopped_and_people_are_not(seed, entered):
    outcome = pumping.replay(2000, seed=seed, entered=entered)
    assert (outcome.honest, outcome.pumped) == (2000, 2000)
    assert outcome.stopped >= 0.99
    assert outcome.denied <= 0.001


def test_a_fraud_in_sixty_ranges_is_stopped_by_the_wider_block():
    ranges = [f"+99293{index:03d}" for index in range(60)]
    assert pumping.replay(2000, ranges=ranges).stopped >= 0.99


def test_limits_alone_would_not_have_stopped_it(monkeypatch):
    limits = [
        Countries("SE", "NO", "DK", "TJ"),
        PerNumber("5 per hour"),
        PerUser("5 per hour"),
        PerNetwork("100 per hour"),
    ]
    monkeypatch.setattr(pumping, "rules", lambda: limits)
    outcome = pumping.replay(2000)
    assert outcome.stopped < 0.01, "numbers, accounts and networks are all new"


def test_a_budget_bounds_what_nothing_else_has_seen(monkeypatch):
    budget = Budget(Decimal(50), "EUR", assumed="0.05")
    monkeypatch.setattr(pumping, "rules", lambda: [budget])
    outcome: Any = pumping.replay(2000)
    denied = sum(outcome.by_rule.values())
    assert outcome.honest + outcome.pumped - denied == 1000
