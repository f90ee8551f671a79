"""explain() tells a developer why a callback is refused, without giving anything away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sinch.callbacks import (
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    DeliveryRejected,
    MemorySeenStore,
    RejectionReason,
)
from sinch.core.signing import Credentials, content_md5
from sinch.errors import ConfigurationError

SWEDISH, ESCAPED = b'{"a":"\xc3\xa5","b":2}', b'{"a":"\\u00e5","b":2}'
OTHER_KEY, OTHER_SECRET = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97", "JViE5vDor0Sw3WllZka15Q=="


def change(delivery, *, content_type=None, body=None, path=None) -> Delivery:
    headers = {
        "authorization": delivery.headers.get("authorization"),
        "x-timestamp": delivery.headers.get("x-timestamp"),
        "content-type": content_type or delivery.headers.get("content-type"),
    }
    return Delivery("POST", path or delivery.path, headers, delivery.body if body is None else body)


def test_everything_that_was_looked_at_is_shown(key, verifier, sign):
    late = change(sign(b"{}", path="/calls"), content_type="application/json", path="/sinch")
    assert (
        str(verifier.explain(late))
        == f"""\
refused, bad_signature: {verifier.explain(late).problem}
  request       POST /sinch
  content type  application/json
  timestamp     2026-03-01T12:00:00.000Z (0.0 s behind the clock here, 300 s accepted)
  key           {key}
  keys here     {key}
  attempt 1: as received; key {key}, secret 1: does not match
    | POST
    | {content_md5(b"{}")}
    | application/json
    | x-timestamp:2026-03-01T12:00:00.000Z
    | /sinch
  hint: {verifier.explain(late).hints[0]}"""
    )
    nothing = str(verifier.explain(Delivery("POST", "/sinch", {})))
    assert "  content type  (none)\n  timestamp     (none)\n  key           (none)\n" in nothing


def test_an_accepted_callback_shows_when_it_was_sent_and_the_text_that_was_signed(
    verifier, sign, now
):
    body = b'{"event":"ice"}'
    explanation = verifier.explain(sign(body, path="/sinch"))
    assert explanation.accepted
    assert explanation.sent_at == now
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
        (lambda sign: change(sign(b'{"a": 1}'), body=b'{"a": 1}\n'), "raw body bytes"),
        (lambda sign: change(sign(SWEDISH), body=b'{"a": "\\u00e5", "b": 2}'), "raw body bytes"),
        (lambda sign: change(sign(ESCAPED), body=b'{"a": "\xc3\xa5", "b": 2}'), "raw body bytes"),
        (lambda sign: change(sign(b'{"a":1}'), body=b'{"a":2}'), "nothing near it"),
        (lambda sign: sign(key="stranger"), "add the key"),
        (lambda sign: sign(at=datetime(2026, 3, 1, 11, tzinfo=UTC)), "check the clock"),
        (lambda sign: Delivery("POST", "/sinch", {}), "a proxy in front removes headers"),
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
    verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
    delivery = sign()
    assert verifier.explain(delivery).accepted
    verifier.verify(delivery)
    assert verifier.explain(delivery).accepted


class TestLog:
    """Nobody has the delivery at hand when a 401 is noticed, so the log has what explain() finds."""

    @pytest.fixture
    def refused(self, sign):
        """Send something that is refused, and give the lines of the log."""

        def refused(verifier, delivery=None):
            accident = change(sign(b"{}"), content_type="application/json")
            assert CallbackRouter(verifier).dispatch(delivery or accident).status in {400, 401}

        return refused

    @pytest.fixture(autouse=True)
    def quiet(self, monkeypatch):
        monkeypatch.delenv("SINCH_EXPLAIN", raising=False)

    def test_the_line_of_a_refusal_has_the_hints(self, verifier, refused, caplog):
        refused(verifier)
        [record] = caplog.records
        assert "hint: it fits Content-Type 'application/json; charset=utf-8'" in record.getMessage()
        assert "\n" not in record.getMessage()

    def test_so_has_that_of_a_replay(self, key, secret, now, sign, caplog):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=MemorySeenStore())
        router = CallbackRouter(verifier)
        router.ice(lambda event: {"action": {"name": "hangup"}})
        delivery = sign(b'{"event":"ice","callid":"1"}')
        assert [router.dispatch(delivery).status for _ in range(2)] == [200, 401]
        [record] = caplog.records
        assert "hint: the signature is genuine: a recorded callback was" in record.getMessage()

    def test_by_default_that_is_all(self, verifier, refused, caplog):
        refused(verifier)
        assert "explained" not in caplog.text

    def test_an_option_logs_the_whole_explanation(self, key, secret, refused, now, sign, caplog):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, explain=True)
        refused(verifier)
        [explained, line] = caplog.records
        assert line.getMessage().startswith("callback refused with 401, bad_signature")
        text = explained.getMessage()
        assert explained.levelname == "WARNING"
        assert "attempt 1: as received" in text
        assert "was signed as application/json; charset=utf-8" in text
        assert "hint: " in text
        caplog.clear()
        with pytest.raises(DeliveryRejected):  # without a router too
            verifier.verify(sign(b"{}", key="stranger"))
        assert "hint: add the key" in caplog.text

    @pytest.mark.parametrize("body", [b"not json", b'{"event":"ice"}'])
    def test_a_body_that_cannot_be_read_is_explained_too(
        self, body, key, secret, refused, now, sign, caplog
    ):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, explain=True)
        refused(verifier, sign(body))
        assert "refused, not_json" in caplog.text or "refused, wrong_type" in caplog.text
        assert "matches" in caplog.text

    @pytest.mark.parametrize(
        ("text", "on"),
        [("1", True), ("true", True), ("YES", True), (" on ", True),
         ("", False), ("0", False), ("false", False), ("No", False), ("off", False)],
    )  # fmt: skip
    def test_so_does_a_variable(self, text, on, key, secret, refused, now, monkeypatch, caplog):
        monkeypatch.setenv("SINCH_EXPLAIN", text)
        refused(CallbackVerifier(key, secret, clock=lambda: now))
        assert ("explained" in caplog.text) is on
        caplog.clear()
        refused(CallbackVerifier(key, secret, clock=lambda: now, explain=False))
        assert "explained" not in caplog.text
        environ = {"SINCH_APPLICATION_KEY": key, "SINCH_APPLICATION_SECRET": secret}
        refused(CallbackVerifier.from_env(environ, clock=lambda: now))
        assert "explained" not in caplog.text  # that environment says nothing of it
        monkeypatch.setenv("SINCH_APPLICATION_KEY", key)
        monkeypatch.setenv("SINCH_APPLICATION_SECRET", secret)
        refused(CallbackVerifier.from_env(clock=lambda: now))
        assert ("explained" in caplog.text) is on
        caplog.clear()
        environ["SINCH_EXPLAIN"] = text
        refused(CallbackVerifier.from_env(environ, clock=lambda: now))
        assert ("explained" in caplog.text) is on
        caplog.clear()
        refused(CallbackVerifier.from_env(environ, clock=lambda: now, explain=not on))
        assert ("explained" in caplog.text) is not on  # what the program says comes first

    def test_a_senseless_value_is_refused_by_name(self, key, secret, monkeypatch):
        with pytest.raises(ConfigurationError, match="explain must be"):
            CallbackVerifier(key, secret, explain="yes")
        monkeypatch.setenv("SINCH_EXPLAIN", "maybe")
        with pytest.raises(ConfigurationError, match="SINCH_EXPLAIN"):
            CallbackVerifier(key, secret)

    def test_no_secret_signature_or_number_gets_into_it(
        self, key, secret, refused, now, sign, caplog
    ):
        verifier = CallbackVerifier({key: [OTHER_SECRET, secret]}, clock=lambda: now, explain=True)
        good = sign(b"{}", path="/calls/+46701234567")
        for delivery in (change(good, body=b"x"), change(good, content_type="text/plain")):
            refused(verifier, delivery)
        for one in (secret, OTHER_SECRET):
            assert one not in caplog.text
        assert good.headers["authorization"].rpartition(":")[2] not in caplog.text
        assert "+46701234567" not in caplog.text

    def test_a_forgery_costs_little(self, key, secret, now, monkeypatch):
        """However many paths there are and however large the body, few signatures are tried."""
        tried = []
        sign = Credentials.sign
        monkeypatch.setattr(Credentials, "sign", lambda *a: tried.append(a) or sign(*a))
        verifier = CallbackVerifier(
            key,
            secret,
            clock=lambda: now,
            public_path_prefix=[f"/{number}" for number in range(50)],
            trailing_slash="any",
        )
        headers = {"authorization": f"application {key}:x", "x-timestamp": now.isoformat()}
        body = b'{"a": "%b"}' % (b"x" * 200_000)
        assert verifier.explain(Delivery("POST", "/r%C3%A4ka", headers, body)).hints
        assert len(tried) <= 48  # 8 paths, 6 variants; a large body is not written anew
