"""What every adapter does, seen from the wire: one suite over all frameworks and servers."""

from __future__ import annotations

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest

from sinch.callbacks.messages_verifier import message_signature

PATH = "/sinch/callbacks"
MIB = 1024 * 1024

#: Hand over the path decoded, so that not every spelling of it can be told.
DECODED_PATHS = {"django-wsgiref"}
#: Cannot take a body without Content-Length at all.
NO_CHUNKS = {"django-wsgiref"}
#: Django reads the whole body before it asks a view.
READS_ALL = {"django-uvicorn"}
#: WSGI has no way to say that the peer has gone.
CANNOT_TELL = {"django-gunicorn", "django-wsgiref", "flask-werkzeug", "flask-gunicorn"}

OTHER_KEY, OTHER_SECRET = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97", "JViE5vDor0Sw3WllZka15Q=="


class TestGenuine:
    def test_a_callback_is_answered_with_what_the_handler_built(self, server, ice):
        response = server.deliver(PATH, ice("call-7"))
        assert response.status == 200
        assert response.headers["content-type"] == "application/json"
        assert json.loads(response.body)["action"] == {"name": "hangup"}
        assert response.spoken == "#tts[call-7]"

    def test_async_handlers_are_awaited(self, server, ice):
        assert server.deliver("/async", ice()).spoken == "#tts[call-1]"

    def test_an_event_without_handler_gets_the_safe_default(self, server):
        response = server.deliver(PATH, b'{"event":"dice","callid":"c"}')
        assert (response.status, response.body) == (200, b"{}")

    def test_a_query_is_not_signed(self, server, ice):
        assert server.deliver(f"{PATH}?tenant=blue", ice(), sign_path=PATH).status == 200

    def test_below_a_mount_the_whole_path_counts(self, server, ice):
        assert server.deliver("/mounted/inner", ice()).status == 200
        assert server.deliver("/mounted/inner", ice(), sign_path="/inner").status == 401

    def test_a_trailing_slash_belongs_to_the_path(self, server, ice):
        assert server.deliver("/sinch/slash/", ice()).status == 200
        assert server.deliver("/sinch/slash/", ice(), sign_path="/sinch/slash").status == 401

    @pytest.mark.parametrize("spelling", ["/sinch/caf%C3%A9", "/sinch/café"])
    def test_a_unicode_path_may_be_signed_encoded_or_decoded(self, server, ice, spelling):
        assert server.deliver("/sinch/caf%C3%A9", ice(), sign_path=spelling).status == 200

    def test_an_unusual_spelling_of_the_path_is_kept(self, server, ice):
        if server.name in DECODED_PATHS:
            pytest.skip("the server hands over the path decoded")
        for spelling in ("/sinch/caf%c3%a9", "/sinch/%63allbacks"):
            assert server.deliver(spelling, ice()).status == 200

    def test_behind_a_proxy_that_strips_a_prefix(self, server, ice):
        assert server.deliver("/stripped", ice(), sign_path="/public/stripped").status == 200
        assert server.deliver("/stripped", ice(), sign_path="/other/stripped").status == 401

    def test_a_connection_serves_several_callbacks(self, server, ice, signed):
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as peer:
            for secret, status in (("wrong", 401), (None, 200), (None, 200)):
                headers = dict(signed(PATH, ice()))
                if secret:
                    headers["Authorization"] += secret
                peer.request("POST", PATH, ice(), headers)
                response = peer.getresponse()
                response.read()
                assert response.status == status

    def test_fifty_at_once_each_get_their_own_answer(self, server, ice):
        calls = [f"slow-{number}" for number in range(50)]
        with ThreadPoolExecutor(50) as pool:
            said = pool.map(lambda call: server.deliver(PATH, ice(call)).spoken, calls)
            assert list(said) == [f"#tts[{call}]" for call in calls]


@pytest.mark.parametrize("path", ["/context", "/context/async"])
class TestContext:
    """What handlers learn of the request, whatever the framework makes of it."""

    def test_all_of_it(self, path, server, ice, signed):
        body = ice("context") + b" "
        headers = [
            *signed(path, body, key=OTHER_KEY, secret=OTHER_SECRET),
            ("x-cb-tenant", "blue"),
        ]
        before = datetime.now(UTC)
        response = server.exchange(f"{path}?lang=sv&lang=bl%C3%A5&empty", body, headers)
        told = json.loads(response.body)
        assert before <= datetime.fromisoformat(told.pop("received_at")) <= datetime.now(UTC)
        assert told == {
            "application_key": OTHER_KEY,
            "tenant": "blue",
            "path": path,
            "query": {"lang": "blå", "empty": ""},
            "body": hashlib.sha256(body).hexdigest(),
        }

    def test_an_application_that_speaks_for_another(self, path, server, signed, key, log):
        def send(named):
            body = json.dumps({"event": "ice", "callid": "c", "applicationKey": named}).encode()
            headers = signed(path, body, key=OTHER_KEY, secret=OTHER_SECRET)
            return server.exchange(path, body, [*headers, ("X-CB-Tenant", "blue")])

        assert send(OTHER_KEY).status == 200
        refused = send(key)
        assert (refused.status, refused.body) == (401, b'{"error":"unauthorized"}')
        assert "wrong_application" in log()


