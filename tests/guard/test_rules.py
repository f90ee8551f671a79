"""Each rule: what it allows, what it refuses, and for how long; for both kinds of guards."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sinch.callbacks import Money
from sinch.errors import ConfigurationError
from sinch.guard import (
    Attempts,
    Budget,
    Conversion,
    CoolDown,
    Countries,
    NumberTypes,
    PerBlock,
    PerCountry,
    PerNetwork,
    PerNumber,
    PerUser,
    Rate,
    Refusal,
    Rule,
    Start,
    numbering,
    recommended_rules,
)

from .conftest import NUMBER, OTHER


def eur(amount: str, currency: str = "EUR") -> Money:
    return Money(currency_id=currency, amount=Decimal(amount))


class TestWhatANumberSays:
    @pytest.mark.parametrize(
        ("allowed", "number", "served"),
        [
            (["SE"], NUMBER, True),
            (["se ", "NO"], "+4740612345", True),
            (["SE"], "+4740612345", False),
            (["US"], "+12025550123", True),
            (["US"], "+16135550123", False),  # Canada has the same calling code
            (["+1"], "+16135550123", True),
            (["GB"], "+441481960194", False),  # Guernsey
            (["IT"], "+390612345678", True),  # a leading zero that belongs to the number
            (["KZ"], "+77012345678", True),
            (["RU"], "+77012345678", False),
            (["FO"], "+298211234", True),
            (["SE"], "+881612345678", False),  # a satellite
        ],
    )
    async def test_countries(self, make_guard, settle, allowed, number, served):
        decision = await settle(make_guard(Countries(*allowed)).check(number))
        assert (decision.allowed, decision.rule) == (served, None if served else "countries")
        assert bool(decision) is served

    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            (NUMBER, "mobile"),
            ("+4690012345", "premium_rate"),
            ("+46771234567", "shared_cost"),
            ("+18002345678", "toll_free"),
            ("+4670123", "unknown"),
            ("+999123456789", "unknown"),
        ],
    )
    async def test_types(self, make_guard, settle, number, kind):
        decision = await settle(make_guard(NumberTypes()).check(number))
        assert decision.allowed is (kind == "mobile")
        assert decision.reason == ("" if decision else f"the number is of type {kind}")

    async def test_types_of_ones_choice(self, make_guard, settle):
        assert not await settle(make_guard(NumberTypes("mobile")).check(NUMBER))

    def test_the_country_of_every_calling_code(self):
        import phonenumbers

        for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            assert numbering.calling_code(f"+{code}123456789") == f"+{code}"

    def test_without_phonenumbers_a_calling_code_is_the_country(self, monkeypatch):
        monkeypatch.setattr(numbering, "library", lambda: None)
        assert Start(NUMBER).country == "+46"
        assert Countries("+46").screen(Start(NUMBER)) is None
        assert "number_types" not in {rule.name for rule in recommended_rules("+46")}
        for make in (lambda: Countries("SE"), NumberTypes):
            numbering.kinds.cache_clear()
            with pytest.raises(ConfigurationError, match="phonenumbers"):
                make()

    async def test_what_is_no_number_is_refused(self, make_guard, settle):
        guard = make_guard(PerNumber("1 per hour"))
        for text in ("", "0701234567", "+46 70 123", "+", None, "+46\n701234567"):
            assert (await settle(guard.check(text))).rule == "number"
        assert guard.screen("x").rule == "number"


class TestLimits:
    @pytest.mark.parametrize(
        ("rule", "same", "other"),
        [
            (PerNumber("2 per hour"), {}, {"number": OTHER}),
            (PerBlock("2 per hour"), {"number": "+46701239999"}, {"number": "+46701244567"}),
            (PerBlock("2 per hour", drop=1), {"number": "+46701234560"}, {"number": OTHER}),
            (PerCountry("2 per hour"), {"number": OTHER}, {"number": "+4740612345"}),
            (PerCountry("9 per hour", SE="2 per hour"), {}, {"number": "+4740612345"}),
            (PerUser("2 per hour"), {"number": OTHER}, {"user": "eve"}),
            (PerUser("2 per hour"), {"number": OTHER}, {"user": None}),
            (PerNetwork("2 per hour"), {"ip": "203.0.113.250"}, {"ip": "203.0.114.7"}),
            (PerNetwork("2 per hour"), {"ip": "::ffff:203.0.113.9"}, {"ip": None}),
            (PerNetwork("2 per hour", v4=32), {"number": OTHER}, {"ip": "203.0.113.8"}),
        ],
        ids=lambda value: value.name if isinstance(value, Rule) else "",
    )
    async def test_so_many_within_so_long(self, make_guard, settle, clock, rule, same, other):
        usual = {"number": NUMBER, "ip": "203.0.113.7", "user": "adam"}
        guard = make_guard(rule)

        async def check(**changes: Any) -> Any:
            return await settle(guard.check(**usual | changes))

        assert await check()
        clock.sleep(600)
        assert await check(**same)
        refused = await check()
        assert (refused.allowed, refused.rule) == (False, rule.name)
        assert refused.retry_after == timedelta(minutes=50)
        assert await check(**other)
        clock.sleep(3000)
        assert await check(), "any hour: the first is over, the second is not"
        assert not await check(**same)

    async def test_addresses(self, make_guard, settle):
        guard = make_guard(PerNetwork("1 per hour"))
        assert await settle(guard.check(NUMBER, ip="2001:db8:0:aa01::1"))
        assert not await settle(guard.check(NUMBER, ip="2001:db8:0:aaff::2"))
        assert await settle(guard.check(NUMBER, ip="2001:db8:0:ab01::1"))
        assert await settle(guard.check(NUMBER, ip="rubbish"))
        assert not await settle(guard.check(NUMBER, ip="other rubbish")), "rubbish is one network"

    async def test_several_rates_are_one_count(self, make_guard, settle, clock):
        guard = make_guard(PerNumber("1 per minute", "3 per day"))
        for _ in range(3):
            assert await settle(guard.check(NUMBER))
            refused = await settle(guard.check(NUMBER))
            assert not refused
            clock.sleep(60)
        refused = await settle(guard.check(NUMBER))
        assert refused.retry_after == timedelta(seconds=86400 - 180)
        assert refused.retry_after_seconds == 86220

    async def test_a_block_keeps_two_digits_of_the_country(self):
        assert Start("+298211234").block(6) == "+29821"
        assert Start("+46701234567").block(6) == "+46701"

    @pytest.mark.parametrize(
        ("text", "rate"),
        [
            ("5 per hour", Rate(5, 3600)),
            ("10/day", Rate(10, timedelta(days=1))),
            ("3 per 2 minutes", Rate(3, 120)),
        ],
    )
    def test_rates(self, text, rate):
        assert Rate.of(text) == rate
        assert Rate.of(str(rate)) == rate


class TestCoolDown:
    async def test_it_grows_and_success_ends_it(self, make_guard, settle, clock):
        guard = make_guard(CoolDown(30, 60, timedelta(minutes=5)))
        for pause in (30, 60, 300, 300):
            assert await settle(guard.check(NUMBER))
            clock.sleep(pause - 1)
            refused = await settle(guard.check(NUMBER))
            assert (refused.rule, refused.retry_after_seconds) == ("cool_down", 1)
            assert await settle(make_guard(CoolDown()).check(NUMBER)), "another guard's"
            clock.sleep(1)
        await settle(guard.succeeded(NUMBER))
        assert await settle(guard.check(NUMBER))
        assert (await settle(guard.check(NUMBER))).retry_after_seconds == 30

    async def test_it_is_forgotten(self, make_guard, settle, clock):
        guard = make_guard(CoolDown(30, 3600, forget=7200))
        assert await settle(guard.check(NUMBER))
        clock.sleep(7200)
        assert await settle(guard.check(NUMBER))
        assert (await settle(guard.check(NUMBER))).retry_after_seconds == 30


class TestAttempts:
    async def test_codes_cannot_be_guessed(self, make_guard, settle, clock):
        guard = make_guard(Attempts(3, within=600))
        assert [bool(await settle(guard.check_attempt("id-1"))) for _ in range(4)] == [
            True,
            True,
            True,
            False,
        ]
        assert await settle(guard.check_attempt("id-2"))
        assert (await settle(guard.check_attempt("id-1"))).retry_after_seconds == 600
        clock.sleep(600)
        assert await settle(guard.check_attempt("id-1"))
        assert await settle(guard.check(NUMBER)), "attempts are no starts"


class TestBudget:
    async def test_a_day(self, make_guard, settle, clock):
        guard = make_guard(Budget("1.00", "EUR"))
        assert await settle(guard.check(NUMBER, price=eur("0.6")))
        refused = await settle(guard.check(NUMBER, price=eur("0.400001")))
        assert refused.rule == "budget"
        assert refused.retry_after_seconds == 86400 - clock.now % 86400
        assert await settle(guard.check(NUMBER, price=eur("0.400000"))), "what was refused is free"
        assert not await settle(guard.check(NUMBER)), "and now it is used up for all"
        clock.sleep(refused.retry_after_seconds)
        assert await settle(guard.check(NUMBER, price=eur("1")))

    @pytest.mark.parametrize("price", [None, eur("0.01", "SEK"), Money(currency_id="EUR")])
    async def test_an_unknown_price_is_assumed(self, make_guard, settle, price):
        guard = make_guard(Budget("1.00", "EUR", assumed="0.5"))
        allowed = [bool(await settle(guard.check(NUMBER, price=price))) for _ in range(3)]
        assert allowed == [True, True, False]

    async def test_another_currency_is_told(self, make_guard, settle, caplog):
        assert await settle(make_guard(Budget(1, "EUR")).check(NUMBER, price=eur("9", "USD")))
        assert "the budget is in EUR, but a price came in USD" in caplog.text


class TestConversion:
    @staticmethod
    def number(index: int) -> str:
        return f"+4670123{index:04d}"

    async def test_a_block_where_nobody_enters_codes(self, make_guard, settle, clock):
        guard = make_guard(Conversion(after=5, at_least=0.5, window=7200))
        allowed = [bool(await settle(guard.check(self.number(i)))) for i in range(7)]
        assert allowed == [True] * 5 + [False] * 2
        assert await settle(guard.check(self.number(0))), "it was let in before"
        assert await settle(guard.check(OTHER)), "another block"
        for index in range(2):
            await settle(guard.succeeded(self.number(index)))
        assert not await settle(guard.check(self.number(8))), "2 of 6 are not half"
        await settle(guard.succeeded(self.number(1)))
        assert not await settle(guard.check(self.number(8))), "each number counts once"
        await settle(guard.succeeded(self.number(2)))
        assert await settle(guard.check(self.number(8))), "3 of 6 are"

    async def test_who_was_here_before_is_not_refused_with_the_block(
        self, make_guard, settle, clock
    ):
        guard = make_guard(Conversion(after=3, window=7200, remember=86400))
        await settle(guard.check(self.number(0)))
        await settle(guard.succeeded(self.number(0)))
        clock.sleep(82_800)
        await settle(guard.succeeded(self.number(0)))
        clock.sleep(82_800)
        for index in range(1, 9):
            await settle(guard.check(self.number(index)))
        assert not await settle(guard.check(self.number(9)))
        assert await settle(guard.check(self.number(0))), "proved less than a day ago"
        clock.sleep(3600)
        assert not await settle(guard.check(self.number(0)))

    async def test_it_remembers_half_to_the_whole_of_its_window(self, make_guard, settle, clock):
        clock.now -= clock.now % 3600
        guard = make_guard(Conversion(after=2, window=7200))
        for index in range(2):
            assert await settle(guard.check(self.number(index)))
        for _ in range(2):
            refused = await settle(guard.check(self.number(3)))
            assert refused.rule == "conversion_4"
            assert refused.retry_after == timedelta(hours=1)
            clock.sleep(3600)
        assert await settle(guard.check(self.number(3)))

    async def test_a_later_rule_that_refuses_takes_nothing_from_it(self, make_guard, settle):
        guard = make_guard(Conversion(after=2), PerCountry("2 per hour"))
        for index in range(2):
            assert await settle(guard.check(self.number(index)))
        for index in range(2, 9):
            refused = await settle(guard.check(self.number(index)))
            assert refused.rule == "conversion_4"
        guard = make_guard(Conversion(after=3), PerCountry("2 per hour"))
        rules = [(await settle(guard.check(self.number(i)))).rule for i in range(6)]
        assert rules == [None, None, *["per_country"] * 4]


class TestGuard:
    async def test_the_first_that_refuses_decides(self, make_guard, settle):
        guard = make_guard(PerNumber("1 per hour"), PerCountry("2 per hour"), Countries("SE", "NO"))
        assert (await settle(guard.check("+4512345678"))).rule == "countries", "it needs no store"
        assert await settle(guard.check(NUMBER))
        for _ in range(5):
            assert (await settle(guard.check(NUMBER))).rule == "per_number"
        assert await settle(guard.check(OTHER)), "what was refused did not count for the country"

    async def test_it_can_only_observe(self, make_guard, settle):
        seen: list[Any] = []
        guard = make_guard(
            Countries("NO"),
            PerNumber("1 per hour"),
            Conversion(after=1),
            observe=True,
            on_decision=seen.append,
        )
        assert guard.observe
        first, second = [await settle(guard.check(NUMBER)) for _ in range(2)]
        assert first.allowed
        assert (first.observed, first.rule) == (True, "countries")
        assert seen == [first, second]
        guard = make_guard(PerNumber("1 per hour"), Conversion(after=1), observe=True)
        found = [await settle(guard.check(number)) for number in (NUMBER, NUMBER, "+46701230000")]
        assert [it.rule for it in found] == [None, "per_number", "conversion_4"]
        assert all(found)

    async def test_rules_of_ones_own(self, make_guard, settle):
        class NotFromTor(Rule):
            name = "not_from_tor"

            def screen(self, start: Start) -> Refusal | None:
                return Refusal("came through Tor") if start.ip == "198.51.100.1" else None

        class EverySecond(Rule):
            name = "every_second"

            def count(self, start, book):
                many = yield "add", book.key(start.number), 1, 60
                return Refusal("it is odd") if many % 2 else None

        guard = make_guard(NotFromTor(), EverySecond())
        assert (await settle(guard.check(NUMBER, ip="198.51.100.1"))).rule == "not_from_tor"
        assert (await settle(guard.check(NUMBER))).reason == "it is odd"
        assert await settle(guard.check(NUMBER))

    async def test_a_failing_on_decision_changes_nothing(self, make_guard, settle, caplog):
        guard = make_guard(PerNumber("1 per hour"), on_decision=lambda it: 1 / 0)
        assert await settle(guard.check(NUMBER))
        assert "on_decision failed" in caplog.text

    async def test_logs_and_reprs_hold_no_number(self, make_guard, settle, caplog):
        caplog.set_level("DEBUG")
        guard = make_guard(PerNumber("1 per hour"))
        decisions = [await settle(guard.check(NUMBER, ip="203.0.113.7")) for _ in range(2)]
        assert "refused by per_number" in caplog.text
        for text in (caplog.text, repr(decisions), repr(Start(NUMBER, "203.0.113.7", "adam"))):
            assert "1234567" not in text
            assert "203.0.113" not in text
            assert "adam" not in text

    def test_screening_counts_nothing(self, make_guard):
        guard = make_guard(PerNumber("1 per hour"), Countries("SE"))
        assert all(guard.screen(NUMBER) for _ in range(3))
        assert guard.screen("+4740612345").rule == "countries"

    def test_the_recommended_rules_go_together(self, make_guard):
        rules = recommended_rules("SE", per_country="9 per hour", budget=Budget("9", "EUR"))
        assert [rule.name for rule in make_guard(*rules).rules][-2:] == ["per_country", "budget"]


class TestMistakes:
    @pytest.mark.parametrize(
        ("make", "said"),
        [
            (lambda: Countries(), "name a country"),
            (lambda: Countries("Sweden"), "'Sweden' is no country"),
            (lambda: Countries("XX"), "'XX' is no country"),
            (lambda: Countries("+4"), "not a whole calling code"),
            (lambda: NumberTypes("fancy"), "'fancy' is no type of number"),
            (lambda: PerNumber(), "give a rate"),
            (lambda: PerNumber("often"), "'often' is not a rate"),
            (lambda: PerNumber(5), "5 is not a rate"),
            (lambda: Rate(0, 60), "at least 1"),
            (lambda: Rate(1, 0.5), "whole seconds"),
            (lambda: PerBlock("5 per hour", drop=0), "drop must be a whole number of at least 1"),
            (lambda: PerNetwork("5 per hour", v4=33), "v4 must be at most 32"),
            (lambda: PerNumber("5 per hour", name="A b"), "lower-case"),
            (lambda: CoolDown(0), "pauses must be a whole number of at least 1"),
            (lambda: CoolDown(1.5), "pauses must be whole seconds"),
            (lambda: Attempts(0), "most must be a whole number of at least 1"),
            (lambda: Budget("much", "EUR"), "amount must be an amount of money"),
            (lambda: Budget(1.5, "EUR"), "amount must be an amount of money"),
            (lambda: Budget("-1", "EUR"), "amount must be an amount of money"),
            (lambda: Budget("1", "euros"), "three letters"),
            (lambda: Conversion(at_least=1), "at_least must be a part"),
        ],
    )
    def test_rules(self, make, said):
        with pytest.raises(ConfigurationError, match=said):
            make()

    @pytest.mark.parametrize(
        ("rules", "options", "said"),
        [
            ([], {}, "without rules"),
            (["5 per hour"], {}, "is no rule"),
            ([PerNumber("1 per hour")] * 2, {}, "two rules are named 'per_number'"),
            ([PerNumber("1 per hour")], {"fail": "maybe"}, "fail must be"),
            ([PerNumber("1 per hour")], {"secret": "x" * 65}, "at most 64 bytes"),
            ([PerNumber("1 per hour")], {"store": object()}, "store must be a URL"),
            ([PerNumber("1 per hour")], {"store": "floppy://a:pass@b"}, "floppy'"),
        ],
    )
    def test_guards(self, make_guard, rules, options, said):
        with pytest.raises(ConfigurationError, match=said) as caught:
            make_guard(*rules, **options)
        assert "pass@" not in str(caught.value)
