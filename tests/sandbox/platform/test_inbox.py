"""Incoming SMS."""

from __future__ import annotations

import pytest


def test_an_sms_reaches_the_app(app, control):
    sent = {"from": "+46700000002", "message": "STOP ☎"}
    message = control.post("inbox", sent)
    (event,) = app.events
    assert event["event"] == "incomingSms"
    assert event["from"] == {"type": "number", "endpoint": "+46700000002"}
    assert event["to"] == {"type": "number", "endpoint": "+46700000001"}
    assert (event["message"], event["version"]) == ("STOP ☎", 1)
    assert app.answers == [200]
    assert (message["delivered"], message["status"]) == (True, 200)
    assert control.get("inbox")["messages"] == [message]


def test_an_app_that_fails(app, control):
    app.statuses = {"incomingSms": 500}
    message = control.post("inbox", {"from": "Bank", "message": "Hello"})
    assert (message["delivered"], message["status"]) == (False, 500)


def test_without_a_url(control):
    control.put("callbacks", {"all": None})
    message = control.post("inbox", {"from": "+46700000002", "message": "Hello"})
    assert message["delivered"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"from": "+46700000002"},
        {"from": "+46700000002", "message": " "},
        {"from": "", "message": "Hello"},
        {"from": "+46700000002", "to": "home", "message": "Hello"},
    ],
)
def test_what_cannot_be_sent(control, body):
    assert control.post("inbox", body, status=400)["errorCode"] == 40001
