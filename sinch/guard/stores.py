"""Stores of counts: through the library ``limits`` Redis and whatever else it knows, and memory.

Where a storage of ``limits`` can do it, windows move: "5 per hour" means any hour. Where it cannot
(Memcached, Django's caches) an hour begins with the first start and then begins anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from inspect import iscoroutinefunction
from typing import Any, Final, TypeAlias

from sinch.errors import ConfigurationError
from sinch.guard.asking import AsyncGuardStore, GuardStore, Rate
from sinch.guard.memory import MemoryStore

Store: TypeAlias = "str | GuardStore | Any"
"""A URL (``memory://``, ``redis://host:6379/0``), a storage of ``limits``, or a store of your own."""

PREFIX: Final = "sinch:guard"
_TIMEOUT: Final = 1.0


def limits_module() -> Any:
    """The package limits, which is loaded when it is first needed."""
    try:
        return import_module("limits")
    except ImportError:
        raise ConfigurationError(
            "the package limits is not installed: pip install 'sinch-server-sdk[guard]'"
        ) from None


class _Items:
    """Rates as ``limits`` wants them, made once."""

    def __init__(self, storage: Any, strategies: Any, clock: Callable[[], float]) -> None:
        moving = hasattr(storage, "acquire_entry")
        kind = "MovingWindowRateLimiter" if moving else "FixedWindowRateLimiter"
        self.storage = storage
        self.limiter = getattr(strategies, kind)(storage)
        self.clock = clock
        self._per_second = limits_module().RateLimitItemPerSecond
        self._made: dict[Rate, Any] = {}

    def item(self, rate: Rate) -> Any:
        """The rate, as an object of ``limits``."""
        made = self._made.get(rate)
        if made is None:
            made = self._per_second(rate.amount, rate.seconds, namespace=PREFIX)
            self._made[rate] = made
        return made

    def wait(self, until: float) -> float:
        """Seconds until then, never 0."""
        return max(until - self.clock(), 0.001)


class LimitsStore:
    """Counts in a storage of ``limits``; one in memory ``never_waits``."""

    def __init__(
        self,
        storage: Any,
        *,
        clock: Callable[[], float] = time.time,
        pool: Any = None,
        never_waits: bool = False,
    ) -> None:
        self.never_waits = never_waits
        self._pool = pool
        self._items = _Items(storage, import_module("limits.strategies"), clock)
        self._storage = storage

    def hit(self, key: str, rates: tuple[Rate, ...]) -> float:
        """See :meth:`.GuardStore.hit`."""
        limiter = self._items.limiter
        for item in map(self._items.item, rates):
            if not limiter.hit(item, key):
                return self._items.wait(limiter.get_window_stats(item, key).reset_time)
        return 0.0

    def add(self, key: str, amount: int, seconds: int) -> int:
        """See :meth:`.GuardStore.add`."""
        return int(self._storage.incr(f"{PREFIX}/{key}", seconds, amount))

    def get(self, key: str) -> int:
        """See :meth:`.GuardStore.get`."""
        return int(self._storage.get(f"{PREFIX}/{key}"))

    def left(self, key: str) -> float:
        """See :meth:`.GuardStore.left`."""
        return self._items.wait(self._storage.get_expiry(f"{PREFIX}/{key}"))

    def clear(self, key: str) -> None:
        """See :meth:`.GuardStore.clear`."""
        self._storage.clear(f"{PREFIX}/{key}")

    def close(self) -> None:
        """Close the connections that were made for it."""
        if self._pool is not None:
            self._pool.disconnect()


class AsyncLimitsStore:
    """Counts in an asynchronous storage of ``limits``."""

    def __init__(
        self, storage: Any, *, clock: Callable[[], float] = time.time, pool: Any = None
    ) -> None:
        self._pool = pool
        self._items = _Items(storage, import_module("limits.aio.strategies"), clock)
        self._storage = storage

    async def hit(self, key: str, rates: tuple[Rate, ...]) -> float:
        """See :meth:`.GuardStore.hit`."""
        limiter = self._items.limiter
        for item in map(self._items.item, rates):
            if not await limiter.hit(item, key):
                return self._items.wait((await limiter.get_window_stats(item, key)).reset_time)
        return 0.0

    async def add(self, key: str, amount: int, seconds: int) -> int:
        """See :meth:`.GuardStore.add`."""
        return int(await self._storage.incr(f"{PREFIX}/{key}", seconds, amount))

    async def get(self, key: str) -> int:
        """See :meth:`.GuardStore.get`."""
        return int(await self._storage.get(f"{PREFIX}/{key}"))

    async def left(self, key: str) -> float:
        """See :meth:`.GuardStore.left`."""
        return self._items.wait(await self._storage.get_expiry(f"{PREFIX}/{key}"))

    async def clear(self, key: str) -> None:
        """See :meth:`.GuardStore.clear`."""
        await self._storage.clear(f"{PREFIX}/{key}")

    async def close(self) -> None:
        """Close the connections that were made for it."""
        if self._pool is not None:
            await self._pool.disconnect()


VERBS: Final = ("hit", "add", "get", "left", "clear")


def open_store(store: Store, clock: Callable[[], float] | None) -> GuardStore:
    """Make a store for blocking code of what a guard was given."""
    if isinstance(store, str) and store.partition(":")[0].startswith("async+"):
        raise ConfigurationError(
            "a VerificationGuard blocks: leave async+ out, or use AsyncVerificationGuard",
            argument="store",
        )
    found = _opened(store, clock)
    if iscoroutinefunction(found.add):
        raise ConfigurationError(
            "the store is asynchronous: use AsyncVerificationGuard", argument="store"
        )
    ready: GuardStore = found
    return ready


def open_async_store(
    store: Store, clock: Callable[[], float] | None
) -> AsyncGuardStore | GuardStore:
    """Make a store for event loops; only memory may be one that blocks, since it never waits."""
    if isinstance(store, str) and not store.startswith(("async+", "memory:")):
        store = f"async+{store}"
    found = _opened(store, clock)
    if not iscoroutinefunction(found.add) and not getattr(found, "never_waits", False):
        raise ConfigurationError(
            "the store would block the event loop: use VerificationGuard, or an asynchronous one",
            argument="store",
        )
    ready: AsyncGuardStore | GuardStore = found
    return ready


def _opened(store: Store, clock: Callable[[], float] | None) -> Any:
    if all(callable(getattr(store, verb, None)) for verb in VERBS):
        return store
    if isinstance(store, str) and store.partition(":")[0] in {"memory", "async+memory"}:
        return MemoryStore(clock or time.monotonic)  # which nobody sets back
    clock = clock or time.time
    limits = limits_module()
    pool = None
    if isinstance(store, str):
        store, pool = _from_url(limits, store)
    if isinstance(store, limits.aio.storage.Storage):
        return AsyncLimitsStore(store, clock=clock, pool=pool)
    if isinstance(store, limits.storage.Storage):
        in_memory = isinstance(store, limits.storage.MemoryStorage)
        return LimitsStore(store, clock=clock, pool=pool, never_waits=in_memory)
    raise ConfigurationError(
        f"store must be a URL such as 'redis://localhost:6379/0', a storage of limits, or have "
        f"{', '.join(VERBS)}; {type(store).__name__} is neither",
        argument="store",
    )


def _from_url(limits: Any, url: str) -> tuple[Any, Any]:
    """A storage, and the pool of connections that is ours to close."""
    scheme = url.partition(":")[0]
    try:
        pool = _redis_pool(url, scheme)
        options: dict[str, Any] = {"wrap_exceptions": True}
        if pool is not None:
            options["connection_pool"] = pool
            if scheme.startswith("async+"):
                options["implementation"] = "redispy"
        return limits.storage.storage_from_string(url, **options), pool
    except (limits.errors.ConfigurationError, ImportError, ValueError, TypeError) as error:
        # the URL may hold a password, and so may what limits says about it
        raise ConfigurationError(
            f"no store can be made of the URL with scheme {scheme!r:.40} ({type(error).__name__}): "
            "use memory://, redis://host:6379/0 or another one of limits, with its package installed",
            argument="store",
        ) from None


def _redis_pool(url: str, scheme: str) -> Any:
    kind = scheme.removeprefix("async+")
    if kind not in {"redis", "rediss", "redis+unix"}:
        return None
    module = import_module("redis.asyncio" if scheme.startswith("async+") else "redis")
    address = ("unix" if kind == "redis+unix" else kind) + url.removeprefix(scheme)
    # a start waits for the answer, so a server that hangs must not hold it
    return module.ConnectionPool.from_url(
        address, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT
    )
