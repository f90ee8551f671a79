"""Telling Sinch's callbacks from forgeries (facts 3): safe by default, closed when in doubt."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self, TypedDict, Unpack, cast

import attrs

from sinch.callbacks.events import MAX_BODY, read_event
from sinch.callbacks.examiner import Examination, Examiner
from sinch.callbacks.explanation import DeliveryRejected, Explanation
from sinch.callbacks.keyring import CredentialsLike, fold_key, keyring
from sinch.callbacks.paths import check_prefixes
from sinch.callbacks.steps import Call, RunSync, Steps, run, run_async
from sinch.core.signing import Clock, Credentials, utc_now
from sinch.errors import ConfigurationError, RejectionReason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.event_types import CallbackEvent
    from sinch.callbacks.seen import AsyncSeenStore, SeenStore
    from sinch.core.config import Config

TOLERANCE: Final = timedelta(minutes=5)
_FOREVER: Final = timedelta(days=1)


@attrs.frozen(repr=False)
class Verified:
    """A delivery that Sinch signed with one of our secrets."""

    _notes: Examination

    @property
    def delivery(self) -> Delivery:
        """The request."""
        return self._notes.delivery

    @property
    def application_key(self) -> str:
        """The configured key that signed it."""
        return self._notes.attempts[-1][0].application_key

    @property
    def signed_path(self) -> str:
        """The path that was signed."""
        return self._notes.attempts[-1][3]

    @property
    def signed_text(self) -> str:
        """The whole text that was signed."""
        return self._notes.attempts[-1][4]

    @property
    def sent_at(self) -> datetime:
        """The signed time."""
        return cast("datetime", self._notes.sent_at)

    @property
    def max_body(self) -> int:
        """The largest body that is read, in bytes."""
        return self._notes.examiner.max_body

    def __repr__(self) -> str:
        return f"<Verified {self.delivery.method} {self.signed_path} by {self.application_key}>"

    @property
    def token(self) -> str:
        """A name for this very message, the same for a replay; printable, and no secret."""
        identity = f"{fold_key(self.application_key)}\n{self.signed_text}"
        return sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()

    def event(self) -> CallbackEvent:
        """Read the event; raises :class:`~sinch.errors.CallbackRejected` as ``read_event`` does."""
        return read_event(self.delivery.body, max_body=self.max_body)


class VerifierOptions(TypedDict, total=False):
    """The options of :class:`CallbackVerifier`, as its alternative constructors take them."""

    tolerance: timedelta | None
    clock: Clock
    seen: SeenStore | AsyncSeenStore | None
    public_path_prefix: str | Sequence[str]
    trailing_slash: str
    max_body: int


class CallbackVerifier:
    """Checks that a delivery was signed by Sinch, recently, and optionally not seen before.

    ``credentials``: ``(key, secret)``, a mapping from key to secret, or a list of pairs; a list of
    secrets for one key allows rotation. ``CallbackVerifier(key, secret)`` works too, and without
    arguments ``SINCH_APPLICATION_KEY`` and ``SINCH_APPLICATION_SECRET`` are read. No secret is a
    :class:`~sinch.errors.ConfigurationError`: there is no way to accept everything.

    ``tolerance`` is how far x-timestamp may lie from ``clock`` either way, default 5 minutes;
    ``None`` switches the check off. ``seen`` is a store against replays within that time, default
    none. ``public_path_prefix`` is what a proxy strips from the path of your callback URL (one or
    several); ``trailing_slash="any"`` also tries the path with its final slash added or removed,
    for gateways that rewrite it. ``max_body`` limits the body in bytes, default 256 KiB.

    Thread-safe, and free of I/O except for the store.
    """

    def __init__(
        self,
        credentials: CredentialsLike | str | None = None,
        secret: str | None = None,
        *,
        tolerance: timedelta | None = TOLERANCE,
        clock: Clock = utc_now,
        seen: SeenStore | AsyncSeenStore | None = None,
        public_path_prefix: str | Sequence[str] = (),
        trailing_slash: str = "exact",
        max_body: int = MAX_BODY,
    ) -> None:
        if credentials is None or isinstance(credentials, str):
            credentials = _from_settings(credentials, secret)
        elif secret is not None:
            raise ConfigurationError(
                "secret goes with a key as text, not with other credentials", argument="secret"
            )
        if trailing_slash not in {"exact", "any"}:
            raise ConfigurationError(
                f"trailing_slash must be 'exact' or 'any', not {trailing_slash!r:.80}",
                argument="trailing_slash",
            )
        if type(max_body) is not int or max_body < 1:
            raise ConfigurationError(
                f"max_body must be a whole number of bytes above 0, not {max_body!r:.80}",
                argument="max_body",
            )
        self._seen = _check_store(seen)
        self._examiner = Examiner(
            keyring=keyring(credentials),
            tolerance=_check_tolerance(tolerance),
            clock=clock,
            prefixes=check_prefixes(cast("str | tuple[str, ...]", public_path_prefix)),
            any_slash=trailing_slash == "any",
            max_body=max_body,
        )

    @classmethod
    def from_config(cls, config: Config, **options: Unpack[VerifierOptions]) -> Self:
        """Use the key and secret of a client's configuration; a public one has no secret."""
        if config.credentials is None:
            raise ConfigurationError(
                "a client with auth='public' has no secret to verify callbacks with",
                argument="config",
            )
        return cls(config.credentials, **options)

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] | None = None, **options: Unpack[VerifierOptions]
    ) -> Self:
        """Read key and secret from ``environ``, default ``os.environ``."""
        return cls(_from_settings(None, None, environ), **options)

    @property
    def application_keys(self) -> tuple[str, ...]:
        """The configured application keys."""
        return self._examiner.names

    @property
    def max_body(self) -> int:
        """The largest body that is looked at, in bytes."""
        return self._examiner.max_body

    def verify(self, delivery: Delivery) -> Verified:
        """Return proof that a delivery is genuine, or raise :class:`DeliveryRejected`.

        Its ``reason`` is for the log; answer the peer with its ``status`` only. Errors of the
        seen-before store propagate. A store that is asynchronous only is a
        :class:`~sinch.errors.ConfigurationError` here.
        """
        if self._seen is None:  # nothing to wait for, so no plan to run
            return self._examined(delivery)[1]
        return run(self.steps(delivery))

    async def verify_async(
        self, delivery: Delivery, *, run_sync: RunSync | None = None
    ) -> Verified:
        """Do the same in an event loop; a blocking store runs in ``run_sync`` when given."""
        return await run_async(self.steps(delivery), run_sync)

    def explain(self, delivery: Delivery) -> Explanation:
        """Say what was checked and why a delivery is refused; ``print()`` it while debugging.

        Changes nothing and does not ask the seen-before store. Reveals neither the secret nor the
        expected signature. When the signature does not fit, likely accidents are tried (a changed
        Content-Type, slash or JSON spacing) and reported as hints; none of them is ever accepted.
        """
        from sinch.callbacks.diagnosis import with_hints

        found = self._examiner.examine(delivery).explanation()
        return with_hints(found, delivery, self._examiner.keyring)

    def steps(self, delivery: Delivery) -> Steps[Verified]:
        """The plan of :meth:`verify`, for :func:`.run` and :func:`.run_async`."""
        notes, verified = self._examined(delivery)
        if self._seen is not None:
            fresh = yield _store_call(self._seen, "claim", verified.token, _ttl(notes))
            if not fresh:
                problem = "this very request came before"
                raise _rejected(notes.refuse(RejectionReason.REPLAYED, problem))
        return verified

    def _examined(self, delivery: Delivery) -> tuple[Examination, Verified]:
        notes = self._examiner.examine(delivery)
        if notes.reason is not None:
            raise _rejected(notes)
        return notes, Verified(notes)

    def release_steps(self, verified: Verified) -> Steps[None]:
        """Make the store, if it can, accept this delivery again, because handling it failed."""
        store = self._seen
        if hasattr(store, "release") or hasattr(store, "arelease"):
            yield _store_call(store, "release", verified.token)


