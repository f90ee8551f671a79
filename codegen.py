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
import keyword
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "spec"))

try:
    from generator import changes, surface
    from generator.bundled import bundle
    from generator.faults import Faults, SpecError, fault
    from generator.load import Spec
    from generator.pipeline import understand
    from generator.render import FOREIGN_HEADER, HEADER, TEMPLATES, render
    from generator.trees import differences, read_tree, write_tree
    from generator.verify import verify
except ModuleNotFoundError as missing:
    sys.exit(f"codegen: {missing}; the dependency group codegen of pyproject.toml has the tools")

PACKAGE = "sinch_api"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION = PROJECT["project"]["version"]
PINNED = dict(pin.split("==") for pin in PROJECT["dependency-groups"]["codegen"])


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when --check finds a difference, 2 when it cannot run."""
    options = _options(arguments)
    faults = Faults(lenient=options.lenient)
    try:
        _check_tools()
        spec, view = understand(options.spec, faults)
        files = _files(options, spec, view)
        verify(files, package=options.package, cache=options.cache)
        if options.bundle:
            document = bundle(spec)
            faults.stop()
            options.bundle.write_text(document, encoding="utf-8")
    except SpecError as error:
        for found in error.faults:
            print(f"codegen: {found}", file=sys.stderr)
        return 2
    for found in faults:
        print(f"codegen: left out: {found}", file=sys.stderr)
    package = options.output / options.package
    before = read_tree(package)
    if options.check:
        return _report_stale(options, before, files)
    print("\n".join(_told(options, before, files)))
    write_tree(package, files)
    changed = sum(before.get(name) != content for name, content in files.items())
    removed = len(before.keys() - files.keys())
    print(f"{len(files)} files in {package.name}, {changed} changed, {removed} removed")
    return 0


def _files(options: argparse.Namespace, spec: Spec, view: dict[str, Any]) -> dict[str, str]:
    """The package. Documents of others are rendered with our templates, their version is their own."""
    own = options.package == PACKAGE
    templates = options.spec / "templates"
    info = next(iter(spec.documents.values())).get("info")
    told = info.get("version") if isinstance(info, dict) else None
    return render(
        view, package=options.package, version=VERSION if own else str(told or "0"),
        header=HEADER if own else FOREIGN_HEADER,
        templates=templates if templates.is_dir() else TEMPLATES,
    )  # fmt: skip


def _told(options: argparse.Namespace, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What the change means, in words or for the change log."""
    found = changes.compare(surface.read_manifest(before), surface.read_manifest(after))
    return changes.changelog(found) if options.changelog else changes.summary(found)


def _report_stale(
    options: argparse.Namespace, before: dict[str, str], after: dict[str, str]
) -> int:
    stale = list(differences(options.package, before, after))
    for line in stale:
        print(line)
    if stale:
        print("\n".join(_told(options, before, after)))
        print("generated/ is stale: run python codegen.py")
    return 1 if stale else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument(
        "--bundle", type=Path, metavar="FILE", help="also write one self-contained document"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=ROOT / ".mypy_cache" / "codegen",
        help="where what is proved is kept",
    )
    parser.add_argument("--changelog", action="store_true", help="print the changes as Markdown")
    parser.add_argument(
        "--spec", type=Path, default=ROOT / "spec", help="a document, or a folder of them"
    )
    parser.add_argument("--package", default=PACKAGE, help="what the package is called")
    parser.add_argument(
        "--lenient", action="store_true",
        help="for specifications of others: no house rules, and what has no form in Python is left out and listed",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, default=ROOT / "generated", help="where to write")
    options = parser.parse_args(arguments)
    if not options.package.isidentifier() or keyword.iskeyword(options.package):
        parser.error(f"--package: {options.package} cannot be the name of a package")
    return options


def _check_tools() -> None:
    for tool, wanted in PINNED.items():
        try:
            found = version(tool)
        except PackageNotFoundError:
            found = "none"
        if found != wanted:
            raise fault("pyproject.toml", "", f"needs {tool} {wanted}, found {found}")


if __name__ == "__main__":
    sys.exit(main())
