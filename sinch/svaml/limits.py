"""Every limit the builders enforce, in one place, with where it comes from.

The numbers are those of :mod:`sinch.limits`.
"""

from __future__ import annotations

from datetime import timedelta

import attrs

from sinch import limits
from sinch.core.checks import as_span
from sinch.errors import InvalidArgumentError


def _span(value: timedelta | float) -> timedelta:
    found = as_span(value)
    return timedelta(0) if found is None else found  # which is refused, with the field's name


@attrs.frozen(kw_only=True)
class Limits:
    """What a reply may contain at most; pass one to :class:`~sinch.svaml.Svaml` to change it.

    Sinch raises some of them for an application on request: ``Svaml(limits=Limits(tts_prompt=1200))``.
    The 2018 README promised 200 characters of speech: ``Limits(tts_prompt=200, tts_total=200)``.
    Times are timedeltas, or seconds. Raises
    :class:`~sinch.errors.InvalidArgumentError` for a limit that is zero or negative.
    """

    tts_prompt: int = limits.SPOKEN
    """Characters of one spoken prompt, text or SSML with its markup (docs/platform/svaml.md#instructions)."""
    tts_total: int = limits.SPOKEN_IN_ALL
    """Characters spoken by all instructions of one reply (SDK of 2018, docs/platform/limits.md).

    Prompts of menus are not added, since a caller hears one menu at a time; ``lint`` adds them.
    """
    file_name: int = limits.FILE_NAME
    """Characters of a prompt file's name (SDK of 2018, docs/platform/limits.md)."""
    cookie_id: int = limits.COOKIE_NAME
    """Characters of the name of a cookie (README, docs/platform/svaml.md#instructions)."""
    cookies: int = limits.COOKIES
    """UTF-8 bytes of all cookies of one reply, names and values (docs/platform/svaml.md#instructions)."""
    call_headers: int = limits.CALL_HEADERS
    """UTF-8 bytes of all call headers, names and values (docs/platform/values.md#call-headers)."""
    conference_id: int = limits.CONFERENCE_ID
    """Characters of a conference id (docs/platform/limits.md)."""
    menu_id: int = limits.MENU_ID
    """Characters of a menu id (SDK of 2018, docs/platform/svaml.md#menus)."""
    user_name: int = limits.USER_NAME
    """Characters of an in-app user name (SDK of 2018, docs/platform/limits.md)."""
    tag: int = limits.TAG
    """Characters of the name, and of the value, of a billing tag (docs/platform/svaml.md#actions)."""
    report_details: int = limits.REPORT_DETAILS
    """Characters of the details of ``report_call_status``; Sinch cuts longer ones (docs/platform/svaml.md#instructions)."""
    bridge: timedelta = attrs.field(default=limits.LONGEST_CALL, converter=_span)
    """Longest time two legs may stay connected; also the default of ``connect_pstn`` (docs/platform/svaml.md#actions)."""
    park_min: timedelta = attrs.field(default=limits.SHORTEST_PARKING, converter=_span)
    """Shortest time to park a call (README's intent, docs/platform/svaml.md#default-cli)."""
    park_max: timedelta = attrs.field(default=limits.LONGEST_PARKING, converter=_span)
    """Longest time to park a call (docs/platform/svaml.md#actions)."""
    menu_timeout_min: timedelta = attrs.field(default=limits.SHORTEST_MENU_TIMEOUT, converter=_span)
    """Shortest wait for input in a menu (SDK of 2018, docs/platform/limits.md)."""
    menu_timeout_max: timedelta = attrs.field(default=limits.LONGEST_MENU_TIMEOUT, converter=_span)
    """Longest wait for input in a menu (SDK of 2018, docs/platform/limits.md)."""

    def __attrs_post_init__(self) -> None:
        for field in attrs.fields(Limits):
            value = getattr(self, field.name)
            if isinstance(field.default, timedelta):
                if not isinstance(value, timedelta) or value <= timedelta(0):
                    rule = "must be a timedelta or seconds, above zero"
                    raise InvalidArgumentError(argument=field.name, rule=rule)
            elif type(value) is not int or value < 1:
                rule = "must be a whole number of at least 1"
                raise InvalidArgumentError(argument=field.name, rule=rule)
