"""Calls that Sinch places for you: read a text, bring someone into a conference, run SVAML (docs/platform/calling.md#callouts).

.. code-block:: python

    placed = sinch.callouts.tts("+46700000000", "Your order is ready.", cli="private").call()
    sinch.calls(placed.call_id).get()

A callout is sent once and never repeated unless it provably was not processed.
"""

from __future__ import annotations

import attrs

from sinch.callouts.draft import CalloutDraftBase, Part
from sinch.callouts.placing import CalloutsBase
from sinch.core.drafts import AsyncDraft, for_draft, watched
from sinch.core.flow import AsyncSender, Sender
from sinch_api.models.calling import CalloutResponse
from sinch_api.models.common import ConferenceDtmfOptions, Identity, MusicOnHold

__all__ = [
    "AsyncCalloutDraft",
    "AsyncCallouts",
    "CalloutDraft",
    "CalloutResponse",
    "Callouts",
    "ConferenceDtmfOptions",
    "Identity",
    "MusicOnHold",
]


_UNSENT = "a call was drafted but not placed: call .call()"


@watched
@attrs.frozen
class CalloutDraft(CalloutDraftBase):
    """A call ready to be placed with :meth:`call`."""

    _client: Sender = attrs.field(repr=False)

    def call(self) -> CalloutResponse:
        """Place the call; the answer's ``call_id`` is for ``sinch.calls``.

        After :class:`~sinch.errors.OutcomeUnknown` the phone may be ringing.
        """
        return self._client.send(self.operation())


@watched
@attrs.frozen
class AsyncCalloutDraft(CalloutDraftBase, AsyncDraft):
    """A call ready to be placed with ``await`` :meth:`call`."""

    _client: AsyncSender = attrs.field(repr=False)

    async def call(self) -> CalloutResponse:
        """Place the call; see :meth:`CalloutDraft.call`."""
        return await self._client.send(self.operation())


@attrs.frozen(repr=False)
class Callouts(CalloutsBase[CalloutDraft]):
    """Calls placed by a blocking client.

    ``limits`` are Sinch's defaults; for an application that has others:
    ``attrs.evolve(sinch.callouts, limits=Limits(tts_prompt=1200))``.
    """

    _client: Sender = attrs.field(repr=False)

    def _draft(self, part: Part) -> CalloutDraft:
        return CalloutDraft(part, (), for_draft(self._client, _UNSENT))


@attrs.frozen(repr=False)
class AsyncCallouts(CalloutsBase[AsyncCalloutDraft]):
    """Calls placed by an asyncio client; see :class:`Callouts`."""

    _client: AsyncSender = attrs.field(repr=False)

    def _draft(self, part: Part) -> AsyncCalloutDraft:
        return AsyncCalloutDraft(part, (), for_draft(self._client, _UNSENT))
