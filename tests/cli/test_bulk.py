"""``sinch bulk``: a file in, a journal that remembers, and counts out."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sinch.bulk import Job

from ..bulk.platform import Platform, serving
from .conftest import KEYS, run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def platform() -> Iterator[Platform]:
    with serving(Platform()) as running:
        yield running


@pytest.fixture
def journal(tmp_path: Path) -> str:
    return str(tmp_path / "journal.db")


@pytest.fixture
def bulk(platform: Platform, journal: str) -> Callable[..., Any]:
    """Run a command of the group against the platform, with the journal named by its variable."""

    def bulk_(*words: str, stdin: str | None = None, plan: str = "4c1f2a93d1e4427a") -> Any:
        env = {"SINCH_BASE_URL": platform.url, "SINCH_BULK_JOURNAL": journal}
        if plan:
            env |= {"SINCH_SERVICE_PLAN_ID": plan, "SINCH_API_TOKEN": "0f1e2d3c4b5a6978"}
        return run("bulk", *words, stdin=stdin, env=env)

    return bulk_


def guests(tmp_path: Path, count: int = 20) -> str:
    file = tmp_path / "guests.csv"
    lines = [f"+4670{place:07};Åsa {place};k{place}" for place in range(1, count + 1)]
    file.write_text("\n".join(["number;name;key", *lines]), encoding="utf-8-sig")
    return str(file)


def test_run_sends_and_running_again_resumes(
    bulk: Callable[..., Any], platform: Platform, tmp_path: Path, journal: str
) -> None:
    file = guests(tmp_path)
    first = bulk("run", file, "--text", "Hello ${name}, 5 $$", "--rate", "500", "--json")
    again = bulk("run", file, "--text", "Hello ${name}, 5 $$")

    assert (first.code, again.code) == (0, 0), first.err + again.err
    assert first.json["sent"] == first.json["total"] == platform.sent == 20
    assert first.json["name"] == "guests"
    assert "20 of 20: 20 sent, 0 unknown" in again.err  # no terminal: lines
    row = next(Job.open(journal).rows())
    assert (row.text, row.key) == ("Hello Åsa 1, 5 $", "k1")


def test_a_file_of_another_name_sends_to_nobody_twice(
    bulk: Callable[..., Any], platform: Platform, tmp_path: Path
) -> None:
    file = Path(guests(tmp_path))
    assert bulk("run", str(file), "--text", "Hi").code == 0
    corrected = str(file.rename(tmp_path / "corrected.csv"))
    refused = bulk("run", corrected, "--text", "Hi")
    assert (refused.code, platform.sent) == (2, 20)
    assert "--name guests goes on with it, --name corrected begins another" in refused.err
    assert bulk("run", corrected, "--text", "Hi", "--name", "guests").code == 0
    assert platform.sent == 20
    bulk("cancel", "--yes")
    cancelled = bulk("run", corrected, "--text", "Bye", "--name", "guests")
    assert (cancelled.code, "guests was cancelled" in cancelled.err) == (2, True)
    assert bulk("status", "--json").json["total"] == 20


def test_a_journal_that_fails_under_way_is_told_without_a_traceback(
    bulk: Callable[..., Any], platform: Platform, tmp_path: Path, journal: str
) -> None:
    file = guests(tmp_path)
    bulk("run", file, "--text", "Hi")
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("DROP TABLE sinch_bulk_suppressed")
    failing = bulk("suppress", journal, "+46700000001")
    assert (failing.code, failing.err.startswith("Error: the journal fails: no such table")) == (
        1,
        True,
    )
    running = bulk("run", "-", "--name", "guests", stdin="number,text\n+46700000099,Hi\n")
    assert (running.code, "goes on" in running.err) == (5, True)


def test_personal_messages_share_requests(
    bulk: Callable[..., Any], platform: Platform, tmp_path: Path
) -> None:
    done = bulk("run", guests(tmp_path), "--kind", "messages", "--text", "Hello ${name}, 5 $$")
    assert done.code == 0, done.err
    [asked] = platform.batches.values()
    assert (asked["body"], len(asked["to"])) == ("Hello ${name}, 5 $", 20)
    assert asked["parameters"]["name"]["+46700000001"] == "Åsa 1"


def test_keys_that_are_missing_use_nobody_up(bulk: Callable[..., Any], tmp_path: Path) -> None:
    done = bulk("run", guests(tmp_path), "--kind", "messages", "--text", "Hi", plan="")
    assert (done.code, "service_plan_id is missing" in done.out) == (2, True)
    assert bulk("run", "--kind", "messages", "--json").json["sent"] == 20


def test_the_exit_code_says_what_is_left(
    bulk: Callable[..., Any], platform: Platform, tmp_path: Path
) -> None:
    platform.refuse = lambda number: (402, {"errorCode": 40200, "message": "Not enough credit"})
    stopped = bulk("run", guests(tmp_path), "--text", "Hi")
    assert stopped.code == 3
    assert "paused: PaymentRequired 40200" in stopped.err
    platform.refuse = lambda number: (400, {}) if number.endswith("1") else None
    assert bulk("run").code == 1  # without a file the job of the journal goes on
    assert bulk("status", "--json").json["refusals"] == {"BadRequest": 2}
    platform.cut = 1.0
    assert bulk("run", "-", "--name", "more", stdin="number,text\n+46700009999,Hi\n").code == 5


def test_status_pause_resume_cancel_and_export(
    bulk: Callable[..., Any], platform: Platform, tmp_path: Path, journal: str
) -> None:
    from sinch.bulk import SmsJob

    SmsJob.create(journal, name="guests").add([("+46700000001", "Hi"), ("+46700000003", "Hi")])
    counts = bulk("status", "--json").json
    assert {"pending", "in_flight", "sent", "refused", "unknown", "delivered", "failed"} < {*counts}
    assert (counts["pending"], counts["total"]) == (2, 2)
    assert bulk("pause", "--json").json["state"] == "paused"
    assert bulk("resume", "--json").json["state"] == "running"
    assert bulk("suppress", journal, "+46700000009").code == 0
    assert bulk("run").code == 0
    assert bulk("reconcile", "--json").json["delivered"] == 1
    [failed] = csv.DictReader(io.StringIO(bulk("export", "--state", "failed").out))
    assert failed["number"] == "+46700000003"
    assert len(bulk("export", "--format", "jsonl").out.splitlines()) == 2
    target = tmp_path / "out.csv"
    assert bulk("export", "-o", str(target)).code == 0
    assert len(target.read_text().splitlines()) == 3
    assert bulk("cancel", "--yes", "--json").json["state"] == "cancelled"
    assert bulk("resume").code == 2


@pytest.mark.parametrize(
    ("words", "stdin", "told"),
    [
        (["run", "-"], "number\n+46700000001\n", "needs a column text or --text"),
        (["run", "-", "--text", "Hi ${nam}"], "number,name\n", "needs a column nam"),
        (["run", "-", "--text", "Hi $"], "number\n", "write $$"),
        (["run", "-", "--text", "Hi"], "", "its first line names none"),
        (["run", "-", "--text", "Hi", "--rate", "0"], "number\n", "rate must be"),
        (["status"], None, "does not exist"),
        (["export", "--state", "lost"], None, "one of pending"),
    ],
)
def test_wrong_use_makes_no_journal(
    bulk: Callable[..., Any], journal: str, words: list[str], stdin: str | None, told: str
) -> None:
    done = bulk(*words, stdin=stdin)
    assert done.code == 2
    assert told in done.err
    assert not Path(journal).exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_bar_on_a_terminal_and_ctrl_c_drains(
    platform: Platform, tmp_path: Path, journal: str
) -> None:
    platform.latency = 0.05
    near, far = pty.openpty()
    words = ["run", guests(tmp_path, 1000), "--text", "Hi", "--concurrency", "4"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sinch", "bulk", *words, "--journal", journal, "--json"],
        cwd=ROOT, stderr=far, stdout=subprocess.PIPE,
        env={**os.environ, **KEYS, "SINCH_BASE_URL": platform.url, "TERM": "xterm"},
        # a shell ignores Ctrl-C for what it starts in the background, and that is inherited
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    os.close(far)
    end = time.monotonic() + 20
    while platform.sent < 20 and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    shown = b""
    while True:
        try:
            shown += os.read(near, 4096)
        except OSError:  # the other end is closed
            break
    process.communicate(timeout=20)
    os.close(near)

    counts = Job.open(journal).status()
    assert process.returncode not in (0, None)
    assert "/1000" in shown.decode()
    assert "━" in shown.decode()
    assert (counts.unknown, counts.in_flight) == (0, 0)
    assert counts.sent == platform.sent < 1000
    assert json.loads(json.dumps(counts.as_dict()))["pending"] == 1000 - counts.sent
