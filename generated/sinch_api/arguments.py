# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""What a model is given when Python code makes one: checked at once, every fault named.

Reading JSON is lenient; writing Python is not. A text in place of a list, or None where a value is
needed, would otherwise show up much later, as an error of the server or as a wrong request.
What is plainly meant is taken: the text of an enumeration, a list for a tuple.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from . import choices, codec
from .bounds import Bounds
from .caller_id import Cli
from .enums import OpenEnum, OpenIntEnum
from .pairs import Pairs, read_pairs
from .uploads import Upload, read_upload

if TYPE_CHECKING:
    from .model import Model, Tagged

Taker = Callable[[Any], Any]


class WrongArgument(ValueError):
    """A model was made with a value of the wrong type; nothing was sent.

    ``argument`` names the field, ``rule`` says what it has to be; the value is never quoted.
    """

    def __init__(self, argument: str, rule: str) -> None:
        super().__init__(argument, rule)
        self.argument = argument
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.argument} {self.rule}"


_refuse: Callable[[str, str], Exception] = WrongArgument


def refuse_with(error: Callable[[str, str], Exception]) -> None:
    """Raise an error of your own instead of :class:`WrongArgument`, for packages built on this one."""
    global _refuse
    _refuse = error


def check(model: type[Model], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as the model keeps them; raises :class:`WrongArgument` for the first wrong one."""
    kind: Any = model
    takers, optional, plain = _takers(kind)
    taken = dict(given)
    for name, value in given.items():
        if value.__class__ is plain.get(name):
            continue  # nearly always: of the very type that is wanted
        take = takers.get(name)
        if take is None:
            continue  # kept as it is, or no field at all, which attrs will say
        try:
            taken[name] = optional[name] if value is None and name in optional else take(value)
        except _Wrong as wrong:
            raise _refuse(name + wrong.where, wrong.rule) from None
    if given.get("extra"):
        _check_extra(model, given["extra"])
    for name in kind._reading.deprecated:  # noqa: SLF001
        if given.get(name) is not None:
            warnings.warn(
                f"{model.__name__}.{name} is deprecated", DeprecationWarning, stacklevel=3
            )
    return taken


class _Wrong(Exception):
    """What is wrong with a value, and where inside of it."""

    def __init__(self, wanted: str, value: object, where: str = "") -> None:
        kind = "None" if value is None else type(value).__name__
        self.rule = wanted if wanted.startswith("must ") else f"must be {wanted}, not {kind}"
        self.where = where


@cache
def _takers(model: Any) -> tuple[dict[str, Taker], dict[str, Any], dict[str, type]]:
    """What takes the values of each field, what None is where it may be left out, what needs no taking."""
    reading = model._reading  # noqa: SLF001
    takers = {
        python: _taker(read)
        for python, read in reading.readers.values()
        if python  # the tag is no argument
    }
    for python, bounds in reading.bounds.items():
        takers[python] = partial(_bounded, takers[python], bounds)
    if reading.takes_extra is True:
        takers["extra"] = partial(_instance, Mapping, "a mapping")
    elif reading.takes_extra:
        takers["extra"] = partial(_map, _taker(reading.takes_extra))
    optional = {
        python: _empty(read)
        for python, read in reading.readers.values()
        if python not in reading.needed
    }
    plain: dict[str, type] = {
        python: take.args[0]
        for python, take in takers.items()
        if isinstance(take, partial) and take.func is _instance and type(take.args[0]) is type
    }
    return takers, optional, plain


def _empty(read: Any) -> Any:
    return () if _is_list(read) else Pairs() if _is_pairs(read) else None


def _is_list(read: Any) -> bool:
    return isinstance(read, partial) and read.func is codec.read_list  # not one that may be None


def _is_pairs(read: Any) -> bool:
    return isinstance(read, partial) and read.func is read_pairs


def _taker(read: Any) -> Taker:
    """What takes the values that a reader would give."""
    if _is_pairs(read):
        return _pairs
    if isinstance(read, partial):
        return _composed(read)
    owner: Any = getattr(read, "__self__", None)
    if isinstance(owner, type) and issubclass(owner, OpenEnum | OpenIntEnum):
        return partial(_member, owner)
    if isinstance(owner, type):
        return partial(_instance, owner, f"of type {owner.__name__}")
    if owner is not None:
        return partial(_one_of, owner)
    return _SCALARS[read]


def _bounded(take: Taker, bounds: Bounds, value: Any) -> Any:
    taken = take(value)
    if (found := bounds.problem(taken)) is not None:
        raise _Wrong(found[1], value, found[0])
    return taken


def within(argument: str, value: Any, bounds: Bounds) -> Any:
    """The argument of an operation, if it is within its limits; raises :class:`WrongArgument`."""
    if (found := bounds.problem(value)) is not None:
        raise _refuse(argument + found[0], found[1])
    return value


def _composed(read: Any) -> Taker:
    """What takes lists, maps, choices, constants, and what may be None."""
    given = read.keywords
    if read.func is codec.read_list:
        return partial(_list, _taker(given["read"]))
    if read.func is choices.read_map:
        return partial(_map, _taker(given["read"]))
    if read.func is choices.read_nullable:
        return partial(_or_none, _taker(given["read"]))
    if read.func is choices.read_either:
        return partial(_either, tuple(_taker(option) for _, option in given["options"]))
    return partial(_constant, given["value"])


def _map(take: Taker, value: Any) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for key, one in _instance(Mapping, "a mapping", value).items():
        try:
            taken[key] = take(one)
        except _Wrong as wrong:
            wrong.where = f"[{key!r}]{wrong.where}"
            raise
    return taken


def _or_none(take: Taker, value: Any) -> Any:
    return None if value is None else take(value)


def _either(takers: tuple[Taker, ...], value: Any) -> Any:
    """The first kind that takes it as it is; else the first that makes something of it."""
    found, wrongs = [], []
    for take in takers:
        try:
            found.append(take(value))
        except _Wrong as wrong:
            wrongs.append(wrong)
        else:
            if found[-1] is value:
                return value
    if found:
        return found[0]
    rules = dict.fromkeys(
        wrong.rule.removeprefix("must be ").partition(", not ")[0] for wrong in wrongs
    )
    raise _Wrong(" or ".join(rules), value)


def _constant(only: Any, value: Any) -> Any:
    if type(value) is not type(only) or value != only:
        raise _Wrong(f"must be {only!r}", value)
    return value


def _list(take: Taker, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _Wrong("a list or tuple", value)
    taken: list[Any] = []
    for index, element in enumerate(value):
        try:
            taken.append(take(element))
        except _Wrong as wrong:
            wrong.where = f"[{index}]{wrong.where}"
            raise
    return tuple(taken)


def _member(kind: Any, value: Any) -> Any:
    if isinstance(value, kind):
        return value
    plain = str if issubclass(kind, OpenEnum) else int
    if isinstance(value, plain) and not isinstance(value, OpenEnum | OpenIntEnum | bool):
        return kind(value)
    raise _Wrong(f"a {kind.__name__} or its text", value)


def _one_of(union: Tagged[Any], value: Any) -> Any:
    kinds = (*union.members.values(), union.unknown)
    if isinstance(value, kinds):
        return value
    raise _Wrong(f"one of {', '.join(kind.__name__ for kind in kinds)}", value)


def _instance(kind: type[Any], what: str, value: Any) -> Any:
    # True is an int in Python, but not on the wire.
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise _Wrong(what, value)


def _float(value: Any) -> Any:
    return _instance(int | float, "a number", value)  # type: ignore[arg-type]


def _decimal(value: Any) -> Decimal:
    try:
        return codec.read_decimal(_instance(int | float | Decimal, "a Decimal", value))  # type: ignore[arg-type]
    except codec.Malformed:
        raise _Wrong("must be a finite number", value) from None


def _cli(value: Any) -> Cli:
    return (
        Cli.parse(value) if isinstance(value, str) else _instance(Cli, "a Cli or its text", value)
    )


def _strings(value: Any) -> Any:
    for key, text in _instance(Mapping, "a mapping", value).items():
        if not isinstance(text, str):
            raise _Wrong("text", text, f"[{key!r}]")
    return value


def _pairs(value: Any) -> Pairs:
    if isinstance(value, Pairs):
        return value
    if isinstance(value, Mapping):
        return Pairs(_strings(value))
    found: list[tuple[str, str]] = []
    for index, element in enumerate(_instance(list | tuple, "a mapping", value)):  # type: ignore[arg-type]
        pair = (element.key, element.value) if hasattr(element, "key") else element
        if not isinstance(pair, tuple | list) or [type(part) for part in pair] != [str, str]:
            raise _Wrong("a pair of texts", element, f"[{index}]")
        found.append((pair[0], pair[1]))
    return Pairs(found)


def _check_extra(model: type[Model], extra: Mapping[str, Any]) -> None:
    for key in extra:
        if not isinstance(key, str):
            raise _refuse("extra", f"must have names that are text, not {type(key).__name__}")
        if key.casefold() in model._reading.folded:  # noqa: SLF001
            raise _refuse("extra", f"must not repeat {key}, which is a field of {model.__name__}")


def _upload(value: Any) -> Upload:
    return (
        Upload(value)
        if isinstance(value, bytes)
        else _instance(Upload, "an Upload or bytes", value)
    )


_text: Taker = partial(_instance, str, "text")
_duration: Taker = partial(_instance, timedelta, "a timedelta")
_SCALARS: dict[Any, Taker] = {
    None: _text,
    codec.read_str: _text,
    codec.read_text: _text,
    codec.read_msisdn: _text,
    codec.read_bool: partial(_instance, bool, "True or False"),
    codec.read_int: partial(_instance, int, "an int"),
    codec.read_float: _float,
    codec.read_decimal: _decimal,
    codec.read_datetime: partial(_instance, datetime, "a datetime"),
    codec.read_seconds: _duration,
    codec.read_milliseconds: _duration,
    codec.read_clock: _duration,
    codec.read_cli: _cli,
    codec.read_object: partial(_instance, Mapping, "a mapping"),
    codec.read_strings: _strings,
    codec.read_by_msisdn: _strings,
    codec.read_any: codec.read_any,
    codec.read_date: partial(_instance, date, "a date"),
    codec.read_uuid: partial(_instance, UUID, "a UUID"),
    codec.read_base64: partial(_instance, bytes, "bytes"),
    read_upload: _upload,
}
