"""A delivery keeps a request exactly as it came."""

from __future__ import annotations

import pytest

from sinch.callbacks import Delivery, RequestHeaders


def test_headers_are_found_in_any_letter_case_and_repeated_ones_are_kept():
    headers = RequestHeaders([("X-A", "1"), ("x-a", "2"), (b"Content-Type", b"text/plain")])
    assert headers.get("X-a") == "1"
    assert headers.getall("x-A") == ("1", "2")
    assert headers.get("content-type") == "text/plain"
    assert headers.get("none") is None
    assert headers.getall("none") == ()
    assert [name in headers for name in ("X-A", "none", b"X-A", None)] == [
        True,
        False,
        False,
        False,
    ]
    assert len(headers) == 2
    assert headers != RequestHeaders({"x-A": "1", "content-type": "text/plain"})
    assert headers != "other"
    assert repr(headers) == "<RequestHeaders content-type, x-a>"


def test_frameworks_multi_dicts_keep_their_repeated_headers():
    from multidict import CIMultiDict

    multi = CIMultiDict([("Authorization", "a"), ("authorization", "b")])
    assert Delivery("post", "/", multi).headers.getall("authorization") == ("a", "b")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/a/b?c=d", "/a/b"),
        (b"/a%20b", "/a%20b"),
        ("/a//b/", "/a//b/"),
        ("https://example.com/a?b", "/a"),
        ("http://example.com:8080", "/"),
        ("", "/"),
        ("*", "*"),
        ("/http://x/y", "/http://x/y"),
        ("/r\xc3\xa4ka".encode("latin-1"), "/räka"),
        (b"/\xff", "/\udcff"),
        ("/\ud800", "/"),  # replaced by "?", which starts a query
    ],
)
def test_the_path_is_kept_without_query_and_origin(given, path):
    assert Delivery("POST", given, {}).path == path


def test_it_is_a_value():
    one = Delivery("post", "/", {"A": "1"}, bytearray(b"x"))
    same = Delivery("POST", "/", [("a", "1")], b"x")
    assert one == same
    assert hash(one) == hash(same)
    assert one.body == b"x"
    with pytest.raises(AttributeError):
        one.method = "GET"
    assert (
        repr(one) == "Delivery(method='POST', path='/', headers=<RequestHeaders a>, body=<1 bytes>)"
    )
