"""Paths of operations as expressions: what is fixed in them, and what stands in for a parameter."""

from __future__ import annotations

import re
from urllib.parse import quote

from .api import Operation, Parameter
from .types import PythonType

#: What stands in a path before a value, by its style.
MARKS = {"simple": "", "label": ".", "matrix": ";{}="}


def in_path(operation: Operation) -> list[Parameter]:
    """The parameters of the path, in the order in which they stand there."""
    order = re.findall(r"\{([^{}/]+)\}", operation.source.name)
    found = [p for p in operation.parameters if p.where == "path"]
    return sorted(found, key=lambda parameter: order.index(parameter.wire))


def quoted(path: str) -> str:
    """A path with what would need quoting in a URL, or in an f-string, quoted."""
    parts = re.split(r"(\{[^{}/]+\})", path)
    return "".join(part if part.startswith("{") and part.endswith("}") else quote(part, safe="/:@+~._-!$&'()*,;=")
                   .replace('"', "%22").replace("'", "%27") for part in parts)  # fmt: skip


def path_text(kind: PythonType, python: str) -> str | None:
    """The expression that makes text of a path parameter."""
    if kind.annotation == "str" and kind.write == "{}":
        return python
    if kind.annotation == "int" and kind.write == "{}":
        return f"str({python})"
    if kind.names and kind.json == "text" and kind.items is None:
        return kind.write.format(python)
    if kind.json in {"list", "object", "any"}:
        return None
    return f"text_of({kind.write.format(python)})"
