"""The peer of all contestants: answers any HTTP/1.1 request with a receipt, and fast.

It runs as a process of its own (``python -m tests.benchmarks.server``), so that its work is not
counted as anybody's, and prints its port when it listens. It ends when its input closes.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen


def _answer(receipt: bytes) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
        b"Content-Length: %d\r\nDate: Sun, 22 Nov 2026 20:00:00 GMT\r\n\r\n" % len(receipt)
    ) + receipt


#: What is answered to the first line of a request that has one of these parts in it.
_ANSWERS = {
    part: _answer(receipt)
    for part, receipt in {
        b"/messaging/": b'{"messageId":128392}',
        b"/calling/": b'{"callId":"128392"}',
        b"/2010-04-01/": b'{"sid":"128392","status":"queued","to":"+46700000000","body":"x"}',
        b"/sms/json": b'{"message-count":"1","messages":[{"to":"46700000000","message-id":"128392",'
        b'"status":"0","remaining-balance":"1","message-price":"0.1","network":"24001"}]}',
    }.items()
}
#: What a batch is answered with, besides what was asked for.
_BATCH = {
    "id": "128392", "canceled": False, "type": "mt_text", "delivery_report": "none", "flash_message": False,
    "created_at": "2026-11-22T20:00:00Z", "modified_at": "2026-11-22T20:00:00Z",
    "expire_at": "2026-11-25T20:00:00Z",
}  # fmt: skip
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Receipts(asyncio.Protocol):
    """One connection; requests may come in pieces, and several on one connection."""

    connections = 0
    batches = 0
    recipients = 0

    def __init__(self) -> None:
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        Receipts.connections += 1
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._pending, 0, end)
            size = end + 4 + (int(length[1]) if length else 0)
            if len(self._pending) < size:
                return
            line = self._pending[: self._pending.index(b"\r\n")]
            body = self._pending[end + 4 : size]
            self._pending = self._pending[size:]
            self._transport.write(_answer_to(line, body))


def _answer_to(line: bytes, body: bytes) -> bytes:
    if b"/xms/" in line:
        return _batch(json.loads(body))
    for part, answer in _ANSWERS.items():
        if part in line:
            return answer
    counts = {name: getattr(Receipts, name) for name in ("connections", "batches", "recipients")}
    return _answer(json.dumps(counts).encode())


def _batch(asked: dict[str, Any]) -> bytes:
    """Counted, and answered as Sinch does: with all that was asked for, numbers without plus."""
    Receipts.batches += 1
    Receipts.recipients += len(asked["to"])
    plain = [number.removeprefix("+") for number in asked["to"]]
    return _answer(json.dumps({**asked, **_BATCH, "to": plain}).encode())


def counted(url: str) -> dict[str, int]:
    """How many connections (the one that asks included), batches and their recipients there ever were."""
    with urlopen(f"{url}/counted") as answer:
        found: dict[str, int] = json.load(answer)
    return found


def connections(url: str) -> int:
    """How many connections the server has ever taken, the one that asks included."""
    return counted(url)["connections"]


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Receipts, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def running() -> Iterator[str]:
    """A server in a process of its own; gives its base URL."""
    command = [sys.executable, "-m", "tests.benchmarks.server"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve())
