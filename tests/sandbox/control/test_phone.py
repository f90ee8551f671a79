"""Calls over HTTP: signed callbacks, in order, and what phones do."""

from __future__ import annotations

import re
import time

import pytest

from sinch.sandbox import Sandbox

CALL = {"from": "+46700000002", "to": "+46700000001"}
MENU = {
    "action": {
        "name": "runMenu",
        "mainMenu": "main",
        "menus": [
            {
                "id": "main",
                "mainPrompt": "#tts[Press 1 for sales]",
                "repeats": 3,
                "timeoutMills": 5000,
                "options": [{"dtmf": "1", "action": "return(sales)"}],
            }
        ],
    }
}
SALES = {
    "action": {
        "name": "connectPstn",
        "destination": {"type": "number", "endpoint": "+46700000009"},
    }
}


def say(text):
    return {
        "instructions": [{"name": "say", "text": text, "locale": "en-US"}],
        "action": {"name": "hangup"},
    }


def texts(call):
    return [entry["words"] for entry in call["transcript"] if entry["kind"] == "heard"]


def test_a_call_through_a_menu_to_somebody(app, control, sandbox):
    app.replies = {"ice": MENU, "pie": SALES}
    call = control.post("calls", CALL)
    assert (call["state"], call["kind"], call["from"]["endpoint"]) == (
        "menu",
        "inbound",
        "+46700000002",
    )
    call = control.post(f"calls/{call['callId']}/press", {"digits": "1"})
    assert app.names == ["ice", "pie"]
    assert app.events[1]["menuResult"]["value"] == "sales"
    sandbox.advance(1)
    call = control.get(f"calls/{call['callId']}")
    assert (call["state"], call["connectedTo"]) == ("connected", "+46700000009")
    assert app.names == ["ice", "pie", "ace"]
    sandbox.advance(90)
    call = control.post(f"calls/{call['callId']}/hangup")
    assert (call["status"], call["reason"], call["result"]) == ("FINAL", "CALLERHANGUP", "ANSWERED")
    assert app.names == ["ice", "pie", "ace", "dice"]
    assert app.events[-1]["duration"] >= 90
    assert app.answers == [200] * 4, "every signature was right"
    assert texts(call) == ["Press 1 for sales"]


def test_how_callbacks_are_signed(app, control):
    app.replies = {"ice": say("Hello")}
    control.post("calls", CALL)
    headers = app.headers[0]
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["authorization"].startswith("application 669E367E-6BBA-48AB-AF15-266871C28135:")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z", headers["x-timestamp"])
    assert app.paths == ["/sinch"]
    assert app.answers == [200]


def test_the_query_of_a_callback_url_is_sent_and_not_signed(app, control):
    app.replies = {"ice": say("Hello")}
    control.put("callbacks", {"voice": {"primary": f"{app.url}/a%20b?secret=x&y"}})
    control.post("calls", CALL)
    assert app.paths == ["/sinch/a%20b?secret=x&y"]
    assert app.answers == [200]


def test_timers_run_in_real_time(app, control, wait):
    control.put("farends", {"ringsAfter": 0.02, "answersAfter": 0.05})
    app.replies = {"ice": SALES, "ace": say("Bye")}
    call = control.post("calls", CALL)
    wait(lambda: "ace" in app.names)
    found = wait(
        lambda: [e for e in control.get("deliveries")["deliveries"] if e["event"] == "ace"]
    )
    assert found[0]["callId"] == call["callId"]
    assert found[0]["status"] == 200
    assert found[0]["problem"] is None
    assert 0 < found[0]["seconds"] < 5


