"""Numbers as clients may write them, in the one form that this API answers with (docs/platform/sms-rest.md#hosts)."""

from __future__ import annotations

import re
from typing import Final

from sinch.values import PhoneNumber

from .refusals import invalid_format

_BETWEEN: Final = re.compile(r"[\s().-]")
_GROUP: Final = re.compile(r"(?=[0-9]*[A-Za-z])[A-Za-z0-9]{12,64}")


def digits(text: str, name: str) -> str:
    """An international number, with ``+``, ``00`` or neither, as digits; raises :class:`.PlanRefusal`."""
    found = plain(text)
    try:
        return str(PhoneNumber.parse(f"+{found}", name))[1:]
    except ValueError:
        raise invalid_format(name, "has to hold international phone numbers") from None


def plain(text: str) -> str:
    """The same without a check: what is no number comes back as it was, less blanks and dashes."""
    found = _BETWEEN.sub("", text)
    return found.removeprefix("+") if found[:1] == "+" else found.removeprefix("00")


def is_group(text: str) -> bool:
    """Whether this can only be the id of a group."""
    return _GROUP.fullmatch(text.strip()) is not None


def sender(text: str) -> str:
    """Who a message is from: a number or short code as digits, a name as it is."""
    found = plain(text)
    return found if found.isdigit() else text.strip()
