"""Sending once although answers get lost: what was sent can be found by its client reference.

There is no idempotency key (docs/platform/sms-rest.md#recover). So after a lost answer the list of
batches is searched: one that has the reference was sent; when there is none after a while, nothing
was. What cannot be found out stays unknown and is not repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sinch import limits
from sinch.core import checks
from sinch.core.flow import Flow, FlowContext, Pause, call
from sinch.core.signing import utc_now
from sinch.errors import ApiError, NotSent, OutcomeUnknown, SinchError, TransportError
from sinch.messages import arguments
from sinch_api.codec import loads, read_msisdn
from sinch_api.models.messages import Batch
from sinch_api.operation import Operation
from sinch_api.operations.messages import list_batches

logger = logging.getLogger("sinch")

GRACE: Final = timedelta(seconds=30)
"""How long a batch may take until the list has it: an assumption, nothing is documented."""

SKEW: Final = timedelta(days=1)
"""How far the clock here may be ahead of Sinch's: a batch must not be missed because of a wrong time zone.

Looking further back costs nothing, since a reference belongs to one batch.
"""
_LOOKS: Final = 6
"""How often the list is asked within the grace period, besides at once."""

_NOTHING: Final = 0.001
"""Seconds that are no reason to look once more: what sums of floating-point pauses leave over."""


def once(
    operation: Operation[Batch],
    plan: str,
    reference: str,
    grace: timedelta | float,
    attempted_at: datetime | None,
    context: FlowContext,
) -> Flow[Batch]:
    """Send a batch; after a lost answer look for it, and repeat only what is not there."""
    pause = checks.duration(grace, "grace", at_least=timedelta(0)).total_seconds()
    search = _Search(operation, plan, reference, attempted_at, context)
    if attempted_at is not None:
        age = utc_now() - arguments.moment(attempted_at, "attempted_at")
        if age > limits.BATCHES_KEPT - SKEW:
            raise search.unknown(f"{age.days} days later the list may not have it any more")
        left = pause - max(0.0, age.total_seconds())
        found = yield from search.until_certain(max(0.0, left))
        if found is not None:
            return found
    for _ in range(context.retry.attempts):
        try:
            return (yield from call(operation, context))
        except (TransportError, ApiError) as error:
            if error.certainly_not_sent:
                raise
            logger.info("the answer to %s was lost; looking for its reference", operation.name)
        found = yield from search.until_certain(pause)
        if found is not None:
            return found
    raise NotSent(
        "no answer came, and no batch has the client reference: it was not sent",
        method=operation.method,
        path=operation.path,
    )


class _Search:
    """Looks for one batch in the list of those with its reference."""

    def __init__(
        self,
        operation: Operation[Batch],
        plan: str,
        reference: str,
        attempted_at: datetime | None,
        context: FlowContext,
    ) -> None:
        since = (attempted_at or utc_now()) - SKEW
        self._sent = operation
        self._list = list_batches(plan, client_reference=reference, start_date=since)
        self._context = context

    def until_certain(self, grace: float) -> Flow[Batch | None]:
        """The batch, or None when it did not appear within these seconds."""
        until = self._context.monotonic() + grace
        while True:
            asked_at = self._context.monotonic()  # the answer may take its time
            try:
                page = yield from call(self._list, self._context)
            except SinchError as error:
                raise self.unknown(f"looking for it failed ({error})") from error
            if page.problems:
                raise self.unknown("the list of batches could not be read")
            if page.batches:
                return self._ours(page.batches)
            if until - asked_at < _NOTHING:
                return None
            left = until - self._context.monotonic()
            yield Pause(max(0.0, min(left, max(grace / _LOOKS, 0.01))))

    def _ours(self, found: Sequence[Batch]) -> Batch:
        """The first that was sent; one to other recipients means that the reference is not unique."""
        if len(found) > 1:
            logger.warning("%d batches have one client reference; each was sent", len(found))
        wanted = {read_msisdn(number) for number in loads(self._sent.body or b"{}")["to"]}
        for batch in reversed(found):  # the newest come first
            if {read_msisdn(str(number)) for number in batch.raw.get("to") or ()} == wanted:
                return batch
        raise self.unknown("its client reference was used for other recipients")

    def unknown(self, reason: str) -> OutcomeUnknown:
        """The error that leaves it open."""
        return OutcomeUnknown(
            f"it may have been sent, and was not repeated: {reason}",
            method=self._sent.method,
            path=self._sent.path,
        )
