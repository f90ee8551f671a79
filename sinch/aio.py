"""The asyncio client, for FastAPI, Starlette, aiohttp and any other asyncio program."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING, Never, ParamSpec, Self, TypeVar

from sinch.core.client_base import ClientBase, Recording
from sinch.core.driving import drive_async
from sinch.core.flow import Flow, Send, Sending, Step, repeated
from sinch.core.mistakes import wrong_with
from sinch.core.wiring import wire_format
from sinch_api.aio import AsyncTransport
from sinch_api.failures import Failure
from sinch_api.operation import ApiAnswer, Operation

if TYPE_CHECKING:
    import aiohttp

    from sinch.applications import AsyncApplications
    from sinch.callouts import AsyncCallouts
    from sinch.calls import AsyncCalls
    from sinch.conferences import AsyncConferences
    from sinch.messages import AsyncMessages
    from sinch.sms import AsyncSms
    from sinch.verification import AsyncVerification

P = ParamSpec("P")
T = TypeVar("T")


class AsyncSinchClient(ClientBase["aiohttp.ClientSession"]):
    """Every Sinch API of one application; the same surface as :class:`~sinch.SinchClient`, awaited.

    .. code-block:: python

        async with AsyncSinchClient(application_key, application_secret) as sinch:
            await sinch.sms("+46700000000", "Hello").send()

    The arguments are those of :class:`~sinch.SinchClient`, except that ``session`` is an
    ``aiohttp.ClientSession`` of yours, which stays yours to close.

    Make one client for each event loop and share it among its tasks: 100 requests are under way at
    most, the rest wait in line unsigned. The client belongs to the loop it is first used in; while
    that loop is open, use from another raises :class:`~sinch.errors.ClientStateError`. After
    it was closed (a second ``asyncio.run``), the client opens new connections in the new loop.
    """

    def _connect(self, session: aiohttp.ClientSession | None) -> None:
        self._transport = AsyncTransport(
            wire_format(self.config), timeout=self.config.timeout, session=session
        )

    @cached_property
    def sms(self) -> AsyncSms:
        """Send text messages: ``await sms(number, text).send()``, ``await sms.get_status(id)``."""
        from sinch.sms import AsyncSms

        return AsyncSms(self, *self._sms_apis())

    @cached_property
    def messages(self) -> AsyncMessages:
        """Send to up to 1,000 recipients with a service plan: ``await messages(numbers, text).send()``.

        Raises :class:`~sinch.errors.ConfigurationError` without a service plan and its token.
        """
        from sinch.messages import AsyncMessages

        return AsyncMessages(self, self.config.require_service_plan())

    @cached_property
    def verification(self) -> AsyncVerification:
        """Verify numbers: ``await verification(number).initiate(method)``, ``report``, ``get``, ``wait``."""
        from sinch.verification import AsyncVerification

        self.config.require_application()
        return AsyncVerification(self)

    @cached_property
    def callouts(self) -> AsyncCallouts:
        """Place calls: ``callouts.tts(...)``, ``conference(...)``, ``custom(...)``, then ``await call()``."""
        from sinch.callouts import AsyncCallouts

        self.config.require_application()
        return AsyncCallouts(self)

    @cached_property
    def calls(self) -> AsyncCalls:
        """Look at and steer a call: ``await calls(call_id).get()``, ``update(svamlet)``."""
        from sinch.calls import AsyncCalls

        self.config.require_application()
        return AsyncCalls(self)

    @cached_property
    def conferences(self) -> AsyncConferences:
        """Look at and steer a room: ``await conferences(room).get()``, ``participant(id).mute()``."""
        from sinch.conferences import AsyncConferences

        self.config.require_application()
        return AsyncConferences(self)

    @cached_property
    def applications(self) -> AsyncApplications:
        """Numbers and callback URLs of the application: ``await applications.numbers()``."""
        from sinch.applications import AsyncApplications

        return AsyncApplications(self, self.config.require_application())

    async def send(self, operation: Operation[T]) -> T:
        """Send any operation of ``sinch_api.operations``, with the retries and errors of this client."""
        context = self.context
        sending = Sending(operation, context)
        try:
            result = await self._transport.send(
                sending.outgoing, timeout=context.timeout, within=sending.within
            )
        except Failure as failure:
            return await self.run(repeated(sending, failure))
        return sending.finished(result)

    async def raw(
        self, verb: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> ApiAnswer[T]:
        """Call a verb and give its result together with the answer; see :meth:`SinchClient.raw`.

        .. code-block:: python

            answer = await sinch.raw(sinch.sms(number, text).send)
        """
        record = Recording()
        sending = self._recorded(verb, record)(*args, **kwargs)
        return record.of(await sending if inspect.isawaitable(sending) else sending)

    async def run(self, flow: Flow[T]) -> T:
        """Do what a flow asks for until it returns; cancelling closes the flow."""
        return await drive_async(flow, self._perform)

    async def _perform(self, step: Step) -> object:
        if isinstance(step, Send):
            send = self._transport.send
            return await send(step.operation, timeout=step.timeout, within=step.within)
        await asyncio.sleep(step.seconds)
        return None

    async def close(self) -> None:
        """Close the connections, unless they are those of another client. Closing twice is fine."""
        if not self._shares_connections:
            await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    if not TYPE_CHECKING:  # checkers know that there is no such thing

        def __enter__(self) -> Never:
            raise wrong_with(self, "async with", "SinchClient")

        def __exit__(self, *_: object) -> None:
            """Never reached; without it, Python would complain before us."""
