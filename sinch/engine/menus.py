"""Menus: prompts, keys, repeats and time-outs, until a PIE event tells what came out (facts 9.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sinch_api.models.svaml import Menu, MenuOption, RunMenu

from .call import Call
from .core import Core
from .doing import MenuRun, Prompt
from .prompts import read_prompts
from .scripts import OPTION
from .states import CallState
from .transcript import MenuChoice, MenuEntered, MenuLeft, Side

_TIMER = "menu"
_LONGEST = "menu voice"


class Menus:
    """Walks the menus of one ``runMenu``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def run(self, call: Call, action: RunMenu, side: Side) -> None:
        """Start at ``mainMenu``, or else at ``main``; the action has been checked."""
        self._core.dialling.answer_for(call, "runmenu")
        self._core.enter(call, CallState.MENU)
        menus = {menu.id: menu for menu in action.menus}
        call.doing.menu = run = MenuRun(
            menus=menus,
            menu=menus[action.main_menu or "main"],
            barge=action.barge is not False,
            voice=bool(action.enable_voice),
            locale=action.locale or self._core.settings.locale,
            side=side,
        )
        self._enter(call, run, run.menu)

    def press(self, call: Call, digit: str, side: Side) -> bool:
        """One key; False if it is not listened to."""
        run = self._listening(call, side)
        if run is None:
            return False
        self._interrupt(call)
        option = _option(run.menu, digit)
        collects = bool(run.menu.max_digits and run.menu.max_digits > 0)
        first = not run.digits
        if (
            option is not None
            and first
            and (not collects or self._core.settings.option_before_digits)
        ):
            self._choose(call, run, option, "dtmf")
        elif not collects:
            self._invalid(call, run, digit, "dtmf")
        elif digit == "#":
            if run.digits:
                self._leave(call, run, "sequence", run.digits, "dtmf")
            else:
                self._invalid(call, run, digit, "dtmf")
        else:
            run.digits += digit
            if len(run.digits) >= (run.menu.max_digits or 1):
                self._leave(call, run, "sequence", run.digits, "dtmf")
            else:
                self._listen(call)
        return True

    def is_listening(self, call: Call, side: Side) -> bool:
        """Whether a key would count."""
        return self._listening(call, side) is not None

    def speak(self, call: Call, text: str, side: Side) -> bool:
        """Words; False if they are not listened to.

        They choose the option whose ``input`` they are, else are the input of a menu with
        ``maxDigits``.
        """
        run = self._listening(call, side)
        if run is None or not run.voice:
            return False
        self._interrupt(call)
        said = text.strip().casefold()
        for option in run.menu.options:
            if said in {(option.input or "").strip().casefold(), option.dtmf.strip()} - {""}:
                self._choose(call, run, option, "voice")
                return True
        if run.menu.max_digits:
            self._leave(call, run, "sequence", text.strip(), "voice")
        else:
            self._invalid(call, run, text.strip(), "voice")
        return True

    def hung_up(self, call: Call, side: Side) -> None:
        """The phone hangs up inside a menu, which the app hears of before the call ends."""
        run = call.doing.menu
        if run is not None and run.side is side and call.state is CallState.MENU:
            result = self._result(call, run, "hangup", None, None)
            core = self._core
            if call.flags.pie and core.settings.hangup_pie:
                core.callbacks.tell(call, "pie", core.callbacks.write.pie(call, core.now, result))

    def stop(self, call: Call) -> None:
        """Drop the menus without any event."""
        self._core.cancel(call, _TIMER, _LONGEST)
        call.doing.menu, call.menu_id = None, None

    # --- one menu ---------------------------------------------------------------------------

    def _enter(self, call: Call, run: MenuRun, menu: Menu) -> None:
        repeats = self._core.settings.menu_repeats if menu.repeats is None else menu.repeats
        run.menu, run.digits, run.listening = menu, "", False
        run.repeats_left = min(max(repeats, 0), self._core.settings.most_repeats)
        call.menu_id = menu.id
        self._core.log(call, MenuEntered, menu_id=menu.id)
        self._prompt(call, run, menu.main_prompt or menu.main_text or menu.repeat_prompt)

    def _prompt(self, call: Call, run: MenuRun, text: str | None) -> None:
        run.listening = False
        self._core.cancel(call, _TIMER, _LONGEST)  # each prompt gives the whole time again
        prompts: Sequence[Prompt] = read_prompts([text], run.locale, self._core.settings)
        self._core.player.play(call, prompts, run.side, self._prompted)

    def _prompted(self, call: Call) -> None:
        run = call.doing.menu
        if run is not None:
            run.listening = True
            if run.voice:
                longest = run.menu.max_timeout or self._core.settings.voice_timeout
                self._core.later(call, _LONGEST, longest, self._time_out)
            self._listen(call)

    def _listen(self, call: Call) -> None:
        run = call.doing.menu
        if run is not None:
            settings = self._core.settings
            wait = run.menu.timeout or settings.menu_timeout
            self._core.later(call, _TIMER, max(wait, settings.shortest_timeout), self._time_out)

    def _time_out(self, call: Call) -> None:
        run = call.doing.menu
        if run is None:
            return
        self._core.cancel(call, _TIMER, _LONGEST)
        if run.digits:
            self._leave(call, run, "sequence", run.digits, "dtmf")
        elif run.repeats_left > 0:
            self._repeat(call, run)
        else:
            self._leave(call, run, "timeout", None, None)

    def _repeat(self, call: Call, run: MenuRun) -> None:
        run.repeats_left -= 1
        run.digits = ""
        menu = run.menu
        self._prompt(
            call, run, menu.repeat_prompt or menu.repeat_text or menu.main_prompt or menu.main_text
        )

    def _invalid(self, call: Call, run: MenuRun, value: str, method: str) -> None:
        if run.repeats_left > 0 and self._core.settings.invalid_counts_as_repeat:
            self._repeat(call, run)
        else:
            self._leave(call, run, "invalidinput", value, method)

    def _choose(self, call: Call, run: MenuRun, option: MenuOption, method: str) -> None:
        self._core.log(
            call, MenuChoice, menu_id=run.menu.id, dtmf=option.dtmf, action=option.action
        )
        self._core.programs.set_cookies(call, list(option.cookies))
        form = OPTION.fullmatch(option.action)
        kind, value = (form[1].lower(), form[2].strip()) if form is not None else ("", "")
        if kind == "return":
            self._leave(call, run, "return", value, method)
        elif value in run.menus:
            self._enter(call, run, run.menus[value])
        else:
            self._leave(call, run, "error", value, method)

    def _leave(
        self, call: Call, run: MenuRun, kind: str, value: str | None, method: str | None
    ) -> None:
        core = self._core
        result = self._result(call, run, kind, value, method)
        if call.flags.pie:
            core.callbacks.ask(call, "pie", core.callbacks.write.pie(call, core.now, result))
        else:
            core.programs.without_pie(call)

    def _result(
        self, call: Call, run: MenuRun, kind: str, value: str | None, method: str | None
    ) -> dict[str, Any]:
        menu_id = run.menu.id
        self.stop(call)
        self._core.player.stop(call)
        self._core.log(call, MenuLeft, menu_id=menu_id, result=kind, value=value)
        given = {"menuId": menu_id, "type": kind, "value": value, "inputMethod": method}
        return {name: item for name, item in given.items() if item is not None}

    # --- keys -------------------------------------------------------------------------------

    def _listening(self, call: Call, side: Side) -> MenuRun | None:
        run = call.doing.menu
        if run is None or call.state is not CallState.MENU or run.side is not side:
            return None
        return run if run.listening or run.barge else None

    def _interrupt(self, call: Call) -> None:
        self._core.player.stop(call)
        self._core.cancel(call, _TIMER)
        if call.doing.menu is not None:
            call.doing.menu.listening = True


def _option(menu: Menu, digit: str) -> MenuOption | None:
    return next((option for option in menu.options if option.dtmf.strip() == digit), None)
