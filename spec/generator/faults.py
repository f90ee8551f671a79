"""How faults of a specification are collected and reported: all of a run, sorted, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

import attrs


class Level(IntEnum):
    """How bad a fault is.

    ``STYLE``: a rule of our house is broken; nothing wrong would be generated. ``OMITTED``: something
    has no form in Python here and is left out. ``WRONG``: the document makes no sense.
    """

    STYLE = 1
    OMITTED = 2
    WRONG = 3


@attrs.frozen(order=True)
class Fault:
    """One fault: in which file, where in it (a JSON pointer), and what is wrong."""

    file: str
    pointer: str
    problem: str
    level: Level = attrs.field(default=Level.WRONG, order=False)

    def __str__(self) -> str:
        where = f"{self.file}#{self.pointer}" if self.pointer else self.file
        return f"{where}: {self.problem}"


class SpecError(Exception):
    """The specification cannot be generated from; ``faults`` says why, in order."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def fault(file: str, pointer: str, problem: str) -> SpecError:
    """A single fault that leaves nothing to go on with."""
    return SpecError(Fault(file, pointer, problem))


class Faults:
    """The faults of one run. Strict: any of them ends it. Lenient: what can be left out is left out."""

    def __init__(self, *, lenient: bool = False) -> None:
        self.lenient = lenient
        self._found: dict[tuple[str, str, str], Fault] = {}

    def add(self, file: str, pointer: str, problem: str, level: Level = Level.WRONG) -> None:
        """Note a fault; house rules mean nothing to specifications of others."""
        if not (self.lenient and level is Level.STYLE):
            self._found.setdefault((file, pointer, problem), Fault(file, pointer, problem, level))

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(self._found.values()))

    def __len__(self) -> int:
        return len(self._found)

    def stop(self) -> None:
        """Raise :class:`SpecError` with all faults so far, unless they can be lived with."""
        if self._found and not self.lenient:
            raise SpecError(*self)


def at(pointer: str, *keys: object) -> str:
    """The JSON pointer of something below ``pointer``."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
    return "".join([pointer, *(f"/{key}" for key in escaped)])


def keys_of(pointer: str) -> list[str]:
    """The names that a JSON pointer is made of."""
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
