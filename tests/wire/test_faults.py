"""Every way a peer can fail ends in the documented error, and nothing is sent twice that must not be."""

from __future__ import annotations

import pickle
import time

import pytest

from sinch import RetryPolicy
from sinch.errors import (
    MAX_KEPT_BODY,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    SinchError,
    TimedOut,
    UnreadableAnswer,
)

ERROR = {"errorCode": 42900, "message": "Slow down", "reference": "ref-1"}


def send_sms(sinch):
    return sinch.sms("+46700000000", "Hi").send()


def place_call(sinch):
    return sinch.callouts.tts("+46700000000", "Hi", cli="private").call()


def get_status(sinch):
    return sinch.sms.get_status("1")


NOT_REPEATABLE = pytest.mark.parametrize("act", [send_sms, place_call])


async def outcome(act, sinch, settle) -> SinchError:
    """The error of an act, after a round trip through pickle; no secret in it."""
    with pytest.raises(SinchError) as caught:
        await settle(act(sinch))
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is type(caught.value)
    assert str(copy) == str(caught.value)
    assert vars(copy) == vars(caught.value)
    assert "BeIukql3pTKJ8RGL5zo0DA" not in repr(vars(copy)) + str(copy)
    return copy


async def test_connection_refused_is_not_sent(closed_port_url, make_client, settle) -> None:
    error = await outcome(send_sms, make_client(base_url=closed_port_url), settle)

    assert isinstance(error, NotSent)
    assert "refused" in str(error).lower()
    assert "+46700000000" not in str(error)


async def test_unknown_host_is_not_sent(make_client, settle) -> None:
    sinch = make_client(base_url="http://no-such-host.invalid")

    assert isinstance(await outcome(send_sms, sinch, settle), NotSent)


@NOT_REPEATABLE
async def test_reset_after_the_body_left(act, peer, make_client, settle) -> None:
    peer.resets()

    error = await outcome(act, make_client(base_url=peer.url), settle)

    assert isinstance(error, OutcomeUnknown)
    assert len(peer.seen) == 1


async def test_reset_before_the_whole_body_left(peer, make_client, settle) -> None:
    peer.resets_without_reading()
    sinch = make_client(base_url=peer.url)

    error = await outcome(lambda s: s.sms("+46700000000", "x" * 1_000_000).send(), sinch, settle)

    assert isinstance(error, OutcomeUnknown)
    assert peer.connections == 1


@NOT_REPEATABLE
async def test_silence_past_the_timeout(act, peer, make_client, settle) -> None:
    peer.stays_silent()
    started = time.monotonic()

    error = await outcome(act, make_client(base_url=peer.url, timeout=0.2), settle)

    assert isinstance(error, TimedOut)
    assert isinstance(error, OutcomeUnknown)
    assert len(peer.seen) == 1
    assert time.monotonic() - started < 5


async def test_an_answer_that_drips_does_not_hold_the_caller(peer, make_client, settle) -> None:
    peer.drips(pause=0.05)
    started = time.monotonic()

    error = await outcome(send_sms, make_client(base_url=peer.url, timeout=0.3), settle)

    assert isinstance(error, TimedOut)
    assert isinstance(error, OutcomeUnknown)
    assert time.monotonic() - started < 5


async def test_429_with_retry_after_is_repeated_after_that_time(peer, make_client, settle) -> None:
    peer.answers(ERROR, status=429, headers={"Retry-After": "1"}).answers({"messageId": 1})
    started = time.monotonic()

    receipt = await settle(send_sms(make_client(base_url=peer.url)))

    assert receipt.message_id == "1"
    assert time.monotonic() - started >= 1
    first, second = peer.seen
    assert first.headers["authorization"] != second.headers["authorization"]


async def test_429_that_asks_for_too_long_a_pause_is_given_up(peer, make_client, settle) -> None:
    peer.answers(ERROR, status=429, headers={"Retry-After": "3600"})

    error = await outcome(send_sms, make_client(base_url=peer.url), settle)

    assert isinstance(error, RateLimited)
    assert (error.error_code, error.reference, error.retry_after) == (42900, "ref-1", 3600)
    assert len(peer.seen) == 1


async def test_velocity_limit_is_not_repeated(peer, make_client, settle) -> None:
    peer.answers({"errorCode": 42901, "message": "Too quick"}, status=429)

    assert isinstance(await outcome(send_sms, make_client(base_url=peer.url), settle), RateLimited)
    assert len(peer.seen) == 1


