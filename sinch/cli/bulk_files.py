"""Rows of a CSV file for ``sinch bulk run``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sinch.cli.output import ExitCode, Failed

if TYPE_CHECKING:
    from sinch.bulk import Job


def make_job(
    journal: str,
    file: TextIO,
    *,
    name: str | None,
    kind: str,
    text: str | None,
    rate: float | None,
    cli: str | None,
    locale: str | None,
    method: str,
) -> Job[Any]:
    """The job with everybody of the file in it; nothing is made of a file that cannot be read."""
    from sinch.bulk import CalloutJob, JobState, MessageJob, SmsJob, VerificationJob

    has_text = kind != "verification"
    rows = rows_of(file, text if has_text else None, has_text=has_text)
    first = next(rows, None)
    name = name or _name(journal, file)
    job: Job[Any]
    if kind == "sms":
        job = SmsJob.create(journal, name=name, rate=rate, cli=cli)
    elif kind == "messages":
        job = MessageJob.create(journal, name=name, rate=rate, sender=cli)
    elif kind == "callout":
        job = CalloutJob.create(journal, name=name, rate=rate, cli=cli, locale=locale)
    else:
        job = VerificationJob.create(journal, name=name, rate=rate, method=method)
    if job.row.state is JobState.CANCELLED:
        raise _wrong(f"the job {name} was cancelled: begin another with --name")
    if first is not None:
        job.add(chain([first], rows), text=text if has_text else None)
    return job


def _name(journal: str, file: TextIO) -> str:
    """The name of the file; but nobody is sent to twice because a file has got another name."""
    from sinch.bulk.opening import opened
    from sinch.errors import ConfigurationError

    stem, there = Path(name_of(file)).stem, []
    with suppress(ConfigurationError), opened(journal, new=False) as store:  # else it is made later
        there = [row.name for row in store.jobs()]
    if there and stem not in there:
        raise _wrong(
            f"the journal has the job {' and '.join(there)}: --name {there[-1]} goes on with it, "
            f"--name {stem} begins another, which sends to everybody in {name_of(file)}"
        )
    return stem


def rows_of(file: TextIO, text: str | None, *, has_text: bool) -> Iterator[dict[str, str]]:
    """Rows for ``job.add``, as they are read; comma, semicolon or tab.

    Raises :class:`.Failed`, or :class:`~sinch.errors.InvalidArgumentError` for ``--text``.
    """
    from sinch.bulk.personal import Personal

    heading = file.readline()
    mark = max(",;\t", key=heading.count)
    columns = [column.strip() for column in next(csv.reader([heading], delimiter=mark), [])]
    texts = [] if not has_text else ["text"] if text is None else Personal.of(text).keys
    missing = sorted({"number", *texts} - {*columns})
    if missing:
        hint = " or --text" if missing == ["text"] else ""
        raise _wrong(
            f"{name_of(file)} needs a column {' and '.join(missing)}{hint}; "
            f"its first line names {', '.join(columns) or 'none'}"
        )
    for values in csv.reader(file, delimiter=mark):
        if not values:
            continue
        yield dict.fromkeys(columns, "") | dict(zip(columns, values, strict=False))


def name_of(file: TextIO) -> str:
    """What an open file is called; standard input may have no name."""
    name = str(getattr(file, "name", "<stdin>"))
    return "stdin" if name in ("-", "<stdin>") else name


def numbers_of(file: TextIO) -> list[str]:
    """Numbers, one a line."""
    return [line.strip() for line in file if line.strip()]


def _wrong(message: str) -> Failed:
    return Failed(message, ExitCode.USAGE)
