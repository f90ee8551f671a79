"""Number verification: start one, report what the user typed or saw, ask how it stands (docs/platform/verification.md).

.. code-block:: python

    started = sinch.verification("+46700000000").initiate(VerificationMethod.SMS)
    report = sinch.verification().with_id(started.id).with_code("1234").report(VerificationMethod.SMS)
    if report.status == VerificationStatus.SUCCESSFUL: ...
"""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

from sinch.core.bound import Bound
from sinch.core.drafts import AsyncDraft, for_draft, watched
from sinch.core.flow import AsyncSender, Sender
from sinch.verification.draft import Seconds, VerificationDraftBase
from sinch.verification.waiting import until_final
from sinch_api.models.verification import (
    CodeType,
    ReportVerificationResponse,
    StartVerificationResponse,
    VerificationMethod,
    VerificationReason,
    VerificationStatus,
    VerificationStatusResponse,
)

__all__ = [
    "AsyncVerification",
    "AsyncVerificationDraft",
    "CodeType",
    "ReportVerificationResponse",
    "StartVerificationResponse",
    "Verification",
    "VerificationDraft",
    "VerificationMethod",
    "VerificationReason",
    "VerificationStatus",
    "VerificationStatusResponse",
]

D = TypeVar("D", bound=VerificationDraftBase)
_UNSENT = (
    "a verification was drafted but nothing asked: call .initiate(), .report(), .get() or .wait()"
)


@watched
@attrs.frozen(kw_only=True)
class VerificationDraft(VerificationDraftBase):
    """One verification of a blocking client."""

    _client: Sender = attrs.field(repr=False, alias="client")

    def initiate(self, method: VerificationMethod | str) -> StartVerificationResponse:
        """Start verifying the number by this method.

        A verification that is still pending for the same number is aborted. The answer's ``id``
        is for :meth:`report` and :meth:`get`; ``sms``, ``flash_call``, ``callout``, ``seamless`` or
        ``whatsapp`` hold what a client needs next. Not repeated when the outcome is unknown: give a
        reference and look it up.
        """
        return self._client.send(self.initiate_operation(method))

    def report(self, method: VerificationMethod | str) -> ReportVerificationResponse:
        """Report the code or caller id, for the verification's id (preferred) or number.

        A wrong code is no error: the answer's ``status`` is ``FAIL``. A verification that is
        final cannot be reported again.
        """
        return self._client.send(self.report_operation(method))

    def get(self, method: VerificationMethod | str | None = None) -> VerificationStatusResponse:
        """How it stands, looked up by id, else by reference, else by number and ``method``."""
        return self._client.send(self.get_operation(method))

    def wait(
        self,
        method: VerificationMethod | str | None = None,
        *,
        timeout: Seconds = 120,
        interval: Seconds = 2,
    ) -> VerificationStatusResponse:
        """Ask every ``interval`` seconds until the status is final.

        ``timeout`` (seconds) bounds every look and retry too: whatever the server does, it is over
        a second later at most. Raises :class:`~sinch.errors.WaitTimedOut` when the status still is
        ``PENDING``, or unknown, by then, and what :meth:`get` raises when looking fails.
        """
        look = self.get_operation(method)
        return self._client.run(until_final(look, timeout, interval, self._client.context))


@watched
@attrs.frozen(kw_only=True)
class AsyncVerificationDraft(VerificationDraftBase, AsyncDraft):
    """One verification of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False, alias="client")

    async def initiate(self, method: VerificationMethod | str) -> StartVerificationResponse:
        """Start verifying the number; see :meth:`VerificationDraft.initiate`."""
        return await self._client.send(self.initiate_operation(method))

    async def report(self, method: VerificationMethod | str) -> ReportVerificationResponse:
        """Report the code or caller id; see :meth:`VerificationDraft.report`."""
        return await self._client.send(self.report_operation(method))

    async def get(
        self, method: VerificationMethod | str | None = None
    ) -> VerificationStatusResponse:
        """How it stands; see :meth:`VerificationDraft.get`."""
        return await self._client.send(self.get_operation(method))

    async def wait(
        self,
        method: VerificationMethod | str | None = None,
        *,
        timeout: Seconds = 120,  # noqa: ASYNC109 - same name as in the blocking client
        interval: Seconds = 2,
    ) -> VerificationStatusResponse:
        """Ask until the status is final; see :meth:`VerificationDraft.wait`."""
        look = self.get_operation(method)
        return await self._client.run(until_final(look, timeout, interval, self._client.context))


@attrs.frozen(repr=False)
class _Verification(Bound, Generic[D]):
    """What both clients offer; they differ in the draft they give."""

    def _blank(self) -> D:
        raise NotImplementedError

    def __call__(
        self,
        number: str | None = None,
        *,
        id: str | None = None,  # noqa: A002 - the name the API uses
        reference: str | None = None,
        custom: str | None = None,
        code: str | None = None,
        cli: str | None = None,
        language: str | None = None,
    ) -> D:
        """Draft for one verification; the keywords are those of the draft's ``with_...`` methods."""
        return attrs.evolve(
            self._blank(),
            number=number,
            id=id,
            reference=reference,
            custom=custom,
            code=code,
            cli=cli,
            language=language,
        )


@attrs.frozen(repr=False)
class Verification(_Verification[VerificationDraft]):
    """Number verification of a blocking client."""

    _client: Sender = attrs.field(repr=False)

    def _blank(self) -> VerificationDraft:
        return VerificationDraft(client=for_draft(self._client, _UNSENT))


@attrs.frozen(repr=False)
class AsyncVerification(_Verification[AsyncVerificationDraft]):
    """Number verification of an asyncio client."""

    _client: AsyncSender = attrs.field(repr=False)

    def _blank(self) -> AsyncVerificationDraft:
        return AsyncVerificationDraft(client=for_draft(self._client, _UNSENT))
