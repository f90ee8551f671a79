"""What this machine's environment says about the way to a host; both clients ask here, so they agree."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, getproxies_environment, proxy_bypass

from .failures import Misconfigured

#: Files or directories of certificates to trust, in the order they are asked for.
_TRUST_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_SOCKS = frozenset({"socks4", "socks4a", "socks5", "socks5h"})
_PORTS = {"http": 80, "https": 443}


def proxy_for(url: str, *, without_socks: str = "") -> str | None:
    """The proxy for a URL, or None to go there directly.

    Obeys ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` (lower case goes first), and
    the system's settings where Python reads them. ``NO_PROXY`` takes host names (which stand for
    their subdomains too), addresses and networks, each with a port if wanted, and ``*``.
    ``without_socks`` says why a SOCKS proxy could not be used; leave it empty where it can.

    Raises :class:`.Misconfigured` for a proxy that cannot be one.
    """
    target = urlsplit(url)
    own = getproxies_environment()
    proxies = own or getproxies()
    proxy = proxies.get(target.scheme) or proxies.get("all")
    if not proxy:
        return None
    host = target.hostname or ""
    if _excluded(target, proxies.get("no", "")) if own else proxy_bypass(host):
        return None
    fault = _fault(proxy, without_socks)
    if fault:
        variable = _variable(proxy, target.scheme)
        source = variable or "the system's proxy"
        raise Misconfigured(f"{source} {fault}", variable=variable or None)
    return proxy


def check_proxy(proxy: str, *, without_socks: str = "") -> None:
    """Refuse what cannot be the proxy of a session, as for one of the environment.

    Raises :class:`.Misconfigured`.
    """
    fault = _fault(proxy, without_socks)
    if fault:
        raise Misconfigured(f"the proxy of the session {fault}", argument="session")


def trust_store() -> str | None:
    """The certificates to trust instead of the usual ones, as a path, or None.

    Raises :class:`.Misconfigured` when a variable names what does not exist.
    """
    for variable in _TRUST_VARIABLES:
        path = os.environ.get(variable)
        if path:
            if not Path(path).exists():
                raise Misconfigured(
                    f"{variable} names {path}, which does not exist", variable=variable
                )
            return path
    return None


def place(url: str) -> str:
    """Host and port of a URL, without user name and password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _excluded(target: SplitResult, rules: str) -> bool:
    host = (target.hostname or "").rstrip(".")
    port = str(target.port or _PORTS.get(target.scheme))
    return any(_matches(host, port, rule) for rule in re.split(r"[\s,]+", rules.lower()) if rule)


def _matches(host: str, port: str, rule: str) -> bool:
    """Whether an entry of ``NO_PROXY`` means this host: ``name``, ``.name``, ``ip``, ``net/bits``, each ``:port``."""
    if rule == "*":
        return True
    name, colon, wanted = rule.rpartition(":")
    bracketed = rule.startswith("[")
    if (bracketed and not rule.endswith("]")) or (not bracketed and rule.count(":") == 1):
        if colon and wanted != port:
            return False
    else:
        name = rule
    name = name.strip("[]")
    try:
        address = ip_address(host)
    except ValueError:
        name = name.removeprefix("*").strip(".")
        return bool(name) and (host == name or host.endswith("." + name))
    try:
        return address in ip_network(name, strict=False)
    except ValueError:
        return False


def _variable(proxy: str, scheme: str) -> str:
    names = {f"{scheme}_proxy", "all_proxy"}
    found = (name for name, value in os.environ.items() if name.lower() in names and value == proxy)
    return next(found, "")


def _fault(proxy: object, without_socks: str) -> str:
    """What is wrong with a proxy, or "". The URL stays out of it: it may carry a password."""
    if not isinstance(proxy, str):
        return f"must be text, not {type(proxy).__name__}"
    if "://" not in proxy:
        return "has no scheme: write it as http://host:port"
    try:
        parts = urlsplit(proxy)
        port = parts.port
    except ValueError:
        return "is not a valid URL: write it as http://host:port"
    if not parts.hostname or port == 0 or not proxy.isprintable() or " " in proxy:
        return "names no host: write it as http://host:port"
    if parts.scheme in _SOCKS:
        return without_socks and f"is a SOCKS proxy: {without_socks}"
    if parts.scheme not in _PORTS:
        return "must begin with http://, https:// or socks5://"
    return ""
