"""Carries out the instructions of SVAML: what is done at once, and what is to be heard."""

from __future__ import annotations

from sinch_api.models.common import KeyValue
from sinch_api.models.svaml import (
    Answer,
    Instruction,
    PlayFiles,
    Say,
    SendDtmf,
    SetCookie,
    StartRecording,
    StopRecording,
    Svamlet,
)

from . import recording
from .call_runtime import CallRuntime
from .cookies import set_cookies
from .dialling import answer_party
from .prompts import Prompt, read_prompts, spoken
from .transcript import Side, ToneHeard
from .validation import is_old_recording_action


def perform(runtime: CallRuntime, instruction: Instruction) -> list[Prompt]:
    """Carry out one instruction; returns what is to be heard."""
    settings = runtime.exchange.settings
    match instruction:
        case Say(text=text):
            _prompts_answer(runtime)
            return [spoken(text, instruction.locale, settings)] if text else []
        case PlayFiles():
            _prompts_answer(runtime)
            return read_prompts(instruction.ids, instruction.locale, settings)
        case SendDtmf(value=str(tones)) if tones:
            runtime.log(ToneHeard, digits=tones, side=Side.PARTY)
        case SetCookie(key=key, value=value):
            set_cookies(runtime, [KeyValue(key=key or "", value=value or "")])
        case Answer():
            answer_party(runtime)
        case StartRecording():
            recording.start(runtime, instruction.options)
        case StopRecording():
            recording.stop(runtime)
        case _:
            pass
    return []


def overlay(runtime: CallRuntime, svaml: Svamlet, *sides: Side) -> None:
    """Carry out instructions beside whatever the call is doing; the action is not looked at."""
    for instruction in svaml.instructions:
        prompts = perform(runtime, instruction)
        for side in sides:
            for prompt in prompts:
                runtime.hear(prompt, side)
    old = is_old_recording_action(svaml.action)
    if old == "startrecording":
        recording.start(runtime, None)
    elif old == "stoprecording":
        recording.stop(runtime)


def _prompts_answer(runtime: CallRuntime) -> None:
    if runtime.exchange.settings.prompts_answer:
        answer_party(runtime)
