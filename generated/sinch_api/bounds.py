# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""What a value may be beyond its type: checked when Python code gives one, never when one is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple


class Bounds(NamedTuple):
    """The limits of a value, as the specification has them.

    ``written`` is how the value goes over the wire, where that is not as it is: limits are about what is
    sent. ``items`` are the limits of the elements of a list, or of the values of a map.
    """

    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    items: Bounds | None = None
    written: Callable[[Any], Any] | None = None

    def problem(self, value: Any) -> tuple[str, str] | None:
        """What is wrong with a value, if anything: where inside of it, and the rule."""
        if value is None:
            return None
        sent = value if self.written is None else self.written(value)
        if isinstance(sent, bool):
            return None
        if isinstance(sent, int | float | Decimal):
            rule = self._number(sent)
        elif isinstance(sent, str):
            rule = self._text(sent)
        elif isinstance(sent, Mapping):
            return self._many(sent.items(), len(sent), "property")
        elif isinstance(sent, list | tuple):
            if self.unique and _repeats(sent):
                return "", "must not have an element twice"
            return self._many(enumerate(sent), len(sent), "element")
        else:
            return None
        return None if rule is None else ("", rule)

    def _number(self, value: float | Decimal) -> str | None:
        if self.minimum is not None and value < self.minimum:
            return f"must be at least {self.minimum}"
        if self.maximum is not None and value > self.maximum:
            return f"must be at most {self.maximum}"
        if self.above is not None and value <= self.above:
            return f"must be more than {self.above}"
        if self.below is not None and value >= self.below:
            return f"must be less than {self.below}"
        step = self.multiple_of
        if step is not None and Decimal(str(value)) % Decimal(str(step)):
            return f"must be a multiple of {step}"
        return None

    def _text(self, value: str) -> str | None:
        if self.min_length is not None and len(value) < self.min_length:
            return f"must have at least {_counted(self.min_length, 'character')}"
        if self.max_length is not None and len(value) > self.max_length:
            return f"must have at most {_counted(self.max_length, 'character')}"
        if self.pattern is not None and not re.search(self.pattern, value, re.ASCII):
            return f"must match {self.pattern}"
        return None

    def _many(
        self, parts: Iterable[tuple[Any, Any]], count: int, what: str
    ) -> tuple[str, str] | None:
        if self.min_items is not None and count < self.min_items:
            return "", f"must have at least {_counted(self.min_items, what)}"
        if self.max_items is not None and count > self.max_items:
            return "", f"must have at most {_counted(self.max_items, what)}"
        for key, one in parts if self.items else ():
            if self.items and (found := self.items.problem(one)):
                return f"[{key!r}]{found[0]}", found[1]
        return None


def _counted(number: int, what: str) -> str:
    if number == 1:
        return f"{number} {what}"
    return f"{number} {what.removesuffix('y')}ies" if what.endswith("y") else f"{number} {what}s"


def _repeats(values: Sequence[Any]) -> bool:
    try:
        return len(set(values)) < len(values)
    except TypeError:  # maps cannot be hashed
        return any(one in values[:index] for index, one in enumerate(values))
