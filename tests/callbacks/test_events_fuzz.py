"""Whatever arrives, reading it gives an event or a CallbackRejected: nothing else ever escapes."""

from __future__ import annotations

import json
import random
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from sinch.callbacks import (
    CallbackRejected,
    Pairs,
    RejectionReason,
    UnknownEvent,
    read_event,
    read_model,
)
from sinch_api.codec import dumps
from sinch_api.webhooks import EVENTS

TAGS = [*EVENTS, "ICE", "incomingSms", "VerificationRequestEvent", "future"]
FIELDS = [
    "event", "callid", "callId", "timestamp", "version", "custom", "user", "cookies", "cli", "to",
    "from", "domain", "originationType", "duration", "rdnis", "callHeaders", "userRate", "amd",
    "debit", "reason", "result", "menuResult", "type", "destination", "errorCode", "errorMsg", "id",
    "method", "identity", "price", "acceptLanguage", "status", "source", "smsResult", "message",
    "endpoint", "currencyId", "amount", "key", "value", "menuId", "inputMethod", "addToContext",
]  # fmt: skip

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.decimals(),
    st.sampled_from(["2024-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00Z"]),
    st.sampled_from(["ice", "sms", "number", "private", "46123456789", "1e400", "Bjorn <46>", ""]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), inner, max_size=4),
    ),
    max_leaves=12,
)
payloads = st.builds(
    lambda tag, fields: {"callid": "c", **fields, "event": tag},
    st.sampled_from(TAGS),
    st.dictionaries(st.sampled_from(FIELDS), values, max_size=8),
)


def survives(read, value) -> None:
    event = rejected = None
    try:
        event = read(value)
    except CallbackRejected as error:
        rejected = error
    if rejected is not None:
        assert isinstance(rejected.reason, RejectionReason)
        assert str(rejected)
    else:
        repr(event)
        assert isinstance(event.event, str)
        for name in ("cookies", "call_headers"):
            assert isinstance(getattr(event, name, Pairs()), Pairs)
        if not isinstance(event, UnknownEvent):
            dumps(event.to_wire())


@given(payloads)
def test_any_payload(payload):
    survives(read_model, payload)
    survives(read_event, json.dumps(payload, default=str))


@given(values)
@example({1: 2})
@example({"event": "ice", 3: "x", "callid": "c"})
@example({None: "ice"})
@example({"event": "ice", "callid": "c", "userRate": {"amount": Decimal("NaN")}})
def test_any_value(value):
    survives(read_model, value)


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_any_bytes_and_any_text(body):
    survives(read_event, body)


SEEDS = [
    b'{"event":"ice","callid":"c1","timestamp":"2014-12-01T08:01:10.1234567Z","version":1,'
    b'"userRate":{"currencyId":"USD","amount":0.0368},"cli":"Bjorn <46123456789>",'
    b'"to":{"type":"did","endpoint":"+46200000000"},"cookies":[{"key":"c1","value":"v"}]}',
    b'{"event":"dice","callid":"c","reason":"N/A","result":"N/A","duration":1,"debit":{"amount":0}}',
    b'{"event":"pie","callid":"c","menuResult":{"menuId":"main","type":"return","value":"1"}}',
    b'{"event":"notify","callid":"c","type":"callingerror","errorCode":"40001","errorMsg":"x"}',
    b'{"event":"ace","callid":"c","amd":{"status":"human","reason":"n/a","duration":3}}',
    b'{"id":"1","event":"VerificationResultEvent","method":"sms","identity":{"verified":false,'
    b'"type":"number","endpoint":"+33628254417"},"status":"FAIL","reason":"Expired"}',
    b'{"event":"incomingSms","to":{"type":"number","endpoint":"+46"},"message":"hej","version":1}',
]
SCRAPS = [b"[", b"]", b"{", b"}", b'"', b"\\", b"\\u0000", b"\\ud800", b"\x00", b"\xff", b"\xc3",
          b"null", b"1e999999", b"-", b"NaN", b"true", b",", b":", b"9" * 400, b"[" * 40]  # fmt: skip


def test_twenty_thousand_damaged_bodies():
    """Byte-level fuzzing with a fixed seed: flips, cuts, copies, splices and insertions."""
    dice = random.Random(20260301)
    for _ in range(20_000):
        body = bytearray(dice.choice(SEEDS))
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(body) + 1)
            match dice.randrange(5):
                case 0 if at < len(body):
                    body[at] ^= 1 << dice.randrange(8)
                case 1:
                    del body[at : at + dice.randint(1, 12)]
                case 2:
                    body[at:at] = dice.choice(SCRAPS)
                case 3:
                    body[at:at] = body[dice.randrange(len(body) + 1) :][:20]
                case _:
                    body[at:] = dice.choice(SEEDS)[dice.randrange(60) :]
        survives(read_event, bytes(body))
        survives(read_event, body.decode("utf-8", "surrogateescape"))
