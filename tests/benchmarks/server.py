"""The peer of all contestants: answers any HTTP/1.1 request with the same receipt, and fast.

It runs as a process of its own (``python -m tests.benchmarks.server``), so that its work is not
counted as anybody's, and prints its port when it listens. It ends when its input closes.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

RECEIPT = b'{"messageId":128392}'
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
    b"Content-Length: %d\r\nDate: Sun, 22 Nov 2026 20:00:00 GMT\r\n\r\n" % len(RECEIPT)
) + RECEIPT
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Receipts(asyncio.Protocol):
    """One connection; requests may come in pieces, and several on one connection."""

    def __init__(self) -> None:
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._pending, 0, end)
            size = end + 4 + (int(length[1]) if length else 0)
            if len(self._pending) < size:
                return
            self._pending = self._pending[size:]
            self._transport.write(_ANSWER)


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
