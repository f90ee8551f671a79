"""Menus as a graph: what can be reached, and from where there is a way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def reachable(starts: Iterable[str], targets: Mapping[str, Iterable[str]]) -> set[str]:
    """Every menu a caller can come to; targets that are not defined are ignored."""
    found = targets.keys() & starts
    waiting = list(found)
    while waiting:
        for target in targets[waiting.pop()]:
            if target not in found and target in targets:
                found.add(target)
                waiting.append(target)
    return found


def stuck(exits: Iterable[str], targets: Mapping[str, Iterable[str]]) -> set[str]:
    """Menus from which no choice ever leads to one of ``exits``."""
    backwards: dict[str, list[str]] = {name: [] for name in targets}
    for name, following in targets.items():
        for target in following:
            if target in backwards:
                backwards[target].append(name)
    return set(targets) - reachable(exits, backwards)


def goto_target(action: str) -> str | None:
    """The menu that an option's action goes to, ``menu(target)``; ``None`` for any other."""
    return _inside(action, "menu")


def pie_result(action: str) -> str | None:
    """The value that an option's action returns, ``return(value)``; ``None`` for any other."""
    return _inside(action, "return")


def _inside(action: str, verb: str) -> str | None:
    name, bracket, rest = action.strip().partition("(")
    if not bracket or name.strip().casefold() != verb or not rest.endswith(")"):
        return None
    return rest[:-1]
