"""Rules for arguments: what passes, what is refused, and the words for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.core import checks
from sinch.errors import InvalidArgumentError
from sinch.values import Cli

FOUR_HOURS = timedelta(hours=4)


@pytest.mark.parametrize("value", [1, 1.0, timedelta(seconds=1), 14400, FOUR_HOURS])
def test_a_duration_is_a_timedelta_or_seconds_bounds_included(value):
    found = checks.duration(value, "max_duration", at_most=FOUR_HOURS)
    assert found == (value if isinstance(value, timedelta) else timedelta(seconds=value))


@pytest.mark.parametrize(
    "value",
    [
        *(0, -1, 0.999, 14400.001, FOUR_HOURS + timedelta(microseconds=1)),
        *(True, False, "60", None, float("nan"), float("inf"), 1e300),
    ],
)
def test_other_durations_are_refused(value):
    with pytest.raises(InvalidArgumentError, match="max_duration must be"):
        checks.duration(value, "max_duration", at_most=FOUR_HOURS)


@pytest.mark.parametrize(
    "value", ["+46700000000", "Anna", "private", Cli.parse("Anna <46700000000>")]
)
def test_a_caller_id_is_text_or_a_cli(value):
    assert checks.caller_id(value) == (value.full if isinstance(value, Cli) else value)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (" ", "must be text"),
        (None, "must be text"),
        ("An\r\nna", "line breaks"),
        ("An\x00na", "control characters"),
        (Cli.parse("An\nna"), "line breaks"),
    ],
)
def test_a_caller_id_is_one_line_of_text(value, rule):
    with pytest.raises(InvalidArgumentError, match=rule):
        checks.caller_id(value)