@NOT_REPEATABLE
async def test_503_without_a_time_is_not_repeated_for_sms_and_calls(
    act, peer, make_client, settle
) -> None:
    peer.answers({"errorCode": 50300, "message": "Down"}, status=503)

    error = await outcome(act, make_client(base_url=peer.url), settle)

    assert isinstance(error, ServerError)
    assert (error.status, error.error_code) == (503, 50300)
    assert len(peer.seen) == 1


async def test_503_with_a_time_is_repeated_even_for_an_sms(peer, make_client, settle) -> None:
    peer.answers(None, status=503, headers={"Retry-After": "0"}).answers({"messageId": 1})

    await settle(send_sms(make_client(base_url=peer.url)))

    assert len(peer.seen) == 2


@pytest.mark.parametrize("fail", ["resets", "503"])
async def test_reading_a_status_is_repeated(fail, peer, make_client, settle) -> None:
    peer.resets() if fail == "resets" else peer.answers(None, status=503)
    peer.answers({"status": "Pending"})

    answer = await settle(get_status(make_client(base_url=peer.url)))

    assert answer.status == "Pending"
    assert len(peer.seen) == 2


async def test_attempts_are_limited(peer, make_client, settle) -> None:
    peer.answers(None, status=500)

    error = await outcome(get_status, make_client(base_url=peer.url), settle)

    assert isinstance(error, ServerError)
    assert len(peer.seen) == 3


async def test_reporting_a_verification_is_never_repeated_by_the_http_library(
    peer, make_client, settle
) -> None:
    # aiohttp repeats PUT by itself when a connection drops; attempts are counted, so it must not.
    peer.resets()
    sinch = make_client(base_url=peer.url)

    error = await outcome(lambda s: s.verification(id="1", code="1").report("sms"), sinch, settle)

    assert isinstance(error, OutcomeUnknown)
    assert len(peer.seen) == 1


async def test_an_html_error_page(peer, make_client, settle) -> None:
    page = b"<html>Bad gateway</html>"
    peer.answers(page, status=502, headers={"Content-Type": "text/html"})

    error = await outcome(send_sms, make_client(base_url=peer.url), settle)

    assert isinstance(error, ServerError)
    assert (error.status, error.error_code, error.message) == (502, None, "Bad Gateway")


@pytest.mark.parametrize(
    "body",
    [b'{"messageId": 4', b"", b"[]", b"null", b'{"messageId": {}}', b"{}", b"\xff\xfe", b"[" * 99999],
    ids=["truncated", "empty", "array", "null", "wrong type", "missing", "not UTF-8", "deep"],
)  # fmt: skip
async def test_an_answer_that_is_not_as_described(body, peer, make_client, settle) -> None:
    peer.answers(body)

    error = await outcome(send_sms, make_client(base_url=peer.url), settle)

    assert isinstance(error, UnreadableAnswer)
    assert len(peer.seen) == 1


async def test_204_where_a_result_is_due(peer, make_client, settle) -> None:
    peer.answers(status=204)

    assert isinstance(
        await outcome(send_sms, make_client(base_url=peer.url), settle), UnreadableAnswer
    )


@pytest.mark.parametrize(("status", "body"), [(204, b""), (200, b""), (200, b"{}"), (200, b"x")])
async def test_operations_without_a_result_take_any_2xx(
    status, body, peer, make_client, settle
) -> None:
    peer.answers(body, status=status)

    assert await settle(make_client(base_url=peer.url).conferences("room").end()) is None


async def test_a_connection_closed_inside_the_answer(peer, make_client, settle) -> None:
    peer.cuts_short(b'{"messageId":', promised=100)

    error = await outcome(send_sms, make_client(base_url=peer.url), settle)

    assert isinstance(error, OutcomeUnknown)
    assert len(peer.seen) == 1


async def test_a_huge_answer_is_not_read_to_its_end(peer, make_client, settle) -> None:
    peer.answers(b'"' + b"x" * 20_000_000 + b'"')

    error = await outcome(send_sms, make_client(base_url=peer.url), settle)

    assert isinstance(error, UnreadableAnswer)
    assert "too large" in str(error)
    assert error.status == 200
    assert error.headers["content-length"] == "20000002"
    assert error.body == b'"' + b"x" * (MAX_KEPT_BODY - 1)


async def test_retries_can_be_switched_off(peer, make_client, settle) -> None:
    peer.answers(None, status=500)
    sinch = make_client(base_url=peer.url, retry=RetryPolicy.none())

    await outcome(get_status, sinch, settle)

    assert len(peer.seen) == 1