class TestForged:
    def test_a_wrong_secret(self, server, ice, signed):
        headers = signed(PATH, ice(), secret="JViE5vDor0Sw3WllZka15Q==")
        response = server.exchange(PATH, ice(), headers)
        assert (response.status, response.body) == (401, b'{"error":"unauthorized"}')

    def test_no_signature(self, server, ice):
        headers = [("Content-Type", "application/json")]
        assert server.exchange(PATH, ice(), headers).status == 401

    def test_two_signatures(self, server, ice, signed):
        headers = signed(PATH, ice())
        assert server.exchange(PATH, ice(), [*headers, headers[1]]).status == 401

    @pytest.mark.parametrize("late", [timedelta(minutes=6), timedelta(minutes=-6)])
    def test_a_stale_one(self, server, ice, signed, late):
        assert server.exchange(PATH, ice(), signed(PATH, ice(), late=late)).status == 401

    def test_a_replayed_one(self, server, ice, signed):
        headers = signed("/seen", ice("replayed"))
        said = [server.exchange("/seen", ice("replayed"), headers).status for _ in range(3)]
        assert said == [200, 401, 401]

    def test_a_tampered_body(self, server, ice, signed):
        headers = signed(PATH, ice("call-1"))
        assert server.exchange(PATH, ice("call-2"), headers).status == 401
        assert server.exchange(PATH, ice("call-1") + b" ", headers).status == 401
        assert server.exchange(PATH, b"", headers).status == 401

    def test_another_path(self, server, ice, signed):
        assert server.exchange("/sinch/slash/", ice(), signed(PATH, ice())).status == 401

    @pytest.mark.parametrize(
        "sent", ["application/json", "application/json;charset=utf-8", "text/plain", ""]
    )
    def test_another_content_type(self, server, ice, signed, sent):
        headers = signed(PATH, ice())[1:]
        if sent:
            headers.append(("Content-Type", sent))
        assert server.exchange(PATH, ice(), headers).status == 401

    def test_headers_that_are_not_ascii(self, server, ice, signed):
        headers = [*signed(PATH, ice())[::2], ("Authorization", "application ké:ÿ")]
        assert server.exchange(PATH, ice(), headers).status in {400, 401}

    def test_a_genuine_one_that_is_no_json(self, server):
        response = server.deliver(PATH, b"not json")
        assert (response.status, response.body) == (400, b'{"error":"malformed"}')


class TestBodies:
    def test_chunks(self, server, ice, signed):
        whole = ice("chunked")
        chunks = [whole[:5], whole[5:11], whole[11:]]
        response = server.exchange(PATH, headers=signed(PATH, whole), chunks=chunks)
        if server.name in NO_CHUNKS:
            assert response.status == 411
        else:
            assert response.spoken == "#tts[chunked]"

    @pytest.mark.parametrize("size", [MIB, 10 * MIB])
    def test_a_large_body_is_refused(self, server, signed, size):
        response = server.exchange(PATH, bytes(size), signed(PATH, bytes(size)))
        assert (response.status, response.body) == (413, b'{"error":"too large"}')

    def test_it_is_refused_unread(self, server, signed):
        if server.name in READS_ALL:
            pytest.skip("the framework reads the whole body first")
        response = server.exchange(PATH, b"", signed(PATH, b"x"), length=MIB)
        assert response.status == 413

    def test_large_chunks_are_refused(self, server, signed):
        if server.name in NO_CHUNKS:
            pytest.skip("the server knows no chunks")
        response = server.exchange(PATH, headers=signed(PATH, b"x"), chunks=[bytes(65536)] * 16)
        assert (response.status, response.body) == (413, b'{"error":"too large"}')

    def test_chunks_without_end_are_refused(self, server, signed):
        if server.name in NO_CHUNKS | READS_ALL:
            pytest.skip("the server knows no chunks, or the framework reads the whole body first")
        lines = [*signed(PATH, b"x"), ("Host", "127.0.0.1"), ("Transfer-Encoding", "chunked")]
        head = f"POST {PATH} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines)
        with closing(server.connect()) as peer:
            with suppress(BrokenPipeError, ConnectionResetError):
                peer.sendall(head.encode() + b"\r\n")
                for _ in range(5):
                    peer.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
            assert server.read(peer).status == 413


class TestOtherMethods:
    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
    def test_only_post_is_allowed(self, server, method):
        response = server.exchange(PATH, method=method)
        assert (response.status, response.headers["allow"]) == (405, "POST")
        assert response.body == b'{"error":"method not allowed"}'

    def test_head_is_answered_without_a_body(self, server):
        response = server.exchange(PATH, method="HEAD")
        assert (response.status, response.headers["allow"]) == (405, "POST")
        assert response.body == b""

    def test_options_says_what_there_is(self, server):
        response = server.exchange(PATH, method="OPTIONS")
        assert (response.status, response.headers["allow"]) == (204, "OPTIONS, POST")
        assert response.body == b""


