"""Is everything public documented? ``make check`` runs ``python -m tests.docs.documented``.

Public is what ``__all__`` of a documented module names, and the public members of the classes among it. Each
needs a docstring, and an example: it occurs in Python that the tests run, which is the code of README.md, of the
pages, of docs/examples and of the guide, or in the code of a docstring of its own. mypy reads that Python too, so a
name in it is the name. A member counts by its name, whoever has it: ``.press(`` shows ``Phone.press`` and its
namesakes. Generated models are described by the specification (their pages are made from it) and
need no example each.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import Any

import attrs

from tests.docs.typed_blocks import PAGES, as_python

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    "sinch",
    "sinch.errors",
    "sinch.values",
    "sinch.sms",
    "sinch.verification",
    "sinch.callouts",
    "sinch.calls",
    "sinch.conferences",
    "sinch.applications",
    "sinch.messages",
    "sinch.segments",
    "sinch.telemetry",
    "sinch.callbacks",
    "sinch.svaml",
    "sinch.testing",
    "sinch.sandbox",
    "sinch.engine",
    "sinch.guard",
    "sinch.bulk",
    "sinch.guide",
    "sinch.web.django",
    "sinch.web.django_guard",
    "sinch.web.starlette",
    "sinch.web.aiohttp",
    "sinch.web.flask",
)
_CODE = re.compile(
    r"\.\. code-block:: python\n\n((?:(?: {4}.*)?\n?)+)|((?:^ *>>> .*\n?(?: *\.\.\. .*\n?)*)+)",
    re.MULTILINE,
)


@attrs.frozen
class Public:
    """Something that users can name."""

    module: str
    name: str
    """``Phone``, or ``Phone.call`` for a member."""
    value: Any = attrs.field(repr=False, eq=False)

    @property
    def docstring(self) -> str:
        """Its own words; of a constant those in the reference page, which mkdocs shows."""
        return inspect.getdoc(self.value) or ""

    @property
    def function(self) -> object:
        """What a method or property runs: the same for all classes that inherit it."""
        value = self.value.fget if isinstance(self.value, property) else self.value
        return getattr(value, "__func__", value)

    def shown_in(self, names: set[str]) -> bool:
        """Named itself; of a class also by a member of its own, since most are made by a call."""
        _, dot, name = self.name.rpartition(".")
        product = f".{name.removeprefix('Async').lower()}"  # sinch.calls(...) shows Calls
        if f"{dot}{name}" in names or (self.module.endswith(product) and product in names):
            return True
        own = (
            vars(self.value)
            if inspect.isclass(self.value) and not issubclass(self.value, Exception)
            else ()
        )
        return any(f".{member}" in names for member in own if not member.startswith("_"))

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


def public() -> Iterator[Public]:
    """Everything public, each thing once, where it is named first."""
    seen: set[object] = set()
    for module in MODULES:
        loaded = import_module(module)
        for name in exported(loaded):
            value = getattr(loaded, name)
            if not (inspect.isclass(value) or inspect.isfunction(value)) or value in seen:
                continue
            if value.__module__.startswith("sinch_api"):
                continue
            seen.add(value)
            yield Public(module, name, value)
            if inspect.isclass(value):
                for member in members(module, name, value):
                    if (function := member.function) not in seen:  # inherited: once is enough
                        seen.add(function)
                        yield member


def exported(module: Any) -> list[str]:
    """``__all__``, or what a module defines itself."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    own = vars(module).items()
    return [n for n, v in own if n[0] != "_" and getattr(v, "__module__", "") == module.__name__]


def members(module: str, name: str, kind: type) -> Iterator[Public]:
    """Methods and properties that a class has from us, under its first public name."""
    if issubclass(kind, Enum):
        return
    for member, value in inspect.getmembers(kind):
        if member.startswith("_"):
            continue
        if inspect.isfunction(value) or isinstance(value, property) or inspect.ismethod(value):
            found = Public(module, f"{name}.{member}", value)
            if getattr(found.function, "__module__", "").startswith("sinch."):
                yield found


def names_in(code: str) -> set[str]:
    """The names and attributes that Python code mentions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def examples(pages: Iterable[Path] = PAGES) -> set[str]:
    """What is named in Python that the tests run."""
    found: set[str] = set()
    projects = sorted((ROOT / "docs" / "examples").glob("*/**/*.py"))
    for page in [*pages, *projects]:
        text = page.read_text(encoding="utf-8")
        found |= names_in(text if page.suffix == ".py" else as_python(text))
    return found


def has_own_example(docstring: str) -> bool:
    """Whether a docstring has code, and code that can be read as Python."""
    for block, session in _CODE.findall(docstring):
        code = (
            dedent(block)
            if block
            else re.sub(r"^ *(>>>|\.\.\.) ?", "", session, flags=re.MULTILINE)
        )
        try:
            if names_in(code):
                return True
        except SyntaxError:
            continue
    return False


def missing(found: Iterable[Public], shown: set[str]) -> tuple[list[Public], list[Public]]:
    """What lacks a docstring, and what lacks an example."""
    silent, unshown = [], []
    for each in found:
        if not each.docstring:
            silent.append(each)
        if not each.shown_in(shown) and not has_own_example(each.docstring):
            unshown.append(each)
    return silent, unshown


def main() -> int:
    """Name what is missing, and count."""
    everything = list(public())
    silent, unshown = missing(everything, examples())
    for each in silent:
        print(f"{each} has no docstring")
    for each in unshown:
        print(f"{each} has no example")
    total = len(everything)
    print(
        f"{total} public names: {total - len(silent)} with docstring, {total - len(unshown)} with example"
    )
    return int(bool(silent or unshown))


if __name__ == "__main__":
    sys.exit(main())
