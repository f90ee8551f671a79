"""What the templates of models see: enumerations, models and unions by module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from .api import Api, Enum, Model, Property, Type
from .bounds import bounds_of
from .faults import at
from .load import Spec
from .names import reader_name, snake
from .naming import Naming, field_names, member_names
from .received import properties_of, received
from .text import description, flat
from .types import PythonType, Typist, literal
from .walk import Node

View = dict[str, Any]

# ruff removes what a module does not use.
IMPORTS = """
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Literal, Self, TypeAlias, cast
from uuid import UUID

import attrs

from ..bounds import Bounds
from ..uploads import Upload, read_upload
from ..caller_id import Cli
from ..choices import either, exactly, map_of, nullable
from ..enums import OpenEnum, OpenIntEnum
from ..pairs import Pairs, pairs_of
from ..model import TAG, Model, Problem, Tagged, list_of, masked, names_only, reads
from ..codec import (
    read_any, read_base64, read_bool, read_cli, read_clock, read_date, read_datetime,
    read_decimal, read_float, read_int, read_milliseconds, read_object, read_seconds,
    read_by_msisdn, read_msisdn, read_str, read_strings, read_text, read_uuid, text_in, text_of_tag, write_any, write_base64, write_by_msisdn, write_cli,
    write_clock, write_date, write_datetime, write_decimal, write_message_id, write_milliseconds, write_msisdn, write_seconds,
)
"""


class Models:
    """Makes the views of all models, enumerations, unions and other names of a specification."""

    def __init__(self, spec: Spec, api: Api, naming: Naming, typist: Typist) -> None:
        self.spec = spec
        self.api = api
        self.naming = naming
        self.typist = typist
        self.received = received(api)
        self.uploads = {
            operation.body.type.name
            for operation in api.operations.values()
            if operation.body
            and operation.body.type
            and operation.body.media.startswith("multipart/")
        }
        self.uses: dict[str, set[str]] = {}

    def modules(self) -> list[View]:
        """One module for each name in ``x-python-module``, documents' own names included."""
        members: dict[str, list[View]] = {}
        for name in self._in_order():
            members.setdefault(self.naming.modules[name], []).append(self._item(name))
        modules = []
        for module, found in sorted(members.items()):
            found.sort(key=lambda item: (_ORDER[item["kind"]], bool(item.get("subset_of"))))
            exports = [item["name"] for item in found]
            for item in found:
                if item["kind"] == "union":
                    exports.append(reader_name(item["name"]))
                    exports += [] if item["subset_of"] else [item["unknown"]]
            modules.append(
                {
                    "name": module,
                    "doc": f"Models of the {module.replace('_', ' ')} part of the specification.",
                    "content": found,
                    "exports": sorted(exports),
                    "imports": IMPORTS + self._imports(module),
                }
            )
        return modules

    def _in_order(self) -> list[str]:
        """The order of the document, with what was inline behind."""
        known = (
            self.api.models.keys()
            | self.api.enums.keys()
            | self.api.named.keys()
            | self.api.aliases.keys()
        )
        first = [name for name in self.spec.schemas if name in known]
        return [
            *first,
            *(n for n in [*self.api.enums, *self.api.models, *self.api.named] if n not in first),
        ]

    def _item(self, name: str) -> View:
        if name in self.api.models:
            return self._model(self.api.models[name])
        if name in self.api.enums:
            return self._enum(self.api.enums[name])
        if name in self.naming.tagged:
            return self._union(name, self.api.named[name])
        if name in self.api.aliases:
            target = self.api.aliases[name]
            kind = self._kind(target)
            return self._alias(
                name,
                kind,
                self.spec.schemas[name],
                f"Another name of {self.naming.classes[target]}.",
            )
        kind = self.api.named[name]
        return self._alias(name, kind, self.spec.node(kind.at), f"What {name} is.")

    def _kind(self, name: str) -> Type:
        """A schema as the type of something."""
        if name in self.api.models:
            return Type(kind="model", at=self.api.models[name].at, name=name)
        if name in self.api.enums:
            return Type(kind="enum", at=self.api.enums[name].at, name=name)
        return self.api.named[name]

    def _alias(self, name: str, kind: Type, node: Node, doc: str) -> View:
        found = self._used(name, self.typist.nested(kind))
        return {
            "kind": "alias", "name": self.naming.classes[name], "doc": description(node) or doc,
            "annotation": found.annotation,
        }  # fmt: skip

    def _used(self, owner: str, kind: PythonType) -> PythonType:
        self.uses.setdefault(self.naming.modules[owner], set()).update(kind.names)
        return kind

    def _imports(self, module: str) -> str:
        """Names of other modules that this module's schemas refer to."""
        needed: dict[str, set[str]] = {}
        for name in self.uses.get(module, ()):
            home = self.naming.modules[name]
            if home != module:
                needed.setdefault(home, set()).add(self.naming.classes[name])
                if name in self.naming.tagged:
                    needed[home].add(reader_name(self.naming.classes[name]))
        return "".join(
            f"from .{home} import {', '.join(sorted(names))}\n"
            for home, names in sorted(needed.items())
        )

    def _enum(self, enum: Enum) -> View:
        node = self.spec.node(enum.at)
        names = member_names(enum.values, node)
        told = node.get("x-enum-descriptions", [])
        members = [
            {"name": name, "value": value, "doc": told[i] if i < len(told) else ""}
            for i, (name, value) in enumerate(zip(names, enum.values, strict=True))
        ]
        # An alias comes after the name it stands for, or it would become the name.
        for alias, value in node.get("x-enum-aliases", {}).items():
            original = next(
                (member["name"] for member in members if member["value"] == value), None
            )
            if original is not None:
                members.append(
                    {"name": alias, "value": value, "doc": f"Another name of {original}."}
                )
        text = isinstance(enum.values[0], str)
        return {
            "kind": "enum", "name": self.naming.classes[enum.name], "members": members, "schema": enum.name,
            "base": "OpenEnum" if text else "OpenIntEnum", "at": enum.at,
            "doc": description(node) or f"The values of {self.naming.classes[enum.name]}.",
        }  # fmt: skip

    def _union(self, name: str, kind: Type) -> View:
        node = self.spec.node(kind.at)
        wire = node["discriminator"]["propertyName"]
        # What does not belong to it is then not unknown, but kept in the same way.
        base = node.get("x-subset-of") if node.get("x-subset-of") in self.naming.tagged else None
        members = []
        python = ""
        mapping = {
            target.rpartition("/")[2]: tag
            for tag, target in node["discriminator"].get("mapping", {}).items()
        }
        extra_tags: list[View] = []
        for part in kind.parts:
            model = self.api.models[part.name]
            prop = next((p for p in model.properties if p.wire == wire), None)
            tags = _tags_of(self.api, prop, mapping, self.api.aliases, part.name, node)
            python = python or (field_names(model, self.nodes(model)).get(wire, "") if prop else "")
            members.append(
                {"name": self.naming.classes[part.name], "tag": tags[0], "python": python}
            )
            extra_tags += [{"name": self.naming.classes[part.name], "tag": tag} for tag in tags[1:]]
            self.uses.setdefault(self.naming.modules[name], set()).add(part.name)
        seen: dict[str, str] = {}
        for member in [*members, *extra_tags]:
            if seen.setdefault(str(member["tag"]).casefold(), member["name"]) != member["name"]:
                self.spec.fault(
                    at(kind.at, "oneOf"),
                    "two members have the same tag; letter case does not count",
                )
        return {
            "kind": "union", "name": self.naming.classes[name], "doc": description(node) or f"One of the kinds of {name}.",
            "members": members, "more": extra_tags, "at": kind.at, "schema": name,
            "tag": {"wire": wire, "python": python or snake(wire)}, "unknown": f"Unknown{self.naming.classes[base or name]}",
            "subset_of": self.naming.classes[base] if base else "",
            "common": self._common([self.api.models[part.name] for part in kind.parts]),
            "if_missing": self._if_missing(kind, node, seen),
        }  # fmt: skip

    def _common(self, members: list[Model]) -> list[View]:
        """The texts that identify an object of whatever kind: one of an unknown kind has them too."""
        found: dict[str, View] | None = None
        for model in members:
            nodes, listed = self.nodes(model), self.spec.node(model.at).get("x-identifies", [])
            names = field_names(model, nodes)
            mine = {}
            for prop in model.properties:
                kind = self.typist.of(prop.type)
                if prop.wire in listed and prop.required and kind.annotation == "str":
                    mine[names[prop.wire]] = {
                        "python": names[prop.wire], "wire": prop.wire, "read": kind.strict,
                        "doc": self._doc(prop, nodes.get(prop.wire, {})),
                    }  # fmt: skip
            found = mine if found is None else {k: v for k, v in found.items() if mine.get(k) == v}
        return [*(found or {}).values()]

    def _if_missing(self, kind: Type, node: Node, tags: Mapping[str, str]) -> str:
        """The tag that an object without one has, where the document says so."""
        said = node["discriminator"].get("x-if-missing", "")
        if said and str(said).casefold() not in tags:
            where = at(kind.at, "discriminator", "x-if-missing")
            self.spec.fault(where, f"{said} is the tag of no member")
            return ""
        return str(said)

    def nodes(self, model: Model) -> dict[str, Node]:
        """What the document says where each property of a model stands, references as they are."""
        return properties_of(self.spec, model.at)

    def _model(self, model: Model) -> View:
        schema, nodes = self.spec.node(model.at), self.nodes(model)
        is_received = model.name in self.received
        listed = [prop.wire for prop in model.properties]
        # What we only send is never read leniently.
        identifies = (
            schema.get("x-identifies", listed if self.spec.faults.lenient else [])
            if is_received
            else listed
        )
        python = field_names(model, nodes)
        fields, tags = [], []
        aliases: dict[str, str] = {}
        for prop in model.properties:
            node = nodes.get(prop.wire, {})
            aliases |= {spelling.casefold(): prop.wire for spelling in node.get("x-aliases", [])}
            if prop.type.kind == "const" and prop.required and not prop.type.nullable:
                value = prop.type.value
                tags.append({
                    "python": python[prop.wire], "wire": prop.wire, "value": value, "doc": self._doc(prop, node),
                    "read": "TAG" if isinstance(value, str) else '("", read_any)',
                })  # fmt: skip
            else:
                fields.append(
                    self._field(
                        model, python[prop.wire], prop, node, identifies=prop.wire in identifies
                    )
                )
        required = [field for field in fields if field["required"]]
        return {
            "kind": "model", "name": self.naming.classes[model.name], "schema": model.name, "at": model.at,
            "doc": description(schema) or flat(schema.get("title") or f"{self.naming.classes[model.name]}."),
            "fields": fields, "tags": tags,
            "required": [field["python"] for field in required if not field["nullable"]],
            "identifies": [field["python"] for field in required if field["identifies"] and not field["nullable"]],
            "if_missing": [field for field in required if field["if_missing"]],
            "aliases": sorted(aliases.items()), "received": is_received, "extra": self._further(model),
            # Whoever makes what a server sends stands in for one, and it sends what it sends.
            "deprecated": [f["python"] for f in fields if f["deprecated"] and not is_received],
            "bounds": [(f["python"], f["bounds"]) for f in fields if f["bounds"]],
        }  # fmt: skip

    def _further(self, model: Model) -> View | None:
        if model.further is None:
            return None
        kind = self._used(model.name, self.typist.nested(model.further))
        write = kind.write.format("value")
        return {
            "annotation": kind.annotation, "plain": kind.annotation == "Any",
            "read": "True" if kind.annotation == "Any" else kind.strict,
            "write": "self.extra" if write == "value" else f"{{key: {write} for key, value in self.extra.items()}}",
        }  # fmt: skip

    def _doc(self, prop: Property, node: Node) -> str:
        return (
            description(node)
            or description(self.spec.resolve(node))
            or flat(f"The property {prop.wire}.")
        )

    def _field(
        self, model: Model, python: str, prop: Property, node: Node, *, identifies: bool
    ) -> View:
        kind = self._used(model.name, self.typist.of(prop.type, uploads=model.name in self.uploads))
        value = f"self.{python}"
        nullable = prop.required and prop.type.nullable and kind.annotation not in {"Any", "None"}
        empty = None if nullable else kind.empty
        if_missing = "None" if nullable else empty
        if "x-if-missing" in node:
            if_missing = f"{kind.annotation}()" if "$ref" in node else '""'
        # Whoever makes one has to give it; whoever reads one has to cope without it.
        needed = prop.required and (identifies or if_missing is not None)
        default = None if needed else empty or "None"
        options = [] if default is None else [f"default={default}"]
        if node.get("x-secret"):
            options.append("repr=masked")
        if not kind.hashable:
            options.append("hash=False")
        special = len(options) > (default is not None)
        assigned = (
            f" = attrs.field({', '.join(options)})"
            if special
            else f" = {default}"
            if default
            else ""
        )
        reader = "None" if kind.strict == "read_str" else kind.strict
        write = kind.write.format(value)
        if nullable:
            reader, write = f"nullable({kind.strict})", f"None if {value} is None else {write}"
        return {
            "python": python, "wire": prop.wire, "doc": self._doc(prop, node), "default": assigned,
            "annotation": kind.annotation if (needed and not nullable) or (empty and not needed) or kind.annotation in {"Any", "None"}
            else f"{kind.annotation} | None",
            "reader": reader, "type": kind, "bounds": bounds_of(self.spec, prop.type, kind),
            "required": prop.required, "identifies": identifies, "nullable": nullable,
            "if_missing": None if identifies and not nullable else if_missing,
            "condition": "" if needed else value if empty else f"{value} is not None",
            "write": write, "node": node, "at": prop.type.at, "secret": bool(node.get("x-secret")),
            "deprecated": bool(node.get("deprecated")), "aliases": node.get("x-aliases", []),
        }  # fmt: skip

    @cached_property
    def by_schema(self) -> Mapping[str, View]:
        """The view of each schema."""
        return {name: self._item(name) for name in self._in_order()}


_ORDER = {"enum": 0, "model": 1, "union": 2, "alias": 3}


def _tags_of(
    api: Api,
    prop: Property | None,
    mapping: Mapping[str, str],
    aliases: Mapping[str, str],
    name: str,
    node: Node,
) -> list[str]:
    """The values of the tag that mean a member: its constant, its only values, the mapping's, or its name."""
    if prop is not None and prop.type.kind == "const":
        return [str(prop.type.value)]
    named = [tag for target, tag in mapping.items() if aliases.get(target, target) == name]
    every = [tag for tag, target in node["discriminator"].get("mapping", {}).items()
             if aliases.get(target.rpartition("/")[2], target.rpartition("/")[2]) == name]  # fmt: skip
    if every or named:
        return every or named
    if prop is not None and prop.type.kind == "enum" and len(api.enums[prop.type.name].values) == 1:
        return [str(value) for value in api.enums[prop.type.name].values]
    return [name]


__all__ = ["Models", "literal"]
