"""Request signing: how a request proves which application sent it (docs/platform/signing.md).

Everything here is pure. The same string is signed for requests we send and for callbacks that
Sinch sends, so the verifier and the sandbox use these functions too.

Bad keys and secrets raise :class:`ValueError` with a text that never repeats the secret.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from binascii import b2a_base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import attrs

Clock = Callable[[], datetime]


#: A checksum that the protocol prescribes; the HMAC is what protects it. Copied, as to look it up takes longer.
_MD5: Final = hashlib.md5(usedforsecurity=False)


def content_md5(body: bytes) -> str:
    """Base64 of the MD5 of the exact bytes sent; no body gives "", not the MD5 of nothing."""
    if not body:
        return ""
    checksum = _MD5.copy()
    checksum.update(body)
    return b2a_base64(checksum.digest(), newline=False).decode("ascii")


def string_to_sign(method: str, path: str, body: bytes, content_type: str, timestamp: str) -> str:
    """Compose the text both sides sign (docs/platform/signing.md#string-to-sign).

    ``path`` is taken as it is: percent-encoded as on the wire, without host and query.
    ``content_type`` and ``timestamp`` are the exact header values, "" for a header that is absent.
    """
    return f"{method.upper()}\n{content_md5(body)}\n{content_type}\nx-timestamp:{timestamp}\n{path}"


_BLOCK: Final = 64


class SigningKey:
    """HMAC-SHA256 under one key, as RFC 2104 puts it together from two hashes of SHA-256.

    Both have taken in their half of the key already, once and for all, and are copied for every
    text. ``hmac.digest`` would look the hash up and take in the key each time: between other work,
    where nothing is in the processor's caches, that takes four times as long.
    """

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes) -> None:
        block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def signature(self, text: str) -> bytes:
        """The signature in base64, as bytes, for comparing."""
        inner, outer = self._inner.copy(), self._outer.copy()
        # surrogateescape: servers decode header bytes that are not UTF-8 this way, and a forged header
        # has to end as a wrong signature, not as an exception
        inner.update(text.encode("utf-8", "surrogateescape"))
        outer.update(inner.digest())
        return b2a_base64(outer.digest(), newline=False)


def _stripped(value: str) -> str:
    # settings files hand over None and the like; that is as good as blank
    return value.strip() if isinstance(value, str) else ""


_BASE64: Final = re.compile(r"([A-Za-z0-9+/]+)(={0,2})")


def decode_secret(secret: str) -> bytes:
    """Turn an application secret, as the dashboard shows it, into the key for signing.

    Standard base64; whitespace around it is dropped and missing padding is added.
    The URL-safe alphabet is refused: the dashboard never prints it, and accepting it would let a
    mistyped or wrong kind of secret through as a key that only fails later, at Sinch. Raises :class:`ValueError` when the text is blank, holds
    whitespace or other characters, or does not decode.
    """
    text = _stripped(secret)
    if not text:
        raise ValueError("the application secret is blank or not text")
    if re.search(r"\s", text):
        raise ValueError("the application secret contains whitespace")
    match = _BASE64.fullmatch(text)
    if match is None:
        raise ValueError(
            "the application secret is not base64: only A-Z, a-z, 0-9, '+', '/' and '=' at the end"
        )
    data, padding = match.groups()
    needed = "=" * (-len(data) % 4)
    if len(needed) == 3 or (padding and padding != needed):
        raise ValueError("the application secret is not base64: its length is wrong (cut off?)")
    return b64decode(data + needed)


_ZERO_GUID: Final = "0" * 32


def check_application_key(application_key: str) -> str:
    """Return the key without surrounding whitespace, or raise :class:`ValueError`.

    Keys are normally GUIDs, but the services treat them as opaque, so any printable ASCII without
    whitespace or colon passes (the colon ends the key in the header). The all-zero GUID is a
    placeholder somebody forgot to fill in.
    """
    key = _stripped(application_key)
    if not key:
        raise ValueError("the application key is blank or not text")
    if not re.fullmatch(r"[!-9;-~]+", key):
        raise ValueError(
            "the application key may hold only printable ASCII characters, no whitespace, no ':'"
        )
    if key.strip("{}").replace("-", "") == _ZERO_GUID:
        raise ValueError("the application key is the all-zero placeholder")
    return key


@attrs.frozen
class Credentials:
    """An application key and its secret, checked and decoded once.

    ``repr`` shows the key only. A pickle does contain the secret: keep it where secrets may be.
    """

    application_key: str = attrs.field(converter=check_application_key)
    secret: str = attrs.field(converter=_stripped, repr=False)
    signing_key: SigningKey = attrs.field(
        init=False,
        repr=False,
        eq=False,
        default=attrs.Factory(lambda self: SigningKey(decode_secret(self.secret)), takes_self=True),
    )

    def sign(self, text: str) -> str:
        """Sign a text composed by :func:`string_to_sign`, for a header."""
        return self.signing_key.signature(text).decode("ascii")

    def __reduce__(self) -> tuple[type[Credentials], tuple[str, str]]:
        # hashes under way cannot be pickled, and are soon made again
        return Credentials, (self.application_key, self.secret)


def authorization(application_key: str, signature: str) -> str:
    """Compose the Authorization header of a signed request."""
    return f"Application {application_key}:{signature}"


def basic_authorization(application_key: str, secret: str) -> str:
    """Compose the Authorization header of Basic; the secret goes in as displayed, not decoded."""
    return "Basic " + b64encode(f"{application_key}:{secret}".encode()).decode("ascii")


def public_authorization(application_key: str) -> str:
    """Compose the Authorization header of a public request: the key alone."""
    return f"Application {application_key}"


_SECOND: Final = timedelta(seconds=1)

#: The second that was written last. One tuple, replaced as a whole, so that threads do not mind.
_written: tuple[datetime, str] = (datetime.min.replace(tzinfo=UTC), "0001-01-01T00:00:00")


def timestamp(now: datetime) -> str:
    """Format ``now``, which must have a zone, as ``2024-01-02T03:04:05.678Z``."""
    global _written
    if now.tzinfo is None:
        raise ValueError("a timestamp needs a datetime with a time zone")
    utc = now if now.tzinfo is UTC else now.astimezone(UTC)
    second, text = _written
    if utc < second or utc - second >= _SECOND:
        second = utc.replace(microsecond=0)
        text = second.isoformat()[:-6]
        _written = second, text
    return f"{text}.{utc.microsecond // 1000:03}Z"


def utc_now() -> datetime:
    """Read the system clock: the default clock."""
    return datetime.now(UTC)


class Authorizer(Protocol):
    """Makes the headers that authorise one request; called anew for every attempt.

    ``path`` is the encoded path as sent, ``content_type`` the exact header value or "" when that
    header is not sent, ``body`` the exact bytes or ``b""``.
    """

    def __call__(self, method: str, path: str, content_type: str, body: bytes, /) -> dict[str, str]:
        """Return the headers to add."""
        ...


@attrs.frozen
class SignedAuth:
    """Application-signed requests: accepted everywhere, recommended for production."""

    credentials: Credentials
    clock: Clock = attrs.field(default=utc_now, kw_only=True)

    def __call__(self, method: str, path: str, content_type: str, body: bytes, /) -> dict[str, str]:
        """Sign this request at the current time."""
        now = timestamp(self.clock())
        # a query is never signed; in an encoded path "?" can only start one
        bare_path = path.partition("?")[0]
        text = string_to_sign(method, bare_path, body, content_type, now)
        key = self.credentials.application_key
        return {
            "Authorization": authorization(key, self.credentials.sign(text)),
            "x-timestamp": now,
        }


@attrs.frozen
class BasicAuth:
    """Basic authentication, for prototypes: the secret itself travels with every request."""

    credentials: Credentials

    def __call__(self, _method: str, _path: str, _type: str, _body: bytes, /) -> dict[str, str]:
        """Return the same header for every request."""
        key, secret = self.credentials.application_key, self.credentials.secret
        return {"Authorization": basic_authorization(key, secret)}


@attrs.frozen
class PublicAuth:
    """The key alone, without proof; only starting and reporting verifications may allow it."""

    application_key: str = attrs.field(converter=check_application_key)

    def __call__(self, _method: str, _path: str, _type: str, _body: bytes, /) -> dict[str, str]:
        """Return the same header for every request."""
        return {"Authorization": public_authorization(self.application_key)}
