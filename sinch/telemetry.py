"""OpenTelemetry: a span for every attempt at a call, and one around every callback.

.. code-block:: python

    from sinch.telemetry import CallSpans, callback_spans

    sinch = SinchClient(hooks=[CallSpans()])
    router = CallbackRouter(verifier, observe=callback_spans())

Names and attributes follow the semantic conventions for HTTP. No span holds a number, a text, a
path or an id of a call: what identifies people stays out of the tracing system. ``sinch.operation``
is the operation's name (``send_sms``), ``sinch.event`` that of a callback (``ice``), and
``sinch.rejection`` the reason why one was refused.

Needs the extra ``opentelemetry``, which is the API only; without an SDK that is set up, spans cost a
microsecond and go nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from time import time_ns
from typing import Final, Self

from opentelemetry import context, trace
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer, TracerProvider

from sinch.callbacks.observing import Observation
from sinch.callbacks.responses import CallbackAnswer
from sinch.core.flow import Attempt
from sinch.errors import ApiError
from sinch_api import __version__

_NAME: Final = "sinch"
_KNOWN_EVENTS: Final = frozenset(
    [
        "ice",
        "ace",
        "pie",
        "dice",
        "notify",
        "verificationrequestevent",
        "verificationresultevent",
        "verificationsmsdeliveredevent",
        "incomingsms",
    ]
)


def _tracer(provider: TracerProvider | None) -> Tracer:
    return trace.get_tracer(_NAME, __version__, provider)


class CallSpans:
    """A hook of a client that makes a span of every attempt, under the span that is current.

    Each attempt has its own span of the kind ``CLIENT``, named after the operation, with
    ``http.request.method``, ``http.request.resend_count`` from the second attempt on, and, of one
    that failed, ``error.type`` and ``http.response.status_code``. ``provider`` is the tracer
    provider to use, by default the global one.
    """

    def __init__(self, provider: TracerProvider | None = None) -> None:
        self._tracer = _tracer(provider)

    def __call__(self, attempt: Attempt) -> None:
        """Write down one attempt."""
        ended = time_ns()
        attributes: dict[str, str | int] = {
            "http.request.method": attempt.method,
            "sinch.operation": attempt.operation,
        }
        if attempt.number > 1:
            attributes["http.request.resend_count"] = attempt.number - 1
        error = attempt.error
        if error is not None:
            attributes["error.type"] = type(error).__name__
            if isinstance(error, ApiError):
                attributes["http.response.status_code"] = error.status
                if error.error_code is not None:
                    attributes["sinch.error_code"] = error.error_code
        span = self._tracer.start_span(
            f"sinch {attempt.operation}",
            kind=SpanKind.CLIENT,
            attributes=attributes,
            start_time=ended - int(attempt.elapsed * 1e9),
        )
        if error is not None:
            span.set_status(Status(StatusCode.ERROR))
        span.end(ended)


class _CallbackSpan(Observation):
    """One callback; a class of its own, since two generators around each would cost more than it."""

    __slots__ = ("_span", "_token", "_tracer")

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def __enter__(self) -> Self:
        inside = trace.get_current_span().get_span_context().is_valid
        self._span = self._tracer.start_span(
            "sinch callback",
            kind=SpanKind.INTERNAL if inside else SpanKind.SERVER,
            attributes={"http.request.method": "POST"},
        )
        self._token = None
        if self._span.get_span_context().is_valid:
            self._token = context.attach(trace.set_span_in_context(self._span))
        return self

    def __exit__(self, *error: object) -> None:
        # an exception is not recorded: its text may hold anything
        if self._token is not None:
            context.detach(self._token)
        self._span.end()

    def event(self, name: str) -> None:
        folded = name.casefold()
        known = folded if folded in _KNOWN_EVENTS else "other"
        self._span.update_name(f"sinch callback {known}")
        self._span.set_attribute("sinch.event", known)

    def refused(self, reason: str) -> None:
        self._span.set_attribute("sinch.rejection", reason)

    def answered(self, answer: CallbackAnswer) -> None:
        self._span.set_attribute("http.response.status_code", answer.status)
        if answer.status >= 500:
            self._span.set_attribute("error.type", str(answer.status))
            self._span.set_status(Status(StatusCode.ERROR))


def callback_spans(
    provider: TracerProvider | None = None,
) -> Callable[[], AbstractContextManager[Observation]]:
    """What ``CallbackRouter(observe=...)`` takes: a span around every callback.

    The span is current while a handler runs, so that calls of a client in it are its children. Its
    kind is ``SERVER``, or ``INTERNAL`` where the web framework made a span already. ``provider`` is
    the tracer provider to use, by default the global one.
    """
    return partial(_CallbackSpan, _tracer(provider))
