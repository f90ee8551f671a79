"""Where a phone delivers callbacks: a router, an application, or a URL."""

from __future__ import annotations

import asyncio
import http.client
import sys
from contextlib import closing
from inspect import iscoroutinefunction
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

from sinch.callbacks.router import CallbackRouter
from sinch.errors import ConfigurationError
from sinch.testing.applications import Asgi, AsgiTarget, Wsgi, WsgiTarget
from sinch.testing.delivering import (
    BaseTarget,
    Received,
    Target,
    afterwards_in_time,
    in_time,
)
from sinch.testing.signing import SignedRequest

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


class UrlTarget(BaseTarget):
    """A server: real HTTP, no redirects, one connection for each callback."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigurationError(f"not an http or https URL: {url!r:.200}", argument="target")
        super().__init__()
        self._where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port

    def send(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in blocking code."""
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        with closing(kind(self._host, self._port, timeout=limit)) as connection:
            try:
                connection.request(request.method, request.path, request.body, request.headers)
                response = connection.getresponse()
                location = response.headers.get("Location", "")
                return Received(response.status, response.read(), location)
            except http.client.HTTPException as error:
                raise ConnectionError(f"no HTTP: {error!r}") from error
            except TimeoutError:
                raise TimeoutError(f"{self._where} is silent") from None
            except ConnectionRefusedError:
                raise ConnectionError(f"nobody listens at {self._where}") from None

    async def asend(self, request: SignedRequest, limit: float) -> Received:
        """Deliver in the running event loop."""
        return await asyncio.to_thread(self.send, request, limit)


def target_of(app: App) -> Target:
    """Find out what kind of application this is."""
    if isinstance(app, CallbackRouter):
        return RouterTarget(app)
    if isinstance(app, str):
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
