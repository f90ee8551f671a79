"""How a handler wants to be called, found out once when it is registered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from inspect import Parameter, iscoroutinefunction, signature
from typing import Any, Literal, TypeAlias

import attrs

from sinch.callbacks.context import CallbackContext
from sinch.callbacks.steps import Invocation, blocking_result, refused
from sinch.errors import ConfigurationError
from sinch.reply import Reply

Extra: TypeAlias = Literal["svaml", "context"]

_SVAML: tuple[Extra, ...] = ("svaml",)

_MENTIONS_IT = re.compile(rf"\b{CallbackContext.__name__}\b")


def _takes_context(handler: Handler) -> bool:
    return "context" in (*handler.placed, *dict(handler.named).values())


@attrs.frozen
class Handler:
    """A registered function: its name, whether it is a coroutine function, and what it takes.

    ``placed`` is what follows the event by position, ``named`` what goes by which keyword;
    ``takes_context`` whether the request is among it.
    """

    function: Callable[..., Any]
    name: str
    is_async: bool
    placed: tuple[Extra, ...] = ()
    named: tuple[tuple[str, Extra], ...] = ()
    takes_context: bool = attrs.field(
        init=False, default=attrs.Factory(_takes_context, takes_self=True)
    )
    what: str = attrs.field(
        init=False,
        default=attrs.Factory(lambda self: f"the handler {self.name}", takes_self=True),
    )
    """What it is called in errors and logs."""

    def call(self, event: object, svaml: object, context: object) -> Invocation:
        """The call to make for one event."""
        bound = self._bound(event, svaml, context)
        return Invocation(self.what, None, bound) if self.is_async else Invocation(self.what, bound)

    def _bound(self, event: object, svaml: object, context: object) -> Callable[[], Any]:
        have = {"svaml": svaml, "context": context}
        placed = map(have.__getitem__, self.placed)
        named = {name: have[extra] for name, extra in self.named}
        return partial(self.function, event, *placed, **named)

    def now(self, event: object, svaml: object, context: object) -> object:
        """What it returns to blocking code; raises :class:`.NotBlocking` when it is asynchronous."""
        if self.is_async:
            raise refused(self.what)
        if self.placed == _SVAML and not self.named:
            result = self.function(event, svaml)
        elif self.placed or self.named:
            result = self._bound(event, svaml, context)()
        else:
            result = self.function(event)
        # asking whether something can be awaited takes long, and a reply never can
        return result if isinstance(result, Reply) else blocking_result(result, self.what)


def inspected(function: Callable[..., Any], decorator: str, *, has_svaml: bool) -> Handler:
    """Look at a handler once.

    It gets the event first. Any further parameter that is named ``context``, or annotated as
    :class:`.CallbackContext`, gets the request; one that is named ``svaml``, or else required, gets
    the router's ``svaml``. Anything else that is required is a
    :class:`~sinch.errors.ConfigurationError`, as is wanting ``svaml`` when there is none.
    """
    if not callable(function):
        raise ConfigurationError(
            f"@router.{decorator} decorates a function, not {type(function).__name__}; "
            "options are passed by name"
        )
    name = getattr(function, "__qualname__", None) or type(function).__name__
    placed, named = _wanted(function, name, decorator)
    wants_svaml = "svaml" in placed or any(extra == "svaml" for _, extra in named)
    if wants_svaml and not has_svaml:
        raise ConfigurationError(
            f"the handler {name} takes svaml, but the router has none: "
            "CallbackRouter(verifier, svaml=Svaml(...))",
            argument="svaml",
        )
    # objects with an async __call__ are coroutine functions too
    is_async = iscoroutinefunction(function) or iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004 - not a test for being callable
    )
    return Handler(function, name, is_async, placed, named)


Wanted: TypeAlias = tuple[tuple[Extra, ...], tuple[tuple[str, Extra], ...]]


def _wanted(function: Callable[..., Any], name: str, decorator: str) -> Wanted:
    try:
        parameters = _parameters(function)
    except (TypeError, ValueError):  # some built-in functions have no signature
        return (), ()
    first = parameters[0] if parameters else None
    if first is None or first.kind not in {*_POSITIONAL, Parameter.VAR_POSITIONAL}:
        raise _unfit(name)
    if first.name in {"self", "cls"} and first.kind in _POSITIONAL:
        raise ConfigurationError(
            f"the handler {name} is a method without its object, which would get the event as "
            f"{first.name!r}: register the bound method, router.{decorator}(ivr.{_last(name)}), "
            "in __init__ or where the object is made"
        )
    rest = parameters[1:] if first.kind in _POSITIONAL else parameters
    return _sorted(rest, name)


def _sorted(parameters: list[Parameter], name: str) -> Wanted:
    placed: list[Extra] = []
    named: list[tuple[str, Extra]] = []
    gap = False
    for parameter in parameters:
        if parameter.kind in {Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD}:
            continue
        extra = _extra(parameter)
        if extra is None:
            if parameter.default is Parameter.empty:
                raise _unfit(name)
            gap = True
        elif parameter.kind in _POSITIONAL and not gap:
            placed.append(extra)
        elif parameter.kind is not Parameter.POSITIONAL_ONLY:
            named.append((parameter.name, extra))
    if (*placed, *(extra for _, extra in named)).count("svaml") > 1:
        raise _unfit(name)
    return tuple(placed), tuple(named)


def _extra(parameter: Parameter) -> Extra | None:
    """What a parameter after the event is for; ``None`` for one that keeps its default."""
    if parameter.name == "context" or _is_context(parameter.annotation):
        return "context"
    if parameter.name == "svaml":
        return "svaml"
    required = parameter.default is Parameter.empty and parameter.kind in _POSITIONAL
    return "svaml" if required else None


def _is_context(annotation: object) -> bool:
    """Whether an annotation is or has (``CallbackContext | None``) the class, text included."""
    if isinstance(annotation, str):
        return _MENTIONS_IT.search(annotation) is not None
    return CallbackContext in (annotation, *getattr(annotation, "__args__", ()))


def _parameters(function: Callable[..., Any]) -> list[Parameter]:
    try:
        # an alias of the class is seen only where the text of annotations can be resolved
        return list(signature(function, eval_str=True).parameters.values())
    except Exception:  # noqa: BLE001 - names imported for type checkers only, and the like
        return list(signature(function).parameters.values())


def _unfit(name: str) -> ConfigurationError:
    return ConfigurationError(
        f"the handler {name} must take (event) or (event, svaml), and nothing else that is "
        "required, except for context: a parameter of that name, or annotated CallbackContext"
    )


def _last(name: str) -> str:
    return name.rpartition(".")[2]


_POSITIONAL: tuple[Any, ...] = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
