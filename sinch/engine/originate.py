"""How calls begin: inbound, by callout, or dialled into a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from sinch_api.models.calling import CalloutMethod, ConferenceCallout, TtsCallout
from sinch_api.models.common import (
    CallDomain,
    ConferenceDtmfOptions,
    Identity,
    IdentityType,
    Money,
)

from . import events
from .call import Flags, InboundCall, SimulatedCall
from .call_plan import CallPlan
from .call_runtime import CallRuntime
from .conference import Stay, join
from .dialling import answer_party
from .dialling import dial as plan_dial
from .exchange import Exchange
from .interpreter import ask, dial
from .legs import Leg, LegState
from .prompts import read_prompts, spoken
from .script import Ending, Listen, Play, Program, Script
from .states import CallState
from .transcript import Side

Opening: TypeAlias = Callable[[CallRuntime], Script[Program]]
GoingOn: TypeAlias = Callable[[CallRuntime], Script[None]]

#: Events that a custom callout may bring the answers to.
_EVENTS: Final = ("ice", "ace", "pie", "dice")


@attrs.frozen(kw_only=True)
class Origin:
    """A new call, the script it begins with, and the one that ``continue`` means in it."""

    call: SimulatedCall
    opening: Opening
    going_on: GoingOn


def inbound(exchange: Exchange, caller: InboundCall) -> Origin:
    """Somebody calls the app: it is asked by ICE."""
    in_app = caller.domain == CallDomain.MXP
    to = caller.to
    if isinstance(to, str):
        kind = IdentityType.NUMBER if in_app else IdentityType.DID
        to = Identity(type=kind, endpoint=to)
    call = _new(
        exchange,
        kind="inbound",
        party=_caller(caller.from_, IdentityType.USERNAME if in_app else IdentityType.NUMBER),
        to=to,
        from_=caller.from_,
        state=CallState.ASKING,
        domain=caller.domain,
        origination="MXP" if in_app else "PSTN",
        user=caller.user,
        rdnis=caller.rdnis,
        call_headers=dict(caller.call_headers),
        max_duration=exchange.settings.longest_call,
    )

    def opening(runtime: CallRuntime) -> Script[Program]:
        longest = runtime.exchange.settings.longest_setup
        runtime.later("setup", longest, lambda: runtime.interrupt(Ending("TIMEOUT")))
        return (yield from _ask_where(runtime))

    return Origin(call=call, opening=opening, going_on=_nowhere)


def callout(exchange: Exchange, plan: CallPlan) -> Origin:
    """The app has a call placed."""
    request = plan.request
    custom = plan.method == CalloutMethod.CUSTOM
    call = _new(
        exchange,
        kind=plan.method.value,
        party=Leg(identity=plan.to, role="callee"),
        to=plan.to,
        from_=plan.cli,
        domain=plan.domain,
        origination=exchange.settings.origination_of_callouts,
        custom=plan.custom,
        callback_headers=dict(plan.callback_headers),
        request=request,
        inline=_inline(request) if custom else {},
        flags=Flags(
            ace=custom or bool(request.get("enableAce")),
            pie=custom or bool(request.get("enablePie")),
            dice=custom or bool(request.get("enableDice")),
        ),
        max_duration=min(plan.max_duration, exchange.settings.longest_call),
        conference_id=None if custom else plan.conference_id,
        moh=plan.moh,
    )
    asked = "ice" in call.inline or bool(exchange.urls.primary)
    dialled = not asked and plan.to.endpoint and exchange.settings.dial_without_app

    def dial_out(runtime: CallRuntime) -> Script[Program]:
        how = plan_dial(runtime, call.max_duration, dtmf=request.get("dtmf"))
        return (yield from dial(runtime, plan.to, Side.PARTY, how))

    return Origin(
        call=call,
        opening=_ask_where if custom and not dialled else dial_out,
        going_on=_purpose(plan),
    )


def dial_in(exchange: Exchange, room: str, cli: str) -> Origin:
    """Somebody dials straight into a conference; such a call gives no events."""
    call = _new(
        exchange,
        kind="room",
        party=_caller(cli, IdentityType.NUMBER),
        to=Identity(type=IdentityType.CONFERENCE, endpoint=room),
        from_=cli,
        state=CallState.PLAYING,
        flags=Flags(ace=False, pie=False, dice=False),
        max_duration=exchange.settings.longest_call,
    )

    def opening(runtime: CallRuntime) -> Script[Program]:
        answer_party(runtime)  # whoever dials a room is in it, whatever is set
        return (yield from join(runtime, Stay(room=room)))

    return Origin(call=call, opening=opening, going_on=_nowhere)


# --- how they go on -------------------------------------------------------------------------------


def _ask_where(runtime: CallRuntime) -> Script[Program]:
    runtime.enter(CallState.ASKING)
    return (yield from ask(runtime, "ice", events.ice(runtime.exchange, runtime.call)))


def _purpose(plan: CallPlan) -> GoingOn:
    """What a callout is for, once it is answered."""
    if plan.method == CalloutMethod.TTS:
        return _message(TtsCallout.from_wire(plan.request))
    if plan.method == CalloutMethod.CONFERENCE:
        return _conference(ConferenceCallout.from_wire(plan.request))
    return _alone


def _message(callout: TtsCallout) -> GoingOn:
    def play(runtime: CallRuntime) -> Script[None]:
        settings = runtime.exchange.settings
        prompts = [spoken(callout.text, callout.locale, settings)] if callout.text else []
        prompts += read_prompts([callout.prompts], callout.locale, settings)
        runtime.enter(CallState.PLAYING)
        if settings.message_length is None:
            yield Play(prompts=prompts, side=Side.PARTY)
        else:
            for prompt in prompts:
                runtime.hear(prompt, Side.PARTY)
            yield Listen(timeout=settings.message_length)

    return play


def _conference(callout: ConferenceCallout) -> GoingOn:
    stay = Stay(
        room=callout.conference_id,
        dtmf=callout.conference_dtmf_options or ConferenceDtmfOptions(),
        moh=callout.moh_class,
    )

    def greet(runtime: CallRuntime) -> Script[None]:
        settings = runtime.exchange.settings
        greeting = callout.greeting
        greetings = [spoken(greeting, callout.locale, settings)] if greeting else []
        runtime.enter(CallState.PLAYING)
        if settings.greeting_first:
            yield Play(prompts=greetings, side=Side.PARTY)
        else:
            for prompt in greetings:
                runtime.hear(prompt, Side.PARTY)
        yield from join(runtime, stay)

    return greet


def _alone(runtime: CallRuntime) -> Script[None]:
    """The callee of a custom callout is connected to nobody."""
    runtime.enter(CallState.CONNECTED)
    yield Listen(timeout=runtime.exchange.settings.lonely_call)


def _nowhere(_: CallRuntime) -> Script[None]:
    """A caller who is connected to nobody: the call is over."""
    yield from ()


def _new(exchange: Exchange, **fields: Any) -> SimulatedCall:
    settings = exchange.settings
    rate = Money(currency_id=settings.currency, amount=settings.rate)
    return SimulatedCall(id=exchange.new_id(), placed_at=exchange.now, rate=rate, **fields)


def _caller(endpoint: str, kind: IdentityType) -> Leg:
    identity = Identity(type=kind, endpoint=endpoint)
    return Leg(identity=identity, role="caller", state=LegState.RINGING)


def _inline(request: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(request[name]) for name in _EVENTS if request.get(name)}
