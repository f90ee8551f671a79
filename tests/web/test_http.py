"""The helpers that every adapter shares: paths, headers, early answers, bounded bodies."""

from __future__ import annotations

import io
import subprocess
import sys
from importlib import import_module

import pytest

from sinch.callbacks import CallbackAnswer
from sinch.errors import ConfigurationError
from sinch.web import http


class TestPublicPath:
    @pytest.mark.parametrize(
        ("raw", "mount", "inner", "expected"),
        [
            (b"/sinch", "", "/sinch", "/sinch"),
            ("/sinch?a=/b", "", "/sinch", "/sinch"),
            ("/caf%c3%a9", "", "/café", "/caf%c3%a9"),
            # nothing raw: encoded again
            (None, "", "/café b", "/caf%C3%A9%20b"),
            (b"", "", "/a;b=c,d~e", "/a;b=c,d~e"),
            ("http://host/sinch", "", "/sinch", "/sinch"),
            (None, "", "", "/"),
            # mounted: the path has the mount already, or a proxy stripped it
            (b"/api/sinch", "/api", "/sinch", "/api/sinch"),
            (b"/sinch", "/api", "/sinch", "/api/sinch"),
            (b"/sinch", "/api/", "/sinch", "/api/sinch"),
            (b"/apiary/sinch", "/api", "/apiary/sinch", "/api/apiary/sinch"),
            (b"/api", "/api", "", "/api"),
            (b"/caf%C3%A9/sinch", "/café", "/sinch", "/caf%C3%A9/sinch"),
            (b"/caf%c3%a9/%73inch", "/café", "/sinch", "/caf%c3%a9/%73inch"),
            (b"/sinch", "/café", "/sinch", "/caf%C3%A9/sinch"),
            # a route of the same name as the mount: what is below it tells the two apart
            (b"/sinch/callbacks", "/sinch", "/sinch/callbacks", "/sinch/sinch/callbacks"),
            (b"/sinch/callbacks", "/sinch", "/callbacks", "/sinch/callbacks"),
            (b"/sinch/%63allbacks", "/sinch", "/sinch/callbacks", "/sinch/sinch/%63allbacks"),
            (b"/sinch", "/sinch", "/sinch", "/sinch/sinch"),
            (None, "/sinch", "/sinch/callbacks", "/sinch/sinch/callbacks"),
            # the framework was told another mount than the server has
            (b"/app/%73inch", "/public", "/sinch", "/public/%73inch"),
            # what is below does not fit at all: better than nothing
            (b"/api/x", "/api", "/y", "/api/x"),
            (b"/x", "/api", "/y", "/api/x"),
        ],
    )
    def test_it_is_what_the_peer_asked_for(self, raw, mount, inner, expected):
        assert http.public_path(raw, mount, inner) == expected

    def test_bytes_that_are_no_utf_8_survive(self):
        assert http.public_path(None, "", "/\udcff") == "/%FF"
        assert http.public_path(b"/\xff", "", "") == "/\udcff"


class TestWsgi:
    def test_the_raw_target_is_preferred(self):
        environ = {"PATH_INFO": "/caf\xc3\xa9", "SCRIPT_NAME": ""}
        assert http.wsgi_path(environ) == "/caf%C3%A9"
        assert http.wsgi_path({**environ, "REQUEST_URI": "/caf%c3%a9?x"}) == "/caf%c3%a9"
        assert http.wsgi_path({**environ, "RAW_URI": "/%63af%c3%a9"}) == "/%63af%c3%a9"

    def test_the_mount_counts(self):
        environ = {"SCRIPT_NAME": "/api", "PATH_INFO": "/sinch"}
        assert http.wsgi_path(environ) == "/api/sinch"
        assert http.wsgi_path({**environ, "RAW_URI": "/api/sinch"}) == "/api/sinch"
        assert http.wsgi_path({**environ, "RAW_URI": "/sinch"}) == "/api/sinch"

    def test_headers(self):
        environ = {
            "CONTENT_TYPE": "application/json; charset=utf-8",
            "CONTENT_LENGTH": "",
            "HTTP_X_TIMESTAMP": "caf\xc3\xa9",
            "REQUEST_METHOD": "POST",
            "wsgi.input": io.BytesIO(),
        }
        assert dict(http.wsgi_headers(environ)) == {
            "CONTENT-TYPE": "application/json; charset=utf-8",
            "X-TIMESTAMP": "café",
        }

    def test_text_that_was_decoded_already_is_left_alone(self):
        assert http.wsgi_text("/中") == "/中"

    def test_chunks_need_a_server_that_joins_them(self):
        environ = {"REQUEST_METHOD": "POST", "HTTP_TRANSFER_ENCODING": "chunked"}
        assert http.wsgi_refusal(environ, 10) is http.LENGTH_REQUIRED
        assert http.wsgi_refusal({**environ, "wsgi.input_terminated": True}, 10) is None