def test_a_broken_handler_is_a_500_and_logged_with_the_call(server, ice, log):
    response = server.deliver(PATH, ice("boom"))
    assert (response.status, response.body) == (500, b'{"error":"internal error"}')
    assert "'boom', answered 500: RuntimeError: the handler broke" in log()


def test_a_failed_callback_may_come_again(server, ice, signed):
    headers = signed("/seen", ice("boom"))
    assert [server.exchange("/seen", ice("boom"), headers).status for _ in range(2)] == [500, 500]


def test_a_body_that_is_refused_may_come_again(server, signed):
    headers = signed("/seen", b"not json")
    assert [server.exchange("/seen", b"not json", headers).status for _ in range(2)] == [400, 400]


def test_a_callback_whose_sender_left_may_come_again(server, ice, signed, log):
    if server.name in CANNOT_TELL:
        pytest.skip("WSGI does not tell")
    body = ice("lingering")
    headers = signed("/lingering", body)
    with closing(server.connect()) as peer:
        peer.sendall(server.request("/lingering", body, headers))
        wait_until(lambda: "the handler has lingering" in log())
        assert server.exchange("/lingering", body, headers).status == 401
    wait_until(lambda: server.exchange("/lingering", body, headers).status == 200)
    assert server.exchange("/lingering", body, headers).status == 401


def wait_until(true, patience=10.0):
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_log_says_why_without_being_asked_and_everything_when_asked(
    server, ice, signed, log, secret
):
    """The servers run with SINCH_EXPLAIN=1."""
    headers = [("Content-Type", "application/json"), *signed(PATH, ice("why"))[1:]]
    assert server.exchange(PATH, ice("why"), headers).status == 401
    written = log()
    [line] = [line for line in written.splitlines() if "bad_signature: POST" in line][-1:]
    assert "hint: it fits Content-Type 'application/json; charset=utf-8'" in line
    assert "callback refused, explained:" in written
    assert "was signed as application/json; charset=utf-8" in written
    assert secret not in written


def test_the_dependency_of_fastapi(running, ice, signed):
    server = running.servers["fastapi-hypercorn"]
    assert server.deliver("/dependency", ice("own")).spoken == "#tts[own]"
    chunks = [ice("own")[:9], ice("own")[9:]]
    headers = signed("/dependency", ice("own"))
    assert server.exchange("/dependency", headers=headers, chunks=chunks).status == 200
    assert server.deliver("/dependency", ice("own"), sign_path="/other").status == 401
    assert server.exchange("/dependency", b"", headers, length=MIB).status == 413


def test_a_dependency_whose_endpoint_fails_is_released(running, ice, signed):
    server = running.servers["fastapi-hypercorn"]
    for body, statuses in (
        (ice("boom"), [500, 500]),
        (ice("gone"), [410, 410]),
        (b"not json", [400, 400]),
        (ice("fine"), [200, 401]),
    ):
        headers = signed("/dependency/seen", body)
        said = [server.exchange("/dependency/seen", body, headers).status for _ in range(2)]
        assert said == statuses


class TestMessages:
    """Callbacks of the SMS REST API at the URL of an application: Sinch drops what gets a 4xx."""

    def test_signed_and_with_a_password(self, server):
        body = report("46700000001")
        assert server.exchange("/texts", body, message_headers(body)).status == 200
        password = [
            ("Authorization", "Basic c2luY2g6cGFzcyB3b3Jk"),
            ("Content-Type", "application/json"),
        ]
        assert server.exchange("/texts", body, password).status == 200
        assert server.deliver("/texts", b'{"event":"ice","callid":"c"}').status == 200

    def test_a_failing_handler_is_answered_500_so_that_sinch_tries_again(self, server):
        body = report("46700000666")
        assert server.exchange("/texts", body, message_headers(body)).status == 500

    def test_neither_secret_speaks_for_the_other(self, server, ice):
        body = report("46700000001")
        assert server.exchange("/texts", body, message_headers(body, secret="other")).status == 401
        assert server.exchange("/texts", ice(), message_headers(ice())).status == 401
        assert server.deliver("/texts", body).status == 401
        assert server.exchange("/texts", body).status == 401


def report(number):
    return json.dumps(
        {"type": "recipient_delivery_report_sms", "batch_id": "b", "recipient": number, "status": "Delivered"}
    ).encode()  # fmt: skip


def message_headers(body, secret="SMSWebhooksSecret"):
    stamp = str(int(time.time()))
    signature = message_signature(secret, body, "n-1", stamp)
    name = "x-sinch-webhook-signature"
    return [
        (name, signature), (f"{name}-nonce", "n-1"), (f"{name}-timestamp", stamp),
        (f"{name}-algorithm", "HmacSHA256"), ("Content-Type", "application/json"),
    ]  # fmt: skip
