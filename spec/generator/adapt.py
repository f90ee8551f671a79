"""The one module that knows openapi-python-client: it runs the parser and says in our words what it found.

Nothing of the parser is replaced. What it says of references, merged parents, members of choices,
what is required or may be null, of parameters, bodies and answers is taken over and decides.
Its releases rename and retype much, so it is pinned exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import AnyProperty, EnumProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

from .api import Api, Content, Enum, Model, Operation, Parameter, Property, Type
from .faults import Level, at, keys_of
from .load import Spec
from .prepare import FORM, MULTIPART, Asked, Prepared, kind_of

PLAIN: dict[type, str] = {
    StringProperty: "text", IntProperty: "integer", FloatProperty: "number",
    BooleanProperty: "boolean", DateProperty: "date", DateTimeProperty: "date-time",
    UuidProperty: "uuid", FileProperty: "binary", AnyProperty: "any", NoneProperty: "null",
}  # fmt: skip


def parse(document: dict[str, Any]) -> GeneratorData | GeneratorError:
    """Run the parser, as it is."""
    settings = ConfigFile(use_path_prefixes_for_title_model_names=False)
    config = Config.from_sources(
        settings, MetaType.NONE, Path("copy"), "utf-8", overwrite=True, output_path=None
    )
    try:
        return GeneratorData.from_dict(document, config=config)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        return GeneratorError(detail=f"{type(error).__name__}: {error}")


def read(spec: Spec, copy: Prepared) -> Api:
    """What the parser makes of the copy, traced back; its errors become faults of ``spec``."""
    data = parse(copy.document)
    if not isinstance(data, GeneratorData):
        _Complaints(spec, copy).refused(data)
        return Api(models={}, enums={}, named={}, aliases={}, operations={})
    return _Reader(spec, copy, data).api()


class _Reader:
    def __init__(self, spec: Spec, copy: Prepared, data: GeneratorData) -> None:
        self.spec = spec
        self.copy = copy
        self.data = data
        self.classes = {str(model.class_info.name): model for model in data.models}
        self.named = {place: name for name, place in copy.places.items()}
        self.endpoints = {
            str(endpoint.name): endpoint
            for collection in data.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
        }

    def api(self) -> Api:
        complaints = _Complaints(self.spec, self.copy)
        for error in self.data.errors:
            complaints.add(error)
        for collection in self.data.endpoint_collections_by_tag.values():
            for error in collection.parse_errors:
                complaints.add(error)
        models = {m.name: m for m in self._models()}
        enums = {e.name: e for e in self._enums()}
        named: dict[str, Type] = {}
        for number, name in enumerate(self.copy.places):
            endpoint = self.endpoints.get(f"named{number}")
            for response in endpoint.responses if endpoint else ():
                found = self.type_of(response.prop)
                if name not in models and name not in enums and found.at == self.copy.places[name]:
                    named[name] = found
        operations = {
            asked.operation.pointer: made
            for key, asked in self.copy.operations.items()
            if key in self.endpoints and (made := self._operation(key, asked, self.endpoints[key]))
        }
        return Api(
            models=models,
            enums=enums,
            named=named,
            aliases=self.copy.aliases,
            operations=operations,
        )

    # --- types ---------------------------------------------------------------------------------

    def type_of(self, prop: PropertyProtocol) -> Type:
        """What a property of the parser's is."""
        place = _text(prop.description)
        node = self.spec.node(place) if place else {}
        if isinstance(prop, UnionProperty):
            return self._choice(prop, place)
        if isinstance(prop, ListProperty):
            part = self.type_of(prop.inner_property)
            return Type(kind="list", at=place, name=self.named.get(place, ""), parts=(part,))
        if isinstance(prop, ModelProperty):
            return self._object(prop, place)
        if isinstance(prop, EnumProperty):
            return Type(kind="enum", at=place, name=self._name(str(prop.class_info.name)))
        if isinstance(prop, ConstProperty):
            return Type(kind="const", at=place, value=prop.value.raw_value)
        kind = PLAIN[type(prop)]
        if kind == "boolean" and isinstance(
            node.get("const"), bool
        ):  # the parser asks for the type first
            return Type(kind="const", at=place, value=node["const"])
        return Type(kind=kind, at=place, name=self.named.get(place, ""))

    def _choice(self, prop: UnionProperty, place: str) -> Type:
        members = [self.type_of(member) for member in prop.inner_properties]
        nullable = any(member.kind == "null" or member.nullable for member in members)
        members = [member for member in members if member.kind != "null"]
        if len(members) == 1:
            return _or_null(members[0], nullable=nullable)
        name = self.named.get(place, "")
        if not members:
            return Type(kind="null", at=place)
        return Type(kind="choice", at=place, name=name, parts=tuple(members), nullable=nullable)

    def _object(self, prop: ModelProperty, place: str) -> Type:
        key = str(prop.class_info.name)
        if key not in self.classes:  # it could not be read, which is said already
            return Type(kind="any", at=place)
        found = self.classes[key]
        if self._is_map(found):
            further = found.additional_properties
            part = self.type_of(further) if further is not None else Type(kind="any", at=place)
            place = _text(found.description) or place
            return Type(kind="map", at=place, name=self.named.get(place, ""), parts=(part,))
        return Type(kind="model", at=place, name=self._name(key))

    def _is_map(self, model: ModelProperty) -> bool:
        """An object without properties, as long as it may have any."""
        listed = [*(model.required_properties or []), *(model.optional_properties or [])]
        node = self.spec.node(_text(model.description))
        return (
            not listed
            and model.additional_properties is not None
            and not {"properties", "allOf"} & node.keys()
        )

    def _name(self, title: str) -> str:
        return self.copy.titles.get(title, title)

    # --- schemas -------------------------------------------------------------------------------

    def _models(self) -> Iterator[Model]:
        for title, model in self.classes.items():
            if title not in self.copy.titles or self._is_map(model):
                continue
            place = _text(model.description)
            found = [
                Property(
                    wire=self.copy.properties[_text(prop.name)],
                    type=self.type_of(prop),
                    required=prop.required,
                )
                for prop in [*(model.required_properties or []), *(model.optional_properties or [])]
            ]
            order = {wire: number for number, wire in enumerate(self._order(place))}
            found.sort(key=lambda prop: order.get(prop.wire, len(order)))
            # Not saying anything of further properties, as nearly all do, is not asking for them.
            further = (
                self.type_of(model.additional_properties) if model.additional_properties else None
            )
            yield Model(
                name=self.copy.titles[title], at=place, properties=tuple(found),
                further=further if self._takes_further(model) else None,
            )  # fmt: skip

    @staticmethod
    def _takes_further(model: ModelProperty) -> bool:
        said = model.data.additionalProperties
        return said is not None and said is not False

    def _order(self, place: str, depth: int = 0) -> list[str]:
        """Properties in the order of the document: the parser puts the required ones first."""
        node = self.spec.resolve(self.spec.node(place))
        found: list[str] = []
        for index, member in enumerate(node.get("allOf", []) if depth < 16 else []):
            reference = member.get("$ref") if isinstance(member, dict) else None
            inner = reference.removeprefix("#") if reference else at(place, "allOf", index)
            found += self._order(inner, depth + 1)
        found += list(node.get("properties", {}))
        return list(dict.fromkeys(found))

    def _enums(self) -> Iterator[Enum]:
        for enum in self.data.enums:
            title = str(enum.class_info.name)
            place = _text(enum.description)
            listed = list(
                dict.fromkeys(v for v in self.spec.node(place).get("enum", []) if v is not None)
            )
            # The parser escapes and trims values; which of them there are is what it decides.
            kept = len(enum.values)
            if kept != len(listed):
                self.spec.fault(place, f"has {len(listed)} values, of which {kept} were understood")
            yield Enum(name=self._name(title), at=place, values=tuple(listed))

    # --- operations ----------------------------------------------------------------------------

    def _operation(self, key: str, asked: Asked, endpoint: Endpoint) -> Operation | None:
        listed = {str(prop.name.get_untrusted_value()): prop for prop in _parameters_of(endpoint)}
        parameters = []
        for name, node in asked.parameters.items():
            if name in listed:
                prop = listed[name]
                parameters.append(Parameter(
                    wire=node["name"], where=node["in"], type=self.type_of(prop), required=prop.required, node=node,
                ))  # fmt: skip
        body = None
        for found in endpoint.bodies:
            required = bool(found.prop.required)
            body = Content(
                media=asked.media[""], type=self.type_of(found.prop), required=required,
                at=at(asked.operation.pointer, "requestBody"),
            )  # fmt: skip
        if (
            body
            and kind_of(body.media) in {FORM, MULTIPART}
            and body.type
            and body.type.kind not in {"model", "map"}
        ):
            self.spec.fault(body.at, "a form has to be an object", Level.OMITTED)
            return None
        headers = self._headers(f"headers{key.removeprefix('op')}", asked)
        answers = {}
        for response in endpoint.responses:
            status = str(response.status_code.pattern)
            empty = response.source["attribute"] == "None"
            answers[status] = Content(
                media="" if empty else asked.media.get(status, ""),
                type=None if empty else self.type_of(response.prop),
                at=at(asked.operation.pointer, "responses", status),
                headers={name: kind for (own, name), kind in headers.items() if own == status},
            )  # fmt: skip
        order = [
            s.upper() if s != "default" else s for s in asked.operation.node.get("responses", {})
        ]
        answers = {status: answers[status] for status in order if status in answers}
        return Operation(
            source=asked.operation, parameters=tuple(parameters), body=body, answers=answers
        )

    def _headers(self, key: str, asked: Asked) -> dict[tuple[str, str], Type]:
        endpoint = self.endpoints.get(key)
        if endpoint is None:
            return {}
        return {
            asked.headers[str(prop.name.get_untrusted_value())]: self.type_of(prop)
            for prop in endpoint.query_parameters
        }


