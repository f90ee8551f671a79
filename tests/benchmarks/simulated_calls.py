"""Simulated calls: hundreds in progress at once, with an app that answers their callbacks.

Sandbox, app and phones share one event loop, so all of it runs on one core. Every call is placed,
walks through a menu, is connected, and is hung up; the app checks the signature of each callback.
All calls are in progress before the first one ends. The floor posts the same number of callbacks
with bare aiohttp to an app that only reads JSON. A lost, doubled or disordered event is an error.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import time
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from .bare import KEY, SECRET
from .contest import Row
from .field import Field

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


def measure(field: Field) -> list[Row]:
    """Calls a second on one core, of processor time; and a callback beside bare aiohttp."""
    options = {"calls": 100 if field.quick else 500}
    samples = field.compete(__name__, ("engine", "phone", "live", "bare", "control"), options)
    rows = []
    for who, (what, aim) in _RATES.items():
        rate = samples.median(who, "rate")
        aimed = "" if aim is None else f"≥ {aim:,}/s"
        good = None if aim is None else rate.value >= aim
        rows.append(Row(f"simulated calls a second, {what}", rate, None, None, "/s", aimed, good))
    note = "posting it with bare aiohttp"
    rows.append(samples.row("one callback of a live call", "live", "bare", key="us", against=note))
    rows.append(samples.control("simulated calls: control", "control", "bare"))
    return rows


#: What each way is called, and its aim.
_RATES = {
    "engine": ("engine alone", 2000),
    "phone": ("Phone(router), in process", None),
    "live": ("live over HTTP with app", 300),
}


def run(who: str, url: str, *, calls: int) -> dict[str, float]:
    """Calls a second of processor time, and microseconds for one callback."""
    if who in {"bare", "control"}:
        asyncio.run(_bare(80))
        spent = asyncio.run(_bare(calls * len(EVENTS)))
    elif who == "live":
        asyncio.run(_simulate(20))  # what is imported and made once
        spent = asyncio.run(_simulate(calls))
    else:
        way = {"engine": _engine, "phone": _phone}[who]
        way(20)
        gc.collect()
        started = time.process_time()
        way(calls)
        spent = time.process_time() - started
    return {"rate": calls / spent, "us": spent / (calls * len(EVENTS)) * 1e6}


def _engine(count: int) -> None:
    """The engine with answers at hand: no signatures, no HTTP, no event models."""
    from sinch.engine import Ask, Engine, EventUrls, Happened, InboundCall
    from sinch.engine.scheduler import Scheduler

    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    numbers = itertools.count(1)
    engine = Engine(
        Scheduler(lambda: now),
        application_key=KEY,
        new_id=lambda: f"id-{next(numbers)}",
        urls=EventUrls(primary="app:"),
    )
    answers = {"ice": MENU, "pie": CONNECT, "ace": CONTINUE}
    told: list[str] = []

    def deliver() -> None:
        while effects := engine.drain():
            for effect in effects:
                if isinstance(effect, Happened):
                    continue
                told.append(effect.event["event"])
                engine.reply(effect.id, answers[told[-1]] if isinstance(effect, Ask) else None)

    for _ in range(count):
        told.clear()
        call = engine.inbound(InboundCall(from_="+46700000002", to="+46700000001"))
        deliver()
        engine.press(call.id, "1")
        deliver()
        for _ in range(3):
            if (due := engine.next_due(call.id)) is not None and "ace" not in told:
                now = due
                engine.reply("", None)
                deliver()
        engine.hang_up(call.id)
        deliver()
        if told != EVENTS:
            raise AssertionError(f"the engine told {told}")
        engine.forget(call.id)


def _phone(count: int) -> None:
    """The way of tests: signed callbacks into a router, in this process."""
    from sinch.testing import Phone

    seen: defaultdict[str, list[str]] = defaultdict(list)
    phone = Phone(_router(seen, blocking=True))
    for _ in range(count):
        call = phone.call("+46700000001")
        call.press("1")
        assert call.connected_to == "+46700000009"
        call.hang_up()
    if len(seen) != count or any(events != EVENTS for events in seen.values()):
        raise AssertionError("a call has other events")


async def _simulate(count: int) -> float:
    """Processor seconds of calls in the sandbox, with an app that is asked over HTTP."""
    from aiohttp import web

    from sinch.sandbox import Sandbox
    from sinch.web.aiohttp import callback_routes

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
            started = time.process_time()
            await _walk(sandbox, count)
            taken = time.process_time() - started
            _check(sandbox, seen, count)
    finally:
        await runner.cleanup()
    return taken


def _router(seen: dict[str, list[str]], *, blocking: bool = False) -> Any:
    from sinch.callbacks import CallbackRouter, CallbackVerifier

    router = CallbackRouter(CallbackVerifier(KEY, SECRET))
    answers = {"ice": MENU, "pie": CONNECT, "ace": CONTINUE, "dice": None}

    def take(name: str) -> Any:
        async def handle(event: Any) -> Any:
            seen[event.call_id].append(name)
            return answers[name]

        def handle_at_once(event: Any) -> Any:
            seen[event.call_id].append(name)
            return answers[name]

        return handle_at_once if blocking else handle

    for name in EVENTS:
        getattr(router, name)(take(name))
    return router


async def _walk(sandbox: Any, count: int) -> None:
    import aiohttp

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


def _check(sandbox: Any, seen: dict[str, list[str]], count: int) -> None:
    engine = sandbox.emulator.services.engine
    wrong = {call: events for call, events in seen.items() if events != EVENTS}
    if len(seen) != count or wrong:
        raise AssertionError(f"{len(seen)} of {count} calls, with other events: {wrong}")
    if unfinished := [call.id for call in engine.calls() if not call.ended]:
        raise AssertionError(f"calls that did not end: {unfinished}")


async def _bare(count: int) -> float:
    """CPU time of posting ``count`` callbacks by hand to an app that parses and answers them."""
    import aiohttp
    from aiohttp import web

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
