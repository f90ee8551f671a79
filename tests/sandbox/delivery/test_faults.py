"""Faults on purpose, of REST requests and of callbacks."""

from __future__ import annotations

import logging
import re
import time

import pytest
import requests

from sinch import SinchClient
from sinch.errors import OutcomeUnknown, ServerError
from sinch.sandbox import Sandbox
from sinch.sandbox.delivery.faults import Cut, Disturbance, Fault, FaultKind, Faults

CALL = {"from": "+46700000002", "to": "+46700000001"}
SMS = "/v1/sms/+46700000000"
HANGUP = {"action": {"name": "hangup"}}


def fault(control, kind, **fields):
    return control.post("faults", {"kind": kind, **fields})["faults"][-1]


def send(control):
    return control.api("POST", SMS, {"message": "Hello"})


def test_too_many_requests(control):
    fault(control, "rate-limit", retryAfter=3, times=1)
    answer = send(control)
    assert (answer.status_code, answer.json()["errorCode"]) == (429, 42900)
    assert answer.headers["Retry-After"] == "3"
    assert send(control).status_code == 200, "it struck once"
    assert control.get("faults") == {"faults": []}
    logged = control.get("requests")["requests"]
    assert [entry["status"] for entry in logged] == [429, 200]


def test_a_server_error_on_some_paths(control):
    fault(control, "server-error", match="/v1/sms")
    answer = send(control)
    assert (answer.status_code, answer.json()["errorCode"]) == (500, 50000)
    assert control.api("GET", "/v1/configuration/numbers").status_code == 200
    assert control.get("faults")["faults"][0]["hits"] == 1


def test_latency(control):
    fault(control, "latency", seconds=0.3)
    before = time.monotonic()
    assert send(control).status_code == 200
    assert time.monotonic() - before > 0.3


def test_a_connection_that_is_cut(control, caplog):
    caplog.set_level(logging.WARNING)
    fault(control, "reset", times=1)
    with pytest.raises(requests.ConnectionError):
        send(control)
    assert control.get("")["messages"] == 0, "it was cut before anything was done"
    assert send(control).status_code == 200
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_lost_response_leaves_one_sms_and_an_unknown_outcome(
    sandbox, control, make_client, settle
):
    fault(control, "lost-response", match="/v1/sms")
    sinch = make_client(base_url=sandbox.url)
    with pytest.raises(OutcomeUnknown):
        await settle(sinch.sms("+46700000000", "Hello").send())
    assert [item["message"] for item in control.get("messages")["messages"]] == ["Hello"]
    assert control.get("faults")["faults"][0]["hits"] == 1, "it was not sent again"


async def test_a_lost_response_to_a_question_is_asked_for_again(
    sandbox, control, make_client, settle
):
    fault(control, "lost-response", times=1)
    assert len(await settle(make_client(base_url=sandbox.url).applications.numbers())) == 1
    assert [entry["status"] for entry in control.get("requests")["requests"]] == [200, 200]


async def test_a_proxys_error_page(sandbox, control, make_client, settle):
    fault(control, "bad-gateway")
    answer = send(control)
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")
    assert b"<h1>502 Bad Gateway</h1>" in answer.content
    sinch = make_client(base_url=sandbox.url)
    with pytest.raises(ServerError, match="502"):
        await settle(sinch.sms("+46700000000", "Hello").send())
    assert control.get("messages") == {"messages": []}


@pytest.mark.parametrize("seconds", [0.2, 5])
async def test_a_body_that_drips(seconds, sandbox, control, make_client, settle):
    fault(control, "slow-body", seconds=seconds)
    sinch = make_client(base_url=sandbox.url, timeout=0.6)
    before = time.monotonic()
    if seconds < 0.6:
        receipt = await settle(sinch.sms("+46700000000", "Hello").send())
        assert receipt.message_id
        assert time.monotonic() - before > seconds
    else:
        with pytest.raises(OutcomeUnknown):
            await settle(sinch.sms("+46700000000", "Hello").send())
    assert len(control.get("messages")["messages"]) == 1


def test_several_faults_at_once():
    made = Disturbance.of(map(Fault.parse, ("latency,seconds=1", "slow-body,seconds=3",
                                            "lost-response", "latency,seconds=2", "reset")))  # fmt: skip
    assert (made.wait, made.body_seconds, made.cut) == (3, 3, Cut.BEFORE)


def test_a_wrong_signature(app, control):
    fault(control, "wrong-signature", match="ice", times=1)
    app.replies = {"ice": HANGUP}
    control.post("calls", CALL)
    assert app.answers[0] in {401, 403}
    first = control.get("deliveries")["deliveries"][0]
    assert first["faults"] == ["wrong-signature"]
    assert first["problem"].startswith("error status")
    control.post("calls", CALL)
    assert app.answers[-1] == 200


def test_a_callback_that_never_comes(app, control, sandbox):
    fault(control, "drop", match="ice", times=1)
    app.replies = {"ice": HANGUP}
    call = control.post("calls", CALL)
    sandbox.advance(10)
    assert app.names == ["dice"]
    assert control.get(f"calls/{call['callId']}")["reason"] == "CALLBACKERROR"
    (dropped,) = [item for item in deliveries(control) if item["event"] == "ice"]
    assert (dropped["problem"], dropped["faults"]) == ("timeout: dropped on purpose", ["drop"])
    control.post("calls", CALL)
    assert "ice" in app.names, "it struck once"


