"""With orjson and without: the same is read, the same is refused, the same is written."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sinch.svaml import reply
from sinch_api import codec

texts = st.text(st.characters(exclude_categories=[]), max_size=12)
numbers = st.integers(-(2**70), 2**70) | st.sampled_from(["0", "-0", "1.50", "1e5", "-1E+2", "0.1", "1" * 19]).map(
    lambda text: json.loads(text, parse_float=Decimal)
)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def outcome(read: Any, body: bytes) -> Any:
    """What was read, with the types of everything in it; or what was wrong."""
    try:
        return repr(read(body))
    except codec.Malformed as malformed:
        return malformed


@pytest.fixture(autouse=True)
def installed() -> None:
    assert codec.orjson is not None


@given(st.booleans(), values)
def test_documents_are_read_the_same(ascii_only: bool, value: Any) -> None:
    body = codec.dumps(value) if not ascii_only else json.dumps(value, default=str).encode()
    assert outcome(codec.loads, body) == outcome(codec.loads_exactly, body)


@given(st.binary(max_size=30) | st.text("{}[]\",:0123456789.eE+- \\udntrueflsNaI\n\t", max_size=30).map(str.encode))
@example(b'{"a": 1, "a": 2}')
@example(b'{"amount": 0.10}')
@example(b'[1E400, 12345678901234567890123, -0, 1.0]')
@example(b'"\\ud800"')
@example(b'\xef\xbb\xbf{"a": 1}')
@example(b' {"a": 1}\n')
@example(b"[NaN]")
@example(b"[" * 40 + b"]" * 40)
@example(b"[" * 5000)
def test_whatever_comes_is_read_or_refused_the_same(body: bytes) -> None:
    fast, exact = outcome(codec.loads, body), outcome(codec.loads_exactly, body)
    assert str(fast) == str(exact)
    assert type(fast) is type(exact)


@given(st.dictionaries(texts, values, max_size=4))
def test_replies_are_written_the_same(wire: dict[str, Any]) -> None:
    wire = json.loads(json.dumps(wire, default=int))  # as a builder holds it: JSON, no fractions here
    assert reply._encode(wire) == reply._encode_exactly(wire)


def test_without_it_all_is_as_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "orjson", None)
    monkeypatch.setattr(reply, "orjson", None)
    assert codec.loads(b'{"a": [1, "\xc3\xa5"]}') == {"a": [1, "å"]}
    assert reply._encode({"a": "å"}) == '{"a":"å"}'
