"""Reconciling: Sinch is asked about what is unknown, and what became of what was sent."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs

from sinch.bulk.records import Item, JobRow, Outcome, Row, State
from sinch.bulk.senders import Fate, Sender
from sinch.bulk.steps import BulkFlow, Control, Gather, Journal, Start
from sinch.bulk.store import Store
from sinch.core.flow import Flow


@attrs.frozen(kw_only=True)
class Reconciled:
    """What asking gave.

    Of the unknown, ``found`` were sent and ``not_sent`` certainly were not, so they are pending
    again; ``cannot_ask`` stay unknown, because the platform knows nothing of ours to look for. Of the
    sent, some were ``delivered`` or ``failed``, the rest is still ``open``. ``errors`` were asked in
    vain: run it again.
    """

    found: int = 0
    not_sent: int = 0
    cannot_ask: int = 0
    delivered: int = 0
    failed: int = 0
    open: int = 0
    errors: int = 0


class Asking:
    """One pass over a job."""

    def __init__(
        self, store: Store, job: JobRow, sender: Sender, client: Any, size: int
    ) -> None:
        self._store, self._job, self._sender, self._client = store, job, sender, client
        self._size = size
        self._states: dict[int, State] = {}

    def work(self, item: Item) -> Flow[Fate | None]:
        """Ask about one."""
        ask = self._sender.find if self._states[item.id] is State.UNKNOWN else self._sender.follow
        return ask(self._client, self._job, item)

    def flow(self, control: Control) -> BulkFlow[Reconciled]:
        """Page by page: ask, and keep the answers of a page in one transaction."""
        counts = dict.fromkeys(attrs.fields_dict(Reconciled), 0)
        last = 0
        while not control.draining:
            wanted = [State.UNKNOWN, State.SENT]
            read = partial(self._store.rows, self._job, wanted, last, max(self._size, 100))
            page: list[Row] = yield Journal(read)
            if not page:
                break
            last = page[-1].id
            ready = [row for row in page if self._askable(row, counts)]
            self._states = {row.id: State(row.state) for row in ready}
            answers: list[tuple[State, Outcome]] = []
            yield Start([_item(row) for row in ready])
            waiting = len(ready)
            while waiting:
                for item, result in (yield Gather(60.0, self._size, 0.005)):
                    waiting -= 1
                    answers += self._settled(item, result, counts)
            if answers:
                yield Journal(partial(self._store.settle, self._job, answers))
        return Reconciled(**counts)

    def _askable(self, row: Row, counts: dict[str, int]) -> bool:
        if row.state == State.UNKNOWN and not self._sender.searchable:
            counts["cannot_ask"] += 1
            return False
        return True

    def _settled(
        self, item: Item, result: Any, counts: dict[str, int]
    ) -> list[tuple[State, Outcome]]:
        before = self._states[item.id]
        if isinstance(result, Exception):
            counts["errors"] += 1
            return []
        if result is None:
            counts["open"] += 1
            return []
        counts[_COUNTED[before, result.state]] += 1
        return [(before, Outcome(item.id, result.state, result.result, result.reason))]


_COUNTED = {
    (State.UNKNOWN, State.SENT): "found",
    (State.UNKNOWN, State.PENDING): "not_sent",
    (State.SENT, State.DELIVERED): "delivered",
    (State.SENT, State.FAILED): "failed",
}


def _item(row: Row) -> Item:
    return Item(row.id, row.key, row.number, row.text, row.attempts, result=row.result)
