# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Reading and writing wire values: strict about types, lenient about names.

Property names match in any letter case and under documented old spellings; ``null`` and absent are
alike; unknown properties are ignored. A value of the wrong type raises :class:`Malformed`, which
says where it was and what it should have been.
"""

from __future__ import annotations

import json
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Container, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from uuid import UUID

from .caller_id import Cli

orjson: Any
with_orjson: Any
try:  # an extra: the same results, sooner
    import orjson

    from . import with_orjson
except ImportError:
    orjson = with_orjson = None

T = TypeVar("T")

_HUGE = 10**30
_HUGE_DIGITS = 30


class Malformed(ValueError):
    """A value is not what the specification says; ``path`` is a JSON pointer to it."""

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(problem, path)
        self.problem = problem
        self.path = path

    def __str__(self) -> str:
        return f"{self.path or '/'}: {self.problem}"

    def under(self, key: str | int) -> Malformed:
        """The same problem seen from the object or array that holds it."""
        return Malformed(self.problem, f"/{key}{self.path}")


class TooDeep(Malformed):
    """A document whose objects and arrays lie in each other more than any that is meant."""

    def __init__(self) -> None:
        super().__init__("is nested too deeply")


def expected(what: str, value: object) -> Malformed:
    """The error for a value of the wrong type; names its type, never its content."""
    kind = "null" if value is None else type(value).__name__
    return Malformed(f"expected {what}, found {kind}")


# --- objects ------------------------------------------------------------------------------------


def fields_of(raw: Any, known: Container[str], folded: Mapping[str, str]) -> Mapping[str, Any]:
    """The properties of an object under their canonical names."""
    if raw.__class__ is not dict and not isinstance(raw, Mapping):  # the ABC's check is slow
        raise expected("an object", raw)
    fields: dict[str, Any] = {}
    for key, value in raw.items():
        if value is None:
            continue
        if key in known:
            fields[key] = value
        elif isinstance(key, str) and (name := folded.get(key.casefold())) is not None:
            fields.setdefault(name, value)
    return fields


def at(key: str, read: Callable[[Any], T], value: object) -> T:
    """Read the value of a property; what is wrong with it is reported under its name."""
    try:
        return read(value)
    except Malformed as problem:
        raise problem.under(key) from None


def required(fields: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> T:
    """Read a property that has to be there."""
    value = fields.get(key)
    if value is None:
        raise Malformed("is required", f"/{key}")
    return at(key, read, value)


def optional(fields: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> T | None:
    """Read a property that may be absent or null."""
    value = fields.get(key)
    return None if value is None else at(key, read, value)


def read_list(raw: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    """Read every element of an array."""
    if raw.__class__ is not list and not isinstance(raw, list | tuple):
        raise expected("an array", raw)
    found: list[T] = []
    for index, element in enumerate(raw):
        try:
            found.append(read(element))
        except Malformed as problem:
            raise problem.under(index) from None
    return tuple(found)


def text_of_tag(raw: Any, key: str, if_missing: str | None = None) -> str:
    """The tag that tells which member of a union this is, as it was sent; or what stands for none."""
    if raw.__class__ is not dict and not isinstance(raw, Mapping):
        raise expected("an object", raw)
    tag = raw.get(key)
    if tag is None:
        folded = key.casefold()
        tag = next((value for name, value in raw.items() if str(name).casefold() == folded), None)
    if tag is None:
        tag = if_missing
    if not isinstance(tag, str):
        raise (Malformed("is required") if tag is None else expected("a string", tag)).under(key)
    return tag


def tag_of(raw: object, key: str, if_missing: str | None = None) -> str:
    """The tag that tells which member of a union this is, folded for comparison."""
    return text_of_tag(raw, key, if_missing).casefold()


# --- values -------------------------------------------------------------------------------------


def read_any(raw: object) -> Any:
    """Any JSON value, as it is."""
    return raw


def read_str(raw: object) -> str:
    """A string."""
    if isinstance(raw, str):
        return raw
    raise expected("a string", raw)


def read_text(raw: object) -> str:
    """A string, or a number that some send in its place; not a boolean."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return _number_text(raw)
    return read_str(raw)


def read_bool(raw: object) -> bool:
    """A boolean, or its name as a string."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.casefold() in {"true", "false"}:
        return raw.casefold() == "true"
    raise expected("true or false", raw)


def read_int(raw: object) -> int:
    """An integer; a whole float or a string of digits passes too."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, float | Decimal) and _moderate(raw) and raw == int(raw):
        return int(raw)
    if isinstance(raw, str):
        digits = raw.strip().lstrip("+-")
        if digits.isascii() and digits.isdigit() and len(digits) <= 18:
            return int(raw)
    raise expected("an integer", raw)


