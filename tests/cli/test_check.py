"""`sinch check`: each thing that can be wrong is found, and has a cure."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any

import pytest
import trustme

from sinch.cli.output import ExitCode
from sinch.sandbox import Sandbox

from ..messages.conftest import PLAN, TOKEN, Plan
from ..messages.conftest import plan as plan  # the fixture
from .conftest import KEY, KEYS, Done, Run, run


def bad(done: Done) -> dict[str, str]:
    """What is wrong: areas with their texts and cures."""
    found = {f["area"]: f"{f['what']} → {f['cure']}" for f in done.json if f["state"] == "bad"}
    assert (done.code == ExitCode.NO) == bool(found)
    assert all(text.partition(" → ")[2] for text in found.values()), "each has its cure"
    return found


@contextmanager
def serving(
    answer: Callable[[BaseHTTPRequestHandler], None], context: ssl.SSLContext | None = None
) -> Iterator[str]:
    """A server that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        scheme = "http" if context is None else "https"
        yield f"{scheme}://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def status(code: int, body: bytes = b"{}", **headers: str) -> Callable[[Any], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        request.send_response_only(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def test_all_is_well(sinch: Run) -> None:
    with serving(status(401)) as app:
        assert sinch("callbacks", "set", f"{app}/sinch").code == ExitCode.OK
        done = sinch("check", "--json")
        plain = sinch("check")

    assert bad(done) == {}
    assert {f["area"] for f in done.json} >= {"credentials", "clock", "signature", "callback URL"}
    assert "✓ signature" in plain.out


@pytest.mark.parametrize(
    ("code", "says"),
    [(200, "nobody signed"), (404, "path"), (302, "redirect"), (500, "log of the app")],
)
def test_a_callback_url_that_is_not_right(sinch: Run, code: int, says: str) -> None:
    with serving(status(code)) as app:
        sinch("callbacks", "set", f"{app}/sinch")
        assert says in bad(sinch("check", "--json"))["callback URL"]
    assert "nobody listens" in bad(sinch("check", "--json"))["callback URL"]


@pytest.mark.parametrize(
    ("env", "area", "says"),
    [
        ({"SINCH_APPLICATION_SECRET": "d3Jvbmc="}, "signature", "not the secret of this key"),
        ({"SINCH_APPLICATION_SECRET": "not base64"}, "credentials", "SINCH_APPLICATION_SECRET"),
        ({"SINCH_APPLICATION_KEY": None}, "credentials", "SINCH_APPLICATION_KEY"),
        ({"SINCH_APPLICATION_KEY": "other"}, "signature", "not known"),
        ({"SINCH_BASE_URL": "http://127.0.0.1:1"}, "connection", "host"),
        ({"http_proxy": "ftp://x", "no_proxy": ""}, "proxy", "http_proxy"),
    ],
    ids=lambda value: next(iter(value), "") if isinstance(value, dict) else None,
)
def test_one_command_finds_it(sinch: Run, env, area: str, says: str) -> None:
    found = bad(sinch("check", "--json", env=env))

    assert says in found[area]


@pytest.mark.parametrize(("off", "wrong"), [(3600, True), (-7200, True), (2, False)])
def test_the_clock(off: float, wrong: bool) -> None:
    answer = status(
        401, b'{"errorCode":40105,"message":"expired"}', Date=formatdate(time() - off, usegmt=True)
    )
    with serving(answer) as url:
        found = bad(run("check", "--json", env={"SINCH_BASE_URL": url}))

    assert ("clock" in found) is wrong
    assert "NTP" in found["signature"]


