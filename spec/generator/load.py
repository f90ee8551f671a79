"""Read the documents of a specification and join them into one tree in which every reference is local."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from . import keywords
from .faults import Fault, Faults, SpecError, at, fault, keys_of
from .walk import HOMES, METHODS, SECTIONS, Node, Part, replaced, walk

ENDINGS = (".yaml", ".yml", ".json")


class Operation(NamedTuple):
    """An operation, or the one of a webhook: where it stands, how it is called, and what it says."""

    pointer: str
    name: str
    method: str
    node: Node
    webhook: bool

    @property
    def shared(self) -> str:
        """The pointer of the path or webhook that it is part of."""
        return self.pointer.rpartition("/")[0]


class Spec:
    """One specification: ``tree`` is all its documents as one, with local references only.

    ``documents`` are the originals by file name. ``where`` translates a pointer into the tree to a
    file and a pointer into it.
    """

    def __init__(self, source: Path, faults: Faults) -> None:
        self.faults = faults
        self._folder = source if source.is_dir() else source.parent
        self._files: dict[str, Node] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self._lifted: dict[tuple[str, str], str] = {}
        self.documents = self._read_all(source)
        self.tree: Node = {"paths": {}, "webhooks": {}, "components": {s: {} for s in SECTIONS}}
        for name, document in self.documents.items():
            self._join(name, document)
        for part in list(walk(self.tree)):
            if isinstance(part.node, dict) and part.kind == "operation":
                self._inherit(part)

    @property
    def schemas(self) -> dict[str, Any]:
        """Every named schema."""
        found: dict[str, Any] = self.tree["components"]["schemas"]
        return found

    def operations(self) -> Iterator[Operation]:
        """Every operation, those of webhooks last."""
        for section in ("paths", "webhooks"):
            for name, item in self.tree[section].items():
                for method in METHODS:
                    if method in item:
                        pointer = at("", section, name, method)
                        yield Operation(pointer, name, method, item[method], section == "webhooks")

    def node(self, pointer: str) -> Any:
        """What stands at a pointer into the tree; an empty mapping where nothing does, or ``true``."""
        found: Any = self.tree
        for key in keys_of(pointer):
            if isinstance(found, list):
                found = found[int(key)] if key.isdigit() and int(key) < len(found) else None
            else:
                found = found.get(key) if isinstance(found, dict) else None
        return {} if found is None or isinstance(found, bool) else found

    def resolve(self, node: Any) -> Node:
        """What a part is: itself, or the shared one that it refers to, however far away."""
        for _ in range(32):
            if not isinstance(node, dict) or "$ref" not in node:
                break
            node = self.node(node["$ref"].removeprefix("#"))
        return node if isinstance(node, dict) else {}

    def parameters(self, operation: Operation) -> dict[tuple[str, str], Node]:
        """The parameters of an operation by place and name, those of its path included."""
        listed = [
            *self.node(operation.shared).get("parameters", []),
            *operation.node.get("parameters", []),
        ]
        found = (self.resolve(parameter) for parameter in listed)
        return {(p["in"], p["name"]): p for p in found if {"in", "name"} <= p.keys()}

    def where(self, pointer: str) -> tuple[str, str]:
        """File and pointer of something in the tree."""
        prefix, rest = pointer, ""
        while prefix and prefix not in self._places:
            prefix, _, key = prefix.rpartition("/")
            rest = f"/{key}{rest}"
        file, start = self._places.get(prefix, (next(iter(self.documents)), ""))
        return file, start + rest

    def is_faulty(self, pointer: str) -> bool:
        """Whether a fault has been noted at exactly this place."""
        place = self.where(pointer)
        return any((fault.file, fault.pointer) == place for fault in self.faults)

    def fault(self, pointer: str, problem: str, *level: Any) -> None:
        """Note a fault at a pointer into the tree."""
        self.faults.add(*self.where(pointer), problem, *level)

    # --- reading -------------------------------------------------------------------------------

    def _read_all(self, source: Path) -> dict[str, Node]:
        if source.is_dir():
            files = sorted(file for file in source.iterdir() if file.suffix in ENDINGS)
            # Beside others, a document without this is a part of one, read when it is referred to.
            names = [
                file.name for file in files if self.faults.lenient is False or _is_document(file)
            ]
            if not names:
                raise fault(str(source), "", "there is no .yaml document here")
        else:
            names = [source.name]
        broken: list[Fault] = []
        for name in names:
            try:
                self._files[name] = keywords.clean(name, _read(self._folder / name), self.faults)
            except SpecError as error:
                broken += error.faults
        if broken:
            raise SpecError(*broken, *self.faults)
        return {name: self._files[name] for name in names}

    def _document(self, name: str) -> Any:
        """A document that another one refers to; None when there is none."""
        if name not in self._files:
            path = self._folder / name
            if not path.is_file():
                return None
            self._files[name] = keywords.textual(_read(path))
        return self._files[name]

    # --- joining -------------------------------------------------------------------------------

    def _join(self, file: str, document: Node) -> None:
        for section in SECTIONS:
            target = self.tree["components"][section]
            for name, part in document.get("components", {}).get(section, {}).items():
                pointer = at("/components", section, name)
                if self._stands_for_shared(part, section, name):
                    continue
                if name in target:
                    self.faults.add(file, pointer, "is defined in another document too")
                    continue
                self._places[pointer] = (file, pointer)
                kind = next(kind for kind, home in HOMES.items() if home == section)
                target[name] = self._local(file, Part(kind, pointer, part))
        for section in ("paths", "webhooks"):
            for name, item in document.get(section, {}).items():
                pointer = at("", section, name)
                if name in self.tree[section]:
                    problem = f"is also in {self._places[pointer][0]}"
                    self.faults.add(file, pointer, problem)
                    continue
                self._places[pointer] = (file, pointer)
                self.tree[section][name] = self._path(file, pointer, item)

    def _stands_for_shared(self, part: Any, section: str, name: str) -> bool:
        """Whether a component is nothing but a reference to one of the same name in a joined document."""
        reference = part.get("$ref") if isinstance(part, dict) else None
        file, _, pointer = str(reference).partition("#")
        return file in self.documents_named() and pointer == at("/components", section, name)

    def documents_named(self) -> frozenset[str]:
        """The files whose components are all part of the tree."""
        return frozenset(name for name, node in self._files.items() if "openapi" in node)

    def _path(self, file: str, pointer: str, item: Any) -> Any:
        """A path; one that is a reference is what it refers to."""
        if isinstance(item, dict) and isinstance(item.get("$ref"), str):
            target, start, found = self._find(file, item["$ref"])
            if not isinstance(found, dict):
                problem = f"refers to {item['$ref']}, which does not exist"
                self.faults.add(file, at(pointer, "$ref"), problem)
                return {}
            self._places[pointer] = (target, start)
            file, item = target, {**found, **{k: v for k, v in item.items() if k != "$ref"}}
        return self._local(file, Part("path", pointer, item))

    def _local(self, file: str, part: Part) -> Any:
        """A copy of a part with all references in it local, as the parser knows no other kind."""
        node = part.node
        if not isinstance(node, dict):
            return node
        if "$ref" in node and part.kind in HOMES:
            return self._reference(file, part)
        made = replaced(part, lambda child: self._local(file, child))
        mapping = made.get("discriminator", {}).get("mapping") if part.kind == "schema" else None
        if isinstance(mapping, dict):
            targets = {
                key: self._mapped(file, value)
                for key, value in mapping.items()
                if isinstance(value, str)
            }
            made["discriminator"] = {**made["discriminator"], "mapping": targets}
        return made

    def _mapped(self, file: str, target: str) -> str:
        """What the mapping of a discriminator leads to: a name alone is the name of a schema."""
        if not ("#" in target or target.endswith(ENDINGS)):
            return f"#/components/schemas/{target}"
        found = self._reference(file, Part("schema", "", {"$ref": target}))
        return str(found.get("$ref", target))

    def _reference(self, file: str, part: Part) -> Node:
        node, section = part.node, HOMES[part.kind]
        here = self.where(part.pointer)
        text = node["$ref"]
        if not isinstance(text, str):
            self.faults.add(*here, "$ref has to be text")
            return {}
        target, pointer, found = self._find(file, text)
        here = (here[0], at(here[1], "$ref"))
        if found is None:
            self.faults.add(*here, f"refers to {text}, which does not exist")
            return _STAND_IN
        keys = keys_of(pointer)
        named = len(keys) == 3 and keys[:2] == ["components", section]
        if named and target in self.documents_named():
            return {**node, "$ref": f"#{at('/components', section, keys[2])}"}
        if not self.faults.lenient:
            self.faults.add(*here, f"has to refer to one of components/{section}")
            return _STAND_IN
        return {**node, "$ref": self._lift(part.kind, target, pointer, found)}

    def _find(self, file: str, reference: str) -> tuple[str, str, Any]:
        """File, pointer and node that a reference leads to."""
        name, _, pointer = unquote(reference).partition("#")
        target = file if not name else (Path(file).parent / name).as_posix()
        found: Any = self._document(target)
        for key in keys_of(pointer):
            if isinstance(found, list):
                found = found[int(key)] if key.isdigit() and int(key) < len(found) else None
            else:
                found = found.get(key) if isinstance(found, dict) else None
        return target, pointer, found

    def _lift(self, kind: str, file: str, pointer: str, node: Any) -> str:
        """Give what a reference leads to, somewhere inside of a document, a name among the components."""
        key = (file, pointer)
        if key not in self._lifted:
            target = self.tree["components"][HOMES[kind]]
            words = [word for word in keys_of(pointer) if word not in _WORDLESS] or [
                Path(file).stem
            ]
            name = base = "_".join(words[-2:] if len(words) > 1 else words)
            taken = {
                n for d in self.documents.values()
                for n in d.get("components", {}).get(HOMES[kind], {})
            }  # fmt: skip
            number = 2
            while name in target or name in taken:
                name, number = f"{base}{number}", number + 1
            place = at("/components", HOMES[kind], name)
            self._lifted[key] = f"#{place}"
            self._places[place] = (file, pointer)
            target[name] = None  # holds the name while what is inside is looked at
            target[name] = self._local(file, Part(kind, place, copy.deepcopy(node)))
        return self._lifted[key]

    def _inherit(self, part: Part) -> None:
        """The parser does not pass these on, so each operation carries its own."""
        file, _ = self.where(part.pointer)
        document = self._files.get(file, {})
        shared = part.pointer.rpartition("/")[0]
        item = self.node(shared)
        if "servers" not in part.node:
            part.node["servers"] = item.get("servers", document.get("servers", []))
            place = self.where(at(shared, "servers")) if "servers" in item else (file, "/servers")
            self._places[at(part.pointer, "servers")] = place
        part.node.setdefault("security", document.get("security", []))


#: Takes the place of what cannot be found, so that nothing more is said of it.
_STAND_IN: Node = {"description": "Not there."}
_WORDLESS = frozenset({"components", "schemas", "properties", "items", "definitions", "responses",
                       "content", "schema", "paths", "parameters", "application/json"})  # fmt: skip


def _is_document(file: Path) -> bool:
    try:
        found = _read(file)
    except SpecError:
        return True  # to be told what is wrong with it
    return isinstance(found, dict) and bool({"openapi", "swagger"} & found.keys())


def _distinct(pairs: list[tuple[str, Any]]) -> Node:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"found duplicate key {twice!r}")
    return found


def _read(file: Path) -> Any:
    try:
        if file.suffix == ".json":  # ten times as fast
            return json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=_distinct)
        return YAML(typ="safe").load(file)
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        raise fault(file.name, "", f"{line}{problem}") from None
    except (ValueError, RecursionError) as error:
        raise fault(file.name, "", " ".join(str(error).split())) from None
