"""The pytest plugin: fixtures, transcripts of failed tests, and the coverage of menus.

Registered by the entry point ``pytest11``, so it is imported in every pytest run where the package
is installed: it imports nothing of the package's own until a fixture is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from sinch.testing.watching import OPTION, Watch

if TYPE_CHECKING:
    from sinch.aio import AsyncSinchClient
    from sinch.client import SinchClient
    from sinch.sandbox import Sandbox
    from sinch.testing.async_phone import AsyncPhone
    from sinch.testing.clock import FrozenClock
    from sinch.testing.phone import Phone
    from sinch.testing.sandbox import LocalSandbox
    from sinch.testing.signing import SignedRequest

__tracebackhide__ = True


# --- fixtures -------------------------------------------------------------------------------------


@pytest.fixture
def sinch_credentials() -> tuple[str, str]:
    """Key and secret of the sandbox; override it to use those of your application's settings."""
    from sinch.testing.sandbox import KEY, SECRET

    return KEY, SECRET


@pytest.fixture
def sinch_sandbox(sinch_credentials: tuple[str, str]) -> Iterator[LocalSandbox]:
    """Sinch inside the test, without a port: a fresh ``LocalSandbox`` for each test."""
    from sinch.testing.sandbox import LocalSandbox

    key, secret = sinch_credentials
    with LocalSandbox(key=key, secret=secret) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sinch_sandbox: LocalSandbox) -> LocalSandbox:
    """Short for ``sinch_sandbox``; a fixture of your own with this name takes its place."""
    return sinch_sandbox


@pytest.fixture
def sinch_server(sinch_credentials: tuple[str, str]) -> Iterator[Sandbox]:
    """A sandbox that really runs: on a port of loopback, in real time, in a thread."""
    from sinch.sandbox import Sandbox

    key, secret = sinch_credentials
    with Sandbox(key=key, secret=secret) as running:
        yield running


@pytest.fixture
def sinch_client(sinch_sandbox: LocalSandbox) -> Iterator[SinchClient]:
    """A blocking client of ``sinch_sandbox``."""
    with sinch_sandbox.client() as client:
        yield client


@pytest.fixture
def async_sinch_client(sinch_sandbox: LocalSandbox) -> AsyncSinchClient:
    """An asyncio client of ``sinch_sandbox``; it holds no connection, so nothing is to be closed."""
    return sinch_sandbox.async_client()


@pytest.fixture
def sinch_environment(
    sinch_sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Make ``SinchClient()`` and ``CallbackVerifier()`` without arguments use ``sinch_sandbox``.

    Sets the three environment variables for the test, and opens a port for the sandbox.
    """
    variables = {
        "SINCH_APPLICATION_KEY": sinch_sandbox.application_key,
        "SINCH_APPLICATION_SECRET": sinch_sandbox.application_secret,
        "SINCH_BASE_URL": sinch_sandbox.url,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def sinch_clock() -> FrozenClock:
    """A clock that stands at noon UTC of 1 January 2026 until the test moves it."""
    from sinch.testing.clock import FrozenClock

    return FrozenClock()


@pytest.fixture
def sinch_phone(sinch_sandbox: LocalSandbox) -> Iterator[Callable[..., Phone]]:
    """Make phones of ``sinch_sandbox``: ``sinch_phone(target, "/sinch")``; closed afterwards."""
    made: list[Phone] = []

    def phone(target: Any, path: str | None = None, **options: Any) -> Phone:
        made.append(sinch_sandbox.phone(target, path, **options))
        return made[-1]

    yield phone
    for one in made:
        one.close()


@pytest.fixture
def async_sinch_phone(sinch_sandbox: LocalSandbox) -> Callable[..., AsyncPhone]:
    """Make phones for an event loop; use them in ``async with`` if the target has to be served."""
    return sinch_sandbox.async_phone


@pytest.fixture
def sinch_signed_request(
    sinch_credentials: tuple[str, str],
) -> Callable[..., SignedRequest]:
    """``signed_request()`` with the credentials of the sandbox."""
    from sinch.testing.signing import signed_request

    def sign(event: Any, path: str = "/sinch", **options: Any) -> SignedRequest:
        options.setdefault("credentials", sinch_credentials)
        return signed_request(event, path, **options)

    return sign


# --- options --------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch for the coverage of menus."""
    parser.getgroup("sinch").addoption(
        "--sinch-menu-coverage",
        action="store_true",
        default=None,
        dest=OPTION,
        help="report the menu options that no phone has walked",
    )
    parser.addini(OPTION, "report the menu options that no phone has walked", "bool", False)


def pytest_configure(config: pytest.Config) -> None:
    """Watch phones from now on."""
    config.pluginmanager.register(Watch(config), "sinch-watch")
