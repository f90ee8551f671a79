"""What everything that authenticates deliveries has alike: how it is asked, and how it keeps what was seen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sinch.callbacks.responses import CallbackAnswer, refusal
from sinch.callbacks.steps import Invocation, RunSync, Shield, Steps, run, run_async
from sinch.errors import CallbackRejected, ConfigurationError

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.explanation import Explanation
    from sinch.callbacks.replay_store import AsyncSeenStore, SeenStore

REMEMBERED: Final = timedelta(days=7)
"""How long a seen-before store keeps a token when callbacks of any age are accepted."""
_LONGEST: Final = timedelta(days=365)
_MARGIN: Final = timedelta(minutes=1)


class Verifier:
    """What a router needs of whatever authenticates deliveries, and what all of them have alike."""

    _seen: SeenStore | AsyncSeenStore | None
    has_steps: bool = True
    """Whether verifying may have to wait, as for a store against replays, or is more than ours."""

    @property
    def application_keys(self) -> tuple[str, ...]:
        """The configured application keys."""
        raise NotImplementedError

    @property
    def max_body(self) -> int:
        """The largest body that is looked at, in bytes."""
        raise NotImplementedError

    def steps(self, delivery: Delivery) -> Steps[Any]:
        """The plan of :meth:`verify`, for :func:`.run` and :func:`.run_async`."""
        raise NotImplementedError

    def refusal(self, rejected: CallbackRejected) -> CallbackAnswer:
        """What the peer is told: the status, not the reason.

        .. code-block:: python

            try:
                verified = verifier.verify(delivery)
            except CallbackRejected as rejected:
                answer = verifier.refusal(rejected)
        """
        return refusal(rejected)

    def with_hints(self, found: Explanation, delivery: Delivery) -> Explanation:  # noqa: ARG002
        """The explanation, with advice where there is any."""
        return found

    def verify(self, delivery: Delivery) -> Any:
        """Return proof that a delivery is genuine, or raise :class:`DeliveryRejected`."""
        return run(self.steps(delivery))

    async def verify_async(
        self, delivery: Delivery, *, run_sync: RunSync | None = None, shield: Shield | None = None
    ) -> Any:
        """Do the same in an event loop; a blocking store runs in ``run_sync`` when given."""
        return await run_async(self.steps(delivery), run_sync, shield)

    def release(self, verified: Any) -> None:
        """Make the seen-before store accept a delivery again, because handling it came to nothing.

        For programs that call :meth:`verify` themselves; a router does it. Without a store, or with
        one that has no ``release``, this does nothing. Errors of the store propagate.
        """
        run(self.release_steps(verified))

    async def release_async(
        self, verified: Any, *, run_sync: RunSync | None = None, shield: Shield | None = None
    ) -> None:
        """Do what :meth:`release` does, in an event loop."""
        await run_async(self.release_steps(verified), run_sync, shield)

    def release_steps(self, verified: Any) -> Steps[None]:
        """The plan of :meth:`release`."""
        store = self._seen
        if hasattr(store, "release") or hasattr(store, "arelease"):
            yield store_call(store, "release", verified.token)


def check_verifier(found: object) -> Verifier:
    """The verifier of a router, which has no other way to trust anything."""
    if not isinstance(found, Verifier):
        raise ConfigurationError(
            f"verifier must be a CallbackVerifier, not {type(found).__name__}: "
            "callbacks are never answered unverified",
            argument="verifier",
        )
    return found


def remembered(tolerance: timedelta | None) -> timedelta:
    """How long a token is remembered.

    A callback from the future stays fresh for twice the tolerance, and on a machine whose clock is
    as far off as the tolerance lets it be, it is fresh for as long after it was stale here.
    """
    return REMEMBERED if tolerance is None else 2 * tolerance + _MARGIN


def check_tolerance(tolerance: timedelta | float | None) -> timedelta | None:
    """How far a time may be off, as a timedelta; ``None`` for any."""
    if tolerance is None:
        return None
    span = tolerance
    if isinstance(tolerance, int | float) and not isinstance(tolerance, bool):
        # what is no number of seconds at all is no more right than one that is too large
        fits = 0 < tolerance <= _LONGEST.total_seconds()
        span = timedelta(seconds=tolerance) if fits else timedelta(0)
    if not isinstance(span, timedelta) or not timedelta(0) < span <= _LONGEST:
        raise ConfigurationError(
            "tolerance must be seconds, or a timedelta, above 0 and at most 365 days, or None for "
            f"no limit, not {tolerance!r:.80}",
            argument="tolerance",
        )
    return span


def check_store(store: SeenStore | AsyncSeenStore | None) -> SeenStore | AsyncSeenStore | None:
    """Refuse what is no seen-before store."""
    if store is not None and not (hasattr(store, "claim") or hasattr(store, "aclaim")):
        raise ConfigurationError(
            "seen must be a store such as MemorySeenStore(), with claim() or aclaim()",
            argument="seen",
        )
    return store


def store_call(store: object, verb: str, *arguments: object) -> Invocation:
    """The call of a store; it is heard out even when the task is cancelled."""
    plain = getattr(store, verb, None)
    awaitable = getattr(store, f"a{verb}", None)
    return Invocation(
        what=f"the seen-before store {type(store).__name__}",
        plain=plain and (lambda: plain(*arguments)),
        awaitable=awaitable and (lambda: awaitable(*arguments)),
        unbroken=True,
    )
