"""Both clients of this package against a served sandbox: every operation of the specification, and bad days."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sinch import AsyncSinchClient, RetryPolicy, SinchClient
from sinch.errors import Forbidden, NotFound, OutcomeUnknown, Unauthorized
from sinch.sandbox import Sandbox
from sinch_api.models.messages import (
    DeliveryFeedback,
    GroupRequest,
    GroupUpdate,
    MessageStatus,
    TextBatchRequest,
    TextBatchUpdate,
)
from sinch_api.operations import messages as operations

ADA, BEN, EVA = "+46700000001", "+46700000002", "+46700000003"
PLAN, TOKEN = "5f1dc1b2000040008000000000000001", "token-of-the-plan"
HELLO = TextBatchRequest(to=(ADA, BEN), from_="Acme", body="Hello")


@pytest.fixture(scope="module")
def serving() -> Iterator[Sandbox]:
    with Sandbox(service_plan_id=PLAN, api_token=TOKEN) as running:
        yield running


@pytest.fixture
def sandbox(serving: Sandbox) -> Sandbox:
    serving.reset()
    return serving


class Blocking:
    """What a test asks, with the blocking client."""

    def __init__(self, url: str, **options: Any) -> None:
        self._options = {"service_plan_id": PLAN, "api_token": TOKEN, "base_url": url, **options}

    def run(self, ask: Any) -> Any:
        """The answer to what ``ask`` asks of a client; all of it, where it comes in pages."""
        with SinchClient(**self._options) as sinch:
            answer = ask(sinch)
            return list(answer) if isinstance(answer, Iterator) else answer

    def send(self, operation: Any) -> Any:
        return self.run(lambda sinch: sinch.send(operation))


class Asyncio(Blocking):
    """The same with the asyncio client."""

    def run(self, ask: Any) -> Any:
        async def go() -> Any:
            async with AsyncSinchClient(**self._options) as sinch:
                answer = ask(sinch)
                if inspect.isasyncgen(answer) or hasattr(answer, "__aiter__"):
                    return [each async for each in answer]
                return await answer

        return asyncio.run(go())


@pytest.fixture(params=[Blocking, Asyncio])
def kind(request: pytest.FixtureRequest) -> type[Blocking]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def client(kind: type[Blocking], sandbox: Sandbox) -> Blocking:
    return kind(sandbox.url)


class TestEveryOperation:
    def test_of_batches(self, client):
        later = TextBatchRequest(
            to=(ADA, BEN), body="Hello", send_at=datetime.now(UTC) + timedelta(hours=1)
        )
        batch = client.send(operations.send_batch(PLAN, later))
        assert batch.to == (ADA, BEN)
        assert client.send(operations.get_batch(PLAN, batch.id)) == batch
        changed = client.send(
            operations.update_batch(PLAN, batch.id, TextBatchUpdate(to_remove=(BEN,), body="Hi"))
        )
        assert (changed.to, changed.body) == ((ADA,), "Hi")
        replaced = client.send(operations.replace_batch(PLAN, batch.id, HELLO))
        assert replaced.to == (ADA, BEN)
        cancelled = client.send(operations.cancel_batch(PLAN, batch.id))
        assert cancelled.canceled is True
        assert [one.id for one in client.send(operations.list_batches(PLAN)).batches] == [batch.id]
        counted = client.send(operations.dry_run_batch(PLAN, HELLO, per_recipient=True))
        assert (counted.number_of_messages, counted.per_recipient[0].recipient) == (2, ADA)

    def test_of_reports(self, sandbox, client):
        sandbox.set_outcome(BEN, "Rejected")
        batch = client.send(operations.send_batch(PLAN, HELLO))
        sandbox.advance(1)
        report = client.send(operations.get_batch_report(PLAN, batch.id))
        assert sum(part.count or 0 for part in report.statuses) == 2
        one = client.send(operations.get_recipient_report(PLAN, batch.id, ADA))
        assert (one.recipient, one.status) == (ADA, MessageStatus.DELIVERED)
        listed = client.send(
            operations.list_recipient_reports(PLAN, statuses=(MessageStatus.REJECTED,))
        )
        assert [found.recipient for found in listed.delivery_reports] == [BEN]
        feedback = DeliveryFeedback(recipients=(ADA,))
        client.send(operations.send_delivery_feedback(PLAN, batch.id, feedback))

    def test_of_incoming_messages(self, sandbox, client):
        sandbox.receive(ADA, "STOP", api="rest")
        (arrived,) = client.send(operations.list_inbounds(PLAN)).inbounds
        assert client.send(operations.get_inbound(PLAN, arrived.id)) == arrived
        assert (arrived.from_, arrived.body) == (ADA, "STOP")

    def test_of_groups(self, client):
        group = client.send(
            operations.create_group(PLAN, GroupRequest(name="Staff", members=(ADA,)))
        )
        client.send(operations.update_group(PLAN, group.id, GroupUpdate(add=(BEN,))))
        assert client.send(operations.list_group_members(PLAN, group.id)) == (ADA, BEN)
        client.send(operations.replace_group(PLAN, group.id, GroupRequest(members=(EVA,))))
        assert client.send(operations.get_group(PLAN, group.id)).size == 1
        assert len(client.send(operations.list_groups(PLAN)).groups) == 1
        client.send(operations.delete_group(PLAN, group.id))
        with pytest.raises(NotFound):
            client.send(operations.get_group(PLAN, group.id))

    def test_none_is_left_out(self):
        source = inspect.getsource(TestEveryOperation)
        left = [
            name for name, value in vars(operations).items()
            if inspect.isfunction(value) and value.__module__ == operations.__name__
            and not name.startswith("_") and not name.endswith("_all") and f"operations.{name}(" not in source
        ]  # fmt: skip
        assert left == []


class TestTheProduct:
    def test_a_message_with_all_its_trimmings(self, sandbox, client):
        def ask(sinch: Any) -> Any:
            draft = sinch.messages([ADA, BEN], "Hello ${name}").with_sender("Acme")
            draft = draft.with_parameters({"name": {ADA: "Ada", "default": "there"}})
            draft = draft.with_client_reference("run-7").with_delivery_report("full")
            return draft.with_callback_url("http://127.0.0.1:9/x").expires(3600).send()

        batch = client.run(ask)
        sandbox.advance(1)
        texts = {one.number: one.text for one in sandbox.emulator.services.messages.sent}
        assert texts == {ADA: "Hello Ada", BEN: "Hello there"}
        found = client.run(lambda sinch: sinch.messages.list(client_reference="run-7"))
        assert [one.id for one in found] == [batch.id]

    def test_lists_go_through_all_pages(self, client):
        for number in range(5):
            client.run(lambda sinch, n=number: sinch.messages([ADA], f"{n}").send())
        found = client.run(lambda sinch: sinch.messages.list(page_size=2))
        assert [one.body for one in found] == ["4", "3", "2", "1", "0"]

    def test_classic_programs_run_on_the_plan(self, sandbox, client):
        receipt = client.run(lambda sinch: sinch.sms(ADA, "Hello").send())
        sandbox.advance(1)
        status = client.run(lambda sinch: sinch.sms.get_status(receipt.message_id))
        assert str(getattr(status, "status", status)).upper().endswith("SUCCESSFUL")

    def test_refusals_become_errors_with_the_word(self, sandbox, client, kind):
        batch = client.run(lambda sinch: sinch.messages([ADA], "Hi").send())
        sandbox.advance(1)
        with pytest.raises(Forbidden) as too_late:
            client.run(lambda sinch: sinch.messages.update(batch.id, text="x"))
        assert too_late.value.error_code == "batch_already_dispatched"
        with pytest.raises(Unauthorized):
            kind(sandbox.url, api_token="wrong").run(lambda sinch: sinch.messages.get("x"))


class TestBadDays:
    """Faults strike this API as they strike the others; what was sent is counted by the sandbox."""

    @pytest.fixture
    def hasty(self, kind: type[Blocking], sandbox: Sandbox) -> Blocking:
        return kind(sandbox.url, retry=RetryPolicy(initial_delay=0.01, max_delay=0.02), timeout=0.4)

    def batches(self, sandbox: Sandbox) -> int:
        return len(sandbox.emulator.services.plan.batches.sent)

    @pytest.mark.parametrize(
        "fault", ["lost-response", "bad-gateway", "reset", "slow-body,seconds=2", "server-error"]
    )
    def test_once_is_once(self, sandbox, hasty, fault):
        sandbox.add_faults(f"{fault},match=/batches,times=1")
        ask = lambda sinch: sinch.messages.send_once([ADA], "Hi", "order-7", grace=0.05)  # noqa: E731
        batch = hasty.run(ask)
        assert (batch.client_reference, self.batches(sandbox)) == ("order-7", 1)

    def test_a_lost_answer_is_unknown_and_nothing_is_repeated(self, sandbox, hasty):
        sandbox.add_faults("lost-response,match=/xms,times=1")
        with pytest.raises(OutcomeUnknown):
            hasty.run(lambda sinch: sinch.messages([ADA], "Hi").send())
        assert self.batches(sandbox) == 1

    def test_a_rate_limit_is_waited_for(self, sandbox, hasty):
        sandbox.add_faults("rate-limit,match=/xms,retry_after=0,times=2")
        hasty.run(lambda sinch: sinch.messages([ADA], "Hi").send())
        assert self.batches(sandbox) == 1
