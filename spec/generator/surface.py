"""The surface of the generated package, and how two versions of it differ: for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any


def manifest(view: Mapping[str, Any]) -> dict[str, Any]:
    """The surface of the package in a form that two versions can be compared by."""
    schemas: dict[str, dict[str, str]] = {}
    for module in view["modules"]:
        for item in module["content"]:
            if item["kind"] == "model":
                parts = {field["python"]: field["annotation"] for field in item["fields"]}
            elif item["kind"] == "enum":
                parts = {member["name"]: member["value"] for member in item["members"]}
            else:
                parts = {member["name"]: member["tag"] for member in item["members"]}
            schemas[item["name"]] = parts
    operations = {
        operation["python"]: {
            "call": f"{operation['method']} {operation['route']}",
            "takes": operation["signature"],
            "gives": operation["result"],
        }
        for module in view["operation_modules"]
        for operation in module["operations"]
    }
    webhooks = {hook["tag"]: {"model": hook["model"]} for hook in view["webhooks"]}
    surface = {"operations": operations, "schemas": schemas, "webhooks": webhooks}
    digest = hashlib.sha256(json.dumps(surface, sort_keys=True).encode()).hexdigest()
    return {**surface, "sha256": digest}


def read_manifest(files: Mapping[str, str]) -> dict[str, Any]:
    """The manifest among the files of a package; empty where there is none to read."""
    try:
        found = json.loads(files.get("manifest.json", "{}"))
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """One line for each operation, schema, webhook or part of one that came, went or changed."""
    return [
        line
        for section in ("operations", "schemas", "webhooks")
        for line in _changes(section[:-1], before.get(section, {}), after[section])
    ]


def _changes(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield f"- {kind} {name}"
        elif name not in before:
            yield f"+ {kind} {name}"
        else:
            old, new = before[name], after[name]
            for part in sorted(old.keys() | new.keys()):
                if old.get(part) != new.get(part):
                    yield f"~ {kind} {name}.{part}: {old.get(part, 'absent')} -> {new.get(part, 'gone')}"
