"""Text messages: send one, and ask what became of it.

The classic SMS API is documented until 2021 only (docs/platform/sms.md); Sinch has never announced an end date.
"""

from __future__ import annotations

from typing import Self

import attrs

from sinch.core import checks
from sinch.core.bound import Bound
from sinch.core.drafts import AsyncDraft, Draft, for_draft, watched
from sinch.core.flow import AsyncSender, Sender
from sinch.redaction import in_repr, mask_number, mask_text
from sinch_api.models.sms import SendSmsRequest, SendSmsResponse, SmsStatus, SmsStatusResponse
from sinch_api.operation import Operation
from sinch_api.operations.sms import get_sms_status, send_sms

__all__ = [
    "AsyncSms",
    "AsyncSmsDraft",
    "SendSmsResponse",
    "Sms",
    "SmsDraft",
    "SmsStatus",
    "SmsStatusResponse",
]


_UNSENT = "a message was drafted but not sent: call .send()"


@attrs.frozen
class _Draft(Draft):
    """A message that has not been sent; never changes, ``with_...`` gives a new one."""

    number: str = attrs.field(repr=in_repr(mask_number))
    text: str = attrs.field(repr=in_repr(mask_text))
    cli: str | None

    def with_cli(self, cli: str) -> Self:
        """Send as this number or name instead of the account's verified number.

        A rented number is always allowed; names need an agreement with Sinch and do not work in
        the USA, where a rented number is needed (docs/platform/sms.md).
        """
        return attrs.evolve(self, cli=cli)

    def operation(self) -> Operation[SendSmsResponse]:
        """Check everything and build the request without sending it.

        Raises :class:`~sinch.errors.InvalidArgumentError`.
        """
        number = checks.phone_number(self.number, "number")
        message = checks.text(self.text, "text")
        sender = None if self.cli is None else checks.caller_id(self.cli)
        return send_sms(number, SendSmsRequest(message=message, from_=sender))


@watched
@attrs.frozen
class SmsDraft(_Draft):
    """A message ready to be sent with :meth:`send`."""

    _client: Sender = attrs.field(repr=False)

    def send(self) -> SendSmsResponse:
        """Send it; the receipt's ``message_id`` is for :meth:`Sms.get_status`.

        Sent once and never repeated unless it provably was not processed: after
        :class:`~sinch.errors.OutcomeUnknown` the message may be on its way.
        """
        return self._client.send(self.operation())


@watched
@attrs.frozen
class AsyncSmsDraft(_Draft, AsyncDraft):
    """A message ready to be sent with ``await`` :meth:`send`."""

    _client: AsyncSender = attrs.field(repr=False)

    async def send(self) -> SendSmsResponse:
        """Send it; see :meth:`SmsDraft.send`."""
        return await self._client.send(self.operation())


def _status_of(message_id: str | int) -> Operation[SmsStatusResponse]:
    # Older SDKs had numbers here.
    text = str(message_id) if type(message_id) is int else message_id
    return get_sms_status(checks.path_value(text, "message_id"))  # type: ignore[arg-type]


@attrs.frozen
class Sms(Bound):
    """Text messages of a blocking client."""

    _client: Sender = attrs.field(repr=False)

    def __call__(self, number: str, text: str, *, cli: str | None = None) -> SmsDraft:
        """Draft a message to an international number; ``cli`` as for :meth:`SmsDraft.with_cli`."""
        return SmsDraft(number, text, cli, for_draft(self._client, _UNSENT))

    def get_status(self, message_id: str | int) -> SmsStatusResponse:
        """What became of a message: ``UNKNOWN`` (no such id), ``PENDING``, ``SUCCESSFUL``, ``FAULTED``."""
        return self._client.send(_status_of(message_id))


@attrs.frozen
class AsyncSms(Bound):
    """Text messages of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)

    def __call__(self, number: str, text: str, *, cli: str | None = None) -> AsyncSmsDraft:
        """Draft a message to an international number; ``cli`` as for :meth:`SmsDraft.with_cli`."""
        return AsyncSmsDraft(number, text, cli, for_draft(self._client, _UNSENT))

    async def get_status(self, message_id: str | int) -> SmsStatusResponse:
        """What became of a message; see :meth:`Sms.get_status`."""
        return await self._client.send(_status_of(message_id))
