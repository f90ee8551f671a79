"""What goes over the wire, decided once for both transports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

import attrs

from . import __version__
from .bodies import Body
from .credentials import Authorize, QueryKey, chosen
from .operation import Operation, Server

CONTENT_TYPE = "application/json; charset=utf-8"
USER_AGENT = f"{__name__.partition('.')[0].replace('_', '-')}/{__version__}"
MAX_RESPONSE_BYTES = 8 * 1024 * 1024


def anonymous(method: str, path: str, content_type: str, body: bytes) -> Mapping[str, str]:  # noqa: ARG001
    """Authenticate nothing; for servers that do not ask."""
    return {}


@attrs.frozen
class Timeout:
    """Limits of one exchange, in seconds.

    ``connect``: from the name look-up to the end of the TLS handshake, a proxy's part included.
    ``read``: each wait for the peer, to take bytes of the request or to send bytes of the answer;
    where asyncio is used, the request and the head of its answer are one such wait, unless the body
    of the request is large.
    ``total``: everything, from the name look-up to the last byte of the answer.
    """

    connect: float = 5.0
    read: float = 20.0
    total: float = 30.0

    def within(self, seconds: float | None) -> Timeout:
        """The same limits in an exchange that must be over in this many seconds."""
        if seconds is None or seconds >= self.total:
            return self
        seconds = max(seconds, 0.001)
        return Timeout(min(self.connect, seconds), min(self.read, seconds), seconds)


class WireRequest(NamedTuple):
    """An HTTP request down to its headers. Both transports send exactly this."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


@attrs.frozen
class _Way:
    """What is alike in all requests to one server that authenticate in the same ways."""

    root: str
    signed_root: str
    """Before the path of the operation, in what is signed."""
    headers: Mapping[str, str]
    authorizers: tuple[Authorize, ...]
    query: str


_Kind: TypeAlias = tuple[Server, tuple[tuple[str, ...], ...] | None]


@attrs.frozen(kw_only=True)
class WireFormat:
    """Turns operations into requests: host, headers, signature.

    ``credentials`` are by the name of the scheme in the specification, and used as each operation
    asks for; ``authorize`` is for operations that they do not serve, and for all without them.
    ``variables`` are those of the servers' URLs. None of this is changed afterwards.
    """

    authorize: Authorize = attrs.field(default=anonymous, repr=False)
    credentials: Mapping[str, Authorize] = attrs.field(factory=dict, repr=False)
    variables: Mapping[str, str] = attrs.field(factory=dict)
    base_url: str | None = None
    region: str = ""
    user_agent: str = USER_AGENT
    #: Found once for each server and kind of security, of which a specification has a few.
    _ways: dict[_Kind, _Way] = attrs.field(init=False, repr=False, eq=False, factory=dict)

    def request(self, operation: Operation[Any]) -> WireRequest:
        """Build and sign one request, with a fresh timestamp each time."""
        kind = (operation.server, operation.security)
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(*kind)
        method, path, body = operation.method, operation.path, operation.body
        headers = {**way.headers, **operation.headers}
        content_type = ""
        if body is not None:
            told = body.content_type if isinstance(body, Body) else operation.content_type
            content_type = headers["Content-Type"] = told or CONTENT_TYPE
        signed = body or b""
        if method != "GET":
            headers["Content-Length"] = str(len(signed))
        for authorize in way.authorizers:
            headers.update(authorize(method, way.signed_root + path, content_type, signed))
        url = way.root + path
        if operation.query or way.query:
            url = f"{url}?{'&'.join(filter(None, (operation.query, way.query)))}"
        return WireRequest(method, url, headers, body)

    def _way(self, server: Server, security: tuple[tuple[str, ...], ...] | None) -> _Way:
        root = server.root(base_url=self.base_url, region=self.region, variables=self.variables)
        signed_root = ""
        if self.base_url is not None:
            signed_root = urlsplit(self.base_url).path.rstrip("/") + server.shared_path
        described = bool(self.credentials) and security is not None
        ways = chosen(security or (), self.credentials) if described else None
        authorizers = (self.authorize,) if ways is None else ways
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
        }
        keys = [one.query for one in authorizers if isinstance(one, QueryKey)]
        return _Way(root, signed_root, headers, authorizers, "&".join(keys))
