"""Signing: every known vector, and what breaks a signature."""

from __future__ import annotations

import base64
import copy
import hmac
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sinch.core import signing

VECTORS = Path(__file__).parents[1] / "vectors"
PUBLISHED = json.loads((VECTORS / "signing-vectors.json").read_text("utf-8"))
DERIVED = json.loads((VECTORS / "derived-vectors.json").read_text("utf-8"))

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
NOW = datetime(2024, 1, 2, 3, 4, 5, 678_900, tzinfo=UTC)

# V8 was made by a lenient base64 decoder; its secret is refused on purpose.
ACCEPTED = [vector for vector in PUBLISHED if vector["id"] != "V8"] + DERIVED["signed"]


def by_id(vector):
    return vector["id"]


def compose(vector, **changes):
    fields = {
        "method": vector["method"],
        "path": vector["path"],
        "body": vector["body"].encode(),
        "content_type": vector["contentType"],
        "timestamp": vector["timestamp"],
    }
    return signing.string_to_sign(**(fields | changes))


class TestVectors:
    @pytest.mark.parametrize("vector", ACCEPTED, ids=by_id)
    def test_md5_and_signature(self, vector):
        credentials = signing.Credentials(vector["key"], vector["secret"])

        md5 = signing.content_md5(vector["body"].encode())
        signature = credentials.sign(compose(vector))

        assert md5 == vector["md5"]
        assert signature == vector["signature"]

    def test_v8_is_refused_for_its_url_safe_secret(self):
        v8 = next(vector for vector in PUBLISHED if vector["id"] == "V8")

        with pytest.raises(ValueError, match="not base64"):
            signing.Credentials(v8["key"], v8["secret"])

    def test_the_encoded_path_is_signed_not_the_decoded_one(self):
        d9 = next(vector for vector in DERIVED["signed"] if vector["id"] == "D9")
        decoded = DERIVED["notSigned"][0]
        credentials = signing.Credentials(KEY, SECRET)

        assert credentials.sign(compose(d9, path=decoded["path"])) == decoded["signature"]
        assert decoded["signature"] != d9["signature"]

    @pytest.mark.parametrize("vector", DERIVED["basic"], ids=by_id)
    def test_basic(self, vector):
        header = signing.basic_authorization(vector["key"], vector["secret"])

        assert header == vector["authorization"]


def test_string_to_sign_has_five_lines_and_no_line_feed_at_the_end():
    text = signing.string_to_sign("post", "/a", b"{}", "application/json", "T")

    assert text == "POST\nmZFLkyvTelC5g8XnyQrpOw==\napplication/json\nx-timestamp:T\n/a"


def test_no_body_is_an_empty_line_not_the_md5_of_nothing():
    assert signing.content_md5(b"") == ""


def signed(key, text):
    return signing.SigningKey(key).signature(text)


@given(key=st.binary(max_size=200), texts=st.lists(st.text(), min_size=1, max_size=3))
def test_a_prepared_key_signs_as_hmac_does_every_time(key, texts):
    prepared = signing.SigningKey(key)
    for text in [*texts, *texts]:
        data = text.encode("utf-8", "surrogateescape")
        assert base64.b64decode(prepared.signature(text)) == hmac.digest(key, data, "sha256")


def test_copies_of_credentials_sign_alike():
    original = signing.Credentials(KEY, SECRET)
    for copied in (copy.deepcopy(original), pickle.loads(pickle.dumps(original))):
        assert copied == original
        assert copied.sign("text") == original.sign("text")


ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13))])
MOMENTS = st.datetimes(
    datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES
)  # fmt: skip


@given(moments=st.lists(MOMENTS, min_size=1), steps=st.lists(st.integers(-3_000_000, 3_000_000)))
def test_a_timestamp_does_not_depend_on_those_before_it(moments, steps):
    moments += [moments[-1] + timedelta(microseconds=step) for step in steps]
    for moment in moments:
        iso = moment.astimezone(UTC).isoformat(timespec="milliseconds")
        assert signing.timestamp(moment) == iso.replace("+00:00", "Z")


PIECES = {
    "method": st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    "path": st.text(min_size=1, max_size=30).map(lambda text: "/" + text),
    "body": st.binary(max_size=40),
    "content_type": st.text(max_size=20),
    "timestamp": st.text(max_size=30),
}


@given(original=st.fixed_dictionaries(PIECES), data=st.data(), key=st.binary(min_size=1))
def test_any_change_of_any_signed_piece_breaks_the_signature(original, data, key):
    piece = data.draw(st.sampled_from(sorted(PIECES)))
    changed = original | {piece: data.draw(PIECES[piece])}
    assume(changed != original)

    before = signed(key, signing.string_to_sign(**original))
    after = signed(key, signing.string_to_sign(**changed))

    assert before != after