def read_float(raw: object) -> float:
    """A number."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        try:
            number = float(raw)
        except (OverflowError, ValueError):  # too large, or a signalling NaN
            number = math.inf
        if math.isfinite(number):
            return number
    raise expected("a number", raw)


def read_decimal(raw: Any) -> Decimal:
    """An exact amount, from a number or a numeric string."""
    if raw.__class__ is Decimal and raw.is_finite() and raw.adjusted() < _HUGE_DIGITS:
        return raw
    if isinstance(raw, Decimal | int | float | str) and not isinstance(raw, bool):
        try:
            amount = raw if isinstance(raw, Decimal) else Decimal(str(raw))
        except (InvalidOperation, ValueError):
            raise expected("a number", raw) from None
        if _moderate(amount):
            return amount
    raise expected("a number", raw)


def write_decimal(value: Decimal) -> int | float:
    """A JSON number; whole amounts without a fraction. Exact up to 15 significant digits."""
    return int(value) if value == value.to_integral_value() else float(value)


def read_seconds(raw: object) -> timedelta:
    """A duration in seconds."""
    return _duration(seconds=_number(raw))


def write_seconds(value: timedelta) -> int:
    """Whole seconds, rounded to the nearest."""
    return round(value.total_seconds())


def read_milliseconds(raw: object) -> timedelta:
    """A duration in milliseconds."""
    return _duration(milliseconds=_number(raw))


def write_milliseconds(value: timedelta) -> int:
    """Whole milliseconds."""
    return round(value / timedelta(milliseconds=1))


def read_clock(raw: object) -> timedelta:
    """A duration written as ``HH:MM:SS``."""
    parts = raw.split(":") if isinstance(raw, str) else []
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) <= 6 for p in parts):
        raise Malformed("expected a duration such as 00:10:00")
    hours, minutes, seconds = (int(part) for part in parts)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def write_clock(value: timedelta) -> str:
    """``HH:MM:SS``."""
    minutes, seconds = divmod(write_seconds(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def read_datetime(raw: Any) -> datetime:
    """An ISO 8601 time as aware UTC; a missing zone means UTC, digits past microseconds are cut."""
    try:
        moment = datetime.fromisoformat(raw.strip())
        if moment.tzinfo is UTC:
            return moment
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, AttributeError):
        if isinstance(raw, str):
            raise Malformed("expected an ISO 8601 time") from None
        raise expected("an ISO 8601 time", raw) from None


def write_datetime(value: datetime) -> str:
    """ISO 8601 in UTC with ``Z``; naive times are taken as UTC."""
    moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")


def read_date(raw: object) -> date:
    """An ISO 8601 date; of a time, its date."""
    text = read_str(raw).strip()
    try:
        return date.fromisoformat(text) if "T" not in text else datetime.fromisoformat(text).date()
    except ValueError:
        raise Malformed("expected an ISO 8601 date") from None


def write_date(value: date) -> str:
    """``YYYY-MM-DD``."""
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def read_uuid(raw: object) -> UUID:
    """A UUID, in any of its usual spellings."""
    try:
        return UUID(read_str(raw))
    except ValueError as problem:
        if isinstance(problem, Malformed):
            raise
        raise Malformed("expected a UUID") from None


def read_base64(raw: object) -> bytes:
    """Bytes that are written as base64, for URLs or not, with padding or without."""
    text = "".join(read_str(raw).split()).replace("-", "+").replace("_", "/")
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise Malformed("expected base64") from None


def write_base64(value: bytes) -> str:
    """Base64 with padding."""
    return b64encode(value).decode()


def read_cli(raw: object) -> Cli:
    """A caller id in any of the forms Sinch sends."""
    if isinstance(raw, str):
        return Cli.parse(raw)
    raise expected("a string", raw)


def write_cli(value: Cli) -> str:
    """The caller id as it goes over the wire."""
    return value.wire


def write_message_id(value: str) -> int | str:
    """A number where the id is one (the form the oldest clients need), else text."""
    plain = value.isascii() and value.isdigit() and len(value) <= 18 and value == str(int(value))
    return int(value) if plain else value


_MSISDN = re.compile(r"(?:\+|00)?([1-9][0-9]{6,15})")


def read_msisdn(raw: object) -> str:
    """A phone number with its plus sign, whether it came with one or not; anything else as it is.

    What is too short for an international number is none: a short code stays as it came.
    """
    text = read_text(raw)
    found = _MSISDN.fullmatch(text)
    return f"+{found[1]}" if found else text


def write_msisdn(value: str) -> str:
    """A phone number as the other side writes it, without a plus sign."""
    return value[1:] if value[:1] == "+" and _MSISDN.fullmatch(value) else value


def read_by_msisdn(raw: object) -> Mapping[str, str]:
    """An object whose values are strings, by phone number with its plus sign, or by other names."""
    return {read_msisdn(name): value for name, value in read_strings(raw).items()}


def write_by_msisdn(value: Mapping[str, str]) -> dict[str, str]:
    """The same as the other side writes it, numbers without a plus sign."""
    return {write_msisdn(name): text for name, text in value.items()}


def write_any(value: Any) -> Any:
    """A value of any kind that this package reads, as it goes into JSON."""
    if hasattr(value, "to_wire"):
        return value.to_wire()
    if isinstance(value, Mapping):
        return {key: write_any(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [write_any(one) for one in value]
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return value


def read_object(raw: object) -> Mapping[str, Any]:
    """A free-form object, as it is."""
    if not isinstance(raw, Mapping):
        raise expected("an object", raw)
    return raw


def text_in(raw: Mapping[str, Any], name: str, read: Callable[[Any], str]) -> str:
    """A text of an object whose kind is not known; empty where it cannot be read."""
    try:
        return read(raw.get(name))
    except Malformed:
        return ""


def read_strings(raw: object) -> Mapping[str, str]:
    """An object whose values are strings."""
    found: dict[str, str] = {}
    for key, value in read_object(raw).items():
        try:
            found[key] = read_str(value)
        except Malformed as problem:
            raise problem.under(key) from None
    return found


_WRITERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Decimal, write_decimal), (datetime, write_datetime), (date, write_date), (UUID, str),
    (bytes, write_base64), (Cli, write_cli),
)  # fmt: skip


def _moderate(value: float | Decimal) -> bool:
    """Finite and small enough to work with: 1e999999999 is a short text and a huge integer."""
    # A signalling NaN cannot even be asked by math.isfinite.
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    return finite and -_HUGE < value < _HUGE


def _number(raw: object) -> int | float:
    if isinstance(raw, float | Decimal) and _moderate(raw):
        return float(raw)
    return read_int(raw)


def _duration(**amount: float) -> timedelta:
    try:
        return timedelta(**amount)
    except OverflowError:
        raise Malformed("is too long a duration") from None


def _number_text(value: float | Decimal) -> str:
    try:
        return str(value)
    except ValueError:  # the interpreter's limit on the digits of an integer
        raise Malformed("is too large a number") from None


# --- documents ----------------------------------------------------------------------------------


def _reject_constant(name: str) -> object:
    raise Malformed(f"{name} is not JSON")


def loads(body: bytes | str) -> Any:
    """Parse JSON. Raises :class:`Malformed` for whatever is not, however deep, large or odd.

    Fractions are exact: :class:`~decimal.Decimal`. orjson is used where it is installed, for what
    it reads the same.
    """
    if len(body) > _LEVELS:
        _check_depth(body)
    return loads_flat(body)


def loads_flat(body: bytes | str) -> Any:
    """The same for what is known to go down no more than 400 levels, having no more brackets."""
    if orjson is not None and isinstance(body, bytes) and not with_orjson.may_have_a_fraction(body):
        try:
            return with_orjson.read_with_orjson(body)
        except ValueError:
            pass  # the standard library decides what it is
    return loads_exactly(body)


def loads_exactly(body: bytes | str) -> Any:
    """The same with the standard library."""
    try:
        # The codec utf-8-sig would do this in Python, for every document.
        text = body if isinstance(body, str) else body.removeprefix(_BOM).decode()
        if text[:1] == "{":  # no need to look for white space in front
            value, end = _decode_from(text)
            if end == len(text):
                return value
        return _decode(text)
    except Malformed:
        raise
    except RecursionError:
        raise TooDeep from None
    except (ValueError, InvalidOperation):
        raise Malformed("is not JSON") from None


def _check_depth(body: bytes | str) -> None:
    """Refuse what goes down more than ``_LEVELS``.

    The parser would notice too, but only with the stack used up, and whatever the garbage
    collector finalises at that moment is cut off in the middle.
    """
    if brackets(body) <= _LEVELS:
        return
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    depth = 0
    for token in _BRACKETS_AND_STRINGS.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth > _LEVELS:
            raise TooDeep


def brackets(body: bytes | str) -> int:
    """How many objects and arrays a document has at most; those in texts count too."""
    if isinstance(body, bytes):
        return body.count(b"[") + body.count(b"{")
    return body.count("[") + body.count("{")


def dumps(value: Any) -> bytes:
    """Serialise compactly as UTF-8. ``value`` is what ``to_wire()`` gave."""
    try:
        return _encode(value).encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can say it, but only escaped
        return _encode_ascii(value).encode()


def _plain(value: object) -> Any:
    """What a payload kept from :func:`loads` may hold besides plain JSON types."""
    if isinstance(value, Decimal):
        return write_decimal(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_BOM = b"\xef\xbb\xbf"
_LEVELS = 400  # half of what the interpreter's stack allows
# a string that nobody closes reaches to the end, or looking for its end would be quadratic
_BRACKETS_AND_STRINGS = re.compile(r'[\[{}\]]|"(?:[^"\\]|\\.)*+"?', re.DOTALL)
# json.loads and json.dumps would make a decoder or an encoder for every call with options.
_decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_reject_constant)
_decode, _decode_from = _decoder.decode, _decoder.raw_decode
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False
).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":"), default=_plain, allow_nan=False).encode
