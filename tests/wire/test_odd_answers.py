"""Answers that are not quite as described: what can be read is returned, in both clients."""

from __future__ import annotations

import json
import time

import pytest

from sinch import VerificationStatus
from sinch.errors import BadRequest, Unauthorized, UnreadableAnswer

CALLOUT = ("+46700000000", "Hi")


@pytest.mark.parametrize(
    "answer",
    [{"callId": 123}, {"callid": "123", "queue": {"position": 4}}, {"CALLID": 123, "x": None}],
)
async def test_the_id_of_a_live_call_is_never_lost(make_client, settle, peer, answer) -> None:
    peer.answers(answer)
    placed = await settle(
        make_client(base_url=peer.url).callouts.tts(*CALLOUT, cli="private").call()
    )
    assert placed.call_id == "123"
    assert placed.raw == answer
    assert placed.problems == ()
    assert len(peer.seen) == 1


async def test_a_state_with_oddities(make_client, settle, peer) -> None:
    answer = {
        "callId": 7, "from": {"type": "Number"}, "timestamp": "", "duration": "long", "status": "FINAL",
        "debit": {"currencyId": "EUR", "amount": ""}, "region": "euc1",
    }  # fmt: skip
    peer.answers(answer)
    call = await settle(make_client(base_url=peer.url).calls("7").get())
    assert (call.call_id, call.status, call.debit.currency_id) == ("7", "FINAL", "EUR")
    assert (call.from_, call.timestamp, call.duration, call.debit.amount) == (None,) * 4
    assert [problem.where for problem in call.problems] == [
        "/from/endpoint", "/timestamp", "/duration", "/debit/amount",
    ]  # fmt: skip
    assert call.raw["region"] == "euc1"


async def test_participants_that_cannot_be_named_are_left_out(make_client, settle, peer) -> None:
    peer.answers({"participants": [{"id": "a"}, {"cli": "+46"}, {"id": 5, "muted": "yes"}]})
    room = await settle(make_client(base_url=peer.url).conferences("room").get())
    assert [(person.id, person.muted) for person in room.participants] == [("a", None), ("5", None)]
    assert [p.where for p in room.problems] == ["/participants/1/id", "/participants/2/muted"]


async def test_an_answer_without_what_identifies_is_unreadable(make_client, settle, peer) -> None:
    peer.answers({"callID": []})
    with pytest.raises(UnreadableAnswer, match="/callId"):
        await settle(make_client(base_url=peer.url).callouts.tts(*CALLOUT, cli="private").call())


async def test_a_status_that_cannot_be_read_does_not_end_a_wait(make_client, settle, peer) -> None:
    peer.answers({"id": "v", "status": None}).answers({"id": "v"}).answers(
        {"id": "v", "status": "SUCCESSFUL"}
    )
    draft = make_client(base_url=peer.url).verification(id="v")
    done = await settle(draft.wait(timeout=5, interval=0.01))
    assert done.status is VerificationStatus.SUCCESSFUL
    assert len(peer.seen) == 3


async def test_an_id_is_found_beside_a_null_in_another_spelling(make_client, settle, peer) -> None:
    peer.answers({"callId": None, "CALLID": "123"})
    placed = await settle(
        make_client(base_url=peer.url).callouts.tts(*CALLOUT, cli="private").call()
    )
    assert placed.call_id == "123"


@pytest.mark.parametrize("status", [b"102 Processing", b"103 Early Hints", b"199 Wait"])
async def test_interim_answers_do_not_hide_the_real_one(make_client, settle, peer, status) -> None:
    interim = b"HTTP/1.1 %s\r\nLink: </x>\r\n\r\n" % status

    def answer(conn, at) -> None:
        conn.sendall(interim * 2)
        time.sleep(0.05)
        body = b'{"messageId": %d}' % len(at.seen)
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    peer.script.append(answer)
    sinch = make_client(base_url=peer.url)

    receipts = [await settle(sinch.sms("+46700000000", "Hi").send()) for _ in range(3)]

    assert [receipt.message_id for receipt in receipts] == ["1", "2", "3"]
    assert len(peer.seen) == 3


async def test_what_a_refusal_says_is_one_short_line_without_a_signature(
    make_client, settle, peer
) -> None:
    def echo(conn, at) -> None:
        said = f"no\r\nERROR \x1b[31m\u202e \ud800 {at.seen[-1].headers['authorization']} "
        body = {"errorCode": 40100, "message": said + "m" * 100_000, "reference": "a\nb" * 9_999}
        payload = json.dumps(body).encode()
        conn.sendall(b"HTTP/1.1 401 X\r\nContent-Length: %d\r\n\r\n" % len(payload) + payload)

    peer.script.append(echo)

    with pytest.raises(Unauthorized) as caught:
        await settle(make_client(base_url=peer.url).sms("+46700000000", "Hi").send())

    error = caught.value
    signature = peer.seen[0].headers["authorization"].partition(":")[2]
    assert str(error).isprintable()
    assert error.message.startswith("no ERROR [31m Application ")
    assert signature not in str(error)
    assert (len(error.message), len(error.reference)) == (500, 500)
    assert str(type(error)(*error.args)) == str(error)


async def test_a_refusal_that_says_nothing_readable_is_named_by_its_code(
    make_client, settle, peer
) -> None:
    peer.answers({"errorCode": 40001, "message": "\n\x00"}, status=400)

    with pytest.raises(BadRequest, match=r"\(40001\): \w"):
        await settle(make_client(base_url=peer.url).sms("+46700000000", "Hi").send())
