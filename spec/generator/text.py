"""Descriptions as docstrings."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping
from typing import Any


def flat(text: object) -> str:
    """Text on one line."""
    return " ".join(str(text).split())


def description(node: Mapping[str, Any]) -> str:
    """The description of any part of a document, marked when that part is deprecated."""
    text = flat(node.get("description", ""))
    return f"Deprecated. {text}" if node.get("deprecated") else text


def docstring(text: str, indent: int) -> str:
    """Wrap text for a docstring at an indentation; keeps the summary line and paragraphs."""
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    text = text.rstrip()
    body = text.rstrip('"')
    safe = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    safe += '\\"' * (len(text) - len(body))  # the end of a docstring is three quotes as well
    pad = " " * indent
    # A paragraph may be one long word (a URL): wrapping must not break it.
    wrapped = [
        textwrap.fill(
            part, 100, initial_indent=f'{pad}"""', subsequent_indent=pad,
            break_long_words=False, break_on_hyphens=False,
        ).removeprefix(f'{pad}"""')
        for part in safe.split("\n") if part.strip()
    ]  # fmt: skip
    joined = f"\n\n{pad}".join(wrapped)
    fits = "\n" not in joined and len(joined) + indent + 6 <= 100
    return joined if fits else f"{joined}\n{pad}"
