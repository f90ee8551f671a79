"""Load the documents of ``spec/``, check what the parser would pass over, and join them into one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

METHODS = ("get", "put", "post", "delete", "patch")
SECTIONS = ("schemas", "responses", "parameters", "securitySchemes")


class SpecError(Exception):
    """A fault in the specification: which file, where in it, and what is wrong."""

    def __init__(self, file: str, pointer: str, problem: str) -> None:
        super().__init__(f"{file}#{pointer}: {problem}")


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
            self._add(file, document)
        for name, schema in self.schemas.items():
            self._check_schema(name, schema)

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
        shared = self.raw["components"]["parameters"]
        listed = [*self.raw["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        resolved = [shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in listed]
        return {parameter["name"]: parameter for parameter in resolved}

    def module_of(self, schema: str) -> str:
        """The Python module that a schema's model goes into."""
        override = self.schemas[schema].get("x-python-module")
        return str(override or Path(self.homes[schema]).stem)

    def fail(self, schema: str, where: str, problem: str) -> SpecError:
        """A fault in a named schema."""
        return SpecError(self.homes[schema], f"/components/schemas/{schema}{where}", problem)

    def _add(self, file: str, document: dict[str, Any]) -> None:
        for section in SECTIONS:
            target = self.raw["components"][section]
            for name, part in document.get("components", {}).get(section, {}).items():
                if name in target and section == "schemas":
                    pointer = f"/components/schemas/{name}"
                    raise SpecError(file, pointer, f"is also defined in {self.homes[name]}")
                target.setdefault(name, part)
                if section == "schemas":
                    self.homes[name] = file
        for path, item in document.get("paths", {}).items():
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
                self._check_references(file, value, f"{pointer}/{index}", root)
            return
        if not isinstance(node, dict):
            return
        for key, value in node.items():
            here = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
            if key != "$ref":
                self._check_references(file, value, here, root)
                continue
            other, _, target = value.partition("#")
            found: Any = self.documents.get(other) if other else root
            for part in target.strip("/").split("/"):
                found = found.get(part) if isinstance(found, dict) else None
            if found is None:
                raise SpecError(file, here, f"refers to {value}, which does not exist")
            node[key] = f"#{target}"

    def _check_schema(self, name: str, schema: dict[str, Any]) -> None:
        for prop, node in schema.get("properties", {}).items():
            inner = node.get("items", node)
            if "properties" in inner or ("enum" in inner and "$ref" not in inner):
                problem = "objects and enumerations need a name: move it to components/schemas"
                raise self.fail(name, f"/properties/{prop}", problem)
        for prop in schema.get("required", []):
            if prop not in schema.get("properties", {}):
                raise self.fail(name, "/required", f"names {prop}, which is not a property")
        names, values = schema.get("x-enum-varnames"), schema.get("enum")
        if names is not None and len(names) != len(values or []):
            raise self.fail(name, "/x-enum-varnames", "needs one name for each value")
        if values is not None and any(not isinstance(value, str) for value in values):
            raise self.fail(name, "/enum", "every value must be text: quote no, on, yes and numbers")
        if "oneOf" in schema:
            self._check_union(name, schema)

    def _check_union(self, name: str, schema: dict[str, Any]) -> None:
        tag = schema.get("discriminator", {}).get("propertyName")
        if not tag:
            raise self.fail(name, "/discriminator", "a oneOf needs a discriminator")
        for index, member in enumerate(schema["oneOf"]):
            where = f"/oneOf/{index}"
            if "$ref" not in member:
                raise self.fail(name, where, "members of a oneOf are references")
            target = self.schemas[member["$ref"].rpartition("/")[2]]
            if "const" not in target.get("properties", {}).get(tag, {}):
                raise self.fail(name, where, f"its property {tag} needs a const")
            if tag not in target.get("required", []):
                raise self.fail(name, where, f"its property {tag} must be required")


def _load(file: Path) -> dict[str, Any]:
    try:
        document = YAML(typ="safe").load(file)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise SpecError(file.name, "", f"{line}{getattr(error, 'problem', error)}") from None
    if not isinstance(document, dict):
        raise SpecError(file.name, "", "is not a mapping")
    return document
