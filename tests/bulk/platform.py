"""A platform on a real socket that counts: how often which number was sent to, whatever it answered."""

from __future__ import annotations

import asyncio
import json
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
Answer = tuple[int, dict[str, object]]


@dataclass
class Platform:
    """``cut`` is the share of answers that never arrive, ``latency`` how long one takes, in seconds.

    ``refuse`` may answer otherwise, given the number; then nothing counts as sent.
    """

    url: str = ""
    cut: float = 0.0
    latency: float = 0.0
    refuse: Callable[[str], Answer | None] = lambda number: None
    counts: Counter[str] = field(default_factory=Counter)
    references: dict[str, str] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    busy: int = 0
    most: int = 0
    connections: set[asyncio.Transport] = field(default_factory=set, repr=False)

    @property
    def sent(self) -> int:
        return sum(self.counts.values())

    @property
    def twice(self) -> list[str]:
        return [number for number, count in self.counts.items() if count > 1]

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """A receipt whose id is the number, so that a status can be asked for by it."""
        if path.startswith("/xms/v1/"):
            return self.batch(method, path, body)
        last = unquote(path.partition("?")[0].rsplit("/", 1)[1])
        if method == "GET":
            return self.tell(path, last)
        if body and "/sms/" not in path:
            return self.begin(json.loads(body))
        refused = self.refuse(last)
        if refused is not None:
            return refused
        self.counts[last] += 1
        self.times.append(asyncio.get_running_loop().time())
        return 200, {"messageId": int(last.removeprefix("+"))}

    def batch(self, method: str, path: str, body: bytes) -> Answer:
        """The SMS REST API: batches, which a client reference finds, and their reports."""
        target = urlsplit(path)
        if method == "POST":
            asked = json.loads(body)
            self.counts.update(asked["to"])
            found = f"B{len(self.batches):025}"
            self.batches[found] = asked
            return 201, {"id": found, **asked, "type": "mt_text"}
        if target.path.endswith("/batches"):
            [reference] = parse_qs(target.query)["client_reference"]
            listed = [
                {"id": found, "type": "mt_text", **asked}
                for found, asked in self.batches.items()
                if asked["client_reference"] == reference
            ]
            return 200, {"count": len(listed), "page": 0, "page_size": 30, "batches": listed}
        found = target.path.split("/")[-2]
        numbers = self.batches[found]["to"]
        bad = [number for number in numbers if number.endswith("3")]
        good = [number for number in numbers if not number.endswith("3")]
        statuses = [
            {"code": code, "status": status, "count": len(some), "recipients": some}
            for code, status, some in ((0, "Delivered", good), (408, "Rejected", bad))
            if some
        ]
        return 200, {"type": "delivery_report_sms", "batch_id": found, "statuses": statuses}

    def begin(self, asked: dict[str, Any]) -> Answer:
        """A verification or a call, which are known by what is in the body."""
        reference = asked.get("reference", "")
        number = asked["identity" if reference else "ttsCallout"]
        number = number["endpoint"] if reference else number["destination"]["endpoint"]
        self.counts[number] += 1
        self.references[reference] = number
        return 200, {"id": number, "callId": number}

    def tell(self, path: str, last: str) -> Answer:
        """What became of it: whatever ends in 3 went wrong."""
        bad = last.endswith("3")
        if "/sms/" in path:
            return 200, {"status": "Faulted" if bad else "Successful"}
        if "/calls/" in path:
            return 200, {"callId": last, "result": "BUSY" if bad else "ANSWERED"}
        number = self.references.get(last) if "/reference/" in path else last
        if number is None:
            return 404, {"errorCode": 40400, "message": "No such verification"}
        return 200, {"id": number, "status": "FAIL" if bad else "SUCCESSFUL"}


class _Connection(asyncio.Protocol):
    def __init__(self, platform: Platform) -> None:
        self._platform, self._pending = platform, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._platform.connections.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._platform.connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._pending, 0, end)
            size = end + 4 + (int(length[1]) if length else 0)
            if len(self._pending) < size:
                return
            request, self._pending = self._pending[:size], self._pending[size:]
            self._take(request, end)

    def _take(self, request: bytes, end: int) -> None:
        platform = self._platform
        method, path, _ = request[:end].split(b"\r\n")[0].decode().split(" ")
        status, answer = platform.answer(method, path, request[end + 4 :])
        platform.busy += 1
        platform.most = max(platform.most, platform.busy)
        cut = method == "POST" and platform.chance.random() < platform.cut
        asyncio.get_running_loop().call_later(
            platform.latency, self._end if cut else lambda: self._write(status, answer)
        )

    def _end(self) -> None:
        self._platform.busy -= 1
        self._transport.abort()

    def _write(self, status: int, answer: dict[str, object]) -> None:
        self._platform.busy -= 1
        body = json.dumps(answer).encode()
        head = f"HTTP/1.1 {status} It\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        if status == 429:
            head += "Retry-After: 0\r\n"
        self._transport.write(head.encode() + b"\r\n" + body)


async def _end(platform: Platform, server: asyncio.Server) -> None:
    server.close()
    for connection in [*platform.connections]:
        connection.abort()
    await asyncio.sleep(0)


@contextmanager
def serving(platform: Platform) -> Iterator[Platform]:
    """Serve in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    start = loop.create_server(lambda: _Connection(platform), "127.0.0.1", 0, backlog=512)
    server = asyncio.run_coroutine_threadsafe(start, loop).result(10)
    platform.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield platform
    finally:
        asyncio.run_coroutine_threadsafe(_end(platform, server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
