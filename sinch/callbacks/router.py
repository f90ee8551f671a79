"""From a delivery to an answer: verify, read, find the handler, render what it returned."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from sinch.callbacks import callback_log, witness
from sinch.callbacks.context import CallbackContext, context_of
from sinch.callbacks.registering import Handlers
from sinch.callbacks.responses import (
    FAILED,
    METHOD_NOT_ALLOWED,
    OK,
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
    from sinch.callbacks.handlers import Handler
    from sinch.callbacks.messages_verifier import MessagesVerifier
    from sinch.callbacks.observing import Observation, Observe

OnEvent: TypeAlias = "Callable[[CallbackEvent], object]"
Gone: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether the peer has closed the connection, so that nobody will get the answer."""


class CallbackRouter(Handlers):
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
        super().__init__(svaml)
        self._verifier = verifier if callable(verifier) else check_verifier(verifier)
        given = messages is None or callable(messages)
        self._messages = messages if given else check_verifier(messages)
        self._on_error = on_error
        self._observe = observe
        self._log = callback_log.CallbackLog()

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

    # --- dispatching ------------------------------------------------------------------------------

    def dispatch(self, delivery: Delivery, *, on_event: OnEvent | None = None) -> CallbackAnswer:
        """Answer a delivery in blocking code.

        ``on_event`` is called with the verified event before its handler. Never raises for what a
        peer sent or a handler did; a handler or store that is asynchronous raises
        :class:`~sinch.errors.ConfigurationError`.
        """
        if self._observe is None:
            if on_event is None and self._goes_straight:
                return self._straight(delivery)
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

    #: Tests have the plan run where nobody would.
    _goes_straight: ClassVar[bool] = True

    def _straight(self, delivery: Delivery) -> CallbackAnswer:
        """What the plan comes to where it never has to wait for anything, without making one."""
        if delivery.method != "POST":
            return run(self._plan(delivery, None, None))
        verifier = self._verifier_of(delivery)
        if verifier.has_steps:
            return run(self._plan(delivery, None, None, verifier=verifier))
        if (present := witness.present()) is not None:
            present.saw(self)
        try:
            verified = verifier.verify(delivery)
        except Exception as error:  # noqa: BLE001 - looked at there
            return self._unverified(error, delivery, verifier, None)
        try:
            event = verified.event()
        except CallbackRejected as rejected:
            return self._refused(rejected, delivery, verifier, None)
        tag, handler = self._found(event)
        if handler is None:
            return self._unhandled(tag, event)
        try:
            request = context_of(verified) if handler.takes_context else None
            result = handler.now(event, self._svaml, request)
            return self._replied(result, tag, handler, event)
        except NotBlocking:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises; it is logged
            return run(self._failed(handler.what, error, event))

    def _plan(
        self,
        delivery: Delivery,
        on_event: OnEvent | None,
        gone: Gone | None,
        seen: Observation | None = None,
        *,
        verifier: Verifier | None = None,
    ) -> Steps[CallbackAnswer]:
        if (present := witness.present()) is not None:
            present.saw(self)
        if delivery.method != "POST":
            return METHOD_NOT_ALLOWED
        # a function in place of the verifier is asked once for each delivery
        verifier = verifier or self._verifier_of(delivery)
        try:
            verified = yield from verifier.steps(delivery)
        except Exception as error:  # noqa: BLE001 - looked at there
            return self._unverified(error, delivery, verifier, seen)
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
        if unheard or answer.status != OK:
            yield from self._release(verified, verifier)
        return answer

    def _verifier_of(self, delivery: Delivery) -> Verifier:
        if self._messages is not None:
            from sinch.callbacks.messages_verifier import MessagesVerifier

            claimed = MessagesVerifier.claims(delivery.headers)
            if claimed and (messages := self._of_messages()) is not None:
                return messages
        found = self._verifier
        return found if isinstance(found, Verifier) else self.verifier

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
            seen.event(callback_log.kind_of(event))
        return (yield from self._handled(event, on_event, partial(context_of, verified)))

    def _unverified(
        self,
        error: Exception,
        delivery: Delivery,
        verifier: Verifier,
        seen: Observation | None,
    ) -> CallbackAnswer:
        if isinstance(error, CallbackRejected):
            return self._refused(error, delivery, verifier, seen)
        if isinstance(error, ConfigurationError):
            raise error
        self._log.failed("the seen-before store", error)  # whatever a store raises
        return FAILED

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

    def _handled(
        self,
        event: CallbackEvent,
        on_event: OnEvent | None,
        context: Callable[[], CallbackContext],
    ) -> Steps[CallbackAnswer]:
        tag, handler = self._found(event)
        try:
            if on_event is not None:
                yield Invocation(what="on_event", plain=lambda: on_event(event))
            if handler is None:
                return self._unhandled(tag, event)
            request = context() if handler.takes_context else None
            result = yield handler.call(event, self._svaml, request)
            return self._replied(result, tag, handler, event)
        except NotBlocking:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises; it is logged
            return (yield from self._failed(handler.what if handler else "on_event", error, event))

    def _unhandled(self, tag: str, event: CallbackEvent) -> CallbackAnswer:
        self._log.unhandled(tag, event)
        return accepted(default_body(tag, event))

    def _replied(
        self, result: object, tag: str, handler: Handler, event: CallbackEvent
    ) -> CallbackAnswer:
        if result is None:
            self._log.returned_nothing(tag, handler.name)
            return accepted(default_body(tag, event))
        return CallbackAnswer(OK, render(result, tag, event))

    def _failed(self, what: str, error: Exception, event: CallbackEvent) -> Steps[CallbackAnswer]:
        self._log.failed(what, error, event)
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
