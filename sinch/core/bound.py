"""What products, handles and drafts have in common: each is tied to the client it sends with."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn, Self, Unpack, cast, get_type_hints

import attrs

from sinch.core.options import CallOptions, lists


class Bound:
    """Base of everything that sends with a client kept in ``_client``."""

    __slots__ = ()

    _client: Any

    if not TYPE_CHECKING:  # checkers know the attributes there are

        def __getattr__(self, name: str) -> NoReturn:
            """Say which verb gives what is not here; looked up only when nothing else was found."""
            text = f"{type(self).__name__!r} object has no attribute {name!r}"
            missing = "" if name.startswith("_") else what_to_call(type(self), giving=name)
            if missing:
                text += f": its result has it, {missing} first"
                notice(self)
            raise AttributeError(text, name=name, obj=self)

    def __repr__(self) -> str:
        """What can be called; for products, which hold nothing that is worth showing."""
        kind = type(self)
        verbs = [
            name
            for name, _ in inspect.getmembers(kind, inspect.isfunction)
            if not name.startswith("_") and name != "with_options"
        ]
        maker = next((vars(c)["__call__"] for c in kind.__mro__ if "__call__" in vars(c)), None)
        if maker is not None:
            verbs.insert(0, f"({', '.join([*inspect.signature(maker).parameters][1:])})")
        return f"<{kind.__name__}: {', '.join(verbs)}>"

    @lists(CallOptions)
    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """The same, sending with other options; what is left out stays as the client has it.

        .. code-block:: python

            sinch.sms(number, text).with_options(timeout=2, retry=RetryPolicy.none()).send()

        The options are those of :meth:`SinchClient.with_options`, and so are the errors.
        """
        return self._with_client(self._client.with_options(**options))

    def _with_client(self, client: Any) -> Self:
        return cast("Self", attrs.evolve(cast("Any", self), client=client))


def what_to_call(kind: type, *, giving: str | None = None) -> str:
    """The verbs of a class, or those whose result has ``giving``: ``call .get() or .wait()``."""
    found = [verb for verb, result in _verbs(kind) if giving is None or hasattr(result, giving)]
    if not found:
        return ""
    call = "await" if inspect.iscoroutinefunction(getattr(kind, found[0])) else "call"
    return f"{call} " + " or ".join(f".{verb}()" for verb in found)


def _verbs(kind: type) -> Iterator[tuple[str, Any]]:
    for name, function in inspect.getmembers(kind, inspect.isfunction):
        if not name.startswith("_") and not name.endswith("operation") and not prepares(function):
            try:
                yield name, get_type_hints(function).get("return")
            except NameError:  # an annotation that only checkers can resolve
                continue


def prepares(method: Callable[..., Any]) -> bool:
    """Whether a method of a draft only gives another draft."""
    returned = method.__annotations__.get("return")
    return returned in {"Self", Self} or method.__name__.startswith("with_")


def notice(thing: Bound) -> None:
    """Tell the watch of a draft, where there is one, that the draft is not forgotten."""
    watch = getattr(thing._client, "watch", None)  # noqa: SLF001
    if watch is not None:
        watch.noticed = True
