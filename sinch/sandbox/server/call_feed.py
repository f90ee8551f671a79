"""Calls as those who watch see them: every new line of a transcript, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable

from sinch.engine import Happened, NoSuchCall
from sinch.sandbox.platform.records import TranscriptLine
from sinch.sandbox.platform.services import Services

_OF_ROOMS = frozenset({"joined", "left", "command", "ended", "music"})


def publish_news(services: Services, news: Iterable[Happened]) -> None:
    """Publish new lines, the calls they belong to, and rooms if they may have changed.

    Hold the lock.
    """
    events, engine = services.state.events, services.engine
    lines = list(news)
    for call_id, entries in _by_call(lines).items():
        try:
            call = engine.call(call_id)
        except NoSuchCall:
            continue
        first = len(call.transcript) - len(entries)
        for index, happened in enumerate(entries, first):
            line = TranscriptLine(call_id=call_id, index=index, entry=happened.entry)
            events.publish("entry", line)
        events.publish("call", call)
    if any(line.entry.kind in _OF_ROOMS for line in lines):
        events.publish("conferences", services.conferences)


def _by_call(lines: Iterable[Happened]) -> dict[str, list[Happened]]:
    found: dict[str, list[Happened]] = {}
    for line in lines:
        found.setdefault(line.call_id, []).append(line)
    return found
