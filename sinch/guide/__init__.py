"""What a program that writes programs has to know, shipped with the package: ``python -m sinch.guide``.

>>> from sinch.guide import read
>>> read("agents").splitlines()[0]
'# Writing Python for Sinch with this package'
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

__all__ = ["PARTS", "read"]

PARTS: Final = {"agents": "agents.md", "llms": "llms.txt"}
"""``agents``: how to work, with examples. ``llms``: every name on one page. Both are Markdown."""


def read(part: str) -> str:
    """The text of one part, by its name in :data:`PARTS`; a KeyError for others.

    .. code-block:: python

        prompt = read("agents") + read("llms")
    """
    return files("sinch.guide").joinpath(PARTS[part]).read_text(encoding="utf-8")
