"""`sinch explain`: classic mistakes with signatures, each named rightly, from whatever people paste."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from sinch.callbacks.delivery import Delivery
from sinch.cli.output import ExitCode
from sinch.cli.request_text import read_request
from sinch.core.signing import content_md5, decode_secret, string_to_sign

from .conftest import KEY, SECRET, run

BODY = b'{"event":"ice","callid":"a1","to":{"type":"did"}}'
JSON = "application/json; charset=utf-8"
NOW = "2026-11-25T10:00:00.000Z"


@attrs.frozen
class Parts:
    """Everything that is signed, and how; a mistake is another value for one of them."""

    method: str = "POST"
    md5: str = content_md5(BODY)
    content_type: str = JSON
    time: str = f"x-timestamp:{NOW}"
    path: str = "/api/sinch"
    between: str = "\n"
    key: bytes = decode_secret(SECRET)
    write: Callable[[str], str] = str

    def header(self) -> str:
        lines = (self.method, self.md5, self.content_type, self.time, self.path)
        digest = hmac.digest(self.key, self.between.join(lines).encode(), "sha256")
        return f"application {KEY}:{self.write(b64encode(digest).decode())}"


def request(authorization: str, **changes: Any) -> str:
    """The text of a request as it arrived."""
    given = {"method": "POST", "path": "/api/sinch", "time": NOW, "type": JSON, "body": BODY}
    given |= changes
    return (
        f"{given['method']} {given['path']} HTTP/1.1\nHost: example.com\n"
        f"Content-Type: {given['type']}\nx-timestamp: {given['time']}\n"
        f"Authorization: {authorization}\n\n{given['body'].decode()}\n"
    )


def explained(text: str, *words: str, **env: str) -> Any:
    done = run("explain", "-", "--json", "--at", NOW, *words, stdin=text, env={**env})
    assert done.code in {ExitCode.OK, ExitCode.NO}, done.err
    return done.json


def to_hex(signature: str) -> str:
    return b64decode(signature).hex()


MISTAKES = {
    "content type without charset": (Parts(content_type="application/json"), {}, "content-type"),
    "no content type signed": (Parts(content_type=""), {}, "content-type"),
    "body parsed and written again": (
        Parts(md5=content_md5(json.dumps(json.loads(BODY)).encode())),
        {},
        "body",
    ),
    "newline at the end of the body": (Parts(md5=content_md5(BODY + b"\n")), {}, "body"),
    "md5 in hexadecimal": (Parts(md5=hashlib.md5(BODY).hexdigest()), {}, "body"),
    "body not signed": (Parts(md5=""), {}, "body"),
    "trailing slash": (Parts(path="/api/sinch/"), {}, "path"),
    "query signed": (Parts(path="/api/sinch?a=1"), {"path": "/api/sinch?a=1"}, "path"),
    "whole url signed": (Parts(path="https://example.com/api/sinch"), {}, "path"),
    "another method": (Parts(method="GET"), {}, "method"),
    "time without its name": (Parts(time=NOW), {}, "timestamp"),
    "lines of windows": (Parts(between="\r\n"), {}, "line-ends"),
    "secret not decoded": (Parts(key=SECRET.encode()), {}, "secret"),
    "key in place of the secret": (Parts(key=KEY.encode()), {}, "secret"),
    "signature in hexadecimal": (Parts(write=to_hex), {}, "encoding"),
    "padding cut off": (Parts(write=lambda text: text.rstrip("=")), {}, "encoding"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_classic_mistake_is_named_and_only_that(mistake: str) -> None:
    parts, arrived, kind = MISTAKES[mistake]

    found = explained(request(parts.header(), **arrived))

    assert found["accepted"] is False
    assert [one["kind"] for one in found["mistakes"]] == [kind], found["mistakes"]
    assert all(one["what"] and one["cure"] for one in found["mistakes"])


def test_two_mistakes_at_once_are_both_named() -> None:
    parts = Parts(content_type="application/json", path="/api/sinch/")

    kinds = [one["kind"] for one in explained(request(parts.header()))["mistakes"]]

    assert sorted(kinds) == ["content-type", "path"]


OTHER_SECRET = {"SINCH_APPLICATION_SECRET": "d3Jvbmcgc2VjcmV0IQ=="}
OTHER_KEY = {"SINCH_APPLICATION_KEY": "11111111-2222-4333-8444-555555555555"}


@pytest.mark.parametrize(
    ("text", "env", "kind"),
    [
        pytest.param(request(Parts().header()), OTHER_SECRET, "secret-or-body", id="wrong secret"),
        pytest.param(
            request(Parts().header(), body=b'{"event":"ace"}'), {}, "secret-or-body", id="body"
        ),
        pytest.param(request(Parts().header()), OTHER_KEY, "key", id="another application"),
        pytest.param(request("Basic a:b"), {}, "scheme", id="basic"),
        pytest.param("POST / HTTP/1.1\nHost: x\n\n{}", {}, "headers", id="stripped by a proxy"),
        pytest.param(
            request(Parts().header(), time="25 Nov 2026"), {}, "timestamp", id="no ISO 8601"
        ),
    ],
)
def test_what_is_no_matter_of_what_was_signed(text: str, env: dict[str, str], kind: str) -> None:
    assert [one["kind"] for one in explained(text, **env)["mistakes"]] == [kind]


@pytest.mark.parametrize(
    ("off", "says"),
    [
        (timedelta(minutes=-20), "behind"),
        (timedelta(minutes=9), "ahead"),
        (timedelta(hours=2), "2 hours"),
    ],
)
def test_clocks(off: timedelta, says: str) -> None:
    moment = (datetime.fromisoformat(NOW) + off).astimezone(UTC)
    written = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    parts = Parts(time=f"x-timestamp:{written}")

    (found,) = explained(request(parts.header(), time=written))["mistakes"]

    assert found["kind"] == "clock"
    assert says in found["what"]


def test_a_proxy_that_strips_a_prefix() -> None:
    text = request(Parts(path="/api/sinch").header(), path="/sinch")

    (found,) = explained(text, "--callback-url", "https://example.com/api/sinch")["mistakes"]

    assert found["kind"] == "path"
    assert "public_path_prefix='/api'" in found["cure"]


def test_what_fits_is_said_to_fit() -> None:
    plain = run("explain", "-", "--at", NOW, stdin=request(Parts().header()))

    assert plain.code == ExitCode.OK
    assert "The signature fits." in plain.out
    assert string_to_sign("POST", "/api/sinch", BODY, JSON, NOW).split("\n")[1] in plain.out
    signature = Parts().header().partition(":")[2]
    assert signature not in plain.out, "who has it could send it again"


CURL = (
    "curl -sS -XPOST 'https://example.com/api/sinch?x=1' \\\n  -H 'Content-Type: {type}' "
    "-H \"x-timestamp: {time}\" --header 'Authorization: {header}' -o /dev/null {data}"
)


@pytest.mark.parametrize("data", ["-d '{body}'", "--data-raw='{body}'", "--data-binary @body.json"])
def test_a_curl_line(data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("body.json").write_bytes(BODY)
    line = CURL.format(
        type=JSON, time=NOW, header=Parts().header(), data=data.replace("{body}", BODY.decode())
    )

    assert run("explain", line, "--at", NOW).code == ExitCode.OK
    assert run("explain", "-", "--at", NOW, stdin=line).code == ExitCode.OK


def test_pasted_headers_and_a_file(tmp_path: Path) -> None:
    body, headers = tmp_path / "body.json", tmp_path / "headers.txt"
    body.write_bytes(BODY)
    headers.write_text(
        f"> content-type: {JSON}\n  X-Timestamp = {NOW}\nauthorization: {Parts().header()}\n"
    )
    where = ["--path", "https://example.com/api/sinch", "--body", str(body), "--at", NOW]

    assert run("explain", str(headers), *where).code == ExitCode.OK


@pytest.mark.parametrize("text", ["", "what?", "curl", "curl -H 'x", "curl -d @body.json", "{}"])
def test_what_is_no_request_is_a_usage_error(text: str) -> None:
    assert run("explain", "-", stdin=text).code == ExitCode.USAGE


def test_headers_of_sign_are_those_that_explain_accepts(tmp_path: Path) -> None:
    body = tmp_path / "event.json"
    body.write_bytes(BODY)
    made = run("sign", "POST", "https://example.com/api/sinch?x=1", "--body", str(body)).out

    text = f"POST /api/sinch HTTP/1.1\n{made}\n{BODY.decode()}"

    assert run("explain", "-", stdin=text).code == ExitCode.OK
    without_body = run("sign", "GET", "/v1/numbers", "--json").json["headers"]
    assert set(without_body) == {"x-timestamp", "Authorization"}


def test_the_reader_gives_what_a_server_would_see() -> None:
    found = read_request("POST /a?b=1 HTTP/1.1\r\nX-A: 1\r\nX-A: 2\r\n\r\n{}\r\n").delivery()

    assert found == Delivery("POST", "/a?b=1", [("x-a", "1"), ("x-a", "2")], b"{}")
