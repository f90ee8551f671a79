"""Senders that put many recipients into one request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

import attrs
import pytest

from sinch import SinchClient
from sinch.bulk import Batch, Fate, Job, State
from sinch.core.flow import Flow
from sinch.errors import BadRequest, NotSent, OutcomeUnknown


@attrs.frozen(kw_only=True)
class Post:
    """A platform in memory: it takes up to 10 of one text, and nobody whose number ends in 13."""

    kind: ClassVar[str] = "post"
    batch_size: ClassVar[int] = 10
    searchable: ClassVar[bool] = True
    has_text: ClassVar[bool] = True
    has_parameters: ClassVar[bool] = False
    grace: ClassVar[float] = 0.0
    requests: ClassVar[list[Batch]] = []
    script: ClassVar[list[Exception | None]] = []

    def send(self, client: Any, batch: Batch) -> Flow[str]:
        yield from ()
        error = self.script.pop(0) if self.script else None
        if isinstance(error, NotSent):
            raise error
        if any(item.number.endswith("13") for item in batch.items):
            raise BadRequest("one number is none", 400, "POST", "/post")
        self.requests.append(batch)
        if error is not None:
            raise error
        return f"id-{batch.reference}"

    def follow(self, client: Any, batch: Batch) -> Flow[Sequence[Fate | None]]:
        yield from ()
        return [Fate(State.DELIVERED) for _ in batch.items]

    def find(self, client: Any, batch: Batch) -> Flow[Fate | None]:
        yield from ()
        if any(sent.reference == batch.reference for sent in self.requests):
            return Fate(State.SENT, f"id-{batch.reference}")
        return Fate(State.PENDING)

    def settings(self) -> dict[str, object]:
        return {}


@pytest.fixture
def job(sqlite_journal: str) -> Job[Post]:
    Post.requests.clear()
    Post.script.clear()
    return Job.create_with(sqlite_journal, Post(), name="n")


def rows(count: int, texts: int = 1) -> list[tuple[str, str]]:
    return [(f"+4670{place:07}", f"Hello {place % texts}") for place in range(100, count + 100)]


@pytest.fixture
def client() -> Any:
    with SinchClient("key", "c2VjcmV0", base_url="http://127.0.0.1:1") as client:
        yield client


@pytest.mark.parametrize(("texts", "requests"), [(1, 5), (3, 6), (50, 50)])
def test_recipients_of_one_text_share_requests(
    job: Job[Post], client: Any, texts: int, requests: int
) -> None:
    job.add(row for row in rows(51, texts) if not row[0].endswith("113"))
    assert job.run(client, concurrency=2).sent == 50

    # small ones while it learns how long an answer takes; more of them on a busy machine
    assert requests <= len(Post.requests) <= max(requests, 25)
    assert all(len({item.text for item in batch.items}) == 1 for batch in Post.requests)
    assert len({batch.reference for batch in Post.requests}) == len(Post.requests)
    sent = Counter(item.number for batch in Post.requests for item in batch.items)
    assert (len(sent), max(sent.values())) == (50, 1)


def test_one_who_spoils_a_request_is_found_and_the_others_are_sent_to(
    job: Job[Post], client: Any
) -> None:
    job.add(rows(40))
    report = job.run(client)

    assert (report.sent, report.refusals) == (39, {"BadRequest": 1})
    [refused] = job.rows(State.REFUSED)
    assert refused.number.endswith("113")
    assert len(Post.requests) < 12


def test_a_lost_answer_makes_all_of_a_batch_unknown_and_its_reference_finds_them(
    job: Job[Post], client: Any
) -> None:
    job.add(rows(10))
    Post.script[:] = [OutcomeUnknown("answer lost")]
    assert job.run(client).unknown == 10

    assert job.reconcile(client).found == 10
    assert (job.status().sent, len(Post.requests)) == (10, 1)
    assert {row.result for row in job.rows()} == {f"id-{Post.requests[0].reference}"}
    assert job.reconcile(client).delivered == 10


def test_a_batch_that_did_not_leave_goes_again(job: Job[Post], client: Any) -> None:
    job.add(rows(10))
    Post.script[:] = [NotSent("no way there")]
    report = job.run(client)

    assert (report.sent, len(Post.requests)) == (10, 1)
    assert {row.attempts for row in job.rows()} == {2}


def test_a_report_about_one_of_a_batch(job: Job[Post], client: Any) -> None:
    job.add(rows(3))
    job.run(client)
    first, *_ = job.rows()
    assert job.note_delivery(first.result, number=first.number)
    assert (job.status().delivered, job.status().sent) == (1, 2)


def test_a_number_is_in_a_request_once(job: Job[Post], client: Any) -> None:
    """Two reminders to one person are two messages; in one request, nobody could tell them apart."""
    job.add(("+46700000001", "See you tomorrow", f"booking-{place}") for place in range(3))
    assert job.run(client).sent == 3
    assert [len(batch.items) for batch in Post.requests] == [1, 1, 1]
