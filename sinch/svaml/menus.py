"""Menus: what a caller may press, and where that leads."""

# ruff: noqa: SLF001 - a menu and the set it belongs to are one unit

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sinch.errors import SvamlError
from sinch.values import Dtmf

from . import checks
from .menu_graph import reachable
from .prompts import PromptLike, as_prompt, check_length, joined
from .reply import SharedMenus

if TYPE_CHECKING:
    from sinch.svaml.limits import Limits

    from .factory import Svaml


class Menus:
    """A set of menus that lead to each other, for ``run_menu`` and ``callouts.menu``.

    Mutable while it is written. Faults are collected and reported all at once when the menus are
    used, so a menu that is filled while the program starts can be shared by all threads.
    """

    # No reference to a MenuDefinition, which refers to this: a cycle would be left to the garbage
    # collector, which costs as much again as writing the menus.
    __slots__ = (
        "_faults",
        "_faulty",
        "_ready",
        "_sealed",
        "_spoken",
        "_targets",
        "_wires",
        "svaml",
    )

    def __init__(self, svaml: Svaml) -> None:
        self.svaml: Svaml = svaml
        """Whose language and limits apply."""
        self._wires: dict[str, dict[str, Any]] = {}  # the menus as they go into JSON
        self._targets: dict[str, list[str]] = {}  # where each leads
        self._spoken = False
        self._faults: list[str] = []
        self._faulty: set[str] = set()
        self._ready: dict[str, SharedMenus] = {}
        self._sealed: set[str] = set()  # replies that are not built yet hold these as they are

    def begin_menu(
        self,
        menu_id: str,
        prompt: PromptLike | None = None,
        *,
        repeat_prompt: PromptLike | None = None,
        repeats: int = 3,
        timeout: timedelta | float | None = None,
        max_timeout: timedelta | float | None = None,
        max_digits: int | None = None,
    ) -> MenuDefinition:
        """Begin a menu of single-key options; ``end_menu()`` returns here.

        ``prompt`` is played first; without input ``repeat_prompt``, or ``prompt`` again, is played
        up to ``repeats`` times. ``timeout`` is the wait for a key, 1 to 30 seconds, 5 unless given;
        ``max_timeout`` that for speech, 20 seconds unless given; both a timedelta or seconds. With ``max_digits`` the menu also
        collects a number. Ids are unique, at most 64 characters (``Limits.menu_id``).
        """
        return MenuDefinition(
            self, menu_id, prompt, repeat_prompt, repeats, timeout, max_timeout, max_digits
        )

    def number_input(
        self,
        menu_id: str,
        prompt: PromptLike | None,
        max_digits: int,
        *,
        repeat_prompt: PromptLike | None = None,
        repeats: int = 3,
        timeout: timedelta | float | None = None,
        max_timeout: timedelta | float | None = None,
    ) -> Self:
        """Add a menu that collects up to ``max_digits`` digits; they come as a PIE ``sequence``.

        Input also ends with ``#`` and with the timeout. For the rest see :meth:`begin_menu`.
        """
        MenuDefinition(
            self, menu_id, prompt, repeat_prompt, repeats, timeout, max_timeout, max_digits
        )
        return self

    def to_mermaid(self, start: str = "main") -> str:
        """The menus as a Mermaid flow chart that begins at ``start``; faulty ones too."""
        from .mermaid import flow_chart

        return flow_chart(list(self._wires.values()), start)

    def to_svg(self, start: str = "main") -> str:
        """The menus as an SVG picture that begins at ``start``; faulty ones too."""
        from .drawing import menu_map

        return menu_map(list(self._wires.values()), start)

    def check(self, start: str = "main") -> None:
        """Raise the :class:`SvamlError` that ``run_menu(start, menus)`` would raise, if any."""
        self.ready(start)

    def ready(self, start: str) -> SharedMenus:
        """The menus as they go into a reply; checked whole, once."""
        given: object = start
        if not isinstance(given, str):
            raise SvamlError(f"the menu to start with is named by its id, not {given!r:.40}")
        ready = self._ready.get(start)
        if ready is None:
            faults = [*self._faults, *self._faults_together(start)]
            if faults:
                many = f"{len(faults)} faults in the menus: " if len(faults) > 1 else ""
                raise SvamlError(many + "; ".join(faults), faults=tuple(faults))
            ready = self._ready[start] = SharedMenus(self._wires.values())
            ready.spoken = self._spoken
            self._sealed.update(self._wires)
        return ready

    def _faults_together(self, start: str) -> list[str]:
        wires, targets = self._wires, self._targets
        if not wires:
            return ["there are no menus"]
        faults: list[str] = []
        if start not in wires:
            faults.append(f"the menu to start with, {start!r}, is not defined")
        for name, following in targets.items():
            if following:
                faults += [
                    f"menu {name!r} goes to {target!r}, which is not defined"
                    for target in following
                    if target not in wires
                ]
            wire = wires[name]
            if "options" not in wire and "maxDigits" not in wire and name not in self._faulty:
                faults.append(f"menu {name!r} has neither options nor digits to collect")
        if len(wires) > 1 and start in wires:
            # 'main' has to be there by Sinch's rules (docs/platform/svaml.md#menus), wherever the caller starts
            found = reachable((start, "main"), targets)
            if len(found) < len(wires):
                faults += [
                    f"menu {name!r} cannot be reached" for name in wires if name not in found
                ]
        return faults

    def __repr__(self) -> str:
        return f"<Menus: {', '.join(self._wires)}>"


