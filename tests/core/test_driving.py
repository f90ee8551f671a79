"""The one loop that runs generators, for blocking code and for event loops."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

import sinch
from sinch.core.driving import drive, drive_async

Steps = Generator[str, Any, Any]


def blocking(steps: Steps, perform: Callable[[str], object]) -> Any:
    return drive(steps, perform)


def asynchronous(steps: Steps, perform: Callable[[str], object]) -> Any:
    async def performed(step: str) -> object:
        await asyncio.sleep(0)
        return perform(step)

    return asyncio.run(drive_async(steps, performed))


both_ways = pytest.mark.parametrize("run", [blocking, asynchronous])


@both_ways
def test_each_step_gets_what_came_of_it_and_the_end_is_the_result(run) -> None:
    def greeting() -> Steps:
        first = yield "first"
        second = yield "second"
        return first + second

    assert run(greeting(), lambda step: step.upper()) == "FIRSTSECOND"


@both_ways
def test_steps_that_end_at_once_perform_nothing(run) -> None:
    def nothing() -> Steps:
        return "done"
        yield

    assert run(nothing(), pytest.fail) == "done"


@both_ways
@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, asyncio.CancelledError])
def test_what_ends_a_step_early_is_thrown_into_the_steps(run, failure) -> None:
    performed = []

    def puts_right() -> Steps:
        try:
            yield "break"
        except failure:
            yield "put right"
            return "whole"

    def perform(step: str) -> None:
        performed.append(step)
        if step == "break":
            raise failure

    assert run(puts_right(), perform) == "whole"
    assert performed == ["break", "put right"]


@both_ways
def test_what_the_steps_do_not_catch_comes_out(run) -> None:
    def simple() -> Steps:
        yield "break"

    def perform(_: str) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run(simple(), perform)


def test_a_cancelled_task_lets_the_steps_put_things_right_before_it_ends() -> None:
    performed = []

    def claims() -> Steps:
        try:
            yield "wait"
        except BaseException:
            yield "release"
            raise

    async def perform(step: str) -> None:
        performed.append(step)
        if step == "wait":
            await asyncio.Event().wait()

    async def main() -> None:
        task = asyncio.create_task(drive_async(claims(), perform))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert performed == ["wait", "release"]


def test_nothing_else_runs_steps_by_a_loop_of_its_own() -> None:
    """The engine keeps its own: calls are thrown into from outside, and it imports no core."""
    root = Path(sinch.__file__).parent
    throwing = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "throw"
    }

    assert throwing == {"core/driving.py", "engine/call_runtime.py"}
