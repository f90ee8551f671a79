"""Callouts and calls: operations 9 to 12."""

from __future__ import annotations

import json

import pytest

CALLOUTS = "/calling/v1/callouts"
TO = {"type": "number", "endpoint": "+46700000000"}


def tts(**fields):
    callout = {"destination": TO, "text": "Hello", "cli": "+46700000001", **fields}
    return {"method": "ttsCallout", "ttsCallout": callout}


def conference(**fields):
    callout = {"destination": TO, "conferenceId": "room", **fields}
    return {"method": "conferenceCallout", "conferenceCallout": callout}


def custom(**fields):
    return {"method": "customCallout", "customCallout": fields}


def connect(**fields):
    action = {"name": "connectPstn", "number": "+46700000005", **fields}
    return json.dumps({"action": action})


MENU = json.dumps({"action": {"name": "runmenu", "menus": [{"id": "main"}]}})


CONNECTING = [
    {"name": "connectMxp", "destination": {"type": "username", "endpoint": "bob"}},
    {"name": "connectSip", "destination": {"endpoint": "bob@example.com"}},
    {"name": "connectStream", "destination": {"type": "Websocket", "endpoint": "wss://a.b"}},
]


def place(client, body, **options):
    reply = client.post(CALLOUTS, body, **options)
    assert reply.status == 200, reply.body
    return reply.json["callId"]


def state(client, call_id):
    return client.get(f"/calling/v1/calls/id/{call_id}").json


# --- the life of a call -------------------------------------------------------------------------


def test_a_tts_callout_rings_is_answered_and_ends(client, clock):
    call_id = place(client, tts(custom="mine"))
    phases = []
    for _ in range(4):
        phases.append(client.peek(f"calls/{call_id}")["phase"])
        clock.advance({"placed": 0.1, "ringing": 0.4, "answered": 2}.get(phases[-1], 0))
    assert phases == ["placed", "ringing", "answered", "ended"]

    final = state(client, call_id)
    assert final["callId"] == call_id
    assert final["from"] == {"type": "number", "endpoint": "+46700000001"}
    assert final["to"] == TO
    assert final["status"] == "FINAL"
    assert final["result"] == "ANSWERED"
    assert final["reason"] == "MANAGERHANGUP"
    assert final["duration"] == 2
    assert final["custom"] == "mine"
    assert final["timestamp"].endswith("Z")
    assert set(final["userRate"]) == set(final["debit"]) == {"currencyId", "amount"}


def test_a_call_that_nobody_looked_at_ended_when_it_was_due(client, clock):
    call_id = place(client, tts())
    clock.advance(3600)
    assert state(client, call_id)["duration"] == 2


def test_an_open_call_is_ongoing(client):
    running = state(client, place(client, tts()))
    assert running["status"] == "ONGOING"
    assert (running["result"], running["reason"], running["duration"]) == ("N/A", "N/A", 0)


@pytest.mark.parametrize("cli", [None, "", "private"])
def test_without_a_caller_there_is_no_from(client, cli):
    assert "from" not in state(client, place(client, tts(cli=cli)))


@pytest.mark.parametrize("agent", ["python-requests/2.34.2", "python-httpx/0.28.1"])
def test_the_official_python_sdk_is_spared_the_from_it_cannot_read(client, agent, clock):
    call_id = place(client, tts())
    path = f"/calling/v1/calls/id/{call_id}"
    as_that_sdk = {"User-Agent": agent, "Content-Type": "application/json; charset=UTF-8"}
    # its GET has a Content-Type without a body; here Basic saves signing that
    assert "from" not in client.get(path, auth="basic", headers=as_that_sdk).json
    assert "from" in client.get(path, headers={"User-Agent": agent}).json


def test_a_peer_can_reject_or_hang_up(client):
    for result, reason in (("BUSY", "N/A"), ("NOANSWER", "TIMEOUT"), ("FAILED", "GENERALERROR")):
        call_id = place(client, tts())
        client.poke(f"calls/{call_id}/reject", {"result": result})
        assert (state(client, call_id)["result"], state(client, call_id)["reason"]) == (
            result,
            reason,
        )
    call_id = place(client, tts())
    client.poke(f"calls/{call_id}/answer")
    client.poke(f"calls/{call_id}/hangup")
    assert state(client, call_id)["reason"] == "CALLEEHANGUP"
    assert client.poke(f"calls/{call_id}/hangup").refusal == (404, 40400)


def test_a_conference_callout_ends_after_its_longest_duration(client, clock):
    call_id = place(client, conference(maxDuration=60))
    clock.advance(60)
    assert state(client, call_id)["status"] == "ONGOING"
    clock.advance(1)
    final = state(client, call_id)
    assert (final["status"], final["reason"], final["duration"]) == ("FINAL", "TIMEOUT", 60)


