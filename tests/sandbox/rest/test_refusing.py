"""Whatever a peer sends: an answer comes back, in JSON, and nothing breaks."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinch.core.signing import basic_authorization
from sinch.sandbox import Emulator, Request
from sinch.sandbox.platform.state import State
from sinch_api.error_codes import ERROR_CODES

OPERATIONS = [
    ("POST", "/v1/sms/+46700000000"),
    ("GET", "/v1/sms/1"),
    ("POST", "/verification/v1/verifications"),
    ("PUT", "/verification/v1/verifications/number/+46700000000"),
    ("PUT", "/verification/v1/verifications/id/{v}"),
    ("GET", "/verification/v1/verifications/sms/number/+46700000000"),
    ("POST", "/calling/v1/callouts"),
    ("PATCH", "/calling/v1/calls/id/{c}"),
    ("PATCH", "/calling/v1/calls/id/{c}/leg/both"),
    ("PATCH", "/calling/v1/conferences/id/room/{c}"),
    ("POST", "/v1/configuration/numbers"),
    ("DELETE", "/v1/configuration/numbers"),
    ("POST", "/v1/configuration/callbacks/applications/{k}"),
    ("POST", "/_sandbox/clock"),
    ("POST", "/_sandbox/conferences/room"),
    ("POST", "/_sandbox/verifications/{v}"),
    ("POST", "/_sandbox/calls/{c}/reject"),
]

# --- paths, methods, sizes, hosts ---------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/page/",
        "/page/nope.js",
        "/page/..",
        "/page/serving.py",
        "/page/%2e%2e%2f__init__.py",
        "/v1/sms",
        "/v1/sms/",
        "/v1/sms/1/2",
        "/calling/v1/calls/id/",
        "//",
        "",
        "*",
        "%",
    ],
)
def test_unknown_paths(client, path):
    assert client.get(path).refusal == (404, 40400)


@pytest.mark.parametrize("method", ["PUT", "GET", "OPTIONS", "HEAD", "BREW"])
def test_wrong_methods(client, method):
    reply = client.send(method, "/calling/v1/callouts")
    assert reply.refusal == (405, 40500)
    assert reply.headers["Allow"] == "POST"
    several = client.send("BREW", "/v1/configuration/numbers")
    assert several.headers["Allow"] == "DELETE, GET, POST"


def test_bodies_that_are_too_large(client):
    request = Request.of("POST", "/v1/sms/+1", [("Host", "localhost")], body_too_large=True)
    answer = client.emulator.answer(request)
    assert (answer.status, json.loads(answer.body)["errorCode"]) == (413, 41300)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:80", "localhost:8080", "[::1]:80", "a.localhost", "LOCALHOST."]
)
def test_names_of_this_machine(client, host):
    assert client.get("/_sandbox", auth="none", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "host", ["example.com", "", "127.0.0.1.example.com", "192.168.1.1", "[::1", "a b", "0.0.0.0"]
)
def test_other_names_are_refused(client, host):
    refused = client.get("/_sandbox", auth="none", headers={"Host": host})
    assert refused.refusal == (403, 40300)


def test_names_that_were_allowed(client):
    open_to_all = Emulator(client.emulator.state, hosts=("0.0.0.0", "sinch.test"))
    for host, status in (("192.168.1.1", 200), ("sinch.test:80", 200), ("example.com", 403)):
        answer = open_to_all.answer(Request.of("GET", "/_sandbox", [("Host", host)]))
        assert answer.status == status, host


def test_a_bug_of_ours_is_answered_like_one_of_theirs(client, monkeypatch, caplog):
    def broken(*_: Any) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(client.emulator.services.messages, "status", broken)
    with caplog.at_level(logging.DEBUG):
        assert client.get("/v1/sms/1").refusal == (500, 50000)
    assert client.emulator.state.credentials.secret not in caplog.text


def test_documented_codes_come_with_their_status(client):
    for code, known in ERROR_CODES.items():
        assert known.status == code // 100


# --- fuzzing ------------------------------------------------------------------------------------

text = st.text(max_size=12) | st.sampled_from(
    [
        *("+46700000000", "sms", "flashcall", "seamless", "number", "ttsCallout", "customCallout"),
        *("park", "hangup", "connectConf", "\ud800", "00:01:00", "#tts["),
        '{"action":{"name":"park"}}',
    ]
)
NAMES = """
    identity type endpoint method sms code flashCall cli reference custom metadata smsOptions expiry
    template codeType message from ttsCallout customCallout conferenceCallout destination text
    prompts ice ace pie dice conferenceId maxDuration dtmf action instructions name menus command
    moh numbers number applicationkey capability url primary fallback seconds status reason result
