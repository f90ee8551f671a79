"""Several people in one room, each on a phone of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from briefing.app import GUEST_PIN, MODERATOR_PIN, make_app
from briefing.room import ROOM
from sinch.callbacks import CallbackVerifier
from sinch.testing import AsyncPhone, LocalSandbox


@pytest_asyncio.fixture
async def phone(sinch_sandbox: LocalSandbox) -> AsyncIterator[AsyncPhone]:
    """A phone that calls the application, and a Sinch that both talk to."""
    app = make_app(sinch_sandbox.async_client(), CallbackVerifier(sinch_sandbox.credentials))
    async with sinch_sandbox.async_phone(app, "/sinch") as made:
        yield made


# --8<-- [start:mute]
async def test_the_moderator_mutes_and_unmutes_all_others(phone: AsyncPhone) -> None:
    guest = await phone.call(from_="+46700000011").press(GUEST_PIN)
    moderator = await phone.call(from_="+46700000012").press(MODERATOR_PIN)
    assert guest.in_conference == moderator.in_conference == ROOM

    await moderator.press("1")
    assert (guest.muted, moderator.muted) == (True, False)

    await moderator.press("2")
    assert not guest.muted
    # --8<-- [end:mute]


async def test_the_moderator_ends_it_for_all(phone: AsyncPhone) -> None:
    guest = await phone.call(from_="+46700000011").press(GUEST_PIN)
    moderator = await phone.call(from_="+46700000012").press(MODERATOR_PIN)
    await moderator.press("9")

    assert guest.ended
    assert moderator.ended


async def test_keys_of_guests_do_nothing(phone: AsyncPhone) -> None:
    guest = await phone.call(from_="+46700000011").press(GUEST_PIN)
    other = await phone.call(from_="+46700000012").press(GUEST_PIN)
    await guest.press("1").press("9")

    assert not other.muted
    assert other.in_conference == ROOM


async def test_a_wrong_pin_goes_home(phone: AsyncPhone) -> None:
    call = await phone.call().press("0000")

    assert call.heard("not right")
    assert call.ended
