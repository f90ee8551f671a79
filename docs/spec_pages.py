"""Pages about the REST API and the callbacks, made from spec/ while the site is built: nothing to keep in step.

A hook of MkDocs. One page for each part of the API with its operations, one for the callbacks, one for
all models. Names of Python come from the generated package, words and limits from the specification.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = tomllib.loads((ROOT / "docs" / "operation_examples.toml").read_text(encoding="utf-8"))
LIMITS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern")
TITLES = {"sms": "SMS", "verification": "Verification", "calling": "Voice", "messages": "Messages"}
Node = dict[str, Any]


def pages(document: Node) -> dict[str, str]:
    """Path below docs/ -> Markdown, of the whole specification."""
    made = {f"rest/{tag}.md": _operations(document, tag) for tag in _tags(document)}
    made["rest/callbacks.md"] = _callbacks(document)
    made["rest/models.md"] = _models(document)
    return made


def anchor(name: str) -> str:
    """The anchor of a model, an operation or a callback."""
    return name.lower()


# --- operations ---------------------------------------------------------------------------------


def _all_operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                shared = item.get("parameters", [])
                listed = [*shared, *operation.get("parameters", [])]
                yield method.upper(), path, {**operation, "parameters": listed}


def _tags(document: Node) -> list[str]:
    return list(dict.fromkeys(o["tags"][0] for _, _, o in _all_operations(document)))


def _operations(document: Node, tag: str) -> str:
    parts = [f"# {TITLES.get(tag, tag.capitalize())}: operations"]
    for method, path, operation in _all_operations(document):
        if operation["tags"][0] == tag:
            parts += _operation(document, method, path, operation)
    return "\n\n".join(parts) + "\n"


def _operation(document: Node, method: str, path: str, operation: Node) -> Iterator[str]:
    name = operation["operationId"]
    yield f"## {_plain(operation['summary']).rstrip('.')} {{ #{anchor(name)} }}"
    servers = [f"`{server['url']}`" for server in operation.get("servers", document["servers"])]
    yield f"`{method} {path}` at {', '.join(servers)}; in `sinch_api.operations`: `{_snake(name)}`."
    if operation.get("deprecated"):
        yield "**Deprecated.**"
    yield _plain(operation["description"])
    once = "May be sent twice." if operation.get("x-idempotent") else (
        "Never repeated blindly: sending it twice does it twice."
    )  # fmt: skip
    yield once
    yield f"```python\n# blocking\n{called(name)}\n\n# asyncio\n{called(name, 'async')}\n```"
    given = [_resolved(document, each) for each in operation["parameters"]]
    if given:
        yield _table(("Parameter", "In", "", "What it is"), [
            (f"`{each['name']}`", each["in"], "required" if each.get("required") else "",
             _text(each) + _limits(each.get("schema", {})))
            for each in given
        ])  # fmt: skip
    if "requestBody" in operation:
        yield f"Body: {_body(operation['requestBody'])}."
    answers = [
        f"{status}: {_body(_resolved(document, answer)) or 'no body'}"
        for status, answer in operation["responses"].items() if status != "default"
    ]  # fmt: skip
    yield f"Answer: {'; '.join(answers)}."
    codes = {**_codes(document)}
    listed = [code for code in operation.get("x-error-codes", []) if str(code) in codes]
    if listed:
        rows = [(f"`{code}`", _plain(codes[str(code)]["meaning"])) for code in listed]
        yield _table(("Error", "Meaning"), rows)


def called(name: str, kind: str = "") -> str:
    """How an operation is called: a verb, or a loop over a list that comes in pages."""
    example = EXAMPLES[name]
    if isinstance(example, str):
        return f"await {example}" if kind else example
    loop = f"for {example['is']} in {example['each']}:\n    print({example['is']})"
    return f"async {loop}" if kind else loop


def _codes(document: Node) -> Node:
    schemas = document["components"]["schemas"].values()
    return {code: said for each in schemas for code, said in each.get("x-error-codes", {}).items()}


def _body(content: Node) -> str:
    for media in content.get("content", {}).values():
        return _kind(media.get("schema", {}))
    return ""


# --- callbacks ----------------------------------------------------------------------------------


def _callbacks(document: Node) -> str:
    parts = [
        "# Callbacks",
        "What Sinch sends to you. [How they are signed](../platform/callback-signing.md).",
    ]
    for name, item in document["webhooks"].items():
        said = item["post"]
        reply = _body(said["responses"].get("200", {})) or "`{}`, or nothing"
        parts += [
            f"## {name} {{ #{anchor(name)} }}", _plain(said.get("description", said.get("summary", ""))),
            f"Read as {_body(said['requestBody'])}; answered with {reply}.",
        ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


# --- models -------------------------------------------------------------------------------------


def _models(document: Node) -> str:
    parts = [
        "# Models",
        "Every object, enumeration and choice of the API, as `sinch_api.models` has them.",
    ]
    for name, schema in sorted(document["components"]["schemas"].items()):
        parts += _model(name, schema)
    return "\n\n".join(parts) + "\n"


def _model(name: str, schema: Node) -> Iterator[str]:
    yield f"## {name} {{ #{anchor(name)} }}"
    yield _text(schema)
    if "enum" in schema:
        words = schema.get("x-enum-descriptions", [""] * len(schema["enum"]))
        yield _table(("Value", "Meaning"), [
            (f"`{value}`", _plain(text)) for value, text in zip(schema["enum"], words, strict=False)
        ])  # fmt: skip
    elif "oneOf" in schema:
        yield f"One of {', '.join(_kind(each) for each in schema['oneOf'])}."
    elif schema.get("properties"):
        python = _python_names(name)
        needed = schema.get("required", [])
        yield _table(("Field", "In Python", "Type", "What it is"), [
            (f"`{wire}`" + (" (required)" if wire in needed else ""), f"`{python[wire]}`" if wire in python else "",
             _kind(each), _text(each) + _limits(each))
            for wire, each in schema["properties"].items()
        ])  # fmt: skip


def _python_names(model: str) -> dict[str, str]:
    readers = getattr(import_module("sinch_api.models"), model)._reading.readers  # noqa: SLF001 - ours
    return {wire: python for wire, (python, _) in readers.items() if python}


# --- words --------------------------------------------------------------------------------------


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](models.md#{anchor(name)})"
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    if "const" in schema:
        return f"`{schema['const']}`"
    kind = schema.get("type", "any")
    return f"{kind} ({schema['format']})" if "format" in schema else str(kind)


def _limits(schema: Mapping[str, Any]) -> str:
    found = [f"{key} {schema[key]}" for key in LIMITS if key in schema]
    return f" ({', '.join(found)})" if found else ""


def _text(node: Mapping[str, Any]) -> str:
    return ("**Deprecated.** " if node.get("deprecated") else "") + _plain(
        node.get("description", "")
    )


def _plain(text: str) -> str:
    """A description on one line, fit for a table, with its references as links."""
    flat = " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
    return re.sub(
        r"docs/platform/([a-z0-9-]+)\.md(#[a-z0-9-]+)?",
        lambda m: f"[{m[1].replace('-', ' ')}](../platform/{m[1]}.md{m[2] or ''})", flat,
    )  # fmt: skip


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _resolved(document: Node, node: Node) -> Node:
    if "$ref" not in node:
        return node
    for part in node["$ref"].split("/")[1:]:
        document = document[part]
    return document


def specification() -> Node:
    """The whole specification as one document."""
    sys.path[:0] = [str(ROOT / "spec"), str(ROOT / "generated")]
    faults = import_module("generator.faults").Faults(lenient=False)
    spec, _ = import_module("generator.pipeline").understand(ROOT / "spec", faults)
    found: Node = import_module("json").loads(import_module("generator.bundled").bundle(spec))
    return found


def on_files(files: Any, config: Any) -> Any:
    """Called by MkDocs with the files of the site: adds ours."""
    from mkdocs.structure.files import File

    for path, text in pages(specification()).items():
        files.append(File.generated(config, path, content=text))
    return files
