"""The limits of a value, as the expression that checks them in what is generated."""

from __future__ import annotations

import math
import re
from typing import Any

from .api import Type
from .faults import Level, at
from .load import Spec
from .types import PythonType, literal
from .walk import Node

RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
RANGES |= {"uint32": (0, 2**32 - 1), "uint64": (0, 2**64 - 1)}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_COUNTS = {"minItems": "min_items", "maxItems": "max_items"}
_PROPERTIES = {"minProperties": "min_items", "maxProperties": "max_items"}


def bounds_of(spec: Spec, kind: Type, python: PythonType) -> str:
    """The expression; nothing where there is no limit."""
    said = _limits(spec, kind)
    found: dict[str, str] = {name: repr(value) for name, value in said.items() if name != "pattern"}
    if "pattern" in said:
        found["pattern"] = literal(said["pattern"])
    inner = python.items if kind.kind in {"list", "map"} else None
    if inner is not None and (items := bounds_of(spec, kind.parts[0], inner)):
        found["items"] = items
    if found and kind.kind not in {"list", "map"} and python.write not in {"{}", "str({})"}:
        function = python.write.removesuffix("({})")
        if not function.isidentifier():
            return ""
        found["written"] = function
    return (
        f"Bounds({', '.join(f'{name}={value}' for name, value in found.items())})" if found else ""
    )


def _limits(spec: Spec, kind: Type) -> dict[str, Any]:
    node = spec.node(kind.at)
    node = node if isinstance(node, dict) else {}
    match kind.kind:
        case "integer" | "number":
            return _range(node)
        case "text":
            return _counts(node, _LENGTHS) | _pattern(spec, kind.at, node)
        case "list":
            unique = {"unique": True} if node.get("uniqueItems") is True else {}
            return _counts(node, _COUNTS) | unique
        case "map":
            return _counts(node, _PROPERTIES)
    return {}


def _range(node: Node) -> dict[str, Any]:
    low, high = RANGES.get(str(node.get("format")), (None, None))
    found: dict[str, Any] = {}
    for key, bound, strict, outer in (
        ("minimum", "exclusiveMinimum", "above", low), ("maximum", "exclusiveMaximum", "below", high),
    ):  # fmt: skip
        value, edge = node.get(key), node.get(bound)
        if edge is True:  # OpenAPI 3.0: the bound itself is left out
            value, edge = None, value
        if (number := _number(value)) is not None:
            found[key] = number
        elif outer is not None:
            found[key] = outer
        if (number := _number(edge)) is not None:
            found[strict] = number
    if step := _number(node.get("multipleOf")):
        found["multiple_of"] = step
    return found


def _counts(node: Node, names: dict[str, str]) -> dict[str, Any]:
    return {
        name: node[key] for key, name in names.items()
        if isinstance(node.get(key), int) and not isinstance(node[key], bool)
    }  # fmt: skip


def _pattern(spec: Spec, pointer: str, node: Node) -> dict[str, str]:
    """A pattern of JavaScript, as far as it means the same in Python."""
    pattern = node.get("pattern")
    if not isinstance(pattern, str):
        return {}
    # In Python $ also matches before a line break at the end.
    said = re.sub(r"(?<!\\)((?:\\\\)*)\$$", r"\1\\Z", pattern)
    try:
        re.compile(said, re.ASCII)
    except re.error:
        spec.fault(at(pointer, "pattern"), "is not a pattern in Python: not checked", Level.OMITTED)
        return {}
    return {"pattern": said}


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value
