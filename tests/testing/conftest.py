"""A small IVR that the tests call, and no credentials in the environment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sinch import Locale
from sinch.callbacks import (
    AceEvent,
    CallbackRouter,
    CallbackVerifier,
    DiceEvent,
    IceEvent,
    PieEvent,
)
from sinch.svaml import Svaml

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
SALES = "+46700000009"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SINCH_APPLICATION_KEY", "SINCH_APPLICATION_SECRET", "SINCH_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def credentials() -> tuple[str, str]:
    return KEY, SECRET


def make_ivr(*, asynchronous: bool = False, **verifier: object) -> CallbackRouter:
    """Press 1 and a PIN for sales, 2 for the conference, 9 for an empty answer."""
    checks = CallbackVerifier(KEY, SECRET, **verifier)  # type: ignore[arg-type]
    router = CallbackRouter(checks, svaml=Svaml(Locale.EN_US))
    menus = (
        Svaml(Locale.EN_US)
        .menus()
        .begin_menu("main", "#tts[Press 1 for sales.]", repeats=1)
        .goto("1", "pin")
        .trigger_pie("2", "room")
        .trigger_pie("9", "nothing")
        .end_menu()
        .number_input("pin", "#tts[Enter your PIN.]", 4)
    )

    def incoming(event: IceEvent, svaml: Svaml):
        return svaml.ice().set_cookie("from", event.cli.raw).say("Welcome.").run_menu("main", menus)

    if asynchronous:

        async def incoming_async(event: IceEvent, svaml: Svaml):
            return incoming(event, svaml)

        router.ice(incoming_async)
    else:
        router.ice(incoming)

    @router.pie
    def chosen(event: PieEvent, svaml: Svaml):
        match event.menu_result.value:
            case "1234":
                return svaml.pie().connect_pstn(SALES).with_callbacks()
            case "room":
                return svaml.pie().connect_conference("room-1").with_music_on_hold("music1")
            case "nothing":
                return {}
        return svaml.pie().say("Goodbye.").hangup()

    @router.ace
    def answered(event: AceEvent, svaml: Svaml):
        return svaml.ace().continue_()

    @router.dice
    def over(event: DiceEvent) -> None:
        pass

    return router


@pytest.fixture(name="make_ivr")
def make_ivr_() -> Callable[..., CallbackRouter]:
    return make_ivr


@pytest.fixture
def ivr() -> CallbackRouter:
    return make_ivr()
