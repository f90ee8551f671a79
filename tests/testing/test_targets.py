"""One IVR behind the frameworks (Django: test_django_project.py): as an application object, and at a URL."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sinch.callbacks import CallbackRouter
from sinch.testing import AsyncPhone, CallbackRefused, Phone

SALES = "+46700000009"


def flask_app(router: CallbackRouter) -> Any:
    flask = pytest.importorskip("flask")
    from sinch.web.flask import callback_blueprint

    app = flask.Flask("ivr")
    app.register_blueprint(callback_blueprint("/sinch", router))
    return app


def starlette_app(router: CallbackRouter) -> Any:
    applications = pytest.importorskip("starlette.applications")
    from sinch.web.starlette import callback_route

    return applications.Starlette(routes=[callback_route("/sinch", router)])


def aiohttp_app(router: CallbackRouter) -> Any:
    from aiohttp import web

    from sinch.web.aiohttp import callback_routes

    app = web.Application()
    app.add_routes(callback_routes("/sinch", router))
    return app


def walk(phone: Phone) -> None:
    call = phone.call("+46700000001")
    assert call.heard("Welcome")
    call.press("1").press("1234#")
    assert call.connected_to == SALES
    call.hang_up()
    assert call.ended.reason == "CALLERHANGUP"


@pytest.mark.parametrize("make", [flask_app, starlette_app, aiohttp_app])
def test_an_application_is_called_by_a_blocking_test(ivr, credentials, make) -> None:
    with Phone(make(ivr), "/sinch", credentials=credentials) as phone:
        walk(phone)


@pytest.mark.parametrize("make", [starlette_app, aiohttp_app, flask_app])
async def test_an_application_is_called_in_an_event_loop(ivr, credentials, make) -> None:
    async with AsyncPhone(make(ivr), "/sinch", credentials=credentials) as phone:
        call = await phone.call().press("1").press("1234#")
        assert call.connected_to == SALES


@pytest.fixture
def served(ivr: CallbackRouter) -> Iterator[str]:
    from aiohttp import web

    loop = asyncio.new_event_loop()
    runner = web.AppRunner(aiohttp_app(ivr))

    async def start() -> str:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}/sinch"

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    yield wait(start())
    wait(runner.cleanup())
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_a_url_is_called_over_http(served: str, credentials) -> None:
    walk(Phone(served, credentials=credentials))


async def test_a_url_is_called_in_an_event_loop(served: str, credentials) -> None:
    assert (await AsyncPhone(served, credentials=credentials).call()).heard("Welcome")


@pytest.mark.parametrize("make", [flask_app, starlette_app, aiohttp_app])
def test_a_wrong_path_is_told_at_once(
    ivr: CallbackRouter, credentials, make: Callable[[CallbackRouter], Any]
) -> None:
    with (
        Phone(make(ivr), "/sinhc", credentials=credentials) as phone,
        pytest.raises(CallbackRefused, match="HTTP 404: is /sinhc the path"),
    ):
        phone.call()
