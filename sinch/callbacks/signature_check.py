"""Looking at one delivery: every check that needs no store, and a record of what was checked."""

from __future__ import annotations

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING, Final

import attrs

from sinch.callbacks.delivery import signature_headers
from sinch.callbacks.events import too_large
from sinch.callbacks.keyring import Keyring, fold_key
from sinch.callbacks.paths import AS_RECEIVED, candidates
from sinch.core.signing import Clock, Credentials, string_to_sign
from sinch.errors import ConfigurationError, RejectionReason
from sinch_api.codec import Malformed, read_datetime

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.explanation import Explanation


_SCHEME: Final = "application"
_LONGEST_TIMESTAMP: Final = 64


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
        "timestamp",
    )  # fmt: skip

    def __init__(
        self,
        check: SignatureCheck,
        delivery: Delivery,
        timestamp: str | None,
        content_type: str | None,
    ) -> None:
        self.check: SignatureCheck = check
        self.delivery: Delivery = delivery
        self.content_type: str | None = content_type
        self.timestamp: str | None = timestamp
        self.claimed_key: str | None = None
        self.sent_at: datetime | None = None
        self.received_at: datetime | None = None
        #: credentials, number of the secret, form of the path, path, text; the last may have matched
        self.attempts: list[tuple[Credentials, int, str, str, str]] = []
        self.reason: RejectionReason | None = None
        self.problem = ""

    @property
    def skew(self) -> timedelta | None:
        """How far the clock here is ahead of the time that was sent."""
        sent_at, received_at = self.sent_at, self.received_at
        return None if sent_at is None or received_at is None else received_at - sent_at

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
        # only refusals need it, and it takes long to import
        from sinch.callbacks.explanation import Explanation, SignatureAttempt

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
        found = signature_headers(delivery.headers)
        authorization, timestamp, content_type, repeated = found
        notes = Examination(self, delivery, timestamp, content_type)
        if len(delivery.body) > self.max_body:
            return notes.refuse(RejectionReason.TOO_LARGE, too_large(self.max_body).message)
        if authorization is None:
            return notes.refuse(RejectionReason.MISSING_AUTHORIZATION, "no Authorization header")
        scheme, _, rest = authorization.strip().partition(" ")
        key, _, signature = rest.strip().partition(":")
        if "authorization" in repeated or scheme.lower() != _SCHEME or not (key and signature):
            fault = _authorization_fault("authorization" in repeated, scheme)
            return notes.refuse(RejectionReason.MALFORMED_AUTHORIZATION, fault)
        notes.claimed_key = key
        if timestamp is None:
            return notes.refuse(RejectionReason.MISSING_TIMESTAMP, "no x-timestamp header")
        sent_at = None if "x-timestamp" in repeated else _moment(timestamp)
        if sent_at is None:
            problem = "x-timestamp is not one ISO 8601 time"
            return notes.refuse(RejectionReason.MALFORMED_TIMESTAMP, problem)
        notes.sent_at = sent_at
        notes.received_at = now = self.clock()
        if now.tzinfo is None:
            raise ConfigurationError(
                "clock must return a datetime with a time zone, such as datetime.now(UTC)",
                argument="clock",
            )
        known = self.exact.get(key) or self.keyring.get(fold_key(key))
        if known is None:
            return notes.refuse(RejectionReason.UNKNOWN_KEY, "this application key is not ours")
        content_type = content_type or ""
        if "content-type" in repeated or "\n" in content_type or "\r" in content_type:
            fault = _content_type_fault("content-type" in repeated)
            return notes.refuse(RejectionReason.BAD_SIGNATURE, fault)
        # the path as it came almost always fits, and then needs no list of candidates
        path, body = delivery.path, delivery.body
        text = string_to_sign(delivery.method, path, body, content_type, timestamp)
        received = signature.encode("utf-8", "surrogateescape")
        if not (
            _fits(notes, known, received, AS_RECEIVED, path, text)
            or self._fits_otherwise(notes, known, received, text.removesuffix(path))
        ):
            problem = "the signature does not fit the request"
            return notes.refuse(RejectionReason.BAD_SIGNATURE, problem)
        # after the signature: a stale callback is then known to be genuine, a matter of clocks
        tolerance = self.tolerance
        if tolerance is not None and not -tolerance <= now - sent_at <= tolerance:
            problem = f"x-timestamp is more than {tolerance.total_seconds():g} s off the clock here"
            return notes.refuse(RejectionReason.STALE_TIMESTAMP, problem)
        return notes

    def _fits_otherwise(
        self, notes: Examination, known: tuple[Credentials, ...], received: bytes, head: str
    ) -> bool:
        """Try each other path that the peer may have meant, under each secret."""
        others = candidates(notes.delivery.path, self.prefixes, slash=self.any_slash)
        return any(
            _fits(notes, known, received, form, path, head + path)
            for form, path in others
            if form != AS_RECEIVED
        )


def _fits(
    notes: Examination,
    known: tuple[Credentials, ...],
    received: bytes,
    form: str,
    path: str,
    text: str,
) -> bool:
    """Try one text under each secret until one fits."""
    for number, credentials in enumerate(known, start=1):
        notes.attempts.append((credentials, number, form, path, text))
        if compare_digest(credentials.signing_key.signature(text), received):
            return True
    return False


def _authorization_fault(several: bool, scheme: str) -> str:
    if several:
        return "more than one Authorization header"
    if scheme.lower() != _SCHEME:
        return "the scheme of the Authorization header is not 'application'"
    return "the Authorization header is not 'application KEY:SIGNATURE'"


def _content_type_fault(several: bool) -> str:
    if several:
        return "more than one Content-Type header: which one was signed is ambiguous"
    return "the Content-Type header has a line break"


def _moment(text: str) -> datetime | None:
    if len(text) > _LONGEST_TIMESTAMP or not text.isprintable():
        return None
    try:
        return read_datetime(text)
    except Malformed:
        return None
