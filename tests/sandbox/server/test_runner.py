"""Real time: one request begins something, and from then on nobody sends anything; we only wait."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from sinch.sandbox import Sandbox
from sinch.sandbox.platform.state import Settings, Timings

CALL = {"from": "+46700000002", "to": "+46700000001", "wait": False}
TO = {"type": "number", "endpoint": "+46700000009"}
HANGUP = {"action": {"name": "hangup"}}
CONTINUE = {"action": {"name": "continue"}}
CONNECT = {"action": {"name": "connectPstn", "destination": TO}}
PARK = {"action": {"name": "park", "maxDuration": 1}}
MENU = {
    "action": {
        "name": "runMenu",
        "mainMenu": "main",
        "menus": [
            {
                "id": "main",
                "mainPrompt": "#tts[1?]",
                "repeats": 0,
                "timeoutMills": 500,
                "options": [{"dtmf": "1", "action": "return(one)"}],
            }
        ],
    }
}
SAY = {"name": "say", "text": "Hi", "locale": "en-US"}
RECORD = {"name": "startRecording", "options": {"notificationEvents": True}}


def callout(method, **fields):
    settings = {"destination": TO, "cli": "+46700000001", "enableAce": True, "enableDice": True}
    return {"method": method, method: {**settings, **fields}}


def of(seconds):
    return timedelta(seconds=seconds)


@pytest.fixture
def quick(app, credentials):
    """A sandbox in which everything takes a moment only, watched without requests."""
    timings = Timings(
        sms_delivery=of(0.05), ringing=of(0.05), answering=of(0.1), speaking=of(0.1),
        custom_call=of(0.1), sms_expiry=of(0.3),
    )  # fmt: skip
    settings = Settings(timings=timings)
    with Sandbox(**credentials, callback_url=app.url, settings=settings) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("replies", "events"),
    [
        ({"ice": {"instructions": [SAY], **HANGUP}}, ["ice", "dice"]),
        ({"ice": CONNECT, "ace": {"instructions": [SAY], **HANGUP}}, ["ice", "ace", "dice"]),
        ({"ice": MENU, "pie": {"instructions": [SAY], **HANGUP}}, ["ice", "pie", "dice"]),
        ({"ice": MENU, "pie": CONNECT, "ace": HANGUP}, ["ice", "pie", "ace", "dice"]),
        ({"ice": PARK}, ["ice", "dice"]),
        ({"ice": {"action": {"name": "nonsense"}}}, ["ice", "notify", "dice"]),
        (
            {"ice": {"instructions": [RECORD, SAY], **CONNECT}, "ace": HANGUP},
            ["ice", "ace", "notify", "dice", "notify"],
        ),
    ],
    ids=["ice", "ace", "pie", "pie-ace", "park", "illegal", "recording"],
)
def test_a_call_to_the_app(app, quick, controls, wait, replies, events):
    app.replies = replies
    controls(quick).post("calls", CALL)
    wait(lambda: len(app.names) >= len(events))
    assert sorted(app.names) == sorted(events)
    assert app.names[0] == "ice"


@pytest.mark.parametrize(
    ("request_", "replies", "events"),
    [
        (callout("ttsCallout", text="Hi"), {"ace": CONTINUE}, ["ace", "dice"]),
        (callout("conferenceCallout", conferenceId="x", maxDuration=1), {}, ["ace", "dice"]),
        ("ice url", {"ice": CONNECT, "ace": HANGUP}, ["ice", "ace", "dice"]),
        ("ice url", {"ice": CONNECT, "ace": MENU, "pie": HANGUP}, ["ice", "ace", "pie", "dice"]),
    ],
    ids=["tts", "conference", "custom", "custom-menu"],
)
def test_a_callout(app, quick, controls, wait, request_, replies, events):
    if request_ == "ice url":
        settings = {"cli": "+46700000001", "ice": app.url, "ace": app.url, "pie": app.url}
        request_ = {"method": "customCallout", "customCallout": {**settings, "dice": app.url}}
    app.replies = replies
    answer = controls(quick).api("POST", "/calling/v1/callouts", request_)
    assert answer.status_code == 200, answer.text
    wait(lambda: len(app.names) >= len(events))
    assert app.names == events


def test_an_app_that_fails_is_followed_by_the_fallback(app, credentials, controls, wait):
    app.replies, app.statuses = {"ice": {"instructions": [SAY], **HANGUP}}, {"/sinch": 500}
    urls = {"callback_url": app.url, "fallback_url": f"{app.url}/spare"}
    with Sandbox(**credentials, **urls) as sandbox:
        controls(sandbox).post("calls", CALL)
        wait(lambda: len(app.names) == 4)
    assert app.names == ["ice", "ice", "dice", "dice"]
    assert app.paths == ["/sinch", "/sinch/spare"] * 2


def test_a_verification(app, quick, controls, wait):
    app.replies = {"VerificationRequestEvent": {"action": "allow"}}
    body = {"identity": TO, "method": "sms"}
    controls(quick).api("POST", "/verification/v1/verifications", body)
    wait(lambda: len(app.names) == 3)
    assert app.names == [
        "VerificationRequestEvent",
        "VerificationSmsDeliveredEvent",
        "VerificationResultEvent",
    ]
    assert app.events[-1]["reason"] == "Expired"


def test_messages(app, quick, controls, wait):
    controls(quick).post("inbox", {"from": "+46700000002", "message": "Hi", "wait": False})
    wait(lambda: app.names == ["incomingSms"])
    controls(quick).api("POST", "/v1/sms/+46700000009", {"message": "Hi"})
    (message,) = quick.emulator.services.messages.sent
    wait(lambda: message.status == "Successful")


def test_what_code_in_this_process_does(app, quick, wait):
    """No request at all: an earlier timer is set while it sleeps until a later one."""
    from sinch.engine import InboundCall

    app.replies = {"ice": {"action": {"name": "park"}}}
    engine = quick.emulator.services.engine
    time.sleep(0.1)  # it has begun to sleep
    with quick.state.lock:
        timeline = quick.state.scheduler
        timeline.set("far", timeline.now() + of(500), lambda _: None)
        call = InboundCall(from_="+46700000002", to="+46700000001")
        timeline.set("soon", timeline.now() + of(0.05), lambda _: engine.inbound(call))
    wait(lambda: app.names == ["ice"])


def test_time_that_was_moved_while_it_sleeps(quick, wait):
    time.sleep(0.1)
    with quick.state.lock:
        timeline, seen = quick.state.scheduler, []
        timeline.set("far", timeline.now() + of(500), seen.append)
        timeline.resume(of(499.9))
    wait(lambda: seen)
