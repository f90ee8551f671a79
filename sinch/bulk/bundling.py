"""Which recipients share a request, and how many to look at for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from sinch.bulk.records import Batch, Item

#: No turn looks at more full batches than this, so that memory stays small.
_MOST = 10


class Bundler:
    """Puts recipients of the same text together, up to ``size``, each batch with its reference.

    A number is in a batch once: reports, and parameters, tell recipients apart by it.

    How many share a text shows only in the journal: ``reach`` starts with hope and follows what was
    found, doubling while batches come out full.
    """

    def __init__(self, prefix: str, size: int) -> None:
        self._prefix, self._size = prefix, size
        self._numbers = count(1)
        self._mean = float(size)

    def reach(self, want: int) -> int:
        """How many recipients to look at in order to make this many batches."""
        if self._size == 1:
            return want
        hoped = int(want * min(2 * self._mean, self._size))
        return max(want, min(hoped, _MOST * self._size))

    def bundle(self, items: Sequence[Item]) -> list[Batch]:
        """Batches, in the order of their first recipients."""
        if self._size == 1:
            return [Batch(self._reference(), (item,)) for item in items]
        alike: dict[tuple[str, int, bool], list[dict[str, Item]]] = {}
        found: list[dict[str, Item]] = []
        for item in items:
            size = min(self._size, item.crowd or self._size)
            groups = alike.setdefault((item.text, size, bool(item.parameters)), [])
            group = groups[-1] if groups else {}
            if not groups or len(group) == size or item.number in group:
                group = {}
                groups.append(group)
                found.append(group)
            group[item.number] = item
        return [Batch(self._reference(), [*group.values()]) for group in found]

    def note(self, batches: Sequence[Batch]) -> None:
        """Learn from what a turn brought."""
        if batches:
            self._mean = sum(len(batch.items) for batch in batches) / len(batches)

    def _reference(self) -> str:
        return f"{self._prefix}-{next(self._numbers)}"
