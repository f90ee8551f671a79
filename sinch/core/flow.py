"""Network verbs as generators: they yield what to do next, a driver does it and sends back the result.

A flow yields :class:`Send` or :class:`Pause` and returns a value. The blocking and the asyncio client
each have a driver of a few lines; retries, polling and every decision live here, once, so the two
cannot drift apart.

.. code-block:: python

    def get_twice(operation: Operation[T], context: FlowContext) -> Flow[T]:
        yield from call(operation, context)
        return (yield from call(operation, context))
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeAlias, TypeVar, Unpack, cast

import attrs

from sinch.core.config import RetryPolicy
from sinch.core.error_mapping import translate
from sinch.core.options import CallOptions
from sinch.core.retry import delay_before_retry
from sinch.errors import InvalidArgumentError, SinchError
from sinch.redaction import mask_numbers, mask_path
from sinch_api import wire
from sinch_api.failures import Failure
from sinch_api.operation import ApiAnswer, Operation

logger = logging.getLogger("sinch")

T = TypeVar("T")


# Steps are tuples: one is made for every attempt, and a tuple costs a third of an attrs value.


class Send(NamedTuple):
    """Send this operation once and give back its result, or throw the failure into the flow.

    ``timeout``: other limits than the client's. ``within``: seconds for this attempt at most,
    waiting for a free connection included.
    """

    operation: Operation[Any]
    timeout: wire.Timeout | None = None
    within: float | None = None


class Pause(NamedTuple):
    """Do nothing for this many seconds."""

    seconds: float


Step: TypeAlias = Send | Pause
Flow: TypeAlias = Generator[Step, Any, T]


@attrs.frozen(kw_only=True)
class Attempt:
    """One finished attempt at one operation, as hooks see it; personal data is masked.

    ``number`` counts from 1, ``elapsed`` is in seconds, ``error`` is None when it went well and
    ``retry_in`` the pause in seconds before the next attempt, None when there is none.
    """

    operation: str
    method: str
    path: str
    number: int
    elapsed: float
    error: SinchError | None = None
    retry_in: float | None = None


Hook: TypeAlias = Callable[[Attempt], None]


@attrs.frozen(kw_only=True)
class FlowContext:
    """What flows need besides their arguments.

    ``timeout`` and ``headers`` are those of ``with_options``; ``record`` is given every answer.
    """

    retry: RetryPolicy = attrs.field(factory=RetryPolicy)
    hooks: Sequence[Hook] = ()
    timeout: wire.Timeout | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    record: Callable[[ApiAnswer[Any]], None] | None = None
    monotonic: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random.random


class Sender(Protocol):
    """What blocking drafts need of the client."""

    context: FlowContext

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """Use the same connections with other options."""
        ...

    def send(self, operation: Operation[T]) -> T:
        """Send one operation."""
        ...

    def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end."""
        ...


class AsyncSender(Protocol):
    """What asyncio drafts need of the client."""

    context: FlowContext

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """Use the same connections with other options."""
        ...

    async def send(self, operation: Operation[T]) -> T:
        """Send one operation."""
        ...

    async def run(self, flow: Flow[T]) -> T:
        """Run a flow to its end."""
        ...


class Sending(Generic[T]):
    """One call: what goes out, by when, and what becomes of its first attempt.

    Nearly always the first attempt is the only one. So a client makes it by itself, without a
    generator and its driver: it sends :attr:`outgoing` and asks :meth:`finished` for the result. Only
    when that failed it runs :func:`repeated`. :func:`call` is the same thing as a flow.
    """

    __slots__ = ("context", "operation", "outgoing", "started", "until", "within")

    def __init__(
        self, operation: Operation[T], context: FlowContext, until: float | None = None
    ) -> None:
        if not isinstance(cast("object", operation), Operation):
            rule = "must be an Operation; what is drafted goes out by its own verb, such as .send()"
            raise InvalidArgumentError("operation", rule)
        self.context = context
        started = context.monotonic()
        deadline = context.retry.deadline
        if deadline is not None:
            until = started + deadline if until is None else min(until, started + deadline)
        if context.headers:
            operation = operation.with_headers(context.headers)
        self.operation = operation
        self.outgoing: Operation[Any] = (
            operation if context.record is None else operation.with_answer()
        )
        self.until = until
        self.begin(started)

    def begin(self, moment: float) -> None:
        """Note when an attempt starts, and how long it may take."""
        self.started = moment
        self.within = None if self.until is None else max(0.0, self.until - moment)

    def finished(self, result: Any, number: int = 1) -> T:
        """What the call gives, after an attempt that went well."""
        context = self.context
        _report(self.operation, context, number, self.started)
        if context.record is not None:
            context.record(attrs.evolve(result, attempts=number))
            result = result.value
        return cast("T", result)


def call(operation: Operation[T], context: FlowContext, *, until: float | None = None) -> Flow[T]:
    """Send an operation, repeating it where that is safe; each attempt is signed anew.

    All of it ends by ``until``, a moment of ``context.monotonic``, and within the deadline of the
    retry policy.

    Raises :class:`~sinch.errors.ApiError` or :class:`~sinch.errors.TransportError` of the last
    attempt, or :class:`~sinch.errors.ClientStateError`.
    """
    sending = Sending(operation, context, until)
    try:
        result = yield Send(sending.outgoing, context.timeout, sending.within)
    except Failure as failure:
        return (yield from repeated(sending, failure))
    return sending.finished(result)


def repeated(sending: Sending[T], failure: Failure) -> Flow[T]:
    """What follows when the first attempt at a call has failed; raises as :func:`call` does."""
    context, operation = sending.context, sending.operation
    number = 1
    while True:
        error = translate(failure, operation)
        delay = delay_before_retry(
            error,
            idempotent=operation.idempotent,
            attempt=number,
            policy=context.retry,
            random=context.random,
            left=None if sending.until is None else sending.until - context.monotonic(),
        )
        _report(operation, context, number, sending.started, error, delay)
        if delay is None:
            raise error from None
        yield Pause(delay)
        number += 1
        sending.begin(context.monotonic())
        try:
            result = yield Send(sending.outgoing, context.timeout, sending.within)
        except Failure as another:
            failure = another
        else:
            return sending.finished(result, number)


def _report(
    operation: Operation[Any],
    context: FlowContext,
    number: int,
    started: float,
    error: SinchError | None = None,
    retry_in: float | None = None,
) -> None:
    if not context.hooks and not logger.isEnabledFor(logging.DEBUG):
        return
    attempt = Attempt(
        operation=operation.name,
        method=operation.method,
        path=mask_path(operation.path),
        number=number,
        elapsed=context.monotonic() - started,
        error=error,
        retry_in=retry_in,
    )
    outcome = "ok" if error is None else mask_numbers(str(error))
    plan = "" if retry_in is None else f", again in {retry_in:.2f} s"
    logger.debug(
        "%s %s, attempt %d: %s in %.0f ms%s",
        attempt.method, attempt.path, number, outcome, attempt.elapsed * 1000, plan,
    )  # fmt: skip
    for hook in context.hooks:
        try:
            hook(attempt)
        except Exception:
            logger.exception("a hook failed")
