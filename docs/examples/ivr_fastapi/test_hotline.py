"""Every way through the hotline, without a phone; a call takes milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotline.app import AGENTS, app
from sinch.testing import Phone


@pytest.fixture(scope="module")
def phone() -> Iterator[Phone]:
    """One phone for all tests, so that it knows at the end what nobody chose."""
    with Phone(app, "/sinch") as made:
        yield made


# --8<-- [start:order]
def test_the_state_of_an_order(phone: Phone) -> None:
    call = phone.call()
    assert call.heard("Welcome to the shop.")
    call.press("1").press("4711")

    assert call.heard("Order 4 7 1 1 is on its way")
    assert call.ended
    # --8<-- [end:order]


def test_an_unknown_order_leads_back_to_the_menu(phone: Phone) -> None:
    call = phone.call().press("1").press("9999")

    assert call.heard("do not know this order")
    assert call.menu == "main"


@pytest.mark.parametrize("keys", ["0", ""])
def test_zero_and_silence_reach_a_person(phone: Phone, keys: str) -> None:
    call = phone.call()
    call = call.press(keys) if keys else call.wait(60)

    assert call.connected_to == AGENTS
    assert call.hang_up(far=True).ended.reason == "CALLEEHANGUP"


def test_hours_and_back(phone: Phone) -> None:
    call = phone.call().press("2")
    assert call.heard("nine to five")
    assert call.press("*").menu == "main"


def test_silence_in_the_hours_ends_the_call(phone: Phone) -> None:
    call = phone.call().press("2").wait(120)

    assert call.ended
    assert call.last_heard == "Goodbye."


def test_callers_may_leave_at_any_time(phone: Phone) -> None:
    assert phone.call().hang_up().ended.reason == "CALLERHANGUP"


def test_every_option_was_walked(phone: Phone) -> None:
    assert phone.menu_coverage().never_walked == ()
