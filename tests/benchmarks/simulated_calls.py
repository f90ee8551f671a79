"""Simulated calls: hundreds in progress at once, with an app that answers their callbacks.

Sandbox, app and phones share one event loop, so all of it runs on one core. Every call is placed,
walks through a menu, is connected, and is hung up; the app checks the signature of each callback.
All calls are in progress before the first one ends. The floor posts the same number of callbacks
with bare aiohttp to an app that only reads JSON. A lost, doubled or disordered event is an error.
"""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections import defaultdict
from typing import Any

import aiohttp
from aiohttp import web

from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.sandbox import Sandbox
from sinch.web.aiohttp import callback_routes

from .bare import KEY, SECRET
from .harness import Row

EVENTS = ["ice", "pie", "ace", "dice"]
MENU: dict[str, Any] = {
    "action": {
        "name": "runMenu",
        "mainMenu": "main",
        "menus": [
            {
                "id": "main",
                "mainPrompt": "#tts[Press 1 for sales]",
                "repeats": 3,
                "timeoutMills": 600_000,
                "options": [{"dtmf": "1", "action": "return(sales)"}],
            }
        ],
    }
}
CONNECT: dict[str, Any] = {
    "action": {
        "name": "connectPstn",
        "destination": {"type": "number", "endpoint": "+46700000009"},
    }
}
CONTINUE: dict[str, Any] = {"action": {"name": "continue"}}


def measure(url: str, *, quick: bool) -> list[Row]:
    """CPU time of one callback with all that belongs to it, and how many there are in a second."""
    calls = 250 if quick else 1000
    spent, seconds = asyncio.run(_simulate(calls))
    floor = asyncio.run(_bare(calls * len(EVENTS)))
    per = calls * len(EVENTS)
    ours, bare = spent / per * 1000, floor / per * 1000
    rate = per / seconds
    note = f"bare aiohttp; {calls} calls at once, {rate:.0f} callbacks/s, none lost"
    return [Row("simulated calls, per callback", ours, bare, ours / bare, "ms", None, note)]


async def _simulate(count: int) -> tuple[float, float]:
    seen: defaultdict[str, list[str]] = defaultdict(list)
    app = web.Application()
    app.add_routes(callback_routes("/sinch", _router(seen)))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        target = f"http://127.0.0.1:{runner.addresses[0][1]}/sinch"
        async with Sandbox(key=KEY, secret=SECRET, callback_url=target) as sandbox:
            gc.collect()
            cpu, started = time.process_time(), time.monotonic()
            await _walk(sandbox, count)
            taken = time.process_time() - cpu, time.monotonic() - started
            _check(sandbox, seen, count)
    finally:
        await runner.cleanup()
    return taken


def _router(seen: dict[str, list[str]]) -> CallbackRouter:
    router = CallbackRouter(CallbackVerifier(KEY, SECRET))
    answers = {"ice": MENU, "pie": CONNECT, "ace": CONTINUE, "dice": None}

    def take(name: str) -> Any:
        async def handle(event: Any) -> Any:
            seen[event.call_id].append(name)
            return answers[name]

        return handle

    for name in EVENTS:
        getattr(router, name)(take(name))
    return router


async def _walk(sandbox: Sandbox, count: int) -> None:
    connector = aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
            async with session.post(f"{sandbox.url}/_sandbox/{path}", json=body) as answer:
                found: dict[str, Any] = await answer.json()
                if answer.status != 200:
                    raise AssertionError(f"{path} was answered {answer.status}: {found}")
                return found

        def caller(number: int) -> dict[str, Any]:
            return {"from": f"+4670{number:07}", "to": "+46700000001"}

        placed = await asyncio.gather(*(post("calls", caller(n)) for n in range(count)))
        ids = [call["callId"] for call in placed]
        await asyncio.gather(*(post(f"calls/{i}/press", {"digits": "1"}) for i in ids))
        await sandbox.advance_async(1)
        talking = sum(not call.ended for call in sandbox.emulator.services.engine.calls())
        if talking != count:
            raise AssertionError(f"{talking} of {count} calls are in progress at once")
        await asyncio.gather(*(post(f"calls/{i}/hangup", {}) for i in ids))


def _check(sandbox: Sandbox, seen: dict[str, list[str]], count: int) -> None:
    engine = sandbox.emulator.services.engine
    wrong = {call: events for call, events in seen.items() if events != EVENTS}
    if len(seen) != count or wrong:
        raise AssertionError(f"{len(seen)} of {count} calls, with other events: {wrong}")
    if unfinished := [call.id for call in engine.calls() if not call.ended]:
        raise AssertionError(f"calls that did not end: {unfinished}")


async def _bare(count: int) -> float:
    """CPU time of posting ``count`` callbacks by hand to an app that parses and answers them."""

    async def take(request: web.Request) -> web.Response:
        json.loads(await request.read())
        return web.Response(body=json.dumps(CONTINUE).encode(), content_type="application/json")

    app = web.Application()
    app.router.add_post("/sinch", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        target = f"http://127.0.0.1:{runner.addresses[0][1]}/sinch"
        body = json.dumps({"event": "ace", "callid": "x", "version": 1}).encode()
        connector = aiohttp.TCPConnector(limit=100)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def post() -> None:
                async with session.post(target, data=body) as answer:
                    json.loads(await answer.read())

            gc.collect()
            started = time.process_time()
            await asyncio.gather(*(post() for _ in range(count)))
            return time.process_time() - started
    finally:
        await runner.cleanup()
