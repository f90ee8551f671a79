"""What somebody sees who tries things at a prompt: names, representations, and a log."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sinch
from sinch import SinchClient
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.sandbox import Sandbox
from sinch.svaml import Svaml

CLIENT = SinchClient("key", "c2VjcmV0", base_url="http://127.0.0.1:1")
ROUTER = CallbackRouter(CallbackVerifier("key", "c2VjcmV0"))


@ROUTER.pie(menu="main")
def chosen(event: object) -> None:
    """Do nothing."""


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (CLIENT, "<SinchClient key at http://127.0.0.1:1>"),
        (CLIENT.sms, "<Sms: (number, text, cli), get_status, segments>"),
        (CLIENT.calls, "<Calls: (call_id)>"),
        (CLIENT.callouts, "<Callouts: conference, custom, menu, tts>"),
        (ROUTER, "<CallbackRouter: pie of main>"),
        (ROUTER.verifier, "<CallbackVerifier of key: within 300 s>"),
        (Svaml(), "Svaml(locale=Locale('en-US'))"),
        (Sandbox(key="key"), "<Sandbox not running: key>"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_representation_says_what_it_is_good_for(thing: object, shown: str) -> None:
    assert repr(thing) == shown


def test_dir_shows_what_is_offered_and_no_more() -> None:
    assert {name for name in dir(sinch) if not name.startswith("__")} == set(sinch.__all__)


SEND = (
    "from sinch import SinchClient, RetryPolicy, SinchError\n"
    "client = SinchClient('key', 'c2VjcmV0', base_url='http://127.0.0.1:1', retry=RetryPolicy.none())\n"
    "try: client.sms('+46700000033', 'a private text').send()\n"
    "except SinchError: pass\n"
)


@pytest.mark.parametrize(
    ("level", "before", "lines"),
    [
        ("debug", "", 1),
        ("DEBUG", "", 1),
        ("info", "", 0),
        ("", "", 0),
        ("debug", "import logging; logging.basicConfig(format='mine: %(message)s')\n", 1),
    ],
)
def test_the_log_of_the_environment(level: str, before: str, lines: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", before + SEND],
        capture_output=True, text=True, check=True, env={**os.environ, "SINCH_LOG": level},
    )  # fmt: skip

    assert len(done.stderr.splitlines()) == lines, done.stderr
    assert "46700000033" not in done.stderr
    assert "private" not in done.stderr
    assert ("mine: " in done.stderr) is bool(before)


def test_a_level_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINCH_LOG", "loud")

    with pytest.raises(sinch.ConfigurationError, match="SINCH_LOG must be debug, info"):
        SinchClient("key", "c2VjcmV0")
    with pytest.raises(sinch.ConfigurationError, match="SINCH_LOG"):
        CallbackRouter(ROUTER.verifier)


EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"


@pytest.mark.parametrize(
    "program",
    [p for p in sorted(EXAMPLES.glob("*.py")) if "sys.argv" in p.read_text()],
    ids=lambda p: p.name,
)
def test_an_example_without_arguments_prints_its_usage(program: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "Usage: python " in done.stderr
    assert "Traceback" not in done.stderr
