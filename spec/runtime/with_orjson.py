"""Reading JSON with orjson, for what it reads as the standard library does; loaded where it is installed.

It makes fractions, exponents and whole numbers of more than 64 bits floating point numbers, and so
rounds them. Here they are exact: a price is a :class:`~decimal.Decimal`, with the digits that were
sent. So each float in the result is looked up in the text. What was written there as Python writes it,
with so few digits that nothing can have been rounded, becomes the decimal that was written; a document
with any other is for the standard library.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import orjson


class Inexact(ValueError):
    """The document has numbers that orjson may have changed."""


def read_with_orjson(body: bytes) -> Any:
    """Parse JSON as the standard library does; raises :class:`ValueError` where that has to do it."""
    value = orjson.loads(body)
    if value.__class__ is float:
        raise Inexact
    containers: list[Any] = [value] if value.__class__ in _CONTAINERS else []
    exact: set[str] = set()
    for container in containers:  # which grows meanwhile; a call for each level could run out of stack
        for key, inner in container.items() if container.__class__ is dict else enumerate(container):
            kind = inner.__class__
            if kind in _CONTAINERS:
                containers.append(inner)
            elif kind is float:
                if key not in exact:
                    _check_exact(key, body, exact)
                container[key] = Decimal(repr(inner))
    return value


_CONTAINERS = frozenset({dict, list})
_MOST_KEYS = 16  # or looking for each of thousands takes longer than the standard library

#: A fraction as Python writes it, between a name and what comes next.
_FRACTION = re.compile(rb"\s*:\s*-?((?:0|[1-9][0-9]*)\.(?:0|[0-9]*[1-9]))(?=[\s,}])")
#: A float keeps this many, whichever they are; and then there is the point.
_MOST_CHARACTERS = 15 + 1


def _check_exact(key: object, body: bytes, exact: set[str]) -> None:
    """Add a name to ``exact`` if only such numbers stand after it; raises :class:`Inexact` otherwise.

    Nothing may be escaped in the text: so no name is written in another way, and what looks like it
    is no part of something else.
    """
    if key.__class__ is not str or b"\\" in body or len(exact) >= _MOST_KEYS:
        raise Inexact
    name = f'"{key}"'.encode()
    end = 0
    while (start := body.find(name, end)) >= 0:
        end = start + len(name)
        found = _FRACTION.match(body, end)
        if found is None or len(found[1]) > _MOST_CHARACTERS:
            raise Inexact
    exact.add(key)
