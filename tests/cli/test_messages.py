"""``sinch messages`` against a service plan on a socket."""

from __future__ import annotations

import pytest

from sinch.cli.output import ExitCode

from ..messages.conftest import PLAN, TOKEN, Plan
from ..messages.conftest import plan as plan  # the fixture
from .conftest import Done, run

ID = "01FC66621XXXXX119Z8PMV1QPQ"
BATCH = {"id": ID, "type": "mt_text", "to": ["46700000001"], "body": "Hi", "canceled": False}


@pytest.fixture
def sinch(plan: Plan):  # type: ignore[no-untyped-def]
    def run_there(*words: str, **surroundings: str | None) -> Done:
        pair = {"SINCH_SERVICE_PLAN_ID": PLAN, "SINCH_API_TOKEN": TOKEN}
        none = {"SINCH_APPLICATION_KEY": None, "SINCH_APPLICATION_SECRET": None}
        return run(*words, env={**none, **pair, "SINCH_BASE_URL": plan.url, **surroundings})

    return run_there


def test_sending(sinch, plan: Plan) -> None:  # type: ignore[no-untyped-def]
    plan.answers = [(201, BATCH), (201, BATCH)]

    sent = sinch("messages", "send", "Hi", "+46700000001", "--from", "Acme", "--json")
    once = sinch("messages", "send", "Hi", "+46700000001", "--reference", "r")

    assert (sent.code, sent.json["id"]) == (ExitCode.OK, ID)
    assert plan.asked[0].body == {"type": "mt_text", "to": ["+46700000001"], "from": "Acme", "body": "Hi"}  # fmt: skip
    assert once.code == ExitCode.OK
    assert plan.asked[1].body["client_reference"] == "r"
    assert TOKEN not in sent.out + once.out


def test_what_an_earlier_try_sent_is_not_sent_again(sinch, plan: Plan) -> None:  # type: ignore[no-untyped-def]
    plan.answers = [(200, {"count": 1, "batches": [BATCH]})]
    send = ("messages", "send", "Hi", "+46700000001", "--again")

    found = sinch(*send, "--reference", "r", "--json")
    assert (found.code, found.json["id"]) == (ExitCode.OK, ID)
    assert [asked.method for asked in plan.asked] == ["GET"]
    assert sinch(*send).code == ExitCode.USAGE


def test_following(sinch, plan: Plan) -> None:  # type: ignore[no-untyped-def]
    report = {"type": "recipient_delivery_report_sms", "batch_id": ID, "recipient": "46700000001", "status": "Delivered"}  # fmt: skip
    plan.answers = [
        (200, BATCH), (200, {"count": 1, "batches": [BATCH]}), (200, {**BATCH, "canceled": True}), (200, report),
        (200, {"type": "delivery_report_sms", "batch_id": ID, "statuses": []}),
        (200, {"count": 0, "inbounds": []}), (200, {"number_of_messages": 1}),
    ]  # fmt: skip

    assert ID in sinch("messages", "get", ID).out
    assert sinch("messages", "list", "--reference", "r", "--json").json[0]["id"] == ID
    assert sinch("messages", "cancel", ID, "--json").json["canceled"] is True
    assert sinch("messages", "report", ID, "+46700000001", "--json").json["status"] == "Delivered"
    assert sinch("messages", "report", ID, "--full", "--json").json["batch_id"] == ID
    assert "nothing arrived" in sinch("messages", "inbound").out
    assert sinch("messages", "send", "Hi", "+46700000001", "--dry-run", "--json").json == {
        "number_of_messages": 1
    }


def test_a_list_for_people_has_whole_ids_and_counts_recipients(sinch, plan: Plan) -> None:  # type: ignore[no-untyped-def]
    many = {**BATCH, "to": ["46700000001"] * 1000, "client_reference": "opening"}
    arrived = {"type": "mo_text", "id": ID, "from": "46700000001", "to": "72246", "body": "STOP"}
    plan.answers = [
        (200, {"count": 1, "batches": [many]}),
        (200, {"count": 1, "inbounds": [arrived]}),
    ]

    listed = sinch("messages", "list").out
    assert all(shown in listed for shown in (ID, "1,000 recipients", "opening"))
    assert "46700000001" not in listed
    came = sinch("messages", "inbound").out
    assert all(shown in came for shown in (ID, "72246", "STOP"))


def test_a_missing_token_is_named(sinch) -> None:  # type: ignore[no-untyped-def]
    done = sinch("messages", "get", ID, SINCH_API_TOKEN=None)

    assert done.code != ExitCode.OK
    assert "SINCH_API_TOKEN" in done.err
