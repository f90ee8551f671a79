"""What the state file holds: settings and records as JSON and back, checked on the way in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from sinch.sandbox.delivery.targets import check_url
from sinch.sandbox.platform.records import (
    Message,
    OwnedNumber,
    ReceivedMessage,
    Stored,
    Verification,
)
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

from .state_file import Row, StateFileError

if TYPE_CHECKING:
    from sinch.sandbox.platform.services import Services

T = TypeVar("T")
_DAMAGE: Final = (KeyError, TypeError, ValueError, OverflowError, AttributeError, RecursionError)


@attrs.frozen(kw_only=True)
class SavedSettings:
    """What is kept besides records."""

    ahead: timedelta
    numbers: Mapping[str, OwnedNumber]
    voice: CallbackUrls
    verification_url: str | None
    sms_url: str | None


def write_settings(services: Services) -> str:
    """How far the clock is ahead, numbers, and callback URLs."""
    urls, targets = services.applications.callbacks, services.state.targets
    document = {
        "aheadSeconds": services.state.scheduler.ahead.total_seconds(),
        "numbers": [
            {
                "number": owned.number,
                "assigned": owned.application_key is not None,
                "capability": owned.capability.value,
            }
            for owned in services.applications.owned.values()
        ],
        "voice": {"primary": urls.primary, "fallback": urls.fallback},
        "verification": targets.verification,
        "sms": targets.sms,
    }
    return json.dumps(document)


def read_settings(text: str) -> SavedSettings:
    """The same read back. Raises :class:`.StateFileError`."""
    return _unless_damaged("the settings", lambda: _settings(json.loads(text)))


def key_of(record: Stored) -> tuple[str, str]:
    """The kind and the id that a record is stored under."""
    return _KINDS[type(record)], str(record.id)


def write_record(record: Stored) -> Row:
    """A record as a row."""
    kind, identity = key_of(record)
    return Row(kind, identity, json.dumps(_to_json(record)))


def read_record(row: Row) -> Stored:
    """The same read back. Raises :class:`.StateFileError`."""
    return _unless_damaged(f"{row.kind} {row.id}", lambda: _READ[row.kind](json.loads(row.data)))


def _unless_damaged(what: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except _DAMAGE as problem:
        detail = f"{type(problem).__name__}: {problem}"
        raise StateFileError(f"{what} in it is damaged ({detail[:200]})") from None


def _settings(document: Mapping[str, Any]) -> SavedSettings:
    voice = document["voice"]
    return SavedSettings(
        ahead=timedelta(seconds=float(document["aheadSeconds"])),
        numbers={number.number: number for number in map(_number, document["numbers"])},
        voice=CallbackUrls(primary=_url(voice["primary"]), fallback=_url(voice["fallback"])),
        verification_url=_url(document["verification"]),
        sms_url=_url(document["sms"]),
    )


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


_KINDS: Final[Mapping[type[Any], str]] = {
    Message: "message",
    ReceivedMessage: "inbox",
    Verification: "verification",
}
_READ: Final[Mapping[str, Callable[[Mapping[str, Any]], Stored]]] = {
    "message": _message,
    "inbox": _received,
    "verification": _verification,
}
