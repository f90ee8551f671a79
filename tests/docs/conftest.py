"""A sandbox behind the environment variables that the documents tell readers to set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sinch.sandbox import Sandbox, Settings, Timings

ROOT = Path(__file__).resolve().parents[2]
#: Nothing takes time, except speaking: a call that is steered in an example must still be there.
TIMINGS = Timings(
    sms_delivery=timedelta(0),
    ringing=timedelta(0),
    answering=timedelta(0),
    speaking=timedelta(minutes=10),
    custom_call=timedelta(minutes=10),
)


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with Sandbox(settings=Settings(timings=TIMINGS)) as running:
        monkeypatch.setenv("SINCH_APPLICATION_KEY", running.application_key)
        monkeypatch.setenv("SINCH_APPLICATION_SECRET", running.application_secret)
        monkeypatch.setenv("SINCH_SERVICE_PLAN_ID", running.service_plan_id)
        monkeypatch.setenv("SINCH_API_TOKEN", running.api_token)
        monkeypatch.setenv("SINCH_WEBHOOK_SECRET", running.webhook_secret)
        monkeypatch.setenv("SINCH_BASE_URL", running.url)
        # delivery reports may be asked for; nobody takes them
        running.state.targets.messages = "http://127.0.0.1:9/sinch"
        yield running
