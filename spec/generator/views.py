"""What the templates see: modules of models, modules of operations, webhooks, error codes."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from typing import Any

from openapi_python_client import strings
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .bundle import Bundle, SpecError
from .types import PythonType, type_of

View = dict[str, Any]

# ruff removes what a module does not use.
MODEL_IMPORTS = """
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Literal, Self, TypeAlias, cast

import attrs

from sinch.values import Cli

from ..codec import (
    OpenEnum, fields_of, items, optional, read_any, read_bool, read_cli, read_clock, read_datetime,
    read_decimal, read_float, read_int, read_list, read_milliseconds, read_object, read_seconds,
    read_str, read_strings, read_text, required, required_items, tag_of, write_cli, write_clock,
    write_datetime, write_decimal, write_message_id, write_milliseconds, write_seconds,
)
"""
OPERATION_IMPORTS = """
from typing import TYPE_CHECKING

from ..operation import Operation, Server, given, json_body, segment
"""


def build(bundle: Bundle, data: GeneratorData) -> View:
    """Everything the templates need."""
    modules = _model_modules(bundle, {str(model.class_info.name): model for model in data.models})
    endpoints = {
        str(endpoint.name): endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    operation_modules = _operation_modules(bundle, endpoints)
    return {
        "modules": modules,
        "operation_modules": operation_modules,
        "webhooks": [_webhook(bundle, *hook) for hook in bundle.webhooks],
        "error_codes": _error_codes(bundle),
        "all_models": sorted(name for module in modules for name in module["exports"]),
        "all_operations": sorted(o["python"] for m in operation_modules for o in m["operations"]),
    }


def snake(name: str) -> str:
    """``applicationKey`` -> ``application_key``, never a keyword."""
    plain = str(strings.snake_case(name.lstrip("_")))
    return f"{plain}_" if keyword.iskeyword(plain) else plain


# --- models -------------------------------------------------------------------------------------


def _model_modules(bundle: Bundle, models: Mapping[str, ModelProperty]) -> list[View]:
    members: dict[str, list[View]] = {}
    for name, schema in bundle.schemas.items():
        if "enum" in schema:
            item = _enum(name, schema)
        elif "oneOf" in schema:
            item = _union(bundle, name, schema)
        elif name in models:
            item = _model(bundle, name, schema, models[name])
        else:
            raise bundle.fail(name, "", "is neither an object, an enumeration nor a union")
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
                "imports": MODEL_IMPORTS + _model_imports(bundle, module),
            }
        )
    return modules


def _model_imports(bundle: Bundle, module: str) -> str:
    """Names of other modules that this module's schemas refer to."""
    needed: dict[str, set[str]] = {}
    for name, schema in bundle.schemas.items():
        if bundle.module_of(name) != module:
            continue
        for target in _references(schema):
            home = bundle.module_of(target)
            if home != module:
                if module in {bundle.module_of(back) for back in _reachable(bundle, target)}:
                    raise bundle.fail(name, "", f"modules {module} and {home} need each other")
                needed.setdefault(home, set()).add(target)
                if "oneOf" in bundle.schemas[target]:
                    needed[home].add(f"read_{snake(target)}")
    return "".join(
        f"from .{home} import {', '.join(sorted(names))}\n" for home, names in sorted(needed.items())
    )


