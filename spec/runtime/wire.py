"""What goes over the wire, decided once for both transports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import attrs

from . import __version__
from .bodies import Body
from .credentials import Authorize, QueryKey, chosen
from .operation import Operation

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
    ``read``: each wait for the peer, to take bytes of the request or to send bytes of the answer.
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


def _path_of_base(wire: WireFormat) -> str:
    return urlsplit(wire.base_url or "").path.rstrip("/")


@attrs.frozen(kw_only=True)
class WireFormat:
    """Turns operations into requests: host, headers, signature.

    ``credentials`` are by the name of the scheme in the specification, and used as each operation
    asks for; ``authorize`` is for operations that they do not serve, and for all without them.
    ``variables`` are those of the servers' URLs.
    """

    authorize: Authorize = attrs.field(default=anonymous, repr=False)
    credentials: Mapping[str, Authorize] = attrs.field(factory=dict, repr=False)
    variables: Mapping[str, str] = attrs.field(factory=dict)
    base_url: str | None = None
    region: str = ""
    user_agent: str = USER_AGENT
    _base_path: str = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_path_of_base, takes_self=True)
    )

    def _described(self, operation: Operation[Any]) -> bool:
        return bool(self.credentials) and operation.security is not None

    def request(self, operation: Operation[Any]) -> WireRequest:
        """Build and sign one request, with a fresh timestamp each time."""
        server, path, body = operation.server, operation.path, operation.body
        root = server.root(base_url=self.base_url, region=self.region, variables=self.variables)
        url = root + path
        if self.base_url is not None:
            path = self._base_path + server.shared_path + path
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            **operation.headers,
        }
        content_type = ""
        if body is not None:
            told = body.content_type if isinstance(body, Body) else operation.content_type
            content_type = headers["Content-Type"] = told or CONTENT_TYPE
        if operation.method != "GET":
            headers["Content-Length"] = str(len(body or b""))
        ways = (
            chosen(operation.security or (), self.credentials)
            if self._described(operation)
            else None
        )
        query = operation.query
        for authorize in (self.authorize,) if ways is None else ways:
            headers.update(authorize(operation.method, path, content_type, body or b""))
            if isinstance(authorize, QueryKey):
                query = f"{query}&{authorize.query}" if query else authorize.query
        if query:
            url = f"{url}?{query}"
        return WireRequest(operation.method, url, headers, body)
