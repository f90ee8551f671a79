"""Check one document on its own: known keywords with values of the right type, described in full.

The parser passes over what it does not know, a misspelt keyword included. Here only keywords that
the generator makes use of (or that cannot change what it makes) are let through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from .faults import SpecError, at

Node: TypeAlias = dict[str, Any]
Shape: TypeAlias = Mapping[str, type | tuple[type, ...]]

METHODS = ("get", "put", "post", "delete", "patch")
SECTIONS = ("schemas", "responses", "parameters", "securitySchemes")
NAMES: Mapping[Any, str] = {
    int: "an integer", str: "text", bool: "true or false", list: "a list", dict: "a mapping",
    (dict, bool): "a mapping, true or false", (str, dict): "text or a mapping",
}  # fmt: skip

DOCUMENT: Shape = {
    "openapi": str, "info": dict, "servers": list, "security": list, "tags": list, "paths": dict,
    "webhooks": dict, "components": dict,
}  # fmt: skip
OPERATION: Shape = {
    "operationId": str, "tags": list, "summary": str, "description": str, "deprecated": bool,
    "parameters": list, "requestBody": dict, "responses": dict, "servers": list, "security": list,
    "x-idempotent": bool, "x-error-codes": list, "x-header-prefix": str,
}  # fmt: skip
PARAMETER: Shape = {
    "name": str, "in": str, "required": bool, "description": str, "deprecated": bool,
    "schema": dict, "x-python-name": str, "example": object,
}  # fmt: skip
SERVER: Shape = {
    "url": str, "description": str, "variables": dict, "x-server-name": str, "x-all-in-one-path": str,
}  # fmt: skip
CONTENT: Shape = {
    "description": str, "required": bool, "content": dict, "x-common-error-codes": list,
}  # fmt: skip
SCHEMA: Shape = {
    "$ref": str, "type": str, "format": str, "description": str, "deprecated": bool,
    "properties": dict, "required": list, "items": dict, "additionalProperties": (dict, bool),
    "enum": list, "const": str, "oneOf": list, "discriminator": dict,
    "readOnly": bool, "writeOnly": bool, "default": object, "example": object, "examples": list,
    "minimum": (int, float), "maximum": (int, float), "pattern": str,
    "minLength": int, "maxLength": int, "minItems": int, "maxItems": int,
    "x-python-name": str, "x-python-module": str, "x-aliases": list,
    "x-secret": bool, "x-error-codes": dict, "x-enum-varnames": list, "x-enum-descriptions": list,
    "x-enum-aliases": dict, "x-identifies": list, "x-if-missing": (str, dict),
}  # fmt: skip
TYPES = ("string", "integer", "number", "boolean", "object", "array")
OF_ARRAYS, OF_MODELS = ("items",), ("properties", "required", "x-identifies", "x-error-codes")
OF_NAMED = ("enum", "oneOf", "discriminator", "x-python-module", *OF_MODELS)
BESIDE_REF = {
    "$ref",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "x-python-name",
    "x-aliases",
    "x-secret",
    "x-if-missing",
}


def check(file: str, document: object) -> Node:
    """The document, when nothing in it would be passed over; raises :class:`SpecError`."""
    root = _node(file, "", document, DOCUMENT)
    _described(file, "/info", _mapping(file, "/info", root.get("info")))
    _servers(file, "/servers", root.get("servers", []))
    for section, kind in (("paths", METHODS), ("webhooks", ("post",))):
        for name, item in root.get(section, {}).items():
            pointer = at("", section, name)
            for key, part in _mapping(file, pointer, item).items():
                if key == "parameters":
                    _parameters(file, at(pointer, key), part)
                elif key in kind:
                    _operation(file, at(pointer, key), part)
                else:
                    raise SpecError(file, at(pointer, key), "is not a keyword that is used here")
    checks = {"schemas": _named, "responses": _content, "parameters": _parameter}
    for section, parts in root.get("components", {}).items():
        if section not in SECTIONS:
            raise SpecError(file, at("/components", section), "is not a keyword that is used here")
        for name, part in _mapping(file, at("/components", section), parts).items():
            checks.get(section, _mapping)(file, at("/components", section, name), part)
    return root


def _mapping(file: str, pointer: str, node: object) -> Node:
    if not isinstance(node, dict):
        raise SpecError(file, pointer, "is missing" if node is None else "has to be a mapping")
    for key in node:
        if not isinstance(key, str):
            raise SpecError(
                file, at(pointer, key), "names have to be text: quote no, on, yes and numbers"
            )
    return node


def _node(file: str, pointer: str, value: object, shape: Shape) -> Node:
    node = _mapping(file, pointer, value)
    for key, part in node.items():
        if key not in shape:
            raise SpecError(file, at(pointer, key), "is not a keyword that is used here")
        wanted = shape[key]
        # In Python a boolean is an integer as well.
        if not isinstance(part, wanted) or (
            isinstance(part, bool) and wanted not in {bool, object, (dict, bool)}
        ):
            kind = NAMES.get(wanted, "a number")
            raise SpecError(file, at(pointer, key), f"has to be {kind}")
    return node


def _described(file: str, pointer: str, node: Node, *, key: str = "description") -> None:
    text = node.get(key)
    if not isinstance(text, str) or not text.strip():
        raise SpecError(file, pointer, f"needs a {key}")
    if not text.rstrip().rstrip("\"')").endswith("."):
        raise SpecError(file, at(pointer, key), "has to end with a full stop")


def _servers(file: str, pointer: str, servers: list[object]) -> None:
    for index, server in enumerate(servers):
        here = at(pointer, index)
        node = _node(file, here, server, SERVER)
        _described(file, here, node)
        if not {"url", "x-server-name"} <= node.keys() or not node["x-server-name"].isidentifier():
            raise SpecError(file, here, "needs a url and an x-server-name that is an identifier")


def _operation(file: str, pointer: str, value: object) -> None:
    node = _node(file, pointer, value, OPERATION)
    for key in ("operationId", "tags", "responses"):
        if not node.get(key):
            raise SpecError(file, pointer, f"needs {key}")
    _described(file, pointer, node, key="summary")
    _described(file, pointer, node)
    _servers(file, at(pointer, "servers"), node.get("servers", []))
    _parameters(file, at(pointer, "parameters"), node.get("parameters", []))
    if "requestBody" in node:
        _content(file, at(pointer, "requestBody"), node["requestBody"])
    responses = _mapping(file, at(pointer, "responses"), node["responses"])
    for status, response in responses.items():
        _content(file, at(pointer, "responses", status), response)


def _parameters(file: str, pointer: str, parameters: object) -> None:
    if not isinstance(parameters, list):
        raise SpecError(file, pointer, "has to be a list")
    for index, parameter in enumerate(parameters):
        _parameter(file, at(pointer, index), parameter)


def _parameter(file: str, pointer: str, value: object) -> None:
    if isinstance(value, dict) and "$ref" in value:
        return
    node = _node(file, pointer, value, PARAMETER)
    for key in ("name", "in", "schema"):
        if key not in node:
            raise SpecError(file, pointer, f"needs {key}")
    _described(file, pointer, node)
    _schema(file, at(pointer, "schema"), node["schema"])
    if node["in"] not in {"path", "header"}:
        raise SpecError(
            file, at(pointer, "in"), "the templates know path and header parameters only"
        )
    if node["in"] == "path" and node.get("required") is not True:
        raise SpecError(file, pointer, "a path parameter has to be required")


def _content(file: str, pointer: str, value: object) -> None:
    """A request body or a response: without content, or with JSON that a schema describes."""
    if isinstance(value, dict) and "$ref" in value:
        return
    node = _node(file, pointer, value, CONTENT)
    _described(file, pointer, node)
    for kind, media in node.get("content", {}).items():
        here = at(pointer, "content", kind)
        if kind != "application/json":
            raise SpecError(file, here, "the templates know application/json only")
        _schema(file, at(here, "schema"), _node(file, here, media, {"schema": dict}).get("schema"))


def _named(file: str, pointer: str, value: object) -> None:
    node = _node(file, pointer, value, SCHEMA)
    _described(file, pointer, node)
    if sum(key in node for key in ("properties", "enum", "oneOf")) != 1 or "$ref" in node:
        raise SpecError(file, pointer, "needs one of properties, enum and oneOf")
    wanted = {"properties": "object", "enum": "string", "oneOf": None}
    for key, kind in wanted.items():
        if key in node and node.get("type") != kind:
            raise SpecError(file, pointer, f"with {key}, type has to be {kind or 'absent'}")
    for name, prop in node.get("properties", {}).items():
        here = at(pointer, "properties", name)
        _described(file, here, _node(file, here, prop, SCHEMA))
        _schema(file, here, prop)


def _schema(file: str, pointer: str, value: object) -> None:
    """A schema in use: a reference, a scalar, an array, or a free-form mapping."""
    node = _node(file, pointer, value, SCHEMA)
    if "$ref" in node:
        if strange := sorted(node.keys() - BESIDE_REF):
            raise SpecError(file, at(pointer, strange[0]), "does nothing beside $ref")
        return
    for key in OF_NAMED:
        if key in node:
            problem = "objects, enumerations and unions need a name: move it to components/schemas"
            raise SpecError(file, at(pointer, key), problem)
    kind = node.get("type")
    if kind is not None and kind not in TYPES:
        raise SpecError(file, at(pointer, "type"), f"has to be one of {', '.join(TYPES)}")
    if ("items" in node) != (kind == "array"):
        raise SpecError(file, pointer, "items and type: array go together")
    for key in ("items", "additionalProperties"):
        if key in node and not isinstance(node[key], bool):
            _schema(file, at(pointer, key), node[key])
