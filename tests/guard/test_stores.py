"""The same rules in every store, for both kinds of guards; and what holds while a store is down."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from sinch.errors import ConfigurationError
from sinch.guard import (
    AsyncVerificationGuard,
    Attempts,
    Budget,
    Conversion,
    CoolDown,
    Countries,
    DjangoCacheStorage,
    PerNumber,
    VerificationGuard,
)
from sinch.guard.memory import MemoryStore

from .conftest import NUMBER, OTHER


class TestEveryStore:
    async def test_each_rule(self, make_guard, settle, any_store, secret):
        guard = make_guard(
            CoolDown(30, 60),
            PerNumber("2 per hour"),
            Attempts(1),
            Conversion(after=2),
            Budget("1", "EUR", assumed="0.3"),
            store=any_store,
            secret=secret,
            clock=time.time,
        )

        async def rule(number: str) -> Any:
            decision = await settle(guard.check(number))
            assert not decision.store_failed
            return decision.rule

        assert await rule(NUMBER) is None
        refused = await settle(guard.check(NUMBER))
        assert refused.rule == "cool_down"
        assert 25 <= refused.retry_after_seconds <= 31
        await settle(guard.succeeded(NUMBER))
        assert await rule(NUMBER) is None
        await settle(guard.succeeded(NUMBER))
        refused = await settle(guard.check(NUMBER))
        assert refused.rule == "per_number"
        assert 3590 <= refused.retry_after_seconds <= 3601
        assert await rule(OTHER) is None
        assert await rule("+46701111111") == "budget"
        assert await settle(guard.check_attempt("an id\nwith / anything"))
        assert not await settle(guard.check_attempt("an id\nwith / anything"))

    async def test_windows_end(self, make_guard, settle, any_store, secret):
        guard = make_guard(
            PerNumber("1 per second"), store=any_store, secret=secret, clock=time.time
        )
        assert await settle(guard.check(NUMBER))
        assert not await settle(guard.check(NUMBER))
        end = time.monotonic() + 5
        while not await settle(guard.check(NUMBER)):
            assert time.monotonic() < end
            await asyncio.sleep(0.05)

    async def test_a_storage_of_limits(self, make_guard, settle, kind):
        import limits

        where = limits.storage if kind == "blocking" else limits.aio.storage
        guard = make_guard(PerNumber("1 per hour"), store=where.MemoryStorage(), clock=time.time)
        assert await settle(guard.check(NUMBER))
        assert (await settle(guard.check(NUMBER))).retry_after_seconds in range(3590, 3602)

    async def test_a_store_of_ones_own(self, make_guard, settle, clock):
        mine = MemoryStore(clock)
        one, two = (make_guard(PerNumber("1 per hour"), store=mine) for _ in range(2))
        assert await settle(one.check(NUMBER))
        assert not await settle(two.check(NUMBER))

    def test_a_store_learns_no_number(self, limits_url, redis_url):
        import redis

        with VerificationGuard(limits_url(), [PerNumber("1 per hour"), CoolDown()]) as guard:
            assert guard.check("+46709998887")
        with redis.Redis.from_url(redis_url) as server:
            keys = b" ".join(server.keys())
        assert b"per_number" in keys
        assert b"9998887" not in keys


class TestMemory:
    def test_threads_share_one_count_exactly(self, clock):
        guard = VerificationGuard("memory://", [PerNumber("500 per hour"), Budget(1, "EUR")])
        allowed: list[bool] = []

        def work() -> None:
            allowed.extend(bool(guard.check(NUMBER)) for _ in range(200))

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(allowed), sum(allowed)) == (1600, 500)

    def test_what_is_over_is_thrown_away(self, clock):
        store = MemoryStore(clock)
        for index in range(5000):
            store.add(f"a{index}", 1, 60)
            store.hit(f"b{index}", (PerNumber("1 per minute").rates))
            clock.sleep(1)
        assert len(store) < 2100

    def test_a_longer_rate_for_the_same_key_is_no_way_around(self, clock):
        store = MemoryStore(clock)
        wide = PerNumber("3 per hour").rates
        assert store.hit("key", PerNumber("1 per minute").rates) == 0
        assert [store.hit("key", wide) for _ in range(3)] == [0, 0, 3600]

    def test_it_belongs_to_one_process(self, clock):
        with pytest.raises(TypeError, match="one process"):
            pickle.dumps(MemoryStore(clock))


class TestMistakes:
    @pytest.fixture(autouse=True)
    def rules(self) -> None:
        self.rules = [PerNumber("1 per hour")]

    def test_a_store_of_the_wrong_kind(self, limits_url):
        import limits

        for store in (limits_url("async+"), limits.aio.storage.MemoryStorage()):
            with pytest.raises(ConfigurationError, match="AsyncVerificationGuard"):
                VerificationGuard(store, self.rules)
        redis = limits.storage.storage_from_string(limits_url())
        with pytest.raises(ConfigurationError, match="would block the event loop"):
            AsyncVerificationGuard(redis, self.rules)

    @pytest.mark.parametrize("backend", ["dummy.DummyCache", "filebased.FileBasedCache"])
    def test_a_cache_that_cannot_add(self, django_caches, backend, tmp_path):
        django_caches(backend, str(tmp_path))
        with pytest.raises(ConfigurationError, match="cannot add atomically"):
            DjangoCacheStorage()

    def test_a_cache_that_is_not_there(self, django_caches):
        django_caches("locmem.LocMemCache", "a")
        with pytest.raises(ConfigurationError, match="CACHES has no cache 'guard'"):
            DjangoCacheStorage("guard")


class TestStoreDown:
    """A Redis that nobody runs, at a socket that is not there."""

    @pytest.fixture
    def down(self, kind: str, tmp_path: Any) -> str:
        return f"{'async+' if kind == 'async' else ''}redis+unix://{tmp_path}/nobody"

    @pytest.mark.parametrize("fail", ["open", "closed"])
    async def test_it_fails_as_chosen(self, make_guard, settle, down, fail, caplog):
        guard = make_guard(Countries("SE"), CoolDown(), Attempts(), store=down, fail=fail)
        for decision in (
            await settle(guard.check(NUMBER)),
            await settle(guard.check_attempt("id")),
        ):
            assert decision.allowed is (fail == "open")
            assert (decision.store_failed, decision.rule) == (True, None)
            assert "the store does not answer" in decision.reason
        await settle(guard.succeeded(NUMBER))
        assert "the store of the guard failed" in caplog.text

    @pytest.mark.parametrize("fail", ["open", "closed"])
    async def test_rules_that_need_no_store_hold(self, make_guard, settle, down, fail):
        guard = make_guard(CoolDown(), Countries("SE"), store=down, fail=fail)
        assert (await settle(guard.check("+4740612345"))).rule == "countries"

    async def test_observing_allows(self, make_guard, settle, down):
        guard = make_guard(CoolDown(), store=down, fail="closed", observe=True)
        decision = await settle(guard.check(NUMBER))
        assert (decision.allowed, decision.observed, decision.store_failed) == (True, True, True)

    async def test_a_store_that_goes_away_in_the_middle(self, make_guard, settle, clock):
        class Breaking(MemoryStore):
            def hit(self, key: str, rates: Any) -> float:
                raise ConnectionResetError

        rules = (CoolDown(), PerNumber("1 per hour"))
        guard = make_guard(*rules, store=Breaking(clock), fail="closed")
        assert (await settle(guard.check(NUMBER))).store_failed

    async def test_it_works_again_when_the_store_does(
        self, make_guard, settle, redis_url, limits_url, kind, tmp_path, secret
    ):
        link = tmp_path / "redis"
        url = f"{'async+' if kind == 'async' else ''}redis+unix://{link}"
        guard = make_guard(
            PerNumber("1 per hour"), store=url, fail="closed", secret=secret, clock=time.time
        )
        assert (await settle(guard.check(NUMBER))).store_failed
        link.symlink_to(redis_url.removeprefix("unix://").removesuffix("?db=0"))
        assert (await settle(guard.check(NUMBER))).allowed
        assert (await settle(guard.check(NUMBER))).rule == "per_number"

    async def test_a_mistake_in_a_rule_is_not_taken_for_the_store(self, make_guard, settle):
        class Broken(Countries):
            def screen(self, start: Any) -> Any:
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await settle(make_guard(Broken("SE")).check(NUMBER))


def test_importing_the_guard_loads_neither_limits_nor_phonenumbers():
    code = "import sinch.guard, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {
        "limits",
        "phonenumbers",
        "redis",
        "django",
        "requests",
        "aiohttp",
        "asyncio",
    }


WITHOUT = """
import sys
sys.modules[{package!r}] = None
from sinch.guard import {names}
"""


@pytest.mark.parametrize(
    ("package", "names", "code"),
    [
        ("limits", "PerNumber", "PerNumber('5 per hour')"),
        ("limits", "VerificationGuard, Attempts", "VerificationGuard('redis://h:1', [Attempts()])"),
        ("limits", "DjangoCacheStorage", "0"),
        ("phonenumbers", "NumberTypes", "NumberTypes()"),
    ],
)
def test_a_missing_package_is_named(package, names, code):
    program = WITHOUT.format(package=package, names=names) + code
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert f"the package {package}" in done.stderr
    assert "pip install 'sinch-server-sdk[guard]'" in done.stderr
