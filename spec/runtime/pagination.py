"""Lists that come in pages, as one: what to ask for, what is in a page, and how it goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

import attrs

from .codec import Malformed
from .operation import ApiAnswer, Operation

P = TypeVar("P")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Paged(Generic[P, T_co]):
    """All elements of a list that is asked for page by page; hand it to ``iterate`` of a transport.

    ``ask`` makes the operation for a page, from what tells which; ``elements`` are those of a page;
    ``following`` says from a page, what told it and how many elements it had what tells the next one:
    None at the end.
    """

    ask: Callable[[Any], Operation[P]]
    elements: Callable[[P], Iterable[T_co]]
    following: Callable[[P, Any, int], Any]
    first: Any = None


def by_token(read: Callable[[Any], Any]) -> Callable[[Any, Any, int], Any]:
    """Each page says what to ask the next one with; one that says nothing, or itself again, is the last."""

    def following(page: Any, current: Any, count: int) -> Any:  # noqa: ARG001
        token = read(page)
        return None if token in (None, "") or token == current else token

    return following


_LINK = re.compile(r"<([^>]*)>([^<]*)")
_NEXT = re.compile(
    r""";\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\s*(?:[;,]|$))""", re.IGNORECASE
)


def by_link(name: str, read: Callable[[Any], Any]) -> Callable[[ApiAnswer[Any], Any, int], Any]:
    """The ``Link`` header leads to the next page, until there is none with ``rel="next"``.

    Of its URL only the value of the parameter is used: no answer can send us, and what authenticates
    us, to another place.
    """

    def following(page: ApiAnswer[Any], current: Any, count: int) -> Any:  # noqa: ARG001
        for target, rest in _LINK.findall(page.headers.get("Link", "")):
            values = parse_qs(urlsplit(target).query).get(name, []) if _NEXT.search(rest) else []
            if values:
                try:
                    found = read(values[-1])
                except Malformed:
                    return None
                return None if found == current else found
        return None

    return following


def by_number(page: Any, current: Any, count: int) -> int | None:  # noqa: ARG001
    """Pages have numbers; an empty one is behind the last."""
    return int(current) + 1 if count else None


def by_offset(page: Any, current: Any, count: int) -> int | None:  # noqa: ARG001
    """Pages start at the element that is asked for; an empty one is behind the last."""
    return int(current) + count if count else None
