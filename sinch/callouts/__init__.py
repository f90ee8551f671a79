"""Calls that Sinch places for you: read a text, bring someone into a conference, run SVAML (facts 7.2).

.. code-block:: python

    placed = sinch.callouts.tts("+46700000000", "Your order is ready.", cli="private").call()
    sinch.calls(placed.call_id).get()

A callout is sent once and never repeated unless it provably was not processed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from sinch.callouts import parts
from sinch.callouts.draft import CalloutDraftBase
from sinch.callouts.parts import Inline, Part
from sinch.core.bound import Bound
from sinch.core.drafts import AsyncDraft, for_draft, watched
from sinch.core.flow import AsyncSender, Sender
from sinch.svaml.limits import Limits
from sinch.values import Cli
from sinch_api.models.calling import CalloutResponse
from sinch_api.models.common import CallDomain, ConferenceDtmfOptions, Identity, MusicOnHold

if TYPE_CHECKING:
    from sinch.svaml.menus import Menus
    from sinch.svaml.prompts import PromptLike
    from sinch_api.models.voice_events import AceEvent, IceEvent, PieEvent

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


_DEFAULT_LIMITS = Limits()
D = TypeVar("D", bound=CalloutDraftBase)
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


@attrs.frozen
class _Callouts(Bound, Generic[D]):
    """What both clients offer; they differ in the draft they give."""

    limits: Limits = attrs.field(default=_DEFAULT_LIMITS, kw_only=True)

    def _draft(self, part: Part) -> D:
        raise NotImplementedError

    def _prompts(self, prompts: PromptLike) -> str:
        from sinch.svaml.prompts import as_prompt, check_length, joined

        return joined(check_length(as_prompt(prompts), self.limits))

    def tts(
        self,
        number: str | Identity,
        text: str | None = None,
        *,
        cli: str | Cli | None = None,
        prompts: PromptLike | None = None,
        locale: str | None = None,
        domain: CallDomain | str | None = None,
    ) -> D:
        """Call a number and read out a text of at most 600 characters, then hang up.

        ``prompts`` in place of ``text`` takes what SVAML's ``play`` takes: ``tts("Hi")``,
        ``file("beep.wav")``, several of them, or text in prompt syntax: files, ``#tts[]``,
        ``#ssml[]`` and ``#href[]``, separated by ``;``. ``locale`` is a language (``en-US`` by default) or a voice.
        ``number`` may be an :class:`Identity` for a user of an app or a SIP address.
        """
        played = None if prompts is None else self._prompts(prompts)
        part = parts.tts(number, text, played, cli, locale, domain, self.limits)
        return self._draft(part)

    def conference(
        self,
        number: str | Identity,
        conference_id: str,
        *,
        cli: str | Cli | None = None,
        greeting: str | None = None,
        locale: str | None = None,
        music_on_hold: MusicOnHold | str | None = None,
        dtmf_options: ConferenceDtmfOptions | None = None,
        max_duration: timedelta | float | None = None,
        domain: CallDomain | str | None = None,
    ) -> D:
        """Call a number and bring the callee into a room, which is made if it does not exist.

        ``greeting`` is read to the callee first. ``music_on_hold`` plays while they are alone;
        default is silence.
        """
        part = parts.conference(
            number,
            conference_id,
            cli,
            greeting,
            locale,
            music_on_hold,
            dtmf_options,
            max_duration,
            domain,
            self.limits,
        )
        return self._draft(part)

    def menu(
        self,
        number: str,
        *,
        menus: Menus,
        start: str = "main",
        cli: str | Cli | None = None,
        max_duration: timedelta | float | None = None,
    ) -> D:
        """Call a number and run menus of ``svaml.menus()`` for whoever answers.

        What they choose arrives as PIE callbacks. ``cli`` is shown to the callee, hidden unless
        given; the call may last ``max_duration``, at most and by default 4 hours. Raises
        :class:`~sinch.errors.SvamlError` with every fault of the menus.
        """
        part = parts.menu(number, menus, start, cli, max_duration, self.limits)
        return self._draft(part)

    def custom(
        self,
        destination: str | Identity | None = None,
        *,
        cli: str | Cli | None = None,
        ice: Inline[IceEvent] | None = None,
        ace: Inline[AceEvent] | None = None,
        pie: Inline[PieEvent] | None = None,
        dice: str | None = None,
        max_duration: timedelta | float | None = None,
    ) -> D:
        """Place a call that SVAML of yours steers.

        ``ice``, ``ace`` and ``pie`` each take SVAML (a builder, a reply, a model or JSON text) or
        the URL to ask; without one, the application's callback URL is asked. ``dice`` is a URL.
        With SVAML as ``ice``, leave out ``destination`` and ``cli``: its action says both.
        """
        part = parts.custom(destination, cli, ice, ace, pie, dice, max_duration, self.limits)
        return self._draft(part)


@attrs.frozen
class Callouts(_Callouts[CalloutDraft]):
    """Calls placed by a blocking client.

    ``limits`` are Sinch's defaults; for an application that has others:
    ``attrs.evolve(sinch.callouts, limits=Limits(tts_prompt=1200))``.
    """

    _client: Sender = attrs.field(repr=False)

    def _draft(self, part: Part) -> CalloutDraft:
        return CalloutDraft(part, (), for_draft(self._client, _UNSENT))


@attrs.frozen
class AsyncCallouts(_Callouts[AsyncCalloutDraft]):
    """Calls placed by an asyncio client; see :class:`Callouts`."""

    _client: AsyncSender = attrs.field(repr=False)

    def _draft(self, part: Part) -> AsyncCalloutDraft:
        return AsyncCalloutDraft(part, (), for_draft(self._client, _UNSENT))
