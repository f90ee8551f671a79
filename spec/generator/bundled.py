"""One self-contained OpenAPI document of a specification, for tools that read one file."""

from __future__ import annotations

import json
from typing import Any

from .load import Spec
from .walk import HOMES, METHODS, Node


def bundle(spec: Spec) -> str:
    """The document as JSON: all files in one, servers and security with each operation."""
    documents = list(spec.documents.values())
    first = documents[0]
    operations = list(spec.operations())
    known = set(spec.tree["components"]["securitySchemes"])
    whole: Node = {
        "openapi": max((str(document["openapi"]) for document in documents), key=_version),
        "info": _info(spec, first),
        "servers": _servers(documents),
        "tags": _tags(spec),
        "paths": {path: _item(item) for path, item in spec.tree["paths"].items()},
        "webhooks": {name: _item(item, webhook=True) for name, item in spec.tree["webhooks"].items()},
        "components": {s: spec.tree["components"][s] for s in HOMES.values() if spec.tree["components"][s]},
    }  # fmt: skip
    whole = {key: value for key, value in whole.items() if value or key in {"paths", "info"}}
    if not whole["openapi"].startswith("3.1"):
        whole.pop("webhooks", None)
    for operation in operations:
        for name in {name for way in operation.node.get("security", []) for name in way} - known:
            spec.fault(operation.pointer, f"asks for {name}, which is no security scheme")
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _info(spec: Spec, first: Node) -> Node:
    """Of a single document its own; of several what they have in common."""
    info = dict(first.get("info", {}))
    if len(spec.documents) > 1:
        titles = [
            str(d.get("info", {}).get("title", name))
            for name, d in spec.documents.items()
            if d.get("paths")
        ]
        told = [
            str(d.get("info", {}).get("description", ""))
            for d in spec.documents.values()
            if d.get("paths")
        ]
        info = {"title": f"Sinch: {', '.join(titles)}", "version": info.get("version", "1"),
                "description": "\n\n".join(filter(None, told))}  # fmt: skip
    info.setdefault("title", "API")
    info.setdefault("version", "1")
    info.setdefault("license", {"name": "MIT", "identifier": "MIT"})
    info.setdefault("contact", {"name": "The maintainers"})
    return info


def _servers(documents: list[Node]) -> list[Any]:
    found: list[Any] = []
    for document in documents:
        found += [server for server in document.get("servers", []) if server not in found]
    return found


def _tags(spec: Spec) -> list[Node]:
    told = [
        tag
        for document in spec.documents.values()
        for tag in document.get("tags", [])
        if isinstance(tag, dict)
    ]
    tags = {tag.get("name"): tag for tag in told}
    for operation in spec.operations():
        for name in operation.node.get("tags", []):
            tags.setdefault(name, {"name": name, "description": f"Operations of {name}."})
    return [tags[name] for name in sorted(tags, key=str)]


def _item(item: Node, *, webhook: bool = False) -> Node:
    """A path; what is empty says nothing, and who receives webhooks knows where."""
    made = dict(item)
    for method in METHODS:
        if method in made:
            operation = dict(made[method])
            if webhook or not operation.get("servers"):
                operation.pop("servers", None)
            made[method] = operation
    return made


__all__ = ["bundle"]
