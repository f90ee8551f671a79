"""Journals of both kinds, a platform that counts, and workers in processes of their own."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from sinch.bulk.opening import Kept

from .memory import MemoryStore
from .platform import Platform, serving

ROOT = Path(__file__).parents[2]


@pytest.fixture
def platform() -> Iterator[Platform]:
    with serving(Platform()) as running:
        yield running


@pytest.fixture
def postgres_url(postgres_dsn: str) -> Iterator[str]:
    """A schema of its own in the database of all tests."""
    psycopg = pytest.importorskip("psycopg", reason="the package psycopg is not installed")
    schema = f"t{uuid.uuid4().hex[:10]}"
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    host = dict(part.split("=", 1) for part in postgres_dsn.split())["host"]
    options = quote(f"-csearch_path={schema}")
    yield f"postgresql://postgres@/postgres?host={quote(host, safe='')}&options={options}"
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", "postgres", "own"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """Every test with it runs once for each database, and for a store of one's own."""
    if request.param == "own":
        return MemoryStore().open
    if request.param == "sqlite":
        return str(tmp_path / "journal.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def sqlite_journal(tmp_path: Path) -> str:
    return str(tmp_path / "journal.db")


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_worker(platform: Platform) -> Iterator[Start]:
    """Start a process that runs the only job of a journal."""
    started: list[subprocess.Popen[str]] = []

    def start(journal: str, kind: str = "blocking", concurrency: int = 4) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.bulk.worker"]
        process = subprocess.Popen(
            [*command, journal, platform.url, kind, str(concurrency)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
