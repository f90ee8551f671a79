"""Rules for what only callouts are given; each raises InvalidArgumentError."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sinch.core import checks
from sinch.errors import InvalidArgumentError
from sinch.reply import K_co, Reply
from sinch.svaml.svamlets import svamlet_of
from sinch.urls import begins_as_url
from sinch.values import Locale, dtmf_sequence
from sinch_api.codec import dumps
from sinch_api.models.common import ConferenceDtmfOptions, Identity, IdentityType, MusicOnHold

if TYPE_CHECKING:
    from sinch.svaml.svamlets import AnySvamlet

Inline: TypeAlias = "AnySvamlet | Reply[K_co] | str"
"""SVAML of one kind: a builder, a reply, a model, JSON text, or the URL to ask."""


def destination(value: str | Identity, argument: str) -> Identity:
    """Where to call: a number, or an :class:`Identity` for users of an app and SIP addresses."""
    if isinstance(value, Identity):
        checks.text(value.endpoint, argument)
        return value
    return Identity(type=IdentityType.NUMBER, endpoint=checks.phone_number(value, argument))


def locale(value: str, argument: str = "locale") -> Locale:
    """A language, or the name of a voice."""
    try:
        return value if isinstance(value, Locale) else Locale(value)
    except ValueError as error:
        raise InvalidArgumentError(argument=argument, rule=str(error)) from None


def dtmf(value: str, argument: str = "dtmf") -> str:
    """Keys to press: ``0-9``, ``#`` and ``w`` for half a second of silence."""
    if not isinstance(value, str):
        raise InvalidArgumentError(argument=argument, rule="must be text of the keys to press")
    try:
        return dtmf_sequence(value)
    except ValueError as error:
        raise InvalidArgumentError(argument=argument, rule=str(error)) from None


def music_on_hold(value: MusicOnHold | str) -> MusicOnHold:
    """What is heard while alone in a room."""
    return checks.choice(MusicOnHold, value, "music_on_hold")


def conference_dtmf_options(value: ConferenceDtmfOptions) -> ConferenceDtmfOptions:
    """What keys do in a room."""
    advice = "a ConferenceDtmfOptions(...)"
    return checks.instance(ConferenceDtmfOptions, value, "dtmf_options", advice)


def is_url(value: object) -> bool:
    """Whether it is the address to ask for SVAML, rather than SVAML."""
    return isinstance(value, str) and begins_as_url(value)


def url(value: str, argument: str) -> str:
    """An address to ask for SVAML."""
    if not is_url(value):
        raise InvalidArgumentError(argument=argument, rule="must be a URL")
    return value


def inline(value: Inline, argument: str) -> str:
    """SVAML as the JSON text that a custom callout carries; URLs and JSON text pass as they are."""
    if isinstance(value, str):
        return checks.text(value, argument)
    return dumps(svamlet_of(value, argument, answers=argument).to_wire()).decode()