def test_a_dropped_callback_is_tried_at_the_fallback(app, credentials, controls):
    app.replies = {"ice": HANGUP}
    urls = {"callback_url": app.url, "fallback_url": f"{app.url}/spare"}
    with Sandbox(**credentials, **urls) as sandbox:
        sandbox.add_faults("drop,match=ice,times=1")
        controls(sandbox).post("calls", CALL)
        assert (app.names[0], app.paths[0]) == ("ice", "/sinch/spare")


def deliveries(control):
    return control.get("deliveries")["deliveries"]


def test_an_app_that_is_down(app, control):
    app.stop()
    control.post("calls", CALL)
    problem = deliveries(control)[0]["problem"]
    assert problem == f"unreachable: nobody listens at {app.url}"


def test_a_callback_that_comes_twice(app, control, sandbox):
    fault(control, "duplicate", match="ice")
    app.replies = {"ice": HANGUP}
    control.post("calls", CALL)
    sandbox.settle()
    assert app.names == ["ice", "ice", "dice"]
    assert app.events[0] == app.events[1]
    assert app.headers[0]["authorization"] == app.headers[1]["authorization"]


def test_callbacks_out_of_order(app, control, sandbox, wait):
    fault(control, "reorder", seconds=5, times=1)
    app.replies = {"ice": HANGUP}
    first = control.post("calls", CALL)["callId"]
    assert app.names == ["ice"]
    second = control.post("calls", CALL)["callId"]
    wait(lambda: len(app.events) == 4)
    order = [(event["event"], event["callid"]) for event in app.events]
    assert order.index(("dice", first)) > order.index(("ice", second))


def test_a_callback_that_was_held_back_goes_in_the_end(app, control, wait):
    fault(control, "reorder", seconds=0.2)
    app.replies = {"ice": HANGUP}
    control.post("calls", CALL)
    assert app.names == ["ice"]
    wait(lambda: app.names == ["ice", "dice"])


def test_a_callback_that_is_late(app, control):
    fault(control, "delay", seconds=0.3, match="ice")
    app.replies = {"ice": HANGUP}
    before = time.monotonic()
    control.post("calls", CALL)
    assert time.monotonic() - before > 0.3
    assert app.names[0] == "ice"


def test_a_reset_drops_what_was_held_back(app, control, wait):
    fault(control, "reorder", seconds=0.1)
    app.replies = {"ice": HANGUP}
    control.post("calls", CALL)
    control.post("reset")
    assert control.get("faults") == {"faults": []}
    assert control.get("deliveries") == {"deliveries": []}
    time.sleep(0.3)
    assert app.names == ["ice"]


def test_replacing_and_removing(control):
    listed = control.put("faults", {"faults": [{"kind": "latency"}, {"kind": "delay"}]})["faults"]
    assert [(item["kind"], item["on"]) for item in listed] == [
        ("latency", "rest"),
        ("delay", "callback"),
    ]
    left = control.send("DELETE", f"faults/{listed[0]['id']}")["faults"]
    assert [item["kind"] for item in left] == ["delay"]
    assert control.send("DELETE", "faults/nope", status=404)["errorCode"] == 40400
    assert control.send("DELETE", "faults") == {"faults": []}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "latency", "seconds": -1},
        {"kind": "latency", "seconds": 1e9},
        {"kind": "latency", "times": 0},
        {"kind": "latency", "chance": 2},
        {"kind": "latency", "match": 7},
    ],
)
def test_faults_that_make_no_sense(control, body):
    assert control.post("faults", body, status=400)["errorCode"] == 40001
    assert control.put("faults", {"faults": [body]}, status=400)["errorCode"] == 40001


def test_faults_as_text():
    parsed = Fault.parse("rate-limit, match=/v1/sms, times=2, chance=0.5, retry-after=3")
    assert parsed == Fault(
        kind=FaultKind.RATE_LIMIT, match="/v1/sms", times=2, chance=0.5, retry_after=3
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "one of latency, rate-limit"),
        ("earthquake", "not 'earthquake'"),
        ("reset,often", "match=..., times=..., "),
        ("reset,hits=3", "not 'hits=3'"),
        ("reset,times=x", "times of a fault has to be a number"),
        ("reset,times=0", "times has to be at least 1"),
        ("slow-body,seconds=-1", "seconds has to be 0 to 600"),
    ],
)
def test_texts_that_are_no_faults(sandbox, text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        sandbox.add_faults(text)


def test_the_sandboxs_own_paths_are_never_disturbed(control):
    fault(control, "reset")
    assert control.get("faults")["faults"][0]["hits"] == 0


def test_a_chance_of_nothing_and_too_many_rules():
    faults = Faults()
    faults.add(Fault(kind=FaultKind.RESET, chance=0))
    assert faults.for_request("/") == ()
    with pytest.raises(ValueError, match="more than 100"):
        faults.replace([Fault(kind=FaultKind.RESET)] * 101)
    for _ in range(99):
        faults.add(Fault(kind=FaultKind.RESET))
    with pytest.raises(ValueError, match="already"):
        faults.add(Fault(kind=FaultKind.RESET))


def test_the_clients_retries_get_over_it(control, sandbox, credentials):
    fault(control, "rate-limit", retryAfter=0, times=1)
    with SinchClient(credentials["key"], credentials["secret"], base_url=sandbox.url) as sinch:
        assert len(sinch.applications.numbers()) == 1
    statuses = [entry["status"] for entry in control.get("requests")["requests"]]
    assert statuses == [429, 200]
