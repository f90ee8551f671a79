# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""The blocking transport: the one place that imports requests."""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

import attrs
import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from requests.utils import select_proxy
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError, SSLError
from urllib3.response import HTTPResponse
from urllib3.util import Retry

from .environment import check_proxy, place, proxy_for, trust_store
from .failures import (
    CLOSED,
    Failure,
    Misconfigured,
    NoResponse,
    TransportUnusable,
    UnreadableResponse,
)
from .operation import Operation
from .pagination import Paged
from .reasons import FAULTS_BELOW, no_response, refused_by_proxy
from .sink import Sink
from .watched import Exchange, here, watch
from .wire import MAX_RESPONSE_BYTES, Timeout, WireFormat, WireRequest

T = TypeVar("T")
_CHUNK = 64 * 1024


class _NoCookies(RequestsCookieJar):
    """A jar that stays empty: nothing of an answer goes into another request."""

    def extract_cookies(self, response: object, request: object) -> None:
        pass

    def set_cookie(self, *_: object, **__: object) -> None:
        pass


#: Session.send asks every request for its jar, and copies it before it writes to it.
_NO_COOKIES = RequestsCookieJar()
_NOT_OURS = (requests.RequestException, HTTPError, OSError, ValueError)
_PROXY_AUTHENTICATION_REQUIRED = 407


@attrs.frozen
class _Route:
    """How a session reaches one host: what does not change from call to call."""

    host: str
    proxy: str
    settings: dict[str, Any]
    forwards: bool
    """A proxy reads the request itself, instead of passing an encrypted tunnel through."""

    def failed(self, error: BaseException, exchange: Exchange) -> NoResponse:
        sent = exchange.sent is not False
        if exchange.refusal and not sent:
            reason = refused_by_proxy(*exchange.refusal, host=self.host, proxy=self.proxy)
            return NoResponse(reason, sent=False)
        return no_response(error, sent=sent, host=self.host, proxy=self.proxy)


