"""What the plugin watches in a run of pytest: phones, for transcripts and the coverage of menus."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

import pytest

from sinch.testing.registry import watch

if TYPE_CHECKING:
    from sinch.engine import SimulatedCall
    from sinch.testing.coverage import MenuCoverage
    from sinch.testing.switchboard import Switchboard
    from sinch.testing.transcript import Transcript

__tracebackhide__ = True
OPTION: Final = "sinch_menu_coverage"


class Watch:
    """Sees every phone of one run of pytest; what it knows goes with it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        chosen = config.getoption(OPTION)
        self._wanted = bool(config.getini(OPTION) if chosen is None else chosen)
        # held until the end of a test, so that a failure can be explained; then only by others
        self._made: list[Switchboard] = []
        self._alive: WeakSet[Switchboard] = WeakSet()
        self._seen: dict[str, int] = {}
        self._coverage: MenuCoverage | None = None
        self._stop = watch(self._made.append)

    def pytest_unconfigure(self) -> None:
        """Forget everything, and watch no more."""
        self._stop()
        self._made.clear()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """Note how far the calls of phones of a wider scope are."""
        self._seen = {call.id: len(call.transcript) for call in self._calls()}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let a failure end in the user's line, and put the transcripts of its calls below it."""
        if call.excinfo is not None and not getattr(self._config.option, "fulltrace", False):
            _end_in_users_line(call.excinfo)
        report = yield
        if report.failed and report.when != "teardown":
            report.sections += [("Sinch call", str(text)) for text in self._transcripts()]
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        """Note what was walked, and let the phones go."""
        try:
            return (yield)
        finally:
            if self._wanted:
                self._collect()
            self._alive.update(self._made)
            self._made.clear()

    def _calls(self) -> list[SimulatedCall]:
        """Every call of every phone there is; phones of one sandbox have theirs in common."""
        calls: dict[str, SimulatedCall] = {}
        for board in {*self._made, *self._alive}:
            with board.lock:
                calls.update((call.id, call) for call in board.engine.calls())
        return list(calls.values())

    def _fresh(self) -> list[tuple[SimulatedCall, int]]:
        """The calls in which something happened in this test, and since which entry."""
        found = [(call, self._seen.get(call.id, 0)) for call in self._calls()]
        return [(call, seen) for call, seen in found if len(call.transcript) > seen]

    def _transcripts(self) -> Iterator[Transcript]:
        for call, _ in self._fresh():
            from sinch.testing.transcript import transcript_of

            yield transcript_of(call)

    def _collect(self) -> None:
        for call, seen in self._fresh():
            from sinch.testing.coverage import MenuCoverage

            found = MenuCoverage.of(call.transcript, since=seen)
            self._coverage = (self._coverage or MenuCoverage()) + found

    # --- the report -----------------------------------------------------------------------------

    def pytest_sessionfinish(self) -> None:
        """Hand over to the process that started this one, under xdist."""
        output = getattr(self._config, "workeroutput", None)
        if output is not None and self._coverage is not None:
            output[OPTION] = self._coverage.to_json()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of xdist has seen."""
        rows = getattr(node, "workeroutput", {}).get(OPTION)
        if rows:
            from sinch.testing.coverage import MenuCoverage

            self._coverage = (self._coverage or MenuCoverage()) + MenuCoverage.from_json(rows)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Report what was never walked."""
        if not self._wanted:
            return
        terminalreporter.ensure_newline()
        terminalreporter.section("Sinch menu coverage")
        terminalreporter.write_line(str(self._coverage or "no phone has seen a menu"))


def _end_in_users_line(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Cut off what comes below the user's line, such as the client that made the request."""
    errors = sys.modules.get("sinch.testing.errors")
    if errors is None or not isinstance(excinfo.value, errors.PhoneError):
        return
    from sinch.testing.witness import is_users

    last: TracebackType | None = None
    at: TracebackType | None = excinfo.tb
    while at is not None:
        last = at if is_users(at.tb_frame.f_code.co_filename) else last
        at = at.tb_next
    if last is not None:
        last.tb_next = None  # pytest starts from here again, whatever else is set
