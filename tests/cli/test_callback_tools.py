"""`sinch listen`, `replay` and `trigger`, with an app on a socket."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from sinch.callbacks import CallbackRouter, CallbackVerifier, Delivery, MessagesVerifier, allow
from sinch.cli.output import ExitCode
from sinch.cli.trigger import EVENTS
from sinch.svaml import Svaml
from sinch.testing import signed_request

from .conftest import KEY, KEYS, SECRET, run

CREDENTIALS = (KEY, SECRET)
WEBHOOK = "secret of the callbacks"
SIGNS = {"SINCH_WEBHOOK_SECRET": WEBHOOK}


class App:
    """An app that can change its mind."""

    def __init__(self) -> None:
        self.words = "Hello"
        verifier, messages = CallbackVerifier(KEY, SECRET), MessagesVerifier(WEBHOOK)
        self.router = CallbackRouter(verifier, messages=messages, svaml=Svaml("en-US"))
        self.got: list[str] = []

        @self.router.ice
        def ice(event, svaml):
            return svaml.ice().say(self.words).hangup()

        @self.router.pie
        def pie(event, svaml):
            self.got.append(event.menu_result.value)
            return svaml.pie().hangup()

        @self.router.verification_request
        def asked(event):
            return allow()


@pytest.fixture
def app() -> Iterator[App]:
    made = App()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/sinch")
                self.end_headers()
                return
            if self.path == "/nonsense":
                answer = b'{"action": {"name": "dance"}}'
                self.send_response(200)
            else:
                found = made.router.dispatch(
                    Delivery("POST", self.path, self.headers.items(), body)
                )
                answer = found.body
                self.send_response(found.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        made.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
        yield made
        server.shutdown()
        thread.join()


@contextmanager
def listening(*words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run ``sinch listen`` on a free port; its URL."""
    with subprocess.Popen(
        [sys.executable, "-m", "sinch", "listen", "--port", "0", "--json", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **KEYS},
    ) as program:
        try:
            assert program.stderr is not None
            line = program.stderr.readline()
            found = re.fullmatch(r"listening on (http://127\.0\.0\.1:\d+)\n", line)
            assert found, line
            yield found[1], program
        finally:
            program.kill()


def post(url: str, path: str, event: dict[str, object], secret: str = SECRET) -> requests.Response:
    request = signed_request(event, path, credentials=(KEY, secret))
    return requests.post(url + path, data=request.body, headers=request.headers, timeout=5)


ICE = {"event": "ice", "callid": "c1", "cli": "46700000002", "to": {"type": "did"}}


def test_listen_forwards_records_and_replay_compares(app, tmp_path: Path) -> None:
    record = tmp_path / "calls.jsonl"
    forward = f"{app.url}/sinch"

    with listening("--forward", forward, "--record", str(record), "--count", "3") as (url, program):
        # the tunnel's path is another than that of the app, so it is signed anew for that
        answer = post(url, "/tunnel", ICE)
        post(url, "/sinch", {**ICE, "event": "ace"})
        forged = post(url, "/tunnel", ICE, "d3Jvbmcgc2VjcmV0IQ==")
        shown = [json.loads(line) for line in program.stdout.read().splitlines()]
        assert program.wait(5) == 0

    assert answer.status_code == 200
    assert answer.json()["action"] == {"name": "hangup"}
    assert [(one["event"], one["signature"], one["status"]) for one in shown] == [
        ("ice", "genuine", 200),
        ("ace", "genuine", 200),
        ("ice", "bad_signature", 401),
    ]
    assert forged.status_code == 401, "the app has to see what is forged, and refuse it"
    assert "another secret" in shown[2]["hints"][0]
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert "uthorization" not in record.read_text()

    same = run("replay", str(record), "--only", "ace")
    assert (same.code, "same" in same.out) == (ExitCode.OK, True), same.out
    app.words = "Good evening"
    changed = run("replay", str(record), "--only", "ICE", "--to", f"{app.url}/other", "--json")
    lines = [json.loads(line) for line in changed.out.splitlines()]
    assert changed.code == ExitCode.NO
    assert lines[0]["changes"] == ["/instructions/0/ids/0: '#tts[Hello]' → '#tts[Good evening]'"]
    assert lines[1]["changes"][0] == "status: 401 → 200", "what was forged is genuine now"


