"""Verification callbacks: the app decides, and hears what became of it."""

from __future__ import annotations

import pytest

from sinch.callbacks import FlashCallReply, SmsReply, allow, deny
from sinch.sandbox import Sandbox

NUMBER = "+46700000009"
PATH = "/verification/v1/verifications"


def start(control, method="sms", **fields):
    body = {"identity": {"type": "number", "endpoint": NUMBER}, "method": method, **fields}
    return control.api("POST", PATH, body)


def report(control, verification_id, code):
    return control.api(
        "PUT", f"{PATH}/id/{verification_id}", {"method": "sms", "sms": {"code": code}}
    )


def test_allowed_with_a_code_of_its_own(app, control, sandbox):
    app.replies = {"VerificationRequestEvent": lambda event: allow("8888", method=event.method)}
    started = start(control, reference="order 7", custom="blue").json()
    request = app.events[0]
    assert request["id"] == started["id"]
    assert request["identity"] == {"type": "number", "endpoint": NUMBER}
    assert (request["reference"], request["custom"]) == ("order 7", "blue")
    assert request["price"]["currencyId"] == "EUR"
    shown = control.get(f"verifications/{started['id']}")
    assert (shown["code"], shown["callback"], shown["status"]) == ("8888", "allowed", "PENDING")
    sandbox.advance(1)
    assert app.events[1]["event"] == "VerificationSmsDeliveredEvent"
    assert app.events[1]["smsResult"] == "Successful"
    assert report(control, started["id"], "8888").json()["status"] == "SUCCESSFUL"
    assert sandbox.settle()
    assert app.names[2:] == ["VerificationResultEvent"]
    assert app.events[2]["status"] == "SUCCESSFUL"
    assert app.answers == [200, 200, 200]


def test_denied(app, control, sandbox):
    app.replies = {"VerificationRequestEvent": deny()}
    answer = start(control, reference="r")
    assert (answer.status_code, answer.json()["errorCode"]) == (403, 40303)
    found = control.api("GET", f"{PATH}/reference/r").json()
    assert (found["status"], found["reason"]) == ("DENIED", "Denied by callback")
    assert sandbox.settle()
    assert app.names == ["VerificationRequestEvent", "VerificationResultEvent"]
    assert app.events[1]["reason"] == "Denied by callback"


@pytest.mark.parametrize(
    ("replies", "statuses"),
    [
        ({"raw VerificationRequestEvent": b""}, {}),
        ({"raw VerificationRequestEvent": b"allow"}, {}),
        ({"raw VerificationRequestEvent": b'{"action":"maybe"}'}, {}),
        ({"raw VerificationRequestEvent": b'{"action":"allow","sms":{"code":"#1"}}'}, {}),
        ({"raw VerificationRequestEvent": b'{"action":"allow","sms":{"expiry":"0"}}'}, {}),
        ({}, {"VerificationRequestEvent": 500}),
    ],
)
def test_no_valid_answer(app, control, replies, statuses):
    app.replies, app.statuses = replies, statuses
    assert start(control, reference="r").json()["errorCode"] == 40303
    found = control.api("GET", f"{PATH}/reference/r").json()
    assert (found["status"], found["reason"]) == ("DENIED", "Invalid callback")
    assert control.get(f"verifications/{found['id']}")["callback"] == "invalid"


def test_a_flash_call_from_the_number_the_app_wants(app, control):
    app.replies = {"VerificationRequestEvent": allow(flash_call=FlashCallReply(cli="+46700000077"))}
    started = start(control, "flashcall").json()
    assert control.get(f"verifications/{started['id']}")["cli"] == "+46700000077"
    body = {"method": "flashcall", "flashCall": {"cli": "+46700000077"}}
    answer = control.api("PUT", f"{PATH}/id/{started['id']}", body)
    assert answer.json()["status"] == "SUCCESSFUL"


def test_language_and_expiry_of_the_app(app, control, sandbox):
    from datetime import timedelta

    app.replies = {
        "VerificationRequestEvent": allow(
            sms=SmsReply(accept_language=("sv-SE",), expiry=timedelta(seconds=20))
        )
    }
    started = start(control).json()
    shown = control.get(f"verifications/{started['id']}")
    assert shown["text"].startswith("Din verifieringskod")
    sandbox.advance(21)
    assert control.get(f"verifications/{started['id']}")["reason"] == "Expired"
    assert app.names[-1] == "VerificationResultEvent"
    assert (app.events[-1]["status"], app.events[-1]["reason"]) == ("FAIL", "Expired")


def test_a_data_verification_is_told_but_not_asked_for(app, control, sandbox):
    started = start(control, "seamless").json()
    assert app.names == []
    control.api("GET", started["seamless"]["targetUri"].removeprefix(sandbox.url))
    assert sandbox.settle()
    assert app.names == ["VerificationResultEvent"]


def test_the_newer_one_replaces_the_older_one(app, control, sandbox):
    app.replies = {"VerificationRequestEvent": allow()}
    first = start(control).json()["id"]
    start(control)
    assert sandbox.settle()
    results = [event for event in app.events if event["event"] == "VerificationResultEvent"]
    assert [(event["id"], event["status"]) for event in results] == [(first, "ABORTED")]


def test_nobody_is_asked_without_a_url(app, controls, credentials):
    with Sandbox(**credentials) as sandbox:
        control = controls(sandbox)
        started = start(control).json()
        assert "callback" not in control.get(f"verifications/{started['id']}")
        control.put("callbacks", {"verification": app.url})
        assert start(control).status_code == 403
    # the end of the first one, which the second replaced, is told at the same time
    assert "VerificationRequestEvent" in app.names
