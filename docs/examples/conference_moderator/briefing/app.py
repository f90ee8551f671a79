"""The application: callers enter a PIN, and the moderator steers with keys of the phone."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web

from briefing.room import ROOM, Room
from sinch import AsyncSinchClient
from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    DiceEvent,
    IceEvent,
    MenuResultType,
    PieEvent,
    Reply,
)
from sinch.svaml import Svaml, tts
from sinch.web.aiohttp import callback_routes

GUEST_PIN, MODERATOR_PIN = "2222", "9876"
svaml = Svaml()
menus = svaml.menus().number_input("main", tts("Please enter your PIN."), 4)


class Briefing:
    """What Sinch calls: one method for each event."""

    def __init__(self, sinch: AsyncSinchClient, verifier: CallbackVerifier) -> None:
        self.room = Room(sinch)
        self.router = CallbackRouter(verifier, svaml=svaml)
        self.router.ice(self.incoming)
        self.router.pie(menu="main")(self.pin_entered)
        self.router.pie(menu=ROOM)(self.key_pressed)
        self.router.dice(self.left)

    async def incoming(self, event: IceEvent, svaml: Svaml) -> Reply[IceEvent]:
        """Everybody is asked for a PIN."""
        return svaml.ice().answer().run_menu("main", menus)

    # --8<-- [start:pin]
    async def pin_entered(self, event: PieEvent, svaml: Svaml) -> Reply[PieEvent]:
        """Guests and moderators go into the same room; wrong PINs go home."""
        pin = event.menu_result.value
        if event.menu_result.type != MenuResultType.SEQUENCE or pin not in {
            GUEST_PIN,
            MODERATOR_PIN,
        }:
            return svaml.pie().say("This PIN is not right. Goodbye.").hangup()
        if pin == GUEST_PIN:
            return svaml.pie().say("Welcome.").connect_conference(ROOM).with_music_on_hold("music1")
        self.room.moderators.add(event.call_id)
        return (
            svaml.pie()
            .say("Welcome. Press 1 to mute all others, 2 to let them speak, 9 to end.")
            .connect_conference(ROOM)
            .with_dtmf("detect", max_digits=1)
        )
        # --8<-- [end:pin]

    # --8<-- [start:keys]
    async def key_pressed(self, event: PieEvent) -> None:
        """Keys in the room: the event says who pressed, and there is nothing to answer."""
        if event.call_id not in self.room.moderators:
            return
        match event.menu_result.value:
            case "1":
                await self.room.mute_all(True)
            case "2":
                await self.room.mute_all(False)
            case "9":
                await self.room.end()
        # --8<-- [end:keys]

    async def left(self, event: DiceEvent) -> None:
        """Somebody hung up."""
        self.room.left(event.call_id)


# --8<-- [start:app]
def make_app(sinch: AsyncSinchClient, verifier: CallbackVerifier) -> web.Application:
    """The application, for a client and a verifier: the test brings its own."""
    app = web.Application()
    app.add_routes(callback_routes("/sinch", Briefing(sinch, verifier).router))

    async def closing(app: web.Application) -> AsyncIterator[None]:
        yield
        await sinch.close()

    app.cleanup_ctx.append(closing)
    return app


async def from_environment() -> web.Application:
    """Key, secret and, for the sandbox, SINCH_BASE_URL from the environment."""
    return make_app(AsyncSinchClient(), CallbackVerifier())


if __name__ == "__main__":
    web.run_app(from_environment(), port=8000)
    # --8<-- [end:app]
