"""Whatever part of a callback is changed, it is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sinch.callbacks import (
    CallbackRejected,
    CallbackVerifier,
    Delivery,
    RejectionReason,
    Verified,
)
from sinch.core.signing import Credentials, string_to_sign

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
STAMP = "2026-03-01T11:59:58.1234567Z"
TYPE = "application/json; charset=utf-8"
PATH = "/sinch/callback"
BODY = b'{"event":"ice","callid":"abc","version":1}'
VERIFIER = CallbackVerifier(KEY, SECRET, clock=lambda: NOW)
SIGNATURE = Credentials(KEY, SECRET).sign(string_to_sign("POST", PATH, BODY, TYPE, STAMP))

printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)


def delivery(
    *, method="POST", path=PATH, body=BODY, content_type=TYPE, stamp=STAMP, authorization=None
) -> Delivery:
    headers = {
        "authorization": f"application {KEY}:{SIGNATURE}"
        if authorization is None
        else authorization,
        "x-timestamp": stamp,
        "content-type": content_type,
    }
    return Delivery(method, path, headers, body)


def refused(tampered: Delivery) -> bool:
    try:
        VERIFIER.verify(tampered)
    except CallbackRejected:
        return True
    return False


def changed(text, data):
    """Put something else in place of a piece of a text."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = data.draw(st.binary(max_size=5) if isinstance(text, bytes) else printable)
    other = text[:start] + piece + text[end:]
    assume(other != text)
    return other


def test_the_untouched_callback_is_accepted():
    assert VERIFIER.verify(delivery()).signed_path == PATH


@given(st.data())
def test_the_body(data):
    assert refused(delivery(body=changed(BODY, data)))


@given(st.data())
def test_the_content_type(data):
    assert refused(delivery(content_type=changed(TYPE, data)))


@given(st.data())
def test_the_path(data):
    path = changed(PATH, data)
    # what is cut off or decodes to the same is the same path
    assume(Delivery("POST", path, {}).path != PATH)
    assert refused(delivery(path=path))


@given(st.data())
def test_the_time(data):
    assert refused(delivery(stamp=changed(STAMP, data)))


@given(st.sampled_from(["GET", "PUT", "PATCH", "DELETE", "HEAD", "POSTS", ""]))
def test_the_method(method):
    assert refused(delivery(method=method))


@given(st.data())
def test_the_signature(data):
    other = changed(SIGNATURE, data)
    assume(other.strip() != SIGNATURE)
    assert refused(delivery(authorization=f"application {KEY}:{other}"))


@given(st.integers(0, 43), st.integers(0, 5))
def test_a_single_bit_of_the_signature(position, bit):
    # base64 has unused bits in its last character: the text is compared, so they count too
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assume(SIGNATURE[position] != "=")
    flipped = alphabet[alphabet.index(SIGNATURE[position]) ^ (1 << bit)]
    other = SIGNATURE[:position] + flipped + SIGNATURE[position + 1 :]
    assert refused(delivery(authorization=f"application {KEY}:{other}"))


@given(printable, st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.binary())
def test_whatever_comes_from_a_stranger_is_rejected_with_a_reason(path, auth, stamp, kind, body):
    stranger = delivery(path=path, body=body, content_type=kind, stamp=stamp, authorization=auth)
    with pytest.raises(CallbackRejected) as caught:
        VERIFIER.verify(stranger)
    assert isinstance(caught.value.reason, RejectionReason)
    report = str(VERIFIER.explain(stranger))
    report.encode("utf-8", "backslashreplace")
    repr(stranger), str(caught.value), caught.value.explanation.for_log()


@given(
    st.sampled_from(["POST", "post"]),
    st.from_regex(r"/[ -~]{0,30}", fullmatch=True).filter(lambda p: "?" not in p),
    st.binary(max_size=200),
    st.from_regex(r"[ -~]{0,30}", fullmatch=True),
    st.timedeltas(timedelta(minutes=-5), timedelta(minutes=5)),
)
def test_everything_that_is_properly_signed_is_accepted(method, path, body, kind, skew):
    stamp = (NOW + skew).isoformat().replace("+00:00", "Z")
    text = string_to_sign(method, path, body, kind, stamp)
    headers = {
        "Authorization": f"Application {KEY.lower()}:{Credentials(KEY, SECRET).sign(text)}",
        "X-Timestamp": stamp,
        "Content-Type": kind,
    }
    assert isinstance(VERIFIER.verify(Delivery(method, path, headers, body)), Verified)
