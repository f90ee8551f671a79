"""One HTTP request as it came: all that the verifier needs, and nothing of any web framework."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

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

    __slots__ = ("_values",)

    _values: dict[str, tuple[str, ...]]

    def __init__(self, headers: RawHeaders = ()) -> None:
        if isinstance(headers, RequestHeaders):
            self._values = headers._values  # noqa: SLF001 - of its own kind, and never changed
            return
        found: dict[str, tuple[str, ...]] = {}
        # multi-dicts of the frameworks give repeated headers through items()
        pairs: Any = headers.items() if isinstance(headers, Mapping) else headers
        for raw_name, raw_value in pairs:
            # text is nearly always ASCII, and then needs no call to decode it
            if type(raw_name) is str and raw_name.isascii():
                name = raw_name.lower()
            else:
                name = _text(raw_name).lower()
            if type(raw_value) is str and raw_value.isascii():
                value = raw_value
            else:
                value = _text(raw_value)
            found[name] = (*found[name], value) if name in found else (value,)
        self._values = found

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()][0]

    def getall(self, name: str) -> tuple[str, ...]:
        """Every value under a name, in the order they came; empty when there is none."""
        return self._values.get(name.lower(), ())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return (
            self._values == other._values if isinstance(other, RequestHeaders) else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"<RequestHeaders {', '.join(sorted(self._values))}>"


def _headers(value: RequestHeaders | RawHeaders) -> RequestHeaders:
    return value if isinstance(value, RequestHeaders) else RequestHeaders(value)


def _split(target: str | bytes) -> tuple[str, str]:
    """Path and query of a request target, without the scheme and host that may come first."""
    text = _text(target)
    if not text.startswith("/") and (origin := _ORIGIN.match(text)):
        text = text[origin.end() :]
    path, _, query = text.partition("?")
    return path or "/", query


@attrs.frozen(init=False)
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

    if TYPE_CHECKING:

        def __attrs_init__(self, *fields: object) -> None: ...

    def __init__(
        self,
        method: str | bytes,
        path: str | bytes,
        headers: RequestHeaders | RawHeaders,
        body: bytes = b"",
        *,
        query: str | bytes | None = None,
    ) -> None:
        path, found = _split(path)
        self.__attrs_init__(
            _text(method).upper(),
            path,
            _headers(headers),
            body if type(body) is bytes else bytes(body),
            found if query is None else _text(query),
        )
