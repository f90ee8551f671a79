"""The router finds the handler and turns what it returns into an answer."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from functools import partial, wraps

import pytest

from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    MemorySeenStore,
    Reply,
    UnknownEvent,
    allow,
    deny,
    read_model,
)
from sinch.errors import CallbackRejected, ConfigurationError, RejectionReason
from sinch.svaml import Svaml
from sinch_api.models import Svamlet

pytestmark = pytest.mark.usefixtures("both_ways")

CONTINUE = {"action": {"name": "continue"}}
HANGUP = {"action": {"name": "hangup"}}
VERIFICATION = {
    "id": "v1",
    "method": "sms",
    "identity": {"type": "number", "endpoint": "+46700000000"},
}
EVENTS = {
    "ice": {"event": "ice", "callid": "c1"},
    "ace": {"event": "ace", "callid": "c1"},
    "pie": {"event": "pie", "callid": "c1", "menuResult": {"menuId": "main", "type": "return"}},
    "dice": {"event": "dice", "callid": "c1"},
    "notify": {"event": "notify", "callid": "c1", "type": "Recording_Available"},
    "verification_request": {"event": "VerificationRequestEvent", **VERIFICATION},
    "verification_result": {"event": "VerificationResultEvent", "status": "FAIL", **VERIFICATION},
    "verification_sms_delivered": {
        "event": "VerificationSmsDeliveredEvent",
        "smsResult": "Successful",
        **VERIFICATION,
    },
    "incoming_sms": {"event": "incomingSms", "message": "hej"},
    "unknown": {"event": "future"},
}
DEFAULTS = {
    **{name: {} for name in EVENTS},
    "ice": HANGUP,
    "ace": CONTINUE,
    "pie": HANGUP,
    "verification_request": {"action": "deny"},
}


class OfMyOwn(Reply):
    """What somebody may write who builds replies in another way."""

    answers = "ice"
    body = json.dumps(CONTINUE)


SVAML = Svaml()
#: One reply to each kind of event, as an unfinished builder where the kind has more than that.
REPLIES = {
    "ice": (SVAML.ice().hangup(), SVAML.ice().say("Hi").hangup().build()),
    "ace": (SVAML.ace().continue_(), SVAML.ace().raw_action({"name": "park"})),
    "pie": (SVAML.pie().connect_pstn("+46700000000").with_cli("private"),),
    "dice": (SVAML.dice(), SVAML.dice().report_call_status("success"), SVAML.dice().build()),
    "notify": (SVAML.notify(),),
    "verification_request": (allow("1234", method="sms"), deny()),
    "update": (SVAML.manage_call().hangup(), SVAML.unpark().hangup().build()),
}


@pytest.fixture
def router(verifier) -> CallbackRouter:
    return CallbackRouter(verifier, svaml="the svaml")


@pytest.fixture
def ask(router, sign):
    """Send a signed event and parse the answer."""

    def ask(event: str | dict):
        answer = router.dispatch(sign(EVENTS[event] if isinstance(event, str) else event))
        assert answer.headers["Content-Type"] == "application/json"
        return answer.status, json.loads(answer.body)

    return ask


class TestDispatch:
    @pytest.mark.parametrize("name", EVENTS)
    def test_every_event_has_a_decorator_in_two_forms(self, name, router, ask):
        seen = []

        @getattr(router, name)
        def handler(event):
            seen.append(event)

        assert ask(name) == (200, DEFAULTS[name])
        assert seen == [read_model(EVENTS[name])]
        with pytest.raises(ConfigurationError, match="taken"):
            getattr(router, name)()(lambda event: None)
        assert callable(handler)

    @pytest.mark.parametrize(
        "result",
        [
            OfMyOwn(),
            SVAML.ice().raw_action({"name": "continue"}),
            Svamlet.from_wire(CONTINUE),
            CONTINUE,
            SVAML.ice().raw_action({"name": "continue"}).build(),
        ],
    )
    def test_what_a_handler_returns_is_the_reply(self, result, router, ask):
        router.ice(lambda event: result)
        assert ask("ice") == (200, CONTINUE)

    def test_handlers_may_take_svaml(self, router, ask):
        got = []
        router.ice(lambda event, svaml: got.append(svaml))
        router.ace(lambda event, helper: got.append(helper))
        router.pie(lambda event, svaml=None: got.append(svaml))
        router.notify(lambda event, *, svaml: got.append(svaml))
        router.dice(lambda event, database="mine": got.append(database))
        for name in ("ice", "ace", "pie", "notify", "dice"):
            ask(name)
        assert got == ["the svaml"] * 4 + ["mine"]

    def test_methods_partials_wrappers_and_callable_objects_are_handlers(self, router, ask):
        got = []

        class Ivr:
            def ice(self, event, svaml):
                got.append(svaml)

            def __call__(self, event):
                got.append("called")

        def wrapped(function):
            @wraps(function)
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)

            return wrapper

        router.ice(Ivr().ice)
        router.ace(Ivr())
        router.dice(partial(lambda prefix, event, svaml: got.append(prefix + svaml), "p "))
        router.notify(wrapped(lambda event, svaml: got.append(svaml)))
        router.incoming_sms(lambda *args: got.append(len(args)))
        for name in ("ice", "ace", "dice", "notify", "incoming_sms"):
            ask(name)
        assert got == ["the svaml", "called", "p the svaml", "the svaml", 1]

    def test_a_menu_of_its_own_comes_first(self, router, ask):
        @router.pie(menu="main")
        @router.pie(menu="second")
        def some(event):
            return CONTINUE

        @router.pie
        def others(event):
            return {"action": {"name": "park"}}

        def pie(menu):
            return {"event": "pie", "callid": "c", "menuResult": {"menuId": menu, "type": "return"}}

        assert ask(pie("main"))[1] == ask(pie("second"))[1] == CONTINUE
        assert ask(pie("MAIN"))[1] == ask({"event": "pie", "callid": "c"})[1] != CONTINUE

    def test_a_notification_type_of_its_own_comes_first(self, router, ask):
        from sinch.callbacks import NotifyType

        got = []
        router.notify(type=NotifyType.RECORDING_AVAILABLE)(lambda event: got.append("recording"))
        router.notify(type="brand_new")(lambda event: got.append("new"))
        router.notify(lambda event: got.append("other"))
        for kind in ("recording_available", "RECORDING_AVAILABLE", "Brand_New", "amd", None):
            ask({"event": "notify", "callid": "c", "type": kind})
        assert got == ["recording", "recording", "new", "other", "other"]

    def test_events_can_be_handled_without_a_request(self, router):
        router.ice(lambda event: CONTINUE)
        assert json.loads(router.handle(read_model(EVENTS["ice"])).body) == CONTINUE

    def test_an_observer_sees_the_event_before_its_handler(self, router, sign):
        order = []
        router.ice(lambda event: order.append("handler"))
        router.dispatch(sign(EVENTS["ice"]), on_event=lambda event: order.append(event.event))
        router.dispatch(sign(EVENTS["dice"]), on_event=lambda event: order.append(event.event))
        assert order == ["ice", "handler", "dice"]


class TestSafeDefaults:
    @pytest.mark.parametrize("name", EVENTS)
    def test_an_event_without_handler_gets_one_and_is_logged_once(self, name, ask, caplog):
        for _ in range(3):
            assert ask(name) == (200, DEFAULTS[name])
        [record] = caplog.records
        assert record.levelno == logging.WARNING
        kind = EVENTS[name]["event"]
        does = "answered {}" if DEFAULTS[name] == {} else "the (call|verification) (is|continues)"
        assert re.match(f"no handler for the event '{kind}': {does}", record.getMessage())

    @pytest.mark.parametrize("tag", ["", None, 7, [], {}])
    def test_a_tag_that_says_nothing_is_no_reason_to_raise(self, tag, router, sign):
        assert router.dispatch(sign({"event": tag})).status in {200, 400}

    def test_returning_nothing_by_mistake_is_logged_once(self, router, ask, caplog):
        router.ice(lambda event: None)
        router.dice(lambda event: None)
        for _ in range(3):
            assert ask("ice") == (200, HANGUP)
            assert ask("dice") == (200, {})
        [record] = caplog.records
        assert "<lambda> returned None: the call is hung up" in record.getMessage()

    def test_keys_pressed_in_a_conference_do_not_throw_anyone_out(self, ask):
        pressed = {"event": "pie", "callid": "c", "conferenceId": "room"}
        assert ask(pressed) == (200, {})

    def test_warnings_are_bounded(self, ask, router, caplog):
        for number in range(1_100):
            router.handle(UnknownEvent(event=f"e{number}", raw={}))
        assert len(caplog.records) == 1_000


class TestVerificationRequests:
    @pytest.mark.parametrize(
        ("method", "kept"),
        [("sms", "sms"), ("flashCall", None), ("callout", "callout"), ("seamless", None)],
    )
    def test_only_the_part_of_the_requested_method_is_sent(self, method, kept, router, ask):
        router.verification_request(lambda event: allow("1234"))
        status, body = ask({**EVENTS["verification_request"], "method": method})
        assert status == 200
        assert body == {"action": "allow", **({kept: {"code": "1234"}} if kept else {})}

    def test_a_method_of_the_future_gets_everything(self, router, ask):
        router.verification_request(lambda event: allow("1234"))
        body = ask({**EVENTS["verification_request"], "method": "telepathy"})[1]
        assert body.keys() == {"action", "sms", "callout"}

    def test_models_are_narrowed_too_and_mappings_are_sent_as_they_are(self, router, sign):
        results = [
            allow("1").model,
            deny(),
            {"action": "allow", "sms": {"custom": 1}, "callout": {}},
        ]
        router.verification_request(lambda event: results.pop(0))
        bodies = [
            json.loads(router.handle(read_model(EVENTS["verification_request"])).body)
            for _ in range(3)
        ]
        assert bodies == [
            {"action": "allow", "sms": {"code": "1"}},
            {"action": "deny"},
            {"action": "allow", "sms": {"custom": 1}, "callout": {}},
        ]


class TestRefusals:
    def test_get_and_head_are_not_allowed(self, router):
        for method in ("GET", "HEAD", "PUT", "OPTIONS"):
            answer = router.dispatch(Delivery(method, "/sinch", {}))
            assert answer.status == 405
            assert answer.headers["Allow"] == "POST"

    def test_a_forgery_learns_nothing_but_the_log_tells_why(self, router, sign, caplog):
        answer = router.dispatch(sign(EVENTS["ice"], secret="JViE5vDor0Sw3WllZka15Q=="))
        assert (answer.status, answer.body) == (401, b'{"error":"unauthorized"}')
        [record] = caplog.records
        assert record.sinch_reason == "bad_signature"
        assert "x-timestamp:2026-03-01T12:00:00.000Z" in record.getMessage()
        assert "\n" not in record.getMessage()

    def test_a_signed_body_that_cannot_be_read_is_malformed(self, router, sign, caplog):
        answer = router.dispatch(sign(b"not json"))
        assert (answer.status, answer.body) == (400, b'{"error":"malformed"}')
        assert "not_json" in caplog.text

    def test_a_large_body_is_too_large(self, router, sign):
        answer = router.dispatch(sign(b"x" * (router.max_body + 1)))
        assert (answer.status, answer.body) == (413, b'{"error":"too large"}')


class TestFailingHandlers:
    def test_they_are_answered_500_and_logged_once_with_call_id_and_masked_numbers(
        self, router, ask, caplog
    ):
        @router.ice
        def broken(event):
            raise LookupError("no customer has +46701234567")

        assert ask("ice") == (500, {"error": "internal error"})
        [record] = caplog.records
        assert record.levelno == logging.ERROR
        assert record.sinch_call_id == "c1"
        message = record.getMessage()
        assert "for ice 'c1', answered 500: LookupError: no customer has" in message
        assert re.match(r"the handler \S+broken failed for ", message)
        assert "Traceback" in message
        assert "+46701234567" not in caplog.text
        assert "+4670*****67" in caplog.text

    @pytest.mark.parametrize(
        ("name", "result"),
        [
            ("ice", '{"action":{"name":"hangup"}}'),
            ("ice", Svamlet),
            ("ice", 7),
            ("ice", [1]),
            ("ice", {"action": {"name": object()}}),
            ("ice", allow()),
            ("ice", {"action": "allow"}),
            ("verification_request", CONTINUE),
            ("verification_request", {}),
        ],
    )
    def test_a_result_that_is_no_reply_is_a_failure(self, name, result, router, ask, caplog):
        getattr(router, name)(lambda event: result)
        assert ask(name)[0] == 500
        assert len(caplog.records) == 1

    @pytest.mark.parametrize("name", EVENTS)
    @pytest.mark.parametrize("made_for", REPLIES)
    def test_a_reply_goes_out_for_the_event_it_is_made_for_and_for_no_other(
        self, name, made_for, verifier, sign, caplog
    ):
        for reply in REPLIES[made_for]:
            caplog.clear()
            router = CallbackRouter(verifier)
            getattr(router, name)(lambda event, reply=reply: reply)
            answer = router.dispatch(sign(EVENTS[name]))
            if name == made_for:
                assert answer.status == 200
                assert answer.body.decode() == reply.body
                assert not caplog.records
            else:
                assert answer.status == 500
                (record,) = caplog.records
                assert "this is a reply for" in record.getMessage()

    def test_the_failure_says_which_builder_to_use(self, router, ask, caplog):
        router.ice(lambda event: SVAML.ace().continue_())
        assert ask("ice")[0] == 500
        assert "this is a reply for an ACE, not for an ICE: use svaml.ice()" in caplog.text

    def test_error_trackers_can_be_told(self, verifier, sign, caplog):
        told = []
        router = CallbackRouter(verifier, on_error=lambda error, event: told.append((error, event)))
        problem = RuntimeError("x")
        router.ice(lambda event: (_ for _ in ()).throw(problem))
        assert router.dispatch(sign(EVENTS["ice"])).status == 500
        assert told == [(problem, read_model(EVENTS["ice"]))]
        failing = CallbackRouter(verifier, on_error=lambda error, event: 1 / 0)
        failing.ice(lambda event: 1 / 0)
        caplog.clear()
        assert failing.dispatch(sign(EVENTS["ice"])).status == 500
        handler, tracker = (record.getMessage() for record in caplog.records)
        assert "on_error" not in handler
        assert tracker.startswith("on_error failed for ice 'c1'")

    def test_a_stop_iteration_is_an_error_like_any_other(self, router, ask):
        router.ice(lambda event: next(iter(())))
        assert ask("ice")[0] == 500

    def test_a_failing_observer_is_a_failure(self, router, sign, caplog):
        assert router.dispatch(sign(EVENTS["dice"]), on_event=lambda event: 1 / 0).status == 500
        assert caplog.messages[-1].startswith("on_event failed for dice 'c1'")

    def test_exits_are_not_swallowed(self, router, sign):
        def leave(event):
            raise SystemExit

        router.ice(leave)
        with pytest.raises(SystemExit):
            router.dispatch(sign(EVENTS["ice"]))


class TestReplays:
    @pytest.fixture
    def router(self, key, secret, now):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
        return CallbackRouter(verifier)

    def test_a_replay_does_not_reach_the_handler(self, router, ask):
        calls = []
        router.dice(calls.append)
        assert ask("dice")[0] == 200
        assert ask("dice") == (401, {"error": "unauthorized"})
        assert len(calls) == 1

    def test_after_a_failure_sinch_may_try_again(self, router, ask):
        results = [lambda: 1 / 0, lambda: CONTINUE]
        router.ice(lambda event: results.pop(0)())
        assert ask("ice")[0] == 500
        assert ask("ice") == (200, CONTINUE)

    def test_a_store_that_fails_is_a_500(self, key, secret, now, sign, caplog):
        class Broken:
            def claim(self, token, ttl):
                raise OSError("gone")

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=Broken())
        router = CallbackRouter(verifier)
        router.ice(lambda event: pytest.fail("unverified"))
        assert router.dispatch(sign(EVENTS["ice"])).status == 500
        assert "gone" in caplog.text

    def test_a_release_that_fails_is_logged(self, key, secret, now, sign, caplog):
        class Clumsy(MemorySeenStore):
            def release(self, token):
                raise OSError("stuck")

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=Clumsy())
        router = CallbackRouter(verifier)
        router.ice(lambda event: 1 / 0)
        assert router.dispatch(sign(EVENTS["ice"])).status == 500
        assert "stuck" in caplog.text


class TestEventLoop:
    async def test_plain_and_async_handlers_work(self, router, sign):
        @router.ice
        async def incoming(event, svaml):
            await asyncio.sleep(0)
            return CONTINUE

        router.ace(lambda event: HANGUP)
        assert json.loads((await router.dispatch_async(sign(EVENTS["ice"]))).body) == CONTINUE
        assert json.loads((await router.dispatch_async(sign(EVENTS["ace"]))).body) == HANGUP
        assert json.loads((await router.handle_async(read_model(EVENTS["ice"]))).body) == CONTINUE
        assert router.has_async_handlers

    @pytest.mark.parametrize("options", [{}, {"run_sync": asyncio.to_thread}])
    async def test_a_plain_handler_may_give_something_to_await(self, options, router, sign):
        async def answer():
            return CONTINUE

        router.ice(lambda event: answer())
        sent = await router.dispatch_async(sign(EVENTS["ice"]), **options)
        assert json.loads(sent.body) == CONTINUE

    async def test_plain_handlers_can_run_in_threads(self, router, sign):
        import threading

        threads = []
        router.ice(lambda event: threads.append(threading.current_thread()))
        await router.dispatch_async(sign(EVENTS["ice"]), run_sync=asyncio.to_thread)
        await router.handle_async(read_model(EVENTS["ice"]), run_sync=asyncio.to_thread)
        assert len(threads) == 2
        assert threading.current_thread() not in threads

    async def test_failures_and_refusals_are_the_same(self, router, sign, caplog):
        @router.ice
        async def broken(event):
            raise LookupError("+46701234567")

        assert (await router.dispatch_async(sign(EVENTS["ice"]))).status == 500
        assert (await router.dispatch_async(sign(b"x", key="other"))).status == 401
        assert len(caplog.records) == 2

    async def test_a_cancelled_request_is_cancelled(self, router, sign):
        @router.ice
        async def slow(event):
            await asyncio.sleep(60)

        task = asyncio.create_task(router.dispatch_async(sign(EVENTS["ice"])))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def test_many_at_once_do_not_mix(self, router, sign):
        @router.ice
        async def echo(event):
            await asyncio.sleep(0)
            return {"instructions": [], "echo": event.call_id}

        deliveries = [sign({"event": "ice", "callid": f"c{n}"}) for n in range(50)]
        answers = await asyncio.gather(*map(router.dispatch_async, deliveries))
        assert [json.loads(a.body)["echo"] for a in answers] == [f"c{n}" for n in range(50)]

    @pytest.mark.parametrize("kind", ["function", "object", "result"])
    def test_blocking_code_refuses_async_handlers_clearly(self, kind, router, sign):
        async def handler(event):
            return CONTINUE

        class Handler:
            async def __call__(self, event):
                return CONTINUE

        router.ice({"function": handler, "object": Handler(), "result": lambda e: handler(e)}[kind])
        with pytest.raises(ConfigurationError, match="asynchronous"):
            router.dispatch(sign(EVENTS["ice"]))


class TestRegistration:
    def test_one_slot_has_one_handler(self, router):
        router.ice(lambda event: None)
        with pytest.raises(ConfigurationError, match=r"@router\.ice is taken"):
            router.ice(lambda event: None)
        router.pie(menu="a")(lambda event: None)
        router.pie(lambda event: None)
        with pytest.raises(ConfigurationError, match="'a'"):
            router.pie(menu="a")(lambda event: None)
        router.notify(type="amd")(lambda event: None)
        with pytest.raises(ConfigurationError):
            router.notify(type="AMD")(lambda event: None)

    @pytest.mark.parametrize(
        "handler",
        [
            lambda: None,
            lambda a, b, c: None,
            lambda event, *, other: None,
            lambda **options: None,
            "main",
            7,
        ],
    )
    def test_a_function_that_cannot_be_called_is_refused_at_once(self, handler, router):
        with pytest.raises(ConfigurationError):
            router.ice(handler)

    def test_wanting_svaml_needs_svaml(self, verifier):
        router = CallbackRouter(verifier)
        with pytest.raises(ConfigurationError, match="svaml"):
            router.ice(lambda event, svaml: None)

    @pytest.mark.parametrize("menu", ["", 1, ["a"]])
    def test_a_menu_id_is_text(self, menu, router):
        with pytest.raises(ConfigurationError):
            router.pie(menu=menu)

    @pytest.mark.parametrize("verifier", [None, False, object()])
    def test_there_is_no_router_without_a_verifier(self, verifier):
        with pytest.raises(ConfigurationError, match="unverified"):
            CallbackRouter(verifier)

    def test_a_function_gives_it_at_each_delivery(self, verifier, sign, secret):
        given = []
        router = CallbackRouter(lambda: given[-1])
        given.append(verifier)
        assert router.dispatch(sign({"event": "dice", "callid": "1"})).status == 200
        given.append(CallbackVerifier("another", secret))
        assert router.dispatch(sign({"event": "dice", "callid": "1"})).status == 401
        assert router.verifier is given[-1]

    def test_a_reply_of_ones_own_is_built(self, router, ask):
        class Busy(Reply):
            answers = "ice"

            def build(self):
                return Svaml().ice().hangup().build()

        router.ice(lambda event: Busy())
        assert ask("ice") == (200, HANGUP)

    def test_what_a_verifier_of_ones_own_checks_is_not_passed_by(self, sign, key, secret, now):
        class OnlyMondays(CallbackVerifier):
            def steps(self, delivery):
                yield from super().steps(delivery)
                raise CallbackRejected("no Monday", RejectionReason.BAD_SIGNATURE)

        router = CallbackRouter(OnlyMondays(key, secret, clock=lambda: now))
        assert router.dispatch(sign({"event": "dice", "callid": "1"})).status == 401

    def test_a_function_is_asked_once_for_each_delivery(self, sign, key, secret, now):
        made = []

        def make():
            store = MemorySeenStore()
            made.append(CallbackVerifier(key, secret, clock=lambda: now, seen=store))
            return made[-1]

        assert CallbackRouter(make).dispatch(sign({"event": "dice", "callid": "1"})).status == 200
        assert len(made) == 1

    def test_a_function_that_gives_none_lets_nothing_pass(self, sign):
        router = CallbackRouter(lambda: None)
        with pytest.raises(ConfigurationError, match="unverified"):
            router.dispatch(sign({"event": "dice", "callid": "1"}))
