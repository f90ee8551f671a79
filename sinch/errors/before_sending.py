"""Errors that are raised before anything leaves this machine."""

from __future__ import annotations

from collections.abc import Sequence

from sinch.errors.base import NothingSent
from sinch_api.arguments import refuse_with


class ConfigurationError(NothingSent):
    """A client, verifier or setting was given something it cannot work with.

    ``argument`` is the name of the parameter, ``variable`` that of the environment variable or
    setting the value came from, when there is one. ``certainly_not_sent`` is True.
    """

    def __init__(
        self, message: str, argument: str | None = None, variable: str | None = None
    ) -> None:
        super().__init__(message, argument, variable)
        self.argument = argument
        self.variable = variable


class ClientStateError(NothingSent, RuntimeError):
    """A client was used after it was closed, in a forked child, or from another event loop.

    Also one entered with the wrong kind of ``with``. ``certainly_not_sent`` is True.
    """


class InvalidArgumentError(NothingSent, ValueError):
    """An argument breaks a rule; nothing was sent, and ``certainly_not_sent`` is True.

    ``argument`` names the argument, ``rule`` says what it has to be; together they read as a
    sentence.
    """

    def __init__(self, argument: str, rule: str) -> None:
        super().__init__(argument, rule)
        self.argument = argument
        self.rule = rule

    @property
    def message(self) -> str:
        """Argument and rule, as a sentence."""
        return f"{self.argument} {self.rule}"


def _refused(argument: str, rule: str) -> InvalidArgumentError:
    return InvalidArgumentError(argument=argument, rule=rule)


# The models of sinch_api know nothing of this tree; what they refuse is an error of it all the same.
refuse_with(_refused)


class SvamlError(NothingSent, ValueError):
    """A reply or menu that Sinch would reject; ``faults`` lists every fault found.

    ``certainly_not_sent`` is True.
    """

    def __init__(self, message: str, faults: Sequence[str] = ()) -> None:
        self.faults = tuple(faults) or (message,)
        super().__init__(message, list(self.faults))
