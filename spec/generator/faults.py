"""How a fault of the specification is reported."""

from __future__ import annotations


class SpecError(Exception):
    """A fault in the specification: which file, where in it, and what is wrong."""

    def __init__(self, file: str, pointer: str, problem: str) -> None:
        where = f"{file}#{pointer}" if pointer else file
        super().__init__(f"{where}: {problem}")


def at(pointer: str, *keys: object) -> str:
    """The JSON pointer of something below ``pointer``."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
    return "".join([pointer, *(f"/{key}" for key in escaped)])
