"""From a delivery to an answer: verify, read, find the handler, render what it returned."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

from sinch.callbacks import callback_log, witness
from sinch.callbacks.context import CallbackContext, context_of
from sinch.callbacks.events import UnknownEvent
from sinch.callbacks.handlers import Handler, inspected
from sinch.callbacks.message_handlers import UNKNOWN, HandlerOf, MessageHandlers, tag_of
from sinch.callbacks.responses import (
    FAILED,
    METHOD_NOT_ALLOWED,
    CallbackAnswer,
    accepted,
    default_body,
    render,
)
from sinch.callbacks.steps import Invocation, NotBlocking, RunSync, Shield, Steps, run, run_async
from sinch.callbacks.verifying import Verifier, check_verifier
from sinch.errors import CallbackRejected, ConfigurationError

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.event_types import CallbackEvent
    from sinch.callbacks.messages_verifier import MessagesVerifier
    from sinch.callbacks.observing import Observation, Observe
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

OnEvent: TypeAlias = "Callable[[CallbackEvent], object]"
Gone: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether the peer has closed the connection, so that nobody will get the answer."""


class CallbackRouter(MessageHandlers):
    """Answers Sinch's callbacks with your functions.

    ``verifier`` checks every delivery and cannot be left out; a function in its place is asked for
    the verifier at each delivery, for settings that are not there yet or may change. ``messages``, a
    :class:`.MessagesVerifier`, checks those of the SMS REST API that come to the same URL; a router for
    these alone takes it as ``verifier``. ``svaml`` is handed to handlers that
    take a second parameter (a ``Svaml``, or whatever you like). A handler that has a parameter
    named ``context``, or annotated :class:`.CallbackContext`, gets the request too. ``on_error`` is called with the
    exception and the event when a handler fails, for error trackers; what it raises is logged.
    ``observe`` gives a context manager that is entered around each delivery, with an
    :class:`.Observation` to tell what happens: for tracing, as :func:`sinch.telemetry.callback_spans`.

    Register handlers while starting up; dispatching from several threads or tasks is safe.
    """

    def __init__(
        self,
        verifier: Verifier | Callable[[], Verifier],
        *,
        messages: MessagesVerifier | Callable[[], MessagesVerifier | None] | None = None,
        svaml: object = None,
        on_error: Callable[[Exception, CallbackEvent], object] | None = None,
        observe: Observe | None = None,
    ) -> None:
        if "SINCH_LOG" in os.environ:  # logging is slow to import, and mostly not needed here
            from sinch.core.log_level import heed_environment

            heed_environment()
        self._verifier = verifier if callable(verifier) else check_verifier(verifier)
        given = messages is None or callable(messages)
        self._messages = messages if given else check_verifier(messages)
        self._svaml = svaml
        self._on_error = on_error
        self._observe = observe
        self._handlers: dict[tuple[str, str | None], Handler] = {}
        self._log = callback_log.CallbackLog()

    def __repr__(self) -> str:
        handled = [tag + (f" of {which}" if which else "") for tag, which in self._handlers]
        return f"<CallbackRouter: {', '.join(handled) or 'no handlers yet'}>"

    @property
    def verifier(self) -> Verifier:
        """The verifier that every delivery goes through, but for those of the SMS REST API."""
        found = self._verifier
        return found if isinstance(found, Verifier) else check_verifier(found())

    @property
    def max_body(self) -> int:
        """Bytes of a body to read at most; hand over one byte more and it is refused with 413."""
        largest = self.verifier.max_body
        messages = self._messages and self._of_messages()
        return max(largest, messages.max_body) if messages else largest

    @property
    def has_async_handlers(self) -> bool:
        """Whether a handler is a coroutine function, so that only ``dispatch_async`` will do."""
        return any(handler.is_async for handler in self._handlers.values())

    def takes_menu(self, menu_id: str) -> bool:
        """Whether a handler would get the input of this menu, or only the safe default hang up."""
        return self._handler("pie", menu_id) is not None

    # --- registration -----------------------------------------------------------------------------

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

    # --- dispatching ------------------------------------------------------------------------------

    def dispatch(self, delivery: Delivery, *, on_event: OnEvent | None = None) -> CallbackAnswer:
        """Answer a delivery in blocking code.

        ``on_event`` is called with the verified event before its handler. Never raises for what a
        peer sent or a handler did; a handler or store that is asynchronous raises
        :class:`~sinch.errors.ConfigurationError`.
        """
        if self._observe is None:
            return run(self._plan(delivery, on_event, None))
        with self._observe() as seen:
            answer = run(self._plan(delivery, on_event, None, seen))
            seen.answered(answer)
        return answer

    async def dispatch_async(
        self,
        delivery: Delivery,
        *,
        on_event: OnEvent | None = None,
        run_sync: RunSync | None = None,
        shield: Shield | None = None,
        gone: Gone | None = None,
    ) -> CallbackAnswer:
        """Answer a delivery in an event loop; takes plain and ``async`` handlers.

        Plain handlers and blocking stores run right in the loop, or through ``run_sync(function)``
        when given, such as Starlette's ``run_in_threadpool``.

        A delivery whose handling is cancelled, or whose sender has ``gone`` when the answer is
        ready, is released in the seen-before store, so that its next attempt is no replay.
        ``shield`` lets what is said to the store come to its end although the task is cancelled.
        """
        if (present := witness.present()) is not None:
            run_sync = present.run_sync or run_sync
        if self._observe is None:
            return await run_async(self._plan(delivery, on_event, gone), run_sync, shield)
        with self._observe() as seen:
            answer = await run_async(self._plan(delivery, on_event, gone, seen), run_sync, shield)
            seen.answered(answer)
        return answer

    def handle(
        self, event: CallbackEvent, *, context: CallbackContext | None = None
    ) -> CallbackAnswer:
        """Answer an event without authentication: for tests, and events verified elsewhere.

        ``context`` is for handlers that want one; by default it has no more than the application
        key of the event, or else of the verifier.
        """
        return run(self._handled(event, None, lambda: context or self._context_for(event)))

    async def handle_async(
        self,
        event: CallbackEvent,
        *,
        context: CallbackContext | None = None,
        run_sync: RunSync | None = None,
    ) -> CallbackAnswer:
        """Do what :meth:`handle` does, in an event loop."""
        plan = self._handled(event, None, lambda: context or self._context_for(event))
        return await run_async(plan, run_sync)

    def _context_for(self, event: CallbackEvent) -> CallbackContext:
        key = getattr(event, "application_key", None) or self.verifier.application_keys[0]
        return CallbackContext(application_key=key)

    def _plan(
        self,
        delivery: Delivery,
        on_event: OnEvent | None,
        gone: Gone | None,
        seen: Observation | None = None,
    ) -> Steps[CallbackAnswer]:
        if (present := witness.present()) is not None:
            present.saw(self)
        if delivery.method != "POST":
            return METHOD_NOT_ALLOWED
        verifier = self.verifier if self._messages is None else self._verifier_of(delivery)
        try:
            verified = yield from verifier.steps(delivery)
        except CallbackRejected as rejected:
            return self._refused(rejected, delivery, verifier, seen)
        except ConfigurationError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a store raises; it is logged
            self._log.failed("the seen-before store", error)
            return FAILED
        # from here on the delivery counts as seen, and must not when nobody gets an answer
        try:
            answer = yield from self._answered(verified, verifier, on_event, seen)
            unheard = gone is not None and (yield Invocation(what="gone", awaitable=gone))
        except GeneratorExit:  # the loop is gone: nothing can be called any more
            raise
        except BaseException:
            yield from self._release(verified, verifier)
            raise
        if unheard:
            self._log.unheard(delivery)
        if unheard or answer.status != HTTPStatus.OK:
            yield from self._release(verified, verifier)
        return answer

    def _verifier_of(self, delivery: Delivery) -> Verifier:
        from sinch.callbacks.messages_verifier import MessagesVerifier

        claimed = MessagesVerifier.claims(delivery.headers)
        return (claimed and self._of_messages()) or self.verifier

    def _of_messages(self) -> Verifier | None:
        found = self._messages
        if found is None or isinstance(found, Verifier):
            return found
        made = found()
        return None if made is None else check_verifier(made)

    def _answered(
        self,
        verified: Any,
        verifier: Verifier,
        on_event: OnEvent | None,
        seen: Observation | None,
    ) -> Steps[CallbackAnswer]:
        try:
            event = verified.event()
        except CallbackRejected as rejected:
            return self._refused(rejected, verified.delivery, verifier, seen)
        if seen is not None:
            seen.event(getattr(event, "event", None) or event.type)
        return (yield from self._handled(event, on_event, partial(context_of, verified)))

    def _refused(
        self,
        rejected: CallbackRejected,
        delivery: Delivery,
        verifier: Verifier,
        seen: Observation | None,
    ) -> CallbackAnswer:
        if seen is not None:
            seen.refused(rejected.reason.value)
        answer = verifier.refusal(rejected)
        self._log.rejected(rejected, delivery, verifier, answer.status)
        return answer

    def _handler(self, tag: str, qualifier: str | None) -> Handler | None:
        return self._handlers.get((tag, qualifier)) or self._handlers.get((tag, None))

    def _handled(
        self,
        event: CallbackEvent,
        on_event: OnEvent | None,
        context: Callable[[], CallbackContext],
    ) -> Steps[CallbackAnswer]:
        tag = tag_of(event)
        handler = self._handler(tag, _qualifier(tag, event))
        try:
            if on_event is not None:
                yield Invocation(what="on_event", plain=lambda: on_event(event))
            if handler is None:
                self._log.unhandled(tag, event)
                return accepted(default_body(tag, event))
            request = context() if handler.takes_context else None
            result = yield handler.call(event, self._svaml, request)
            if result is None:
                self._log.returned_nothing(tag, handler.name)
                return accepted(default_body(tag, event))
            return accepted(render(result, tag, event))
        except NotBlocking:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises; it is logged
            self._log.failed(handler.what if handler else "on_event", error, event)
            yield from self._tell(error, event)
            return FAILED

    def _tell(self, error: Exception, event: CallbackEvent) -> Steps[None]:
        tell = self._on_error
        if tell is None:
            return
        try:
            yield Invocation(what="on_error", plain=lambda: tell(error, event))
        except Exception as second:  # noqa: BLE001 - it is logged
            self._log.failed("on_error", second, event)

    def _release(self, verified: Any, verifier: Verifier) -> Steps[None]:
        try:
            yield from verifier.release_steps(verified)
        except Exception as error:  # noqa: BLE001 - it is logged; the answer is 500 already
            self._log.failed("the seen-before store", error)


def _text(value: object, option: str, *, fold: bool = False) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise ConfigurationError(f"{option} must be text, not {value!r:.80}", argument=option)
    return value.casefold() if fold else value


def _qualifier(tag: str, event: Any) -> str | None:
    """What handlers of one kind of event can be told apart by."""
    if tag == "pie":
        return event.menu_result.menu_id if event.menu_result is not None else None
    if tag == "notify":
        return event.type.casefold() if event.type is not None else None
    return None
