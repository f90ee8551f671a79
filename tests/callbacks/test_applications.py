"""Whoever has the secret of one application cannot speak for another."""

from __future__ import annotations

import json

import pytest

from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    DeliveryRejected,
    MemorySeenStore,
    RejectionReason,
)

OTHER_KEY, OTHER_SECRET = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97", "JViE5vDor0Sw3WllZka15Q=="
VERIFICATION = {"id": "1", "method": "sms", "identity": {"type": "number", "endpoint": "+46700000"}}
EVENTS = [
    *({"event": name, "callid": "c1"} for name in ("ice", "ace", "pie", "dice", "notify")),
    {"event": "VerificationRequestEvent", **VERIFICATION},
    {"event": "VerificationResultEvent", "status": "FAIL", **VERIFICATION},
    {"event": "incomingSms"},
    {"event": "future"},
]


@pytest.fixture
def verifier(key, secret, now) -> CallbackVerifier:
    return CallbackVerifier({key: secret, OTHER_KEY: OTHER_SECRET}, clock=lambda: now)


@pytest.fixture
def refused(verifier, sign):
    """Whether a body is refused, by the verifier, the router and explain() alike."""

    def refused(body) -> bool:
        delivery = sign(body)
        answer = CallbackRouter(verifier).dispatch(delivery)
        explanation = verifier.explain(delivery)
        assert (answer.status == 401) is (not explanation.accepted)
        if explanation.accepted:
            verifier.verify(delivery).event()
            return False
        with pytest.raises(DeliveryRejected) as caught:
            verifier.verify(delivery).event()
        rejected = caught.value
        assert rejected.reason is explanation.reason is RejectionReason.WRONG_APPLICATION
        assert rejected.explanation.signed == explanation.signed
        assert explanation.attempts[-1].matched
        assert "speaks for the other" in str(explanation)
        return True

    return refused


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["event"])
def test_every_kind_of_event(event, refused, key):
    assert refused({**event, "applicationKey": OTHER_KEY})
    assert not refused({**event, "applicationKey": key})
    assert not refused(event)  # those of verifications never name one


@pytest.mark.parametrize("name", ["applicationKey", "ApplicationKey", "applicationkey"])
def test_the_name_counts_in_any_letter_case(name, refused):
    assert refused({"event": "ice", "callid": "c", name: OTHER_KEY})


def test_each_of_several_counts(refused, key):
    for names in (("applicationKey", "applicationkey"), ("applicationkey", "applicationKey")):
        both = dict(zip(names, (key, OTHER_KEY), strict=True))
        assert refused({"event": "ice", "callid": "c", **both})


def test_keys_are_compared_as_guids(refused, key):
    for spelling in (key.lower(), key.replace("-", ""), "{" + key + "}", f" {key} "):
        assert not refused({"event": "ice", "callid": "c", "applicationKey": spelling})


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, False), ("", False), (" ", False), (7, True), (True, True), ([OTHER_KEY], True),
     ({"key": OTHER_KEY}, True), ("stranger", True)],
)  # fmt: skip
def test_what_is_no_key_at_all(value, expected, verifier, sign, key):
    body = {"event": "future", "applicationKey": value}
    verified = verifier.verify(sign(body))
    if expected:
        with pytest.raises(DeliveryRejected):
            verified.event()
    else:
        verified.event()


def test_a_key_made_of_digits_may_come_as_a_number(secret, now, sign):
    verifier = CallbackVerifier("789", secret, clock=lambda: now)
    verifier.verify(sign({"event": "future", "applicationKey": 789}, key="789")).event()


def test_a_refused_one_may_come_again_and_says_why_in_the_log(key, secret, now, sign, caplog):
    verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
    router = CallbackRouter(verifier)
    router.ice(lambda event: pytest.fail("it got through"))
    delivery = sign({"event": "ice", "callid": "c", "applicationKey": OTHER_KEY})
    for _ in range(2):
        answer = router.dispatch(delivery)
        assert (answer.status, json.loads(answer.body)) == (401, {"error": "unauthorized"})
    assert [record.sinch_reason for record in caplog.records] == ["wrong_application"] * 2
