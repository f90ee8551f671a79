"""A message that is being prepared: to whom, what, when, and what to tell about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

import attrs

from sinch import limits
from sinch.core import checks
from sinch.core.drafts import AsyncDraft, Draft, watched
from sinch.core.flow import AsyncSender, Sender
from sinch.core.signing import utc_now
from sinch.errors import InvalidArgumentError
from sinch.messages import arguments
from sinch.messages.once import GRACE, once
from sinch.redaction import in_repr, mask_number, mask_text
from sinch_api.models.messages import Batch, DeliveryReportType, DryRunResult, TextBatchRequest
from sinch_api.operation import Operation
from sinch_api.operations.messages import dry_run_batch, send_batch

UNSENT = "messages were drafted but not sent: call .send()"


def _masked(values: object) -> str:
    found = (values,) if isinstance(values, str) else values
    if not isinstance(found, tuple | list):
        return f"<{type(values).__name__}>"
    shown = [repr(mask_number(str(value))) for value in found[:3]]
    more = [f"{len(found) - 3} more"] if len(found) > 3 else []
    return f"({', '.join(shown + more)})"


def _names(options: Mapping[str, Any]) -> str:
    return f"<{', '.join(options)}>"


@attrs.frozen
class _Draft(Draft):
    """Messages that have not been sent; never changes, ``with_...`` gives a new one."""

    plan: str = attrs.field(repr=False)
    to: str | Iterable[str] = attrs.field(repr=_masked)
    text: str = attrs.field(repr=in_repr(mask_text))
    options: Mapping[str, Any] = attrs.field(factory=dict, repr=_names)
    expiry: datetime | timedelta | float | None = None
    clock: Callable[[], datetime] = attrs.field(default=utc_now, repr=False)

    def _with(self, **options: Any) -> Self:
        return attrs.evolve(self, options={**self.options, **options})

    def with_sender(self, sender: str) -> Self:
        """Send as this number, short code or name instead of a default sender of the plan."""
        return self._with(from_=arguments.sender(sender))

    def with_parameters(self, parameters: Mapping[str, str | Mapping[str, str]]) -> Self:
        """Give values for each ``${key}`` of the text.

        For each key (1 to 16 letters, digits, ``.``, ``_``, ``-``) a text for everybody, or a
        mapping from number to text, in which ``default`` is for all others; values have at most 160
        characters. A recipient with neither is not sent to (code 405); the others are.

        .. code-block:: python

            .with_parameters({"name": {"+46700000000": "Ada", "default": "customer"}})
        """
        return self._with(parameters=arguments.parameters(parameters))

    def with_delivery_report(self, kind: DeliveryReportType | str) -> Self:
        """Have reports sent to the callback URL.

        ``summary``, ``full``, ``per_recipient`` (every change of status) or ``per_recipient_final``.
        Without a callback URL, here or of the plan, sending is refused.
        """
        return self._with(
            delivery_report=checks.choice(DeliveryReportType, kind, "delivery_report")
        )

    def with_client_reference(self, reference: str) -> Self:
        """Mark it with a reference of yours: at most 128 characters, no personal data.

        It comes back in reports, and :meth:`Messages.list` finds it. For :meth:`send_once` it must
        be used for this one batch only.
        """
        return self._with(client_reference=arguments.reference(reference))

    def with_callback_url(self, url: str) -> Self:
        """Have reports sent to this URL instead of that of the plan.

        .. code-block:: python

            draft = sinch.messages(["+46700000001"], "Hi").with_callback_url("https://shop.example/reports")
        """
        return self._with(callback_url=arguments.url(url))

    def with_max_parts(self, parts: int) -> Self:
        """Do not send texts of more parts than this (code 411).

        .. code-block:: python

            draft = sinch.messages(["+46700000001"], text).with_max_parts(3)
        """
        return self._with(max_number_of_message_parts=arguments.count(parts, "parts", at_most=255))

    def with_flash(self) -> Self:
        """Show it at once, without keeping it.

        .. code-block:: python

            sinch.messages(["+46700000001"], "The building is being cleared").with_flash().send()
        """
        return self._with(flash_message=True)

    def with_feedback(self) -> Self:
        """Promise to tell which recipients received it, by ``send_delivery_feedback``.

        .. code-block:: python

            sinch.messages(["+46700000001"], "Your code is 1234").with_feedback().send()
        """
        return self._with(feedback_enabled=True)

    def at(self, moment: datetime) -> Self:
        """Send it then instead of now; the datetime needs a time zone. One that is over means now."""
        return self._with(send_at=arguments.moment(moment, "at"))

    def expires(self, after: datetime | timedelta | float) -> Self:
        """Stop trying at a moment, or this long (a timedelta or seconds) after sending; 3 days at most."""
        return attrs.evolve(self, expiry=after)

    def _request(self) -> TextBatchRequest:
        """Check everything and give the body of the request.

        Raises :class:`~sinch.errors.InvalidArgumentError`.
        """
        options = dict(self.options)
        if self.expiry is not None:
            options["expire_at"] = arguments.expiry(
                self.expiry, options.get("send_at"), self.clock()
            )
        return TextBatchRequest(
            to=arguments.recipients(self.to), body=arguments.body(self.text), **options
        )

    def operation(self) -> Operation[Batch]:
        """Check everything and build the request without sending it.

        Raises :class:`~sinch.errors.InvalidArgumentError`.
        """
        return send_batch(self.plan, self._request())

    def dry_run_operation(self, *, per_recipient: bool, recipients: int) -> Operation[DryRunResult]:
        """Build the request that counts.

        .. code-block:: python

            operation = draft.dry_run_operation(per_recipient=True, recipients=100)
        """
        return dry_run_batch(
            self.plan,
            self._request(),
            per_recipient=per_recipient or None,
            number_of_recipients=arguments.count(recipients, "recipients", at_most=limits.BATCH)
            if per_recipient
            else None,
        )

    def _reference(self) -> str:
        reference: str | None = self.options.get("client_reference")
        if reference is None:
            rule = (
                "is what a lost answer is found by: .with_client_reference(...) before .send_once()"
            )
            raise InvalidArgumentError("client_reference", rule)
        return reference


@watched
@attrs.frozen
class MessagesDraft(_Draft):
    """Messages ready to be sent with :meth:`send`."""

    _client: Sender = attrs.field(kw_only=True, repr=False, alias="client")

    def send(self) -> Batch:
        """Send them; the batch's ``id`` is for :meth:`Messages.get` and the others.

        Sent once and never repeated unless it provably was not processed: after
        :class:`~sinch.errors.OutcomeUnknown` the messages may be on their way; see :meth:`send_once`.
        """
        return self._client.send(self.operation())

    def send_once(
        self, *, grace: timedelta | float = GRACE, attempted_at: datetime | None = None
    ) -> Batch:
        """Send them, and after a lost answer find out by their client reference what became of it.

        A batch that is found was sent, and is returned. When none is found for ``grace`` (default 30
        seconds; how soon Sinch lists a batch is not documented), it was not, and is sent again.
        ``attempted_at`` is when an earlier run of your program may have sent it: then it is looked
        for first. Give each batch a reference of its own.

        Raises :class:`~sinch.errors.OutcomeUnknown` when that cannot be found out, or the reference
        belongs to other recipients: nothing was repeated then.
        """
        return self._client.run(
            once(
                self.operation(),
                self.plan,
                self._reference(),
                grace,
                attempted_at,
                self._client.context,
            )
        )

    def dry_run(self, *, per_recipient: bool = False, recipients: int = 100) -> DryRunResult:
        """Ask in how many parts they would be sent, without sending; ``recipients`` are listed at most."""
        return self._client.send(
            self.dry_run_operation(per_recipient=per_recipient, recipients=recipients)
        )


@watched
@attrs.frozen
class AsyncMessagesDraft(_Draft, AsyncDraft):
    """Messages ready to be sent with ``await`` :meth:`send`."""

    _client: AsyncSender = attrs.field(kw_only=True, repr=False, alias="client")

    async def send(self) -> Batch:
        """Send them; see :meth:`MessagesDraft.send`."""
        return await self._client.send(self.operation())

    async def send_once(
        self, *, grace: timedelta | float = GRACE, attempted_at: datetime | None = None
    ) -> Batch:
        """Send them and find out after a lost answer; see :meth:`MessagesDraft.send_once`."""
        return await self._client.run(
            once(
                self.operation(),
                self.plan,
                self._reference(),
                grace,
                attempted_at,
                self._client.context,
            )
        )

    async def dry_run(self, *, per_recipient: bool = False, recipients: int = 100) -> DryRunResult:
        """Ask in how many parts they would be sent; see :meth:`MessagesDraft.dry_run`."""
        return await self._client.send(
            self.dry_run_operation(per_recipient=per_recipient, recipients=recipients)
        )
