"""Reading URLs and host names that somebody else wrote."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def begins_as_url(text: str) -> bool:
    """Whether a text is meant as a web address, rather than as a file's name or as JSON."""
    return text[:8].lower().startswith(("http://", "https://"))


def http_url(text: str) -> SplitResult:
    """The parts of an absolute http or https URL; ValueError says what it must be instead."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError("is not a valid URL (host or port)") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ValueError("must be absolute: http://host or https://host")
    return parts


def is_address(host: str) -> bool:
    """Whether a host is an IP address rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)  # asked for every request of the sandbox, and for every callback it sends
def is_loopback(host: str) -> bool:
    """Whether a host is this machine: ``localhost``, a name below it, or a loopback address."""
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return is_address(host) and ip_address(host).is_loopback
