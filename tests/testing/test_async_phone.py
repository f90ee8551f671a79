"""The phone in an event loop."""

from __future__ import annotations

import gc
import inspect

import pytest

from sinch.callbacks import CallbackRouter
from sinch.errors import ConfigurationError
from sinch.testing import AsyncPhone, AsyncPhoneCall, NotAwaited, NotPossible, Phone, PhoneCall

SALES = "+46700000009"


async def test_a_call_is_awaited_verb_by_verb_or_all_at_once(make_ivr) -> None:
    phone = AsyncPhone(make_ivr(asynchronous=True))

    call = await phone.call("+46700000001")
    assert call.heard("Welcome")
    await call.press("1").press("1234#")
    assert call.connected_to == SALES
    await call.hang_up()
    assert call.ended.reason == "CALLERHANGUP"


async def test_a_whole_call_in_one_line(ivr: CallbackRouter) -> None:
    call = await AsyncPhone(ivr).call().press("1").wait(3).press("1234#").hang_up(far=True)

    assert call.ended.reason == "CALLEEHANGUP"


async def test_a_forgotten_await_is_an_error_and_not_a_wrong_answer(ivr: CallbackRouter) -> None:
    call = AsyncPhone(ivr).call()
    with pytest.raises(NotAwaited, match="await the call first"):
        call.heard("Welcome")
    assert repr(call) == "<AsyncPhoneCall, not awaited>"

    await call
    call.press("1")
    with pytest.raises(NotAwaited, match="await the call first"):
        _ = call.menu
    del call
    with pytest.warns(RuntimeWarning, match="never awaited"):
        gc.collect()


async def test_a_verb_that_fails_takes_the_rest_with_it(ivr: CallbackRouter) -> None:
    call = await AsyncPhone(ivr).call().hang_up()

    with pytest.raises(NotPossible):
        await call.press("1").wait(5)
    assert call.ended


async def test_the_blocking_phone_says_what_to_use_in_an_event_loop(make_ivr) -> None:
    with pytest.raises(ConfigurationError, match="use AsyncPhone"):
        Phone(make_ivr(asynchronous=True)).call()


def test_the_blocking_phone_takes_asynchronous_handlers(make_ivr) -> None:
    with Phone(make_ivr(asynchronous=True)) as phone:
        assert phone.call().press("1").press("1234#").connected_to == SALES


def test_both_phones_have_the_same_names_and_arguments() -> None:
    for blocking, asynchronous in ((Phone, AsyncPhone), (PhoneCall, AsyncPhoneCall)):
        ours = {name for name in dir(blocking) if not name.startswith("_")}
        theirs = {name for name in dir(asynchronous) if not name.startswith("_")}
        assert ours == theirs
        for name in ours:
            left, right = getattr(blocking, name), getattr(asynchronous, name)
            if inspect.isfunction(left):
                assert inspect.signature(left).parameters == inspect.signature(right).parameters
    assert inspect.signature(Phone) == inspect.signature(AsyncPhone)
