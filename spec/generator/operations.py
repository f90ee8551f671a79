"""What the templates of operations see: one function for each, by module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .bundle import Bundle
from .faults import SpecError, at
from .rules import python_name, snake
from .text import description, flat
from .types import PythonType, type_of

View = dict[str, Any]

# ruff removes what a module does not use.
IMPORTS = """
from typing import TYPE_CHECKING, Any

from ..codec import read_any, read_object
from ..model import list_of
from ..operation import Operation, Server, given, json_body, segment
"""


def operation_modules(bundle: Bundle, data: GeneratorData) -> list[View]:
    """One module for each tag."""
    endpoints = {
        str(endpoint.name): endpoint
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    modules: dict[str, View] = {}
    for file, path, method, operation in bundle.operations():
        pointer = at("/paths", path, method)
        name, tag = snake(operation["operationId"]), operation["tags"][0]
        module = modules.setdefault(tag, {"name": tag, "operations": [], "servers": {}, "uses": {}})
        module.setdefault("doc", flat(bundle.documents[file]["info"]["description"]))
        server = _server(operation["servers"][0])
        if module["servers"].setdefault(server["constant"], server) != server:
            raise SpecError(file, pointer, f"another server is called {server['name']} already")
        view = _operation(bundle, file, pointer, operation, endpoints[name])
        module["operations"].append({**view, "python": name, "server": server["constant"]})
        for used, runtime in view["uses"].items():
            module["uses"][used] = module["uses"].get(used, False) or runtime
    for module in modules.values():
        module["imports"] = IMPORTS + _imports(bundle, module["uses"])
        module["servers"] = list(module["servers"].values())
    return [modules[name] for name in sorted(modules)]


def _server(server: View) -> View:
    return {
        "name": server["x-server-name"], "constant": server["x-server-name"].upper(),
        "url": server["url"], "shared_path": server.get("x-all-in-one-path", ""),
        "doc": description(server),
    }  # fmt: skip


def _operation(
    bundle: Bundle, file: str, pointer: str, operation: View, endpoint: Endpoint
) -> View:
    uses: dict[str, bool] = {}
    path = pointer.split("/")[2].replace("~1", "/").replace("~0", "~")
    parameters = bundle.parameters(path, operation)
    signature, headers, template = [], [], path

    def named(prop: PropertyProtocol, *, runtime: bool) -> PythonType:
        kind = type_of(prop)
        if kind.schema is not None:
            uses[kind.schema] = uses.get(kind.schema, False) or runtime
        return kind

    for prop in endpoint.path_parameters:
        wire = prop.name.get_untrusted_value()
        python, kind = python_name(wire, parameters[wire]), named(prop, runtime=False)
        if (text := _as_text(bundle, kind, python)) is None:
            problem = f"{wire} has to be text, an integer or an enumeration"
            raise SpecError(file, at(pointer, "parameters"), problem)
        signature.append(f"{python}: {kind.annotation}")
        template = template.replace(f"{{{wire}}}", f"{{segment('{python}', {text})}}")
    signature += [f"body: {named(body.prop, runtime=False).annotation}" for body in endpoint.bodies]
    if endpoint.header_parameters:
        signature.append("*")
    for prop in endpoint.header_parameters:
        wire = prop.name.get_untrusted_value()
        python = python_name(wire, parameters[wire])
        if type_of(prop).annotation != "str":
            raise SpecError(file, at(pointer, "parameters"), f"{wire}: a header has to be text")
        signature.append(f"{python}: str" if prop.required else f"{python}: str | None = None")
        headers.append({"wire": wire, "python": python})
    answer = _answer(bundle, operation, endpoint)
    result = None if answer is None else named(answer, runtime=True)
    return {
        "method": endpoint.method.upper(), "signature": ", ".join(signature), "route": path,
        # Single quotes inside, double outside: an f-string may repeat them from Python 3.12 on only.
        "path": f'{"f" if "{" in template else ""}"{template}"',
        "result": result.annotation if result else "None", "read": result.read if result else None,
        "headers": headers, "uses": uses, "has_body": bool(endpoint.bodies),
        "idempotent": operation["x-idempotent"], "doc": _doc(operation, parameters),
    }  # fmt: skip


def _as_text(bundle: Bundle, kind: PythonType, python: str) -> str | None:
    """The expression that makes text of a path parameter."""
    if kind.schema is not None and "enum" in bundle.schemas[kind.schema] and kind.items is None:
        return f"{python}.to_wire()"
    return {"str": python, "int": f"str({python})"}.get(kind.annotation)


def _answer(bundle: Bundle, operation: View, endpoint: Endpoint) -> PropertyProtocol | None:
    """What the first 2xx response with content holds."""
    for status, response in operation["responses"].items():
        if status.startswith("2") and bundle.resolve(response).get("content"):
            for found in endpoint.responses:
                if str(found.status_code.pattern) == status:
                    return found.prop
    return None


def _doc(operation: View, parameters: Mapping[str, View]) -> str:
    lines = [flat(operation["summary"]), description(operation)]
    lines += [
        f"``{python_name(wire, node)}``: {description(node)}" for wire, node in parameters.items()
    ]
    if codes := operation.get("x-error-codes"):
        lines.append(f"Error codes: {', '.join(map(str, codes))}.")
    return "\n".join(lines)


def _imports(bundle: Bundle, uses: Mapping[str, bool]) -> str:
    """Results are needed to read answers; types of arguments only while type checking."""
    lines, checking = [], ["if TYPE_CHECKING:"]
    for name, runtime in sorted(uses.items()):
        line = f"from ..models.{bundle.module_of(name)} import {name}"
        if runtime and "oneOf" in bundle.schemas[name]:
            line += f", read_{snake(name)}"
        if runtime:
            lines.append(line)
        else:
            checking.append(f"    {line}")
    return "\n".join([*lines, "", *(checking if len(checking) > 1 else [])]) + "\n"
