"""Whether a request left this machine, as counted at the other end: over TLS and through proxies.

An SMS must never go out twice because an error looked as if it had come before the sending.
"""

from __future__ import annotations

import ssl

import pytest

from sinch import RetryPolicy, SinchClient
from sinch.errors import ConfigurationError, NotSent, OutcomeUnknown, SinchError

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
ENDINGS = ["close", "alert", "junk", "plaintext_502"]


async def failure(sinch, settle) -> SinchError:
    with pytest.raises(SinchError) as caught:
        await settle(sinch.sms("+46700000000", "Hi").send())
    return caught.value


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kept_alive", [False, True], ids=["fresh", "kept alive"])
@pytest.mark.parametrize("way", ["direct", "tunnel"])
async def test_what_is_lost_after_it_was_read_is_not_sent_again(
    way, kept_alive, ending, tls_server, make_proxy, trusted, make_client, settle
) -> None:
    server = tls_server(*(["answer"] if kept_alive else []), ending)
    proxy = make_proxy()
    if way == "tunnel":
        trusted.setenv("HTTPS_PROXY", proxy.url)
    sinch = make_client(base_url=server.url)
    if kept_alive:
        await settle(sinch.sms("+46700000000", "Hi").send())

    error = await failure(sinch, settle)

    assert isinstance(error, OutcomeUnknown), error
    assert server.posts == (2 if kept_alive else 1)
    assert server.connections == 1
    assert len(proxy.tunnels) == (1 if way == "tunnel" else 0)


@pytest.fixture
def tls_proxy(make_proxy, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return lambda **options: make_proxy(context=context, **options)


@pytest.mark.parametrize("ending", ["answer", *ENDINGS])
async def test_through_a_proxy_that_speaks_tls_itself(
    ending, tls_server, tls_proxy, trusted, make_client, settle
) -> None:
    server, proxy = tls_server(ending), tls_proxy()
    trusted.setenv("HTTPS_PROXY", proxy.url)
    sinch = make_client(base_url=server.url)

    if ending == "answer":
        await settle(sinch.sms("+46700000000", "Hi").send())
    else:
        assert isinstance(await failure(sinch, settle), OutcomeUnknown)

    assert server.posts == 1
    assert len(proxy.tunnels) == 1


async def test_a_proxy_over_tls_that_opens_no_tunnel(
    tls_server, tls_proxy, trusted, make_client, settle
) -> None:
    server, proxy = tls_server(), tls_proxy(instead="502 Bad Gateway")
    trusted.setenv("HTTPS_PROXY", proxy.url)

    error = await failure(make_client(base_url=server.url), settle)

    assert isinstance(error, NotSent), error
    assert "502 Bad Gateway" in str(error)
    assert server.connections == 0


@pytest.mark.parametrize("ending", ["answer", *ENDINGS])
def test_the_blocking_client_through_socks(ending, tls_server, make_proxy, trusted) -> None:
    server, proxy = tls_server(ending), make_proxy(socks=True)
    trusted.setenv("ALL_PROXY", proxy.url)

    with SinchClient(KEY, SECRET, base_url=server.url) as sinch:
        if ending == "answer":
            sinch.sms("+46700000000", "Hi").send()
        else:
            with pytest.raises(OutcomeUnknown):
                sinch.sms("+46700000000", "Hi").send()

    assert server.posts == 1
    assert len(proxy.tunnels) == 1


def test_a_socks_proxy_that_refuses_sends_nothing(tls_server, make_proxy, trusted) -> None:
    server, proxy = tls_server(), make_proxy(socks=True, instead="refuse")
    trusted.setenv("ALL_PROXY", proxy.url)
    once = RetryPolicy.none()

    with (
        SinchClient(KEY, SECRET, base_url=server.url, retry=once) as sinch,
        pytest.raises(NotSent),
    ):
        sinch.sms("+46700000000", "Hi").send()

    assert server.connections == 0


@pytest.mark.parametrize("kept_alive", [False, True], ids=["fresh", "kept alive"])
async def test_a_plain_proxy_that_drops_the_request_has_read_it(
    kept_alive, make_proxy, own_environment, make_client, settle
) -> None:
    proxy = make_proxy(drop_from=2 if kept_alive else 1)
    own_environment.setenv("HTTP_PROXY", proxy.url)
    sinch = make_client(base_url="http://sinch.test")
    if kept_alive:
        await settle(sinch.sms("+46700000000", "Hi").send())

    error = await failure(sinch, settle)

    assert isinstance(error, OutcomeUnknown), error
    assert proxy.posts == (2 if kept_alive else 1)
    assert b"http://sinch.test/messaging/v1/sms/" in proxy.forwarded[0]


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ("407 Proxy Authentication Required", "asks for a user name and password (407)"),
        ("502 Bad Gateway", "would not connect to localhost:{port} (502 Bad Gateway)"),
        ("close", "cannot connect to localhost:{port} through the proxy {proxy}"),
        ("junk", "cannot connect to localhost:{port} through the proxy {proxy}"),
    ],
)
async def test_a_tunnel_that_is_not_opened_sends_nothing(
    instead, words, tls_server, make_proxy, trusted, make_client, settle
) -> None:
    server, proxy = tls_server(), make_proxy(instead=instead)
    trusted.setenv("HTTPS_PROXY", proxy.url.replace("://", "://shop:hidden@"))

    error = await failure(make_client(base_url=server.url), settle)

    assert isinstance(error, NotSent), error
    assert words.format(port=server.port, proxy=f"127.0.0.1:{proxy.port}") in str(error)
    assert "hidden" not in str(error)
    assert server.connections == 0
    assert len(proxy.tunnels) == 3, "NotSent is repeated"


