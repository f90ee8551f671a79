"""The blocking client of a sandbox in this process; its own file, so that only users load requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sinch.client import SinchClient
from sinch.core.wiring import wire_format
from sinch.testing.disturbing import cut
from sinch.testing.in_process import AnswerHeaders, Ask, request_of
from sinch_api.blocking import BlockingTransport
from sinch_api.operation import Operation
from sinch_api.wire import Timeout, WireFormat

if TYPE_CHECKING:
    import requests

__tracebackhide__ = True
T = TypeVar("T")


class LocalTransport(BlockingTransport):
    """Asks the sandbox in place of a server; nothing leaves the process."""

    def __init__(self, wire: WireFormat, ask: Ask, timeout: Timeout) -> None:
        super().__init__(wire, timeout=timeout)
        self._ask = ask

    def send(
        self,
        operation: Operation[T],
        *,
        timeout: Timeout | None = None,
        within: float | None = None,
    ) -> T:
        """Answer at once; what faults would make too late is too late at once."""
        self._check_usable()
        request = request_of(*self.wire.request(operation))
        try:
            arrival = self._ask(request)
        except ConnectionResetError as error:
            raise cut(error) from None
        answer = arrival.within((timeout or self.timeout).within(within))
        return operation.read(answer.status, AnswerHeaders(answer), answer.body)


class LocalClient(SinchClient):
    """A blocking client of a sandbox in this process."""

    def __init__(self, ask: Ask, **options: Any) -> None:
        self._ask = ask
        super().__init__(**options)

    def _connect(self, session: requests.Session | None) -> None:  # noqa: ARG002
        self._transport = LocalTransport(wire_format(self.config), self._ask, self.config.timeout)
