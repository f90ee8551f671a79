#!/usr/bin/env python3
"""Turn spec/ into generated/sinch_api.

    python codegen.py            rewrite generated/ whole and say what changed
    python codegen.py --check    change nothing; exit 1 and print a diff where generated/ is stale

The documents of spec/ are joined into one, parsed by openapi-python-client (each of its warnings is
an error here) and rendered with spec/templates/ (one template for each kind of file that depends on
the spec); spec/runtime/ is copied as it is, and ruff formats the whole. The output depends on the
spec, those two folders and the two pinned tools only.
"""

from __future__ import annotations

import argparse
import difflib
import json
import subprocess
import sys
import tempfile
import tomllib
import traceback
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "spec"))

try:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

    from generator import rules, surface, text, types, views
    from generator.bundle import Bundle
    from generator.faults import SpecError
except ModuleNotFoundError as missing:
    sys.exit(f"codegen: {missing}; the dependency group codegen of pyproject.toml has the tools")

PACKAGE = "sinch_api"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION = PROJECT["project"]["version"]
PINNED = dict(pin.split("==") for pin in PROJECT["dependency-groups"]["codegen"])
RUNTIME = ROOT / "spec" / "runtime"
PER_MODULE = {
    "models/module.py.jinja": "modules",
    "operations/module.py.jinja": "operation_modules",
}
HEADER = (
    "# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file."
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when --check finds a difference, 2 when it cannot run."""
    options = _options(arguments)
    try:
        _check_tools()
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
    changes = surface.changes(surface.read_manifest(before), surface.read_manifest(files))
    print("\n".join(changes or ["no change in operations, schemas or webhooks"]))
    _write_tree(package, files)
    changed = sum(before.get(name) != content for name, content in files.items())
    removed = len(before.keys() - files.keys())
    print(f"{len(files)} files in {package.name}, {changed} changed, {removed} removed")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--spec", type=Path, default=ROOT / "spec", help="where the documents are")
    parser.add_argument("--output", type=Path, default=ROOT / "generated", help="where to write")
    return parser.parse_args(arguments)


def _check_tools() -> None:
    for tool, wanted in PINNED.items():
        try:
            found = version(tool)
        except PackageNotFoundError:
            found = "none"
        if found != wanted:
            raise SpecError("pyproject.toml", "", f"needs {tool} {wanted}, found {found}")


# --- rendering ----------------------------------------------------------------------------------


def _render(templates: Path, view: Mapping[str, Any]) -> dict[str, str]:
    """Relative path -> formatted text of every file of the package."""
    environment = Environment(  # noqa: S701  (what comes out is Python, not HTML)
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_only_plain,
    )
    environment.filters.update(doc=text.docstring, literal=_literal, snake=rules.snake)
    shared = {**view, "header": HEADER, "version": VERSION}
    files = _runtime()
    for source in sorted(templates.rglob("*.jinja")):
        name = source.relative_to(templates).as_posix()
        try:
            template = environment.get_template(name)
            if name in PER_MODULE:
                for module in view[PER_MODULE[name]]:
                    target = name.replace("module.py.jinja", f"{module['name']}.py")
                    files[target] = template.render(shared, module=module)
            else:
                files[name.removesuffix(".jinja")] = template.render(shared)
        except (TemplateError, TypeError, AttributeError) as error:
            raise SpecError(f"spec/templates/{name}", "", _template_fault(name, error)) from None
    files["manifest.json"] = json.dumps(surface.manifest(view), indent=1, sort_keys=True) + "\n"
    return _format(files)


def _runtime() -> dict[str, str]:
    """What does not depend on the spec: plain Python, copied below the header."""
    return {
        file.relative_to(RUNTIME).as_posix(): f"{HEADER}\n{file.read_text(encoding='utf-8')}"
        for file in sorted(RUNTIME.rglob("*.py"))
        if file.name != "__init__.py"
    }


def _template_fault(name: str, error: Exception) -> str:
    """What is wrong with a template, and in which line of it."""
    steps = traceback.extract_tb(error.__traceback__)
    lines = [step.lineno for step in steps if step.filename.endswith(name)]
    return f"line {getattr(error, 'lineno', None) or lines[-1]}: {error}"


def _only_plain(value: object) -> object:
    """The parser wraps text of the spec in objects that print as a memory address: never let one through."""
    if not isinstance(value, str | int):
        raise TypeError(f"prints a {type(value).__name__}")
    return value


def _literal(value: object) -> str:
    """Text, or a list of texts, as Python source; JSON without escapes is both."""
    return json.dumps(value, ensure_ascii=False, default=lambda odd: _only_plain(str(odd) and odd))


def _format(files: Mapping[str, str]) -> dict[str, str]:
    """Run ruff in a folder of its own, so that no configuration around it has a say."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / PACKAGE
        _write_tree(root, files)
        common = ["--isolated", "--no-cache", "--quiet", "--target-version=py311"]
        common.append("--line-length=100")
        ours = f'lint.isort.known-first-party=["{PACKAGE}", "sinch"]'
        imports = ["--select=I,F401", "--fix", "--output-format=concise", f"--config={ours}"]
        for command in (["check", *imports, *common], ["format", *common]):
            done = subprocess.run(
                [sys.executable, "-m", "ruff", *command, "."],
                cwd=root, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                fault = (done.stdout + done.stderr).strip().partition("\n")[0]
                raise SpecError("spec/templates", "", f"ruff {command[0]}: {fault}")
        return _read_tree(root)


# --- comparing ----------------------------------------------------------------------------------


def _read_tree(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes().decode("utf-8", "replace")
        for file in sorted(root.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def _write_tree(root: Path, files: Mapping[str, str]) -> None:
    """Make the tree hold exactly these files; one that is as it should be is not touched."""
    before = _read_tree(root)
    for name in before.keys() - files.keys():
        (root / name).unlink()
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if before.get(name) != content:
            target.write_bytes(content.encode())


def _report_stale(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    stale = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    for name in stale:
        kind = "stray" if name not in after else "changed" if name in before else "missing"
        print(f"{kind}: {PACKAGE}/{name}")
        old, new = (side.get(name, "").splitlines() for side in (before, after))
        for line in difflib.unified_diff(old, new, f"old/{name}", f"new/{name}", lineterm=""):
            print(line)
    if stale:
        print("generated/ is stale: run python codegen.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
