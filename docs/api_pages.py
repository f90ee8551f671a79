"""Reference pages never forget a name: ``members: __all__`` becomes the names the module exports.

A hook of MkDocs. Names that are aliases of a model, such as the events of ``sinch.callbacks``, are
rendered with it, so that a reader finds everything that can be imported on one page.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from sinch.guide import PARTS, read

_ALL = re.compile(r"^::: ([\w.]+)\n((?: {4}.*\n)*?)( +)members: __all__$", re.MULTILINE)


def with_members(markdown: str) -> str:
    """A page with its lists of members written out."""
    return _ALL.sub(_listed, markdown)


def exported(module: str) -> list[str]:
    """What ``from module import *`` gives, without what is only a type for checkers."""
    return list(import_module(module).__all__)


def _listed(match: re.Match[str]) -> str:
    module, options, indent = match.groups()
    names = "".join(f"\n{indent}  - {name}" for name in exported(module))
    return f"::: {module}\n{options}{indent}members:{names}"


def on_files(files: Any, config: Any) -> Any:
    """Called by MkDocs with the files of the site: adds the guides that the package carries, as they are."""
    from mkdocs.structure.files import File

    for part in PARTS:
        files.append(File.generated(config, f"{part}.txt", content=read(part)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by MkDocs with the text of each page."""
    return with_members(markdown)
