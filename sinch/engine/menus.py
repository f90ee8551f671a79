"""Menus: prompts, keys, repeats and time-outs, until something came out for a PIE event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from sinch_api.models.svaml import Menu, MenuOption, RunMenu

from . import events
from .call import MenuRun
from .call_runtime import LONGEST_DELAY, CallRuntime
from .cookies import set_cookies
from .dialling import answer_for
from .prompts import read_prompts
from .script import HungUp, Key, Listen, Play, Script, Words
from .states import CallState
from .transcript import MenuChoice, MenuEntered, MenuLeft, Side
from .validation import OPTION


@attrs.frozen(kw_only=True)
class MenuOutcome:
    """What came out of a menu: return, sequence, timeout, invalidinput, hangup or error."""

    kind: str
    value: str | None = None
    method: str | None = None


_TIME_OUT: Final = MenuOutcome(kind="timeout")


def run_menus(runtime: CallRuntime, action: RunMenu, side: Side) -> Script[dict[str, Any]]:
    """Walk the menus of a ``runMenu``, which has been checked; returns the ``menuResult``."""
    answer_for(runtime, "runmenu")
    runtime.enter(CallState.MENU)
    tree = _Tree(runtime, action, side)
    call = runtime.call
    call.menu_runs.append(MenuRun(action=action, first=len(call.transcript)))
    step: Menu | MenuOutcome = tree.menus[action.main_menu or "main"]
    try:
        while isinstance(step, Menu):
            call.menu_id = step.id
            runtime.log(MenuEntered, menu_id=step.id)
            step = yield from tree.walk(step)
        return _result(runtime, step)
    except HungUp as hung_up:
        # the app hears of the menu before the call ends
        if hung_up.side is side:
            result = _result(runtime, MenuOutcome(kind="hangup"))
            if call.flags.pie and runtime.exchange.settings.hangup_pie:
                runtime.outbox.tell(call, "pie", events.pie(runtime.exchange, call, result))
        raise
    finally:
        call.menu_id = None


def _result(runtime: CallRuntime, outcome: MenuOutcome) -> dict[str, Any]:
    menu_id = runtime.call.menu_id or ""
    runtime.log(MenuLeft, menu_id=menu_id, result=outcome.kind, value=outcome.value)
    return {
        "menuId": menu_id,
        "type": outcome.kind,
        "value": outcome.value,
        "inputMethod": outcome.method,
    }


class _Tree:
    """The menus of one action, and how they are spoken and listened to."""

    def __init__(self, runtime: CallRuntime, action: RunMenu, side: Side) -> None:
        self._runtime = runtime
        self._side = side
        self._barge = action.barge is not False
        self._voice = bool(action.enable_voice)
        self._locale = action.locale or runtime.exchange.settings.locale
        self.menus: Mapping[str, Menu] = {menu.id: menu for menu in action.menus}

    def walk(self, menu: Menu) -> Script[Menu | MenuOutcome]:
        """One menu, as often as it may be repeated; returns the next one, or what came out."""
        settings = self._runtime.exchange.settings
        repeats = settings.menu_repeats if menu.repeats is None else menu.repeats
        text = menu.main_prompt or menu.main_text or menu.repeat_prompt
        step: Menu | MenuOutcome = _TIME_OUT
        for left in range(min(max(repeats, 0), settings.most_repeats), -1, -1):
            step = yield from self._attempt(menu, text)
            wrong = isinstance(step, MenuOutcome) and step.kind == "invalidinput"
            again = step is _TIME_OUT or (wrong and settings.invalid_counts_as_repeat)
            if not (again and left):
                break
            text = menu.repeat_prompt or menu.repeat_text or menu.main_prompt or menu.main_text
        return step

    def _attempt(self, menu: Menu, text: str | None) -> Script[Menu | MenuOutcome]:
        """One prompt, and the keys or words that follow it."""
        settings = self._runtime.exchange.settings
        collects = (menu.max_digits or 0) > 0
        prompts = read_prompts([text], self._locale, settings)
        heard = yield Play(prompts=prompts, side=self._side, barge=self._barge, voice=self._voice)
        until = self._voice_ends(menu) if heard is None else None
        digits = ""
        while True:
            heard = heard or (yield self._listen(menu, until))
            match heard:
                case None:
                    return _sequence(digits) if digits else _TIME_OUT
                case Words(text=said):
                    return self._said(menu, said.strip())
                case Key(digit=digit):
                    option = None if digits else _option(menu, digit)
                    if option is not None and (not collects or settings.option_before_digits):
                        return self._choose(menu, option, "dtmf")
                    if not collects or (digit == "#" and not digits):
                        return MenuOutcome(kind="invalidinput", value=digit, method="dtmf")
                    digits += digit if digit != "#" else ""
                    if digit == "#" or len(digits) >= (menu.max_digits or 1):
                        return _sequence(digits)
                case _:
                    pass
            heard = None

    def _listen(self, menu: Menu, until: datetime | None) -> Listen:
        """For one key, or words; not beyond the longest wait of a menu with voice."""
        settings = self._runtime.exchange.settings
        wait = max(menu.timeout or settings.menu_timeout, settings.shortest_timeout)
        if until is not None:
            wait = min(wait, until - self._runtime.exchange.now)
        return Listen(sides=(self._side,), voice=self._voice, timeout=wait)

    def _voice_ends(self, menu: Menu) -> datetime | None:
        if not self._voice:
            return None
        longest = menu.max_timeout or self._runtime.exchange.settings.voice_timeout
        return self._runtime.exchange.now + min(longest, LONGEST_DELAY)

    def _said(self, menu: Menu, words: str) -> Menu | MenuOutcome:
        """Words choose the option whose ``input`` they are, else are input themselves."""
        said = words.casefold()
        for option in menu.options:
            if said in {(option.input or "").strip().casefold(), option.dtmf.strip()} - {""}:
                return self._choose(menu, option, "voice")
        kind = "sequence" if menu.max_digits else "invalidinput"
        return MenuOutcome(kind=kind, value=words, method="voice")

    def _choose(self, menu: Menu, option: MenuOption, method: str) -> Menu | MenuOutcome:
        runtime = self._runtime
        runtime.log(MenuChoice, menu_id=menu.id, dtmf=option.dtmf, action=option.action)
        set_cookies(runtime, option.cookies)
        form = OPTION.fullmatch(option.action)
        kind, value = (form[1].lower(), form[2].strip()) if form is not None else ("", "")
        if kind == "return":
            return MenuOutcome(kind="return", value=value, method=method)
        found = self.menus.get(value)
        return found or MenuOutcome(kind="error", value=value, method=method)


def _option(menu: Menu, digit: str) -> MenuOption | None:
    return next((option for option in menu.options if option.dtmf.strip() == digit), None)


def _sequence(digits: str) -> MenuOutcome:
    return MenuOutcome(kind="sequence", value=digits, method="dtmf")
