"""``sinch migrate``."""

from __future__ import annotations

import ast
import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
import click

from sinch.cli.output import Output, printable
from sinch.cli.session import with_json

_SKIPPED: Final = frozenset(
    ["node_modules", "site-packages", "__pycache__", "build", "dist", "venv"]
)
_LARGEST: Final = 2_000_000


@attrs.frozen(order=True)
class Use:
    """One name of another SDK."""

    file: str
    line: int
    origin: str
    found: str
    becomes: str


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@with_json
def migrate(output: Output, path: Path) -> None:
    """List what a program uses of the official sinch 1.x, Twilio or Sinch for .NET, and what it becomes here.

    Reads Python and C#; changes nothing.

    \b
    Examples:
      sinch migrate src/
      sinch migrate app.py --json
    """
    files = [*_files(path)]
    with output.progress(f"Reading {len(files)} files ..."):
        read = [(file, _text(file)) for file in files]
        uses = sorted(use for file, text in read for use in uses_in(str(file), text or ""))
    unread = [str(file) for file, text in read if text is None or not _parses(file, text)]
    if output.as_json:
        output.value({"uses": [attrs.asdict(use) for use in uses], "unread": unread})
        return
    last = ""
    for use in uses:
        if use.file != last:
            click.secho(("\n" if last else "") + printable(use.file), bold=True)
            last = use.file
        click.echo(
            f"{use.line:>5}  {click.style(printable(use.found), fg='yellow')}\n"
            f"       {click.style('→', dim=True)} {use.becomes}"
        )
    for name in unread:
        click.secho(f"{printable(name)} cannot be read and was left out", fg="red", err=True)
    many = len({use.file for use in uses})
    click.echo(
        f"\n{len(uses)} uses in {many} of {len(files)} files."
        if uses
        else f"Nothing of those SDKs in {len(files)} files."
    )


def uses_in(file: str, text: str) -> Iterator[Use]:
    """Every use in one file, each line and name once."""
    if file.endswith(".cs"):
        yield from _in_csharp(file, text)
        return
    tree = _parsed(text)
    if tree is None:
        return
    seen: set[tuple[int, str]] = set()
    for use in _in_python(file, tree):
        if (use.line, use.found) not in seen:
            seen.add((use.line, use.found))
            yield use


def _in_csharp(file: str, text: str) -> Iterator[Use]:
    from sinch.cli.migrations import DOTNET

    names = "|".join(map(re.escape, sorted(DOTNET, key=len, reverse=True)))
    for number, line in enumerate(text.splitlines(), 1):
        for name in dict.fromkeys(re.findall(rf"\b(?:{names})\b", line)):
            yield Use(file, number, ".NET", name, DOTNET[name])


def _in_python(file: str, tree: ast.Module) -> Iterator[Use]:
    from sinch.cli import migrations as known

    modules, names = _imports(tree)
    twilio = any(module.partition(".")[0] == "twilio" for module in modules)
    twiml = any(module.startswith("twilio.twiml") for module in modules)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Attribute):
            chain = _chain(node)
            for origin, table, applies in (
                ("sinch 1.x", known.OFFICIAL, True),
                ("Twilio", known.TWILIO, twilio),
            ):
                if applies and (found := _longest(chain, table)):
                    yield Use(file, node.end_lineno or line, origin, *found)
            if twiml and len(chain) > 1 and node.attr in known.TWIML:
                becomes = known.TWIML[node.attr]
                yield Use(file, node.end_lineno or line, "Twilio", f".{node.attr}", becomes)
        elif isinstance(node, ast.Name) and node.id in names:
            origin_of = names[node.id]
            if origin_of.startswith("twilio") and node.id in known.TWILIO_NAMES:
                yield Use(file, line, "Twilio", node.id, known.TWILIO_NAMES[node.id])
            elif origin_of.startswith("sinch") and node.id in known.OFFICIAL_NAMES:
                yield Use(file, line, "sinch 1.x", node.id, known.OFFICIAL_NAMES[node.id])
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                instead = known.OFFICIAL_ARGUMENTS.get(keyword.arg or "")
                if instead and _chain(node.func)[-1:] in (["SinchClient"], ["SinchClientAsync"]):
                    yield Use(file, keyword.lineno, "sinch 1.x", f"{keyword.arg}=", instead)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sinch.domains"):
            yield Use(
                file, line, "sinch 1.x", f"from {node.module}", "names of `sinch` and `sinch.svaml`"
            )


def _imports(tree: ast.Module) -> tuple[set[str], dict[str, str]]:
    """Modules that are imported, and names with the module that each comes from."""
    modules: set[str] = set()
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
            names |= {alias.asname or alias.name: node.module for alias in node.names}
    return modules, names


def _chain(node: ast.expr) -> list[str]:
    """``a.b(c).d`` as a, b, d."""
    found: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            found.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript | ast.Await):
            node = node.value
        else:
            break
    if isinstance(node, ast.Name):
        found.append(node.id)
    return found[::-1]


def _longest(chain: list[str], table: dict[str, str]) -> tuple[str, str] | None:
    """The entry that this chain ends with; ``*`` stands for any last name."""
    for size in (3, 2):
        end = chain[-size:]
        if len(end) == size:
            for name in (".".join(end), ".".join([*end[:-1], "*"])):
                if name in table:
                    return ".".join(end), table[name]
    return None


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and one not in _SKIPPED
        )
        for name in sorted(names):
            if name.endswith((".py", ".cs")):
                yield Path(folder, name)


def _text(file: Path) -> str | None:
    try:
        if file.stat().st_size > _LARGEST:
            return None
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _parsed(text: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of their code, not of ours
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            return None


def _parses(file: Path, text: str) -> bool:
    return file.suffix == ".cs" or _parsed(text) is not None
