"""What the templates see: modules of models, modules of operations, webhooks, error codes."""

from __future__ import annotations

from typing import Any

from .api import Api, Operation, Type
from .faults import at
from .load import Spec
from .models import Models
from .naming import name_all
from .operations import Operations
from .received import names_in
from .text import flat
from .types import Typist

View = dict[str, Any]


def build(spec: Spec, api: Api) -> View:
    """Everything the templates need."""
    naming = name_all(spec, api)
    typist = Typist(spec, api, naming)
    makers = Models(spec, api, naming, typist)
    models = makers.modules()
    operations = Operations(spec, api, naming, typist).modules()
    hooks = [o for o in api.operations.values() if o.source.webhook]
    webhooks = [view for hook in hooks for view in _webhook(spec, api, models, makers, hook)]
    tag = _common_tag(spec, webhooks)
    for hook in webhooks:
        hook["key"] = (hook["tag"] if tag else hook["name"]).casefold()
    info = next(iter(spec.documents.values())).get("info", {})
    return {
        "modules": models,
        "operation_modules": operations,
        "webhooks": webhooks,
        "webhook_tag": tag,
        "error_codes": _error_codes(spec),
        "all_models": sorted(name for module in models for name in module["exports"]),
        "all_operations": sorted(name for m in operations for name in m["exports"]),
        "title": flat(info.get("title") or "An API") if isinstance(info, dict) else "An API",
        "schemes": spec.tree["components"]["securitySchemes"],
    }


def _webhook(
    spec: Spec, api: Api, modules: list[View], makers: Models, hook: Operation
) -> list[View]:
    """What is known of a webhook: once, or for each tag of a choice."""
    kind = hook.body.type if hook.body else None
    if kind is None or kind.kind not in {"model", "choice"} or not kind.name:
        spec.fault(hook.at, "needs a requestBody that refers to one schema")
        return []
    found = _tags(api, modules, makers, kind)
    if not found:
        if not spec.faults.lenient:
            spec.fault(hook.at, f"{kind.name} needs a property with a const, or a discriminator")
            return []
        found = [("", "", makers.naming.classes[kind.name])]
    answer = next((c.type for s, c in hook.answers.items() if s.startswith("2")), None)
    reply = next(iter(names_in(answer)), None)
    naming = makers.naming
    return [
        {
            "pointer": hook.at, "property": wire, "tag": tag, "name": hook.source.name,
            "model": model, "module": naming.modules[kind.name],
            "reply": naming.classes[reply] if reply else None,
            "reply_module": naming.modules[reply] if reply else None, "security": hook.source.node.get("security", []),
            "schema": kind.name, "node": hook.source.node,
        }
        for wire, tag, model in found
    ]  # fmt: skip


def _tags(api: Api, modules: list[View], makers: Models, kind: Type) -> list[tuple[str, str, str]]:
    """The property that tells what a body is, its value, and the class for it."""
    naming = makers.naming
    if kind.kind == "model":
        constants = [
            (p.wire, str(p.type.value), naming.classes[kind.name])
            for p in api.models[kind.name].properties
            if p.type.kind == "const" and p.required
        ]
        return constants if len(constants) == 1 else []
    items = (item for module in modules for item in module["content"])
    union = next((i for i in items if i["kind"] == "union" and i["schema"] == kind.name), None)
    if union is None:
        return []
    return [
        (union["tag"]["wire"], str(member["tag"]), member["name"])
        for member in [*union["members"], *union["more"]]
    ]


def _common_tag(spec: Spec, webhooks: list[View]) -> str:
    """The property that tells webhooks apart, the first where there are several.

    In documents of others there may be none.
    """
    lenient = spec.faults.lenient
    seen: dict[tuple[str, str], View] = {}
    for hook in webhooks:
        if lenient and hook["property"] != webhooks[0]["property"]:
            return ""
        if (other := seen.setdefault((hook["property"], hook["tag"].casefold()), hook)) is not hook:
            if lenient:
                return ""
            problem = f"has the same tag, {hook['tag']}, as {other['pointer']}"
            spec.fault(hook["pointer"], problem)
    return str(webhooks[0]["property"]) if webhooks else ""


def _error_codes(spec: Spec) -> list[View]:
    found: list[View] = []
    for name, schema in spec.schemas.items():
        for code, entry in (
            schema.get("x-error-codes", {}) if isinstance(schema, dict) else {}
        ).items():
            code = str(code)
            whole = isinstance(entry, dict) and {"status", "meaning"} <= entry.keys()
            if not whole or (code.isdigit() and not code.startswith(str(entry["status"]))):
                problem = "needs status and meaning; a code in digits starts with its status"
                spec.fault(at("/components/schemas", name, "x-error-codes", code), problem)
                continue
            found.append(
                {
                    "code": int(code) if code.isdigit() else code,
                    "status": entry["status"],
                    "meaning": flat(entry["meaning"]),
                }
            )
    return sorted(found, key=lambda entry: (isinstance(entry["code"], str), entry["code"]))
