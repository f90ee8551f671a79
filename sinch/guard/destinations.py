"""Rules about what a number says by itself: its country and its type."""

from __future__ import annotations

import re
from typing import Final

import attrs

from sinch.errors import ConfigurationError
from sinch.guard import numbering
from sinch.guard.asking import fill
from sinch.guard.rule import Rule, check_name
from sinch.guard.start import Refusal, Start

_CALLING_CODE: Final = re.compile(r"\+[1-9][0-9]{0,2}")


@attrs.frozen(init=False)
class Countries(Rule):
    """Only these countries may be written to: ``Countries("SE", "NO", "+45")``.

    The most effective rule of all: fraud goes where you have no customers. Two letters need the
    package phonenumbers; a calling code with its plus does not.
    """

    allowed: frozenset[str]
    name: str

    def __init__(self, *allowed: str, name: str = "countries") -> None:
        if not allowed:
            raise ConfigurationError("name a country, as in Countries('SE')", argument="allowed")
        fill(self, frozenset(map(country_of, allowed)), check_name(name))

    def screen(self, start: Start) -> Refusal | None:
        """See :class:`Countries`.

        .. code-block:: python

            start = Start(PhoneNumber("+4520123456"))
            Countries("SE", "NO").screen(start)  # a Refusal
            Countries("SE", "+45").screen(start)  # None: it is served
        """
        if start.calling_code in self.allowed or start.country in self.allowed:
            return None
        return Refusal("numbers of this country are not served")


UNUSUAL: Final = (
    "premium_rate",
    "shared_cost",
    "toll_free",
    "uan",
    "pager",
    "voicemail",
    "personal_number",
    "unknown",
)


@attrs.frozen(init=False)
class NumberTypes(Rule):
    """No premium or unusual numbers, as phonenumbers tells types; it has to be installed.

    By default refuses ``premium_rate``, ``shared_cost``, ``toll_free``, ``uan``, ``pager``,
    ``voicemail``, ``personal_number``, and ``unknown``: numbers that fit no plan. Others are
    ``mobile``, ``fixed_line``, ``fixed_line_or_mobile`` and ``voip``. Keep phonenumbers up to
    date: plans change, and new ranges are unknown to old versions.
    """

    refused: frozenset[str]
    name: str

    def __init__(self, *refused: str, name: str = "number_types") -> None:
        known = frozenset(numbering.kinds().values())
        wanted = frozenset(refused or UNUSUAL)
        if strange := sorted(map(str, wanted - known)):
            raise ConfigurationError(
                f"{strange[0]!r:.40} is no type of number; there are {', '.join(sorted(known))}",
                argument="refused",
            )
        fill(self, wanted, check_name(name))

    def screen(self, start: Start) -> Refusal | None:
        """See :class:`NumberTypes`.

        .. code-block:: python

            start = Start(PhoneNumber("+469001234567"))
            NumberTypes().screen(start)  # a Refusal: "the number is of type premium_rate"
        """
        if start.kind not in self.refused:
            return None
        return Refusal(f"the number is of type {start.kind}")


def country_of(value: str) -> str:
    """Read a country as rules take it: two letters, or a calling code."""
    text = value.strip().upper() if isinstance(value, str) else ""
    if _CALLING_CODE.fullmatch(text):
        if numbering.calling_code(f"{text}00000000") != text:
            raise ConfigurationError(f"{text} is not a whole calling code", argument="allowed")
        return text
    if text not in numbering.regions():
        raise ConfigurationError(
            f"{value!r:.40} is no country: two letters such as 'SE', or a calling code '+46'",
            argument="allowed",
        )
    return text
