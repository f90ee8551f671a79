"""A clock that can be pushed forward, and what happens by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch.core.signing import utc_now
from sinch.engine.scheduler import Timeline


@pytest.fixture
def timeline(clock):
    return Timeline(clock)


def test_what_is_due_happens_in_order_and_as_of_its_time(timeline, clock):
    start, seen = clock.now, []
    for name, seconds in (("c", 3), ("a", 1), ("b", 2), ("late", 99)):
        timeline.set(
            name, start + timedelta(seconds=seconds), lambda at, n=name: seen.append((n, at))
        )
    clock.advance(10)
    timeline.run()
    assert [(name, (at - start).seconds) for name, at in seen] == [("a", 1), ("b", 2), ("c", 3)]
    assert len(timeline) == 1


def test_an_action_may_plan_the_next_one(timeline, clock):
    seen = []

    def first(moment):
        seen.append("first")
        timeline.set("x", moment + timedelta(seconds=1), lambda _: seen.append("second"))

    timeline.set("x", clock.now, first)
    timeline.advance(timedelta(seconds=1))
    assert seen == ["first", "second"]


def test_one_timer_for_each_key(timeline, clock):
    seen = []
    timeline.set("x", clock.now, lambda _: seen.append(1))
    timeline.set("x", clock.now + timedelta(seconds=5), lambda _: seen.append(2))
    timeline.set("y", clock.now, lambda _: seen.append(3))
    timeline.cancel("y")
    timeline.cancel("never set")
    timeline.run()
    assert seen == []


@pytest.mark.parametrize("seconds", [-1, 86_400 * 365 * 20])
def test_time_moves_forward_and_not_too_far(timeline, seconds):
    with pytest.raises(ValueError, match="forward only"):
        timeline.advance(timedelta(seconds=seconds))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 50), st.booleans())))
def test_no_litter_stays_behind(steps):
    timeline = Timeline(utc_now)
    for key, seconds, cancel in steps * 20:
        timeline.set(str(key), utc_now() + timedelta(seconds=seconds + 60), lambda _: None)
        if cancel:
            timeline.cancel(str(key))
    assert len(timeline) <= 6
    assert len(timeline._queue) <= 2 * 6 + 65


def test_whoever_waits_is_told_when_it_gets_sooner(clock):
    told = []
    timeline = Timeline(clock, lambda: told.append(timeline.next_due() - clock.now))

    def plan(key, seconds):
        timeline.set(key, clock.now + timedelta(seconds=seconds), lambda _: None)
        return [due.seconds for due in told]

    assert plan("a", 9) == [9]
    assert plan("b", 10) == [9], "later than what is waited for already"
    assert plan("c", 5) == [9, 5]
    timeline.cancel("c")
    timeline.next_due()
    assert plan("c", 7) == [9, 5, 7]
    timeline.resume(timedelta(seconds=3))
    assert len(told) == 4
    timeline.run()
    assert plan("d", 1)[-1] == 1
