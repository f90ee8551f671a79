# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Headers of an answer: found in any letter case, kept in the one they came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast


class Headers(Mapping[str, str]):
    """Frozen headers, alike from both transports. A name that came several times has its values joined by ``, ``.

    Can be pickled; ``dict(headers)`` is fit for JSON.
    """

    __slots__ = ("_found",)

    def __init__(self, items: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._found: dict[str, tuple[str, str]] = {}
        pairs = items.items() if isinstance(items, Mapping) else items
        for name, value in cast("Iterable[tuple[str, str]]", pairs):
            key = name.lower()
            before = self._found.get(key)
            self._found[key] = (
                (name, value) if before is None else (before[0], f"{before[1]}, {value}")
            )

    def __getitem__(self, name: str) -> str:
        return self._found[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._found.values())

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        mine = {key: value for key, (_, value) in self._found.items()}
        return mine == {str(name).lower(): value for name, value in other.items()}

    __hash__ = None  # type: ignore[assignment]  # a mapping

    def __repr__(self) -> str:
        return f"Headers({', '.join(self)})"
