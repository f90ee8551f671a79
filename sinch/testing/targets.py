"""Where a phone delivers callbacks: a router, an application, or a URL."""

from __future__ import annotations

import sys
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import urlsplit

from sinch.callbacks.router import CallbackRouter
from sinch.errors import ConfigurationError
from sinch.testing.delivering import (
    BaseTarget,
    Received,
    Target,
    afterwards_in_time,
    in_time,
)
from sinch.testing.signing import SignedRequest

if TYPE_CHECKING:
    from sinch.testing.applications import Asgi, Wsgi

__tracebackhide__ = True
App: TypeAlias = "CallbackRouter | Wsgi | Asgi | str | object"


class RouterTarget(BaseTarget):
    """A router without any web framework: no port, no HTTP, but signatures."""

    def __init__(self, router: CallbackRouter) -> None:
        super().__init__()
        self._router = router

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in blocking code."""
        if self._router.has_async_handlers:
            return self.loop.run(lambda: self.asend(request, limit))
        with afterwards_in_time(limit):
            answer = self._router.dispatch(request.delivery)
        return Received(answer.status, answer.body)

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        async with in_time(limit):
            return await self._dispatch(request)

    async def _dispatch(self, request: SignedRequest) -> Received:
        answer = await self._router.dispatch_async(request.delivery)
        return Received(answer.status, answer.body)


def target_of(app: App) -> Target:
    """Find out what kind of application this is; only what this kind needs is imported."""
    if isinstance(app, CallbackRouter):
        return RouterTarget(app)
    if isinstance(app, str):
        from sinch.testing.url_target import UrlTarget

        return UrlTarget(app)
    # asked this way round, nothing is imported that the application has not imported before
    web = sys.modules.get("aiohttp.web")
    if web is not None and isinstance(app, web.Application):
        from sinch.testing.aiohttp_target import AiohttpTarget

        return AiohttpTarget(cast("Any", app))
    if not callable(app):
        raise ConfigurationError(
            "a phone calls a CallbackRouter, a WSGI or ASGI application, an aiohttp "
            f"web.Application or a URL, not {type(app).__name__}",
            argument="target",
        )
    from sinch.testing.applications import AsgiTarget, WsgiTarget

    if iscoroutinefunction(app) or iscoroutinefunction(type(app).__call__):
        return AsgiTarget(cast("Asgi", app))
    return WsgiTarget(cast("Wsgi", app))


def path_of(app: App, given: str | None) -> str:
    """The path of the callback URL: the one given, that of the URL, or ``/sinch``."""
    if given is not None:
        return given if given.startswith("/") else f"/{given}"
    if isinstance(app, str):
        parts = urlsplit(app)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return "/sinch"
