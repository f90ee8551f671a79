"""The schemas of the copy that the parser reads: rewritten, each class with a name, no circles."""

from __future__ import annotations

from typing import Any

from .faults import Level, at
from .load import Spec
from .names import class_name
from .rewrites import CHOICES, NULL, PARSED_FORMATS, REWRITES, STRUCTURE, Context, without
from .walk import Node, Part, replaced


class Schemas:
    """Takes schemas of the specification, wherever they stand, and makes of them what the parser reads right."""

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

    def take(self) -> None:
        """Take all named schemas, and what is inline in them."""
        for name, node in self.stamped.items():
            if name not in self.aliases:
                self.places[name] = node["description"]
                self.schemas[name] = self._rewritten(node, top=name in self.nullable)
        self.order = list(self.schemas)
        self.settle(0)

    def use(self, node: Any, pointer: str, hint: str) -> Node:
        """A schema outside of the components, ready for the parser."""
        stamped = self._stamp(Part("schema", pointer, node))
        rewritten = self._rewritten(stamped)
        return self._named_or_inline(rewritten, hint)

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
        made = {"$ref": reference_to(name)}
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
        return {"$ref": reference_to(self.lifted[place])}

    @staticmethod
    def _needs_name(node: Node) -> bool:
        sole = node.get("allOf", [{}])
        return (
            "enum" in node or "properties" in node or node.get("additionalProperties") is False
            or ("allOf" in node and not (len(sole) == 1 and "$ref" in sole[0]))
            or ("discriminator" in node and len(_others(node)) > 1)
        )  # fmt: skip

    def settle(self, start: int) -> None:
        """Name what is inside of the schemas from a place in the list on, and inside of those in turn."""
        while start < len(self.order):
            name = self.order[start]
            self.schemas[name] = self._inside(Part("schema", "", self.schemas[name]), name)
            start += 1

    def break_circles(self) -> None:
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

    def entitle(self, paths: Node) -> None:
        """Name each class so that no other is called so, and number the properties.

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
            Part("schema", "", without(node, "additionalProperties")),
            lambda part: self._entitled(part.node),
        )
        if further is not None:
            made["additionalProperties"] = (
                self._entitled(further) if isinstance(further, dict) else further
            )
        if "properties" in made:
            made["properties"] = {
                self._numbered(wire): said for wire, said in made["properties"].items()
            }
        if "required" in made:
            made["required"] = [self._numbered(wire) for wire in made["required"]]
        if not named:
            made["title"] = f"Inline{self.inline}"
            self.inline += 1
        return made

    def _numbered(self, wire: str) -> str:
        return self.wires.setdefault(wire, f"w{len(self.wires)}")


def _named(reference: str) -> str:
    return reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def reference_to(name: str) -> str:
    """The reference to a named schema of the copy."""
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
