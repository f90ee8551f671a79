"""The journal in a SQLite file: one machine, any number of processes."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sinch.bulk import schema
from sinch.bulk.sql import Cursor, SqlStore
from sinch.errors import ConfigurationError

#: Seconds that a transaction waits for those of other processes.
_PATIENCE = 60.0


class SqliteStore(SqlStore):
    """A file with write-ahead log; a transaction that ended is on disk (``synchronous=FULL``).

    The file has to be on a local disk: SQLite's locks do not hold on network file systems.
    """

    def __init__(self, path: str) -> None:
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as error:
            raise ConfigurationError(
                f"journal cannot be opened: {path}: {error}", argument="journal"
            ) from None
        try:
            with self._writing() as cursor:
                for statement in schema.TABLES.format(id="INTEGER PRIMARY KEY").split(";"):
                    cursor.execute(statement)
                self._check_version(cursor)
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    cursor.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[Cursor]:
        with self._lock, closing(self._connection.cursor()) as cursor:
            yield cursor

    def _now(self, cursor: Cursor) -> float:
        return time.time()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
