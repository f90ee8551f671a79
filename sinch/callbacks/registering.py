"""Where handlers are registered: a decorator for each event, and finding the handler of one that came."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from sinch.callbacks.handlers import Handler, inspected
from sinch.callbacks.message_handlers import UNKNOWN, MessageHandlers, tag_of
from sinch.errors import ConfigurationError

if TYPE_CHECKING:  # to make a type variable takes longer than to import a small module
    from sinch.callbacks.event_types import CallbackEvent
    from sinch.callbacks.events import UnknownEvent
    from sinch.callbacks.message_handlers import HandlerOf
    from sinch_api.models import (
        AceEvent,
        DiceEvent,
        IceEvent,
        IncomingSmsEvent,
        NotifyEvent,
        NotifyType,
        PieEvent,
        VerificationRequestEvent,
        VerificationResultEvent,
        VerificationSmsDeliveredEvent,
    )

    Ice = TypeVar("Ice", bound="HandlerOf[IceEvent]")
    Ace = TypeVar("Ace", bound="HandlerOf[AceEvent]")
    Pie = TypeVar("Pie", bound="HandlerOf[PieEvent]")
    Dice = TypeVar("Dice", bound="HandlerOf[DiceEvent]")
    Notify = TypeVar("Notify", bound="HandlerOf[NotifyEvent]")
    Request = TypeVar("Request", bound="HandlerOf[VerificationRequestEvent]")
    Result = TypeVar("Result", bound="HandlerOf[VerificationResultEvent]")
    Delivered = TypeVar("Delivered", bound="HandlerOf[VerificationSmsDeliveredEvent]")
    Sms = TypeVar("Sms", bound="HandlerOf[IncomingSmsEvent]")
    Unknown = TypeVar("Unknown", bound="HandlerOf[UnknownEvent]")


class Handlers(MessageHandlers):
    """The decorators of a router, and what was registered with them."""

    def __init__(self, svaml: object) -> None:
        self._svaml = svaml
        self._handlers: dict[tuple[str, str | None], Handler] = {}

    def __repr__(self) -> str:
        handled = [tag + (f" of {which}" if which else "") for tag, which in self._handlers]
        return f"<{type(self).__name__}: {', '.join(handled) or 'no handlers yet'}>"

    @property
    def has_async_handlers(self) -> bool:
        """Whether a handler is a coroutine function, so that only ``dispatch_async`` will do."""
        return any(handler.is_async for handler in self._handlers.values())

    def takes_menu(self, menu_id: str) -> bool:
        """Whether a handler would get the input of this menu, or only the safe default hang up."""
        return self._handler("pie", menu_id) is not None

    @overload
    def ice(self, handler: Ice, /) -> Ice: ...
    @overload
    def ice(self, /) -> Callable[[Ice], Ice]: ...
    def ice(self, handler: Any = None, /) -> Any:
        """Incoming call: answer with a SVAMLet. Unanswered, the call is hung up."""
        return self._register("ice", "ice", handler)

    @overload
    def ace(self, handler: Ace, /) -> Ace: ...
    @overload
    def ace(self, /) -> Callable[[Ace], Ace]: ...
    def ace(self, handler: Any = None, /) -> Any:
        """Answered call: answer with a SVAMLet. Unanswered, the call continues."""
        return self._register("ace", "ace", handler)

    @overload
    def pie(self, handler: Pie, /) -> Pie: ...
    @overload
    def pie(self, /, *, menu: str | None = None) -> Callable[[Pie], Pie]: ...
    def pie(self, handler: Any = None, /, *, menu: str | None = None) -> Any:
        """Input in a menu: answer with a SVAMLet. Unanswered, the call is hung up.

        With ``menu`` only for that menu id (exact letter case; for keys pressed in a conference it
        is the room); without, for every menu that has no handler of its own.
        """
        return self._register("pie", "pie", handler, menu)

    @overload
    def dice(self, handler: Dice, /) -> Dice: ...
    @overload
    def dice(self, /) -> Callable[[Dice], Dice]: ...
    def dice(self, handler: Any = None, /) -> Any:
        """Disconnected call: normally return nothing, which answers ``{}``."""
        return self._register("dice", "dice", handler)

    @overload
    def notify(self, handler: Notify, /) -> Notify: ...
    @overload
    def notify(self, /, *, type: NotifyType | str | None = None) -> Callable[[Notify], Notify]: ...
    def notify(
        self,
        handler: Any = None,
        /,
        *,
        type: NotifyType | str | None = None,  # noqa: A002 - the name Sinch gives it
    ) -> Any:
        """Notification: normally return nothing, which answers ``{}``.

        With ``type`` only for that type (any letter case); without, for the remaining ones.
        """
        return self._register("notify", "notify", handler, _text(type, "type", fold=True))

    @overload
    def verification_request(self, handler: Request, /) -> Request: ...
    @overload
    def verification_request(self, /) -> Callable[[Request], Request]: ...
    def verification_request(self, handler: Any = None, /) -> Any:
        """A verification wants to start: return ``allow(...)`` or ``deny()``. Else it is denied."""
        return self._register("verification_request", "verificationrequestevent", handler)

    @overload
    def verification_result(self, handler: Result, /) -> Result: ...
    @overload
    def verification_result(self, /) -> Callable[[Result], Result]: ...
    def verification_result(self, handler: Any = None, /) -> Any:
        """A verification has ended: return nothing."""
        return self._register("verification_result", "verificationresultevent", handler)

    @overload
    def verification_sms_delivered(self, handler: Delivered, /) -> Delivered: ...
    @overload
    def verification_sms_delivered(self, /) -> Callable[[Delivered], Delivered]: ...
    def verification_sms_delivered(self, handler: Any = None, /) -> Any:
        """The SMS of a verification was delivered or not: return nothing."""
        tag = "verificationsmsdeliveredevent"
        return self._register("verification_sms_delivered", tag, handler)

    @overload
    def incoming_sms(self, handler: Sms, /) -> Sms: ...
    @overload
    def incoming_sms(self, /) -> Callable[[Sms], Sms]: ...
    def incoming_sms(self, handler: Any = None, /) -> Any:
        """Somebody sent an SMS to your number: return nothing."""
        return self._register("incoming_sms", "incomingsms", handler)

    @overload
    def unknown(self, handler: Unknown, /) -> Unknown: ...
    @overload
    def unknown(self, /) -> Callable[[Unknown], Unknown]: ...
    def unknown(self, handler: Any = None, /) -> Any:
        """An event that this version has no model for; without handler it is answered ``{}``."""
        return self._register("unknown", UNKNOWN, handler)

    def _register(
        self, decorator: str, tag: str, function: Any, qualifier: str | None = None
    ) -> Any:
        qualifier = _text(qualifier, "menu")

        def register(function: Any) -> Any:
            handler = inspected(function, decorator, has_svaml=self._svaml is not None)
            taken = self._handlers.setdefault((tag, qualifier), handler)
            if taken is not handler:
                which = f" for {qualifier!r}" if qualifier else ""
                raise ConfigurationError(
                    f"@router.{decorator}{which} is taken by {taken.name}; {handler.name} cannot "
                    "have it too"
                )
            return function

        return register if function is None else register(function)

    def _found(self, event: CallbackEvent) -> tuple[str, Handler | None]:
        """What handlers of an event are registered under, and the one of this event."""
        tag = tag_of(event)
        if tag in _QUALIFIED:
            return tag, self._handler(tag, _qualifier(tag, event))
        return tag, self._handlers.get((tag, None))

    def _handler(self, tag: str, qualifier: str | None) -> Handler | None:
        return self._handlers.get((tag, qualifier)) or self._handlers.get((tag, None))


def _text(value: object, option: str, *, fold: bool = False) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise ConfigurationError(f"{option} must be text, not {value!r:.80}", argument=option)
    return value.casefold() if fold else value


_QUALIFIED: Final = frozenset({"pie", "notify"})


def _qualifier(tag: str, event: Any) -> str | None:
    """What handlers of one kind of event can be told apart by."""
    if tag == "pie":
        return event.menu_result.menu_id if event.menu_result is not None else None
    if tag == "notify":
        return event.type.casefold() if event.type is not None else None
    return None