class MenuDefinition:
    """One menu being written; a ``with`` block can end it as well as ``end_menu()``."""

    __slots__ = ("_keys", "_menus", "_name", "_targets", "_wire", "id")

    def __init__(
        self,
        menus: Menus,
        menu_id: str,
        prompt: PromptLike | None,
        repeat_prompt: PromptLike | None,
        repeats: int,
        timeout: timedelta | float | None,
        max_timeout: timedelta | float | None,
        max_digits: int | None,
    ) -> None:
        self.id: str = menu_id
        self._menus = menus
        self._keys: set[str] = set()
        self._targets: list[str] = []
        menus._ready = {}
        limits = menus.svaml.limits
        self._wire: dict[str, Any] = {"id": menu_id}
        self._register(limits)
        main = None if prompt is None else self._prompt(prompt, limits)
        repeat = main if repeat_prompt is None else self._prompt(repeat_prompt, limits)
        if prompt is None and repeat_prompt is None:
            self._fault("has no prompt")
        wire = self._wire
        wire["mainPrompt"] = main or repeat
        wire["repeatPrompt"] = repeat
        try:
            wire["repeats"] = checks.at_least(repeats, 0, "repeats")
            if max_digits is not None:
                wire["maxDigits"] = checks.at_least(max_digits, 1, "max_digits")
            if timeout is not None:
                wire["timeoutMills"] = checks.milliseconds(
                    timeout, "the timeout", limits.menu_timeout_min, limits.menu_timeout_max
                )
            if max_timeout is not None:
                wire["maxTimeoutMills"] = checks.milliseconds(
                    max_timeout, "max_timeout", limits.menu_timeout_min, None
                )
        except SvamlError as error:
            self._fault(str(error))

    def goto(
        self,
        key: Dtmf | str | int,
        target: str,
        *,
        cookies: Mapping[str, str] | None = None,
        spoken: str | None = None,
    ) -> Self:
        """Go to another menu (or this one again) when ``key`` is pressed.

        ``cookies`` are set on the way (SDK of 2018). ``spoken`` is the word that does the same when
        ``run_menu(..., enable_voice=True)`` (a later .NET SDK).
        """
        option: dict[str, Any] = {"dtmf": "", "action": f"menu({target})"}
        found: object = target
        if isinstance(found, str):
            self._targets.append(found)
        else:
            self._fault(f"option {key!s}: the menu to go to is its id, not {found!r:.40}")
        if cookies:
            try:
                option["add"] = checks.cookies(cookies, self._menus.svaml.limits)
            except SvamlError as error:
                self._fault(f"option {key!s}: {error}")
        self._option(key, option, spoken)
        return self

    def trigger_pie(self, key: Dtmf | str | int, result: str, *, spoken: str | None = None) -> Self:
        """End the menus when ``key`` is pressed and send a PIE with ``result`` as its value.

        The result cannot contain parentheses, which end it. ``spoken`` as in :meth:`goto`.
        """
        if not isinstance(result, str) or not result.strip() or "(" in result or ")" in result:
            self._fault(f"option {key!s}: a result is text without parentheses, not {result!r:.40}")
        self._option(key, {"dtmf": "", "action": f"return({result})"}, spoken)
        return self

    def end_menu(self) -> Menus:
        """Back to the set of menus, to add another."""
        return self._menus

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to do: a menu belongs to its set from the beginning."""

    def _register(self, limits: Limits) -> None:
        given: object = self.id
        name, menus = given if isinstance(given, str) else "", self._menus
        twice = name in menus._wires
        # under which it belongs to the set, if it does
        self._name: str | None = None if twice else name
        if not twice:
            menus._wires[name] = self._wire
            menus._targets[name] = self._targets
        if not name.strip() or "(" in name or ")" in name:
            self._fault("needs an id without parentheses")
        elif len(name) > limits.menu_id:
            self._fault(f"the id has {len(name)} characters, at most {limits.menu_id} are allowed")
        if twice:
            self._fault("is defined twice")

    def _prompt(self, prompt: PromptLike, limits: Limits) -> str | None:
        try:
            found = check_length(as_prompt(prompt), limits)
            if found.spoken:
                self._menus._spoken = True
            return joined(found)
        except SvamlError as error:
            self._fault(str(error))
            return None

    def _option(self, key: Dtmf | str | int, option: dict[str, Any], spoken: str | None) -> None:
        menus = self._menus
        if menus._ready:
            menus._ready = {}
        try:
            option["dtmf"] = text = key._value_ if isinstance(key, Dtmf) else checks.key(key)
            if text in self._keys:
                self._fault(f"key {text} has two options")
            self._keys.add(text)
            if spoken is not None:
                option["input"] = checks.text(spoken, "the spoken word")
        except SvamlError as error:
            self._fault(str(error))
        wire = self._wire
        name = self._name
        if name is not None and name in menus._sealed:
            # leave the menu as it was to replies that are not built yet
            wire = self._wire = {**wire, "options": [*wire.get("options", ())]}
            menus._sealed.discard(name)
            menus._wires[name] = wire
        options = wire.get("options")
        if options is None:
            wire["options"] = [option]
        else:
            options.append(option)

    def _fault(self, what: str) -> None:
        if self._name is not None:  # what is wrong with a second one says nothing about the first
            self._menus._faulty.add(self._name)
        self._menus._faults.append(f"menu {self.id!r}: {what}")

    def __repr__(self) -> str:
        return f"<MenuDefinition {self.id!r}: keys {', '.join(sorted(self._keys)) or 'none'}>"
