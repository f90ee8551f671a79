"""Examples of the models, operations and answers of any generated package, made from what it says of itself."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

DEPTH = 3
TEXTS = {
    "read_datetime": "2026-01-02T03:04:05Z", "read_date": "2026-01-02", "read_uuid": "12345678-1234-5678-1234-567812345678",
    "read_base64": "AP8=", "read_bool": True, "read_int": 7, "read_float": 1.5, "read_decimal": 1.5, "read_any": "any",
    "read_object": {"a": 1}, "read_strings": {"a": "b"}, "read_seconds": 7, "read_milliseconds": 7, "read_clock": "00:00:07",
    "read_cli": "private", "read_text": "text", "read_str": "text",
}  # fmt: skip


class Examples:
    """Values are made by the functions that read them: what each of these takes is known."""

    def __init__(self, package: str, view: dict[str, Any]) -> None:
        self.package = package
        self.view = view
        self._models = importlib.import_module(f"{package}.models")
        self._operations = importlib.import_module(f"{package}.operations")

    def models(self) -> Iterator[Any]:
        for name in self._models.__all__:
            found = getattr(self._models, name)
            if isinstance(found, type) and hasattr(found, "_reading") and not self._uploads(found):
                yield found

    @staticmethod
    def _uploads(model: Any) -> bool:
        """A form with files is never read."""
        return any("read_upload" in repr(read) for _, read in model._reading.readers.values())

    def wire(self, model: Any, depth: int = 0) -> dict[str, Any]:
        """A payload with all properties; further down with those that are needed only."""
        made = {}
        needed = {python for python, _ in model._reading.required}
        for wire, (python, read) in model._reading.readers.items():
            if not python:
                made[wire] = next(v for k, v in vars(model).items() if k == self._tag(model, wire))
            elif depth < DEPTH or python in needed or self._nullable(read):
                made[wire] = self.value(read, depth)
        return {
            k: v
            for k, v in made.items()
            if v is not None or self._nullable(model._reading.readers[k][1])
        }

    def _tag(self, model: Any, wire: str) -> str:
        for module in self.view["modules"]:
            for item in module["content"]:
                if item["name"] == model.__name__:
                    return next(str(tag["python"]) for tag in item["tags"] if tag["wire"] == wire)
        raise LookupError(wire)

    @staticmethod
    def _nullable(read: Any) -> bool:
        return isinstance(read, partial) and read.func.__name__ == "read_nullable"

    def value(self, read: Any, depth: int) -> Any:
        if read is None:
            return "text"
        if isinstance(read, partial):
            return self._composed(read, depth)
        owner = getattr(read, "__self__", None)
        if owner is None:
            return TEXTS[read.__name__]
        if isinstance(owner, type) and hasattr(owner, "_reading"):
            return self.wire(owner, depth + 1) if depth < 8 else {}
        if isinstance(owner, type):
            return next(iter(owner)).value
        tag, member = next(iter(owner.members.items()))
        return {**self.wire(member, depth + 1), owner.key: self._spelt(owner, tag, member)}

    def _spelt(self, owner: Any, tag: str, member: Any) -> Any:
        """A tag as the package writes it: of enumerations, the value that it names."""
        read = member._reading.readers.get(owner.key)
        kind = getattr(read[1], "__self__", None) if read else None
        if isinstance(kind, type):
            return next((m.value for m in kind if str(m.value).casefold() == tag), tag)
        return getattr(member, self._tag(member, owner.key)) if read and not read[0] else tag

    def _composed(self, read: Any, depth: int) -> Any:
        given, name = read.keywords, read.func.__name__
        if name == "read_list":
            return [self.value(given["read"], depth + 1)] if depth < 8 else []
        if name == "read_map":
            return {"key": self.value(given["read"], depth + 1)} if depth < 8 else {}
        if name == "read_nullable":
            return self.value(given["read"], depth) if depth < DEPTH else None
        if name == "read_exactly":
            return given["value"]
        _, first = given["options"][0]
        return self.value(first, depth)

    # --- operations ----------------------------------------------------------------------------

    def call(self, operation: dict[str, Any]) -> Any:
        """The operation with all its arguments."""
        function = getattr(self._operations, operation["python"])
        given = {p["python"]: self._argument(p["type"]) for p in operation["parameters"]}
        if operation["body_type"] is not None:
            given["body"] = self._argument(operation["body_type"])
        return function(**given)

    def _argument(self, kind: Any) -> Any:
        """A value of a type: read from an example, as an answer would be."""
        read = self._function(kind.read)
        if kind.annotation in {"bytes", "Upload"}:
            return b"bytes"
        model = getattr(read, "__self__", None)
        if isinstance(model, type) and hasattr(model, "_reading") and self._uploads(model):
            return self._form(model)
        return read(self.value(read, 0))

    def _form(self, model: Any) -> Any:
        made = {}
        for python, read in model._reading.readers.values():
            if not python:
                continue
            inner = read.keywords.get("read") if isinstance(read, partial) else read
            upload = getattr(inner, "__name__", "") == "read_upload"
            value = b"file" if upload else None
            made[python] = (value,) if upload and inner is not read else value
            if not upload:
                text = self.value(read, 1)
                made[python] = read(text) if read is not None else text
        return model(**made)

    def _function(self, expression: str) -> Any:
        """What an expression of the generated code means."""
        names: dict[str, Any] = {name: getattr(self._models, name) for name in self._models.__all__}
        for module in ("codec", "choices", "model", "bodies"):
            names |= vars(importlib.import_module(f"{self.package}.{module}"))
        return eval(expression, names)

    def answer(self, operation: dict[str, Any]) -> tuple[int, str, bytes, dict[str, str]]:
        """An answer to the operation, as its reader wants it."""
        if operation["read"]:
            body = self.value(self._function(operation["read"]), 0)
            return 200, "application/json", json.dumps(body).encode(), {}
        for answer in operation["answers"]:
            status = {"2XX": 200, "default": 200}.get(answer["status"]) or int(answer["status"])
            read = answer["read"]
            if read.startswith("read_json("):
                body = self.value(
                    self._function(read.removeprefix("read_json(").removesuffix(")")), 0
                )
                return status, "application/json", json.dumps(body).encode(), {}
            if read != "no_content":
                return status, "text/plain", b"text", {}
        return 204, "", b"", {}
