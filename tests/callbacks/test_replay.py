"""A callback that was accepted once is not accepted again, on however many machines."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from sinch.callbacks import (
    AsyncRedisSeenStore,
    CallbackRejected,
    CallbackRouter,
    CallbackVerifier,
    DeliveryRejected,
    DjangoCacheSeenStore,
    MemorySeenStore,
    RedisSeenStore,
    RejectionReason,
)
from sinch.errors import ConfigurationError
from sinch.web.http import unbroken

ICE = b'{"event":"ice","callid":"c1"}'
MINUTE = timedelta(minutes=1)


def only_one_claim_wins(store) -> bool:
    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(lambda _: store.claim("contested", MINUTE), range(40))) == 1


class TestVerifierWithAStore:
    def test_the_second_delivery_is_a_replay(self, key, secret, sign, now):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
        token = verifier.verify(sign()).token
        with pytest.raises(DeliveryRejected) as caught:
            verifier.verify(sign())
        assert caught.value.reason is RejectionReason.REPLAYED
        assert caught.value.status == 401
        assert token not in str(caught.value)

    def test_another_spelling_of_the_headers_is_the_same_callback(self, key, secret, sign, now):
        from sinch.callbacks import Delivery

        verifier = CallbackVerifier(
            key, secret, clock=lambda: now, seen=MemorySeenStore(), trailing_slash="any"
        )
        one = sign()
        verifier.verify(one)
        value = one.headers.get("authorization").partition(":")[2]
        for scheme, spelled, path in (
            ("APPLICATION", key.lower(), "/sinch"),
            ("application", key.replace("-", ""), "/sinch/"),
            ("application", key, "/sin%63h"),
        ):
            headers = {
                "authorization": f"{scheme} {spelled}:{value}",
                "x-timestamp": one.headers.get("x-timestamp"),
                "content-type": one.headers.get("content-type"),
            }
            with pytest.raises(CallbackRejected, match="replayed"):
                verifier.verify(Delivery("POST", path, headers, one.body))

    def test_what_is_refused_is_not_remembered(self, key, secret, sign, now):
        store = MemorySeenStore()
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=store)
        with pytest.raises(CallbackRejected):
            verifier.verify(sign(secret="JViE5vDor0Sw3WllZka15Q=="))
        assert len(store) == 0

    @pytest.mark.parametrize(
        ("tolerance", "kept"),
        [
            (5 * MINUTE, 11 * MINUTE),
            (timedelta(seconds=1), timedelta(seconds=62)),
            (timedelta(days=365), timedelta(days=730, minutes=1)),
            (None, timedelta(days=7)),
        ],
    )
    def test_it_is_remembered_for_longer_than_any_machine_takes_it_for_fresh(
        self, tolerance, kept, key, secret, sign, now
    ):
        """Twice the tolerance, however old it is on arrival, and a minute for the clocks."""
        asked = []

        class Store:
            def claim(self, token, ttl):
                asked.append(ttl)
                return True

        verifier = CallbackVerifier(
            key, secret, clock=lambda: now, seen=Store(), tolerance=tolerance
        )
        for skew in (-1, 0, 1):
            verifier.verify(sign(at=now + skew * (tolerance or timedelta(days=1000))))
        assert asked == [kept] * 3

    def test_a_slow_machine_still_finds_the_replay(self, key, secret, sign, now):
        """One clock is 4 minutes ahead of Sinch's, the other 5 behind: both take it for fresh."""
        passed = timedelta(0)
        store = MemorySeenStore(monotonic=lambda: passed.total_seconds())
        fast = CallbackVerifier(key, secret, clock=lambda: now + 4 * MINUTE, seen=store)
        slow = CallbackVerifier(key, secret, clock=lambda: now - 5 * MINUTE + passed, seen=store)
        fast.verify(sign())
        passed = 10 * MINUTE
        with pytest.raises(DeliveryRejected) as caught:
            slow.verify(sign())
        assert caught.value.reason is RejectionReason.REPLAYED

    def test_errors_of_the_store_are_not_taken_for_consent(self, key, secret, sign, now):
        class Broken:
            def claim(self, token, ttl):
                raise OSError("no route to Redis")

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=Broken())
        with pytest.raises(OSError, match="no route"):
            verifier.verify(sign())

    async def test_a_blocking_store_serves_an_event_loop(self, key, secret, sign, now):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
        await verifier.verify_async(sign(path="/a"))
        await verifier.verify_async(sign(path="/b"), run_sync=asyncio.to_thread)
        with pytest.raises(CallbackRejected, match="replayed"):
            await verifier.verify_async(sign(path="/a"))

    async def test_threads_and_shields_are_for_the_store_too(self, key, secret, sign, now):
        used = []

        def in_thread(function):
            used.append("thread")
            return asyncio.to_thread(function)

        def shield(awaitable):
            used.append("shield")
            return unbroken(awaitable)

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
        verified = await verifier.verify_async(sign(), run_sync=in_thread, shield=shield)
        assert sorted(used) == ["shield", "thread"]
        await verifier.release_async(verified, run_sync=in_thread, shield=shield)
        assert sorted(used) == ["shield", "shield", "thread", "thread"]
        assert await verifier.verify_async(sign())

    def test_an_asynchronous_store_does_not_serve_blocking_code(self, key, secret, sign, now):
        class Store:
            async def aclaim(self, token, ttl):
                return True

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=Store())
        with pytest.raises(ConfigurationError, match="asynchronous"):
            verifier.verify(sign())


