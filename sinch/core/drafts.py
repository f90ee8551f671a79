"""Drafts say what is missing when they are taken for the thing itself: nothing is sent without a verb.

Where Python was started to show warnings (``-X dev``, ``-W default``, ``PYTHONWARNINGS``), a draft that is
dropped without its verb warns, with the line it was made in. That is looked up once, when this module
is imported; otherwise drafts are not watched and cost nothing more.
"""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast

from sinch.core.bound import Bound, notice, prepares, what_to_call

C = TypeVar("C")
K = TypeVar("K", bound=type[Bound])


class UnsentDraft(ResourceWarning):
    """A draft was dropped without its verb, so nothing was sent."""


def _shown() -> bool:
    """Whether Python was asked for warnings, and its filters let this one through from anywhere."""
    if not (sys.flags.dev_mode or sys.warnoptions):
        return False
    for action, message, category, module, line in warnings.filters:
        if message is None and module is None and not line and issubclass(UnsentDraft, category):
            return action != "ignore"
    return True


WATCHING: Final = _shown()


class Draft(Bound):
    """Base of what is prepared now and sent later."""

    __slots__ = ()

    if (
        not TYPE_CHECKING
    ):  # for checkers, a draft has no truth value of its own and cannot be awaited

        def __bool__(self) -> NoReturn:
            raise TypeError(f"a draft is neither true nor false, {_unsent(self)}")


class AsyncDraft(Draft):
    """Base of what is prepared now, and sent later with ``await``."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __await__(self) -> NoReturn:
            raise TypeError(f"a draft cannot be awaited, {_unsent(self)}")


def _unsent(draft: Draft) -> str:
    notice(draft)
    return f"it has not been sent: {what_to_call(type(draft))}"


# --- watching -------------------------------------------------------------------------------------


class _Watch:
    """Lives as long as a draft or one made from it, and warns in the end if nobody noticed it."""

    def __init__(self, text: str, frame: FrameType) -> None:
        self.noticed = False
        self._text = text
        self._file, self._line = frame.f_code.co_filename, frame.f_lineno
        self._registry = frame.f_globals.setdefault("__warningregistry__", {})

    def __del__(self) -> None:
        if not self.noticed:
            warnings.warn_explicit(
                self._text, UnsentDraft, self._file, self._line, registry=self._registry
            )


def for_draft(client: C, text: str) -> C:
    """The client for a new draft: the client itself, or a copy that carries the draft's watch."""
    if not WATCHING:
        return client
    copy = cast("Any", client).with_options()
    copy.watch = _Watch(text, _outside())
    return cast("C", copy)


def _outside() -> FrameType:
    """The frame that called this package."""
    frame = sys._getframe()  # noqa: SLF001 - as warnings does
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("sinch."):
        frame = frame.f_back
    return frame


def watched(kind: K) -> K:
    """Have the verbs of a draft's class tell its watch; the class as it is when nobody watches."""
    if WATCHING:
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_"):
                setattr(kind, name, _noticed(method))
    return kind


def _noticed(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method, after which the draft counts as used; after one that prepares, only if it raised."""
    gives_a_draft = prepares(method)

    @wraps(method)
    def call(self: Bound, *args: Any, **options: Any) -> Any:
        try:
            result = method(self, *args, **options)
        except Exception:
            notice(self)
            raise
        if not gives_a_draft:
            notice(self)
        return result

    @wraps(method)
    async def call_async(self: Bound, *args: Any, **options: Any) -> Any:
        notice(self)
        return await method(self, *args, **options)

    return call_async if inspect.iscoroutinefunction(method) else call
