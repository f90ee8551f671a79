"""A signed callback with an oddity reaches its handler and is answered: the caller is not hung up on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sinch.callbacks import CallbackRouter

ICE = {"event": "ice", "callid": "c1", "cli": "+46700000000", "version": 1}
ODDITIES: dict[str, dict[str, Any]] = {
    "header without value": {**ICE, "callHeaders": [{"key": "X-A"}, {"key": "X-B", "value": None}]},
    "cookie without value": {**ICE, "cookies": [{"key": "lang"}]},
    "to without endpoint": {**ICE, "to": {"type": "did"}},
    "empty amount": {**ICE, "userRate": {"currencyId": "USD", "amount": ""}},
    "empty timestamp": {**ICE, "timestamp": ""},
    "numeric call id": {**ICE, "callid": 123},
    "numeric menu value": {
        "event": "pie", "callid": "c1", "menuResult": {"menuId": "main", "type": "return", "value": 1},
    },
    "notification without call id": {"event": "notify", "type": "callingerror", "errorCode": "?"},
    "result without identity": {
        "event": "VerificationResultEvent", "id": "v1", "method": "sms", "status": "FAIL",
    },
}  # fmt: skip


@pytest.mark.parametrize("oddity", ODDITIES)
def test_the_handler_gets_it_and_the_answer_is_200(oddity, verifier, sign):
    router, seen = CallbackRouter(verifier), []
    for name in ("ice", "pie", "notify", "verification_result"):
        getattr(router, name)(seen.append)

    answer = router.dispatch(sign(ODDITIES[oddity]))

    assert answer.status == 200
    assert [event.raw for event in seen] == [ODDITIES[oddity]]
    numeric_or_fine = "numeric" in oddity
    assert bool(seen[0].problems) is not numeric_or_fine


@pytest.mark.parametrize(
    "payload",
    [
        {"event": "ice"},
        {"event": "ice", "callid": None},
        {"event": "ice", "callid": []},
        {"event": "VerificationResultEvent", "method": "sms"},
        {"callid": "c1"},
        {"event": 5, "callid": "c1"},
        [ICE],
        b"not JSON",
        b'{"event":"ice","callid":"c1","x":' + b"[" * 40 + b"]" * 40 + b"}",
    ],
    ids=lambda payload: json.dumps(payload, default=lambda body: body[:12].decode())[:40],
)
def test_what_is_nothing_to_speak_of_is_refused(payload, verifier, sign):
    router = CallbackRouter(verifier)
    router.ice(lambda event: pytest.fail("must not get here"))
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()

    assert router.dispatch(sign(body)).status == 400
