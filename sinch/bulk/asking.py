"""Reconciling: Sinch is asked about what is unknown, and what became of what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import attrs

from sinch.bulk.records import Batch, Item, JobRow, Outcome, Row, State
from sinch.bulk.senders import Fate, Sender
from sinch.bulk.steps import BulkFlow, Control, Gather, Journal, Start
from sinch.bulk.store import Store
from sinch.core.flow import Flow


@attrs.frozen(kw_only=True)
class Reconciled:
    """What asking gave.

    Of the unknown, ``found`` were sent and ``not_sent`` certainly were not, so they are pending
    again; ``cannot_ask`` stay unknown, because the platform knows nothing of ours to look for, and
    ``too_early`` because it may not know yet: run it again later. Of the sent, some were
    ``delivered`` or ``failed``, the rest is still ``open``. ``errors`` were asked in vain.

    .. code-block:: python

        found = job.reconcile(client)
        if found.too_early or found.open:
            print("run it again later")
    """

    found: int = 0
    not_sent: int = 0
    cannot_ask: int = 0
    too_early: int = 0
    delivered: int = 0
    failed: int = 0
    open: int = 0
    errors: int = 0


class Asking:
    """One pass over a job."""

    def __init__(self, store: Store, job: JobRow, sender: Sender, client: Any, size: int) -> None:
        self._store, self._job, self._sender, self._client = store, job, sender, client
        self._size = size
        self._page = max(size, 100, 2 * sender.batch_size)
        self._counts = dict.fromkeys(attrs.fields_dict(Reconciled), 0)

    def work(self, batch: Batch) -> Flow[Any]:
        """Ask about one: by Sinch's id if it is known, else by our reference."""
        ask = self._sender.follow if batch.result else self._sender.find
        return ask(self._client, batch)

    def flow(self, control: Control) -> BulkFlow[Reconciled]:
        """Page by page: ask, and keep the answers of a page in one transaction."""
        last = 0
        while not control.draining:
            states = [State.UNKNOWN, State.SENT]
            read = partial(self._store.rows, self._job, states, last, self._page)
            page: list[Row] = yield Journal(read)
            if not page:
                break
            last = page[-1].id
            now: float = yield Journal(self._store.now)
            batches = _together(row for row in page if self._askable(row))
            answers: list[tuple[State, Outcome]] = []
            yield Start(batches)
            waiting = len(batches)
            while waiting:
                for batch, result in (yield Gather(60.0, self._size, 0.005)):
                    waiting -= 1
                    answers += self._settled(batch, result, now)
            if answers:
                yield Journal(partial(self._store.settle, answers))
        return Reconciled(**self._counts)

    def _askable(self, row: Row) -> bool:
        if row.state == State.UNKNOWN and not (self._sender.searchable and row.reference):
            self._counts["cannot_ask"] += 1
            return False
        return True

    def _settled(self, batch: Batch, result: Any, now: float) -> Iterator[tuple[State, Outcome]]:
        if isinstance(result, Exception):
            self._counts["errors"] += len(batch.items)
            return
        before = State.SENT if batch.result else State.UNKNOWN
        fates: Iterable[Fate | None] = result if batch.result else [result] * len(batch.items)
        for item, fate in zip(batch.items, fates, strict=True):
            if fate is None:
                self._counts["open" if batch.result else "cannot_ask"] += 1
            elif fate.state is State.PENDING and now - batch.at < self._sender.grace:
                self._counts["too_early"] += 1
            else:
                self._counts[_COUNTED[before, fate.state]] += 1
                yield before, Outcome(item.id, fate.state, fate.result, fate.reason)


_COUNTED = {
    (State.UNKNOWN, State.SENT): "found",
    (State.UNKNOWN, State.PENDING): "not_sent",
    (State.SENT, State.DELIVERED): "delivered",
    (State.SENT, State.FAILED): "failed",
}


def _together(rows: Iterable[Row]) -> list[Batch]:
    """Those who shared a request are asked about with one; ``at`` is when the last became so."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        result = row.result if row.state == State.SENT else ""
        found.setdefault((result, "" if result else row.reference), []).append(row)
    return [
        Batch(rows[0].reference, [_item(row) for row in rows], max(r.changed for r in rows), result)
        for (result, _), rows in found.items()
    ]


def _item(row: Row) -> Item:
    return Item(row.id, row.key, row.number, row.text, row.attempts)
