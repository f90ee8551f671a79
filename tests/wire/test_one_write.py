"""The blocking client asks the system for as little as it can: one write a request, one look-up a host."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from sinch_api import operations
from sinch_api.blocking import BlockingTransport
from sinch_api.models.sms import SendSmsRequest
from sinch_api.operation import Server
from sinch_api.watched import DeadlineSocket
from sinch_api.wire import WireFormat

from .conftest import Peer

BIG = 16 * 1024


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is handed to the socket, write by write."""
    writes: list[bytes] = []
    sendall = DeadlineSocket.sendall

    def note(sock: DeadlineSocket, data: Any, *args: Any) -> None:
        writes.append(bytes(data))
        sendall(sock, data, *args)

    monkeypatch.setattr(DeadlineSocket, "sendall", note)
    return writes


def sms(text: str) -> operations.Operation[Any]:
    return attrs.evolve(
        operations.send_sms("+46700000000", SendSmsRequest(message=text)), result=None
    )


@pytest.mark.parametrize(
    ("operation", "writes"),
    [
        (sms("Hello"), 1),
        (operations.get_sms_status("4711"), 1),
        (sms("x" * (3 * BIG)), 2),  # joining what is long would copy it
    ],
    ids=["short body", "no body", "long body"],
)
def test_headers_and_body_are_written_together(
    operation: operations.Operation[Any], writes: int, peer: Peer, written: list[bytes]
) -> None:
    peer.answers({})
    with BlockingTransport(WireFormat(base_url=peer.url)) as transport:
        for _ in range(3):
            transport.send(attrs.evolve(operation, result=None))

    assert len(written) == 3 * writes
    assert b"".join(written) == b"".join(seen.raw for seen in peer.seen)
    assert peer.connections == 1


def test_more_hosts_than_pools_are_kept_for() -> None:
    """urllib3 closes the pool that was used least lately; a host whose pool that was gets another."""
    peers = [Peer().answers({}) for _ in range(9)]
    with BlockingTransport() as transport:
        for _ in range(2):
            for one in peers:
                server = Server(name="one", url=one.url)
                transport.send(attrs.evolve(sms("Hello"), server=server))
    for one in peers:
        one.stop()
    assert [len(one.seen) for one in peers] == [2] * 9
