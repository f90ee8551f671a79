"""The asyncio client of a sandbox in this process; its own file, so that only users load aiohttp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sinch.aio import AsyncSinchClient
from sinch.core.wiring import wire_format
from sinch.testing.disturbing import cut
from sinch.testing.in_process import AnswerHeaders, AsyncAsk, request_of
from sinch_api.aio import AsyncTransport
from sinch_api.operation import Operation
from sinch_api.wire import Timeout, WireFormat

if TYPE_CHECKING:
    import aiohttp

__tracebackhide__ = True
T = TypeVar("T")


class LocalAsyncTransport(AsyncTransport):
    """Asks the sandbox in place of a server; nothing leaves the process."""

    def __init__(self, wire: WireFormat, ask: AsyncAsk, timeout: Timeout) -> None:
        super().__init__(wire, timeout=timeout)
        self._ask = ask

    async def send(
        self,
        operation: Operation[T],
        *,
        timeout: Timeout | None = None,  # noqa: ASYNC109 - nothing waits
        within: float | None = None,
    ) -> T:
        """Answer at once; what faults would make too late is too late at once."""
        if self._unbound():
            await self._bind()
        request = request_of(*self.wire.request(operation))
        try:
            arrival = await self._ask(request)
        except ConnectionResetError as error:
            raise cut(error) from None
        answer = arrival.within((timeout or self.timeout).within(within))
        return operation.read(answer.status, AnswerHeaders(answer), answer.body)


class LocalAsyncClient(AsyncSinchClient):
    """An asyncio client of a sandbox in this process."""

    def __init__(self, ask: AsyncAsk, **options: Any) -> None:
        self._ask = ask
        super().__init__(**options)

    def _connect(self, session: aiohttp.ClientSession | None) -> None:  # noqa: ARG002
        self._transport = LocalAsyncTransport(
            wire_format(self.config), self._ask, self.config.timeout
        )
