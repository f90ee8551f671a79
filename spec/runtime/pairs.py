"""Named texts that the platform sends as a list of pairs, as a mapping: cookies, call headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from .codec import read_list


class Pairs(Mapping[str, str]):
    """A read-only mapping that also remembers repeated names, and the order.

    ``pairs["lang"]`` gives the **last** value sent under a name, because a cookie that is set again
    replaces the earlier one. :meth:`getall` gives every value, and :attr:`pairs` the whole list as
    it came. Names are compared exactly. A value that was sent empty, or not at all, is ``""``.

    Made of a mapping, or of names and values in order: ``Pairs({"lang": "sv"})``,
    ``Pairs([("lang", "en"), ("lang", "sv")])``. Equal to any mapping that gives the same values for
    the same names. ``repr`` shows the names only: values are private.
    """

    __slots__ = ("_values", "pairs")

    pairs: tuple[tuple[str, str], ...]
    """Every name and value in the order they came, repeated ones included."""

    def __init__(self, pairs: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        found: Any = pairs
        if isinstance(pairs, Pairs):
            found = pairs.pairs
        elif isinstance(pairs, Mapping):
            found = pairs.items()
        self.pairs = tuple((name, value) for name, value in found)
        values: dict[str, tuple[str, ...]] = {}
        for name, value in self.pairs:
            values[name] = (*values[name], value) if name in values else (value,)
        self._values = values

    def getall(self, name: str) -> tuple[str, ...]:
        """Every value sent under a name, in order; empty when there is none."""
        return self._values.get(name, ())

    def to_wire(self) -> list[dict[str, str]]:
        """The list of objects that goes into JSON."""
        return [{"key": name, "value": value} for name, value in self.pairs]

    def __getitem__(self, name: str) -> str:
        return self._values[name][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"<Pairs {', '.join(self._values)}>" if self._values else "<Pairs>"


def read_pairs(raw: Any, read: Callable[[Any], Any]) -> Pairs:
    """Read an array of objects that have ``key`` and ``value``, as ``read`` reads them."""
    return pairs_from(read_list(raw, read))


def pairs_from(elements: Iterable[Any]) -> Pairs:
    """The pairs of objects that have ``key`` and ``value``."""
    return Pairs((element.key, element.value) for element in elements)


def pairs_of(read: Callable[[Any], Any]) -> Callable[[Any], Pairs]:
    """A reader of pairs, from a reader of their elements."""
    return partial(read_pairs, read=read)
