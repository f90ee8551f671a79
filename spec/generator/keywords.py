"""The keywords of OpenAPI that mean something here, and what type each has to be of.

The parser passes over what it does not know, a misspelt keyword included. So nothing gets past this
that is neither made use of nor without influence on what is generated: in our own specification it
is a fault, in one of somebody else's it is dropped, and listed where it would have changed a type.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from .faults import Faults, Level, at, fault
from .walk import METHODS, Node, Part, replaced

Shape: TypeAlias = Mapping[str, type | tuple[type, ...]]

NAMES: Mapping[Any, str] = {
    int: "an integer", str: "text", bool: "true or false", list: "a list", dict: "a mapping",
    (dict, bool): "a mapping, true or false", (str, dict): "text or a mapping",
    (str, list): "text or a list",
}  # fmt: skip

DOCUMENT: Shape = {
    "openapi": str, "info": dict, "servers": list, "security": list, "tags": list, "paths": dict,
    "webhooks": dict, "components": dict, "jsonSchemaDialect": str, "externalDocs": dict,
}  # fmt: skip
COMPONENTS: Shape = dict.fromkeys(("schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes"), dict)  # fmt: skip
PATH: Shape = {
    "$ref": str, "summary": str, "description": str, "parameters": list, "servers": list,
    **dict.fromkeys(METHODS, dict),
}  # fmt: skip
OPERATION: Shape = {
    "operationId": str, "tags": list, "summary": str, "description": str, "deprecated": bool,
    "parameters": list, "requestBody": dict, "responses": dict, "servers": list, "security": list,
    "externalDocs": dict, "x-idempotent": bool, "x-error-codes": list,
    "x-pagination": dict,
}  # fmt: skip
PARAMETER: Shape = {
    "$ref": str, "name": str, "in": str, "required": bool, "description": str, "deprecated": bool,
    "schema": (dict, bool), "content": dict, "style": str, "explode": bool, "allowReserved": bool,
    "allowEmptyValue": bool, "x-python-name": str, "example": object, "examples": dict,
}  # fmt: skip
HEADER: Shape = {key: kind for key, kind in PARAMETER.items() if key not in {"name", "in"}}
SERVER: Shape = {
    "url": str, "description": str, "variables": dict, "x-server-name": str, "x-all-in-one-path": str,
}  # fmt: skip
BODY: Shape = {"$ref": str, "description": str, "required": bool, "content": dict}
RESPONSE: Shape = {
    "$ref": str, "description": str, "content": dict, "headers": dict, "x-common-error-codes": list,
}  # fmt: skip
MEDIA: Shape = {"schema": (dict, bool), "example": object, "examples": dict, "encoding": dict}
SCHEMA: Shape = {
    "$ref": str, "type": (str, list), "format": str, "title": str, "description": str, "deprecated": bool,
    "properties": dict, "required": list, "items": (dict, bool), "additionalProperties": (dict, bool),
    "enum": list, "const": object, "allOf": list, "oneOf": list, "anyOf": list, "discriminator": dict,
    "nullable": bool, "readOnly": bool, "writeOnly": bool, "default": object, "example": object,
    "examples": list, "externalDocs": dict, "minimum": (int, float), "maximum": (int, float),
    "exclusiveMinimum": (int, float, bool), "exclusiveMaximum": (int, float, bool),
    "multipleOf": (int, float), "pattern": str, "minLength": int, "maxLength": int, "minItems": int,
    "maxItems": int, "uniqueItems": bool, "minProperties": int, "maxProperties": int,
    "x-python-name": str, "x-python-module": str, "x-aliases": list,
    "x-secret": bool, "x-error-codes": dict, "x-enum-varnames": list, "x-enum-descriptions": list,
    "x-enum-aliases": dict, "x-identifies": list, "x-subset-of": str, "x-if-missing": (str, dict),
}  # fmt: skip
SHAPES: Mapping[str, Shape] = {
    "document": DOCUMENT, "components": COMPONENTS, "path": PATH, "operation": OPERATION,
    "parameter": PARAMETER, "header": HEADER, "server": SERVER, "body": BODY, "response": RESPONSE,
    "media": MEDIA, "schema": SCHEMA,
}  # fmt: skip
#: Keywords of JSON Schema that say what a value looks like, for which there is no Python here.
NO_FORM = frozenset(
    {"patternProperties", "prefixItems", "not", "if", "then", "else", "dependentSchemas", "dependentRequired",
     "propertyNames", "contains", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"}
)  # fmt: skip
#: Lists that hold nothing but texts.
OF_TEXTS = frozenset(
    {"required", "tags", "x-aliases", "x-enum-varnames", "x-enum-descriptions", "x-identifies"}
)
TYPES = ("string", "integer", "number", "boolean", "object", "array")
#: What a discriminator says; other names in it are no types' matter.
DISCRIMINATOR: Shape = {"propertyName": str, "mapping": dict, "x-if-missing": (str, dict)}
#: What may stand in a mapping without a name that is text. Only tests of types come here.
_ANY_NUMBER = {(int, float), (int, float, bool)}


def clean(file: str, document: Any, faults: Faults) -> Node:
    """The document without what makes no sense, each such thing noted; names and dates as text."""
    if not isinstance(document, dict):
        raise fault(file, "", "is missing" if document is None else "has to be a mapping")
    if "swagger" in document:
        version = document["swagger"]
        raise fault(
            file, "/swagger", f"Swagger {version} is not OpenAPI 3: convert the document first"
        )
    version = document.get("openapi")
    if not isinstance(version, str) or not version.startswith(("3.0.", "3.1.")):
        if faults.lenient or version is not None:
            raise fault(
                file, "/openapi", f"{version} is not a version that is read here: 3.0 and 3.1 are"
            )
        raise fault(file, "", "needs openapi, the version that it is written in")
    made: Node = _Cleaner(file, faults).part(Part("document", "", document))
    return made


def textual(node: Any) -> Any:
    """A document whose names and dates are text, as in JSON."""
    if isinstance(node, dict):
        return {_text(key): textual(value) for key, value in node.items()}
    if isinstance(node, list):
        return [textual(value) for value in node]
    return node.isoformat() if isinstance(node, date | datetime) else node


def _text(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else "null" if key is None else str(key)


def _is_component(pointer: str) -> bool:
    return pointer.startswith("/components/") and pointer.count("/") == 3


class _Cleaner:
    def __init__(self, file: str, faults: Faults) -> None:
        self.file = file
        self.faults = faults

    def part(self, part: Part) -> Any:
        kind, pointer, node = part
        if kind == "schema" and isinstance(node, bool) and not _is_component(pointer):
            return node
        if not isinstance(node, dict):
            problem = "is missing" if node is None else "has to be a mapping"
            if kind == "schema" and isinstance(node, bool) and self.faults.lenient:
                return {}
            self._wrong(pointer, problem)
            return {}
        if kind == "scheme":
            return textual(node)
        kept = self._known(part) if kind in SHAPES else node
        return replaced(Part(kind, pointer, kept), self.part)

    def _known(self, part: Part) -> Node:
        kept: Node = {}
        shape = SHAPES[part.kind]
        for key, value in part.node.items():
            here = at(part.pointer, _text(key))
            if not isinstance(key, str):
                if not self.faults.lenient:
                    self._wrong(here, "names have to be text: quote no, on, yes and numbers")
                continue
            if key not in shape:
                self._unknown(part.kind, here, key)
            elif self._fits(value, shape[key]):
                kept[key] = self._named(here, value) if part.kind != "document" else value
                if key in OF_TEXTS and part.kind in {"schema", "operation"}:
                    kept[key] = self._texts(here, kept[key])
                elif key == "discriminator":
                    kept[key] = self._discriminator(here, kept[key])
            else:
                self._wrong(here, f"has to be {NAMES.get(shape[key], 'a number')}")
        return kept

    def _texts(self, pointer: str, values: list[Any]) -> list[str]:
        for index, value in enumerate(values):
            if not isinstance(value, str):
                self._wrong(at(pointer, index), "has to be text")
        return [value for value in values if isinstance(value, str)]

    def _discriminator(self, pointer: str, said: Node) -> Node:
        """Without what cannot be meant; members of a mapping that are no text are among it."""
        kept: Node = {}
        for key, value in said.items():
            if self._fits(value, DISCRIMINATOR.get(key, object)):
                kept[key] = value
            else:
                self._wrong(at(pointer, key), f"has to be {NAMES[DISCRIMINATOR[key]]}")
        targets = kept.get("mapping", {})
        for tag, target in targets.items():
            if not isinstance(target, str):
                self._wrong(at(pointer, "mapping", tag), "has to be text")
        if targets:
            kept["mapping"] = {tag: to for tag, to in targets.items() if isinstance(to, str)}
        return kept

    def _named(self, pointer: str, value: Any) -> Any:
        """Values without the names that are not text: YAML makes true of ``on`` and a number of 200."""
        if isinstance(value, dict) and not self.faults.lenient:
            for key in value:
                if not isinstance(key, str):
                    problem = "names have to be text: quote no, on, yes and numbers"
                    self._wrong(at(pointer, _text(key)), problem)
        return textual(value)

    def _unknown(self, kind: str, pointer: str, key: str) -> None:
        if not self.faults.lenient:
            self._wrong(pointer, "is not a keyword that is used here")
        elif kind == "schema" and key in NO_FORM:
            self.faults.add(self.file, pointer, "has no form in Python here", Level.OMITTED)
        elif kind == "operation" and key == "callbacks":
            self.faults.add(
                self.file, pointer, "are not generated: describe webhooks", Level.OMITTED
            )

    @staticmethod
    def _fits(value: Any, wanted: Any) -> bool:
        if wanted is object:
            return True
        if isinstance(value, bool):  # in Python a boolean is an integer as well
            return wanted is bool or (isinstance(wanted, tuple) and bool in wanted)
        return isinstance(value, wanted)

    def _wrong(self, pointer: str, problem: str) -> None:
        self.faults.add(self.file, pointer, problem)
