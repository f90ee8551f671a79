"""Plays prompts one after the other, and can be interrupted."""

from __future__ import annotations

from collections.abc import Sequence

from .call import Call
from .core import Core
from .doing import Prompt, Step
from .transcript import Heard, Side

_TIMER = "prompt"


class Player:
    """At most one list of prompts at a time plays in a call."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def play(self, call: Call, prompts: Sequence[Prompt], side: Side, then: Step) -> None:
        """Play prompts to one side, then go on; without prompts at once."""
        self.stop(call)
        doing = call.doing
        doing.queue, doing.queue_side, doing.queue_then = list(prompts), side, then
        self._next(call)

    def overlay(self, call: Call, prompts: Sequence[Prompt], side: Side) -> None:
        """Play prompts beside whatever goes on."""
        for prompt in prompts:
            self._log(call, prompt, side)

    def playing(self, call: Call) -> bool:
        """Whether something plays that the call waits for."""
        return call.doing.queue_then is not None

    def stop(self, call: Call) -> None:
        """Interrupt."""
        self._core.cancel(call, _TIMER)
        call.doing.queue, call.doing.queue_then = [], None

    def _next(self, call: Call) -> None:
        doing = call.doing
        if doing.queue:
            prompt = doing.queue.pop(0)
            self._log(call, prompt, doing.queue_side)
            self._core.later(call, _TIMER, prompt.length, self._next)
            return
        then, doing.queue_then = doing.queue_then, None
        if then is not None:
            then(call)

    def _log(self, call: Call, prompt: Prompt, side: Side) -> None:
        self._core.log(
            call, Heard, text=prompt.text, source=prompt.source, locale=prompt.locale, side=side
        )
