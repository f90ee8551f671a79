"""The menus of a call as a map: what leads where, which ways were walked, which keys do something now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

import attrs

from sinch.engine import EngineSettings, SimulatedCall
from sinch.engine.prompts import read_prompts
from sinch.engine.transcript import Entry, MenuChoice, MenuEntered, MenuLeft
from sinch.svaml.menu_graph import goto_target, pie_result
from sinch_api.models.svaml import Menu, MenuOption, RunMenu

_FIRST: Final = "main"


@attrs.frozen
class _Walk:
    """Menus that ran, once or several times in a row, and what happened in them."""

    action: RunMenu
    entries: tuple[Entry, ...]


def menu_map(call: SimulatedCall, settings: EngineSettings) -> dict[str, Any]:
    """All menus that ran in a call, oldest first, and the keys of the one that is running.

    Each menu has its ``level``, the number of choices it takes to get there (None if no choice leads to
    it), and how often it was entered; each option how often it was taken. ``left`` says how each
    run ended. ``keys`` has what a key does: the id of a menu, a value for PIE, ``digit`` or ``end``.
    """
    walks = list(_walks(call))
    running = walks[-1].action if walks and call.menu_id is not None else None
    last = len(walks) - 1
    return {
        "maps": [
            _map(walk, call.menu_id if at == last else None, settings)
            for at, walk in enumerate(walks)
        ],
        "keys": {} if running is None else _keys(running, call.menu_id, settings),
    }


def _walks(call: SimulatedCall) -> Iterator[_Walk]:
    """Runs one after the other; the same menus again are the same map."""
    before: _Walk | None = None
    ends = [run.first for run in call.menu_runs[1:]]
    for run, end in zip_longest(call.menu_runs, ends):
        entries = tuple(call.transcript[run.first : end])
        if before is not None and before.action == run.action:
            before = _Walk(run.action, before.entries + entries)
            continue
        if before is not None:
            yield before
        before = _Walk(run.action, entries)
    if before is not None:
        yield before


def _map(walk: _Walk, current: str | None, settings: EngineSettings) -> dict[str, Any]:
    start = walk.action.main_menu or _FIRST
    levels = _levels(walk.action.menus, start)
    visits = [entry.menu_id for entry in walk.entries if isinstance(entry, MenuEntered)]
    chosen = [
        (entry.menu_id, entry.dtmf) for entry in walk.entries if isinstance(entry, MenuChoice)
    ]
    left = [entry for entry in walk.entries if isinstance(entry, MenuLeft)]
    return {
        "start": start,
        "menus": [
            {
                "id": menu.id,
                "prompt": _prompt(menu, walk.action, settings),
                "level": levels.get(menu.id),
                "visits": visits.count(menu.id),
                "current": menu.id == current,
                "options": [
                    {**_option(option), "taken": chosen.count((menu.id, option.dtmf))}
                    for option in menu.options
                ],
                **_digits(menu, left),
            }
            for menu in walk.action.menus
        ],
        "left": [
            {"menu": entry.menu_id, "result": entry.result, "value": entry.value} for entry in left
        ],
    }


def _option(option: MenuOption) -> dict[str, Any]:
    """What is pressed or said, and either the ``menu`` it leads to or the ``value`` for PIE."""
    menu, value = goto_target(option.action), pie_result(option.action)
    return {
        "dtmf": option.dtmf,
        **({"input": option.input} if option.input else {}),
        **({"menu": menu.strip()} if menu is not None else {}),
        **({"value": value.strip()} if value is not None else {}),
    }


def _digits(menu: Menu, left: Sequence[MenuLeft]) -> dict[str, Any]:
    if not menu.max_digits:
        return {}
    entered = sum(one.menu_id == menu.id and one.result == "sequence" for one in left)
    return {"digits": {"most": menu.max_digits, "entered": entered}}


def _prompt(menu: Menu, action: RunMenu, settings: EngineSettings) -> str:
    text = menu.main_prompt or menu.main_text or menu.repeat_prompt
    locale = action.locale or settings.locale
    return " ".join(prompt.text for prompt in read_prompts([text], locale, settings))


def _levels(menus: Sequence[Menu], start: str) -> Mapping[str, int]:
    """How many choices away from the first menu each is, by the shortest way."""
    known = {menu.id: menu for menu in menus}
    found: dict[str, int] = {}
    waiting, level = [start], 0
    while waiting:
        here = [name for name in dict.fromkeys(waiting) if name in known and name not in found]
        found.update(dict.fromkeys(here, level))
        targets = [goto_target(option.action) for name in here for option in known[name].options]
        waiting, level = [target.strip() for target in targets if target is not None], level + 1
    return found


def _keys(action: RunMenu, current: str | None, settings: EngineSettings) -> dict[str, str]:
    menu = next((menu for menu in action.menus if menu.id == current), None)
    if menu is None:
        return {}
    keys: dict[str, str] = {}
    if menu.max_digits:
        keys = {**dict.fromkeys("0123456789*", "digit"), "#": "end"}
    if not menu.max_digits or settings.option_before_digits:
        for option in menu.options:
            shown = _option(option)
            keys[option.dtmf.strip()] = shown.get("menu") or shown.get("value") or "error"
    return {key: does for key, does in keys.items() if key}
