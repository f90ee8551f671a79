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
from .names import class_name, identifier, unique
from .rewrites import CHOICES, NULL, PARSED_FORMATS, REWRITES, STRUCTURE, TYPES, Context, without
from .walk import Node, Part, replaced

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
        self.ask = Context(self._find, spec.fault)
        start = at("/components/schemas")
        self.stamped = {
            name: self._stamp(Part("schema", at(start, name), node))
            for name, node in spec.schemas.items()
        }
        self.aliases = {name: target for name in self.stamped if (target := self._alias(name))}
        self.nullable = {name for name in self.stamped if self._is_nullable(name)}
        self.schemas: dict[str, Node] = {}
        self.places: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.lifted: dict[str, str] = {}
        self.order: list[str] = []
        self.wires: dict[str, str] = {}
        self.inline = 0
        self.taken = {class_name(name).casefold() for name in self.stamped}

    def made(self) -> Prepared:
        for name, node in self.stamped.items():
            if name not in self.aliases:
                self.places[name] = node["description"]
                self.schemas[name] = self._rewritten(node, top=name in self.nullable)
        self.order = list(self.schemas)
        self._settle(0)
        asked = {}
        paths: Node = {}
        for index, operation in enumerate(self.spec.operations()):
            before = len(self.order)
            asked[f"op{index}"] = self._operation(index, operation, paths)
            self._settle(before)
        self._break_circles()
        for number, name in enumerate(self.schemas):
            self.titles[f"Schema{number}"] = name
            self.schemas[name] = {**self.schemas[name], "title": f"Schema{number}"}
            if not {"enum", "properties", "allOf"} & self.schemas[name].keys():
                # Only classes are listed by the parser; what else there is has to be asked for.
                paths[f"/named/{number}"] = {"get": _ask(f"named{number}", self.places[name], [], {
                "200": {"description": "", "content": {JSON: {"schema": {"$ref": _to(name)}}}},
            })}  # fmt: skip
        self._entitle(paths)
        schemas = {f"N{number}": node for number, node in enumerate(self.schemas.values())}
        short = {
            _to(name): f"#/components/schemas/N{number}" for number, name in enumerate(self.schemas)
        }
        document = {
            "openapi": "3.1.0", "info": {"title": "copy", "version": "1"},
            "paths": paths, "components": {"schemas": schemas},
        }  # fmt: skip
        return Prepared(
            document=_redirected(document, short), titles=self.titles, places=self.places,
            aliases=self.aliases, operations=asked,
            properties={name: wire for wire, name in self.wires.items()},
        )  # fmt: skip

    # --- schemas -------------------------------------------------------------------------------

    def _stamp(self, part: Part) -> Node:
        """What says how values look, with the place it comes from."""
        node = part.node
        if not isinstance(node, dict):
            if node is False:
                self.spec.fault(part.pointer, "lets nothing through: read as any", Level.OMITTED)
            return {"description": part.pointer}
        if "$ref" in node:
            return {"$ref": node["$ref"]}
        kept = {key: node[key] for key in STRUCTURE if key in node}
        if isinstance(kept.get("additionalProperties"), bool):
            further = kept.pop("additionalProperties")
            return {
                **self._stamp(Part("schema", part.pointer, kept)),
                "additionalProperties": further,
            }
        made: Node = replaced(Part("schema", part.pointer, kept), self._stamp)
        if made.get("format") not in PARSED_FORMATS or made.get("type") == "integer":
            made.pop("format", None)
        if "required" in made:
            made["required"] = [name for name in made["required"] if isinstance(name, str)]
        return {**made, "description": part.pointer}

    def _find(self, node: Node) -> Node:
        for _ in range(32):
            if not isinstance(node, dict) or "$ref" not in node:
                break
            node = self.stamped.get(_named(node["$ref"]), {"description": ""})
        return node if isinstance(node, dict) else {"description": ""}

    def _alias(self, name: str) -> str:
        """The schema that this one is only another name of."""
        seen = [name]
        node = self.stamped[name]
        while True:
            if "allOf" in node and not node.keys() - {"allOf", "description"}:
                node = node["allOf"][0] if len(node["allOf"]) == 1 else node
            if "$ref" not in node:
                return seen[-1] if len(seen) > 1 else ""
            target = _named(node["$ref"])
            if target in seen or target not in self.stamped:
                self.spec.fault(at("/components/schemas", name), "refers to itself in a circle")
                self.stamped[name] = {"description": at("/components/schemas", name)}
                return ""
            seen.append(target)
            node = self.stamped[target]

    def _is_nullable(self, name: str) -> bool:
        node = self.stamped[name]
        kinds = node.get("type")
        enum = node.get("enum")
        return (
            node.get("nullable") is True
            or (isinstance(kinds, list) and "null" in kinds and kinds != ["null"] and not enum)
            or (isinstance(enum, list) and None in enum and enum != [None])
            or any(
                m.get("type") == "null"
                for key in CHOICES
                for m in node.get(key, [])
                if len(node[key]) > 1
            )
        )

    def _rewritten(self, node: Any, *, top: bool = False) -> Node:
        """The node after all rewrites, and all in it; ``top``: nothing refers to it being null."""
        if not isinstance(node, dict) or ("$ref" not in node and "description" not in node):
            return node if isinstance(node, dict) else {}
        if "$ref" in node:
            return self._reference(node)
        for rewrite in REWRITES:
            node = rewrite(node, self.ask)
        if top:
            node = _without_null(node)
            for rewrite in REWRITES:
                node = rewrite(node, self.ask)
        further = node.get("additionalProperties")
        made: Node = replaced(Part("schema", "", without(node, "additionalProperties")), self._part)
        if isinstance(further, dict):
            made["additionalProperties"] = self._rewritten(further)
        elif further is not None:
            made["additionalProperties"] = further
        return made

    def _part(self, part: Part) -> Any:
        inherited = part.pointer.startswith(("/allOf", "/oneOf", "/anyOf"))
        return (
            self._reference(part.node, plain=inherited)
            if "$ref" in part.node
            else self._rewritten(part.node)
        )

    def _reference(self, node: Node, *, plain: bool = False) -> Node:
        name = _named(node["$ref"])
        nullable = name in self.nullable
        while name in self.aliases:
            name = self.aliases[name]
            nullable = nullable or name in self.nullable
        if name not in self.stamped:
            return {"description": ""}
        made = {"$ref": _to(name)}
        place = self.stamped[name]["description"]
        return (
            {"description": place, "anyOf": [made, {**NULL, "description": place}]}
            if nullable and not plain
            else made
        )

    def _inside(self, part: Part, hint: str) -> Any:
        """A schema whose inline objects and enumerations have been given names of their own."""
        node = part.node
        further = node.get("additionalProperties")
        made = replaced(
            Part("schema", part.pointer, without(node, "additionalProperties")),
            lambda child: self._inner(child, hint),
        )
        if isinstance(further, dict):
            made["additionalProperties"] = self._inner(
                Part("schema", "/additionalProperties", further), hint
            )
        elif further is not None:
            made["additionalProperties"] = further
        return made

    def _inner(self, part: Part, hint: str) -> Any:
        keys = part.pointer.split("/")
        key = (
            keys[-1]
            if keys[-2:-1] == ["properties"]
            else {"items": "Item", "additionalProperties": "Value"}.get(keys[-1], "")
        )
        if keys[1:2] == ["allOf"]:
            # Its properties become those of the whole, and so they are named after the whole.
            return (
                part.node
                if "$ref" in part.node
                else self._inside(Part("schema", "", part.node), hint)
            )
        name = f"{hint}{class_name(key)}" if key else hint
        return self._named_or_inline(part.node, name)

    def _named_or_inline(self, node: Node, hint: str) -> Node:
        if "$ref" in node or not self._needs_name(node):
            return node if "$ref" in node else self._inside(Part("schema", "", node), hint)
        place = node["description"]
        if place not in self.lifted:
            original = self.spec.node(place)
            title = original.get("title") if isinstance(original, dict) else None
            wanted = class_name(title) if isinstance(title, str) and title.strip() else hint
            taken = self.taken
            number, name = 2, wanted
            while class_name(name).casefold() in taken:
                name, number = f"{wanted}{number}", number + 1
            taken.add(class_name(name).casefold())
            self.lifted[place] = name
            self.places[name] = place
            self.schemas[name] = node
            self.order.append(name)
        return {"$ref": _to(self.lifted[place])}

    @staticmethod
    def _needs_name(node: Node) -> bool:
        sole = node.get("allOf", [{}])
        return (
            "enum" in node or "properties" in node or node.get("additionalProperties") is False
            or ("allOf" in node and not (len(sole) == 1 and "$ref" in sole[0]))
            or ("discriminator" in node and len(_others(node)) > 1)
        )  # fmt: skip

    def _settle(self, start: int) -> None:
        """Name what is inside of the schemas from a place in the list on, and inside of those in turn."""
        while start < len(self.order):
            name = self.order[start]
            self.schemas[name] = self._inside(Part("schema", "", self.schemas[name]), name)
            start += 1

    def _break_circles(self) -> None:
        """The parser cannot read an array or a choice that is part of itself, other than by way of an object."""
        done: set[str] = set()
        for name in list(self.schemas):
            self._open(name, [], done)

    def _open(self, name: str, above: list[str], done: set[str]) -> None:
        if name in done or _is_class(self.schemas[name]):
            return
        above = [*above, name]
        self.schemas[name] = self._cut(Part("schema", "", self.schemas[name]), above, done)
        done.add(name)

    def _cut(self, part: Part, above: list[str], done: set[str]) -> Any:
        node = part.node
        if "$ref" in node:
            target = _named(node["$ref"])
            if target in above:
                self.spec.fault(
                    self.places[above[-1]],
                    f"is part of {target}, which is part of it: read as any there",
                    Level.OMITTED,
                )
                return {"description": self.places[target]}
            self._open(target, above, done)
            return node
        further = node.get("additionalProperties")
        made = replaced(
            Part("schema", "", without(node, "additionalProperties")),
            lambda child: self._cut(child, above, done),
        )
        if isinstance(further, dict):
            made["additionalProperties"] = self._cut(Part("schema", "", further), above, done)
        elif further is not None:
            made["additionalProperties"] = further
        return made

    def _entitle(self, paths: Node) -> None:
        """Each class that the parser makes gets a name that no other has, and each property a number:
        ``+1`` and ``-1`` would be the same name to it, and it refuses both.
        """
        for name, node in self.schemas.items():
            self.schemas[name] = self._entitled(node, named=True)
        for item in paths.values():
            for operation in item.values():
                for parameter in operation.get("parameters", []):
                    parameter["schema"] = self._entitled(parameter["schema"])
                contents = [operation.get("requestBody", {}), *operation["responses"].values()]
                for media in (m for c in contents for m in c.get("content", {}).values()):
                    media["schema"] = self._entitled(media["schema"])

    def _entitled(self, node: Any, *, named: bool = False) -> Any:
        if "$ref" in node:
            return node
        further = node.get("additionalProperties")
        made = replaced(
            Part("schema", "", without(node, "additionalProperties")), lambda part: self._entitled(part.node)
        )
        if further is not None:
            made["additionalProperties"] = self._entitled(further) if isinstance(further, dict) else further
        if "properties" in made:
            made["properties"] = {self._numbered(wire): said for wire, said in made["properties"].items()}
        if "required" in made:
            made["required"] = [self._numbered(wire) for wire in made["required"]]
        if not named:
            made["title"] = f"Inline{self.inline}"
            self.inline += 1
        return made

    def _numbered(self, wire: str) -> str:
        return self.wires.setdefault(wire, f"w{len(self.wires)}")

    # --- operations ----------------------------------------------------------------------------

    def _use(self, node: Any, pointer: str, hint: str) -> Node:
        """A schema outside of the components, ready for the parser."""
        stamped = self._stamp(Part("schema", pointer, node))
        rewritten = self._rewritten(stamped)
        return self._named_or_inline(rewritten, hint)

    def _operation(self, index: int, operation: Operation, paths: Node) -> Asked:
        node, pointer = operation.node, operation.pointer
        hint = class_name(
            str(
                node.get("operationId")
                or identifier(f"{operation.method} {operation.name}", "call")
            )
        )
        media: dict[str, str] = {}
        named, listed, path = self._parameters(operation, hint)
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
    ) -> tuple[dict[str, Node], list[Node], str]:
        """The parser refuses dots in a path, dates and lists in headers, and takes ``client`` and ``url``
        for itself: so parameters are numbered, and those outside of the path all stand in the query.
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
                "schema": self._use(schema, here, hinted),
            })  # fmt: skip
        path = operation.name if not operation.webhook else ""
        wanted = _PLACEHOLDER.findall(path)
        for wire in sorted(set(wanted) ^ places.keys()):
            problem = "is not declared" if wire in wanted else "is not in the path"
            self.spec.fault(pointer, f"path parameter {wire} {problem}")
        kept = {name for wire, name in places.items() if wire in wanted}
        listed = [p for p in listed if p["in"] != "path" or p["name"] in kept]
        named = {n: p for n, p in named.items() if p["in"] != "path" or n in kept}
        return (
            named,
            listed,
            "".join(f"/{{{places[wire]}}}" for wire in dict.fromkeys(wanted) if wire in places),
        )

    def _parameter_schema(
        self, operation: Operation, parameter: Node, number: int
    ) -> tuple[Any, str]:
        """The parser passes over a parameter that has ``content``."""
        pointer = parameter_pointer(self.spec, operation, parameter) or at(
            operation.pointer, "parameters", number
        )
        if "schema" in parameter:
            return parameter["schema"], at(pointer, "schema")
        kind, media = next(iter(parameter.get("content", {}).items()), ("", {}))
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
        if form == BYTES or form == TEXT:
            used: Node = (
                {**BINARY, "description": place}
                if form == BYTES
                else {"type": "string", "description": place}
            )
            form = BYTES
        else:
            used = self._use(schema, place, f"{hint}Body")
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
            answers[key] = made = {"description": here}
            chosen = self._chosen(response.get("content", {}), at(here, "content"))
            if chosen is not None:
                kind, schema = chosen
                media[key] = kind
                place = at(here, "content", kind, "schema")
                form = kind_of(kind)
                if form in {BYTES, FORM, MULTIPART}:
                    form, used = BYTES, {**BINARY, "description": place}
                elif form == TEXT:
                    used = self._use(
                        schema or {"type": "string"}, place, f"{hint}Answer{_suffix(key)}"
                    )
                else:
                    used = self._use(schema, place, f"{hint}Answer{_suffix(key)}")
                made["content"] = {form: {"schema": used}}
            for name, header in response.get("headers", {}).items():
                found = self.spec.resolve(header)
                number = f"h{len(headers)}"
                headers[number] = (key, name)
                at_header = self._place(header, at(here, "headers", name))
                schema = found.get("schema", {"type": "string"})
                listed.append({
                    "name": number, "in": "query", "required": True,
                    "schema": self._use(schema, at(at_header, "schema"), f"{hint}{class_name(name)}"),
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


def _named(reference: str) -> str:
    return reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _to(name: str) -> str:
    return f"#{at('/components/schemas', name)}"


def _others(node: Node) -> list[Any]:
    return [m for key in CHOICES for m in node.get(key, []) if m.get("type") != "null"]


def _without_null(node: Node) -> Node:
    """The one thing, or the choice, that is left when null is taken away."""
    for key in CHOICES & node.keys():
        others = [member for member in node[key] if member.get("type") != "null"]
        if len(others) == 1 and len(others) < len(node[key]):
            return {**without(node, key), **others[0]}
        node = {**node, key: others}
    return node


def _is_class(node: Node) -> bool:
    """Whether the parser makes a class of a schema by itself, and looks at what is inside of it later."""
    return "allOf" in node or node.get("type") == "object" or "properties" in node


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


__all__ = ["TYPES", "Asked", "Prepared", "prepare", "unique"]
