"""The words of a bulk job: recipients, their states, what came of one attempt, and the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

import attrs

from sinch.redaction import in_repr, mask_number, mask_text

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class State(StrEnum):
    """The bucket a recipient is in; always exactly one.

    ``PENDING`` waits, ``LEASED`` is promised to a worker that has sent nothing yet, ``IN_FLIGHT`` may
    be leaving this machine now. ``SENT`` has an id of Sinch's, ``REFUSED`` was certainly not sent and
    will not be, ``UNKNOWN`` may have been sent and is never repeated by itself. ``DELIVERED`` and
    ``FAILED`` follow ``SENT``, once Sinch was asked or has reported.

    .. code-block:: python

        doubtful = [row.number for row in job.rows(State.UNKNOWN)]
    """

    PENDING = "pending"
    LEASED = "leased"
    IN_FLIGHT = "in_flight"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    FAILED = "failed"


class JobState(StrEnum):
    """Whether a job may send: ``RUNNING`` unless somebody paused or cancelled it.

    .. code-block:: python

        if job.status().state is JobState.PAUSED:
            job.resume()
    """

    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"


@attrs.frozen
class Recipient:
    """One row as it is added: to whom, what, and by which key it counts once.

    ``parameters`` are the recipient's own words for a ``text`` that has places for them.

    .. code-block:: python

        store.add(job.row, [Recipient("booking-812", "+46700000000", "See you tomorrow at 10")])
    """

    key: str = attrs.field(repr=False)
    number: str = attrs.field(repr=in_repr(mask_number))
    text: str = attrs.field(default="", repr=in_repr(mask_text))
    refused: str = ""
    parameters: Mapping[str, str] = attrs.field(default=_NONE, repr=False)


class Item(NamedTuple):
    """One recipient in the journal.

    ``crowd`` is how many may be in one request with it, 0 for as many as the sender takes.
    ``parameters`` are its own words for the places in ``text``, if the sender fills them in.

    .. code-block:: python

        item = Item(1, "booking-812", "+46700000000", "See you tomorrow at 10")
        print(item)  # without text, and with the number masked
    """

    id: int
    key: str
    number: str
    text: str
    attempts: int = 0
    crowd: int = 0
    parameters: Mapping[str, str] = _NONE

    def __repr__(self) -> str:
        return f"Item({self.id}, {mask_number(self.number)!r})"


class Batch(NamedTuple):
    """Recipients who share one request; most often just one.

    ``reference`` is ours: unique, no personal data, and in the journal before anything is sent, so
    that a platform that takes references can be asked by it. ``at`` is when it may be sent, by the
    clock of the journal. ``result`` is Sinch's id, once there is one.

    .. code-block:: python

        batch = Batch("5f0c2f1e9d3a-1", [item])
        numbers = [item.number for item in batch.items]
    """

    reference: str
    items: Sequence[Item]
    at: float = 0.0
    result: str = ""

    def __repr__(self) -> str:
        return f"Batch({self.reference!r}, {len(self.items)} items)"


class Outcome(NamedTuple):
    """What came of one recipient, as the journal keeps it.

    ``result`` is Sinch's id, ``reason`` a short word to count by, ``error`` the whole of it.
    ``delay`` is how many seconds a recipient that goes back to pending has to wait, ``attempted``
    whether the attempt counts, and ``crowd`` how many may share its next request. ``stop`` says why nobody else should be tried either; ``slow`` is for
    how many seconds the whole job had better wait.

    .. code-block:: python

        sent = Outcome(item.id, State.SENT, result="146580134")
        later = Outcome(item.id, State.PENDING, reason="RateLimited", delay=2.0)
    """

    id: int
    state: State
    result: str = ""
    reason: str = ""
    error: str = ""
    delay: float = 0.0
    attempted: bool = True
    crowd: int | None = None
    stop: str = ""
    slow: float = 0.0


class Row(NamedTuple):
    """One recipient with all that the journal knows, as it is exported.

    Stores give ``text`` and ``parameters`` as they keep them, jobs the text that goes out.

    .. code-block:: python

        for row in job.rows(State.FAILED):
            print(row.key, row.attempts, row.result, row.reason)
    """

    id: int
    key: str
    number: str
    text: str
    state: str
    attempts: int
    result: str
    reason: str
    error: str
    changed: float
    reference: str = ""
    parameters: Mapping[str, str] = _NONE


class JobRow(NamedTuple):
    """A job as the journal keeps it; ``settings`` are those of its sender.

    .. code-block:: python

        row = SmsJob.open("reminders.db", "november").row
        print(row.kind, row.rate, row.settings)  # sms 50.0 {'cli': None}
    """

    id: int
    name: str
    uid: str
    kind: str
    settings: Mapping[str, object]
    rate: float | None
    state: JobState
    reason: str = ""


@attrs.frozen(kw_only=True)
class Report:
    """How many recipients are in which bucket; ``total`` is their sum.

    ``refusals`` counts the refused by reason, ``unknowns`` the unknown, ``failures`` the failed. ``reason`` is why the job
    was paused, when a failure that concerns every recipient did it, such as ``PaymentRequired``.

    .. code-block:: python

        report = job.status()
        print(report.sent, report.refused, report.unknown)
        print(report.refusals)  # {"Suppressed": 1}
    """

    name: str
    state: JobState
    reason: str = ""
    pending: int = 0
    leased: int = 0
    in_flight: int = 0
    sent: int = 0
    refused: int = 0
    unknown: int = 0
    delivered: int = 0
    failed: int = 0
    refusals: Mapping[str, int] = attrs.field(factory=dict)
    unknowns: Mapping[str, int] = attrs.field(factory=dict)
    failures: Mapping[str, int] = attrs.field(factory=dict)

    @property
    def total(self) -> int:
        """All recipients of the job.

        .. code-block:: python

            print(f"{report.sent} of {report.total}")
        """
        return sum(getattr(self, state.value) for state in State)

    @property
    def left(self) -> int:
        """How many are still to be sent.

        .. code-block:: python

            while (report := job.status()).left and report.state is JobState.RUNNING:
                time.sleep(5)
        """
        return self.pending + self.leased + self.in_flight

    @property
    def complete(self) -> bool:
        """Whether nobody is left to be sent to.

        .. code-block:: python

            if job.run(client).complete:
                job.reconcile(client)
        """
        return not self.left

    def as_dict(self) -> dict[str, object]:
        """The counts for JSON: whatever is promised to a worker still counts as ``pending``.

        .. code-block:: python

            json.dumps(job.status().as_dict())  # '{"name": "november", "state": "running", ...'
        """
        return {
            "name": self.name,
            "state": self.state.value,
            "reason": self.reason,
            "pending": self.pending + self.leased,
            **{
                state.value: getattr(self, state.value)
                for state in State
                if state not in (State.PENDING, State.LEASED)
            },
            "total": self.total,
            "refusals": dict(self.refusals),
            "unknowns": dict(self.unknowns),
            "failures": dict(self.failures),
        }
