"""A job from rows to report: who is sent to, who is refused and why, and who steers it."""

from __future__ import annotations

import io
import json
import pickle
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from sinch.bulk import CalloutJob, Job, SmsJob, State, Turn, Turned, VerificationJob
from sinch.bulk.opening import Kept
from sinch.errors import ConfigurationError, InvalidArgumentError

from .conftest import Start
from .memory import MemoryStore
from .platform import Platform

BAD_NUMBER = (400, {"errorCode": 40003, "message": "Invalid number"})
NO_CREDIT = (402, {"errorCode": 40200, "message": "Not enough credit"})
TOO_MANY = (429, {"errorCode": 42900, "message": "Too many requests"})


def people(count: int) -> list[tuple[str, str]]:
    return [(f"+4670{place:07}", "Hello") for place in range(1, count + 1)]


@pytest.fixture
def job(sqlite_journal: str) -> SmsJob:
    return SmsJob.create(sqlite_journal, name="november")


async def test_everybody_is_sent_to_once(
    journal: Kept, platform: Platform, make_client: Any, settle: Any
) -> None:
    job = SmsJob.create(journal, name="november")
    added = job.add(people(30))
    report = await settle(job.run(make_client(base_url=platform.url), concurrency=7))

    assert (added.new, added.repeated) == (30, 0)
    assert (report.sent, report.total, report.complete) == (30, 30, True)
    assert len(platform.counts) == platform.sent == 30
    assert platform.most <= 7
    # the id of the platform is kept with each, and running again finds nothing to do
    assert all(row.result == row.number[1:] for row in job.rows(State.SENT))
    assert (await settle(job.run(make_client(base_url=platform.url)))).sent == platform.sent == 30


def test_rows_count_once_by_their_key(journal: Kept) -> None:
    job = SmsJob.create(journal, name="november")
    rows = [("+46700000001", "Hello"), ("+46700000001", "Hello"), ("+46700000001", "Bye")]

    assert job.add(rows).new == 2  # number and text are the key where there is none
    assert job.add([("+46700000002", "Hello", "b-1"), ("+46700000003", "Hi", "b-1")]).new == 1
    assert (job.add(iter(rows)).repeated, job.status().pending) == (3, 3)


def test_whatever_is_in_a_row_can_be_kept(journal: Kept) -> None:
    job = SmsJob.create(journal, name="november")
    job.add(
        [("a\0\ud800", "b\0\ud800", "c\0\ud800"), ("+46700000001", "'; DROP TABLE x; --%s?", "?")]
    )
    assert [row.text for row in job.rows()] == ["b\ufffd?", "'; DROP TABLE x; --%s?"]
    assert (job.status().refused, job.status().pending) == (1, 1)


@pytest.mark.parametrize("row", [("+46700000001",), ("+46700000001", "a", "b", "c"), (1, "a"), 5])
def test_a_row_of_another_shape_is_refused(job: SmsJob, row: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"rows must be .*row 2 is not"):
        job.add([("+46700000001", "Hello"), row])


def test_what_cannot_be_sent_is_refused_by_reason(job: SmsJob, platform: Platform) -> None:
    platform.refuse = lambda number: BAD_NUMBER if number.endswith("2") else None
    job.add([*people(3), ("0701234", "Hello"), ("+46700000009", "")])
    with SinchOf(platform) as client:
        report = job.run(client)

    assert (report.sent, report.refused) == (2, 3)
    assert report.refusals == {"InvalidArgumentError": 2, "BadRequest 40003": 1}
    [refused] = [row for row in job.rows(State.REFUSED) if row.number.endswith("2")]
    assert "Invalid number" in refused.error


def test_what_passes_by_itself_is_tried_again(job: SmsJob, platform: Platform) -> None:
    tries: list[str] = []

    def refuse(number: str) -> Any:
        tries.append(number)
        return TOO_MANY if len(tries) == 1 else None

    platform.refuse = refuse
    job.add(people(3))
    with SinchOf(platform) as client:
        report = job.run(client, concurrency=1)

    assert (report.sent, len(tries), platform.twice) == (3, 4, [])
    assert [row.attempts for row in job.rows()] == [2, 1, 1]


