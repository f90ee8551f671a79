"""Masking for logs: what may be written down about a request, a callback or an answer.

Headers and JSON are shown by permission, not hidden by prohibition: whatever is not known to be
harmless is masked, so a field that Sinch adds tomorrow does not leak. All functions are pure and
accept any input; a log line is no place to fail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from sinch.values import mask_number
from sinch_api.headers import Headers

__all__ = [
    "hide",
    "in_repr",
    "mask_body",
    "mask_headers",
    "mask_json",
    "mask_number",
    "mask_numbers",
    "mask_path",
    "mask_text",
    "one_line",
    "scrub",
    "without_secrets",
]

_MASK: Final = "***"
_PLUS_NUMBER: Final = re.compile(r"(?:\+|%2[Bb])[0-9]{4,}")
_LONG_DIGITS: Final = re.compile(r"[0-9]{10,}")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def mask_text(text: str) -> str:
    """Reduce a text to its length: ``<12 characters>``."""
    return f"<{len(text)} characters>"


def in_repr(mask: Callable[[str], str]) -> Callable[[object], str]:
    """How attrs shows a private text in the ``repr`` of a draft: masked, and None as it is."""

    def show(value: object) -> str:
        return repr(mask(value)) if isinstance(value, str) else repr(value)[:80]

    return show


def hide(value: str) -> str:  # noqa: ARG001
    """Show nothing of it, not even its length: a code."""
    return _MASK


def mask_numbers(text: str) -> str:
    """Mask every international number inside a text, such as the message of an exception."""
    return _PLUS_NUMBER.sub(lambda found: mask_number(_plus(found[0])), text)


def _plus(text: str) -> str:
    return "+" + text[3:] if text[:3].upper() == "%2B" else text


# Path segments after which comes something personal; other ids are needed to find a request again.
_BEFORE_PRIVATE: Final = frozenset({"username", "sip", "email"})


def mask_path(path: str) -> str:
    """Mask phone numbers and addresses in a URL path, and the values of a query.

    ``/verification/v1/verifications/number/+46701234589`` becomes ``.../number/+4670*****89``.
    Numbers without ``+`` are recognised after ``/number/`` and, from ten digits on, after ``/sms/``
    (where a very long message id looks the same). Anything with ``@`` counts as an address.
    """
    bare, question, _ = path.partition("?")
    masked: list[str] = []
    previous = ""
    for segment in bare.split("/"):
        masked.append(_mask_segment(previous, segment))
        previous = segment.lower()
    return "/".join(masked) + (f"?{_MASK}" if question else "")


def _mask_segment(previous: str, segment: str) -> str:
    if not segment:
        return segment
    if previous in _BEFORE_PRIVATE or "@" in segment or "%40" in segment:
        return _MASK
    if previous == "number" or (previous == "sms" and _LONG_DIGITS.fullmatch(segment)):
        return mask_number(_plus(segment))
    return mask_numbers(segment)


_SHOWN_HEADERS: Final = _names(
    "accept accept-encoding accept-language connection content-encoding content-length "
    "content-type date host keep-alive retry-after server transfer-encoding user-agent "
    "x-request-id x-timestamp"
)
_SCHEMES: Final = {"application": "Application", "basic": "Basic", "bearer": "Bearer"}


def mask_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Show harmless headers as they are and every other value as ``***``.

    Of Authorization only the scheme remains, since that is what a 401 is often about.
    """
    return {name: _mask_header(name.lower(), value) for name, value in headers.items()}


def _mask_header(name: str, value: str) -> str:
    if name in _SHOWN_HEADERS:
        return value
    if name == "authorization":
        scheme = _SCHEMES.get(value.strip().partition(" ")[0].lower())
        return f"{scheme} {_MASK}" if scheme else _MASK
    return _MASK


