"""The verifier accepts what Sinch signed, and nothing else."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta
from inspect import signature
from pathlib import Path

import pytest

from sinch.callbacks import (
    CallbackRejected,
    CallbackVerifier,
    Delivery,
    DeliveryRejected,
    RejectionReason,
    VerificationResultEvent,
)
from sinch.callbacks.verifier import VerifierOptions
from sinch.core.config import Config
from sinch.core.signing import Credentials
from sinch.errors import ConfigurationError

OTHER_KEY, OTHER_SECRET = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97", "JViE5vDor0Sw3WllZka15Q=="
VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "signing-vectors.json").read_text("utf-8")
)


def reason_of(verifier, delivery) -> RejectionReason:
    with pytest.raises(CallbackRejected) as caught:
        verifier.verify(delivery)
    return caught.value.reason


def with_headers(delivery, **changed) -> Delivery:
    """The same delivery with other headers; ``None`` removes one, a list repeats it."""
    names = ("authorization", "x-timestamp", "content-type")
    headers = {name: [delivery.headers.get(name)] for name in names}
    for name, value in changed.items():
        headers[name.replace("_", "-")] = value if isinstance(value, list) else [value]
    pairs = [(n, v) for n, values in headers.items() for v in values if v is not None]
    return Delivery(delivery.method, delivery.path, pairs, delivery.body)


class TestVectorsOfTheVendor:
    @pytest.mark.parametrize("name", ["V2", "V6"])
    def test_a_published_callback_is_accepted_when_its_age_does_not_matter(self, name):
        vector = next(v for v in VECTORS if v["id"] == name)
        delivery = Delivery(
            vector["method"],
            vector["path"],
            {
                "authorization": f"application {vector['key']}:{vector['signature']}",
                "x-timestamp": vector["timestamp"],
                "content-type": vector["contentType"],
            },
            vector["body"].encode(),
        )
        verifier = CallbackVerifier((vector["key"], vector["secret"]), tolerance=None)
        verified = verifier.verify(delivery)
        assert verified.application_key == vector["key"]
        assert verified.event().event in {"ace", "VerificationResultEvent"}
        assert (
            reason_of(CallbackVerifier((vector["key"], vector["secret"])), delivery)
            is RejectionReason.STALE_TIMESTAMP
        )

    def test_the_event_of_v6_is_typed(self):
        vector = next(v for v in VECTORS if v["id"] == "V6")
        delivery = Delivery(
            "POST",
            vector["path"].encode(),
            [
                (b"authorization", f"Application 789:{vector['signature']}".encode()),
                (b"x-timestamp", vector["timestamp"].encode()),
                (b"content-type", vector["contentType"].encode()),
            ],
            vector["body"].encode(),
        )
        event = CallbackVerifier("789", vector["secret"], tolerance=None).verify(delivery).event()
        assert isinstance(event, VerificationResultEvent)
        assert event.status == "FAIL"


class TestConfiguration:
    def test_there_is_no_verifier_without_a_secret(self, monkeypatch):
        monkeypatch.delenv("SINCH_APPLICATION_KEY", raising=False)
        monkeypatch.delenv("SINCH_APPLICATION_SECRET", raising=False)
        for bad in (
            {},
            [],
            (),
            [("key", [])],
            ("key", ""),
            ("", "c2VjcmV0"),
            {"key": "  "},
            {"key": None},
            [("key", None)],
            ["key", "c2VjcmV0"],
            7,
            b"key",
            {"k": "not base64!"},
        ):
            with pytest.raises(ConfigurationError):
                CallbackVerifier(bad)
        with pytest.raises(ConfigurationError, match="SINCH_APPLICATION_KEY"):
            CallbackVerifier()
        with pytest.raises(ConfigurationError, match="SINCH_APPLICATION_SECRET"):
            CallbackVerifier("key")

    def test_errors_do_not_repeat_a_secret(self):
        with pytest.raises(ConfigurationError) as caught:
            CallbackVerifier({"key": "hunter2 hunter2"})
        assert "hunter2" not in str(caught.value)

    def test_every_way_to_make_one_takes_the_same_options(self):
        named = [
            it
            for it in signature(CallbackVerifier).parameters.values()
            if it.kind is it.KEYWORD_ONLY
        ]
        assert {it.name for it in named} == {*VerifierOptions.__annotations__}

    def test_key_and_secret_default_to_the_environment(self, monkeypatch, key, secret, sign, now):
        monkeypatch.setenv("SINCH_APPLICATION_KEY", key)
        monkeypatch.setenv("SINCH_APPLICATION_SECRET", secret)
        CallbackVerifier(clock=lambda: now).verify(sign())
        environ = {"SINCH_APPLICATION_KEY": OTHER_KEY, "SINCH_APPLICATION_SECRET": OTHER_SECRET}
        assert CallbackVerifier.from_env(environ).application_keys == (OTHER_KEY,)

    def test_a_client_configuration_serves_too_unless_it_is_public(self, key, secret, sign, now):
        config = Config.build(key, secret)
        CallbackVerifier.from_config(config, clock=lambda: now).verify(sign())
        with pytest.raises(ConfigurationError, match="public"):
            CallbackVerifier.from_config(Config.build(key, auth="public"))

    @pytest.mark.parametrize(
        "options",
        [
            {"tolerance": timedelta(0)},
            {"tolerance": timedelta(days=366)},
            {"tolerance": 0},
            {"tolerance": -1},
            {"tolerance": True},
            {"tolerance": float("nan")},
            {"tolerance": float("inf")},
            {"tolerance": 10**400},
            {"tolerance": "300"},
            {"seen": object()},
            {"public_path_prefix": "https://example.com/x"},
            {"public_path_prefix": "/a://b"},
            {"public_path_prefix": "/x?y"},
            {"public_path_prefix": "/x#y"},
            {"public_path_prefix": "x"},
            {"public_path_prefix": ("/ok", 3)},
            {"trailing_slash": "maybe"},
            {"max_body": 0},
        ],
    )
    def test_a_wrong_option_is_named(self, options, key, secret):
        with pytest.raises(ConfigurationError) as caught:
            CallbackVerifier(key, secret, **options)
        assert caught.value.argument == next(iter(options))

    def test_a_secret_does_not_go_with_other_credentials(self, key, secret):
        with pytest.raises(ConfigurationError):
            CallbackVerifier({key: secret}, secret)

    def test_a_clock_without_zone_is_named_when_it_is_used(self, key, secret, sign):
        verifier = CallbackVerifier(key, secret, clock=lambda: datetime(2026, 3, 1))
        with pytest.raises(ConfigurationError, match="clock"):
            verifier.verify(sign())


class TestSeveralKeysAndSecrets:
    @pytest.mark.parametrize(
        "shape",
        [
            lambda k, s: (k, s),
            lambda k, s: {k: s, OTHER_KEY: OTHER_SECRET},
            lambda k, s: {k: [OTHER_SECRET, s]},
            lambda k, s: [(OTHER_KEY, OTHER_SECRET), (k, s)],
            lambda k, s: [(k, OTHER_SECRET), (k, s)],
            lambda k, s: [[k, (OTHER_SECRET, s)]],
            lambda k, s: Credentials(k, s),
            lambda k, s: [Credentials(k, s)],
            lambda k, s: ((k, s), (OTHER_KEY, OTHER_SECRET)),
        ],
    )
    def test_every_way_to_write_them_works(self, shape, key, secret, sign, now):
        verifier = CallbackVerifier(shape(key, secret), clock=lambda: now)
        assert verifier.verify(sign()).application_key == key

    def test_both_secrets_work_during_a_rotation(self, key, secret, sign, now):
        verifier = CallbackVerifier({key: [secret, OTHER_SECRET]}, clock=lambda: now)
        verifier.verify(sign(secret=secret))
        verifier.verify(sign(secret=OTHER_SECRET))

    def test_a_secret_counts_for_its_own_key_only(self, key, secret, sign, now):
        verifier = CallbackVerifier({key: secret, OTHER_KEY: OTHER_SECRET}, clock=lambda: now)
        assert (
            reason_of(verifier, sign(key=OTHER_KEY, secret=secret)) is RejectionReason.BAD_SIGNATURE
        )

    @pytest.mark.parametrize(
        "spelling", [str.lower, lambda k: k.replace("-", ""), lambda k: "{" + k.lower() + "}"]
    )
    def test_a_key_is_compared_as_a_guid(self, spelling, key, verifier, sign):
        assert verifier.verify(sign(key=spelling(key))).application_key == key

    def test_another_key_is_refused(self, verifier, sign):
        assert reason_of(verifier, sign(key="nobody")) is RejectionReason.UNKNOWN_KEY


class TestAuthorizationHeader:
    def test_the_scheme_may_have_any_letter_case(self, verifier, sign):
        delivery = sign()
        value = delivery.headers.get("authorization").partition(" ")[2]
        for scheme in ("application", "Application", "APPLICATION"):
            verifier.verify(with_headers(delivery, authorization=f"{scheme} {value}"))
        verifier.verify(with_headers(delivery, authorization=f" application   {value} "))

    @pytest.mark.parametrize(
        "value",
        [
            "",
            " ",
            "application",
            "application ",
            "application x",
            "application x:",
            "application :x",
            "Basic a2V5OnNlY3JldA==",
            "Bearer x:y",
            "application:x:y",
            "åäö",
            "application\tx:y",
        ],
    )
    def test_anything_else_is_malformed(self, value, verifier, sign):
        delivery = with_headers(sign(), authorization=value)
        assert reason_of(verifier, delivery) is RejectionReason.MALFORMED_AUTHORIZATION

    def test_a_missing_one_is_said_to_be_missing(self, verifier, sign):
        delivery = with_headers(sign(), authorization=None)
        assert reason_of(verifier, delivery) is RejectionReason.MISSING_AUTHORIZATION

    def test_two_are_refused_even_if_both_are_right(self, verifier, sign):
        value = sign().headers.get("authorization")
        delivery = with_headers(sign(), authorization=[value, value])
        assert reason_of(verifier, delivery) is RejectionReason.MALFORMED_AUTHORIZATION

    @pytest.mark.parametrize("signature", ["åäö", "\udcff", "x\ud800", "☃" * 44, "=" * 44, "a:b"])
    def test_an_odd_signature_is_wrong_and_does_not_crash(self, signature, key, verifier, sign):
        delivery = with_headers(sign(), authorization=f"application {key}:{signature}")
        assert reason_of(verifier, delivery) is RejectionReason.BAD_SIGNATURE
        str(verifier.explain(delivery)).encode()


class TestTime:
    def test_five_minutes_either_way_are_fine_and_a_moment_more_is_not(self, verifier, sign, now):
        for minutes in (-5, 0, 5):
            verifier.verify(sign(at=now + timedelta(minutes=minutes)))
        for seconds in (-301, 301):
            stale = sign(at=now + timedelta(seconds=seconds))
            assert reason_of(verifier, stale) is RejectionReason.STALE_TIMESTAMP

    def test_the_window_can_be_widened_or_switched_off(self, key, secret, sign, now):
        stale = sign(at=now - timedelta(days=1))
        CallbackVerifier(key, secret, clock=lambda: now, tolerance=timedelta(days=2)).verify(stale)
        CallbackVerifier(key, secret, tolerance=None).verify(stale)
        CallbackVerifier(key, secret, clock=lambda: now, tolerance=86_400).verify(stale)
        seconds = CallbackVerifier(key, secret, clock=lambda: now, tolerance=86_399.5)
        assert reason_of(seconds, stale) is RejectionReason.STALE_TIMESTAMP

    def test_stale_means_genuine(self, verifier, sign, now):
        forged = with_headers(sign(), x_timestamp="2001-01-01T00:00:00Z")
        assert reason_of(verifier, forged) is RejectionReason.BAD_SIGNATURE

    def test_missing_malformed_and_repeated_times_are_refused(self, verifier, sign):
        delivery = sign()
        missing = with_headers(delivery, x_timestamp=None)
        assert reason_of(verifier, missing) is RejectionReason.MISSING_TIMESTAMP
        stamp = delivery.headers.get("x-timestamp")
        for bad in (
            "",
            "now",
            "1700000000000000000",
            "2026-03-01T12:00:00Z" + "0" * 99,
            "٢٠٢٦",
            [stamp, stamp],
            "\ud800",
        ):
            malformed = with_headers(delivery, x_timestamp=bad)
            assert reason_of(verifier, malformed) is RejectionReason.MALFORMED_TIMESTAMP

    @pytest.mark.parametrize(
        "stamp",
        [
            "2026-03-01T12:00:00Z",
            "2026-03-01T12:00:00.1234567Z",
            "2026-03-01T13:00:00.5+01:00",
            "2026-03-01T12:00:00",
        ],
    )
    def test_every_spelling_of_a_time_is_signed_verbatim(self, stamp, key, secret, verifier, sign):
        from sinch.core.signing import string_to_sign

        text = string_to_sign("POST", "/sinch", b"{}", "", stamp)
        signature = Credentials(key, secret).sign(text)
        headers = {"authorization": f"application {key}:{signature}", "x-timestamp": stamp}
        verified = verifier.verify(Delivery("POST", "/sinch", headers, b"{}"))
        assert verified.sent_at.tzinfo is UTC


class TestContentType:
    def test_it_is_signed_verbatim(self, verifier, sign):
        for value in ("application/json", "APPLICATION/JSON;  charset=UTF-8", "text/plain", None):
            verifier.verify(sign(content_type=value))
        trimmed = with_headers(sign(), content_type="application/json")
        assert reason_of(verifier, trimmed) is RejectionReason.BAD_SIGNATURE

    def test_two_of_them_are_ambiguous(self, verifier, sign):
        twice = with_headers(sign(), content_type=["application/json; charset=utf-8"] * 2)
        assert reason_of(verifier, twice) is RejectionReason.BAD_SIGNATURE

    def test_a_line_break_cannot_move_the_fields_of_the_signed_text(self, key, secret, verifier):
        # the text would be the same as that of another request
        from sinch.core.signing import string_to_sign

        stamp = "2026-03-01T12:00:00Z"
        text = string_to_sign("POST", "/a", b"", f"x\nx-timestamp:{stamp}\n/b", stamp)
        signature = Credentials(key, secret).sign(text)
        headers = {
            "authorization": f"application {key}:{signature}",
            "x-timestamp": stamp,
            "content-type": f"x\nx-timestamp:{stamp}\n/b",
        }
        delivery = Delivery("POST", "/a", headers, b"")
        assert reason_of(verifier, delivery) is RejectionReason.BAD_SIGNATURE


class TestPaths:
    def test_a_query_is_not_signed(self, verifier, sign):
        verifier.verify(sign(path="/sinch", received_path="/sinch?token=x%2F"))
        verifier.verify(sign(path="/sinch", received_path="https://example.com:8443/sinch?x=1"))
        verifier.verify(sign(path="/", received_path="https://example.com"))

    @pytest.mark.parametrize(
        ("signed", "received"),
        [
            ("/sinch/r%C3%A4ka", "/sinch/r%C3%A4ka"),  # Sinch encodes, the server keeps it
            ("/sinch/räka", "/sinch/r%C3%A4ka"),  # Sinch decodes
            ("/sinch/r%C3%A4ka", "/sinch/räka"),  # the server decodes (WSGI)
            ("/sinch/räka", "/sinch/räka"),
            ("/caf%E9", "/caf\udce9"),  # no UTF-8: a server decodes it to a lone surrogate
            ("/a b", "/a%20b"),
            ("/a%20b", "/a b"),
            ("/room%231", "/room%231"),
            ("/+46700000000", "/+46700000000"),
            ("/%7Euser", "/~user"),
        ],
    )
    def test_encoded_and_decoded_paths_are_tried(self, signed, received, verifier, sign):
        if signed == "/%7Euser":
            # an encoding that nobody uses is not guessed at
            assert (
                reason_of(verifier, sign(path=signed, received_path=received))
                is RejectionReason.BAD_SIGNATURE
            )
        else:
            assert verifier.verify(sign(path=signed, received_path=received)).signed_path == signed

    def test_a_path_of_raw_bytes_is_signed_as_those_bytes(self, verifier, sign):
        delivery = sign(path="/räka")
        raw = Delivery("POST", "/räka".encode(), [*_pairs(delivery)], delivery.body)
        verifier.verify(raw)

    def test_a_prefix_that_a_proxy_strips_can_be_configured(self, key, secret, verifier, sign, now):
        stripped = sign(path="/telephony/sinch", received_path="/sinch")
        assert reason_of(verifier, stripped) is RejectionReason.BAD_SIGNATURE
        for prefix in ("/telephony", "/telephony/", ["/other", "/telephony"], ["/", "/telephony"]):
            knowing = CallbackVerifier(key, secret, clock=lambda: now, public_path_prefix=prefix)
            assert knowing.verify(stripped).signed_path == "/telephony/sinch"
            knowing.verify(sign())  # directly, without the proxy

    def test_a_trailing_slash_counts_unless_told_otherwise(self, key, secret, verifier, sign, now):
        for signed, received in (("/sinch/", "/sinch"), ("/sinch", "/sinch/")):
            delivery = sign(path=signed, received_path=received)
            assert reason_of(verifier, delivery) is RejectionReason.BAD_SIGNATURE
            tolerant = CallbackVerifier(key, secret, clock=lambda: now, trailing_slash="any")
            assert tolerant.verify(delivery).signed_path == signed

    @pytest.mark.parametrize("received", ["/x%0Ay", "/x%0d", "/x%00", "/x%7Fy"])
    def test_decoding_cannot_smuggle_in_line_breaks_and_other_controls(
        self, received, verifier, sign
    ):
        attempts = verifier.explain(sign(path="/x", received_path=received)).attempts
        assert "percent-decoded" not in {attempt.form for attempt in attempts}
        assert not any(char in "\r\0\x7f" for one in attempts for char in one.signed_text)
        assert {one.signed_text.count("\n") for one in attempts} == {4}


class TestSize:
    def test_a_large_body_is_refused_before_it_is_hashed(self, key, secret, sign, now):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, max_body=100)
        verifier.verify(sign(b"x" * 100))
        with pytest.raises(CallbackRejected) as caught:
            verifier.verify(sign(b"x" * 101))
        assert caught.value.reason is RejectionReason.TOO_LARGE
        assert caught.value.status == 413

    def test_a_mebibyte_is_too_much_by_default(self, verifier, sign):
        assert reason_of(verifier, sign(b"x" * 1024 * 1024)) is RejectionReason.TOO_LARGE


class TestRejections:
    def test_they_carry_what_was_signed_and_survive_a_pickle(self, verifier, sign):
        with pytest.raises(DeliveryRejected) as caught:
            verifier.verify(with_headers(sign(), content_type="text/plain"))
        copy = pickle.loads(pickle.dumps(caught.value))
        assert copy.reason is RejectionReason.BAD_SIGNATURE
        assert copy.status == 401
        assert "\ntext/plain\n" in copy.explanation.signed

    def test_a_delivery_does_not_show_its_signature(self, sign):
        delivery = sign({"event": "ice"})
        signature = delivery.headers.get("authorization")
        assert signature.rpartition(":")[2] not in repr(delivery)
        assert "ice" not in repr(delivery)
        assert pickle.loads(pickle.dumps(delivery)) == delivery


def _pairs(delivery):
    return [(n, delivery.headers.get(n)) for n in ("authorization", "x-timestamp", "content-type")]