"""
names = st.sampled_from(NAMES.split()) | st.text(max_size=5)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=25,
)
patient = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def send(emulator, method, path, raw):
    """Send with Basic, so that bodies and paths get past the signature."""
    credentials = emulator.state.credentials
    token = basic_authorization(credentials.application_key, credentials.secret)
    headers = [("Host", "localhost"), ("Authorization", token)]
    answer = emulator.answer(Request.of(method, path, headers, raw))
    assert 200 <= answer.status < 500, answer.body
    # the phone in the browser is the only answer that is no JSON
    if answer.body and "Content-Type" not in answer.headers:
        body = json.loads(answer.body)
        if answer.status >= 400:
            assert body["errorCode"] // 100 == answer.status
            assert body["message"]
    return answer


@pytest.fixture
def busy(client):
    """An emulator with something to hit, and the values for the placeholders."""
    number = {"type": "number", "endpoint": "+46700000000"}
    start = {"identity": number, "method": "sms"}
    verification = client.post("/verification/v1/verifications", start).json["id"]
    call = client.poke("conferences/room").json["callId"]
    key = client.emulator.state.credentials.application_key
    return client.emulator, {"v": verification, "c": call, "k": key}


@patient
@given(operation=st.sampled_from(OPERATIONS), body=values)
def test_any_json(busy, operation, body):
    emulator, known = busy
    method, path = operation
    send(emulator, method, path.format(**known), json.dumps(body).encode())


@patient
@given(operation=st.sampled_from(OPERATIONS), raw=st.binary(max_size=40))
def test_any_bytes(busy, operation, raw):
    emulator, known = busy
    method, path = operation
    send(emulator, method, path.format(**known), raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"method":"sms","identity":{"endpoint":"\\ud800","type":"number"}}',
        b'{"message":"\\ud800"}',
        b'{"message":"\xff"}',
        b'{"maxDuration":1e999999999}',
        b'{"numbers":NaN}',
        b"1" * 5000,
        b"\xef\xbb\xbf{}",
        b"\x00",
    ],
)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_nasty_bodies(busy, operation, raw):
    emulator, known = busy
    method, path = operation
    send(emulator, method, path.format(**known), raw)


@pytest.mark.parametrize("field", ["message", "from"])
def test_half_a_surrogate_pair_is_refused(client, field):
    body = json.dumps({"message": "Hello", field: "\ud800"}).encode()
    assert client.post("/v1/sms/+46700000000", body).refusal == (400, 40001)
    assert client.post("/v1/sms/+46700000000", {"message": "\U0001f600"}).status == 200


SEGMENTS = """
    v1 sms verification verifications number id calling calls conferences configuration numbers
    _sandbox data reference query %FF % .. %2e%2e +46700000000
"""


@patient
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    parts=st.lists(st.sampled_from(SEGMENTS.split()) | st.text(max_size=8), max_size=7),
)
def test_any_path(client, method, parts):
    send(client.emulator, method, "/" + "/".join(parts), b"{}")


@patient
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Host", "Authorization", "x-timestamp", "Accept-Language", "X-CB-A", "Origin"]
            ),
            st.text(st.characters(codec="latin-1"), max_size=30)
            | st.sampled_from(["localhost", "Application a:b", "Basic YTpi", "\udcff", "[", "%"]),
        ),
        max_size=6,
    )
)
def test_any_header(headers):
    emulator = Emulator(State())
    for method, path in (("POST", "/verification/v1/verifications"), ("GET", "/_sandbox/requests")):
        answer = emulator.answer(Request.of(method, path, headers, b"{}"))
        assert answer.status in {200, 400, 401, 403}
        json.loads(answer.body)
