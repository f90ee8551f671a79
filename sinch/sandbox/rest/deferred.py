"""Answers that have to wait for something outside: a callback, or time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import attrs

from .http import Response

if TYPE_CHECKING:
    from sinch.sandbox.server.runner import Runner


@attrs.frozen(kw_only=True)
class Deferred:
    """An answer that follows once ``wait`` is over.

    ``then`` gets what ``wait`` returned, under the lock. Where nothing drives the sandbox it gets
    None at once, and does without.
    """

    wait: Callable[[Runner], Awaitable[Any]]
    then: Callable[[Any], Response]
