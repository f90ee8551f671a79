"""What a fraudster, an unlucky moment or an odd input would try; for both kinds of guards."""

from __future__ import annotations

import asyncio
import socket
import time
import uuid
from datetime import timedelta
from decimal import Decimal
from ipaddress import ip_address
from typing import Any

import pytest

from sinch.callbacks import Identity, IdentityType, Money, VerificationRequestEvent
from sinch.errors import ConfigurationError
from sinch.guard import (
    Attempts,
    Budget,
    Conversion,
    CoolDown,
    DjangoCacheStorage,
    PerCountry,
    PerNetwork,
    PerNumber,
    PerUser,
    Refusal,
    Rule,
    Start,
    VerificationGuard,
    stores,
)
from sinch.guard.memory import MemoryStore
from sinch_api.models.verification import VerificationMethod

from .conftest import NUMBER, OTHER


def request(id_: str, number: str = NUMBER, **fields: Any) -> VerificationRequestEvent:
    identity = Identity(type=IdentityType.NUMBER, endpoint=number)
    return VerificationRequestEvent(
        id=id_, method=VerificationMethod.SMS, identity=identity, **fields
    )


class TestOddForms:
    @pytest.mark.parametrize("number", ["+460701234567", "+4600701234567", f" {NUMBER}\n"])
    @pytest.mark.parametrize("rule", [PerNumber("1 per hour"), CoolDown(), Conversion(after=1)])
    async def test_zeros_after_the_calling_code_make_no_other_number(
        self, make_guard, settle, number, rule
    ):
        guard = make_guard(rule)
        assert await settle(guard.check(NUMBER))
        again = await settle(guard.check(number))
        if isinstance(rule, Conversion):
            assert again, "the same number counts once"
            assert not await settle(guard.check("+460701234568")), "of the same block"
        else:
            assert not again

    async def test_so_does_a_pass_for_the_event(self, make_guard, settle):
        guard = make_guard(PerNumber("1 per hour"))
        assert await settle(guard.check("+460701234567"))
        assert await settle(guard.check_event(request("1", NUMBER)))

    async def test_a_zero_that_belongs_to_a_number_stays(self):
        assert Start("+390612345678").kind == "fixed_line"
        assert Start("+390612345678").country == "IT"

    @pytest.mark.parametrize(
        ("first", "second", "same"),
        [
            ("203.0.113.7", "203.0.113.9:51234", True),
            ("203.0.113.7", " 203.0.113.9 ", True),
            ("203.0.113.7", ip_address("203.0.113.9"), True),
            ("203.0.113.7", "::ffff:203.0.113.9", True),
            ("203.0.113.7", "64:ff9b::203.0.113.9", True),  # through NAT64
            ("64:ff9b::203.0.113.7", "64:ff9b::198.51.100.7", False),
            ("2001:db8:0:aa01::1", "[2001:db8:0:aa02::1]:443", True),
            ("2001:db8:0:aa01::1", "2001:db8:0:aa02::1%eth0", True),
            ("2002:cb00:7107:1::", "2002:cb00:7107:ff00::", True),  # 6to4: one IPv4 address
            ("1.2.3", "999.1.1.1", True),  # rubbish is one network
        ],
    )
    async def test_addresses(self, make_guard, settle, first, second, same):
        guard = make_guard(PerNetwork("1 per hour"))
        assert await settle(guard.check(NUMBER, ip=first))
        assert bool(await settle(guard.check(NUMBER, ip=second))) is not same

    @pytest.mark.parametrize("nobody", [None, "", "  "])
    async def test_nobody_is_not_a_user_whom_all_share(self, make_guard, settle, nobody):
        guard = make_guard(PerUser("1 per hour"), PerNetwork("1 per hour"))
        for _ in range(3):
            assert await settle(guard.check(NUMBER, user=nobody, ip=nobody))

    @pytest.mark.parametrize("user", [17, uuid.UUID(int=17)])
    async def test_users_are_named_by_what_tells_them_apart(
        self, make_guard, settle, limits_url, kind, user
    ):
        for store in ("memory://", limits_url("async+" if kind == "async" else "")):
            guard = make_guard(
                PerUser("1 per hour"), store=store, clock=time.time, secret=uuid.uuid4().hex
            )
            assert await settle(guard.check(NUMBER, user=user))
            assert not await settle(guard.check(NUMBER, user=str(user)))

    async def test_attempts_by_number_in_another_form(self, make_guard, settle):
        guard = make_guard(Attempts(1))
        assert await settle(guard.check_attempt(NUMBER))
        for same in ("+460701234567", f" {NUMBER}"):
            assert not await settle(guard.check_attempt(same))
        assert await settle(guard.check_attempt("an-id"))
        assert not await settle(guard.check_attempt("an-id "))

    async def test_a_short_number_is_not_taken_for_a_block(self, make_guard, settle):
        guard = make_guard(Conversion(after=2, drop=4))
        assert await settle(guard.check("+4670123"))  # the block of NUMBER, as a number
        for number in ("+46701234561", "+46701234562"):
            assert await settle(guard.check(number))


class TestMoney:
    async def test_an_absurd_price_is_refused_and_not_the_store_broken(
        self, make_guard, settle, limits_url, kind, secret
    ):
        url = limits_url("async+" if kind == "async" else "")
        guard = make_guard(Budget("1", "EUR"), store=url, clock=time.time, secret=secret)
        price = Money(currency_id="EUR", amount=Decimal("1e20"))
        assert (await settle(guard.check(NUMBER, price=price))).rule == "budget"
        assert await settle(guard.check(NUMBER, price=Money(currency_id="EUR", amount=Decimal(1))))

    def test_an_absurd_budget_is_a_mistake(self):
        with pytest.raises(ConfigurationError, match="at most"):
            Budget("1e13", "EUR")