class TestReleasing:
    """What nobody got an answer to may come again: Sinch tries a second time, or elsewhere."""

    @pytest.fixture
    def verifier(self, key, secret, now):
        return CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())

    async def test_by_hand(self, verifier, sign):
        verifier.release(verifier.verify(sign()))
        await verifier.release_async(verifier.verify(sign()))
        verifier.verify(sign())

    async def test_without_a_store_or_a_release_it_does_nothing(self, key, secret, now, sign):
        class Minimal:
            def claim(self, token, ttl):
                return True

        for store in (None, Minimal()):
            verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=store)
            verifier.release(verifier.verify(sign()))
            await verifier.release_async(verifier.verify(sign()))

    @pytest.mark.parametrize("body", [b"not json", b"[]", b'{"event":"ice","applicationKey":"x"}'])
    def test_a_body_that_is_refused(self, body, verifier, sign):
        router = CallbackRouter(verifier)
        first, second = (router.dispatch(sign(body)) for _ in range(2))
        assert first == second
        assert first.status in {400, 401}

    @pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt])
    def test_a_worker_that_is_told_to_leave(self, end, verifier, sign):
        """gunicorn raises SystemExit in a handler that takes too long."""
        router = CallbackRouter(verifier)

        @router.ice
        def leave(event):
            raise end

        for _ in range(2):
            with pytest.raises(end):
                router.dispatch(sign(ICE))

    def test_an_async_handler_in_blocking_code(self, verifier, sign):
        router = CallbackRouter(verifier)

        @router.ice
        async def handler(event): ...

        for _ in range(2):
            with pytest.raises(ConfigurationError, match="asynchronous"):
                router.dispatch(sign(ICE))

    @pytest.mark.parametrize("how", ["plain store", "async store", "in threads"])
    async def test_a_cancelled_task(self, how, key, secret, now, sign):
        store = Slow() if how == "async store" else MemorySeenStore()
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=store)
        router = CallbackRouter(verifier)
        started = asyncio.Event()

        @router.ice
        async def wait(event):
            started.set()
            await asyncio.sleep(60)

        options = {"run_sync": asyncio.to_thread} if how == "in threads" else {}
        for _ in range(2):
            started.clear()
            task = asyncio.create_task(router.dispatch_async(sign(ICE), **options))
            await asyncio.wait_for(started.wait(), 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    async def test_a_task_that_is_cancelled_while_it_asks_the_store(self, key, secret, now, sign):
        """Whether the store was told is known only at the end: with a shield one waits for it."""
        store = Slow()
        router = CallbackRouter(CallbackVerifier(key, secret, clock=lambda: now, seen=store))

        @router.ice
        async def wait(event):
            await asyncio.sleep(60)

        task = asyncio.create_task(router.dispatch_async(sign(ICE), shield=unbroken))
        await store.asked.wait()
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0.005)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert store.tokens == set()

    async def test_a_replay_that_is_cancelled_releases_nothing(self, key, secret, now, sign):
        """Else whoever recorded a callback could make the store forget it."""
        store = Slow()
        router = CallbackRouter(CallbackVerifier(key, secret, clock=lambda: now, seen=store))
        router.ice(lambda event: {"action": {"name": "hangup"}})
        assert (await router.dispatch_async(sign(ICE), shield=unbroken)).status == 200
        for shield in (None, unbroken):
            store.asked.clear()
            task = asyncio.create_task(router.dispatch_async(sign(ICE), shield=shield))
            await store.asked.wait()
            task.cancel()
            await asyncio.wait([task])
            assert len(store.tokens) == 1

    async def test_a_peer_that_has_gone(self, verifier, sign, caplog):
        router = CallbackRouter(verifier)
        router.ice(lambda event: {"action": {"name": "hangup"}})

        async def gone():
            return True

        async def still_there():
            return False

        for _ in range(2):
            assert (await router.dispatch_async(sign(ICE), gone=gone)).status == 200
            assert "nobody waited" in caplog.text
        assert (await router.dispatch_async(sign(ICE), gone=still_there)).status == 200
        assert (await router.dispatch_async(sign(ICE), gone=still_there)).status == 401

    async def test_a_loop_that_is_gone_awaits_nothing_more(self, key, secret, now, sign):
        class Store:
            async def aclaim(self, token, ttl):
                return True

            async def arelease(self, token):
                await asyncio.sleep(0)

        router = CallbackRouter(CallbackVerifier(key, secret, clock=lambda: now, seen=Store()))

        @router.ice
        async def wait(event):
            await asyncio.sleep(60)

        coroutine = router.dispatch_async(sign(ICE))
        coroutine.send(None)
        coroutine.close()  # what becomes of it when it is collected


