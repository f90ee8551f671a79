"""The surface of the generated package: all that a caller or the wire can notice, and what is told of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

View = Mapping[str, Any]

LIMITS = (
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "minLength",
    "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "readOnly", "writeOnly",
)  # fmt: skip


def manifest(view: View) -> dict[str, Any]:
    """The surface of the package in a form that two versions can be compared by."""
    surface: dict[str, Any] = {
        "operations": {o["python"]: _operation(o) for m in view["operation_modules"] for o in m["operations"]},
        "schemas": {i["name"]: _schema(m["name"], i) for m in view["modules"] for i in m["content"]},
        "webhooks": {
            hook["key"] if hook["property"] in {"", view["webhook_tag"]} or not view["webhook_tag"]
            else f"{hook['property']} {hook['key']}": _webhook(hook)
            for hook in view["webhooks"]
        },
        "servers": {
            f"{module['name']}.{server['constant']}": {
                key: server[key] for key in ("name", "url", "shared_path", "variables", "choices")
            }
            for module in view["operation_modules"] for server in module["servers"]
        },
        "error codes": {
            str(entry["code"]): {"status": entry["status"], "doc": _sum(entry["meaning"])}
            for entry in view["error_codes"]
        },
        "security schemes": {name: _scheme(scheme) for name, scheme in view["schemes"].items()},
    }  # fmt: skip
    digest = hashlib.sha256(json.dumps(surface, sort_keys=True).encode()).hexdigest()
    return {**surface, "sha256": digest}


def read_manifest(files: Mapping[str, str]) -> dict[str, Any]:
    """The manifest among the files of a package; empty where there is none to read."""
    try:
        found = json.loads(files.get("manifest.json", "{}"))
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def _operation(operation: View) -> dict[str, Any]:
    body = operation["body_type"]
    return {
        "call": f"{operation['method']} {operation['route']}",
        "arguments": {
            p["python"]: {
                "type": p["annotation"], "required": p["required"], "wire": f"{p['wire']} in {p['where']}",
                "form": _form(p["type"]), "style": [p["node"].get("style"), p["node"].get("explode")],
                "deprecated": bool(p["node"].get("deprecated")), "limits": _limits(p["node"].get("schema", {})),
            }
            for p in operation["parameters"]
        } | ({"body": {
            "type": body.annotation, "required": not operation["body"].startswith("None if"),
            "wire": operation["content_type"] or operation["body"].partition("(")[0].rpartition(" ")[2],
            "form": _form(body), "style": [], "deprecated": False, "limits": {},
        }} if body else {}),
        "gives": operation["result"],
        "answers": {a["status"]: a["read"] for a in operation["answers"]} or {"2XX": operation["read"] or ""},
        "errors": {e["status"]: e["type"] for e in operation["errors"]},
        "headers": {h["name"]: h["annotation"] for h in operation["answer_headers"]},
        "server": operation["server"], "idempotent": operation["idempotent"],
        "security": operation["security"], "deprecated": operation["deprecated"],
        "error codes": operation["error_codes"],
        "pages": operation["pages"]["python"] if operation["pages"] else "", "doc": _sum(operation["doc"]),
    }  # fmt: skip


def _schema(module: str, item: View) -> dict[str, Any]:
    kind = item["kind"]
    common = {"kind": kind, "module": module, "doc": _sum(item["doc"])}
    if kind == "alias":
        return {**common, "type": item["annotation"]}
    if kind == "enum":
        members = {m["name"]: {"value": m["value"], "doc": _sum(m["doc"])} for m in item["members"]}
        return {**common, "values": members}
    if kind == "union":
        members = {m["tag"]: m["name"] for m in [*item["members"], *item["more"]]}
        further = {"if missing": item["if_missing"], "subset of": item["subset_of"]}
        further = {key: value for key, value in further.items() if value}
        return {**common, "tag": item["tag"], "members": members, **further}
    return {
        **common,
        "tags": {tag["wire"]: tag["value"] for tag in item["tags"]},
        "fields": {field["python"]: _field(field) for field in item["fields"]},
        "further properties": item["extra"]["annotation"] if item["extra"] else "",
        "received": item["received"],
    }


def _field(field: View) -> dict[str, Any]:
    return {
        "type": field["annotation"], "required": not field["default"], "promised": field["required"],
        "wire": field["wire"], "form": _form(field["type"]), "aliases": sorted(field["aliases"]),
        "if missing": field["if_missing"] or "", "secret": field["secret"], "deprecated": field["deprecated"],
        "limits": _limits(field["node"]), "doc": _sum(field["doc"]),
    }  # fmt: skip


def _form(kind: Any) -> str:
    """How a value is written, by the functions that do it."""
    return f"{kind.read} / {kind.write}"


def _limits(node: View) -> dict[str, Any]:
    return {key: node[key] for key in LIMITS if key in node} if isinstance(node, Mapping) else {}


def _webhook(hook: View) -> dict[str, Any]:
    return {"model": hook["model"], "reply": hook["reply"] or "", "security": hook["security"]}


def _scheme(scheme: Any) -> Any:
    return (
        {k: v for k, v in scheme.items() if k != "description"}
        if isinstance(scheme, Mapping)
        else scheme
    )


def _sum(text: str) -> str:
    """Enough of a text to see that it has changed."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
