"""Lets mkdocstrings show docstrings as editors do: roles become links, code blocks become code.

Docstrings here are written for ``help()`` and editors, with ``:class:`~sinch.X``` and
``.. code-block::``. The site is Markdown, so both are rewritten when a page is built.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_ROLE = re.compile(r":(?:class|meth|func|mod|attr|data|exc):`([^`]+)`")
_BLOCK = re.compile(r"^\.\. code-block:: (\w+)\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)
_SOURCE = re.compile(r"docs/platform/([a-z0-9-]+)\.md(#[a-z0-9-]+)?")  # where a rule is known from
_LITERAL = re.compile(r"``([^`]+)``")


def _role(match: re.Match[str]) -> str:
    target = match[1]
    name = target.lstrip("~.")
    shown = name.rpartition(".")[2] if target.startswith("~") else name
    if not name.startswith("sinch."):
        return f"`{shown}`"
    # "optional": a name without a page of its own stays plain code
    return f'<autoref optional identifier="{name}"><code>{shown}</code></autoref>'


def _platform(match: re.Match[str]) -> str:
    """A link from a page of ``api/`` to the reference of the platform."""
    page, anchor = match[1], match[2] or ""
    return f'<a href="../platform/{page}.html{anchor}">{page.replace("-", " ")}</a>'


def _block(match: re.Match[str]) -> str:
    code = "".join(line[4:] or "\n" for line in match[2].splitlines(keepends=True))
    return f"```{match[1]}\n{code.rstrip()}\n```\n\n"


def markdown(text: str) -> str:
    """A docstring with the roles and directives used in this project turned into Markdown."""
    text = _SOURCE.sub(_platform, text)
    return _BLOCK.sub(_block, _LITERAL.sub(r"`\1`", _ROLE.sub(_role, text)) + "\n").rstrip()


class DocstringRoles(griffe.Extension):
    """Rewrites every docstring that is collected."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite one docstring."""
        if obj.docstring is not None:
            obj.docstring.value = markdown(obj.docstring.value)
