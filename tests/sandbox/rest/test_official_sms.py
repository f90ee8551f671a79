"""The SMS clients of the official Node and Python SDKs against the sandbox: every call they have, and refusals.

Each runs in an environment of its own and says what it called and what came of it. Their validators judge the
callbacks that the sandbox posted.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from sinch import SinchClient
from sinch.sandbox import Sandbox

from .official_sdks import node_sdk, python_with

HERE = Path(__file__).parent
SPEC = yaml.safe_load((HERE.parents[2] / "spec" / "messages.yaml").read_text(encoding="utf-8"))
ADA, BOB = "+46700000001", "+46700000002"


@attrs.frozen
class Run:
    """What an SDK says of itself, and the requests that the sandbox saw."""

    version: str
    known: list[str]
    called: list[str]
    found: dict[str, Any]
    requests: list[tuple[str, str, int]]
    batch_id: str


@contextmanager
def posted() -> Iterator[tuple[str, list[Any]]]:
    """An app that takes everything: its URL, and what came."""
    came: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            came.append({"headers": headers, "body": body.decode()})
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sms", came
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["node", "python"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if request.param == "node":
        folder = node_sdk()
        environ["NODE_PATH"] = str(folder / "node_modules")
        command = ["node", str(HERE / "node_sms.cjs")]
    else:
        if sys.version_info >= (3, 12):
            pytest.skip("the oldest Python is enough for this")
        folder = tmp_path_factory.mktemp("official")
        command = [str(python_with(folder / "venv", "sinch==2.3.0")), str(HERE / "official_sms.py")]
    with Sandbox(numbers=("+46700000000",)) as sandbox, posted() as (url, came):
        plan = {"service_plan_id": sandbox.service_plan_id, "api_token": sandbox.api_token}
        with SinchClient(**plan, base_url=sandbox.url) as sinch:
            draft = sinch.messages([ADA, BOB], "Hi").with_client_reference("ours")
            batch = draft.with_delivery_report("per_recipient").with_callback_url(url).send()
        sandbox.set_outcome(BOB, "Failed", code=1)
        sandbox.advance(5)
        assert sandbox.settle()
        for text in ("Yes", "No"):
            sandbox.receive(ADA, text, api="rest")
        given = {
            "url": sandbox.url, "plan": sandbox.service_plan_id, "token": sandbox.api_token,
            "secret": sandbox.webhook_secret, "batch_id": batch.id, "callbacks": came,
        }  # fmt: skip
        before = len(sandbox.emulator.log)
        done = subprocess.run(
            [*command, json.dumps(given)],
            cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        seen = [(it.method, it.path, it.status) for it in list(sandbox.emulator.log)[before:]]
    told = json.loads(done.stdout.splitlines()[-1])
    return Run(**told, requests=seen, batch_id=str(batch.id))


def test_every_call_of_the_sdk_was_made(run: Run) -> None:
    assert len(run.known) >= 20
    assert sorted(run.called) == sorted(run.known)


def test_every_operation_of_the_api_was_reached_and_answered(run: Run) -> None:
    good = {
        (method, path.partition("?")[0]) for method, path, status in run.requests if status < 300
    }
    operations = [
        (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)))
        for path, item in SPEC["paths"].items()
        for method in item
        if method != "parameters"
    ]
    assert len(operations) == 20
    missing = [
        (method, path.pattern)
        for method, path in operations
        if not any(verb == method and path.fullmatch(place) for verb, place in good)
    ]
    assert missing == []


def test_sending_and_finding(run: Run) -> None:
    found = run.found
    text, binary, media, one = found["sent"]
    assert [each["type"] for each in found["sent"]] == [
        "mt_text",
        "mt_binary",
        "mt_media",
        "mt_text",
    ]
    assert text["to"] == ["46700000001", "46700000002"], "without a plus sign"
    assert text["parameters"] == {"name": {"46700000001": "Ada", "default": "you"}}
    assert (text["body"], text["canceled"]) == ("Hello ${name}, [it's] 5 €", False)
    assert (binary["body"], binary["udh"]) == ("AP8=", "06050423F423F4")
    assert media["body"]["url"] == "https://example.com/cat.png"
    assert found["got"]["id"] == text["id"]
    assert found["referred"] == [text["id"]]
    newest_first = [each["id"] for each in (one, media, binary, text)]
    assert found["paged"][:4] == newest_first, "all pages"
    assert found["none"] == []


def test_counting(run: Run) -> None:
    latin, cyrillic = run.found["counted"][0], run.found["counted"][-1]
    assert (latin["number_of_recipients"], latin["number_of_messages"]) == (2, 4)
    [first] = latin["per_recipient"]
    assert (first["recipient"], first["number_of_parts"]) == ("46700000001", 2)
    assert (cyrillic["number_of_messages"], cyrillic["per_recipient"][0]["encoding"]) == (
        2,
        "unicode",
    )


def test_changing(run: Run) -> None:
    updated, replaced = (run.found[name] for name in ("updated", "replaced"))
    changed = updated[0] if isinstance(updated, list) else updated
    anew = replaced[0] if isinstance(replaced, list) else replaced
    assert (changed["to"], changed["body"]) == (["46700000001"], "Sooner")
    assert (anew["to"], anew["body"]) == (["46700000002"], "Anew")
    assert run.found["cancelled"]["canceled"] is True


def test_what_became_of_it(run: Run) -> None:
    found = run.found
    counts = {
        (each["status"], each["code"]): each["count"] for each in found["summary"]["statuses"]
    }
    assert counts == {("Delivered", 0): 1, ("Failed", 1): 1}
    [delivered] = found["full"]["statuses"]
    assert delivered["recipients"] == ["46700000001"]
    assert (found["of_one"]["status"], found["of_one"]["batch_id"]) == ("Delivered", run.batch_id)
    assert sorted(each["status"] for each in found["reports"]) == ["Delivered", "Failed"], (
        "two pages"
    )


def test_what_arrived(run: Run) -> None:
    arrived = run.found["arrived"]
    assert [each["body"] for each in arrived] == ["No", "Yes"], "newest first, two pages"
    assert run.found["arrived_again"] == arrived[0]
    assert {each["to"] for each in arrived} == {"46700000000"}


def test_groups(run: Run) -> None:
    found = run.found
    assert (found["group"]["name"], found["group"]["size"]) == ("friends", 2)
    assert found["groups"] == [found["ids"]["other"], found["ids"]["group"]], "two pages"
    assert found["members"] == ["46700000001", "46700000002"]
    assert (found["changed"]["name"], found["changed"]["size"]) == ("strangers", 2)
    assert found["nameless"].get("name") is None
    assert (found["anew"]["name"], found["anew"]["size"]) == ("new", 1)
    assert found["to_group"]["to"] == [found["ids"]["group"]]


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("token", 401, None),
        ("plan", 401, None),
        ("batch", 404, None),
        ("report", 404, None),
        ("inbound", 404, None),
        ("group", 404, None),
        ("too_late", 403, "batch_already_dispatched"),
        ("no_url", 403, "missing_callback_url"),
        ("no_number", 400, "syntax_invalid_parameter_format"),
        ("no_group", 403, "unknown_group"),
        ("too_long", 400, "syntax_constraint_violation"),
        ("too_many", 400, "syntax_constraint_violation"),
    ],
)
def test_refusals(run: Run, what: str, status: int, code: str | None) -> None:
    refused = run.found["refused"][what]
    body = refused["body"]
    told = json.loads(body) if isinstance(body, str) else body
    assert (refused["status"], told.get("code")) == (status, code)


def test_their_validators_accept_what_the_sandbox_signs(run: Run) -> None:
    events = run.found["events"]
    assert [(each["valid"], each["forged"]) for each in events] == [(True, False)] * 4
    last = {each["event"]["recipient"]: each["event"]["status"] for each in events}
    assert last == {"46700000001": "Delivered", "46700000002": "Failed"}