class _Complaints:
    """The errors of the parser, as faults with a place in the specification."""

    def __init__(self, spec: Spec, copy: Prepared) -> None:
        self.spec = spec
        self.copy = copy

    def refused(self, error: GeneratorError) -> None:
        """The whole document was refused."""
        self.spec.fault("", f"the parser refuses it: {_flat(error)}", Level.WRONG)

    def add(self, error: ParseError) -> None:
        """A part of it was refused."""
        text = self._translated(_flat(error))
        operation = re.search(r"WARNING parsing [A-Z]+ /(\d+)[/ ]", f"{error.header} ")
        if operation:
            asked = self.copy.operations[f"op{operation[1]}"]
            self.spec.fault(asked.operation.pointer, text, Level.OMITTED)
            return
        place = self._place(error)
        if place is not None and not re.search(r"parsing GET /(named|headers)/", error.header):
            self.spec.fault(place, text, Level.OMITTED)

    @cached_property
    def _names(self) -> list[str]:
        return list(self.copy.places)

    def _place(self, error: ParseError) -> str | None:
        stamp = getattr(error.data, "description", None)
        if stamp is not None and _text(stamp).startswith("/"):
            return _text(stamp)
        number = re.search(r"schemas/N(\d+)", f"{error.header} {error.detail}")
        names = self._names
        if number and int(number[1]) < len(names):
            return self.copy.places[names[int(number[1])]]
        return ""

    def _translated(self, text: str) -> str:
        names = self._names
        text = re.sub(r"/?components/schemas/N(\d+)", lambda m: names[int(m[1])], text)
        return re.sub(r"\bSchema(\d+)\b", lambda m: self.copy.titles.get(m[0], m[0]), text)


def _parameters_of(endpoint: Endpoint) -> Iterator[Any]:
    yield from endpoint.path_parameters
    yield from endpoint.query_parameters


def _or_null(kind: Type, *, nullable: bool) -> Type:
    return Type(
        kind=kind.kind,
        at=kind.at,
        name=kind.name,
        parts=kind.parts,
        value=kind.value,
        nullable=nullable,
    )


def _text(text: Any) -> str:
    found = getattr(text, "get_untrusted_value", None)
    return str(found() if found else text or "")


def _flat(error: GeneratorError) -> str:
    detail = str(error.detail or "").partition("Failure to process schema has resulted")[0]
    header = "" if "WARNING parsing" in error.header else error.header
    return " ".join(f"{header} {detail}".split())[:300]


__all__ = ["keys_of", "parse", "read"]
