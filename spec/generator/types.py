"""Parse the bundle with openapi-python-client and give every property its Python type.

The parser knows neither our formats nor tagged unions. Every schema passes through its function
``property_from_data``, so wrapping that one function teaches it both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import attrs
from openapi_python_client import schema as oai
from openapi_python_client import strings
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData, bodies, openapi, properties, responses
from openapi_python_client.parser.errors import GeneratorError, PropertyError
from openapi_python_client.parser.properties import (
    AnyProperty,
    EnumProperty,
    ModelProperty,
)
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol, Value
from openapi_python_client.parser.properties.string import StringProperty

from .bundle import Bundle
from .faults import SpecError, at
from .rules import snake


@attrs.frozen
class PythonType:
    """How a value looks in Python.

    ``read`` is the expression of a function; in ``write``, ``{}`` is the value. ``strict`` is the
    function for a value inside of another, whose model decides whether to be lenient. ``schema``
    names the schema that the value, or each element of an array, belongs to. ``empty`` is what
    stands for nothing at all, where that is not None.
    """

    annotation: str
    read: str
    write: str = "{}"
    items: PythonType | None = None
    empty: str | None = None
    schema: str | None = None
    _strict: str | None = None

    @property
    def strict(self) -> str:
        """What reads the value when nothing is to be overlooked."""
        return self._strict or self.read

    @property
    def hashable(self) -> bool:
        """Whether values of this type, being immutable, can be hashed."""
        return not self.annotation.startswith(("Mapping", "Any", "tuple[Mapping", "tuple[Any"))


FORMATS = {
    ("string", "date-time"): PythonType("datetime", "read_datetime", "write_datetime({})"),
    ("string", "clock-duration"): PythonType("timedelta", "read_clock", "write_clock({})"),
    ("string", "cli"): PythonType("Cli", "read_cli", "write_cli({})"),
    ("string", "message-id"): PythonType("str", "read_text", "write_message_id({})"),
    ("string", "lenient-text"): PythonType("str", "read_text"),
    ("number", "decimal"): PythonType("Decimal", "read_decimal", "write_decimal({})"),
    ("integer", "seconds"): PythonType("timedelta", "read_seconds", "write_seconds({})"),
    ("integer", "milliseconds"): PythonType("timedelta", "read_milliseconds", "write_milliseconds({})"),
    ("integer", "lenient-int"): PythonType("int", "read_int"),
}  # fmt: skip
OBJECT = PythonType("Mapping[str, Any]", "read_object", "dict({})")
STRINGS = PythonType("Mapping[str, str]", "read_strings", "dict({})")
PLAIN: dict[type, PythonType] = {
    StringProperty: PythonType("str", "read_str"),
    BooleanProperty: PythonType("bool", "read_bool"),
    IntProperty: PythonType("int", "read_int"),
    FloatProperty: PythonType("float", "read_float"),
    AnyProperty: PythonType("Any", "read_any"),
}


@attrs.define
class TypedProperty(PropertyProtocol):
    """A property whose Python type we decide."""

    name: oai.UntrustedString
    required: bool
    python_name: strings.PythonIdentifier
    python_type: PythonType
    default: Value | None = None
    description: oai.UntrustedString | None = None
    example: oai.UntrustedString | None = None
    _allowed_locations: ClassVar[set[oai.ParameterLocation]] = set(oai.ParameterLocation)

    def convert_value(self, value: Any) -> None:
        """Defaults of the specification are the server's; they never become Python defaults."""

    def get_base_type_string(self) -> strings.PythonCode:
        """The annotation."""
        return strings.PythonCode(self.python_type.annotation)


def parse(bundle: Bundle) -> GeneratorData:
    """Run the parser; raises :class:`SpecError` for anything it would only have warned about."""
    config = Config.from_sources(
        ConfigFile(), MetaType.NONE, Path("bundle"), "utf-8", overwrite=True, output_path=None
    )
    with _our_types():
        data = GeneratorData.from_dict(bundle.raw, config=config)
    if not isinstance(data, GeneratorData):
        raise _located(bundle, data)
    faults: list[GeneratorError] = [*data.errors]
    for collection in data.endpoint_collections_by_tag.values():
        faults += collection.parse_errors
    if faults:
        raise _located(bundle, faults[0])
    return data


