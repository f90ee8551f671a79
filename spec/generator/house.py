"""House rules: what our own specification has to say, beyond what makes it right.

Descriptions that read well, names that read well in Python, and whatever the generator would otherwise
have to guess. ``--lenient`` leaves all of these out.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from typing import Any

from . import names
from .faults import Level, at
from .house_choices import check_enum, check_union, module_of
from .load import Operation, Spec
from .names import python_name, snake
from .walk import Node, Part, references, walk

BESIDE_REF = frozenset(
    {"$ref", "description", "deprecated", "readOnly", "writeOnly", "x-python-name", "x-aliases", "x-secret",
     "x-if-missing", "title", "example", "examples", "default", "externalDocs"}
)  # fmt: skip
_DESCRIBED = frozenset({"parameter", "header", "body", "response", "server"})


def check(spec: Spec) -> None:
    """Note every rule that is broken."""
    for part in walk(spec.tree):
        if isinstance(part.node, dict):
            _part(spec, part)
    if spec.faults.lenient:
        return
    for file, document in spec.documents.items():
        info = document.get("info")
        if not isinstance(info, dict):
            spec.faults.add(file, "/info", "is missing", Level.STYLE)
        else:
            _described(spec, "", info, where=(file, "/info"))
    for name, schema in spec.schemas.items():
        _named(spec, name, schema)
    _modules(spec)
    _operations(spec)


def _part(spec: Spec, part: Part) -> None:
    kind, pointer, node = part
    if "$ref" in node:
        if kind == "schema" and (strange := sorted(node.keys() - BESIDE_REF)):
            spec.fault(at(pointer, strange[0]), "does nothing beside $ref", Level.OMITTED)
        return
    if kind in _DESCRIBED and pointer.count("/") > 1:
        _described(spec, pointer, node)
    if kind == "server" and not (
        "url" in node
        and isinstance(node.get("x-server-name"), str)
        and node["x-server-name"].isidentifier()
    ):
        problem = "needs a url and an x-server-name that is an identifier"
        spec.fault(pointer, problem, Level.STYLE)
    if kind == "server" and "url" in node and not re.match(r"https?://", node["url"]):
        spec.fault(
            at(pointer, "url"),
            "has to be a whole URL: nothing tells what it is relative to",
            Level.STYLE,
        )
    if kind == "server":
        _variables(spec, pointer, node)
    if kind == "parameter":
        _parameter(spec, pointer, node)
    if kind == "schema":
        _schema(spec, pointer, node)
    if kind == "media" and "schema" not in node:
        spec.fault(pointer, "needs a schema", Level.STYLE)


def _described(
    spec: Spec,
    pointer: str,
    node: Node,
    *,
    key: str = "description",
    where: tuple[str, str] | None = None,
) -> None:
    file, place = where or spec.where(pointer)
    text = node.get(key)
    if not isinstance(text, str) or not text.strip():
        if not (where is None and (spec.is_faulty(at(pointer, key)) or spec.is_faulty(pointer))):
            spec.faults.add(file, place, f"needs a {key}", Level.STYLE)
    elif not text.rstrip().rstrip("\"')").endswith("."):
        spec.faults.add(file, at(place, key), "has to end with a full stop", Level.STYLE)


def _variables(spec: Spec, pointer: str, node: Node) -> None:
    for name, said in node.get("variables", {}).items():
        where = at(pointer, "variables", name)
        if not isinstance(said, dict) or not isinstance(said.get("default"), str):
            spec.fault(where, "needs a default, which is text")
        elif not isinstance(said.get("enum", []), list):
            spec.fault(at(where, "enum"), "has to be a list")


def _parameter(spec: Spec, pointer: str, node: Node) -> None:
    for key in ("name", "in"):
        if key not in node:
            spec.fault(pointer, f"needs {key}")
    if "schema" not in node and "content" not in node:
        spec.fault(pointer, "needs schema")
    if node.get("in") == "path" and node.get("required") is not True:
        spec.fault(pointer, "a path parameter has to be required", Level.STYLE)


def _schema(spec: Spec, pointer: str, node: Node) -> None:
    for name, prop in node.get("properties", {}).items():
        if isinstance(prop, dict):
            _described(spec, at(pointer, "properties", name), prop)
    if ("items" in node) != (node.get("type") == "array" or "array" in _listed(node.get("type"))):
        spec.fault(pointer, "items and type: array go together", Level.STYLE)
    for name in node.get("required", []):
        if not isinstance(name, str):
            spec.fault(at(pointer, "required"), "has to list names")
        elif (
            name not in node.get("properties", {}) and not {"allOf", "oneOf", "anyOf"} & node.keys()
        ):
            inside = "/allOf/" in pointer
            if not inside:
                spec.fault(
                    at(pointer, "required"), f"names {name}, which is not a property", Level.STYLE
                )
    if pointer.count("/") == 3 and pointer.startswith("/components/schemas/"):
        return
    if "/allOf/" in pointer:
        return
    if node.get("format") == "pairs":
        target = spec.resolve(node.get("items"))
        if not {"key", "value"} <= target.get("properties", {}).keys():
            spec.fault(at(pointer, "items"), "has to refer to a schema with key and value")
    for key in ("properties", "enum", "oneOf", "discriminator"):
        if key in node:
            problem = "objects, enumerations and unions need a name: move it to components/schemas"
            spec.fault(at(pointer, key), problem, Level.STYLE)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- named schemas ------------------------------------------------------------------------------


def _named(spec: Spec, name: str, schema: Any) -> None:
    pointer = at("/components/schemas", name)
    if not isinstance(schema, dict) or "$ref" in schema:
        return
    _described(spec, pointer, schema)
    if names.class_name(name) != name or not name.isidentifier() or keyword.iskeyword(name):
        spec.fault(pointer, "has to be a class name such as CallInfo", Level.STYLE)
    if name in names.CLASSES:
        spec.fault(pointer, f"{name} is a name of the runtime: call it something else", Level.STYLE)
    module = str(schema.get("x-python-module", "x"))
    if not module.isidentifier() or keyword.iskeyword(module):
        spec.fault(at(pointer, "x-python-module"), "has to be an identifier", Level.STYLE)
    if "enum" in schema:
        check_enum(spec, pointer, schema)
    elif "oneOf" in schema:
        check_union(spec, pointer, name, schema)
    else:
        _model(spec, pointer, schema)


def _model(spec: Spec, pointer: str, schema: Node) -> None:
    owners: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for wire, node in schema.get("properties", {}).items():
        if not isinstance(node, dict):
            continue
        where = at(pointer, "properties", wire)
        python = python_name(wire, node)
        if (
            not python.isidentifier()
            or keyword.iskeyword(python)
            or python in names.OF_MODELS | names.OF_FIELDS
        ):
            problem = f"{python} cannot be its name in Python: set x-python-name"
            spec.fault(where, problem, Level.STYLE)
        if (other := owners.setdefault(python, wire)) != wire:
            spec.fault(
                where, f"is {python} in Python, as {other} is: set x-python-name", Level.STYLE
            )
        for spelling in (wire, *node.get("x-aliases", [])):
            if (other := spellings.setdefault(str(spelling).casefold(), wire)) != wire:
                spec.fault(where, f"{spelling} already means {other}")


def check_received(spec: Spec, received: Iterable[str]) -> None:
    """What a server sends is read leniently, so it has to be said what must never be missing."""
    for name in sorted(received):
        schema = spec.schemas.get(name)
        if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            continue
        promised = _promised(schema)
        if promised and "x-identifies" not in schema:
            spec.fault(
                at("/components/schemas", name), "is received and has required properties: x-identifies has to "
                "list those without which it is worth nothing", Level.STYLE,
            )  # fmt: skip
    for name, schema in spec.schemas.items():
        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
            _identifying(spec, at("/components/schemas", name), schema)


def _promised(schema: Node) -> set[str]:
    properties = schema["properties"]
    return {
        wire for wire in schema.get("required", [])
        if wire in properties and isinstance(properties[wire], dict) and "const" not in properties[wire]
    }  # fmt: skip


def _identifying(spec: Spec, pointer: str, schema: Node) -> None:
    promised, identifies = _promised(schema), schema.get("x-identifies", [])
    for wire in identifies:
        if wire not in promised:
            spec.fault(at(pointer, "x-identifies"), f"names {wire}, which is not required")
    for wire, node in schema["properties"].items():
        if isinstance(node, dict) and "x-if-missing" in node:
            where = at(pointer, "properties", wire, "x-if-missing")
            if wire not in promised or wire in identifies:
                spec.fault(where, "is for what is required and does not identify")
            if node["x-if-missing"] != ({} if "$ref" in node else ""):
                spec.fault(where, "has to be empty: {} for an object, '' for text")


# --- operations ---------------------------------------------------------------------------------


def _operations(spec: Spec) -> None:
    owners: dict[str, str] = {}
    codes = {
        str(code)
        for schema in spec.schemas.values() if isinstance(schema, dict)
        for code in schema.get("x-error-codes", {})
    }  # fmt: skip
    for operation in spec.operations():
        node, pointer = operation.node, operation.pointer
        for key in ("operationId", "tags", "responses"):
            if not node.get(key) and not spec.is_faulty(at(pointer, key)):
                spec.fault(pointer, f"needs {key}", Level.STYLE)
        _described(spec, pointer, node, key="summary")
        _described(spec, pointer, node)
        if operation.webhook:
            if operation.method != "post":
                spec.fault(pointer, "a webhook is posted", Level.STYLE)
            continue
        _operation(spec, operation)
        name, here = snake(str(node.get("operationId", pointer))), "#".join(spec.where(pointer))
        if (other := owners.setdefault(name, here)) != here:
            spec.fault(
                at(pointer, "operationId"), f"means the same function as in {other}", Level.STYLE
            )
        if name in names.OF_OPERATIONS or not name.isidentifier():
            spec.fault(
                at(pointer, "operationId"), f"{name} cannot be the name of a function", Level.STYLE
            )
        for code in node.get("x-error-codes", []):
            if str(code) not in codes:
                spec.fault(
                    at(pointer, "x-error-codes"),
                    f"{code} is not in the table of codes",
                    Level.STYLE,
                )


def _operation(spec: Spec, operation: Operation) -> None:
    node, pointer = operation.node, operation.pointer
    if "x-idempotent" not in node and not spec.is_faulty(at(pointer, "x-idempotent")):
        spec.fault(pointer, "needs x-idempotent", Level.STYLE)
    tags = node.get("tags", [])
    if tags and (
        len(tags) != 1 or not str(tags[0]).isidentifier() or keyword.iskeyword(str(tags[0]))
    ):
        spec.fault(
            at(pointer, "tags"), "needs exactly one, which names the Python module", Level.STYLE
        )
    if not node.get("servers"):
        spec.fault(pointer, "needs a server, here or for the document", Level.STYLE)
    listed = [
        "body",
        *(python_name(wire, said) for (_, wire), said in spec.parameters(operation).items()),
    ]
    for name in dict.fromkeys(listed):
        wrong = name in names.OF_OPERATIONS and name != "body"
        if not name.isidentifier() or keyword.iskeyword(name) or listed.count(name) > 1 or wrong:
            spec.fault(
                at(pointer, "parameters"), f"{name} cannot be the name of a parameter", Level.STYLE
            )
    answers = [status for status in node.get("responses", {}) if str(status).startswith("2")]
    complete = answers and "default" in node.get("responses", {})
    if not complete and not spec.is_faulty(at(pointer, "responses")):
        spec.fault(at(pointer, "responses"), "needs a 2xx and a default response", Level.STYLE)


def _modules(spec: Spec) -> None:
    """Modules import each other at run time, so they must not need each other in a circle."""
    needs: dict[str, dict[str, str]] = {}
    for name, schema in spec.schemas.items():
        home = module_of(spec, name)
        for target in references(schema):
            if target in spec.schemas:
                needs.setdefault(home, {}).setdefault(module_of(spec, target), name)
    for start in sorted(needs):
        reached, queue = {start}, [start]
        while queue:
            module = queue.pop()
            for target, name in needs.get(module, {}).items():
                if target == start and module != start:
                    problem = f"modules {module} and {start} need each other"
                    spec.fault(at("/components/schemas", name), problem)
                if target not in reached:
                    reached.add(target)
                    queue.append(target)