def test_what_concerns_everybody_pauses_the_job(job: SmsJob, platform: Platform) -> None:
    platform.refuse = lambda number: NO_CREDIT
    job.add(people(50))
    with SinchOf(platform) as client:
        report = job.run(client, concurrency=2)
        assert (report.state, report.pending, report.refused) == ("paused", 50, 0)
        assert report.reason.startswith("PaymentRequired 40200: ")
        # once there is credit, running again goes on
        platform.refuse = lambda number: None
        assert job.run(client).sent == 50


def test_stop_means_stop(journal: Kept, platform: Platform) -> None:
    job = SmsJob.create(journal, name="november")
    job.add(people(10))
    assert job.suppress(["+46700000003", "+46700000004"]) == 2
    assert job.suppress(["+46700000003"]) == 0
    with SinchOf(platform) as client:
        report = job.run(client)

    assert (report.sent, report.refusals) == (8, {"Suppressed": 2})
    assert "+46700000003" not in platform.counts


def test_pause_resume_and_cancel_from_elsewhere(journal: Kept, platform: Platform) -> None:
    job = SmsJob.create(journal, name="november")
    job.add(people(200))
    platform.latency = 0.02
    elsewhere = Job.open(journal)
    with SinchOf(platform) as client:
        done: list[Any] = []
        running = threading.Thread(target=lambda: done.append(job.run(client, concurrency=2)))
        running.start()
        _until(lambda: platform.sent >= 10)
        assert elsewhere.pause().state == "paused"
        _until(lambda: elsewhere.status().in_flight == 0)
        seen = platform.sent
        time.sleep(0.2)
        assert platform.sent == seen < 200
        elsewhere.resume()
        _until(lambda: platform.sent >= seen + 10)
        elsewhere.cancel()
        running.join(20)

    [report] = done
    assert report.state == "cancelled"
    assert report.sent == platform.sent < 200
    assert report.refusals == {"Cancelled": 200 - report.sent}
    with pytest.raises(InvalidArgumentError, match="cancelled"):
        job.resume()


@pytest.mark.parametrize("kind", ["blocking", "async"])
def test_sigterm_drains(
    sqlite_journal: str, platform: Platform, start_worker: Start, kind: str
) -> None:
    job = SmsJob.create(sqlite_journal, name="november")
    job.add(people(500))
    platform.latency = 0.1
    worker = start_worker(sqlite_journal, kind, 5)
    _until(lambda: platform.sent >= 10)
    worker.send_signal(signal.SIGTERM)
    _, errors = worker.communicate(timeout=20)

    # what was in flight was waited for, and then it ended as SIGTERM ends a program
    report = job.status()
    assert worker.returncode == 128 + signal.SIGTERM, errors
    assert (report.unknown, report.in_flight, report.leased) == (0, 0, 0)
    assert report.sent == platform.sent
    assert report.pending == 500 - report.sent > 0


def test_a_slice_ends_and_says_when_to_go_on(job: SmsJob, platform: Platform) -> None:
    job.add(people(25))
    with SinchOf(platform) as client:
        assert job.run_slice(client, size=10).again == 0
        assert platform.sent == 10
        platform.latency = 0.05
        assert job.run_slice(client, seconds=0.02, concurrency=1).again is not None
        assert platform.sent < 25
        while (slice_ := job.run_slice(client)).again is not None:
            pass
        assert (job.status().sent, slice_.again) == (25, None)
        job.add(people(26))
        job.pause()
        assert (job.run_slice(client).again or 0) > 0
        assert platform.sent == 25


def test_rows_may_have_names_and_a_text_for_all(
    sqlite_journal: str, job: SmsJob, platform: Platform
) -> None:
    rows: list[dict[str, Any]] = [
        {"number": "+46700000001", "name": "Åsa", "key": "k1"},
        {"number": "+46700000002", "name": None, "more": "of no interest"},
    ]
    job.add(rows, text="Hej ${name}, 5 $$")
    job.add([{"number": "+46700000003", "text": "Hello"}])
    assert [row.text for row in job.rows()] == ["Hej Åsa, 5 $", "Hej , 5 $", "Hello"]
    assert next(job.rows()).key == "k1"

    wrong: list[tuple[Any, str, str]] = [
        ([{"number": "+46700000001"}], "Hi ${name}", "rows must have name: row 1 has not"),
        ([{"text": "Hi"}], None, "rows must have number: row 1"),
        ([("+46700000001", "Hi")], "Hi ${name}", "must be mappings"),
        ([], "Hi $", r"write \$\$"),
    ]
    for given, text, words in wrong:
        with pytest.raises(InvalidArgumentError, match=words):
            job.add(given, text=text)
    checks = VerificationJob.create(sqlite_journal, name="checks", method="sms")
    with pytest.raises(InvalidArgumentError, match="text is not sent by jobs of the kind 'verif"):
        checks.add([], text="Hi")


