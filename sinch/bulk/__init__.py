"""Sending to many: jobs that survive a crash, pause, and share the work among processes.

.. code-block:: python

    from sinch.bulk import SmsJob

    job = SmsJob.create("reminders.db", name="november", rate=50)
    job.add(rows)                      # (number, text) or (number, text, key), any iterable
    report = job.run(client)           # or: await job.run(async_client, concurrency=100)

The journal is the truth: what is about to leave is on disk before a byte of it does. After a crash, what was
only leased goes back to pending; what was in flight is ``unknown`` and never repeated by itself.
"""

from __future__ import annotations

from sinch.bulk.asking import Reconciled
from sinch.bulk.job import Added, Job
from sinch.bulk.kinds import CalloutJob, MessageJob, SmsJob, VerificationJob
from sinch.bulk.message_sender import MessageSender
from sinch.bulk.records import Batch, Item, JobRow, JobState, Outcome, Recipient, Report, Row, State
from sinch.bulk.senders import (
    CalloutSender,
    Fate,
    Sender,
    SmsSender,
    VerificationSender,
)
from sinch.bulk.steering import suppress_in
from sinch.bulk.store import Store, Turn, Turned, Worker
from sinch.bulk.working import Slice

__all__ = [
    "Added",
    "Batch",
    "CalloutJob",
    "CalloutSender",
    "Fate",
    "Item",
    "Job",
    "JobRow",
    "JobState",
    "MessageJob",
    "MessageSender",
    "Outcome",
    "Recipient",
    "Reconciled",
    "Report",
    "Row",
    "Sender",
    "SmsJob",
    "SmsSender",
    "Slice",
    "State",
    "Store",
    "Turn",
    "Turned",
    "VerificationJob",
    "VerificationSender",
    "Worker",
    "suppress_in",
]
