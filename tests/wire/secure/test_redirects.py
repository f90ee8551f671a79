"""A redirect is an answer like any other: neither followed nor looked behind, whatever it holds."""

from __future__ import annotations

import gzip
import resource
import sys
import time

import pytest

from sinch.errors import ApiError, OutcomeUnknown, SinchError, TimedOut, UnreadableAnswer


async def failure(client, settle) -> SinchError:
    with pytest.raises(SinchError) as caught:
        await settle(client.sms("+46700000000", "Hi").send())
    return caught.value


@pytest.mark.parametrize(
    "location",
    [
        b"http://[",
        b"\xff\xfe",
        b"",
        b"http://127.0.0.1:1/x",
        b"/elsewhere",
        b"http://a:b:c/",
        b"//",
    ],
)
async def test_a_location_is_not_resolved(
    location, peer, own_environment, make_client, settle
) -> None:
    peer.sends(b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % location)

    error = await failure(make_client(base_url=peer.url), settle)

    assert isinstance(error, ApiError | OutcomeUnknown), error
    assert getattr(error, "status", 302) == 302
    assert len(peer.seen) == 1


@pytest.mark.parametrize("status", [200, 302])
async def test_a_body_that_explodes_is_not_kept(
    status, peer, own_environment, make_client, settle
) -> None:
    bomb = gzip.compress(b"\0" * 300_000_000, 1)
    head = b"HTTP/1.1 %d X\r\nLocation: /x\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    peer.sends(head % (status, len(bomb)) + bomb)
    before = _peak()

    error = await failure(make_client(base_url=peer.url), settle)

    assert isinstance(error, UnreadableAnswer if status == 200 else ApiError)
    assert _peak() - before < 100_000_000


async def test_a_redirect_that_drips(peer, own_environment, make_client, settle) -> None:
    peer.sends(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 1000\r\n\r\n ")
    started = time.monotonic()

    error = await failure(make_client(base_url=peer.url, timeout=0.3), settle)

    assert isinstance(error, TimedOut)
    assert time.monotonic() - started < 5


def _peak() -> int:
    """The most memory this process ever used, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
