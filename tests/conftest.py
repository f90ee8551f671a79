"""What every test may use: both clients behind one surface, servers, and no silent skips in CI."""

from __future__ import annotations

import inspect
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from sinch import AsyncSinchClient, RetryPolicy, SinchClient

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="

# a busy machine is no fault of the code; speed has benchmarks of its own
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

#: Retries without waiting, so that tests of them are quick.
QUICK = RetryPolicy(attempts=3, initial_delay=0, max_delay=0, jitter=False)


@pytest.fixture
def settle() -> Callable[[Any], Awaitable[Any]]:
    """Await what the asyncio client gives, pass on what the blocking one gives."""

    async def settle_(value: Any) -> Any:
        return await value if inspect.isawaitable(value) else value

    return settle_


@pytest.fixture(params=["blocking", "async"])
async def make_client(request: pytest.FixtureRequest) -> AsyncIterator[Callable[..., Any]]:
    """Make clients of one kind; the test runs once for each kind. All are closed afterwards."""
    kind = SinchClient if request.param == "blocking" else AsyncSinchClient
    made: list[Any] = []

    def make(**options: Any) -> Any:
        client = kind(
            options.pop("key", KEY), options.pop("secret", SECRET), **{"retry": QUICK, **options}
        )
        made.append(client)
        return client

    yield make
    for client in made:
        closing = client.close()
        if inspect.isawaitable(closing):
            await closing


# --- skips ----------------------------------------------------------------------------------------

#: What no installation cures; anything else that is skipped in CI (CI=true) has failed.
MAY_BE_SKIPPED = (
    "the server hands over the path decoded",
    "the server knows no chunks",
    "WSGI does not tell",
    "the framework reads the whole body first",
    "signals of POSIX",
    "this platform has no fork",
    "this system has no /proc",
    "the Node SDK test needs node and npm",
    "npm did not install",
    "npm cannot install",
    "pip reaches no package index",
    "the oldest Python is enough for this",
    "hatchling is not installed here, and pip reaches no package index",
)


def _fail_where_skipped(report: Any) -> None:
    if os.environ.get("CI") != "true" or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith(MAY_BE_SKIPPED):
        report.outcome = "failed"
        report.longrepr = (
            f"Skipped in CI: {reason}. Install what it needs (.ci/install), "
            "or list the reason in tests/conftest.py"
        )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped for want of a server, a browser or a package fails in CI."""
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a file that is skipped as a whole."""
    report = yield
    _fail_where_skipped(report)
    return report


# --- Django can be configured once in a process ------------------------------------------------------


@pytest.fixture(scope="session")
def django_project() -> None:
    """A project in memory with the views that a test puts into ``settings.ROOT_URLCONF.urlpatterns``."""
    import django
    from django.conf import settings

    urls, backends = ModuleType("urls"), "django.core.cache.backends."
    urls.urlpatterns = []  # type: ignore[attr-defined]
    settings.configure(
        ALLOWED_HOSTS=["testserver"],
        SECRET_KEY="x",
        ROOT_URLCONF=urls,
        INSTALLED_APPS=["sinch.web.django.SinchConfig"],
        CACHES={
            "default": {"BACKEND": backends + "locmem.LocMemCache"},
            "dummy": {"BACKEND": backends + "dummy.DummyCache"},
            "table": {"BACKEND": backends + "db.DatabaseCache", "LOCATION": "seen"},
        },
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    django.setup()


# --- servers and a browser: each process of tests starts its own, on a socket in a folder of its own --------------


CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium refuses to start as root otherwise
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine; one for all, since Playwright starts once in a thread."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis that only these tests reach; skipped where none is installed."""
    pytest.importorskip("redis", reason="the package redis is not installed")
    server = shutil.which("redis-server") or shutil.which("valkey-server")
    if server is None:
        pytest.skip("there is no redis-server: apt-get install redis-server")
    with tempfile.TemporaryDirectory(prefix="sinch-") as folder:
        path = f"{folder}/redis"
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no"]
        with _running([server, *options], folder, path):
            yield f"unix://{path}?db=0"


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """An empty PostgreSQL database that only these tests reach; skipped where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("there is no PostgreSQL: apt-get install postgresql")
    # it refuses to run as root
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="sinch-") as folder:
        if user is not None:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        make = [initdb, "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(make, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        server = str(Path(initdb).resolve().with_name("postgres"))
        options = ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        with _running([server, *options], folder, f"{folder}/.s.PGSQL.5432", user):
            _wait_until_ready([str(Path(server).with_name("pg_isready")), "-q", "-h", folder])
            yield f"host={folder} user=postgres dbname=postgres"


def _wait_until_ready(ask: list[str]) -> None:
    """PostgreSQL listens before it takes anybody in."""
    deadline = time.monotonic() + 30
    while subprocess.run(ask, check=False).returncode:
        assert time.monotonic() < deadline, "PostgreSQL does not get ready"
        time.sleep(0.05)


@contextmanager
def _running(command: list[str], folder: str, path: str, user: str | None = None) -> Iterator[None]:
    """Run a server until the end, from the moment its socket takes connections."""
    log = Path(folder, "log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, user=user, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        end = time.monotonic() + 20
        while not _listens(path):
            # a server that is there and does not start is no reason to skip
            assert process.poll() is None, log.read_text(errors="replace")
            assert time.monotonic() < end, log.read_text(errors="replace")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0