class TestUnluckyMoments:
    async def test_a_check_serves_its_event_whenever_it_comes(self, make_guard, settle, clock):
        """Also where an earlier check of the same number was long enough ago."""
        guard = make_guard(CoolDown(30, 60, 300))
        for pause in (67, 0):
            assert await settle(guard.check(NUMBER))
            clock.sleep(28)
            assert await settle(guard.check_event(request(uuid.uuid4().hex)))
            clock.sleep(pause)

    async def test_two_events_at_once_for_one_check_leave_no_debt(self, make_guard, settle, clock):
        guard = make_guard(PerCountry("3 per hour"), store=Racing(clock))
        assert await settle(guard.check(NUMBER))
        assert await settle(guard.check_event(request("1")))
        assert await settle(guard.check_event(request("2"))), "has no check, and is counted"
        assert await settle(guard.check(NUMBER)), "the third"
        assert await settle(guard.check_event(request("3"))), "which the third check pays for"

    async def test_the_clock_of_the_machine_is_set_back(self, make_guard, settle, monkeypatch):
        guard = make_guard(PerNumber("1 per minute"), clock=None)
        assert await settle(guard.check(NUMBER))
        monkeypatch.setattr(time, "time", lambda: 1_000.0)
        refused = await settle(guard.check(NUMBER))
        assert refused.retry_after <= timedelta(minutes=1)

    async def test_a_store_that_goes_down_does_not_turn_a_refusal_round(
        self, make_guard, settle, clock, caplog
    ):
        class Breaking(MemoryStore):
            def add(self, key: str, amount: int, seconds: int) -> int:
                if amount < 0:
                    raise ConnectionResetError
                return super().add(key, amount, seconds)

        guard = make_guard(Conversion(after=9), PerCountry("1 per hour"), store=Breaking(clock))
        assert await settle(guard.check(NUMBER))
        refused = await settle(guard.check(OTHER))
        assert (refused.allowed, refused.rule) == (False, "per_country")
        assert "the store of the guard failed" in caplog.text

    async def test_a_store_that_hangs_holds_nobody_for_long(
        self, make_guard, settle, kind, monkeypatch
    ):
        monkeypatch.setattr(stores, "_TIMEOUT", 0.1)
        with socket.create_server(("127.0.0.1", 0)) as hanging:
            url = f"redis://127.0.0.1:{hanging.getsockname()[1]}/0"
            guard = make_guard(CoolDown(), PerNumber("1 per hour"), store=url, fail="closed")
            started = asyncio.get_running_loop().time()
            decision = await settle(guard.check(NUMBER))
            assert asyncio.get_running_loop().time() - started < 1.5
        assert (decision.allowed, decision.store_failed) == (False, True)

    def test_a_count_that_a_cache_lost_the_end_of_does_not_last_for_ever(self, django_caches):
        from django.core.cache import cache

        django_caches("locmem.LocMemCache", uuid.uuid4().hex)
        storage = DjangoCacheStorage()
        # as when a Redis counts on at the very moment at which the count ends
        cache.set("key", 5, timeout=None)
        storage.get_expiry("key")
        deadline = time.monotonic() + 5
        while storage.get("key"):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    # threads are in test_stores, processes in test_processes
    @pytest.mark.parametrize("kind", ["async"], indirect=True)
    async def test_many_checks_at_once(self, make_guard):
        guard = make_guard(CoolDown(), PerNumber("5 per hour"))
        found = await asyncio.gather(*(guard.check(NUMBER) for _ in range(50)))
        assert sum(map(bool, found)) == 1


class TestOddEvents:
    async def test_events_without_an_id_are_not_one_event(self, make_guard, settle):
        guard = make_guard(PerNumber("1 per hour"))
        assert await settle(guard.check_event(request("")))
        assert not await settle(guard.check_event(request("")))


class TestObserving:
    async def test_what_starts_all_the_same_is_counted(self, make_guard, settle):
        guard = make_guard(Conversion(after=2), observe=True)
        numbers = [f"+4670123{index:04d}" for index in range(6)]
        found = [await settle(guard.check(number)) for number in numbers]
        assert found[-1].reason.startswith("of 5 numbers")


class TestMistakes:
    async def test_a_callback_that_nobody_awaits(self, make_guard):
        async def tell(decision: Any) -> None: ...

        with pytest.raises(ConfigurationError, match="on_decision"):
            make_guard(PerNumber("1 per hour"), on_decision=tell)

    def test_one_rule_in_place_of_several(self):
        with pytest.raises(ConfigurationError, match=r"as in \[rule\]"):
            VerificationGuard("memory://", PerNumber("1 per hour"))  # type: ignore[arg-type]

    @pytest.mark.parametrize("named", [None, "Guard", "a:b", "_guard"])
    def test_a_rule_of_ones_own_needs_a_name(self, named):
        class Mine(Rule):
            def screen(self, start: Start) -> Refusal | None:
                return None

        if named is not None:
            Mine.name = named
        with pytest.raises(ConfigurationError, match="lower-case"):
            VerificationGuard("memory://", [Mine()])


class Racing(MemoryStore):
    """Two readers see the same pass before either takes it."""

    def get(self, key: str) -> int:
        return max(super().get(key), int(":priced" in key))
