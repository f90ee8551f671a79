"""The application: one route for Sinch, and handlers for what it tells."""

from __future__ import annotations

import logging

from fastapi import FastAPI

from hotline.menus import menus, svaml
from hotline.orders import state_of
from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    DiceEvent,
    IceEvent,
    MenuResultType,
    PieEvent,
    Reply,
)
from sinch.svaml import Svaml
from sinch.web.starlette import callback_route

AGENTS = "+46700000009"
log = logging.getLogger(__name__)

# --8<-- [start:app]
router = CallbackRouter(CallbackVerifier(), svaml=svaml)  # key and secret: from the environment
app = FastAPI(routes=[callback_route("/sinch", router)])
# --8<-- [end:app]


# --8<-- [start:ice]
@router.ice
async def incoming(event: IceEvent, svaml: Svaml) -> Reply[IceEvent]:
    """Somebody calls."""
    return svaml.ice().answer().say("Welcome to the shop.").run_menu("main", menus)
    # --8<-- [end:ice]


# --8<-- [start:pie]
@router.pie(menu="order")
async def order_entered(event: PieEvent, svaml: Svaml) -> Reply[PieEvent]:
    """Four digits, or too few of them."""
    number = event.menu_result.value or ""
    state = await state_of(number)
    if state is None:
        return svaml.pie().say("We do not know this order.").run_menu("main", menus)
    return svaml.pie().say(f"Order {' '.join(number)} {state}. Goodbye.").hangup()


@router.pie(menu="main")
async def chosen(event: PieEvent, svaml: Svaml) -> Reply[PieEvent]:
    """Zero, or nothing at all: both reach a person."""
    if event.menu_result.type == MenuResultType.HANGUP:
        return svaml.pie().hangup()
    return (
        svaml.pie()
        .say("We connect you.")
        .connect_pstn(AGENTS)
        .with_dial_timeout(20)
        .without_callbacks()
    )
    # --8<-- [end:pie]


@router.pie
async def elsewhere(event: PieEvent, svaml: Svaml) -> Reply[PieEvent]:
    """Whoever stays silent in another menu has heard enough."""
    return svaml.pie().say("Goodbye.").hangup()


@router.dice
async def over(event: DiceEvent) -> None:
    """A line for the statistics; no phone number in it."""
    log.info("call %s: %s, %s", event.call_id, event.reason, event.duration)
