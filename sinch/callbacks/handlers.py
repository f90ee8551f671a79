"""How a handler wants to be called, found out once when it is registered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import Parameter, iscoroutinefunction, signature
from typing import Any, Literal, TypeAlias

import attrs

from sinch.callbacks.steps import Call
from sinch.errors import ConfigurationError

Style: TypeAlias = Literal["none", "positional", "keyword"]


@attrs.frozen
class Handler:
    """A registered function: its name, whether it is a coroutine function, and what it takes."""

    function: Callable[..., Any]
    name: str
    is_async: bool
    svaml: Style

    def call(self, event: object, svaml: object) -> Call:
        """The call to make for one event."""
        bound: Callable[[], Any]
        if self.svaml == "positional":
            bound = partial(self.function, event, svaml)
        elif self.svaml == "keyword":
            bound = partial(self.function, event, svaml=svaml)
        else:
            bound = partial(self.function, event)
        what = f"the handler {self.name}"
        if self.is_async:
            awaitable: Callable[[], Awaitable[object]] = bound
            return Call(what=what, awaitable=awaitable)
        return Call(what=what, plain=bound)


def inspected(function: Callable[..., Any], decorator: str, *, has_svaml: bool) -> Handler:
    """Look at a handler once.

    It gets the event, and the router's ``svaml`` as well when it has a second parameter that is
    required or named ``svaml``. Anything else that is required is a
    :class:`~sinch.errors.ConfigurationError`, as is wanting ``svaml`` when there is none.
    """
    if not callable(function):
        raise ConfigurationError(
            f"@router.{decorator} decorates a function, not {type(function).__name__}; "
            "options are passed by name"
        )
    name = getattr(function, "__qualname__", None) or type(function).__name__
    style = _style(function, name)
    if style != "none" and not has_svaml:
        raise ConfigurationError(
            f"the handler {name} takes svaml, but the router has none: "
            "CallbackRouter(verifier, svaml=Svaml(...))",
            argument="svaml",
        )
    # objects with an async __call__ are coroutine functions too
    is_async = iscoroutinefunction(function) or iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004 - not a test for being callable
    )
    return Handler(function, name, is_async, style)


def _style(function: Callable[..., Any], name: str) -> Style:
    try:
        parameters = list(signature(function).parameters.values())
    except (TypeError, ValueError):  # some built-in functions have no signature
        return "none"
    positional = [p for p in parameters if p.kind in _POSITIONAL]
    variadic = any(p.kind is Parameter.VAR_POSITIONAL for p in parameters)
    needed = [p for p in positional[1:] if p.default is Parameter.empty]
    keywords = [p for p in parameters if p.kind is Parameter.KEYWORD_ONLY]
    required = [p.name for p in keywords if p.default is Parameter.empty and p.name != "svaml"]
    if not (positional or variadic) or len(needed) > 1 or required:
        raise ConfigurationError(
            f"the handler {name} must take (event) or (event, svaml), and nothing else that is "
            "required"
        )
    if needed or any(p.name == "svaml" for p in positional[1:2]):
        return "positional"
    if any(p.name == "svaml" for p in keywords):
        return "keyword"
    return "none"


_POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
