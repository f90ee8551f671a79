"""How the in-process sandbox is asked: requests and answers without a network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Final, TypeAlias

from sinch.sandbox.rest.http import JSON_TYPE, Request, Response
from sinch.testing.disturbing import Arrival

__tracebackhide__ = True
BASE_URL: Final = "http://sandbox.localhost"
Ask: TypeAlias = Callable[[Request], Arrival]
AsyncAsk: TypeAlias = Callable[[Request], Awaitable[Arrival]]


def request_of(method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Request:
    """A request as the sandbox wants it."""
    return Request.of(method, url, [("Host", url.split("/", 3)[2]), *headers.items()], body or b"")


def headers_of(answer: Response) -> dict[str, str]:
    """The headers that the sandbox's server would send."""
    typed = {"Content-Type": JSON_TYPE} if answer.body else {}
    return {**typed, **answer.headers, "Content-Length": str(len(answer.body))}


class AnswerHeaders(Mapping[str, str]):
    """The headers of an answer, found in any letter case."""

    def __init__(self, answer: Response) -> None:
        self._values = {name.lower(): value for name, value in headers_of(answer).items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
