"""Broken applications make a test red: every way to break one, kind of application and phone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from sinch import Locale
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.engine import EngineSettings
from sinch.svaml import Svaml
from sinch.testing import (
    AsyncPhone,
    CallbackRefused,
    CallbackUnanswered,
    CallbackUnhandled,
    LifespanFailed,
    NothingFailed,
    Phone,
    PhoneError,
    SvamlRefused,
)

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
MENUS = (
    Svaml(Locale.EN_US)
    .menus()
    .begin_menu("main", "#tts[Press 1.]")
    .trigger_pie("1", "one")
    .end_menu()
)


class OutOfOrder(Exception):
    """What the handlers below raise."""


def routed(*, ice=None, pie=None, dice=None, notify=None, **verifier: Any) -> CallbackRouter:
    router = CallbackRouter(CallbackVerifier(KEY, SECRET, **verifier), svaml=Svaml(Locale.EN_US))
    for name, handler in {"ice": ice, "pie": pie, "dice": dice, "notify": notify}.items():
        if handler is not None:
            getattr(router, name)(handler)
    return router


def menu(event, svaml):
    return svaml.ice().say("Welcome.").run_menu("main", MENUS)


def hangup(event, svaml):
    return svaml.ice().say("Welcome.").hangup()


def crash(event):
    raise OutOfOrder("out of order")


async def crash_async(event):
    raise OutOfOrder("out of order")


# --- kinds of applications ------------------------------------------------------------------------


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


def fastapi_app(router: CallbackRouter) -> Any:
    fastapi = pytest.importorskip("fastapi")
    from sinch.web.starlette import callback_route

    return fastapi.FastAPI(routes=[callback_route("/sinch", router)])


def aiohttp_app(router: CallbackRouter) -> Any:
    from aiohttp import web

    from sinch.web.aiohttp import callback_routes

    app = web.Application()
    app.add_routes(callback_routes("/sinch", router))
    return app


def itself(router: CallbackRouter) -> CallbackRouter:
    return router


KINDS = [itself, flask_app, starlette_app, fastapi_app, aiohttp_app]
Act = Callable[..., PhoneError]


@pytest.fixture(params=["Phone", "AsyncPhone"])
def fail(request: pytest.FixtureRequest) -> Act:
    """Calls an application, does something in the call, and gives what was raised."""

    def blocking(target: Any, keys: str = "", **options: Any) -> PhoneError:
        def act(phone: Phone) -> None:
            call = phone.call()
            call.press(keys) if keys else call.hang_up()

        with Phone(target, credentials=(KEY, SECRET), **options) as phone:
            with pytest.raises(PhoneError) as raised:
                act(phone)
            return raised.value

    async def asynchronous(target: Any, keys: str = "", **options: Any) -> PhoneError:
        async def act(phone: AsyncPhone) -> None:
            call = await phone.call()
            await (call.press(keys) if keys else call.hang_up())

        async with AsyncPhone(target, credentials=(KEY, SECRET), **options) as phone:
            with pytest.raises(PhoneError) as raised:
                await act(phone)
            return raised.value

    if request.param == "Phone":
        return blocking
    return lambda *given, **options: asyncio.run(asynchronous(*given, **options))


# --- crashes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("handler", [crash, crash_async])
def test_a_handler_that_raises_is_the_cause(fail: Act, make, handler) -> None:
    error = fail(make(routed(ice=handler)))

    assert isinstance(error, CallbackRefused)
    assert isinstance(error.__cause__, OutOfOrder)
    assert (error.event, error.status) == ("ice", 500)
    assert f"the handler {handler.__name__} raised OutOfOrder: out of order" in str(error)
    # where the handler failed comes first, not how it was called
    assert error.__cause__.__traceback__.tb_frame.f_code.co_name == handler.__name__


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("event", ["pie", "dice"])
def test_every_event_counts_also_those_whose_answer_does_not(fail: Act, make, event) -> None:
    handlers = {"ice": menu, "pie": lambda event, svaml: svaml.pie().hangup(), event: crash}
    error = fail(make(routed(**handlers)), "1")

    assert isinstance(error.__cause__, OutOfOrder)
    assert f"answered {event} with HTTP 500" in str(error)


def test_a_handler_that_returns_something_impossible(fail: Act) -> None:
    error = fail(routed(ice=lambda event: "hangup"))
    assert "raised TypeError: a handler returned str" in str(error)


def test_a_failed_assertion_in_a_handler_is_one_of_the_test(fail: Act) -> None:
    def incoming(event):
        assert event.cli.raw == "+46700000099"

    assert isinstance(fail(routed(ice=incoming)).__cause__, AssertionError)


# --- views, middleware and frameworks -------------------------------------------------------------


def wsgi_crash(environ, start_response):
    raise OutOfOrder("no wsgi today")


def wsgi_silence(environ, start_response):
    return []


async def asgi_crash(scope, receive, send):
    if scope["type"] == "http":
        raise OutOfOrder("no asgi today")


async def asgi_late_crash(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b'{"action":{"name":"hangup"}}'})
        raise OutOfOrder("after the answer")


def flask_crash():
    app = flask_app(routed(ice=hangup))

    @app.before_request
    def before():
        raise OutOfOrder("before the view")

    return app


def starlette_crash():
    app = starlette_app(routed(ice=hangup))
    from starlette.middleware.base import BaseHTTPMiddleware

    async def before(request, call_next):
        raise OutOfOrder("before the view")

    app.add_middleware(BaseHTTPMiddleware, dispatch=before)
    return app


def aiohttp_crash():
    from aiohttp import web

    app = aiohttp_app(routed(ice=hangup))

    @web.middleware
    async def before(request, handler):
        raise OutOfOrder("before the view")

    app.middlewares.append(before)
    return app


@pytest.mark.parametrize(
    "make",
    [
        lambda: wsgi_crash,
        lambda: asgi_crash,
        lambda: asgi_late_crash,
        flask_crash,
        starlette_crash,
        aiohttp_crash,
    ],
)
def test_what_happens_around_the_router_is_the_cause_too(fail: Act, make) -> None:
    error = fail(make())

    assert isinstance(error, CallbackRefused)
    assert isinstance(error.__cause__, OutOfOrder)
    assert "the app raised OutOfOrder" in str(error)


def test_an_application_that_does_not_answer_at_all(fail: Act) -> None:
    assert "HTTP 500" in str(fail(wsgi_silence))


def test_a_redirect_is_named(fail: Act) -> None:
    def app(environ, start_response):
        start_response("301 Moved", [("Location", "/sinch/")])
        return []

    assert "HTTP 301: it redirects /sinch to /sinch/" in str(fail(app))


@pytest.mark.parametrize("status", ["400 Bad Request", "409 Conflict", "503 Service Unavailable"])
def test_every_error_status_is_refused_and_its_body_shown(fail: Act, status: str) -> None:
    def app(environ, start_response):
        start_response(status, [("Content-Type", "text/plain")])
        return [b"closed for today"]

    error = fail(app)
    assert f"HTTP {status[:3]}: closed for today" in str(error)
    assert error.status == int(status[:3])
    assert error.body == "closed for today"


# --- answers that are not there ---------------------------------------------------------------------


def test_nobody_listens(fail: Act) -> None:
    error = fail("http://127.0.0.1:9/sinch")

    assert isinstance(error, CallbackUnanswered)
    assert "nobody listens at http://127.0.0.1:9" in str(error)


@pytest.mark.parametrize("make", KINDS)
def test_an_answer_that_comes_too_late(fail: Act, make) -> None:
    import time
    from datetime import timedelta

    def slow(event, svaml):
        time.sleep(0.15)
        return svaml.ice().hangup()

    settings = EngineSettings(callback_timeout=timedelta(seconds=0.05))
    error = fail(make(routed(ice=slow)), settings=settings)

    assert isinstance(error, CallbackUnanswered)
    assert "Sinch waits 0.05 s" in str(error)


# --- answers that hang up by accident ---------------------------------------------------------------


@pytest.mark.parametrize("make", KINDS)
def test_a_menu_whose_input_nobody_takes(fail: Act, make) -> None:
    error = fail(make(routed(ice=menu)))

    assert isinstance(error, CallbackUnhandled)
    assert "@router.pie (the menus are main)" in str(error)


def test_a_menu_with_a_handler_for_another_menu_only(fail: Act) -> None:
    router = routed(ice=menu)
    router.pie(menu="other")(crash)

    assert isinstance(fail(router), CallbackUnhandled)


@pytest.mark.parametrize("make", KINDS)
def test_a_call_that_nobody_handles(fail: Act, make) -> None:
    error = fail(make(routed(dice=lambda event: None)))

    assert isinstance(error, CallbackUnhandled)
    assert "no handler for ice, so the router hangs up: add one with @router.ice" in str(error)


@pytest.mark.parametrize("event", ["ice", "pie"])
def test_a_forgotten_return(fail: Act, event: str) -> None:
    handlers = {"ice": menu, event: lambda event, svaml: None}
    error = fail(routed(**handlers), "1")

    assert isinstance(error, CallbackUnhandled)
    assert f"returned None for {event}" in str(error)
    assert f"return svaml.{event}().hangup()" in str(error)


def test_defaults_that_go_on_are_no_mistake() -> None:
    """No handlers for ACE, DICE and notify; a PIE that only tells of a caller who hung up."""
    router = routed(ice=lambda event, svaml: svaml.ice().connect_pstn("+46700000009"))
    assert Phone(router).call().connected_to == "+46700000009"

    quiet = routed(ice=menu, pie=lambda event, svaml: None)
    assert Phone(quiet).call().hang_up().ended


# --- SVAML that Sinch refuses -----------------------------------------------------------------------


@pytest.mark.parametrize("make", KINDS)
def test_illegal_svaml(fail: Act, make) -> None:
    told = []
    router = routed(
        ice=lambda event: {"action": {"name": "dance"}}, notify=lambda event: told.append(event)
    )
    error = fail(make(router))

    assert isinstance(error, SvamlRefused)
    assert error.code == 40001
    assert "dance is not allowed in an answer to ice" in error.message
    assert error.notify["type"] == "callingerror"
    assert error.reply == {"action": {"name": "dance"}}
    assert [event.error_code for event in told] == [40001], "the app hears of it as well"


def test_too_many_cookies(fail: Act) -> None:
    cookie = {"name": "setCookie", "key": "k", "value": "v" * 2000}
    error = fail(routed(ice=lambda event: {"instructions": [cookie], "action": {"name": "hangup"}}))

    assert "All cookies together are larger" in str(error)


# --- where the call stood ---------------------------------------------------------------------------


def test_the_error_says_where_the_call_stood(fail: Act) -> None:
    error = fail(routed(ice=menu, pie=crash), "1")

    first, *lines = error.where.splitlines()
    assert first == "call from +46700000002 to +46700000001: ended (CALLBACKERROR)"
    assert any("party presses 1" in line for line in lines)
    assert any("pie failed: error status: HTTP 500" in line for line in lines)
    assert len(lines) <= 9


def test_runners_that_hide_no_frames_show_few_of_ours(fail: Act) -> None:
    from traceback import extract_tb

    files = [
        Path(frame.filename).name for frame in extract_tb(fail(routed(ice=crash)).__traceback__)
    ]
    assert files[-1] == "steps.py"
    assert "switchboard.py" not in files


def test_later_failures_are_notes_of_the_first(fail: Act) -> None:
    error = fail(routed(ice=crash, dice=crash))

    assert "answered ice" in error.problem
    assert ["answered dice" in note for note in error.__notes__] == [True]


def test_errors_survive_pickling(fail: Act) -> None:
    import pickle

    error = fail(routed(ice=crash))
    again = pickle.loads(pickle.dumps(error))

    assert str(again) == str(error)
    assert (again.event, again.status) == ("ice", 500)


# --- resilience -------------------------------------------------------------------------------------


def test_an_expected_failure_goes_on_as_sinch_would() -> None:
    phone = Phone(routed(ice=crash))
    with phone.expect_failure(CallbackRefused, match="out of .rder") as expected:
        call = phone.call()

    assert call.heard("An error has occurred.")
    assert call.ended.reason == "CALLBACKERROR"
    assert isinstance(expected.failure.__cause__, OutOfOrder)
    assert phone.failures == expected.failures


async def test_an_expected_failure_in_an_event_loop() -> None:
    phone = AsyncPhone(routed(ice=crash_async))
    with phone.expect_failure():
        call = await phone.call()

    assert call.heard("An error has occurred.")


def test_a_fallback_is_asked_when_the_first_one_fails(ivr: CallbackRouter) -> None:
    phone = Phone(routed(ice=crash), fallback=ivr)
    with phone.expect_failure():
        call = phone.call()
    assert call.heard("Welcome")

    with pytest.raises(CallbackRefused):
        phone.call()


@pytest.mark.parametrize(
    "options", [{}, {"kind": SvamlRefused}, {"match": "something else"}], ids=str
)
def test_an_expectation_is_kept_only_by_what_was_expected(options: dict[str, Any]) -> None:
    phone = Phone(routed(ice=hangup))
    with pytest.raises(NothingFailed), phone.expect_failure(**options):
        phone.call()

    broken = Phone(routed(ice=crash))
    if options:
        with pytest.raises(CallbackRefused), broken.expect_failure(**options):
            broken.call()


def test_a_phone_that_is_not_strict_raises_nothing_and_forgets_nothing() -> None:
    phone = Phone(routed(ice=crash), strict=False)
    call = phone.call()

    assert call.heard("An error has occurred.")
    assert [type(failure) for failure in phone.failures] == [CallbackRefused]


# --- lifespan ---------------------------------------------------------------------------------------


def with_lifespan(make: str, log: list[Any], *, fails: str = "") -> Any:
    """An application that keeps a resource of its event loop while it runs."""

    async def start(app: Any) -> None:
        if fails == "startup":
            raise OutOfOrder("no database")
        log.append(asyncio.get_running_loop())

    async def stop(app: Any) -> None:
        if fails == "shutdown":
            raise OutOfOrder("still busy")
        log.append("stopped")

    async def incoming(event, svaml):
        log.append(asyncio.get_running_loop())
        return svaml.ice().say("Welcome.").hangup()

    router = routed(ice=incoming)
    if make == "aiohttp":
        app = aiohttp_app(router)
        app.on_startup.append(start)
        app.on_cleanup.append(stop)
        return app

    @asynccontextmanager
    async def lifespan(app):
        await start(app)
        yield {"key": "value"}
        await stop(app)

    from sinch.web.starlette import callback_route

    package = pytest.importorskip("fastapi" if make == "FastAPI" else "starlette.applications")
    return getattr(package, make)(routes=[callback_route("/sinch", router)], lifespan=lifespan)


MADE = ["Starlette", "FastAPI", "aiohttp"]


@pytest.mark.parametrize("make", MADE)
def test_the_lifespan_runs_in_the_loop_of_the_handlers(make: str) -> None:
    log: list[Any] = []
    with Phone(with_lifespan(make, log), credentials=(KEY, SECRET)) as phone:
        assert len(log) == 1
        assert phone.call().heard("Welcome")
        assert phone.call().heard("Welcome")

    started, first, second, stopped = log
    assert started is first is second
    assert stopped == "stopped"


@pytest.mark.parametrize("make", MADE)
async def test_the_lifespan_runs_in_an_event_loop(make: str) -> None:
    log: list[Any] = []
    async with AsyncPhone(with_lifespan(make, log), credentials=(KEY, SECRET)) as phone:
        assert (await phone.call()).heard("Welcome")

    here = asyncio.get_running_loop()
    assert log == [here, here, "stopped"]


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("step", ["startup", "shutdown"])
def test_a_lifespan_that_fails_is_raised(make: str, step: str) -> None:
    with (
        pytest.raises(LifespanFailed, match=f"the {step} of the app failed: OutOfOrder") as raised,
        Phone(with_lifespan(make, [], fails=step), credentials=(KEY, SECRET)),
    ):
        assert step == "shutdown"
    assert isinstance(raised.value.__cause__, OutOfOrder)


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("step", ["startup", "shutdown"])
async def test_a_lifespan_that_fails_in_an_event_loop(make: str, step: str) -> None:
    with pytest.raises(LifespanFailed, match=f"the {step} of the app failed: OutOfOrder"):
        async with AsyncPhone(with_lifespan(make, [], fails=step), credentials=(KEY, SECRET)):
            assert step == "shutdown"


def test_a_failure_at_the_end_does_not_hide_the_one_in_the_test() -> None:
    app = with_lifespan("Starlette", [], fails="shutdown")
    with pytest.raises(ZeroDivisionError) as raised, Phone(app, credentials=(KEY, SECRET)):
        _ = 1 / 0
    assert "still busy" in raised.value.__notes__[0]


def test_startup_is_not_swallowed_where_the_application_raises_it_itself() -> None:
    async def app(scope, receive, send):
        await receive()
        raise OutOfOrder("no database")

    with pytest.raises(LifespanFailed, match="no database"), Phone(app, credentials=(KEY, SECRET)):
        pass


def test_an_application_without_a_lifespan_needs_none() -> None:
    async def app(scope, receive, send):
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b'{"action":{"name":"hangup"}}'})

    with Phone(app, credentials=(KEY, SECRET)) as phone:
        assert phone.call().ended
