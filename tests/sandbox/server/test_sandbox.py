"""The sandbox as a server: in a thread, in a loop, and as a program."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import aiohttp
import pytest
import requests

from sinch.core.signing import Credentials, SignedAuth, decode_secret
from sinch.sandbox import Sandbox, Settings

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
TOKEN, WEBHOOK = "token-of-the-plan", "secret-of-the-callbacks"


def signed(sandbox, method, path, body=b""):
    credentials = Credentials(sandbox.application_key, sandbox.application_secret)
    content_type = "application/json" if body else ""
    headers = SignedAuth(credentials)(method, path, content_type, body)
    return {**headers, "Content-Type": content_type} if body else headers


def raw(sandbox, data):
    """Send bytes and read until the server closes."""
    address = urlsplit(sandbox.url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.sendall(data)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


# --- in a thread --------------------------------------------------------------------------------


def test_in_a_thread_for_blocking_code():
    with Sandbox(numbers=["+46700000007"]) as sandbox:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", sandbox.url)
        body = b'{"message":"Hello"}'
        path = "/v1/sms/+46700000000"
        headers = signed(sandbox, "POST", path, body)
        sent = requests.post(sandbox.url + path, data=body, headers=headers, timeout=5)
        assert sent.status_code == 200
        assert sent.headers["Content-Type"] == "application/json; charset=utf-8"
        sandbox.advance(1)
        path = f"/v1/sms/{sent.json()['messageId']}"
        headers = signed(sandbox, "GET", path)
        answer = requests.get(sandbox.url + path, headers=headers, timeout=5)
        assert answer.json() == {"status": "Successful"}
        (number,) = requests.get(f"{sandbox.url}/_sandbox/numbers", timeout=5).json()["numbers"]
        assert number["number"] == "+46700000007"
        url = sandbox.url
        sandbox.reset()
        assert requests.get(f"{url}/_sandbox", timeout=5).json()["messages"] == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=5)


def test_credentials_are_made_up_or_given():
    first, second = Sandbox(), Sandbox()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first.application_key)
    assert first.application_key != second.application_key
    assert len(decode_secret(first.application_secret)) == 16
    given = Sandbox(key=KEY, secret=SECRET)
    assert (given.application_key, given.application_secret) == (KEY, SECRET)
    assert SECRET not in repr(given)


@pytest.mark.parametrize(
    "options", [{"key": "a:b"}, {"secret": "!"}, {"numbers": ["+1"]}, {"numbers": ["46700000001"]}]
)
def test_bad_arguments(options):
    with pytest.raises(ValueError, match=r"key|secret|number"):
        Sandbox(**options)


def test_a_port_that_is_taken():
    with Sandbox() as sandbox:
        port = urlsplit(sandbox.url).port
        with pytest.raises(OSError, match=str(port)), Sandbox(port=port):
            pass


def test_running_twice_and_not_at_all():
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.url
    with sandbox, pytest.raises(RuntimeError, match="running already"), sandbox:
        pass
    with sandbox:
        assert requests.get(f"{sandbox.url}/_sandbox", timeout=5).status_code == 200


def test_stopping_does_not_wait_for_idle_connections():
    session = requests.Session()
    with Sandbox() as sandbox:
        session.get(f"{sandbox.url}/_sandbox", timeout=5)
        before = time.monotonic()
    assert time.monotonic() - before < 3
    session.close()


def test_many_threads_at_once():
    with Sandbox() as sandbox:
        path, body = "/v1/sms/+46700000000", b'{"message":"Hello"}'

        def work() -> None:
            with requests.Session() as session:
                for _ in range(25):
                    headers = signed(sandbox, "POST", path, body)
                    session.post(sandbox.url + path, data=body, headers=headers, timeout=30)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert requests.get(f"{sandbox.url}/_sandbox", timeout=5).json()["messages"] == 100


# --- in the running loop ------------------------------------------------------------------------


async def test_in_the_running_loop_for_asyncio():
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        async with session.get(f"{sandbox.url}/_sandbox") as answer:
            assert (await answer.json())["messages"] == 0
        started = {
            "identity": {"type": "number", "endpoint": "+46700000000"},
            "method": "seamless",
        }
        path, body = "/verification/v1/verifications", json.dumps(started).encode()
        headers = signed(sandbox, "POST", path, body)
        async with session.post(sandbox.url + path, data=body, headers=headers) as answer:
            target = (await answer.json())["seamless"]["targetUri"]
        async with session.get(target) as answer:
            assert answer.status == 200, "the redirect was followed"
            assert (await answer.json())["status"] == "SUCCESSFUL"


# --- on the wire --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(key=KEY, secret=SECRET, settings=Settings(max_body=1000)) as running:
        yield running


@pytest.mark.parametrize(
    "data",
    [
        b"garbage\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
        b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % (b"a" * 20_000),
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    ],
)
def test_what_is_no_http_is_answered_in_json_too(sandbox, data):
    status, body = raw(sandbox, data)
    assert 400 <= status < 500
    assert body["errorCode"] == 40001


@pytest.mark.parametrize("size", [1001, 5_000_000])
def test_too_large_a_body(sandbox, size):
    answer = requests.post(f"{sandbox.url}/v1/sms/+46700000000", data=b"x" * size, timeout=30)
    assert answer.status_code == 413
    assert answer.json()["errorCode"] == 41300


def test_a_host_name_of_somebody_else(sandbox):
    request = b"GET /_sandbox HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    status, body = raw(sandbox, request)
    assert (status, body["errorCode"]) == (403, 40300)


def test_the_absolute_form_and_options_star(sandbox):
    end = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert raw(sandbox, b"GET http://localhost/_sandbox" + end)[0] == 200
    assert raw(sandbox, b"OPTIONS *" + end)[0] == 404


def test_a_client_that_waits_for_100_continue(sandbox):
    body = b'{"message":"Hello"}'
    path = "/v1/sms/+46700000000"
    headers = {
        **signed(sandbox, "POST", path, body),
        "Host": "localhost",
        "Expect": "100-continue",
        "Connection": "close",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    address = urlsplit(sandbox.url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_encoded_paths_arrive_as_sent(sandbox):
    path = "/calling/v1/conferences/id/a%2Fb%20%231"
    url = f"{sandbox.url}/_sandbox/conferences/a%2Fb%20%231"
    assert requests.post(url, timeout=5).status_code == 200
    headers = signed(sandbox, "GET", path)
    assert requests.get(sandbox.url + path, headers=headers, timeout=5).status_code == 200


# --- as a program -------------------------------------------------------------------------------


def run(*arguments):
    return subprocess.Popen(
        [sys.executable, "-c", "from sinch.cli import main; main()", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command(number):
    with run(
        "sandbox", "--quiet", "--number", "+46700000008", "--number", "+46700000009"
    ) as program:
        url = re.fullmatch(
            r"Sinch sandbox on (http://127\.0\.0\.1:\d+)\n", program.stdout.readline()
        )[1]
        screen = "".join(iter(program.stdout.readline, "Ctrl-C stops it.\n"))
        exported = dict(re.findall(r"^export (\w+)=(\S+)$", screen, re.MULTILINE))
        assert exported["SINCH_BASE_URL"] == url
        key, secret = exported["SINCH_APPLICATION_KEY"], exported["SINCH_APPLICATION_SECRET"]
        numbers = requests.get(
            f"{url}/v1/configuration/numbers", auth=(key, secret), timeout=5
        ).json()["numbers"]
        assert [number["number"] for number in numbers] == ["+46700000008", "+46700000009"]
        batches = requests.get(
            f"{url}/xms/v1/{exported['SINCH_SERVICE_PLAN_ID']}/batches",
            headers={"Authorization": f"Bearer {exported['SINCH_API_TOKEN']}"},
            timeout=5,
        )
        assert batches.json()["count"] == 0
        program.send_signal(number)
        assert program.wait(timeout=30) == 0
        assert program.stdout.read() == ""
        assert program.stderr.read() == ""


def test_the_command_does_not_print_the_secrets_it_was_given():
    plan = ["--service-plan", "demo", "--token", TOKEN, "--webhook-secret", WEBHOOK]
    with run("sandbox", "--key", KEY, "--secret", SECRET, *plan) as program:
        first = program.stdout.readline()
        program.terminate()
        screen = first + program.stdout.read()
        assert KEY in screen
        assert "export SINCH_SERVICE_PLAN_ID=demo" in screen
        assert not {SECRET, TOKEN, WEBHOOK} & set(re.split(r"[\s=]+", screen))
        assert "SINCH_WEBHOOK_SECRET, which you gave" in screen
        assert program.stderr.read() == ""


@pytest.mark.parametrize("options", [[], ["--json"], ["--quiet"]], ids=["lines", "json", "quiet"])
def test_the_command_prints_one_line_an_exchange(options):
    address = ["--callback-url", "http://127.0.0.1:1/sinch"]
    with run("sandbox", "--key", KEY, "--secret", SECRET, *address, *options) as program:
        url = re.search(r"http://127\.0\.0\.1:\d+", program.stdout.readline())[0]
        requests.get(f"{url}/v1/configuration/numbers", auth=(KEY, SECRET), timeout=5)
        requests.get(f"{url}/v1/configuration/numbers", auth=(KEY, "d3Jvbmc="), timeout=5)
        requests.get(f"{url}/xms/v1/demo/batches", timeout=5)
        incoming = {"to": "+46700000001", "from": "+46700000002"}
        called = requests.post(f"{url}/_sandbox/calls", json=incoming, timeout=5)
        assert called.ok, called.text
        requests.post(f"{url}/_sandbox/settle", timeout=5)
        program.terminate()
        printed = program.stdout.read()
    assert SECRET not in printed
    numbers = [line for line in printed.splitlines() if "/v1/configuration/numbers" in line]
    calls = [line for line in printed.splitlines() if "ice" in line and "127.0.0.1:1/" in line]
    assert (len(numbers), len(calls)) == ((0, 0) if options == ["--quiet"] else (2, 1)), printed
    if options == ["--json"]:
        assert [json.loads(line)["status"] for line in numbers] == [200, 401]
        assert json.loads(calls[0])["kind"] == "callback"
    elif not options:
        assert "401  40107" in numbers[1]
        assert "401  the token is not that of this service plan" in printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--key", "a:b"], "application key"),
        (["--secret", "!!secret!!"], "application secret"),
        (["--service-plan", "a/b"], "service_plan_id"),
        (["--token", "with space"], "api_token"),
        (["--number", "+1"], "phone number"),
        (["--port", "70000"], "port"),
    ],
)
def test_the_command_explains_what_is_wrong(arguments, words):
    with run("sandbox", *arguments) as program:
        assert program.wait(timeout=30) == 2
        message = program.stderr.read()
    assert words in message
    assert "!!secret!!" not in message
    assert "Traceback" not in message


def test_the_command_on_a_port_that_is_taken(sandbox):
    with run("sandbox", "--port", str(urlsplit(sandbox.url).port)) as program:
        assert program.wait(timeout=30) == 1
        assert "Cannot listen" in program.stderr.read()


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_cli_extra_the_command_says_what_to_install(missing):
    script = f"import sys; sys.modules[{missing!r}] = None; import sinch.cli"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "sinch-server-sdk[cli]" in done.stderr
    assert "Traceback" not in done.stderr
