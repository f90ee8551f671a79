"""Reading the bodies of requests below ``/_sandbox``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sinch.sandbox.platform.errors import Refusal, malformed
from sinch.sandbox.rest.http import RoutedRequest
from sinch_api.codec import Malformed, expected, optional, read_bool, read_str, required

T = TypeVar("T")


class RequestBody:
    """The properties of a body, read one by one; no body is an empty object.

    Raises :class:`.Refusal` 40001 for whatever is not as expected. Unknown properties and letter
    case are ignored.
    """

    def __init__(self, routed: RoutedRequest, *names: str) -> None:
        raw = routed.request.json() if routed.request.body else {}
        self._fields = self._of(raw, names)

    @classmethod
    def of(cls, raw: object, *names: str) -> RequestBody:
        """The same for an object inside a body."""
        body = cls.__new__(cls)
        body._fields = cls._of(raw, names)
        return body

    @staticmethod
    def _of(raw: object, names: tuple[str, ...]) -> dict[str, object]:
        """The properties by their names, nulls among them: they take away what is set."""
        if not isinstance(raw, Mapping):
            raise malformed(expected("an object", raw))
        folded = {name.casefold(): name for name in names}
        fields: dict[str, object] = {}
        for key, value in raw.items():
            name = folded.get(str(key).casefold())
            if name is not None and (key == name or name not in fields):
                fields[name] = value
        return fields

    def get(self, name: str, read: Callable[[Any], T]) -> T | None:
        """A property that may be absent or null."""
        try:
            return optional(self._fields, name, read)
        except Malformed as problem:
            raise malformed(problem) from None

    def need(self, name: str, read: Callable[[Any], T]) -> T:
        """A property that has to be there."""
        try:
            return required(self._fields, name, read)
        except Malformed as problem:
            raise malformed(problem) from None

    def has(self, name: str) -> bool:
        """Whether the property is there, be it null."""
        return name in self._fields

    def choice(self, name: str, *choices: str) -> str | None:
        """One of some words, in lower case; None when it is absent."""
        value = self.get(name, read_str)
        if value is None:
            return None
        folded = value.strip().casefold()
        if folded not in choices:
            raise Refusal(40001, f"Parameter {name} has to be one of {', '.join(choices)}.")
        return folded

    @property
    def wait(self) -> bool:
        """Whether to answer only after the callbacks that this brings about."""
        value = self.get("wait", read_bool)
        return True if value is None else value
