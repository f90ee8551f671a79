"""Many time limits with one timer: each ends its own task, when it is due, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import threading
import time
import weakref
from collections.abc import Iterator

import pytest

from sinch_api.aio import AsyncTransport
from sinch_api.deadlines import Deadlines
from sinch_api.failures import NoResponse
from sinch_api.operation import Operation, Server
from sinch_api.wire import Timeout, WireFormat


async def limited(deadlines: Deadlines, seconds: float, work: float, *waits: float) -> str:
    """Work for so long within a limit, as the transport does; after it, limits of single waits."""
    limit = deadlines.begin(seconds)
    try:
        for wait in waits:
            limit.wait(wait)
        await asyncio.sleep(work)
    except asyncio.CancelledError:
        if limit.end():
            return "too long"
        raise
    limit.end()
    return "done"


@pytest.fixture
async def deadlines() -> Deadlines:
    return Deadlines(asyncio.get_running_loop())


@pytest.fixture
async def timers(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moments for which timers were made."""
    loop = asyncio.get_running_loop()
    made: list[float] = []
    usual = loop.call_at

    def call_at(when: float, *args: object, **options: object) -> asyncio.TimerHandle:
        made.append(when)
        return usual(when, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "call_at", call_at)
    return made


async def test_each_ends_when_it_is_due_whatever_the_order(deadlines: Deadlines) -> None:
    loop = asyncio.get_running_loop()
    ended: dict[float, float] = {}
    started = loop.time()

    async def one(seconds: float) -> None:
        assert await limited(deadlines, seconds, 9) == "too long"
        ended[seconds] = loop.time() - started

    await asyncio.gather(*(one(seconds) for seconds in (0.2, 0.05, 0.1, 0.05)))

    assert list(ended) == [0.05, 0.1, 0.2]
    assert all(seconds - 0.01 <= took < seconds + 5 for seconds, took in ended.items())


async def test_what_is_in_time_is_left_alone_and_shares_a_timer(
    deadlines: Deadlines, timers: list[float]
) -> None:
    results = [await limited(deadlines, 9, 0) for _ in range(50)]
    results += await asyncio.gather(*(limited(deadlines, 9, 0) for _ in range(50)))

    assert results == ["done"] * 100
    assert len(timers) == 1


async def test_one_that_is_due_does_not_end_the_others(deadlines: Deadlines) -> None:
    results = await asyncio.gather(
        limited(deadlines, 9, 0.15), limited(deadlines, 0.05, 9), limited(deadlines, 0.3, 9)
    )

    assert results == ["done", "too long", "too long"]


async def test_a_wait_ends_before_the_whole_and_never_after_it(deadlines: Deadlines) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    assert await limited(deadlines, 9, 9, 0.05) == "too long"
    assert await limited(deadlines, 0.05, 9, 8) == "too long"
    assert await limited(deadlines, 9, 0.1, 0.01, 5) == "done"  # the newest counts
    assert loop.time() - started < 5


async def test_a_cancellation_by_others_stays_one(deadlines: Deadlines) -> None:
    task = asyncio.create_task(limited(deadlines, 0.05, 9))
    asyncio.get_running_loop().call_at(asyncio.get_running_loop().time() + 0.02, task.cancel)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_cancellation_at_the_same_moment_wins(deadlines: Deadlines) -> None:
    async def both() -> str:
        limit = deadlines.begin(9)
        task = asyncio.current_task()
        assert task is not None
        try:
            task.cancel()
            limit.expire()
            await asyncio.sleep(9)
        except asyncio.CancelledError:
            if limit.end():
                return "taken for a time limit"
            raise
        return "went on"

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(both())


async def test_the_task_can_go_on_after_its_time_was_over(deadlines: Deadlines) -> None:
    assert await limited(deadlines, 0.01, 9) == "too long"
    async with asyncio.timeout(5):
        assert await limited(deadlines, 0.01, 9) == "too long"
        await asyncio.sleep(0)


async def test_closing_leaves_no_timer_but_for_what_is_under_way(
    deadlines: Deadlines, timers: list[float]
) -> None:
    loop = asyncio.get_running_loop()
    under_way = asyncio.create_task(limited(deadlines, 0.05, 9))
    await asyncio.sleep(0)
    deadlines.close()
    assert await under_way == "too long"
    made = len(timers)
    deadlines.close()
    assert await limited(deadlines, 0.05, 0) == "done"
    assert len(timers) == made + 1
    assert loop.is_running()


def test_without_a_task_there_is_nothing_to_limit() -> None:
    loop = asyncio.new_event_loop()
    try:
        with pytest.raises(RuntimeError, match="task"):
            Deadlines(loop).begin(1)
    finally:
        loop.close()


# --- on the wire ----------------------------------------------------------------------------------


@pytest.fixture
def late_peer() -> Iterator[str]:
    """The URL of a peer that answers after 0.2 seconds, and on ``/never`` not at all."""
    over = threading.Event()
    working: list[threading.Thread] = []

    def answer(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            if b" /never " in connection.recv(65536):
                over.wait()
            elif not over.wait(0.2):
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}")
                over.wait()

    def serve() -> None:
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                connection.settimeout(5)
                working.append(threading.Thread(target=answer, args=(connection,)))
                working[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        working.append(threading.Thread(target=serve))
        working[0].start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        over.set()
        working[0].join()
    for thread in working:
        thread.join()


def operation(path: str) -> Operation[object]:
    return Operation(
        name="t", method="POST", server=Server("s", "http://x"), path=path, idempotent=False,
        body=b"{}", result=lambda found: found,
    )  # fmt: skip


async def test_what_arrived_while_the_loop_was_held_up_is_not_late(late_peer: str) -> None:
    async with AsyncTransport(WireFormat(base_url=late_peer)) as transport:
        call = asyncio.create_task(transport.send(operation("/"), timeout=Timeout(5, 0.4, 30)))
        await asyncio.sleep(0.1)
        time.sleep(0.5)  # noqa: ASYNC251 - a program that computes in its loop
        with pytest.raises(Exception, match="400") as caught:
            await call
    assert not isinstance(caught.value, NoResponse)


@pytest.mark.parametrize("path", ["/", "/never"])
async def test_a_call_that_failed_is_gone_without_the_garbage_collector(
    late_peer: str, path: str
) -> None:
    async with AsyncTransport(WireFormat(base_url=late_peer)) as transport:
        gc.collect()
        gc.disable()
        try:
            limits = Timeout(5, 0.4, 30)
            call = asyncio.create_task(transport.send(operation(path), timeout=limits))
            await asyncio.wait([call])
            assert call.exception() is not None
            kept = weakref.ref(call)
            del call
            await asyncio.sleep(0.01)
            assert kept() is None
        finally:
            gc.enable()


async def test_a_client_closed_beside_a_call_leaves_no_timer(
    late_peer: str, timers: list[float]
) -> None:
    loop = asyncio.get_running_loop()
    transport = AsyncTransport(WireFormat(base_url=late_peer))
    call = asyncio.create_task(transport.send(operation("/never"), timeout=Timeout(5, 10, 30)))
    await asyncio.sleep(0.05)
    assert timers
    call.cancel()
    await transport.close()
    await asyncio.wait([call])
    left = [timer for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
    assert not [timer for timer in left if "Deadlines" in repr(timer)]
