"""What a whole run has measured so far, so that one that is broken off can go on.

It holds for one commit without changes: figures of different programs are not put into one table.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .contest import Figure, Row
from .environments import FOLDER, ROOT


class Kept:
    """Rows by subject in a file; ``commit`` is "" where the checkout is changed."""

    def __init__(self, file: Path, commit: str, *, resume: bool) -> None:
        self._file, self._commit = file, commit
        self._rows: dict[str, list[Row]] = self._read() if resume else {}

    def of(self, subject: str) -> list[Row] | None:
        """What is known of a subject; None where it has to be measured."""
        return self._rows.get(subject)

    def add(self, subject: str, rows: list[Row]) -> None:
        """Keep what was measured."""
        self._rows[subject] = rows
        if self._commit:
            plain = {name: [asdict(row) for row in found] for name, found in self._rows.items()}
            self._file.write_text(json.dumps({"commit": self._commit, "rows": plain}))

    def _read(self) -> dict[str, list[Row]]:
        if not (self._commit and self._file.exists()):
            return {}
        found = json.loads(self._file.read_text())
        if found["commit"] != self._commit:
            return {}
        return {name: [_row(row) for row in rows] for name, rows in found["rows"].items()}


def kept(*, resume: bool) -> Kept:
    """Those of this checkout."""
    changed = _git("status", "--porcelain", "--untracked-files=no")
    commit = "" if changed else _git("rev-parse", "HEAD")
    return Kept(FOLDER / "rows.json", commit, resume=resume)


def _row(plain: dict[str, Any]) -> Row:
    figures = {
        name: None if plain[name] is None else Figure(*plain[name])
        for name in ("ours", "bare", "ratio")
    }
    return Row(**{**plain, **figures})


def _git(*command: str) -> str:
    done = subprocess.run(
        ["git", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    return done.stdout.strip()
