"""Callbacks in ``aiohttp.web``.

.. code-block:: python

    app.add_routes(callback_routes("/sinch", router))
    app.router.add_post("/sinch", callback_handler(router))  # the same, for POST only
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from sinch.callbacks import CallbackAnswer, CallbackRouter, Delivery
from sinch.web import http

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


def callback_handler(router: CallbackRouter) -> Handler:
    """Make a handler for ``add_post`` or any other way to add one.

    Takes plain and ``async`` handlers of events; plain ones, and blocking seen-before stores, run
    in threads, so they cannot hold up the event loop. The limit of the body is the router's
    ``max_body``, whatever the application's ``client_max_size``.
    """
    http.check_router(router)

    async def sinch_callback(request: web.Request) -> web.StreamResponse:
        answer = http.finish(await _answer(router, request), request.method)
        return web.Response(body=answer.body, status=answer.status, headers=answer.headers)

    return sinch_callback


def callback_routes(path: str, router: CallbackRouter) -> list[web.RouteDef]:
    """Make what ``app.add_routes`` takes: callbacks at ``path``, and a 405 for other methods."""
    return [web.route("*", path, callback_handler(router))]


async def _answer(router: CallbackRouter, request: web.Request) -> CallbackAnswer:
    length = request.headers.get("Content-Length")
    early = http.answer_early(request.method, length, router.max_body)
    if early is not None:
        return early
    # raw_path and raw_headers: request.path is decoded, and request.content_type is trimmed
    body = await _body(request, router.max_body)
    delivery = Delivery(request.method, request.raw_path, request.raw_headers, body)

    async def gone() -> bool:
        transport = request.transport
        return transport is None or transport.is_closing() or await http.cancelled()

    return await router.dispatch_async(
        delivery, run_sync=asyncio.to_thread, shield=http.unbroken, gone=gone
    )


async def _body(request: web.Request, max_body: int) -> bytes:
    if not request.can_read_body:
        return await request.read()  # empty, or what a middleware has read before
    return await http.read_stream(request.content.iter_any(), max_body)
