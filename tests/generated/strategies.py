"""Hypothesis strategies for every model, built from its annotations."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, get_args, get_origin

import attrs
from hypothesis import strategies as st

from sinch.values import Cli
from sinch_api.bounds import Bounds
from sinch_api.enums import OpenEnum, OpenIntEnum
from sinch_api.pairs import Pairs

MODULES = tuple(
    import_module(f"sinch_api.models.{name}")
    for name in (
        "calling", "common", "messages", "sms", "svaml", "verification", "verification_events", "voice_events",
    )
)  # fmt: skip


def defined_in(module: types.ModuleType) -> list[type[Any]]:
    values = vars(module).values()
    return [v for v in values if isinstance(v, type) and v.__module__ == module.__name__]


CLASSES = [kind for module in MODULES for kind in defined_in(module)]
ENUMS = [kind for kind in CLASSES if issubclass(kind, OpenEnum | OpenIntEnum)]
UNKNOWNS = [kind for kind in CLASSES if attrs.has(kind) and not hasattr(kind, "WIRE_NAMES")]
MODELS = [kind for kind in CLASSES if hasattr(kind, "WIRE_NAMES")]

text = st.text(max_size=8)
json_scalars = st.none() | st.booleans() | st.integers(-(10**40), 10**40) | text
json_scalars |= st.floats(allow_nan=False, allow_infinity=False) | st.decimals(
    -1000, 1000, places=3
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
kept = st.dictionaries(text, st.none() | st.booleans() | st.integers() | text, max_size=2)

SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: text,
    bytes: st.binary(max_size=8),
    bool: st.booleans(),
    int: st.integers(-(10**17), 10**17),
    Decimal: st.decimals(-(10**9), 10**9, places=4),
    datetime: st.datetimes(
        datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)
    ),
    timedelta: st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    Cli: st.sampled_from(["+46700000000", "private", "Acme <+46700000000>", "Acme"]).map(Cli.parse),
    Pairs: st.lists(st.tuples(text, text), max_size=3).map(Pairs),
    Any: st.booleans() | text,
}  # fmt: skip


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of any type that a field may have."""
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return st.lists(values_of(arguments[0]), max_size=2).map(tuple)
    if origin is Mapping or str(origin) == "<class 'collections.abc.Mapping'>":
        return st.dictionaries(text, values_of(arguments[1]), max_size=2)
    if origin in {types.UnionType, typing.Union}:
        return st.one_of([values_of(argument) for argument in arguments])
    if annotation is types.NoneType:
        return st.none()
    if issubclass(annotation, OpenIntEnum):
        return st.sampled_from(list(annotation)) | st.integers(-(10**9), 10**9).map(annotation)
    if issubclass(annotation, OpenEnum):
        return st.sampled_from(list(annotation)) | text.map(annotation)
    return instances(annotation)


def within(annotation: Any, bounds: Bounds) -> st.SearchStrategy[Any]:
    """Values that a field with limits takes."""
    kinds = get_args(annotation) if types.NoneType in get_args(annotation) else (annotation,)
    low, high = (None if edge is None else int(edge) for edge in (bounds.minimum, bounds.maximum))
    numbers = st.integers(10 if low is None else low, 10**6 if high is None else high)
    found: list[st.SearchStrategy[Any]] = []
    for kind in kinds:
        if kind is types.NoneType:
            found.append(st.none())
        elif kind is timedelta:
            found.append(numbers.map(lambda seconds: timedelta(seconds=seconds)))
        elif kind is int:
            found.append(numbers)
        elif kind is str and bounds.pattern:
            found.append(st.from_regex(bounds.pattern))
        else:
            found.append(values_of(kind))
    return st.one_of(found).filter(lambda value: bounds.problem(value) is None)


@cache
def instances(model: type[Any]) -> st.SearchStrategy[Any]:
    """Instances of a model."""
    if model in UNKNOWNS:
        tag = next(field.name for field in attrs.fields(model) if field.name != "raw")
        # A text that no member of any union has as its tag.
        return st.builds(lambda name, rest: model.from_wire({**rest, tag: f"?{name}"}), text, kept)
    hints = typing.get_type_hints(model)
    bounds = model._reading.bounds
    fields = {
        name: within(hints[name], bounds[name]) if name in bounds else values_of(hints[name])
        for name in model.WIRE_NAMES
    }
    return st.deferred(lambda: st.builds(model, **fields))
