"""What a test is told when something is wrong in a call, and where the call stood then.

.. code-block:: text

    PhoneError                  (AssertionError) the test fails
    ├── CallbackRefused         the app crashed, or answered a callback with an error status
    ├── CallbackUnanswered      nobody listens, or no answer in time
    ├── CallbackUnhandled       no handler takes the event, or it returned nothing
    ├── SvamlRefused            what the app answered is not legal SVAML
    ├── LifespanFailed          the app did not start, or not stop
    ├── NotPossible             (ValueError too) the call is not where this could be done to it
    ├── NotAwaited              (RuntimeError too) verbs of an AsyncPhoneCall were not awaited
    ├── CallNotEnded            there is nothing to read of the end of a call that goes on
    ├── CallNotPlaced           the code under test has not placed the call that was expected
    └── NothingFailed           an ``expect_failure()`` block saw no failure
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinch.engine import NotPossible as EngineNotPossible

__tracebackhide__ = True


class PhoneError(AssertionError):
    """The call did not go as it has to.

    ``problem`` says what is wrong, ``where`` where the call stood: its state and the last lines of
    its transcript, "" when there is no call. ``str()`` gives both.
    """

    def __init__(self, problem: str, where: str = "") -> None:
        super().__init__(problem, where)
        self.problem = problem
        self.where = where

    def __init_subclass__(cls) -> None:
        # as users import them, and as pytest's summary shows them
        cls.__module__ = "sinch.testing"

    def __str__(self) -> str:
        return f"{self.problem}\n{self.where}" if self.where else self.problem


PhoneError.__module__ = "sinch.testing"


class CallbackRefused(PhoneError):
    """The application did not answer a callback with 2xx, or crashed.

    ``__cause__`` is the application's own exception, where it runs in this process. ``event`` is
    the name of the callback, ``status`` the answer's, ``body`` the beginning of its body.
    """

    event: str = ""
    status: int = 0
    body: str = ""


class CallbackUnanswered(PhoneError):
    """No answer came: nobody listens there, or not within the time that Sinch waits."""

    event: str = ""


class CallbackUnhandled(PhoneError):
    """The router answered with its safe default, which hangs up: nothing handles the event.

    Raised where that ends the call or denies the verification: for ``ice``, ``pie`` and
    verification requests without a handler, for a handler of those that returns None, and for a
    ``runMenu`` whose input no handler takes.
    """

    event: str = ""


class SvamlRefused(PhoneError):
    """Sinch would not execute what the application answered.

    ``notify`` is the event with which Sinch tells the application, ``code`` and ``message`` what is
    in it, ``reply`` the answer that it is about.
    """

    notify: Mapping[str, Any] = {}
    code: int = 0
    message: str = ""
    reply: Any = None


class LifespanFailed(PhoneError):
    """The application did not start, or not stop; ``__cause__`` is its own exception."""


class NotPossible(PhoneError, EngineNotPossible):
    """The call is not where this could be done to it, or there are no such keys."""


class NotAwaited(PhoneError, RuntimeError):
    """The last verbs of an :class:`.AsyncPhoneCall` have not taken effect yet."""


class CallNotEnded(PhoneError):
    """The call goes on."""


class CallNotPlaced(PhoneError):
    """The code under test has not placed such a call."""


class NothingFailed(PhoneError):
    """A failure was expected."""
