"""urllib3 connections that know when a request is being written, and that obey one deadline.

Exceptions cannot tell whether a request left this machine: a TLS error or a proxy's error may come
before or after. So the connection itself says so, just before it writes the request's first byte.
What goes to a proxy to open a tunnel is not the request.

The timeouts of a socket are for one operation each, which a peer can string out for ever. Here
every operation gets at most what is left of the whole exchange.
"""

from __future__ import annotations

import functools
import http
import http.client
import io
import re
import socket
import sys
import threading
import time
from contextlib import suppress
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import Any

import urllib3.util.connection
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
)

from .wire import Timeout

_BIG = 16 * 1024
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d{3}) ?(.*)")


class Exchange:
    """One request and its answer, as far as its connection tells.

    ``sent``: None until a watched connection takes part; then whether it began to write the request.
    ``refusal``: status and phrase of a proxy that would not open a tunnel.
    """

    __slots__ = ("connecting", "deadline", "location", "refusal", "sent", "timeout", "until")

    def __init__(self, timeout: Timeout) -> None:
        self.timeout = timeout
        self.deadline = self.until = time.monotonic() + timeout.total
        self.connecting = False
        self.sent: bool | None = None
        self.refusal: tuple[int, str] | None = None
        self.location: str | None = None

    def left(self) -> float:
        """Seconds that the present phase may still take. Raises TimeoutError when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this exchange is over")
        return left

    def patience(self) -> float:
        """Seconds that one operation of a socket may take."""
        return min(self.left(), self.timeout.read)


class _Here(threading.local):
    exchange: Exchange | None = None


#: The exchange that this thread is in. Blocking exchanges begin and end in one thread.
here = _Here()


def watch(pool: Any) -> None:
    """Make a pool's future connections watched ones, unless somebody replaced how they work."""
    kind = pool.ConnectionCls
    if not issubclass(kind, Watched):
        pool.ConnectionCls = _watched(kind)


@functools.cache
def _watched(kind: type[Any]) -> type[Any]:
    usual = {HTTPConnection.connect, HTTPSConnection.connect}
    if (
        issubclass(kind, HTTPConnection)
        and kind.connect in usual
        and kind.send is http.client.HTTPConnection.send
        and kind.request is HTTPConnection.request
        and kind.response_class is HTTPConnection.response_class
    ):
        usual_dial = kind._new_conn is HTTPConnection._new_conn  # noqa: SLF001
        return type(f"Watched{kind.__name__}", (Watched, kind), {"_dials_as_usual": usual_dial})
    # A recorder or a test double: it is in doubt what it sends, and doubt means sent.
    return kind


class _FinalAnswer(http.client.HTTPResponse):
    """Reads past every interim answer (102, 103, ...), as the standard library does past 100 only.

    Taken for the answer, one would hide the real one, which the next request would then be given.
    """

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, http.HTTPStatus.CONTINUE if 102 <= status < 200 else status, reason


class Watched(HTTPConnection):
    """Mixed in before a connection class of urllib3. Without an exchange it reads interim answers only."""

    response_class = _FinalAnswer
    _dials_as_usual = True
    #: What of a request waits for the rest of it, to be written together.
    _held: list[bytes] | None = None

    def connect(self) -> None:
        """Connect, by way of a proxy where there is one, within ``timeout.connect`` in all."""
        exchange = here.exchange
        if exchange is None:
            super().connect()
        else:
            exchange.sent = exchange.sent or False
            exchange.connecting = True
            exchange.until = min(exchange.deadline, time.monotonic() + exchange.timeout.connect)
            try:
                super().connect()
            finally:
                exchange.connecting = False
                exchange.until = exchange.deadline
        if not isinstance(self.sock, DeadlineSocket):
            self.sock = DeadlineSocket(self.sock)

    def request(self, *args: Any, **options: Any) -> None:
        """Write a request: headers and a short body at once, which is one call of the system less."""
        if here.exchange is not None:
            self._held = []
        try:
            super().request(*args, **options)
            if held := self._held:
                self._held = None
                self.send(b"".join(held))
        finally:
            self._held = None

    def send(self, data: Any) -> None:
        """Write to the connection, and first of all remember it."""
        if (held := self._held) is not None:
            if len(data) < _BIG:
                held.append(data)
                return
            self._held = None  # joining what is long would copy it
            self.send(b"".join(held))
        exchange = here.exchange
        if exchange is not None and not exchange.connecting:
            if self.sock is None and self.auto_open:
                self.connect()
            exchange.sent = True
        super().send(data)

    def _new_conn(self) -> Any:
        exchange = here.exchange
        if exchange is None:
            return super()._new_conn()
        if self._dials_as_usual:
            sock = _dial(self, exchange)
        else:
            # SOCKS and the like dial in their own way, with a timeout for each step.
            self.timeout = exchange.left()
            sock = super()._new_conn()
        # What follows, the TLS handshake, takes its time from the socket.
        sock.settimeout(exchange.left())
        return sock

    def _tunnel(self) -> None:
        exchange = here.exchange
        plain = self.sock
        if exchange is None:
            super()._tunnel()
            return
        if not isinstance(plain, DeadlineSocket):
            self.sock = DeadlineSocket(plain)
        try:
            super()._tunnel()
        except OSError as error:
            if refused := _TUNNEL_REFUSED.match(str(error)):
                exchange.refusal = int(refused[1]), refused[2]
            raise
        finally:
            if self.sock is not None:
                self.sock = plain
        plain.settimeout(exchange.left())

    def _connect_tls_proxy(self, hostname: str, sock: Any) -> Any:
        return DeadlineSocket(super()._connect_tls_proxy(hostname, sock))  # type: ignore[misc]


