"""Appointments and what was sent for them, in SQLite. Any database with a unique key will do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import attrs

SCHEMA = """
CREATE TABLE IF NOT EXISTS appointments (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, starts_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS reminders (
    appointment INTEGER PRIMARY KEY REFERENCES appointments (id),
    message_id TEXT,            -- NULL: being sent, or nobody knows
    status TEXT
);
"""


@attrs.frozen
class Appointment:
    """Who comes when."""

    id: int
    number: str
    starts_at: datetime


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    """A connection of its own for each task; committed at the end."""
    connection = sqlite3.connect(os.environ.get("REMINDERS_DB", "reminders.db"))
    try:
        connection.executescript(SCHEMA)
        with connection:
            yield connection
    finally:
        connection.close()


def add(number: str, starts_at: datetime) -> int:
    """Write an appointment down; gives its id."""
    with database() as db:
        added = db.execute(
            "INSERT INTO appointments (number, starts_at) VALUES (?, ?)",
            (number, starts_at.astimezone(UTC).isoformat()),
        )
        return added.lastrowid or 0


def due(now: datetime, ahead: timedelta) -> list[int]:
    """The appointments within that time for which nothing was begun."""
    with database() as db:
        rows = db.execute(
            "SELECT id FROM appointments WHERE starts_at BETWEEN ? AND ? "
            "AND id NOT IN (SELECT appointment FROM reminders)",
            (now.isoformat(), (now + ahead).isoformat()),
        )
        return [id_ for (id_,) in rows]


def get(id_: int) -> Appointment:
    """One appointment."""
    with database() as db:
        query = "SELECT number, starts_at FROM appointments WHERE id = ?"
        number, starts_at = db.execute(query, (id_,)).fetchone()
    return Appointment(id_, number, datetime.fromisoformat(starts_at))


# --8<-- [start:claim]
def claim(appointment: int) -> bool:
    """Write down *before* sending that it is about to be sent; False when somebody else did."""
    with database() as db:
        row = "INSERT OR IGNORE INTO reminders (appointment) VALUES (?)"
        return db.execute(row, (appointment,)).rowcount == 1


def release(appointment: int) -> None:
    """Take the claim back: it certainly was not sent, and may be tried again."""
    with database() as db:
        db.execute("DELETE FROM reminders WHERE appointment = ?", (appointment,))


# --8<-- [end:claim]


def sent(appointment: int, message_id: str) -> None:
    """Keep the id of the message, for its status."""
    with database() as db:
        row = "UPDATE reminders SET message_id = ? WHERE appointment = ?"
        db.execute(row, (message_id, appointment))


def arrived(appointment: int, status: str) -> None:
    """Keep what became of it."""
    with database() as db:
        row = "UPDATE reminders SET status = ? WHERE appointment = ?"
        db.execute(row, (status, appointment))


def unknown() -> list[int]:
    """Reminders that may or may not have gone out: for a person to look at."""
    with database() as db:
        rows = db.execute("SELECT appointment FROM reminders WHERE message_id IS NULL")
        return [id_ for (id_,) in rows]
