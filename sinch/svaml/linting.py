"""Finds what Sinch accepts in a reply, but what is most likely a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from sinch.errors import SvamlError
from sinch.reply import Reply, WireModel
from sinch.svaml.limits import Limits
from sinch.values import Indications
from sinch_api.codec import Malformed

from . import checks
from .menu_graph import goto_target, pie_result, reachable, stuck
from .prompts import is_spoken, parse

_MUSIC: Final = frozenset({"ring", "music1", "music2", "music3"})
_TONES: Final = frozenset(str(getattr(Indications, name)) for name in Indications.__annotations__)


class FindingCode(StrEnum):
    """What kind of mistake; stable, for filters and tests."""

    NO_MENUS = "no-menus"
    NO_MAIN_MENU = "no-main-menu"
    UNDEFINED_MENU = "undefined-menu"
    UNREACHABLE_MENU = "unreachable-menu"
    DUPLICATE_MENU = "duplicate-menu"
    DUPLICATE_OPTION = "duplicate-option"
    BAD_OPTION = "bad-option"
    MISSING_PROMPT = "missing-prompt"
    NO_WAY_OUT = "no-way-out"
    BAD_PROMPT = "bad-prompt"
    MISSING_LOCALE = "missing-locale"
    TTS_TOO_LONG = "tts-too-long"
    COOKIES_TOO_LARGE = "cookies-too-large"
    RECORDING_WITH_MXP = "recording-with-mxp"
    UNKNOWN_INDICATIONS = "unknown-indications"
    UNKNOWN_MUSIC = "unknown-music"


@attrs.frozen
class Finding:
    """One mistake: its kind, what is wrong in words, and where, as a JSON pointer."""

    code: FindingCode
    message: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} ({self.code.value})"


def lint(
    reply: Reply | WireModel | Mapping[str, Any], limits: Limits | None = None
) -> tuple[Finding, ...]:
    """What is legal but wrong in a reply: a builder, a reply, its model, or parsed JSON.

    Finds menus that cannot be reached, end nowhere or miss a prompt, speech without a locale, over
    the limits or hard to read for Sinch, cookies over the limit, recording with connect_mxp, and
    tones and music that no document lists. Unlike the builders it adds up everything in the reply.
    ``limits`` are the defaults unless given. An empty result means nothing was found.
    """
    model: Any = reply.model if isinstance(reply, Reply) else reply
    if isinstance(model, Mapping):
        from sinch_api.models.svaml import Svamlet

        try:
            model = Svamlet.from_wire(model)
        except Malformed as error:
            raise SvamlError(f"this is no reply: {error}") from None
    if not hasattr(model, "to_wire"):
        kind = type(model).__name__
        raise SvamlError(f"lint takes a builder, a reply, a model or parsed JSON, not {kind}")
    return tuple(_Lint(model.to_wire(), limits or Limits()).findings())


class _Lint:
    def __init__(self, wire: Mapping[str, Any], limits: Limits) -> None:
        self.steps: list[Mapping[str, Any]] = wire.get("instructions", [])
        self.action: Mapping[str, Any] = wire.get("action", {})
        self.limits = limits
        self.spoken = 0
        self.cookies: dict[str, str] = {}

    def findings(self) -> Iterator[Finding]:
        records = self.action.get("record") is True
        for index, step in enumerate(self.steps):
            where = f"/instructions/{index}"
            if step["name"] == "playFiles":
                yield from self.prompts(step["ids"], step, f"{where}/ids")
            elif step["name"] == "say":
                yield from self.prompts([f"#tts[{step.get('text', '')}]"], step, f"{where}/text")
            elif step["name"] == "setCookie":
                self.cookies[str(step.get("key"))] = str(step.get("value"))
            elif step["name"] == "startRecording":
                records = True
        name = self.action.get("name")
        if name == "connectMxp" and records:
            yield Finding(
                FindingCode.RECORDING_WITH_MXP,
                "calls to in-app users cannot be recorded",
                "/action",
            )
        if name == "runMenu":
            yield from self.menus()
        if name == "park":
            for key in ("introPrompt", "holdPrompt"):
                if key in self.action:
                    yield from self.prompts([self.action[key]], self.action, f"/action/{key}")
        yield from self.names()
        yield from self.totals()

    def names(self) -> Iterator[Finding]:
        tones, music = self.action.get("indications"), self.action.get("moh")
        if tones is not None and tones not in _TONES:
            yield Finding(
                FindingCode.UNKNOWN_INDICATIONS,
                f"no document lists the tones {tones!r}",
                "/action/indications",
            )
        if music is not None and str(music) not in _MUSIC:
            yield Finding(
                FindingCode.UNKNOWN_MUSIC, f"no document lists the music {music!r}", "/action/moh"
            )

    def totals(self) -> Iterator[Finding]:
        if self.spoken > self.limits.tts_total:
            yield Finding(
                FindingCode.TTS_TOO_LONG,
                f"{self.spoken} characters are spoken in all, more than {self.limits.tts_total}",
                "",
            )
        size = sum(checks.size(name, value) for name, value in self.cookies.items())
        if size > self.limits.cookies:
            yield Finding(
                FindingCode.COOKIES_TOO_LARGE,
                f"the cookies take {size} bytes, more than {self.limits.cookies}",
                "",
            )

    def prompts(
        self, texts: list[str], holder: Mapping[str, Any], where: str, count: bool = True
    ) -> Iterator[Finding]:
        speaks = False
        for text in texts:
            speaks = speaks or is_spoken(text)
            try:
                prompt = parse(text)
            except SvamlError as error:
                yield Finding(FindingCode.BAD_PROMPT, str(error), where)
                continue
            speaks = speaks or prompt.spoken > 0
            self.spoken += prompt.spoken if count else 0
            if prompt.longest > self.limits.tts_prompt:
                yield Finding(
                    FindingCode.TTS_TOO_LONG,
                    f"{prompt.longest} characters, more than {self.limits.tts_prompt}",
                    where,
                )
        if speaks and not holder.get("locale"):
            yield Finding(FindingCode.MISSING_LOCALE, "text is spoken, but no locale is set", where)

    def menus(self) -> Iterator[Finding]:
        menus: list[Mapping[str, Any]] = self.action["menus"]
        if not menus:
            yield Finding(FindingCode.NO_MENUS, "there are no menus", "/action/menus")
            return
        start = str(self.action.get("mainMenu", "main"))
        targets: dict[str, list[str]] = {}
        exits: list[str] = []
        for index, menu in enumerate(menus):
            where, name = f"/action/menus/{index}", str(menu["id"])
            if name in targets:
                yield Finding(FindingCode.DUPLICATE_MENU, f"menu {name!r} is defined twice", where)
            targets.setdefault(name, [])
            if "maxDigits" in menu:
                exits.append(name)
            yield from self.menu_prompts(menu, where)
            yield from self.options(menu, where, targets[name], exits)
        if "main" not in targets:
            yield Finding(
                FindingCode.NO_MAIN_MENU,
                "Sinch's documents want one menu to have the id 'main'",
                "/action/menus",
            )
        if start not in targets:
            yield Finding(
                FindingCode.UNDEFINED_MENU, f"menu {start!r} is not defined", "/action/mainMenu"
            )
        yield from self.flow(menus, start, targets, exits)
        if self.action.get("enableVoice") and not self.action.get("locale"):
            yield Finding(
                FindingCode.MISSING_LOCALE, "speech is heard, but no locale is set", "/action"
            )

    def menu_prompts(self, menu: Mapping[str, Any], where: str) -> Iterator[Finding]:
        main, repeat = menu.get("mainPrompt"), menu.get("repeatPrompt")
        if not main and not repeat:
            yield Finding(FindingCode.MISSING_PROMPT, "the menu has no prompt", where)
        if main:
            yield from self.prompts([main], self.action, f"{where}/mainPrompt")
        if repeat and repeat != main:
            yield from self.prompts([repeat], self.action, f"{where}/repeatPrompt")

    def options(
        self, menu: Mapping[str, Any], where: str, targets: list[str], exits: list[str]
    ) -> Iterator[Finding]:
        keys: set[str] = set()
        for index, option in enumerate(menu.get("options", ())):
            place, action = f"{where}/options/{index}", str(option["action"])
            if option["dtmf"] in keys:
                yield Finding(
                    FindingCode.DUPLICATE_OPTION, f"key {option['dtmf']} has two options", place
                )
            keys.add(option["dtmf"])
            target = goto_target(action)
            if target is not None:
                targets.append(target)
            elif pie_result(action) is not None:
                exits.append(str(menu["id"]))
            else:
                yield Finding(
                    FindingCode.BAD_OPTION,
                    f"{action!r} is neither menu(id) nor return(value)",
                    place,
                )
            self.cookies.update({each["key"]: each["value"] for each in option.get("add", ())})

    def flow(
        self,
        menus: list[Mapping[str, Any]],
        start: str,
        targets: dict[str, list[str]],
        exits: list[str],
    ) -> Iterator[Finding]:
        found, ending = reachable((start, "main"), targets), stuck(exits, targets)
        for index, menu in enumerate(menus):
            where, name = f"/action/menus/{index}", str(menu["id"])
            for target in targets[name]:
                if target not in targets:
                    yield Finding(
                        FindingCode.UNDEFINED_MENU, f"menu {target!r} is not defined", where
                    )
            if name not in found:
                yield Finding(
                    FindingCode.UNREACHABLE_MENU, f"no choice leads to menu {name!r}", where
                )
            elif name in ending:
                yield Finding(
                    FindingCode.NO_WAY_OUT,
                    f"whatever is pressed in menu {name!r}, the menus never end",
                    where,
                )
