"""Reading URLs and host names that somebody else wrote."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sinch
from sinch import SinchClient
from sinch.errors import InvalidArgumentError
from sinch.urls import begins_as_url, http_url, is_loopback


@pytest.mark.parametrize(
    "url",
    ["http://a", "https://a.example:8443/x?y", "HTTP://A", "http://[::1]:80/", "http://ü.example"],
)
def test_an_absolute_web_address(url) -> None:
    assert http_url(url).hostname


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        *((url, "absolute") for url in ("", "a.example", "/x", "ftp://a", "http://", "http://:80")),
        *((url, "not a valid URL") for url in ("http://[", "http://a:b", "http://a:99999")),
        ("http://a:0", "absolute"),
    ],
)
def test_what_is_none_is_told_what_it_must_be(url, wrong) -> None:
    with pytest.raises(ValueError, match=wrong):
        http_url(url)


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost.", "app.localhost", "127.0.0.1", "127.9.9.9", "::1"]
)
def test_this_machine(host) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "localhost.example", "notlocalhost", "10.0.0.1", "0.0.0.0", "::", "127.0.0.1.nip.io"],
)
def test_other_machines(host) -> None:
    assert not is_loopback(host)


def test_a_text_is_meant_as_an_address_in_any_letter_case() -> None:
    assert begins_as_url("HTTPS://a")
    assert begins_as_url("http://")
    assert not begins_as_url("file.wav")
    assert not begins_as_url('{"action": "http://"}')


@pytest.mark.parametrize("url", ["https://[sinch.com", "https://a.sinch.com:x"])
def test_broken_addresses_are_refused_by_name(url) -> None:
    sinch = SinchClient("669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA==")

    with pytest.raises(InvalidArgumentError, match="call_resource_url must be"):
        sinch.calls("id").at(url)
    with pytest.raises(InvalidArgumentError, match="primary must be"):
        sinch.applications.update_callbacks(url)


def test_no_other_module_decides_what_is_loopback_or_an_address() -> None:
    """Prefixes of web addresses, and the property ``is_loopback``, stand in ``sinch.urls`` alone."""
    root = Path(sinch.__file__).parent

    def decides(node: ast.AST) -> bool:
        if isinstance(node, ast.Tuple):
            return ast.unparse(node) == "('http://', 'https://')"
        return isinstance(node, ast.Attribute) and node.attr == "is_loopback"

    deciding = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if decides(node)
    }
    assert deciding == {"urls.py"}
