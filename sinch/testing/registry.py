"""Who wants to know of every phone: the pytest plugin, while it runs.

The plugin shows transcripts of failed tests and collects menu coverage. Without it the list is
empty and phones are known to nobody but the test that made them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinch.testing.switchboard import Switchboard

__tracebackhide__ = True
_watchers: list[Callable[[Switchboard], None]] = []


def watch(watcher: Callable[[Switchboard], None]) -> Callable[[], None]:
    """Call ``watcher`` for every phone from now on; returns the function that ends it."""
    _watchers.append(watcher)
    return lambda: _watchers.remove(watcher)


def announce(switchboard: Switchboard) -> None:
    """Tell the watcher that came last; a pytest inside of pytest keeps its phones to itself."""
    if _watchers:
        _watchers[-1](switchboard)
