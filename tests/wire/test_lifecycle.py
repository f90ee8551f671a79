"""Clients across threads, tasks, forks and event loops: correct, or a clear error."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest
import requests

from sinch import AsyncSinchClient, SinchClient
from sinch.errors import ClientStateError, ConfigurationError, InvalidArgumentError

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="


async def test_a_closed_client_says_so(peer, make_client, settle) -> None:
    sinch = make_client(base_url=peer.url)
    await settle(sinch.close())
    await settle(sinch.close())

    with pytest.raises(ClientStateError, match="closed"):
        await settle(sinch.sms.get_status("1"))

    assert peer.connections == 0


def test_a_blocking_client_serves_many_threads_over_pooled_connections(peer) -> None:
    peer.answers({"status": "Pending"})

    with SinchClient(KEY, SECRET, base_url=peer.url) as sinch, ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda n: sinch.sms.get_status(str(n)).status, range(320)))

    assert answers == ["Pending"] * 320
    assert sorted(int(seen.target.rpartition("/")[2]) for seen in peer.seen) == list(range(320))
    assert peer.connections <= 32


async def test_an_async_client_serves_many_tasks_over_a_bounded_pool(peer) -> None:
    peer.answers({"status": "Pending"})

    async with AsyncSinchClient(KEY, SECRET, base_url=peer.url) as sinch:
        answers = await asyncio.gather(*(sinch.sms.get_status(str(n)) for n in range(500)))

    assert {answer.status for answer in answers} == {"Pending"}
    assert len({seen.target for seen in peer.seen}) == 500
    assert peer.connections <= 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_opens_connections_of_its_own(peer) -> None:
    peer.answers({"status": "Pending"})
    with SinchClient(KEY, SECRET, base_url=peer.url) as sinch:
        sinch.sms.get_status("1")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if sinch.sms.get_status("2").status == "Pending" else 2
            finally:
                os._exit(status)
        _, ended = os.waitpid(child, 0)

        sinch.sms.get_status("3")

    assert ended == 0
    assert peer.connections == 2
    assert [seen.target[-1] for seen in peer.seen] == ["1", "2", "3"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_borrowed_session_is_refused_after_a_fork(peer) -> None:
    peer.answers({"status": "Pending"})
    with requests.Session() as session:
        sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                sinch.sms.get_status("2")
            except ClientStateError as error:
                status = 0 if "fork" in str(error) else 2
            finally:
                os._exit(status)
        _, ended = os.waitpid(child, 0)

    assert ended == 0
    assert peer.connections == 0


# The first loop ended with connections open; that is what this test is about.
@pytest.mark.filterwarnings("ignore:.*:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_an_async_client_survives_a_second_asyncio_run(peer) -> None:
    peer.answers({"status": "Pending"})
    sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url)

    async def ask() -> str:
        return (await sinch.sms.get_status("1")).status

    async def ask_and_close() -> str:
        async with sinch:
            return await ask()

    assert asyncio.run(ask()) == "Pending"
    assert asyncio.run(ask_and_close()) == "Pending"
    gc.collect()  # so that the warnings about the first loop's connections fall in this test


async def test_an_async_client_refuses_a_second_loop_while_the_first_runs(peer) -> None:
    peer.answers({"status": "Pending"})
    refusals: list[str] = []

    async with AsyncSinchClient(KEY, SECRET, base_url=peer.url) as sinch:
        await sinch.sms.get_status("1")

        def elsewhere() -> None:
            try:
                asyncio.run(sinch.sms.get_status("2"))
            except ClientStateError as error:
                refusals.append(str(error))

        thread = threading.Thread(target=elsewhere)
        thread.start()
        await asyncio.to_thread(thread.join)

    assert len(refusals) == 1
    assert "event loop" in refusals[0]
    assert len(peer.seen) == 1


async def test_sessions_that_were_passed_in_are_used_and_left_open(peer) -> None:
    peer.answers({"status": "Pending"})

    async with aiohttp.ClientSession() as session:
        async with AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session) as sinch:
            await sinch.sms.get_status("1")
        assert not session.closed

    with requests.Session() as own:
        own.headers["X-Unsigned"] = "never sent"
        own.auth = ("user", "password")
        with SinchClient(KEY, SECRET, base_url=peer.url, session=own) as blocking:
            blocking.sms.get_status("1")

    first, second = peer.seen
    assert second.headers.keys() == first.headers.keys()
    assert second.headers["authorization"].startswith(f"Application {KEY}:")


async def test_cancelling_a_call_leaves_the_client_usable(peer) -> None:
    peer.stays_silent().answers({"status": "Pending"})

    async with AsyncSinchClient(KEY, SECRET, base_url=peer.url) as sinch:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await sinch.sms.get_status("1")

        assert (await sinch.sms.get_status("2")).status == "Pending"


async def test_logs_and_reprs_hold_neither_secrets_nor_personal_data(
    peer, make_client, settle, caplog
) -> None:
    caplog.set_level(logging.DEBUG)
    peer.answers({"errorCode": 40300, "message": "No SMS to +46700000000"}, status=403)
    peer.answers({"messageId": 1})
    sinch = make_client(base_url=peer.url)

    with pytest.raises(Exception, match="403"):
        await settle(sinch.sms("+46700000000", "my own words").send())
    await settle(sinch.sms("+46700000000", "my own words").send())

    told = caplog.text + repr(sinch) + repr(sinch.config) + repr(vars(sinch))
    signatures = [seen.headers["authorization"].partition(":")[2] for seen in peer.seen]
    assert "/v1/sms/+4670*****00" in caplog.text
    for private in (SECRET, SECRET.rstrip("="), *signatures, "my own words"):
        assert private not in told
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("sinch")]
    assert ours
    assert not any("+46700000000" in line for line in ours)


async def test_hooks_see_every_attempt_and_the_log_has_a_line_of_each(
    peer, make_client, settle, caplog
) -> None:
    caplog.set_level(logging.DEBUG, "sinch")
    peer.answers(None, status=500).answers({"status": "Pending"})
    attempts = []
    sinch = make_client(base_url=peer.url, hooks=[attempts.append])

    await settle(sinch.sms.get_status("1"))

    first, second = attempts
    assert (first.operation, first.number, first.error.status) == ("get_sms_status", 1, 500)
    assert first.retry_in == 0
    assert (second.number, second.error, second.retry_in) == (2, None, None)
    for attempt in attempts:
        assert (attempt.method, attempt.path) == ("GET", "/v1/sms/1")
        assert 0 <= attempt.elapsed < 60
    lines = [record.getMessage() for record in caplog.records if "attempt" in record.getMessage()]
    failed, fine = lines
    assert re.fullmatch(r"GET /v1/sms/1, attempt 1: 500: .* in [0-9]+ ms, again in 0\.00 s", failed)
    assert fine == f"GET /v1/sms/1, attempt 2: ok in {second.elapsed * 1000:.0f} ms"


async def test_a_hook_that_fails_does_not_hide_what_was_sent(
    peer, make_client, settle, caplog
) -> None:
    peer.answers({"messageId": 7})

    def broken(_: object) -> None:
        raise RuntimeError("metrics are down")

    sinch = make_client(base_url=peer.url, hooks=[broken])

    receipt = await settle(sinch.sms("+46700000000", "Hi").send())

    assert receipt.message_id == "7"
    assert "a hook failed" in caplog.text


@pytest.mark.parametrize("hooks", [print, "note", [None], 5, None], ids=str)
def test_hooks_are_functions(hooks, make_client) -> None:
    with pytest.raises(ConfigurationError, match="hooks must be a list") as caught:
        make_client(hooks=hooks)
    assert caught.value.argument == "hooks"


async def test_a_draft_is_no_operation(peer, make_client, settle) -> None:
    sinch = make_client(base_url=peer.url)

    with pytest.raises(InvalidArgumentError, match=r"\.send\(\)"):
        await settle(sinch.send(sinch.sms("+46700000000", "Hi")))

    assert peer.connections == 0
