"""The event stream that the page listens to."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time

import pytest
import requests

from sinch.sandbox import Sandbox
from sinch.sandbox.platform.event_bus import EventBus
from sinch.sandbox.platform.state import State
from sinch.sandbox.server import event_stream
from sinch.sandbox.server.emulator import Emulator

CALL = {"from": "+46700000002", "to": "+46700000001"}
SAY = {
    "instructions": [{"name": "say", "text": "Hello", "locale": "en-US"}],
    "action": {"name": "hangup"},
}


class Listener:
    """Collects events in a thread until ``stop``."""

    def __init__(self, url):
        self.events = []
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
        self.connection.request("GET", "/_sandbox/events")
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        name = ""
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while line := self.response.readline().decode():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ").strip()
                elif line.startswith("data: "):
                    self.events.append((name, json.loads(line.removeprefix("data: "))))

    def of(self, name):
        return [data for event, data in self.events if event == name]

    def stop(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join(5)
        self.connection.close()
        self.response.close()


@pytest.fixture
def listener(sandbox, wait):
    made = Listener(sandbox.url)
    wait(lambda: made.events)
    yield made
    made.stop()


def test_what_a_page_hears_of_a_call(app, control, sandbox, listener, wait):
    app.replies = {"ice": SAY}
    assert listener.events[0][0] == "hello"
    assert listener.events[0][1]["callbacks"]["sms"] == app.url
    call = control.post("calls", CALL)
    sandbox.advance(10)
    wait(lambda: any(item["event"] == "dice" for item in listener.of("delivery")))
    entries = listener.of("entry")
    shown = control.get(f"calls/{call['callId']}")["transcript"]
    assert [{**entry, "callId": None} for entry in entries] == [
        {**entry, "callId": None} for entry in shown
    ], "every line, in order"
    assert {entry["callId"] for entry in entries} == {call["callId"]}
    assert [entry["index"] for entry in entries] == list(range(len(entries)))
    assert listener.of("call")[-1]["status"] == "FINAL"


def test_everything_else(app, control, sandbox, listener, wait):
    control.api("POST", "/v1/sms/+46700000009", {"message": "Hi"})
    sandbox.advance(1)
    control.post("inbox", {"from": "+46700000002", "message": "Hello"})
    body = {"identity": {"type": "number", "endpoint": "+46700000009"}, "method": "seamless"}
    control.api("POST", "/verification/v1/verifications", body)
    control.post("faults", {"kind": "latency"})
    control.post("clock", {"seconds": 1})
    control.put("callbacks", {"sms": None})
    control.post("conferences/room", {"cli": "+46700000003"})
    control.post("reset")
    wait(lambda: listener.of("reset"))
    assert [item["status"] for item in listener.of("message")] == ["Pending", "Successful"]
    assert listener.of("inbox")[-1]["delivered"] is True
    assert listener.of("verification")[0]["status"] == "PENDING"
    assert [item["status"] for item in listener.of("request")] == [200, 200]
    assert listener.of("faults")[0]["faults"][0]["kind"] == "latency"
    assert listener.of("clock")[0]["aheadSeconds"] > 1
    assert listener.of("callbacks")[0]["sms"] is None
    assert listener.of("conferences")[0]["conferences"][0]["id"] == "room"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["/_sandbox/events", "/_sandbox/calls", "/page/phone.js"])
def test_other_sites_are_refused(sandbox, headers, path):
    answer = requests.get(sandbox.url + path, headers=headers, timeout=5)
    assert (answer.status_code, answer.json()["errorCode"]) == (403, 40300)


def test_the_page_and_its_policy(sandbox):
    page = requests.get(sandbox.url, timeout=5)
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    rebound = requests.get(sandbox.url, headers={"Host": "evil.example"}, timeout=5)
    assert rebound.status_code == 403
    for name in ("..%2fpage.py", "nope.js", "index.html/"):
        assert requests.get(f"{sandbox.url}/page/{name}", timeout=5).status_code == 404


def test_stopping_ends_the_streams_at_once(credentials):
    with Sandbox(**credentials) as sandbox:
        listener = Listener(sandbox.url)
        time.sleep(0.2)
        before = time.monotonic()
    assert time.monotonic() - before < 2
    listener.thread.join(2)
    assert not listener.thread.is_alive()
    listener.stop()


def test_watchers_come_and_go(sandbox, wait):
    listener = Listener(sandbox.url)
    events = sandbox.state.events
    wait(lambda: events._watchers)
    listener.stop()
    # a client that went away is noticed when there is something to send
    wait(lambda: events.publish("clock") or not events._watchers)


async def test_a_slow_watcher_is_told_what_it_lost(monkeypatch):
    import asyncio

    monkeypatch.setattr(event_stream, "_MOST_WAITING", 2)
    stream = event_stream.EventStream(Emulator(State()), asyncio.get_running_loop())
    for number in range(5):
        stream._take("clock", {"n": number})
    text = (await stream._next()).decode()
    assert text.count("event: clock") == 2
    assert "event: lost" in text


def test_watchers_get_the_record_until_they_stop():
    bus, seen, record = EventBus(), [], object()
    stop = bus.watch(lambda name, data: seen.append((name, data)))
    bus.publish("clock", record)
    stop()
    stop()
    bus.publish("clock", record)
    assert seen == [("clock", record)]
