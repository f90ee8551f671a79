"""Curves as an SVG of a few lines: logarithmic across, from zero upwards; no library, no script."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .contest import Figure

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 320, 56, 30, 36, 40
_COLOURS = {"calls": "#3f51b5", "tasks": "#00897b", "threads": "#c2185b"}
_WORDS = {
    "calls": "calls in a row, blocking",
    "tasks": "tasks at once, asyncio",
    "threads": "threads at once, blocking",
}


def draw(curves: Mapping[str, Mapping[int, Figure]]) -> str:
    """A picture of microseconds per call against how many; bars are 95 % intervals."""
    most = max(figure.high for points in curves.values() for figure in points.values())
    top = math.ceil(most / 200) * 200
    decades = math.ceil(math.log10(max(max(points) for points in curves.values())))

    def x(number: int) -> float:
        return _LEFT + math.log10(number) / decades * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _BOTTOM - _TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Processor time of one call, in microseconds</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for value in range(0, top + 1, max(200, top // 5 // 200 * 200)):
        parts.append(_line(_LEFT, y(value), _WIDTH - _RIGHT, y(value), "#dddddd"))
        parts.append(_text(_LEFT - 6, y(value) + 4, f"{value}", "end"))
    parts += [
        _text(x(10**decade), _HEIGHT - 18, f"{10**decade:,}", "middle")
        for decade in range(decades + 1)
    ]
    parts.append(_text(8, 18, "µs a call, processor time", "start"))
    for place, (name, points) in enumerate(curves.items()):
        colour = _COLOURS[name]
        line = " ".join(
            f"{x(number):.1f},{y(figure.value):.1f}" for number, figure in points.items()
        )
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for number, figure in points.items():
            parts.append(_line(x(number), y(figure.low), x(number), y(figure.high), colour))
            parts.append(
                f'<circle cx="{x(number):.1f}" cy="{y(figure.value):.1f}" r="3" fill="{colour}"/>'
            )
        parts.append(_text(_WIDTH - 20 - 175 * (2 - place), 18, _WORDS[name], "end", colour))
    return "\n".join([*parts, "</svg>", ""])


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#444444") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'