def test_headers_for_your_callbacks_are_kept(client):
    headers = {f"X-CB-{n}": "v" for n in range(7)} | {"x-cb-" + "n" * 40: "too long"}
    call_id = place(client, tts(), headers=headers)
    kept = client.peek(f"calls/{call_id}")["callbackHeaders"]
    assert kept == {f"X-CB-{n}": "v" for n in range(5)}


# --- what callouts take -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        tts(),
        tts(text=None, prompts="#tts[Hello];#href[https://example.com/a.mp3];goodbye"),
        tts(cli="46700000001", dtmf="12w#", domain="pstn", locale="sv-SE", enableAce=True),
        tts(destination={"type": "Username", "endpoint": "bob"}),
        tts(destination={"type": "Sip", "endpoint": "bob@example.com:5060"}),
        tts(destination={"endpoint": "bob@example.com"}),
        tts(enableAce="true", unheardOf={}),
        {"Method": "TTSCALLOUT", "TtsCallout": {"Destination": TO, "Text": "Hello"}},
        conference(greeting="Hi", mohClass="music1", maxDuration=14400, enableDice=True),
        conference(conferenceDtmfOptions={"mode": "detect", "maxDigits": 2, "timeoutMills": 500}),
        custom(destination=TO, cli="+46700000001", ice="https://example.com/ice", maxDuration=60),
        custom(ice=connect(), ace=MENU, dice="{}"),
        custom(
            ice=connect(number=None, destination={"type": "number", "endpoint": "+46700000005"})
        ),
        custom(ice=json.dumps({"action": {"name": "connectConf", "conferenceId": "room"}})),
        *(custom(ice=json.dumps({"action": action})) for action in CONNECTING),
        # the 2018 SDK leaves earlier callouts in, whatever is wrong with them
        {**tts(), "conferenceCallout": {"conferenceId": 5}, "customCallout": []},
        {"pop": "eu-central", **custom(destination=TO, enableDice=True)},
    ],
)
def test_accepted(client, body):
    place(client, body)


def test_the_trailing_slash_of_2018(client):
    assert client.post(f"{CALLOUTS}/", tts()).status == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, 40001),
        ([], 40001),
        ({}, 40002),
        ({"method": "pigeonCallout"}, 40001),
        ({"method": "ttsCallout"}, 40002),
        ({"method": "ttsCallout", "conferenceCallout": conference()["conferenceCallout"]}, 40002),
        (tts(destination=None), 40002),
        (tts(destination={"type": "number"}), 40002),
        (tts(destination={"type": "number", "endpoint": "46700000000"}), 40005),
        (tts(destination={"type": "number", "endpoint": "+46"}), 40001),
        (tts(destination={"type": "sip", "endpoint": "bob"}), 40001),
        (tts(destination={"type": "username", "endpoint": " "}), 40001),
        (tts(destination={"type": "conference", "endpoint": "room"}), 40001),
        (tts(text=None), 40002),
        (tts(text="x" * 601), 40001),
        (tts(text=None, prompts=f"#tts[{'x' * 400}];#ssml[{'x' * 201}]"), 40001),
        (tts(text=None, prompts="#tts[Hello"), 40001),
        (tts(text=7), 40001),
        (tts(custom="å" * 513), 40001),
        (tts(dtmf="12a"), 40001),
        (tts(domain="mars"), 40001),
        (tts(cli="+12"), 40001),
        (conference(conferenceId=None), 40002),
        (conference(conferenceId=" "), 40001),
        (conference(conferenceId="x" * 65), 40001),
        (conference(greeting="x" * 601), 40001),
        (conference(mohClass="jazz"), 40001),
        (conference(maxDuration=14401), 40001),
        (conference(maxDuration=0), 40001),
        (conference(conferenceDtmfOptions={"mode": "shout"}), 40001),
        (conference(conferenceDtmfOptions={"maxDigits": 0}), 40001),
        (conference(conferenceDtmfOptions={"timeoutMills": 0}), 40001),
        (custom(), 40003),
        (custom(ice="no script"), 40001),
        (custom(ice="{}"), 40001),
        (custom(ice=json.dumps({"action": {"name": "hangup"}})), 40001),
        (custom(ice=json.dumps({"action": {"name": "fly"}})), 40001),
        (custom(ice=json.dumps({"action": {"name": "connectPstn"}})), 40002),
        (custom(ice=connect(number="+1")), 40001),
        (custom(ice=connect(number="46700000005")), 40005),
        (custom(ice=json.dumps({"action": {"name": "connectMxp"}})), 40002),
        (custom(ice=json.dumps({"action": {"name": "connectStream", "destination": TO}})), 40001),
        (custom(ice=connect(), ace='{"action": {"name": "fly"}}'), 40001),
        (custom(destination=TO, maxDuration=99999), 40001),
    ],
)
def test_refused(client, body, code):
    assert client.post(CALLOUTS, body).refusal == (400, code)
    assert client.peek("calls") == {"calls": []}


