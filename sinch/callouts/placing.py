"""Placing calls: a value of the generated model from plain arguments, each checked where it goes in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from sinch.callouts import arguments
from sinch.callouts.arguments import Inline
from sinch.callouts.draft import CalloutDraftBase, Part
from sinch.core import checks
from sinch.core.bound import Bound
from sinch.errors import InvalidArgumentError
from sinch.svaml.limits import Limits
from sinch.values import Cli
from sinch_api.models.calling import ConferenceCallout, CustomCallout, TtsCallout
from sinch_api.models.common import CallDomain, ConferenceDtmfOptions, Identity, MusicOnHold

if TYPE_CHECKING:
    from sinch.svaml.menus import Menus
    from sinch.svaml.prompts import PromptLike
    from sinch_api.models.voice_events import AceEvent, IceEvent, PieEvent

_DEFAULT_LIMITS = Limits()
D = TypeVar("D", bound=CalloutDraftBase)


def _domain(value: CallDomain | str) -> CallDomain:
    return checks.choice(CallDomain, value, "domain")


@attrs.frozen(repr=False)
class CalloutsBase(Bound, Generic[D]):
    """What both clients offer; they differ in the draft they give."""

    limits: Limits = attrs.field(default=_DEFAULT_LIMITS, kw_only=True)

    def _draft(self, part: Part) -> D:
        raise NotImplementedError

    def _prompts(self, prompts: PromptLike) -> str:
        from sinch.svaml.prompts import as_prompt, check_length, joined

        return joined(check_length(as_prompt(prompts), self.limits))

    def _spoken(self, text: str, argument: str) -> str:
        return checks.text(text, argument, max_length=self.limits.tts_prompt)

    def _duration(self, value: timedelta | float) -> timedelta:
        return checks.duration(value, "max_duration", at_most=self.limits.bridge)

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
        checks.exactly_one({"text": text, "prompts": prompts}, "what to say")
        part = TtsCallout(
            destination=arguments.destination(number, "number"),
            cli=None if cli is None else checks.caller_id(cli),
            text=None if text is None else self._spoken(text, "text"),
            prompts=None if prompts is None else self._prompts(prompts),
            locale=None if locale is None else arguments.locale(locale),
            domain=None if domain is None else _domain(domain),
        )
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
        room = checks.text(conference_id, "conference_id", max_length=self.limits.conference_id)
        part = ConferenceCallout(
            destination=arguments.destination(number, "number"),
            conference_id=room,
            cli=None if cli is None else checks.caller_id(cli),
            greeting=None if greeting is None else self._spoken(greeting, "greeting"),
            locale=None if locale is None else arguments.locale(locale),
            moh_class=None if music_on_hold is None else arguments.music_on_hold(music_on_hold),
            conference_dtmf_options=None
            if dtmf_options is None
            else arguments.conference_dtmf_options(dtmf_options),
            max_duration=None if max_duration is None else self._duration(max_duration),
            domain=None if domain is None else _domain(domain),
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
        if not hasattr(menus, "svaml"):
            raise InvalidArgumentError(argument="menus", rule="must be made by svaml.menus()")
        connect = menus.svaml.ice().connect_pstn(checks.phone_number(number, "number"))
        if cli is None:
            connect.with_anonymous_cli()
        else:
            connect.with_cli(checks.caller_id(cli))
        if max_duration is not None:
            connect.with_bridge_timeout(self._duration(max_duration))
        answered = menus.svaml.ace().run_menu(start, menus)
        return self._draft(CustomCallout(ice=connect.build().body, ace=answered.build().body))

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
        inline_ice = ice is not None and not arguments.is_url(ice)
        if inline_ice and (destination is not None or cli is not None):
            rule = "must be left out with an inline ice: its connect_pstn says where to call"
            raise InvalidArgumentError(argument="destination and cli", rule=rule)
        if destination is None and not inline_ice:
            rule = "must be given, unless ice is SVAML that says where to call"
            raise InvalidArgumentError(argument="destination", rule=rule)
        part = CustomCallout(
            destination=None
            if destination is None
            else arguments.destination(destination, "destination"),
            cli=None if cli is None else checks.caller_id(cli),
            ice=None if ice is None else arguments.inline(ice, "ice"),
            ace=None if ace is None else arguments.inline(ace, "ace"),
            pie=None if pie is None else arguments.inline(pie, "pie"),
            dice=None if dice is None else arguments.url(dice, "dice"),
            max_duration=None if max_duration is None else self._duration(max_duration),
        )
        return self._draft(part)
