"""Check what concerns several parts of the joined documents, and names in Python."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from openapi_python_client import strings

from .faults import SpecError, at

if TYPE_CHECKING:
    from .bundle import Bundle

STATIC_PATH = re.compile(r"(/([A-Za-z0-9._~:@+-]|\{\w+\})+)+")
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
RESERVED = frozenset(
    {"from_wire", "from_wire_strictly", "to_wire", "WIRE_NAMES", "raw", "problems", "extra"}
)
"""Names that a model has of its own."""


def snake(name: str) -> str:
    """``applicationKey`` -> ``application_key``, never a keyword."""
    plain = str(strings.snake_case(name.lstrip("_")))
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def python_name(wire: str, node: Mapping[str, Any]) -> str:
    """What a property or parameter is called in Python."""
    return str(node.get("x-python-name") or snake(wire))


def references(node: Any) -> Iterator[str]:
    """The name of every schema that a part of the document refers to."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def check(bundle: Bundle) -> None:
    """Raise :class:`SpecError` for the first rule that is broken."""
    for name, schema in bundle.schemas.items():
        _schema(bundle, name, schema)
    _modules(bundle)
    owners: dict[str, str] = {}
    codes = {code for schema in bundle.schemas.values() for code in schema.get("x-error-codes", {})}
    for file, path, method, operation in bundle.operations():
        pointer = at("/paths", path, method)
        _operation(bundle, file, pointer, path, operation)
        where = f"{file}#{pointer}"
        if (other := owners.setdefault(snake(operation["operationId"]), where)) != where:
            raise SpecError(
                file, at(pointer, "operationId"), f"means the same function as in {other}"
            )
        for code in operation.get("x-error-codes", []):
            if str(code) not in codes:
                raise SpecError(
                    file, at(pointer, "x-error-codes"), f"{code} is not in the table of codes"
                )


def _schema(bundle: Bundle, name: str, schema: dict[str, Any]) -> None:
    if not name.isidentifier() or strings.ClassName(name, "") != name:
        raise bundle.fail(name, "", "has to be a class name such as CallInfo")
    if not bundle.module_of(name).isidentifier():
        raise bundle.fail(name, "/x-python-module", "has to be an identifier")
    if "enum" in schema:
        _enum(bundle, name, schema)
    elif "oneOf" in schema:
        _union(bundle, name, schema)
    else:
        _model(bundle, name, schema)


def _model(bundle: Bundle, name: str, schema: dict[str, Any]) -> None:
    properties = schema["properties"]
    for prop in schema.get("required", []):
        if prop not in properties:
            raise bundle.fail(name, "/required", f"names {prop}, which is not a property")
    owners: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for wire, node in properties.items():
        where = at("/properties", wire)
        python = python_name(wire, node)
        if not python.isidentifier() or keyword.iskeyword(python) or python in RESERVED:
            raise bundle.fail(
                name, where, f"{python} cannot be its name in Python: set x-python-name"
            )
        if (other := owners.setdefault(python, wire)) != wire:
            raise bundle.fail(
                name, where, f"is {python} in Python, as {other} is: set x-python-name"
            )
        for spelling in (wire, *node.get("x-aliases", [])):
            if (other := spellings.setdefault(spelling.casefold(), wire)) != wire:
                raise bundle.fail(name, where, f"{spelling} already means {other}")
    if sum("const" in node for node in properties.values()) > 1:
        raise bundle.fail(name, "/properties", "only one property can have a const")
    if schema.get("additionalProperties", True) is not True:
        raise bundle.fail(name, "/additionalProperties", "beside properties has to be true")
    _pairs(bundle, name, properties)
    _received(bundle, name, schema)


def _pairs(bundle: Bundle, name: str, properties: dict[str, Any]) -> None:
    """Arrays that become mappings hold objects with a name and a text."""
    for wire, node in properties.items():
        if node.get("format") == "pairs":
            target = bundle.schemas.get(
                node.get("items", {}).get("$ref", "").rpartition("/")[2], {}
            )
            if not {"key", "value"} <= target.get("properties", {}).keys():
                where = at("/properties", wire, "items")
                raise bundle.fail(name, where, "has to refer to a schema with key and value")


def _received(bundle: Bundle, name: str, schema: dict[str, Any]) -> None:
    """What a server sends is read leniently, so it has to be said what must never be missing."""
    properties, identifies = schema["properties"], schema.get("x-identifies", [])
    promised = {wire for wire in schema.get("required", []) if "const" not in properties[wire]}
    if name in bundle.received and promised and "x-identifies" not in schema:
        raise bundle.fail(
            name, "", "is received and has required properties: x-identifies has to list those "
            "without which it is worth nothing"
        )  # fmt: skip
    for wire in identifies:
        if wire not in promised:
            raise bundle.fail(name, "/x-identifies", f"names {wire}, which is not required")
    for wire, node in properties.items():
        if "x-if-missing" in node:
            where = at("/properties", wire, "x-if-missing")
            if wire not in promised or wire in identifies:
                raise bundle.fail(name, where, "is for what is required and does not identify")
            if node["x-if-missing"] != ({} if "$ref" in node else ""):
                raise bundle.fail(name, where, "has to be empty: {} for an object, '' for text")


