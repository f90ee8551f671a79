"""Seen-before stores in Redis (or Valkey), for several processes and machines."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from importlib import import_module
from typing import Any, Protocol, Self

from sinch.errors import ConfigurationError

PREFIX = "sinch:seen:"


class RedisLike(Protocol):
    """What is needed of ``redis.Redis``."""

    def set(self, name: str, value: str, /, *, nx: bool, px: int) -> Any:
        """Set a key that is not there yet, with a time to live in milliseconds."""
        ...

    def delete(self, name: str, /) -> Any:
        """Delete a key."""
        ...


class AsyncRedisLike(Protocol):
    """What is needed of ``redis.asyncio.Redis``."""

    def set(self, name: str, value: str, /, *, nx: bool, px: int) -> Awaitable[Any]:
        """Set a key that is not there yet, with a time to live in milliseconds."""
        ...

    def delete(self, name: str, /) -> Awaitable[Any]:
        """Delete a key."""
        ...


def _milliseconds(ttl: timedelta) -> int:
    return max(1, round(ttl.total_seconds() * 1000))


class RedisSeenStore:
    """Keeps tokens in Redis with ``SET NX PX``, which is atomic.

    ``client`` is a ``redis.Redis`` of yours: set its ``socket_timeout``, since a callback waits for
    the answer. ``prefix`` is put in front of every token.
    """

    def __init__(self, client: RedisLike, *, prefix: str = PREFIX) -> None:
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, prefix: str = PREFIX, timeout: float = 2.0) -> Self:
        """Connect to ``redis://host:port/db``; ``timeout`` in seconds for connect and answer."""
        return cls(_module().Redis.from_url(url, **_timeouts(timeout)), prefix=prefix)

    def claim(self, token: str, ttl: timedelta) -> bool:
        """See :meth:`.SeenStore.claim`."""
        return bool(self._client.set(self._prefix + token, "1", nx=True, px=_milliseconds(ttl)))

    def release(self, token: str) -> None:
        """Forget a token."""
        self._client.delete(self._prefix + token)


class AsyncRedisSeenStore:
    """The same for event loops, with a ``redis.asyncio.Redis``; for ``dispatch_async`` only."""

    def __init__(self, client: AsyncRedisLike, *, prefix: str = PREFIX) -> None:
        self._client = client
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str, *, prefix: str = PREFIX, timeout: float = 2.0) -> Self:
        """Connect to ``redis://host:port/db``; ``timeout`` in seconds for connect and answer."""
        return cls(_module().asyncio.Redis.from_url(url, **_timeouts(timeout)), prefix=prefix)

    async def aclaim(self, token: str, ttl: timedelta) -> bool:
        """See :meth:`.SeenStore.claim`."""
        name = self._prefix + token
        return bool(await self._client.set(name, "1", nx=True, px=_milliseconds(ttl)))

    async def arelease(self, token: str) -> None:
        """Forget a token."""
        await self._client.delete(self._prefix + token)


def _timeouts(seconds: float) -> dict[str, float]:
    return {"socket_timeout": seconds, "socket_connect_timeout": seconds}


def _module() -> Any:
    try:
        return import_module("redis")
    except ImportError:
        raise ConfigurationError(
            "the package redis is not installed: pip install 'sinch-server-sdk[redis]'"
        ) from None
