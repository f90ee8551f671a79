"""The journal in a SQLite file: one machine, any number of processes."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Generator
from contextlib import closing, contextmanager

from sinch.bulk.sql import SqlStore
from sinch.bulk.turning import Cursor
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
        except sqlite3.Error as error:
            raise _not_opened(path, error) from None
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._prepare()
        except sqlite3.Error as error:
            self._connection.close()
            raise _not_opened(path, error) from None
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Make the tables where there are none; looking alone waits for nobody."""
        with self._reading() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sinch_bulk_schema'")
            if cursor.fetchone() is not None and self._check_version(cursor):
                return
        with self._writing() as cursor:
            self._make_tables(cursor, "INTEGER PRIMARY KEY")

    @contextmanager
    def _writing(self) -> Generator[Cursor]:
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
    def _reading(self) -> Generator[Cursor]:
        with self._lock, closing(self._connection.cursor()) as cursor:
            yield cursor

    def _now(self, cursor: Cursor) -> float:  # noqa: ARG002 - the other database asks its server
        return time.time()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _not_opened(path: str, error: sqlite3.Error) -> ConfigurationError:
    return ConfigurationError(f"journal cannot be opened: {path}: {error}", argument="journal")
