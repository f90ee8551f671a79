"""Rows of a CSV file for ``sinch bulk run``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain
from string import Template
from typing import TYPE_CHECKING, Any, TextIO

from sinch.cli.output import ExitCode, Failed

if TYPE_CHECKING:
    from sinch.bulk import Job


def make_job(
    journal: str,
    file: TextIO,
    *,
    name: str,
    kind: str,
    text: str | None,
    rate: float | None,
    cli: str | None,
    locale: str | None,
    method: str,
) -> Job[Any]:
    """The job with everybody of the file in it; nothing is made of a file that cannot be read."""
    from sinch.bulk import CalloutJob, MessageJob, SmsJob, VerificationJob

    rows = rows_of(file, text, has_text=kind != "verification")
    first = next(rows, None)
    job: Job[Any]
    if kind == "sms":
        job = SmsJob.create(journal, name=name, rate=rate, cli=cli)
    elif kind == "messages":
        job = MessageJob.create(journal, name=name, rate=rate, sender=cli)
    elif kind == "callout":
        job = CalloutJob.create(journal, name=name, rate=rate, cli=cli, locale=locale)
    else:
        job = VerificationJob.create(journal, name=name, rate=rate, method=method)
    if first is not None:
        job.add(chain([first], rows))
    return job


def rows_of(file: TextIO, text: str | None, *, has_text: bool) -> Iterator[Sequence[str]]:
    """Rows for ``job.add``, as they are read; comma, semicolon or tab. Raises :class:`.Failed`."""
    heading = file.readline()
    mark = max(",;\t", key=heading.count)
    columns = [column.strip() for column in next(csv.reader([heading], delimiter=mark), [])]
    template = Template("${text}" if text is None else text)
    wanted = {"number"}
    if has_text:
        if not template.is_valid():
            raise _wrong("--text has a $ that names no column; write $$ for a $ itself")
        wanted |= {*template.get_identifiers()}
    missing = sorted(wanted - {*columns})
    if missing:
        hint = " or --text" if missing == ["text"] else ""
        raise _wrong(
            f"{name_of(file)} needs a column {' and '.join(missing)}{hint}; "
            f"its first line names {', '.join(columns) or 'none'}"
        )
    for values in csv.reader(file, delimiter=mark):
        if not values:
            continue
        row = dict.fromkeys(columns, "") | dict(zip(columns, values, strict=False))
        fields = [row["number"].strip()]
        if has_text:
            fields.append(template.substitute(row))
        yield [*fields, row["key"]] if row.get("key") else fields


def name_of(file: TextIO) -> str:
    """What an open file is called; standard input may have no name."""
    name = str(getattr(file, "name", "<stdin>"))
    return "stdin" if name in ("-", "<stdin>") else name


def numbers_of(file: TextIO) -> list[str]:
    """Numbers, one a line."""
    return [line.strip() for line in file if line.strip()]


def _wrong(message: str) -> Failed:
    return Failed(message, ExitCode.USAGE)
