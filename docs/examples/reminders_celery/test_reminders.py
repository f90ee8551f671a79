"""The tasks, run at once in this process, against a Sinch inside the test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reminders import store, tasks
from sinch import OutcomeUnknown
from sinch.errors import ServerError
from sinch.testing import LocalSandbox

TOMORROW = datetime.now(UTC) + timedelta(hours=20)


@pytest.fixture
def sinch(
    sinch_sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> LocalSandbox:
    """A fresh Sinch, a fresh database, and tasks that run where they are called."""
    monkeypatch.setenv("REMINDERS_DB", str(tmp_path / "reminders.db"))
    monkeypatch.setattr(tasks, "sinch_client", sinch_sandbox.client)
    tasks.app.conf.update(task_always_eager=True, task_eager_propagates=True)
    return sinch_sandbox


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The looks after messages that are to come: these would wait a minute."""
    queued: list[Any] = []
    monkeypatch.setattr(
        tasks.look_after, "apply_async", lambda arguments, **_: queued.append(arguments)
    )
    return queued


def test_everybody_of_tomorrow_is_reminded_once(sinch: LocalSandbox, later: list[Any]) -> None:
    store.add("+61491570156", TOMORROW)
    store.add("+61491570157", TOMORROW + timedelta(days=7))  # not yet

    assert tasks.remind_all() == 1
    assert tasks.remind_all() == 0
    (message,) = sinch.messages
    assert message.number == "+61491570156"
    assert message.text.startswith("See you on ")


# --8<-- [start:lost]
def test_a_broken_line_does_not_remind_twice(sinch: LocalSandbox) -> None:
    appointment = store.add("+61491570156", TOMORROW)
    sinch.add_faults("lost-response,match=/v1/sms,times=1")

    with pytest.raises(OutcomeUnknown):
        tasks.remind(appointment)
    tasks.remind(appointment)  # somebody starts it again

    assert len(sinch.messages) == 1
    assert store.unknown() == [appointment]
    # --8<-- [end:lost]


def test_what_certainly_was_not_sent_is_tried_again(sinch: LocalSandbox, later: list[Any]) -> None:
    appointment = store.add("+61491570156", TOMORROW)
    sinch.add_faults("rate-limit,match=/v1/sms,retry-after=61,times=1")  # too long for the client

    tasks.remind.apply((appointment,), throw=False)

    assert len(sinch.messages) == len(later) == 1
    assert store.unknown() == []


def test_a_server_error_is_left_to_a_person(sinch: LocalSandbox) -> None:
    appointment = store.add("+61491570156", TOMORROW)
    sinch.add_faults("server-error,match=/v1/sms,times=1")

    with pytest.raises(ServerError):
        tasks.remind(appointment)
    assert store.unknown() == [appointment]


def test_the_end_of_a_message_is_kept(sinch: LocalSandbox, later: list[Any]) -> None:
    tasks.remind(store.add("+61491570156", TOMORROW))
    sinch.advance(60)
    tasks.look_after(*later.pop())

    with store.database() as db:
        assert db.execute("SELECT status FROM reminders").fetchall() == [("Successful",)]
