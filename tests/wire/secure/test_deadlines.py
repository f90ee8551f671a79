"""A time limit is kept whatever the other side does, in every phase of an exchange."""

from __future__ import annotations

import socket
import ssl
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import attrs
import pytest

from sinch import RetryPolicy, Timeout
from sinch.errors import NotSent, OutcomeUnknown, RateLimited, SinchError, TimedOut, WaitTimedOut
from sinch_api import operations
from sinch_api.models.sms import SendSmsRequest

#: Seconds that every exchange here may take; each peer would take minutes or for ever.
LIMIT = 0.3
MEDIUM_PAUSE = 0.02
SMS = operations.send_sms("+46700000000", SendSmsRequest(message="Hi"))
HUGE = attrs.evolve(SMS, body=b" " * 24_000_000)


@contextmanager
def soon(limit: float = LIMIT) -> Iterator[None]:
    """Generous, for busy machines: without the limit each of these takes 8 seconds, or for ever."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < limit + 5


async def failure(client, settle, operation=SMS) -> SinchError:
    with soon(), pytest.raises(SinchError) as caught:
        await settle(client.send(operation))
    return caught.value


@pytest.mark.parametrize(
    "limits",
    [LIMIT, Timeout(connect=9, read=9, total=LIMIT)],
    ids=["a number", "a total below the rest"],
)
@pytest.mark.parametrize(
    "peer_does", ["stays_silent", "drips_headers", "says_continue", "drips_body"]
)
async def test_an_answer_that_does_not_end(
    peer_does, limits, peer, own_environment, make_client, settle
) -> None:
    match peer_does:
        case "stays_silent":
            peer.stays_silent()
        case "drips_headers":
            peer.drips_headers(MEDIUM_PAUSE)
        case "says_continue":
            peer.says_continue(MEDIUM_PAUSE)
        case "drips_body":
            peer.drips(MEDIUM_PAUSE)

    error = await failure(make_client(base_url=peer.url, timeout=limits), settle)

    assert isinstance(error, TimedOut)
    assert isinstance(error, OutcomeUnknown)
    assert "no complete answer in time" in str(error)
    assert len(peer.seen) == 1


@pytest.mark.parametrize(
    "begins", [b"", b"HTTP/1.1 200 OK\r\nX-Y: ", b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"]
)
async def test_silence_ends_with_the_limit_of_one_wait(
    begins, peer, own_environment, make_client, settle
) -> None:
    peer.sends(begins)

    error = await failure(
        make_client(base_url=peer.url, timeout=Timeout(read=LIMIT, total=30)), settle
    )

    assert isinstance(error, TimedOut)
    assert isinstance(error, OutcomeUnknown)
    assert "no complete answer in time" in str(error)


async def test_short_waits_may_add_up_to_more_than_the_limit_of_one(
    peer, own_environment, make_client, settle
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n"
    peer.sends_in_parts(head, b'{"mess', b"ageId", b'":1}', pause=0.2)
    client = make_client(base_url=peer.url, timeout=Timeout(read=0.35, total=30))

    started = time.monotonic()
    answer = await settle(client.send(SMS))

    assert answer.message_id == "1"
    assert time.monotonic() - started > 0.5


async def test_100_continue_as_fast_as_it_goes(peer, own_environment, make_client, settle) -> None:
    peer.says_continue(0)

    error = await failure(make_client(base_url=peer.url, timeout=LIMIT), settle)

    assert isinstance(error, TimedOut)


def reads_nothing(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    time.sleep(2)


def reads_in_drips(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    while conn.recv(1000):
        time.sleep(0.01)


@pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning")
@pytest.mark.parametrize("talk", [reads_nothing, reads_in_drips])
async def test_a_peer_that_does_not_take_the_request(
    talk, listen, own_environment, make_client, settle
) -> None:
    listener = listen(talk)
    client = make_client(base_url=f"http://127.0.0.1:{listener.port}", timeout=LIMIT)

    error = await failure(client, settle, HUGE)

    assert isinstance(error, TimedOut)
    assert isinstance(error, OutcomeUnknown)
    assert listener.connections == 1


def is_silent(conn: socket.socket) -> None:
    while conn.recv(65536):
        pass


def drips(conn: socket.socket, first: bytes) -> None:
    conn.recv(65536)
    conn.sendall(first)
    while True:
        time.sleep(MEDIUM_PAUSE)
        conn.sendall(b"z")


def drips_a_handshake(conn: socket.socket) -> None:
    drips(conn, b"\x16\x03\x03\x10\x00\x02")


def drips_a_tunnel(conn: socket.socket) -> None:
    drips(conn, b"HTTP/1.1 200 OK\r\nX-Y: ")


@pytest.mark.parametrize(
    ("talk", "role"),
    [
        (is_silent, "server"),
        (drips_a_handshake, "server"),
        (is_silent, "proxy"),
        (drips_a_tunnel, "proxy"),
    ],
)
@pytest.mark.parametrize("phase", ["total", "connect"])
async def test_the_way_to_the_server_counts(
    phase, talk, role, listen, own_environment, make_client, settle
) -> None:
    listener = listen(talk)
    url = f"https://localhost:{listener.port}"
    if role == "proxy":
        own_environment.setenv("HTTPS_PROXY", f"http://127.0.0.1:{listener.port}")
        url = "https://sinch.test"
    limits = Timeout(total=LIMIT) if phase == "total" else Timeout(connect=LIMIT)

    error = await failure(
        make_client(base_url=url, timeout=limits, retry=RetryPolicy.none()), settle
    )

    assert isinstance(error, TimedOut)
    assert isinstance(error, NotSent)
    assert "took too long" in str(error)


@pytest.fixture
def addresses_that_hang() -> Iterator[list[tuple[str, int]]]:
    """Places where connecting hangs: nobody accepts, and the queue is full."""
    with ExitStack() as stack:
        places: list[tuple[str, int]] = []
        for host in ("127.0.0.1", "127.0.0.2", "127.0.0.3"):
            server = stack.enter_context(socket.socket())
            server.bind((host, places[0][1] if places else 0))
            server.listen(0)
            places.append(server.getsockname())
            for _ in range(4):
                conn = stack.enter_context(socket.socket())
                conn.setblocking(False)
                with suppress(BlockingIOError):
                    conn.connect(places[-1])
        yield places


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is not loopback")
async def test_several_addresses_share_the_time(
    addresses_that_hang, own_environment, make_client, settle
) -> None:
    usual = socket.getaddrinfo

    def look_up(host: str, *args: object, **options: object) -> object:
        if host != "many.test":
            return usual(host, *args, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", at) for at in addresses_that_hang]

    own_environment.setattr(socket, "getaddrinfo", look_up)
    client = make_client(
        base_url=f"http://many.test:{addresses_that_hang[0][1]}",
        timeout=Timeout(connect=LIMIT),
        retry=RetryPolicy.none(),
    )

    error = await failure(client, settle)

    assert isinstance(error, TimedOut)
    assert isinstance(error, NotSent)


async def test_a_name_server_that_does_not_answer(own_environment, make_client, settle) -> None:
    def hangs(*_: object, **__: object) -> list[object]:
        time.sleep(3 * LIMIT)
        return []

    own_environment.setattr(socket, "getaddrinfo", hangs)
    client = make_client(
        base_url="http://slow.test", timeout=Timeout(connect=LIMIT), retry=RetryPolicy.none()
    )

    error = await failure(client, settle)

    assert isinstance(error, TimedOut)
    assert isinstance(error, NotSent)


async def test_a_long_read_limit_does_not_outlast_the_total_over_tls(
    tls_server, trusted, make_client, settle
) -> None:
    server = tls_server("close")
    server.talk = lambda conn: ssl_and_then_silence(conn, server.context)  # type: ignore[method-assign]
    client = make_client(base_url=server.url, timeout=Timeout(total=LIMIT, read=9))

    error = await failure(client, settle)

    assert isinstance(error, TimedOut)
    assert isinstance(error, OutcomeUnknown)


def ssl_and_then_silence(conn: socket.socket, context: ssl.SSLContext) -> None:
    with context.wrap_socket(conn, server_side=True) as tls:
        while tls.recv(65536):
            pass


# --- all attempts together --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": LIMIT, "retry": RetryPolicy()},
        {"timeout": Timeout(total=LIMIT), "retry": RetryPolicy(deadline=LIMIT)},
    ],
    ids=["a number", "a deadline"],
)
async def test_a_pause_that_does_not_fit_is_not_begun(
    options, peer, own_environment, make_client, settle
) -> None:
    peer.answers(None, status=429, headers={"Retry-After": "8"})

    error = await failure(make_client(base_url=peer.url, **options), settle)

    assert isinstance(error, RateLimited)
    assert error.retry_after == 8
    assert len(peer.seen) == 1


async def test_attempts_and_pauses_end_with_the_deadline(
    peer, own_environment, make_client, settle
) -> None:
    peer.answers(None, status=500).answers(None, status=500).stays_silent()
    policy = RetryPolicy(attempts=9, initial_delay=0.1, max_delay=0.1, jitter=False, deadline=LIMIT)
    client = make_client(base_url=peer.url, retry=policy)

    error = await failure(client, settle, operations.get_sms_status("1"))

    assert isinstance(error, TimedOut)
    assert len(peer.seen) == 3


@pytest.mark.parametrize("answers", [0, 1], ids=["from the start", "after an answer"])
async def test_waiting_for_a_verification_ends_in_time_when_the_server_is_silent(
    answers, peer, own_environment, make_client, settle
) -> None:
    for _ in range(answers):
        peer.answers({"id": "1", "status": "PENDING"})
    peer.stays_silent()
    client = make_client(base_url=peer.url, retry=RetryPolicy())

    with soon(2 * LIMIT), pytest.raises(WaitTimedOut) as caught:
        await settle(client.verification(id="1").wait(timeout=LIMIT, interval=0.05))

    assert (caught.value.last is None) == (answers == 0)


async def test_waiting_for_a_verification_that_is_limited(
    peer, own_environment, make_client, settle
) -> None:
    peer.answers(None, status=429, headers={"Retry-After": "8"})
    client = make_client(base_url=peer.url, retry=RetryPolicy())

    with soon(), pytest.raises(RateLimited):
        await settle(client.verification(id="1").wait(timeout=LIMIT, interval=0.05))


async def test_waiting_in_line_counts(peer, own_environment) -> None:
    import asyncio

    from sinch_api.aio import AsyncTransport
    from sinch_api.failures import NoResponse
    from sinch_api.wire import WireFormat

    peer.stays_silent()
    async with AsyncTransport(WireFormat(base_url=peer.url), pool_size=1) as transport:
        first = asyncio.ensure_future(transport.send(SMS))
        await asyncio.sleep(0.05)
        with soon(), pytest.raises(NoResponse, match="busy") as caught:
            await transport.send(SMS, within=LIMIT)
        first.cancel()

    assert (caught.value.sent, caught.value.timed_out) == (False, True)
    assert len(peer.seen) == 1