def test_a_custom_callout_goes_where_its_ice_says(client, clock):
    call_id = place(client, custom(ice=connect(), destination=TO))
    assert state(client, call_id)["to"]["endpoint"] == "+46700000005"
    call_id = place(
        client,
        custom(
            ice=json.dumps({"action": {"name": "connectSip"}}),
            destination={"type": "sip", "endpoint": "a@b"},
        ),
    )
    assert state(client, call_id)["to"]["endpoint"] == "a@b"
    call_id = place(client, custom(destination=TO))
    clock.advance(20)
    assert state(client, call_id)["duration"] == 10


def test_a_custom_callout_may_leave_everything_to_the_callback_url(client):
    key = client.peek("")["applicationKey"]
    settings = {"url": {"primary": "https://example.com/voice"}}
    client.post(f"/v1/configuration/callbacks/applications/{key}", settings)
    call_id = place(client, custom(cli="+46700000001"))
    assert "to" not in state(client, call_id)


# --- managing calls -----------------------------------------------------------------------------


def update(client, call_id, svaml, leg=""):
    return client.patch(f"/calling/v1/calls/id/{call_id}{leg}", svaml)


def test_hanging_up(client, clock):
    call_id = place(client, tts())
    clock.advance(1)
    reply = update(client, call_id, {"instructions": [], "action": {"name": "Hangup"}})
    assert (reply.status, reply.body) == (204, b"")
    final = state(client, call_id)
    assert (final["reason"], final["result"]) == ("MANAGERHANGUP", "ANSWERED")
    assert update(client, call_id, {"action": {"name": "hangup"}}).refusal == (404, 40400)


def test_parking_and_unparking(client, clock):
    call_id = place(client, tts())
    clock.advance(1)
    assert update(client, call_id, {"action": {"name": "connectPstn"}}).refusal == (400, 40003)
    assert update(client, call_id, {"action": {"name": "park", "maxDuration": 300}}).status == 204
    clock.advance(299)
    assert client.peek(f"calls/{call_id}")["parked"] is True
    assert update(client, call_id, {"action": {"name": "connectPstn"}}).status == 204
    clock.advance(2)
    assert client.peek(f"calls/{call_id}")["parked"] is False
    assert state(client, call_id)["status"] == "ONGOING"


def test_nobody_is_parked_for_ever(client, clock):
    call_id = place(client, tts())
    assert update(client, call_id, {"action": {"name": "park"}}).status == 204
    clock.advance(601)
    assert state(client, call_id)["reason"] == "TIMEOUT"


@pytest.mark.parametrize("name", ["startRecording", "stopRecording", "continue"])
def test_what_a_running_call_takes_besides(client, name):
    assert update(client, place(client, tts()), {"action": {"name": name}}).status == 204


@pytest.mark.parametrize("leg", ["caller", "Callee", "both"])
def test_a_prompt_for_one_leg(client, leg):
    call_id = place(client, tts())
    svaml = {"instructions": [{"name": "say", "text": "Hi"}]}
    reply = update(client, call_id, svaml, f"/leg/{leg}")
    assert (reply.status, reply.body) == (200, b"")
    (kept,) = client.peek(f"calls/{call_id}")["updates"]
    assert kept == {"leg": leg.lower(), "svaml": svaml}


def test_a_leg_can_be_hung_up(client):
    call_id = place(client, tts())
    assert update(client, call_id, {"action": {"name": "hangup"}}, "/leg/both").status == 200
    assert state(client, call_id)["status"] == "FINAL"


@pytest.mark.parametrize(
    ("leg", "svaml", "code"),
    [
        ("", {}, 40003),
        ("", None, 40001),
        ("", {"action": {"name": "fly"}}, 40003),
        ("", {"action": {"name": "park", "maxDuration": 601}}, 40001),
        ("", {"instructions": [{"name": "fly"}], "action": {"name": "continue"}}, 40003),
        ("", {"action": "hangup"}, 40001),
        ("", {"action": {"NAME": 5, "name": "fly"}}, 40003),
        ("/leg/left", {"action": {"name": "continue"}}, 40001),
        ("/leg/both", {}, 40003),
        ("/leg/both", {"action": {"name": "fly"}}, 40003),
    ],
)
def test_updates_that_are_refused(client, leg, svaml, code):
    assert update(client, place(client, tts()), svaml, leg).refusal == (400, code)


def test_unknown_calls(client):
    assert client.get("/calling/v1/calls/id/nobody").refusal == (404, 40400)
    for leg in ("", "/leg/both"):
        assert update(client, "nobody", {"action": {"name": "hangup"}}, leg).refusal == (404, 40400)


def test_memory_is_bounded(make, clock):
    client = make(remember=3)
    for _ in range(10):
        place(client, conference())
        clock.advance(1)
    assert len(client.peek("calls")["calls"]) == 3
    assert len(client.peek("conferences/room")["participants"]) == 3
    assert len(client.emulator.state.scheduler) == 3
