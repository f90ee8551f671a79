"""Rules for arguments: what passes, what is refused, and the words for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.core import checks
from sinch.errors import InvalidArgumentError
from sinch.values import Cli
from sinch_api.models.common import MusicOnHold

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


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (
            lambda: checks.phone_number("0700", "to"),
            "to must be .* phone number: .* '\\+' is missing",
        ),
        (lambda: checks.path_value(".", "call_id"), "call_id must not be '.' or '..'"),
        (lambda: checks.path_value("..", "call_id"), "call_id must not be '.' or '..'"),
        (lambda: checks.flag("yes", "ace"), "ace must be True or False"),
        (lambda: checks.one_of(MusicOnHold, "jazz", "moh"), "moh must be one of ring, music1, "),
        (lambda: checks.choice(MusicOnHold, 7, "moh"), "moh must be text such as ring, music1, "),
        (
            lambda: checks.instance(int, "7", "n", "a number, as in 7"),
            "n must be a number, as in 7",
        ),
        (lambda: checks.duration(0, "ttl"), r"ttl must be at least 1 s$"),
        (lambda: checks.duration(0, "ttl", at_most=FOUR_HOURS), "at least 1 s and at most 14400 s"),
        (lambda: checks.some([], "to", at_most=3), "to must be 1 to 3 values, not 0"),
        (lambda: checks.text("x" * 9, "text", max_length=8), "at most 8 characters long, not 9"),
        (
            lambda: checks.text("å" * 9, "text", max_bytes=8),
            "at most 8 bytes long in UTF-8, not 18",
        ),
    ],
)
def test_an_error_names_argument_and_rule(check, words):
    with pytest.raises(InvalidArgumentError, match=words):
        check()


@pytest.mark.parametrize(
    ("text", "limits"), [("x" * 8, {"max_length": 8}), ("å" * 4, {"max_bytes": 8})]
)
def test_text_may_be_as_long_as_the_limit(text, limits):
    assert checks.text(text, "text", **limits) == text


@pytest.mark.parametrize("blank", ["", " ", None, 7])
def test_an_open_choice_takes_new_names_but_not_nothing(blank):
    assert checks.choice(MusicOnHold, " jazz ", "moh") == "jazz"
    with pytest.raises(InvalidArgumentError, match="moh must be text such as ring, music1"):
        checks.choice(MusicOnHold, blank, "moh")


@pytest.mark.parametrize("given", ["", "a", "b", "c", "ab", "bc", "abc"])
def test_exactly_one_of_several(given):
    options = {name: name if name in given else None for name in "abc"}
    if len(given) == 1:
        checks.exactly_one(options, "what to say")
    else:
        with pytest.raises(InvalidArgumentError, match="a or b or c what to say: give exactly one"):
            checks.exactly_one(options, "what to say")
