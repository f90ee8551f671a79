"""A handler may take the request that brought its event, by the name or the type of a parameter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Optional

import attrs
import pytest

from sinch.callbacks import (
    CallbackContext,
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    RequestHeaders,
    read_model,
)
from sinch.callbacks import CallbackContext as Request
from sinch.errors import ConfigurationError

pytestmark = pytest.mark.usefixtures("both_ways")

ICE = {"event": "ice", "callid": "c1"}
OTHER_KEY, OTHER_SECRET = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97", "JViE5vDor0Sw3WllZka15Q=="


@pytest.fixture
def router(verifier) -> CallbackRouter:
    return CallbackRouter(verifier, svaml="the svaml")


def second(event, context): ...
def third(event, svaml, context): ...
def swapped(event, context, svaml): ...
def by_keyword(event, *, context): ...
def both_by_keyword(event, *, context, svaml): ...
def optional(event, svaml=None, context=None): ...
def after_a_default(event, mine="mine", context=None): ...
def annotated(event, svaml, request: CallbackContext): ...
def as_text(event, request: sinch.callbacks.CallbackContext | None): ...  # noqa: F821
def by_alias(event, request: Request): ...
def with_old_optional(event, request: Optional[CallbackContext] = None): ...  # noqa: UP045


WANTS = {
    second: {"context"},
    third: {"svaml", "context"},
    swapped: {"svaml", "context"},
    by_keyword: {"context"},
    both_by_keyword: {"svaml", "context"},
    optional: {"svaml", "context"},
    after_a_default: {"context"},
    annotated: {"svaml", "context"},
    as_text: {"context"},
    by_alias: {"context"},
    with_old_optional: {"context"},
}


def recording(function, got):
    """The same parameters, and what they are called with."""
    from functools import wraps
    from inspect import signature

    @wraps(function)
    def record(*args, **kwargs):
        got.update(signature(function).bind(*args, **kwargs).arguments)

    return record


def check(function, got):
    names = {"svaml" if value == "the svaml" else type(value).__name__ for value in got.values()}
    assert names - {"IceEvent"} == {
        {"context": "CallbackContext"}.get(name, name) for name in WANTS[function]
    }


@pytest.mark.parametrize("function", WANTS, ids=lambda function: function.__name__)
class TestShapes:
    def test_plain(self, function, router, sign):
        got = {}
        router.ice(recording(function, got))
        assert router.dispatch(sign(ICE)).status == 200
        check(function, got)

    async def test_async(self, function, router, sign):
        got = {}
        record = recording(function, got)

        async def handler(*args, **kwargs):
            record(*args, **kwargs)

        handler.__wrapped__ = function
        router.ice(handler)
        assert (await router.dispatch_async(sign(ICE))).status == 200
        check(function, got)


@pytest.mark.parametrize(
    "function",
    [function for function, wanted in WANTS.items() if "svaml" in wanted],
    ids=lambda function: function.__name__,
)
def test_svaml_that_the_router_does_not_have_is_missed_at_once(function, verifier):
    with pytest.raises(ConfigurationError, match=f"{function.__name__} takes svaml") as refused:
        CallbackRouter(verifier).ice(function)
    assert refused.value.argument == "svaml"


def test_it_needs_no_svaml(verifier, sign):
    router = CallbackRouter(verifier)
    got = []
    router.ice(lambda event, context: got.append(context))
    router.dispatch(sign(ICE))
    assert isinstance(got[0], CallbackContext)


def test_it_holds_the_request(key, secret, now, sign):
    """Two applications share a program; a header says which customer it is about."""
    here = now.astimezone(timezone(timedelta(hours=2)))
    verifier = CallbackVerifier({key: secret, OTHER_KEY: OTHER_SECRET}, clock=lambda: here)
    router = CallbackRouter(verifier)
    got: list[CallbackContext] = []
    router.ice(lambda event, context: got.append(context))
    one = sign(b'{"event": "ice", "callid":"c1"}', key=OTHER_KEY.lower(), secret=OTHER_SECRET)
    headers = [
        *((name, one.headers[name]) for name in one.headers),
        ("X-CB-Tenant", "blue"),
        ("x-cb-tenant", "green"),
    ]
    target = "/sinch?tenant=bl%C3%A5&tenant=&lang=sv"
    assert router.dispatch(Delivery("POST", target, headers, one.body)).status == 200
    context = got[0]
    assert context.application_key == OTHER_KEY
    assert context.headers["X-CB-TENANT"] == "blue"
    assert context.headers.getall("x-cb-tenant") == ("blue", "green")
    assert context.path == "/sinch"
    assert dict(context.query) == {"tenant": "", "lang": "sv"}
    assert context.query.getall("tenant") == ("blå", "")
    assert context.body == b'{"event": "ice", "callid":"c1"}'
    assert context.received_at == now
    assert context.received_at.tzinfo is UTC


def test_it_shows_neither_headers_nor_the_body(key):
    shown = repr(CallbackContext(application_key=key, headers={"A": "private"}, body=b"private"))
    assert "private" not in shown


class TestHandlingWithoutARequest:
    def test_a_context_may_be_given(self, router, key):
        got = []
        router.ice(lambda event, context: got.append(context))
        given = CallbackContext(
            application_key=key, headers={"X-CB-Tenant": "blue"}, query="a=1&a=2"
        )
        router.handle(read_model(ICE), context=given)
        assert got == [given]
        assert got[0].headers["x-cb-tenant"] == "blue"
        assert got[0].query.getall("a") == ("1", "2")
        assert CallbackContext(application_key=key, query={"a": "1"}).query["a"] == "1"
        assert attrs.evolve(given, path="/x").headers == given.headers

    async def test_without_one_it_has_the_application_only(self, router, key):
        got = []
        router.ice(lambda event, context: got.append(context))
        router.handle(read_model({**ICE, "applicationKey": "mine"}))
        await router.handle_async(read_model(ICE))
        assert [context.application_key for context in got] == ["mine", key]
        assert (got[1].headers, got[1].path, got[1].body) == (RequestHeaders(), "/", b"")
        assert datetime.now(UTC) - got[1].received_at < timedelta(minutes=1)


class Ivr:
    def incoming(self, event, svaml): ...

    @classmethod
    def made(cls, event): ...

    @staticmethod
    def free(event): ...


class TestMethods:
    @pytest.mark.parametrize("method", [Ivr.incoming, Ivr.made.__func__])
    def test_one_without_its_object_is_refused(self, method, router):
        with pytest.raises(ConfigurationError, match=r"router\.ice\(ivr\.\w+\)"):
            router.ice(method)

    def test_so_is_a_decorator_inside_a_class(self, router):
        with pytest.raises(ConfigurationError, match="without its object"):

            class Menu:
                @router.pie(menu="main")
                async def chosen(self, event): ...

    def test_one_with_its_object_is_fine(self, router):
        router.ice(Ivr().incoming)
        router.ace(Ivr.made)
        router.dice(Ivr.free)
        router.notify(partial(Ivr.incoming, Ivr()))


@pytest.mark.parametrize("handler", [lambda event, svaml, other: None, lambda e, *, other: None])
def test_what_cannot_be_filled_is_refused_with_the_cure(handler, router):
    with pytest.raises(ConfigurationError, match="annotated CallbackContext"):
        router.ice(handler)
