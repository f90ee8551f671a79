"""Requests as people paste them: a curl line, the text of a request, or headers alone."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import attrs

from sinch.callbacks.delivery import Delivery
from sinch.cli.output import ExitCode, Failed

_REQUEST_LINE: Final = re.compile(r"([A-Za-z]+) (\S+)( HTTP/[0-9.]+)?")
_HEADER: Final = re.compile(r"[>\s]*([A-Za-z][A-Za-z0-9-]*)\s*[:=]\s?(.*)")
#: Options of curl that take a value which does not matter here.
_IGNORED_WITH_VALUE: Final = frozenset(
    [
        "-o",
        "--output",
        "-m",
        "--max-time",
        "--connect-timeout",
        "-A",
        "--user-agent",
        "-e",
        "--referer",
        "-x",
        "--proxy",
        "--resolve",
        "--cacert",
        "-E",
        "--cert",
        "--key",
        "-w",
        "--write-out",
        "-c",
        "-b",
        "--cookie",
        "--retry",
    ]
)
_DATA: Final = frozenset(["-d", "--data", "--data-raw", "--data-ascii", "--data-binary", "--json"])


@attrs.frozen
class Pasted:
    """What could be read of it."""

    method: str | None
    url: str | None
    """As it was written: a whole URL, or a path."""
    headers: tuple[tuple[str, str], ...] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)

    def delivery(self) -> Delivery:
        """The request as it reached a server."""
        return Delivery(self.method or "POST", self.target, self.headers, self.body)

    @property
    def target(self) -> str:
        """The path with the query."""
        if self.url is None:
            return "/"
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def read_request(text: str, here: Path | None = None) -> Pasted:
    """Find out which of the three it is, and read it. Raises :class:`.Failed`.

    ``here`` is where files are that a curl line names with ``@``; without it none is opened.
    """
    stripped = text.lstrip()
    first = stripped.partition("\n")[0].strip()
    if re.match(r"\$?\s*curl\s", stripped):
        return _curl(stripped.lstrip("$ "), here)
    if match := _REQUEST_LINE.fullmatch(first):
        head, body = _split(stripped)
        return Pasted(match[1].upper(), match[2], _headers(head.partition("\n")[2]), body)
    head, body = _split(stripped)
    found = _headers(head)
    if not found:
        raise Failed(
            "This is no request: expected a curl line, `POST /path HTTP/1.1` with headers and a "
            "body, or headers such as `Authorization: application ...`",
            ExitCode.USAGE,
        )
    return Pasted(None, None, found, body)


def _split(text: str) -> tuple[str, bytes]:
    """Headers and body; a body is the bytes as they stand, less one newline of the editor's."""
    match = re.search(r"\r?\n\r?\n", text)
    if match is None:
        return text, b""
    body = text[match.end() :]
    return text[: match.start()], body.removesuffix("\n").removesuffix("\r").encode()


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    matches = (_HEADER.fullmatch(line.rstrip()) for line in text.split("\n"))
    return tuple((match[1], match[2].strip()) for match in matches if match)


def _curl(text: str, here: Path | None) -> Pasted:
    try:
        words = shlex.split(text.replace("\\\r\n", " ").replace("\\\n", " "))[1:]
    except ValueError as problem:
        raise Failed(f"This curl line cannot be read: {problem}", ExitCode.USAGE) from None
    method: str | None = None
    url: str | None = None
    headers: list[tuple[str, str]] = []
    data: list[bytes] = []
    waiting = iter(words)
    for word in waiting:
        name, value = _option(word)
        if name in _IGNORED_WITH_VALUE:
            if not value:
                next(waiting, "")
        elif name in {"-X", "--request"}:
            method = (value or next(waiting, "")).upper()
        elif name in {"-H", "--header"}:
            header, _, content = (value or next(waiting, "")).partition(":")
            headers.append((header.strip(), content.strip()))
        elif name in _DATA:
            data.append(_data(name, value or next(waiting, ""), here))
            if name == "--json":
                headers.append(("Content-Type", "application/json"))
        elif name == "--url":
            url = value or next(waiting, "")
        elif not word.startswith("-"):
            url = word
    if data and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))  # what curl sends
    if url is None:
        raise Failed("This curl line has no URL", ExitCode.USAGE)
    return Pasted(method or ("POST" if data else "GET"), url, tuple(headers), b"&".join(data))


def _option(word: str) -> tuple[str, str]:
    """``--data=x`` and ``-XPOST`` as name and value."""
    if word.startswith("--"):
        name, _, value = word.partition("=")
        return name, value
    return (word[:2], word[2:]) if re.match(r"-[XHdomAexEwcb]", word) else (word, "")


def _data(option: str, value: str, here: Path | None) -> bytes:
    if not value.startswith("@") or option == "--data-raw":
        return value.encode()
    if here is None:
        raise Failed(f"This curl line names a file, {value}: give it with --body", ExitCode.USAGE)
    try:
        content = (here / value[1:]).read_bytes()
    except OSError as problem:
        raise Failed(f"{value[1:]}: {problem.strerror}", ExitCode.USAGE) from None
    # only --data-binary keeps line ends
    binary = option == "--data-binary"
    return content if binary else content.replace(b"\r", b"").replace(b"\n", b"")
