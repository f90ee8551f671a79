"""Answers of the sandbox held against the specification: every one that a test of the sandbox gets."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = Path(__file__).resolve().parents[2]
#: Where the all-in-one host has what the own host of an API has elsewhere.
SHARED = re.compile(r"^/messaging(?=/v1/sms)")
Document = dict[str, Any]


@cache
def document() -> Document:
    """The whole specification as one document, as `codegen.py --bundle` writes it."""
    sys.path.insert(0, str(ROOT))
    codegen = import_module("codegen")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "openapi.json"
        assert codegen.main(["--bundle", str(target), "--check"]) in {0, 1}
        # Ids of messages are text for users and, as the oldest clients need it, numbers on the wire.
        text = '"type": "string", "format": "message-id"'
        found: Document = json.loads(
            json.dumps(json.loads(target.read_text(encoding="utf-8"))).replace(
                text, text.replace('"string"', '["string", "integer"]')
            )
        )
        # carriers have codes of their own
        del found["components"]["schemas"]["DeliveryCode"]["enum"]
        return found


@cache
def _paths() -> list[tuple[re.Pattern[str], Document]]:
    fixed_first = sorted(document()["paths"].items(), key=lambda path: path[0].count("{"))
    return [
        (re.compile(re.sub(r"\\{[^/]+?\\}", "[^/]+", re.escape(path))), item)
        for path, item in fixed_first
    ]


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource("", Resource(document(), DRAFT202012))


def operation_of(method: str, target: str) -> Document | None:
    """What the specification says of a request, or None where it says nothing."""
    path = SHARED.sub("", urlsplit(target).path)
    for pattern, item in _paths():
        if pattern.fullmatch(path) and method.lower() in item:
            found: Document = item[method.lower()]
            return found
    return None


def faults(method: str, target: str, status: int, body: bytes) -> list[str]:
    """What an answer is not, by the specification; nothing for requests that it does not know."""
    operation = operation_of(method, target)
    if operation is None:
        return []
    answers = operation["responses"]
    answer = _resolved(answers.get(str(status)) or answers.get("default") or {})
    if status < 300 and str(status) not in answers:
        return [f"{operation['operationId']} has no answer {status}"]
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return [] if not body or body == b"{}" else [f"{status} has no body, not {body[:80]!r}"]
    if not body and status not in {400, 403} and "messages" in operation["tags"]:
        return []  # the SMS REST API gives reasons for those two only
    found = json.loads(body)
    validator = OAS31Validator(schema, registry=_registry(), _resolver=_registry().resolver(""))
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(found)]
    return problems + [f"{where} is not described" for where in _unknown(found, schema, "$")]


def _resolved(node: Document) -> Document:
    """What a reference leads to, or the node itself."""
    if "$ref" not in node:
        return node
    found = document()
    for part in node["$ref"].split("/")[1:]:
        found = found[part]
    return found


def _unknown(value: Any, schema: Document, where: str) -> list[str]:
    """The properties that no schema has."""
    schema = _resolved(schema)
    if isinstance(value, list):
        inner = schema.get("items", {})
        return [found for each in value for found in _unknown(each, inner, f"{where}[]")]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    known = schema["properties"]
    open_ = schema.get("additionalProperties", False)
    return [f"{where}.{name}" for name in value if name not in known and not open_] + [
        found
        for name, each in value.items()
        if name in known
        for found in _unknown(each, known[name], f"{where}.{name}")
    ]
