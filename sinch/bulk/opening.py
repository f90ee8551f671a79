"""Which database a journal is in, by its name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sinch.bulk.store import Store
from sinch.errors import ConfigurationError


def open_store(journal: str | os.PathLike[str]) -> Store:
    """Open a journal: the path of a SQLite file, or ``postgresql://...``.

    Raises :class:`~sinch.errors.ConfigurationError`.
    """
    name = os.fspath(journal)
    if not isinstance(name, str) or not name.strip():
        raise ConfigurationError("journal must be a path or a URL", argument="journal")
    if name.startswith(("postgresql://", "postgres://")):
        from sinch.bulk.postgres import PostgresStore

        return PostgresStore(name)
    if name == ":memory:" or "://" in name:
        rule = "journal must be the path of a file or postgresql://...: only these outlive a crash"
        raise ConfigurationError(rule, argument="journal")
    from sinch.bulk.sqlite import SqliteStore

    return SqliteStore(name)


@contextmanager
def opened(journal: str | os.PathLike[str]) -> Iterator[Store]:
    """A journal that is open for a while."""
    with closing(open_store(journal)) as store:
        yield store
