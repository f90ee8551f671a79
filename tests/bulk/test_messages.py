"""Jobs over the SMS REST API against the sandbox, which keeps what it was asked, whatever it answers."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sinch import SinchClient
from sinch.bulk import Job, MessageJob, MessageSender
from sinch.bulk.personal import filled
from sinch.bulk.rows import recipients
from sinch.callbacks import CallbackRouter, Delivery, MessagesVerifier, RecipientReportSms
from sinch.sandbox import Sandbox

from .conftest import Start
from .worker import KEYS

PLAN: dict[str, Any] = {name: KEYS[name] for name in ("service_plan_id", "api_token")}
BAD = "+46700000003"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(**PLAN) as running:
        running.set_outcome(BAD, "Failed", code=1)
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Any]:
    with SinchClient(**PLAN, base_url=sandbox.url) as client:
        yield client


def rows(count: int, texts: int = 1) -> list[tuple[str, str]]:
    return [(f"+4670{place:07}", f"Hello {place % texts}") for place in range(count)]


def received(client: Any) -> Counter[str]:
    """How many messages the sandbox has for each number."""
    return Counter(
        str(number) for batch in client.messages.list(page_size=100) for number in batch.to
    )


@contextmanager
def listening(job: Job[Any], secret: str) -> Iterator[str]:
    """An application that notes delivery reports, verified, and its URL."""
    router = CallbackRouter(MessagesVerifier(secret))

    @router.recipient_report
    def told(event: RecipientReportSms) -> None:
        job.note_delivery(
            event.batch_id or "",
            number=str(event.recipient),
            delivered=event.status == "Delivered",
            reason=f"{event.status} {event.code}",
        )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = router.dispatch(Delivery("POST", self.path, self.headers.items(), body))
            self.send_response(answer.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sinch"
        server.shutdown()


async def test_reports_of_batches_tell_what_became_of_everybody(
    sandbox: Sandbox, sqlite_journal: str, make_client: Any, settle: Any
) -> None:
    job = MessageJob.create(sqlite_journal, name="n", sender="Acme")
    job.add(rows(2500))
    client = make_client(**PLAN, base_url=sandbox.url)
    assert (await settle(job.run(client, concurrency=2))).sent == 2500
    assert (await settle(job.reconcile(client))).open == 2500  # they are on their way
    await sandbox.advance_async(60)
    found = await settle(job.reconcile(client))

    assert (found.delivered, found.failed, found.open) == (2499, 1, 0)
    assert job.status().failures == {"Failed 1": 1}
    with SinchClient(**PLAN, base_url=sandbox.url) as plain:
        assert (len([*plain.messages.list()]), max(received(plain).values())) == (3, 1)


def test_delivery_reports_come_by_themselves(sqlite_journal: str) -> None:
    job = MessageJob.create(sqlite_journal, name="n", delivery_report="per_recipient")
    job.add(rows(20))
    secret = "a-secret-of-webhooks"
    with (
        listening(job, secret) as url,
        Sandbox(**PLAN, callback_url=url, webhook_secret=secret) as sandbox,
        SinchClient(**PLAN, base_url=sandbox.url) as client,
    ):
        sandbox.set_outcome(BAD, "Failed", code=1)
        assert job.run(client).sent == 20
        sandbox.advance(60)
        assert sandbox.settle()
    report = job.status()
    assert (report.delivered, report.failed, report.sent) == (19, 1, 0)
    assert report.failures == {"Failed 1": 1}


@pytest.mark.parametrize(
    ("fault", "found", "not_sent"), [("lost-response", 15, 0), ("reset", 0, 15)]
)
def test_lost_answers_are_found_by_reference(
    sandbox: Sandbox, client: Any, sqlite_journal: str, fault: str, found: int, not_sent: int
) -> None:
    """Whether the sandbox did it or not: it is asked, and then nobody is unknown."""
    job = MessageJob.create(sqlite_journal, name="n", grace=0)
    job.add(rows(30, texts=2))
    sandbox.add_faults(f"{fault},match=/batches,times=1")
    report = job.run(client, concurrency=1)
    assert (report.sent, report.unknown) == (15, 15)

    asked = job.reconcile(client)
    assert (asked.found, asked.not_sent, asked.cannot_ask, asked.errors) == (found, not_sent, 0, 0)
    done = job.run(client)
    assert (done.sent + done.delivered, done.unknown) == (30, 0)
    assert received(client) == Counter(number for number, _ in rows(30))


def test_texts_of_ones_own_share_requests_as_parameters(
    sandbox: Sandbox, client: Any, sqlite_journal: str
) -> None:
    job = MessageJob.create(sqlite_journal, name="n")
    guests = [
        {
            "number": number,
            "name": f"Guest {place}" if place else "",
            "time_of_the_appointment": "10:00",
        }
        for place, (number, _) in enumerate(rows(2000))
    ]
    text = "Hello ${name}, see you at $time_of_the_appointment for $$5"
    assert (job.add(guests, text=text).new, job.add(guests, text=text).new) == (2000, 0)
    assert job.run(client, concurrency=2).sent == 2000

    batches = [*client.messages.list()]
    assert sum(len(batch.to) for batch in batches) == 2000
    assert len(batches) == 3  # 1,999 share two; whether a value may be empty nobody knows
    told = {
        str(number): filled(
            batch.body,
            {key: values[str(number)] for key, values in (batch.parameters or {}).items()},
        )
        for batch in batches
        for number in batch.to
    }
    assert told == {row.number: row.text for row in job.rows()}
    assert told["+46700000001"] == "Hello Guest 1, see you at 10:00 for $5"
    sandbox.advance(60)  # Sinch fails those for whom there is no value
    assert job.reconcile(client).failed == 1


@pytest.mark.parametrize(
    ("text", "name", "shared"),
    [
        ("Hello ${name}", "x" * 160, True),
        ("$name has $$5", "Åsa 🎈", True),
        ("Hello ${name}", "x" * 161, False),  # longer than a value may be
        ("Hello ${name}", "", False),  # whether it may be empty is not documented
        ("Hello ${name}", "${name}", False),  # nor whether it is filled in again
        ("$$${name}", "5", False),  # nor what $${ is
        ("$${name} ${name}", "x", False),  # not a place: ${name} itself
        ("x" * 1999 + "$name", "A", False),  # longer than a text may be, before it is filled in
        ("x" * 1850 + "$name", "A" * 151, False),  # and afterwards
    ],
)
def test_what_sinch_might_read_otherwise_is_written_out(text: str, name: str, shared: bool) -> None:
    [found] = recipients([{"number": "+46700000001", "name": name}], MessageSender(), text)
    assert bool(found.parameters) is shared
    assert filled(found.text, found.parameters) == Template(text).substitute(name=name)


@given(text=st.text("${}a name.\n"), name=st.text("${}name", max_size=200))
def test_shared_or_written_out_everybody_gets_the_same_text(text: str, name: str) -> None:
    template = Template(text)
    assume(template.is_valid() and {*template.get_identifiers()} <= {"name", "a"})
    row = {"number": "+46700000001", "name": name, "a": "b"}
    [found] = recipients([row], MessageSender(), text)
    assert filled(found.text, found.parameters) == template.substitute(row)


def test_killed_at_random_and_nobody_stays_unknown(
    sandbox: Sandbox, client: Any, sqlite_journal: str, start_worker: Start
) -> None:
    people, kills = 300, 4
    job = MessageJob.create(sqlite_journal, name="n", grace=0)
    job.add(rows(people, texts=100))  # three recipients a request
    sandbox.add_faults(
        "lost-response,match=/batches,chance=0.05", "latency,match=/batches,seconds=0.03"
    )
    chance = random.Random(3)
    start = lambda: start_worker(sqlite_journal, "blocking", 3, url=sandbox.url)  # noqa: E731
    running = [start() for _ in range(2)]
    for kill in range(kills):
        goal = people * (kill + 1) // (kills + 2)
        while people - job.status().left < goal:
            time.sleep(0.01)
        victim = running.pop(chance.randrange(len(running)))
        victim.kill()
        victim.communicate()
        running.append(start())
    for worker in running:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors

    unknown = job.status().unknown
    assert unknown > 0
    sandbox.clear_faults()
    asked = job.reconcile(client)
    assert (asked.found + asked.not_sent, asked.cannot_ask) == (unknown, 0)
    report = job.run(client)  # who was not sent to goes out now
    done = report.sent + report.delivered + report.failed
    assert (report.unknown, report.refused, done, report.total) == (0, 0, people, people)
    assert received(client) == Counter(number for number, _ in rows(people))
    ids = {str(number): batch.id for batch in client.messages.list() for number in batch.to}
    assert {row.number: row.result for row in job.rows()} == ids
