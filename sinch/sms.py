"""Text messages: send one, and ask what became of it.

The classic SMS API is documented until 2021 only (docs/platform/sms.md); Sinch has never announced an end date.
The same calls go over the SMS REST API where only a service plan is configured, or ``sms_api="rest"`` says so.
"""

from __future__ import annotations

import re
from typing import Final, Self

import attrs

from sinch.core import checks
from sinch.core.bound import Bound
from sinch.core.drafts import AsyncDraft, Draft, for_draft, watched
from sinch.core.flow import AsyncSender, Flow, FlowContext, Sender, call
from sinch.redaction import in_repr, mask_number, mask_text
from sinch.segments import Segments, segments
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
    plan: str | None = attrs.field(repr=False)

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
        if self.plan is not None:
            from sinch.messages.one import send_one

            return send_one(self.plan, number, message, sender)
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


_OF_A_BATCH: Final = re.compile(r"(?=[0-9]*[A-Z])[0-9A-Z]{26}", re.IGNORECASE)


@attrs.frozen
class _Apis:
    """Which of the two APIs there are."""

    classic: bool
    plan: str | None

    def status(self, message_id: str | int, context: FlowContext) -> Flow[SmsStatusResponse]:
        """The status, from the API that the id is of: those of batches have 26 letters and digits."""
        # Older SDKs had numbers here.
        text = str(message_id) if type(message_id) is int else message_id
        checked = checks.path_value(text, "message_id")  # type: ignore[arg-type]
        if self.plan is not None and (not self.classic or _OF_A_BATCH.fullmatch(checked)):
            from sinch.messages.one import status_of

            return (yield from status_of(self.plan, checked, context))
        return (yield from call(get_sms_status(checked), context))


class _Sms(Bound):
    """What both have that sends nothing."""

    __slots__ = ()

    _classic: bool
    _plan: str | None

    @property
    def _apis(self) -> _Apis:
        return _Apis(self._classic, self._plan)

    @property
    def _sending_plan(self) -> str | None:
        return None if self._classic else self._plan

    def segments(self, text: str) -> Segments:
        """In how many parts a text would be sent, how it is encoded and why; sends nothing.

        .. code-block:: python

            size = sinch.sms.segments("Grüße aus Åre")
            print(size.count, size.left, size.culprit)
        """
        return segments(checks.instance(str, text, "text", "text"))


@attrs.frozen(repr=False)
class Sms(_Sms):
    """Text messages of a blocking client."""

    _client: Sender = attrs.field(repr=False)
    _classic: bool = attrs.field(default=True, repr=False)
    _plan: str | None = attrs.field(default=None, repr=False)

    def __call__(self, number: str, text: str, *, cli: str | None = None) -> SmsDraft:
        """Draft a message to an international number; ``cli`` as for :meth:`SmsDraft.with_cli`."""
        return SmsDraft(number, text, cli, self._sending_plan, for_draft(self._client, _UNSENT))

    def get_status(self, message_id: str | int) -> SmsStatusResponse:
        """What became of a message: ``UNKNOWN`` (no such id), ``PENDING``, ``SUCCESSFUL``, ``FAULTED``."""
        return self._client.run(self._apis.status(message_id, self._client.context))


@attrs.frozen(repr=False)
class AsyncSms(_Sms):
    """Text messages of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)
    _classic: bool = attrs.field(default=True, repr=False)
    _plan: str | None = attrs.field(default=None, repr=False)

    def __call__(self, number: str, text: str, *, cli: str | None = None) -> AsyncSmsDraft:
        """Draft a message to an international number; ``cli`` as for :meth:`SmsDraft.with_cli`."""
        return AsyncSmsDraft(
            number, text, cli, self._sending_plan, for_draft(self._client, _UNSENT)
        )

    async def get_status(self, message_id: str | int) -> SmsStatusResponse:
        """What became of a message; see :meth:`Sms.get_status`."""
        return await self._client.run(self._apis.status(message_id, self._client.context))
