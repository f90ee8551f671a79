"""What a client asks for, checked, in the form in which it stands in answers.

Limits are those of the specification; what goes beyond one field is checked here.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from sinch import limits
from sinch.sandbox.delivery.targets import check_url
from sinch_api.codec import Malformed
from sinch_api.enums import OpenEnum
from sinch_api.model import Model
from sinch_api.models.messages import MessagesErrorCode, UnknownBatchRequest, UnknownBatchUpdate

from . import numbers
from .refusals import constraint, forbidden, invalid_format, malformed
from .texts import DEFAULT

T = TypeVar("T")
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{1,16}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})*")
_BYTES: Final = 140
#: What an answer has though a client left it out.
_DEFAULTS: Final[dict[str, Any]] = {"delivery_report": "none", "feedback_enabled": False}


def read(raw: object, reader: Callable[[Any], T]) -> T:
    """Read a body and hold it against the limits of the specification; raises :class:`.PlanRefusal`."""
    try:
        found = reader(raw)
    except Malformed as problem:
        raise malformed(problem) from None
    if isinstance(found, UnknownBatchRequest | UnknownBatchUpdate):
        raise invalid_format("type", "has to be one of mt_text, mt_binary, mt_media")
    _within_limits(found)
    return found


def _within_limits(value: object) -> None:
    """Models that are read may be beyond their limits; those that Python code makes may not."""
    if not isinstance(value, Model):
        return
    reading = type(value)._reading  # noqa: SLF001 - checked by itself only where Python code makes one
    for name in reading.fields:
        field = getattr(value, name)
        if isinstance(field, OpenEnum) and not field.is_known:
            listed = ", ".join(str(member) for member in type(field))
            raise invalid_format(name, f"has to be one of {listed}")
        bounds = reading.bounds.get(name)
        left_out = field == () and name not in reading.needed
        problem = None if bounds is None or left_out else bounds.problem(field)
        if problem is not None:
            raise constraint(name.rstrip("_") + problem[0], problem[1])
        _within_limits(field)


def batch_fields(request: Model) -> dict[str, Any]:
    """The fields of a batch as answers have them; raises :class:`.PlanRefusal`."""
    given = request.to_wire()  # type: ignore[attr-defined]
    fields = {**given, **{name: value for name, value in _DEFAULTS.items() if name not in given}}
    fields["to"] = list(dict.fromkeys(recipient(each) for each in given["to"]))
    return checked(fields)


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields once they are together; also those of a batch that was changed."""
    if "from" in fields:
        fields["from"] = numbers.sender(fields["from"])
        if not fields["from"]:
            raise constraint("from", "is blank")
    if "parameters" in fields:
        fields["parameters"] = _parameters(fields["parameters"])
    if "callback_url" in fields:
        try:
            check_url(fields["callback_url"], "callback_url")
        except ValueError:
            raise invalid_format("callback_url", "has to be an http or https URL") from None
    _BODIES[fields["type"]](fields)
    return fields


def recipient(text: str) -> str:
    """A number, or the id of a group."""
    found = text.strip()
    return found if numbers.is_group(found) else numbers.digits(found, "to")


def _text(fields: Mapping[str, Any]) -> None:
    if not fields["body"].strip():
        raise constraint("body", "is blank")


def _binary(fields: Mapping[str, Any]) -> None:
    if not _HEX.fullmatch(fields["udh"]):
        raise invalid_format("udh", "has to be hexadecimal digits, two for each byte")
    size = len(b64decode(fields["body"])) + len(fields["udh"]) // 2
    if size > _BYTES:
        raise constraint("body", f"and udh have {size} bytes together: at most {_BYTES}")


def _media(fields: Mapping[str, Any]) -> None:
    try:
        check_url(fields["body"]["url"], "body.url")
    except ValueError:
        raise invalid_format("body.url", "has to be an http or https URL") from None


_BODIES: Final[Mapping[str, Callable[[Mapping[str, Any]], None]]] = {
    "mt_text": _text,
    "mt_binary": _binary,
    "mt_media": _media,
}


def _parameters(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key, values in given.items():
        if _KEY.fullmatch(key) is None:
            raise constraint("parameters", f"has a key that is not allowed: {key!r:.40}")
        if any(len(value) > limits.PARAMETER_VALUE for value in values.values()):
            most = limits.PARAMETER_VALUE
            raise constraint(f"parameters.{key}", f"has a value of more than {most} characters")
        found[key] = {
            number if number == DEFAULT else numbers.digits(number, f"parameters.{key}"): value
            for number, value in values.items()
        }
    return found


def times(
    send_at: datetime | None, expire_at: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """When a batch is sent and when it expires; a time that is over means now."""
    start = now if send_at is None else max(send_at, now)
    try:
        latest = start + limits.LONGEST_VALIDITY
    except OverflowError:
        raise constraint("send_at", "is too far away") from None
    if expire_at is None:
        return start, latest
    if not start < expire_at <= latest:
        days = limits.LONGEST_VALIDITY.days
        raise constraint("expire_at", f"has to be after send_at, by {days} days at most")
    return start, expire_at


def check_reports(fields: Mapping[str, Any], default_url: str | None) -> None:
    """Refuse reports that have nowhere to go."""
    if fields["delivery_report"] != "none" and not (fields.get("callback_url") or default_url):
        word = MessagesErrorCode.MISSING_CALLBACK_URL
        raise forbidden(word, "A delivery report is asked for, and there is no callback URL.")
