"""Edits of a document, small and mean: every keyword removed, renamed and retyped; names that bite."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

NAMES = (
    "class", "None", "import", "str", "int", "self", "datetime", "type", "list", "a-b", "1x", "é", "x y", "__init__",
    "Operation", "from_wire", "body", "id", "read_str", "Mapping", "query", "Any", "annotations", "print", "extra",
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, "text", 7, [], {}, True, ["x"], {"x": 1})


def every_edit(document: Any) -> Iterator[tuple[str, Any]]:
    """A name for each edit, and the document after it."""
    for path, key, value in _places(document, ()):
        where = "/".join(map(str, (*path, key)))
        yield f"{where} removed", _edited(document, path, lambda node, key=key: _without(node, key))
        if isinstance(key, str):
            yield (
                f"{where} renamed",
                _edited(document, path, lambda node, key=key: _renamed(node, key, f"{key}X")),
            )
        for number, new in enumerate(VALUES):
            if type(new) is not type(value) or new != value:
                yield (
                    f"{where} retyped {number}",
                    _edited(document, path, lambda node, key=key, new=new: _set(node, key, new)),
                )


def every_name(document: Any) -> Iterator[tuple[str, Any]]:
    """Names of properties, parameters, operations, schemas, tags and values, each replaced by mean ones."""
    for path, key, value in _places(document, ()):
        where = "/".join(map(str, (*path, key)))
        for name in NAMES:
            is_name = key in {"operationId", "name"} or path[-1:] in {
                ("tags",),
                ("enum",),
                ("x-enum-varnames",),
            }
            if is_name and isinstance(value, str):
                change = _edited(
                    document, path, lambda node, key=key, name=name: _set(node, key, name)
                )
                yield f"{where} called {name}", change
            if path and path[-1] == "properties" and isinstance(key, str):
                yield (
                    f"{where} called {name}",
                    _edited(
                        document, path, lambda node, key=key, name=name: _renamed(node, key, name)
                    ),
                )
            if len(path) == 2 and path[-1] == "schemas":
                changed = _edited(
                    document, path, lambda node, key=key, name=name: _renamed(node, key, name)
                )
                yield f"{where} called {name}", _redirected(changed, f"/{key}", f"/{name}")


def _places(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    pairs = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in pairs:
        yield path, key, value
        yield from _places(value, (*path, key))


def _edited(document: Any, path: tuple[Any, ...], change: Any) -> Any:
    made = copy.deepcopy(document)
    node = made
    for key in path:
        node = node[key]
    change(node)
    return made


def _without(node: Any, key: Any) -> None:
    del node[key]


def _set(node: Any, key: Any, value: Any) -> None:
    node[key] = copy.deepcopy(value)


def _renamed(node: Any, key: str, name: str) -> None:
    entries = list(node.items())
    node.clear()
    node.update({name if old == key else old: value for old, value in entries})


def _redirected(node: Any, old: str, new: str) -> Any:
    if isinstance(node, dict):
        return {k: v.removesuffix(old) + new if k == "$ref" and isinstance(v, str) and v.endswith(old) else _redirected(v, old, new)
                for k, v in node.items()}  # fmt: skip
    return [_redirected(one, old, new) for one in node] if isinstance(node, list) else node
