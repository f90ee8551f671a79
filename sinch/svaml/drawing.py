"""Menus drawn as SVG: plain text of ours, for a page, a pull request or a printer.

Every menu is a box with its prompt and a row for each key; lines lead from rows to the menus that
they go to. Columns count how many keys it takes to get there. Ways back are words, not lines, which
would cross everything. Colours follow the reader's light or dark setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

import attrs

from .menu_graph import goto_target, pie_result

_WIDTH: Final = 260
_GAP: Final = 70
_BETWEEN: Final = 28
_MARGIN: Final = 24
_LINE: Final = 18
_HEAD: Final = 30
_ROW: Final = 24
_CHARACTERS: Final = 34
_STYLE: Final = """
  svg { background: #fff; font: 13px system-ui, sans-serif; color: #1f2430 }
  .box { fill: #f6f7fb; stroke: #8d96ad; stroke-width: 1.2 }
  .lost .box { stroke: #c43b3b; stroke-dasharray: 5 3 }
  text { fill: #1f2430 } .name { font-weight: 600 } .prompt { fill: #5a6376; font-style: italic }
  .key { fill: #3b4db8; font-weight: 600 } .result { fill: #1d7a45 } .bad { fill: #c43b3b }
  path.way { fill: none; stroke: #3b4db8; stroke-width: 1.4; opacity: .75 }
  .rule { stroke: #d5d9e4 } .tip { fill: #3b4db8 }
  @media (prefers-color-scheme: dark) {
    svg { background: #15181f } .box { fill: #1e2330; stroke: #5f6a85 } text { fill: #e6e9f2 }
    .prompt { fill: #a2abc0 } .key { fill: #9fb0ff } .result { fill: #6fd69b } .bad { fill: #ff8d8d }
    path.way { stroke: #9fb0ff } .tip { fill: #9fb0ff } .rule { stroke: #343b4d }
  }"""


@attrs.frozen
class _Row:
    key: str
    text: str
    kind: str
    """``way``, ``result`` or ``bad``: how it looks."""
    target: str | None = None
    """A menu that a line leads to."""


@attrs.define
class _Box:
    name: str
    prompt: list[str]
    rows: list[_Row]
    lost: bool
    column: int
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        return _HEAD + len(self.prompt) * _LINE + 8 + len(self.rows) * _ROW + 6

    def row_y(self, index: int) -> float:
        return self.y + _HEAD + len(self.prompt) * _LINE + 8 + index * _ROW + _ROW / 2


def menu_map(menus: Sequence[Mapping[str, Any]], start: str = "main") -> str:
    """An SVG document of menus in their form on the wire, faulty ones too.

    .. code-block:: python

        Path("menus.svg").write_text(menu_map(reply.model.to_wire()["action"]["menus"]))
    """
    columns = _columns(menus, start)
    boxes = {box.name: box for box in _boxes(menus, columns)}
    width, height = _place([*boxes.values()])
    title = f"Menus, beginning at {start}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title><style>{_STYLE}\n</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>',
    ]
    for box in boxes.values():
        lines += _ways(box, boxes)
    for box in boxes.values():
        lines += _drawn(box)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _columns(menus: Sequence[Mapping[str, Any]], start: str) -> dict[str, int]:
    """How many keys it takes to get to each menu; those that nobody gets to are not in it."""
    targets = {
        str(menu["id"]): [goto_target(str(option["action"])) for option in menu.get("options", ())]
        for menu in menus
    }
    found = {start: 0} if start in targets else {}
    waiting = [*found]
    while waiting:
        name = waiting.pop(0)
        for target in targets[name]:
            if target is not None and target in targets and target not in found:
                found[target] = found[name] + 1
                waiting.append(target)
    return found


def _boxes(menus: Sequence[Mapping[str, Any]], columns: Mapping[str, int]) -> Iterator[_Box]:
    names = {str(menu["id"]) for menu in menus}
    beyond = max(columns.values(), default=-1) + 1
    for menu in menus:
        name = str(menu["id"])
        column = columns.get(name, beyond)
        yield _Box(
            name=name,
            prompt=_wrapped(str(menu.get("mainPrompt") or menu.get("repeatPrompt") or "no prompt")),
            rows=[*_rows(menu, names, columns, column)],
            lost=name not in columns,
            column=column,
        )


def _rows(
    menu: Mapping[str, Any], names: set[str], columns: Mapping[str, int], column: int
) -> Iterator[_Row]:
    for option in menu.get("options", ()):
        key, action = str(option.get("dtmf", "?")), str(option["action"])
        target, result = goto_target(action), pie_result(action)
        if target is not None and target not in names:
            yield _Row(key, f"{target}: not defined", "bad")
        elif target is not None and columns.get(target, column) <= column:
            yield _Row(key, f"back to {target}" if target != menu["id"] else "once more", "way")
        elif target is not None:
            yield _Row(key, target, "way", target)
        elif result is not None:
            yield _Row(key, f"PIE {result}", "result")
        else:
            yield _Row(key, action, "bad")
    if digits := menu.get("maxDigits"):
        yield _Row("0-9", f"up to {digits} digits, PIE sequence", "result")


def _place(boxes: Sequence[_Box]) -> tuple[float, float]:
    """Give each its place; the size of the whole."""
    heights: dict[int, float] = {}
    for box in boxes:
        below = heights.get(box.column, float(_MARGIN))
        box.x, box.y = _MARGIN + box.column * (_WIDTH + _GAP), below
        heights[box.column] = below + box.height + _BETWEEN
    many = max(heights, default=0) + 1
    width = 2 * _MARGIN + many * _WIDTH + (many - 1) * _GAP
    return width, max(heights.values(), default=float(_MARGIN)) - _BETWEEN + _MARGIN


def _ways(box: _Box, boxes: Mapping[str, _Box]) -> Iterator[str]:
    for index, row in enumerate(box.rows):
        if row.target is None:
            continue
        other = boxes[row.target]
        x, y = box.x + _WIDTH, box.row_y(index)
        to_x, to_y = other.x - 2, other.y + _HEAD / 2
        bend = max(40.0, (to_x - x) / 2)
        yield (
            f'<path class="way" marker-end="url(#tip)" d="M{x:g} {y:g} C{x + bend:g} {y:g} '
            f'{to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"/>'
        )


def _drawn(box: _Box) -> Iterator[str]:
    lost = ' class="lost"' if box.lost else ""
    yield (
        f'<g{lost}><rect class="box" x="{box.x:g}" y="{box.y:g}" width="{_WIDTH}" '
        f'height="{box.height:g}" rx="8"/>'
    )
    name = f"{box.name}: cannot be reached" if box.lost else box.name
    yield _text(box.x + 12, box.y + 20, _cut(name), "bad" if box.lost else "name")
    for index, line in enumerate(box.prompt):
        yield _text(box.x + 12, box.y + _HEAD + 10 + index * _LINE, line, "prompt")
    for index, row in enumerate(box.rows):
        y = box.row_y(index)
        yield (
            f'<line class="rule" x1="{box.x:g}" x2="{box.x + _WIDTH:g}" '
            f'y1="{y - _ROW / 2:g}" y2="{y - _ROW / 2:g}"/>'
        )
        yield _text(box.x + 12, y + 4, _cut(row.key, 8), "key")
        yield _text(box.x + 52, y + 4, _cut(row.text, _CHARACTERS - 6), row.kind)
    yield "</g>"


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(text)}</text>'


def _wrapped(text: str) -> list[str]:
    """At most three lines, cut at words."""
    lines = [""]
    for word in _readable(text).split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _CHARACTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = [_cut(line) for line in lines[:3]]
    return [*shown[:2], _cut(shown[2] + " ...")] if len(lines) > 3 else shown


def _readable(prompt: str) -> str:
    """Speech without the marks around it."""
    if prompt.startswith("#tts[") and prompt.endswith("]") and prompt.count("#") == 1:
        return f"“{prompt[5:-1]}”"
    return prompt


def _cut(text: str, most: int = _CHARACTERS) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return plain if len(plain) <= most else plain[: most - 3] + "..."
