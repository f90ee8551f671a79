"""Proxies and certificates of the environment: one reading of them for both clients."""

from __future__ import annotations

import importlib.util
import os

import pytest

from sinch.errors import ConfigurationError, NotSent
from sinch_api.environment import proxy_for

SMS_HOST = "https://messagingapi.sinch.com/v1/sms/1"


@pytest.mark.parametrize(
    ("variables", "url", "proxy"),
    [
        ({}, SMS_HOST, None),
        ({"HTTPS_PROXY": "http://p:1"}, SMS_HOST, "http://p:1"),
        (
            {"https_proxy": "http://lower:1", "HTTPS_PROXY": "http://p:1"},
            SMS_HOST,
            "http://lower:1",
        ),
        ({"HTTP_PROXY": "http://p:1"}, SMS_HOST, None),
        ({"ALL_PROXY": "http://p:1"}, SMS_HOST, "http://p:1"),
        ({"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:1"}, SMS_HOST, "http://q:1"),
        ({"ALL_PROXY": "http://p:1"}, "http://127.0.0.1:8080/x", "http://p:1"),
        ({"HTTPS_PROXY": ""}, SMS_HOST, None),
    ],
)
def test_which_proxy(variables, url, proxy, own_environment) -> None:
    for name, value in variables.items():
        own_environment.setenv(name, value)

    assert proxy_for(url) == proxy


@pytest.mark.parametrize(
    ("rules", "url", "direct"),
    [
        ("*", SMS_HOST, True),
        ("sinch.com", SMS_HOST, True),
        (".sinch.com", SMS_HOST, True),
        ("*.sinch.com", SMS_HOST, True),
        ("SINCH.COM", SMS_HOST, True),
        ("inch.com", SMS_HOST, False),
        ("api.sinch.com", SMS_HOST, False),
        ("other.test, sinch.com", SMS_HOST, True),
        ("other.test sinch.com", SMS_HOST, True),
        ("sinch.com:443", SMS_HOST, True),
        ("sinch.com:8443", SMS_HOST, False),
        ("sinch.com:8443", "https://a.sinch.com:8443/x", True),
        ("localhost", "http://localhost:8080/x", True),
        ("localhost:8080", "http://localhost:8080/x", True),
        ("localhost:8081", "http://localhost:8080/x", False),
        ("10.0.0.0/8", "http://10.1.2.3/x", True),
        ("10.0.0.0/8", "http://11.1.2.3/x", False),
        ("10.0.0.0/8:80", "http://10.1.2.3/x", True),
        ("10.1.2.3", "http://10.1.2.3:8080/x", True),
        ("10.1.2.3:80", "http://10.1.2.3:8080/x", False),
        ("fd00::/8", "http://[fd00::1]:8080/x", True),
        ("::1", "http://[::1]:8080/x", True),
        ("[::1]", "http://[::1]:8080/x", True),
        ("[::1]:8080", "http://[::1]:8080/x", True),
        ("[::1]:8081", "http://[::1]:8080/x", False),
        ("10.0.0.0/8", "http://10.example.test/x", False),
        ("", SMS_HOST, False),
        (",, .", SMS_HOST, False),
    ],
)
def test_what_goes_past_the_proxy(rules, url, direct, own_environment) -> None:
    own_environment.setenv("ALL_PROXY", "http://proxy:3128")
    own_environment.setenv("NO_PROXY", rules)

    assert (proxy_for(url) is None) == direct


@pytest.mark.parametrize("rules", ["127.0.0.0/8", "127.0.0.1:{port}", "*"])
async def test_both_clients_go_past_the_proxy(
    rules, peer, make_proxy, own_environment, make_client, settle
) -> None:
    proxy = make_proxy()
    peer.answers({"messageId": 1})
    own_environment.setenv("ALL_PROXY", proxy.url)
    own_environment.setenv("NO_PROXY", rules.format(port=peer.url.rpartition(":")[2]))

    await settle(make_client(base_url=peer.url).sms("+46700000000", "Hi").send())

    assert len(peer.seen) == 1
    assert proxy.connections == 0


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("HTTPS_PROXY", "secret:pw@proxy.corp:3128", "HTTPS_PROXY has no scheme: write it as http://"),
        ("ALL_PROXY", "proxy.corp:3128", "ALL_PROXY has no scheme"),
        ("https_proxy", "ftp://proxy.corp:3128", "https_proxy must begin with http://"),
        ("HTTPS_PROXY", "http://secret:pw@:3128", "HTTPS_PROXY names no host"),
        ("HTTPS_PROXY", "http://proxy.corp:port", "HTTPS_PROXY is not a valid URL"),
        ("HTTPS_PROXY", "http://[proxy", "HTTPS_PROXY is not a valid URL"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "SSL_CERT_FILE names /nowhere/ca.pem, which does not"),
        ("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem", "REQUESTS_CA_BUNDLE names /nowhere/ca.pem"),
    ],
)  # fmt: skip
async def test_a_setting_that_cannot_work_is_named(
    variable, value, words, own_environment, make_client, settle
) -> None:
    own_environment.setenv(variable, value)

    with pytest.raises(ConfigurationError) as caught:
        await settle(make_client().sms("+46700000000", "Hi").send())

    assert str(caught.value).startswith(words)
    assert caught.value.variable == variable
    assert "pw" not in str(caught.value).replace("http://", "")


async def test_a_socks_proxy_without_its_package(own_environment, make_client, settle) -> None:
    usual = importlib.util.find_spec
    own_environment.setattr(
        importlib.util, "find_spec", lambda name: None if name == "socks" else usual(name)
    )
    own_environment.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")

    with pytest.raises(ConfigurationError, match="ALL_PROXY is a SOCKS proxy: ") as caught:
        await settle(make_client().sms("+46700000000", "Hi").send())

    assert "PySocks" in str(caught.value) or "aiohttp-socks" in str(caught.value)


@pytest.mark.parametrize("host", ["a..b.test", "x" * 64 + ".test", ".test", "a." * 130 + "test"])
def test_a_host_name_that_cannot_exist(host, make_client) -> None:
    with pytest.raises(ConfigurationError, match="host name that cannot exist"):
        make_client(base_url=f"http://{host}")


async def test_a_host_name_that_nobody_knows(own_environment, make_client, settle) -> None:
    sinch = make_client(base_url="http://no-such-host.invalid")

    with pytest.raises(
        NotSent, match=r"cannot connect to no-such-host\.invalid \(.*[Nn]ame"
    ) as caught:
        await settle(sinch.sms("+46700000000", "Hi").send())

    assert "+46700000000" not in str(caught.value)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
async def test_both_clients_trust_what_the_environment_names(
    variable, tls_server, trusted, make_client, settle
) -> None:
    server = tls_server()
    bundle = os.environ["SSL_CERT_FILE"]
    trusted.delenv("SSL_CERT_FILE")
    trusted.setenv(variable, bundle)

    await settle(make_client(base_url=server.url).sms("+46700000000", "Hi").send())

    assert server.posts == 1


async def test_a_trust_store_that_is_none(
    tls_server, own_environment, make_client, settle, tmp_path
) -> None:
    nonsense = tmp_path / "ca.pem"
    nonsense.write_text("not a certificate")
    own_environment.setenv("SSL_CERT_FILE", str(nonsense))
    sinch = make_client(base_url=tls_server().url)

    with pytest.raises((ConfigurationError, NotSent)):
        await settle(sinch.sms("+46700000000", "Hi").send())
