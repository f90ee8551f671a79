"""The SMS REST API of a :class:`.LocalSandbox`: no port, time that stands still, callbacks to an app in the test."""

from __future__ import annotations

from typing import Any

import pytest

from sinch import VerificationMethod
from sinch.callbacks import CallbackRouter, CallbackVerifier, MessagesVerifier
from sinch.errors import Forbidden
from sinch.testing import CallbackRefused, LocalSandbox, signed_message

ADA, BEN = "+46700000001", "+46700000002"


class App:
    """Notes what it hears of the service plan."""

    def __init__(self, secret: str) -> None:
        self.heard: list[str] = []
        self.router = CallbackRouter(MessagesVerifier(secret))

        @self.router.batch_report
        def batch(event: Any) -> None:
            self.heard.append(f"{event.total_message_count} parts")

        @self.router.recipient_report
        def recipient(event: Any) -> None:
            self.heard.append(f"{event.recipient} {event.status}")

        @self.router.inbound
        def inbound(event: Any) -> None:
            self.heard.append(f"{event.from_}: {event.body}")


@pytest.fixture
def local():
    with LocalSandbox() as made:
        yield made


@pytest.fixture
def app(local: LocalSandbox) -> App:
    made = App(local.webhook_secret)
    local.send_messages_to(made.router)
    return made


def test_reports_and_replies_reach_the_app_as_time_moves(local, app):
    local.set_outcome(BEN, "Failed", after=60)
    with local.client() as sinch:
        sinch.messages([ADA, BEN], "Hi").with_delivery_report("per_recipient_final").send()
        assert app.heard == []
        local.advance(1)
        local.receive(ADA, "STOP")
        local.advance(60)
        assert [one.body for one in sinch.messages.inbound()] == ["STOP"]
    assert app.heard == [f"{ADA} Delivered", f"{ADA}: STOP", f"{BEN} Failed"]


async def test_with_asyncio_they_go_out_with_the_next_request(local, app):
    async with local.async_client() as sinch:
        batch = await sinch.messages([ADA], "x" * 161).with_delivery_report("summary").send()
        local.advance(1)
        await sinch.messages.get(batch.id)
    assert app.heard == ["2 parts"]


def test_without_an_app_a_report_has_nowhere_to_go(local):
    with local.client() as sinch:
        with pytest.raises(Forbidden) as refused:
            sinch.messages([ADA], "Hi").with_delivery_report("summary").send()
        assert refused.value.error_code == "missing_callback_url"
        # a URL of its own is fine; nobody is there
        draft = sinch.messages([ADA], "Hi").with_delivery_report("summary")
        draft.with_callback_url("https://shop.example/reports").send()
        local.advance(1)


def test_verifications_and_messages_may_go_to_different_apps(local, app):
    other = CallbackRouter(CallbackVerifier(local.application_key, local.application_secret))
    asked = []
    other.verification_request(lambda event: asked.append(event) or {"action": "allow"})
    other.verification_result(lambda event: None)
    local.send_verifications_to(other)
    with local.client() as sinch:
        sinch.verification(ADA).initiate(VerificationMethod.SMS)
        sinch.messages([ADA], "Hi").with_delivery_report("summary").send()
        local.advance(1)
    assert (len(asked), app.heard) == (1, ["1 parts"])


def test_an_app_with_another_secret_fails_the_test(local):
    local.send_messages_to(App("another secret").router)
    with pytest.raises(CallbackRefused, match="401"):
        local.receive(ADA, "STOP", api="rest")


def test_a_signed_message_is_genuine_and_needs_a_secret(monkeypatch):
    event = {"type": "mo_text", "id": "01J", "from": "46700000002", "body": "STOP"}
    app = App("whsec")
    assert app.router.dispatch(signed_message(event, secret="whsec").delivery).status == 200
    monkeypatch.setenv("SINCH_WEBHOOK_SECRET", "whsec")
    assert app.router.dispatch(signed_message(event).delivery).status == 200
    assert app.router.dispatch(signed_message(event, secret="else").delivery).status == 401
    monkeypatch.delenv("SINCH_WEBHOOK_SECRET")
    with pytest.raises(Exception, match="set SINCH_WEBHOOK_SECRET"):
        signed_message(event)


def test_what_no_phone_can_send(local):
    with pytest.raises(ValueError, match="Parameter message is blank"):
        local.receive(ADA, " ")
