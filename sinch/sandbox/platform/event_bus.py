"""What happens, as it happens: events for whoever watches the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Watcher: TypeAlias = Callable[[str, Mapping[str, Any]], None]
Keeper: TypeAlias = Callable[[str, object | None], None]


class EventBus:
    """Hands events to watchers, in order.

    Publishing costs next to nothing while nobody watches, so the data comes from a function.
    Keepers hear of every event as well, with the record that changed and without the data.
    Both are called under the state's lock: they only take note.
    """

    def __init__(self) -> None:
        self._watchers: list[Watcher] = []
        self._keepers: list[Keeper] = []

    @property
    def watched(self) -> bool:
        """Whether anybody is there."""
        return bool(self._watchers)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Start watching; call what is returned to stop."""
        self._watchers.append(watcher)

        def stop() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return stop

    def keep(self, keeper: Keeper) -> None:
        """Tell a keeper from now on."""
        self._keepers.append(keeper)

    def publish(
        self, name: str, data: Callable[[], Mapping[str, Any]], *, record: object | None = None
    ) -> None:
        """Tell every keeper and watcher; ``record`` is the one that is new or has changed."""
        for keeper in self._keepers:
            keeper(name, record)
        if not self._watchers:
            return
        told = data()
        for watcher in tuple(self._watchers):
            watcher(name, told)


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
