"""Sinch inside the test: clients without a port, and calls that the code under test places."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from sinch import SinchClient, VerificationMethod
from sinch.callbacks import CallbackRouter, CallbackVerifier, allow, deny
from sinch.engine import CallState
from sinch.errors import ApiError, ConfigurationError, Forbidden
from sinch.svaml import Svaml
from sinch.testing import CallbackRefused, FrozenClock, LocalSandbox, Phone, PhoneError

CUSTOMER = "+46700000033"


@pytest.fixture
def local(credentials):
    with LocalSandbox(key=credentials[0], secret=credentials[1]) as sandbox:
        yield sandbox


def test_a_blocking_client_needs_no_port(local: LocalSandbox) -> None:
    with local.client() as sinch:
        sinch.sms(CUSTOMER, "Hello").send()

    assert [message.text for message in local.messages] == ["Hello"]
    assert repr(local) == "<LocalSandbox>"


async def test_an_asyncio_client_needs_no_port(local: LocalSandbox) -> None:
    sinch = local.async_client()
    receipt = await sinch.sms(CUSTOMER, "Hello").send()

    local.advance(timedelta(seconds=1))
    assert (await sinch.sms.get_status(receipt.message_id)).status == "Successful"


def test_errors_are_those_of_sinch(local: LocalSandbox) -> None:
    from sinch.errors import Unauthorized

    with (
        local.client(application_secret="c2VjcmV0IG9mIGFub3RoZXI=") as stranger,
        pytest.raises(Unauthorized),
    ):
        stranger.sms(CUSTOMER, "Hello").send()


def test_codes_can_be_looked_up(local: LocalSandbox) -> None:
    with local.client() as sinch:
        started = sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
        code = local.verifications[-1].code
        report = sinch.verification().with_id(started.id).with_code(code)
        assert report.report(VerificationMethod.SMS).status == "SUCCESSFUL"


def test_a_port_is_opened_when_its_address_is_asked_for(local: LocalSandbox) -> None:
    key, secret = local.application_key, local.application_secret
    with SinchClient(key, secret, base_url=local.url) as sinch:
        sinch.sms(CUSTOMER, "Hello").send()

    assert len(local.messages) == 1
    assert repr(local) == f"<LocalSandbox at {local.url}>"


def test_a_frozen_clock_does_not_keep_clients_out(credentials) -> None:
    clock = FrozenClock()
    sandbox = LocalSandbox(key=credentials[0], secret=credentials[1], clock=clock)
    with sandbox.client() as sinch:
        sinch.sms(CUSTOMER, "Hello").send()
        sandbox.advance(2)

    assert sandbox.messages[0].sent_at == clock.now - timedelta(seconds=2)
    assert sandbox.messages[0].status == "Successful"


# --- verification callbacks -----------------------------------------------------------------------


def make_decider(credentials, told: list[str], *, asynchronous: bool = False) -> CallbackRouter:
    router = CallbackRouter(CallbackVerifier(*credentials))

    def decide(event):
        return allow("4711") if event.identity.endpoint == CUSTOMER else deny()

    async def decide_async(event):
        return decide(event)

    router.verification_request(decide_async if asynchronous else decide)

    @router.verification_result
    def over(event):
        told.append(event.status)

    return router


def test_the_application_decides_about_verifications(local, credentials) -> None:
    told: list[str] = []
    local.send_verifications_to(make_decider(credentials, told))

    with local.client() as sinch:
        started = sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
        assert local.verifications[-1].code == "4711"
        sinch.verification().with_id(started.id).with_code("4711").report(VerificationMethod.SMS)
        assert told == ["SUCCESSFUL"]

        with pytest.raises(ApiError):
            sinch.verification("+46700000044").initiate(VerificationMethod.SMS)


def test_its_own_api_lets_time_pass_and_waits_for_the_application(local, credentials) -> None:
    told: list[str] = []
    local.send_verifications_to(make_decider(credentials, told))

    with local.client() as sinch:
        sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
    ahead = requests.post(f"{local.url}/_sandbox/clock", json={"seconds": 3600}, timeout=5)

    assert (ahead.status_code, ahead.json()["aheadSeconds"]) == (200, 3600)
    assert told == ["FAIL"]
    hello = {"from": CUSTOMER, "message": "Hello"}
    assert requests.post(f"{local.url}/_sandbox/inbox", json=hello, timeout=5).status_code == 200


async def test_the_application_decides_in_an_event_loop(local, credentials) -> None:
    told: list[str] = []
    local.send_verifications_to(make_decider(credentials, told, asynchronous=True))
    sinch = local.async_client()

    started = await sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
    draft = sinch.verification().with_id(started.id).with_code("4711")
    await draft.report(VerificationMethod.SMS)

    assert told == ["SUCCESSFUL"]

    await sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
    local.advance(timedelta(hours=1))
    await sinch.sms(CUSTOMER, "Hello").send()
    assert told == ["SUCCESSFUL", "FAIL"]


def test_verification_callbacks_that_are_refused_fail_the_test(local, credentials) -> None:
    router = make_decider(credentials, [])
    local.send_verifications_to(router, credentials=("other", "c2VjcmV0IG9mIGFub3RoZXI="))

    with local.client() as sinch, pytest.raises(CallbackRefused, match="HTTP 401"):
        sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)


def broken_decider(credentials, kind: str) -> CallbackRouter:
    router = CallbackRouter(CallbackVerifier(*credentials))
    answers = {"nothing": None, "illegal": {"action": "maybe"}}

    def decide(event):
        if kind == "crash":
            raise LookupError("no such customer")
        return answers[kind]

    if kind != "unhandled":
        router.verification_request(decide)
    return router


BROKEN = {
    "crash": "HTTP 500: the handler broken_decider.<locals>.decide raised LookupError",
    "nothing": r"returned None for verificationrequestevent.* return deny\(\)",
    "unhandled": "add one with @router.verification_request",
    "illegal": "Sinch refused the answer of the app to VerificationRequestEvent: action has to be",
}


@pytest.mark.parametrize(("kind", "message"), BROKEN.items())
def test_a_broken_decision_fails_the_test(local, credentials, kind, message) -> None:
    local.send_verifications_to(broken_decider(credentials, kind))

    with local.client() as sinch, pytest.raises(PhoneError, match=message):
        sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)


@pytest.mark.parametrize(("kind", "message"), BROKEN.items())
async def test_a_broken_decision_in_an_event_loop(local, credentials, kind, message) -> None:
    local.send_verifications_to(broken_decider(credentials, kind))

    with pytest.raises(PhoneError, match=message):
        await local.async_client().verification(CUSTOMER).initiate(VerificationMethod.SMS)


def test_a_broken_decision_that_is_expected_denies(local, credentials) -> None:
    local.send_verifications_to(broken_decider(credentials, "crash"))

    with local.client() as sinch:
        with local.expect_failure(CallbackRefused), pytest.raises(Forbidden):
            sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
        with pytest.raises(CallbackRefused):
            sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
    assert len(local.failures) == 2


def test_what_happens_behind_the_port_is_raised_at_the_end(credentials) -> None:
    sandbox = LocalSandbox(key=credentials[0], secret=credentials[1])
    sandbox.send_verifications_to(broken_decider(credentials, "crash"))
    with (
        pytest.raises(CallbackRefused, match="LookupError"),
        sandbox,
        SinchClient(*credentials, base_url=sandbox.url) as sinch,
        pytest.raises(Forbidden),
    ):
        sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)


def test_a_sandbox_that_is_not_strict_has_phones_that_are_not(credentials) -> None:
    sandbox = LocalSandbox(key=credentials[0], secret=credentials[1], strict=False)
    router = broken_decider(credentials, "crash")
    sandbox.send_verifications_to(router)

    with sandbox.client() as sinch, pytest.raises(Forbidden):
        sinch.verification(CUSTOMER).initiate(VerificationMethod.SMS)
    assert sandbox.phone(router).call().ended
    with pytest.raises(PhoneError):
        sandbox.phone(router, strict=True).call()


# --- calls ----------------------------------------------------------------------------------------


def test_a_callout_is_expected_and_answered(local: LocalSandbox, ivr: CallbackRouter) -> None:
    phone = local.phone(ivr)
    with local.client() as sinch:
        placed = sinch.callouts.tts(CUSTOMER, "Your parcel is here.").call()

    call = phone.expect_call(CUSTOMER)

    assert call.id == placed.call_id
    assert call.heard("parcel")
    assert call.ended
    with pytest.raises(AssertionError, match="has placed no call"):
        phone.expect_call()


def test_a_call_to_somebody_else_is_not_the_expected_one(local, ivr) -> None:
    phone = local.phone(ivr)
    with local.client() as sinch:
        sinch.callouts.tts(CUSTOMER, "Hello").call()

    with pytest.raises(AssertionError, match=r"\+46700000044 was not called, but \+46700000033"):
        phone.expect_call("+46700000044")


def test_the_customer_is_busy(local: LocalSandbox, ivr: CallbackRouter) -> None:
    phone = local.phone(ivr)
    phone.far_end(CUSTOMER, busy=True)
    with local.client() as sinch:
        placed = sinch.callouts.tts(CUSTOMER, "Hello").call()

        assert phone.expect_call().ended.result == "BUSY"
        assert sinch.calls(placed.call_id).get().result == "BUSY"


def test_calls_are_steered_by_rest(local: LocalSandbox, ivr: CallbackRouter) -> None:
    phone = local.phone(ivr)
    call = phone.call().press("2")
    assert call.in_conference == "room-1"

    with local.client() as sinch:
        sinch.conferences("room-1").participant(call.id).mute()
        assert call.muted
        sinch.calls(call.id).update(Svaml().manage_call().hangup())
    assert call.wait(0).ended.reason == "MANAGERHANGUP"


async def test_all_of_it_in_an_event_loop(local: LocalSandbox, ivr: CallbackRouter) -> None:
    phone, sinch = local.async_phone(ivr), local.async_client()
    phone.far_end(CUSTOMER, waits=True)
    await sinch.callouts.tts(CUSTOMER, "Hello").call()

    call = await phone.expect_call()
    assert call.state is CallState.RINGING
    assert (await call.answer()).heard("Hello")


def test_two_phones_of_a_sandbox_meet(local: LocalSandbox, ivr: CallbackRouter) -> None:
    first = local.phone(ivr).call().press("2")
    second = local.phone(ivr, number="+46700000003").call().press("2")
    assert first.in_conference == second.in_conference == "room-1"

    with local.client() as sinch:
        assert len(sinch.conferences("room-1").get().participants) == 2


def test_a_phone_has_the_clock_of_its_sandbox(local: LocalSandbox, ivr: CallbackRouter) -> None:
    started = local.clock.now
    local.phone(ivr).call().wait(3600)
    assert local.clock.now >= started + timedelta(hours=1)

    with pytest.raises(ConfigurationError, match="clock and settings of the sandbox"):
        local.phone(ivr, clock=FrozenClock())


def test_the_callout_of_an_event_handler_is_expected(local, credentials) -> None:
    sinch = local.client()
    router = CallbackRouter(CallbackVerifier(*credentials), svaml=Svaml())

    @router.ice
    def incoming(event, svaml):
        sinch.callouts.tts(CUSTOMER, "Somebody calls.").call()
        return svaml.ice().say("Thank you.").hangup()

    phone = local.phone(router)
    assert phone.call().ended
    assert phone.expect_call(CUSTOMER).heard("Somebody calls")


def test_a_phone_without_a_sandbox_has_nothing_to_expect(ivr: CallbackRouter) -> None:
    with pytest.raises(AssertionError, match="has placed no call"):
        Phone(ivr).expect_call()