def type_of(prop: PropertyProtocol) -> PythonType:
    """The Python type of anything the parser made."""
    if isinstance(prop, TypedProperty):
        return prop.python_type
    if isinstance(prop, ListProperty):
        inner = type_of(prop.inner_property)
        write = inner.write.format("element")
        return PythonType(
            f"tuple[{inner.annotation}, ...]",
            f"list_of({inner.read})",
            "list({})" if write == "element" else f"[{write} for element in {{}}]",
            items=inner,
            empty="()",
            schema=inner.schema,
            strict=f"list_of({inner.strict})",
        )
    if isinstance(prop, ModelProperty | EnumProperty):
        name = str(prop.class_info.name)
        strict = f"{name}.from_wire_strictly" if isinstance(prop, ModelProperty) else None
        return PythonType(name, f"{name}.from_wire", "{}.to_wire()", schema=name, strict=strict)
    return PLAIN[type(prop)]


def _decide(data: oai.Schema, name: str) -> PythonType | None:
    if data.discriminator is not None:
        read = f"read_{snake(name)}"
        return PythonType(name, read, "{}.to_wire()", schema=name, strict=f"{read}.strictly")
    kind, format_ = getattr(data.type, "value", None), data.schema_format
    text = format_.get_untrusted_value() if format_ is not None else None
    if kind == "object" and not data.properties:
        values = data.additionalProperties
        if values is None or isinstance(values, bool):
            return OBJECT
        if isinstance(values, oai.Schema) and getattr(values.type, "value", None) == "string":
            return STRINGS
        raise ValueError("a mapping can have values of type string only")
    if (kind, text) == ("array", "pairs") and isinstance(data.items, oai.Reference):
        return _pairs(data.items)
    if text is not None and (kind, text) not in FORMATS:
        raise ValueError(f"format {text} of type {kind} is not one we know")
    return FORMATS.get((kind or "", text or ""))


def _pairs(items: oai.Reference) -> PythonType:
    name = str(items.ref.get_untrusted_value()).rpartition("/")[2]
    return PythonType(
        "Pairs",
        f"pairs_of({name}.from_wire)",
        "{}.to_wire()",
        empty="Pairs()",
        schema=name,
        strict=f"pairs_of({name}.from_wire_strictly)",
    )


@contextmanager
def _our_types() -> Iterator[None]:
    """Wrap ``property_from_data`` in each module that holds a reference to it."""
    original = properties.property_from_data

    def property_from_data(
        name: oai.UntrustedString, required: bool, data: Any, schemas: Any, **rest: Any
    ) -> tuple[Any, Any]:
        if isinstance(data, oai.Schema):
            title = str(getattr(name, "get_untrusted_value", lambda: name)())
            try:
                decided = _decide(data, title.rpartition("/")[2])
            except ValueError as problem:
                return PropertyError(data=data, detail=str(problem)), schemas
            if decided is not None:
                identifier = strings.PythonIdentifier(name, prefix="field_")
                return TypedProperty(name, required, identifier, decided), schemas
        return original(name=name, required=required, data=data, schemas=schemas, **rest)

    holders: list[Any] = [properties, bodies, responses, openapi]
    for holder in holders:
        holder.property_from_data = property_from_data
    try:
        yield
    finally:
        for holder in holders:
            holder.property_from_data = original


def _located(bundle: Bundle, fault: GeneratorError) -> SpecError:
    """Find the file and pointer a parser's complaint is about."""
    detail = " ".join(" ".join(filter(None, [fault.header, fault.detail])).split())
    for file, path, method, operation in bundle.operations():
        if f"{method.upper()} {path} " in detail:
            return SpecError(file, at("/paths", path, method), detail)
        if re.search(rf"\b{operation['operationId']}\b", detail):
            return SpecError(file, at("/paths", path, method), detail)
    for name in bundle.schemas:
        if re.search(rf"/components/schemas/{name}\b", detail):
            return bundle.fail(name, "", detail)
    return SpecError("spec", "", detail)
