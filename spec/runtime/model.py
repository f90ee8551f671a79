"""What models have in common, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, NamedTuple, Self, TypeVar

from .codec import Malformed, fields_of, read_list, read_str

T = TypeVar("T")

Reader = Callable[[Any], Any]

TAG: tuple[str, Reader | None] = ("", None)
"""Stands for the property that tells what kind of object this is: text, and no field of the model."""


class Reading(NamedTuple):
    """How a model is read; see :func:`reads`."""

    readers: Mapping[str, tuple[str, Reader | None]]
    folded: Mapping[str, str]
    required: tuple[tuple[str, str], ...]
    has_tag: bool
    keeps_raw: bool


class Model:
    """What models have in common: they compare, hash and show by their fields, and are read alike.

    attrs would compile the three methods anew for each class, which is more than half of what it
    takes to import a module of models.
    """

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]
    _reading: ClassVar[Reading]

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`Malformed` with the path of what is wrong.

        Names match in any letter case; null is the same as absent; unknown properties are ignored.
        """
        readers, folded, required, has_tag, keeps_raw = cls._reading
        known = type(raw) is dict and raw.keys() <= readers.keys()  # nearly always
        fields = raw if known else fields_of(raw, readers, folded)
        values: dict[str, Any] = {}
        key = ""
        try:
            for key, value in fields.items():
                if value is not None:
                    python, read = readers[key]
                    if read is not None:
                        values[python] = read(value)
                    elif type(value) is str:
                        values[python] = value
                    else:
                        values[python] = read_str(value)
        except Malformed as problem:
            raise problem.under(key) from None
        for python, wire in required:
            if python not in values:
                raise Malformed("is required", f"/{wire}")
        if has_tag:
            values.pop("", None)
        if keeps_raw:
            values["raw"] = raw
        make: Any = cls
        model: Self = make(**values)
        return model

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        names = [field.name for field in self.__attrs_attrs__ if field.eq]
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        fields = (field for field in self.__attrs_attrs__ if field.eq and field.hash is not False)
        return hash((self.__class__, *(getattr(self, field.name) for field in fields)))

    def __repr__(self) -> str:
        names = [field.name for field in self.__attrs_attrs__ if field.repr]
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({shown})"


def reads(
    model: type[Model],
    readers: Mapping[str, tuple[str, Reader | None]],
    *,
    required: tuple[str, ...] = (),
    aliases: Mapping[str, str] | None = None,
    keeps_raw: bool = False,
) -> None:
    """Tell a model how it is read. ``aliases`` are other spellings, folded, and what they stand for."""
    model._reading = Reading(  # noqa: SLF001
        readers,
        {wire.casefold(): wire for wire in readers} | dict(aliases or {}),
        tuple((python, wire) for wire, (python, _) in readers.items() if python in required),
        TAG in readers.values(),
        keeps_raw,
    )


def list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """A reader of arrays, from a reader of their elements."""
    return partial(read_list, read=read)
