"""One rate over all workers, granted by the journal. Its clock is told here, so nothing waits."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sinch.bulk import JobRow, Recipient, Store, Turn, Worker
from sinch.bulk.bundling import Bundler
from sinch.bulk.opening import Kept, opened
from sinch.bulk.records import Batch


class Clocked:
    """Workers that take turns at a journal whose time is told."""

    def __init__(self, store: Store, job: JobRow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000_000.0
        self.store, self.job = store, job
        monkeypatch.setattr(type(store), "_now", lambda store, cursor: self.now)

    def ask(self, worker: str, want: int, size: int = 1, **more: float) -> list[Batch]:
        bundler = Bundler(worker, size)
        who = Worker(worker, "elsewhere", 1)
        turn = Turn(self.job, who, want=want, reach=want * size, bundle=bundler.bundle, beat=True)
        turned = self.store.turn(turn._replace(**more))
        return [*turned.begun, *turned.leased]


def moments(batches: list[Batch]) -> list[float]:
    return [batch.at for batch in batches for _ in batch.items]


@pytest.mark.parametrize("workers", [1, 4])
def test_moments_are_granted_to_all_workers_in_turn(
    journal: Kept, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    with opened(journal) as store:
        job = store.create("n", "sms", {}, 50.0)
        store.add(job, [Recipient(str(i), "+46700000001", "Hi") for i in range(1000)])
        clocked = Clocked(store, job, monkeypatch)
        granted: list[float] = []
        for _ in range(100):  # ten seconds
            for worker in range(workers):
                granted += moments(clocked.ask(str(worker), 20))
            clocked.now += 0.1
        granted.sort()

    gaps = [after - before for before, after in pairwise(granted)]
    assert min(gaps) == pytest.approx(1 / 50, abs=1e-6)
    assert max(gaps) == pytest.approx(1 / 50, abs=1e-6)
    assert len(granted) == pytest.approx(50 * (9.9 + 1.0), abs=2)  # a second ahead is granted


def test_a_batch_takes_the_moments_of_all_its_recipients(
    sqlite_journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(sqlite_journal) as store:
        job = store.create("n", "sms", {}, 100.0)
        store.add(job, [Recipient(str(i), f"+4670{i:07}", "Hi") for i in range(5000)])
        clocked = Clocked(store, job, monkeypatch)
        sent: list[tuple[float, int]] = []
        for _ in range(200):
            sent += [(batch.at, len(batch.items)) for batch in clocked.ask("a", 4, 1000)]
            clocked.now += 0.1

    total = sum(size for _, size in sent)
    assert total == pytest.approx(100 * (19.9 + 1.0), rel=0.02)
    # never more than the rate allows until then, and few requests
    seen = 0
    for at, size in sent:
        assert seen <= (at - 1_000_000.0 + 0.1) * 100 + 1
        seen += size
    assert len(sent) < total / 10


@pytest.mark.parametrize(("pause", "made_up"), [(0.3, True), (30.0, False)])
def test_a_short_pause_is_made_up_for_and_a_long_one_is_no_credit(
    sqlite_journal: str, monkeypatch: pytest.MonkeyPatch, pause: float, made_up: bool
) -> None:
    with opened(sqlite_journal) as store:
        job = store.create("n", "sms", {}, 100.0)
        store.add(job, [Recipient(str(i), "+46700000001", "Hi") for i in range(1000)])
        clocked = Clocked(store, job, monkeypatch)
        before = moments(clocked.ask("a", 1000))
        clocked.now += 1.0 + pause
        after = moments(clocked.ask("a", 1000))

    assert after[0] - before[-1] == pytest.approx(0.01 if made_up else pause + 0.01, abs=0.02)
    assert sum(at <= clocked.now for at in after) <= 100 * pause + 1


def test_a_new_rate_and_a_hold_are_for_everybody(
    journal: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(journal) as store:
        job = store.create("n", "sms", {}, None)
        store.add(job, [Recipient(str(i), "+46700000001", "Hi") for i in range(1000)])
        clocked = Clocked(store, job, monkeypatch)
        assert len(clocked.ask("a", 100)) == 100
        store.set_rate(job, 10.0)
        assert len(clocked.ask("b", 100)) in (10, 11)
        clocked.now += 1
        assert clocked.ask("a", 100, hold=5.0) == []
        clocked.now += 3
        assert clocked.ask("b", 100) == []
        clocked.now += 2
        assert len(clocked.ask("b", 100)) > 0


def test_lost_workers_give_back_what_they_leased_and_what_they_began_is_unknown(
    journal: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(journal) as store:
        job = store.create("n", "sms", {}, 10.0)
        store.add(job, [Recipient(str(i), "+46700000001", "Hi") for i in range(20)])
        clocked = Clocked(store, job, monkeypatch)
        lost = clocked.ask("lost", 5)
        begun = [batch for batch in lost if batch.at <= clocked.now]
        assert 0 < len(begun) < len(lost) == 5
        clocked.now += 29
        clocked.ask("other", 0)
        assert (store.report(job).unknown, store.report(job).leased) == (0, 5 - len(begun))
        clocked.now += 2
        clocked.ask("other", 0)
        report = store.report(job)
        assert (report.unknown, report.leased) == (len(begun), 0)
        assert report.unknowns == {"WorkerLost": len(begun)}

        # it only stalled: what it leased is not its own any more, but it still may tell what it did
        from sinch.bulk import Outcome, State

        told = [Outcome(batch.items[0].id, State.SENT, result="r") for batch in begun]
        turned = store.turn(
            Turn(job, Worker("lost", "elsewhere", 1), outcomes=told, launch=lost[len(begun) :])
        )
        assert turned.launched == []
        assert (store.report(job).sent, store.report(job).unknown) == (len(begun), 0)