class BlockingTransport:
    """Sends operations with requests.

    Safe to use from several threads at once. After a fork, the child opens connections of its own.
    ``session`` is yours to configure and to close; its adapters, proxies, certificates and
    ``trust_env`` apply, nothing else of it does. Without one, a pooled session is made and closed
    here. Proxies and certificates of the environment are read once per host.

    Raises :class:`.Misconfigured` for a session that is none, or that repeats requests by itself.
    """

    def __init__(
        self,
        wire: WireFormat | None = None,
        *,
        timeout: Timeout | None = None,
        session: requests.Session | None = None,
        pool_size: int = 128,
    ) -> None:
        self.wire = wire or WireFormat()
        self.timeout = timeout or Timeout()
        self._pool_size = pool_size
        self._borrowed = session is not None
        if session is not None:
            _check_session(session, self.wire.base_url or "https://")
        self._session = session or self._new_session()
        self._routes: dict[str, _Route] = {}
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self.closed = False

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.cookies = _NoCookies()
        adapter = _WatchedAdapter(pool_connections=8, pool_maxsize=self._pool_size, max_retries=0)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session

    def send(
        self,
        operation: Operation[T],
        *,
        timeout: Timeout | None = None,
        within: float | None = None,
    ) -> T:
        """Send one operation once and read its answer.

        ``timeout`` replaces the transport's; ``within`` is how many seconds there are at most.

        Raises :class:`.NoResponse`, :class:`.ErrorResponse`, :class:`.UnreadableResponse`,
        :class:`.TransportUnusable` or :class:`.Misconfigured`.
        """
        return self._send(operation, (timeout or self.timeout).within(within), None)

    def save(
        self,
        operation: Operation[bytes],
        file: BinaryIO,
        *,
        limit: int,
        timeout: Timeout | None = None,
        within: float | None = None,
    ) -> int:
        """Send one operation once and write the body of its answer to a file; gives its size.

        At most ``limit`` bytes are taken: :class:`.UnreadableResponse` is raised for a longer body, of
        which the file has a part by then. Otherwise as :meth:`send`.
        """
        sink = Sink(file, limit)
        self._send(operation, (timeout or self.timeout).within(within), sink)
        return sink.size

    def iterate(self, paged: Paged[Any, T], *, timeout: Timeout | None = None) -> Iterator[T]:
        """Each element of a list that comes in pages, which are asked for as they are needed."""
        current: Any = paged.first
        asked = False
        while not asked or current is not None:
            page = self.send(paged.ask(current), timeout=timeout)
            elements = list(paged.elements(page))
            yield from elements
            current, asked = paged.following(page, current, len(elements)), True

    def _send(self, operation: Operation[T], limits: Timeout, sink: Sink | None) -> T:
        self._check_usable()
        request = self.wire.request(operation)
        route = self._route(request.url)
        exchange = Exchange(limits)
        outer, here.exchange = here.exchange, exchange
        try:
            response = self._start(request, route, exchange)
            with response:
                body = self._read(response, sink)
        except _NOT_OURS as error:
            raise route.failed(error, exchange) from None
        except FAULTS_BELOW as error:
            if isinstance(error, Failure):
                raise
            raise route.failed(error, exchange) from error
        finally:
            here.exchange = outer
        if response.status_code == _PROXY_AUTHENTICATION_REQUIRED and route.forwards:
            reason = refused_by_proxy(407, "", host=route.host, proxy=route.proxy)
            raise Misconfigured(reason)
        return operation.read(response.status_code, response.headers, body)

    def _start(self, request: WireRequest, route: _Route, exchange: Exchange) -> requests.Response:
        """Send the request as built: no merging of session headers, no redirects, no .netrc."""
        prepared = _prepare(request)
        if self._borrowed:
            prepared.headers = CaseInsensitiveDict(request.headers)
            exchange.sent = False
            _watch_adapter(self._session.get_adapter(request.url), prepared, route.settings)
            exchange.sent = None
        limits = exchange.timeout
        response = self._session.send(
            prepared,
            stream=True,
            timeout=(min(limits.connect, limits.total), min(limits.read, limits.total)),
            allow_redirects=False,
            **route.settings,
        )
        if exchange.location is not None:
            response.headers["Location"] = exchange.location
        return response

    def _read(self, response: requests.Response, sink: Sink | None) -> bytes:
        chunks: list[bytes] = []
        size = 0
        # read1 gives what has arrived; waiting for a full chunk would let a drip outlast the clock.
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            if sink is not None and 200 <= response.status_code < 300:
                sink.take(chunk, response.status_code, response.headers)
                continue
            size += len(chunk)
            if size > MAX_RESPONSE_BYTES:
                raise UnreadableResponse(
                    status=response.status_code,
                    problem="is too large",
                    headers=response.headers,
                    body=b"".join(chunks),
                )
            chunks.append(chunk)
        return b"".join(chunks)

    def _route(self, url: str) -> _Route:
        origin = _origin(url)
        route = self._routes.get(origin)
        if route is None:
            route = self._routes[origin] = self._find_route(url)
        return route

    def _find_route(self, url: str) -> _Route:
        session = self._session
        proxy = select_proxy(url, session.proxies)
        if proxy:
            check_proxy(proxy, without_socks=_without_socks())
        verify = session.verify
        if session.trust_env:
            proxy = proxy or proxy_for(url, without_socks=_without_socks())
            if verify is True or verify is None:
                verify = trust_store() or True
        _check_exists(verify, session.cert)
        scheme = url.partition(":")[0]
        return _Route(
            host=place(url),
            proxy=place(proxy) if proxy else "",
            settings={
                "proxies": {scheme: proxy} if proxy else {},
                "verify": verify,
                "cert": session.cert,
            },
            forwards=bool(proxy) and scheme == "http" and not str(proxy).startswith("socks"),
        )

    def _check_usable(self) -> None:
        if self.closed:
            raise TransportUnusable(CLOSED)
        if self._pid != os.getpid():
            if self._borrowed:
                raise TransportUnusable(
                    "this process was forked, and the session that was passed in belongs to its "
                    "parent: make a client in each process"
                )
            with self._lock:
                if self._pid != os.getpid():
                    self._session = self._new_session()
                    self._routes = {}
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


