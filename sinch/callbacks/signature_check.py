"""Looking at one delivery: every check that needs no store, and a record of what was checked."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import attrs

from sinch.callbacks.events import too_large
from sinch.callbacks.explanation import Explanation, SignatureAttempt
from sinch.callbacks.keyring import Keyring, fold_key
from sinch.callbacks.paths import AS_RECEIVED, candidates
from sinch.core.signing import Clock, Credentials, string_to_sign
from sinch.errors import ConfigurationError, RejectionReason
from sinch_api.codec import Malformed, read_datetime

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery


_LONGEST_TIMESTAMP = 64


class Examination:
    """Notes taken while a delivery is looked at; cheap, since every callback needs them.

    ``reason`` stays ``None`` for a delivery that is genuine and fresh. :meth:`explanation` writes
    the notes up for people.
    """

    __slots__ = (
        "attempts",
        "check",
        "claimed_key",
        "content_type",
        "delivery",
        "problem",
        "reason",
        "received_at",
        "sent_at",
        "skew",
        "timestamp",
    )  # fmt: skip

    def __init__(self, check: SignatureCheck, delivery: Delivery) -> None:
        self.check: SignatureCheck = check
        self.delivery: Delivery = delivery
        self.content_type: str | None = None
        self.timestamp: str | None = None
        self.claimed_key: str | None = None
        self.received_at: datetime | None = None
        self.sent_at: datetime | None = None
        self.skew: timedelta | None = None
        #: credentials, number of the secret, form of the path, path, text; the last may have matched
        self.attempts: list[tuple[Credentials, int, str, str, str]] = []
        self.reason: RejectionReason | None = None
        self.problem = ""

    @property
    def signer(self) -> str:
        """The configured key whose secret was tried last; of a delivery that is accepted, the signer."""
        return self.attempts[-1][0].application_key

    def refuse(self, reason: RejectionReason, problem: str) -> Examination:
        """Note why the delivery is refused."""
        self.reason, self.problem = reason, problem
        return self

    def explanation(self) -> Explanation:
        """Write everything up."""
        matched = self.reason not in _BEFORE_IT_FITS
        attempts = tuple(
            SignatureAttempt(
                application_key=credentials.application_key,
                secret_number=number,
                form=form,
                path=path,
                signed_text=text,
                matched=matched and position == len(self.attempts),
            )
            for position, (credentials, number, form, path, text) in enumerate(self.attempts, 1)
        )
        return Explanation(
            reason=self.reason,
            problem=self.problem,
            method=self.delivery.method,
            path=self.delivery.path,
            content_type=self.content_type,
            timestamp=self.timestamp,
            sent_at=self.sent_at,
            clock_skew=self.skew,
            tolerance=self.check.tolerance,
            claimed_key=self.claimed_key,
            known_keys=self.check.names,
            attempts=attempts,
        )


_BEFORE_IT_FITS = frozenset(
    {
        RejectionReason.TOO_LARGE,
        RejectionReason.MISSING_AUTHORIZATION,
        RejectionReason.MALFORMED_AUTHORIZATION,
        RejectionReason.MISSING_TIMESTAMP,
        RejectionReason.MALFORMED_TIMESTAMP,
        RejectionReason.UNKNOWN_KEY,
        RejectionReason.BAD_SIGNATURE,
    }
)


def _names(check: SignatureCheck) -> tuple[str, ...]:
    return tuple(known[0].application_key for known in check.keyring.values())


def _exact(check: SignatureCheck) -> Keyring:
    return {known[0].application_key: known for known in check.keyring.values()}


@attrs.frozen(kw_only=True)
class SignatureCheck:
    """The checked settings of a verifier, and the checks."""

    keyring: Keyring
    tolerance: timedelta | None
    clock: Clock
    prefixes: tuple[str, ...]
    any_slash: bool
    max_body: int
    explains: bool = False
    names: tuple[str, ...] = attrs.field(init=False, default=attrs.Factory(_names, takes_self=True))
    exact: Keyring = attrs.field(init=False, default=attrs.Factory(_exact, takes_self=True))

    def examine(self, delivery: Delivery) -> Examination:
        """Check everything that needs no store. Pure, and never raises for what a peer sent."""
        notes = Examination(self, delivery)
        headers = delivery.headers
        authorizations = headers.getall("authorization")
        timestamps = headers.getall("x-timestamp")
        content_types = headers.getall("content-type")
        notes.content_type = content_types[0] if content_types else None
        notes.timestamp = timestamps[0] if timestamps else None
        if len(delivery.body) > self.max_body:
            return notes.refuse(RejectionReason.TOO_LARGE, too_large(self.max_body).message)
        if not authorizations:
            return notes.refuse(RejectionReason.MISSING_AUTHORIZATION, "no Authorization header")
        scheme, _, rest = authorizations[0].strip().partition(" ")
        key, colon, signature = rest.strip().partition(":")
        fault = _authorization_fault(authorizations, scheme, key, colon, signature)
        if fault:
            return notes.refuse(RejectionReason.MALFORMED_AUTHORIZATION, fault)
        notes.claimed_key = key
        if not timestamps:
            return notes.refuse(RejectionReason.MISSING_TIMESTAMP, "no x-timestamp header")
        sent_at = _moment(timestamps)
        if sent_at is None:
            problem = "x-timestamp is not one ISO 8601 time"
            return notes.refuse(RejectionReason.MALFORMED_TIMESTAMP, problem)
        notes.sent_at = sent_at
        now = self.clock()
        if now.tzinfo is None:
            raise ConfigurationError(
                "clock must return a datetime with a time zone, such as datetime.now(UTC)",
                argument="clock",
            )
        notes.received_at = now
        notes.skew = skew = now - sent_at
        known = self.exact.get(key) or self.keyring.get(fold_key(key))
        if known is None:
            return notes.refuse(RejectionReason.UNKNOWN_KEY, "this application key is not ours")
        if fault := _content_type_fault(content_types):
            return notes.refuse(RejectionReason.BAD_SIGNATURE, fault)
        if not self._matches(notes, known, signature):
            problem = "the signature does not fit the request"
            return notes.refuse(RejectionReason.BAD_SIGNATURE, problem)
        # after the signature: a stale callback is then known to be genuine, a matter of clocks
        if self.tolerance is not None and abs(skew) > self.tolerance:
            limit = self.tolerance.total_seconds()
            problem = f"x-timestamp is more than {limit:g} s off the clock here"
            return notes.refuse(RejectionReason.STALE_TIMESTAMP, problem)
        return notes

    def _matches(self, notes: Examination, known: tuple[Credentials, ...], signature: str) -> bool:
        """Try each path under each secret until one fits."""
        received = signature.encode("utf-8", "surrogateescape")
        delivery = notes.delivery
        head = string_to_sign(
            delivery.method, "", delivery.body, notes.content_type or "", notes.timestamp or ""
        )
        # The path as it came almost always fits, and then needs no list of candidates.
        if self._fits(notes, known, received, head, AS_RECEIVED, delivery.path):
            return True
        others = candidates(delivery.path, self.prefixes, slash=self.any_slash)
        return any(
            self._fits(notes, known, received, head, form, path)
            for form, path in others
            if form != AS_RECEIVED
        )

    @staticmethod
    def _fits(
        notes: Examination,
        known: tuple[Credentials, ...],
        received: bytes,
        head: str,
        form: str,
        path: str,
    ) -> bool:
        text = head + path
        for number, credentials in enumerate(known, start=1):
            notes.attempts.append((credentials, number, form, path, text))
            if hmac.compare_digest(credentials.signing_key.signature(text), received):
                return True
        return False


def _authorization_fault(
    values: tuple[str, ...], scheme: str, key: str, colon: str, signature: str
) -> str:
    if len(values) > 1:
        return "more than one Authorization header"
    if scheme.lower() != "application":
        return "the scheme of the Authorization header is not 'application'"
    if not (key and colon and signature):
        return "the Authorization header is not 'application KEY:SIGNATURE'"
    return ""


def _content_type_fault(values: tuple[str, ...]) -> str:
    if len(values) > 1:
        return "more than one Content-Type header: which one was signed is ambiguous"
    if values and ("\n" in values[0] or "\r" in values[0]):
        return "the Content-Type header has a line break"
    return ""


def _moment(timestamps: tuple[str, ...], /) -> datetime | None:
    text = timestamps[0]
    if len(timestamps) > 1 or len(text) > _LONGEST_TIMESTAMP or not text.isprintable():
        return None
    try:
        return read_datetime(text)
    except Malformed:
        return None
