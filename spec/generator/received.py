"""Which schemas a server sends, and what a document says of the properties of an object."""

from __future__ import annotations

from collections.abc import Iterator

from .api import Api, Type
from .faults import at
from .load import Spec
from .walk import Node


def received(api: Api) -> frozenset[str]:
    """Every schema of what a server sends: in answers, and in the bodies of webhooks."""
    queue: list[str] = []
    for operation in api.operations.values():
        if operation.source.webhook:
            queue += names_in(operation.body.type) if operation.body else []
        else:
            for answer in operation.answers.values():
                queue += names_in(answer.type)
    return reached(api, queue)


def reached(api: Api, queue: list[str]) -> frozenset[str]:
    """The schemas in a list, and all that these are made of."""
    found: set[str] = set()
    queue = list(queue)
    while queue:
        name = queue.pop()
        if name in found:
            continue
        found.add(name)
        if name in api.models:
            model = api.models[name]
            queue += [inner for prop in model.properties for inner in names_in(prop.type)]
            queue += names_in(model.further)
        elif name in api.named:
            queue += names_in(api.named[name])
    return frozenset(found)


def names_in(kind: Type | None) -> Iterator[str]:
    """The schemas that a type is made of."""
    if kind is None:
        return
    if kind.name:
        yield kind.name
    for part in kind.parts:
        yield from names_in(part)


def required_of(spec: Spec, place: str, depth: int = 0) -> set[str]:
    """The properties that an object has to have, those that its parents ask for included."""
    node = spec.resolve(spec.node(place))
    found = {name for name in node.get("required", []) if isinstance(name, str)}
    for index, member in enumerate(node.get("allOf", []) if depth < 16 else []):
        reference = member.get("$ref") if isinstance(member, dict) else None
        inner = reference.removeprefix("#") if reference else at(place, "allOf", index)
        found |= required_of(spec, inner, depth + 1)
    return found


def properties_of(spec: Spec, place: str, depth: int = 0) -> dict[str, Node]:
    """The properties of an object as the document has them, those of its parents included."""
    node = spec.resolve(spec.node(place))
    found: dict[str, Node] = {}
    for index, member in enumerate(node.get("allOf", []) if depth < 16 else []):
        reference = member.get("$ref") if isinstance(member, dict) else None
        inner = reference.removeprefix("#") if reference else at(place, "allOf", index)
        found |= properties_of(spec, inner, depth + 1)
    own = node.get("properties", {})
    if isinstance(own, dict):
        found |= {wire: said for wire, said in own.items() if isinstance(said, dict)}
    return found
