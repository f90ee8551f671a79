"""A callback and its answer: on one line for people, on one line of JSON for a file.

What is recorded holds numbers and texts, as events do, but neither secret nor signature: whoever
plays it again signs it anew.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import attrs
import click

from sinch.cli.output import ExitCode, Failed, printable

_NOT_KEPT = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization"})


@attrs.frozen(kw_only=True)
class Exchange:
    """One callback, what became of its signature, and the answer."""

    at: str
    method: str
    path: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    signature: str
    """``genuine``, or the reason why not."""
    hints: tuple[str, ...] = ()
    to: str | None = None
    """Where it was forwarded to."""
    status: int | None = None
    answer: bytes = attrs.field(default=b"", repr=False)
    failure: str = ""
    """Why there is no answer."""
    seconds: float = 0.0

    @property
    def event(self) -> str:
        """The name of the event, or ``-``."""
        payload = self.payload
        found = payload.get("event") or payload.get("type")
        return found if isinstance(found, str) else "-"

    @property
    def payload(self) -> dict[str, Any]:
        """The event as JSON; empty when it is none."""
        return _object(self.body)

    @property
    def subject(self) -> str:
        """What it is about: the id of a call, verification or message."""
        payload = self.payload
        found = next((payload[n] for n in ("callid", "callId", "id") if payload.get(n)), "")
        return str(found)

    def to_json(self) -> dict[str, Any]:
        """One line of a recording."""
        kept = {n: v for n, v in self.headers.items() if n.lower() not in _NOT_KEPT}
        return {
            "at": self.at,
            "event": self.event,
            "subject": self.subject,
            "method": self.method,
            "path": self.path,
            "headers": kept,
            **_text("body", self.body),
            "signature": self.signature,
            "hints": list(self.hints),
            "to": self.to,
            "status": self.status,
            **_text("answer", self.answer),
            "failure": self.failure,
            "ms": round(self.seconds * 1000, 1),
        }

    @classmethod
    def from_json(cls, line: Mapping[str, Any]) -> Exchange:
        """Read one. Raises KeyError, TypeError or ValueError for anything else."""
        if not isinstance(line["path"], str) or not isinstance(line["headers"], dict):
            raise TypeError("path and headers")
        return cls(
            at=str(line["at"]),
            method=str(line["method"]),
            path=line["path"],
            headers={str(name): str(value) for name, value in line["headers"].items()},
            body=_bytes("body", line),
            signature=str(line["signature"]),
            to=line.get("to"),
            status=line.get("status"),
            answer=_bytes("answer", line),
        )


class Recorder:
    """Appends exchanges to a file that only its owner may read."""

    def __init__(self, file: Path) -> None:
        try:
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as problem:
            raise Failed(f"{file}: {problem.strerror}", ExitCode.USAGE) from None
        self._file: TextIO = os.fdopen(handle, "a", encoding="utf-8")

    def add(self, exchange: Exchange) -> None:
        """Write one, whole and at once."""
        self._file.write(json.dumps(exchange.to_json(), ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Done."""
        self._file.close()


def read_recording(file: Path) -> Iterator[Exchange]:
    """What a :class:`Recorder` wrote. Raises :class:`.Failed`, naming the line."""
    number = 0
    with file.open(encoding="utf-8") as lines:
        try:
            for line in lines:
                number += 1
                if line.strip():
                    yield Exchange.from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Failed(
                f"{file}, line {number}: this is no recording of `sinch listen`", ExitCode.USAGE
            ) from None


def line_of(exchange: Exchange) -> str:
    """Event, call, answer, milliseconds, signature, for people."""
    genuine = exchange.signature == "genuine"
    verdict = click.style(exchange.signature, fg="green" if genuine else "red")
    return (
        f"{click.style(exchange.at[11:19], dim=True)} "
        f"{click.style(printable(exchange.event)[:28].ljust(12), bold=True)} "
        f"{printable(exchange.subject)[:36].ljust(10)} → {summary(exchange)}  "
        f"{exchange.seconds * 1000:.0f} ms  {verdict}"
    )


def summary(exchange: Exchange) -> str:
    """The answer in a few words."""
    if exchange.failure:
        return click.style(printable(exchange.failure), fg="red")
    if exchange.status is None:
        return click.style("not forwarded", dim=True)
    ok = 200 <= exchange.status < 300
    status = click.style(str(exchange.status), fg="green" if ok else "red")
    return f"{status} {printable(words_of(exchange.answer))}".rstrip()


def words_of(answer: bytes) -> str:
    """What an answer tells Sinch to do."""
    found = _object(answer)
    action = found.get("action")
    if isinstance(action, str):  # of a verification
        return action
    steps = found.get("instructions")
    parts = [part for part in steps if isinstance(part, dict)] if isinstance(steps, list) else []
    if isinstance(action, dict):
        parts.append(action)
    return ", ".join(str(part.get("name")) for part in parts) or ("{}" if found == {} else "")


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(name: str, body: bytes) -> dict[str, str]:
    """As text where it is text, else as base64 under another name."""
    try:
        return {name: body.decode()}
    except UnicodeDecodeError:
        return {f"{name}Base64": b64encode(body).decode()}


def _bytes(name: str, line: Mapping[str, Any]) -> bytes:
    if name in line:
        return str(line[name]).encode()
    return b64decode(line[f"{name}Base64"])
