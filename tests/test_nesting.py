"""How deep data is nested, found without walking into a trap."""

from __future__ import annotations

from typing import Any

import pytest

from sinch.nesting import is_deeper_than


def nested(levels: int) -> Any:
    value: Any = 1
    for number in range(levels):
        value = [value] if number % 2 else {"a": value}
    return value


@pytest.mark.parametrize("levels", [0, 1, 2, 32])
def test_levels_are_counted(levels) -> None:
    assert not is_deeper_than(levels, nested(levels))
    assert is_deeper_than(levels, nested(levels + 1))


def test_a_cycle_is_endless_nesting() -> None:
    cycle: list[Any] = []
    cycle.append({"again": cycle})
    assert is_deeper_than(1000, cycle)


def test_containers_that_are_shared_do_not_double_the_work_with_each_level() -> None:
    value: Any = ["x"]
    for _ in range(60):  # 2 ** 60 paths
        value = [value, value]
    assert not is_deeper_than(61, value)
    assert is_deeper_than(60, value)
