"""What went wrong while a phone worked: raised where the verb ends, unless it was expected."""

from __future__ import annotations

import re
from typing import Self

from sinch.testing.errors import NothingFailed, PhoneError

__tracebackhide__ = True


class ExpectedFailure:
    """A block in which the application may, and must, fail: ``with phone.expect_failure():``.

    The call goes on as Sinch would. Other kinds of failures than the expected one are raised.
    """

    def __init__(
        self, failures: Failures, kind: type[PhoneError], match: str | re.Pattern[str] | None
    ) -> None:
        self._failures = failures
        self._kind = kind
        self._match = match
        self.failures: tuple[PhoneError, ...] = ()
        """What has failed in the block so far."""

    @property
    def failure(self) -> PhoneError:
        """The first one. Raises :class:`NothingFailed`."""
        if not self.failures:
            raise NothingFailed(f"the app should have failed with {self}, but it did not")
        return self.failures[0]

    def takes(self, error: PhoneError) -> bool:
        """Whether it is what was expected; it is kept then.

        .. code-block:: python

            with phone.expect_failure(CallbackRefused, match="HTTP 500") as expected:
                expected.takes(CallbackRefused("HTTP 404"))  # False
                expected.takes(CallbackRefused("HTTP 500"))  # True
        """
        if not isinstance(error, self._kind):
            return False
        if self._match is not None and re.search(self._match, str(error)) is None:
            return False
        self.failures += (error,)
        return True

    def __enter__(self) -> Self:
        self._failures.expected.append(self)
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        self._failures.expected.remove(self)
        if error is None:
            _ = self.failure

    def __str__(self) -> str:
        name = self._kind.__name__
        if self._match is None:
            return name
        pattern = self._match if isinstance(self._match, str) else self._match.pattern
        return f"{name} that matches {pattern!r}"


class Failures:
    """The failures of one phone or sandbox."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.seen: list[PhoneError] = []
        self.expected: list[ExpectedFailure] = []
        self._unsaid: list[PhoneError] = []

    def add(self, error: PhoneError) -> None:
        """Take note of a failure."""
        self.seen.append(error)
        if any(block.takes(error) for block in reversed(self.expected)) or not self.strict:
            return
        self._unsaid.append(error)

    def check(self) -> None:
        """Raise what has failed since the last time; the first failure, with notes of the rest."""
        if not self._unsaid:
            return
        (first, *others), self._unsaid = self._unsaid, []
        for other in others:
            first.add_note(f"and then: {other.problem}")
        raise first

    def expect(
        self, kind: type[PhoneError] = PhoneError, match: str | re.Pattern[str] | None = None
    ) -> ExpectedFailure:
        """A block in which this may happen."""
        return ExpectedFailure(self, kind, match)
