"""Calls under way or over: look at them, and steer them with SVAML (docs/platform/calling.md#calls)."""

from __future__ import annotations

from typing import Any, Literal, Self, TypeVar

import attrs

from sinch.core import checks
from sinch.core.bound import Bound
from sinch.core.flow import AsyncSender, Sender
from sinch.errors import InvalidArgumentError
from sinch.svaml.svamlets import SvamlUpdate, svamlet_of, update_of
from sinch.urls import http_url
from sinch_api.models.calling import CallInfo, CallLeg, CallReason, CallStatus
from sinch_api.models.common import CallResult
from sinch_api.operation import Operation, Server
from sinch_api.operations import calling

__all__ = [
    "AsyncCall",
    "AsyncCallLegHandle",
    "AsyncCalls",
    "Call",
    "CallInfo",
    "CallLeg",
    "CallLegHandle",
    "CallReason",
    "CallResult",
    "CallStatus",
    "Calls",
]

T = TypeVar("T")
LegName = CallLeg | Literal["caller", "callee", "both"]


@attrs.frozen
class _Call(Bound):
    call_id: str = attrs.field(validator=checks.in_path)
    server: Server | None

    def at(self, call_resource_url: str) -> Self:
        """Steer the call at the region it is in: the ``call_resource_url`` of its ICE event.

        Needed for calls that arrived; the global host does not know them (docs/platform/hosts.md). A client with
        a ``base_url`` of its own keeps to that. Only https hosts of sinch.com are accepted.
        """
        given = checks.text(call_resource_url, "call_resource_url")
        host = _host_of_sinch(given)
        if host is None:
            rule = "must be an https URL of a host of sinch.com"
            raise InvalidArgumentError(argument="call_resource_url", rule=rule)
        return attrs.evolve(self, server=Server("calling", f"https://{host}"))

    def get_operation(self) -> Operation[CallInfo]:
        """What :meth:`get` sends."""
        return self._at_server(calling.get_call(self.call_id))

    def update_operation(self, svamlet: SvamlUpdate) -> Operation[None]:
        """What :meth:`update` sends."""
        return self._at_server(calling.update_call(self.call_id, update_of(svamlet)))

    def leg_operation(self, leg: LegName, svamlet: SvamlUpdate) -> Operation[None]:
        """What ``leg(...).update(...)`` sends."""
        which = checks.one_of(CallLeg, leg, "leg")
        operation = calling.update_call_leg(self.call_id, which, svamlet_of(svamlet))
        return self._at_server(operation)

    def _at_server(self, operation: Operation[T]) -> Operation[T]:
        return operation if self.server is None else attrs.evolve(operation, server=self.server)


def _host_of_sinch(url: str) -> str | None:
    """The host, with its port, that an https URL of Sinch names; None for any other URL."""
    try:
        parts = http_url(url)
    except ValueError:
        return None
    ours = parts.scheme == "https" and (parts.hostname or "").endswith(".sinch.com")
    return parts.netloc if ours and "@" not in parts.netloc else None


@attrs.frozen
class _Leg(Bound):
    """A leg sends with the client of its call."""

    _call: Any
    leg: LegName

    @property
    def _client(self) -> Any:
        return self._call._client  # noqa: SLF001

    def _with_client(self, client: Any) -> Self:
        return attrs.evolve(self, call=self._call._with_client(client))  # noqa: SLF001


@attrs.frozen
class CallLegHandle(_Leg):
    """One side of a call: ``caller``, ``callee`` or ``both``."""

    _call: Call
    leg: LegName

    def update(self, svamlet: SvamlUpdate) -> None:
        """Play or say something to this side; ignored for conferences and calls made by callout."""
        self._call.send(self._call.leg_operation(self.leg, svamlet))


@attrs.frozen
class AsyncCallLegHandle(_Leg):
    """One side of a call: ``caller``, ``callee`` or ``both``."""

    _call: AsyncCall
    leg: LegName

    async def update(self, svamlet: SvamlUpdate) -> None:
        """Play or say something to this side; ignored for conferences and calls made by callout."""
        await self._call.send(self._call.leg_operation(self.leg, svamlet))


@attrs.frozen
class Call(_Call):
    """One call of a blocking client."""

    _client: Sender = attrs.field(repr=False)

    def get(self) -> CallInfo:
        """How the call stands, or how it ended, and what it cost."""
        return self.send(self.get_operation())

    def update(self, svamlet: SvamlUpdate) -> None:
        """Give the call new instructions and a new action: hang up, continue, park (docs/platform/calling.md#calls).

        Never repeated by itself when the outcome is unknown: prompts could play twice.
        """
        self.send(self.update_operation(svamlet))

    def leg(self, leg: LegName) -> CallLegHandle:
        """One side of the call."""
        return CallLegHandle(self, leg)

    def send(self, operation: Operation[T]) -> T:
        """Send any operation with this call's client."""
        return self._client.send(operation)


@attrs.frozen
class AsyncCall(_Call):
    """One call of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)

    async def get(self) -> CallInfo:
        """How the call stands, or how it ended, and what it cost."""
        return await self.send(self.get_operation())

    async def update(self, svamlet: SvamlUpdate) -> None:
        """Give the call new instructions and a new action; see :meth:`Call.update`."""
        await self.send(self.update_operation(svamlet))

    def leg(self, leg: LegName) -> AsyncCallLegHandle:
        """One side of the call."""
        return AsyncCallLegHandle(self, leg)

    async def send(self, operation: Operation[T]) -> T:
        """Send any operation with this call's client."""
        return await self._client.send(operation)


@attrs.frozen(repr=False)
class Calls(Bound):
    """Calls of a blocking client."""

    _client: Sender = attrs.field(repr=False)

    def __call__(self, call_id: str) -> Call:
        """The call with this id; no request is made."""
        return Call(call_id, None, self._client)


@attrs.frozen(repr=False)
class AsyncCalls(Bound):
    """Calls of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)

    def __call__(self, call_id: str) -> AsyncCall:
        """The call with this id; no request is made."""
        return AsyncCall(call_id, None, self._client)
