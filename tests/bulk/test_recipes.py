"""The recipes of docs/bulk.md, word for word, on the real thing: a thousand ways to lend a process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sinch.bulk import SmsJob

from .conftest import ROOT
from .platform import Platform

PAGE = ROOT / "docs" / "bulk.md"
PEOPLE = 60


def recipe(heading: str) -> str:
    """The block below a heading; ten lines are promised, not counting imports and empty ones."""
    section = PAGE.read_text(encoding="utf-8").split(f"### {heading}\n")[1].split("\n### ")[0]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert code is not None
    lines = [line for line in code[1].splitlines() if line and "import " not in line]
    assert len(lines) <= 10
    return code[1]


@pytest.fixture
def job(sqlite_journal: str) -> SmsJob:
    job = SmsJob.create(sqlite_journal, name="november")
    job.add((f"+4670{place:07}", "Hello") for place in range(PEOPLE))
    return job


@pytest.fixture
def environment(
    platform: Platform, sqlite_journal: str, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    found = {
        "SINCH_APPLICATION_KEY": "key",
        "SINCH_APPLICATION_SECRET": "c2VjcmV0",
        "SINCH_BASE_URL": platform.url,
        "JOURNAL": sqlite_journal,
    }
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    return {**os.environ, **found}


def test_dramatiq(job: SmsJob, platform: Platform, environment: dict[str, str]) -> None:
    dramatiq = pytest.importorskip("dramatiq", reason="the package dramatiq is not installed")
    from dramatiq.brokers.stub import StubBroker

    broker = StubBroker()
    dramatiq.set_broker(broker)
    names: dict[str, object] = {}
    exec(recipe("Dramatiq").replace("seconds=30", "seconds=30, size=20"), names)
    actor = names["send_slice"]
    worker = dramatiq.Worker(broker, worker_timeout=50, worker_threads=2)
    worker.start()
    try:
        for _ in range(2):
            actor.send("november")  # type: ignore[attr-defined]
        broker.join("default", timeout=20_000)
    finally:
        worker.stop()
        broker.close()

    assert (job.status().sent, platform.sent, platform.twice) == (PEOPLE, PEOPLE, [])


def test_django(
    job: SmsJob, platform: Platform, environment: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("django_tasks_db", reason="the package django-tasks-db is not installed")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    code = recipe("Django's tasks").replace("seconds=30", "seconds=30, size=20")
    (tmp_path / "shop" / "tasks.py").write_text(code)
    (tmp_path / "project.py").write_text(PROJECT)
    command = [sys.executable, "project.py"]
    run = {"cwd": tmp_path, "env": {**environment, "PYTHONPATH": _path(tmp_path)}, "timeout": 60}
    subprocess.run([*command, "begin"], check=True, **run)  # type: ignore[call-overload]
    work = [*command, "db_worker", "--batch", "--interval", "0"]
    while not job.status().complete:
        subprocess.run(work, check=True, capture_output=True, **run)  # type: ignore[call-overload]

    assert (job.status().sent, platform.sent, platform.twice) == (PEOPLE, PEOPLE, [])


def test_cron(job: SmsJob, platform: Platform, environment: dict[str, str], tmp_path: Path) -> None:
    program = tmp_path / "send_slice.py"
    program.write_text(recipe("cron"))
    command = [sys.executable, str(program), "november"]
    platform.latency = 0.01
    overlapping = [subprocess.Popen(command, env=environment, cwd=ROOT) for _ in range(2)]
    assert [one.wait(30) for one in overlapping] == [0, 0]

    assert (job.status().sent, platform.sent, platform.twice) == (PEOPLE, PEOPLE, [])


PROJECT = """
import os, sys
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django_tasks", "django_tasks_db", "shop"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}},
    TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
    SINCH_JOURNAL=os.environ["JOURNAL"], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
from django.core.management import call_command, execute_from_command_line

if sys.argv[1] == "begin":
    from shop.tasks import work_on

    call_command("migrate", verbosity=0)
    work_on.enqueue("november")
else:
    execute_from_command_line(sys.argv)
"""


def _path(folder: Path) -> str:
    return os.pathsep.join([str(folder), str(ROOT), str(ROOT / "generated")])
