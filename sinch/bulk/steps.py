"""What the flows of a job ask for; two drivers do it, one with threads and one in an event loop."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sinch.bulk.records import Batch
from sinch.core.flow import Flow

T = TypeVar("T")


class Journal(NamedTuple):
    """Do this with the journal, and give back what it returns. It may block."""

    do: Callable[[], Any]


class Start(NamedTuple):
    """Begin the work on these batches and do not wait for it."""

    batches: Sequence[Batch]


class Gather(NamedTuple):
    """Wait until something is finished; gives ``(batch, result or error)`` for all that is.

    ``seconds`` is how long at most. Once the first is there, up to ``linger`` seconds are spent on
    further ones, until there are ``enough``: so they share a transaction.
    """

    seconds: float
    enough: int = 1
    linger: float = 0.0


Done: TypeAlias = tuple[Batch, Any]
Step: TypeAlias = Journal | Start | Gather
BulkFlow: TypeAlias = Generator[Step, Any, T]
Work: TypeAlias = Callable[[Batch], Flow[Any]]


class Control:
    """What reaches a flow from outside while it goes on: the wish that it comes to an end."""

    def __init__(self) -> None:
        self.draining = False
        self.signal = 0
