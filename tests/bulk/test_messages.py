"""Jobs over the SMS REST API: few requests, and after any crash nobody is left unknown."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from string import Template
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sinch import SinchClient
from sinch.bulk import MessageJob, MessageSender, SmsSender
from sinch.bulk.personal import filled
from sinch.bulk.rows import recipients

from .conftest import Start
from .platform import Platform
from .worker import KEYS


@pytest.fixture
def client(platform: Platform) -> Iterator[Any]:
    with SinchClient(**KEYS, base_url=platform.url) as client:
        yield client


def rows(count: int, texts: int = 1) -> list[tuple[str, str]]:
    return [(f"+4670{place:07}", f"Hello {place % texts}") for place in range(count)]


def test_a_thousand_recipients_of_one_text_are_one_request(
    platform: Platform, client: Any, sqlite_journal: str
) -> None:
    job = MessageJob.create(sqlite_journal, name="n", sender="Acme", delivery_report="full")
    job.add(rows(5000))
    assert job.run(client, concurrency=3).sent == 5000

    assert (len(platform.batches), platform.sent, platform.twice) == (5, 5000, [])
    first = next(iter(platform.batches.values()))
    assert (first["from"], first["body"], first["delivery_report"]) == ("Acme", "Hello 0", "full")
    found = job.reconcile(client)
    assert (found.delivered, found.failed, found.open) == (4500, 500, 0)
    assert job.status().failures == {"Rejected 408": 500}


def told(platform: Platform) -> dict[str, str]:
    """The text that each number gets, filled in as Sinch does it."""
    found: dict[str, str] = {}
    for asked in platform.batches.values():
        for number in asked["to"]:
            found[number] = asked["body"]
            for key, values in asked["parameters"].items():
                found[number] = found[number].replace("${" + key + "}", values[number])
    return found


def test_texts_of_ones_own_share_requests_as_parameters(
    platform: Platform, client: Any, sqlite_journal: str
) -> None:
    job = MessageJob.create(sqlite_journal, name="n")
    guests = [
        {"number": f"+4670{place:07}", "name": f"Guest {place}", "time_of_the_appointment": "10:00"}
        for place in range(3000)
    ]
    job.add(guests, text="Hello ${name}, see you at $time_of_the_appointment for $$5")
    assert job.run(client, concurrency=2).sent == 3000

    assert (len(platform.batches), platform.sent, platform.twice) == (3, 3000, [])
    assert told(platform) == {row.number: row.text for row in job.rows()}
    assert next(job.rows()).text == "Hello Guest 0, see you at 10:00 for $5"
    assert (
        job.add(guests, text="Hello ${name}, see you at $time_of_the_appointment for $$5").new == 0
    )


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


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Hello ${name}", {"number": "+46700000001", "name": "${foo}"}),
        ("Hi $$${name}!", {"number": "+46700000001", "name": "{name}"}),
        ("Literally $${name}", {"number": "+46700000001"}),
        (None, ("+46700000001", "Hello ${name}")),
    ],
)
def test_what_sinch_would_take_for_a_parameter_is_refused(text: Any, row: Any) -> None:
    [found] = recipients([row], MessageSender(), text)
    assert "takes that for a parameter" in found.refused
    [found] = recipients([row], SmsSender(), text)
    assert not found.refused


def test_values_of_columns_need_not_be_text() -> None:
    row = {"number": "+46700000001", "points": 0, "note": None}
    for sender in (MessageSender(), SmsSender()):
        [found] = recipients([row], sender, "You have ${points}.${note}")
        assert filled(found.text, found.parameters) == "You have 0."


@given(text=st.text("${}a name.\n"), name=st.text("${}name", max_size=200))
def test_shared_or_written_out_everybody_gets_the_same_text(text: str, name: str) -> None:
    template = Template(text)
    assume(template.is_valid() and {*template.get_identifiers()} <= {"name", "a"})
    row = {"number": "+46700000001", "name": name, "a": "b"}
    [found] = recipients([row], MessageSender(), text)
    assert filled(found.text, found.parameters) == template.substitute(row)


def test_killed_at_random_and_nobody_stays_unknown(
    platform: Platform, client: Any, sqlite_journal: str, start_worker: Start
) -> None:
    people, kills = 300, 4
    job = MessageJob.create(sqlite_journal, name="n", grace=0)
    job.add(rows(people, texts=100))  # three recipients a request
    platform.cut, platform.latency = 0.05, 0.03
    chance = random.Random(3)
    running = [start_worker(sqlite_journal, "blocking", 3) for _ in range(2)]
    for kill in range(kills):
        goal = people * (kill + 1) // (kills + 2)
        while platform.sent < goal:
            time.sleep(0.005)
        victim = running.pop(chance.randrange(len(running)))
        victim.kill()
        victim.communicate()
        running.append(start_worker(sqlite_journal, "blocking", 3))
    for worker in running:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors

    unknown = job.status().unknown
    assert unknown > 0
    platform.cut = 0.0
    found = job.reconcile(client)
    assert (found.found + found.not_sent, found.cannot_ask) == (unknown, 0)
    report = job.run(client)  # who was not sent to goes out now

    done = report.sent + report.delivered + report.failed
    assert (report.unknown, report.refused, done, report.total) == (0, 0, people, people)
    assert platform.twice == []
    assert len(platform.counts) == people
    ids = {number: batch for batch, asked in platform.batches.items() for number in asked["to"]}
    assert {row.number.lstrip("+"): row.result for row in job.rows()} == {
        number.lstrip("+"): batch for number, batch in ids.items()
    }
