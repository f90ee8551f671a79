"""Checks that several services share: each returns the checked value or raises a refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from sinch import limits
from sinch.values import PhoneNumber, dtmf_sequence
from sinch_api.enums import OpenEnum
from sinch_api.models.common import Identity, IdentityType

from .errors import Refusal

_SECOND = timedelta(seconds=1)

E = TypeVar("E", bound=OpenEnum)


def number(value: str, name: str, *, without_plus: int = 40001) -> str:
    """An international number; ``without_plus`` is the code when only the plus is missing."""
    text = value.strip()
    if text and not text.startswith("+"):
        raise Refusal(without_plus, f"Parameter {name} needs a leading +.")
    try:
        return str(PhoneNumber.parse(text, name))
    except ValueError as problem:
        raise Refusal(40001, f"Parameter validation: {problem}.") from None


def destination(value: Identity, name: str = "destination") -> Identity:
    """A callee: number, user name or SIP address; a missing type is guessed from the endpoint."""
    endpoint = value.endpoint.strip()
    kind = value.type
    if kind is None:
        kind = IdentityType.SIP if "@" in endpoint else IdentityType.NUMBER
    if kind == IdentityType.NUMBER:
        endpoint = number(endpoint, f"{name}.endpoint", without_plus=40005)
    elif kind == IdentityType.USERNAME:
        text(endpoint, f"{name}.endpoint", limits.USER_NAME)
    elif kind == IdentityType.SIP:
        user, _, host = endpoint.partition("@")
        if not user or not host or any(letter.isspace() for letter in endpoint):
            raise Refusal(40001, f"Parameter {name}.endpoint has to be user@host.")
    else:
        raise Refusal(40001, f"Parameter {name}.type has to be number, username or sip.")
    return Identity(type=kind, endpoint=endpoint)


def text(value: str, name: str, longest: int) -> str:
    """A text that is not blank and at most ``longest`` characters."""
    if not value.strip():
        raise Refusal(40001, f"Parameter {name} is blank.")
    return at_most(value, name, longest)


def at_most(value: str, name: str, longest: int, *, in_bytes: bool = False) -> str:
    """A text of at most ``longest`` characters, or bytes of UTF-8."""
    if (len(value.encode()) if in_bytes else len(value)) > longest:
        unit = "bytes" if in_bytes else "characters"
        raise Refusal(40001, f"Parameter {name} is longer than {longest} {unit}.")
    return value


def known(value: E | None, name: str) -> E | None:
    """An enumeration value that is listed; absent is fine."""
    if value is not None and not value.is_known:
        listed = ", ".join(member.value for member in type(value))
        raise Refusal(40001, f"Parameter {name} has to be one of {listed}.")
    return value


def between(value: timedelta | None, name: str, low: int, high: int) -> timedelta | None:
    """A duration in seconds within bounds; absent is fine."""
    if value is not None and not low <= value.total_seconds() <= high:
        raise Refusal(40001, f"Parameter {name} has to be {low} to {high} seconds.")
    return value


def flash_call(value: timedelta | None, name: str) -> timedelta | None:
    """How long a flash call rings, or may be reported; absent is fine."""
    low, high = limits.SHORTEST_FLASH_CALL, limits.LONGEST_FLASH_CALL
    return between(value, name, low // _SECOND, high // _SECOND)


def dtmf(value: str | None, name: str) -> str | None:
    """Tones to send; absent and empty are fine."""
    if value:
        try:
            dtmf_sequence(value)
        except ValueError as problem:
            raise Refusal(40001, f"Parameter {name}: {problem}.") from None
    return value
