"""A server as the place where a phone delivers callbacks."""

from __future__ import annotations

import asyncio
import http.client
from contextlib import closing

from sinch.errors import ConfigurationError
from sinch.testing.delivering import BaseTarget, Received
from sinch.testing.signing import SignedRequest
from sinch.urls import http_url

__tracebackhide__ = True


class UrlTarget(BaseTarget):
    """A server: real HTTP, no redirects, one connection for each callback."""

    def __init__(self, url: str) -> None:
        try:
            parts = http_url(url)
        except ValueError:
            problem = f"not an http or https URL: {url!r:.200}"
            raise ConfigurationError(problem, argument="target") from None
        super().__init__()
        self._where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port

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
