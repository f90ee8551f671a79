"""What openapi-python-client refuses or misreads in a schema, said in a way that it reads right.

Each function takes a schema (of a copy of the document) and gives back one that means the same.
tests/codegen/test_parser.py shows for each what the parser makes of it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from .faults import Level, at
from .walk import Node

NULL: Node = {"type": "null"}
TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")
#: What says how a value looks. All else is left out of the copy: a bad default or limit would cost a model.
STRUCTURE = (
    "$ref", "type", "format", "description", "properties", "required", "items", "additionalProperties",
    "enum", "const", "allOf", "oneOf", "anyOf", "nullable", "discriminator",
)  # fmt: skip
PARSED_FORMATS = frozenset({"date", "date-time", "uuid", "binary"})


class Context(NamedTuple):
    """What a rewrite may ask for: a schema by its reference, and to note what is lost."""

    find: Callable[[Node], Node]
    note: Callable[..., None]


def known_types(node: Node, ask: Context) -> Node:
    """A type that is none would refuse the whole document, and so would a list without types."""
    given = node.get("type")
    if given is None:
        return node
    listed = given if isinstance(given, list) else [given]
    kept = [kind for kind in listed if isinstance(kind, str) and kind in TYPES]
    if len(kept) < len(listed) or not kept:
        names = ", ".join(TYPES[:-1])
        ask.note(at(node["description"], "type"), f"has to be one of {names}")
    made = {**node, "type": kept[0] if len(kept) == 1 else kept}
    return made if kept else without(made, "type")


def told_by_content(node: Node, ask: Context) -> Node:  # noqa: ARG001
    """Say the type where only the content tells it.

    ``items`` or ``additionalProperties`` without a type is read as anything at all; an array
    without ``items`` is refused, and so is ``items: false``.
    """
    made = dict(node)
    if "type" not in made and not CHOICES & made.keys() and "allOf" not in made:
        if "items" in made:
            made["type"] = "array"
        elif "additionalProperties" in made or "properties" in made:
            made["type"] = "object"
    if made.get("type") == "array" and "items" not in made:
        made["items"] = {"description": at(node["description"], "items")}
    return made


def null_apart(node: Node, ask: Context) -> Node:  # noqa: ARG001
    """Say null as a member of a choice.

    ``nullable`` beside an enumeration is passed over; null among its values makes three types of it;
    ``const: null`` becomes anything. A choice between null and the rest is read right.
    """
    given = node.get("type")
    listed: list[Any] = given if isinstance(given, list) else []
    rest = without(node, "nullable")
    if node.get("nullable") is True or "null" in listed:
        nullable = "const" not in node and (node.get("nullable") is True or "enum" not in node)
    else:
        nullable = False
    if "null" in listed:
        kept = [kind for kind in listed if kind != "null"]
        rest["type"] = kept[0] if len(kept) == 1 else kept
    if "const" in node and node["const"] is None:
        return {**NULL, "description": node["description"]}
    if isinstance(node.get("enum"), list) and None in node["enum"]:
        nullable = True
        rest["enum"] = [value for value in node["enum"] if value is not None]
        if not rest["enum"]:
            return {**NULL, "description": node["description"]}
    choices = [rest[key] for key in CHOICES if key in rest]
    if (
        nullable
        and choices
        and NULL["type"] in [c.get("type") for c in choices[0] if isinstance(c, dict)]
    ):
        nullable = False  # it says so already
    if not nullable:
        return rest
    return {
        "description": node["description"],
        "anyOf": [rest, {**NULL, "description": node["description"]}],
    }


def plain_enums(node: Node, ask: Context) -> Node:
    """Leave enumerations of text or integers only, with numbered names.

    Enumerations of numbers with fractions, of truth values, of several types, or of nothing are
    refused or dropped: their values are of the type that is left. Values that are alike when in capital
    letters are one to the parser, or stop it with an exception.
    """
    values = node.get("enum")
    if values is None:
        return node
    kinds = {type(value) for value in values}
    if kinds in ({str}, {int}):
        distinct = list(dict.fromkeys(values))
        kind = "string" if kinds == {str} else "integer"
        numbered = [f"V{number}" for number in range(len(distinct))]
        return {
            **without(node, "type", "format"),
            "type": kind,
            "enum": distinct,
            "x-enum-varnames": numbered,
        }
    made = without(node, "enum")
    if kinds == {bool}:
        return {**made, "type": "boolean"}
    if kinds and kinds <= {int, float}:
        return {**made, "type": "number"}
    ask.note(
        at(node["description"], "enum"), "has values of several types: read as any", Level.OMITTED
    )
    return made


def plain_consts(node: Node, ask: Context) -> Node:
    """A constant that is an object or a list refuses the document."""
    if isinstance(node.get("const"), dict | list):
        ask.note(
            at(node["description"], "const"),
            "is not text, a number or a truth value",
            Level.OMITTED,
        )
        return without(node, "const")
    return node


def one_choice(node: Node, ask: Context) -> Node:
    """Leave one choice, with nothing beside it that wins over it.

    ``oneOf`` and ``anyOf`` are thrown together; a type beside them wins over them, and members
    that ask only for properties to be there are taken for types.
    """
    made = dict(node)
    if made.keys() >= CHOICES:
        ask.note(
            at(node["description"], "anyOf"),
            "beside oneOf has no form in Python here",
            Level.OMITTED,
        )
        del made["anyOf"]
    for key in CHOICES & made.keys():
        members = made[key]
        if members and all(
            isinstance(m, dict) and m.keys() <= {"required", "description"} for m in members
        ):
            del made[key]  # which properties go together: a rule for values, not another type
        elif "properties" not in made:
            made.pop("type", None)
            made.pop("format", None)
    return made


def flat_all_of(node: Node, ask: Context) -> Node:
    """Leave an ``allOf`` of objects that holds no other.

    An inline ``allOf`` inside of one is passed over, and so are properties beside a single reference;
    members that say nothing, or are of a plain type, are refused.
    """
    if "allOf" not in node:
        return node
    members: list[Node] = []
    for index, member in enumerate(node["allOf"]):
        members += _hoisted(member, at(node["description"], "allOf", index), ask)
    own = {key: node[key] for key in OF_OBJECTS if key in node and key != "type"}
    targets = [ask.find(member) for member in members]
    if not any(_is_object(target) for target in targets) and not own.get("properties"):
        return _narrowest(node, members, targets)
    kept = [
        member for member, target in zip(members, targets, strict=True)
        if _is_object(target) or CHOICES & target.keys()
    ]  # fmt: skip
    kept += [m for m in members if m.keys() >= {"required"} and m not in kept and "$ref" not in m]
    made = {**without(node, "type"), "allOf": kept}
    if len(kept) == 1 and "$ref" in kept[0] and own:
        made["allOf"] = [*kept, {"type": "object", "description": node["description"]}]
    return made


def shared_out(node: Node, ask: Context) -> Node:
    """Give what is common to a choice to each of its members.

    A choice inside of ``allOf``, or beside properties, is passed over: what is common belongs to
    each of the members instead.
    """
    members = list(node.get("allOf", []))
    choice = next((key for key in sorted(CHOICES) if key in node), None)
    holder: Node = node
    if choice is None:
        for index, member in enumerate(members):
            target = ask.find(member)
            choice = next((key for key in sorted(CHOICES) if key in target), None)
            if choice is not None and _variants(target, choice, ask):
                holder = target
                del members[index]
                break
        else:
            return node
    own = {key: node[key] for key in OF_OBJECTS if key in node}
    if choice is None or not (members or own.get("properties")):
        return node
    common = [*members]
    if own.get("properties") or own.get("required"):
        common.append({**own, "type": "object", "description": node["description"]})
    start = holder["description"]
    made = [
        variant if variant.get("type") == "null"
        else {"allOf": [*common, variant], "description": at(start, choice, index)}
        for index, variant in enumerate(holder[choice])
    ]  # fmt: skip
    result: Node = {"description": node["description"], "oneOf": made}
    told = node.get("discriminator") or holder.get("discriminator")
    return {**result, "discriminator": told} if told else result


def narrowed_apart(node: Node, ask: Context) -> Node:
    """Let what is said last of a property count.

    A property that a member of ``allOf`` narrows keeps the type of the parent, whose own list even
    changes with it; what the parent says of further properties is lost. So the parent's
    other properties stand in place of the reference where that happens.
    """
    if "allOf" not in node:
        return node
    later = {name for name, said in node.get("properties", {}).items() if _says_something(said)}
    made: list[Node] = []
    further = node.get("additionalProperties")
    for member in reversed(node["allOf"]):
        target = ask.find(member)
        declared = _all_properties(target, ask, 0)
        if further is None:
            further = _further(target, ask, 0)
        if later & declared.keys():
            kept = {k: v for k, v in declared.items() if k not in later}
            member = {
                "type": "object", "description": target["description"], "properties": kept,
                "required": sorted(_all_required(target, ask, 0)),
            }  # fmt: skip
        made.insert(0, member)
        later |= {name for name, said in declared.items() if _says_something(said)}
    result = {**node, "allOf": made}
    return result if further is None else {**result, "additionalProperties": further}


CHOICES = frozenset({"oneOf", "anyOf"})
OF_OBJECTS = ("type", "properties", "required", "additionalProperties")
REWRITES: tuple[Callable[[Node, Context], Node], ...] = (
    known_types, told_by_content, null_apart, plain_enums, plain_consts, one_choice, flat_all_of,
    shared_out, narrowed_apart,
)  # fmt: skip


def without(node: Node, *keys: str) -> Node:
    """The node without some of its keywords."""
    return {key: value for key, value in node.items() if key not in keys}


def _hoisted(member: Any, pointer: str, ask: Context) -> list[Node]:
    """A member of allOf as members without an inline allOf of their own."""
    if not isinstance(member, dict) or not member.keys() - {"description"}:
        return []
    if "$ref" in member or "allOf" not in member:
        return [member if "$ref" in member else {"description": pointer, **member}]
    own = without(member, "allOf")
    inner = [m for part in member["allOf"] for m in _hoisted(part, pointer, ask)]
    return [*inner, own] if own.keys() - {"description", "type"} else inner


def _is_object(node: Node) -> bool:
    return (
        node.get("type") == "object"
        or "properties" in node
        or "allOf" in node
        or "additionalProperties" in node
    )


def _narrowest(node: Node, members: list[Node], targets: list[Node]) -> Node:
    """AllOf over plain types: the member that says most, and what the others add to it."""
    own = without(node, "allOf")
    named = [member for member in members if "$ref" in member]
    choices = [
        m for m, t in zip(members, targets, strict=True) if CHOICES & t.keys() and "$ref" not in m
    ]
    if len(named) == 1:
        return {"description": node["description"], "allOf": named}
    if choices:
        return {**own, **without(choices[0], "description")}
    merged: Node = {}
    for member in members:
        merged |= without(member, "description") if "$ref" not in member else {"allOf": [member]}
    return {**merged, **own}


def _variants(target: Node, choice: str, ask: Context) -> bool:
    """Whether a choice is one between objects, and not only between rules for them."""
    found = [ask.find(member) for member in target[choice] if isinstance(member, dict)]
    return any(_is_object(member) or CHOICES & member.keys() for member in found)


def _says_something(node: Any) -> bool:
    return isinstance(node, dict) and bool(node.keys() - {"description", "nullable", "format"})


def _all_properties(node: Node, ask: Context, depth: int) -> Node:
    found: Node = {}
    for member in node.get("allOf", []) if depth < 16 else []:
        found |= _all_properties(ask.find(member), ask, depth + 1)
    found |= node.get("properties", {})
    return found


def _all_required(node: Node, ask: Context, depth: int) -> set[str]:
    found = {name for name in node.get("required", []) if isinstance(name, str)}
    for member in node.get("allOf", []) if depth < 16 else []:
        found |= _all_required(ask.find(member), ask, depth + 1)
    return found


def _further(node: Node, ask: Context, depth: int) -> Any:
    """What a schema, or a parent of it, says of properties that it does not list."""
    if "additionalProperties" in node:
        return node["additionalProperties"]
    for member in node.get("allOf", []) if depth < 16 else []:
        found = _further(ask.find(member), ask, depth + 1)
        if found is not None:
            return found
    return None
