"""What a call's script is written in: the things it waits for, and what may come in between.

A script is a generator. It yields one of the requests below, and is resumed with what came of it::

    heard = yield Play(prompts=prompts, side=Side.PARTY, barge=True)
    heard = heard or (yield Listen(sides=(Side.PARTY,), timeout=timedelta(seconds=5)))
    answer = yield AskApp(name="pie", event=event)

What nobody waits for is thrown in: :class:`Redirect`, when REST has other plans for the call, and
:class:`Ending`, when it is over.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

import attrs

from sinch_api.models.common import CallResult
from sinch_api.models.svaml import Svamlet

from .legs import DialledLeg
from .prompts import Prompt
from .transcript import Side

# --- what a script waits for --------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Listen:
    """Wait for a key or words of somebody on these sides; None once ``timeout`` is over."""

    sides: tuple[Side, ...] = ()
    voice: bool = False
    timeout: timedelta | None = None
    """None for as long as it takes."""

    def hears(self, side: Side) -> bool:
        """Whether a key on that side counts."""
        return side in self.sides


@attrs.frozen(kw_only=True)
class Play:
    """Let one side hear prompts; a key or words interrupt them if ``barge``. None at their end."""

    prompts: Sequence[Prompt]
    side: Side
    barge: bool = False
    voice: bool = False

    def hears(self, side: Side) -> bool:
        """Whether a key on that side counts."""
        return self.barge and side is self.side


@attrs.frozen(kw_only=True)
class Ring:
    """Dial a leg and wait for what comes of it, a :class:`.FarEndOutcome`."""

    leg: DialledLeg
    side: Side

    def hears(self, _: Side) -> bool:
        """Nobody listens."""
        return False


@attrs.frozen(kw_only=True)
class AskApp:
    """AskApp the app by an event; :class:`.AppAnswer` or :class:`.NoAnswer`."""

    name: str
    event: Mapping[str, Any]

    def hears(self, _: Side) -> bool:
        """Nobody listens."""
        return False


Wait: TypeAlias = Listen | Play | Ring | AskApp
T = TypeVar("T")
Script: TypeAlias = Generator[Wait, Any, T]

# --- what comes -----------------------------------------------------------------------------------


@attrs.frozen
class Key:
    """A key was pressed."""

    digit: str
    side: Side


@attrs.frozen
class Words:
    """Somebody said something."""

    text: str
    side: Side


@attrs.frozen
class Program:
    """SVAML to execute; ``context`` is ice, ace, pie or update."""

    svaml: Svamlet
    context: str


class Interrupt(Exception):
    """Something comes in between."""


class Redirect(Interrupt):
    """The call is to do something else from now on."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.program = program


class Ending(Interrupt):
    """The call is over. Without a ``result`` it is ANSWERED if it was, else N/A."""

    def __init__(self, reason: str, result: CallResult | None = None) -> None:
        super().__init__(reason, result)
        self.reason = reason
        self.result = result


class HungUp(Ending):
    """The call is over because somebody hung up."""

    def __init__(self, reason: str, side: Side) -> None:
        super().__init__(reason)
        self.side = side
