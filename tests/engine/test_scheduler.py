"""A clock that can be pushed forward, and what happens by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch.core.signing import utc_now
from sinch.engine.scheduler import Scheduler


@pytest.fixture
def scheduler(clock):
    return Scheduler(clock)


def test_what_is_due_happens_in_order_and_as_of_its_time(scheduler, clock):
    start, seen = clock.now, []
    for name, seconds in (("c", 3), ("a", 1), ("b", 2), ("late", 99)):
        scheduler.set(
            name, start + timedelta(seconds=seconds), lambda at, n=name: seen.append((n, at))
        )
    clock.advance(10)
    scheduler.run()
    assert [(name, (at - start).seconds) for name, at in seen] == [("a", 1), ("b", 2), ("c", 3)]
    assert len(scheduler) == 1


def test_an_action_may_plan_the_next_one(scheduler, clock):
    seen = []

    def first(moment):
        seen.append("first")
        scheduler.set("x", moment + timedelta(seconds=1), lambda _: seen.append("second"))

    scheduler.set("x", clock.now, first)
    scheduler.advance(timedelta(seconds=1))
    assert seen == ["first", "second"]


def test_one_timer_for_each_key(scheduler, clock):
    seen = []
    scheduler.set("x", clock.now, lambda _: seen.append(1))
    scheduler.set("x", clock.now + timedelta(seconds=5), lambda _: seen.append(2))
    scheduler.set("y", clock.now, lambda _: seen.append(3))
    scheduler.cancel("y")
    scheduler.cancel("never set")
    scheduler.run()
    assert seen == []


@pytest.mark.parametrize("seconds", [-1, 86_400 * 365 * 20])
def test_time_moves_forward_and_not_too_far(scheduler, seconds):
    with pytest.raises(ValueError, match="forward only"):
        scheduler.advance(timedelta(seconds=seconds))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 50), st.booleans())))
def test_no_litter_stays_behind(steps):
    scheduler = Scheduler(utc_now)
    for key, seconds, cancel in steps * 20:
        scheduler.set(str(key), utc_now() + timedelta(seconds=seconds + 60), lambda _: None)
        if cancel:
            scheduler.cancel(str(key))
    assert len(scheduler) <= 6
    assert len(scheduler._queue) <= 2 * 6 + 65


def test_whoever_waits_is_told_when_it_gets_sooner(clock):
    told = []
    scheduler = Scheduler(clock, lambda: told.append(scheduler.next_due() - clock.now))

    def plan(key, seconds):
        scheduler.set(key, clock.now + timedelta(seconds=seconds), lambda _: None)
        return [due.seconds for due in told]

    assert plan("a", 9) == [9]
    assert plan("b", 10) == [9], "later than what is waited for already"
    assert plan("c", 5) == [9, 5]
    scheduler.cancel("c")
    scheduler.next_due()
    assert plan("c", 7) == [9, 5, 7]
    scheduler.resume(timedelta(seconds=3))
    assert len(told) == 4
    scheduler.run()
    assert plan("d", 1)[-1] == 1
