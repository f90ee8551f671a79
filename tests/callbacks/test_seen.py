"""A callback that was accepted once is not accepted again, on however many machines."""

from __future__ import annotations

import asyncio
import shutil
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
    CallbackVerifier,
    DeliveryRejected,
    DjangoCacheSeenStore,
    MemorySeenStore,
    RedisSeenStore,
    RejectionReason,
)
from sinch.errors import ConfigurationError

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

    def test_it_is_remembered_for_as_long_as_it_would_be_fresh(self, key, secret, sign, now):
        asked = []

        class Store:
            def claim(self, token, ttl):
                asked.append(ttl)
                return True

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=Store())
        for skew in (-5, 0, 5):
            verifier.verify(sign(at=now + timedelta(minutes=skew)))
        second = timedelta(seconds=1)
        assert asked == [second, 5 * MINUTE + second, 10 * MINUTE + second]

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

    def test_an_asynchronous_store_does_not_serve_blocking_code(self, key, secret, sign, now):
        class Store:
            async def aclaim(self, token, ttl):
                return True

        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=Store())
        with pytest.raises(ConfigurationError, match="asynchronous"):
            verifier.verify(sign())


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


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    pytest.importorskip("redis", reason="the package redis is not installed")
    server = shutil.which("redis-server") or shutil.which("valkey-server")
    if server is None:
        pytest.skip("there is no redis-server here")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        cwd=tmp_path_factory.mktemp("redis"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            pytest.skip("redis-server did not start")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


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
        machines[0].verify(sign())
        with pytest.raises(CallbackRejected, match="replayed"):
            machines[1].verify(sign())
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
