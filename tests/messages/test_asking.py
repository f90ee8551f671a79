"""Both clients against a service plan on a real socket: verbs, pages, the classic shape, lost answers."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sinch import SmsStatus
from sinch.errors import (
    BadRequest,
    ConfigurationError,
    InvalidArgumentError,
    Unauthorized,
    UnreadableAnswer,
)
from sinch.messages import DeliveryCode, MessageStatus, paging

from .conftest import KEY, PLAN, SECRET, TOKEN, Plan

ID = "01FC66621XXXXX119Z8PMV1QPQ"
NUMBER = "+46700000001"
BATCH = {
    "id": ID, "type": "mt_text", "to": ["46700000001"], "from": "Acme", "body": "Hi", "canceled": False,
    "created_at": "2026-11-25T09:22:14.304Z", "modified_at": "2026-11-25T09:22:14.304Z",
}  # fmt: skip
REPORT = {
    "type": "recipient_delivery_report_sms", "batch_id": ID, "recipient": "46700000001", "code": 0,
    "status": "Delivered", "at": "2026-11-25T09:22:15Z",
}  # fmt: skip
Settle = Callable[[Any], Any]


async def listed(iterator: Any) -> AsyncIterator[Any]:
    if inspect.isasyncgen(iterator):
        async for element in iterator:
            yield element
    else:
        for element in iterator:
            yield element


async def collected(iterator: Any) -> list[Any]:
    return [element async for element in listed(iterator)]


async def test_a_batch_is_sent_with_the_token_of_the_plan(
    sinch: Any, plan: Plan, settle: Settle
) -> None:
    plan.answers = [(201, BATCH)]

    batch = await settle(sinch.messages([NUMBER], "Hi").with_sender("Acme").send())

    [asked] = plan.asked
    assert (asked.method, asked.path) == ("POST", f"/xms/v1/{PLAN}/batches")
    assert asked.authorization == f"Bearer {TOKEN}"
    assert asked.body == {"type": "mt_text", "to": [NUMBER], "from": "Acme", "body": "Hi"}
    assert batch.id == ID
    assert batch.to == (NUMBER,), "as it was sent, though it came without a plus sign"


async def test_verbs(sinch: Any, plan: Plan, settle: Settle) -> None:
    messages, path = sinch.messages, f"/xms/v1/{PLAN}"
    table: list[tuple[Callable[[], Any], str, str, Any]] = [
        (lambda: messages.get(ID), "GET", f"/batches/{ID}", BATCH),
        (lambda: messages.cancel(ID), "DELETE", f"/batches/{ID}", {**BATCH, "canceled": True}),
        (lambda: messages.update(ID, text="Ho", add=NUMBER), "POST", f"/batches/{ID}", BATCH),
        (lambda: messages.batch_report(ID, full=True), "GET", f"/batches/{ID}/delivery_report",
         {"type": "delivery_report_sms", "batch_id": ID, "total_message_count": 1, "statuses": []}),
        (lambda: messages.report(ID, NUMBER), "GET", f"/batches/{ID}/delivery_report/46700000001", REPORT),
        (lambda: messages.get_inbound(ID), "GET", f"/inbounds/{ID}",
         {"type": "mo_text", "id": ID, "from": "46700000001", "to": "72246", "body": "STOP"}),
        (lambda: messages.dry_run(NUMBER, "Hi", per_recipient=True), "POST", "/batches/dry_run",
         {"number_of_recipients": 1, "number_of_messages": 1, "per_recipient": [{"recipient": "46700000001", "number_of_parts": 1}]}),
    ]  # fmt: skip
    found = []
    for verb, _, _, answer in table:
        plan.answers = [(200, answer)]
        found.append(await settle(verb()))

    assert [(asked.method, asked.path.removeprefix(path)) for asked in plan.asked] == [
        (method, tail) for _, method, tail, _ in table
    ]
    batch, cancelled, _, whole, report, inbound, counted = found
    assert batch.created_at == datetime(2026, 11, 25, 9, 22, 14, 304000, tzinfo=UTC)
    assert cancelled.canceled is True
    assert plan.asked[2].body == {"type": "mt_text", "to_add": [NUMBER], "body": "Ho"}
    assert plan.asked[3].query == {"type": ["full"]}
    assert whole.total_message_count == 1
    assert (report.recipient, report.code, report.status) == (
        NUMBER, DeliveryCode.DELIVERED, MessageStatus.DELIVERED,
    )  # fmt: skip
    assert (inbound.from_, inbound.to) == (NUMBER, "72246")
    assert plan.asked[6].query == {"per_recipient": ["true"], "number_of_recipients": ["100"]}
    assert counted.per_recipient[0].recipient == NUMBER


def page(number: int, ids: list[str], count: int) -> tuple[int, Any]:
    return 200, {"count": count, "page": number, "page_size": len(ids), "batches": [{**BATCH, "id": one} for one in ids]}  # fmt: skip


async def test_pages_are_asked_for_until_all_are_there(sinch: Any, plan: Plan) -> None:
    plan.answers = [page(0, ["d", "c"], 4), page(1, ["b", "a"], 4)]
    since = datetime(2026, 11, 1, tzinfo=UTC)

    found = await collected(
        sinch.messages.list(client_reference="run-7", since=since, page_size=2, senders="Acme")
    )

    assert [batch.id for batch in found] == ["d", "c", "b", "a"]
    assert [asked.query["page"] for asked in plan.asked] == [["0"], ["1"]]
    assert plan.asked[0].query == {
        "page": ["0"], "page_size": ["2"], "from": ["Acme"], "client_reference": ["run-7"],
        "start_date": ["2026-11-01T00:00:00Z"],
    }  # fmt: skip


async def test_a_batch_that_slipped_to_the_next_page_comes_once(sinch: Any, plan: Plan) -> None:
    plan.answers = [page(0, ["d", "c"], 4), page(1, ["c", "b"], 5), page(2, ["a"], 5)]

    assert [batch.id for batch in await collected(sinch.messages.list())] == ["d", "c", "b", "a"]


async def test_a_long_list_takes_no_more_memory_than_a_short_one(
    sinch: Any, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "REMEMBERED", 4)
    ids = [f"{number:03}" for number in range(40)]
    # between two requests two newer ones arrived, each time
    shifted = [ids[max(0, start - 2) : start + 4] for start in range(0, 40, 4)]
    plan.answers = [page(number, some, 60) for number, some in enumerate(shifted)]
    plan.answers.append(page(len(shifted), [], 60))

    listing = sinch.messages.list()
    held = []
    async for batch in listed(listing):
        held.append(batch.id)
        frame = listing.ag_frame if inspect.isasyncgen(listing) else listing.gi_frame
        assert len(frame.f_locals["state"]._seen) <= 4

    assert held == ids, "each once"


async def test_a_server_that_gives_the_same_page_for_ever_is_no_endless_list(
    sinch: Any, plan: Plan
) -> None:
    same = {"batches": [{**BATCH, "id": one} for one in ("b", "a")]}
    plan.answers = [(200, same)] * 100
    found: list[str] = []

    async def read_all() -> None:
        async for batch in listed(sinch.messages.list()):
            found.append(batch.id)  # noqa: PERF401 - what came before the error counts

    with pytest.raises(UnreadableAnswer, match="this list has no end"):
        await read_all()

    assert found == ["b", "a"]
    assert len(plan.asked) == 1 + paging.STALE_PAGES


async def test_an_empty_page_ends_a_list_without_a_count(sinch: Any, plan: Plan) -> None:
    plan.answers = [(200, {"delivery_reports": [REPORT]}), (200, {})]

    [report] = await collected(
        sinch.messages.reports(statuses=["Delivered", "Failed"], codes=[0, DeliveryCode.EXPIRED])
    )
    assert report.recipient == NUMBER
    assert plan.asked[0].query == {"page": ["0"], "status": ["Delivered,Failed"], "code": ["0,406"]}


async def test_the_next_page_is_asked_for_when_it_is_needed(sinch: Any, plan: Plan) -> None:
    plan.answers = [(200, {"count": 9, "inbounds": [{"type": "mo_text", "id": "1"}]})]
    arriving = sinch.messages.inbound(to=["72246"])
    assert plan.asked == []

    first = await anext(arriving) if inspect.isasyncgen(arriving) else next(arriving)
    assert first.id == "1"
    assert len(plan.asked) == 1
    await arriving.aclose() if inspect.isasyncgen(arriving) else arriving.close()


async def test_refusals_have_code_and_text(sinch: Any, plan: Plan, settle: Settle) -> None:
    plan.answers = [
        (400, {"code": "syntax_constraint_violation", "text": "to must not be empty"}),
        (401, None),
    ]

    with pytest.raises(BadRequest, match="to must not be empty") as refused:
        await settle(sinch.messages(NUMBER, "Hi").send())
    with pytest.raises(Unauthorized) as bare:
        await settle(sinch.messages.get(ID))

    assert refused.value.error_code == "syntax_constraint_violation"
    assert "syntax_constraint_violation" in str(refused.value)
    assert bare.value.error_code is None


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda it: it.get("a/b"), "batch_id must be an id"),
        (lambda it: it.update(ID), "update must change something"),
        (lambda it: it.update(ID, add=[NUMBER] * 101), "add must be 1 to 100 values"),
        (lambda it: it.list(since=datetime(2026, 1, 1)), "since must be a datetime with a time zone"),
        (lambda it: it.list(page_size=101), "page_size must be a whole number from 1 to 100"),
        (lambda it: it.reports(codes=["x"]), "codes must be whole numbers"),
        (lambda it: it.report(ID, "4670"), "number must be an international phone number"),
    ],
)  # fmt: skip
async def test_arguments_are_checked_before_anything_is_sent(
    sinch: Any, plan: Plan, settle: Settle, call: Any, said: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{said}"):
        await settle(call(sinch.messages))
    assert plan.asked == []


# --- sinch.sms over the REST API --------------------------------------------------------------------


async def test_programs_of_2018_run_on_a_service_plan(
    sinch: Any, plan: Plan, settle: Settle
) -> None:
    counts = [{"code": 0, "status": "Delivered", "count": 1}]
    plan.answers = [
        (201, BATCH),
        (200, {"type": "delivery_report_sms", "batch_id": ID, "statuses": counts}),
    ]

    receipt = await settle(sinch.sms(NUMBER, "Hi").with_cli("Acme").send())
    status = await settle(sinch.sms.get_status(receipt.message_id))

    assert receipt.message_id == ID
    assert status.status is SmsStatus.SUCCESSFUL
    assert plan.asked[0].body == {"type": "mt_text", "to": [NUMBER], "from": "Acme", "body": "Hi"}
    assert plan.asked[1].path == f"/xms/v1/{PLAN}/batches/{ID}/delivery_report"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], SmsStatus.PENDING), (["Queued"], SmsStatus.PENDING), (["Dispatched", "Failed"], SmsStatus.PENDING),
        (["Delivered"], SmsStatus.SUCCESSFUL), (["Delivered", "Expired"], SmsStatus.FAULTED),
        *[([name], SmsStatus.FAULTED) for name in ("Aborted", "Cancelled", "Rejected", "Deleted", "Failed", "Expired")],
        (["Unknown"], SmsStatus.UNKNOWN), (None, SmsStatus.UNKNOWN),
    ],
)  # fmt: skip
async def test_a_status_in_the_words_of_the_classic_api(
    sinch: Any, plan: Plan, settle: Settle, statuses: list[str] | None, expected: SmsStatus
) -> None:
    listed = [{"code": 1, "status": name, "count": 1} for name in statuses or ()]
    answer = {"type": "delivery_report_sms", "batch_id": ID, "statuses": listed}
    plan.answers = [(404, None) if statuses is None else (200, answer)]

    assert (await settle(sinch.sms.get_status(ID))).status is expected


async def test_with_both_pairs_the_id_tells_whose_status_it_is(
    make_client: Callable[..., Any], plan: Plan, settle: Settle
) -> None:
    client = make_client(
        key=KEY, secret=SECRET, service_plan_id=PLAN, api_token=TOKEN, base_url=plan.url
    )
    plan.answers = [
        (200, {"messageId": 7}), (200, {"status": "Pending"}),
        (200, {"type": "delivery_report_sms", "batch_id": ID, "statuses": []}),
    ]  # fmt: skip

    await settle(client.sms(NUMBER, "Hi").send())
    await settle(client.sms.get_status("7"))
    await settle(client.sms.get_status(ID))

    assert [asked.path for asked in plan.asked] == [
        f"/messaging/v1/sms/{NUMBER}", "/messaging/v1/sms/7",
        f"/xms/v1/{PLAN}/batches/{ID}/delivery_report",
    ]  # fmt: skip
    assert plan.asked[0].authorization.startswith(f"Application {KEY}:")
    assert plan.asked[2].authorization == f"Bearer {TOKEN}"


async def test_sms_api_says_which_one_sends(
    make_client: Callable[..., Any], plan: Plan, settle: Settle
) -> None:
    client = make_client(
        key=KEY, secret=SECRET, service_plan_id=PLAN, api_token=TOKEN, base_url=plan.url, sms_api="rest"
    )  # fmt: skip
    plan.answers = [(201, BATCH)]

    assert (await settle(client.sms(NUMBER, "Hi").send())).message_id == ID
    with pytest.raises(ConfigurationError, match=r"^service_plan_id is missing"):
        _ = make_client(base_url=plan.url, sms_api="rest").sms


def test_a_text_that_the_plan_would_take_for_a_parameter_is_refused(sinch: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"\$\{amount\} in it: .*with_parameters"):
        sinch.sms(NUMBER, "Pay ${amount} now").operation()


def test_other_operations_of_a_plan_alone_cannot_be_signed(sinch: Any) -> None:
    with pytest.raises(ConfigurationError, match="application_key"):
        sinch.config.authorizer()("GET", "/", "", b"")