@given(body=st.binary(min_size=1, max_size=60), data=st.data())
def test_one_flipped_bit_of_the_body_breaks_the_signature(body, data):
    index = data.draw(st.integers(0, len(body) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    tampered = body[:index] + bytes([body[index] ^ bit]) + body[index + 1 :]

    assert signing.content_md5(body) != signing.content_md5(tampered)


@given(secret=st.binary(min_size=16, max_size=16), index=st.integers(0, 15))
def test_another_secret_gives_another_signature(secret, index):
    other = secret[:index] + bytes([secret[index] ^ 1]) + secret[index + 1 :]

    assert signed(secret, "text") != signed(other, "text")


def test_header_bytes_that_are_not_utf8_end_as_a_wrong_signature_not_as_an_error():
    assert signed(b"key", "x-timestamp:\udcff") != signed(b"key", "x-timestamp:")


class TestSecret:
    def test_padding_may_be_missing_and_whitespace_around_it_is_dropped(self):
        expected = signing.decode_secret(SECRET)

        assert len(expected) == 16
        assert signing.decode_secret(SECRET.rstrip("=")) == expected
        assert signing.decode_secret(f" {SECRET}\n") == expected

    @pytest.mark.parametrize(
        ("secret", "reason"),
        [
            ("", "blank"),
            (" \n", "blank"),
            (None, "blank or not text"),
            ("BeIukql3 pTKJ8RGL5zo0DA==", "whitespace"),
            ("BeIukql3pTKJ8RGL5zo0D-_A", "not base64"),
            ("åäö", "not base64"),
            ("=", "not base64"),
            ("====", "not base64"),
            ("BeIu=kql", "not base64"),
            ("BeIukql3pTKJ8RGL5zo0DA=", "length"),
            ("BeIu==", "length"),
            ("BeIuk", "length"),
            ("A", "length"),
        ],
    )
    def test_refusals_say_why(self, secret, reason):
        with pytest.raises(ValueError, match=reason):
            signing.decode_secret(secret)

    @given(st.text())
    def test_refusals_never_repeat_the_secret(self, text):
        # "§" is in no alphabet, so each of these is refused
        secret = f"§{text}§"

        with pytest.raises(ValueError) as caught:
            signing.decode_secret(secret)

        assert secret not in str(caught.value)


class TestApplicationKey:
    @pytest.mark.parametrize("key", [KEY, KEY.lower(), KEY.replace("-", ""), "my-key-id", "789"])
    def test_any_token_is_a_key(self, key):
        assert signing.check_application_key(f" {key}\n") == key

    @pytest.mark.parametrize(
        "key",
        [
            *("", "  ", None, "a:b", "a b", "a\nb", "a\x00b", "kéy"),
            "00000000-0000-0000-0000-000000000000",
            "{00000000-0000-0000-0000-000000000000}",
        ],
    )
    def test_refusals(self, key):
        with pytest.raises(ValueError, match="the application key"):
            signing.check_application_key(key)


class TestCredentials:
    def test_repr_hides_the_secret(self):
        credentials = signing.Credentials(KEY, SECRET)

        assert repr(credentials) == f"Credentials(application_key='{KEY}')"

    def test_survives_pickling(self):
        credentials = signing.Credentials(KEY, SECRET)

        copy = pickle.loads(pickle.dumps(credentials))

        assert copy == credentials
        assert copy.sign("text") == credentials.sign("text")

    def test_surrounding_whitespace_is_not_part_of_either(self):
        assert signing.Credentials(f"{KEY} ", f" {SECRET}") == signing.Credentials(KEY, SECRET)


class TestTimestamp:
    def test_is_utc_with_milliseconds_cut_off_not_rounded(self):
        assert signing.timestamp(NOW) == "2024-01-02T03:04:05.678Z"

    def test_other_zones_are_converted(self):
        local = datetime(2024, 1, 2, 0, 30, tzinfo=timezone(timedelta(hours=2)))

        assert signing.timestamp(local) == "2024-01-01T22:30:00.000Z"

    def test_a_time_without_zone_is_refused(self):
        with pytest.raises(ValueError, match="time zone"):
            signing.timestamp(datetime(2024, 1, 2))


class TestAuthorizers:
    def test_signed(self):
        d1 = DERIVED["signed"][0]
        auth = signing.SignedAuth(signing.Credentials(KEY, SECRET), clock=lambda: NOW)

        headers = auth("GET", d1["path"], "", b"")

        assert headers == {
            "Authorization": f"Application {KEY}:{d1['signature']}",
            "x-timestamp": "2024-01-02T03:04:05.678Z",
        }

    @pytest.mark.parametrize("vector", DERIVED["signed"], ids=by_id)
    def test_signed_covers_method_path_type_and_body(self, vector):
        credentials = signing.Credentials(vector["key"], vector["secret"])
        auth = signing.SignedAuth(credentials, clock=lambda: NOW)

        headers = auth(
            vector["method"], vector["path"], vector["contentType"], vector["body"].encode()
        )

        assert headers["Authorization"].endswith(f":{vector['signature']}")

    def test_signed_leaves_a_query_out(self):
        auth = signing.SignedAuth(signing.Credentials(KEY, SECRET), clock=lambda: NOW)

        assert auth("GET", "/recording?page=2", "", b"") == auth("GET", "/recording", "", b"")

    def test_signed_asks_the_clock_every_time(self):
        times = iter([NOW, NOW + timedelta(seconds=1)])
        auth = signing.SignedAuth(signing.Credentials(KEY, SECRET), clock=lambda: next(times))

        assert auth("GET", "/", "", b"") != auth("GET", "/", "", b"")

    def test_signed_uses_the_system_clock_by_default(self):
        auth = signing.SignedAuth(signing.Credentials(KEY, SECRET))

        stamp = datetime.fromisoformat(auth("GET", "/", "", b"")["x-timestamp"])

        assert abs(datetime.now(UTC) - stamp) < timedelta(minutes=1)

    def test_basic_needs_no_timestamp(self):
        auth = signing.BasicAuth(signing.Credentials(KEY, SECRET))

        assert auth("GET", "/", "", b"") == {
            "Authorization": DERIVED["basic"][0]["authorization"],
        }

    def test_public_sends_the_key_alone(self):
        assert signing.PublicAuth(KEY)("GET", "/", "", b"") == {
            "Authorization": f"Application {KEY}",
        }

    def test_no_repr_shows_the_secret(self):
        credentials = signing.Credentials(KEY, SECRET)

        for auth in (signing.SignedAuth(credentials), signing.BasicAuth(credentials)):
            assert SECRET not in repr(auth)
            assert pickle.loads(pickle.dumps(auth)) == auth