#: Not www-authenticate and proxy-authenticate, which name schemes and are what a 401 is often about.
_SECRET_HEADER: Final = re.compile(
    r"cookie|authori[sz]ation|authentication|api-?key|secret|token|signature|password"
)
_CREDENTIALS: Final = re.compile(
    rb"\b(Application\s+[!-9;-~]{1,256}:|Basic\s+|Bearer\s+)[A-Za-z0-9+/._~-]{20,}=*",
    re.IGNORECASE,
)


def scrub(body: bytes) -> bytes:
    """An answer's body for an error, without credentials of ours that a gateway repeats in it."""
    return _CREDENTIALS.sub(rb"\1***", body)


def without_secrets(headers: Mapping[str, str]) -> Headers:
    """An answer's headers for an error: cookies and credentials as ``***``, the rest as it came."""
    return Headers([(name, _without_secret(name, value)) for name, value in headers.items()])


def _without_secret(name: str, value: str) -> str:
    if _SECRET_HEADER.search(name.lower()):
        return _MASK
    return scrub(value.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


_LONGEST_LINE: Final = 500


def one_line(text: str) -> str:
    """Words of a peer as a part of an error's line: printable, of bounded length, without credentials."""
    # Cut first, so that a text of megabytes is not looked at character by character.
    printable = "".join(c if c.isprintable() else " " for c in text[: 2 * _LONGEST_LINE])
    line = scrub(" ".join(printable.split()).encode()).decode()
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"


# Names are compared in lower case. Values under these are ids or words of the API itself.
_SHOWN: Final = _names(
    "action amount applicationKey callId callResult callResultReason command conferenceId "
    "conferenceType countryId currencyId domain duration errorCode event id indications locale "
    "maxDuration messageId method name onhold originationType reason result source status "
    "timestamp type verificationTimestamp version"
)
_NUMBERS: Final = _names("cli cliFilter endpoint from identity number numbers phoneNumber to")
# Nothing of these is shown, not even a short number: codes are guessable from any part.
_NEVER: Final = _names(
    "authorization body code cookies custom greeting key message password pin secret signature "
    "template text token value"
)
_WORD: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,31}")
_MAX_DEPTH: Final = 24


def mask_json(value: object) -> object:
    """Copy decoded JSON in a form that is fit for a log.

    Phone numbers and caller ids are masked, texts reduced to their length, codes and custom data
    hidden. Words of the API (``event``, ``method``, ``status``, ids) stay, as do booleans and
    small numbers.
    """
    return _mask_value("", value, 0)


def _mask_value(name: str, value: object, depth: int) -> object:
    if value is None or (isinstance(value, bool) and name not in _NEVER):
        return value
    if depth > _MAX_DEPTH or name in _NEVER:
        return mask_text(value) if isinstance(value, str) else _MASK
    if isinstance(value, str):
        return _mask_string(name, value)
    if isinstance(value, Mapping):
        return {
            _mask_name(str(key)): _mask_value(str(key).lower(), item, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_mask_value(name, item, depth + 1) for item in value]
    if isinstance(value, int | float | Decimal) and name not in _NUMBERS:
        return _mask_quantity(name, value)
    return _MASK


def _mask_quantity(name: str, value: float | Decimal) -> object:
    if isinstance(value, Decimal) and not value.is_finite():
        return _MASK
    # from seven digits on it may be a phone number that lost its plus
    return value if name in _SHOWN or -1_000_000 < value < 1_000_000 else _MASK


def _mask_name(name: str) -> str:
    """Names can be data too, as in an object keyed by phone number."""
    return name if _NAME.fullmatch(name) else mask_text(name)


def _mask_string(name: str, text: str) -> str:
    if name in _NUMBERS:
        return mask_number(text)
    if name in _SHOWN and _WORD.fullmatch(text):
        return text
    return mask_text(text)


def mask_body(body: bytes | str) -> str:
    """Render a body for a log: masked compact JSON, or only the size of anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        unit = "bytes" if isinstance(body, bytes) else "characters"
        return f"<{len(body)} {unit}>"
    return json.dumps(mask_json(value), separators=(",", ":"))