def test_listen_says_where_nobody_answers(tmp_path: Path) -> None:
    with listening("--forward", "http://127.0.0.1:1/sinch", "--count", "1") as (url, program):
        assert post(url, "/sinch", ICE).status_code == 502
        shown = json.loads(program.stdout.readline())

    assert shown["failure"] == "nobody listens at 127.0.0.1:1"


@pytest.mark.parametrize(
    ("content", "says"),
    [("{}", "line 1"), ("", "nothing"), ('{"at": 1}\n', "no recording")],
)
def test_what_is_no_recording(content: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    file.write_text(content)

    done = run("replay", str(file), "--to", "http://127.0.0.1:1/")

    assert done.code in {ExitCode.NO, ExitCode.USAGE}
    assert says in done.err


@pytest.mark.parametrize("event", EVENTS)
def test_trigger_sends_every_event_signed(app, event: str) -> None:
    done = run("trigger", event, "--to", f"{app.url}/sinch", "--json", env=SIGNS)

    assert done.code == ExitCode.OK, done.out
    assert (done.json["status"], done.json["ok"]) == (200, True)


@pytest.mark.parametrize(
    ("secret", "code", "says"),
    [
        (None, ExitCode.USAGE, "set SINCH_WEBHOOK_SECRET"),
        ("that of somebody else", ExitCode.NO, "a 4xx loses it for good"),
    ],
)
def test_trigger_signs_reports_with_the_webhook_secret(app, secret, code, says: str) -> None:
    env = {"SINCH_WEBHOOK_SECRET": secret}
    done = run("trigger", "recipient-report", "--to", f"{app.url}/sinch", env=env)

    assert (done.code, says in done.out + done.err) == (code, True), done


def test_trigger_takes_other_values(app, tmp_path: Path) -> None:
    changes = ["--set", "menuResult.value=2", "--set", "version=7"]
    done = run("trigger", "pie", "--to", f"{app.url}/sinch", *changes, "--json")

    assert app.got == ["2"]
    assert done.json["event"]["version"] == 7
    own = tmp_path / "ice.json"
    own.write_text(json.dumps(ICE))
    done = run("trigger", "ice", "--to", f"{app.url}/sinch", "--body", str(own), "--json")
    assert done.json["event"] == ICE


@pytest.mark.parametrize(
    ("path", "env", "says"),
    [
        ("/sinch", {"SINCH_APPLICATION_SECRET": "d3Jvbmcgc2VjcmV0IQ=="}, "refused the signature"),
        ("/moved", {}, "302"),
        ("/nonsense", {}, "dance"),
    ],
)
def test_trigger_judges_the_answer_as_sinch_would(app, path, env, says) -> None:
    done = run("trigger", "ice", "--to", app.url + path, env=env)

    assert done.code == ExitCode.NO
    assert says in done.out


def test_trigger_lints_the_answer(app) -> None:
    app.router = CallbackRouter(CallbackVerifier(KEY, SECRET))

    @app.router.ice
    def ice(event):
        say = {"name": "say", "text": "Hello"}  # in which language?
        return {"instructions": [say], "action": {"name": "hangup"}}

    done = run("trigger", "ice", "--to", f"{app.url}/sinch")

    assert done.code == ExitCode.OK
    assert "missing-locale" in done.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["trigger", "ice", "--to", "http://127.0.0.1:1/"], ExitCode.NO),
        (["trigger", "ice", "--to", "ftp://x"], ExitCode.USAGE),
        (["trigger", "ice", "--to", "http://127.0.0.1:1/", "--set", "x"], ExitCode.USAGE),
        (["trigger", "ice"], ExitCode.USAGE),
        (["listen", "--forward", "nonsense"], ExitCode.USAGE),
    ],
)
def test_slips(words: list[str], code: ExitCode) -> None:
    assert run(*words).code == code
