"""What a handler can learn of the request beyond its event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import attrs

from sinch.callbacks.delivery import RequestHeaders
from sinch.core.signing import utc_now
from sinch_api.pairs import Pairs

if TYPE_CHECKING:
    from sinch.callbacks.verifier import Verified

QueryLike: TypeAlias = str | Mapping[str, str] | Iterable[tuple[str, str]]


def _query(value: QueryLike) -> Pairs:
    if isinstance(value, str):
        from urllib.parse import parse_qsl

        return Pairs(parse_qsl(value, keep_blank_values=True))
    return Pairs(value)


@attrs.frozen(kw_only=True)
class CallbackContext:
    """The request behind an event: the third thing that a handler may take.

    .. code-block:: python

        @router.ice
        def incoming(event: IceEvent, svaml: Svaml, context: CallbackContext):
            return svaml.ice().say(GREETINGS[context.headers["X-CB-Tenant"]]).hangup()

    Sinch signs method, path, Content-Type, x-timestamp and body. The other headers and the query
    are **not** signed: they come from whoever had the signed request in hand, so take
    ``application_key`` for what an application may do, and headers for the rest.

    Everything but ``application_key`` may be left out, for tests of handlers:
    ``router.handle(event, context=CallbackContext(application_key=KEY, headers={...}))``.
    """

    application_key: str
    """The application key, as it is configured, whose secret signed the request."""
    headers: RequestHeaders = attrs.field(factory=RequestHeaders, converter=RequestHeaders)
    """A mapping, by name in any letter case. Of several headers of one name it gives the first;
    ``headers.getall(name)`` gives all (a WSGI server has joined them with commas)."""
    path: str = "/"
    """The path as it reached this program, still percent-encoded, without the query."""
    query: Pairs = attrs.field(default=Pairs(), converter=_query)
    """The query, decoded: a mapping. Of several values of one name it gives the last;
    ``query.getall(name)`` gives all."""
    body: bytes = attrs.field(default=b"", repr=lambda body: f"<{len(body)} bytes>")
    """The body as it came: the very bytes that were signed."""
    received_at: datetime = attrs.field(factory=utc_now)
    """When it was verified, by the verifier's clock, in UTC."""


def context_of(verified: Verified) -> CallbackContext:
    """The context of a verified delivery."""
    delivery = verified.delivery
    return CallbackContext(
        application_key=verified.application_key,
        headers=delivery.headers,
        path=delivery.path,
        query=delivery.query,
        body=delivery.body,
        received_at=verified.received_at,
    )
