"""What the API below ``/_sandbox`` shows of a record: this, and no field that somebody adds later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sinch.engine import AmdScript, FarEnd, FarEndOutcome
from sinch.engine.legs import Dial, DialledLeg
from sinch.sandbox.control import serializers
from sinch.sandbox.delivery.faults import Fault, FaultKind
from sinch.sandbox.platform.records import LoggedRequest, Message, ReceivedMessage, Verification
from sinch_api.models.common import Identity, IdentityType
from sinch_api.models.verification import (
    CodeType,
    VerificationMethod,
    VerificationReason,
    VerificationSource,
    VerificationStatus,
)

NOW = datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)
AT = "2026-11-22T12:00:00.500000Z"
VERIFICATION = Verification(
    id="v1",
    method=VerificationMethod.SMS,
    number="+46700000009",
    created_at=NOW,
    expires_at=NOW + timedelta(seconds=298),
    code="4711",
    code_type=CodeType.NUMERIC,
    template="Your code is {{CODE}}",
    metadata={"os": None},
    token="t1",
    dial_timeout=timedelta(seconds=9),
    status=VerificationStatus.FAIL,
    reason=VerificationReason("Unheard of"),
    source=VerificationSource.MANUAL,
    settled_at=NOW,
    languages=("sv",),
)


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        (
            Message(id=7, number="+46700000009", text="Hi", sent_at=NOW),
            {"id": 7, "to": "+46700000009", "message": "Hi", "status": "Pending", "timestamp": AT},
        ),
        (
            ReceivedMessage(id=8, sender="Shop", number="+46700000001", text="Hi", received_at=NOW),
            {
                "id": 8,
                "from": "Shop",
                "to": "+46700000001",
                "message": "Hi",
                "timestamp": AT,
                "delivered": None,
                "status": None,
                "inboundId": None,
            },
        ),
        (
            LoggedRequest(
                id="3",
                at=NOW,
                method="GET",
                path="/",
                headers={"a": "b"},
                body="",
                status=200,
                answer="{}",
            ),
            {
                "id": "3",
                "timestamp": AT,
                "method": "GET",
                "path": "/",
                "headers": {"a": "b"},
                "body": "",
                "status": 200,
                "answer": "{}",
            },
        ),
        (
            FarEnd(outcome=FarEndOutcome.BUSY, amd=AmdScript(beep_after=timedelta(seconds=1.5))),
            {
                "outcome": "busy",
                "ringsAfter": 0.1,
                "answersAfter": 0.5,
                "busyAfter": 0.2,
                "hangsUpAfter": None,
                "machine": {"status": "human", "reason": "n/a", "analysis": 3, "beepAfter": 1.5},
            },
        ),
        (
            DialledLeg(
                identity=Identity(type=IdentityType.NUMBER, endpoint="+46700000009"),
                dial=Dial(timeout=timedelta(seconds=30), longest=timedelta(hours=4)),
                callee=FarEnd(),
            ),
            {
                "role": "callee",
                "state": "dialling",
                "identity": {"type": "number", "endpoint": "+46700000009"},
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_record(record, shown):
    assert serializers.shown(record) == shown


def test_a_verification_with_its_secret():
    assert serializers.verification(VERIFICATION, "http://localhost") == {
        "id": "v1",
        "method": "sms",
        "number": "+46700000009",
        "status": "FAIL",
        "reason": "Unheard of",
        "code": "4711",
        "targetUri": "http://localhost/_sandbox/data/t1",
        "text": "Your code is 4711",
        "language": "en-US",
        "metadata": {"os": None},
        "attempts": 0,
        "createdAt": AT,
        "expiresAt": "2026-11-22T12:04:58.500000Z",
        "settledAt": AT,
    }


@pytest.mark.parametrize(
    ("kind", "on", "more"),
    [
        (FaultKind.LATENCY, "rest", {"seconds": 2.0}),
        (FaultKind.RATE_LIMIT, "rest", {"retryAfter": 1.0}),
        (FaultKind.DROP, "callback", {}),
    ],
)
def test_a_fault(kind, on, more):
    (shown,) = serializers.faults([Fault(kind=kind, id="1")])["faults"]
    common = {"id": "1", "kind": kind, "on": on, "match": "", "times": None, "chance": 1, "hits": 0}
    assert shown == {**common, **more}


def test_a_call(client):
    call = client.post(
        "/_sandbox/calls",
        {"from": "+46700000002", "to": "+46700000001", "user": "u"},
        auth="none",
    ).json
    assert set(call) == {
        "callId", "kind", "state", "phase", "from", "to", "domain", "status", "party", "result",
        "reason", "duration", "user", "cookies", "callHeaders", "muted", "onhold", "parked",
        "recording", "request", "callbackHeaders", "updates", "placedAt", "transcript",
    }  # fmt: skip
