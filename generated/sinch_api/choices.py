# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Reading and checking values that can be of more than one kind, and maps and constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from .codec import Malformed, expected, read_object

T = TypeVar("T")
Reader = Callable[[Any], Any]


def read_map(raw: Any, read: Reader) -> Mapping[str, Any]:
    """Read every value of an object, whatever it is called."""
    found: dict[str, Any] = {}
    for key, value in read_object(raw).items():
        try:
            found[key] = read(value)
        except Malformed as problem:
            raise problem.under(key) from None
    return found


def map_of(read: Callable[[Any], T]) -> Callable[[Any], Mapping[str, T]]:
    """A reader of objects with any names, from a reader of their values."""
    return partial(read_map, read=read)


def read_nullable(raw: Any, read: Reader) -> Any:
    """Read a value that may be null."""
    return None if raw is None else read(raw)


def nullable(read: Callable[[Any], T]) -> Callable[[Any], T | None]:
    """A reader of values that may be null, from one of values that may not."""
    return partial(read_nullable, read=read)


def read_exactly(raw: Any, value: Any) -> Any:
    """Read a value that is always the same."""
    if type(raw) is not type(value) or raw != value:
        raise Malformed(f"expected {value!r}")
    return raw


def exactly(value: Any) -> Reader:
    """A reader of one constant."""
    return partial(read_exactly, value=value)


def read_either(raw: Any, options: tuple[tuple[str, Reader], ...]) -> Any:
    """Read a value as the first kind that fits; of objects, as the one that knows most of it."""
    kind = kind_of(raw)
    fitting = [
        read
        for wanted, read in options
        if wanted in {kind, "any"} or (wanted == "number" and kind == "integer")
    ]
    found: list[Any] = []
    problem = expected(" or ".join(dict.fromkeys(wanted for wanted, _ in options)), raw)
    for read in fitting:
        try:
            value = read(raw)
        except Malformed as error:
            problem = error if len(fitting) == 1 else problem
            continue
        if kind != "object":
            return value
        found.append(value)
    if not found:
        raise problem
    return max(found, key=lambda value: _known(value, raw))


def either(*options: tuple[str, Reader]) -> Reader:
    """A reader of several kinds of values, from what each is in JSON and a reader of it."""
    return partial(read_either, options=options)


def kind_of(raw: Any) -> str:
    """What a parsed value is in JSON."""
    if isinstance(raw, bool):
        return "boolean"
    if isinstance(raw, int):
        return "integer"
    if isinstance(raw, float | Decimal):
        return "number"
    if isinstance(raw, str):
        return "text"
    return (
        "list"
        if isinstance(raw, list | tuple)
        else "object"
        if isinstance(raw, Mapping)
        else "null"
    )


def _known(value: Any, raw: Mapping[str, Any]) -> int:
    """How many of the properties of an object a model has fields for."""
    reading = getattr(type(value), "_reading", None)
    return 0 if reading is None else sum(str(key).casefold() in reading.folded for key in raw)
