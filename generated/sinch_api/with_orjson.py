# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Reading JSON with orjson, for what it reads as the standard library does; loaded where it is installed.

It makes fractions, exponents and whole numbers of more than 64 bits floating point numbers, and so
rounds them. Here they are exact: a price is a :class:`~decimal.Decimal`, with the digits that were
sent. So a document in which it found a float is for the standard library. To look each of them up in the
text was tried, and takes longer than that.
"""

from __future__ import annotations

from typing import Any

import orjson


class Inexact(ValueError):
    """The document has numbers that orjson may have changed."""


def may_have_a_fraction(body: bytes) -> bool:
    """Whether there is no need to try: some digits have a point between them, most likely of a price."""
    return b"0.0" in body.translate(_DIGITS)


_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def read_with_orjson(body: bytes) -> Any:
    """Parse JSON as the standard library does; raises :class:`ValueError` where that has to do it."""
    value = orjson.loads(body)
    # grows meanwhile; a call for each level could run out of stack
    containers: list[Any] = [[value]]
    for container in containers:
        for inner in container.values() if isinstance(container, dict) else container:
            kind = inner.__class__
            if kind is float:
                raise Inexact
            if kind is dict or kind is list:
                containers.append(inner)
    return value
