"""Callback URLs that are never called are warned of where they are set."""

from __future__ import annotations

import pytest

from sinch.sandbox import Sandbox

FAR = "http://app.example.com/sinch"
WARNING = (
    "http://app.example.com/sinch will never be called: app.example.com is not this machine: "
    "allow it with --allow-callback-host app.example.com, "
    "or Sandbox(callback_hosts=['app.example.com'])"
)


@pytest.mark.parametrize("field", ["voice", "verification", "sms"])
def test_by_the_control_api_and_in_the_log(app, control, caplog, field):
    assert control.get("callbacks")["warnings"] == []
    bad, good = ({"fallback": FAR}, {"fallback": None}) if field == "voice" else (FAR, app.url)
    assert control.put("callbacks", {field: bad})["warnings"] == [WARNING]
    assert control.get("")["callbacks"]["warnings"] == [WARNING]
    warned = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert warned == [WARNING]
    assert control.put("callbacks", {field: good})["warnings"] == []


def test_by_the_rest_api(control, credentials, controls):
    path = f"/v1/configuration/callbacks/applications/{credentials['key']}"
    answer = control.api("POST", path, {"url": {"primary": FAR}})
    assert (answer.status_code, answer.headers["X-Sandbox-Warning"]) == (204, WARNING)
    body = {"method": "customCallout", "customCallout": {"cli": "+46700000001", "ice": FAR}}
    answer = control.api("POST", "/calling/v1/callouts", body)
    assert (answer.status_code, answer.headers["X-Sandbox-Warning"]) == (200, WARNING)
    with Sandbox(**credentials, callback_hosts=["app.example.com"]) as sandbox:
        answer = controls(sandbox).api("POST", path, {"url": {"primary": FAR}})
        assert "X-Sandbox-Warning" not in answer.headers


def test_a_callback_that_goes_nowhere_says_why(control):
    control.put("callbacks", {"sms": FAR})
    control.post("inbox", {"from": "+46700000002", "message": "Hello"})
    (delivery,) = control.get("deliveries")["deliveries"]
    assert "--allow-callback-host app.example.com" in delivery["problem"]
