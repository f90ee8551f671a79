"""A copy of the specification that openapi-python-client reads right.

Every schema and operation of the copy carries, as its description, the JSON pointer to where it
comes from: descriptions survive all the merging of the parser. What only describes is left out,
inline objects and enumerations get names, parameters and webhooks take forms that are not refused.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from .faults import Level, at
from .load import Operation, Spec
from .names import class_name, identifier
from .schemas import Schemas, reference_to
from .walk import Node

_PLACEHOLDER = re.compile(r"\{([^{}/]+)\}")
JSON, TEXT, BYTES = "application/json", "text/plain", "application/octet-stream"
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
BINARY: Node = {"type": "string", "format": "binary"}


@attrs.frozen(kw_only=True)
class Asked:
    """One operation of the copy: which one it is, and what its parts are called there."""

    operation: Operation
    parameters: dict[str, Node]
    """Name in the copy -> the parameter."""
    headers: dict[str, tuple[str, str]]
    """Name in the copy -> status and name of a header of an answer."""
    media: dict[str, str]
    """Status, or "" for the request -> the content type that the content really is of."""


@attrs.frozen(kw_only=True)
class Prepared:
    """The copy, and how to get from names in it back to the specification."""

    document: Node
    titles: dict[str, str]
    """Class in the copy -> name of the schema."""
    places: dict[str, str]
    """Name of a schema -> pointer to it."""
    aliases: dict[str, str]
    """Name of a schema that is only another name -> the schema."""
    properties: dict[str, str]
    """Name of a property in the copy -> its name on the wire."""
    operations: dict[str, Asked]
    """operationId in the copy -> operation."""


def prepare(spec: Spec) -> Prepared:
    """Make the copy; what has no form in it is noted as a fault of ``spec``."""
    return _Copy(spec).made()


class _Copy:
    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.known = Schemas(spec)

    def made(self) -> Prepared:
        known = self.known
        known.take()
        asked = {}
        paths: Node = {}
        for index, operation in enumerate(self.spec.operations()):
            before = len(known.order)
            made = self._operation(index, operation, paths)
            if made is not None:
                asked[f"op{index}"] = made
            known.settle(before)
        known.break_circles()
        for number, name in enumerate(known.schemas):
            known.titles[f"Schema{number}"] = name
            known.schemas[name] = {**known.schemas[name], "title": f"Schema{number}"}
            if not {"enum", "properties", "allOf"} & known.schemas[name].keys():
                # Only classes are listed by the parser; what else there is has to be asked for.
                paths[f"/named/{number}"] = {"get": _ask(f"named{number}", known.places[name], [], {
                "200": {"description": "", "content": {JSON: {"schema": {"$ref": reference_to(name)}}}},
            })}  # fmt: skip
        known.entitle(paths)
        schemas = {f"N{number}": node for number, node in enumerate(known.schemas.values())}
        short = {
            reference_to(name): f"#/components/schemas/N{number}"
            for number, name in enumerate(known.schemas)
        }
        document = {
            "openapi": "3.1.0", "info": {"title": "copy", "version": "1"},
            "paths": paths, "components": {"schemas": schemas},
        }  # fmt: skip
        return Prepared(
            document=_redirected(document, short), titles=known.titles, places=known.places,
            aliases=known.aliases, operations=asked,
            properties={name: wire for wire, name in known.wires.items()},
        )  # fmt: skip

    # --- operations ----------------------------------------------------------------------------

    def _operation(self, index: int, operation: Operation, paths: Node) -> Asked | None:
        node, pointer = operation.node, operation.pointer
        hint = class_name(
            str(
                node.get("operationId")
                or identifier(f"{operation.method} {operation.name}", "call")
            )
        )
        media: dict[str, str] = {}
        named, listed, path = self._parameters(operation, hint)
        if path is None:
            return None
        body = self._body(node, pointer, hint, media)
        answers, headers, header_list = self._answers(node, pointer, hint, media)
        made = _ask(f"op{index}", pointer, listed, answers)
        if body is not None:
            made["requestBody"] = body
        paths[f"/{index}{path}"] = {operation.method: made}
        if header_list:
            paths[f"/headers/{index}"] = {"get": _ask(f"headers{index}", pointer, header_list, {})}
        return Asked(operation=operation, parameters=named, headers=headers, media=media)

    def _parameters(
        self, operation: Operation, hint: str
    ) -> tuple[dict[str, Node], list[Node], str | None]:
        """Number the parameters.

        The parser refuses dots in a path, dates and lists in headers, and takes ``client`` and ``url``
        for itself. Those outside of the path all stand in the query, where any type may.
        """
        named: dict[str, Node] = {}
        listed: list[Node] = []
        places: dict[str, str] = {}
        pointer = at(operation.pointer, "parameters")
        for number, ((where, wire), parameter) in enumerate(
            self.spec.parameters(operation).items()
        ):
            if where not in {"path", "query", "header", "cookie"}:
                self.spec.fault(pointer, f"{wire}: {where} is no place for a parameter")
                continue
            name = f"p{number}"
            schema, here = self._parameter_schema(operation, parameter, number)
            hinted = f"{hint}{class_name(wire)}"
            named[name] = parameter
            if where == "path":
                places[wire] = name
            listed.append({
                "name": name, "in": "path" if where == "path" else "query",
                "required": parameter.get("required") is True or where == "path",
                "schema": self.known.use(schema, here, hinted),
            })  # fmt: skip
        path = operation.name if not operation.webhook else ""
        wanted = _PLACEHOLDER.findall(path)
        for wire in sorted(set(wanted) ^ places.keys()):
            problem = "is not declared" if wire in wanted else "is not in the path"
            self.spec.fault(pointer, f"path parameter {wire} {problem}")
        kept = {name for wire, name in places.items() if wire in wanted}
        listed = [p for p in listed if p["in"] != "path" or p["name"] in kept]
        named = {n: p for n, p in named.items() if p["in"] != "path" or n in kept}
        if set(wanted) - places.keys():
            return named, listed, None  # nobody could send it
        return named, listed, "".join(f"/{{{places[wire]}}}" for wire in dict.fromkeys(wanted))

    def _parameter_schema(
        self, operation: Operation, parameter: Node, number: int
    ) -> tuple[Any, str]:
        """The parser passes over a parameter that has ``content``."""
        pointer = parameter_pointer(self.spec, operation, parameter) or at(
            operation.pointer, "parameters", number
        )
        if "schema" in parameter:
            return parameter["schema"], at(pointer, "schema")
        content: Node = parameter.get("content", {})
        kind = next(iter(content), "")
        media: Any = content.get(kind, {})
        return media.get("schema", {}), at(pointer, "content", kind, "schema")

    def _body(self, node: Node, pointer: str, hint: str, media: dict[str, str]) -> Node | None:
        if "requestBody" not in node:
            return None
        body = self.spec.resolve(node["requestBody"])
        here = self._place(node["requestBody"], at(pointer, "requestBody"))
        chosen = self._chosen(body.get("content", {}), at(here, "content"))
        if chosen is None:
            if body.get("content"):
                self.spec.fault(here, "has no content type that can be sent")
            return None
        kind, schema = chosen
        media[""] = kind
        form = kind_of(kind)
        place = at(here, "content", kind, "schema")
        if form in {BYTES, TEXT}:
            used: Node = (
                {**BINARY, "description": place}
                if form == BYTES
                else {"type": "string", "description": place}
            )
            form = BYTES
        else:
            used = self.known.use(schema, place, f"{hint}Body")
        return {"required": body.get("required") is True, "content": {form: {"schema": used}}}

    def _answers(
        self, node: Node, pointer: str, hint: str, media: dict[str, str]
    ) -> tuple[Node, dict[str, tuple[str, str]], list[Node]]:
        answers: Node = {}
        headers: dict[str, tuple[str, str]] = {}
        listed: list[Node] = []
        for status, given in node.get("responses", {}).items():
            response = self.spec.resolve(given)
            here = self._place(given, at(pointer, "responses", status))
            if not re.fullmatch(r"[1-5](\d\d|[xX][xX])|default", status):
                self.spec.fault(here, "is no status of an answer")
                continue
            key = status.upper() if status != "default" else status
            made: Node = {"description": here}
            answers[key] = made
            chosen = self._chosen(response.get("content", {}), at(here, "content"))
            if chosen is not None:
                kind, schema = chosen
                media[key] = kind
                place = at(here, "content", kind, "schema")
                form = kind_of(kind)
                if form in {BYTES, FORM, MULTIPART}:
                    form, used = BYTES, {**BINARY, "description": place}
                elif form == TEXT:
                    used = self.known.use(
                        schema or {"type": "string"}, place, f"{hint}Answer{_suffix(key)}"
                    )
                else:
                    used = self.known.use(schema, place, f"{hint}Answer{_suffix(key)}")
                made["content"] = {form: {"schema": used}}
            for name, header in response.get("headers", {}).items():
                found = self.spec.resolve(header)
                number = f"h{len(headers)}"
                headers[number] = (key, name)
                at_header = self._place(header, at(here, "headers", name))
                schema = found.get("schema", {"type": "string"})
                listed.append({
                    "name": number, "in": "query", "required": True,
                    "schema": self.known.use(schema, at(at_header, "schema"), f"{hint}{class_name(name)}"),
                })  # fmt: skip
        return answers, headers, listed

    def _chosen(self, content: Node, pointer: str) -> tuple[str, Any] | None:
        """The content type that is generated: the parser takes the first it knows, whichever that is."""
        if not content:
            return None
        order = [JSON, MULTIPART, FORM, TEXT, BYTES]
        kinds = sorted(content, key=lambda kind: order.index(kind_of(kind)))
        for other in kinds[1:]:
            problem = f"is one content type too many: {kinds[0]} is used"
            self.spec.fault(at(pointer, other), problem, Level.OMITTED)
        media = content[kinds[0]]
        return kinds[0], media.get("schema", {}) if isinstance(media, dict) else {}

    def _place(self, node: Any, pointer: str) -> str:
        """The pointer to a part, or to the shared part that it refers to."""
        for _ in range(32):
            if not isinstance(node, dict) or "$ref" not in node:
                break
            pointer = node["$ref"].removeprefix("#")
            node = self.spec.node(pointer)
        return pointer


def parameter_pointer(spec: Spec, operation: Operation, parameter: Node) -> str:
    """Where a parameter of an operation stands: with it, with its path, or among the components."""
    for start in (operation.pointer, operation.shared):
        for index, given in enumerate(spec.node(start).get("parameters", [])):
            if spec.resolve(given) is parameter:
                reference = given.get("$ref")
                return reference.removeprefix("#") if reference else at(start, "parameters", index)
    return ""


def kind_of(media: str) -> str:
    """How content of this type is written, whatever it is called."""
    plain = media.partition(";")[0].strip().lower()
    if plain in {JSON, "*/*", "text/json"} or plain.endswith("+json"):
        return JSON
    if plain in {FORM, MULTIPART}:
        return plain
    return TEXT if plain.startswith("text/") else BYTES


def _ask(name: str, place: str, parameters: list[Node], responses: Node) -> Node:
    return {
        "operationId": name, "description": place, "tags": ["all"], "responses": responses,
        **({"parameters": parameters} if parameters else {}),
    }  # fmt: skip


def _suffix(status: str) -> str:
    return "" if status.startswith("2") else class_name(status)


def _redirected(node: Any, targets: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_redirected(one, targets) for one in node]
    if isinstance(node, dict):
        return {
            key: targets.get(value, value) if key == "$ref" else _redirected(value, targets)
            for key, value in node.items()
            if key != "discriminator"
        }
    return node
