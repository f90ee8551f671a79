"""Batches inside of the sandbox: what is remembered, and who decides what becomes of a message."""

from __future__ import annotations

from typing import Any

import pytest

ADA, BEN = "46700000001", "46700000002"


def send(client: Any, *numbers: str, **fields: Any) -> Any:
    return client.plan("POST", "/batches", {"to": [*numbers], "body": "Hi", **fields}).json


def rule(client: Any, **fields: Any) -> Any:
    return client.put("/_sandbox/outcomes", fields, auth="none")


def statuses(client: Any, batch: Any) -> dict[str, tuple[str, int]]:
    told = client.peek(f"batches/{batch['id']}")["recipients"]
    return {one["number"][1:]: (one["status"], one["code"]) for one in told}


def test_a_rule_holds_for_what_leaves_after_it_was_made(client, clock):
    batch = send(client, ADA, BEN)
    clock.advance(0.2)
    assert statuses(client, batch)[ADA] == ("Dispatched", 401)
    rule(client, number=f"+{ADA}", status="Failed", after=60)
    rule(client, status="Rejected")
    clock.advance(1)
    assert set(statuses(client, batch).values()) == {("Delivered", 0)}
    later = send(client, ADA, BEN)
    clock.advance(1)
    assert statuses(client, later) == {ADA: ("Dispatched", 401), BEN: ("Rejected", 408)}
    assert client.delete("/_sandbox/outcomes", auth="none").json["outcomes"] == []
    clock.advance(60)
    assert statuses(client, later)[ADA] == ("Failed", 69)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"status": "Lost"}, "status has to be one of"),
        ({"number": "12", "status": "Failed"}, "number must be an international"),
        ({"after": -1}, "after has to be 0 to 259200 seconds"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(client, fields, says):
    refused = rule(client, **fields)
    assert (refused.refusal, says in refused.json["message"]) == ((400, 40001), True)


def test_somebody_decides_for_one_message_and_the_rest_goes_on(client, clock):
    batch = send(client, ADA, BEN)
    clock.advance(0.2)
    decided = {"recipient": f"+{ADA}", "status": "Deleted", "code": 8}
    assert client.poke(f"batches/{batch['id']}", decided).status == 200
    clock.advance(1)
    assert statuses(client, batch) == {ADA: ("Deleted", 8), BEN: ("Delivered", 0)}
    on_phone = {one["to"]: one["status"] for one in client.peek("messages")["messages"]}
    assert on_phone == {f"+{ADA}": "Faulted", f"+{BEN}": "Successful"}
    nobody = {"recipient": "+46700000099", "status": "Failed"}
    assert client.poke(f"batches/{batch['id']}", nobody).refusal == (404, 40400)
    assert client.poke("batches/nope", nobody).refusal == (404, 40400)


def test_what_was_decided_while_it_waited_is_not_sent(client, clock):
    batch = send(client, ADA, BEN)
    client.poke(f"batches/{batch['id']}", {"recipient": f"+{ADA}", "status": "Rejected"})
    clock.advance(1)
    assert statuses(client, batch) == {ADA: ("Rejected", 408), BEN: ("Delivered", 0)}
    assert [one["to"] for one in client.peek("messages")["messages"]] == [f"+{BEN}"]


def test_failing_it_on_the_phone_fails_it_in_the_batch(client, clock):
    batch = send(client, ADA)
    clock.advance(0.2)
    (message,) = client.peek("messages")["messages"]
    assert message["batchId"] == batch["id"]
    client.poke(f"messages/{message['id']}", {"status": "Faulted"})
    assert statuses(client, batch) == {ADA: ("Failed", 69)}


def test_what_is_remembered_has_bounds_in_recipients_too(make, clock):
    client = make(remember=2)  # so 40 recipients
    batches = [send(client, *(f"4670{n:07}" for n in range(19))) for _ in range(2)]
    assert client.plan("GET", "/batches").json["count"] == 2
    batches.append(send(client, *(f"4670{n:07}" for n in range(30))))
    assert client.plan("GET", f"/batches/{batches[0]['id']}").status == 404
    assert client.plan("GET", f"/batches/{batches[1]['id']}").status == 404
    clock.advance(1)
    (message, *_) = client.peek("messages")["messages"]
    assert message["batchId"] == batches[2]["id"]


def test_a_message_whose_batch_is_forgotten_cannot_be_decided(make, clock):
    client = make(remember=1)
    send(client, ADA)
    clock.advance(1)
    (message,) = client.peek("messages")["messages"]
    send(client, BEN, send_at="2026-11-22T13:00:00Z")
    refused = client.poke(f"messages/{message['id']}", {"status": "Faulted"})
    assert refused.refusal == (404, 40400)


def test_the_overview_counts(client):
    send(client, ADA)
    client.plan("POST", "/groups", {})
    seen = client.peek("")
    assert (seen["batches"], seen["groups"]) == (1, 1)
    (listed,) = client.peek("batches")["batches"]
    assert (listed["to"], listed["dispatched"]) == (1, False)


def test_the_clock_knows_when_the_next_batch_is_sent(client, clock):
    due = lambda: client.peek("clock")["nextDue"]  # noqa: E731
    for hour in ("14", "13"):
        batch = send(client, ADA, send_at=f"2026-11-22T{hour}:00:00Z")
    assert due() == "2026-11-22T13:00:00Z"
    client.plan("DELETE", f"/batches/{batch['id']}")
    assert due() == "2026-11-22T14:00:00Z"
    clock.advance(3 * 3600)
    assert due() is None
