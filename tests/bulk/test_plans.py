"""What is done over and over costs the same in a job of a million: no statement reads all of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sinch.bulk import SmsJob, schema

REPEATED = {
    name: getattr(schema, name)
    for name in (
        "KEEP",
        "NEXT",
        "DUE",
        "GIVE_BACK",
        "ELSEWHERE",
        "ORPHANS",
        "SETTLE",
        "DELIVERED",
    )
} | {
    "LAUNCH": schema.LAUNCH.format(ids="?, ?"),
    "ROWS": schema.ROWS.format(states=""),
    "KEEP_SENT": schema.for_pairs(schema.KEEP_SENT, 2),
    "HOLD": schema.for_pairs(schema.HOLD, 2),
}


@pytest.mark.parametrize("name", REPEATED)
def test_no_statement_of_a_turn_reads_the_whole_job(tmp_path: Path, name: str) -> None:
    journal = tmp_path / "journal.db"
    SmsJob.create(journal, name="n")
    sql = REPEATED[name]
    connection = sqlite3.connect(journal)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?")).fetchall()
    connection.close()
    steps = [
        row[3]
        for row in plan
        if "sinch_bulk_items" in row[3] or row[3].startswith(("SEARCH i", "SCAN i"))
    ]

    assert steps
    assert not any(
        step.startswith("SCAN") or "autoindex_sinch_bulk_items" in step for step in steps
    ), steps
    assert not any("TEMP B-TREE" in row[3] for row in plan), plan
