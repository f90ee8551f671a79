"""Lists that come in pages, gone through one by one; new elements do not make old ones come twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, TypeVar

from sinch.core.flow import AsyncSender, Sender
from sinch.errors import UnreadableAnswer
from sinch_api.operation import Operation
from sinch_api.pagination import Paged

T = TypeVar("T")

REMEMBERED: Final = 10_000
"""How many of the last elements are known again. One comes twice when newer ones moved it down, and so
many would have to arrive between two requests before one was missed here."""

STALE_PAGES: Final = 5
"""Pages in a row that bring nothing new: then the server does not page, and would go on for ever."""


class _Pages:
    """Which page is next, and which of its elements are new: newer ones move the others down."""

    def __init__(self, paged: Paged[Any, Any]) -> None:
        self._paged = paged
        self._next: Any = paged.first
        self._seen: dict[object, None] = {}  # in the order in which they came
        self._count = 0
        self._stale = 0

    def ask(self) -> Operation[Any] | None:
        return None if self._next is None else self._paged.ask(self._next)

    def take(self, page: Any) -> list[Any]:
        elements = list(self._paged.elements(page))
        self._count += len(elements)
        whole = page.count is not None and self._count >= page.count
        asked, self._next = self._next, None
        if not whole:
            self._next = self._paged.following(page, asked, len(elements))
        new = [element for element in elements if self._is_new(_key(element))]
        self._stale = 0 if new else self._stale + 1
        if self._stale >= STALE_PAGES and self._next is not None:
            raise self._endless(asked)
        return new

    def _is_new(self, key: object) -> bool:
        if key is None:
            return True
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return True

    def _endless(self, asked: Any) -> UnreadableAnswer:
        operation = self._paged.ask(asked)
        return UnreadableAnswer(
            f"the last {STALE_PAGES} pages had nothing that did not come before: this list has no end",
            method=operation.method,
            path=operation.path,
        )


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