class DeadlineSocket:
    """A socket whose every operation ends with the exchange it is part of; else as the one inside."""

    __slots__ = ("_limit", "_socket")

    def __init__(self, inner: Any) -> None:
        self._socket = inner
        self._limit: float | None = inner.gettimeout()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    @property
    def _io_refs(self) -> int:
        # urllib3 counts files here, as the standard library does, when it speaks TLS within TLS.
        count: int = self._socket._io_refs  # noqa: SLF001
        return count

    @_io_refs.setter
    def _io_refs(self, count: int) -> None:
        self._socket._io_refs = count  # noqa: SLF001

    def settimeout(self, seconds: float | None) -> None:
        """Set the limit for one operation outside of exchanges."""
        self._limit = seconds

    def gettimeout(self) -> float | None:
        """The limit for one operation outside of exchanges."""
        return self._limit

    def _arm(self) -> Any:
        exchange = here.exchange
        self._socket.settimeout(self._limit if exchange is None else exchange.patience())
        return self._socket

    def recv(self, *args: Any) -> bytes:
        """Read what comes."""
        data: bytes = self._arm().recv(*args)
        return data

    def recv_into(self, *args: Any) -> int:
        """Read what comes into a buffer."""
        size: int = self._arm().recv_into(*args)
        return size

    def send(self, *args: Any) -> int:
        """Write what fits."""
        size: int = self._arm().send(*args)
        return size

    def sendall(self, data: Any, *args: Any) -> None:
        """Send everything; a peer that stops reading, or reads in drips, is given up in time."""
        if len(data) <= _BIG:
            self._arm().sendall(data, *args)
            return
        with memoryview(data) as view:
            done = 0
            while done < len(view):
                done += self._arm().send(view[done : done + _BIG], *args)

    def makefile(self, mode: str = "r", *args: Any, **options: Any) -> Any:
        """A file of the socket; http.client reads answers from one."""
        if mode != "rb":
            return self._socket.makefile(mode, *args, **options)
        return io.BufferedReader(_Reader(self._socket.makefile("rb", buffering=0), self._arm))


class _Reader(io.RawIOBase):
    def __init__(self, raw: Any, arm: Any) -> None:
        self._raw = raw
        self._arm = arm

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        self._arm()
        return self._raw.readinto(buffer)

    def fileno(self) -> int:
        number: int = self._raw.fileno()
        return number

    def close(self) -> None:
        self._raw.close()
        super().close()


def _dial(connection: HTTPConnection, exchange: Exchange) -> Any:
    """Connect to the first of a host's addresses that answers; each gets its share of the time."""
    host, port = connection._dns_host, connection.port or 0  # noqa: SLF001
    try:
        addresses = _addresses(host, port, exchange)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "looking up the name timed out") from error
    failure: Exception = OSError("the name has no address")
    for number, address in enumerate(addresses):
        try:
            sock = urllib3.util.connection.create_connection(
                (address, port),
                exchange.left() / (len(addresses) - number),
                source_address=connection.source_address,
                socket_options=connection.socket_options,
            )
        except OSError as error:
            failure = error
        else:
            sys.audit("http.client.connect", connection, host, port)
            return sock
    if isinstance(failure, TimeoutError):
        raise ConnectTimeoutError(connection, "connecting timed out") from failure
    raise NewConnectionError(connection, f"cannot connect: {failure}") from failure


def _addresses(host: str, port: int, exchange: Exchange) -> list[str]:
    """Look a name up, in a thread of its own, since nothing else can end a look-up that hangs."""
    literal = host.strip("[]")
    with suppress(ValueError):
        ip_address(literal.partition("%")[0])
        return [literal]
    try:
        host.encode("idna")
    except UnicodeError as error:
        raise LocationParseError(f"{host!r}, label empty or too long") from error
    family = urllib3.util.connection.allowed_gai_family()
    results: SimpleQueue[Any] = SimpleQueue()

    def look_up() -> None:
        try:
            results.put(socket.getaddrinfo(host, port, family, socket.SOCK_STREAM))
        except Exception as error:  # noqa: BLE001 - handed over to the thread that waits
            results.put(error)

    try:
        threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    except RuntimeError:
        # No new threads while the interpreter shuts down.
        look_up()
    try:
        found = results.get(timeout=exchange.left())
    except Empty:
        raise TimeoutError("looking up the name timed out") from None
    if isinstance(found, Exception):
        raise found
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
