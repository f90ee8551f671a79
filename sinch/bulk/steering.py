"""What can be done with a job from any process: look at it, pause, resume and cancel it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

import attrs

from sinch.bulk.export import Form, export
from sinch.bulk.opening import Journal, Kept, kept, opened
from sinch.bulk.personal import filled
from sinch.bulk.records import JobRow, JobState, Report, Row, State
from sinch.core import checks
from sinch.errors import InvalidArgumentError

_PAGE = 1000


def _without_password(journal: object) -> str:
    if not isinstance(journal, str):
        return str(getattr(journal, "__qualname__", type(journal).__qualname__))
    shown = re.sub(r"(?i)(password=)[^&]*", r"\1***", journal)
    return repr(re.sub(r"(?<=://)[^@/]*@", "***@", shown))


@attrs.frozen
class Steered:
    """A job as everybody sees it, whatever is sent; whoever sends is added by its kind."""

    journal: Kept = attrs.field(repr=_without_password)
    row: JobRow = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """The name of the job in its journal.

        .. code-block:: python

            Job.open("reminders.db").name  # "november"
        """
        return self.row.name

    def suppress(self, numbers: Iterable[str]) -> int:
        """Never send to these numbers, such as those that answered STOP, in any job of this journal.

        Whoever is pending becomes refused, reason ``Suppressed``, when it would be its turn.
        Gives how many numbers were new.

        .. code-block:: python

            job.suppress(["+46700000009"])  # 1; the second time 0
        """
        return suppress_in(self.journal, numbers)

    def status(self) -> Report:
        """How many recipients are in which bucket now.

        .. code-block:: python

            report = job.status()
            print(f"{report.left} of {report.total} are left, {report.unknown} are unknown")
        """
        with opened(self.journal) as store:
            return store.report(self.row)

    def pause(self) -> Report:
        """Have all workers stop after what is in flight, until :meth:`resume`.

        .. code-block:: python

            report = job.pause()
            print(report.state, report.in_flight)  # paused, and how many are waited for
        """
        return self._set(JobState.PAUSED)

    def resume(self) -> Report:
        """Go on after a pause. A cancelled job cannot: InvalidArgumentError.

        .. code-block:: python

            if job.status().state is JobState.PAUSED:
                job.resume()
        """
        return self._set(JobState.RUNNING)

    def cancel(self) -> Report:
        """End the job: whoever was not sent to becomes refused, reason ``Cancelled``.

        .. code-block:: python

            report = job.cancel()
            print(report.refusals)  # {"Cancelled": 812}
        """
        return self._set(JobState.CANCELLED)

    def _set(self, state: JobState) -> Report:
        with opened(self.journal) as store:
            [found] = [row for row in store.jobs() if row.id == self.row.id]
            if found.state is JobState.CANCELLED is not state:
                raise InvalidArgumentError("job", "was cancelled: make a new one with what is left")
            store.set_state(self.row, state)
            return store.report(self.row)

    def _resume_after_error(self) -> None:
        with opened(self.journal) as store:
            [found] = [row for row in store.jobs() if row.id == self.row.id]
            if found.state is JobState.PAUSED and found.reason:
                store.set_state(self.row, JobState.RUNNING)

    def rows(self, *states: State | str) -> Iterator[Row]:
        """Every recipient with what became of it, or those in these states; streaming.

        .. code-block:: python

            for row in job.rows(State.REFUSED, State.UNKNOWN):
                print(row.key, row.state, row.reason)
        """
        chosen = [State(state) for state in states]
        last = 0
        while True:
            with opened(self.journal) as store:
                page = store.rows(self.row, chosen, last, _PAGE)
            if not page:
                return
            for row in page:
                yield row._replace(text=filled(row.text, row.parameters)) if row.parameters else row
            last = page[-1].id

    def export(self, file: TextIO, form: Form = "csv", *states: State | str) -> int:
        """Write every recipient, or those in these states, to an open file; gives how many.

        ``form`` is ``"csv"``, with a heading, or ``"jsonl"``, an object a line. Streaming. It holds
        numbers and texts in full: keep it where such things are kept.

        .. code-block:: python

            with open("result.csv", "w", newline="") as file:
                job.export(file, "csv", "refused", "unknown")
        """
        return export(self.rows(*states), file, form)

    def note_delivery(
        self, result: str, *, number: str = "", delivered: bool = True, reason: str = ""
    ) -> bool:
        """Note a delivery report: what became of the recipient with this id of Sinch's.

        For callbacks: the end of a call, the result of a verification, the report about a message;
        ``number`` tells apart those who were sent to with one request. False if no recipient of the
        job has that id, or has it yet: a report can come before the answer to the request is kept,
        so give it again later, or leave it to :meth:`reconcile`.

        .. code-block:: python

            @router.dice
            def ended(event: DiceEvent) -> None:
                result = str(event.result)
                job.note_delivery(event.call_id or "", delivered=result == "ANSWERED", reason=result)
        """
        state = State.DELIVERED if delivered else State.FAILED
        with opened(self.journal) as store:
            return store.delivered(self.row, result, number, state, reason)


def suppress_in(journal: Journal, numbers: Iterable[str]) -> int:
    """Never send to these numbers in any job of a journal; see :meth:`Job.suppress`.

    .. code-block:: python

        suppress_in("reminders.db", ["+46700000009"])  # also before there is a job
    """
    given = [numbers] if isinstance(numbers, str) else numbers
    found = [checks.phone_number(number, "numbers") for number in given]
    with opened(kept(journal)) as store:
        return store.suppress(found)
