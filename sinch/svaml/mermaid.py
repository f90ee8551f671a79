"""Menus drawn as a Mermaid flow chart, from their form on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .menu_graph import goto_target, pie_result

_LABEL = 60


def flow_chart(menus: Sequence[dict[str, Any]], start: str) -> str:
    """``flowchart TD`` with a box a menu, an arrow a key, and a rounded box a PIE."""
    names = {str(menu["id"]): f"m{index}" for index, menu in enumerate(menus)}
    # not "call": that is a word of Mermaid, which then draws nothing
    lines = ["flowchart TD", "    begin((call))"]
    edges: list[str] = []
    missing: dict[str, str] = {}

    def node(target: str) -> str:
        if target in names:
            return names[target]
        return missing.setdefault(target, f"x{len(missing)}")

    edges.append(f"    begin --> {node(start)}")
    pies = 0
    for menu in menus:
        own = names[str(menu["id"])]
        prompt = menu.get("mainPrompt") or "no prompt"
        lines.append(f'    {own}["{_label(menu["id"])}<br/>{_label(prompt)}"]')
        for option in menu.get("options", ()):
            key = _label(option.get("dtmf"))
            target = goto_target(str(option["action"]))
            if target is not None:
                edges.append(f'    {own} -->|"{key}"| {node(target)}')
                continue
            result = pie_result(str(option["action"]))
            label = "PIE " + _label(option["action"] if result is None else result)
            edges.append(f'    {own} -->|"{key}"| p{pies}(["{label}"])')
            pies += 1
        if digits := menu.get("maxDigits"):
            edges.append(f'    {own} -->|"up to {digits} digits"| p{pies}(["PIE sequence"])')
            pies += 1
    lines += [f'    {name}["{_label(target)}<br/>not defined"]' for target, name in missing.items()]
    return "\n".join([*lines, *edges]) + "\n"


def _label(value: object) -> str:
    """Text that Mermaid shows as it is: its own signs as entities, long texts cut."""
    text = " ".join(str(value).split())
    if len(text) > _LABEL:
        text = text[: _LABEL - 3] + "..."
    return "".join(c if c.isalnum() or c in " .,:;-_+*/?!'=" else f"#{ord(c)};" for c in text)
