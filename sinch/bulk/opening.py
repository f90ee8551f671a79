"""Which database a journal is in, by its name; or a function of yours that opens one."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from sinch.bulk.store import Store
from sinch.errors import ConfigurationError

#: A function that opens a store of yours, or tells one of the names below when it is needed.
Opener: TypeAlias = Callable[[], Store | str]
#: The path of a SQLite file, ``postgresql://...``, or such a function.
Journal: TypeAlias = str | os.PathLike[str] | Opener
#: The same as a job keeps it.
Kept: TypeAlias = str | Opener


def kept(journal: Journal) -> Kept:
    """The journal as a job keeps it: as text, or the function that opens it.

    Raises :class:`~sinch.errors.ConfigurationError`.
    """
    if callable(journal):
        return journal
    name = os.fspath(journal) if isinstance(journal, str | os.PathLike) else None
    if not isinstance(name, str) or not name.strip():
        rule = "journal must be a path or a URL, or a function that opens a store"
        raise ConfigurationError(rule, argument="journal")
    if name == ":memory:" or ("://" in name and not _in_postgres(name)):
        rule = "journal must be the path of a file or postgresql://...: only these outlive a crash"
        raise ConfigurationError(rule, argument="journal")
    return name


def open_store(journal: Journal, *, new: bool = True) -> Store:
    """Open a journal; one in a file has to be there if it must not be ``new``.

    Raises :class:`~sinch.errors.ConfigurationError`.
    """
    name = kept(journal)
    if callable(name):
        found = name()
        return open_store(found, new=new) if isinstance(found, str) else found
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
def opened(journal: Journal, *, new: bool = True) -> Generator[Store]:
    """A journal that is open for a while."""
    with closing(open_store(journal, new=new)) as store:
        yield store
