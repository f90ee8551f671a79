"""What an event is answered with, whatever it is built by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Protocol

if TYPE_CHECKING:
    from typing_extensions import TypeVar  # checkers know it: nothing has to be installed

    K_co = TypeVar("K_co", covariant=True, default=Any)
else:
    from typing import TypeVar

    K_co = TypeVar("K_co", covariant=True)


class WireModel(Protocol):
    """A generated model: anything that can say what goes into JSON."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON."""
        ...


class CallUpdate:
    """In place of an event in ``Reply[CallUpdate]``: what ``calls(id).update(...)`` takes."""


class Reply(Generic[K_co]):
    """An answer to a callback, finished or still being built: what a handler returns.

    Everything that starts with ``svaml.ice()`` is one, wherever its chain ends, and so are
    ``allow()`` and ``deny()``. Annotate any handler with ``-> Reply``. A reply knows which event it
    answers: with ``-> Reply[IceEvent]`` mypy and pyright refuse ``svaml.ace()`` there, and a router
    never sends it.
    """

    __slots__ = ()

    @property
    def answers(self) -> str:
        """What it answers: the name of the event in lower case, or ``update`` for a call update."""
        raise NotImplementedError

    def build(self) -> Reply[K_co]:
        """The finished reply, which never changes again; a finished one gives itself."""
        return self

    @property
    def body(self) -> str:
        """The JSON text to answer with; a finished reply has one of its own."""
        return self.build().body

    if TYPE_CHECKING:

        @property
        def model(self) -> WireModel:
            """The generated model."""
            ...

    @property
    def content_type(self) -> str:
        """The Content-Type to send with :attr:`body`."""
        return "application/json"


UPDATE: Final = "update"
"""What :attr:`Reply.answers` says of an update of a call."""

_WORDS: Final = {
    "ice": "an ICE",
    "ace": "an ACE",
    "pie": "a PIE",
    "dice": "a DICE",
    "notify": "a notification",
    "verificationrequestevent": "a verification request",
    UPDATE: "an update of a call",
}
_MADE_BY: Final = {
    "ice": "svaml.ice()",
    "ace": "svaml.ace()",
    "pie": "svaml.pie()",
    "dice": "svaml.dice()",
    "notify": "svaml.notify()",
    "verificationrequestevent": "allow() or deny()",
    UPDATE: "svaml.manage_call() or svaml.unpark()",
}


def mismatch(reply: Reply, wanted: str) -> str:
    """Why a reply cannot be used for ``wanted``, and what can; empty when it can."""
    if reply.answers == wanted:
        return ""
    target = _WORDS.get(wanted, "an event that is answered with nothing")
    cure = f"use {_MADE_BY[wanted]}" if wanted in _MADE_BY else "return None"
    return (
        f"this is a reply for {_WORDS.get(reply.answers, reply.answers)}, not for {target}: {cure}"
    )
