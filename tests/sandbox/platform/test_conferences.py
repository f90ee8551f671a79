"""Conferences: operations 13 to 16."""

from __future__ import annotations

import pytest

ROOM = "/calling/v1/conferences/id/room"


@pytest.fixture
def legs(client, clock):
    """A room with a called and a calling participant."""
    callout = {
        "destination": {"type": "number", "endpoint": "+46700000000"},
        "conferenceId": "room",
    }
    body = {"method": "conferenceCallout", "conferenceCallout": callout}
    called = client.post("/calling/v1/callouts", body).json["callId"]
    clock.advance(1)
    calling = client.poke("conferences/room", {"cli": "+46700000002"}).json["callId"]
    return called, calling


def participants(client):
    return {person["id"]: person for person in client.get(ROOM).json["participants"]}


def test_participants_have_exactly_five_fields(client, legs, clock):
    clock.advance(9)
    assert participants(client)[legs[0]] == {
        "cli": "+46700000000",
        "id": legs[0],
        "duration": 9,
        "muted": False,
        "onhold": False,
    }
    assert participants(client)[legs[1]]["cli"] == "+46700000002"


def test_the_callee_joins_when_the_call_is_answered(client, clock):
    callout = {"destination": {"type": "username", "endpoint": "bob"}, "conferenceId": "a/b #1"}
    body = {"method": "conferenceCallout", "conferenceCallout": callout}
    client.post("/calling/v1/callouts", body)
    path = "/calling/v1/conferences/id/a%2Fb%20%231"
    assert client.get(path).refusal == (404, 40400)
    clock.advance(1)
    (bob,) = client.get(path).json["participants"]
    assert bob["cli"] == "bob"


def test_mute_and_hold(client, legs):
    def command(name, **fields):
        reply = client.patch(f"{ROOM}/{legs[0]}", {"command": name, **fields})
        assert (reply.status, reply.body) == (200, b"")
        person = participants(client)[legs[0]]
        return person["muted"], person["onhold"]

    assert command("mute") == (True, False)
    assert command("OnHold", moh="music1") == (True, True)
    assert client.peek(f"calls/{legs[0]}")["moh"] == "music1"
    assert command("unmute", moh="music2") == (False, True), "moh has no effect here"
    assert command("resume") == (False, False)
    assert not participants(client)[legs[1]]["muted"]


def test_kicking_one_and_all(client, legs):
    reply = client.delete(f"{ROOM}/{legs[0]}")
    assert (reply.status, reply.body) == (200, b"")
    assert set(participants(client)) == {legs[1]}
    final = client.get(f"/calling/v1/calls/id/{legs[0]}").json
    assert (final["status"], final["reason"]) == ("FINAL", "MANAGERHANGUP")

    reply = client.delete(ROOM)
    assert (reply.status, reply.body) == (204, b"")
    assert client.get(ROOM).refusal == (404, 40400)
    assert client.delete(ROOM).refusal == (404, 40400)


def test_a_room_closes_with_its_last_participant(client, legs):
    for call_id in legs:
        client.poke(f"calls/{call_id}/hangup")
    assert client.get(ROOM).refusal == (404, 40400)
    assert client.peek("conferences") == {"conferences": []}


@pytest.mark.parametrize(
    "body", [{}, {"command": "sing"}, {"command": "onhold", "moh": "jazz"}, [], None]
)
def test_commands_that_are_refused(client, legs, body):
    assert client.patch(f"{ROOM}/{legs[0]}", body).refusal == (400, 40001)


def test_somebody_who_is_not_there(client, legs):
    assert client.patch(f"{ROOM}/nobody", {"command": "mute"}).refusal == (404, 40400)
    assert client.delete(f"{ROOM}/nobody").refusal == (404, 40400)
    elsewhere = f"/calling/v1/conferences/id/other/{legs[0]}"
    assert client.delete(elsewhere).refusal == (404, 40400)


def test_a_parked_leg_is_out_of_the_room_and_can_come_back(client, legs):
    call = f"/calling/v1/calls/id/{legs[0]}"
    assert client.patch(call, {"action": {"name": "park"}}).status == 204
    assert set(participants(client)) == {legs[1]}
    back = {"action": {"name": "connectConf", "conferenceId": "room"}}
    assert client.patch(call, back).status == 204
    assert set(participants(client)) == set(legs)


def test_a_leg_in_a_room_may_run_a_menu(client, legs):
    call = f"/calling/v1/calls/id/{legs[0]}"
    assert client.patch(call, {"action": {"name": "runMenu", "menus": []}}).status == 204
    assert set(participants(client)) == set(legs)
