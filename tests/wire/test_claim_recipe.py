"""The recipe of docs/errors-and-retries.md against a server that takes a message and then fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sinch import RetryPolicy, SinchClient, errors

from .conftest import Peer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors-and-retries.md"
QUICK = RetryPolicy(initial_delay=0, max_delay=0)
Remind = Callable[[], None]


@pytest.fixture
def remind(peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``remind`` as the page has it, for one order; each call is another process's try."""
    (block,) = (
        found
        for found in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        if "def remind(" in found
    )
    definition = block.partition('\nremind("order')[0]
    monkeypatch.chdir(tmp_path)
    with SinchClient("key", "c2VjcmV0", base_url=peer.url, retry=QUICK) as sinch:
        namespace = {"sinch": sinch, "SinchError": errors.SinchError}
        exec(definition, namespace)
        yield lambda: namespace["remind"]("order-1", "+46700000000", "Ready.")
        namespace["db"].close()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_message_that_may_have_gone_out_is_not_sent_again(
    peer: Peer, remind: Remind, status: int
) -> None:
    peer.answers({}, status=status)

    with pytest.raises(errors.ApiError):
        remind()
    remind()

    assert len(peer.seen) == 1


def test_nor_after_an_answer_that_cannot_be_read(peer: Peer, remind: Remind) -> None:
    peer.answers(b"<html>")

    with pytest.raises(errors.UnreadableAnswer) as odd:
        remind()
    remind()

    assert len(peer.seen) == 1
    assert (odd.value.status, odd.value.body) == (200, b"<html>")


@pytest.mark.parametrize("status", [400, 402, 403, 429])
def test_a_refused_message_may_be_tried_again_and_then_goes_out_once(
    peer: Peer, remind: Remind, status: int
) -> None:
    for _ in range(QUICK.attempts if status == 429 else 1):
        peer.answers({}, status=status)
    peer.answers({"messageId": 7})
    refusals = len(peer.script) - 1

    with pytest.raises(errors.ApiError):
        remind()
    remind()
    remind()

    assert len(peer.seen) == refusals + 1