def _references(node: Any) -> Iterable[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _reachable(bundle: Bundle, name: str) -> set[str]:
    found, queue = {name}, [name]
    while queue:
        for target in _references(bundle.schemas[queue.pop()]):
            if target not in found:
                found.add(target)
                queue.append(target)
    return found


def _enum(name: str, schema: View) -> View:
    names = schema.get("x-enum-varnames") or [_constant(value) for value in schema["enum"]]
    docs = schema.get("x-enum-descriptions") or [""] * len(names)
    members = [
        {"name": member, "value": value, "doc": doc}
        for member, value, doc in zip(names, schema["enum"], docs, strict=True)
    ]
    for alias, value in schema.get("x-enum-aliases", {}).items():
        members.append({"name": alias, "value": value, "doc": ""})
    return {"kind": "enum", "name": name, "doc": _description(schema), "members": members}


def _union(bundle: Bundle, name: str, schema: View) -> View:
    tag = schema["discriminator"]["propertyName"]
    members = []
    for member in schema["oneOf"]:
        target = member["$ref"].rpartition("/")[2]
        members.append({"name": target, "tag": bundle.schemas[target]["properties"][tag]["const"]})
    return {
        "kind": "union", "name": name, "doc": _description(schema), "tag": tag,
        "unknown": f"Unknown{name}", "members": members,
    }  # fmt: skip


def _model(bundle: Bundle, name: str, schema: View, model: ModelProperty) -> View:
    typed = {
        prop.name.get_untrusted_value(): prop
        for prop in [*(model.required_properties or []), *(model.optional_properties or [])]
    }
    fields, tag = [], None
    folded: dict[str, str] = {}
    for wire, node in schema.get("properties", {}).items():
        for spelling in (wire, *node.get("x-aliases", [])):
            if folded.setdefault(spelling.casefold(), wire) != wire:
                raise bundle.fail(name, f"/properties/{wire}", f"{spelling} already means another")
        python = node.get("x-python-name") or snake(wire)
        if "const" in node:
            tag = {"python": python, "wire": wire, "value": node["const"]}
        else:
            fields.append(_field(python, wire, node, typed[wire]))
    names = [field["python"] for field in fields]
    for python in names:
        if names.count(python) > 1:
            raise bundle.fail(name, "/properties", f"two properties become {python} in Python")
    fields.sort(key=lambda field: bool(field["default"]))
    return {
        "kind": "model", "name": name, "doc": _description(schema), "fields": fields, "tag": tag,
        "folded": sorted(folded.items()), "keep_raw": schema.get("x-keep-raw", False),
    }  # fmt: skip


def _field(python: str, wire: str, node: View, prop: PropertyProtocol) -> View:
    kind, value = type_of(prop), f"self.{python}"
    listed, read = kind.items is not None, kind.read
    if listed:
        reader, default = ("required_items", "") if prop.required else ("items", " = ()")
    else:
        reader, default = ("required", "") if prop.required else ("optional", " = None")
    condition = "" if prop.required else value if listed else f"{value} is not None"
    annotation = kind.annotation if prop.required or listed else f"{kind.annotation} | None"
    if node.get("x-secret"):
        default = f" = attrs.field({default.replace(' = ', 'default=')}{', ' if default else ''}repr=False)"
    return {
        "python": python, "wire": wire, "doc": _description(node), "annotation": annotation,
        "default": default, "read_call": f'{reader}(fields, "{wire}", {read})',
        "condition": condition, "write": kind.write.format(value),
    }  # fmt: skip


# --- operations ---------------------------------------------------------------------------------


def _operation_modules(bundle: Bundle, endpoints: Mapping[str, Endpoint]) -> list[View]:
    modules: dict[str, View] = {}
    for file, path, method, operation in bundle.operations():
        pointer = f"/paths/{path.replace('/', '~1')}/{method}"
        for key in ("operationId", "tags", "x-idempotent"):
            if key not in operation:
                raise SpecError(file, pointer, f"needs {key}")
        name = snake(operation["operationId"])
        module = modules.setdefault(
            operation["tags"][0],
            {"name": operation["tags"][0], "operations": [], "servers": [], "models": {}},
        )
        module["doc"] = " ".join(str(bundle.documents[file]["info"]["description"]).split())
        server = _server(file, pointer, operation)
        if server not in module["servers"]:
            module["servers"].append(server)
        view = _operation(bundle, path, method, operation, endpoints[name])
        module["operations"].append({**view, "python": name, "server": server["constant"]})
        for used, runtime in view["uses"].items():
            module["models"][used] = module["models"].get(used, False) or runtime
    for module in modules.values():
        module["imports"] = OPERATION_IMPORTS + _operation_imports(bundle, module["models"])
    return [modules[name] for name in sorted(modules)]


def _server(file: str, pointer: str, operation: View) -> View:
    servers = operation["servers"]
    if not servers or "x-server-name" not in servers[0]:
        raise SpecError(file, pointer, "needs a server with x-server-name")
    server = servers[0]
    return {
        "name": server["x-server-name"], "constant": server["x-server-name"].upper(),
        "url": server["url"], "shared_path": server.get("x-all-in-one-path", ""),
        "doc": _description(server),
    }  # fmt: skip


def _operation(bundle: Bundle, path: str, method: str, operation: View, endpoint: Endpoint) -> View:
    uses: dict[str, bool] = {}
    parameters = bundle.parameters(path, operation)
    signature, headers, template = [], [], path

    def named(prop: PropertyProtocol, runtime: bool) -> PythonType:
        kind = type_of(prop)
        if kind.annotation in bundle.schemas:
            uses[kind.annotation] = uses.get(kind.annotation, False) or runtime
        return kind

    for prop in endpoint.path_parameters:
        wire = prop.name.get_untrusted_value()
        python = parameters[wire].get("x-python-name") or snake(wire)
        kind = named(prop, False)
        signature.append(f"{python}: {kind.annotation}")
        value = f'segment("{python}", {kind.write.format(python)})'
        template = template.replace(f"{{{wire}}}", f"{{{value}}}")
    for body in endpoint.bodies:
        signature.append(f"body: {named(body.prop, False).annotation}")
    if endpoint.header_parameters:
        signature.append("*")
    for prop in endpoint.header_parameters:
        wire = prop.name.get_untrusted_value()
        python = parameters[wire].get("x-python-name") or snake(wire)
        signature.append(f"{python}: str | None = None")
        headers.append({"key": wire.replace("-", "_"), "python": python})
    result = read = None
    answers = [code for code in operation["responses"] if str(code).startswith("2")]
    if any(operation["responses"][code].get("content") for code in answers):
        kind = named(endpoint.responses.patterns[0].prop, True)
        result, read = kind.annotation, kind.read
    return {
        "method": method.upper(), "path": _path(template), "signature": ", ".join(signature),
        "result": result or "None", "read": read, "headers": headers, "uses": uses,
        "idempotent": bool(operation["x-idempotent"]), "has_body": bool(endpoint.bodies),
        "doc": _operation_doc(operation, parameters), "route": path,
    }  # fmt: skip


def _path(template: str) -> str:
    # Quotes inside an f-string's braces are only free to repeat from Python 3.12 on.
    return f"f'{template}'" if "{" in template else f'"{template}"'


def _operation_doc(operation: View, parameters: Mapping[str, View]) -> str:
    lines = [operation.get("summary", ""), "", _description(operation)]
    for wire, parameter in parameters.items():
        python = parameter.get("x-python-name") or snake(wire)
        lines += ["", f"``{python}``: {_description(parameter)}"]
    if codes := operation.get("x-error-codes"):
        lines += ["", f"Error codes: {', '.join(map(str, codes))}."]
    return "\n".join(lines)


def _operation_imports(bundle: Bundle, models: Mapping[str, bool]) -> str:
    """Results are needed to read answers; types of arguments only while type checking."""
    lines, checking = [], ["if TYPE_CHECKING:"]
    for name, runtime in sorted(models.items()):
        line = f"from ..models.{bundle.module_of(name)} import {name}"
        if runtime:
            lines.append(line)
        else:
            checking.append(f"    {line}")
    return "\n".join([*lines, "", *(checking if len(checking) > 1 else [])]) + "\n"


# --- the rest -----------------------------------------------------------------------------------


def _webhook(bundle: Bundle, file: str, name: str, operation: View) -> View:
    pointer = f"/webhooks/{name}/post"
    models = list(_references(operation.get("requestBody", {})))
    if len(models) != 1:
        raise SpecError(file, pointer, "needs a requestBody that refers to one schema")
    schema = bundle.schemas[models[0]]
    tags = [p["const"] for p in schema["properties"].values() if "const" in p]
    if len(tags) != 1:
        raise SpecError(file, pointer, f"{models[0]} needs exactly one property with a const")
    answer = operation.get("responses", {}).get("200", {})
    reply = next(iter(_references(answer)), None)
    return {
        "tag": tags[0], "model": models[0], "module": bundle.module_of(models[0]), "reply": reply,
        "reply_module": bundle.module_of(reply) if reply else None,
    }  # fmt: skip


def _error_codes(bundle: Bundle) -> list[View]:
    found = []
    for schema in bundle.schemas.values():
        for code, entry in schema.get("x-error-codes", {}).items():
            found.append({"code": int(code), **entry, "meaning": _flat(entry["meaning"])})
    return sorted(found, key=lambda entry: int(entry["code"]))


def _constant(value: str) -> str:
    name = re.sub(r"\W+", "_", str(strings.snake_case(value))).strip("_").upper()
    return name if name.isidentifier() else f"VALUE_{name}"


def _description(node: View) -> str:
    text = _flat(node.get("description", ""))
    return f"Deprecated. {text}" if node.get("deprecated") else text


def _flat(text: str) -> str:
    return " ".join(str(text).split())
