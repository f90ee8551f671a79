"""The one host that a client may be told to send everything to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from sinch.errors import ConfigurationError
from sinch.urls import http_url, is_loopback

BASE_URL_VARIABLE: Final = "SINCH_BASE_URL"

_LONGEST_HOST: Final = 253
_LONGEST_LABEL: Final = 63
_URL_TEXT: Final = re.compile(r"[!-~]+")


def base_url(value: str | None, environ: Mapping[str, str]) -> str | None:
    """Check a base URL, from an argument or ``SINCH_BASE_URL``; None where there is neither."""
    variable = None
    if value is None and (found := environ.get(BASE_URL_VARIABLE)):
        value, variable = found, BASE_URL_VARIABLE
    if value is None:
        return None
    text = value.strip() if isinstance(value, str) else ""
    fault = _url_fault(text)
    if fault:
        # the URL itself stays out of the message: it may carry a password
        name = f"{variable} (for base_url)" if variable else "base_url"
        raise ConfigurationError(f"{name} {fault}", argument="base_url", variable=variable)
    return text.rstrip("/")


def _url_fault(text: str) -> str:
    """Say what is wrong with a base URL, or return ""."""
    if not _URL_TEXT.fullmatch(text):
        return "must be a URL like https://host, without spaces or non-ASCII characters"
    try:
        parts = http_url(text)
    except ValueError as error:
        return str(error)
    if not _is_host_name(parts.hostname or ""):
        return "has a host name that cannot exist: an empty or too long part between dots"
    if "@" in parts.netloc:
        return "must not contain a user name or password; pass the key and secret as arguments"
    if "?" in text or "#" in text:
        return "must not have a query or fragment"
    return ""


def _is_host_name(host: str) -> bool:
    if ":" in host:
        return True
    labels = host.removesuffix(".").split(".")
    return len(host) <= _LONGEST_HOST and all(0 < len(label) <= _LONGEST_LABEL for label in labels)


def is_private_enough(url: str) -> bool:
    """Whether a secret may travel there as it is: encrypted, or within this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or is_loopback(parts.hostname or "")
