"""Counts in one of Django's caches, as a storage of ``limits``."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from limits.aio.storage import Storage as AsyncStorage
from limits.storage import Storage

from sinch.errors import ConfigurationError

_TRIES = 8


class DjangoCacheStorage(Storage):
    """Counts in ``CACHES[alias]``, shared by all processes that share the cache.

    It needs a cache that adds atomically: Redis, Memcached, or the local-memory cache for one
    process. The database, file and dummy caches do not, and are refused. Windows do not move.
    ``VerificationGuard(DjangoCacheStorage("default"), ...)``
    """

    STORAGE_SCHEME = None

    def __init__(self, alias: str = "default", *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(wrap_exceptions=False)
        self._alias = alias
        self._clock = clock
        _ = self._cache  # says at once that it will not do

    @property
    def base_exceptions(self) -> type[Exception]:
        """Whatever the cache raises.

        .. code-block:: python

            try:
                storage.incr("my_rule:anna", 3600)
            except storage.base_exceptions:
                log.exception("the cache does not answer")
        """
        return Exception

    @property
    def _cache(self) -> Any:
        """The cache. Raises :class:`~sinch.errors.ConfigurationError` if it will not do."""
        caches = import_module("django.core.cache").caches
        base = import_module("django.core.cache.backends.base")
        try:
            found = caches[self._alias]
        except base.InvalidCacheBackendError:
            raise ConfigurationError(
                f"CACHES has no cache {self._alias!r:.60}", argument="alias"
            ) from None
        if type(found).incr is base.BaseCache.incr:
            raise ConfigurationError(
                f"the cache {self._alias!r:.60} ({type(found).__name__}) cannot add atomically: "
                "use Redis, Memcached, or the local-memory cache for one process",
                argument="alias",
            )
        return found

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a count, which lasts so long from its first use.

        .. code-block:: python

            storage = DjangoCacheStorage("default")
            storage.incr("my_rule:anna", expiry=3600)  # 1
            storage.incr("my_rule:anna", expiry=3600)  # 2
        """
        cache = self._cache
        for _ in range(_TRIES):
            if cache.add(key, 0, timeout=expiry):
                # a cache does not tell how long a key still lasts
                cache.set(_until(key), self._clock() + expiry, timeout=expiry)
            try:
                return int(cache.incr(key, amount))
            except ValueError:  # it ended just now
                continue
        raise OSError("the cache forgets what it is given at once")

    def get(self, key: str) -> int:
        """A count, 0 if there is none."""
        return int(self._cache.get(key) or 0)

    def get_expiry(self, key: str) -> float:
        """When a count ends.

        .. code-block:: python

            seconds_left = storage.get_expiry("my_rule:anna") - time.time()
        """
        until = self._cache.get(_until(key))
        if until is None:
            # a cache that counts on at the moment at which the count ends would keep it for ever
            self._cache.touch(key, 1)
        return float(until or self._clock())

    def check(self) -> bool:
        """Whether the cache answers."""
        try:
            self._cache.get("sinch:guard")
        except Exception:  # noqa: BLE001 - whatever it is, it does not answer
            return False
        return True

    def reset(self) -> int | None:
        """Not possible: a cache does not tell what is in it."""
        raise NotImplementedError

    def clear(self, key: str) -> None:
        """Forget one count."""
        self._cache.delete_many([key, _until(key)])


def _until(key: str) -> str:
    return f"{key}:until"


class AsyncDjangoCacheStorage(AsyncStorage):
    """The same for event loops, in threads: of Django's own asynchronous methods adding is not atomic."""

    STORAGE_SCHEME = None

    def __init__(self, alias: str = "default", *, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._blocking = DjangoCacheStorage(alias, clock=clock)
        self._in_thread: Any = import_module("asgiref.sync").sync_to_async

    @property
    def base_exceptions(self) -> type[Exception]:
        """Whatever the cache raises.

        .. code-block:: python

            try:
                await storage.incr("my_rule:anna", 3600)
            except storage.base_exceptions:
                log.exception("the cache does not answer")
        """
        return Exception

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """See :meth:`DjangoCacheStorage.incr`.

        .. code-block:: python

            storage = AsyncDjangoCacheStorage("default")
            await storage.incr("my_rule:anna", expiry=3600)  # 1
        """
        return int(await self._in_thread(self._blocking.incr)(key, expiry, amount))

    async def get(self, key: str) -> int:
        """A count, 0 if there is none."""
        return int(await self._in_thread(self._blocking.get)(key))

    async def get_expiry(self, key: str) -> float:
        """When a count ends.

        .. code-block:: python

            seconds_left = await storage.get_expiry("my_rule:anna") - time.time()
        """
        return float(await self._in_thread(self._blocking.get_expiry)(key))

    async def check(self) -> bool:
        """Whether the cache answers."""
        return bool(await self._in_thread(self._blocking.check)())

    async def reset(self) -> int | None:
        """Not possible: a cache does not tell what is in it."""
        raise NotImplementedError

    async def clear(self, key: str) -> None:
        """Forget one count."""
        await self._in_thread(self._blocking.clear)(key)