class Slow:
    """A store that takes its time, like one over a network."""

    def __init__(self):
        self.tokens: set[str] = set()
        self.asked = asyncio.Event()

    async def aclaim(self, token, ttl):
        self.asked.set()
        fresh = token not in self.tokens
        self.tokens.add(token)
        await asyncio.sleep(0.05)
        return fresh

    async def arelease(self, token):
        await asyncio.sleep(0.01)
        self.tokens.discard(token)


class TestMemory:
    def test_only_one_of_many_threads_wins(self):
        assert only_one_claim_wins(MemorySeenStore())

    def test_it_forgets_when_the_time_is_up(self):
        now = [0.0]
        store = MemorySeenStore(monotonic=lambda: now[0])
        assert store.claim("a", MINUTE)
        now[0] = 59.9
        assert not store.claim("a", MINUTE)
        now[0] = 60.0
        assert store.claim("a", MINUTE)
        now[0] = 200.0
        store.claim("b", MINUTE)
        assert len(store) == 1

    def test_it_never_holds_more_than_its_capacity(self):
        store = MemorySeenStore(capacity=3)
        for token in "abcde":
            assert store.claim(token, MINUTE)
        assert len(store) == 3
        assert not store.claim("e", MINUTE)
        assert store.claim("a", MINUTE)  # the oldest was forgotten

    def test_a_released_token_can_be_claimed_again(self):
        store = MemorySeenStore()
        store.claim("a", MINUTE)
        store.release("a")
        store.release("never there")
        assert store.claim("a", MINUTE)

    @pytest.mark.parametrize("capacity", [0, -1, 1.5, None])
    def test_a_senseless_capacity_is_refused(self, capacity):
        with pytest.raises(ConfigurationError, match="capacity"):
            MemorySeenStore(capacity)


class TestRealRedis:
    @pytest.fixture
    def client(self, redis_url):
        import redis

        with redis.Redis.from_url(redis_url) as client:
            client.flushall()
            yield client

    def test_only_one_of_many_connections_wins(self, client):
        assert only_one_claim_wins(RedisSeenStore(client))

    def test_a_token_is_kept_for_its_time(self, client):
        store = RedisSeenStore(client, prefix="mine:")
        assert store.claim("a", MINUTE)
        assert 59_000 < client.pttl("mine:a") <= 60_000
        assert store.claim("brief", timedelta(milliseconds=20))
        time.sleep(0.05)
        assert store.claim("brief", MINUTE)
        store.release("a")
        assert store.claim("a", MINUTE)

    def test_replays_are_found_through_it(self, client, redis_url, key, secret, sign, now):
        machines = [
            CallbackVerifier(
                key, secret, clock=lambda: now, seen=RedisSeenStore.from_url(redis_url)
            )
            for _ in range(2)
        ]
        token = machines[0].verify(sign()).token
        with pytest.raises(CallbackRejected, match="replayed"):
            machines[1].verify(sign())
        assert client.pttl(f"sinch:seen:{token}") > 10 * MINUTE / timedelta(milliseconds=1)
        for machine in machines:
            machine._seen._client.close()

    async def test_it_works_in_an_event_loop(self, client, redis_url, key, secret, sign, now):
        import redis.asyncio

        async with redis.asyncio.Redis.from_url(redis_url) as connection:
            store = AsyncRedisSeenStore(connection)
            wins = await asyncio.gather(*(store.aclaim("contested", MINUTE) for _ in range(20)))
            assert sum(wins) == 1
            await store.arelease("contested")
            assert await store.aclaim("contested", MINUTE)
            verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=store)
            await verifier.verify_async(sign())
            with pytest.raises(CallbackRejected, match="replayed"):
                await verifier.verify_async(sign())
        store = AsyncRedisSeenStore.from_url(redis_url)
        assert await store.aclaim("z", MINUTE)
        await store._client.aclose()

    def test_a_server_that_is_gone_is_an_error(self):
        redis = pytest.importorskip("redis")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            url = f"redis://127.0.0.1:{probe.getsockname()[1]}"
        store = RedisSeenStore.from_url(url, timeout=0.5)
        with pytest.raises(redis.exceptions.ConnectionError):
            store.claim("a", MINUTE)


def test_real_django_caches():
    """In a process of its own: Django can be configured once a process, and web tests do too."""
    pytest.importorskip("django", reason="Django is not installed")
    cases = Path(__file__).with_name("django_cases.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(cases)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("make", "extra"),
    [
        (lambda: RedisSeenStore.from_url("redis://localhost"), "redis"),
        (lambda: AsyncRedisSeenStore.from_url("redis://localhost"), "redis"),
        (lambda: DjangoCacheSeenStore().claim("a", MINUTE), "django"),
    ],
)
def test_a_missing_package_is_named_with_its_extra(make, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.setitem(sys.modules, "django.core.cache", None)
    with pytest.raises(ConfigurationError, match=rf"sinch-server-sdk\[{extra}\]"):
        make()
