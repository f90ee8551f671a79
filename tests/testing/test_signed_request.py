"""Signed requests in the test clients of the frameworks (Django: test_django_project.py)."""

from __future__ import annotations

import json

import pytest

from sinch.callbacks import CallbackRouter, IceEvent, read_event
from sinch.errors import ConfigurationError
from sinch.testing import FrozenClock, SignedRequest, signed_request

EVENT = {"event": "ice", "callid": "call-1", "version": 1, "cli": "46700000002"}


@pytest.fixture
def request_(credentials) -> SignedRequest:
    return signed_request(EVENT, "/sinch", credentials=credentials)


def said(body: bytes) -> str:
    instructions = json.loads(body)["instructions"]
    return next(step["ids"][0] for step in instructions if step["name"] == "playFiles")


def test_a_router_takes_its_delivery(ivr: CallbackRouter, request_: SignedRequest) -> None:
    assert said(ivr.dispatch(request_.delivery).body) == "#tts[Welcome.]"


def test_flask(ivr: CallbackRouter, request_: SignedRequest) -> None:
    flask = pytest.importorskip("flask")
    from sinch.web.flask import callback_blueprint

    app = flask.Flask("ivr")
    app.register_blueprint(callback_blueprint("/sinch", ivr))

    response = app.test_client().post(**request_.for_flask)
    assert said(response.data) == "#tts[Welcome.]"


async def test_httpx_and_asgi(ivr: CallbackRouter, request_: SignedRequest) -> None:
    httpx = pytest.importorskip("httpx")
    applications = pytest.importorskip("starlette.applications")
    from sinch.web.starlette import callback_route

    app = applications.Starlette(routes=[callback_route("/sinch", ivr)])
    transport = httpx.ASGITransport(app)

    async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
        response = await client.post(**request_.for_httpx)
    assert said(response.content) == "#tts[Welcome.]"


def test_the_test_client_of_starlette(ivr: CallbackRouter, request_: SignedRequest) -> None:
    testclient = pytest.importorskip("starlette.testclient")
    applications = pytest.importorskip("starlette.applications")
    from sinch.web.starlette import callback_route

    app = applications.Starlette(routes=[callback_route("/sinch", ivr)])

    response = testclient.TestClient(app).post(**request_.for_httpx)
    assert said(response.content) == "#tts[Welcome.]"


async def test_aiohttp(ivr: CallbackRouter, request_: SignedRequest) -> None:
    from aiohttp import web
    from aiohttp.test_utils import TestClient, TestServer

    from sinch.web.aiohttp import callback_routes

    app = web.Application()
    app.add_routes(callback_routes("/sinch", ivr))

    async with TestClient(TestServer(app)) as client:
        response = await client.post(**request_.for_aiohttp)
        assert said(await response.read()) == "#tts[Welcome.]"


# --- what is signed -------------------------------------------------------------------------------


def test_models_mappings_and_bodies_are_events(ivr, credentials) -> None:
    model = read_event(json.dumps(EVENT))
    assert isinstance(model, IceEvent)
    for event in (EVENT, model, json.dumps(EVENT), json.dumps(EVENT).encode()):
        request = signed_request(event, credentials=credentials)
        assert ivr.dispatch(request.delivery).status == 200


def test_a_path_may_hold_anything(ivr, credentials) -> None:
    request = signed_request(EVENT, "/sinch/möte?x=1", credentials=credentials)

    assert request.path == "/sinch/m%C3%B6te?x=1"
    assert ivr.dispatch(request.delivery).status == 200


def test_the_time_is_that_of_the_clock(make_ivr, credentials) -> None:
    clock = FrozenClock()
    ivr = make_ivr(clock=clock)
    request = signed_request(EVENT, credentials=credentials, clock=clock)
    assert request.headers["x-timestamp"] == "2026-01-01T12:00:00.000Z"

    assert ivr.dispatch(request.delivery).status == 200
    clock.advance(301)
    assert ivr.dispatch(request.delivery).status == 401


def test_credentials_come_from_the_environment(ivr, credentials, monkeypatch) -> None:
    monkeypatch.setenv("SINCH_APPLICATION_KEY", credentials[0])
    monkeypatch.setenv("SINCH_APPLICATION_SECRET", credentials[1])

    assert ivr.dispatch(signed_request(EVENT).delivery).status == 200


def test_there_are_no_credentials_by_accident(credentials) -> None:
    with pytest.raises(ConfigurationError, match="credentials"):
        signed_request(EVENT, credentials=(credentials[0], "not base64!"))


def test_nothing_secret_is_shown(request_: SignedRequest) -> None:
    assert repr(request_) == (
        f"SignedRequest(path='/sinch', body=<{len(request_.body)} bytes>, method='POST')"
    )
