"""A clock that tests move, and one guard for each kind and each store."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from sinch.guard import (
    AsyncDjangoCacheStorage,
    AsyncVerificationGuard,
    DjangoCacheStorage,
    VerificationGuard,
)

NUMBER, OTHER = "+46701234567", "+46731112223"


class Clock:
    """Seconds since 1970, in the middle of a day."""

    def __init__(self) -> None:
        self.now = 1_700_042_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits_url(redis_url: str) -> Callable[[str], str]:
    """The Redis of the tests as limits writes it, asynchronous or not."""

    def url(prefix: str = "") -> str:
        path = redis_url.removeprefix("unix://")
        return f"{prefix}redis+unix://{path}"

    return url


@pytest.fixture(params=["blocking", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def make_guard(kind: str, clock: Clock) -> AsyncIterator[Callable[..., Any]]:
    """Make guards in memory; tests run once for each kind of guard, and await through ``settle``."""
    guard = VerificationGuard if kind == "blocking" else AsyncVerificationGuard

    made: list[Any] = []

    def make(*rules: Any, store: Any = "memory://", **options: Any) -> Any:
        made.append(guard(store, rules, **{"clock": clock, **options}))
        return made[-1]

    yield make
    for it in made:
        closing = it.close()
        if inspect.isawaitable(closing):
            await closing


@pytest.fixture
def django_caches(django_project: None) -> Iterator[Callable[..., None]]:
    """Set Django's caches up for one test."""
    from django.test import override_settings

    with ExitStack() as stack:

        def use(backend: str, location: str) -> None:
            cache = {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": location}
            stack.enter_context(override_settings(CACHES={"default": cache}))

        yield use


@pytest.fixture(params=["memory", "redis", "django", "django in redis"])
def any_store(
    request: pytest.FixtureRequest,
    kind: str,
    limits_url: Callable[[str], str],
    redis_url: str,
    django_caches: Callable[..., None],
) -> Any:
    """A store for one kind of guard; times in it are real."""
    if request.param == "memory":
        return "memory://"
    if request.param == "redis":
        return limits_url("async+" if kind == "async" else "")
    if request.param == "django":
        django_caches("locmem.LocMemCache", uuid.uuid4().hex)
    else:
        django_caches("redis.RedisCache", redis_url)
    return DjangoCacheStorage() if kind == "blocking" else AsyncDjangoCacheStorage()


@pytest.fixture
def secret() -> str:
    """Keeps tests that share a Redis apart: other secret, other keys."""
    return uuid.uuid4().hex
