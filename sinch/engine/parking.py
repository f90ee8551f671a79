"""The parking: a prompt, then another one over and over, for ten minutes at most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import Never

from sinch_api.models.svaml import Park

from .call_runtime import CallRuntime
from .dialling import answer_for, release_far
from .prompts import Prompt, read_prompts
from .script import Ending, Listen, Play, Redirect, Script
from .states import CallState
from .transcript import Parked, Side, Unparked


def park(runtime: CallRuntime, action: Park) -> Script[Never]:
    """Park a call until REST fetches it; whom it was connected to is let go."""
    release_far(runtime)
    answer_for(runtime, "park")
    runtime.enter(CallState.PARKED)
    runtime.log(Parked)
    settings = runtime.exchange.settings
    intro = read_prompts([action.intro_prompt], action.locale, settings)
    hold = read_prompts([action.hold_prompt], action.locale, settings)
    # the 2018 SDK wrote the longest stay into dialTimeout
    longest = action.max_duration or action.dial_timeout or settings.longest_parking
    spoken = _sum(intro)
    stay = _until_silence(min(longest, settings.longest_parking), spoken, _sum(hold))
    try:
        yield Play(prompts=intro, side=Side.PARTY)
        if stay > spoken or not intro:
            for prompt in hold:  # once in the transcript, however often
                runtime.hear(prompt, Side.PARTY)
            yield Listen(timeout=stay - spoken)
    except Redirect:
        runtime.log(Unparked)
        raise
    raise Ending("TIMEOUT")


def _until_silence(stay: timedelta, intro: timedelta, hold: timedelta) -> timedelta:
    """The stay, made longer for the last prompt to play to its end."""
    if stay <= intro:
        return intro
    if not hold:
        return stay
    return intro + hold * ceil((stay - intro) / hold)


def _sum(prompts: Sequence[Prompt]) -> timedelta:
    return sum((prompt.length for prompt in prompts), timedelta())
