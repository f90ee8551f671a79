"""How deep data is nested, found without walking into a trap."""

from __future__ import annotations

from collections.abc import Mapping


def is_deeper_than(levels: int, value: object) -> bool:
    """Whether objects and arrays lie in each other more than so many times.

    Goes level by level: cycles are endless nesting, and a container that stands in several places
    counts once for each level, or shared ones could double with every level.
    """
    level = [value]
    for _ in range(levels + 1):
        containers = {id(item): item for item in level if isinstance(item, Mapping | list | tuple)}
        if not containers:
            return False
        level = [
            inner
            for item in containers.values()
            for inner in (item.values() if isinstance(item, Mapping) else item)
        ]
    return True