def test_a_callout_placed_by_rest(app, control, sandbox):
    body = {
        "method": "ttsCallout",
        "ttsCallout": {
            "destination": {"type": "number", "endpoint": "+46700000009"},
            "cli": "+46700000001",
            "text": "Hello",
            "enableAce": True,
            "enableDice": True,
            "custom": "order 7",
        },
    }
    app.replies = {"ace": {"action": {"name": "continue"}}}
    answer = control.api("POST", "/calling/v1/callouts", body, **{"X-CB-Tenant": "blue"})
    call_id = answer.json()["callId"]
    sandbox.advance(30)
    assert app.names == ["ace", "dice"]
    assert [event["custom"] for event in app.events] == ["order 7", "order 7"]
    assert [headers["x-cb-tenant"] for headers in app.headers] == ["blue", "blue"]
    assert texts(control.get(f"calls/{call_id}")) == ["Hello"]


def test_a_custom_callout_with_urls_of_its_own(app, control, sandbox):
    body = {
        "method": "customCallout",
        "customCallout": {
            "destination": {"type": "number", "endpoint": "+46700000009"},
            "cli": "+46700000001",
            "ice": app.url + "/mine",
            "dice": app.url + "/over",
        },
    }
    app.replies = {"ice": SALES, "ace": say("Hello")}
    answer = control.api("POST", "/calling/v1/callouts", body)
    assert answer.status_code == 200
    sandbox.advance(60)
    places = list(zip(app.names, app.paths, strict=True))
    assert places[0] == ("ice", "/sinch/mine")
    assert ("ace", "/sinch") in places
    assert set(app.answers) == {200}


def test_the_configuration_api_says_where_voice_callbacks_go(app, control):
    path = "/v1/configuration/callbacks/applications/669E367E-6BBA-48AB-AF15-266871C28135"
    app.replies = {"ice": say("Hello")}
    body = {"url": {"primary": app.url + "/new", "fallback": app.url + "/spare"}}
    assert control.api("POST", path, body).status_code == 204
    control.post("calls", CALL)
    assert app.paths == ["/sinch/new"]
    assert control.get("callbacks")["voice"] == {
        "primary": app.url + "/new",
        "fallback": app.url + "/spare",
    }
    assert control.get("callbacks")["verification"] == app.url


@pytest.mark.parametrize("status", [404, 500, 302])
def test_the_fallback_is_asked_when_the_primary_fails(app, control, status):
    app.replies = {"ice": say("Hello")}
    app.statuses = {"/sinch": status}
    control.put("callbacks", {"voice": {"fallback": app.url + "/spare"}})
    call = control.post("calls", CALL)
    assert app.paths[:2] == ["/sinch", "/sinch/spare"], "and no redirect was followed"
    assert texts(call) == ["Hello"]
    first, second = control.get("deliveries")["deliveries"][:2]
    assert (first["attempt"], second["attempt"]) == (1, 2)
    assert first["status"] == status
    assert first["problem"] == f"error status: HTTP {status}"


def test_an_app_that_is_too_slow(app, control, sandbox):
    services = sandbox.emulator.services
    engine = services.engine
    from datetime import timedelta

    import attrs

    engine.settings = attrs.evolve(engine.settings, callback_timeout=timedelta(seconds=0.1))
    app.replies = {"ice": lambda _: time.sleep(0.5)}
    call = control.post("calls", CALL)
    assert control.get("deliveries")["deliveries"][0]["problem"].startswith("timeout")
    assert any(entry["kind"] == "callback_failed" for entry in call["transcript"])


def test_nobody_listens_there(control, app):
    app.stop()
    call = control.post("calls", CALL)
    assert control.get("deliveries")["deliveries"][0]["problem"].startswith("unreachable")
    assert any(entry["kind"] == "callback_failed" for entry in call["transcript"])


def test_an_answer_that_is_too_large_or_no_svaml(app, control):
    app.replies = {"raw ice": b" " * 300_000}
    control.post("calls", CALL)
    assert "larger than" in control.get("deliveries")["deliveries"][0]["problem"]
    app.replies = {"raw ice": b"<html>"}
    call = control.post("calls", CALL)
    assert "notify" in app.names
    assert any(entry["kind"] == "refused" for entry in call["transcript"])


