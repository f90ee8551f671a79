"""What every journal has to do, those of the package and one of one's own alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sinch.bulk import Item, JobRow, JobState, Outcome, Recipient, State, Store, Turn, Worker
from sinch.bulk.opening import Kept, opened

HERE, THERE = Worker("a" * 32, "machine 1", 1), Worker("b" * 32, "machine 2", 2)
KEEPS = "+46700000001"


@pytest.fixture
def store(journal: Kept) -> Iterator[Store]:
    with opened(journal) as store:
        yield store


@pytest.fixture
def job(store: Store) -> JobRow:
    job = store.create("november", "sms", {"cli": None}, None)
    store.add(job, [Recipient(f"k{place}", f"+4670000000{place}", "Hi") for place in range(1, 6)])
    return job


def begin(store: Store, job: JobRow, want: int = 5, worker: Worker = HERE) -> list[Item]:
    turned = store.turn(Turn(job, worker, want=want, reach=want, beat=True))
    return [item for batch in turned.begun for item in batch.items]


def buckets(store: Store, job: JobRow) -> dict[str, int]:
    report = store.report(job)
    assert report.total == 5
    return {state.value: count for state in State if (count := getattr(report, state.value))}


def test_a_job_is_there_once(store: Store, job: JobRow) -> None:
    again = store.create("november", "callout", {}, 5.0)
    other = store.create("december", "sms", {}, 5.0)

    assert again == job
    assert (job.kind, dict(job.settings), job.rate) == ("sms", {"cli": None}, None)
    assert [row.name for row in store.jobs()] == ["november", "december"]
    assert job.uid != other.uid
    assert store.add(job, [Recipient("k1", KEEPS, "Bye"), Recipient("k6", KEEPS, "Bye")]) == 1
    assert store.add(other, [Recipient("k1", KEEPS, "Bye")]) == 1
    assert store.report(other).total == 1


def test_what_is_taken_is_taken_once_and_kept_with_its_reference(store: Store, job: JobRow) -> None:
    first, second = begin(store, job, 3), begin(store, job, 3, THERE)

    assert [item.key for item in first] == ["k1", "k2", "k3"]
    assert [item.key for item in second] == ["k4", "k5"]
    assert buckets(store, job) == {"in_flight": 5}
    nothing = store.turn(Turn(job, HERE, want=1, reach=1))
    assert (nothing.begun, nothing.again, nothing.elsewhere) == (
        [],
        None,
        True,
    ) or not nothing.begun
    assert nothing.elsewhere


def test_outcomes_are_kept_whatever_they_are(store: Store, job: JobRow) -> None:
    sent, refused, unknown, later, never = begin(store, job)
    outcomes = [
        Outcome(sent.id, State.SENT, "id-1"),
        Outcome(refused.id, State.REFUSED, reason="BadRequest 40003", error="no number"),
        Outcome(unknown.id, State.UNKNOWN, reason="TimedOut"),
        Outcome(later.id, State.PENDING, reason="RateLimited", delay=60.0, crowd=7),
        Outcome(never.id, State.PENDING, reason="Unauthorized", attempted=False),
    ]
    # somebody else's word does not count, and saying it twice changes nothing
    strange = [Outcome(sent.id, State.REFUSED), Outcome(never.id, State.SENT, "id-2")]
    store.turn(Turn(job, THERE, outcomes=strange))
    store.turn(Turn(job, HERE, outcomes=outcomes))
    store.turn(Turn(job, HERE, outcomes=[Outcome(sent.id, State.UNKNOWN)]))

    assert buckets(store, job) == {"pending": 2, "sent": 1, "refused": 1, "unknown": 1}
    report = store.report(job)
    assert dict(report.refusals) == {"BadRequest 40003": 1}
    assert dict(report.unknowns) == {"TimedOut": 1}
    rows = {row.id: row for row in store.rows(job, [], 0, 10)}
    assert (rows[sent.id].result, rows[sent.id].attempts) == ("id-1", 1)
    assert (rows[refused.id].error, rows[never.id].attempts) == ("no number", 0)
    # who waits is not leased before its time, and it is known when that is
    [again] = begin(store, job)
    assert again.id == never.id
    empty = store.turn(Turn(job, HERE, want=1, reach=1))
    assert empty.again == pytest.approx(60, abs=5)


def test_a_worker_that_ends_leaves_what_it_began_unknown(store: Store, job: JobRow) -> None:
    begin(store, job, 2)
    begin(store, job, 1, THERE)
    store.retire(job, HERE)

    assert buckets(store, job) == {"pending": 2, "in_flight": 1, "unknown": 2}
    assert dict(store.report(job).unknowns) == {"WorkerLost": 2}
    # it only stalled: what it did can still be told, and what it leased is not its own any more
    store.turn(Turn(job, HERE, outcomes=[Outcome(1, State.SENT, "id-1")]))
    assert buckets(store, job)["sent"] == 1


def test_pausing_resuming_and_cancelling_reach_every_worker(store: Store, job: JobRow) -> None:
    [first] = begin(store, job, 1)
    store.set_state(job, JobState.PAUSED)
    paused = store.turn(Turn(job, THERE, want=5, reach=5))
    assert (paused.state, [*paused.begun], [*paused.leased]) == (JobState.PAUSED, [], [])
    store.set_state(job, JobState.RUNNING)
    # what concerns everybody pauses the job, with its reason
    stopped = Outcome(first.id, State.PENDING, attempted=False)
    turned = store.turn(Turn(job, HERE, outcomes=[stopped], stop="PaymentRequired"))
    assert (turned.state, turned.reason) == (JobState.PAUSED, "PaymentRequired")
    assert store.report(job).reason == "PaymentRequired"
    store.set_state(job, JobState.RUNNING)
    [begun] = begin(store, job, 1)
    store.set_state(job, JobState.CANCELLED)
    # what was in flight is told, and goes no second time
    store.turn(Turn(job, HERE, outcomes=[Outcome(begun.id, State.PENDING, reason="NotSent")]))
    assert buckets(store, job) == {"refused": 5}
    assert dict(store.report(job).refusals) == {"Cancelled": 5}


def test_suppressed_numbers_are_refused_when_it_is_their_turn(store: Store, job: JobRow) -> None:
    assert (store.suppress([KEEPS, "+46700000099"]), store.suppress([KEEPS])) == (2, 0)
    assert [item.key for item in begin(store, job)] == ["k2", "k3", "k4", "k5"]
    assert dict(store.report(job).refusals) == {"Suppressed": 1}


def test_deliveries_and_answers_of_the_platform(store: Store, job: JobRow) -> None:
    items = begin(store, job)
    told = [Outcome(item.id, State.SENT, "shared") for item in items[:3]]
    told += [Outcome(item.id, State.UNKNOWN, reason="TimedOut") for item in items[3:]]
    store.turn(Turn(job, HERE, outcomes=told))

    assert not store.delivered(job, "nobody's", "", State.DELIVERED, "")
    assert store.delivered(job, "shared", items[0].number, State.DELIVERED, "")
    assert store.delivered(job, "shared", items[1].number, State.FAILED, "Faulted")
    found = Outcome(items[3].id, State.SENT, "found")
    assert store.settle([(State.UNKNOWN, found), (State.UNKNOWN, told[0])]) == 1
    assert store.settle([(State.UNKNOWN, Outcome(items[4].id, State.PENDING))]) == 1
    assert buckets(store, job) == {"pending": 1, "sent": 2, "delivered": 1, "failed": 1}
    assert dict(store.report(job).failures) == {"Faulted": 1}
    assert [item.id for item in begin(store, job)] == [items[4].id]


def test_words_of_ones_own_stay_with_the_recipient(store: Store, job: JobRow) -> None:
    own = {"name": 'Åsa "${x}"', "p1": "10:00"}
    store.add(job, [Recipient("own", "+46700000006", "Hi ${name}, ${p1}", parameters=own)])
    *others, mine = begin(store, job, 6)
    assert (mine.text, dict(mine.parameters)) == ("Hi ${name}, ${p1}", own)
    assert not any(item.parameters for item in others)
    assert dict(store.rows(job, [], 5, 1)[0].parameters) == own


def test_rows_come_in_pages(store: Store, job: JobRow) -> None:
    first = store.rows(job, [], 0, 3)
    rest = store.rows(job, [State.PENDING], first[-1].id, 3)
    assert [row.key for row in [*first, *rest]] == ["k1", "k2", "k3", "k4", "k5"]
    assert store.rows(job, [State.SENT], 0, 3) == []
    assert (first[0].number, first[0].text, first[0].state) == (KEEPS, "Hi", "pending")
