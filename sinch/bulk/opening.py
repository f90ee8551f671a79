"""Which database a journal is in, by its name."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sinch.bulk.store import Store
from sinch.errors import ConfigurationError


def name_of(journal: str | os.PathLike[str]) -> str:
    """The journal as text: the path of a SQLite file, or ``postgresql://...``.

    Raises :class:`~sinch.errors.ConfigurationError`.
    """
    name = os.fspath(journal)
    if not isinstance(name, str) or not name.strip():
        raise ConfigurationError("journal must be a path or a URL", argument="journal")
    if name == ":memory:" or ("://" in name and not _in_postgres(name)):
        rule = "journal must be the path of a file or postgresql://...: only these outlive a crash"
        raise ConfigurationError(rule, argument="journal")
    return name


def open_store(journal: str | os.PathLike[str], *, new: bool = True) -> Store:
    """Open a journal, which has to be there if it must not be ``new``.

    Raises :class:`~sinch.errors.ConfigurationError`.
    """
    name = name_of(journal)
    if _in_postgres(name):
        from sinch.bulk.postgres import PostgresStore

        return PostgresStore(name)
    if not new and not Path(name).exists():
        raise ConfigurationError(f"journal does not exist: {name}", argument="journal")
    from sinch.bulk.sqlite import SqliteStore

    return SqliteStore(name)


def _in_postgres(name: str) -> bool:
    return name.startswith(("postgresql://", "postgres://"))


@contextmanager
def opened(journal: str | os.PathLike[str], *, new: bool = True) -> Generator[Store]:
    """A journal that is open for a while."""
    with closing(open_store(journal, new=new)) as store:
        yield store
