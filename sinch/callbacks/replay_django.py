"""A seen-before store in a Django cache, for several processes and machines."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from math import ceil
from typing import Any

from sinch.errors import ConfigurationError

PREFIX = "sinch:seen:"


class DjangoCacheSeenStore:
    """Keeps tokens in ``CACHES[alias]`` with ``cache.add``; works in sync and async views.

    Use a cache that all processes share and whose ``add`` is atomic: Redis, Memcached or the
    database cache. The local-memory cache is one per process; the file cache is shared, but two
    simultaneous claims can both win. The dummy cache is refused, because it would accept every
    replay. Entries that a cache evicts early can be replayed for the rest of the tolerance.
    """

    def __init__(self, alias: str = "default", *, prefix: str = PREFIX) -> None:
        self._alias = alias
        self._prefix = prefix

    def claim(self, token: str, ttl: timedelta) -> bool:
        """See :meth:`.SeenStore.claim`."""
        return bool(self._cache().add(self._prefix + token, "1", timeout=_seconds(ttl)))

    async def aclaim(self, token: str, ttl: timedelta) -> bool:
        """See :meth:`.SeenStore.claim`."""
        return bool(await self._cache().aadd(self._prefix + token, "1", timeout=_seconds(ttl)))

    def release(self, token: str) -> None:
        """Forget a token."""
        self._cache().delete(self._prefix + token)

    async def arelease(self, token: str) -> None:
        """Forget a token."""
        await self._cache().adelete(self._prefix + token)

    def _cache(self) -> Any:
        try:
            module = import_module("django.core.cache")
            dummy = import_module("django.core.cache.backends.dummy")
        except ImportError:
            raise ConfigurationError(
                "Django is not installed: pip install 'sinch-server-sdk[django]'"
            ) from None
        cache = module.caches[self._alias]
        if isinstance(cache, dummy.DummyCache):
            raise ConfigurationError(
                f"the cache {self._alias!r} is a DummyCache, which remembers nothing: "
                "choose another alias for replays",
                argument="alias",
            )
        return cache


def _seconds(ttl: timedelta) -> int:
    # Memcached counts whole seconds and takes 0 for "never expires"
    return max(1, ceil(ttl.total_seconds()))
