"""Load the documents of ``spec/`` and join them into one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from . import rules, shapes
from .faults import SpecError, at
from .shapes import METHODS, SECTIONS


class Bundle:
    """All documents as one, with what the parser has no place for kept beside it.

    ``raw`` is the joined OpenAPI document. ``homes`` maps each schema to its file, ``paths`` each
    path to its file, ``webhooks`` holds (file, name, operation) and ``documents`` the originals.
    """

    def __init__(self, folder: Path) -> None:
        self.documents = {file.name: _load(file) for file in sorted(folder.glob("*.yaml"))}
        if not self.documents:
            raise SpecError(str(folder), "", "there is no .yaml document here")
        self.homes: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        self.webhooks: list[tuple[str, str, dict[str, Any]]] = []
        self.raw: dict[str, Any] = {
            "openapi": "3.1.0",
            "info": {"title": "Sinch", "version": "1"},
            "paths": {},
            "components": {section: {} for section in SECTIONS},
        }
        for file, document in self.documents.items():
            self._check_references(file, document, "", document)
        for file, document in self.documents.items():
            self._add(file, document)
        rules.check(self)

    @property
    def schemas(self) -> dict[str, dict[str, Any]]:
        """Every named schema."""
        found: dict[str, dict[str, Any]] = self.raw["components"]["schemas"]
        return found

    def operations(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """(file, path, method, operation) for every operation."""
        for path, item in self.raw["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self.paths[path], path, method, item[method]

    def parameters(self, path: str, operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The parameters of an operation by name, those of its path included."""
        listed = [*self.raw["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        return {parameter["name"]: parameter for parameter in map(self.resolve, listed)}

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        """What a parameter or response is, itself or the shared one it refers to."""
        if "$ref" not in node:
            return node
        section, name = node["$ref"].split("/")[-2:]
        found: dict[str, Any] = self.raw["components"][section][name]
        return found

    def module_of(self, schema: str) -> str:
        """The Python module that a schema's model goes into."""
        override = self.schemas[schema].get("x-python-module")
        return str(override or Path(self.homes[schema]).stem)

    @cached_property
    def received(self) -> frozenset[str]:
        """Every schema of what a server sends: in answers, and in the bodies of webhooks."""
        bodies = [operation.get("requestBody", {}) for _, _, operation in self.webhooks]
        for _, _, _, operation in self.operations():
            bodies += [self.resolve(answer) for answer in operation["responses"].values()]
        found: set[str] = set()
        queue = [name for body in bodies for name in rules.references(body)]
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                queue += rules.references(self.schemas[name])
        return frozenset(found)

    def fail(self, schema: str, where: str, problem: str) -> SpecError:
        """A fault in a named schema."""
        return SpecError(self.homes[schema], at("/components/schemas", schema) + where, problem)

    def _add(self, file: str, document: dict[str, Any]) -> None:
        for section in SECTIONS:
            target = self.raw["components"][section]
            for name, part in document.get("components", {}).get(section, {}).items():
                pointer = at("/components", section, name)
                if part.get("$ref") == f"#{pointer}":
                    continue  # it stands for the shared one of the same name
                if name in target:
                    raise SpecError(file, pointer, "is defined in another document too")
                target[name] = part
                if section == "schemas":
                    self.homes[name] = file
        for path, item in document.get("paths", {}).items():
            if path in self.paths:
                raise SpecError(file, at("/paths", path), f"is also in {self.paths[path]}")
            self.raw["paths"][path] = item
            self.paths[path] = file
            for method in METHODS:
                if method in item:
                    # The parser does not pass these on, so each operation carries its own.
                    for inherited in ("servers", "security"):
                        item[method].setdefault(inherited, document.get(inherited, []))
        for name, item in document.get("webhooks", {}).items():
            self.webhooks.append((file, name, item["post"]))

    def _check_references(self, file: str, node: Any, pointer: str, root: dict[str, Any]) -> None:
        """Resolve every ``$ref`` and make it local, as the parser knows no other kind."""
        if isinstance(node, list):
            for index, value in enumerate(node):
                self._check_references(file, value, at(pointer, index), root)
            return
        if not isinstance(node, dict):
            return
        for key, value in node.items():
            here = at(pointer, key)
            if key != "$ref":
                self._check_references(file, value, here, root)
                continue
            other, _, target = str(value).partition("#")
            found: Any = self.documents.get(other) if other else root
            parts = target.split("/")
            for part in parts[1:]:
                found = found.get(part) if isinstance(found, dict) else None
            if found is None:
                raise SpecError(file, here, f"refers to {value}, which does not exist")
            wanted = _section_of(pointer)
            if len(parts) != 4 or parts[:3] != ["", "components", wanted]:
                raise SpecError(file, here, f"has to refer to one of components/{wanted}")
            node[key] = f"#{target}"


def _section_of(pointer: str) -> str:
    """The section of ``components`` that a reference at this place has to lead to."""
    parts = pointer.split("/")
    if parts[1] == "components":
        return "securitySchemes" if parts[2] == "securitySchemes" else "schemas"
    return parts[-2] if parts[-2] in {"parameters", "responses"} else "schemas"


def _load(file: Path) -> dict[str, Any]:
    try:
        document = YAML(typ="safe").load(file)
    except (YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        problem = " ".join(str(getattr(error, "problem", error)).split())
        raise SpecError(file.name, "", f"{line}{problem}") from None
    return shapes.check(file.name, document)
