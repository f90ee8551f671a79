"""What happened in a call, line by line; for tests that fail readably and for live views."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, Final

import attrs

from sinch_api.codec import write_datetime, write_decimal


class Side(Enum):
    """One end of a call.

    PARTY is the phone the IVR talks to: the caller of an inbound call, the callee of a callout.
    FAR is whom it got connected to.
    """

    PARTY = "party"
    FAR = "far"


@attrs.frozen(kw_only=True)
class Entry:
    """One line. ``str(entry)`` reads well, ``to_json()`` has everything."""

    at: datetime
    TEXT: ClassVar[str] = ""
    kind: ClassVar[str] = ""
    """The class name in snake case, such as ``not_answered``."""

    def __init_subclass__(cls) -> None:
        cls.kind = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @cached_property
    def members(self) -> str:
        """All that is shown of the line as members of a JSON object, without its braces.

        Made once: a page that follows a call looks at every line again and again.
        """
        return to_text(self.shown())[1:-1]

    def to_json(self) -> dict[str, Any]:
        """All fields, ready for JSON."""
        fields = {
            field.name: _plain(getattr(self, field.name)) for field in attrs.fields(type(self))
        }
        return {"kind": self.kind, **fields}

    def shown(self) -> dict[str, Any]:
        """The same for somebody who looks: ``text`` reads well, ``words`` were heard or said."""
        fields = self.to_json()
        text = self._reading(fields)
        if "text" in fields:
            fields["words"] = fields.pop("text")
        fields["text"] = text
        return fields

    def _reading(self, fields: dict[str, Any]) -> str:
        return self.TEXT.format_map(_Short(fields))

    def __str__(self) -> str:
        return self._reading(self.to_json())


@attrs.frozen(kw_only=True)
class Dialling(Entry):
    """The platform dials a destination."""

    to: str
    side: Side
    cli: str | None = None
    """The caller shown; None as inherited from the call."""
    TEXT = "dialling {to}"


@attrs.frozen(kw_only=True)
class Ringing(Entry):
    """A phone rings."""

    to: str
    side: Side
    TEXT = "{to} rings"


@attrs.frozen(kw_only=True)
class Answered(Entry):
    """A leg is answered: by a person, a machine, or the platform for an inbound call."""

    to: str
    side: Side
    TEXT = "{to} is answered"


@attrs.frozen(kw_only=True)
class NotAnswered(Entry):
    """A destination was busy, rang in vain or failed; ``why`` if there is more to say."""

    to: str
    side: Side
    result: str
    why: str = ""
    TEXT = "{to} is not answered: {result}"

    def __str__(self) -> str:
        return super().__str__() + (f" ({self.why})" if self.why else "")


@attrs.frozen(kw_only=True)
class Asked(Entry):
    """An event for which the call awaits SVAML; ``inline`` if the callout brought the answer."""

    event: str
    payload: Mapping[str, Any]
    url: str
    inline: bool = False
    TEXT = "event {event} -> app"


@attrs.frozen(kw_only=True)
class Replied(Entry):
    """The app's answer, as JSON; a text if it was none."""

    event: str
    payload: Any
    TEXT = "{event} <- {payload}"


@attrs.frozen(kw_only=True)
class CallbackFailed(Entry):
    """A callback that brought no answer."""

    event: str
    reason: str
    url: str
    TEXT = "{event} failed: {reason}"


@attrs.frozen(kw_only=True)
class Told(Entry):
    """An event whose answer does not matter."""

    event: str
    payload: Mapping[str, Any]
    TEXT = "event {event} -> app"


@attrs.frozen(kw_only=True)
class Refused(Entry):
    """An answer or update that was not legal SVAML."""

    event: str
    code: int
    message: str
    TEXT = "{event} refused: {code} {message}"


@attrs.frozen(kw_only=True)
class Heard(Entry):
    """A prompt starts to play. ``source``: tts, ssml, file, url or error."""

    text: str
    source: str
    locale: str
    side: Side
    TEXT = '{side} hears "{text}" ({source}, {locale})'


