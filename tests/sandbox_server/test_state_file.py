"""What outlives a restart."""

from __future__ import annotations

import json
import stat
import subprocess
import sys

import pytest

from sinch.sandbox import Sandbox
from sinch.sandbox.storage import StateFileError

NUMBER = {"type": "number", "endpoint": "+46700000009"}
PATH = "/verification/v1/verifications"
CALL = {"from": "+46700000002", "to": "+46700000001"}


def test_a_restart(tmp_path, app, credentials, controls):
    file = tmp_path / "state.json"
    menu = {"action": {"name": "park"}}
    app.replies = {"ice": menu, "VerificationRequestEvent": {"action": "allow"}}
    with Sandbox(**credentials, callback_url=app.url, state_file=file) as sandbox:
        control = controls(sandbox)
        message = control.api("POST", "/v1/sms/+46700000009", {"message": "Hi ☎"}).json()
        control.post("inbox", {"from": "+46700000002", "message": "Hello"})
        body = {"identity": NUMBER, "method": "sms", "reference": "r", "metadata": {"os": "x"}}
        started = control.api("POST", PATH, body).json()
        control.api("DELETE", "/v1/configuration/numbers", {"number": "+46700000001"})
        path = f"/v1/configuration/callbacks/applications/{credentials['key']}"
        control.api("POST", path, {"url": {"primary": app.url + "/voice"}})
        sandbox.advance(60)
        call = control.post("calls", CALL)
        assert call["state"] == "parked"
        before = [control.get(name) for name in ("messages", "inbox", "verifications", "numbers")]
    assert app.names[-1] == "dice", "calls in progress were ended"
    assert app.events[-1]["reason"] == "GENERALERROR"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert credentials["secret"] not in file.read_text()
    assert [item.name for item in tmp_path.iterdir()] == ["state.json"]

    with Sandbox(**credentials, state_file=file) as sandbox:
        control = controls(sandbox)
        after = [control.get(name) for name in ("messages", "inbox", "verifications", "numbers")]
        assert json.dumps(after).replace(sandbox.url, "") == json.dumps(before)
        assert control.get("clock")["aheadSeconds"] > 50
        assert control.get("callbacks")["voice"]["primary"] == app.url + "/voice"
        assert control.get("callbacks")["verification"] == app.url
        assert control.get("calls") == {"calls": []}
        code = control.get(f"verifications/{started['id']}")["code"]
        report = {"method": "sms", "sms": {"code": code}}
        answer = control.api("PUT", f"{PATH}/number/+46700000009", report)
        assert answer.json()["status"] == "SUCCESSFUL"
        assert control.api("POST", PATH, body).status_code == 409
        newer = control.api("POST", "/v1/sms/+46700000009", {"message": "Hi"}).json()
        assert int(newer["messageId"]) > int(message["messageId"])


def test_it_is_saved_while_running(tmp_path, credentials, controls, wait):
    file = tmp_path / "state.json"
    with Sandbox(**credentials, state_file=file) as sandbox:
        controls(sandbox).api("POST", "/v1/sms/+46700000009", {"message": "Hi"})
        wait(lambda: file.exists() and json.loads(file.read_text())["messages"])


GOOD = {
    "format": "sinch-sandbox",
    "version": 1,
    "aheadSeconds": 0,
    "numbers": [],
    "callbacks": {
        "voice": {"primary": None, "fallback": None},
        "verification": None,
        "sms": None,
    },
    "messages": [],
    "inbox": [],
    "verifications": [],
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a state file"),
        ("{}", "not a state file"),
        (json.dumps({**GOOD, "version": 2}), "version 2"),
        (json.dumps({**GOOD, "messages": {}}), "damaged"),
        (json.dumps({**GOOD, "messages": [{"id": "x"}]}), "damaged"),
        (json.dumps({**GOOD, "messages": [{"id": 1}]}), "damaged"),
        (json.dumps({**GOOD, "verifications": [{"created_at": "2026"}]}), "damaged"),
        (json.dumps({**GOOD, "aheadSeconds": 1e300}), "damaged"),
        (json.dumps({**GOOD, "numbers": [{"number": "home"}]}), "damaged"),
        (json.dumps({key: GOOD[key] for key in GOOD if key != "callbacks"}), "damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_alone(tmp_path, text, words):
    file = tmp_path / "state.json"
    file.write_text(text)
    with pytest.raises(StateFileError, match=words):
        Sandbox(state_file=file)
    assert file.read_text() == text


def test_a_good_file_and_bad_places(tmp_path):
    file = tmp_path / "state.json"
    file.write_text(json.dumps(GOOD))
    Sandbox(state_file=file)
    with pytest.raises(StateFileError, match="cannot read"):
        Sandbox(state_file=tmp_path)
    with pytest.raises(StateFileError, match="does not exist"):
        Sandbox(state_file=tmp_path / "nope" / "state.json")


def run(*arguments):
    return subprocess.Popen(
        [sys.executable, "-c", "from sinch.cli import main; main()", "sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_line(tmp_path, app):
    import requests

    file = tmp_path / "state.json"
    with run("--state", str(file), "--callback-url", app.url) as program:
        url = program.stdout.readline().split()[-1]
        callbacks = requests.get(f"{url}/_sandbox/callbacks", timeout=5).json()
        assert callbacks["voice"] == {"primary": app.url, "fallback": None}
        assert callbacks["sms"] == callbacks["verification"] == app.url
        program.terminate()
        assert program.wait(10) == 0
        assert program.stderr.read() == ""
    assert json.loads(file.read_text())["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--callback-url", "localhost"], 2, "absolute http or https URL"),
        (["--fallback-url", "http://localhost"], 2, "needs a callback URL"),
        (["--state", "{tmp}/broken"], 1, "cannot be used: it is not JSON"),
    ],
)
def test_the_command_line_explains(tmp_path, arguments, status, words):
    (tmp_path / "broken").write_text("{")
    with run(*(argument.format(tmp=tmp_path) for argument in arguments)) as program:
        assert program.wait(10) == status
        message = program.stderr.read()
    assert words in message.replace("\n", " ")
    assert "Traceback" not in message
