"""The guard as handler of verification events, through the router, for both kinds of guards."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    Identity,
    IdentityType,
    Money,
    VerificationRequestEvent,
    VerificationResultEvent,
)
from sinch.errors import ApiError
from sinch.guard import (
    Budget,
    Conversion,
    CoolDown,
    Countries,
    PerNumber,
    VerificationGuard,
)
from sinch.testing import LocalSandbox
from sinch_api.models.verification import VerificationMethod, VerificationStatus

from ..conftest import KEY, SECRET
from .conftest import NUMBER, OTHER


def request(id_: str = "1", number: str | None = NUMBER, price: str | None = None) -> Any:
    return VerificationRequestEvent(
        id=id_,
        method=VerificationMethod.SMS,
        identity=None if number is None else Identity(type=IdentityType.NUMBER, endpoint=number),
        price=price and Money(currency_id="EUR", amount=Decimal(price)),
    )


def result(number: str = NUMBER, status: VerificationStatus = VerificationStatus.SUCCESSFUL) -> Any:
    return VerificationResultEvent(
        id="1",
        method=VerificationMethod.SMS,
        identity=Identity(type=IdentityType.NUMBER, endpoint=number),
        status=status,
    )


@pytest.fixture
def router() -> CallbackRouter:
    return CallbackRouter(CallbackVerifier(KEY, SECRET))


class TestRouter:
    async def test_its_methods_are_handlers(self, make_guard, kind, router):
        guard = make_guard(CoolDown())
        router.verification_request(guard.verification_request)
        router.verification_result(guard.verification_result)

        async def answer(event: Any) -> str:
            found = router.handle(event) if kind == "blocking" else await router.handle_async(event)
            assert found.status == 200
            return str(json.loads(found.body).get("action"))

        assert await answer(request("1")) == "allow"
        assert await answer(request("2")) == "deny"
        assert await answer(request("1")) == "allow", "asked again, answered again"
        assert await answer(result(status=VerificationStatus.FAIL)) == "None"
        assert await answer(request("3")) == "deny"
        assert await answer(request("2")) == "deny"
        assert await answer(result()) == "None"
        assert await answer(request("4")) == "allow"

    async def test_an_event_without_a_number_is_denied(self, make_guard, settle):
        guard = make_guard(CoolDown())
        for number in (None, "", "somebody", "+"):
            assert not await settle(guard.check_event(request(number=number)))
        await settle(guard.record(result("somebody")))

    async def test_numbers_without_plus_are_the_same(self, make_guard, settle):
        guard = make_guard(CoolDown())
        assert await settle(guard.check(NUMBER))
        await settle(guard.record(result(NUMBER[1:])))
        assert await settle(guard.check_event(request("1", OTHER[1:])))
        assert not await settle(guard.check_event(request("2", OTHER)))


class TestCheckBeforeTheEvent:
    async def test_a_start_counts_once(self, make_guard, settle, clock):
        guard = make_guard(PerNumber("2 per hour"), Conversion(after=5))
        for id_ in ("1", "2"):
            assert await settle(guard.check(NUMBER))
            assert await settle(guard.check_event(request(id_)))
        assert not await settle(guard.check(NUMBER))
        assert not await settle(guard.check_event(request("3"))), "which check() did not allow"

    async def test_each_check_serves_one_event_and_not_for_long(self, make_guard, settle, clock):
        guard = make_guard(PerNumber("1 per hour"))
        assert await settle(guard.check(NUMBER))
        clock.sleep(121)
        assert not await settle(guard.check_event(request("1")))
        guard = make_guard(PerNumber("2 per hour"))
        assert await settle(guard.check(NUMBER))
        allowed = [bool(await settle(guard.check_event(request(id_)))) for id_ in "123"]
        assert allowed == [True, True, False]

    async def test_the_budget_is_charged_by_the_event(self, make_guard, settle):
        guard = make_guard(PerNumber("9 per hour"), Budget("1", "EUR"))
        for id_, allowed in (("1", True), ("2", True), ("3", False)):
            assert await settle(guard.check(NUMBER))
            decision = await settle(guard.check_event(request(id_, price="0.4")))
            assert bool(decision) is allowed, id_
        assert decision.rule == "budget"

    @pytest.mark.parametrize(
        ("budget", "price"),
        [
            (Budget("1", "EUR", assumed="0.5"), None),
            (Budget("1", "EUR"), Money(currency_id="EUR", amount=Decimal("0.5"))),
        ],
    )
    async def test_what_check_has_charged_is_not_charged_again(
        self, make_guard, settle, budget, price
    ):
        guard = make_guard(budget)
        for id_ in ("1", "2"):
            assert await settle(guard.check(NUMBER, price=price))
            assert await settle(guard.check_event(request(id_, price="0.5")))
        assert not await settle(guard.check(NUMBER, price=price))


async def test_observing_allows_and_says(make_guard, settle):
    guard = make_guard(Countries("NO"), observe=True)
    for _ in range(2):
        assert await settle(guard.check_event(request()))
    assert (await settle(guard.check_event(request("2")))).rule == "countries"


async def test_a_store_that_is_down(make_guard, settle, kind, tmp_path):
    url = f"{'async+' if kind == 'async' else ''}redis+unix://{tmp_path}/nobody"
    for fail in ("open", "closed"):
        guard = make_guard(CoolDown(), Countries("SE"), store=url, fail=fail)
        assert bool(await settle(guard.check_event(request()))) is (fail == "open")
        assert not await settle(guard.check_event(request(number="+4740612345")))
        await settle(guard.record(result()))


def test_from_the_start_to_the_end_of_a_verification():
    """Client, platform, signed events and guard: what is refused never costs, and success is learnt."""
    with LocalSandbox() as sandbox, sandbox.client() as sinch:
        key, secret = sandbox.application_key, sandbox.application_secret
        router = CallbackRouter(CallbackVerifier(key, secret))
        guard = VerificationGuard("memory://", [CoolDown(), Countries("SE")])
        router.verification_request(guard.verification_request)
        router.verification_result(guard.verification_result)
        sandbox.send_verifications_to(router)

        for _ in range(2):  # a success ends the cool-down
            started = sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
            code = sandbox.verifications[-1].code
            sinch.verification(id=started.id, code=code).report(VerificationMethod.SMS)
        sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
        with pytest.raises(ApiError, match="Denied by callback"):
            sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
        with pytest.raises(ApiError, match="Denied by callback"):
            sinch.verification("+4740612345").initiate(VerificationMethod.SMS)
