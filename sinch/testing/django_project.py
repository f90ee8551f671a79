"""What tests inside a Django project need: its settings, and one thread for its database.

A database connection of Django belongs to a thread, and ``TestCase`` wraps each test in a
transaction on the connection of the test's thread. So whatever an application does with the ORM has
to happen in that thread, although an event loop runs elsewhere; ``asgiref`` has the means.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

    from sinch.callbacks.verifier import CallbackVerifier

__tracebackhide__ = True
T = TypeVar("T")


def is_here() -> bool:
    """Whether this process has a Django project with settings."""
    conf = sys.modules.get("django.conf")
    return conf is not None and bool(conf.settings.configured)


def verifier() -> CallbackVerifier | None:
    """The verifier of the setting ``SINCH``, None without one.

    ``DJANGO_SETTINGS_MODULE`` is enough: neither the app has to be installed nor ``sinch.web`` to
    have been imported. Settings that cannot be loaded are none.
    """
    if not is_here() and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        return None
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
    except ImportError:
        return None
    try:
        # an application without the setting may run beside Django in one process
        if not hasattr(settings, "SINCH"):
            return None
    except (ImportError, ImproperlyConfigured):
        return None
    from sinch.web import django_settings

    return django_settings.get_verifier()


async def in_thread(function: Callable[[], T]) -> T:
    """Run blocking code where Django's database connections of this test are."""
    from asgiref.sync import sync_to_async

    return await sync_to_async(function, thread_sensitive=True)()


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Await something in a loop of its own; its blocking parts run in this thread."""
    from asgiref.sync import async_to_sync

    async def forward() -> T:
        return await work()

    # of its own: asgiref may remember one from before, as that of an application that has ended
    return async_to_sync(forward, force_new_loop=True)()


def run_in(loop: asyncio.AbstractEventLoop, work: Callable[[], Awaitable[T]]) -> T:
    """The same in a loop that goes on in another thread."""
    import asyncio

    from asgiref.sync import AsyncToSync, async_to_sync

    async def forward() -> T:
        # where asgiref looks for whom to ask when a task was not started by its own means
        executors: dict[Any, Any] = AsyncToSync.loop_thread_executors
        executors[loop] = executors[asyncio.get_running_loop()]
        try:
            return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_awaited(work), loop))
        finally:
            executors.pop(loop, None)

    # of its own: asgiref may remember one from before, as that of an application that has ended
    return async_to_sync(forward, force_new_loop=True)()


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
