"""Where callbacks go."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import urlsplit

import attrs

from sinch.urls import http_url, is_loopback

LONGEST_URL: Final = 2048
"""Characters of a callback URL."""


def check_url(url: str, name: str) -> str:
    """A usable callback URL, or ValueError."""
    text = url.strip()
    try:
        http_url(text)
    except ValueError:
        text = ""
    if not text or len(text) > LONGEST_URL:
        raise ValueError(f"{name} has to be an absolute http or https URL")
    return text


def why_never_called(url: str, hosts: Collection[str]) -> str:
    """Why no callback goes to a URL, and which option changes that; "" if callbacks do go there.

    ``hosts`` are those that are allowed besides loopback; ``*`` is any.
    """
    try:
        host = (http_url(url).hostname or "").rstrip(".")
    except ValueError:
        return "it is no http or https URL"
    if host in hosts or "*" in hosts or is_loopback(host):
        return ""
    return (
        f"{host} is not this machine: allow it with --allow-callback-host {host}, "
        f"or Sandbox(callback_hosts=[{host!r}])"
    )


@attrs.define(kw_only=True)
class Targets:
    """The URLs that Sinch's dashboard sets, and which hosts callbacks may go to.

    ``voice`` and ``fallback`` are those the application starts with; the configuration API
    changes its own copy. ``messages`` is that of the service plan. ``hosts`` are hosts besides loopback; those of the given URLs are among
    them, since whoever starts the sandbox named them. ``*`` is any host.
    """

    voice: str | None = None
    fallback: str | None = None
    verification: str | None = None
    sms: str | None = None
    messages: str | None = None
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, callback_url: str | None, fallback_url: str | None, hosts: Iterable[str] = ()
    ) -> Targets:
        """One URL for everything, and one more for voice. Raises ValueError for bad ones."""
        main = check_url(callback_url, "the callback URL") if callback_url else None
        spare = check_url(fallback_url, "the fallback URL") if fallback_url else None
        if spare and not main:
            raise ValueError("a fallback URL needs a callback URL")
        named = {urlsplit(url).hostname or "" for url in (main, spare) if url}
        allowed = frozenset({*named, *(host.strip().lower() for host in hosts)})
        return cls(
            voice=main, fallback=spare, verification=main, sms=main, messages=main, hosts=allowed
        )
