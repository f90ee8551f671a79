"""The blocking client of a sandbox in this process; its own file, so that only users load requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sinch.client import SinchClient
from sinch.core.wiring import wire_format
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

    def __init__(self, wire: WireFormat, ask: Ask) -> None:
        super().__init__(wire)
        self._ask = ask

    def send(
        self,
        operation: Operation[T],
        *,
        timeout: Timeout | None = None,  # noqa: ARG002 - time stands still
        within: float | None = None,  # noqa: ARG002
    ) -> T:
        """Answer at once."""
        self._check_usable()
        answer = self._ask(request_of(*self.wire.request(operation)))
        return operation.read(answer.status, AnswerHeaders(answer), answer.body)


class LocalClient(SinchClient):
    """A blocking client of a sandbox in this process."""

    def __init__(self, ask: Ask, **options: Any) -> None:
        self._ask = ask
        super().__init__(**options)

    def _connect(self, session: requests.Session | None) -> None:  # noqa: ARG002
        self._transport = LocalTransport(wire_format(self.config), self._ask)
