#!/usr/bin/env python3
"""Turn spec/ into generated/sinch_api.

    python codegen.py            rewrite generated/ whole and say what changed
    python codegen.py --check    change nothing; exit 1 and print a diff where generated/ is stale

The documents of spec/ are joined into one, parsed by openapi-python-client (each of its warnings is
an error here), rendered with spec/templates/ (one template for each kind of output file) and
formatted with ruff. The output depends on the spec, the templates and those two pinned tools only.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "spec"))

from generator import types, views  # noqa: E402
from generator.bundle import Bundle, SpecError  # noqa: E402

PACKAGE = "sinch_api"
VERSION = "1.0.0"
PINNED = {"openapi-python-client": "0.29.1", "ruff": "0.17.6"}
PER_MODULE = {"models/module.py.jinja": "modules", "operations/module.py.jinja": "operation_modules"}
HEADER = "# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file."


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when --check finds a difference, 2 when it cannot run."""
    options = _options(arguments)
    try:
        for tool, wanted in PINNED.items():
            if (found := version(tool)) != wanted:
                raise SpecError("pyproject.toml", "", f"needs {tool} {wanted}, found {found}")
        bundle = Bundle(options.spec)
        view = views.build(bundle, types.parse(bundle))
        files = _render(options.spec / "templates", view)
    except SpecError as error:
        print(f"codegen: {error}", file=sys.stderr)
        return 2
    package = options.output / PACKAGE
    before = _read_tree(package)
    if options.check:
        return _report_stale(before, files)
    _print_changes(_manifest_of(before), _manifest_of(files))
    _write_tree(package, files)
    changed = sum(before.get(name) != text for name, text in files.items())
    print(f"{len(files)} files in {package.name}, {changed} changed")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--spec", type=Path, default=ROOT / "spec", help="where the documents are")
    parser.add_argument("--output", type=Path, default=ROOT / "generated", help="where to write")
    return parser.parse_args(arguments)


# --- rendering ----------------------------------------------------------------------------------


def _render(templates: Path, view: Mapping[str, Any]) -> dict[str, str]:
    """Relative path -> formatted text of every file of the package."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_only_plain,
    )
    environment.filters.update(doc=_docstring, literal=json.dumps, snake=views.snake)
    shared = {**view, "header": HEADER, "version": VERSION}
    files: dict[str, str] = {}
    for source in sorted(templates.rglob("*.jinja")):
        name = source.relative_to(templates).as_posix()
        template = environment.get_template(name)
        if name in PER_MODULE:
            for module in view[PER_MODULE[name]]:
                target = name.replace("module.py.jinja", f"{module['name']}.py")
                files[target] = template.render(shared, module=module)
        else:
            files[name.removesuffix(".jinja")] = template.render(shared)
    files["manifest.json"] = json.dumps(_manifest(view), indent=1, sort_keys=True) + "\n"
    return _format(files)


def _only_plain(value: object) -> object:
    """The parser wraps text of the spec in objects that print as a memory address: never let one through."""
    if not isinstance(value, str | int):
        raise SpecError("spec/templates", "", f"a template prints a {type(value).__name__}")
    return value


def _docstring(text: str, indent: int) -> str:
    """Wrap text for a docstring at an indentation; keeps the summary line and paragraphs."""
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    safe = safe[:-1] + '\\"' if safe.endswith('"') else safe
    paragraphs = [part for part in safe.split("\n") if part.strip()]
    pad = " " * indent
    # A paragraph may be one long word (a URL): wrapping must not break it.
    wrapped = [
        textwrap.fill(part, 96 - indent, subsequent_indent=pad, break_long_words=False, break_on_hyphens=False)
        for part in paragraphs
    ]
    joined = f"\n\n{pad}".join(wrapped)
    return f"{joined}\n{pad}" if "\n" in joined else joined


def _format(files: Mapping[str, str]) -> dict[str, str]:
    """Run ruff in a folder of its own, so that no configuration around it has a say."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / PACKAGE
        _write_tree(root, files)
        common = ["--isolated", "--no-cache", "--quiet", "--target-version=py311", "--line-length=100"]
        imports = ["--select=I,F401", "--fix", f'--config=lint.isort.known-first-party=["{PACKAGE}", "sinch"]']
        for command in (["check", *imports, *common], ["format", *common]):
            done = subprocess.run(
                [sys.executable, "-m", "ruff", *command, "."],
                cwd=root, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                raise SpecError("spec/templates", "", f"ruff: {done.stdout}{done.stderr}")
        return _read_tree(root)


# --- comparing ----------------------------------------------------------------------------------


def _read_tree(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(root.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def _write_tree(root: Path, files: Mapping[str, str]) -> None:
    shutil.rmtree(root, ignore_errors=True)
    for name, text in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _report_stale(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    stale = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in stale:
        kind = "changed" if name in before and name in after else "missing" if name in after else "stray"
        print(f"{kind}: {PACKAGE}/{name}")
        old, new = (side.get(name, "").splitlines(keepends=True) for side in (before, after))
        sys.stdout.writelines(difflib.unified_diff(old, new, f"old/{name}", f"new/{name}"))
    if stale:
        print("generated/ is stale: run python codegen.py")
    return 1 if stale else 0


# --- what changed, for people -------------------------------------------------------------------


def _manifest(view: Mapping[str, Any]) -> dict[str, Any]:
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


def _manifest_of(files: Mapping[str, str]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(files.get("manifest.json", "{}"))
    except ValueError:
        found = {}
    return found


def _print_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    lines = [
        line
        for section in ("operations", "schemas", "webhooks")
        for line in _changes(section[:-1], before.get(section, {}), after[section])
    ]
    print("\n".join(lines) if lines else "no change in operations, schemas or webhooks")


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


if __name__ == "__main__":
    sys.exit(main())
