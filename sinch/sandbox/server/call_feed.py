"""Calls as those who watch see them: every new line of a transcript, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sinch.engine import Happened, NoSuchCall
from sinch.sandbox.control import call_serializers as call_views
from sinch.sandbox.control import delivery_serializers as delivery_views
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.services import Services

_OF_ROOMS = frozenset({"joined", "left", "command", "ended", "music"})


class CallFeed:
    """Publishes what the engine tells; hold the lock."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def tell(self, news: Iterable[Happened]) -> None:
        """Publish new lines, the calls they belong to, and rooms if they may have changed."""
        events, engine = self._services.state.events, self._services.engine
        lines = list(news)
        if not lines:
            return
        if not events.watched:
            return
        now = self._services.state.scheduler.now()
        for call_id, entries in _by_call(lines).items():
            try:
                call = engine.call(call_id)
            except NoSuchCall:
                continue
            first = len(call.transcript) - len(entries)
            for index, happened in enumerate(entries, first):
                shown = {"callId": call_id, **call_views.entry(index, happened.entry)}
                events.publish("entry", lambda shown=shown: shown)  # type: ignore[misc]
            events.publish("call", lambda call=call: call_views.call(call, now))  # type: ignore[misc]
        if any(line.entry.kind in _OF_ROOMS for line in lines):
            events.publish("conferences", lambda: rooms(self._services))

    def faults(self) -> dict[str, Any]:
        """The faults in force."""
        return delivery_views.faults(self._services.state.faults)


def _by_call(lines: Iterable[Happened]) -> dict[str, list[Happened]]:
    found: dict[str, list[Happened]] = {}
    for line in lines:
        found.setdefault(line.call_id, []).append(line)
    return found


def rooms(services: Services) -> dict[str, Any]:
    """All rooms with somebody in them."""
    shown: list[dict[str, Any]] = []
    for room in services.engine.rooms():
        try:
            shown.append({"id": room, **services.conferences.get(room).to_wire()})
        except Refusal:
            continue
    return {"conferences": shown}
