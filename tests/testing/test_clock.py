"""The clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sinch.testing import FrozenClock


def test_it_moves_when_told() -> None:
    clock = FrozenClock(datetime(2026, 3, 1, tzinfo=UTC))

    assert clock() == clock.now == clock()
    assert clock.advance(1.5) == datetime(2026, 3, 1, 0, 0, 1, 500_000, tzinfo=UTC)
    clock.advance(timedelta(hours=1))
    clock.move_to(datetime(2026, 3, 2, tzinfo=UTC))
    assert repr(clock) == "<FrozenClock 2026-03-02T00:00:00+00:00>"


def test_it_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="does not go back"):
        FrozenClock().advance(-1)


def test_it_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FrozenClock(datetime(2026, 3, 1))
