"""Checks of single arguments; each returns what goes on the wire or raises :class:`SvamlError`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sinch.core.checks import ONE_LINE, as_span, is_one_line
from sinch.errors import SvamlError
from sinch.values import Cli, Dtmf, HangupCause, Indications, Locale, PhoneNumber, dtmf_sequence

if TYPE_CHECKING:
    from sinch.svaml.limits import Limits
    from sinch_api.models.common import Identity

_PRINTABLE: Final = re.compile(r"[!-~][ -~]*")
_SECOND: Final = timedelta(seconds=1)
_MILLISECOND: Final = timedelta(milliseconds=1)


def text(value: str, what: str, limit: int | None = None, setting: str = "") -> str:
    """Text that is not blank and no longer than ``limit`` characters."""
    if not isinstance(value, str):
        raise SvamlError(f"{what} must be text, not {type(value).__name__}")
    if not value.strip():
        raise SvamlError(f"{what} must not be blank")
    if limit is not None and len(value) > limit:
        raise SvamlError(
            f"{what} has {len(value)} characters, at most {limit} are allowed (Limits.{setting})"
        )
    return value


def name(value: str, what: str, limit: int | None = None, setting: str = "") -> str:
    """Text as :func:`text` takes it that is one line as well: it may become part of a header."""
    return _one_line(text(value, what, limit, setting), what)


def number(value: str) -> str:
    """An international phone number."""
    try:
        return PhoneNumber.parse(value)
    except ValueError as error:
        raise SvamlError(str(error)) from None


def cli(value: str | Cli) -> str:
    """A caller id to show; its meaning is for Sinch to judge."""
    return name(value.wire if isinstance(value, Cli) else value, "cli").strip()


def _one_line(value: str, what: str) -> str:
    if not is_one_line(value):
        raise SvamlError(f"{what} {ONE_LINE}")
    return value


def flag(value: bool, what: str) -> bool:
    """Yes or no; text such as ``"false"``, which Python takes for yes, is refused."""
    if not isinstance(value, bool):
        raise SvamlError(f"{what} must be True or False, not {type(value).__name__}")
    return value


def indications(value: str) -> str:
    """The country whose tones are heard, as Sinch writes it: ``SE`` becomes ``se``."""
    try:
        return Indications(value.lower() if isinstance(value, str) else value)
    except ValueError as error:
        raise SvamlError(str(error)) from None


def locale(value: str) -> Locale:
    """A language or voice."""
    try:
        return value if isinstance(value, Locale) else Locale(value)
    except ValueError as error:
        raise SvamlError(str(error)) from None


def tones(value: str) -> str:
    """Tones to send."""
    try:
        return dtmf_sequence(value)
    except ValueError as error:
        raise SvamlError(str(error)) from None


def key(value: Dtmf | str | int) -> str:
    """A key a caller may press."""
    try:
        found: object = value  # Dtmf reads numbers too
        return Dtmf(found).value  # type: ignore[arg-type]
    except ValueError:
        raise SvamlError(f"{value!r:.20} is not a key: use Dtmf, or one of 0-9, '*', '#'") from None


def cause(value: CauseLike) -> int:
    """Why a call is refused."""
    # not True and 1.0, which Python takes for the number 1
    found: object = "" if isinstance(value, bool | float) else value
    try:
        return HangupCause(found).value  # type: ignore[arg-type]  # it reads names too
    except ValueError:
        raise SvamlError(
            f"{value!r:.20} is not a HangupCause: use 'normal', 'busy' or 'congestion'"
        ) from None


def seconds(
    value: timedelta | float,
    what: str,
    *,
    least: timedelta = _SECOND,
    most: timedelta | None = None,
) -> int:
    """A duration in whole seconds within a range, from a timedelta or a number of seconds."""
    span = _range(value, what, least, most)
    if span % _SECOND:
        raise SvamlError(f"{what} must be whole seconds")
    return span // _SECOND


def milliseconds(
    value: timedelta | float, what: str, least: timedelta, most: timedelta | None
) -> int:
    """A duration in whole milliseconds within a range, from a timedelta or a number of seconds."""
    return _range(value, what, least, most) // _MILLISECOND


def _range(
    value: timedelta | float, what: str, least: timedelta, most: timedelta | None
) -> timedelta:
    span = value if isinstance(value, timedelta) else as_span(value)
    if span is None:
        raise SvamlError(
            f"{what} must be a timedelta or a number of seconds, not {type(value).__name__}"
        )
    if span < least or (most is not None and span > most):
        bounds = f"at least {least}" if most is None else f"{least} to {most}"
        raise SvamlError(f"{what} must be {bounds} (hours:minutes:seconds), not {span}")
    return span


def at_least(value: int, least: int, what: str) -> int:
    """A whole number that is not too small."""
    if type(value) is not int or value < least:
        raise SvamlError(f"{what} must be a whole number of at least {least}")
    return value


def cookie(key: str, value: str, limits: Limits) -> int:
    """Check one cookie and return its size in bytes."""
    if (
        isinstance(key, str)
        and isinstance(value, str)
        and _PRINTABLE.fullmatch(key)
        and _PRINTABLE.fullmatch(value)
        and len(key) <= limits.cookie_id
    ):  # nearly always
        return len(key) + len(value)
    _one_line(
        text(key, "the name of a cookie", limits.cookie_id, "cookie_id"), "the name of a cookie"
    )
    if not isinstance(value, str):
        raise SvamlError(f"the value of a cookie must be text, not {type(value).__name__}")
    _one_line(value, f"the value of cookie {key!r}")
    return size(key, value)


def cookies(values: Mapping[str, str], limits: Limits) -> list[dict[str, str]]:
    """Cookies given as a mapping."""
    total = 0
    found: list[dict[str, str]] = []
    # asked by class first: whether something is an instance of an abstract class takes long
    for key, value in values.items() if type(values) is dict else _items(values, "cookies"):
        total += cookie(key, value, limits)
        found.append({"key": key, "value": value})
    cookies_fit(total, limits)
    return found


def cookies_fit(total: int, limits: Limits) -> None:
    """Refuse cookies that are too large together."""
    if total > limits.cookies:
        raise SvamlError(
            f"the cookies take {total} bytes, at most {limits.cookies} are allowed (Limits.cookies)"
        )


def _items(values: Mapping[str, str], what: str) -> Iterable[tuple[str, str]]:
    if not isinstance(values, Mapping):
        raise SvamlError(f"{what} are a mapping of names to text, not {type(values).__name__}")
    return values.items()


def call_headers(values: Mapping[str, str], limits: Limits) -> list[dict[str, str]]:
    """Headers that travel with the call."""
    total = 0
    for key, value in _items(values, "call headers"):
        name(key, "the name of a call header")
        if not isinstance(value, str):
            raise SvamlError(f"call header {key!r} must be text, not {type(value).__name__}")
        _one_line(value, f"call header {key!r}")
        total += size(key, value)
    if total > limits.call_headers:
        raise SvamlError(
            f"the call headers take {total} bytes, at most {limits.call_headers} are allowed "
            "(Limits.call_headers)"
        )
    return [{"key": key, "value": value} for key, value in values.items()]


def size(key: str, value: str) -> int:
    """UTF-8 bytes of both; text that has no UTF-8 form is refused."""
    if key.isascii() and value.isascii():
        return len(key) + len(value)
    try:
        return len(key.encode()) + len(value.encode())
    except UnicodeEncodeError:
        raise SvamlError("text with half a character (a lone surrogate) cannot be sent") from None


def user(value: str | Identity, limits: Limits) -> dict[str, str]:
    """An in-app user by name, or any identity; each type by its own rule."""
    if isinstance(value, str):
        kind, endpoint = "username", value
    else:
        kind = str(getattr(value, "type", None) or "username")
        endpoint = getattr(value, "endpoint", "")
    if kind == "username":
        name(endpoint, "the user name", limits.user_name, "user_name")
    elif kind == "number":
        endpoint = number(endpoint)
    elif kind == "sip":
        endpoint = sip_address(endpoint)
    else:
        name(endpoint, f"the endpoint of type {kind}")
    return {"type": kind, "endpoint": endpoint}


def sip_address(value: str) -> str:
    """``user@host`` with an optional port, with or without ``sip:`` in front."""
    address = text(value, "the SIP address").strip()
    if address[:4].casefold() == "sip:":
        address = address[4:]
    if address[:5].casefold() == "sips:":
        raise SvamlError("leave out 'sips:' and call with_transport('TLS') instead")
    person, at, host = address.partition("@")
    if not (person and at and host) or "@" in host or any(map(str.isspace, address)):
        raise SvamlError("a SIP address is user@host or user@host:port")
    return address


def recording(
    destination: str | None,
    credentials: str | None,
    format: str | None,  # noqa: A002 - the name Sinch uses
    notify: bool | None,
    transcription: Transcription,
    spoken: str,
) -> dict[str, Any]:
    """Where and how to record, without what was not set; ``spoken`` is the language of the call."""
    options: dict[str, Any] = {}
    if destination is not None:
        scheme, mark, place = text(destination, "the destination").partition("://")
        if not (scheme and mark and place):
            raise SvamlError(
                "a recording's destination is an address such as s3://bucket/path or "
                "azure://account/container"
            )
        options["destinationUrl"] = destination
    if credentials is not None:
        options["credentials"] = text(credentials, "credentials")
    if format is not None:
        options["format"] = text(format, "format")
    if notify is not None:
        options["notificationEvents"] = flag(notify, "notify")
    if transcription is False:
        options["transcriptionOptions"] = {"enabled": False}
    elif transcription is not None:
        tag = locale(spoken if transcription is True else transcription)
        # a voice such as en-US/female speaks; a transcript needs the language alone
        options["transcriptionOptions"] = {"enabled": True, "locale": tag.partition("/")[0]}
    return options


CauseLike: TypeAlias = HangupCause | Literal["normal", "busy", "congestion"] | int
"""Why a call is refused: :class:`~sinch.values.HangupCause`, its name, or its number."""

Transcription: TypeAlias = str | bool | None
"""A language, ``True`` for the language of the reply, ``False`` for none, ``None`` to not say."""
