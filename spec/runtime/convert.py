"""Containers of models, and classes of yours that hold models, through cattrs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin
from uuid import UUID

from .caller_id import Cli
from .codec import (
    Malformed,
    read_any,
    read_base64,
    read_bool,
    read_cli,
    read_date,
    read_datetime,
    read_decimal,
    read_float,
    read_int,
    read_seconds,
    read_str,
    read_uuid,
    write_base64,
    write_cli,
    write_date,
    write_datetime,
    write_decimal,
    write_seconds,
)

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")
C = TypeVar("C", bound="Converter")


@cache
def converter() -> Converter:
    """A cattrs converter that knows every model, enumeration and format of this package.

    Models convert through their own ``from_wire`` and ``to_wire``, so containers of models
    (``list[IceEvent]``, ``dict[str, Money]``) and classes of yours that hold models work too.
    What it gives is for JSON: ``structure(unstructure(value), type)`` is the value again.
    Its errors are those of cattrs; :func:`structure` turns them into :class:`Malformed`.
    """
    from cattrs import Converter

    return equip(Converter())


def equip(made: C) -> C:
    """Teach a converter of yours what :func:`converter` knows, and give it back.

    For the ones that cattrs has for other formats: ``equip(cattrs.preconf.orjson.make_converter())``,
    ``equip(cattrs.preconf.msgpack.make_converter())``. Register what is yours afterwards.
    """
    from cattrs.strategies import use_class_methods

    use_class_methods(made, "from_wire", "to_wire")
    readers: dict[type, Callable[[Any], Any]] = {
        str: read_str,
        int: read_int,
        float: read_float,
        bool: read_bool,
        Decimal: read_decimal,
        datetime: read_datetime,
        timedelta: read_seconds,
        date: read_date,
        UUID: read_uuid,
        bytes: read_base64,
        Cli: read_cli,
    }
    for kind, read in readers.items():
        made.register_structure_hook(kind, partial(_strictly, kind, read))
    made.register_structure_hook_factory(lambda kind: _member_reader(kind) is not None, _union_hook)
    made.register_unstructure_hook(Decimal, write_decimal)
    made.register_unstructure_hook(timedelta, write_seconds)
    made.register_unstructure_hook(date, write_date)
    made.register_unstructure_hook(UUID, str)
    made.register_unstructure_hook(bytes, write_base64)
    made.register_unstructure_hook(datetime, write_datetime)  # after date, of which it is a kind
    made.register_unstructure_hook(Cli, write_cli)
    return made


def _strictly(base: type, read: Callable[[Any], Any], raw: object, kind: type) -> Any:
    """Read a scalar; cattrs asks the hook of ``str`` for every subclass of it, enumerations too."""
    value = read(raw)
    return value if kind is base else kind(value)


def _member_reader(kind: Any) -> Callable[[object], Any] | None:
    """The function that reads a tagged union; its Unknown member knows it."""
    if get_origin(kind) not in {UnionType, Union}:
        return None
    found = (getattr(member, "read_member", None) for member in get_args(kind))
    return next(filter(None, found), None)


def _union_hook(kind: Any) -> Callable[[Any, Any], Any]:
    read = _member_reader(kind) or read_any
    empty = NoneType in get_args(kind)
    return lambda raw, _: None if empty and raw is None else read(raw)


def structure(raw: object, kind: type[T]) -> T:
    """Turn parsed JSON into ``kind``: a model, an enumeration, or a container of them.

    Raises :class:`Malformed` with the path of the first thing that is wrong.
    """
    try:
        return converter().structure(raw, kind)
    except (ValueError, TypeError, KeyError, ExceptionGroup) as error:
        raise _malformed(error) from None


def _malformed(error: Exception) -> Malformed:
    """The first cause that cattrs gives, with its path."""
    from cattrs.errors import ClassValidationError, IterableValidationError

    if isinstance(error, Malformed):
        return error
    if isinstance(error, ClassValidationError):
        fields, others = error.group_exceptions()
        return (
            _malformed(fields[0][0]).under(fields[0][1].name) if fields else _malformed(others[0])
        )
    if isinstance(error, IterableValidationError):
        elements, others = error.group_exceptions()
        return (
            _malformed(elements[0][0]).under(elements[0][1].index)
            if elements
            else _malformed(others[0])
        )
    return Malformed("is required" if isinstance(error, KeyError) else "has the wrong type")


def unstructure(value: object) -> Any:
    """Turn models and containers of models into what :func:`dumps` takes."""
    return converter().unstructure(value)
