"""Calls that Sinch places for you: read a text, bring someone into a conference, run SVAML (facts 7.2).

.. code-block:: python

    placed = sinch.callouts.tts("+46700000000", "Your order is ready.", cli="private").call()
    sinch.calls(placed.call_id).get()

A callout is sent once and never repeated unless it provably was not processed.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import attrs

from sinch.callouts import parts
from sinch.callouts.parts import Inline, Part
from sinch.core import checks
from sinch.core.bound import Bound
from sinch.core.drafts import AsyncDraft, Draft, for_draft, watched
from sinch.core.flow import AsyncSender, Sender
from sinch.errors import InvalidArgumentError
from sinch.limits import CUSTOM
from sinch.redaction import mask_json
from sinch.svaml.limits import Limits
from sinch.values import Cli
from sinch_api.models.calling import (
    CalloutResponse,
    CustomCallout,
)
from sinch_api.models.common import CallDomain, ConferenceDtmfOptions, Identity, MusicOnHold
from sinch_api.operation import Operation
from sinch_api.operations.calling import place_callout

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

MAX_CUSTOM = CUSTOM
"""Bytes of custom data (facts 11)."""
MAX_HEADERS = 5
"""``X-CB-`` headers that Sinch forwards; it drops the rest without a word (facts 7.2)."""
_HEADER_NAME = re.compile(r"X-CB-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,27}", re.IGNORECASE)
_HEADER_VALUE = re.compile(r"[\x20-\x7e]{0,128}")

_DEFAULT_LIMITS = Limits()
D = TypeVar("D", bound="_Draft")
_UNSENT = "a call was drafted but not placed: call .call()"


def _show_part(part: Part) -> str:
    """Numbers, texts, keys to press and data of the user's are masked."""
    return f"{type(part).__name__}({mask_json(part.to_wire())})"


def _show_names(headers: tuple[tuple[str, str], ...]) -> str:
    return repr([name for name, _ in headers])


@attrs.frozen
class _Draft(Draft):
    """A call that has not been placed; never changes, ``with_...`` gives a new one."""

    part: Part = attrs.field(repr=_show_part)
    headers: tuple[tuple[str, str], ...] = attrs.field(repr=_show_names)

    def with_cli(self, cli: str | Cli) -> Self:
        """Show this number to the callee, or ``private`` to hide it.

        Without one, a text-to-speech call is accepted but never reaches the callee (facts 7.2).
        """
        return attrs.evolve(self, part=attrs.evolve(self.part, cli=checks.caller_id(cli)))

    def with_dtmf(self, dtmf: str) -> Self:
        """Press these keys once the call is answered: ``0-9``, ``#``, ``w`` for half a second."""
        return attrs.evolve(self, part=attrs.evolve(self.part, dtmf=checks.dtmf(dtmf)))

    def with_custom(self, custom: str) -> Self:
        """Pass data of yours, at most 1024 bytes, to every callback of the call."""
        checks.text(custom, "custom", max_bytes=MAX_CUSTOM)
        return attrs.evolve(self, part=attrs.evolve(self.part, custom=custom))

    def with_callbacks(
        self, *, ace: bool | None = None, dice: bool | None = None, pie: bool | None = None
    ) -> Self:
        """Ask for callbacks when the call is answered, has ended, or has input; all off by default.

        Custom callouts have no such switches. Calls to users of an app give no ACE and no DICE.
        """
        if isinstance(self.part, CustomCallout):
            rule = "cannot be switched for a custom callout: give ace=, pie= and dice= instead"
            raise InvalidArgumentError(argument="callbacks", rule=rule)
        part = attrs.evolve(
            self.part,
            enable_ace=self.part.enable_ace if ace is None else checks.flag(ace, "ace"),
            enable_dice=self.part.enable_dice if dice is None else checks.flag(dice, "dice"),
            enable_pie=self.part.enable_pie if pie is None else checks.flag(pie, "pie"),
        )
        return attrs.evolve(self, part=part)

    def with_header(self, name: str, value: str) -> Self:
        """Have Sinch send a header to your callback URL.

        At most five; names start with ``X-CB-`` and have 32 characters at most, values are at most
        128 printable ASCII characters (facts 7.2).
        """
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):
            rule = "must start with X-CB- and have at most 32 characters"
            raise InvalidArgumentError(argument="name", rule=rule)
        if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
            rule = "must be at most 128 printable ASCII characters"
            raise InvalidArgumentError(argument="value", rule=rule)
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        if len(kept) == MAX_HEADERS:
            rule = f"must not be more than {MAX_HEADERS}: Sinch drops the rest"
            raise InvalidArgumentError(argument="headers", rule=rule)
        return attrs.evolve(self, headers=(*kept, (name, value)))

    def operation(self) -> Operation[CalloutResponse]:
        """The request, without sending it."""
        return place_callout(parts.request(self.part)).with_headers(dict(self.headers))


@watched
@attrs.frozen
class CalloutDraft(_Draft):
    """A call ready to be placed with :meth:`call`."""

    _client: Sender = attrs.field(repr=False)

    def call(self) -> CalloutResponse:
        """Place the call; the answer's ``call_id`` is for ``sinch.calls``.

        After :class:`~sinch.errors.OutcomeUnknown` the phone may be ringing.
        """
        return self._client.send(self.operation())


@watched
@attrs.frozen
class AsyncCalloutDraft(_Draft, AsyncDraft):
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
