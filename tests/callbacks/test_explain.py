"""explain() tells a developer why a callback is refused, without giving anything away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.callbacks import CallbackVerifier, Delivery, RejectionReason
from sinch.core.signing import Credentials, content_md5

OTHER_KEY, OTHER_SECRET = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97", "JViE5vDor0Sw3WllZka15Q=="


def change(delivery, *, content_type=None, body=None, path=None) -> Delivery:
    headers = {
        "authorization": delivery.headers.get("authorization"),
        "x-timestamp": delivery.headers.get("x-timestamp"),
        "content-type": content_type or delivery.headers.get("content-type"),
    }
    return Delivery("POST", path or delivery.path, headers, delivery.body if body is None else body)


def test_an_accepted_callback_shows_the_text_that_was_signed(verifier, sign):
    body = b'{"event":"ice"}'
    explanation = verifier.explain(sign(body, path="/sinch"))
    assert explanation.accepted
    assert explanation.signed == (
        f"POST\n{content_md5(body)}\napplication/json; charset=utf-8\n"
        "x-timestamp:2026-03-01T12:00:00.000Z\n/sinch"
    )
    assert str(explanation).startswith("accepted")


def test_each_path_tried_is_listed(key, secret, sign, now):
    verifier = CallbackVerifier(
        {key: [OTHER_SECRET, secret]},
        clock=lambda: now,
        public_path_prefix="/public",
        trailing_slash="any",
    )
    explanation = verifier.explain(sign(path="/elsewhere", received_path="/r%C3%A4ka"))
    tried = list(dict.fromkeys((a.form, a.path) for a in explanation.attempts))
    assert tried == [
        ("as received", "/r%C3%A4ka"),
        ("percent-decoded", "/räka"),
        ("as received, with prefix /public", "/public/r%C3%A4ka"),
        ("percent-decoded, with prefix /public", "/public/räka"),
        ("as received, with trailing slash", "/r%C3%A4ka/"),
        ("percent-decoded, with trailing slash", "/räka/"),
        ("as received, with prefix /public, with trailing slash", "/public/r%C3%A4ka/"),
        ("percent-decoded, with prefix /public, with trailing slash", "/public/räka/"),
    ]
    assert {a.secret_number for a in explanation.attempts} == {1, 2}
    report = str(explanation)
    assert "/public/räka" in report
    assert "secret 2: does not match" in report


def test_a_content_type_that_lost_its_charset_is_recognised(verifier, sign):
    explanation = verifier.explain(change(sign(), content_type="application/json"))
    assert explanation.reason is RejectionReason.BAD_SIGNATURE
    assert explanation.content_type == "application/json"
    assert explanation.expected_content_type == "application/json; charset=utf-8"
    assert "was signed as application/json; charset=utf-8" in str(explanation)


@pytest.mark.parametrize(
    ("delivered", "hint"),
    [
        (lambda sign: sign(path="/sinch/", received_path="/sinch"), "trailing slash"),
        (lambda sign: sign(secret=OTHER_SECRET), f"the key {OTHER_KEY}"),
        (lambda sign: change(sign(b'{"a":1}'), body=b'{"a": 1}'), "raw body bytes"),
        (lambda sign: change(sign(b'{"a":1}'), body=b'{"a":1}\n'), "raw body bytes"),
        (lambda sign: change(sign(b'{"a":1}'), body=b'{"a":2}'), "nothing near it"),
        (lambda sign: sign(key="stranger"), "add the key"),
    ],
)
def test_common_accidents_are_recognised(delivered, hint, key, secret, sign, now):
    verifier = CallbackVerifier({key: secret, OTHER_KEY: OTHER_SECRET}, clock=lambda: now)
    explanation = verifier.explain(delivered(sign))
    assert not explanation.accepted
    assert hint in "\n".join(explanation.hints)


def test_the_clock_skew_is_shown(verifier, sign, now):
    explanation = verifier.explain(sign(at=now - timedelta(hours=1)))
    assert explanation.reason is RejectionReason.STALE_TIMESTAMP
    assert explanation.clock_skew == timedelta(hours=1)
    assert "3600.0 s behind the clock here, 300 s accepted" in str(explanation)
    assert "1800.0 s ahead of" in str(verifier.explain(sign(at=now + timedelta(minutes=30))))


def test_neither_secret_nor_signatures_are_revealed(verifier, secret, sign):
    good = sign(b"{}")
    for delivery in (good, change(good, body=b'{"x":1}'), change(good, content_type="text/plain")):
        explanation = verifier.explain(delivery)
        shown = f"{explanation}{explanation!r}{explanation.for_log()}"
        assert secret not in shown
        for attempt in explanation.attempts:
            assert Credentials("k", secret).sign(attempt.signed_text) not in shown
        assert good.headers.get("authorization").rpartition(":")[2] not in shown


def test_a_forged_log_line_is_escaped(verifier):
    delivery = Delivery(
        "POST",
        "/x\nERROR all is lost\x1b[31m",
        {"authorization": "application k:s", "x-timestamp": "2026-03-01T12:00:00Z"},
    )
    explanation = verifier.explain(delivery)
    assert "\n" not in explanation.for_log()
    assert "\nERROR" not in str(explanation)
    assert "\x1b" not in str(explanation)


def test_explaining_claims_nothing(key, secret, sign, now):
    from sinch.callbacks import MemorySeenStore

    verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
    delivery = sign()
    assert verifier.explain(delivery).accepted
    verifier.verify(delivery)
    assert verifier.explain(delivery).accepted
