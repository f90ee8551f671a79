"""Telling Sinch's callbacks from forgeries: safe by default, closed when in doubt."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, Self, TypeAlias, TypedDict, Unpack, cast

import attrs

from sinch.callbacks.applications import OTHER_KEY, body_names_another, names_another
from sinch.callbacks.events import MAX_BODY, read_event
from sinch.callbacks.keyring import CredentialsLike, fold_key, keyring
from sinch.callbacks.paths import check_prefixes
from sinch.callbacks.signature_check import Examination, SignatureCheck
from sinch.callbacks.steps import RunSync, Shield, Steps, run, run_async
from sinch.callbacks.verifying import Verifier, check_store, check_tolerance, remembered, store_call
from sinch.core.signing import Clock, Credentials, utc_now
from sinch.errors import CallbackRejected, ConfigurationError, RejectionReason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.event_types import CallbackEvent
    from sinch.callbacks.explanation import DeliveryRejected, Explanation
    from sinch.callbacks.replay_store import AsyncSeenStore, SeenStore
    from sinch.core.config import Config

TOLERANCE: Final = timedelta(minutes=5)


TrailingSlash: TypeAlias = Literal["exact", "any"]

EXPLAIN_VARIABLE: Final = "SINCH_EXPLAIN"


@attrs.frozen(repr=False, slots=False)  # without slots it is made sooner
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
        return self._notes.signer

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
    def received_at(self) -> datetime:
        """When it was verified, by the verifier's clock, in UTC."""
        return cast("datetime", self._notes.received_at).astimezone(UTC)

    @property
    def max_body(self) -> int:
        """The largest body that is read, in bytes."""
        return self._notes.check.max_body

    def __repr__(self) -> str:
        return f"<Verified {self.delivery.method} {self.signed_path} by {self.application_key}>"

    @property
    def token(self) -> str:
        """A name for this very message, the same for a replay; printable, and no secret."""
        identity = f"{fold_key(self.application_key)}\n{self.signed_text}"
        return sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()

    def event(self) -> CallbackEvent:
        """Read the event.

        Raises :class:`DeliveryRejected` for a body that cannot be read, as ``read_event`` does, and
        with reason ``WRONG_APPLICATION`` for one that names another application than the one that
        signed it: whoever has the secret of one application cannot speak for another.
        """
        notes = self._notes
        try:
            event = read_event(notes.delivery.body, max_body=notes.check.max_body)
        except CallbackRejected as rejected:
            raise _rejected(notes.refuse(rejected.reason, rejected.message)) from None
        if names_another(event.raw, notes.attempts[-1][0].application_key):
            raise _rejected(notes.refuse(RejectionReason.WRONG_APPLICATION, OTHER_KEY))
        if not hasattr(event, "event"):
            problem = "a callback of the SMS REST API, which applications do not sign"
            raise _rejected(notes.refuse(RejectionReason.WRONG_APPLICATION, problem))
        return event


class VerifierOptions(TypedDict, total=False):
    """The options of :class:`CallbackVerifier`, as its alternative constructors take them."""

    tolerance: timedelta | float | None
    clock: Clock
    seen: SeenStore | AsyncSeenStore | None
    public_path_prefix: str | Sequence[str]
    trailing_slash: TrailingSlash
    max_body: int
    explain: bool | None


