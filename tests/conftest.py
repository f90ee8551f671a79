"""Fixtures every test may use: both clients behind one surface."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from sinch import AsyncSinchClient, RetryPolicy, SinchClient

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="

#: Retries without waiting, so that tests of them are quick.
QUICK = RetryPolicy(attempts=3, initial_delay=0, max_delay=0, jitter=False)


@pytest.fixture
def settle() -> Callable[[Any], Awaitable[Any]]:
    """Await what the asyncio client gives, pass on what the blocking one gives."""

    async def settle_(value: Any) -> Any:
        return await value if inspect.isawaitable(value) else value

    return settle_


@pytest.fixture(params=["blocking", "async"])
async def make_client(request: pytest.FixtureRequest) -> AsyncIterator[Callable[..., Any]]:
    """Make clients of one kind; the test runs once for each kind. All are closed afterwards."""
    kind = SinchClient if request.param == "blocking" else AsyncSinchClient
    made: list[Any] = []

    def make(**options: Any) -> Any:
        client = kind(
            options.pop("key", KEY), options.pop("secret", SECRET), **{"retry": QUICK, **options}
        )
        made.append(client)
        return client

    yield make
    for client in made:
        closing = client.close()
        if inspect.isawaitable(closing):
            await closing
