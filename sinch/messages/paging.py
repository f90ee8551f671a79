"""Lists that come in pages, gone through one by one; new elements do not make old ones come twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeVar

from sinch.core.flow import AsyncSender, Sender
from sinch_api.operation import Operation
from sinch_api.pagination import Paged

T = TypeVar("T")


class _Pages:
    """Which page is next, and which of its elements are new: newer ones move the others down."""

    def __init__(self, paged: Paged[Any, Any]) -> None:
        self._paged = paged
        self._next: Any = paged.first
        self._seen: set[object] = set()
        self._count = 0

    def ask(self) -> Operation[Any] | None:
        return None if self._next is None else self._paged.ask(self._next)

    def take(self, page: Any) -> list[Any]:
        elements = list(self._paged.elements(page))
        self._count += len(elements)
        whole = page.count is not None and self._count >= page.count
        self._next = None if whole else self._paged.following(page, self._next, len(elements))
        keys = [(_key(element), element) for element in elements]
        new = [element for key, element in keys if key is None or key not in self._seen]
        self._seen.update(key for key, _ in keys if key is not None)
        return new


def _key(element: Any) -> object:
    raw = element.raw
    return raw.get("id") or (raw.get("batch_id"), raw.get("recipient"), raw.get("status"))


def pages(client: Sender, paged: Paged[Any, T]) -> Iterator[T]:
    """All elements; the next page is asked for when it is needed."""
    state = _Pages(paged)
    while (operation := state.ask()) is not None:
        yield from state.take(client.send(operation))


async def pages_async(client: AsyncSender, paged: Paged[Any, T]) -> AsyncIterator[T]:
    """The same, awaited."""
    state = _Pages(paged)
    while (operation := state.ask()) is not None:
        for element in state.take(await client.send(operation)):
            yield element
