"""A bad day in a :class:`LocalSandbox`: what both clients make of it, without a wire."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from sinch import RetryPolicy, SinchClient, VerificationMethod
from sinch.callbacks import CallbackRouter, CallbackVerifier, allow
from sinch.errors import Forbidden, OutcomeUnknown, ServerError
from sinch.testing import LocalSandbox

CUSTOMER = "+46700000033"
QUICK = RetryPolicy(attempts=3, initial_delay=0, max_delay=0, jitter=False)


@pytest.fixture
def local(credentials):
    with LocalSandbox(key=credentials[0], secret=credentials[1]) as sandbox:
        yield sandbox


@pytest.fixture(params=["client", "async_client"])
def sinch(request, local: LocalSandbox) -> Any:
    return getattr(local, request.param)(retry=QUICK, timeout=3)


async def settled(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


@pytest.mark.parametrize(
    ("fault", "error", "sent"),
    [
        ("lost-response", OutcomeUnknown, 1),
        ("slow-body,seconds=10", OutcomeUnknown, 1),
        ("latency,seconds=10", OutcomeUnknown, 1),
        ("slow-body,seconds=1", None, 1),
        ("reset", OutcomeUnknown, 0),
        ("bad-gateway", ServerError, 0),
        ("server-error", ServerError, 0),
    ],
)
async def test_an_sms_on_a_bad_day(local: LocalSandbox, sinch: Any, fault, error, sent) -> None:
    local.add_faults(fault)
    draft = sinch.sms(CUSTOMER, "Hello")
    if error is None:
        assert (await settled(draft.send())).message_id
    else:
        with pytest.raises(error):
            await settled(draft.send())
    assert len(local.messages) == sent
    local.clear_faults()
    assert (await settled(sinch.sms(CUSTOMER, "Hello").send())).message_id


async def test_a_question_whose_answer_is_lost_is_asked_again(local: LocalSandbox, sinch) -> None:
    local.add_faults("lost-response,times=2")
    assert len(await settled(sinch.applications.numbers())) == 1


def test_at_a_port_the_connection_is_really_cut(local: LocalSandbox) -> None:
    local.add_faults("lost-response,times=1", "slow-body,seconds=0.1")
    key, secret = local.application_key, local.application_secret
    with SinchClient(key, secret, base_url=local.url) as client:
        with pytest.raises(OutcomeUnknown):
            client.sms(CUSTOMER, "Hello").send()
        client.sms(CUSTOMER, "Hello").send()
    assert len(local.messages) == 2


def test_callbacks_are_lost_or_come_twice(local: LocalSandbox, credentials) -> None:
    router, seen = CallbackRouter(CallbackVerifier(*credentials)), []

    @router.verification_request
    def decide(event):
        seen.append(event.event)
        return allow()

    router.verification_result(lambda event: seen.append(event.event))
    local.send_verifications_to(router, "/sinch")
    local.add_faults("drop,match=VerificationRequestEvent,times=1")
    with local.client() as client:
        with pytest.raises(Forbidden):
            client.verification(CUSTOMER).initiate(VerificationMethod.SMS)
        assert seen == ["VerificationResultEvent"]
        local.add_faults("duplicate,match=VerificationRequestEvent")
        client.verification(CUSTOMER).initiate(VerificationMethod.SMS)
    assert seen[1:] == ["VerificationRequestEvent"] * 2


def test_a_call_whose_callback_is_lost(local: LocalSandbox, credentials) -> None:
    router, seen = CallbackRouter(CallbackVerifier(*credentials)), []
    router.ice(lambda event: seen.append(event.event) or {"action": {"name": "hangup"}})
    router.dice(lambda event: seen.append(event.event))
    local.add_faults("drop,match=ice,times=1")
    call = local.phone(router, "/sinch").call(CUSTOMER)
    assert seen == ["dice"]
    assert call.ended.reason == "CALLBACKERROR"


@pytest.mark.parametrize("kind", ["delay", "reorder", "wrong-signature"])
def test_faults_that_take_a_running_clock(local: LocalSandbox, kind) -> None:
    with pytest.raises(ValueError, match=r"sinch\.sandbox\.Sandbox only"):
        local.add_faults(kind)
