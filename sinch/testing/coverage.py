"""Which options of the menus were walked in tests, and which never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

if TYPE_CHECKING:
    from sinch.engine.transcript import Entry

__tracebackhide__ = True
DIGITS: Final = "digits"
Row: TypeAlias = tuple[str, str, str]
"""Menu, key and what the key does."""


@attrs.frozen
class MenuCoverage:
    """How often each option of each menu was chosen. Menus of the same name are one menu.

    An option is the menu's id, the key, and its action; collecting digits counts as one with the
    key ``digits``. ``str()`` is a report of what was never walked.
    """

    walks: Mapping[Row, int] = attrs.field(factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry], *, since: int = 0) -> MenuCoverage:
        """Read it from the transcript of a call; choices count from entry ``since`` on."""
        walks: dict[Row, int] = {}
        collecting: dict[str, Row] = {}
        for number, entry in enumerate(entries):
            name = entry.kind
            fields: Any = entry
            if name == "replied":
                for row in _options(fields.payload):
                    walks.setdefault(row, 0)
                    if row[1] == DIGITS:
                        collecting[row[0]] = row
            elif name == "menu_choice":
                row = (fields.menu_id, str(fields.dtmf), fields.action)
                walks[row] = walks.get(row, 0) + (number >= since)
            elif name == "menu_left" and fields.result == "sequence":
                row = collecting.get(fields.menu_id, (fields.menu_id, DIGITS, "sequence"))
                walks[row] = walks.get(row, 0) + (number >= since)
        return cls(walks)

    def __add__(self, other: MenuCoverage) -> MenuCoverage:
        """Both together."""
        walks = dict(self.walks)
        for row, count in other.walks.items():
            walks[row] = walks.get(row, 0) + count
        return MenuCoverage(walks)

    @property
    def never_walked(self) -> tuple[Row, ...]:
        """The options nobody chose: menu, key, action."""
        return tuple(sorted(row for row, count in self.walks.items() if not count))

    @property
    def complete(self) -> bool:
        """Whether every option was walked."""
        return not self.never_walked

    def __bool__(self) -> bool:
        """Whether there was any menu."""
        return bool(self.walks)

    def __str__(self) -> str:
        missing = self.never_walked
        total = len(self.walks)
        lines = [f"{total - len(missing)} of {total} menu options walked"]
        for menu in dict.fromkeys(row[0] for row in missing):
            lines.append(f"  menu {menu}, never walked:")
            lines += [f"    {key}  {action}" for name, key, action in missing if name == menu]
        return "\n".join(lines)

    # --- between processes ------------------------------------------------------------------

    def to_json(self) -> list[list[str | int]]:
        """Plain lists, for another process."""
        return [[*row, count] for row, count in self.walks.items()]

    @classmethod
    def from_json(cls, rows: Iterable[Iterable[Any]]) -> MenuCoverage:
        """Read what :meth:`to_json` made."""
        found = [tuple(row) for row in rows]
        return cls({(menu, key, action): count for menu, key, action, count in found})


def _options(reply: object) -> Iterable[Row]:
    """The options in an answer, as it is on the wire (docs/platform/svaml.md#menus)."""
    action = _get(reply, "action")
    if str(_get(action, "name")).casefold() != "runmenu":
        return
    menus = _get(action, "menus")
    for menu in menus if isinstance(menus, list | tuple) else ():
        name = str(_get(menu, "id"))
        options = _get(menu, "options")
        for option in options if isinstance(options, list | tuple) else ():
            yield name, str(_get(option, "dtmf")), str(_get(option, "action"))
        if _get(menu, "maxDigits"):
            yield name, DIGITS, f"up to {_get(menu, 'maxDigits')}"


def _get(value: object, name: str) -> Any:
    if not isinstance(value, Mapping):
        return None
    if name in value:
        return value[name]
    folded = name.casefold()
    return next((item for key, item in value.items() if str(key).casefold() == folded), None)