class CallbackVerifier(Verifier):
    """Checks that a delivery was signed by Sinch, recently, and optionally not seen before.

    ``credentials``: ``(key, secret)``, a mapping from key to secret, or a list of pairs; a list of
    secrets for one key allows rotation. ``CallbackVerifier(key, secret)`` works too, and without
    arguments ``SINCH_APPLICATION_KEY`` and ``SINCH_APPLICATION_SECRET`` are read. No secret is a
    :class:`~sinch.errors.ConfigurationError`: there is no way to accept everything.

    ``tolerance`` is how far x-timestamp may lie from ``clock`` either way, in seconds or as a
    ``timedelta``: default 5 minutes, at most 365 days; ``None`` switches the check off. ``seen`` is a store against replays, default none;
    it keeps each token for twice the tolerance and a minute more, so that machines whose clocks
    differ agree, and for 7 days without a tolerance: a callback that is played again after that is
    accepted. ``public_path_prefix`` is what a proxy strips from the path of your callback URL (one or
    several); ``trailing_slash="any"`` also tries the path with its final slash added or removed,
    for gateways that rewrite it. ``max_body`` limits the body in bytes, default 256 KiB.
    ``explain=True`` logs what :meth:`explain` says of each rejected callback, as a warning of
    ``sinch.callbacks``: several lines, without secrets, for the time of finding out. By default
    ``SINCH_EXPLAIN`` decides (1, true, yes or on; 0, false, no, off or nothing).

    Thread-safe, and free of I/O except for the store.
    """

    def __init__(
        self,
        credentials: CredentialsLike | str | None = None,
        secret: str | None = None,
        *,
        tolerance: timedelta | float | None = TOLERANCE,
        clock: Clock = utc_now,
        seen: SeenStore | AsyncSeenStore | None = None,
        public_path_prefix: str | Sequence[str] = (),
        trailing_slash: TrailingSlash = "exact",
        max_body: int = MAX_BODY,
        explain: bool | None = None,
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
        self._seen = check_store(seen)
        # a subclass may check more in its steps, and is not to be passed by
        self.has_steps = seen is not None or type(self) is not CallbackVerifier
        self._check = SignatureCheck(
            keyring=keyring(credentials),
            tolerance=check_tolerance(tolerance),
            clock=clock,
            prefixes=check_prefixes(cast("str | tuple[str, ...]", public_path_prefix)),
            any_slash=trailing_slash == "any",
            max_body=max_body,
            explains=_check_explain(explain),
        )

    @classmethod
    def from_config(cls, config: Config, **options: Unpack[VerifierOptions]) -> Self:
        """Use the key and secret of a client's configuration; a public one has no secret."""
        config.require_application()
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
        """Read key, secret and ``SINCH_EXPLAIN`` from ``environ``, default ``os.environ``."""
        if options.get("explain") is None:
            options["explain"] = _explain_variable(os.environ if environ is None else environ)
        return cls(_from_settings(None, None, environ), **options)

    def __repr__(self) -> str:
        tolerance = self._check.tolerance
        within = "any age" if tolerance is None else f"within {tolerance.total_seconds():g} s"
        store = "" if self._seen is None else f", {type(self._seen).__name__}"
        return f"<CallbackVerifier of {', '.join(self.application_keys)}: {within}{store}>"

    @property
    def application_keys(self) -> tuple[str, ...]:
        """The configured application keys."""
        return self._check.names

    @property
    def max_body(self) -> int:
        """The largest body that is looked at, in bytes."""
        return self._check.max_body

    def verify(self, delivery: Delivery) -> Verified:
        """Return proof that a delivery is genuine, or raise :class:`DeliveryRejected`.

        Its ``reason`` is for the log; answer the peer with its ``status`` only. Errors of the
        seen-before store propagate. A store that is asynchronous only is a
        :class:`~sinch.errors.ConfigurationError` here.
        """
        if self._seen is not None:
            return run(self.steps(delivery))
        notes = self._check.examine(delivery)  # nothing to wait for, so no plan to run
        if notes.reason is not None:
            raise _rejected(notes)
        return Verified(notes)

    async def verify_async(
        self, delivery: Delivery, *, run_sync: RunSync | None = None, shield: Shield | None = None
    ) -> Verified:
        """Do the same in an event loop; a blocking store runs in ``run_sync`` when given.

        When the task is cancelled meanwhile, nothing stays claimed, given a ``shield``.
        """
        return await run_async(self.steps(delivery), run_sync, shield)

    def explain(self, delivery: Delivery) -> Explanation:
        """Say what was checked and why a delivery is refused; ``print()`` it while debugging.

        Changes nothing and does not ask the seen-before store. Reveals neither the secret nor the
        expected signature. When the signature does not fit, likely accidents are tried (a changed
        Content-Type, slash or JSON spacing) and reported as hints; none of them is ever accepted.
        """
        notes = self._check.examine(delivery)
        if notes.reason is None and body_names_another(delivery.body, notes.signer):
            notes.refuse(RejectionReason.WRONG_APPLICATION, OTHER_KEY)
        return self.with_hints(notes.explanation(), delivery)

    def with_hints(self, found: Explanation, delivery: Delivery) -> Explanation:
        """Add to the explanation of a :class:`DeliveryRejected` what :meth:`explain` finds out."""
        from sinch.callbacks.hints import with_hints

        return with_hints(found, delivery, self._check.keyring)

    def steps(self, delivery: Delivery) -> Steps[Verified]:
        """The plan of :meth:`verify`, for :func:`.run` and :func:`.run_async`."""
        notes = self._check.examine(delivery)
        if notes.reason is not None:
            raise _rejected(notes)
        verified = Verified(notes)
        if self._seen is not None:
            fresh = yield store_call(
                self._seen, "claim", verified.token, remembered(notes.check.tolerance)
            )
            if not fresh:
                problem = "this very request came before"
                raise _rejected(notes.refuse(RejectionReason.REPLAYED, problem))
        return verified


def _rejected(notes: Examination) -> DeliveryRejected:
    from sinch.callbacks.explanation import DeliveryRejected

    explanation = notes.explanation()
    if notes.check.explains:
        _log(explanation, notes)
    reason = cast("RejectionReason", notes.reason)
    return DeliveryRejected(notes.problem, reason=reason, explanation=explanation)


def _log(explanation: Explanation, notes: Examination) -> None:
    from sinch.callbacks.callback_log import explained
    from sinch.callbacks.hints import with_hints

    explained(with_hints(explanation, notes.delivery, notes.check.keyring))


def _from_settings(
    key: str | None, secret: str | None, environ: Mapping[str, str] | None = None
) -> Credentials:
    from sinch.core.config import Config

    config = Config.build(key, secret, environ=environ)
    config.require_application()  # a service plan alone signs no callbacks of this kind
    return cast("Credentials", config.credentials)


def _check_explain(explain: bool | None) -> bool:
    if explain is None:
        return _explain_variable(os.environ)
    if not isinstance(explain, bool):
        raise ConfigurationError(
            f"explain must be True, False, or None for {EXPLAIN_VARIABLE}, not {explain!r:.80}",
            argument="explain",
        )
    return explain


def _explain_variable(environ: Mapping[str, str]) -> bool:
    text = environ.get(EXPLAIN_VARIABLE, "").strip().lower()
    if text not in _SWITCH:
        raise ConfigurationError(
            f"{EXPLAIN_VARIABLE} must be 1, true, yes or on, or else 0, false, no, off or nothing",
            argument="explain",
            variable=EXPLAIN_VARIABLE,
        )
    return _SWITCH[text]


_SWITCH: Final = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("", "0", "false", "no", "off"), False),
}
