"""Who may use a service plan, and how its callbacks prove where they come from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from sinch.callbacks import Delivery, MessagesVerifier
from sinch.errors import CallbackRejected
from sinch.sandbox.delivery.callbacks import Signing
from sinch.sandbox.delivery.plan_access import PlanAccess

#: From the tests of the official Node SDK.
BODY = (
    b'{"at":"2025-01-13T09:22:40.914Z","batch_id":"01JHFFHQ0P99JPPNQPJDV7JTBP","client_reference":'
    b'"a client reference","code":0,"operator_status_at":"2025-01-13T09:22:00Z","recipient":'
    b'"33662162466","status":"Delivered","type":"recipient_delivery_report_sms"}'
)
SIGNED_AT = datetime.fromtimestamp(1736760161, UTC)
NONCE = "01JHFFHWYY7HSS4FWTMDTQEK8V"
ACCESS = PlanAccess(service_plan_id="plan", api_token="token", webhook_secret="SMSWebhooksSecret")


def test_the_signature_is_that_of_sinch():
    assert ACCESS.headers(BODY, NONCE, SIGNED_AT, Signing.RIGHT) == {
        "x-sinch-webhook-signature": "ZoHei66PPN/kZjw7hFVfGhJOnml3iGNCMWoyQVcE5o0=",
        "x-sinch-webhook-signature-nonce": NONCE,
        "x-sinch-webhook-signature-timestamp": "1736760161",
        "x-sinch-webhook-signature-algorithm": "HmacSHA256",
    }


@pytest.mark.parametrize("basic", [None, ("user", "password")])
@pytest.mark.parametrize("signing", Signing)
def test_an_app_takes_what_is_right_and_nothing_else(basic, signing):
    access = PlanAccess(webhook_secret="whsec", basic=basic).completed(lambda: "made-up")
    verifier = MessagesVerifier(
        "whsec" if basic is None else (), basic=basic or (), clock=lambda: SIGNED_AT
    )
    headers = access.headers(BODY, NONCE, SIGNED_AT, signing)
    delivery = Delivery("POST", "/sinch", headers, BODY)
    if signing is Signing.RIGHT:
        assert verifier.verify(delivery).event().recipient == "+33662162466"
    else:
        with pytest.raises(CallbackRejected):
            verifier.verify(delivery)
    later = MessagesVerifier("x", clock=lambda: SIGNED_AT + timedelta(days=1))
    with pytest.raises(CallbackRejected):
        later.verify(delivery)


def test_what_is_missing_is_made_up_and_what_is_given_stays():
    numbers = count()
    made = PlanAccess(api_token="given").completed(lambda: f"made-up-{next(numbers)}")
    assert (made.service_plan_id, made.api_token, made.webhook_secret) == (
        "made-up-0", "given", "made-up-1"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"service_plan_id": "a/b"}, "service_plan_id"),
        ({"api_token": "with space"}, "api_token"),
        ({"webhook_secret": "   "}, "secrets"),
        ({"basic": ("us:er", "password")}, "basic"),
    ],
)
def test_what_no_client_or_app_would_take_is_refused(given, names):
    with pytest.raises(ValueError, match=names):
        PlanAccess(**given).completed(lambda: "made-up")


def test_nothing_shows_a_secret():
    access = PlanAccess(
        api_token="token-1234", webhook_secret="whsec-1234", basic=("u", "pass-1234")
    )
    assert "1234" not in repr(access)
    assert set(access.secrets) == {"token-1234", "whsec-1234", "pass-1234"}
    # a word that everybody uses would be masked in every path
    assert PlanAccess(api_token="demo").secrets == ()
