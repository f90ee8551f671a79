"""What the sandbox remembers, and for how long: plain mutable records in bounded stores."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from sinch.engine.transcript import Entry
from sinch_api.models.calling import NumberCapability
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import (
    CodeType,
    VerificationMethod,
    VerificationReason,
    VerificationSource,
    VerificationStatus,
)

from .plan.records import Batch, Group

K = TypeVar("K")
V = TypeVar("V")


class Store(Generic[K, V]):
    """The newest ``limit`` records, oldest first; ``forget`` hears of each one that drops out."""

    def __init__(self, limit: int, forget: Callable[[V], None] | None = None) -> None:
        self._limit = limit
        self._forget = forget
        self._records: OrderedDict[K, V] = OrderedDict()

    def add(self, key: K, record: V) -> V:
        """Remember a record under its key."""
        self._records[key] = record
        while len(self._records) > self._limit:
            self.drop_oldest()
        return record

    def get(self, key: K) -> V | None:
        """The record under a key, if it is still remembered."""
        return self._records.get(key)

    def remove(self, key: K) -> None:
        """Forget one record, if it is there."""
        self._records.pop(key, None)

    def drop_oldest(self) -> None:
        """Forget the oldest record."""
        _, oldest = self._records.popitem(last=False)
        if self._forget is not None:
            self._forget(oldest)

    def clear(self) -> None:
        """Forget everything."""
        self._records.clear()

    def __iter__(self) -> Iterator[V]:
        return iter(tuple(self._records.values()))

    def __len__(self) -> int:
        return len(self._records)


@attrs.define(kw_only=True)
class Message:
    """One SMS that was sent."""

    id: int
    number: str
    text: str
    sender: str | None = None
    sent_at: datetime
    status: SmsStatus = SmsStatus.PENDING
    batch_id: str | None = None
    """The batch it was sent with; None for classic SMS."""


@attrs.define(kw_only=True)
class ReceivedMessage:
    """One SMS that a phone sent to the app; ``delivered`` is None until its callback is over."""

    id: int
    sender: str
    number: str
    text: str
    received_at: datetime
    delivered: bool | None = None
    status: int | None = None
    inbound_id: str | None = None
    """Its id in the SMS REST API; None for classic SMS."""
    client_reference: str | None = None


@attrs.define(kw_only=True)
class Verification:
    """One verification: ``code`` or ``cli`` is what a report has to match."""

    id: str
    method: VerificationMethod
    number: str
    created_at: datetime
    expires_at: datetime
    code: str | None = None
    cli: str | None = None
    code_type: CodeType | None = None
    template: str | None = None
    language: str = "en-US"
    reference: str | None = None
    custom: str | None = None
    metadata: Mapping[str, Any] | None = None
    dial_timeout: timedelta | None = None
    token: str | None = None
    status: VerificationStatus = VerificationStatus.PENDING
    reason: VerificationReason | None = None
    source: VerificationSource | None = None
    settled_at: datetime | None = None
    attempts: int = 0
    callback: str | None = None
    """What the app said when asked: waiting, allowed, denied or invalid; None if it was not."""
    languages: tuple[str, ...] = ()

    @property
    def pending(self) -> bool:
        """Whether it is still open."""
        return self.status == VerificationStatus.PENDING


Stored: TypeAlias = Message | ReceivedMessage | Verification | Batch | Group
"""What a state file keeps."""


@attrs.frozen(kw_only=True)
class TranscriptLine:
    """One line of the transcript of a call, and where in it."""

    call_id: str
    index: int
    entry: Entry


@attrs.define(kw_only=True)
class OwnedNumber:
    """A number of the account."""

    number: str
    application_key: str | None
    capability: NumberCapability = NumberCapability.VOICE


@attrs.define(kw_only=True)
class LoggedRequest:
    """One exchange, secrets masked, for looking at it afterwards."""

    id: str
    at: datetime
    method: str
    path: str
    headers: dict[str, str]
    body: str
    status: int
    answer: str

    def header(self, name: str) -> str:
        """A header in any letter case, or ""."""
        found = (value for given, value in self.headers.items() if given.lower() == name.lower())
        return next(found, "")
