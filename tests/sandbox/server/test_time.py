"""The clock of a running sandbox."""

from __future__ import annotations

import pytest

from sinch.sandbox import Sandbox

CALL = {"from": "+46700000002", "to": "+46700000001"}


def menu(repeats):
    return {
        "action": {
            "name": "runMenu",
            "mainMenu": "main",
            "menus": [
                {
                    "id": "main",
                    "mainPrompt": "#tts[Press 1]",
                    "repeats": repeats,
                    "timeoutMills": 5000,
                    "options": [{"dtmf": "1", "action": "return(one)"}],
                }
            ],
        }
    }


@pytest.mark.parametrize("by", ["method", "request"])
def test_time_goes_step_by_step_with_answers_in_between(app, control, sandbox, by):
    app.replies = {"ice": menu(1), "pie": menu(0)}
    call = control.post("calls", CALL)
    if by == "method":
        sandbox.advance(600)
    else:
        before = control.get("clock")
        assert before["nextDue"] is not None
        after = control.post("clock", {"seconds": 600})
        assert after["aheadSeconds"] == pytest.approx(600, abs=20), "less what it took"
    names = app.names
    assert names[:3] == ["ice", "pie", "pie"]
    assert len(names) > 10, "every menu that ran out asked again, at its time"
    moments = [event["timestamp"] for event in app.events]
    assert moments == sorted(moments)
    assert moments[-1] > moments[0]
    assert control.get(f"calls/{call['callId']}")["state"] == "menu"


async def test_in_the_loop_of_the_sandbox(app, credentials):
    app.replies = {"ice": menu(0), "pie": {"action": {"name": "hangup"}}}
    from sinch.engine import InboundCall

    async with Sandbox(**credentials, callback_url=app.url) as sandbox:
        with sandbox.state.lock:
            call = sandbox.emulator.services.engine.inbound(
                InboundCall(from_="+46700000002", to="+46700000001")
            )
        assert await sandbox.settle_async()
        await sandbox.advance_async(60)
        assert call.ended
        assert app.names == ["ice", "pie", "dice"]
        with pytest.raises(RuntimeError, match="settle_async"):
            sandbox.settle()
        sandbox.advance(1)
        with pytest.raises(ValueError, match="forward"):
            await sandbox.advance_async(-1)


def test_backwards_and_too_far(sandbox, control):
    with pytest.raises(ValueError, match="forward"):
        sandbox.advance(-1)
    assert control.post("clock", {"seconds": 1e12}, status=400)["errorCode"] == 40001


def test_a_sandbox_that_does_not_run():
    sandbox = Sandbox()
    sandbox.advance(5)
    assert sandbox.settle()


def test_urls_that_are_none():
    with pytest.raises(ValueError, match="absolute http"):
        Sandbox(callback_url="ftp://x")
    with pytest.raises(ValueError, match="needs a callback URL"):
        Sandbox(fallback_url="http://localhost/x")


def test_a_bug_in_a_timer_stops_neither_the_time_nor_the_answers(app, control, sandbox, wait):
    from datetime import timedelta

    def burst(_):
        raise RuntimeError("a bug")

    with sandbox.state.lock:
        timeline = sandbox.state.scheduler
        timeline.set("bug", timeline.now() + timedelta(seconds=0.05), burst)
    control.get("clock")  # every request makes it look at what is planned
    wait(lambda: len(timeline) == 0)
    app.replies = {"ice": {"action": {"name": "hangup"}}}
    assert control.post("calls", CALL)["status"] == "FINAL"


def test_running_again_in_another_loop(app, credentials, controls):
    app.replies = {"ice": {"action": {"name": "hangup"}}}
    sandbox = Sandbox(**credentials, callback_url=app.url)
    for _ in range(2):
        with sandbox:
            assert controls(sandbox).post("calls", CALL)["status"] == "FINAL"
            sandbox.advance(1)
    assert app.names == ["ice", "dice"] * 2
