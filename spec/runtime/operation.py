"""An API call as a value: what to send, and how to read the answer. Nothing here touches a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote

import attrs

from .codec import Malformed, dumps, loads
from .failures import ErrorResponse, UnreadableResponse
from .headers import Headers

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class ApiAnswer(Generic[T_co]):
    """A result together with the answer it was read from.

    ``value`` is what the call gives by itself, ``body`` the answer's bytes without compression,
    ``headers`` all its headers, found in any letter case, and ``attempts`` how often it was sent.
    """

    value: T_co
    status: int
    headers: Headers = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    attempts: int = 1


@attrs.frozen
class Server:
    """Where an API lives. ``url`` may hold ``{region}``; ``shared_path`` is its path on a host that serves every API."""

    name: str
    url: str
    shared_path: str = ""

    def root(self, *, base_url: str | None = None, region: str = "") -> str:
        """The URL that operation paths are appended to."""
        if base_url is not None:
            return base_url.rstrip("/") + self.shared_path
        return self.url.replace("{region}", f"-{region}" if region else "")


@attrs.frozen(kw_only=True)
class Operation(Generic[T_co]):
    """One call, ready to be sent any number of times.

    ``path`` is percent-encoded. ``idempotent`` tells whether sending it twice does no more than
    sending it once. Sending returns what ``read`` makes of the answer.
    """

    name: str
    method: str
    server: Server
    path: str
    idempotent: bool
    body: bytes | None = attrs.field(default=None, repr=False)
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    result: Callable[[object], T_co] | None = attrs.field(default=None, repr=False)

    def with_headers(self, headers: Mapping[str, str]) -> Operation[T_co]:
        """The same call with more headers; a name in another letter case is the same name."""
        given = {name.lower() for name in headers}
        kept = {name: value for name, value in self.headers.items() if name.lower() not in given}
        return attrs.evolve(self, headers={**kept, **headers})

    def with_answer(self) -> Operation[ApiAnswer[T_co]]:
        """The same call, giving the whole :class:`ApiAnswer` instead of its value alone."""
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(Operation)}
        return _WholeAnswer[T_co](**fields)

    def read(self, status: int, headers: Mapping[str, str], body: bytes) -> T_co:
        """Read an answer: the result for any 2xx, else :class:`ErrorResponse`.

        Raises :class:`UnreadableResponse` when a 2xx has a body that is not as described.
        """
        if not 200 <= status < 300:
            raise ErrorResponse(status=status, headers=headers, body=body)
        if self.result is None:
            return cast("T_co", None)
        try:
            return self.result(loads(body))
        except Malformed as problem:
            raise UnreadableResponse(
                status=status, problem=str(problem), headers=headers, body=body
            ) from None


class _WholeAnswer(Operation[ApiAnswer[T]]):
    """An operation that keeps the answer. A class of its own, so that others pay nothing for it."""

    def read(self, status: int, headers: Mapping[str, str], body: bytes) -> ApiAnswer[T]:
        value = cast("T", super().read(status, headers, body))
        return ApiAnswer(value, status, Headers(headers), body)


_PLAIN = re.compile(r"[A-Za-z0-9_~+:@-][A-Za-z0-9._~+:@-]*")


def segment(name: str, value: str) -> str:
    """One value as one path segment. ``+``, ``:`` and ``@`` stay as they are, as Sinch signs them.

    Raises ValueError for what a URL path cannot carry: empty text, ``.``, ``..`` and half of a
    surrogate pair.
    """
    if _PLAIN.fullmatch(value):
        return value
    if value not in {"", ".", ".."}:
        try:
            return quote(value, safe="+:@")
        except UnicodeEncodeError:
            pass
    raise ValueError(f"{name}: {value!r} cannot be part of a URL path")


def given(headers: Mapping[str, str | None]) -> dict[str, str]:
    """The headers that have a value."""
    return {key: value for key, value in headers.items() if value is not None}


def json_body(value: Mapping[str, Any]) -> bytes:
    """A request body."""
    return dumps(value)
