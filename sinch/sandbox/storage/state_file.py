"""The file of ``--state``: a SQLite database that one sandbox holds at a time.

Settings are one JSON text, records one row each, so a change writes what changed. The database is
locked for as long as it is open, and the system lets go of that lock however a process ends. What
was committed survives the process, killed or not; a power cut may cost the last moments.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import uuid4

import attrs

VERSION: Final = 2
#: "SINc": tells our databases from those of others.
_APPLICATION_ID: Final = 0x53494E63
_SMALLEST: Final = 512
_MAGIC: Final = b"SQLite format 3\0"
_TABLES: Final = (
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE records (position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
    "id TEXT NOT NULL, data TEXT NOT NULL, UNIQUE (kind, id))",
    "CREATE INDEX in_order ON records (kind, position)",
    f"PRAGMA application_id = {_APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
# who is there already stays in its place, so that the order is that of arrival
_PUT: Final = (
    "INSERT INTO records (kind, id, data) VALUES (?, ?, ?) "
    "ON CONFLICT (kind, id) DO UPDATE SET data = excluded.data"
)
_TRIM: Final = (
    "DELETE FROM records WHERE kind = :kind AND position <= (SELECT position FROM records "
    "WHERE kind = :kind ORDER BY position DESC LIMIT 1 OFFSET :keep)"
)
_SET: Final = "INSERT OR REPLACE INTO settings VALUES (?, ?)"


class StateFileError(ValueError):
    """A state file that cannot be used; the text says why, and what to do."""


@attrs.frozen
class Row:
    """One record as it is stored."""

    kind: str
    id: str
    data: str


class StateFile:
    """The database at a path; any thread may use it, one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._stamp: str | None = None

    def open(self) -> None:
        """Lock it, and make it if there is none.

        Raises :class:`StateFileError` for a path that cannot be written, a file that is something
        else, and one that another sandbox uses, or has used since it was open here last.
        """
        self._prepare()
        connection = sqlite3.connect(
            self._path, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            self._take(connection)
        except BaseException as problem:
            connection.close()
            if isinstance(problem, sqlite3.Error):
                raise StateFileError(self._explain(problem)) from None
            raise
        self._connection = connection

    def _prepare(self) -> None:
        """Find out what SQLite would say less clearly, and let nobody else read a new file."""
        path = self._path
        if not path.parent.is_dir():
            raise StateFileError(f"the folder of the state file {path} does not exist")
        if path.is_dir():
            raise StateFileError(f"the state file {path} is a folder")
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            # not opened: closing it again would undo the lock of a sandbox in this process
            if 0 < path.stat().st_size < _SMALLEST:  # SQLite would take it for an empty one
                raise self.unusable(self._what_else()) from None
        except OSError as problem:
            raise StateFileError(
                f"cannot write the state file {path}: {problem.strerror or problem}"
            ) from None

    def _take(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if not tables and not owner:
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute(_SET, ("stamp", uuid4().hex))
        elif owner != _APPLICATION_ID:
            raise self.unusable("it is not a state file of the Sinch sandbox")
        elif version != VERSION:
            raise self.unusable(f"it has version {version}, and this program reads {VERSION}")
        found = connection.execute("SELECT value FROM settings WHERE name = 'stamp'").fetchone()
        if self._stamp not in (None, found[0]):
            raise StateFileError(
                f"the state file {self._path} was used by another sandbox in the meantime: "
                "make a new sandbox to go on from what it holds now"
            )
        self._stamp = found[0]
        connection.execute("COMMIT")
        # a commit appends to a log beside it and needs no fsync to outlive this process
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    def _explain(self, problem: sqlite3.Error) -> str:
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            return (
                f"the state file {self._path} is in use by another sandbox: "
                "stop that one, or name another file"
            )
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
            return f"cannot write the state file {self._path}: {problem}"
        if code == sqlite3.SQLITE_NOTADB:
            return str(self.unusable(self._what_else()))
        return str(self.unusable(f"it is damaged ({problem})"))

    def _what_else(self) -> str:
        """What a file is that is no database; so no sandbox has it open."""
        with self._path.open("rb") as file:
            begin = file.read(len(_MAGIC))
        if begin.lstrip().startswith(b"{"):
            return "it is of an earlier version, JSON, which is no longer read"
        if begin == _MAGIC:
            return "it is damaged"
        return "it is not a state file of the Sinch sandbox"

    def unusable(self, why: str) -> StateFileError:
        """The error for a file that holds something else than it should."""
        return StateFileError(
            f"the state file {self._path} cannot be used: {why}. "
            "Remove it to start afresh, or name another"
        )

    def claim(self) -> None:
        """Refuse it from now on to those who have read it before, and might write that back."""
        self._stamp = uuid4().hex
        self._opened().execute(_SET, ("stamp", self._stamp))

    def read(self) -> tuple[str | None, list[Row]]:
        """The settings, None in a new file, and all records in the order in which they came."""
        connection = self._opened()
        try:
            settings = connection.execute(
                "SELECT value FROM settings WHERE name = 'settings'"
            ).fetchone()
            rows = connection.execute("SELECT kind, id, data FROM records ORDER BY position")
            return settings and settings[0], [Row(*row) for row in rows]
        except sqlite3.Error as problem:
            raise StateFileError(self._explain(problem)) from None

    def write(
        self, batches: Iterable[list[Row]], *, settings: str, keep: int, clear: bool = False
    ) -> None:
        """Add or replace records and settings, all or nothing; ``clear`` forgets those before.

        Of each kind the newest ``keep`` remain. Raises :class:`sqlite3.Error`.
        """
        connection = self._opened()
        connection.execute("BEGIN IMMEDIATE")
        try:
            if clear:
                connection.execute("DELETE FROM records")
            kinds: set[str] = set()
            for batch in batches:
                connection.executemany(_PUT, [(row.kind, row.id, row.data) for row in batch])
                kinds.update(row.kind for row in batch)
            for kind in kinds:
                connection.execute(_TRIM, {"kind": kind, "keep": keep})
            connection.execute(_SET, ("settings", settings))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Let go of it. Closing twice is fine."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("the state file is not open")
        return self._connection
