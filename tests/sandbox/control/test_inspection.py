"""The read-back API under /_sandbox."""

from __future__ import annotations

import pytest

SMS = "/v1/sms/+46700000000"


def test_the_index_counts(client):
    client.post(SMS, {"message": "Hello"})
    index = client.peek("")
    assert index["url"] == "http://127.0.0.1:8080"
    assert index["messages"] == 1
    assert "applicationSecret" not in index


def test_the_request_log_masks_secrets(client):
    secret = client.emulator.state.credentials.secret
    client.post(SMS, {"message": f"my secret is {secret}"})
    client.post(SMS, {"message": "Hello"}, auth="basic")
    client.get("/v1/sms/1", auth="none", headers={"Authorization": secret, "X-Api": secret})
    log = client.peek("requests")["requests"]
    assert [entry["status"] for entry in log] == [200, 200, 401]
    assert log[0]["method"] == "POST"
    assert log[0]["path"] == SMS
    assert "messageId" in log[0]["answer"]
    key = client.emulator.state.credentials.application_key
    assert log[0]["headers"]["Authorization"] == f"Application {key}:***"
    assert log[1]["headers"]["Authorization"] == "Basic ***"
    assert secret not in repr(log)


def test_the_request_log_is_bounded_and_leaves_itself_out(make):
    client = make(remember_requests=5)
    for _ in range(9):
        client.get("/v1/sms/1")
        client.peek("requests")
    log = client.peek("requests")["requests"]
    assert len(log) == 5
    assert {entry["path"] for entry in log} == {"/v1/sms/1"}
    client.post(SMS, {"message": "x" * 50_000})
    assert len(client.peek("requests")["requests"][-1]["body"]) < 10_000


def test_the_clock(client, clock):
    now = {"time": "2026-11-22T12:00:00Z", "aheadSeconds": 0.0, "nextDue": None}
    assert client.peek("clock") == now
    now.update(time="2026-11-22T12:01:30Z", aheadSeconds=90.0)
    assert client.poke("clock", {"seconds": 90}).json == now
    clock.advance(30)
    assert client.peek("clock")["time"] == "2026-11-22T12:02:00Z"


@pytest.mark.parametrize(
    "body", [{}, {"seconds": -1}, {"seconds": "soon"}, [], {"seconds": 10**30}]
)
def test_the_clock_refuses(client, body):
    assert client.poke("clock", body).refusal == (400, 40001)


def test_reset(client):
    number = {"type": "number", "endpoint": "+46700000000"}
    client.post(SMS, {"message": "Hello"})
    body = {"identity": number, "method": "seamless", "reference": "r"}
    client.post("/verification/v1/verifications", body)
    client.poke("conferences/room")
    client.delete("/v1/configuration/numbers", {"number": "+46700000001"})
    client.poke("clock", {"seconds": 90})
    assert client.poke("reset").status == 200
    index = client.peek("")
    assert index["time"] == "2026-11-22T12:00:00Z"
    assert {index[name] for name in ("messages", "verifications", "calls", "conferences")} == {0}
    assert client.peek("requests") == {"requests": []}
    assert "applicationkey" in client.peek("numbers")["numbers"][0]
    assert client.post("/verification/v1/verifications", body).status == 200


def test_numbers_come_with_the_callback_urls(client):
    assert set(client.peek("numbers")) == {"numbers", "callbacks"}


def test_conferences_list_their_rooms(client):
    client.poke("conferences/a%20room", {"cli": "Anna <+46700000002>"})
    (room,) = client.peek("conferences")["conferences"]
    assert room["id"] == "a room"
    assert room == client.peek("conferences/a%20room")


@pytest.mark.parametrize(
    "path", ["messages/1", "verifications/1", "calls/1", "conferences/1", "nonsense"]
)
def test_what_is_not_there(client, path):
    assert client.get(f"/_sandbox/{path}", auth="none").refusal == (404, 40400)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("verifications/{v}", {"status": "PENDING"}),
        ("verifications/{v}", {"status": "ODD"}),
        ("verifications/{v}", {}),
        ("verifications/{v}", {"status": "FAIL", "reason": 7}),
        ("messages/{m}", {}),
        ("messages/{m}", {"status": "Lost"}),
        ("calls/{c}/reject", {"result": "ANSWERED"}),
        ("calls/{c}/reject", {"result": "odd"}),
        ("conferences/room", {"cli": " "}),
        ("conferences/room", {"cli": 5}),
        ("conferences/room", b"{"),
    ],
)
def test_interventions_that_are_refused(client, path, body):
    number = {"type": "number", "endpoint": "+46700000000"}
    start = {"identity": number, "method": "sms"}
    call = {"method": "ttsCallout", "ttsCallout": {"destination": number, "text": "Hi"}}
    path = path.format(
        v=client.post("/verification/v1/verifications", start).json["id"],
        m=client.post(SMS, {"message": "Hello"}).json["messageId"],
        c=client.post("/calling/v1/callouts", call).json["callId"],
    )
    assert client.poke(path, body).refusal == (400, 40001)


def test_an_answered_call_cannot_be_rejected(client):
    call_id = client.poke("conferences/room").json["callId"]
    assert client.poke(f"calls/{call_id}/reject").refusal == (400, 40003)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_of_other_sites_are_refused(client, headers):
    assert client.post("/_sandbox/reset", auth="none", headers=headers).refusal == (403, 40300)


def test_a_page_of_its_own_is_not(client):
    headers = {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/_sandbox/reset", auth="none", headers=headers).status == 200
