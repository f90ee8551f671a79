"""One HTTP request as it came: all that the verifier needs, and nothing of any web framework."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs

RawHeaders: TypeAlias = (
    Mapping[str, str] | Mapping[bytes, bytes] | Iterable[tuple[str, str] | tuple[bytes, bytes]]
)

_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


def _text(value: str | bytes) -> str:
    """Decode so that encoding as UTF-8 with surrogateescape gives the same bytes back."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if value.isascii():  # nearly always
        return value
    try:
        value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # stray surrogates cannot have come from a socket, and could not be signed
        return value.encode("utf-8", "replace").decode()
    return value


class RequestHeaders(Mapping[str, str]):
    """The headers of a request: a read-only mapping, found by name in any letter case.

    Of several headers of one name ``headers[name]`` and ``headers.get(name)`` give the first, and
    :meth:`getall` gives all of them. A WSGI server joins them with commas before anybody sees
    them, so there ``getall`` gives one text. Iterating gives each name once, in lower case.
    ``repr`` shows the names only: one of the values is a signature.
    """

    __slots__ = ("_first", "_repeated")

    _first: dict[str, str]
    _repeated: dict[str, tuple[str, ...]]
    """All values of the names that came more than once."""

    def __init__(self, headers: RawHeaders = ()) -> None:
        # asked by class first: whether something is an instance of an abstract class takes long
        simple = _simple(headers) if type(headers) is dict else None
        if simple is not None:
            self._first, self._repeated = simple, {}
        elif isinstance(headers, RequestHeaders):
            # of its own kind, and never changed
            self._first, self._repeated = headers._first, headers._repeated  # noqa: SLF001
        else:
            self._first, self._repeated = _sorted(headers)

    def __getitem__(self, name: str) -> str:
        return self._first[name.lower()]

    def getall(self, name: str) -> tuple[str, ...]:
        """Every value under a name, in the order they came; empty when there is none."""
        name = name.lower()
        first = self._first.get(name)
        return () if first is None else self._repeated.get(name) or (first,)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._first

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def __len__(self) -> int:
        return len(self._first)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RequestHeaders):
            return NotImplemented
        return self._first == other._first and self._repeated == other._repeated

    def __hash__(self) -> int:
        return hash(frozenset(self._first.items()))

    def __repr__(self) -> str:
        return f"<RequestHeaders {', '.join(sorted(self._first))}>"


SignatureHeaders: TypeAlias = tuple[str | None, str | None, str | None, Container[str]]


def signature_headers(headers: RequestHeaders) -> SignatureHeaders:
    """Authorization, x-timestamp and Content-Type, the first of each, and which names came again."""
    get, repeated = headers._first.get, headers._repeated  # noqa: SLF001 - of this file
    return get("authorization"), get("x-timestamp"), get("content-type"), repeated


def _simple(headers: Any) -> dict[str, str] | None:
    """The headers of a plain dict by folded name; ``None`` unless all is ASCII text and no name repeated."""
    try:
        found = {name.lower(): value for name, value in headers.items()}
        plain = "".join(found).isascii() and "".join(found.values()).isascii()
    except (TypeError, AttributeError):  # bytes, or what is no header at all
        return None
    return found if plain and len(found) == len(headers) else None


def _sorted(headers: RawHeaders) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The first value of each name, and all values of those that came more than once."""
    first: dict[str, str] = {}
    repeated: dict[str, tuple[str, ...]] = {}
    # multi-dicts of the frameworks give repeated headers through items()
    pairs: Any = headers.items() if isinstance(headers, Mapping) else headers
    for raw_name, raw_value in pairs:
        name, value = _text(raw_name).lower(), _text(raw_value)
        if name in first:
            repeated[name] = (*repeated.get(name, (first[name],)), value)
        else:
            first[name] = value
    return first, repeated


def _split(target: str | bytes) -> tuple[str, str]:
    """Path and query of a request target, without the scheme and host that may come first."""
    text = _text(target)
    if not text.startswith("/") and (origin := _ORIGIN.match(text)):
        text = text[origin.end() :]
    path, _, query = text.partition("?")
    return path or "/", query


@attrs.frozen(
    init=False, slots=False
)  # without slots it is made in one go: one is made of each request
class Delivery:
    """An HTTP request as it reached this machine; web adapters make one of each request.

    ``method`` in any letter case. ``path`` is the target of the request line: the path, still
    percent-encoded, with the query if it has one; scheme and host in front are cut off. ``headers``
    takes any mapping or sequence of pairs, of text or bytes; repeated headers matter, so hand over
    the framework's multi-dict rather than a plain ``dict``. ``body`` is the bytes as they came:
    parsing and writing JSON again breaks the signature. ``query`` is for servers that hand it over
    apart from the path.

    Method, path, Content-Type, x-timestamp and body are signed; the query and other headers are
    not. ``repr`` shows neither the query, nor header values, nor the body.
    """

    method: str
    path: str
    """The path, without the query."""
    headers: RequestHeaders
    body: bytes = attrs.field(repr=lambda body: f"<{len(body)} bytes>")
    query: str = attrs.field(repr=False)
    """The query as it came, without the question mark; "" when there is none."""

    def __init__(
        self,
        method: str | bytes,
        path: str | bytes,
        headers: RequestHeaders | RawHeaders,
        body: bytes = b"",
        *,
        query: str | bytes | None = None,
    ) -> None:
        if type(path) is str and path[:1] == "/" and path.isascii():  # nearly always
            path, _, found = path.partition("?")
        else:
            path, found = _split(path)
        self.__dict__.update(
            method="POST" if method == "POST" else _text(method).upper(),
            path=path,
            headers=headers if type(headers) is RequestHeaders else RequestHeaders(headers),
            body=body if type(body) is bytes else bytes(body),
            query=found if query is None else _text(query),
        )