class TestAsgi:
    def test_the_scope_is_taken_as_it_came(self):
        scope = {
            "method": "POST",
            "path": "/café",
            "raw_path": b"/caf%c3%a9",
            "root_path": "",
            "headers": [(b"authorization", b"a"), (b"authorization", b"b")],
        }
        delivery = http.asgi_delivery(scope, b"x")
        assert (delivery.method, delivery.path, delivery.body) == ("POST", "/caf%c3%a9", b"x")
        assert delivery.headers.getall("Authorization") == ("a", "b")
        assert http.asgi_header(scope, b"authorization") == "a"
        assert http.asgi_header(scope, b"x") is None

    def test_raw_path_is_optional(self):
        assert http.asgi_path({"path": "/café", "raw_path": None}) == "/caf%C3%A9"


class TestEarlyAnswers:
    @pytest.mark.parametrize("length", [None, "", "0", "10", "010"])
    def test_the_rest_is_for_the_router(self, length):
        assert http.answer_early("POST", length, 10) is None

    @pytest.mark.parametrize("length", ["11", "99999999999999999999", "9" * 10_000])
    def test_too_large(self, length, caplog):
        early = http.answer_early("POST", length, 10)
        assert early is not None
        assert early.status == 413
        assert "callback refused with 413" in caplog.text
        assert caplog.records[0].sinch_reason == "too_large"

    @pytest.mark.parametrize("length", ["-1", "+5", "1_0", "ten", "١", " 5"])
    def test_no_length_at_all(self, length):
        assert http.answer_early("POST", length, 10) is http.BAD_LENGTH

    def test_the_method_comes_first(self):
        early = http.answer_early("GET", "11", 10)
        assert early is not None
        assert early.status == 405
        assert http.answer_early("OPTIONS", "11", 10) is http.OPTIONS

    def test_head_has_no_body(self):
        answer = CallbackAnswer(405, b"x", {"Allow": "POST"})
        assert http.finish(answer, "HEAD") == CallbackAnswer(405, b"", {"Allow": "POST"})
        assert http.finish(answer, "GET") is answer


class TestBodies:
    @pytest.mark.parametrize("size", [0, 1, 9, 10])
    def test_a_small_one_is_read_whole(self, size):
        assert http.read_body(io.BytesIO(bytes(size)).read, 10) == bytes(size)

    def test_of_a_large_one_a_byte_too_many_is_read(self):
        stream = io.BytesIO(bytes(1000))
        assert len(http.read_body(stream.read, 10)) == 11
        assert stream.tell() == 11

    def test_short_reads_are_no_end(self):
        pieces = iter([b"ab", b"c", b"", b"d"])
        assert http.read_body(lambda _: next(pieces), 10) == b"abc"

    async def test_streams(self):
        async def chunks(count):
            for _ in range(count):
                yield b"abc"
                given.append(1)

        given: list[int] = []
        assert await http.read_stream(chunks(3), 10) == b"abc" * 3
        given.clear()
        assert len(await http.read_stream(chunks(1000), 10)) == 12
        assert len(given) == 3


@pytest.mark.parametrize(
    ("module", "maker"),
    [
        ("aiohttp", "callback_handler"),
        ("django", "callback_view"),
        ("django", "async_callback_view"),
        ("flask", "callback_view"),
        ("starlette", "callback_endpoint"),
    ],
)
def test_what_is_no_router_is_refused_while_the_program_starts(module, maker):
    make = getattr(import_module(f"sinch.web.{module}"), maker)
    with pytest.raises(ConfigurationError, match="must be a CallbackRouter, not str"):
        make("/sinch")


def test_the_helpers_load_no_framework():
    code = (
        "import sys, sinch.web.http;"
        "print([m for m in ('django', 'flask', 'starlette', 'aiohttp', 'requests') "
        "if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
