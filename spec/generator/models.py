"""What the templates of models see: enumerations, models and unions by module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .bundle import Bundle
from .rules import python_name, references, snake
from .text import description
from .types import type_of

View = dict[str, Any]

# ruff removes what a module does not use.
IMPORTS = """
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Literal, Self, TypeAlias, cast

import attrs

from ..caller_id import Cli
from ..enums import OpenEnum
from ..pairs import Pairs, pairs_of
from ..model import TAG, Model, Problem, Tagged, list_of, masked, names_only, reads
from ..codec import (
    read_any, read_bool, read_cli, read_clock, read_datetime,
    read_decimal, read_float, read_int, read_milliseconds, read_object, read_seconds,
    read_str, read_strings, read_text, text_of_tag, write_cli,
    write_clock, write_datetime, write_decimal, write_message_id, write_milliseconds, write_seconds,
)
"""


def model_modules(bundle: Bundle, models: Mapping[str, ModelProperty]) -> list[View]:
    """One module for each name in ``x-python-module``, documents' own names included."""
    members: dict[str, list[View]] = {}
    for name, schema in bundle.schemas.items():
        if "enum" in schema:
            item = _enum(name, schema)
        elif "oneOf" in schema:
            item = _union(bundle, name, schema)
        else:
            item = _model(name, schema, models[name], received=name in bundle.received)
        members.setdefault(bundle.module_of(name), []).append(item)
    order = {"enum": 0, "model": 1, "union": 2}
    modules = []
    for module, found in sorted(members.items()):
        found.sort(key=lambda item: order[item["kind"]])
        exports = [item["name"] for item in found]
        for item in found:
            if item["kind"] == "union":
                exports += [item["unknown"], f"read_{snake(item['name'])}"]
        modules.append(
            {
                "name": module,
                "doc": f"Models of the {module.replace('_', ' ')} part of the specification.",
                "content": found,
                "exports": sorted(exports),
                "imports": IMPORTS + _imports(bundle, module),
            }
        )
    return modules


def _imports(bundle: Bundle, module: str) -> str:
    """Names of other modules that this module's schemas refer to."""
    needed: dict[str, set[str]] = {}
    for name, schema in bundle.schemas.items():
        for target in references(schema) if bundle.module_of(name) == module else ():
            home = bundle.module_of(target)
            if home != module:
                needed.setdefault(home, set()).add(target)
                if "oneOf" in bundle.schemas[target]:
                    needed[home].add(f"read_{snake(target)}")
    return "".join(
        f"from .{home} import {', '.join(sorted(names))}\n"
        for home, names in sorted(needed.items())
    )


def _enum(name: str, schema: View) -> View:
    columns = schema["x-enum-varnames"], schema["enum"], schema["x-enum-descriptions"]
    members = [
        {"name": member, "value": value, "doc": doc}
        for member, value, doc in zip(*columns, strict=True)
    ]
    # An alias comes after the name it stands for, or it would become the name.
    for alias, value in schema.get("x-enum-aliases", {}).items():
        original = next(member["name"] for member in members if member["value"] == value)
        members.append({"name": alias, "value": value, "doc": f"Another name of {original}."})
    return {"kind": "enum", "name": name, "doc": description(schema), "members": members}


def _union(bundle: Bundle, name: str, schema: View) -> View:
    wire = schema["discriminator"]["propertyName"]
    members = []
    for target in references(schema["oneOf"]):
        tag = bundle.schemas[target]["properties"][wire]
        members.append({"name": target, "tag": tag["const"], "python": python_name(wire, tag)})
    return {
        "kind": "union", "name": name, "doc": description(schema), "members": members,
        "tag": {"wire": wire, "python": members[0]["python"]}, "unknown": f"Unknown{name}",
    }  # fmt: skip


def _model(name: str, schema: View, model: ModelProperty, *, received: bool) -> View:
    typed = {
        prop.name.get_untrusted_value(): prop
        for prop in [*(model.required_properties or []), *(model.optional_properties or [])]
    }
    # What we only send is never read leniently.
    identifies = schema.get("x-identifies", []) if received else list(typed)
    fields, tag = [], None
    aliases: dict[str, str] = {}
    for wire, node in schema["properties"].items():
        aliases |= {spelling.casefold(): wire for spelling in node.get("x-aliases", [])}
        python = python_name(wire, node)
        if "const" in node:
            tag = {"python": python, "wire": wire, "value": node["const"], "doc": description(node)}
        else:
            fields.append(_field(python, wire, node, typed[wire], identifies=wire in identifies))
    required = [field for field in fields if field["required"]]
    return {
        "kind": "model", "name": name, "doc": description(schema), "fields": fields, "tag": tag,
        "required": [field["python"] for field in required],
        "identifies": [field["python"] for field in required if field["identifies"]],
        "if_missing": [field for field in required if field["if_missing"]],
        "aliases": sorted(aliases.items()), "received": received,
        "takes_extra": schema.get("additionalProperties", False),
    }  # fmt: skip


def _field(python: str, wire: str, node: View, prop: PropertyProtocol, *, identifies: bool) -> View:
    kind, value = type_of(prop), f"self.{python}"
    if_missing = kind.empty
    if "x-if-missing" in node:
        if_missing = f"{kind.annotation}()" if "$ref" in node else '""'
    # Whoever makes one has to give it; whoever reads one has to cope without it.
    needed = prop.required and (identifies or if_missing is not None)
    default = None if needed else kind.empty or "None"
    options = [] if default is None else [f"default={default}"]
    if node.get("x-secret"):
        options.append("repr=masked")
    if not kind.hashable:
        options.append("hash=False")
    special = len(options) > (default is not None)
    assigned = (
        f" = attrs.field({', '.join(options)})" if special else f" = {default}" if default else ""
    )
    return {
        "python": python, "wire": wire, "doc": description(node), "default": assigned,
        "annotation": kind.annotation if needed or kind.empty else f"{kind.annotation} | None",
        "reader": "None" if kind.strict == "read_str" else kind.strict,
        "required": prop.required, "identifies": identifies,
        "if_missing": None if identifies else if_missing,
        "condition": "" if needed else value if kind.empty else f"{value} is not None",
        "write": kind.write.format(value),
    }  # fmt: skip
