"""What every error has: a message, fields that travel between processes, and whether it may be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sinch.redaction import scrub, without_secrets
from sinch_api.headers import Headers

__all__ = ["MAX_KEPT_BODY", "Answered", "NothingSent", "SinchError"]

MAX_KEPT_BODY: Final = 64 * 1024
"""Bytes of an answer's body that an error keeps; the rest is cut off."""


def _restore(cls: type[SinchError], args: tuple[Any, ...], state: dict[str, Any]) -> SinchError:
    """Rebuild an error from a pickle without ``__init__``: a subclass of yours may take anything."""
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _as_text(body: bytes) -> str:
    """Bytes as text that JSON can hold, without loss: what is not UTF-8 becomes lone surrogates."""
    return body.decode("utf-8", "surrogateescape")


def _as_bytes(body: bytes | str) -> bytes:
    raw = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else bytes(body)
    return raw[:MAX_KEPT_BODY]


class SinchError(Exception):
    """Base of every error of this SDK; catch this to catch them all.

    A subclass passes everything its ``__init__`` takes on, in the same order and as JSON has it.
    """

    args: tuple[Any, ...]

    def __init__(self, message: str, *fields: Any) -> None:
        super().__init__(message)
        self.args = (message, *fields)

    @property
    def message(self) -> str:
        """What went wrong, in words."""
        return str(self.args[0])

    @property
    def certainly_not_sent(self) -> bool:
        """Whether it is certain that the call had no effect, so that repeating it cannot double one.

        True: no message went out for it, no phone rings. False: something may have happened, or
        the error is not about a call at all. Each class says which; when in doubt it is False.
        It speaks of the last attempt: earlier ones were repeated only where that cannot double
        anything. Whether repeating will *help* is another question: the same wrong number is
        refused again.
        """
        return False

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__.copy())


class NothingSent(SinchError):
    """What is raised before anything leaves this machine."""

    @property
    def certainly_not_sent(self) -> bool:
        """Always True: this is raised before anything is sent."""
        return True


class Answered(SinchError):
    """What an answer that came leaves behind in an error: its headers and the start of its body."""

    headers: Headers
    """Headers of the answer, found in any letter case; values of cookies and credentials are ``***``."""
    body: bytes
    """The answer's body, without compression; at most :data:`MAX_KEPT_BODY` bytes of it."""

    def keep(self, headers: Mapping[str, str] | None, body: bytes | str) -> tuple[Any, ...]:
        """Set both, without secrets, and return them as ``args`` hold them.

        .. code-block:: python

            error.keep({"Set-Cookie": "session=1"}, b"{}")
            error.headers["set-cookie"]  # "***"
            error.body  # b"{}"
        """
        self.headers = without_secrets(headers or {})
        self.body = scrub(_as_bytes(body))
        return dict(self.headers), _as_text(self.body)
