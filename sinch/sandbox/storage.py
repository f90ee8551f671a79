"""``--state FILE``: what outlives a restart, as one JSON file that is replaced as a whole.

Messages, verifications (with their codes), numbers, callback URLs and how far the clock was moved
ahead. Not the credentials, the logs, faults or calls: calls in progress end with the sandbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .services import Services
from .stored_records import SavedState, StateFileError, read_state, write_state

_log = logging.getLogger("sinch.sandbox")
_SAVE_SECONDS: Final = 0.5
#: Events that do not change what is stored.
_UNIMPORTANT: Final = frozenset({"call", "entry", "conferences", "delivery", "faults"})

__all__ = ["StateFileError", "Storage"]


class Storage:
    """Loads the file once, saves it shortly after each change, and once more at the end."""

    def __init__(self, path: Path, services: Services) -> None:
        self._path = path
        self._services = services
        self._changed = False
        self._task: asyncio.Task[None] | None = None
        self._written = ""
        services.state.hub.watch(self._note)

    def load(self) -> None:
        """Take over what the file holds; no file is an empty one.

        Raises :class:`.StateFileError` for one that cannot be read or used; it is left as it is.
        """
        try:
            text = self._path.read_text("utf-8")
        except FileNotFoundError:
            self._check_folder()
            return
        except (OSError, UnicodeDecodeError) as problem:
            raise StateFileError(f"cannot read the state file {self._path}: {problem}") from None
        try:
            saved = read_state(text)
        except StateFileError as problem:
            raise StateFileError(
                f"the state file {self._path} cannot be used: {problem}. "
                "Remove it to start afresh, or name another"
            ) from None
        with self._services.state.lock:
            self._apply(saved)

    def _check_folder(self) -> None:
        if not self._path.parent.is_dir():
            raise StateFileError(f"the folder of the state file {self._path} does not exist")

    def _apply(self, saved: SavedState) -> None:
        services = self._services
        services.state.timeline.resume(saved.ahead)
        for number, known in saved.numbers.items():
            services.applications.owned.setdefault(number, known)
            owned = services.applications.owned[number]
            key = services.state.credentials.application_key
            owned.application_key = key if known.application_key else None
            owned.capability = known.capability
        first = services.state.first_targets
        if first.voice is None:
            services.applications.callbacks = saved.voice
        targets = services.state.targets
        targets.verification = first.verification or saved.verification_url
        targets.sms = first.sms or saved.sms_url
        for message in saved.messages:
            services.messages.restore(message)
        for received in saved.inbox:
            services.inbox.restore(received)
        for verification in saved.verifications:
            services.verifications.restore(verification)
        services.refresh()

    def start(self) -> None:
        """Save after changes, in the running loop."""
        self._task = asyncio.create_task(self._keep_saving())

    async def stop(self) -> None:
        """Save for the last time."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        self.save()

    async def _keep_saving(self) -> None:
        while True:
            await asyncio.sleep(_SAVE_SECONDS)
            if self._changed:
                self._changed = False
                self.save()

    def save(self) -> None:
        """Write the file in one go; a failure is logged, and the old file stays."""
        with self._services.state.lock:
            text = write_state(self._services)
        if text == self._written:
            return
        try:
            replace_file(self._path, text)
            self._written = text
        except OSError as problem:
            self._changed = True
            _log.error("the state was not saved to %s: %s", self._path, problem)

    def _note(self, name: str, _: Mapping[str, Any]) -> None:
        if name not in _UNIMPORTANT:
            self._changed = True


def replace_file(path: Path, text: str) -> None:
    """Replace a file so that it is never half written; only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
