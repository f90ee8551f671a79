"""How one recipient is sent to, and how Sinch is asked what became of it.

A sender speaks in flows, so one serves both clients, and an API that is not here yet can be plugged in
by writing another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self, cast

import attrs

from sinch.bulk.records import Batch, State
from sinch.core.flow import Flow, call
from sinch.errors import NotFound
from sinch.verification import VerificationMethod
from sinch_api.models.common import CallResult
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import VerificationStatus


@attrs.frozen
class Fate:
    """What Sinch says about a recipient: the state it belongs in, Sinch's id, and a reason.

    .. code-block:: python

        Fate(State.DELIVERED)
        Fate(State.FAILED, reason="Faulted")
        Fate(State.PENDING)  # of find: it certainly was not sent
    """

    state: State
    result: str = ""
    reason: str = ""


class Sender(Protocol):
    """One kind of job. ``client`` is a blocking or an asyncio client; both can run a flow.

    ``kind`` is the name that the journal keeps. ``batch_size`` is how many recipients of one text
    fit into a request. ``searchable`` says whether :meth:`find` can ask the platform about a batch
    without its id; where it cannot, unknown stays unknown. ``grace`` is how many seconds the
    platform may take until what was sent is found, which is when "not found" means "not sent".
    ``has_parameters`` says whether it fills in ``${key}`` itself, from the ``parameters`` of items.

    .. code-block:: python

        class Letters:
            kind: ClassVar[str] = "letters"
            batch_size: ClassVar[int] = 1
            searchable: ClassVar[bool] = False
            has_text: ClassVar[bool] = True
            has_parameters: ClassVar[bool] = False
            # and the methods below; then Job.create_with("letters.db", Letters(), name="november")
    """

    kind: ClassVar[str]
    batch_size: ClassVar[int]
    searchable: ClassVar[bool]
    has_text: ClassVar[bool]
    has_parameters: ClassVar[bool]

    @property
    def grace(self) -> float:
        """Seconds after which what is not found was not sent.

        .. code-block:: python

            @property
            def grace(self) -> float:
                return 30.0
        """
        ...

    def send(self, client: Any, batch: Batch) -> Flow[str]:
        """Send once, and give Sinch's id. Raises :class:`~sinch.errors.SinchError`.

        .. code-block:: python

            def send(self, client: Any, batch: Batch) -> Flow[str]:
                [item] = batch.items
                operation = client.sms(item.number, item.text).operation()
                return str((yield from call(operation, client.context)).message_id)
        """
        ...

    def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
        """What became of each recipient of a sent batch, in their order; None while that is open.

        .. code-block:: python

            def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
                operation = client.verification(id=batch.result).get_operation()
                status = (yield from call(operation, client.context)).status
                return [Fate(State.DELIVERED) if status == "SUCCESSFUL" else None]
        """
        ...

    def find(self, client: Any, batch: Batch) -> Flow[Fate | None]:
        """Whether an unknown batch was sent: ``SENT`` with its id, or ``PENDING``: certainly not.

        .. code-block:: python

            def find(self, client: Any, batch: Batch) -> Flow[Fate | None]:
                yield from ()
                return None  # it cannot be asked: unknown stays unknown
        """
        ...

    def settings(self) -> dict[str, object]:
        """What the journal keeps, as JSON, to make the sender again in another process.

        .. code-block:: python

            def settings(self) -> dict[str, object]:
                return {"cli": self.cli}
        """
        ...


class _OneByOne:
    """What the senders here share: a request for each recipient, and their fields are the settings."""

    batch_size: ClassVar[int] = 1
    searchable: ClassVar[bool] = False
    has_parameters: ClassVar[bool] = False

    @property
    def grace(self) -> float:
        """Seconds after which what is not found was not sent.

        .. code-block:: python

            CalloutSender().grace  # 0.0: it is not searched for at all
        """
        return 0.0

    def find(self, client: Any, batch: Batch) -> Flow[Fate | None]:  # noqa: ARG002
        """It cannot be asked.

        .. code-block:: python

            client.run(CalloutSender().find(client, batch))  # None
        """
        yield from ()
        return None

    def settings(self) -> dict[str, object]:
        """What the journal keeps.

        .. code-block:: python

            CalloutSender(cli="+46700000001").settings()  # {"cli": "+46700000001", "locale": None}
        """
        return attrs.asdict(cast("attrs.AttrsInstance", self))

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The sender with these settings.

        .. code-block:: python

            sender = CalloutSender.of({"cli": "+46700000001", "locale": "en-US"})
        """
        return cls(**settings)