async def test_a_proxy_where_nobody_listens(
    closed_port_url, tls_server, trusted, make_client, settle
) -> None:
    server = tls_server()
    trusted.setenv("HTTPS_PROXY", closed_port_url)

    error = await failure(make_client(base_url=server.url), settle)

    assert isinstance(error, NotSent), error
    assert f"through the proxy {closed_port_url[7:]} (Connection refused)" in str(error)
    assert server.connections == 0


async def test_a_plain_proxy_that_asks_for_a_password_is_a_matter_of_configuration(
    make_proxy, own_environment, make_client, settle
) -> None:
    proxy = make_proxy(instead="407 Proxy Authentication Required")
    own_environment.setenv("HTTP_PROXY", proxy.url)

    error = await failure(make_client(base_url="http://sinch.test"), settle)

    assert isinstance(error, ConfigurationError)
    assert "asks for a user name and password" in str(error)
    assert proxy.posts == 1


@pytest.mark.parametrize("way", ["direct", "tunnel"])
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("unknown issuer", ("unable to get local issuer certificate", "REQUESTS_CA_BUNDLE")),
        ("other host", ("Hostname mismatch", "another host")),
        ("expired", ("certificate has expired", "clock")),
    ],
)
async def test_a_certificate_that_is_not_trusted(
    fault, words, way, tls_server, make_proxy, trusted, make_client, settle
) -> None:
    from datetime import UTC, datetime

    options = {
        "other host": {"name": "elsewhere.test"},
        "expired": {"not_after": datetime(2020, 1, 2, tzinfo=UTC)},
    }
    server, proxy = tls_server(**options.get(fault, {})), make_proxy()
    if fault == "unknown issuer":
        trusted.delenv("SSL_CERT_FILE")
    if way == "tunnel":
        trusted.setenv("HTTPS_PROXY", proxy.url)

    error = await failure(make_client(base_url=server.url), settle)

    assert isinstance(error, NotSent), error
    assert all(word in str(error) for word in ("the certificate is not trusted", *words)), error
    assert server.posts == 0


async def test_what_does_not_speak_tls(peer, own_environment, make_client, settle) -> None:
    peer.answers({})
    sinch = make_client(base_url=peer.url.replace("http:", "https:"))
    # The peer waits for the end of a request; a TLS greeting never has one.
    peer.resets_without_reading()

    assert isinstance(await failure(sinch, settle), NotSent)


async def test_everything_well_through_a_tunnel_with_a_password(
    tls_server, make_proxy, trusted, make_client, settle
) -> None:
    server, proxy = tls_server(), make_proxy()
    trusted.setenv("ALL_PROXY", proxy.url.replace("://", "://shop:hidden@"))
    sinch = make_client(base_url=server.url)

    for _ in range(2):
        await settle(sinch.sms("+46700000000", "Hi").send())

    assert server.posts == 2
    (tunnel,) = proxy.tunnels
    assert b"Proxy-Authorization: Basic c2hvcDpoaWRkZW4=" in tunnel
    assert not any(b"Proxy-Authorization" in request for request in server.requests)
