# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""The blocking transport: the one place that imports requests."""

from __future__ import annotations

import os
import threading
import time
from typing import Any, Self, TypeVar

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError

from .failures import NoResponse, TransportUnusable, UnreadableResponse
from .operation import Operation
from .wire import MAX_RESPONSE_BYTES, Timeout, WireFormat, WireRequest, why

T = TypeVar("T")
_CHUNK = 64 * 1024
#: Session.send asks every request for its jar, and copies it before it writes to it.
_NO_COOKIES = RequestsCookieJar()


class BlockingTransport:
    """Sends operations with requests.

    Safe to use from several threads at once. After a fork, the child opens connections of its own.
    ``session`` is yours to configure and to close; without one, a pooled session is made and closed
    here, and proxies and certificates of the environment are read once per host.
    """

    def __init__(
        self,
        wire: WireFormat | None = None,
        *,
        timeout: Timeout | None = None,
        session: requests.Session | None = None,
        pool_size: int = 64,
    ) -> None:
        self.wire = wire or WireFormat()
        self.timeout = timeout or Timeout()
        self._pool_size = pool_size
        self._borrowed = session is not None
        self._session = session or self._new_session()
        self._settings: dict[str, dict[str, Any]] = {}
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self.closed = False

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        adapter = HTTPAdapter(pool_connections=8, pool_maxsize=self._pool_size, max_retries=0)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session

    def send(self, operation: Operation[T], timeout: Timeout | None = None) -> T:
        """Send one operation once and read its answer; ``timeout`` replaces the transport's own.

        Raises :class:`.NoResponse`, :class:`.ErrorResponse`, :class:`.UnreadableResponse` or
        :class:`.TransportUnusable`.
        """
        self._check_usable()
        limits = timeout or self.timeout
        deadline = time.monotonic() + limits.total
        response = self._start(self.wire.request(operation), limits)
        with response:
            body = self._read(response, deadline)
        return operation.read(response.status_code, response.headers, body)

    def _start(self, request: WireRequest, limits: Timeout) -> requests.Response:
        """Send the request as built: no merging of session headers, no redirects, no .netrc."""
        prepared = requests.PreparedRequest()
        prepared.method = request.method
        prepared.url = request.url
        prepared.headers = CaseInsensitiveDict(request.headers)
        prepared.body = request.body
        prepared.hooks = {"response": []}
        # Session.send reads this attribute; the stubs do not know it.
        prepared._cookies = _NO_COOKIES  # type: ignore[attr-defined]  # noqa: SLF001
        try:
            return self._session.send(
                prepared,
                stream=True,
                timeout=(limits.connect, limits.read),
                allow_redirects=False,
                **self._environment(request.url),
            )
        except requests.ConnectTimeout:
            raise NoResponse("connecting timed out", sent=False, timed_out=True) from None
        except requests.Timeout:
            raise NoResponse("no answer in time", sent=True, timed_out=True) from None
        except (requests.exceptions.SSLError, requests.exceptions.ProxyError) as error:
            raise NoResponse(f"cannot connect ({why(error)})", sent=False) from None
        except requests.ConnectionError as error:
            connected = not _never_connected(error)
            what = "connection lost" if connected else "cannot connect"
            raise NoResponse(f"{what} ({why(error)})", sent=connected) from None
        except (requests.RequestException, HTTPError, OSError) as error:
            raise NoResponse(f"connection lost ({why(error)})", sent=True) from None

    def _read(self, response: requests.Response, deadline: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        try:
            # read1 gives what has arrived; waiting for a full chunk would let a drip outlast the clock.
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                size += len(chunk)
                if size > MAX_RESPONSE_BYTES:
                    raise UnreadableResponse(
                        status=response.status_code,
                        problem="is too large",
                        headers=response.headers,
                        body=b"".join(chunks),
                    )
                if time.monotonic() > deadline:
                    raise NoResponse("answer not complete in time", sent=True, timed_out=True)
                chunks.append(chunk)
        except ReadTimeoutError:
            raise NoResponse("answer not complete in time", sent=True, timed_out=True) from None
        except (HTTPError, OSError) as error:
            raise NoResponse(f"answer cut short ({why(error)})", sent=True) from None
        return b"".join(chunks)

    def _environment(self, url: str) -> dict[str, Any]:
        host = url.split("/", 3)[2]
        settings = self._settings.get(host)
        if settings is None:
            settings = dict(self._session.merge_environment_settings(url, {}, None, None, None))
            del settings["stream"]
            self._settings[host] = settings
        return settings

    def _check_usable(self) -> None:
        if self.closed:
            raise TransportUnusable("the client is closed")
        if self._pid != os.getpid():
            if self._borrowed:
                raise TransportUnusable("this process was forked: make a client in each process")
            with self._lock:
                if self._pid != os.getpid():
                    self._session = self._new_session()
                    self._pid = os.getpid()

    def close(self) -> None:
        """Close the connections; a session that was passed in stays open. Closing twice is fine."""
        self.closed = True
        if not self._borrowed:
            self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _never_connected(error: requests.ConnectionError) -> bool:
    cause = error.args[0] if error.args else None
    cause = getattr(cause, "reason", cause)
    return isinstance(cause, NewConnectionError | ConnectTimeoutError)