class _WatchedAdapter(HTTPAdapter):
    """The adapter of our own sessions: all its connections are watched from the start.

    What is the same for every request to a host (see :class:`_Route`) is found once: the pool of
    its connections, and how a request names its target there.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._pools: dict[str, Any] = {}

    def get_connection_with_tls_context(
        self, request: Any, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        if here.exchange is not None:
            here.exchange.sent = False
        origin = _origin(request.url)
        pool = self._pools.get(origin)
        if (
            pool is None or pool.pool is None
        ):  # urllib3 closes the pools of hosts beyond the most recent
            pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
            watch(pool)
            self._pools[origin] = pool
        return pool

    def request_url(self, request: Any, proxies: Any) -> str:
        target: str = request.url[len(_origin(request.url)) :]
        if proxies or target.startswith("//") or "#" in target:
            return super().request_url(request, proxies)
        return target

    def build_response(self, req: Any, resp: Any) -> requests.Response:
        """The answer with what is read here: no cookies, no guess at how its text is encoded."""
        response = requests.Response()
        response.status_code, response.reason, response.raw = resp.status, resp.reason, resp
        response.headers = CaseInsensitiveDict(resp.headers)
        response.url, response.request = req.url, req
        response.connection = self
        return response


def _watch_adapter(
    adapter: object, prepared: requests.PreparedRequest, settings: Mapping[str, Any]
) -> None:
    """Have an adapter of somebody else's session tell what was sent; sessions may have one for each path."""
    _check_adapter(adapter)
    if isinstance(adapter, HTTPAdapter):
        watch(
            adapter.get_connection_with_tls_context(
                prepared, settings["verify"], settings["proxies"], settings["cert"]
            )
        )


def _origin(url: str) -> str:
    """Scheme, host and port of a URL of ours, which always has a path."""
    return url[: url.index("/", len("https://"))]


def _prepare(request: WireRequest) -> requests.PreparedRequest:
    prepared = requests.PreparedRequest()
    prepared.method = request.method
    prepared.url = request.url
    # Names in the letter case we gave them: our own adapter asks for them in no other.
    prepared.headers = request.headers  # type: ignore[assignment]
    prepared.body = request.body
    prepared.hooks = {"response": [_hide_location]}
    # Session.send reads this attribute; the stubs do not know it.
    prepared._cookies = _NO_COOKIES  # type: ignore[attr-defined]  # noqa: SLF001
    return prepared


def _hide_location(response: requests.Response, **_: object) -> None:
    """Keep Session.send from resolving a redirect: it would read the body and trust the Location."""
    if here.exchange is not None:
        here.exchange.location = response.headers.pop("Location", None)


def _without_socks() -> str:
    if importlib.util.find_spec("socks"):
        return ""
    return "install PySocks for it (pip install 'requests[socks]'), or use an HTTP proxy"


def _check_session(session: object, url: str) -> None:
    if not isinstance(session, requests.Session):
        kind = f"{type(session).__module__.partition('.')[0]}.{type(session).__name__}"
        raise Misconfigured(
            f"session must be a requests.Session here, not {kind}; "
            "an aiohttp.ClientSession is for the asyncio client",
            argument="session",
        )
    _check_adapter(session.get_adapter(url))


def _check_adapter(adapter: object) -> None:
    retries = getattr(adapter, "max_retries", None)
    if isinstance(retries, Retry) and retries.total != 0 and _repeats(retries):
        raise Misconfigured(
            "session has an adapter whose max_retries can send a request twice that must be sent "
            "once, such as an SMS: mount an HTTPAdapter(max_retries=0), and let the client repeat "
            "what is safe (retry=RetryPolicy(...))",
            argument="session",
        )


def _repeats(retries: Retry) -> bool:
    """Whether urllib3 would repeat a request that was sent; connecting again is harmless."""
    lost = (SSLError("lost"), ProtocolError("lost"), ReadTimeoutError(None, "/", "lost"))  # type: ignore[arg-type]
    answers = [HTTPResponse(status=status, headers={"Retry-After": "1"}) for status in (429, 503)]
    return any(
        any(_would_retry(retries, method, error=error) for error in lost)
        or any(
            retries.is_retry(method, answer.status, has_retry_after=True)
            and _would_retry(retries, method, response=answer)
            for answer in answers
        )
        for method in ("POST", "PUT", "PATCH")
    )


def _would_retry(retries: Retry, method: str, **outcome: Any) -> bool:
    try:
        retries.increment(method, "/", **outcome)
    except HTTPError:
        return False
    return True


def _check_exists(verify: object, cert: object) -> None:
    named = [verify, *(cert if isinstance(cert, tuple) else [cert])]
    for path in named:
        if isinstance(path, str) and not Path(path).exists():
            raise Misconfigured(f"session names {path}, which does not exist", argument="session")
