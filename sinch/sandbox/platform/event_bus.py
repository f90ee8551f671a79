"""What happens, as it happens: events for whoever watches the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Watcher: TypeAlias = Callable[[str, object], None]


class EventBus:
    """Hands events to watchers, in order: the name, and the record that is new or has changed.

    Watchers are called under the state's lock, and records change later: who wants to show one
    takes what is to be shown at once.
    """

    def __init__(self) -> None:
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Start watching; call what is returned to stop."""
        self._watchers.append(watcher)

        def stop() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return stop

    def publish(self, name: str, record: object = None) -> None:
        """Tell every watcher."""
        for watcher in tuple(self._watchers):
            watcher(name, record)


class Bell:
    """Wakes whoever sleeps until something is to be done; nobody is fine too.

    The scheduler and the outbox ring it themselves, so that no caller can forget to.
    """

    def __init__(self) -> None:
        self._sleeper: Callable[[], None] | None = None

    def wakes(self, sleeper: Callable[[], None] | None) -> None:
        """Say who is woken; it is called from any thread, often under the state's lock."""
        self._sleeper = sleeper

    def ring(self) -> None:
        """There is something to do, or will be sooner than it seemed."""
        if self._sleeper is not None:
            self._sleeper()
