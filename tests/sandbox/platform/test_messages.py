"""Classic SMS: operations 1 and 2."""

from __future__ import annotations

import pytest


def test_a_message_is_accepted_and_delivered_a_moment_later(client, clock):
    sent = client.post("/v1/sms/+46700000000", {"message": "Hello", "from": "Shop"})
    assert sent.status == 200
    message_id = sent.json["messageId"]
    assert isinstance(message_id, int), "the 2018 SDK reads an int"
    assert message_id < 2**31

    assert client.get(f"/v1/sms/{message_id}").json == {"status": "Pending"}
    clock.advance(1)
    assert client.get(f"/v1/sms/{message_id}").json == {"status": "Successful"}

    (shown,) = client.peek("messages")["messages"]
    assert shown["to"] == "+46700000000"
    assert shown["from"] == "Shop"
    assert shown["message"] == "Hello"
    assert client.peek(f"messages/{message_id}") == shown


@pytest.mark.parametrize("path", ["/messaging/v1/sms/", "/v1/Sms/", "/messaging/v1/SMS/"])
def test_the_path_of_2018_and_any_letter_case(client, path):
    message_id = client.post(f"{path}+46700000000", {"message": "Hello"}).json["messageId"]
    assert client.get(f"{path}{message_id}").status == 200


def test_the_2018_sdk_writes_names_in_pascal_case_and_nulls(client):
    assert client.post("/v1/sms/+46700000000", {"From": None, "Message": "Hello"}).status == 200


@pytest.mark.parametrize("message_id", ["1", "abc", "9" * 30, "%C2%B2"])
def test_an_unknown_id_has_the_status_unknown(client, message_id):
    assert client.get(f"/v1/sms/{message_id}").json == {"status": "Unknown"}


@pytest.mark.parametrize(
    ("number", "body", "code"),
    [
        ("46700000000", {"message": "Hello"}, 40001),
        ("+46", {"message": "Hello"}, 40001),
        ("+4670000000000000000", {"message": "Hello"}, 40001),
        ("+46700000000", {}, 40002),
        ("+46700000000", {"message": None}, 40002),
        ("+46700000000", {"message": " "}, 40001),
        ("+46700000000", {"message": 5}, 40001),
        ("+46700000000", [], 40001),
        ("+46700000000", b"{", 40001),
        ("+46700000000", None, 40001),
    ],
)
def test_what_is_refused(client, number, body, code):
    assert client.post(f"/v1/sms/{number}", body).refusal == (400, code)
    assert client.peek("messages") == {"messages": []}


def test_a_tester_decides_what_becomes_of_a_message(client, clock):
    message_id = client.post("/v1/sms/+46700000000", {"message": "Hello"}).json["messageId"]
    assert client.poke(f"messages/{message_id}", {"status": "Faulted"}).status == 200
    clock.advance(60)
    assert client.get(f"/v1/sms/{message_id}").json == {"status": "Faulted"}


def test_memory_is_bounded(make):
    client = make(remember=3)
    for _ in range(10):
        client.post("/v1/sms/+46700000000", {"message": "Hello"})
    assert len(client.peek("messages")["messages"]) == 3
    assert len(client.emulator.state.scheduler) == 3, "forgotten messages leave no timers behind"
