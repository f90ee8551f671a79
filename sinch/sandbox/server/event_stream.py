"""``GET /_sandbox/events``: what happens, as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from sinch.sandbox.control.event_serializers import event_data

from .emulator import Emulator

PATH: Final = "/_sandbox/events"
_MOST_WAITING: Final = 5_000
_HEARTBEAT_SECONDS: Final = 15.0
_RETRY_MILLISECONDS: Final = 1000


class EventStream:
    """One watcher; a slow one loses events and is told so."""

    def __init__(self, emulator: Emulator, loop: asyncio.AbstractEventLoop) -> None:
        self._emulator = emulator
        self._loop = loop
        self._waiting: deque[tuple[str, Mapping[str, Any]]] = deque()
        self._lost = False
        self._arrived = asyncio.Event()
        self._count = 0

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Send events until the client goes away or the server stops."""
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
        )
        await response.prepare(request)
        state = self._emulator.state
        with state.lock:
            stop = state.events.watch(self._take)
            hello = self._emulator.inspection.overview(f"http://{request.host}")
        try:
            await response.write(f"retry: {_RETRY_MILLISECONDS}\n\n".encode())
            await response.write(self._encoded("hello", hello))
            while True:
                await response.write(await self._next())
        except ConnectionError:
            pass
        finally:
            with state.lock:
                stop()
        return response

    def _take(self, name: str, record: object) -> None:
        """Under the lock, from any thread."""
        if len(self._waiting) >= _MOST_WAITING:
            self._lost = True
        else:
            self._waiting.append((name, event_data(record, self._emulator.state)))
        if not self._arrived.is_set():
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._arrived.set)

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(_HEARTBEAT_SECONDS):
                await self._arrived.wait()
        except TimeoutError:
            return b": still here\n\n"
        self._arrived.clear()
        chunks: list[bytes] = []
        while self._waiting:
            chunks.append(self._encoded(*self._waiting.popleft()))
        if self._lost:
            self._lost = False
            chunks.append(self._encoded("lost", {}))
        return b"".join(chunks) or b": nothing\n\n"

    def _encoded(self, name: str, data: Mapping[str, Any]) -> bytes:
        self._count += 1
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
        # JSON escapes line breaks, so the data is always one line
        return f"id: {self._count}\nevent: {name}\ndata: {text}\n\n".encode("utf-8", "replace")
