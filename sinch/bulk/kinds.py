"""The kinds of jobs; they differ in their sender only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Self

from sinch.bulk.job import Job
from sinch.bulk.message_sender import MessageSender
from sinch.bulk.opening import Journal
from sinch.bulk.senders import CalloutSender, SmsSender, VerificationSender
from sinch.core import checks
from sinch.messages import DeliveryReportType, arguments
from sinch.verification import VerificationMethod


class SmsJob(Job[SmsSender]):
    """Text messages, each to be sent once.

    .. code-block:: python

        job = SmsJob.create("reminders.db", name="november", rate=50)
        job.add([("+46700000000", "See you tomorrow at 10", "booking-812")])
        report = job.run(client)
    """

    _senders: ClassVar[tuple[type[Any], ...]] = (SmsSender,)

    @classmethod
    def create(
        cls,
        journal: Journal,
        *,
        name: str,
        rate: float | None = None,
        cli: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name.

        ``journal`` is the path of a SQLite file on a local disk, ``postgresql://...``, or a function
        that opens a :class:`Store` of yours or tells one of the two. ``rate`` is messages a second
        over all workers, None as many as they can. ``cli`` as for ``sms``.

        .. code-block:: python

            job = SmsJob.create("reminders.db", name="november", rate=50, cli="+46700000001")
        """
        sender = SmsSender(cli=None if cli is None else checks.caller_id(cli))
        return cls.create_with(journal, sender, name=name, rate=rate)


class MessageJob(Job[MessageSender]):
    """Text messages with a service plan, up to 1,000 recipients of one text in a request.

    .. code-block:: python

        job = MessageJob.create("reminders.db", name="november", sender="Acme", rate=500)
        job.add([("+46700000000", "See you tomorrow at 10", "booking-812")])
        report = job.run(client)
        job.reconcile(client)      # nobody stays unknown: the reference of each request is searched for
    """

    _senders: ClassVar[tuple[type[Any], ...]] = (MessageSender,)

    @classmethod
    def create(
        cls,
        journal: Journal,
        *,
        name: str,
        rate: float | None = None,
        sender: str | None = None,
        delivery_report: DeliveryReportType | str | None = None,
        grace: timedelta | float = 30.0,
    ) -> Self:
        """Make the job, or go on with the one of that name.

        ``rate`` is recipients a second over all workers. ``sender`` and ``delivery_report`` as for
        drafts of messages. ``grace`` (30 seconds) is how long Sinch may take until a batch is listed:
        what :meth:`reconcile` does not find after that was not sent, and is pending again.

        .. code-block:: python

            job = MessageJob.create(
                "news.db", name="november", sender="Acme", delivery_report=DeliveryReportType.PER_RECIPIENT
            )
        """
        made = MessageSender(
            sender=None if sender is None else arguments.sender(sender),
            delivery_report=None
            if delivery_report is None
            else str(checks.choice(DeliveryReportType, delivery_report, "delivery_report").value),
            grace=checks.duration(grace, "grace", at_least=timedelta(0)).total_seconds(),
        )
        return cls.create_with(journal, made, name=name, rate=rate)


class CalloutJob(Job[CalloutSender]):
    """Calls that read a text, each to be placed once: rows are ``(number, text[, key])``.

    .. code-block:: python

        job = CalloutJob.create("calls.db", name="storm", rate=2, cli="+46700000001")
    """

    _senders: ClassVar[tuple[type[Any], ...]] = (CalloutSender,)

    @classmethod
    def create(
        cls,
        journal: Journal,
        *,
        name: str,
        rate: float | None = None,
        cli: str | None = None,
        locale: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name; ``cli`` and ``locale`` as for ``tts``.

        .. code-block:: python

            job = CalloutJob.create("calls.db", name="storm", rate=2, locale="en-US")
            job.add([("+46700000000", "A storm is coming. Stay inside.")])
        """
        sender = CalloutSender(cli=None if cli is None else checks.caller_id(cli), locale=locale)
        return cls.create_with(journal, sender, name=name, rate=rate)


class VerificationJob(Job[VerificationSender]):
    """Verifications, each to be started once: rows are ``(number,)`` or ``(number, key)``.

    .. code-block:: python

        job = VerificationJob.create("checks.db", name="checks", method="sms")
        job.add([("+46700000002",), ("+46700000003", "user-17")])
    """

    _senders: ClassVar[tuple[type[Any], ...]] = (VerificationSender,)

    @classmethod
    def create(
        cls,
        journal: Journal,
        *,
        name: str,
        method: VerificationMethod | str,
        rate: float | None = None,
        language: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name; ``method`` as for ``initiate``.

        .. code-block:: python

            job = VerificationJob.create(
                "checks.db", name="checks", method=VerificationMethod.SMS, language="sv-SE"
            )
        """
        how = checks.one_of(VerificationMethod, method, "method").value
        sender = VerificationSender(method=how, language=language)
        return cls.create_with(journal, sender, name=name, rate=rate)
