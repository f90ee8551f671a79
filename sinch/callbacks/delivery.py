"""One HTTP request as it came: all that the verifier needs, and nothing of any web framework."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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


class Headers:
    """The headers of a request, found by name in any letter case; repeated ones are kept."""

    __slots__ = ("_values",)

    def __init__(self, headers: RawHeaders = ()) -> None:
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

    def get(self, name: str) -> str | None:
        """The first value under a name, or ``None``."""
        values = self._values.get(name.lower())
        return values[0] if values else None

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value under a name, in the order they came."""
        return self._values.get(name.lower(), ())

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._values == other._values if isinstance(other, Headers) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        # names only: one of the values is a signature
        return f"<Headers {', '.join(sorted(self._values))}>"


def _headers(value: Headers | RawHeaders) -> Headers:
    return value if isinstance(value, Headers) else Headers(value)


def _method(value: str | bytes) -> str:
    return _text(value).upper()


def _path(value: str | bytes) -> str:
    path = _text(value)
    if not path.startswith("/") and (origin := _ORIGIN.match(path)):
        path = path[origin.end() :]
    return path.partition("?")[0] or "/"


@attrs.frozen
class Delivery:
    """An HTTP request as it reached this machine; web adapters make one of each request.

    ``method`` in any letter case. ``path`` is the path of the request line, still percent-encoded;
    a query, or scheme and host in front, is cut off, since neither is signed (facts 3.1).
    ``headers`` takes any mapping or sequence of pairs, of text or bytes; repeated headers matter,
    so hand over the framework's multi-dict rather than a plain ``dict``. ``body`` is the bytes as
    they came: parsing and writing JSON again breaks the signature.

    ``repr`` shows neither header values nor the body.
    """

    method: str = attrs.field(converter=_method)
    path: str = attrs.field(converter=_path)
    headers: Headers = attrs.field(converter=_headers)
    body: bytes = attrs.field(
        default=b"", converter=bytes, repr=lambda body: f"<{len(body)} bytes>"
    )
