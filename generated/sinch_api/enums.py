# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Enumerations that newer servers may extend."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from functools import cache
from typing import Self, cast

from .codec import expected, read_int


class OpenEnum(StrEnum):
    """An enumeration that newer servers may extend.

    Values match in any letter case. One that is not listed is kept with its text and compares
    equal to it; ``is_known`` tells the two apart. Compare unlisted values with ``==``, not ``is``.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        known = _folded_members(cls).get(value.casefold())
        if known is not None:
            return cast("Self", known)
        stranger = str.__new__(cls, value)
        stranger._name_ = "UNLISTED"
        stranger._value_ = value
        return stranger

    @property
    def is_known(self) -> bool:
        """Whether the specification lists this value."""
        return self._name_ in type(self).__members__

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Read a value; raises :class:`Malformed` unless it is a string."""
        if not isinstance(raw, str):
            raise expected("a string", raw)
        # The exact spelling is the common case, and the enumeration's own call is slow.
        found = cls._value2member_map_.get(raw)
        return cls(raw) if found is None else cast("Self", found)

    def to_wire(self) -> str:
        """The text to send."""
        return self._value_


class OpenIntEnum(IntEnum):
    """An enumeration of numbers that newer servers may extend.

    One that is not listed is kept and compares equal to its number; ``is_known`` tells the two apart.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        stranger = int.__new__(cls, value)
        stranger._name_ = "UNLISTED"
        stranger._value_ = value
        return stranger

    @property
    def is_known(self) -> bool:
        """Whether the specification lists this value."""
        return self._name_ in type(self).__members__

    @classmethod
    def from_wire(cls, raw: object) -> Self:
        """Read a value; raises :class:`Malformed` unless it is an integer."""
        return cls(read_int(raw))

    def to_wire(self) -> int:
        """The number to send."""
        return self._value_


@cache
def _folded_members(kind: type[OpenEnum]) -> dict[str, OpenEnum]:
    return {member._value_.casefold(): member for member in kind}
