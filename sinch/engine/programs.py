"""Executes answers: instructions in order, then the action; and what follows when there is none."""

from __future__ import annotations

from sinch_api.models.common import CallResult, KeyValue
from sinch_api.models.svaml import (
    Answer,
    ConnectConference,
    ConnectMxp,
    ConnectPstn,
    ConnectSip,
    ConnectStream,
    Continue,
    Hangup,
    Instruction,
    Park,
    PlayFiles,
    RunMenu,
    Say,
    SendDtmf,
    SetCookie,
    StartRecording,
    StopRecording,
    Svamlet,
)

from .call import Call
from .core import Core
from .doing import Program, Prompt
from .prompts import read_prompts, spoken
from .scripts import MOST_BYTES, IllegalSvaml, is_old_recording_action, read_script, size
from .settings import Recovery
from .states import CallState
from .transcript import Connected, CookieSet, Refused, Side, ToneHeard

#: What the caller's network is told, as results (facts 9.2).
_HANGUP_RESULTS = {1: CallResult.BUSY, 2: CallResult.FAILED}


class Programs:
    """Runs at most one program in a call."""

    def __init__(self, core: Core) -> None:
        self._core = core

    # --- answers ----------------------------------------------------------------------------

    def answered(self, call: Call, name: str, body: object) -> None:
        """Execute the answer to an event."""
        if call.ended:
            return
        settings = self._core.settings
        in_room = call.state is CallState.CONFERENCE
        try:
            script = read_script(body, name, settings)
            if script is None:
                self._empty(call, name, in_room=in_room)
                return
            self.check_possible(call, script)
        except IllegalSvaml as problem:
            self.refuse(call, name, str(problem))
            if not in_room:
                self._recover(call, getattr(settings, f"illegal_{name}"), settings.illegal_reason)
            return
        if in_room and isinstance(script.action, Continue):
            self.overlay(call, script, Side.PARTY)
        else:
            self.start(call, script, name)

    def _empty(self, call: Call, name: str, *, in_room: bool) -> None:
        """An empty answer is one in a room (facts 8), and may be one to ACE."""
        if in_room:
            return
        if name == "ace" and self._core.settings.empty_ace_continues:
            self.proceed(call)
            return
        raise IllegalSvaml("The answer is empty.")

    def unanswered(self, call: Call, name: str) -> None:
        """Go on without an answer."""
        if not call.ended and call.state is not CallState.CONFERENCE:
            settings = self._core.settings
            recovery = getattr(settings, f"unanswered_{name}")
            self._recover(call, recovery, settings.unanswered_reason)

    def without_pie(self, call: Call) -> None:
        """Go on after a menu whose outcome nobody wants to know."""
        self._recover(call, self._core.settings.without_pie, "MANAGERHANGUP")

    def refuse(self, call: Call, name: str, message: str, code: int = 40001) -> None:
        """Tell the app that its SVAML is not legal."""
        self._core.log(call, Refused, event=name, code=code, message=message)
        self._core.callbacks.calling_error(call, message, code)

    def _recover(self, call: Call, recovery: Recovery, reason: str) -> None:
        def drop(call: Call) -> None:
            self._core.ending.end(call, reason)

        match recovery:
            case Recovery.CONTINUE:
                self.proceed(call)
            case Recovery.ERROR_PROMPT if self._core.settings.error_prompt:
                self._core.enter(call, CallState.PLAYING)
                settings = self._core.settings
                prompt = spoken(settings.error_prompt, None, settings, "error")
                heard = [prompt] if self._someone_hears(call) else []
                self._core.player.play(call, heard, Side.PARTY, drop)
            case _:
                drop(call)

    def check_possible(self, call: Call, script: Svamlet) -> None:
        """Check what depends on the call: who there is to hear a menu, and whom to dial.

        Raises :class:`.IllegalSvaml`.
        """
        match script.action:
            case RunMenu() | Park() if not self._someone_hears(call):
                raise IllegalSvaml("There is nobody on the line for this action.")
            case ConnectPstn() | ConnectMxp() | ConnectSip():
                self._core.dialling.destination(call, script.action)
            case _:
                pass

    # --- running ----------------------------------------------------------------------------

    def start(self, call: Call, script: Svamlet, context: str) -> None:
        """Execute SVAML in place of whatever the call was doing."""
        self._core.callbacks.forget(call)
        self._core.rooms.leave(call)
        self._core.enter(call, CallState.PLAYING)
        call.doing.program = Program(
            instructions=list(script.instructions), action=script.action, context=context
        )
        self._step(call)

    def overlay(self, call: Call, script: Svamlet, *sides: Side) -> None:
        """Execute instructions beside whatever the call is doing; the action is not looked at."""
        for instruction in script.instructions:
            prompts = self._do(call, instruction)
            for side in sides:
                self._core.player.overlay(call, prompts, side)
        old = is_old_recording_action(script.action)
        if old == "startrecording":
            self._core.recorder.start(call, None)
        elif old == "stoprecording":
            self._core.recorder.stop(call)

    def _step(self, call: Call) -> None:
        program = call.doing.program
        if program is None or call.ended:
            return
        side = self.audience(call, program.context)
        while program.instructions:
            prompts = self._do(call, program.instructions.pop(0))
            if prompts and self._someone_hears(call):
                self._core.player.play(call, prompts, side, self._step)
                return
        call.doing.program = None
        self._act(call, program)

    def _do(self, call: Call, instruction: Instruction) -> list[Prompt]:
        """Execute one instruction; returns what is to be heard."""
        core = self._core
        match instruction:
            case Say():
                self._prompts_answer(call)
                text = instruction.text or ""
                return [spoken(text, instruction.locale, core.settings)] if text else []
            case PlayFiles():
                self._prompts_answer(call)
                return read_prompts(instruction.ids, instruction.locale, core.settings)
            case SendDtmf() if instruction.value:
                core.log(call, ToneHeard, digits=instruction.value, side=Side.PARTY)
            case SetCookie():
                self.set_cookies(
                    call, [KeyValue(key=instruction.key or "", value=instruction.value or "")]
                )
            case Answer():
                core.dialling.answer_party(call)
            case StartRecording():
                core.recorder.start(call, instruction.options)
            case StopRecording():
                core.recorder.stop(call)
            case _:
                pass
        return []

    def _act(self, call: Call, program: Program) -> None:
        core = self._core
        match program.action:
            case Hangup(hangup_cause=cause):
                result = None if call.answered_at else _HANGUP_RESULTS.get(cause or 0)
                core.ending.end(call, "MANAGERHANGUP", result)
            case ConnectPstn() | ConnectMxp() | ConnectSip() | ConnectStream() as action:
                core.dialling.connect(call, action)
            case ConnectConference() as action:
                core.rooms.connect(call, action)
            case RunMenu() as action:
                core.menus.run(call, action, self.audience(call, program.context))
            case Park() as action:
                core.parking.park(call, action)
            case Continue() as action:
                if action.record:
                    core.recorder.start(call, action.recording_options)
                self.proceed(call)
            case _:
                self.proceed(call)

    # --- going on ---------------------------------------------------------------------------

    def proceed(self, call: Call) -> None:
        """What ``continue`` does, and an ACE that nobody answered."""
        core, doing = self._core, call.doing
        if call.ended:
            return
        if call.far is not None and call.far.answered:
            core.enter(call, CallState.CONNECTED)
            call.connected_to = call.far.identity.endpoint
            core.log(call, Connected, to=call.connected_to)
            if doing.dial is not None and doing.dial.record:
                core.recorder.start(call, doing.dial.recording_options)
        elif doing.on_continue is not None:
            core.enter(call, CallState.PLAYING)
            doing.on_continue(call)
        elif call.party.role == "callee":
            core.enter(call, CallState.CONNECTED)
            if core.settings.lonely_call is not None:
                core.later(call, "lonely", core.settings.lonely_call, self._over)
        else:
            self._over(call)

    def set_cookies(self, call: Call, cookies: list[KeyValue]) -> None:
        """Set cookies; what would exceed the limit is not set, and the app hears of it."""
        for cookie in cookies:
            if size({**call.cookies, cookie.key: cookie.value}) > MOST_BYTES:
                message = f"All cookies together are larger than {MOST_BYTES} bytes."
                self.refuse(call, "setCookie", message)
                continue
            call.cookies[cookie.key] = cookie.value
            self._core.log(call, CookieSet, key=cookie.key, value=cookie.value)

    def audience(self, call: Call, context: str) -> Side:
        """Who hears the prompts of an answer."""
        far = call.far is not None and call.far.answered
        return Side(self._core.settings.audience_of_ace) if context == "ace" and far else Side.PARTY

    def _over(self, call: Call) -> None:
        self._core.ending.end(call, "MANAGERHANGUP")

    def _prompts_answer(self, call: Call) -> None:
        if self._core.settings.prompts_answer:
            self._core.dialling.answer_party(call)

    def _someone_hears(self, call: Call) -> bool:
        """A caller hears from the start (early media), a callee once it has answered."""
        return call.party.role == "caller" or call.party.answered
