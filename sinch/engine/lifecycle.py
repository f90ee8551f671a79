"""The whole life of a call as one script, from its first moment to its last."""

from __future__ import annotations

from . import teardown
from .call_runtime import CallRuntime
from .dialling import release_far
from .interpreter import execute
from .script import Ending, Program, Redirect, Script


def live(runtime: CallRuntime, opening: Script[Program]) -> Script[None]:
    """Begin as ``opening`` says, then execute one program after the other until the end."""
    step = opening
    try:
        while True:
            try:
                program = yield from step
            except Redirect as redirect:
                program = redirect.program
                _let_go(runtime)
            step = execute(runtime, program)
    except Ending as ending:
        teardown.finish(runtime, ending)
    except Exception:  # a mistake of the engine: the call must not hang on without a script
        teardown.finish(runtime, Ending("GENERALERROR"))
        raise


def _let_go(runtime: CallRuntime) -> None:
    """What was going on for a destination that has not answered is over."""
    runtime.cancel("analysis")
    if runtime.call.far is not None and not runtime.call.far.answered:
        release_far(runtime)
