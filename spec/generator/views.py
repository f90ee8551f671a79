"""What the templates see: modules of models, modules of operations, webhooks, error codes."""

from __future__ import annotations

from typing import Any

from openapi_python_client.parser import GeneratorData

from .bundle import Bundle
from .faults import SpecError, at
from .models import model_modules
from .operations import operation_modules
from .rules import references
from .text import flat

View = dict[str, Any]


def build(bundle: Bundle, data: GeneratorData) -> View:
    """Everything the templates need."""
    models = model_modules(bundle, {str(model.class_info.name): model for model in data.models})
    operations = operation_modules(bundle, data)
    webhooks = [_webhook(bundle, *hook) for hook in bundle.webhooks]
    return {
        "modules": models,
        "operation_modules": operations,
        "webhooks": webhooks,
        "webhook_tag": _common_tag(bundle, webhooks),
        "error_codes": _error_codes(bundle),
        "all_models": sorted(name for module in models for name in module["exports"]),
        "all_operations": sorted(o["python"] for m in operations for o in m["operations"]),
    }


def _webhook(bundle: Bundle, file: str, name: str, operation: View) -> View:
    pointer = at("/webhooks", name, "post")
    models = list(references(operation.get("requestBody", {})))
    if len(models) != 1:
        raise SpecError(file, pointer, "needs a requestBody that refers to one schema")
    properties = bundle.schemas[models[0]].get("properties", {})
    tags = [(wire, node["const"]) for wire, node in properties.items() if "const" in node]
    if len(tags) != 1:
        raise SpecError(file, pointer, f"{models[0]} needs a property with a const")
    reply = next(references(operation["responses"].get("200", {})), None)
    return {
        "file": file, "pointer": pointer, "property": tags[0][0], "tag": tags[0][1],
        "model": models[0], "module": bundle.module_of(models[0]), "reply": reply,
        "reply_module": bundle.module_of(reply) if reply else None,
    }  # fmt: skip


def _common_tag(bundle: Bundle, webhooks: list[View]) -> str:
    """The one property that tells all webhooks apart."""
    seen: dict[str, View] = {}
    for hook in webhooks:
        if hook["property"] != webhooks[0]["property"]:
            problem = f"is told apart by {hook['property']}, others by {webhooks[0]['property']}"
            raise SpecError(hook["file"], hook["pointer"], problem)
        if (other := seen.setdefault(hook["tag"].casefold(), hook)) is not hook:
            problem = f"has the same tag, {hook['tag']}, as {other['pointer']}"
            raise SpecError(hook["file"], hook["pointer"], problem)
    if not webhooks:
        raise SpecError(next(iter(bundle.documents)), "/webhooks", "no document has webhooks")
    return str(webhooks[0]["property"])


def _error_codes(bundle: Bundle) -> list[View]:
    found = []
    for name, schema in bundle.schemas.items():
        for code, entry in schema.get("x-error-codes", {}).items():
            whole = isinstance(entry, dict) and {"status", "meaning"} <= entry.keys()
            if not code.isdigit() or not whole or not code.startswith(str(entry["status"])):
                problem = "needs status and meaning; a code starts with its status"
                raise bundle.fail(name, at("/x-error-codes", code), problem)
            found.append(
                {"code": int(code), "status": entry["status"], "meaning": flat(entry["meaning"])}
            )
    return sorted(found, key=lambda entry: int(entry["code"]))
