"""Deliveries and faults as the API under ``/_sandbox`` shows them."""

from __future__ import annotations

from typing import Any

from sinch.sandbox.delivery.callbacks import CallbackDelivery
from sinch.sandbox.delivery.faults import OF_REST, TIMED, Fault, FaultKind, Faults
from sinch_api.codec import write_datetime

_LONGEST_ANSWER = 8 * 1024


def delivery(record: CallbackDelivery) -> dict[str, Any]:
    """One callback that was tried."""
    callback, outcome = record.callback, record.outcome
    field, subject = callback.subject
    problem = None
    if outcome.failure is not None:
        problem = f"{outcome.failure.value}: {outcome.detail}".removesuffix(": ")
    return {
        "id": callback.id,
        "event": callback.event,
        field: subject,
        "url": callback.url,
        "attempt": callback.attempt,
        "timestamp": write_datetime(record.at),
        "body": dict(callback.body),
        "status": outcome.status,
        "answer": outcome.body[:_LONGEST_ANSWER].decode("utf-8", "replace")
        if outcome.status is not None
        else None,
        "problem": problem,
        "seconds": outcome.seconds,
        "faults": list(record.faults),
    }


def faults(rules: Faults) -> dict[str, Any]:
    """All rules in force."""
    return {"faults": [fault(rule) for rule in rules]}


def fault(rule: Fault) -> dict[str, Any]:
    """One rule."""
    shown: dict[str, Any] = {
        "id": rule.id,
        "kind": rule.kind.value,
        "on": "rest" if rule.kind in OF_REST else "callback",
        "match": rule.match,
        "times": rule.times,
        "chance": rule.chance,
        "hits": rule.hits,
    }
    if rule.kind in TIMED:
        shown["seconds"] = rule.seconds
    if rule.kind is FaultKind.RATE_LIMIT:
        shown["retryAfter"] = rule.retry_after
    return shown
