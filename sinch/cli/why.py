"""What the verifier says of a request, and what was probably done wrong about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sinch.callbacks.delivery import Delivery
from sinch.callbacks.explanation import Explanation
from sinch.callbacks.verifier import CallbackVerifier
from sinch.cli.diagnosis import Mistake, mistakes_in
from sinch.core.signing import Credentials
from sinch.errors import RejectionReason

NOTHING_FITS: Final = Mistake(
    "secret-or-body",
    "none of the usual mistakes explains it: another secret was used, or the body is not that "
    "which was signed",
    "compare the secret with the dashboard's (`sinch check`), give the body byte by byte with "
    "--body, and the URL that Sinch calls with --callback-url",
)


def explained(
    delivery: Delivery,
    credentials: Credentials,
    public_url: str | None = None,
    now: datetime | None = None,
) -> tuple[Explanation, tuple[Mistake, ...]]:
    """What the verifier says, and which mistakes would explain it."""
    at = now or datetime.now(UTC)
    found = CallbackVerifier(credentials, clock=lambda: at, explain=False).explain(delivery)
    mistakes: tuple[Mistake, ...] = ()
    if found.reason is RejectionReason.BAD_SIGNATURE:
        guessed = mistakes_in(delivery, credentials, public_url=public_url)
        mistakes = (NOTHING_FITS,) if guessed is None else guessed
    elif found.reason is RejectionReason.STALE_TIMESTAMP and found.clock_skew is not None:
        mistakes = (_clock_mistake(found.clock_skew),)
    elif found.reason is not None:
        mistakes = (_of_reason(found),)
    if found.reason is RejectionReason.BAD_SIGNATURE and found.clock_skew is not None:
        off = found.clock_skew
        if abs(off) > (found.tolerance or timedelta.max) and mistakes != (NOTHING_FITS,):
            mistakes = (*mistakes, _clock_mistake(off))
    return found, mistakes


def _of_reason(found: Explanation) -> Mistake:
    match found.reason:
        case RejectionReason.UNKNOWN_KEY:
            return Mistake(
                "key",
                f"it names the application {found.claimed_key}, not {found.known_keys[0]}",
                "use the key and secret of the same application on both sides",
            )
        case RejectionReason.MISSING_AUTHORIZATION:
            return Mistake(
                "headers",
                "there is no Authorization header",
                "a proxy may remove it, or Sinch did not send this",
            )
        case RejectionReason.MALFORMED_AUTHORIZATION:
            return Mistake(
                "scheme",
                f"the Authorization header is not `application KEY:SIGNATURE`: {found.problem}",
                "send the scheme `application`, one space, the key, a colon, the signature",
            )
        case RejectionReason.MISSING_TIMESTAMP | RejectionReason.MALFORMED_TIMESTAMP:
            return Mistake(
                "timestamp",
                found.problem,
                "send x-timestamp in UTC, such as 2026-01-02T03:04:05.678Z",
            )
        case _:
            return Mistake(str(found.reason), found.problem, "; ".join(found.hints) or "see above")


def _clock_mistake(skew: timedelta) -> Mistake:
    """A time that is too far away, as likely causes have it."""
    seconds = skew.total_seconds()
    hours = round(seconds / 1800) / 2
    if hours and abs(seconds - hours * 3600) < 120 and abs(hours) <= 14:
        return Mistake(
            "clock",
            f"the time is off by {abs(hours):g} hours: local time was called UTC",
            "write the time in UTC, with a Z",
        )
    side = "behind" if seconds > 0 else "ahead of"
    return Mistake(
        "clock",
        f"the time is {abs(seconds):.0f} s {side} the clock here",
        "set the clocks (NTP) of both machines; an old request that is sent again is refused too",
    )
