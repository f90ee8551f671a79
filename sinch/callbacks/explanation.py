"""What happened to a delivery in the verifier, for people who wonder why it was refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from sinch.errors import CallbackRejected, RejectionReason
from sinch.redaction import mask_numbers, mask_path


@attrs.frozen(kw_only=True)
class SignatureAttempt:
    """One text that may have been signed, checked under one secret.

    ``application_key`` is the configured one and ``secret_number`` counts its secrets from 1.
    ``form`` says how ``path`` came about. ``signed_text`` is the exact string to sign;
    it holds a checksum of the body, never the body, the secret or a signature.
    """

    application_key: str
    secret_number: int
    form: str
    path: str
    signed_text: str
    matched: bool


@attrs.frozen(kw_only=True)
class Explanation:
    """Everything the verifier looked at; ``str()`` gives a report of several lines.

    Holds neither secrets nor signatures (the expected one would let its reader forge a callback),
    so it may be logged. ``reason`` is ``None`` for a delivery that is accepted.
    """

    reason: RejectionReason | None
    problem: str
    """What is wrong, in words; "" when nothing is."""
    method: str
    path: str
    """The path as received, without the query."""
    content_type: str | None
    """The Content-Type as received, ``None`` when there was none."""
    expected_content_type: str | None = None
    """The Content-Type that the signature fits, when that is what differs; ``explain()`` only."""
    timestamp: str | None = None
    """The x-timestamp header as received."""
    sent_at: datetime | None = None
    """The same as an aware UTC time."""
    clock_skew: timedelta | None = None
    """How far ``sent_at`` lies behind the clock here; negative when it lies ahead."""
    tolerance: timedelta | None = None
    """How much skew is accepted, ``None`` for any."""
    claimed_key: str | None = None
    """The application key that the request names."""
    known_keys: tuple[str, ...] = ()
    """The application keys of the verifier."""
    attempts: tuple[SignatureAttempt, ...] = ()
    hints: tuple[str, ...] = ()
    """What would have made the signature fit, and other advice; ``explain()`` only."""

    @property
    def accepted(self) -> bool:
        """Whether the delivery is genuine and fresh (the seen-before store is not asked)."""
        return self.reason is None

    @property
    def signed(self) -> str | None:
        """The text that was signed: the one that matched, else the first that was tried."""
        for attempt in self.attempts:
            if attempt.matched:
                return attempt.signed_text
        return self.attempts[0].signed_text if self.attempts else None

    def __str__(self) -> str:
        verdict = f"refused, {self.reason.value}: {self.problem}" if self.reason else "accepted"
        lines = [
            verdict,
            f"  request       {self.method} {self.path}",
            f"  content type  {_or_none(self.content_type)}",
        ]
        if self.expected_content_type is not None:
            lines.append(f"  was signed as {_or_none(self.expected_content_type or None)}")
        lines += [
            f"  timestamp     {_or_none(self.timestamp)}{_skew(self.clock_skew, self.tolerance)}",
            f"  key           {_or_none(self.claimed_key)}",
            f"  keys here     {', '.join(self.known_keys)}",
        ]
        for number, attempt in enumerate(self.attempts, start=1):
            lines.append(
                f"  attempt {number}: {attempt.form}; key {attempt.application_key}, secret "
                f"{attempt.secret_number}: {'matches' if attempt.matched else 'does not match'}"
            )
            lines += [f"    | {line}" for line in attempt.signed_text.split("\n")]
        lines += [f"  hint: {hint}" for hint in self.hints]
        return "\n".join(_printable(line) for line in lines)

    def for_log(self) -> str:
        """One line with the reason, the hints and what was signed; escaped, numbers masked."""
        hints = "".join(f"; hint: {_printable(hint)[:300]}" for hint in self.hints[:4])
        signed = ""
        if self.signed is not None:
            signed = f"; signed text: {mask_numbers(_printable(self.signed)):.600}"
        request = f"{self.method} {mask_path(self.path)}"
        return f"{_printable(request)[:300]}: {_printable(self.problem)[:300]}{hints}{signed}"


class DeliveryRejected(CallbackRejected):
    """A delivery that the verifier refused; ``explanation`` says what was signed, for the log."""

    def __init__(self, message: str, *, reason: RejectionReason, explanation: Explanation) -> None:
        super().__init__(message, reason=reason)
        self.explanation = explanation


def _or_none(value: str | None) -> str:
    return "(none)" if value is None else value


def _skew(skew: timedelta | None, tolerance: timedelta | None) -> str:
    if skew is None:
        return ""
    seconds = skew.total_seconds()
    side = "behind" if seconds >= 0 else "ahead of"
    limit = "any accepted" if tolerance is None else f"{tolerance.total_seconds():g} s accepted"
    return f" ({abs(seconds):.1f} s {side} the clock here, {limit})"


def _printable(text: str) -> str:
    """Escape what could forge a log line or upset a terminal."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
