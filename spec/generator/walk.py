"""The parts of an OpenAPI document: what each kind holds, and a walk over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from .faults import at

Node: TypeAlias = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SECTIONS = ("schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes")

ONE, LIST, MAP = "one", "list", "map"

#: kind -> key -> how its parts are held, and of which kind they are.
CHILDREN: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "document": {
        "servers": (LIST, "server"), "paths": (MAP, "path"), "webhooks": (MAP, "path"),
        "components": (ONE, "components"),
    },
    "components": {
        "schemas": (MAP, "schema"), "responses": (MAP, "response"),
        "parameters": (MAP, "parameter"), "requestBodies": (MAP, "body"), "headers": (MAP, "header"),
        "securitySchemes": (MAP, "scheme"),
    },
    "path": {
        "parameters": (LIST, "parameter"), "servers": (LIST, "server"),
        **dict.fromkeys(METHODS, (ONE, "operation")),
    },
    "operation": {
        "parameters": (LIST, "parameter"), "requestBody": (ONE, "body"),
        "responses": (MAP, "response"), "servers": (LIST, "server"),
    },
    "parameter": {"schema": (ONE, "schema"), "content": (MAP, "media")},
    "header": {"schema": (ONE, "schema"), "content": (MAP, "media")},
    "body": {"content": (MAP, "media")},
    "response": {"content": (MAP, "media"), "headers": (MAP, "header")},
    "media": {"schema": (ONE, "schema")},
    "schema": {
        "properties": (MAP, "schema"), "items": (ONE, "schema"),
        "additionalProperties": (ONE, "schema"), "prefixItems": (LIST, "schema"),
        "allOf": (LIST, "schema"), "anyOf": (LIST, "schema"), "oneOf": (LIST, "schema"),
    },
    "server": {}, "scheme": {},
}  # fmt: skip
#: The section of ``components`` that a reference in place of such a part has to lead to.
HOMES = {
    "schema": "schemas", "response": "responses", "parameter": "parameters",
    "body": "requestBodies", "header": "headers", "scheme": "securitySchemes",
}  # fmt: skip


class Part(NamedTuple):
    """One part of a document: its kind, the JSON pointer to it, and what stands there."""

    kind: str
    pointer: str
    node: Any

    def below(self) -> Iterator[Part]:
        """The parts that this one holds itself. A reference holds none."""
        if not isinstance(self.node, dict) or "$ref" in self.node:
            return
        for key, (how, kind) in CHILDREN[self.kind].items():
            if key not in self.node:
                continue
            value, here = self.node[key], at(self.pointer, key)
            if how == ONE:
                yield Part(kind, here, value)
            elif how == LIST and isinstance(value, list):
                yield from (Part(kind, at(here, i), one) for i, one in enumerate(value))
            elif how == MAP and isinstance(value, dict):
                yield from (Part(kind, at(here, name), one) for name, one in value.items())


def walk(document: Any, kind: str = "document", pointer: str = "") -> Iterator[Part]:
    """Every part of a document, or of a part of one, from the outside in."""
    stack = [Part(kind, pointer, document)]
    while stack:
        part = stack.pop()
        yield part
        stack += reversed(list(part.below()))


def references(node: Any) -> Iterator[str]:
    """The name of every component that a part of the document refers to."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def replaced(part: Part, change: Callable[[Part], Any]) -> Any:
    """The node of a part with each part that it holds replaced; the node itself is left as it was."""
    node = part.node
    if not isinstance(node, dict) or "$ref" in node:
        return node
    made = dict(node)
    for key, (how, kind) in CHILDREN[part.kind].items():
        if key not in node:
            continue
        value, here = node[key], at(part.pointer, key)
        if how == ONE:
            made[key] = change(Part(kind, here, value))
        elif how == LIST and isinstance(value, list):
            made[key] = [change(Part(kind, at(here, i), one)) for i, one in enumerate(value)]
        elif how == MAP and isinstance(value, dict):
            made[key] = {n: change(Part(kind, at(here, n), one)) for n, one in value.items()}
    return made
