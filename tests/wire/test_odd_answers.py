"""Answers that are not quite as described: what can be read is returned, in both clients."""

from __future__ import annotations

import pytest

from sinch import VerificationStatus
from sinch.errors import UnreadableAnswer

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