def test_callbacks_go_to_loopback_and_named_hosts_only(control):
    control.put("callbacks", {"voice": {"primary": "http://app.example/sinch"}})
    control.post("calls", CALL)
    problem = control.get("deliveries")["deliveries"][0]["problem"]
    assert "app.example is not this machine" in problem


def test_without_a_callback_url(credentials, controls):
    with Sandbox(**credentials) as sandbox:
        control = controls(sandbox)
        call = control.post("calls", CALL)
        assert call["callId"]
        assert control.get("deliveries") == {"deliveries": []}


def test_answering_and_rejecting_by_hand(app, control, sandbox):
    control.put("farends", {"endpoint": "+46700000009", "outcome": "wait"})
    app.replies = {"ice": SALES, "ace": {"action": {"name": "continue"}}}
    call = control.post("calls", CALL)
    sandbox.advance(20)
    assert control.get(f"calls/{call['callId']}")["phase"] in {"ringing", "placed"}
    answered = control.post(f"calls/{call['callId']}/answer")
    assert answered["state"] == "connected"
    refused = control.post(f"calls/{call['callId']}/answer", status=400)
    assert refused["errorCode"] == 40003
    other = control.post("calls", CALL)
    ended = control.post(f"calls/{other['callId']}/reject", {"result": "BUSY"})
    assert (ended["result"], ended["status"]) == ("BUSY", "FINAL")
    gone = control.post(f"calls/{other['callId']}/hangup", status=404)
    assert gone["errorCode"] == 40400


def test_speaking_and_the_far_side(app, control, sandbox):
    app.replies = {"ice": SALES, "ace": {"action": {"name": "continue"}}}
    call = control.post("calls", CALL)
    sandbox.advance(1)
    path = f"calls/{call['callId']}"
    control.post(f"{path}/speak", {"text": "hello"})
    call = control.post(f"{path}/press", {"digits": "5", "side": "far"})
    kinds = [entry["kind"] for entry in call["transcript"]]
    assert "spoken" in kinds
    assert "pressed" in kinds
    assert control.post(f"{path}/hangup", {"side": "far"})["reason"] == "CALLEEHANGUP"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("calls", {}),
        ("calls", {"from": "", "to": "+46700000001"}),
        ("calls", {"from": "+1", "to": "+46700000001"}),
        ("calls", {**CALL, "domain": "moon"}),
        ("calls", {**CALL, "callHeaders": ["x"]}),
        ("calls/{id}/press", {"digits": "x"}),
        ("calls/{id}/press", {"digits": "1", "side": "middle"}),
        ("calls/{id}/speak", {}),
        ("calls/{id}/reject", {"result": "ANSWERED"}),
        ("calls/{id}/answer", {"machine": {"status": "robot"}}),
    ],
)
def test_what_cannot_be_asked_for(app, control, path, body):
    app.replies = {"ice": MENU}
    call = control.post("calls", CALL)
    answer = control.post(path.format(id=call["callId"]), body, status=400)
    assert answer["errorCode"] == 40001


def test_calls_at_the_same_time_do_not_wait_for_each_other(app, control, wait):
    def slow(event):
        if event.cli.raw.endswith("3"):
            time.sleep(0.6)
        return say("Hello")

    app.replies = {"ice": slow}
    control.post("calls", {**CALL, "from": "+46700000003", "wait": False})
    before = time.monotonic()
    control.post("calls", CALL)
    assert time.monotonic() - before < 0.5


def test_stopping_while_a_callback_is_under_way(app, credentials, controls):
    app.replies = {"ice": lambda _: time.sleep(1.5)}
    with Sandbox(**credentials, callback_url=app.url) as sandbox:
        controls(sandbox).post("calls", {**CALL, "wait": False})
        before = time.monotonic()
    assert time.monotonic() - before < 1