async def test_a_journal_that_fails_loses_nothing_that_was_sent(
    platform: Platform, make_client: Any, settle: Any
) -> None:
    """A full disk that takes small transactions again: what was in flight is waited for and kept."""

    class Full(MemoryStore):
        def turn(self, turn: Turn) -> Turned:
            if turn.want and platform.sent >= 10:
                raise OSError("disk is full")
            return super().turn(turn)

    platform.latency = 0.02
    job = SmsJob.create(Full().open, name="november")
    job.add(people(100))
    with pytest.raises(OSError, match="disk is full"):
        await settle(job.run(make_client(base_url=platform.url), concurrency=5))
    report = job.status()
    assert (report.sent, report.unknown, report.in_flight) == (platform.sent, 0, 0)
    assert report.pending == 100 - platform.sent


def test_export_tells_everything(job: SmsJob, platform: Platform) -> None:
    platform.refuse = lambda number: BAD_NUMBER if number.endswith("2") else None
    job.add([("+46700000001", 'Hej, "du"', "a"), ("+46700000002", "Åsa", "b")])
    with SinchOf(platform) as client:
        job.run(client)
    csv, lines, sent = io.StringIO(), io.StringIO(), io.StringIO()

    assert (job.export(csv), job.export(lines, "jsonl"), job.export(sent, "csv", "sent")) == (
        2,
        2,
        1,
    )
    assert (
        csv.getvalue().splitlines()[0] == "key,number,text,state,attempts,id,reason,error,changed"
    )
    assert (
        csv.getvalue()
        .splitlines()[1]
        .startswith('a,+46700000001,"Hej, ""du""",sent,1,46700000001,')
    )
    first, second = map(json.loads, lines.getvalue().splitlines())
    assert (first["state"], first["id"]) == ("sent", "46700000001")
    assert (second["text"], second["reason"]) == ("Åsa", "BadRequest 40003")


def test_a_job_is_a_value(job: SmsJob) -> None:
    job.add(people(2))
    assert pickle.loads(pickle.dumps(job)).status().pending == 2
    assert SmsJob.create(job.journal, name="november") == job == SmsJob.open(job.journal)
    assert Job.open(job.journal).name == "november"
    with pytest.raises(ConfigurationError, match="for CalloutJob, not of kind 'sms'"):
        CalloutJob.open(job.journal)
    with pytest.raises(InvalidArgumentError, match="other settings"):
        SmsJob.create(job.journal, name="november", cli="Acme")
    report = job.status().as_dict()
    assert {"pending", "in_flight", "sent", "refused", "unknown", "delivered", "failed"} <= {
        *report
    }
    assert report["total"] == 2


@pytest.mark.parametrize(
    ("journal_", "words"),
    [
        ("", "path or a URL"),
        (":memory:", "outlive a crash"),
        ("mysql://a/b", "outlive a crash"),
        ("nowhere/journal.db", "does not exist"),
        ("postgresql://user:hush@127.0.0.1:1/x", "cannot be opened"),
    ],
)
def test_journals_that_are_none(journal_: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as raised:
        Job.open(journal_)
    assert "hush" not in str(raised.value)


def test_a_file_that_is_no_journal(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing of ours" * 100)
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        Job.open(tmp_path / "notes.txt")


def test_no_password_is_shown() -> None:
    job = SmsJob("postgresql://me:hush@db/x?password=hush", None, None)  # type: ignore[arg-type]
    assert "hush" not in repr(job)


def _until(true: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def SinchOf(platform: Platform) -> Any:
    from sinch import SinchClient

    return SinchClient("key", "c2VjcmV0", base_url=platform.url)
