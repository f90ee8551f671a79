"""The loops that blocking phones run applications in."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading

import pytest

from sinch.testing import django_project
from sinch.testing.loops import Loop


async def own_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.mark.parametrize("closed", [False, True])
async def test_one_may_be_collected_while_another_runs(
    closed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The collector comes when it likes: in the middle of an application's start, say."""
    monkeypatch.setattr(django_project, "is_here", lambda: False)  # where loops are new each time
    problems: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", problems.append)
    phones, loops = [Loop()], []

    def run() -> None:
        loops.append(phones[0].run(own_loop))
        if closed:
            phones[0].close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert loops[0].is_closed() is closed
    phones.clear()
    gc.collect()
    assert loops[0].is_closed()
    assert problems == []