@attrs.frozen(kw_only=True)
class SmsSender(_OneByOne):
    """Classic text messages. Their API has no way to ask about a message without its id.

    .. code-block:: python

        job = Job.create_with("reminders.db", SmsSender(cli="+46700000001"), name="december")
    """

    kind: ClassVar[str] = "sms"
    has_text: ClassVar[bool] = True
    cli: str | None = None

    def send(self, client: Any, batch: Batch) -> Flow[str]:
        """Send the message.

        .. code-block:: python

            batch = Batch("", [Item(1, "booking-812", "+46700000000", "See you tomorrow at 10")])
            message_id = client.run(SmsSender().send(client, batch))
        """
        [item] = batch.items
        operation = client.sms(item.number, item.text, cli=self.cli).operation()
        return str((yield from call(operation, client.context)).message_id)

    def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
        """Ask for the status of the message.

        .. code-block:: python

            [fate] = client.run(SmsSender().follow(client, batch._replace(result=message_id)))
            if fate is not None:  # None is under way
                print(fate.state)
        """
        asking = client.sms._apis.status(batch.result, client.context)  # noqa: SLF001 - of either API
        status = (yield from asking).status
        if status == SmsStatus.SUCCESSFUL:
            return [Fate(State.DELIVERED)]
        return [Fate(State.FAILED, reason=str(status)) if status == SmsStatus.FAULTED else None]


@attrs.frozen(kw_only=True)
class CalloutSender(_OneByOne):
    """Calls that read a text. A call is found by its id only.

    .. code-block:: python

        job = Job.create_with("calls.db", CalloutSender(locale="en-US"), name="storm", rate=2)
    """

    kind: ClassVar[str] = "callout"
    has_text: ClassVar[bool] = True
    cli: str | None = None
    locale: str | None = None

    def send(self, client: Any, batch: Batch) -> Flow[str]:
        """Place the call.

        .. code-block:: python

            batch = Batch("", [Item(1, "812", "+46700000000", "A storm is coming. Stay inside.")])
            call_id = client.run(CalloutSender(locale="en-US").send(client, batch))
        """
        [item] = batch.items
        draft = client.callouts.tts(item.number, item.text, cli=self.cli, locale=self.locale)
        return str((yield from call(draft.operation(), client.context)).call_id)

    def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
        """Ask whether the call was answered; Sinch forgets calls, then it stays as it is.

        .. code-block:: python

            [fate] = client.run(CalloutSender().follow(client, batch._replace(result=call_id)))
            if fate is not None and fate.state is State.FAILED:
                print(fate.reason)  # such as BUSY
        """
        try:
            operation = client.calls(batch.result).get_operation()
            result = (yield from call(operation, client.context)).result
        except NotFound:
            return [None]
        if result is None or result == CallResult.NOT_AVAILABLE:
            return [None]
        if result == CallResult.ANSWERED:
            return [Fate(State.DELIVERED)]
        return [Fate(State.FAILED, reason=str(result))]


@attrs.frozen(kw_only=True)
class VerificationSender(_OneByOne):
    """Verifications, each with a reference of its own, by which Sinch can be asked later.

    .. code-block:: python

        job = Job.create_with("checks.db", VerificationSender(method="sms"), name="checks")
    """

    kind: ClassVar[str] = "verification"
    searchable: ClassVar[bool] = True
    has_text: ClassVar[bool] = False
    method: str = VerificationMethod.SMS.value
    language: str | None = None

    @property
    def grace(self) -> float:
        """Sinch says nothing about how soon a verification is found.

        .. code-block:: python

            VerificationSender().grace  # 10.0
        """
        return 10.0

    def send(self, client: Any, batch: Batch) -> Flow[str]:
        """Start the verification.

        .. code-block:: python

            batch = Batch("5f0c2f1e9d3a-1", [Item(1, "user-17", "+46700000000", "")])
            verification_id = client.run(VerificationSender(method="sms").send(client, batch))
        """
        [item] = batch.items
        draft = client.verification(item.number, reference=batch.reference, language=self.language)
        return str((yield from call(draft.initiate_operation(self.method), client.context)).id)

    def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
        """Ask how the verification stands.

        .. code-block:: python

            sent = batch._replace(result=verification_id)
            [fate] = client.run(VerificationSender().follow(client, sent))  # None while it is pending
        """
        operation = client.verification(id=batch.result).get_operation()
        status = (yield from call(operation, client.context)).status
        if status is None or status == VerificationStatus.PENDING:
            return [None]
        if status == VerificationStatus.SUCCESSFUL:
            return [Fate(State.DELIVERED)]
        return [Fate(State.FAILED, reason=str(status))]

    def find(self, client: Any, batch: Batch) -> Flow[Fate | None]:
        """Look the verification up by its reference.

        .. code-block:: python

            fate = client.run(VerificationSender().find(client, batch))
            if fate is not None and fate.state is State.SENT:
                print(fate.result)  # the id of the verification
        """
        operation = client.verification(reference=batch.reference).get_operation()
        try:
            found = yield from call(operation, client.context)
        except NotFound:
            return Fate(State.PENDING)
        return Fate(State.SENT, str(found.id))
