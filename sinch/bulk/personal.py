"""Texts with a place for each recipient's own words: ``Hello ${name}``.

They are written out, one text a recipient; or, where the platform fills them in itself, kept as one
text with parameters, so that recipients share a request. Whatever might come out otherwise at Sinch than
written out here (a key or value that it does not take, a stray ``${``) is written out.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

import attrs

from sinch import limits
from sinch.errors import InvalidArgumentError
from sinch.messages.arguments import PLACE

_OPENS: Final = "${"


@attrs.frozen
class Personal:
    """A text with places. ``keys`` says by which key of Sinch's a column goes.

    ``shared`` is the text with these keys, None where Sinch cannot be trusted to read it alike.
    """

    template: Template
    keys: Mapping[str, str]
    shared: str | None

    @classmethod
    def of(cls, text: str) -> Personal:
        """Raises :class:`~sinch.errors.InvalidArgumentError` for a ``$`` that means nothing."""
        template = Template(text if isinstance(text, str) else "$")
        if not template.is_valid():
            rule = "has a $ that names no column; write $$ for a $ itself"
            raise InvalidArgumentError("text", rule)
        names = template.get_identifiers()
        keys = {name: _key(name, place) for place, name in enumerate(names)}
        shared = _shared(text, keys) if len({*keys.values()}) == len(keys) > 0 else None
        return cls(template, keys, shared)

    def missing(self, row: Mapping[str, object]) -> list[str]:
        """Columns that the text names and a row does not have."""
        return [name for name in self.keys if name not in row]

    def written(self, row: Mapping[str, str]) -> str:
        """The text for one recipient."""
        return self.template.substitute(row)

    def parameters(self, row: Mapping[str, str]) -> dict[str, str] | None:
        """What goes with :attr:`shared` for this recipient; None if the text has to be written out."""
        if self.shared is None or len(self.written(row)) > limits.BATCH_TEXT:
            return None
        values = {key: row[name] for name, key in self.keys.items()}
        return values if all(map(_is_expressible, values.values())) else None


def filled(text: str, parameters: Mapping[str, str]) -> str:
    """A shared text with the words of one recipient."""
    return PLACE.sub(lambda place: parameters.get(place[1], place[0]), text)


def _key(name: str, place: int) -> str:
    return name if len(name) <= limits.PARAMETER_KEY else f"p{place}"


def _is_expressible(value: str) -> bool:
    # whether a value may be empty is not documented, nor whether what is in it is filled in again
    return 0 < len(value) <= limits.PARAMETER_VALUE and _OPENS not in value


def _shared(text: str, keys: Mapping[str, str]) -> str | None:
    """The text as Sinch takes it: it has places in braces, and no way to escape one."""
    pieces: list[str] = [""]
    end = 0
    for found in Template.pattern.finditer(text):
        name = found["named"] or found["braced"]
        pieces[-1] += text[end : found.start()]
        end = found.end()
        if name is None:
            pieces[-1] += "$"
            continue
        if pieces[-1].endswith("$"):
            return None
        pieces += [_OPENS + keys[name] + "}", ""]
    pieces[-1] += text[end:]
    shared = "".join(pieces)
    stray = any(_OPENS in piece for piece in pieces[::2])
    return None if stray or len(shared) > limits.BATCH_TEXT else shared
