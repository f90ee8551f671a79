"""The three kinds of callouts, built and checked from plain arguments (facts 7.2)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from sinch.core import checks
from sinch.errors import InvalidArgumentError
from sinch.reply import K_co, Reply
from sinch.svaml.limits import Limits
from sinch.svaml.svamlets import svamlet_of
from sinch.values import Cli
from sinch_api.codec import dumps
from sinch_api.models.calling import (
    CalloutMethod,
    CalloutRequest,
    ConferenceCallout,
    CustomCallout,
    TtsCallout,
)
from sinch_api.models.common import CallDomain, ConferenceDtmfOptions, Identity, MusicOnHold

if TYPE_CHECKING:
    from sinch.svaml.menus import Menus
    from sinch_api.models.svaml import Svamlet
    from sinch_api.models.voice_events import AceEvent, IceEvent, PieEvent

Part = TtsCallout | ConferenceCallout | CustomCallout
Inline: TypeAlias = "Svamlet | Reply[K_co] | str"
"""SVAML of one kind: a builder, a reply, a model, JSON text, or the URL to ask."""


def request(part: Part) -> CalloutRequest:
    """The request body; ``method`` says which part it carries."""
    match part:
        case TtsCallout():
            return CalloutRequest(method=CalloutMethod.TTS, tts_callout=part)
        case ConferenceCallout():
            return CalloutRequest(method=CalloutMethod.CONFERENCE, conference_callout=part)
        case CustomCallout():
            return CalloutRequest(method=CalloutMethod.CUSTOM, custom_callout=part)


def tts(
    destination: str | Identity,
    text: str | None,
    prompts: str | None,
    cli: str | Cli | None,
    locale: str | None,
    domain: CallDomain | str | None,
    limits: Limits,
) -> TtsCallout:
    """Read a text, or play prompts."""
    checks.exactly_one({"text": text, "prompts": prompts}, "what to say")
    if text is not None:
        checks.text(text, "text", max_length=limits.tts_prompt)
    return TtsCallout(
        destination=checks.destination(destination, "number"),
        cli=None if cli is None else checks.caller_id(cli),
        text=text,
        prompts=prompts,
        locale=None if locale is None else checks.locale(locale),
        domain=None if domain is None else checks.choice(CallDomain, domain, "domain"),
    )


def conference(
    destination: str | Identity,
    conference_id: str,
    cli: str | Cli | None,
    greeting: str | None,
    locale: str | None,
    music_on_hold: MusicOnHold | str | None,
    dtmf_options: ConferenceDtmfOptions | None,
    max_duration: timedelta | float | None,
    domain: CallDomain | str | None,
    limits: Limits,
) -> ConferenceCallout:
    """Bring somebody into a room."""
    checks.text(conference_id, "conference_id", max_length=limits.conference_id)
    if greeting is not None:
        checks.text(greeting, "greeting", max_length=limits.tts_prompt)
    return ConferenceCallout(
        destination=checks.destination(destination, "number"),
        conference_id=conference_id,
        cli=None if cli is None else checks.caller_id(cli),
        greeting=greeting,
        locale=None if locale is None else checks.locale(locale),
        moh_class=None
        if music_on_hold is None
        else checks.choice(MusicOnHold, music_on_hold, "music_on_hold"),
        conference_dtmf_options=None
        if dtmf_options is None
        else checks.instance(
            ConferenceDtmfOptions, dtmf_options, "dtmf_options", "a ConferenceDtmfOptions(...)"
        ),
        max_duration=_call_duration(max_duration, limits),
        domain=None if domain is None else checks.choice(CallDomain, domain, "domain"),
    )


def custom(
    destination: str | Identity | None,
    cli: str | Cli | None,
    ice: Inline[IceEvent] | None,
    ace: Inline[AceEvent] | None,
    pie: Inline[PieEvent] | None,
    dice: str | None,
    max_duration: timedelta | float | None,
    limits: Limits,
) -> CustomCallout:
    """A call that SVAML steers."""
    inline_ice = ice is not None and not _is_url(ice)
    if inline_ice and (destination is not None or cli is not None):
        rule = "must be left out with an inline ice: its connect_pstn says where to call"
        raise InvalidArgumentError(argument="destination and cli", rule=rule)
    if destination is None and not inline_ice:
        rule = "must be given, unless ice is SVAML that says where to call"
        raise InvalidArgumentError(argument="destination", rule=rule)
    if dice is not None and not _is_url(dice):
        raise InvalidArgumentError(argument="dice", rule="must be a URL")
    return CustomCallout(
        destination=None if destination is None else checks.destination(destination, "destination"),
        cli=None if cli is None else checks.caller_id(cli),
        ice=_inline(ice, "ice"),
        ace=_inline(ace, "ace"),
        pie=_inline(pie, "pie"),
        dice=dice,
        max_duration=_call_duration(max_duration, limits),
    )


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def _inline(value: Inline | None, argument: str) -> str | None:
    """SVAML as the JSON text that a custom callout carries; URLs and JSON text pass as they are."""
    if value is None:
        return None
    if isinstance(value, str):
        return checks.text(value, argument)
    return dumps(svamlet_of(value, argument, answers=argument).to_wire()).decode()


def menu(
    number: str,
    menus: Menus,
    start: str,
    cli: str | Cli | None,
    max_duration: timedelta | float | None,
    limits: Limits,
) -> CustomCallout:
    """Dial, and run the menus once somebody answers; faults of the menus are reported here."""
    if not hasattr(menus, "svaml"):
        raise InvalidArgumentError(argument="menus", rule="must be made by svaml.menus()")
    connect = menus.svaml.ice().connect_pstn(checks.phone_number(number, "number"))
    if cli is None:
        connect.with_anonymous_cli()
    else:
        connect.with_cli(checks.caller_id(cli))
    if max_duration is not None:
        connect.with_bridge_timeout(
            checks.duration(max_duration, "max_duration", at_most=limits.bridge)
        )
    return CustomCallout(
        ice=connect.build().body, ace=menus.svaml.ace().run_menu(start, menus).build().body
    )


def _call_duration(value: timedelta | float | None, limits: Limits) -> timedelta | None:
    return None if value is None else checks.duration(value, "max_duration", at_most=limits.bridge)