def test_a_certificate_that_nobody_trusts(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    with serving(status(200, b'{"url": {}}'), context) as url:
        untrusted = run("check", "--json", env={"SINCH_BASE_URL": url})
        trusting = {"SINCH_BASE_URL": url, "REQUESTS_CA_BUNDLE": str(trusted)}
        assert bad(run("check", "--json", env=trusting)) == {}
        gone = {"SINCH_BASE_URL": url, "REQUESTS_CA_BUNDLE": str(tmp_path / "gone")}
        assert "gone" in bad(run("check", "--json", env=gone))["certificate"]

    assert "REQUESTS_CA_BUNDLE" in bad(untrusted)["connection"]


def test_the_other_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "sinch-1.1.4.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: sinch\nVersion: 1.1.4\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert "sinch` 1.1.4" in bad(run("check", "--offline", "--json"))["installation"]


def test_a_profile_that_others_may_read(tmp_path: Path, server: Sandbox) -> None:
    file = tmp_path / "work.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in KEYS.items()))
    file.chmod(0o644)

    done = run("check", "--offline", "--json", "--env-file", str(file))

    assert done.code == ExitCode.OK
    assert any(f["cure"] == f"chmod 600 {file}" for f in done.json)
    assert any(KEY in f["what"] for f in done.json)


# --- a service plan -----------------------------------------------------------------------------

ALONE: dict[str, str | None] = {
    "SINCH_APPLICATION_KEY": None,
    "SINCH_APPLICATION_SECRET": None,
    "SINCH_SERVICE_PLAN_ID": PLAN,
    "SINCH_API_TOKEN": TOKEN,
}


def listed(*callback_urls: str) -> tuple[int, Any]:
    batches = [{"id": url, "type": "mt_text", "callback_url": url} for url in callback_urls]
    return 200, {"count": len(batches), "batches": batches}


def check_plan(plan: Plan, **surroundings: str | None) -> Done:
    done = run("check", "--json", env={**ALONE, "SINCH_BASE_URL": plan.url, **surroundings})
    assert TOKEN not in done.out + done.err
    return done


def test_a_service_plan_alone(plan: Plan) -> None:
    plan.answers = [listed()]
    done = check_plan(plan)

    assert bad(done) == {}
    said = {finding["area"]: finding["what"] for finding in done.json}
    assert said.keys() >= {"service plan", "token", "clock", "webhook"}
    assert said.keys().isdisjoint({"signature", "callback URL"}), "nothing asked of an application"
    assert said["service plan"].startswith(f"{PLAN} and a token, 127.0.0.1:")
    assert "that of the plan cannot be asked for" in said["webhook"]
    assert [asked.path for asked in plan.asked] == [f"/xms/v1/{PLAN}/batches"]


def test_a_service_plan_beside_an_application(sinch: Run, server: Sandbox) -> None:
    pair = {"SINCH_SERVICE_PLAN_ID": server.service_plan_id, "SINCH_API_TOKEN": server.api_token}
    whole = sinch("check", "--json", env=pair)
    wrong = sinch("check", "--json", env={**pair, "SINCH_API_TOKEN": "other"})
    half = sinch("check", "--json", env={**pair, "SINCH_API_TOKEN": None})

    assert bad(whole).keys().isdisjoint({"service plan", "token", "signature"})
    assert "not the token of this plan" in bad(wrong)["token"]
    assert "SINCH_API_TOKEN" in bad(half)["service plan"]
    for done in (whole, wrong, half):
        assert "signature" in {finding["area"] for finding in done.json}, "looked at all the same"


@pytest.mark.parametrize("missing", ["SINCH_SERVICE_PLAN_ID", "SINCH_API_TOKEN"])
def test_half_a_service_plan(plan: Plan, missing: str) -> None:
    found = bad(check_plan(plan, **{missing: None}))

    assert f"set {missing}" in found["service plan"]
    assert plan.asked == []


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "SINCH_API_TOKEN is not the token of this plan"),
        (403, "ask Sinch"),
        (404, "SINCH_SERVICE_PLAN_ID is not known there"),
        (429, "too many requests are waiting"),
    ],
)
def test_what_sinch_says_of_the_plan(plan: Plan, status: int, says: str) -> None:
    plan.answers = [(status, None)] * 3
    assert says in bad(check_plan(plan))["token"]


def test_a_region_that_is_none() -> None:
    # no host has this name, and no request leaves this machine
    env = {**ALONE, "SINCH_SMS_REGION": "moon", "https_proxy": "http://127.0.0.1:1"}
    found = bad(run("check", "--json", env=env))

    assert "SINCH_SMS_REGION" in found["connection"]


@pytest.mark.parametrize(
    ("code", "says"), [(401, None), (503, "log of the app"), (200, "MessagesVerifier"), (404, "path")]
)  # fmt: skip
def test_webhooks_that_batches_name(plan: Plan, code: int, says: str | None) -> None:
    with serving(status(code)) as app:
        plan.answers = [listed(f"{app}/sms", f"{app}/sms")]
        found = bad(check_plan(plan))

    assert found == {} if says is None else says in found["webhook"]
