"""Asking Sinch about the unknown and the sent, and reports that come by themselves; every kind of job."""

from __future__ import annotations

from typing import Any

import pytest

from sinch.bulk import CalloutJob, Job, SmsJob, VerificationJob, VerificationSender

from .platform import Platform

NUMBERS = [f"+4670000000{place}" for place in range(1, 6)]  # one of them ends in 3


@pytest.fixture(params=[SmsJob, CalloutJob, VerificationJob])
def job(request: pytest.FixtureRequest, sqlite_journal: str) -> Job[Any]:
    if request.param is VerificationJob:
        made = VerificationJob.create(sqlite_journal, name="n", method="sms")
        made.add((number,) for number in NUMBERS)
        return made
    made = request.param.create(sqlite_journal, name="n")
    made.add((number, "Storm tonight") for number in NUMBERS)
    return made


async def test_what_was_sent_is_followed(
    job: Job[Any], platform: Platform, make_client: Any, settle: Any
) -> None:
    client = make_client(base_url=platform.url)
    assert (await settle(job.run(client))).sent == len(NUMBERS) == platform.sent
    found = await settle(job.reconcile(client))
    report = job.status()

    assert (found.delivered, found.failed, found.open) == (4, 1, 0)
    assert (report.delivered, report.failed, report.sent, report.total) == (4, 1, 0, 5)
    assert len(report.failures) == 1


async def test_what_is_unknown_stays_so_where_nobody_can_be_asked(
    job: Job[Any], platform: Platform, make_client: Any, settle: Any
) -> None:
    platform.cut = 1.0
    client = make_client(base_url=platform.url)
    assert (await settle(job.run(client))).unknown == len(NUMBERS) == platform.sent
    platform.cut = 0.0
    found = await settle(job.reconcile(client))

    if isinstance(job, VerificationJob):
        assert found.found == 5
        assert sorted(row.result for row in job.rows("sent")) == NUMBERS
    else:
        assert (found.cannot_ask, found.found) == (5, 0)
        assert job.status().unknown == 5
    # asking or not, running again sends nothing twice
    await settle(job.run(client))
    assert platform.twice == []


def test_what_is_not_found_is_sent_only_after_the_grace(
    sqlite_journal: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sinch import SinchClient

    job = VerificationJob.create(sqlite_journal, name="n", method="sms")
    job.add((number,) for number in NUMBERS)
    platform.cut = 1.0
    with SinchClient("key", "c2VjcmV0", base_url=platform.url) as client:
        job.run(client)
        platform.cut = 0.0
        platform.references.clear()  # the platform never heard of them after all
        platform.counts.clear()
        assert job.reconcile(client).too_early == 5
        assert job.status().unknown == 5
        monkeypatch.setattr(VerificationSender, "grace", 0.0)
        assert job.reconcile(client).not_sent == 5
        assert job.run(client).sent == 5
    assert platform.sent == 5


def test_reports_that_come_by_themselves(job: Job[Any], platform: Platform) -> None:
    from sinch import SinchClient

    with SinchClient("key", "c2VjcmV0", base_url=platform.url) as client:
        job.run(client)
    first, second, *_ = [row.result for row in job.rows()]

    assert job.note_delivery(first)
    assert job.note_delivery(second, delivered=False, reason="Busy")
    assert not job.note_delivery("nobody's")
    report = job.status()
    assert (report.delivered, report.failed, report.sent) == (1, 1, 3)
    assert report.failures == {"Busy": 1}
