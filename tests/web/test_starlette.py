"""What Starlette and FastAPI offer beyond the contract: the dependency, mounts, root paths."""

import asyncio
import threading
from datetime import timedelta
from typing import Annotated, Any

import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request

from sinch.callbacks import (
    CallbackEvent,
    CallbackRouter,
    CallbackVerifier,
    IceEvent,
    MemorySeenStore,
)
from sinch.errors import ConfigurationError
from sinch.svaml import Svaml
from sinch.web.starlette import callback_endpoint, callback_route, reply_response, verified_event

fastapi = pytest.importorskip("fastapi")

SVAML = Svaml()


@pytest.fixture
def verifier(key, secret) -> CallbackVerifier:
    return CallbackVerifier(key, secret)


@pytest.fixture
def router(verifier) -> CallbackRouter:
    return CallbackRouter(verifier)


def client(app: Any, **options: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, **options)
    return httpx.AsyncClient(transport=transport, base_url="http://example.com")


class TestDependency:
    @pytest.fixture
    def app(self, verifier) -> Any:
        app = fastapi.FastAPI()
        event_of = verified_event(verifier)

        @app.post("/sinch")
        async def incoming(event: Annotated[CallbackEvent, fastapi.Depends(event_of)]) -> Any:
            match event:
                case IceEvent():
                    return reply_response(SVAML.ice().say(event.call_id).hangup())
            return {}

        @app.api_route("/any", methods=["GET", "POST"])
        async def anything(event: Annotated[Any, fastapi.Depends(event_of)]) -> Any:
            return {}

        return app

    async def test_it_gives_the_typed_event(self, app, ice, signed):
        async with client(app) as peer:
            answer = await peer.post("/sinch", content=ice("c"), headers=signed("/sinch", ice("c")))
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["instructions"][0]["ids"] == ["#tts[c]"]

    async def test_it_refuses_what_is_forged_and_logs_why(self, app, ice, signed, caplog):
        async with client(app) as peer:
            answer = await peer.post("/sinch", content=ice("c"), headers=signed("/sinch", b"x"))
        assert (answer.status_code, answer.json()) == (401, {"detail": "Unauthorized"})
        assert "callback refused with 401, bad_signature" in caplog.text

    async def test_it_refuses_what_cannot_be_read(self, app, signed):
        async with client(app) as peer:
            answer = await peer.post("/sinch", content=b"x", headers=signed("/sinch", b"x"))
            large = await peer.post("/sinch", content=bytes(2**20))
            got = await peer.get("/any")
        assert answer.status_code == 400
        assert large.status_code == 413
        assert (got.status_code, got.headers["allow"]) == (405, "POST")

    async def test_it_works_with_a_blocking_store(self, key, secret, ice, signed):
        app = fastapi.FastAPI()
        event_of = verified_event(CallbackVerifier(key, secret, seen=MemorySeenStore()))

        @app.post("/sinch")
        async def incoming(event: Annotated[Any, fastapi.Depends(event_of)]) -> Any:
            return {}

        headers = signed("/sinch", ice())
        async with client(app) as peer:
            said = [
                (await peer.post("/sinch", content=ice(), headers=headers)).status_code
                for _ in range(2)
            ]
        assert said == [200, 401]

    async def test_a_body_that_was_consumed_is_a_configuration_error(self, verifier, ice, signed):
        async def consuming(request: Request) -> None:
            async for _ in request.stream():
                pass

        app = fastapi.FastAPI(dependencies=[fastapi.Depends(consuming)])
        event_of = verified_event(verifier)

        @app.post("/sinch")
        async def incoming(event: Annotated[Any, fastapi.Depends(event_of)]) -> Any:
            return {}

        async with client(app) as peer:
            with pytest.raises(ConfigurationError, match="was read before"):
                await peer.post("/sinch", content=ice(), headers=signed("/sinch", ice()))


async def test_a_reply_makes_a_response_too():
    assert reply_response(SVAML.dice().build()).body == b"{}"


async def test_an_endpoint_fits_add_route_of_fastapi(router, ice, signed):
    app = fastapi.FastAPI()
    app.add_route("/sinch", callback_endpoint(router), methods=["POST"])
    async with client(app) as peer:
        answer = await peer.post("/sinch", content=ice(), headers=signed("/sinch", ice()))
    assert answer.json() == {"action": {"name": "hangup"}}


async def test_a_declared_root_path_is_part_of_the_signed_path(router, ice, signed):
    app = Starlette(routes=[callback_route("/sinch", router)])
    async with client(app, root_path="/api") as peer:
        answer = await peer.post("/sinch", content=ice(), headers=signed("/api/sinch", ice()))
    assert answer.status_code == 200


async def test_a_middleware_may_read_the_body_before(router, ice, signed):
    async def reading(request, call_next):
        await request.body()
        return await call_next(request)

    app = Starlette(routes=[callback_route("/sinch", router)])
    app.add_middleware(BaseHTTPMiddleware, dispatch=reading)
    async with client(app) as peer:
        answer = await peer.post("/sinch", content=ice(), headers=signed("/sinch", ice()))
    assert answer.status_code == 200


async def test_plain_handlers_do_not_hold_up_the_event_loop(router, ice, signed):
    seen = []
    router.ice(lambda event: seen.append(threading.current_thread()))
    app = Starlette(routes=[callback_route("/sinch", router)])
    async with client(app) as peer:
        await peer.post("/sinch", content=ice(), headers=signed("/sinch", ice()))
    assert seen
    assert seen[0] is not threading.main_thread()


class Slow:
    """A store that takes its time, like one over a network."""

    def __init__(self) -> None:
        self.tokens: set[str] = set()
        self.asked = asyncio.Event()

    async def aclaim(self, token: str, ttl: timedelta) -> bool:
        self.asked.set()
        await asyncio.sleep(0.02)
        fresh = token not in self.tokens
        self.tokens.add(token)
        return fresh

    async def arelease(self, token: str) -> None:
        await asyncio.sleep(0.02)
        self.tokens.discard(token)


@pytest.mark.parametrize("when", ["while it claims", "while it handles"])
async def test_a_scope_that_is_cancelled_keeps_no_claim(key, secret, ice, signed, when):
    """anyio, under which middleware runs endpoints, cancels whatever is awaited, again and again."""
    store = Slow()
    router = CallbackRouter(CallbackVerifier(key, secret, seen=store))
    entered = asyncio.Event()

    @router.ice
    async def wait(event: IceEvent) -> None:
        entered.set()
        await asyncio.sleep(60)

    scope = anyio.CancelScope()

    async def send() -> None:
        async with client(Starlette(routes=[callback_route("/sinch", router)])) as http:
            with scope:
                await http.post("/sinch", content=ice(), headers=dict(signed("/sinch", ice())))

    async with anyio.create_task_group() as group:
        group.start_soon(send)
        await (store.asked if when == "while it claims" else entered).wait()
        scope.cancel()
    assert scope.cancelled_caught
    assert entered.is_set()
    assert store.tokens == set()
