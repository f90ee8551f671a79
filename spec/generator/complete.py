"""Nothing gets lost between the document and the package: what is described is generated, or named here."""

from __future__ import annotations

from collections.abc import Iterator

from .api import Api, Operation, Type
from .faults import Faults, Level, at
from .load import Operation as Source
from .load import Spec
from .received import properties_of
from .walk import Node

LOST = "got lost on the way: this is a fault of the generator, or of the parser"


def check(spec: Spec, api: Api) -> None:
    """Note everything that the document describes and the result does not hold."""
    told = _Told(spec.faults)
    known = api.enums.keys() | api.named.keys() | api.aliases.keys()
    for name in spec.schemas:
        pointer = at("/components/schemas", name)
        if name in api.models:
            _model(spec, api, name)
        elif not (name in known or told.below(*spec.where(pointer))):
            spec.fault(pointer, LOST, Level.OMITTED)
    for source in spec.operations():
        operation = api.operations.get(source.pointer)
        if operation is None:
            if not told.below(*spec.where(source.pointer)):
                spec.fault(source.pointer, LOST, Level.OMITTED)
            continue
        _operation(spec, source, operation, told)


class _Told:
    """The places that faults have been noted at already."""

    def __init__(self, faults: Faults) -> None:
        self.places = {(fault.file, fault.pointer) for fault in faults}

    def below(self, file: str, pointer: str) -> bool:
        """Whether something is said of a place, or of a part of it."""
        return any(
            other == file and (place == pointer or place.startswith(f"{pointer}/"))
            for other, place in self.places
        )


def _model(spec: Spec, api: Api, name: str) -> None:
    model = api.models[name]
    if "discriminator" in spec.node(model.at):
        problem = f"chooses nothing without oneOf: {name} itself is read, whatever kind was sent"
        spec.fault(at(model.at, "discriminator"), problem, Level.OMITTED)
    found = {prop.wire: prop for prop in model.properties}
    said = properties_of(spec, model.at)
    for wire in said:
        if wire not in found:
            spec.fault(at(model.at, "properties", wire), LOST, Level.OMITTED)
    for wire in found.keys() - said.keys():
        spec.fault(model.at, f"has a property {wire} that is not described", Level.OMITTED)
    for wire in _required(spec, spec.node(model.at), 0) & found.keys():
        if not found[wire].required:
            spec.fault(at(model.at, "required"), f"{wire} {LOST}", Level.OMITTED)
    for wire, prop in found.items():
        if wire in said:
            _matches(spec, said[wire], prop.type, at(model.at, "properties", wire))


def _required(spec: Spec, node: Node, depth: int) -> set[str]:
    found = {name for name in node.get("required", []) if isinstance(name, str)}
    for member in node.get("allOf", []) if depth < 16 else []:
        found |= _required(spec, spec.resolve(member), depth + 1)
    return found


def _matches(spec: Spec, said: Node, kind: Type, pointer: str) -> None:
    """Whether a type is one that the document allows, as far as the document says it plainly."""
    node = spec.resolve(said)
    given = node.get("type")
    if not isinstance(given, str) or {"enum", "const", "oneOf", "anyOf", "allOf"} & node.keys():
        return
    wanted = {
        "string": {"text", "date", "date-time", "uuid", "binary"}, "integer": {"integer"}, "number": {"number"},
        "boolean": {"boolean"}, "array": {"list"}, "object": {"model", "map"}, "null": {"null"},
    }.get(given)  # fmt: skip
    if wanted is not None and kind.kind not in {*wanted, "any"}:
        spec.fault(pointer, f"was read as {kind.kind}: {LOST}", Level.OMITTED)


def _operation(spec: Spec, source: Source, operation: Operation, told: _Told) -> None:
    found = {(parameter.where, parameter.wire) for parameter in operation.parameters}
    for where, wire in spec.parameters(source):
        if (where, wire) not in found and not told.below(
            *spec.where(at(source.pointer, "parameters"))
        ):
            problem = f"the parameter {wire} in {where} {LOST}"
            spec.fault(at(source.pointer, "parameters"), problem, Level.OMITTED)
    body = spec.resolve(source.node["requestBody"]) if "requestBody" in source.node else {}
    if body.get("content") and operation.body is None:
        spec.fault(at(source.pointer, "requestBody"), LOST, Level.OMITTED)
    for status in _statuses(source):
        key = status.upper() if status != "default" else status
        pointer = at(source.pointer, "responses", status)
        answer = operation.answers.get(key)
        if answer is None:
            if not told.below(*spec.where(pointer)):
                spec.fault(pointer, LOST, Level.OMITTED)
            continue
        response = spec.resolve(source.node["responses"][status])
        if response.get("content") and answer.type is None:
            spec.fault(at(pointer, "content"), LOST, Level.OMITTED)
        for name in response.get("headers", {}):
            if name not in answer.headers:
                spec.fault(at(pointer, "headers", name), LOST, Level.OMITTED)


def _statuses(source: Source) -> Iterator[str]:
    yield from source.node.get("responses", {})
