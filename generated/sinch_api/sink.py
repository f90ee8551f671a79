# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Where the body of an answer goes when it is not kept in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from .failures import UnreadableResponse


class Sink:
    """Writes to a file, up to a limit."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._limit = limit
        self.size = 0

    def take(self, chunk: bytes, status: int, headers: Mapping[str, str]) -> None:
        """Write some bytes of an answer; raises :class:`.UnreadableResponse` beyond the limit."""
        self.size += len(chunk)
        if self.size > self._limit:
            raise UnreadableResponse(status=status, problem="is too large", headers=headers)
        self._file.write(chunk)
