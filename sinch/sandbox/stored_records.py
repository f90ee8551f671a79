"""The format of the state file: records to JSON and back, checked on the way in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from sinch.values import PhoneNumber
from sinch_api.codec import write_datetime
from sinch_api.models.calling import CallbackUrls, NumberCapability
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import (
    CodeType,
    VerificationMethod,
    VerificationReason,
    VerificationSource,
    VerificationStatus,
)

from .records import Message, OwnedNumber, ReceivedMessage, Verification
from .targets import check_url

if TYPE_CHECKING:
    from .services import Services

VERSION: Final = 1
_FORMAT: Final = "sinch-sandbox"


class StateFileError(ValueError):
    """A state file that cannot be used; the text says why."""


@attrs.frozen(kw_only=True)
class SavedState:
    """What a state file holds."""

    ahead: timedelta
    numbers: Mapping[str, OwnedNumber]
    voice: CallbackUrls
    verification_url: str | None
    sms_url: str | None
    messages: tuple[Message, ...]
    inbox: tuple[ReceivedMessage, ...]
    verifications: tuple[Verification, ...]


def write_state(services: Services) -> str:
    """Everything that is kept, as JSON."""
    state, applications = services.state, services.applications
    document = {
        "format": _FORMAT,
        "version": VERSION,
        "aheadSeconds": state.timeline.ahead.total_seconds(),
        "numbers": [
            {
                "number": owned.number,
                "assigned": owned.application_key is not None,
                "capability": owned.capability.value,
            }
            for owned in applications.owned.values()
        ],
        "callbacks": services.callback_urls(),
        "messages": [_to_json(message) for message in services.messages.sent],
        "inbox": [_to_json(message) for message in services.inbox.received],
        "verifications": [_to_json(item) for item in services.verifications.started],
    }
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"


def read_state(text: str) -> SavedState:
    """Read a state file. Raises :class:`StateFileError`."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise StateFileError("it is not JSON") from None
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise StateFileError("it is not a state file of the Sinch sandbox")
    version = document.get("version")
    if version != VERSION:
        raise StateFileError(f"it has version {version!r}, and this program reads {VERSION}")
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as problem:
        detail = f"{type(problem).__name__}: {problem}"
        raise StateFileError(f"it is damaged ({detail[:200]})") from None


def _read(document: Mapping[str, Any]) -> SavedState:
    callbacks = document["callbacks"]
    voice = callbacks["voice"]
    return SavedState(
        ahead=timedelta(seconds=float(document["aheadSeconds"])),
        numbers={number.number: number for number in map(_number, document["numbers"])},
        voice=CallbackUrls(primary=_url(voice["primary"]), fallback=_url(voice["fallback"])),
        verification_url=_url(callbacks["verification"]),
        sms_url=_url(callbacks["sms"]),
        messages=_records(document["messages"], _message),
        inbox=_records(document["inbox"], _received),
        verifications=_records(document["verifications"], _verification),
    )


def _records(raw: Any, read: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise TypeError("a list is expected")
    return tuple(read(item) for item in raw)


def _number(raw: Mapping[str, Any]) -> OwnedNumber:
    return OwnedNumber(
        number=str(PhoneNumber.parse(raw["number"])),
        application_key="assigned" if raw["assigned"] is True else None,
        capability=NumberCapability(raw["capability"]),
    )


def _url(raw: str | None) -> str | None:
    return None if raw is None else check_url(raw, "a callback URL")


# --- records: their fields by name; times and enumerations as text --------------------------------


def _to_json(record: Any) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(record, field.name))
        for field in attrs.fields(type(record))
        if getattr(record, field.name) is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return write_datetime(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return getattr(value, "value", value)


def _message(raw: Mapping[str, Any]) -> Message:
    return Message(**_given(raw, Message, {"sent_at": _time, "status": SmsStatus, "sender": _text}))


def _received(raw: Mapping[str, Any]) -> ReceivedMessage:
    return ReceivedMessage(**_given(raw, ReceivedMessage, {"received_at": _time}))


def _verification(raw: Mapping[str, Any]) -> Verification:
    readers = {
        "method": VerificationMethod,
        "created_at": _time,
        "expires_at": _time,
        "settled_at": _time,
        "code_type": CodeType,
        "dial_timeout": lambda value: timedelta(seconds=float(value)),
        "status": VerificationStatus,
        "reason": VerificationReason,
        "source": VerificationSource,
        "languages": lambda value: tuple(map(_text, value)),
        "metadata": dict,
    }
    return Verification(**_given(raw, Verification, readers))


def _given(raw: Mapping[str, Any], kind: Any, readers: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record; texts and integers are checked by their annotations."""
    found: dict[str, Any] = {}
    for field in attrs.fields(kind):
        if field.name in raw:
            read = readers.get(field.name) or _READERS[str(field.type).partition(" ")[0]]
            found[field.name] = read(raw[field.name])
    if "sender" not in found and kind is Message:
        found["sender"] = None
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _time(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return moment


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("an integer is expected")
    return value


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is expected")
    return value


_READERS: Final[Mapping[str, Any]] = {"str": _text, "int": _int, "bool": _bool}
