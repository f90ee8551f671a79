"""Ways to authenticate that the specification names, as functions for ``WireFormat(credentials=...)``."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import quote

import attrs

#: ``(method, path, content_type, body)`` -> headers that authenticate exactly this request.
Authorize = Callable[[str, str, str, bytes], Mapping[str, str]]


@attrs.frozen
class _Headers:
    """The same headers for every request."""

    headers: Mapping[str, str] = attrs.field(repr=False)

    def __call__(self, method: str, path: str, content_type: str, body: bytes) -> Mapping[str, str]:  # noqa: ARG002
        """The same, whatever is sent."""
        return self.headers


@attrs.frozen
class QueryKey:
    """A key that goes into the query."""

    name: str
    value: str = attrs.field(repr=False)

    def __call__(self, method: str, path: str, content_type: str, body: bytes) -> Mapping[str, str]:  # noqa: ARG002
        """No headers: the key is in the query."""
        return {}

    @property
    def query(self) -> str:
        """What is added to the query."""
        return f"{quote(self.name, safe='')}={quote(self.value, safe='')}"


def basic(user: str, password: str) -> Authorize:
    """User name and password."""
    return _Headers({"Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"})


def bearer(token: str) -> Authorize:
    """A token, as OAuth gives them."""
    return _Headers({"Authorization": f"Bearer {token}"})


def api_key(name: str, value: str, *, where: str = "header") -> Authorize:
    """A key in a header of this name, in a cookie, or in the query."""
    if where == "query":
        return QueryKey(name, value)
    return _Headers(
        {"Cookie": f"{name}={quote(value, safe='')}"} if where == "cookie" else {name: value}
    )


def chosen(
    security: tuple[tuple[str, ...], ...], credentials: Mapping[str, Authorize]
) -> tuple[Authorize, ...] | None:
    """What authenticates an operation: for the first way of its that there are all credentials for.

    Nothing when it asks for nothing; None when there are credentials for none of its ways.
    """
    for way in security:
        if all(name in credentials for name in way):
            return tuple(credentials[name] for name in way)
    return None if security else ()
