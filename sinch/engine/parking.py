"""The parking: a prompt, then another one over and over, for ten minutes at most (facts 9.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

from sinch_api.models.svaml import Park

from .call import Call
from .core import Core
from .doing import Prompt
from .prompts import read_prompts
from .states import CallState
from .transcript import Parked, Side, Unparked

_TIMER = "parking"


class Parking:
    """Where callers wait until a REST update fetches them."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def park(self, call: Call, action: Park) -> None:
        """Park a call; whom it was connected to is let go."""
        core = self._core
        core.dialling.release_far(call)
        core.dialling.answer_for(call, "park")
        core.enter(call, CallState.PARKED)
        core.log(call, Parked)
        settings = core.settings
        intro = read_prompts([action.intro_prompt], action.locale, settings)
        hold = read_prompts([action.hold_prompt], action.locale, settings)
        # the 2018 SDK wrote the longest stay into dialTimeout (facts 13.4)
        longest = action.max_duration or action.dial_timeout or settings.longest_parking
        stay = _until_silence(min(longest, settings.longest_parking), _sum(intro), _sum(hold))
        core.later(call, _TIMER, stay, self._over)

        def wait(call: Call) -> None:  # the transcript has the hold prompt once, however often
            core.player.overlay(call, hold, Side.PARTY)

        core.player.play(call, intro, Side.PARTY, wait)

    def fetch(self, call: Call) -> None:
        """Take a call out of the parking, if it is there."""
        if call.parked:
            self._core.cancel(call, _TIMER)
            self._core.log(call, Unparked)

    def _over(self, call: Call) -> None:
        self._core.ending.end(call, "TIMEOUT")


def _until_silence(stay: timedelta, intro: timedelta, hold: timedelta) -> timedelta:
    """The stay, made longer for the last prompt to play to its end."""
    if stay <= intro:
        return intro
    if not hold:
        return stay
    return intro + hold * ceil((stay - intro) / hold)


def _sum(prompts: Sequence[Prompt]) -> timedelta:
    return sum((prompt.length for prompt in prompts), timedelta())
