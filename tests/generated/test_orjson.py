"""With orjson and without: the same is read, the same is refused, the same is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sinch.svaml import reply
from sinch_api import codec, with_orjson

texts = st.text(st.characters(exclude_categories=[]), max_size=12)
digits = st.text("0123456789", min_size=1, max_size=20)
#: Numbers as they may be written, most of them in a way that Python would not choose.
literals = st.builds(
    lambda sign, whole, fraction, exponent: f"{sign}{whole.lstrip('0') or '0'}{fraction}{exponent}",
    st.sampled_from(["", "-"]),
    digits,
    st.just("") | digits.map(lambda text: f".{text}"),
    st.just("") | st.builds("{}{}{}".format, st.sampled_from("eE"), st.sampled_from(["", "+", "-"]), digits),
) | st.decimals(-10**6, 10**6, places=4).map(lambda amount: f"{amount.normalize():f}")
names = st.sampled_from(["amount", "a", "event", 'am"ount', "amount\\"]) | texts
documents: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["null", "true", "false"]) | literals | (names | texts).map(json.dumps),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"[{', '.join(parts)}]")
    | st.lists(
        st.tuples(names, st.booleans(), st.sampled_from(["", " ", "\n\t"]), inner), max_size=4
    ).map(
        lambda pairs: f"{{{','.join(f'{json.dumps(name, ensure_ascii=escaped)}{blank}:{blank}{value}' for name, escaped, blank, value in pairs)}}}"
    ),
    max_leaves=20,
)  # fmt: skip


def int_of(text: str) -> int:
    """A number that a builder may hold, in place of any."""
    return len(text) ** 30 if len(text) > 15 else len(text)


def outcome(read: Any, body: bytes) -> Any:
    """What was read, with the types of everything in it; or what was wrong."""
    try:
        return repr(read(body))
    except codec.Malformed as malformed:
        return type(malformed), str(malformed)


@pytest.fixture(autouse=True)
def installed() -> None:
    assert codec.orjson is not None


@given(documents)
@example('{"amount": 0.10}')
@example('{"amount": 0.5, "\\u0061mount": 0.50}')
@example('{"x\\"amount": 0.5, "\\u0061mount": 0.50}')
@example('{"note": "amount", "amount": 0.5}')
@example('{"amount": 1E+2}')
@example('{"amount": 0.1234567890123456}')
@example('{"amount": 123456789012345.5}')
@example('{"amount": 0.000000001}')
@example('{"amount": -0.0, "a": [0.5]}')
@example("0.5")
@example('{"amount":0e1000000000000000000}')
@example('{"a": 18446744073709551616}')
def test_documents_are_read_the_same(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    assert outcome(codec.loads, body) == outcome(codec.loads_exactly, body)


@given(st.binary(max_size=30) | st.text("{}[]\",:0123456789.eE+- \\udntrueflsNaI\n\t", max_size=30).map(str.encode))
@example(b'{"a": 1, "a": 2}')
@example(b'[1E400, 12345678901234567890123, -0, 1.0]')
@example(b'"\\ud800"')
@example(b'\xef\xbb\xbf{"a": 1}')
@example(b' {"a": 1}\n')
@example(b"[NaN]")
@example(b"[" * 40 + b"]" * 40)
@example(b"[" * 5000)
@example(b'{"a":' * 399 + b"1" + b"}" * 399)
def test_whatever_comes_is_read_or_refused_the_same(body: bytes) -> None:
    fast = outcome(codec.loads, body)
    exact = outcome(lambda body: (codec._check_depth(body), codec.loads_exactly(body))[1], body)
    assert fast == exact


@pytest.mark.parametrize("amount", ["0.10", "0.5", "1e5", "1E+2", "[0.5]", "18446744073709551616"])
def test_what_may_have_been_rounded_needs_the_standard_library(amount: str) -> None:
    with pytest.raises(with_orjson.Inexact):
        with_orjson.read_with_orjson(b'{"amount": %s}' % amount.encode())


@pytest.mark.parametrize("value", ['"2026-11-22T20:00:00Z"', '"7e5a-4e2f"', "-17", '"1 e5"'])
def test_what_only_looks_like_it_does_not(value: str) -> None:
    assert with_orjson.read_with_orjson(b'{"a": %s}' % value.encode()) == {"a": json.loads(value)}


@given(st.dictionaries(texts, documents.map(lambda text: json.loads(text, parse_float=int_of, parse_int=int_of)), max_size=4))
def test_replies_are_written_the_same(wire: dict[str, Any]) -> None:
    # as a builder holds it: JSON, no fractions here
    assert reply._encode(wire) == reply._encode_exactly(wire)


def test_without_it_all_is_as_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "orjson", None)
    monkeypatch.setattr(reply, "orjson", None)
    assert codec.loads(b'{"a": [1, "\xc3\xa5"]}') == {"a": [1, "å"]}
    assert reply._encode({"a": "å"}) == '{"a":"å"}'