@attrs.frozen(kw_only=True)
class ToneHeard(Entry):
    """Tones that the platform or another participant sent."""

    digits: str
    side: Side
    TEXT = "{side} hears tones {digits}"


@attrs.frozen(kw_only=True)
class Pressed(Entry):
    """Keys on a phone; not ``used`` if nobody listened."""

    digits: str
    side: Side
    used: bool
    TEXT = "{side} presses {digits}"


@attrs.frozen(kw_only=True)
class Spoken(Entry):
    """Words into a phone; not ``used`` if nobody listened."""

    text: str
    side: Side
    used: bool
    TEXT = '{side} says "{text}"'


@attrs.frozen(kw_only=True)
class MenuEntered(Entry):
    """A menu starts."""

    menu_id: str
    TEXT = "menu {menu_id}"


@attrs.frozen(kw_only=True)
class MenuChoice(Entry):
    """An option was taken."""

    menu_id: str
    dtmf: str
    action: str
    TEXT = "menu {menu_id}: {dtmf} is {action}"


@attrs.frozen(kw_only=True)
class MenuLeft(Entry):
    """The menus are over: return, sequence, timeout, invalidinput, hangup or error."""

    menu_id: str
    result: str
    value: str | None
    TEXT = "menu {menu_id} ends: {result} {value}"


@attrs.frozen(kw_only=True)
class CookieSet(Entry):
    """A cookie was set."""

    key: str
    value: str
    TEXT = "cookie {key}={value}"


@attrs.frozen(kw_only=True)
class Connected(Entry):
    """The two sides hear each other."""

    to: str
    TEXT = "connected to {to}"


@attrs.frozen(kw_only=True)
class Joined(Entry):
    """The party enters a conference room."""

    room: str
    TEXT = "joins room {room}"


@attrs.frozen(kw_only=True)
class Left(Entry):
    """The party leaves a conference room."""

    room: str
    TEXT = "leaves room {room}"


@attrs.frozen(kw_only=True)
class Music(Entry):
    """Music on hold starts or stops."""

    moh: str
    playing: bool
    TEXT = "music {moh} playing: {playing}"


@attrs.frozen(kw_only=True)
class Command(Entry):
    """Muted, unmuted, put on hold or resumed in a room."""

    command: str
    TEXT = "conference command {command}"


@attrs.frozen(kw_only=True)
class Parked(Entry):
    """The call is parked."""

    TEXT = "parked"


@attrs.frozen(kw_only=True)
class Unparked(Entry):
    """The call is fetched from the parking."""

    TEXT = "unparked"


@attrs.frozen(kw_only=True)
class RecordingStarted(Entry):
    """A recording starts; ``of`` is call or room."""

    of: str
    TEXT = "recording of the {of} starts"


@attrs.frozen(kw_only=True)
class RecordingStopped(Entry):
    """A recording ends; where the file goes."""

    of: str
    destination: str
    TEXT = "recording of the {of} ends: {destination}"


@attrs.frozen(kw_only=True)
class MachineDetected(Entry):
    """What answering machine detection found."""

    status: str
    reason: str
    TEXT = "detection: {status} ({reason})"


@attrs.frozen(kw_only=True)
class StatusReported(Entry):
    """What the answer to DICE reported (ReportCallStatus)."""

    value: str
    details: str
    TEXT = "app reports {value} {details}"


@attrs.frozen(kw_only=True)
class Ended(Entry):
    """The call is over."""

    reason: str
    result: str
    duration: timedelta
    TEXT = "ended: {result} {reason} after {duration} s"


to_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON without spaces, letters as they are."""


def _plain(value: Any) -> Any:
    if value is None or value.__class__ in _PLAIN:
        return value
    if isinstance(value, datetime):
        return write_datetime(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, Decimal):
        return write_decimal(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | None) else str(value)


_PLAIN = frozenset({str, int, bool, float})


class _Short(dict[str, Any]):
    """Values as a line shows them, made for those that it does show."""

    def __getitem__(self, name: str) -> str:
        value = super().__getitem__(name)
        text = "" if value is None else str(value)
        return text if len(text) <= 200 else text[:199] + "…"
