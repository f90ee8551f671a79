"""Rules for the arguments of messages, checked before anything is sent (docs/platform/sms-rest.md#send)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sinch import limits
from sinch.core import checks
from sinch.errors import InvalidArgumentError

PLACE: Final = re.compile(r"\$\{([A-Za-z0-9._-]+)\}")
"""What stands for a parameter in a text."""

DEFAULT: Final = "default"
"""The name under which a parameter has its value for everybody else."""

_GROUP: Final = re.compile(r"(?=[0-9]*[A-Za-z])[A-Za-z0-9]{12,64}")
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{1,16}")
_URL: Final = re.compile(r"https?://[^\s/?#\x00-\x20\x7f][^\s\x00-\x20\x7f]*", re.IGNORECASE)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")


def recipients(
    values: str | Iterable[str], argument: str = "to", *, at_most: int = limits.BATCH
) -> tuple[str, ...]:
    """International numbers and ids of groups, at least one."""
    found = checks.some(values, argument, at_most=at_most)
    return tuple(recipient(value, argument) for value in found)


def recipient(value: str, argument: str = "to") -> str:
    """An international number, or the id of a group: at least 12 letters and digits."""
    if isinstance(value, str) and value[:1] != "+" and _GROUP.fullmatch(value):
        return value
    return checks.phone_number(value, argument)


def body(value: str, argument: str = "text") -> str:
    """The text of a message."""
    return checks.text(value, argument, max_length=limits.BATCH_TEXT)


def plain(value: str, argument: str = "text") -> str:
    """The text of a message without parameters: with a place in it, it would not be sent."""
    if isinstance(value, str) and "${" in value and (place := PLACE.search(value)):
        rule = (
            f"must not have {place[0]:.40} in it: the SMS REST API takes that for a parameter, and sends nothing "
            "without a value; leave it out, or use sinch.messages(...).with_parameters(...)"
        )
        raise InvalidArgumentError(argument, rule)
    return body(value, argument)


def sender(value: str) -> str:
    """A number, a short code or a name."""
    found = checks.text(value, "sender").strip()
    if not checks.is_one_line(found):
        raise InvalidArgumentError("sender", checks.ONE_LINE)
    return found


def reference(value: str) -> str:
    """A client reference: what is found by it must not be lost to somebody who tidies texts up."""
    found = checks.text(value, "client_reference", max_length=limits.CLIENT_REFERENCE)
    if not checks.is_one_line(found):
        raise InvalidArgumentError("client_reference", checks.ONE_LINE)
    if found != found.strip():
        raise InvalidArgumentError("client_reference", "must not begin or end with a space")
    return found


def url(value: str) -> str:
    """A callback URL."""
    found = checks.text(value, "callback_url", max_length=limits.CALLBACK_URL)
    if not _URL.fullmatch(found):
        raise InvalidArgumentError(
            "callback_url", "must be a URL such as 'https://example.com/sms'"
        )
    return found


def moment(value: datetime, argument: str) -> datetime:
    """A time with a zone."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        rule = "must be a datetime with a time zone: datetime.now(UTC) + timedelta(hours=1)"
        raise InvalidArgumentError(argument, rule)
    return value


def expiry(
    value: datetime | timedelta | float, sent_at: datetime | None, now: datetime
) -> datetime:
    """When to stop trying: a moment, or how long after sending; within three days of it."""
    start = now if sent_at is None else max(sent_at, now)
    if isinstance(value, datetime):
        end = moment(value, "expires")
    else:
        span = checks.as_span(value)
        if span is None:
            raise InvalidArgumentError("expires", "must be a datetime, a timedelta or seconds")
        end = start + span if timedelta(0) < span <= limits.LONGEST_VALIDITY else start - span
    if not start < end <= start + limits.LONGEST_VALIDITY:
        days = limits.LONGEST_VALIDITY.days
        raise InvalidArgumentError("expires", f"must be after sending, by {days} days at most")
    return end


def parameters(
    given: Mapping[str, str | Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """Values for ``${key}``: one for everybody, or from number to value with a default."""
    if not isinstance(given, Mapping):
        raise InvalidArgumentError("parameters", "must be a mapping from key to value")
    found: dict[str, dict[str, str]] = {}
    for key, values in given.items():
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            rule = f"must have keys of 1 to 16 letters, digits, '.', '_' and '-', not {key!r:.40}"
            raise InvalidArgumentError("parameters", rule)
        found[key] = _by_number(values, f"parameters[{key}]")
    return found


def _by_number(values: object, argument: str) -> dict[str, str]:
    if isinstance(values, str):
        return {DEFAULT: _value(values, argument)}
    if not isinstance(values, Mapping):
        raise InvalidArgumentError(argument, "must be text, or a mapping from number to text")
    return {
        number if number == DEFAULT else checks.phone_number(number, argument): _value(
            value, argument
        )
        for number, value in values.items()
    }


def _value(value: str, argument: str) -> str:
    if not isinstance(value, str):
        raise InvalidArgumentError(argument, "must have values that are text")
    checks.encoded_size(value, argument)
    if len(value) > limits.PARAMETER_VALUE:
        rule = f"must have values of at most {limits.PARAMETER_VALUE} characters, not {len(value)}"
        raise InvalidArgumentError(argument, rule)
    return value


def identity(value: str, argument: str) -> str:
    """An id that Sinch gave out."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise InvalidArgumentError(argument, "must be an id as Sinch gave it: letters and digits")
    return value


def count(value: int, argument: str, *, at_most: int) -> int:
    """A whole number from 1 on."""
    if type(value) is not int or not 1 <= value <= at_most:
        raise InvalidArgumentError(argument, f"must be a whole number from 1 to {at_most}")
    return value


def number(value: str) -> str:
    """The number of a recipient, for a path: without its plus sign, as Sinch writes it."""
    return checks.phone_number(value, "number").removeprefix("+")
