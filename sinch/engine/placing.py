"""How calls begin: inbound, by callout, or dialled into a room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinch_api.models.calling import CalloutMethod, ConferenceCallout, TtsCallout
from sinch_api.models.common import CallDomain, Identity, IdentityType, Money

from .call import Call, Flags, InboundCall, Leg, LegState
from .call_plan import CallPlan
from .core import Core
from .doing import Doing, Step
from .prompts import read_prompts, spoken
from .states import CallState
from .transcript import Side


class Placing:
    """Makes calls and sets them going."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def inbound(self, inbound: InboundCall) -> Call:
        """Somebody calls the app: it is asked by ICE."""
        core = self._core
        in_app = inbound.domain == CallDomain.MXP
        to = inbound.to
        if isinstance(to, str):
            kind = IdentityType.NUMBER if in_app else IdentityType.DID
            to = Identity(type=kind, endpoint=to)
        caller = IdentityType.USERNAME if in_app else IdentityType.NUMBER
        call = self._new(
            kind="inbound",
            party=Leg(
                identity=Identity(type=caller, endpoint=inbound.from_),
                role="caller",
                state=LegState.RINGING,
            ),
            to=to,
            from_=inbound.from_,
            state=CallState.ASKING,
            domain=inbound.domain,
            origination="MXP" if in_app else "PSTN",
            user=inbound.user,
            rdnis=inbound.rdnis,
            call_headers=dict(inbound.call_headers),
            max_duration=core.settings.longest_call,
        )

        def give_up(call: Call) -> None:
            core.ending.end(call, "TIMEOUT")

        core.later(call, "setup", core.settings.longest_setup, give_up)
        core.callbacks.ask(call, "ice", core.callbacks.write.ice(call, core.now))
        return call

    def place(self, plan: CallPlan) -> Call:
        """Place a callout."""
        core = self._core
        request = plan.request
        custom = plan.method == CalloutMethod.CUSTOM
        call = self._new(
            kind=plan.method.value,
            party=Leg(identity=plan.to, role="callee"),
            to=plan.to,
            from_=plan.cli,
            domain=plan.domain,
            origination=core.settings.origination_of_callouts,
            custom=plan.custom,
            callback_headers=dict(plan.callback_headers),
            request=request,
            flags=Flags(
                ace=custom or _flag(request, "enableAce"),
                pie=custom or _flag(request, "enablePie"),
                dice=custom or _flag(request, "enableDice"),
            ),
            max_duration=min(plan.max_duration, core.settings.longest_call),
            doing=Doing(
                inline={
                    name: str(request[name])
                    for name in ("ice", "ace", "pie", "dice")
                    if custom and request.get(name)
                }
            ),
        )
        call.moh = plan.moh
        if custom:
            self._custom(call, plan)
            return call
        call.doing.on_continue = self._message(plan)
        call.conference_id = plan.conference_id
        core.dialling.dial(
            call, plan.to, Side.PARTY, longest=call.max_duration, dtmf=request.get("dtmf")
        )
        return call

    def join_room(self, room: str, cli: str) -> Call:
        """Somebody dials into a room."""
        call = self._new(
            kind="room",
            party=Leg(
                identity=Identity(type=IdentityType.NUMBER, endpoint=cli),
                role="caller",
                state=LegState.RINGING,
            ),
            to=Identity(type=IdentityType.CONFERENCE, endpoint=room),
            from_=cli,
            state=CallState.PLAYING,
            flags=Flags(ace=False, pie=False, dice=False),
            max_duration=self._core.settings.longest_call,
        )
        self._core.dialling.answer_party(call)  # whoever dials a room is in it, whatever is set
        self._core.rooms.join(call, room, None, None)
        return call

    def forget(self, call: Call) -> None:
        """Drop a call without a trace."""
        core = self._core
        core.cancel(call)
        core.rooms.leave(call)
        core.callbacks.forget(call, everything=True)
        core.calls.pop(call.id.casefold(), None)

    def _new(self, *, doing: Doing | None = None, **fields: Any) -> Call:
        core, settings = self._core, self._core.settings
        call = Call(
            id=core.new_id(),
            placed_at=core.now,
            rate=Money(currency_id=settings.currency, amount=settings.rate),
            doing=doing or Doing(),
            **fields,
        )
        core.calls[call.id.casefold()] = call
        while len(core.calls) > settings.remember:
            calls = core.calls.values()
            self.forget(next((c for c in calls if c.ended), next(iter(calls))))
        return call

    def _custom(self, call: Call, plan: CallPlan) -> None:
        """ICE says where a custom callout goes, unless there is nobody to ask."""
        core = self._core
        asked = "ice" in call.doing.inline or bool(core.urls.primary)
        if not asked and plan.to.endpoint and core.settings.dial_without_app:
            core.dialling.dial(
                call,
                plan.to,
                Side.PARTY,
                longest=call.max_duration,
                dtmf=plan.request.get("dtmf"),
            )
        else:
            core.enter(call, CallState.ASKING)
            core.callbacks.ask(call, "ice", core.callbacks.write.ice(call, core.now))

    def _message(self, plan: CallPlan) -> Step:
        """What a TTS or conference callout is for, once it is answered."""
        core, settings = self._core, self._core.settings
        if plan.method == CalloutMethod.TTS:
            tts = TtsCallout.from_wire(plan.request)
            prompts = [spoken(tts.text, tts.locale, settings)] if tts.text else []
            prompts += read_prompts([tts.prompts], tts.locale, settings)

            def over(call: Call) -> None:
                core.ending.end(call, "MANAGERHANGUP")

            def play(call: Call) -> None:
                if settings.message_length is None:
                    core.player.play(call, prompts, Side.PARTY, over)
                else:
                    core.player.overlay(call, prompts, Side.PARTY)
                    core.later(call, "prompt", settings.message_length, over)

            return play
        conference = ConferenceCallout.from_wire(plan.request)
        greeting = conference.greeting
        greetings = [spoken(greeting, conference.locale, settings)] if greeting else []

        def join(call: Call) -> None:
            options = conference.conference_dtmf_options
            core.rooms.join(call, conference.conference_id, options, conference.moh_class)

        def greet(call: Call) -> None:
            if core.settings.greeting_first:
                core.player.play(call, greetings, Side.PARTY, join)
            else:
                core.player.overlay(call, greetings, Side.PARTY)
                join(call)

        return greet


def _flag(request: Mapping[str, Any], name: str) -> bool:
    return bool(request.get(name))
