"""Rules for arguments, checked before anything is sent. Each raises InvalidArgumentError."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final, TypeVar

import attrs

from sinch import values
from sinch.errors import InvalidArgumentError
from sinch.values import Cli
from sinch_api.enums import OpenEnum

T = TypeVar("T")
C = TypeVar("C", bound=OpenEnum)

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
ONE_LINE: Final = "must not have line breaks or other control characters"


def is_one_line(text: str) -> bool:
    """Whether a text can be a header's value: it neither ends a line nor has control characters."""
    return text.isprintable() or _CONTROLS.search(text) is None


def phone_number(value: str, argument: str) -> str:
    """An international number: ``+`` and digits, 7 to 17 characters (docs/platform/limits.md)."""
    try:
        # str() for a subclass of str, which strip() may leave as it is
        return str(values.phone_number(value, field=""))
    except ValueError as error:
        raise InvalidArgumentError(argument=argument, rule=str(error).strip()) from None


def text(
    value: str, argument: str, *, max_length: int | None = None, max_bytes: int | None = None
) -> str:
    """Text that is not blank, can be encoded, and is not too long."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgumentError(argument=argument, rule="must be text that is not blank")
    size = encoded_size(value, argument)
    if max_length is not None and len(value) > max_length:
        rule = f"must be at most {max_length} characters long, not {len(value)}"
        raise InvalidArgumentError(argument=argument, rule=rule)
    if max_bytes is not None and size > max_bytes:
        rule = f"must be at most {max_bytes} bytes long in UTF-8, not {size}"
        raise InvalidArgumentError(argument=argument, rule=rule)
    return value


def encoded_size(value: str, argument: str) -> int:
    """The size of a text in UTF-8; half a surrogate pair has none."""
    try:
        return len(value.encode())
    except UnicodeEncodeError:
        rule = "must not hold half of a surrogate pair, which cannot be encoded"
        raise InvalidArgumentError(argument=argument, rule=rule) from None


def path_value(value: str, argument: str) -> str:
    """An id that becomes one segment of a URL path."""
    text(value, argument)
    if value in {".", ".."}:
        raise InvalidArgumentError(argument=argument, rule="must not be '.' or '..'")
    return value


def in_path(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    """The same as a validator of attrs."""
    path_value(value, attribute.name)


def caller_id(value: str | Cli, argument: str = "cli") -> str:
    """What a call shows as its caller: a number, a name, ``private`` or ``incoming``."""
    found = text(value.wire if isinstance(value, Cli) else value, argument).strip()
    if not is_one_line(found):
        raise InvalidArgumentError(argument=argument, rule=ONE_LINE)
    return found


def choice(kind: type[C], value: C | str, argument: str) -> C:
    """A value of an open enumeration, also as text in any letter case; new ones pass."""
    if not isinstance(value, str) or not value.strip():
        names = ", ".join(kind)
        raise InvalidArgumentError(argument=argument, rule=f"must be text such as {names}")
    return kind(value.strip())


def one_of(kind: type[C], value: C | str, argument: str) -> C:
    """A value of an enumeration of which only the known ones can be sent; also as text."""
    found = choice(kind, value, argument)
    if not found.is_known:
        raise InvalidArgumentError(argument=argument, rule=f"must be one of {', '.join(kind)}")
    return found


def flag(value: bool | None, argument: str) -> bool | None:
    """True, False, or None for what is left as it is."""
    if value is not None and not isinstance(value, bool):
        raise InvalidArgumentError(argument=argument, rule="must be True or False")
    return value


def instance(kind: type[T], value: T, argument: str, advice: str) -> T:
    """A value of exactly the kind that is asked for; ``advice`` says how to make one."""
    if not isinstance(value, kind):
        raise InvalidArgumentError(argument=argument, rule=f"must be {advice}")
    return value


def as_span(value: object) -> timedelta | None:
    """A timedelta from one, or from a number of seconds; ``None`` for everything else.

    ``True`` is no number of seconds, nor is infinity, nor what does not fit into a timedelta.
    """
    if isinstance(value, timedelta):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return timedelta(seconds=value)
    except (OverflowError, ValueError):
        return None


def duration(
    value: timedelta | float,
    argument: str,
    *,
    at_least: timedelta = timedelta(seconds=1),
    at_most: timedelta | None = None,
) -> timedelta:
    """A duration, from a timedelta or a number of seconds."""
    span = as_span(value)
    if span is None:
        raise InvalidArgumentError(argument=argument, rule="must be a timedelta or seconds")
    if span < at_least or (at_most is not None and span > at_most):
        upper = "" if at_most is None else f" and at most {at_most.total_seconds():g} s"
        rule = f"must be at least {at_least.total_seconds():g} s{upper}"
        raise InvalidArgumentError(argument=argument, rule=rule)
    return span


def exactly_one(options: Mapping[str, object], purpose: str) -> None:
    """Exactly one of several arguments has to be given."""
    given = [name for name, value in options.items() if value is not None]
    if len(given) != 1:
        names = " or ".join(options)
        raise InvalidArgumentError(argument=names, rule=f"{purpose}: give exactly one")


def some(values: Iterable[T], argument: str, *, at_most: int) -> tuple[T, ...]:
    """Between one and ``at_most`` values."""
    if not isinstance(values, Iterable) or isinstance(values, bytes | Mapping):
        raise InvalidArgumentError(argument=argument, rule="must be text, or several of them")
    found = (values,) if isinstance(values, str) else tuple(values)
    if not 1 <= len(found) <= at_most:
        rule = f"must be 1 to {at_most} values, not {len(found)}"
        raise InvalidArgumentError(argument=argument, rule=rule)
    return found  # type: ignore[return-value]  # a lone string stands for a sequence of one
