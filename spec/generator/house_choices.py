"""House rules of enumerations and of unions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from . import names
from .faults import Level, at
from .load import Spec
from .received import properties_of, required_of
from .walk import Node


def check_enum(spec: Spec, pointer: str, schema: Node) -> None:
    """Values that are text, each once, with names and descriptions."""
    values = schema["enum"]
    for index, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            problem = "has to be text: quote no, on, yes and numbers"
            spec.fault(at(pointer, "enum", index), problem, Level.STYLE)
        elif not isinstance(value, str) and any(isinstance(other, str) for other in values):
            spec.fault(
                at(pointer, "enum", index),
                "has to be text: quote no, on, yes and numbers",
                Level.STYLE,
            )
    if twice := _repeated(str(value).casefold() for value in values):
        spec.fault(
            at(pointer, "enum"), f"{twice} is listed twice; letter case does not count", Level.STYLE
        )
    for key in ("x-enum-varnames", "x-enum-descriptions"):
        if len(schema.get(key, [])) != len(values):
            spec.fault(at(pointer, key), "needs one entry for each value", Level.STYLE)
    aliases = schema.get("x-enum-aliases", {})
    for alias, value in aliases.items():
        if value not in values:
            spec.fault(at(pointer, "x-enum-aliases", alias), f"{value} is not a value")
    members = [*schema.get("x-enum-varnames", []), *aliases]
    for member in members:
        if not names.CONSTANT.fullmatch(str(member)) or member == "UNLISTED":
            spec.fault(
                at(pointer, "x-enum-varnames"),
                f"{member} cannot be the name of a value",
                Level.STYLE,
            )
    if twice := _repeated(map(str, members)):
        spec.fault(at(pointer, "x-enum-varnames"), f"{twice} is used twice", Level.STYLE)
    for index, text in enumerate(schema.get("x-enum-descriptions", [])):
        if not str(text).rstrip().endswith("."):
            spec.fault(
                at(pointer, "x-enum-descriptions", index),
                "has to end with a full stop",
                Level.STYLE,
            )


def check_union(spec: Spec, pointer: str, name: str, schema: Node) -> None:
    """Members that a tag tells apart, each by tags of its own."""
    tag = schema.get("discriminator", {}).get("propertyName")
    if not isinstance(tag, str):
        spec.fault(
            at(pointer, "discriminator"), "a oneOf needs one, with a propertyName", Level.STYLE
        )
        return
    if (base := schema.get("x-subset-of")) is not None:
        _subset(spec, pointer, schema, str(base))
    elif f"Unknown{name}" in spec.schemas:
        spec.fault(pointer, f"needs the name Unknown{name} for itself", Level.STYLE)
    told = schema["discriminator"]
    mapping = told.get("mapping", {}) if isinstance(told.get("mapping", {}), dict) else {}
    if strange := sorted(told.keys() - {"propertyName", "mapping", "x-if-missing"}):
        spec.fault(at(pointer, "discriminator", strange[0]), "is not a keyword that is used here")
    found: dict[str, str] = {}
    for index, member in enumerate(schema["oneOf"]):
        where = at(pointer, "oneOf", index)
        if not isinstance(member, dict) or "$ref" not in member:
            spec.fault(where, "members of a oneOf are references", Level.STYLE)
            continue
        place = member["$ref"].removeprefix("#")
        constant = properties_of(spec, place).get(tag, {}).get("const")
        tags = [key for key, target in mapping.items() if target == member["$ref"]]
        if not isinstance(constant, str) and not tags:
            problem = f"its property {tag} needs a const, or the mapping its tags"
            spec.fault(where, problem, Level.STYLE)
            continue
        if tag not in required_of(spec, place):
            spec.fault(where, f"its property {tag} must be required", Level.STYLE)
        for one in [constant] if isinstance(constant, str) else tags:
            if one.casefold() in {key.casefold() for key in found}:
                problem = "two members have the same tag; letter case does not count"
                spec.fault(at(pointer, "oneOf"), problem)
            found[one] = member["$ref"]
    if len(set(found.values())) == len(schema["oneOf"]) and (mapping or found) != found:
        problem = f"has to say what each const says: {found}"
        spec.fault(at(pointer, "discriminator", "mapping"), problem)


def _subset(spec: Spec, pointer: str, schema: Node, base: str) -> None:
    """A choice that lets less through than another one: its members, tag and module are of that one."""
    whole = spec.schemas.get(base, {})
    where = at(pointer, "x-subset-of")
    if "oneOf" not in whole or "discriminator" not in whole or "x-subset-of" in whole:
        spec.fault(where, f"{base} is no oneOf with a discriminator of its own")
    elif any(member not in whole["oneOf"] for member in schema["oneOf"]):
        spec.fault(where, f"has members that {base} has not")
    elif whole["discriminator"].get("propertyName") != schema["discriminator"]["propertyName"]:
        spec.fault(where, f"is told apart by another property than {base}")
    elif module_of(spec, base) != module_of(spec, pointer.rpartition("/")[2]):
        spec.fault(where, f"has to be in the module of {base}")


def module_of(spec: Spec, name: str) -> str:
    """The Python module that a schema goes into."""
    schema: Mapping[str, Any] = spec.schemas[name] if isinstance(spec.schemas[name], dict) else {}
    file, _ = spec.where(at("/components/schemas", name))
    return str(schema.get("x-python-module") or file.rpartition("/")[2].partition(".")[0])


def _repeated(values: Iterable[str]) -> str | None:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 1 else None
