"""What a job knows of every recipient, as a file for other programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Literal, TextIO, TypeAlias, get_args

from sinch.bulk.records import Row
from sinch.errors import InvalidArgumentError

Form = Literal["csv", "jsonl"]
Values: TypeAlias = tuple[str | int, ...]
_COLUMNS = ("key", "number", "text", "state", "attempts", "id", "reason", "error", "changed")


def export(rows: Iterable[Row], file: TextIO, form: Form) -> int:
    """Write rows with a heading (csv) or as one JSON object a line (jsonl); gives how many."""
    if form not in get_args(Form):
        raise InvalidArgumentError("form", "must be 'csv' or 'jsonl'")
    write = _lines(file) if form == "jsonl" else _table(file)
    written = 0
    for row in rows:
        write(_values(row))
        written += 1
    return written


def _table(file: TextIO) -> Callable[[Values], object]:
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    return table.writerow


def _lines(file: TextIO) -> Callable[[Values], object]:
    def write(values: Values) -> object:
        line = dict(zip(_COLUMNS, values, strict=True))
        return file.write(json.dumps(line, ensure_ascii=False) + "\n")

    return write


def _values(row: Row) -> Values:
    changed = ""
    if row.changed:
        changed = datetime.fromtimestamp(row.changed, UTC).isoformat(timespec="milliseconds")
    state = "pending" if row.state == "leased" else row.state
    found = (row.result, row.reason, row.error)
    return (row.key, row.number, row.text, state, row.attempts, *found, changed)
