"""What outlives a restart."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sinch import SinchClient
from sinch.errors import SinchError
from sinch.sandbox import Sandbox, Settings
from sinch.sandbox.platform.records import Message
from sinch.sandbox.storage.rows import read_settings, write_settings
from sinch.sandbox.storage.state_file import Row, StateFile, StateFileError
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import VerificationReason

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
    assert credentials["secret"].encode() not in file.read_bytes()
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


# --- while it runs --------------------------------------------------------------------------------


def send(control, number="+46700000009"):
    answer = control.api("POST", f"/v1/sms/{number}", {"message": "Hi"})
    assert answer.status_code == 200
    return str(answer.json()["messageId"])


@pytest.fixture
def kept(tmp_path, credentials):
    with Sandbox(**credentials, state_file=tmp_path / "state") as sandbox:
        yield sandbox


@pytest.fixture
def writes(kept, monkeypatch):
    """Every write from now on: the records in it."""
    seen, write = [], StateFile.write

    def spy(self, batches, **options):
        rows = [list(batch) for batch in batches]
        seen.append([(row.kind, row.id) for batch in rows for row in batch])
        write(self, rows, **options)

    monkeypatch.setattr(StateFile, "write", spy)
    return seen


def test_only_what_changed_is_written(kept, controls, writes):
    control = controls(kept)
    for _ in range(10):
        send(control)
    kept.advance(60)
    control.get("")
    writes.clear()
    message = send(control)
    assert ("message", message) in writes[0]
    assert sum(map(len, writes)) <= 2, "sent, and perhaps delivered; not the other ten"


def test_an_answer_waits_for_the_file_and_nothing_else_does(kept, controls, monkeypatch, wait):
    control, write = controls(kept), StateFile.write
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def slow(self, batches, **options):
        rows = list(batches)
        begun.set()
        go_on.wait(5)
        write(self, rows, **options)

    monkeypatch.setattr(StateFile, "write", slow)
    client = threading.Thread(target=lambda: (send(control), done.set()), daemon=True)
    client.start()
    assert begun.wait(5)
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), kept._runner.loop).result(1)
    with kept.state.lock:
        assert len(kept.emulator.services.messages.sent) == 1
    assert not done.is_set(), "it was not told that the message is accepted"
    go_on.set()
    assert done.wait(5)


@pytest.mark.parametrize("error", [sqlite3.OperationalError, OSError, RuntimeError])
def test_a_file_that_cannot_be_written_any_more_is_logged_and_tried_again(
    kept, controls, monkeypatch, caplog, tmp_path, error
):
    control, write, full = controls(kept), StateFile.write, [True]

    def failing(self, batches, **options):
        if full.pop() if full else False:
            list(batches)
            raise error("database or disk is full")
        write(self, batches, **options)

    monkeypatch.setattr(StateFile, "write", failing)
    first = send(control)
    assert f"was not saved to {tmp_path / 'state'}: database or disk is full" in caplog.text
    second = send(control)
    kept.__exit__(None, None, None)
    with Sandbox(state_file=tmp_path / "state") as again:
        assert [str(m.id) for m in again.emulator.services.messages.sent] == [first, second]


def test_what_is_forgotten_leaves_the_file(tmp_path, credentials, controls):
    file, settings = tmp_path / "state", Settings(remember=3)
    with Sandbox(**credentials, state_file=file, settings=settings) as sandbox:
        ids = [send(controls(sandbox)) for _ in range(5)]
        sandbox.advance(1)
    with Sandbox(**credentials, state_file=file) as sandbox:
        assert [str(m.id) for m in sandbox.emulator.services.messages.sent] == ids[-3:]
        controls(sandbox).post("reset")
        last = send(controls(sandbox))
    again = Sandbox(**credentials, state_file=file)
    assert [str(m.id) for m in again.emulator.services.messages.sent] == [last]


def test_the_same_sandbox_runs_again(tmp_path, credentials, controls):
    file = tmp_path / "state"
    sandbox = Sandbox(**credentials, state_file=file)
    for number in (1, 2):
        with sandbox:
            send(controls(sandbox))
        assert len(Sandbox(state_file=file).emulator.services.messages.sent) == number


def test_killed_it_has_forgotten_nothing_that_was_answered(tmp_path, credentials):
    file = tmp_path / "state"
    arguments = (
        "--state",
        str(file),
        "--key",
        credentials["key"],
        "--secret",
        credentials["secret"],
    )
    with run(*arguments) as program:
        url = program.stdout.readline().split()[-1]
        answered: list[str] = []

        def keep_sending():
            with (
                contextlib.suppress(SinchError),
                SinchClient(credentials["key"], credentials["secret"], base_url=url) as sinch,
            ):
                while True:
                    answered.append(sinch.sms("+46700000009", "Hi").send().message_id)

        clients = [threading.Thread(target=keep_sending) for _ in range(4)]
        for client in clients:
            client.start()
        patience = time.monotonic() + 15
        while len(answered) <= 20 and time.monotonic() < patience:
            time.sleep(0.01)
        program.kill()
        for client in clients:
            client.join()
    assert len(answered) > 20
    kept = {str(m.id) for m in Sandbox(state_file=file).emulator.services.messages.sent}
    assert set(answered) <= kept


# --- one at a time --------------------------------------------------------------------------------


def test_two_sandboxes_cannot_have_one_file(kept, tmp_path, credentials):
    file = tmp_path / "state"
    with pytest.raises(StateFileError, match="in use by another sandbox: stop that one"):
        Sandbox(**credentials, state_file=file)
    with run("--state", str(file)) as program:
        assert ended(program) == 1
        assert "in use by another sandbox" in program.stderr.read().replace("\n", " ")
    kept.__exit__(None, None, None)
    with Sandbox(**credentials, state_file=file):
        pass


def test_nor_after_both_have_read_it(tmp_path, credentials):
    file = tmp_path / "state"
    first, second = (Sandbox(**credentials, state_file=file) for _ in range(2))
    with first:
        pass
    with pytest.raises(StateFileError, match="used by another sandbox in the meantime"), second:
        pass


# --- the format -----------------------------------------------------------------------------------

MOMENT = "2025-01-02T03:04:05.678901Z"
ROWS = [
    ("message", "1", f'{{"id": 1, "number": "+46700000009", "text": "t", "sent_at": "{MOMENT}", "status": "New"}}'),
    ("inbox", "3", f'{{"id": 3, "sender": "q", "number": "+46700000009", "text": "t", "received_at": "{MOMENT}"}}'),
    (
        "verification",
        "i",
        f'{{"id": "i", "method": "sms", "number": "+46700000009", "created_at": "{MOMENT}", "expires_at": "{MOMENT}", '
        '"code": "12", "code_type": "Alpha", "template": "a {{CODE}}", "language": "en-US", "metadata": {"a": [1, null]}, '
        f'"dial_timeout": 3.5, "status": "FAIL", "reason": "Unheard of", "source": "manual", "settled_at": "{MOMENT}", '
        '"attempts": 2, "callback": "allowed", "languages": ["sv"], "gone": true}',
    ),
]  # fmt: skip
SETTINGS = (
    '{"aheadSeconds": 1.5, "numbers": [{"number": "+46700000005", "assigned": false, "capability": "sms"}], '
    '"voice": {"primary": "http://localhost/v", "fallback": null}, "verification": null, "sms": "http://localhost/s"}'
)


def test_what_earlier_sandboxes_wrote_is_read(tmp_path, credentials):
    file = StateFile(tmp_path / "state")
    file.open()
    file.write([[Row(*row) for row in ROWS]], settings=SETTINGS, keep=10)
    file.close()

    services = Sandbox(**credentials, state_file=tmp_path / "state").emulator.services

    moment = datetime.fromisoformat(MOMENT)
    assert list(services.messages.sent) == [
        Message(id=1, number="+46700000009", text="t", sent_at=moment, status=SmsStatus("New"))
    ]
    assert [message.delivered for message in services.inbox.received] == [None]
    (verification,) = services.verifications.started
    assert (verification.dial_timeout, verification.languages) == (timedelta(seconds=3.5), ("sv",))
    assert verification.metadata == {"a": [1, None]}
    assert verification.reason == VerificationReason("Unheard of")
    assert services.applications.owned["+46700000005"].application_key is None
    assert services.applications.callbacks.primary == "http://localhost/v"
    assert services.state.targets.sms == "http://localhost/s"
    assert services.state.scheduler.ahead == timedelta(seconds=1.5)
    assert read_settings(write_settings(services)).voice == services.applications.callbacks


# --- files that cannot be used --------------------------------------------------------------------


@pytest.fixture
def good(tmp_path, credentials, controls):
    file = tmp_path / "good"
    with Sandbox(**credentials, state_file=file) as sandbox:
        send(controls(sandbox))
        controls(sandbox).api("POST", PATH, {"identity": NUMBER, "method": "sms"})
    return file


def test_a_good_file_and_an_empty_one(good, tmp_path):
    assert len(Sandbox(state_file=good).emulator.services.messages.sent) == 1
    (tmp_path / "empty").touch()
    with Sandbox(state_file=tmp_path / "empty"):
        pass


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("PRAGMA user_version = 3", "version 3, and this program reads 2"),
        ("PRAGMA application_id = 7", "not a state file"),
        ("DROP TABLE records", "damaged"),
        ("UPDATE records SET data = '{'", "damaged"),
        ("UPDATE records SET data = '[]'", "damaged"),
        ('UPDATE records SET data = \'{"id": "x"}\'', "damaged"),
        ("UPDATE records SET kind = 'call'", "damaged"),
        ("UPDATE records SET data = replace(data, '2026', 'MMXX')", "damaged"),
        ("UPDATE settings SET value = '{}' WHERE name = 'settings'", "the settings in it"),
        (
            "UPDATE settings SET value = replace(value, '+46', 'home') WHERE name = 'settings'",
            "damaged",
        ),
    ],
)
def test_a_file_that_cannot_be_used(good, change, words):
    with contextlib.closing(sqlite3.connect(good, isolation_level=None)) as connection:
        connection.execute(change)
    with pytest.raises(StateFileError, match=words) as refused:
        Sandbox(state_file=good)
    assert str(refused.value).count("Remove it to start afresh, or name another") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"format": "sinch-sandbox", "version": 1}', "earlier version, JSON, .* no longer read"),
        (b"Dear diary", "not a state file"),
        (b"SQLite format 3\0", "damaged"),
        (b"SQLite format 3\0" + b"\1" * 5000, "damaged"),
    ],
)
def test_a_file_of_another_kind_is_left_alone(tmp_path, content, words):
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(StateFileError, match=words):
        Sandbox(state_file=file)
    assert file.read_bytes() == content


def test_a_database_of_somebody_else_is_left_alone(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "shop")) as connection:
        connection.execute("CREATE TABLE orders (id)")
    before = (tmp_path / "shop").read_bytes()
    with pytest.raises(StateFileError, match="not a state file"):
        Sandbox(state_file=tmp_path / "shop")
    assert (tmp_path / "shop").read_bytes() == before


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "is a folder"),
        ("nope/state", "folder .* does not exist"),
        ("file/state", "folder .* does not exist"),
        ("/proc/self/state", "cannot write"),
    ],
)
def test_bad_places_show_before_it_runs(tmp_path, path, words):
    (tmp_path / "file").touch()
    if path.startswith("/proc") and not Path("/proc/self").is_dir():
        pytest.skip("this system has no /proc")
    with pytest.raises(StateFileError, match=words):
        Sandbox(state_file=tmp_path / path)


def run(*arguments):
    return subprocess.Popen(
        [sys.executable, "-c", "from sinch.cli import main; main()", "sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(program):
    """The exit status of one that ends by itself; else it would be waited for for ever."""
    try:
        return program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        raise


def test_the_command_line(tmp_path, app):
    import requests

    file = tmp_path / "state.json"
    options = ("--callback-url", app.url, "--fault", "lost-response,match=/v1/sms,times=1")
    with run("--state", str(file), *options) as program:
        url = program.stdout.readline().split()[-1]
        callbacks = requests.get(f"{url}/_sandbox/callbacks", timeout=5).json()
        assert callbacks["voice"] == {"primary": app.url, "fallback": None}
        assert callbacks["sms"] == callbacks["verification"] == app.url
        (fault,) = requests.get(f"{url}/_sandbox/faults", timeout=5).json()["faults"]
        assert (fault["kind"], fault["match"], fault["times"]) == ("lost-response", "/v1/sms", 1)
        program.terminate()
        assert program.wait(10) == 0
        assert program.stderr.read() == ""
    assert len(Sandbox(state_file=file).emulator.services.messages.sent) == 0


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--callback-url", "localhost"], 2, "absolute http or https URL"),
        (["--fallback-url", "http://localhost"], 2, "needs a callback URL"),
        (["--state", "{tmp}/broken"], 1, "cannot be used: it is of an earlier version"),
        (["--state", "{tmp}/nope/state"], 1, "folder of the state file"),
        (["--fault", "earthquake"], 2, "a fault is one of latency,"),
    ],
)
def test_the_command_line_explains(tmp_path, arguments, status, words):
    (tmp_path / "broken").write_text("{")
    with run(*(argument.format(tmp=tmp_path) for argument in arguments)) as program:
        assert ended(program) == status
        message = program.stderr.read()
    assert words in message.replace("\n", " ")
    assert "Traceback" not in message


def test_a_service_plan_goes_on_where_it_was(tmp_path, app, credentials, planned, controls):
    """Batches, groups and incoming messages are there again, and what was to be sent is sent."""
    file = tmp_path / "state"
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    hello = {"to": ["46700000009"], "from": "Acme", "body": "Hi ☎", "delivery_report": "summary"}
    with Sandbox(**credentials, **planned, callback_url=app.url, state_file=file) as sandbox:
        control = controls(sandbox)
        control.plan("POST", "/groups", {"name": "Staff", "members": ["46700000009"]})
        gone = control.plan("POST", "/groups", {"name": "Gone"}).json()
        control.plan("DELETE", f"/groups/{gone['id']}")
        control.plan("POST", "/batches", hello)
        control.plan("POST", "/batches", {**hello, "send_at": later, "client_reference": "later"})
        sandbox.advance(1)
        control.post("inbox", {"from": "+46700000009", "message": "STOP", "api": "rest"})
        paths = ("/batches", "/groups", "/inbounds", "/delivery_reports")
        before = [control.plan("GET", path).json() for path in paths]
        assert [len(listed) and listed["count"] for listed in before] == [2, 1, 1, 1]
    app.events.clear()

    with Sandbox(**credentials, **planned, state_file=file) as sandbox:
        control = controls(sandbox)
        assert [control.plan("GET", path).json() for path in paths] == before
        sandbox.advance(2 * 3600)
        assert sandbox.settle()
        assert [event["client_reference"] for event in app.events] == ["later"]
