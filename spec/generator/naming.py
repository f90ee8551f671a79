"""Which name everything gets in Python, so that no two things, and nothing of the runtime, share one."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from . import names
from .api import Api, Model, Operation
from .load import Spec
from .names import identifier, python_name, reader_name, snake, unique
from .walk import Node


@attrs.frozen(kw_only=True)
class Naming:
    """Names of classes and modules by schema, of functions by operation, of fields by model."""

    classes: Mapping[str, str]
    modules: Mapping[str, str]
    functions: Mapping[str, str]
    tags: Mapping[str, str]
    tagged: frozenset[str]
    """The choices that are told apart by a tag."""


def name_all(spec: Spec, api: Api) -> Naming:
    """Names for all of an API. What stands in the specification goes first, as far as it can."""
    tagged = frozenset(
        name for name, kind in api.named.items()
        if kind.kind == "choice" and _tag(spec.node(kind.at)) and all(part.kind == "model" for part in kind.parts)
    )  # fmt: skip
    classes: dict[str, str] = {}
    taken, readers = set(names.CLASSES), set(names.READERS)
    # Those that can keep their names keep them.
    wanted = {
        name: names.class_name(name) for name in [*api.models, *api.enums, *api.named, *api.aliases]
    }
    for name in sorted(wanted, key=lambda name: (wanted[name] != name, wanted[name] in taken)):
        plain = f"{wanted[name]}_" if wanted[name] in names.CLASSES else wanted[name]
        found = unique(plain, taken, "")
        # what reads a union is called after it, and must not be called as the reader of a number
        while name in tagged and reader_name(found) in readers:
            taken.add(found)
            found = unique(plain, taken, "")
        if name in tagged:
            readers.add(reader_name(found))
            taken.add(f"Unknown{found}")
        taken.add(found)
        classes[name] = found
    functions: dict[str, str] = {}
    tags = {at: _tag_of(operation) for at, operation in api.operations.items()}
    used = set(names.OF_OPERATIONS) | set(tags.values()) | set(dir(__import__("builtins")))
    used -= {"id"}
    for at, operation in api.operations.items():
        given = operation.source.node.get("operationId")
        source = operation.source
        text = given if isinstance(given, str) else f"{source.method} {source.name.strip('/')}"
        plain = identifier(text.replace("/", " ").replace("{", " ").replace("}", " "), "call")
        name = plain if plain not in used or plain in functions.values() else f"{plain}_"
        functions[at] = unique(name, used)
        used.add(functions[at])
    return Naming(
        classes=classes, modules={name: _module(spec, name, place) for name, place in _places(api)},
        functions=functions, tags=tags, tagged=tagged,
    )  # fmt: skip


def field_names(model: Model, nodes: Mapping[str, Node]) -> dict[str, str]:
    """The field of each property."""
    found: dict[str, str] = {}
    taken = set(names.OF_MODELS) | set(names.OF_FIELDS)
    for prop in model.properties:
        wanted = python_name(prop.wire, nodes.get(prop.wire, {}))
        if not wanted.isidentifier():
            wanted = identifier(prop.wire, "field")
        if wanted in names.OF_MODELS | names.OF_FIELDS:
            wanted = f"{wanted}_"
        found[prop.wire] = unique(wanted, taken)
        taken.add(found[prop.wire])
    return found


def parameter_names(operation: Operation) -> dict[tuple[str, str], str]:
    """The argument of each parameter, by place and name."""
    found: dict[tuple[str, str], str] = {}
    taken = set(names.OF_OPERATIONS)
    for parameter in operation.parameters:
        wanted = python_name(parameter.wire, dict(parameter.node))
        if not wanted.isidentifier():
            wanted = identifier(parameter.wire, "parameter")
        if wanted in names.OF_OPERATIONS:
            wanted = f"{wanted}_"
        if wanted in taken:  # an id in the path and one in the query
            wanted = f"{wanted}_{parameter.where}" if wanted not in names.OF_OPERATIONS else wanted
        name = unique(wanted, taken)
        taken.add(name)
        found[parameter.where, parameter.wire] = name
    return found


def member_names(values: Iterable[str | int], node: Node) -> list[str]:
    """The names of the values of an enumeration."""
    given: list[Any] = node.get("x-enum-varnames") or node.get("x-enumNames") or []
    taken: set[str] = {"UNLISTED"}
    found = []
    for index, value in enumerate(values):
        wanted = str(given[index]) if index < len(given) else names.constant(value, index)
        if not names.CONSTANT.fullmatch(wanted):
            wanted = names.constant(wanted, index)
        found.append(unique(wanted, taken))
        taken.add(found[-1])
    return found


def _places(api: Api) -> Iterable[tuple[str, str]]:
    for name, model in api.models.items():
        yield name, model.at
    for name, enum in api.enums.items():
        yield name, enum.at
    for name, kind in api.named.items():
        yield name, kind.at
    for name in api.aliases:
        yield name, f"/components/schemas/{name}"


def _module(spec: Spec, name: str, place: str) -> str:
    """The Python module that a schema's model goes into."""
    if spec.faults.lenient:
        return "schemas"  # modules of somebody else's documents may need each other in a circle
    given = spec.schemas.get(name, {}).get("x-python-module")
    return str(given or Path(spec.where(place)[0]).stem)


def _tag_of(operation: Operation) -> str:
    listed = operation.source.node.get("tags") or ["default"]
    name = identifier(str(listed[0]), "tag")
    return (
        f"{name}_" if keyword.iskeyword(name) or name in {"annotations", "import_module"} else name
    )


def _tag(node: Any) -> str:
    told = node.get("discriminator", {}) if isinstance(node, dict) else {}
    found = told.get("propertyName") if isinstance(told, dict) else None
    return found if isinstance(found, str) else ""


__all__ = ["Naming", "field_names", "member_names", "name_all", "parameter_names", "snake"]
