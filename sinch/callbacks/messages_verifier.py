"""Telling callbacks of the SMS REST API from forgeries (docs/platform/sms-rest.md#callbacks).

They are signed otherwise than those of applications: body, nonce and timestamp under a secret that is
text; or they come with a user name and a password. The Conversation API signs in the same way.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import attrs

from sinch.callbacks.events import UnknownEvent, read_event, too_large
from sinch.callbacks.explanation import DeliveryRejected, Explanation
from sinch.callbacks.responses import CallbackAnswer, refusal
from sinch.callbacks.steps import Steps
from sinch.callbacks.verifying import Verifier, check_store, check_tolerance, remembered, store_call
from sinch.core.signing import Clock, utc_now
from sinch.errors import CallbackRejected, ConfigurationError, RejectionReason

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery, RequestHeaders
    from sinch.callbacks.event_types import CallbackEvent
    from sinch.callbacks.replay_store import AsyncSeenStore, SeenStore

SIGNATURE: Final = "x-sinch-webhook-signature"
NONCE: Final = f"{SIGNATURE}-nonce"
TIMESTAMP: Final = f"{SIGNATURE}-timestamp"
ALGORITHM: Final = f"{SIGNATURE}-algorithm"

MAX_BODY: Final = 2 * 1024 * 1024
"""A full report names every member of every group; a larger one would be lost, since 413 is final."""

TOLERANCE: Final = timedelta(days=1)
"""Sinch tries again for 22 hours 45 minutes, and nobody says that it signs anew each time."""

_SECONDS: Final = re.compile(r"[0-9]{9,11}")
_AGAIN: Final = CallbackAnswer(
    HTTPStatus.SERVICE_UNAVAILABLE, b'{"error":"try again"}', {"Content-Type": "application/json"}
)
#: Genuine, and refused for what may be our fault: a clock, or a first try that is still under way. A body
#: that cannot be read is too: it was looked into after it was authenticated, so Sinch did send it.
_OURS: Final = frozenset({RejectionReason.STALE_TIMESTAMP, RejectionReason.REPLAYED})


def message_signature(secret: str, body: bytes, nonce: str, timestamp: str) -> str:
    """What the header ``x-sinch-webhook-signature`` has to be."""
    tail = f".{nonce}.{timestamp}".encode("utf-8", "surrogateescape")
    return b64encode(hmac.digest(secret.encode(), body + tail, "sha256")).decode("ascii")


@attrs.frozen(repr=False)
class VerifiedMessage:
    """A delivery that Sinch authenticated with one of our secrets or passwords."""

    delivery: Delivery
    token: str
    """A name for this very message, the same for a replay; printable, and no secret."""
    received_at: datetime
    max_body: int
    _refuse: Callable[[RejectionReason, str], DeliveryRejected]
    sent_at: datetime | None = None
    """The signed time; None with a password."""
    application_key: str = ""
    """None: a service plan sends these."""

    def __repr__(self) -> str:
        return f"<VerifiedMessage {self.delivery.method} {self.delivery.path}>"

    def event(self) -> CallbackEvent:
        """Read the event.

        Raises :class:`DeliveryRejected` for a body that cannot be read, and with reason
        ``WRONG_APPLICATION`` for an event of an application, which these secrets do not sign.
        """
        try:
            event = read_event(self.delivery.body, max_body=self.max_body)
        except CallbackRejected as rejected:
            raise self._refuse(rejected.reason, rejected.message) from None
        if hasattr(event, "event") and not isinstance(event, UnknownEvent):
            problem = "a callback of an application, signed as those of the SMS REST API are"
            raise self._refuse(RejectionReason.WRONG_APPLICATION, problem)
        return event


class MessagesVerifier(Verifier):
    """Checks that a callback of the SMS REST API is genuine, recent, and optionally not seen before.

    ``secrets`` is the webhook secret that the account manager set up, as text; several allow
    rotation. ``basic`` is ``(user, password)``, or several of them, for callbacks with basic
    authentication, which are neither signed nor dated: use https, and a store against replays. At
    least one of both; whatever is configured is accepted.

    ``tolerance`` is how far the signed time may lie from ``clock``, default 1 day: Sinch tries again
    for almost as long, and it is not documented that it signs anew. ``seen`` is as for
    :class:`CallbackVerifier`. ``max_body`` limits the body in bytes, default 2 MiB, which has room for
    the full report of a batch to 100,000 members of groups; what is larger is answered 413 and lost.

    What is not authenticated is answered 401, which is final: Sinch never sends it again. So a wrong
    secret loses reports; ``keep_unverified=True`` answers 503 instead, for the time of changing it.
    A genuine callback that is too old, came before or cannot be read is answered 503 as well.
    """

    def __init__(
        self,
        secrets: str | Iterable[str] = (),
        *,
        basic: tuple[str, str] | Iterable[tuple[str, str]] = (),
        tolerance: timedelta | float | None = TOLERANCE,
        clock: Clock = utc_now,
        seen: SeenStore | AsyncSeenStore | None = None,
        max_body: int = MAX_BODY,
        keep_unverified: bool = False,
    ) -> None:
        self._secrets = _checked_secrets(secrets)
        self._passwords = _checked_passwords(basic)
        if not self._secrets and not self._passwords:
            raise ConfigurationError(
                "secrets or basic must be given: without them nothing could be told from a forgery",
                argument="secrets",
            )
        if type(max_body) is not int or max_body < 1:
            raise ConfigurationError(
                f"max_body must be a whole number of bytes above 0, not {max_body!r:.80}",
                argument="max_body",
            )
        if not isinstance(keep_unverified, bool):
            raise ConfigurationError(
                "keep_unverified must be True or False", argument="keep_unverified"
            )
        self._tolerance = check_tolerance(tolerance)
        self._clock = clock
        self._seen = check_store(seen)
        self.has_steps = seen is not None or type(self) is not MessagesVerifier
        self._max_body = max_body
        self._keep_unverified = keep_unverified

    @property
    def application_keys(self) -> tuple[str, ...]:
        """None: a service plan has no application key."""
        return ("",)

    @property
    def max_body(self) -> int:
        """The largest body that is looked at, in bytes."""
        return self._max_body

    @staticmethod
    def claims(headers: RequestHeaders) -> bool:
        """Whether a request says that it is for this verifier rather than for that of an application.

        .. code-block:: python

            MessagesVerifier.claims(RequestHeaders({"Authorization": "Basic dTpw"}))  # True
        """
        authorization = headers.get("authorization") or ""
        return SIGNATURE in headers or authorization.strip()[:6].lower() == "basic "

    def refusal(self, rejected: CallbackRejected) -> CallbackAnswer:
        """What the peer is told; 503 where a final answer could lose what is genuine.

        .. code-block:: python

            try:
                event = verifier.verify(delivery).event()
            except CallbackRejected as rejected:
                answer = verifier.refusal(rejected)
        """
        unsure = self._keep_unverified and rejected.status == HTTPStatus.UNAUTHORIZED
        ours = rejected.reason in _OURS or rejected.status == HTTPStatus.BAD_REQUEST
        return _AGAIN if unsure or ours else refusal(rejected)

    def steps(self, delivery: Delivery) -> Steps[VerifiedMessage]:
        """The plan of :meth:`verify`."""
        verified = self._examined(delivery)
        if self._seen is not None:
            ttl = remembered(self._tolerance)
            if not (yield store_call(self._seen, "claim", verified.token, ttl)):
                raise self._no(delivery, RejectionReason.REPLAYED, "this very request came before")
        return verified

    def _examined(self, delivery: Delivery) -> VerifiedMessage:
        if len(delivery.body) > self._max_body:
            problem = too_large(self._max_body).message
            raise self._no(delivery, RejectionReason.TOO_LARGE, problem)
        now = self._clock()
        if now.tzinfo is None:
            raise ConfigurationError(
                "clock must return a datetime with a time zone, such as datetime.now(UTC)",
                argument="clock",
            )
        # a request may have both, where the account has both set up and this program knows one
        if SIGNATURE in delivery.headers and self._secrets:
            return self._signed(delivery, now)
        return self._with_password(delivery, now)

    def _signed(self, delivery: Delivery, now: datetime) -> VerifiedMessage:
        found = {
            name: delivery.headers.getall(name) for name in (SIGNATURE, NONCE, TIMESTAMP, ALGORITHM)
        }
        if any(len(values) > 1 for values in found.values()):
            problem = "a header of the signature comes more than once"
            raise self._no(delivery, RejectionReason.MALFORMED_AUTHORIZATION, problem)
        signature, nonce, timestamp, algorithm = (
            values[0] if values else "" for values in found.values()
        )
        if not nonce or algorithm.lower() not in {"", "hmacsha256"}:
            problem = "there is no nonce, or the algorithm is not HmacSHA256"
            raise self._no(delivery, RejectionReason.MALFORMED_AUTHORIZATION, problem)
        if not timestamp:
            problem = f"no {TIMESTAMP} header"
            raise self._no(delivery, RejectionReason.MISSING_TIMESTAMP, problem)
        if not _SECONDS.fullmatch(timestamp):
            problem = f"{TIMESTAMP} is not a number of seconds"
            raise self._no(delivery, RejectionReason.MALFORMED_TIMESTAMP, problem)
        received = signature.encode("utf-8", "surrogateescape")
        fits = [
            hmac.compare_digest(
                message_signature(secret, delivery.body, nonce, timestamp).encode(), received
            )
            for secret in self._secrets
        ]
        if not any(fits):
            problem = "the signature does not fit the body"
            raise self._no(delivery, RejectionReason.BAD_SIGNATURE, problem)
        sent_at = datetime.fromtimestamp(int(timestamp), UTC)
        if self._tolerance is not None and abs(now - sent_at) > self._tolerance:
            problem = f"it was signed {(now - sent_at).total_seconds():.0f} s ago by the clock here"
            raise self._no(delivery, RejectionReason.STALE_TIMESTAMP, problem)
        return self._verified(delivery, now, f"{nonce}\n{timestamp}", sent_at)

    def _with_password(self, delivery: Delivery, now: datetime) -> VerifiedMessage:
        values = delivery.headers.getall("authorization")
        if not values:
            problem = f"no Authorization header, and no {SIGNATURE} that a secret was given for"
            raise self._no(delivery, RejectionReason.MISSING_AUTHORIZATION, problem)
        scheme, _, encoded = values[0].strip().partition(" ")
        if len(values) > 1 or scheme.lower() != "basic":
            problem = "the Authorization header is not one of scheme Basic"
            raise self._no(delivery, RejectionReason.MALFORMED_AUTHORIZATION, problem)
        try:
            given = b64decode(encoded.strip().encode("ascii"), validate=True)
        except ValueError:
            problem = "the Authorization header is not base64"
            raise self._no(delivery, RejectionReason.MALFORMED_AUTHORIZATION, problem) from None
        if not any(hmac.compare_digest(given, known) for known in self._passwords):
            problem = "user name or password is wrong"
            raise self._no(delivery, RejectionReason.BAD_SIGNATURE, problem)
        return self._verified(delivery, now, "basic", None)

    def _verified(
        self, delivery: Delivery, now: datetime, name: str, sent_at: datetime | None
    ) -> VerifiedMessage:
        digest = sha256(name.encode("utf-8", "surrogateescape") + b"\n" + delivery.body)
        return VerifiedMessage(
            delivery,
            digest.hexdigest(),
            now.astimezone(UTC),
            self._max_body,
            lambda reason, problem: self._no(delivery, reason, problem),
            sent_at,
        )

    def _no(self, delivery: Delivery, reason: RejectionReason, problem: str) -> DeliveryRejected:
        timestamp = delivery.headers.get(TIMESTAMP)
        return DeliveryRejected(
            problem,
            reason=reason,
            explanation=Explanation(
                reason=reason,
                problem=problem,
                method=delivery.method,
                path=delivery.path,
                content_type=delivery.headers.get("content-type"),
                timestamp=timestamp,
                tolerance=self._tolerance,
            ),
        )


def _checked_secrets(secrets: str | Iterable[str]) -> tuple[str, ...]:
    found = (secrets,) if isinstance(secrets, str) else _listed(secrets, "secrets")
    for secret in found:
        if not isinstance(secret, str) or not secret.strip():
            raise ConfigurationError("secrets must be text that is not blank", argument="secrets")
        if (
            secret != secret.strip()
        ):  # such as the last line of a file: it would lose every callback
            raise ConfigurationError(
                "secrets must not begin or end with a space or a line break", argument="secrets"
            )
        _encoded(secret, "secrets")
    return found


def _listed(values: Any, argument: str) -> tuple[Any, ...]:
    if not isinstance(values, Iterable):
        raise ConfigurationError(
            f"{argument} must be given, not {type(values).__name__}", argument=argument
        )
    return tuple(values)


def _encoded(value: str, argument: str) -> bytes:
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise ConfigurationError(
            f"{argument} must not hold half of a surrogate pair, which cannot be encoded",
            argument=argument,
        ) from None


def _checked_passwords(
    basic: tuple[str, str] | Iterable[tuple[str, str]],
) -> tuple[bytes, ...]:
    pairs: tuple[Any, ...] = (basic,) if isinstance(basic, str) else _listed(basic, "basic")
    if len(pairs) == 2 and all(isinstance(part, str) for part in pairs):
        pairs = (pairs,)
    found = []
    for pair in pairs:
        listed: tuple[Any, ...] = tuple(pair) if isinstance(pair, tuple | list) else ()
        whole = len(listed) == 2 and all(isinstance(part, str) and part for part in listed)
        if not whole or ":" in listed[0]:
            raise ConfigurationError(
                "basic must be (user, password), or a list of such pairs; no colon in a user name",
                argument="basic",
            )
        found.append(_encoded(":".join(listed), "basic"))
    return tuple(found)
