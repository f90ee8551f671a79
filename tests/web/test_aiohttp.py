"""What the aiohttp adapter does beyond the contract."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.web.aiohttp import callback_handler


@pytest.fixture
def router(key, secret) -> CallbackRouter:
    return CallbackRouter(CallbackVerifier(key, secret))


async def post(app: web.Application, body: bytes, headers: Any) -> int:
    async with TestClient(TestServer(app)) as peer:
        return (await peer.post("/sinch", data=body, headers=headers)).status


async def test_the_handler_fits_add_post(router, ice, signed):
    app = web.Application()
    app.router.add_post("/sinch", callback_handler(router))
    assert await post(app, ice(), signed("/sinch", ice())) == 200


async def test_client_max_size_does_not_matter(router, ice, signed):
    app = web.Application(client_max_size=10)
    app.router.add_post("/sinch", callback_handler(router))
    assert await post(app, ice(), signed("/sinch", ice())) == 200


async def test_a_middleware_may_read_the_body_before(router, ice, signed):
    @web.middleware
    async def reading(request, handler):
        await request.read()
        return await handler(request)

    app = web.Application(middlewares=[reading])
    app.router.add_post("/sinch", callback_handler(router))
    assert await post(app, ice(), signed("/sinch", ice())) == 200


async def test_plain_handlers_do_not_hold_up_the_event_loop(router, ice, signed):
    seen: list[threading.Thread] = []
    router.ice(lambda event: seen.append(threading.current_thread()))
    app = web.Application()
    app.router.add_post("/sinch", callback_handler(router))
    assert await post(app, ice(), signed("/sinch", ice())) == 200
    assert seen[0] is not threading.main_thread()
