"""A session that was passed in: its connections are used, what goes out is what was signed."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from sinch import AsyncSinchClient, RetryPolicy, SinchClient
from sinch.errors import ClientStateError, ConfigurationError, NotFound, NotSent, OutcomeUnknown

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
OURS = {"user-agent", "accept", "accept-encoding", "x-timestamp", "authorization", "host"}


# --- aiohttp ----------------------------------------------------------------------------------------

DEFAULTS: dict[str, Callable[[], dict[str, Any]]] = {
    "content type": lambda: {"headers": {"Content-Type": "text/html"}},
    "authorization": lambda: {"headers": {"Authorization": "Bearer theirs", "X-Timestamp": "0"}},
    "other headers": lambda: {"headers": {"X-Theirs": "1", "Accept": "text/html", "Expect": ""}},
    "cookies": lambda: {"cookies": {"theirs": "1"}},
    "auth": lambda: {"auth": aiohttp.BasicAuth("user", "password")},
    "skipped headers": lambda: {"skip_auto_headers": ["Host", "Content-Length", "User-Agent"]},
    "no decompression": lambda: {"auto_decompress": False},
    ".netrc": lambda: {"trust_env": True},
}


@pytest.mark.filterwarnings("ignore:.*is deprecated and will be removed:DeprecationWarning")
@pytest.mark.parametrize("kind", DEFAULTS)
async def test_defaults_of_a_session_do_not_touch_what_was_signed(
    kind, peer, own_environment, tmp_path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password secret\n")
    own_environment.setenv("NETRC", str(netrc))
    peer.answers({"participants": []}).answers({"messageId": 1}).answers(status=204)

    async with aiohttp.ClientSession(**DEFAULTS[kind]()) as session:
        sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)
        await sinch.conferences("room").get()
        await sinch.sms("+46700000000", "Hi").send()
        await sinch.conferences("room").end()

    get, post, delete = (seen.headers for seen in peer.seen)
    assert get.keys() == OURS
    assert post.keys() == {*OURS, "content-type", "content-length"}
    assert delete.keys() == {*OURS, "content-length"}
    assert post["content-type"] == "application/json; charset=utf-8"
    assert all(
        re.match(f"Application {KEY}:", seen["authorization"]) for seen in (get, post, delete)
    )


async def test_a_session_that_raises_for_status_changes_no_error(peer, own_environment) -> None:
    peer.answers({"errorCode": 40400, "message": "No such message"}, status=404)

    async with aiohttp.ClientSession(raise_for_status=True) as session:
        sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)
        with pytest.raises(NotFound, match="40400"):
            await sinch.sms.get_status("1")

    assert len(peer.seen) == 1


@pytest.mark.parametrize("trust_env", [False, True])
async def test_an_aiohttp_session_says_whether_the_environment_counts(
    trust_env, peer, make_proxy, own_environment
) -> None:
    proxy = make_proxy()
    peer.answers({"messageId": 1})
    own_environment.setenv("HTTP_PROXY", proxy.url)

    async with aiohttp.ClientSession(trust_env=trust_env) as session:
        sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)
        await sinch.sms("+46700000000", "Hi").send()
        own_environment.setenv("NO_PROXY", "127.0.0.0/8")
        later = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)
        await later.sms("+46700000000", "Hi").send()

    assert proxy.posts == (1 if trust_env else 0)
    assert len(peer.seen) == (1 if trust_env else 2)


async def test_the_proxy_of_an_aiohttp_session_is_used(peer, make_proxy, own_environment) -> None:
    theirs, environments = make_proxy(), make_proxy()
    own_environment.setenv("HTTP_PROXY", environments.url)

    async with aiohttp.ClientSession(proxy=theirs.url, trust_env=True) as session:
        sinch = AsyncSinchClient(KEY, SECRET, base_url="http://sinch.test", session=session)
        await sinch.sms("+46700000000", "Hi").send()

    assert (theirs.posts, environments.posts) == (1, 0)


async def test_a_closed_aiohttp_session(peer, own_environment) -> None:
    session = aiohttp.ClientSession()
    sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)
    await session.close()

    with pytest.raises(ClientStateError, match="session of this client is closed"):
        await sinch.sms.get_status("1")


async def test_an_aiohttp_session_of_another_loop(peer, own_environment) -> None:
    async with aiohttp.ClientSession() as session:
        sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)

        with pytest.raises(ClientStateError, match=r"session .* belongs to another event loop"):
            await asyncio.to_thread(lambda: asyncio.run(sinch.sms.get_status("1")))

    assert peer.connections == 0


def test_without_asyncio_as_under_trio() -> None:
    sinch = AsyncSinchClient(KEY, SECRET)

    with pytest.raises(ClientStateError, match=r"no asyncio event loop .* trio"):
        sinch.sms.get_status("1").send(None)


# --- requests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "retries", [3, Retry(total=2, other=1), Retry(total=1, allowed_methods=None)]
)
def test_a_requests_session_that_repeats_by_itself_is_refused(retries) -> None:
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=retries))

        with pytest.raises(ConfigurationError, match="max_retries") as caught:
            SinchClient(KEY, SECRET, session=session)

    assert caught.value.argument == "session"


def test_an_adapter_that_comes_later_is_looked_at_too(peer, own_environment) -> None:
    with requests.Session() as session:
        sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)
        session.mount(peer.url, HTTPAdapter(max_retries=3))

        with pytest.raises(ConfigurationError, match="max_retries"):
            sinch.sms("+46700000000", "Hi").send()

    assert peer.connections == 0


@pytest.mark.parametrize("path", ["", "/messaging"])
def test_so_is_one_for_a_part_of_a_host_that_is_known_already(path, peer, own_environment) -> None:
    peer.answers({"callId": "1"}).resets()
    with requests.Session() as session:
        sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)
        sinch.callouts.tts("+46700000000", "Hi", cli="private").call()
        session.mount(peer.url + path, HTTPAdapter(max_retries=Retry(3, allowed_methods=None)))

        with pytest.raises(ConfigurationError, match="max_retries"):
            sinch.sms("+46700000000", "Hi").send()

    assert len(peer.seen) == 1


def test_without_an_adapter_nothing_was_sent(peer, own_environment) -> None:
    with requests.Session() as session:
        sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)
        session.adapters.clear()

        with pytest.raises(NotSent):
            sinch.with_options(retry=RetryPolicy.none()).sms("+46700000000", "Hi").send()


@pytest.mark.parametrize("retries", [0, Retry(connect=3, read=0, other=0, status=0, redirect=0)])
def test_connecting_again_is_allowed(retries, peer, own_environment) -> None:
    peer.resets()
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retries))
        sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)

        with pytest.raises(OutcomeUnknown):
            sinch.sms("+46700000000", "Hi").send()

    assert len(peer.seen) == 1


@pytest.mark.parametrize("ending", ["close", "alert", "junk", "plaintext_502"])
@pytest.mark.parametrize("used_before", [False, True])
def test_a_session_of_yours_knows_what_was_sent_too(
    used_before, ending, tls_server, make_proxy, trusted
) -> None:
    server, proxy = tls_server(*(["answer"] if used_before else []), ending), make_proxy()
    trusted.setenv("HTTPS_PROXY", proxy.url)
    with requests.Session() as session:
        session.verify = os.environ["SSL_CERT_FILE"]
        if used_before:
            session.post(server.url, data=b"theirs", timeout=5)
        sinch = SinchClient(KEY, SECRET, base_url=server.url, session=session)

        with pytest.raises(OutcomeUnknown):
            sinch.sms("+46700000000", "Hi").send()

    assert server.posts == (2 if used_before else 1)


@pytest.mark.parametrize("trust_env", [False, True])
def test_a_requests_session_says_whether_the_environment_counts(
    trust_env, peer, make_proxy, own_environment
) -> None:
    proxy = make_proxy()
    peer.answers({"messageId": 1})
    own_environment.setenv("ALL_PROXY", proxy.url)
    with requests.Session() as session:
        session.trust_env = trust_env
        sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)
        sinch.sms("+46700000000", "Hi").send()

    assert proxy.posts == (1 if trust_env else 0)


def test_the_proxy_of_a_requests_session_goes_before_that_of_the_environment(
    make_proxy, own_environment
) -> None:
    theirs, environments = make_proxy(), make_proxy()
    own_environment.setenv("HTTP_PROXY", environments.url)
    with requests.Session() as session:
        session.proxies = {"http": theirs.url}
        sinch = SinchClient(KEY, SECRET, base_url="http://sinch.test", session=session)
        sinch.sms("+46700000000", "Hi").send()

    assert (theirs.posts, environments.posts) == (1, 0)


def test_a_requests_session_names_certificates_that_do_not_exist(own_environment) -> None:
    with requests.Session() as session:
        session.verify = "/nowhere/ca.pem"
        sinch = SinchClient(KEY, SECRET, session=session)

        with pytest.raises(ConfigurationError, match=r"session names /nowhere/ca\.pem"):
            sinch.sms("+46700000000", "Hi").send()


def test_the_session_stays_usable_for_its_owner(peer, own_environment) -> None:
    peer.answers({"messageId": 1})
    with requests.Session() as session:
        SinchClient(KEY, SECRET, base_url=peer.url, session=session).sms(
            "+46700000000", "Hi"
        ).send()
        assert session.get(peer.url, timeout=5).json() == {"messageId": 1}

    assert peer.connections == 1


# --- neither ----------------------------------------------------------------------------------------


async def test_a_session_of_the_other_kind(own_environment) -> None:
    async with aiohttp.ClientSession() as theirs:
        with pytest.raises(ConfigurationError, match=r"requests\.Session .* not aiohttp\.Client"):
            SinchClient(KEY, SECRET, session=theirs)  # type: ignore[arg-type]
    with requests.Session() as own, pytest.raises(ConfigurationError, match=r"aiohttp\.Client"):
        AsyncSinchClient(KEY, SECRET, session=own, retry=RetryPolicy())  # type: ignore[arg-type]


# --- both -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "proxy",
    ["proxy.test:8080", "http://user:hush@[::1", "ftp://proxy.test:1", "http://", "http://a b:1"],
)
@pytest.mark.parametrize("kind", ["requests", "aiohttp"])
async def test_a_proxy_of_a_session_that_cannot_be_one(kind, proxy, peer, own_environment) -> None:
    async def send() -> None:
        if kind == "requests":
            with requests.Session() as session:
                session.proxies = {"http": proxy}
                sinch = SinchClient(KEY, SECRET, base_url=peer.url, session=session)
                sinch.sms("+46700000000", "Hi").send()
        else:
            async with aiohttp.ClientSession(proxy=proxy) as session:
                sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)
                await sinch.sms("+46700000000", "Hi").send()

    with pytest.raises(ConfigurationError, match="the proxy of the session") as caught:
        await send()

    assert caught.value.argument == "session"
    assert "hush" not in str(caught.value)


async def test_a_session_that_is_closed_after_the_request_left(peer, own_environment) -> None:
    class Broken(aiohttp.ClientResponse):
        async def start(self, connection: Any) -> Any:
            await session.close()
            raise RuntimeError("closed in the middle of it")

    peer.answers({"messageId": 1})
    async with aiohttp.ClientSession(response_class=Broken) as session:
        sinch = AsyncSinchClient(KEY, SECRET, base_url=peer.url, session=session)

        with pytest.raises(OutcomeUnknown):
            await sinch.sms("+46700000000", "Hi").send()
