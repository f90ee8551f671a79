"""The kinds of jobs; they differ in their sender only."""

from __future__ import annotations

import os
from typing import Any, ClassVar, Self

from sinch.bulk.job import Job
from sinch.bulk.senders import CalloutSender, SmsSender, VerificationSender
from sinch.core import checks
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
        journal: str | os.PathLike[str],
        *,
        name: str,
        rate: float | None = None,
        cli: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name.

        ``journal`` is the path of a SQLite file on a local disk, or ``postgresql://...``. ``rate``
        is messages a second over all workers, None as many as they can. ``cli`` as for ``sms``.
        """
        sender = SmsSender(cli=None if cli is None else checks.caller_id(cli))
        return cls.create_with(journal, sender, name=name, rate=rate)


class CalloutJob(Job[CalloutSender]):
    """Calls that read a text, each to be placed once: rows are ``(number, text[, key])``.

    .. code-block:: python

        job = CalloutJob.create("calls.db", name="storm", rate=2, cli="+46700000001")
    """

    _senders: ClassVar[tuple[type[Any], ...]] = (CalloutSender,)

    @classmethod
    def create(
        cls,
        journal: str | os.PathLike[str],
        *,
        name: str,
        rate: float | None = None,
        cli: str | None = None,
        locale: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name; ``cli`` and ``locale`` as for ``tts``."""
        sender = CalloutSender(cli=None if cli is None else checks.caller_id(cli), locale=locale)
        return cls.create_with(journal, sender, name=name, rate=rate)


class VerificationJob(Job[VerificationSender]):
    """Verifications, each to be started once: rows are ``(number,)`` or ``(number, key)``."""

    _senders: ClassVar[tuple[type[Any], ...]] = (VerificationSender,)

    @classmethod
    def create(
        cls,
        journal: str | os.PathLike[str],
        *,
        name: str,
        method: VerificationMethod | str,
        rate: float | None = None,
        language: str | None = None,
    ) -> Self:
        """Make the job, or go on with the one of that name; ``method`` as for ``initiate``."""
        how = checks.one_of(VerificationMethod, method, "method").value
        sender = VerificationSender(method=how, language=language)
        return cls.create_with(journal, sender, name=name, rate=rate)
