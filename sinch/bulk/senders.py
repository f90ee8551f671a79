"""How one recipient is sent to, and how Sinch is asked what became of it.

A sender speaks in flows, so one serves both clients, and an API that is not here yet can be plugged in
by writing another.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, Self

import attrs

from sinch.bulk.records import Item, JobRow, State
from sinch.core.flow import Flow, call
from sinch.errors import NotFound
from sinch.verification import VerificationMethod
from sinch_api.models.common import CallResult
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import VerificationStatus
from sinch_api.operations.sms import get_sms_status


@attrs.frozen
class Fate:
    """What Sinch says about a recipient: the state it belongs in, Sinch's id, and a reason."""

    state: State
    result: str = ""
    reason: str = ""


class Sender(Protocol):
    """One kind of job. ``client`` is a blocking or an asyncio client; both can run a flow.

    ``kind`` is the name that the journal keeps. ``searchable`` says whether :meth:`find` can ask the
    platform about an item without its id; where it cannot, unknown stays unknown.
    """

    kind: str
    searchable: bool
    has_text: bool

    def send(self, client: Any, job: JobRow, item: Item) -> Flow[str]:
        """Send once, and give Sinch's id. Raises :class:`~sinch.errors.SinchError`."""
        ...

    def follow(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """What became of a sent item; None while that is open."""
        ...

    def find(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """Whether an unknown item was sent: ``SENT`` with its id, or ``PENDING`` if it certainly was not."""
        ...

    def settings(self) -> dict[str, object]:
        """What the journal keeps, as JSON, to make the sender again in another process."""
        ...


class _Settings:
    """Senders are attrs values, and their settings are their fields."""

    def settings(self) -> dict[str, object]:
        return attrs.asdict(self)  # type: ignore[call-overload,no-any-return]

    @classmethod
    def of(cls, settings: Any) -> Self:
        return cls(**settings)


@attrs.frozen(kw_only=True)
class SmsSender(_Settings):
    """Text messages. The classic API has no way to ask about a message without its id."""

    kind: ClassVar[str] = "sms"
    searchable: ClassVar[bool] = False
    has_text: ClassVar[bool] = True
    cli: str | None = None

    def send(self, client: Any, job: JobRow, item: Item) -> Flow[str]:
        """Send the message."""
        operation = client.sms(item.number, item.text, cli=self.cli).operation()
        answer = yield from call(operation, client.context)
        return str(answer.message_id)

    def follow(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """Ask for the status of the message."""
        operation = get_sms_status(item.result)
        status = (yield from call(operation, client.context)).status
        if status == SmsStatus.SUCCESSFUL:
            return Fate(State.DELIVERED)
        return Fate(State.FAILED, reason=str(status)) if status == SmsStatus.FAULTED else None

    def find(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """It cannot be asked."""
        yield from ()
        return None


@attrs.frozen(kw_only=True)
class CalloutSender(_Settings):
    """Calls that read a text. A call is found by its id only."""

    kind: ClassVar[str] = "callout"
    searchable: ClassVar[bool] = False
    has_text: ClassVar[bool] = True
    cli: str | None = None
    locale: str | None = None

    def send(self, client: Any, job: JobRow, item: Item) -> Flow[str]:
        """Place the call."""
        draft = client.callouts.tts(item.number, item.text, cli=self.cli, locale=self.locale)
        return str((yield from call(draft.operation(), client.context)).call_id)

    def follow(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """Ask whether the call was answered; Sinch forgets calls, then it stays as it is."""
        try:
            operation = client.calls(item.result).get_operation()
            result = (yield from call(operation, client.context)).result
        except NotFound:
            return None
        if result is None or result == CallResult.NOT_AVAILABLE:
            return None
        return Fate(State.DELIVERED if result == CallResult.ANSWERED else State.FAILED, "", str(result))

    def find(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """It cannot be asked."""
        yield from ()
        return None


@attrs.frozen(kw_only=True)
class VerificationSender(_Settings):
    """Verifications, each with a reference of its own, by which Sinch can be asked later."""

    kind: ClassVar[str] = "verification"
    searchable: ClassVar[bool] = True
    has_text: ClassVar[bool] = False
    method: str = VerificationMethod.SMS.value
    language: str | None = None

    def send(self, client: Any, job: JobRow, item: Item) -> Flow[str]:
        """Start the verification."""
        draft = client.verification(
            item.number, reference=reference(job, item), language=self.language
        )
        return str((yield from call(draft.initiate_operation(self.method), client.context)).id)

    def follow(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """Ask how the verification stands."""
        operation = client.verification(id=item.result).get_operation()
        status = (yield from call(operation, client.context)).status
        if status is None or status == VerificationStatus.PENDING:
            return None
        good = status == VerificationStatus.SUCCESSFUL
        return Fate(State.DELIVERED if good else State.FAILED, reason=str(status))

    def find(self, client: Any, job: JobRow, item: Item) -> Flow[Fate | None]:
        """Look the verification up by its reference."""
        operation = client.verification(reference=reference(job, item)).get_operation()
        try:
            found = yield from call(operation, client.context)
        except NotFound:
            return Fate(State.PENDING)
        return Fate(State.SENT, str(found.id))


def reference(job: JobRow, item: Item) -> str:
    """The reference of one verification: unique, and no personal data."""
    return f"{job.uid}-{item.id}"


SENDERS: dict[str, type[SmsSender] | type[CalloutSender] | type[VerificationSender]] = {
    kind.kind: kind for kind in (SmsSender, CalloutSender, VerificationSender)
}