def _rejected(notes: Examination) -> DeliveryRejected:
    reason = cast("RejectionReason", notes.reason)
    return DeliveryRejected(notes.problem, reason=reason, explanation=notes.explanation())


def _ttl(notes: Examination) -> timedelta:
    """How long this message would still pass the freshness check, and a moment more."""
    tolerance = notes.examiner.tolerance
    if tolerance is None or notes.skew is None:
        return _FOREVER
    return tolerance - notes.skew + timedelta(seconds=1)


def _from_settings(
    key: str | None, secret: str | None, environ: Mapping[str, str] | None = None
) -> Credentials:
    from sinch.core.config import Config

    return cast("Credentials", Config.build(key, secret, environ=environ).credentials)


def _check_tolerance(tolerance: timedelta | None) -> timedelta | None:
    if tolerance is None:
        return None
    if not isinstance(tolerance, timedelta) or tolerance <= timedelta(0):
        raise ConfigurationError(
            f"tolerance must be a timedelta above 0, or None for no limit, not {tolerance!r:.80}",
            argument="tolerance",
        )
    return tolerance


def _check_store(store: SeenStore | AsyncSeenStore | None) -> SeenStore | AsyncSeenStore | None:
    if store is not None and not (hasattr(store, "claim") or hasattr(store, "aclaim")):
        raise ConfigurationError(
            "seen must be a store such as MemorySeenStore(), with claim() or aclaim()",
            argument="seen",
        )
    return store


def _store_call(store: object, verb: str, *arguments: object) -> Call:
    plain = getattr(store, verb, None)
    awaitable = getattr(store, f"a{verb}", None)
    return Call(
        what=f"the seen-before store {type(store).__name__}",
        plain=plain and (lambda: plain(*arguments)),
        awaitable=awaitable and (lambda: awaitable(*arguments)),
    )
