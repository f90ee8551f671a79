"""What an API is, in our own words: the result of the parser, traced back to the specification.

``at`` is always the JSON pointer of the place in the specification that something comes from.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from .load import Operation as Source


@attrs.frozen(kw_only=True)
class Type:
    """What kind of value something is.

    ``kind`` is one of text, integer, number, boolean, date, date-time, uuid, binary, any, null,
    const, list, map, model, enum and choice. ``name`` is the schema's, for models and enumerations and
    for whatever else has a name of its own; ``parts`` are the element of a list or map, or the members
    of a choice.
    """

    kind: str
    at: str
    name: str = ""
    parts: tuple[Type, ...] = ()
    value: object = None
    nullable: bool = False


@attrs.frozen(kw_only=True)
class Property:
    """One property of a model, by its name on the wire."""

    wire: str
    type: Type
    required: bool


@attrs.frozen(kw_only=True)
class Model:
    """An object with properties. ``further``: what properties that are not listed have to be."""

    name: str
    at: str
    properties: tuple[Property, ...]
    further: Type | None


@attrs.frozen(kw_only=True)
class Enum:
    """A list of values, all text or all integers."""

    name: str
    at: str
    values: tuple[str | int, ...]


@attrs.frozen(kw_only=True)
class Parameter:
    """One parameter of an operation; ``where`` is path, query, header or cookie."""

    wire: str
    where: str
    type: Type
    required: bool
    node: Mapping[str, object] = attrs.field(eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Content:
    """A body: of a request, or of the answers with a status. Without a type there is none."""

    media: str
    type: Type | None
    at: str
    required: bool = True
    headers: Mapping[str, Type] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Operation:
    """One operation: what it takes and what it gives, by status (``200``, ``2XX`` or ``default``)."""

    source: Source
    parameters: tuple[Parameter, ...]
    body: Content | None
    answers: Mapping[str, Content]

    @property
    def at(self) -> str:
        """The pointer to it."""
        return self.source.pointer


@attrs.frozen(kw_only=True)
class Api:
    """All of it, by name of the schema and by pointer of the operation.

    ``named`` are schemas that are neither object nor enumeration: choices, lists, maps, plain values.
    """

    models: Mapping[str, Model]
    enums: Mapping[str, Enum]
    named: Mapping[str, Type]
    aliases: Mapping[str, str]
    operations: Mapping[str, Operation]
