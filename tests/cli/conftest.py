"""The command as people run it, against a sandbox on a socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from sinch.cli import main
from sinch.sandbox import Sandbox

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
KEYS = {"SINCH_APPLICATION_KEY": KEY, "SINCH_APPLICATION_SECRET": SECRET}
#: What would reach into a test from outside.
CLEAN = dict.fromkeys(
    (
        "SINCH_BASE_URL",
        "SINCH_PROFILE",
        "SINCH_SERVICE_PLAN_ID",
        "SINCH_API_TOKEN",
        "SINCH_SMS_REGION",
        "http_proxy",
        "https_proxy",
    )
)


@attrs.frozen
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error of a command with --json."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


Run = Callable[..., Done]


def run(*words: str, stdin: str | None = None, env: dict[str, str | None] | None = None) -> Done:
    """Run ``sinch WORDS``; secrets never show, whatever comes out."""
    surroundings: dict[str, str | None] = {**CLEAN, **KEYS, **(env or {})}
    result = CliRunner().invoke(main, [*words], input=stdin, env=surroundings)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    secret = surroundings.get("SINCH_APPLICATION_SECRET") or SECRET
    assert secret not in result.output
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    with Sandbox(key=KEY, secret=SECRET, numbers=("+46700000001",)) as running:
        yield running


@pytest.fixture
def sinch(server: Sandbox) -> Run:
    """Run a command against the sandbox."""

    def run_there(*words: str, env: dict[str, str | None] | None = None, **options: Any) -> Done:
        return run(*words, env={"SINCH_BASE_URL": server.url, **(env or {})}, **options)

    return run_there
