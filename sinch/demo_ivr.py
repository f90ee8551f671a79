"""The last scene of ``sinch demo``: an IVR call walked through the engine, without a phone."""

from __future__ import annotations

from sinch import Dtmf, Locale
from sinch.callbacks import (
    AceEvent,
    CallbackRouter,
    CallbackVerifier,
    DiceEvent,
    IceEvent,
    PieEvent,
    Reply,
)
from sinch.svaml import Svaml
from sinch.testing import Phone

NUMBER, KITCHEN = "+46700000001", "+46700000042"


def restaurant(verifier: CallbackVerifier) -> CallbackRouter:
    """A small app: it takes a number of guests, then connects the caller to the kitchen."""
    svaml = Svaml(Locale.EN_US)
    menus = (
        svaml.menus()
        .begin_menu("main", "#tts[Welcome. Press 1 for a table.]")
        .goto(Dtmf.DIGIT_1, "guests")
        .end_menu()
        .number_input("guests", "#tts[For how many?]", max_digits=2)
    )
    router = CallbackRouter(verifier, svaml=svaml)

    @router.ice
    def incoming(_: IceEvent, svaml: Svaml) -> Reply:
        return svaml.ice().say("Hello.").run_menu("main", menus)

    @router.pie(menu="guests")
    def guests(event: PieEvent, svaml: Svaml) -> Reply:
        number = event.menu_result.value if event.menu_result else "nobody"
        return svaml.pie().say(f"A table for {number}.").connect_pstn(KITCHEN)

    @router.ace
    def answered(_: AceEvent, svaml: Svaml) -> Reply:
        return svaml.ace().continue_()

    @router.dice
    def over(_: DiceEvent) -> None:
        """Nothing is left to say."""

    return router


def walk(verifier: CallbackVerifier) -> tuple[str, dict[str, bool]]:
    """Call the app and press keys; the transcript, and what should have happened."""
    call = Phone(restaurant(verifier)).call(NUMBER)
    welcomed = bool(call.heard("Welcome"))
    call.press("1").press("12")
    connected = call.connected_to == KITCHEN
    call.hang_up()
    checks = {
        "the caller is welcomed": welcomed,
        "the number of guests is read back": bool(call.heard("A table for 12")),
        "the kitchen answers": connected,
        "the caller hangs up": call.ended.reason == "CALLERHANGUP",
    }
    return str(call.transcript), checks
