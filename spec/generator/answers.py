"""What a call gives: its result, its errors and its headers, and what reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .api import Content, Operation
from .prepare import JSON, TEXT, kind_of
from .types import PythonType, Typist

View = dict[str, Any]
#: Finds the Python type of something, and notes what has to be imported for it.
Named: TypeAlias = Callable[..., PythonType]


def answers_of(operation: Operation, named: Named, typist: Typist) -> View:
    """What a call gives, and the expressions that read it: by status, of errors too."""
    good = {s: c for s, c in operation.answers.items() if s.startswith("2")}
    if not good and "default" in operation.answers:
        good = {"default": operation.answers["default"]}
    errors = {
        s: c for s, c in operation.answers.items()
        if s[0] in "45" or (s == "default" and "default" not in good)
    }  # fmt: skip
    types: list[str] = []
    readers: list[View] = []
    for status, content in good.items():
        kind, reader = _reader(content, named)
        types.append(kind)
        readers.append({"status": status, "read": reader})
    result = " | ".join(dict.fromkeys(types)) or "None"
    if "Any" in types:
        result = "Any"
    simple = len(readers) == 1 and readers[0]["read"].startswith("read_json(")
    only = readers[0]["read"] if readers else "no_content"
    return {
        "result": result,
        "read": only.removeprefix("read_json(").removesuffix(")") if simple else None,
        "answers": [] if simple or all(r["read"] == "no_content" for r in readers) else readers,
        "errors": [
            {"status": status, "read": reader, "type": kind}
            for status, content in errors.items()
            for kind, reader in [_reader(content, named)]
            if reader != "no_content"
        ],
        "answer_headers": [
            {"name": name, "read": named(kind, runtime=True).read, "annotation": typist.of(kind).annotation}
            for content in good.values() for name, kind in content.headers.items()
        ],
    }  # fmt: skip


def _reader(content: Content, named: Named) -> tuple[str, str]:
    """The type of an answer, and what reads its bytes."""
    if content.type is None:
        return "None", "no_content"
    form = kind_of(content.media)
    if form == JSON:
        kind = named(content.type, runtime=True)
        return kind.annotation, f"read_json({kind.read})"
    if form == TEXT:
        kind = named(content.type, runtime=True)
        if kind.json in {"any", "list", "object"}:
            return "str", "read_plain(read_str)"
        return kind.annotation, f"read_plain({kind.read})"
    return "bytes", "read_content"


def accepted(operation: Operation) -> str:
    """What to ask for, where that is not JSON alone."""
    kinds = [
        c.media.partition(";")[0].strip() for c in operation.answers.values() if c.type is not None
    ]
    if all(kind in {JSON, "*/*"} for kind in kinds):
        return ""
    return ", ".join(dict.fromkeys([*kinds, JSON]))
