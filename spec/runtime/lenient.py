"""Reading what a server sends leniently, when strictly did not work out: seldom, so imported late.

A value that cannot be read costs that value and no more; each is noted as a :class:`.Problem`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .choices import read_map, read_nullable
from .codec import (
    Malformed,
    expected,
    fields_of,
    read_cli,
    read_list,
    read_object,
    read_str,
    read_text,
)
from .enums import OpenEnum, OpenIntEnum
from .model import Problem, Tagged, extra_of
from .pairs import pairs_from, read_pairs

if TYPE_CHECKING:
    from .model import Reader, Reading

T = TypeVar("T")

_new = object.__new__


def leniently(cls: type[T], raw: Any) -> T:
    """Read all that can be read; raises :class:`Malformed` for what a model cannot be without."""
    reading: Reading = cls._reading  # type: ignore[attr-defined]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in fields_of(raw, reading.readers, reading.folded).items():
        python, read = reading.readers[key]
        if value is None:
            continue
        try:
            values[python] = _part(read or read_str, value, f"/{key}", problems)
        except Malformed as wrong:
            if python in reading.identifies:
                raise wrong.under(key) from None
            problems.append(Problem(f"/{key}{wrong.path}", wrong.problem))
    named = {problem.where for problem in problems}
    for python, wire in reading.required:
        if python not in values:
            if python in reading.identifies:
                raise Malformed("is required", f"/{wire}")
            if not any(where.startswith(f"/{wire}") for where in named):
                problems.append(Problem(f"/{wire}", "is required"))
    values = {**reading.if_missing, **values}
    values.pop("", None)
    if reading.lenient:
        values.update(raw=raw, problems=tuple(problems))
    if reading.takes_extra:
        values["extra"] = _further(reading, extra_of(raw, reading.folded), problems)
        if reading.lenient:
            values["problems"] = tuple(problems)
    model = _new(cls)
    reading.fill(model, **values)
    return model


def _further(reading: Reading, extra: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Properties without a field, as far as they can be read."""
    if reading.takes_extra is True:
        return extra
    found: dict[str, Any] = {}
    for key, value in extra.items():
        try:
            found[key] = _part(cast("Reader", reading.takes_extra), value, f"/{key}", problems)
        except Malformed as wrong:
            problems.append(Problem(f"/{key}{wrong.path}", wrong.problem))
    return found


def _part(read: Reader, value: Any, where: str, problems: list[Problem]) -> Any:
    """Read the value of a field, noting what in it could not be read."""
    if isinstance(read, partial):
        if read.func is read_list:
            return _elements(read.keywords["read"], value, where, problems)
        if read.func is read_pairs:
            return pairs_from(_elements(read.keywords["read"], value, where, problems))
        if read.func is read_nullable:
            return None if value is None else _part(read.keywords["read"], value, where, problems)
        if read.func is read_map:
            return _values(read.keywords["read"], value, where, problems)
    owner: Any = getattr(read, "__self__", None)
    if isinstance(owner, Tagged):
        owner = owner.member(value)
    if not isinstance(owner, type):
        # Text is text also where it came as a number, an id above all.
        return read(read_text(value)) if read in {read_str, read_cli} else read(value)
    if issubclass(owner, OpenEnum):
        return read(read_text(value))
    if issubclass(owner, OpenIntEnum):
        return read(value)
    if not hasattr(owner, "_reading"):  # a union's unknown member
        return read(value)
    part: Any = leniently(owner, value)
    problems.extend(Problem(where + path, reason) for path, reason in part.problems)
    return part


def _elements(read: Reader, value: Any, where: str, problems: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise expected("an array", value)
    found: list[Any] = []
    for index, element in enumerate(value):
        try:
            found.append(_part(read, element, f"{where}/{index}", problems))
        except Malformed as wrong:
            problems.append(Problem(f"{where}/{index}{wrong.path}", wrong.problem))
    return tuple(found)


def _values(read: Reader, value: Any, where: str, problems: list[Problem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, one in read_object(value).items():
        try:
            found[key] = _part(read, one, f"{where}/{key}", problems)
        except Malformed as wrong:
            problems.append(Problem(f"{where}/{key}{wrong.path}", wrong.problem))
    return found
