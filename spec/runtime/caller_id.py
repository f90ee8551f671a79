"""Caller ids (calling line identification) as the platform sends them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import attrs


class CliMode(StrEnum):
    """What a caller id consists of."""

    HIDDEN = "hidden"
    NUMERIC = "numeric"
    ALPHANUMERIC = "alphanumeric"
    FULL = "full"


_NAME_AND_NUMBER: Final = re.compile(r"([^<>]*)<([^<>]*)>")
_WITHHELD: Final = frozenset({"private", "anonymous", "restricted", "withheld"})


@attrs.frozen(kw_only=True)
class Cli:
    """A caller id (calling line identification) as it was received (docs/platform/values.md#cli).

    ``numeric`` is the number with a leading ``+``, ``alphanumeric`` the name; each is ``""`` when
    absent. ``raw`` keeps the text as it arrived and does not take part in comparison.
    """

    numeric: str = ""
    alphanumeric: str = ""
    raw: str = attrs.field(default="", eq=False, repr=False)

    @property
    def mode(self) -> CliMode:
        """What the caller id consists of."""
        if self.numeric:
            return CliMode.FULL if self.alphanumeric else CliMode.NUMERIC
        return CliMode.ALPHANUMERIC if self.alphanumeric else CliMode.HIDDEN

    @property
    def full(self) -> str:
        """Name and number as ``Name <+number>``, or the one there is."""
        if self.numeric and self.alphanumeric:
            return f"{self.alphanumeric} <{self.numeric}>"
        return self.numeric or self.alphanumeric

    @classmethod
    def parse(cls, text: str | None) -> Cli:
        """Read any form of caller id; never fails, since what a caller sends is not ours to refuse.

        Nothing, blank text and ``private``, ``anonymous``, ``restricted`` or ``withheld`` (any
        letter case) are HIDDEN, also inside angle brackets without a name. A bare number, with or
        without brackets, is NUMERIC and gains a missing ``+``, unless it starts with 0.
        ``Name <number>`` is FULL; when the brackets hold no number only the name counts.
        Everything else, ``incoming`` included, is ALPHANUMERIC.
        """
        raw = "" if text is None else str(text)
        name = raw.strip()
        if number := _with_plus(name):
            return cls(numeric=number, raw=raw)
        match = _NAME_AND_NUMBER.fullmatch(name)
        if match is not None:
            name, inner = match[1].strip().strip('"').strip(), match[2].strip()
            number = _with_plus(inner)
            # "<Bjorn>" has no name outside, so what is inside is all there is
            name = name if name or number else inner
        if not number and name.lower() in _WITHHELD:
            name = ""
        return cls(numeric=number, alphanumeric=name, raw=raw)

    @property
    def wire(self) -> str:
        """The text to send in order to show this caller id; ``private`` hides it."""
        return self.full or "private"

    def __str__(self) -> str:
        return self.full


def _with_plus(text: str) -> str:
    """Give the number in ``text`` its leading ``+``, or return "" when it is not a number."""
    digits = text[1:] if text[:1] == "+" else text
    if not (digits.isascii() and digits.isdigit()):
        return ""
    return text if text[0] in "+0" else f"+{text}"
