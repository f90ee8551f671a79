"""How many messages a text becomes: GSM 03.38 or UCS-2, and where it is cut.

One message has room for 140 bytes. In the GSM alphabet that is 160 characters of 7 bits, 153 in each
part of a longer text, since six bytes say which part it is; a character of the extension table takes
two. One character outside the alphabet makes the whole text UCS-2: 70 code units of 16 bits, 67 in
each part; a character beyond the basic plane, such as most emoji, takes two. A pair of two is never
cut, so a part may be one short.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import attrs

#: The basic table of GSM 03.38 without the escape, in the order of its codes.
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: What is written as an escape and a second character.
_EXTENSION: Final = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    """How the characters of a message are coded.

    .. code-block:: python

        assert segments("Zażółć").encoding is Encoding.UCS2
    """

    GSM = "GSM-7"
    UCS2 = "UCS-2"


_ROOM: Final = {Encoding.GSM: (160, 153), Encoding.UCS2: (70, 67)}


@attrs.frozen(kw_only=True)
class Segments:
    """What becomes of one text.

    ``units`` is its length as it counts: septets in the GSM alphabet, 16-bit units in UCS-2.
    ``parts`` are the texts of the messages it is cut into, one at least. ``room`` is how many units
    one part holds, and ``left`` how many are free in the last. ``outside`` lists, once each, the
    characters that are not in the GSM alphabet and so make the text UCS-2.
    """

    encoding: Encoding
    units: int
    parts: tuple[str, ...] = attrs.field(repr=lambda parts: f"<{len(parts)} texts>")
    room: int
    left: int
    outside: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many messages it takes, which is what is paid for."""
        return len(self.parts)

    @property
    def culprit(self) -> str | None:
        """The character that made it expensive.

        The first outside of the GSM alphabet, else the first that counts two; None when each counts one.
        """
        if self.outside:
            return self.outside[0]
        return next((char for part in self.parts for char in part if char in _EXTENSION), None)


def segments(text: str) -> Segments:
    """Count the messages that a text takes, and cut it as a phone network does.

    .. code-block:: python

        >>> from sinch.segments import segments
        >>> segments("Hello").count
        1
        >>> segments("€" * 81).count  # two septets each
        2

    Nothing is sent, and no text is refused; Sinch may have limits of its own on how many parts it
    takes.
    """
    outside = tuple(dict.fromkeys(c for c in text if c not in _BASIC and c not in _EXTENSION))
    encoding = Encoding.UCS2 if outside else Encoding.GSM
    weights = [_weight(character, encoding) for character in text]
    units = sum(weights)
    single, concatenated = _ROOM[encoding]
    if units <= single:
        return Segments(
            encoding=encoding,
            units=units,
            parts=(text,),
            room=single,
            left=single - units,
            outside=outside,
        )
    parts, used = _cut(text, weights, concatenated)
    return Segments(
        encoding=encoding,
        units=units,
        parts=parts,
        room=concatenated,
        left=concatenated - used,
        outside=outside,
    )


def _weight(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _cut(text: str, weights: list[int], room: int) -> tuple[tuple[str, ...], int]:
    """The parts, and the units used in the last."""
    parts: list[str] = []
    start = used = 0
    for index, weight in enumerate(weights):
        if used + weight > room:
            parts.append(text[start:index])
            start, used = index, 0
        used += weight
    return (*parts, text[start:]), used