def _enum(bundle: Bundle, name: str, schema: dict[str, Any]) -> None:
    values = schema["enum"]
    for index, value in enumerate(values):
        if not isinstance(value, str):
            problem = "has to be text: quote no, on, yes and numbers"
            raise bundle.fail(name, at("/enum", index), problem)
    if twice := _repeated(value.casefold() for value in values):
        raise bundle.fail(name, "/enum", f"{twice} is listed twice; letter case does not count")
    for key in ("x-enum-varnames", "x-enum-descriptions"):
        if len(schema.get(key, [])) != len(values):
            raise bundle.fail(name, f"/{key}", "needs one entry for each value")
    aliases = schema.get("x-enum-aliases", {})
    for alias, value in aliases.items():
        if value not in values:
            raise bundle.fail(name, at("/x-enum-aliases", alias), f"{value} is not a value")
    members = [*schema["x-enum-varnames"], *aliases]
    for member in members:
        if not CONSTANT.fullmatch(str(member)) or member == "UNLISTED":
            raise bundle.fail(name, "/x-enum-varnames", f"{member} cannot be the name of a value")
    if twice := _repeated(members):
        raise bundle.fail(name, "/x-enum-varnames", f"{twice} is used twice")
    for index, text in enumerate(schema["x-enum-descriptions"]):
        if not str(text).rstrip().endswith("."):
            raise bundle.fail(
                name, at("/x-enum-descriptions", index), "has to end with a full stop"
            )


def _union(bundle: Bundle, name: str, schema: dict[str, Any]) -> None:
    tag = schema.get("discriminator", {}).get("propertyName")
    if not isinstance(tag, str):
        raise bundle.fail(name, "/discriminator", "a oneOf needs one, with a propertyName")
    if f"Unknown{name}" in bundle.schemas:
        raise bundle.fail(name, "", f"needs the name Unknown{name} for itself")
    found: dict[str, str] = {}
    for index, member in enumerate(schema["oneOf"]):
        where = at("/oneOf", index)
        if not isinstance(member, dict) or "$ref" not in member:
            raise bundle.fail(name, where, "members of a oneOf are references")
        target = bundle.schemas[member["$ref"].rpartition("/")[2]]
        if "const" not in target.get("properties", {}).get(tag, {}):
            raise bundle.fail(name, where, f"its property {tag} needs a const")
        if tag not in target.get("required", []):
            raise bundle.fail(name, where, f"its property {tag} must be required")
        found[target["properties"][tag]["const"]] = member["$ref"]
    if len({value.casefold() for value in found}) < len(schema["oneOf"]):
        raise bundle.fail(
            name, "/oneOf", "two members have the same tag; letter case does not count"
        )
    if schema["discriminator"].get("mapping", found) != found:
        raise bundle.fail(
            name, "/discriminator/mapping", f"has to say what each const says: {found}"
        )


def _operation(
    bundle: Bundle, file: str, pointer: str, path: str, operation: dict[str, Any]
) -> None:
    if not STATIC_PATH.fullmatch(path):
        raise SpecError(file, pointer, "the path has characters that would need quoting")
    if "x-idempotent" not in operation:
        raise SpecError(file, pointer, "needs x-idempotent")
    if len(operation["tags"]) != 1 or not str(operation["tags"][0]).isidentifier():
        raise SpecError(
            file, at(pointer, "tags"), "needs exactly one, which names the Python module"
        )
    if not operation["servers"]:
        raise SpecError(file, pointer, "needs a server, here or for the document")
    parameters = bundle.parameters(path, operation)
    used = set(re.findall(r"\{(\w+)\}", path))
    given = {name for name, parameter in parameters.items() if parameter["in"] == "path"}
    for name in sorted(used ^ given):
        problem = "is not declared" if name in used else "is not in the path"
        raise SpecError(file, at(pointer, "parameters"), f"path parameter {name} {problem}")
    names = ["body", *(python_name(wire, parameter) for wire, parameter in parameters.items())]
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name) or names.count(name) > 1:
            raise SpecError(
                file, at(pointer, "parameters"), f"{name} cannot be the name of a parameter"
            )
    answers = [status for status in operation["responses"] if str(status).startswith("2")]
    if not answers or "default" not in operation["responses"]:
        raise SpecError(file, at(pointer, "responses"), "needs a 2xx and a default response")
    body = operation.get("requestBody")
    if body is not None and not any(
        "$ref" in media["schema"] for media in body["content"].values()
    ):
        raise SpecError(
            file, at(pointer, "requestBody"), "needs JSON content that refers to a schema"
        )


def _modules(bundle: Bundle) -> None:
    """Modules import each other at run time, so they must not need each other in a circle."""
    needs: dict[str, dict[str, str]] = {}
    for name, schema in bundle.schemas.items():
        home = bundle.module_of(name)
        for target in references(schema):
            needs.setdefault(home, {}).setdefault(bundle.module_of(target), name)
    for start in sorted(needs):
        reached, queue = {start}, [start]
        while queue:
            module = queue.pop()
            for target, name in needs.get(module, {}).items():
                if target == start and module != start:
                    raise bundle.fail(name, "", f"modules {module} and {start} need each other")
                if target not in reached:
                    reached.add(target)
                    queue.append(target)


def _repeated(values: Iterable[str]) -> str | None:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 1 else None
